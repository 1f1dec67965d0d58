"""Plans nearly as good as the best, against listing every plan: none missed, none wrong, and what is common."""

from dataclasses import dataclass

import numpy as np
import pytest

from regie_opt.engine import Alternatives, Asked, Options, alternatives, differing, near, solve
from regie_opt.engine.arrangement import Arrangement
from regie_opt.engine.common import Common
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import End

from .brute_force import Listed, listed

SAME = 1e-6
EDGE = 1e-7
"""Value around the limit within which a plan may be found or not."""
MOST = 15
"""Plans within reach at most."""
LEAST_GAIN = 1e-3
"""Gain over everybody alone of which a part can be asked for."""

Group = tuple[str, frozenset[str], str | None]
Plan = tuple[frozenset[tuple[tuple[str, str], Group]], frozenset[str]]
"""Who does each cell together, and the tables that are kept: what tells plans apart, by the definition in model.md."""


def as_told(plan: tuple[PlannedPartnership, ...], case: Listed) -> Plan:
    """A plan by what tells it apart."""
    today = case.scenario.partnerships

    def away(q: PlannedPartnership) -> str | None:
        return q.continues if q.continues and today[q.continues].outside.members else None

    book = case.plans.book
    holders = {(q.continues, m, d) for q in plan if not q.beside for m in q.members for d in q.domains}

    def is_doubled(q: PlannedPartnership, m: str, d: str) -> bool:
        """Whether another of today does the work of the cell, beside which it goes on: that one tells plans apart."""
        if q.continues is None or not book.as_today(q) or d not in today[q.continues].domains:
            return False
        main = book.serves(m, d)
        return main != q.continues and (main, m, d) in holders

    decided = [q for q in plan if q.continues not in book.fixed]
    cells = frozenset(
        ((m, d), (q.form, frozenset(q.members), away(q)))
        for q in decided
        if not q.beside
        for m in q.members
        for d in q.domains
        if d != UNKNOWN and not is_doubled(q, m, d)
    )
    return cells, frozenset(q.id for q in decided if q.beside)


def apart(one: Plan, other: Plan) -> int:
    """Cells and tables that differ."""
    a, b = dict(one[0]), dict(other[0])
    return sum(a.get(cell) != b.get(cell) for cell in a.keys() | b.keys()) + len(one[1] ^ other[1])


def every_plan(case: Listed) -> dict[Plan, float]:
    """All plans by what tells them apart, each with its best value."""
    values: dict[Plan, float] = {}
    for value, whole in case.plans.every():
        told = as_told(whole.partnerships, case)
        values[told] = max(values.get(told, -np.inf), value)
    return values


def reach(values: list[float], rng: np.random.Generator) -> float | None:
    """How much less than the best takes in some of the plans, so that rounding decides on none; None where all do."""
    below = sorted(max(values) - value for value in values)
    apart = [k for k in range(1, min(MOST, len(below) - 1) + 1) if below[k] - below[k - 1] > EDGE]
    if not apart:
        return None
    k = int(rng.choice(apart))
    return (below[k - 1] + below[k]) / 2


@dataclass(frozen=True)
class Told:
    """What the engine found, in the same words."""

    found: Alternatives
    case: Listed

    def plan(self, arrangement: Arrangement) -> Plan:
        choice = next(c for c in self.choices if self.found.search.arrangement(c).distance(arrangement) == 0)
        return as_told(self.found.judged(choice)[0], self.case)

    @property
    def choices(self):
        return [*self.found.listed, *(d.choice for d in self.found.different)]

    def thing(self, common: Common) -> tuple:
        region, today = self.found.near.model.worth.region, list(self.case.scenario.partnerships)
        members = frozenset(region.codes[m] for m in common.members)
        domain = None if common.domain is None else region.domains[common.domain]
        key = None if common.partnership is None else today[common.partnership]
        if common.kind == "group":
            assert common.form is not None
            return "group", domain, (region.forms[common.form], members, key)
        return common.kind, domain, key if domain is None else members


