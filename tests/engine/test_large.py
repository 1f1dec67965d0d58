"""What is done otherwise for many municipalities, on small ones: the same answers."""

import numpy as np
import pytest

from regie_opt.engine import Options, member_sets, relaxation, solve, starts
from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Model
from regie_opt.engine.programme import obeys
from regie_opt.engine.relaxation import relax
from regie_opt.worth import bodies
from regie_opt.worth.value import Worth

from .models import feasible, modelled

SEEDS = range(12)
NEAR = 1e-3
"""Engine units by which prices from the middle may differ."""


def test_bodies_are_worth_the_same_in_parts_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in feasible(SEEDS):
        found = candidates(Worth(case.scenario, case.base).today).bodies
        whole = Worth(case.scenario, case.base).column_values(found)
        monkeypatch.setattr(bodies, "MOST_CELLS", 7 * found.members.shape[1])
        again = found.take(np.arange(len(found)))
        assert len(again.parts()) == -(-len(again) // 7) or not len(again)
        for one, other in zip(whole, Worth(case.scenario, case.base).column_values(again), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)
        monkeypatch.undo()


def test_the_rule_says_at_which_number_of_sets_memory_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = 0
    for case in feasible(SEEDS):
        today = Worth(case.scenario, case.base).today
        n, whole = len(today.region.codes), member_sets.member_sets(today)
        monkeypatch.setattr(member_sets, "MOST_CELLS", n * (n + 1))
        fewer = member_sets.member_sets(today)
        monkeypatch.undo()
        known = {row.tobytes() for row in whole.members}
        assert {row.tobytes() for row in fewer.members} <= known
        if len(fewer.members) < len(whole.members):
            limited += 1
            assert f"(more than {n + 1} beyond that size)" in fewer.rule
    assert limited


def test_a_large_programme_is_solved_to_a_valid_bound_and_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = []
    for case in feasible(SEEDS):
        exact = solve(case.scenario, case.base)
        monkeypatch.setattr(relaxation, "INTERIOR", 0)
        inside = solve(case.scenario, case.base, Options(time_limit=20))
        monkeypatch.undo()
        best = exact.certificate.value
        assert inside.certificate.bound >= best - 1e-6
        assert inside.certificate.value <= best + 1e-6
        gaps.append(inside.certificate.gap)
    assert np.median(gaps) < 0.1


def test_the_rounded_relaxation_obeys(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = 0
    for case in feasible(SEEDS):
        model: Model = modelled(case.scenario, case.base)
        monkeypatch.setattr(relaxation, "INTERIOR", 0)
        relaxed = relax(model, 1, lambda: False, lambda *_: None)
        monkeypatch.undo()
        plan = starts.rounded(model, relaxed)
        if plan is not None:
            plans += 1
            assert obeys(model, plan.columns, plan.chosen, plan.kept)
            assert plan.cost >= relaxed.bound - NEAR
    assert plans
