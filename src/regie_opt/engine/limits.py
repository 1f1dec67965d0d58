"""Limits on a criterion of the whole plan: a row over everything that brings something in it.

Amounts add up over partnerships, so a limit is a linear row, exact like the value itself. At the price of such a row
candidates are worth what they are worth at another weight of the criterion. So what cannot be in a best plan without
the limit may be in one with it: whatever helps to keep a limit stays a candidate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from regie_opt.engine.candidates import Candidates
from regie_opt.engine.side_row import Coefficients, SideRow
from regie_opt.engine.tables import table_amounts
from regie_opt.schema.parameters import CRITERIA, CriterionKey
from regie_opt.schema.rules import Limit
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.region import Bools, Floats
from regie_opt.worth.value import Worth

UNIT = 100.0
"""A row counts in hundredths of the criterion's reference: solvers' tolerances are then far below what matters."""
SLACK = 1e-5
"""Amount beyond a limit, in that unit, that counts as none: a ten-millionth of the reference."""
ENDLESS = 1e15
"""Bound, in that unit, from which there is none: sums of such a size have no hundredths left to compare."""
KINDS = ("at_most", "at_least")


@dataclass(frozen=True)
class Bound:
    """One bound of a limit: factor x amount <= factor x bound, in hundredths of the reference."""

    kind: str
    name: str
    """Of the rule."""
    key: CriterionKey
    bound: float
    """In the criterion's own unit; infinite where there is none."""
    factor: float
    """Per unit of the criterion; below zero where the bound is a lower one."""

    def upper(self, fixed: Mapping[CriterionKey, float]) -> float:
        """What is left for all that is decided on, given the amounts of what is fixed."""
        # Hours in fixed partnerships are in the rows on board hours.
        known = 0.0 if self.key == "overload" else fixed[self.key]
        return self.factor * (self.bound - known)

    def excess(self, amounts: Mapping[CriterionKey, float]) -> float:
        """By how much amounts are beyond it; below zero where they are within."""
        return self.factor * (amounts[self.key] - self.bound)

    def helped(self, worth: Worth, bodies: Bodies) -> tuple[Floats, Floats]:
        """By how much bodies help to keep it, before domains (b,) and per domain (b, d)."""
        base, per_domain = _amounts(worth, self.key, bodies)
        return -self.factor * base, -self.factor * per_domain


def bounds(worth: Worth) -> Iterator[Bound]:
    """Every bound of every limit of a scenario."""
    for name, rule in worth.scenario.rules.items():
        if isinstance(rule, Limit):
            yield from _bounds_of(worth, name, rule)


def _bounds_of(worth: Worth, name: str, rule: Limit) -> Iterator[Bound]:
    factor = UNIT / worth.references[rule.criterion]
    for kind, bound, sign in (("at_most", rule.at_most, 1.0), ("at_least", rule.at_least, -1.0)):
        if bound is not None:
            endless = sign * factor * bound >= ENDLESS
            yield Bound(kind, name, rule.criterion, sign * np.inf if endless else bound, sign * factor)


def breaks_limit(worth: Worth, rule: Limit, amounts: Mapping[CriterionKey, float]) -> bool:
    """Whether the amounts of a plan are beyond a limit."""
    return any(bound.excess(amounts) > SLACK for bound in _bounds_of(worth, "", rule))


def has_limits(scenario: Scenario) -> bool:
    """Whether a rule limits a criterion."""
    return any(isinstance(rule, Limit) for rule in scenario.rules.values())


def limits_overload(scenario: Scenario) -> bool:
    """Whether a rule limits overload, which then has rows even where it costs nothing."""
    return any(isinstance(rule, Limit) and rule.criterion == "overload" for rule in scenario.rules.values())


def keeps_limits(worth: Worth, amounts: Mapping[CriterionKey, float]) -> bool:
    """Whether the amounts of a plan keep every limit."""
    return all(bound.excess(amounts) <= SLACK for bound in bounds(worth))


def limit_rows(worth: Worth, found: Candidates, fixed: Mapping[CriterionKey, float]) -> list[SideRow]:
    """A row for every bound, given the amounts of what is fixed."""
    return [_row(worth, found, bound, bound.upper(fixed)) for bound in bounds(worth)]


def _row(worth: Worth, found: Candidates, bound: Bound, upper: float) -> SideRow:
    key, factor = bound.key, bound.factor
    base, per_domain = _amounts(worth, key, found.bodies)
    # What a body may not carry helps nothing, however dear the limit: it would be worth what forbids it.
    possible = np.where(found.allowed, factor * per_domain, 0.0)
    index, tables = table_amounts(worth)
    brought = tables.get(key, np.zeros(len(index)))
    return SideRow(
        bound.kind,
        CRITERIA.index(key),
        -np.inf,
        upper,
        (bound.name,),
        Coefficients.of(factor * base),
        per_domain=Coefficients.of(possible) if possible.any() else None,
        tables={int(e): factor * float(amount) for e, amount in zip(index, brought, strict=True) if amount},
        gain=factor if key == "reciprocity" else 0.0,
        over=factor if key == "overload" else 0.0,
    )


def _amounts(worth: Worth, key: CriterionKey, bodies: Bodies) -> tuple[Floats, Floats]:
    """What bodies bring in one criterion, before domains (b,) and per domain, (b, d) or (b, 1) where all are alike.

    Nothing in those that see more than one body or domain: overload and reciprocity.
    """
    if key in ("overload", "reciprocity"):
        return np.zeros(len(bodies)), np.zeros((len(bodies), 1))
    parts = [(len(part), worth.amounts(part)) for part in bodies.parts()]
    base = [amounts.base.get(key, np.zeros(n)) for n, amounts in parts]
    per_domain = [amounts.per_domain.get(key, np.zeros((n, 1))) for n, amounts in parts]
    return np.concatenate(base), np.concatenate(per_domain)


@dataclass(frozen=True, eq=False)
class Helpful:
    """What could help to keep a limit: it stays a candidate, whatever it is worth."""

    bodies: Bools
    """(b,)."""
    domains: Bools
    """(b, d)."""

    @classmethod
    def of(cls, worth: Worth, found: Candidates, mutual: Bools, reciprocated: Floats) -> "Helpful":
        """Among some candidates, of which some are mutual services (b,) that can reciprocate at most so much (b,)."""
        bodies, domains = np.zeros(len(found.bodies), dtype=bool), np.zeros_like(found.allowed)
        for bound in bounds(worth):
            if bound.key == "reciprocity":
                bodies |= mutual if bound.factor > 0 else reciprocated > 0
            base, per_domain = bound.helped(worth, found.bodies)
            domains |= found.allowed & ((per_domain > 0) | (base > 0)[:, None])
            most = base + np.where(found.allowed, np.maximum(per_domain, 0.0), 0.0).sum(axis=1)
            bodies |= most > 0
        return cls(bodies, domains)
