"""A solver that does not answer is asked otherwise; where it never does, what is known stays, with an honest gap."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import highspy
import numpy as np
import pulp
import pytest

from regie_opt.engine import Asked, NoPlanInTime, Options, Solution, alternatives, large, programme, resolve, solve
from regie_opt.engine.arrangement import Groups
from regie_opt.engine.floor import Floor
from regie_opt.engine.master import OTHERWISE, Master, NoOptimum, NoSolution
from regie_opt.engine.relaxation import relax
from regie_opt.engine.strengthen import Root, strengthened
from regie_opt.engine.tighten import tighten

from .brute_force import Listed
from .models import every_column, feasible, modelled

SAME = 1e-6
UNKNOWN = highspy.HighsModelStatus.kUnknown
WAYS = 1 + len(OTHERWISE)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[int], bool]) -> Iterator[list[int]]:
    """A linear solver that ends with 'Unknown' at some of its runs, counted from 0; tells how many there were."""
    run, runs = Master._run, [0]

    def stub(master: Master, *how: Any) -> Any:
        number, runs[0] = runs[0], runs[0] + 1
        if fails(number):
            master.solver.clearSolver()
            return UNKNOWN
        return run(master, *how)

    monkeypatch.setattr(Master, "_run", stub)
    yield runs
    monkeypatch.undo()


def honest(solve_it: Callable[[], Solution], case: Listed) -> Solution | None:
    """Value, bound and gap leave room for the best plan there is, and the plan is one; none where rules ask for more.

    Neither today nor everybody alone may obey them, and then there may be no plan without a solver.
    """
    try:
        solution = solve_it()
    except NoPlanInTime:
        return None
    found, best = solution.certificate, case.best.value
    assert found.value <= best + SAME
    assert found.bound >= best - SAME
    if found.status == "optimal":
        assert found.value == pytest.approx(best, abs=SAME)
    assert case.plans.book.broken(solution.partnerships) == []
    return solution


@pytest.mark.parametrize("number", [0, 2, 9])
def test_a_run_that_fails_is_made_otherwise_and_the_optimum_is_proven(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for case in feasible(range(12)):
        with failing(monkeypatch, lambda n: n == number):
            found = solve(case.scenario, case.base).certificate
        assert found.status == "optimal"
        assert found.value == pytest.approx(case.best.value, abs=SAME)


def test_it_is_asked_otherwise_in_several_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = itertools.islice(feasible(range(40)), 1)
    for some in range(1, WAYS):
        with failing(monkeypatch, lambda n, some=some: n < some) as runs:
            found = solve(case.scenario, case.base).certificate
        assert runs[0] > some
        assert found.status == "optimal"


@pytest.mark.parametrize("number", [0, 1, 3, 8, 21])
def test_a_solver_that_fails_for_good_leaves_a_plan_and_an_honest_gap(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    planned = gaps = 0
    for case in feasible(range(30)):
        with failing(monkeypatch, lambda n: n >= number):
            solution = honest(lambda case=case: solve(case.scenario, case.base), case)
        if solution is not None:
            planned += 1
            gaps += solution.certificate.gap > 0
    assert planned >= 15
    assert gaps or number > 3


@pytest.mark.parametrize("number", [0, 4, 11])
def test_one_programme_that_nobody_solves_leaves_the_others(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for case in feasible(range(20)):
        with failing(monkeypatch, lambda n: number <= n < number + WAYS):
            honest(lambda case=case: solve(case.scenario, case.base), case)


@pytest.mark.parametrize("number", [0, 3, 10, 40])
def test_in_parts_a_solver_that_fails_leaves_the_bound_that_is_known(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for case in feasible(range(8)):
        with monkeypatch.context() as small:
            small.setattr(large, "LARGE", 0)
            small.setattr(large, "WINDOW", 3)
            small.setattr(large, "CORE", 1)
            with failing(monkeypatch, lambda n: n >= number):
                honest(lambda case=case: solve(case.scenario, case.base, Options(time_limit=20)), case)
        monkeypatch.undo()


def test_a_solve_again_with_a_solver_that_fails_is_honest(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in feasible(range(8)):
        before = solve(case.scenario, case.base)
        with failing(monkeypatch, lambda n: True):
            assert honest(lambda case=case, before=before: resolve(before, case.scenario), case)


def test_a_relaxation_nobody_solves_still_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in feasible(range(10)):
        model = modelled(case.scenario, case.base)
        whole = relax(model, lambda: False, lambda *_: None)
        for number in range(6):
            with failing(monkeypatch, lambda n, number=number: n >= number) as runs:
                some = relax(model, lambda: False, lambda *_: None)
            assert np.isfinite(some.bound)
            assert some.bound <= whole.bound + SAME
            assert some.converged <= (runs[0] <= number)
            assert len(some.weights) == len(some.pool)


def test_a_kernel_nobody_solves_keeps_every_column_and_the_bound_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in feasible(range(10)):
        model = modelled(case.scenario, case.base)
        relaxed = relax(model, lambda: False, lambda *_: None)
        root, columns = Root.of(model, relaxed), every_column(model)
        near = root.reduced(columns)
        for number in (0, 1, 2):
            with failing(monkeypatch, lambda n, number=number: n >= number):
                left = tighten(model, columns, near, relaxed.cuts, root.row_cuts, np.inf, lambda: False)
                stronger = strengthened(root, (relaxed.cuts, root.row_cuts), 1.0, lambda: False)
            assert len(left.columns) == len(left.near) == len(left.weights)
            assert number or (len(left.columns) == len(columns) and left.bound == -np.inf)
            assert stronger.bound >= root.bound


def test_a_floor_nobody_knows_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = itertools.islice(feasible(range(40)), 1)
    model = modelled(case.scenario, case.base)
    columns = every_column(model)
    relaxed = relax(model, lambda: False, lambda *_: None)
    part = tighten(model, columns, columns.cost, relaxed.cuts, Root.of(model, relaxed).row_cuts, np.inf, lambda: False)
    floor, groups = Floor(model, part), Groups(model, part.columns)
    what = groups.alone(int(groups.open_cells[0]))
    assert floor.cost([(what, 1)]) > -np.inf
    with failing(monkeypatch, lambda n: True):
        assert floor.cost([(what, 1)]) == -np.inf


def test_no_answer_is_not_taken_for_no_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = itertools.islice(feasible(range(40)), 1)
    master = Master(modelled(case.scenario, case.base))
    master.add(every_column(master.model))
    none = np.zeros(len(master.columns()), dtype=bool)
    assert np.isfinite(master.value_without(none))
    with failing(monkeypatch, lambda n: True):
        assert master.value_without(none) == -np.inf
        with pytest.raises(NoOptimum):
            master.solve()
    master.solver.changeColBounds(master.fixed_columns, 2.0, np.inf)
    with pytest.raises(NoSolution):
        master.solve()


# The programme in whole numbers


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_programme_that_a_solver_fails_at_is_asked_otherwise(
    monkeypatch: pytest.MonkeyPatch, solver: programme.Solver, number: int
) -> None:
    answered, calls = programme._answered, [0]

    def stub(problem: pulp.LpProblem, engine: Any) -> bool:
        calls[0] += 1
        return calls[0] != number + 1 and answered(problem, engine)

    monkeypatch.setattr(programme, "_answered", stub)
    for case in feasible(range(6)):
        calls[0] = 0
        found = solve(case.scenario, case.base, Options(solver=solver)).certificate
        assert found.status == "optimal"
        assert found.value == pytest.approx(case.best.value, abs=SAME)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_programmes_that_nobody_solves_leave_an_honest_gap(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    answered, calls = programme._answered, [0]

    def stub(problem: pulp.LpProblem, engine: Any) -> bool:
        calls[0] += 1
        return calls[0] <= number and answered(problem, engine)

    monkeypatch.setattr(programme, "_answered", stub)
    for case in feasible(range(20)):
        calls[0] = 0
        honest(lambda case=case: solve(case.scenario, case.base), case)


def test_cbc_that_cannot_be_run_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise pulp.PulpSolverError("Pulp: Error while trying to execute")

    monkeypatch.setattr(pulp.PULP_CBC_CMD, "actualSolve", broken)
    for case in feasible(range(6)):
        assert solve(case.scenario, case.base, Options(solver="cbc")).certificate.status == "optimal"


def test_alternatives_with_a_solver_that_fails_prove_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(0.3, 3, 5)
    for case in feasible(range(6)):
        whole = alternatives(case.scenario, case.base, asked)
        for number in (0, 3, 8):
            with failing(monkeypatch, lambda n, number=number: n >= number):
                try:
                    some = alternatives(case.scenario, case.base, asked)
                except NoPlanInTime:
                    continue
            if some.all_listed and whole.all_listed and some.solution.certificate.status == "optimal":
                assert len(some.listed) == len(whole.listed)
            proven = {what for what in some.common if what.proven}
            if some.solution.certificate.status == "optimal":
                assert {(w.kind, w.domain, w.members) for w in proven} <= {
                    (w.kind, w.domain, w.members) for w in whole.common
                }
