"""A limit on a criterion of the whole plan is held exactly: against every plan of small scenarios."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regie_opt.engine import Infeasible, deciding, resolve, solve
from regie_opt.schema.parameters import CRITERIA, CriterionKey
from regie_opt.schema.rules import Limit
from regie_opt.schema.scenario import Scenario

from .brute_force import SAME, Listed, listed
from .test_export import by_highs, exported
from .test_rules import region

SEEDS = range(14)
MORE = range(1000, 1400)
WITH_TABLES = (18, 22, 88, 150, 256, 317, 323, 392)
"""Seeds with tables beside the work that limits tear."""
TABLE_KEYS: tuple[CriterionKey, ...] = ("burden", "transition", "congruence", "autonomy")
AMOUNTS = 1e-6
"""Difference between two amounts, as a part of the reference, that counts as none."""


@dataclass(frozen=True)
class Every:
    """Every plan of a scenario: its value and amounts."""

    case: Listed
    values: np.ndarray
    amounts: np.ndarray
    """In the order of `CRITERIA` (p, k)."""

    @classmethod
    def of(cls, case: Listed) -> "Every":
        assert case.best is not None
        values, wholes = zip(*case.plans.every(), strict=True)
        return cls(case, np.array(values), np.array([whole.amounts for whole in wholes]))

    def best(self, limits: list[Limit]) -> float | None:
        """Value of the best plan that keeps the limits; None when none does."""
        kept = np.ones(len(self.values), dtype=bool)
        for limit in limits:
            kept &= ~self.case.plans.book.passed(limit, self.amounts[:, CRITERIA.index(limit.criterion)])
        return float(self.values[kept].max()) if kept.any() else None


def with_limits(scenario: Scenario, limits: list[Limit]) -> Scenario:
    named = {f"limit{i}": limit for i, limit in enumerate(limits)}
    return scenario.model_copy(update={"rules": {**scenario.rules, **named}})


def between(rng: np.random.Generator, amounts: np.ndarray) -> float:
    """A bound that is well between the amounts of two plans, now and then beyond all."""
    sorted_amounts = np.unique(amounts)
    if len(sorted_amounts) == 1 or rng.random() < 0.1:
        return float(sorted_amounts[-1] + rng.normal() * (1 + abs(sorted_amounts[-1])))
    i = int(rng.integers(len(sorted_amounts) - 1))
    return float(sorted_amounts[i : i + 2].mean())


def drawn(rng: np.random.Generator, every: Every, key: CriterionKey) -> Limit:
    at = between(rng, every.amounts[:, CRITERIA.index(key)])
    if key == "overload" or rng.random() < 0.5:
        return Limit(kind="limit", criterion=key, at_most=at)
    return Limit(kind="limit", criterion=key, at_least=at)


def agrees(every: Every, scenario: Scenario, limits: list[Limit], seed: int) -> bool:
    limited, best = with_limits(scenario, limits), every.best(limits)
    told = f"seed {seed}: {limits}"
    if best is None:
        with pytest.raises(Infeasible) as caught:
            solve(limited, every.case.base)
        assert any(name.startswith("limit") for name in caught.value.rules), told
        return False
    solution = solve(limited, every.case.base)
    assert solution.certificate.gap == 0.0, told
    assert abs(solution.certificate.value - best) <= SAME, f"{told}: {solution.certificate.value - best:+.9f}"
    amounts = {c.key: c.amount for c in solution.assessment.criteria}
    for limit in limits:
        slack = AMOUNTS * every.case.plans.worth.references[limit.criterion]
        assert limit.at_most is None or amounts[limit.criterion] <= limit.at_most + slack, told
        assert limit.at_least is None or amounts[limit.criterion] >= limit.at_least - slack, told
    return True


def feasible(seeds: range) -> Iterator[tuple[int, Every]]:
    for seed in seeds:
        case = listed(seed)
        if case.plans.number > 3:
            yield seed, Every.of(case)


def one_limit_each(seeds: range) -> int:
    useful = 0
    for seed, every in feasible(seeds):
        rng = np.random.default_rng(seed)
        for key in CRITERIA:
            limit = drawn(rng, every, key)
            bites = (best := every.best([limit])) is not None and best < every.values.max() - SAME
            useful += agrees(every, every.case.scenario, [limit], seed) and bites
    return useful


def test_a_limit_on_any_criterion_leaves_the_best_of_the_plans_that_keep_it():
    assert one_limit_each(SEEDS) > 25


def test_two_limits_at_once():
    useful = 0
    for seed, every in feasible(range(14, 40)):
        rng = np.random.default_rng(seed)
        keys = rng.choice(len(CRITERIA), size=2, replace=False)
        limits = [drawn(rng, every, CRITERIA[k]) for k in keys]
        useful += agrees(every, every.case.scenario, limits, seed)
    assert useful > 8


def test_a_limit_that_goes_on_from_a_solution_with_another_bound_proves_the_same():
    moved = 0
    for seed, every in feasible(range(40, 52)):
        rng = np.random.default_rng(seed)
        for key in CRITERIA:
            loose = drawn(rng, every, key)
            tight = loose.model_copy(
                update={s: between(rng, every.amounts[:, CRITERIA.index(key)]) for s in ("at_most", "at_least")
                        if getattr(loose, s) is not None}
            )  # fmt: skip
            if every.best([loose]) is None or (best := every.best([tight])) is None:
                continue
            before = solve(with_limits(every.case.scenario, [loose]), every.case.base)
            after = resolve(before, with_limits(every.case.scenario, [tight]))
            assert after.rebuilt is None
            assert (after.certificate.gap, after.certificate.value) == (0.0, pytest.approx(best, abs=SAME)), seed
            moved += best < before.certificate.value - SAME
    assert moved > 10


def test_tables_that_a_limit_tears_are_decided_on(monkeypatch: pytest.MonkeyPatch):
    plainly, decided = deciding._decided, []

    def counting(*args: Any, **kept: bool) -> Any:
        decided.append(plainly(*args, **kept))
        return decided[-1]

    monkeypatch.setattr(deciding, "_decided", counting)
    useful = 0
    for seed in WITH_TABLES:
        every, rng = Every.of(listed(seed)), np.random.default_rng(seed)
        for key in TABLE_KEYS:
            for _ in range(3):
                at_most, before = between(rng, every.amounts[:, CRITERIA.index(key)]), len(decided)
                limit = Limit(kind="limit", criterion=key, at_most=at_most)
                useful += agrees(every, every.case.scenario, [limit], seed) and len(decided) > before
    assert useful > 12
    assert any(not part.relaxed.feasible for part in decided)
    assert any(part.number > 2 for part in decided)


def test_plans_whose_relaxation_was_stopped_early_are_not_forgotten(monkeypatch: pytest.MonkeyPatch):
    plainly, stopped = deciding._decided, []

    def stopping(*args: Any, kept: bool) -> Any:
        part = plainly(*args, kept=kept)
        if not kept:
            return part
        stopped.append(part)
        early = replace(part.relaxed, bound=args[0].bound, converged=False, feasible=False)
        return replace(part, bound=args[0].bound, relaxed=early)

    monkeypatch.setattr(deciding, "_decided", stopping)
    for seed in WITH_TABLES:
        every, rng = Every.of(listed(seed)), np.random.default_rng(seed)
        for key in TABLE_KEYS:
            limit = Limit(kind="limit", criterion=key, at_most=between(rng, every.amounts[:, CRITERIA.index(key)]))
            before = len(stopped)
            if (best := every.best([limit])) is None:
                continue
            solution = solve(with_limits(every.case.scenario, [limit]), every.case.base)
            if len(stopped) > before:
                assert solution.certificate.bound >= best - SAME, seed
    assert len(stopped) > 5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(MORE.start, MORE.stop, 20))
def test_a_limit_on_any_criterion_leaves_the_best_of_the_plans_that_keep_it_on_many_more(first: int):
    one_limit_each(range(first, first + 20))
    listed.cache_clear()


@pytest.mark.parametrize(("seed", "at_most"), [(51, 0.2588279917032618), (104, 38.890144767137436)])
def test_hosts_that_reciprocate_less_than_the_best_stay_where_a_limit_asks_for_them(seed: int, at_most: float):
    every = Every.of(listed(seed))
    limit = Limit(kind="limit", criterion="reciprocity", at_most=at_most)
    assert agrees(every, every.case.scenario, [limit], seed)


def test_a_host_that_minds_less_stays_where_a_limit_asks_for_it():
    """The best host is the one that minds autonomy most, b; only with a as host does the plan give up that much."""
    scenario = region("ab", ["centrum"], ["ict"])
    minds = {"a": 0.5, "b": 2.0}
    places = {c: m.model_copy(update={"autonomy": minds[c]}) for c, m in scenario.municipalities.items()}
    form = scenario.forms["centrum"]
    free = form.model_copy(update={"host_hours": form.host_hours.model_copy(update={"college": 0.0})})
    least = form.autonomy * scenario.domains["ict"].weight * 1.5
    limit = Limit(kind="limit", criterion="autonomy", at_least=least)
    scenario = scenario.model_copy(update={"municipalities": places, "forms": {"centrum": free}})
    solution = solve(with_limits(scenario, [limit]), scenario)
    assert [q.hosts for q in solution.partnerships] == [{"ict": "a"}]


def test_the_exported_programme_holds_limits(tmp_path: Path):
    compared = 0
    for seed, every in feasible(range(60, 70)):
        rng = np.random.default_rng(seed)
        for key in ("burden", "overload", "reciprocity", "quality", "congruence"):
            limit = drawn(rng, every, key)
            best = every.best([limit])
            path = exported(with_limits(every.case.scenario, [limit]), every.case.base, tmp_path)
            assert by_highs(path) == (None if best is None else pytest.approx(best, abs=SAME)), f"seed {seed}: {limit}"
            compared += best is not None
    assert compared > 15
