"""Variables and rows of the compact model; what it is and what it leaves out is told in `compact`."""

from collections import defaultdict
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pulp

from benchmarks.slots import (
    Curve,
    Part,
    Slot,
    Terms,
    away,
    further_share,
    host_hours,
    hours_curve,
    knowledge_curve,
    most_members,
    pool_curves,
    slots,
    typical_trust,
)
from regie_opt.schema.rules import Contiguity, HostCapacity
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth import complete_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.motives import alone, main_share, realises
from regie_opt.worth.transition import exit_by_domain
from regie_opt.worth.value import Worth

UNIT = 1e4
"""Objective per unit of value, as in the complete programme."""


def total(terms: Terms) -> pulp.LpAffineExpression:
    """Terms added up; PuLP itself keeps only the last of several terms with the same variable."""
    expression = pulp.LpAffineExpression()
    for variable, coefficient in terms:
        expression.addterm(variable, coefficient)
    return expression


class Compact:
    """The model, minimised: objective = - value x UNIT, but for a constant."""

    def __init__(self, worth: Worth) -> None:
        self.worth, self.region = worth, worth.region
        self.problem = pulp.LpProblem("compact", pulp.LpMinimize)
        self.objective: Terms = []
        self.trust = typical_trust(self.region)
        self.everybody = range(len(self.region.codes))
        self.parts = [self._part(number, slot) for number, slot in enumerate(slots(worth))]
        cells = defaultdict(list)
        for part in self.parts:
            for cell, x in part.work.items():
                cells[cell].append((x, 1.0))
        for terms in cells.values():
            self.problem += total(terms) <= 1
        self._capacities()
        self.problem += total(self.objective)

    def _variable(self, kind: str, *numbers: int, binary: bool = False) -> Any:
        name = "_".join([kind, *(str(n) for n in numbers)])
        return pulp.LpVariable(name, 0, None, pulp.LpBinary if binary else pulp.LpContinuous)

    def _worth(self, criterion: Any, variable: Any, amount: float) -> None:
        """Count an amount of a criterion per unit of a variable."""
        self.objective.append((variable, -UNIT * self.worth.coefficients[criterion] * amount))

    def _part(self, s: int, slot: Slot) -> Part:
        used = self._variable("u", s, binary=True)
        members = [self._variable("z", s, i, binary=True) for i in self.everybody]
        carries = {d: self._variable("v", s, d, binary=True) for d in slot.domains}
        part = Part(s, slot, used, members, carries)
        for binary in (*members, *carries.values()):
            self.problem += binary <= used
        self.problem += used <= pulp.lpSum(carries.values())
        for i, z in enumerate(members):
            for d, v in carries.items():
                if self.worth.today.occupied[i, d]:
                    self.problem += z + v <= 1
                    continue
                x = part.work[i, d] = self._variable("x", s, i, d)
                self.problem += x <= z
                self.problem += x <= v
                self.problem += x >= z + v - 1
        self._today(part)
        self._shape(part)
        self._hours(part)
        self._motives(part)
        self._autonomy_and_transition(part)
        return part

    def _today(self, part: Part) -> None:
        """A host is in it; a partnership of today keeps one of its members, and may stay exactly as it is."""
        if part.slot.host != NOBODY:
            self.problem += part.members[part.slot.host] >= part.used
        if part.slot.continues != NOBODY:
            was = self.worth.today.bodies.members[part.slot.continues]
            part.whole = self._variable("w", part.number, binary=True)
            self.problem += pulp.lpSum(z for z, w in zip(part.members, was, strict=True) if w) >= part.used
            for z, w in zip(part.members, was, strict=True):
                self.problem += (z >= part.whole) if w else (z <= 1 - part.whole)

    def _shape(self, part: Part) -> None:
        """Neither too few nor too many members, who trust each other enough and hang together."""
        region, slot = self.region, part.slot
        self.problem += total([*part.members_sum(), (part.used, away(self.worth, slot) - 2)]) >= 0
        most = max(0, most_members(self.worth, slot))
        self.problem += total([*part.members_sum(), *part.free(len(region.codes))]) <= most
        least = list(region.scenario.forms.values())[slot.form].least_trust
        for i, j in combinations(self.everybody, 2):
            if region.veto[i, j]:
                self.problem += part.members[i] + part.members[j] <= 1
            elif region.trust[i, j] < least:
                self.problem += total([(part.members[i], 1), (part.members[j], 1), *part.free()]) <= 1
        if any(isinstance(r, Contiguity) for r in region.scenario.rules.values()):
            self._borders(part)

    def _borders(self, part: Part) -> None:
        """Something flows over borders between members, from the host or a root, and each member takes one of it."""
        region, s, slot, n = self.region, part.number, part.slot, len(self.region.codes)
        arrives: list[Terms] = [[] for _ in self.everybody]
        for i, j in np.argwhere(region.borders):
            flow = self._variable("f", s, i, j)
            arrives[i].append((flow, -1.0))
            arrives[j].append((flow, 1.0))
            self.problem += flow <= n * part.members[i]
        roots = [self._variable("r", s, i, binary=True) for i in self.everybody if slot.host == NOBODY]
        self.problem += pulp.lpSum(roots) <= 1
        for i, terms in enumerate(arrives):
            root = part.members[i] if i == slot.host else roots[i] if roots else None
            source = [] if root is None else [(root, float(n))]
            self.problem += total([*terms, *source, (part.members[i], -1.0), *part.free(-n)]) >= 0

    def _hours(self, part: Part) -> None:
        """The base once and a share per domain; the curve bends upwards, so lines under it are enough."""
        curve, further = hours_curve(self.worth, part.slot), further_share(self.worth, part.slot)
        base = self._variable("b", part.number)
        self._above(base, curve, part.members_sum(), part.used)
        self._worth("burden", base, 1 - further)
        self._worth("burden", part.used, host_hours(self.worth, part.slot))
        self._worth("partnerships", part.used, 1.0)
        for d, v in part.carries.items():
            each = self._variable("e", part.number, d)
            self._above(each, curve, [(part.work[i, d], 1.0) for i in self.everybody if (i, d) in part.work], v)
            self._worth("burden", each, further * self.region.domain_weight[d])

    def _above(self, variable: Any, curve: Curve, amount: Terms, on: Any, sign: float = 1.0) -> None:
        """A variable above a curve that bends upwards (below one that bends downwards with sign -1), if `on`."""
        for (x, y), (further, higher) in pairwise(curve):
            slope = (higher - y) / (further - x)
            line = [(variable, sign), *((a, -sign * slope * k) for a, k in amount), (on, -sign * (y - slope * x))]
            self.problem += total(line) >= 0

    def _motives(self, part: Part) -> None:
        """What each member reaches above alone in each domain that it takes part in, by want, form and weights."""
        region, s, slot = self.region, part.number, part.slot
        share = realises(region)[slot.form] * main_share(region) * [self.worth.coefficients[q] for q in MOTIVES]
        price = UNIT * share[:, None, None] * region.want
        outside = away(self.worth, slot)
        known = []
        for i in self.everybody:
            known.append(self._variable("k", s, i))
            partners = [(part.members[j], float(region.trust[i, j])) for j in self.everybody if j != i]
            partners.append((part.used, outside * region.scenario.trust.outside))
            self._above(known[i], knowledge_curve(region), partners, part.used, -1.0)
        for d, v in part.carries.items():
            levels = self._levels(part, d, v)
            for i in self.everybody:
                if (i, d) not in part.work:
                    continue
                x = part.work[i, d]
                reached = self._variable("g", s, i, d)
                parts = [(levels.get(q, known[i]), float(price[k, i, d])) for k, q in enumerate(MOTIVES)]
                self.problem += total([(reached, 1.0), *((level, -p) for level, p in parts)]) <= 0
                self.problem += reached <= float(price[:, i, d].sum()) * x
                self.objective += [(reached, -1.0), (x, float((price[:, i, d] * alone(region)[:, i, d]).sum()))]

    def _levels(self, part: Part, d: int, v: Any) -> dict[str, Any]:
        """Level of every motive but knowledge that a slot reaches in a domain."""
        region, s = self.region, part.number
        others = 0.0
        if part.slot.continues != NOBODY:
            others = self.worth.today.partnerships[part.slot.continues].outside.inhabitants
        does = [(i, part.work[i, d]) for i in self.everybody if (i, d) in part.work]
        staff = [(x, float(region.staff[i, d])) for i, x in does] + [(v, others * float(region.outside_staff[d]))]
        people = [(x, float(region.population[i])) for i, x in does] + [(v, float(others))]
        levels = {}
        for motive, curve in pool_curves(region, d, self.trust).items():
            level = levels[motive] = self._variable("l" + motive[0], s, d)
            if motive == "cost":
                self._on(level, curve, people, v, s, d)
            else:
                self._above(level, curve, people if motive == "power" else staff, v, -1.0)
        return levels

    def _on(self, level: Any, curve: Curve, amount: Terms, v: Any, s: int, d: int) -> None:
        """A level exactly on a curve that bends both ways: weights of two points next to each other."""
        curve = [*curve[:-1], (curve[-1][0] + sum(k for _, k in amount), curve[-1][1])]
        if len({y for _, y in curve}) == 1:
            self.problem += level <= curve[0][1] * v
            return
        weights = [self._variable("a", s, d, k) for k in range(len(curve))]
        between = [self._variable("p", s, d, k, binary=True) for k in range(len(curve) - 1)]
        self.problem += pulp.lpSum(weights) == v
        self.problem += pulp.lpSum(between) == v
        for k, weight in enumerate(weights):
            self.problem += weight <= pulp.lpSum(between[max(0, k - 1) : k + 1])
        self.problem += total([*amount, *((w, -x) for w, (x, _) in zip(weights, curve, strict=True))]) == 0
        self.problem += total([(level, -1.0), *((w, y) for w, (_, y) in zip(weights, curve, strict=True))]) >= 0

    def _autonomy_and_transition(self, part: Part) -> None:
        region, slot = self.region, part.slot
        minds = region.of_municipalities("autonomy")
        setup = region.of_forms("setup")[slot.form] / region.scenario.money.horizon
        was = np.zeros(len(region.codes), dtype=bool)
        if slot.continues != NOBODY:
            was = self.worth.today.bodies.members[slot.continues]
        for i, z in enumerate(part.members):
            if not was[i]:
                self._worth("transition", z, setup)
        for (i, d), x in part.work.items():
            if i != slot.host:
                self._worth("autonomy", x, region.of_forms("autonomy")[slot.form] * minds[i] * region.domain_weight[d])
            if was[i]:
                self._worth("transition", x, -exit_by_domain(region)[slot.continues, i, d])

    def _capacities(self) -> None:
        """No host does more for others than it can, fte."""
        if not any(isinstance(r, HostCapacity) for r in self.region.scenario.rules.values()):
            return
        fixed = assessor(self.worth, complete_plan(self.worth.scenario, []))
        room = self.region.host_capacity - fixed.flows.sum(axis=1)
        for host in np.flatnonzero(np.isfinite(room)):
            hosted = [p for p in self.parts if p.slot.host == host]
            load = [(x, float(self.region.staff[i, d])) for p in hosted for (i, d), x in p.work.items() if i != host]
            self.problem += total(load) <= max(0.0, float(room[host]))
