"""Solving again after a change of weights proves what solving from nothing proves."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from regie_opt.engine import Options, Solution, again, large, resolve, solve
from regie_opt.loading import Loaded, load
from regie_opt.schema.scenario import Scenario

from .brute_force import SAME, Listed
from .models import feasible, solved

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SEEDS = range(30)
CHANGES = (
    ("burden", 1.1),
    ("quality", 0.5),
    ("reciprocity", 3.0),
    ("transition", 0.0),
    ("overload", 0.0),
    ("autonomy", 20.0),
)
"""Criteria and what their weights are multiplied by."""


def heavier(scenario: Scenario, key: str, factor: float) -> Scenario:
    criterion = scenario.criteria[key]
    changed = criterion.model_copy(update={"weight": criterion.weight * factor})
    return scenario.model_copy(update={"criteria": {**scenario.criteria, key: changed}})


def with_domains(scenario: Scenario, factor: Callable[[int], float]) -> Scenario:
    domains = {
        key: domain.model_copy(update={"weight": domain.weight * factor(d)})
        for d, (key, domain) in enumerate(scenario.domains.items())
    }
    return scenario.model_copy(update={"domains": domains})


def proves_the_same(again: Solution, anew: Solution) -> None:
    assert again.rebuilt is None
    assert (again.certificate.status, again.certificate.gap) == ("optimal", 0.0)
    assert again.certificate.value == pytest.approx(anew.certificate.value, abs=SAME)
    assert again.certificate.candidates == anew.certificate.candidates
    assert again.today == anew.today


@cache
def anew(case: Listed, key: str, factor: float) -> Solution:
    """What solving from nothing finds after a change."""
    return solve(heavier(case.scenario, key, factor), case.base)


def all_changes(case: Listed) -> None:
    for key, factor in CHANGES:
        proves_the_same(resolve(solved(case), heavier(case.scenario, key, factor)), anew(case, key, factor))


def test_another_weight_of_a_criterion():
    for case in feasible(SEEDS):
        all_changes(case)


def test_other_weights_of_domains():
    for case in feasible(SEEDS):
        changed = with_domains(case.scenario, lambda d: (0.3, 1.0, 4.0)[d % 3])
        proves_the_same(resolve(solved(case), changed), solve(changed, case.base))


def test_one_change_after_the_other_and_back():
    for case in feasible(SEEDS):
        before = solved(case)
        now, solution = case.scenario, before
        for key, factor in CHANGES:
            now = heavier(now, key, factor)
            solution = resolve(solution, now)
        proves_the_same(solution, solve(now, case.base))
        back = resolve(solution, case.scenario)
        assert back.certificate.value == pytest.approx(before.certificate.value, abs=SAME)


def test_the_relaxation_goes_on_where_the_bound_stays_far_from_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "MOST_ROUNDS", 1)
    monkeypatch.setattr(again, "FEW_NEAR", -1)
    monkeypatch.setattr(again, "CLOSE", -1.0)
    for case in feasible(range(12)):
        all_changes(case)


def test_what_is_done_for_many_municipalities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 1)
    for case in feasible(range(12)):
        before = solve(case.scenario, case.base)
        changed = heavier(case.scenario, "quality", 0.5)
        after = resolve(before, changed).certificate
        assert after.value == pytest.approx(solve(changed, case.base).certificate.value, rel=1e-3)


def test_a_solve_that_stopped_early_can_be_started_from():
    for case in feasible(SEEDS):
        before = solve(case.scenario, case.base, Options(gap=1e9))
        changed = heavier(case.scenario, "burden", 1.1)
        proves_the_same(resolve(before, changed), anew(case, "burden", 1.1))


def test_what_is_kept_is_made_once_and_changes_nothing_that_is_solved_from_it_later():
    case = feasible(SEEDS)[0]
    before = solve(case.scenario, case.base)
    changed = heavier(case.scenario, "quality", 1.1)
    first = resolve(before, changed)
    assert before.memory is not None
    kept = before.memory.kept
    resolve(before, heavier(case.scenario, "burden", 1.1))
    second = resolve(before, changed)
    assert before.memory.kept is kept
    assert (first.partnerships, first.certificate.value) == (second.partnerships, second.certificate.value)


@cache
def region(name: str) -> tuple[Loaded, Solution]:
    """A real region, and what solving it finds."""
    loaded = load(SCENARIOS / name / "scenario.yaml")
    return loaded, solve(loaded.scenario, loaded.base)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("zuid-holland-zuid", "burden"),
        pytest.param("zuid-holland-zuid", "reciprocity", marks=pytest.mark.slow),
        pytest.param("zuid-holland-zuid", "autonomy", marks=pytest.mark.slow),
        pytest.param("zeeland", "autonomy", marks=pytest.mark.slow),
        pytest.param("twente", "quality", marks=pytest.mark.slow),
    ],
)
def test_a_real_region(name: str, key: str) -> None:
    loaded, before = region(name)
    changed = heavier(loaded.scenario, key, 1.1)
    proves_the_same(resolve(before, changed), solve(changed, loaded.base))


def test_after_another_change_it_starts_from_nothing_and_says_which():
    case = feasible(SEEDS)[0]
    before = solve(case.scenario, case.base)
    code, place = next(iter(case.scenario.municipalities.items()))
    moved = place.model_copy(update={"population": place.population + 1000})
    changed = case.scenario.model_copy(update={"municipalities": {**case.scenario.municipalities, code: moved}})
    expected = solve(changed, case.base).certificate.value
    after = resolve(before, changed)
    assert after.rebuilt == "municipalities"
    assert after.certificate.value == pytest.approx(expected, abs=SAME)