def shared(case: Listed, near: list[Plan], best: Plan) -> set[tuple]:
    """What all plans have in common."""
    found: set[tuple] = set()
    cells = [dict(plan[0]) for plan in near]
    for domain in case.scenario.domains:
        groups = {g for (m, d), g in best[0] if d == domain}
        kept = {g for g in groups if all(c.get((m, domain)) == g for c in cells for m in g[1])}
        found |= {("group", domain, g) for g in kept}
        codes = list(case.scenario.municipalities)
        met = {
            (i, j)
            for i in codes
            for j in codes
            if all((g := c.get((i, domain))) is not None and j in g[1] and c.get((j, domain)) == g for c in cells)
        }
        classes = {frozenset(j for i2, j in met if i2 == i) for i, _ in met}
        whole = {g[1] for g in kept}
        found |= {("together", domain, c) for c in classes if len(c) > 1 and c not in whole}
    fixed = [q for q in case.plans.fixed if not q.beside]
    held = {(m, d) for q in fixed for m in q.members for d in q.domains}
    for m in case.scenario.municipalities:
        for d, domain in case.scenario.domains.items():
            if not domain.statutory and (m, d) not in held and not any((m, d) in c for c in cells):
                found.add(("alone", d, frozenset([m])))
    ended = {rule.partnership for rule in case.scenario.rules.values() if isinstance(rule, End)}
    for table in case.plans.table_parts:
        key = table.planned.id
        if key in ended:
            continue
        if len({key in plan[1] for plan in near}) == 1:
            found.add(("table_kept" if key in best[1] else "table_ended", None, key))
    return found


def agrees(seed: int, case: Listed, options: Options | None = None) -> int:
    """Checks everything about one scenario; gives how many plans were within reach."""
    rng, every = np.random.default_rng(seed), every_plan(case)
    less = reach(list(every.values()), rng)
    proof = solve(case.scenario, case.base).certificate
    gain = abs(proof.value - proof.alone)
    if less is None or gain < LEAST_GAIN:
        return 0
    within, best = less / gain, max(every.values())
    near = {plan: value for plan, value in every.items() if value >= best - less}
    found = alternatives(case.scenario, case.base, Asked(within, count=4, listed=MOST + 1), options)
    told = Told(found, case)
    name = f"seed {seed}, within {within}"
    assert found.near.complete, name
    # no plan missed, none wrong, in order of value
    plans = [as_told(found.judged(choice)[0], case) for choice in found.listed]
    assert found.all_listed, name
    assert found.in_order, name
    assert len(plans) == len(set(plans)), name
    assert set(plans) == set(near), name
    values = [found.judged(choice)[1].value for choice in found.listed]
    assert values == pytest.approx(sorted(near.values(), reverse=True), abs=SAME), name
    assert [near[plan] for plan in plans] == pytest.approx(values, abs=SAME), name
    # each is the farthest from those before it, and the best of those
    chosen = [told.plan(d.arrangement) for d in found.different]
    assert [as_told(found.judged(d.choice)[0], case) for d in found.different] == chosen, name
    for k, different in enumerate(found.different[1:], start=1):
        least = {plan: min(apart(plan, before) for before in chosen[:k]) for plan in near}
        most = max(least.values())
        assert (different.apart, different.most, least[chosen[k]]) == (most, most, most), name
        best = max(value for plan, value in near.items() if least[plan] == most)
        assert near[chosen[k]] == pytest.approx(best, abs=SAME), name
    assert len(chosen) == min(4, len(near)), name
    assert (found.all_different, found.more_different) == (len(near) <= 4, len(near) > 4), name
    # what is common to all, all of it proven
    assert all(common.proven for common in found.common), name
    assert {told.thing(common) for common in found.common} == shared(case, list(near), chosen[0]), name
    return len(near)


