"""Whether the rules can be obeyed at all: by what is frozen, where the municipalities lie, what hosts can carry."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from regie_opt.loading.checks.finding import Check, Finding
from regie_opt.loading.checks.known import twice
from regie_opt.loading.problems import Path
from regie_opt.schema.defaults import staff_fte
from regie_opt.schema.rules import Contiguity, Distance, End, HostCapacity, Keep, Limit, Untouched
from regie_opt.schema.scenario import Scenario


def _named_once(scenario: Scenario) -> Iterator[Finding]:
    for key, rule in scenario.rules.items():
        for field, noun in (("members", "member"), ("domains", "domain"), ("allow", "form")):
            names = getattr(rule, field, None)
            if isinstance(names, tuple):
                yield from twice(("rules", key, field), noun, names)


def _rules_on_frozen(scenario: Scenario) -> Iterator[Finding]:
    free = [key for key, partnership in scenario.partnerships.items() if not partnership.frozen]
    for key, rule in scenario.rules.items():
        if not isinstance(rule, Keep | End | Untouched) or rule.partnership not in scenario.partnerships:
            continue
        if rule.partnership not in free:
            message = f"found '{rule.partnership}', which is frozen: nothing is decided on it; allowed: "
            yield Finding(("rules", key, "partnership"), message + (", ".join(free) or "none, all are frozen"))


def _limits(scenario: Scenario) -> Iterator[Finding]:
    for key, rule in scenario.rules.items():
        if not isinstance(rule, Limit):
            continue
        path: Path = ("rules", key)
        if rule.at_most is None and rule.at_least is None:
            yield Finding(path, "found no bound, allowed: `at_most`, `at_least` or both")
        elif rule.at_most is not None and rule.at_least is not None and rule.at_least > rule.at_most:
            message = f"found {rule.at_least:g}, which is above `at_most`, allowed: at most {rule.at_most:g}"
            yield Finding((*path, "at_least"), message)
        if rule.criterion == "overload" and rule.at_least is not None:
            message = f"found {rule.at_least:g}: nobody asks for overload; allowed: `at_most`"
            yield Finding((*path, "at_least"), message)


def _contiguity(scenario: Scenario) -> Iterator[Finding]:
    rules = [key for key, rule in scenario.rules.items() if isinstance(rule, Contiguity)]
    ends = [end for border in scenario.borders for end in border.between]
    if not rules or any(end not in scenario.municipalities for end in ends):
        return  # a misspelt border is told already
    parts = _connected_parts(list(scenario.municipalities), [border.between for border in scenario.borders])
    if len(parts) == 1:
        return
    named = " | ".join(
        ", ".join(f"{scenario.municipalities[code].name} ({code})" for code in part[:8])
        + (f" and {len(part) - 8} more" if len(part) > 8 else "")
        for part in parts
    )
    borders = "" if scenario.borders else ", as there are no borders at all"
    message = (
        f"the municipalities fall apart into {len(parts)} areas{borders}: {named}; "
        "allowed: one connected area: add a border (a ferry or tunnel counts), or drop the rule"
    )
    for key in rules:
        yield Finding(("rules", key), message)


def _connected_parts(codes: list[str], borders: list[tuple[str, str]]) -> list[list[str]]:
    """Return the municipalities by connected area, the largest first."""
    row = {code: index for index, code in enumerate(codes)}
    ends = [(row[a], row[b]) for a, b in borders if a in row and b in row]
    first, second = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(ends)), (first, second)), shape=(len(codes), len(codes)))
    count, label = connected_components(graph, directed=False)
    parts = [[code for code, part in zip(codes, label, strict=True) if part == number] for number in range(count)]
    return sorted(parts, key=len, reverse=True)


def _distance(scenario: Scenario) -> Iterator[Finding]:
    lacking = [code for code, municipality in scenario.municipalities.items() if municipality.location is None]
    for key, rule in scenario.rules.items():
        if isinstance(rule, Distance) and lacking:
            shown = ", ".join(lacking[:10]) + (f" and {len(lacking) - 10} more" if len(lacking) > 10 else "")
            message = f"distance needs a `location` for every municipality; missing for {shown}"
            yield Finding(("rules", key), message)


def _host_capacity(scenario: Scenario) -> Iterator[Finding]:
    if not any(isinstance(rule, HostCapacity) for rule in scenario.rules.values()):
        return
    taken: dict[str, float] = {}
    for partnership in scenario.partnerships.values():
        if not partnership.frozen or partnership.beside:
            continue
        for domain in partnership.domains:
            host = partnership.host_of(domain)
            if host is None or domain not in scenario.domains:
                continue
            for member in partnership.members:
                if member != host and member in scenario.municipalities:
                    taken[host] = taken.get(host, 0.0) + staff_fte(scenario, member, domain)
    for code, fte in taken.items():
        municipality = scenario.municipalities.get(code)
        capacity = None if municipality is None else municipality.host_capacity
        if capacity is not None and fte > capacity + 1e-9:
            message = (
                f"found {capacity:g} fte, while frozen partnerships already take {fte:.1f} fte; "
                f"allowed: at least {fte:.1f}, or no `host_capacity` rule"
            )
            yield Finding(("municipalities", code, "host_capacity"), message)


CHECKS: tuple[Check, ...] = (
    _named_once,
    _rules_on_frozen,
    _limits,
    _contiguity,
    _distance,
    _host_capacity,
)
