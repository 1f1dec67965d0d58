"""Real regions, and parts of them small enough to prove a plan in a test."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from regie_opt.engine import Options, Solution, solve
from regie_opt.loading import load
from regie_opt.schema.partnership import UNKNOWN
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
    """Some municipalities of a region as if there were no others there.

    Partnerships with nobody else left go, and so do rules about them; with `keep_rules=False` all rules.
    """
    codes = [c for c in scenario.municipalities if c in set(codes)]
    keys = [d for d in scenario.domains if domains is None or d in set(domains)]
    partnerships = {}
    for key, now in scenario.partnerships.items():
        about = tuple(d for d in now.domains if d in keys or d == UNKNOWN)
        inside = tuple(c for c in now.members if c in codes)
        if about and inside and len(inside) + now.outside.members > 1:
            host = now.host if now.host in inside or now.host is None else inside[0]
            partnerships[key] = now.model_copy(update={"members": inside, "domains": about, "host": host})
    rules = {
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


def without_today(scenario: Scenario) -> Scenario:
    """The scenario with nothing that exists today, and no rules."""
    return scenario.model_copy(update={"partnerships": {}, "rules": {}})


def proven(scenario: Scenario, base: Scenario | None = None) -> Solution:
    """The plan of a scenario, proven best."""
    solution = solve(scenario, base or scenario, Options())
    assert solution.certificate.status == "optimal"
    return solution
