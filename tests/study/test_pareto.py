"""The frontier is all plans that no plan beats: against listing every plan of small scenarios."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from engine.brute_force import Listed, listed
from engine.test_extremes import of_today
from engine.test_limits import Every

from regie_opt.schema.parameters import CRITERIA
from regie_opt.study import Store, Study
from regie_opt.study.knee import nondominated
from regie_opt.study.objectives import Objective, objectives
from regie_opt.study.pareto import SAME, pareto
from regie_opt.worth.value import LESS_IS_BETTER, Worth

ALIKE = 5e-6
"""Difference between amounts, in references, that two searches may make of the same plan."""


def losses(every: Every, chosen: tuple[Objective, ...]) -> np.ndarray:
    """Losses of every plan, from the amounts of its parts (p, k)."""
    references = every.case.plans.worth.references
    columns = []
    for objective in chosen:
        if objective.is_sum:
            signs = {key: 1.0 if key in LESS_IS_BETTER else -1.0 for key in CRITERIA}
            at = [(k, signs[key] * objective.weights.get(key, 0.0) / references[key]) for k, key in enumerate(CRITERIA)]
            columns.append(sum(every.amounts[:, k] * weight for k, weight in at))
        else:
            columns.append(objective.sign * every.amounts[:, CRITERIA.index(objective.key)])
    return np.stack(columns, axis=1)


def scales(every: Every, chosen: tuple[Objective, ...]) -> np.ndarray:
    references = every.case.plans.worth.references
    return np.array([sum(o.weights.values()) if o.is_sum else references[o.key] for o in chosen])


def frontier(table: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Losses that none dominates (f, k)."""
    distinct = np.unique(np.round(table / scale, 9), axis=0) * scale
    return distinct[nondominated([tuple(row) for row in distinct], tuple(SAME * scale))]


def found(case: Listed, keys: list[str], study: Study, resolution: float = 0.0) -> np.ndarray:
    result = pareto(study, case.scenario, case.base, keys, sha256="", resolution=resolution)
    assert result.proven
    signs = np.array([1.0 if o.less_is_better else -1.0 for o in result.objectives])
    return signs * np.array([[point.amounts[o.key] for o in result.objectives] for point in result.points])


def drawn(rng: np.random.Generator, every: Every, count: int) -> list[str]:
    """Criteria in which the plans differ, one that cooperation costs first, and now and then a sum of them last."""
    differ = [key for k, key in enumerate(CRITERIA) if np.ptp(every.amounts[:, k]) > 0]
    costs = [key for key in differ if key in LESS_IS_BETTER]
    if len(differ) < count or not costs:
        return []
    first = str(rng.choice(costs))
    some = [first, *(str(key) for key in rng.permutation([key for key in differ if key != first])[: count - 1])]
    kind = rng.random()
    if kind < 0.5:
        some[-1] = "value" if kind < 0.35 else "motives"
    return some


def counts(case: Listed, keys: list[str]) -> bool:
    try:
        objectives(case.scenario, keys)
    except ValueError:
        return False
    return True


def each_within(some: np.ndarray, others: np.ndarray, scale: np.ndarray, near: float) -> bool:
    """Whether each of some losses has one among others that is near it."""
    return all((np.abs(others - row) <= near * scale).all(axis=1).any() for row in some)


@dataclass(frozen=True)
class Case:
    """A scenario with objectives in which its plans differ, and its true frontier."""

    seed: int
    listed: Listed
    keys: list[str]
    scale: np.ndarray
    truth: np.ndarray
    """(f, k)."""


def cases(seeds: Iterable[int], count: int) -> Iterator[Case]:
    for seed in seeds:
        case, rng = listed(seed), np.random.default_rng(seed)
        if case.plans.number < 10:
            continue
        every = Every.of(case)
        keys = drawn(rng, every, count)
        if counts(case, keys):
            chosen = objectives(case.scenario, keys)
            scale = scales(every, chosen)
            yield Case(seed, case, keys, scale, frontier(losses(every, chosen), scale))


def agree(seeds: Iterable[int], count: int, study: Study) -> list[int]:
    sizes = []
    for case in cases(seeds, count):
        truth, seen = case.truth, found(case.listed, case.keys, study)
        told = f"seed {case.seed}, {case.keys}: {len(seen)} found of {len(truth)}"
        assert each_within(truth, seen, case.scale, ALIKE), f"{told}: some are missing"
        assert each_within(seen, truth, case.scale, ALIKE), f"{told}: some are wrong"
        assert len(seen) == len(truth), told
        sizes.append(len(truth))
    return sizes


def test_two_objectives_against_every_plan(tmp_path):
    with Study(store=Store(tmp_path)) as study:
        sizes = agree(range(200, 216), 2, study)
    assert len(sizes) > 5
    assert sum(size > 2 for size in sizes) > 1


def test_three_objectives_against_every_plan(tmp_path):
    with Study(store=Store(tmp_path)) as study:
        sizes = agree([306, 310, 319, 329, 339], 3, study)
    assert sorted(sizes) == [5, 8, 8, 11, 12]


@pytest.mark.parametrize(("seeds", "count"), [(range(200, 216), 2), ([306, 316, 319], 3)])
def test_a_resolution_leaves_out_what_is_within_it_and_never_the_ends(tmp_path, seeds, count):
    resolution, fewer = 0.3, 0
    with Study(store=Store(tmp_path)) as study:
        for case in cases(seeds, count):
            truth, seen = case.truth, found(case.listed, case.keys, study, resolution)
            assert (seen.min(axis=0) <= truth.min(axis=0) + ALIKE * case.scale).all(), case.seed
            near = truth + resolution * np.ptp(truth, axis=0) + ALIKE * case.scale
            assert all((seen <= row).all(axis=1).any() for row in near), case.seed
            fewer += len(seen) < len(truth)
    assert fewer


@pytest.mark.slow
@pytest.mark.parametrize("first", range(2000, 2200, 20))
def test_two_objectives_against_every_plan_on_many_more(first, tmp_path):
    with Study(store=Store(tmp_path)) as study:
        agree(range(first, first + 20), 2, study)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(3000, 3100, 10))
def test_three_objectives_against_every_plan_on_many_more(first, tmp_path):
    with Study(store=Store(tmp_path)) as study:
        agree(range(first, first + 10), 3, study)


def test_an_end_of_the_frontier_is_no_limit_however_small_a_reference_is(tmp_path):
    """Amounts of ten million times the reference were once beyond what "no limit" was written as."""
    scenario = of_today(1.0)
    unweighed = {
        key: scenario.criteria[key].model_copy(update={"weight": 0.0}) for key in ("burden", "overload", "cost")
    }
    money = scenario.money.model_copy(update={"account": 1e-4})
    scenario = scenario.model_copy(update={"money": money, "criteria": {**scenario.criteria, **unweighed}})
    assert Worth(scenario, scenario).references["transition"] < 1e-3
    with Study(store=Store(tmp_path)) as study:
        found = pareto(study, scenario, scenario, ["value", "transition"], sha256="", resolution=0.0)
    assert found.proven
    assert min(point.amounts["transition"] for point in found.points) > 1e6 * 1e-3
