"""Real regions, and parts of them small enough to prove a plan in a test."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from regie_opt.engine import Options, Solution, solve
from regie_opt.loading import load
from regie_opt.schema.partnership import Outside, Partnership
from regie_opt.schema.rules import Rule
from regie_opt.schema.scenario import Scenario

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
REAL = ("twente", "zeeland", "zuid-holland-zuid")


@cache
def region(name: str) -> Scenario:
    return load(SCENARIOS / name / "scenario.yaml").scenario


def changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with some values different, by dotted path."""
    for path, value in changes.items():
        scenario = _set(scenario, path.split("."), value)
    return scenario


def _set(thing: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    key, *rest = path
    if isinstance(thing, dict):
        return {**thing, key: _set(thing.get(key), rest, value)}
    return thing.model_copy(update={key: _set(getattr(thing, key), rest, value)})


def part(
    scenario: Scenario, codes: Iterable[str], domains: Iterable[str] | None = None, keep_rules: bool = True
) -> Scenario:
    """Some municipalities of a region; the rest of each partnership becomes members outside the region.

    Rules about what is left out go, and with `keep_rules=False` all of them.
    """
    codes = [c for c in scenario.municipalities if c in set(codes)]
    keys = [d for d in scenario.domains if domains is None or d in set(domains)]
    partnerships = {}
    for key, now in scenario.partnerships.items():
        about = [d for d in now.domains if d in keys or d == "unknown"]
        if about and set(codes) & set(now.members):
            partnerships[key] = _without(scenario, now, codes, about)
    rules: dict[str, Rule] = {
        key: rule
        for key, rule in scenario.rules.items()
        if keep_rules and getattr(rule, "partnership", None) in {None, *partnerships}
    }
    return scenario.model_copy(
        update={
            "municipalities": {c: scenario.municipalities[c] for c in codes},
            "domains": {d: scenario.domains[d] for d in keys},
            "borders": tuple(b for b in scenario.borders if set(b.between) <= set(codes)),
            "relations": tuple(r for r in scenario.relations if set(r.between) <= set(codes)),
            "partnerships": partnerships,
            "rules": rules,
        }
    )


def _without(scenario: Scenario, now: Partnership, codes: list[str], about: list[str]) -> Partnership:
    inside = [c for c in now.members if c in codes]
    away = [scenario.municipalities[c].population for c in now.members if c not in codes]
    outside = Outside(
        members=now.outside.members + len(away), inhabitants=now.outside.inhabitants + sum(away)
    )
    host = now.host if now.host in inside or now.host is None else inside[0]
    left = {"members": tuple(inside), "domains": tuple(about), "outside": outside, "host": host}
    return now.model_copy(update=left)


def alone(scenario: Scenario) -> Scenario:
    """The scenario without anything that exists today."""
    return scenario.model_copy(update={"partnerships": {}, "rules": {}})


@cache
def _proven(name: str, codes: tuple[str, ...], changes: tuple[tuple[str, Any], ...]) -> Solution:
    base = part(region(name), codes)
    return solve(changed(base, dict(changes)), base, Options())
