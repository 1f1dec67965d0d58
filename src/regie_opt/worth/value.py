"""The value of a plan: an additive multi-attribute value function over the criteria.

    value = sum over criteria of sign x weight x amount / reference                       (20)

References come from the base scenario and stay fixed across its variants. The same coefficients price candidate
columns (`Worth.column_values`) and assess plans (`regie_opt.worth.assess`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from regie_opt.schema.parameters import CRITERIA, LESS_IS_BETTER, CriterionKey
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.autonomy import autonomy
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.burden import burden
from regie_opt.worth.motives import gain
from regie_opt.worth.region import Bools, Floats, Ints, Region
from regie_opt.worth.today import Today
from regie_opt.worth.transition import exit_costs, transition

EURO = "euro per year"

UNITS: Mapping[CriterionKey, str] = MappingProxyType(
    {
        "burden": "weighted hours per year",
        "overload": "college hours per year",
        **dict.fromkeys(MOTIVES, "satisfied cells"),
        "cost": "weighted euro per year",
        "reciprocity": "fte",
        "transition": EURO,
        "autonomy": "cells",
        "congruence": "repeated pairs",
        "partnerships": "partnerships",
    }
)

FTE_EACH = 10.0
"""Work given and received that a weight of 1 stands for in reciprocity, full-time equivalents per municipality."""
WEIGHTLESS = ("region", "today", "references", "served_need", "exits")
"""What of a `Worth` does not depend on the weights of criteria."""


@dataclass(frozen=True, eq=False)
class Worth:
    """Prices partnerships and plans of one scenario against the references of its base."""

    scenario: Scenario
    base: Scenario

    @cached_property
    def region(self) -> Region:
        """The scenario as arrays."""
        return Region(self.scenario)

    @cached_property
    def today(self) -> Today:
        """Its inventory as arrays."""
        return Today(self.region)

    @cached_property
    def references(self) -> dict[CriterionKey, float]:
        """What each criterion is measured against, in its own unit: formula (21)."""
        return references(Region(self.base))

    def weight(self, key: CriterionKey) -> float:
        """Weight of a criterion; one that the model leaves out does not count."""
        criterion = self.scenario.criteria.get(key)
        return 0.0 if criterion is None else criterion.weight

    @cached_property
    def coefficients(self) -> dict[CriterionKey, float]:
        """Value per unit of each criterion: sign x weight / reference."""
        return {
            key: (-1.0 if key in LESS_IS_BETTER else 1.0) * self.weight(key) / self.references[key] for key in CRITERIA
        }

    @cached_property
    def served_need(self) -> Floats:
        """Service each municipality needs per domain, weighted fte (m, d)."""
        need: Floats = self.region.staff * self.region.domain_weight
        return need

    def worth_sharing(self, bodies: Bodies) -> Bools:
        """Whether doing a domain together serves the motives at all (b, d): only such work counts as reciprocated.

        Every motive counts alike here, so that the answer does not change with the weights.
        """
        alike = np.array([1 / self.references[motive] for motive in MOTIVES])
        by_itself = replace(bodies, doubled=None)
        served: Bools = np.asarray(np.tensordot(alike, gain(by_itself), axes=1) > 0)
        return served

    @cached_property
    def exits(self) -> Floats:
        """What it costs each member to leave each partnership of today, euro per year (e, m); fixed ones stay."""
        costs = exit_costs(self.region).copy()
        costs[self.today.fixed] = 0.0
        return costs

    def amounts(self, bodies: Bodies) -> "Amounts":
        """What bodies bring in every criterion that is seen partnership by partnership."""
        region = self.region
        hours_base, hours_each = burden(bodies)
        pairs = bodies.inside * (bodies.inside - 1) / 2
        setup, moved = transition(bodies)
        base: dict[CriterionKey, Floats] = {
            "burden": hours_base,
            "transition": setup,
            "partnerships": np.ones(len(bodies)),
            "congruence": -pairs,
        }
        per_domain: dict[CriterionKey, Floats] = {
            "burden": np.outer(hours_each, region.domain_weight[bodies.at]),
            "autonomy": autonomy(bodies),
            "transition": moved,
            "congruence": pairs[:, None],
            **dict(zip(MOTIVES, gain(bodies), strict=True)),
        }
        return Amounts(base, per_domain)

    def valued(self, amounts: "Amounts") -> tuple[Floats, Floats]:
        """Value of bodies before domains (b,) and of each domain they could carry (b, d), given their amounts."""
        base, per_domain = (
            sum(self.coefficients[key] * amount for key, amount in part.items())
            for part in (amounts.base, amounts.per_domain)
        )
        return np.asarray(base), np.asarray(per_domain)

    def values_of(self, bodies: Bodies, scope: Ints, allowed: Bools) -> tuple[Floats, Floats]:
        """`column_values` where bodies that share a scope (b,) may carry few domains (b, d): 0 in all others."""
        base, per_domain = np.zeros(len(bodies)), np.zeros(allowed.shape)
        order = np.argsort(scope, kind="stable")
        for at in np.split(order, np.flatnonzero(np.diff(scope[order])) + 1):
            domains = np.flatnonzero(allowed[at].any(axis=0))
            values = self.column_values(replace(bodies.take(at), looked_at=domains))
            base[at], per_domain[np.ix_(at, domains)] = values
        return base, per_domain

    def column_values(self, bodies: Bodies) -> tuple[Floats, Floats]:
        """Value of bodies before domains (b,) and of each domain they could carry (b, d), against alone.

        Everything that counts but overload and reciprocity, which see more than one body or domain. Many bodies are
        priced in parts: memory goes with what is kept of them.
        """
        base, per_domain = zip(*(self.valued(self.amounts(part)) for part in bodies.parts()), strict=True)
        return (base[0], per_domain[0]) if len(base) == 1 else (np.concatenate(base), np.concatenate(per_domain))

    def reweighed(self, scenario: Scenario) -> "Worth":
        """The worth of a scenario in which only weights of criteria differ: nothing else is computed again."""
        worth = Worth(scenario, self.base)
        vars(worth).update({name: getattr(self, name) for name in WEIGHTLESS})
        return worth


@dataclass(frozen=True)
class Amounts:
    """What bodies bring in each criterion, in its own unit and against alone: their value before it is weighed."""

    base: Mapping[CriterionKey, Floats]
    """Before domains (b,)."""
    per_domain: Mapping[CriterionKey, Floats]
    """For each domain they could carry, (b, d) or (b, 1) where all are alike."""


def references(region: Region) -> dict[CriterionKey, float]:
    """Reference amount of each criterion in its own unit: formula (21). Never zero.

    Nothing of today's inventory is in it, and all of it grows with the number of municipalities alone: so a weight says
    the same in every region, and a euro of hours, of transition and of cost weigh the same.
    """
    n, scenario = len(region.codes), region.scenario
    euro = n * scenario.money.account
    rate = scenario.burden.rate.officials
    hour = euro / rate if rate else 0.0
    college = scenario.burden.role_weight.college
    result: dict[CriterionKey, float] = {
        "burden": hour,
        "overload": hour / college if college else hour,
        "reciprocity": n * FTE_EACH,
        "transition": euro,
        "autonomy": float(n),
        "congruence": n * (n - 1) / 2 * (len(region.domains) - 1),
        "partnerships": float(n),
    }
    result.update({motive: euro if motive == "cost" else float(n) for motive in MOTIVES})
    return {key: result[key] if result[key] > 0 and np.isfinite(result[key]) else 1.0 for key in CRITERIA}
