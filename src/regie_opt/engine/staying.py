"""What stays as it is today: wherever nothing is gained by another state, today's is the better plan to read.

A proof is of the value alone, so of plans that are worth the same the one nearest to today may stand for it. The whole
of today's network is tried first, then one partnership after the other, each as it is or at least with its hosts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from regie_opt.engine.obeying import Obeying, Plan
from regie_opt.engine.tables import table_amounts
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.going_on import as_now
from regie_opt.worth.plan import origin, today_plan
from regie_opt.worth.reciprocity import balance
from regie_opt.worth.region import Floats
from regie_opt.worth.value import Worth

SAME = 1e-10
"""Value, as a part of its own size, that counts as no gain: what adding up in another order makes of a sum."""


Move = Callable[[Plan], tuple[PlannedPartnership, ...] | None]
"""Makes another plan of one, or none."""


def towards_today(worth: Worth, plan: Plan, stop: Callable[[], bool]) -> tuple[PlannedPartnership, ...]:
    """A plan of the same value, or a better one, that is as today wherever that costs nothing and no rule is broken."""
    return Staying(worth, tuple(plan)).nearest(stop)


@dataclass(frozen=True, eq=False)
class Staying:
    """A plan beside today's network."""

    worth: Worth
    plan: tuple[PlannedPartnership, ...]

    @cached_property
    def _obeying(self) -> Obeying:
        return Obeying(self.worth)

    @cached_property
    def _seen(self) -> Assessor:
        return assessor(self.worth, self.plan)

    @cached_property
    def _slack(self) -> float:
        return SAME * max(1.0, abs(self._seen.value))

    @cached_property
    def _today(self) -> dict[str, PlannedPartnership]:
        return {q.id: q for q in today_plan(self.worth.scenario)}

    def nearest(self, stop: Callable[[], bool]) -> tuple[PlannedPartnership, ...]:
        """The nearest plan to today that is found before `stop`."""
        today = tuple(self._today.values())
        if all(self._stays(q) for q in self.plan) and len(today) == len(self.plan):
            return self.plan
        if self._is_as_good(today):
            return today
        plan = self.plan
        for make in (*self._restorations(), *self._hostings()):
            if stop():
                break
            other = make(plan)
            if other is not None and self._is_as_good(other):
                plan = other
        return plan

    def _stays(self, q: PlannedPartnership) -> bool:
        return q.continues is not None and as_now(q, self.worth.scenario.partnerships[q.continues])

    def _is_as_good(self, plan: Plan) -> bool:
        """Whether it is worth as much, and a plan at all."""
        seen = assessor(self.worth, plan)
        return seen.value >= self._seen.value - self._slack and not self._obeying.breaches(plan, seen)

    def _restorations(self) -> Iterator[Move]:
        """One of today's put back in the place of what continues it, where it is worth as much by itself."""
        now = _values(self.worth, tuple(self._today.values()))
        instead = dict(zip((q.continues for q in self.plan), _values(self.worth, self.plan), strict=True))
        going = {q.continues for q in self.plan if self._stays(q)}
        for (key, q), value in zip(self._today.items(), now, strict=True):
            if key not in going and value >= instead.get(key, 0.0) - self._slack:
                yield partial(_put_back, q)

    def _hostings(self) -> Iterator[Move]:
        """Today's hosts put back in mutual services that go on otherwise."""
        scenario = self.worth.scenario
        for q in self.plan:
            if q.continues and q.hosts and not q.beside and scenario.forms[q.form].hosting == "mutual":
                yield partial(self._rehosted, q.continues)

    def _rehosted(self, key: str, plan: Plan) -> tuple[PlannedPartnership, ...] | None:
        now = self.worth.scenario.partnerships[key]
        q = next(q for q in plan if q.continues == key)
        hosts = dict(q.hosts or {})
        for domain in hosts:
            host = now.host_of(domain)
            if host in q.members:
                hosts[domain] = host
        if hosts == q.hosts:
            return None
        moved = q.model_copy(update={"hosts": hosts})
        moved = moved.model_copy(update={"origin": origin(self.worth.scenario, moved)})
        return tuple(moved if p is q else p for p in plan)


def _put_back(q: PlannedPartnership, plan: Plan) -> tuple[PlannedPartnership, ...] | None:
    """The plan with one of today's as it is; None where others hold its cells."""
    rest = [p for p in plan if p.continues != q.continues]
    cells = set() if q.beside else {(c, d) for c in q.members for d in q.domains if d != UNKNOWN}
    if any((c, d) in cells for p in rest if not p.beside for c in p.members for d in p.domains):
        return None
    at = next((i for i, p in enumerate(plan) if p.continues == q.continues), len(rest))
    return (*rest[:at], q, *rest[at:])


def _values(worth: Worth, plan: Plan) -> Floats:
    """What each partnership is worth by itself, against alone, but for the overload of all of them together (p,)."""
    placed = assessor(worth, plan).placed
    base, per_domain = worth.column_values(placed.bodies)
    value: Floats = base + (per_domain * placed.carried).sum(axis=1)
    need, counts = worth.served_need, worth.worth_sharing(placed.bodies)
    for p in range(len(plan)):
        if placed.is_mutual(p):
            exchanged = balance(placed.flows(p, need * counts[p]), worth.scenario.money.imbalance)
            value[p] += worth.coefficients["reciprocity"] * float(exchanged)
    index, amounts = table_amounts(worth)
    tables = sum((worth.coefficients[key] * amount for key, amount in amounts.items()), np.zeros(len(index)))
    of_table = dict(zip(index.tolist(), tables.tolist(), strict=True))
    for p in np.flatnonzero(placed.beside).tolist():
        value[p] = of_table.get(int(placed.bodies.continues[p]), value[p])
    return value