CHUNK = 10
DEFAULT = range(0, 30, CHUNK)
QUICK = 3_000
"""Plans of a scenario up to which listing them all takes no time."""
MORE = range(0, 400, CHUNK)


@pytest.mark.parametrize("first", DEFAULT)
def test_no_plan_is_missed_and_none_is_wrong(first: int):
    quick = [(seed, case) for seed, case in some(range(first, first + CHUNK)) if case.plans.number <= QUICK]
    counts = [agrees(seed, case) for seed, case in quick]
    assert max(counts) >= 4, "no scenario with several plans within reach"


@pytest.mark.slow
@pytest.mark.parametrize("first", MORE)
def test_no_plan_is_missed_and_none_is_wrong_on_many_more(first: int):
    for seed in range(first, first + CHUNK):
        case = listed(seed)
        if case.plans.number:
            agrees(seed, case)
        listed.cache_clear()


def some(seeds: range) -> list[tuple[int, Listed]]:
    return [(seed, case) for seed in seeds if (case := listed(seed)).plans.number]


@pytest.mark.parametrize("seeds", [range(4), pytest.param(range(4, 8), marks=pytest.mark.slow)])
def test_the_other_solver_finds_the_same(seeds: range):
    for seed, case in some(seeds):
        agrees(seed, case, Options(solver="cbc"))


def test_a_search_that_begins_near_the_bound_finds_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(differing, "FEW", 2)
    counts = [agrees(seed, case) for seed, case in some(range(20)) if case.plans.number <= QUICK]
    assert max(counts) >= 4


def test_what_costs_too_much_in_a_best_plan_may_be_in_one_that_is_nearly_as_good():
    """The candidates that `solve` drops are needed: without them plans would be missed."""
    larger = 0
    for seed, case in some(range(50)):
        found = alternatives(case.scenario, case.base, Asked(0.5, count=1))
        memory = found.solution.memory
        assert memory is not None
        larger += len(found.near.model.found.bodies) > len(memory.model.found.bodies)
        assert found.near.limit >= found.near.best.cost, f"seed {seed}"
    assert larger >= 10


@pytest.mark.parametrize("limit", ["MOST_SEARCHED", "MOST_LISTED"])
def test_nothing_is_claimed_about_plans_that_were_not_searched(monkeypatch: pytest.MonkeyPatch, limit: str):
    monkeypatch.setattr(near, limit, 3)
    limited = 0
    for seed, case in some(range(40)):
        found = alternatives(case.scenario, case.base, Asked(0.5, count=4, listed=5))
        if found.near.complete:
            continue
        limited += 1
        proof = found.solution.certificate
        claims = (found.all_different, found.all_listed, found.in_order)
        assert not any(claims), f"seed {seed}"
        assert not any(common.proven for common in found.common), f"seed {seed}"
        assert all(d.most == found.search.groups.decisions for d in found.different[1:]), f"seed {seed}"
        for choice in [*found.listed, *(d.choice for d in found.different)]:
            plan, judged = found.judged(choice)
            assert judged.value >= proof.value - 0.5 * abs(proof.value - proof.alone) - EDGE, f"seed {seed}"
            assert case.plans.book.broken(plan) == [], f"seed {seed}"
    assert limited >= 5


def test_nothing_is_claimed_when_time_is_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(differing.Search, "_run", lambda *_: differing.Searched(None, -np.inf, False))
    monkeypatch.setattr(differing.Floor, "cost", lambda *_: -np.inf)
    for seed, case in some(range(10)):
        found = alternatives(case.scenario, case.base, Asked(0.5, count=4, listed=5))
        claims = (found.all_different, found.all_listed, found.in_order)
        assert not any(claims), f"seed {seed}"
        assert not any(common.proven for common in found.common), f"seed {seed}"
        assert len(found.different) == 1, f"seed {seed}"
