"""A sweep finds every plan that is the best anywhere along a weight, and where each takes over."""

from itertools import pairwise, product
from pathlib import Path

import pytest

from regie_opt import engine
from regie_opt.loading import load
from regie_opt.schema.changes import with_values
from regie_opt.study import Processes, Solve, Store, Study
from regie_opt.study.plans import Plans
from regie_opt.study.sweep import Grid, sweep
from regie_opt.study.tornado import tornado
from regie_opt.study.tune import Question, tune
from regie_opt.study.weighing import Moving

LEERSTAD = load(Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml")
BURDEN = ("criteria", "burden", "weight")
TAX = ("domains", "belastingen", "weight")


def grid(*swept: tuple[tuple[str, str, str], tuple[float, ...]]) -> Grid:
    scenario, base = LEERSTAD.scenario, LEERSTAD.base
    paths, values = zip(*swept, strict=True)
    points = tuple(product(*values))
    moving = Moving(paths[0], min(values[0]), max(values[0]), scenario, base) if len(paths) == 1 else None
    scenarios = tuple(with_values(scenario, dict(zip(paths, point, strict=True))) for point in points)
    return Grid(tuple(map(".".join, paths)), points, scenarios, scenario, base, moving=moving)


def recommended() -> Plans:
    return Plans(Solve(LEERSTAD.scenario, LEERSTAD.base).run())


def weight(path: tuple[str, str, str], low: float, high: float) -> Moving:
    return Moving(path, low, high, LEERSTAD.scenario, LEERSTAD.base)


@pytest.mark.parametrize(("path", "least"), [(BURDEN, 4), (TAX, 2), (("criteria", "transition", "weight"), 2)])
def test_between_two_breakpoints_one_plan_is_the_best_everywhere(path: tuple[str, str, str], least: int):
    plans = recommended()
    asked = grid((path, (0.0, 1.0, 2.5)))
    with Study() as study:
        found = sweep(asked, plans, study)
    assert found.linear
    assert len(found.breakpoints) >= least
    assert all(point.proven for point in found.breakpoints)
    assert all(one.after == other.before for one, other in pairwise(found.breakpoints))
    moving = asked.moving
    assert moving is not None
    limits = [0.0, *(point.weight for point in found.breakpoints), 2.5]
    best = [found.breakpoints[0].before, *(point.after for point in found.breakpoints)]
    for (low, high), number in zip(pairwise(limits), best, strict=True):
        for share in (0.02, 0.5, 0.98):
            here = low + share * (high - low)
            optimum = engine.solve(moving.at(here), LEERSTAD.base).certificate.value
            assert moving.value(plans[number], here) == pytest.approx(optimum, abs=1e-6)


def test_the_points_of_a_sweep_are_those_of_solves_from_nothing():
    values = (0.0, 0.5, 1.0, 2.0)
    plans = recommended()
    with Study() as study:
        found = sweep(grid((BURDEN, values)), plans, study)
    for point, value in zip(found.points, values, strict=True):
        best = engine.solve(with_values(LEERSTAD.scenario, {BURDEN: value}), LEERSTAD.base)
        assert point.value == pytest.approx(best.certificate.value, abs=1e-9)
        assert point.plan is not None
        assert point.regrouped == len(plans.regrouped(point.plan))
    assert found.points[2].plan == 1
    assert found.points[2].regrouped == 0
    assert {point.plan == 1 for point in found.points} == {True, False}


def test_two_sweeps_make_a_grid_without_breakpoints():
    with Study() as study:
        found = sweep(grid((BURDEN, (0.5, 1.0)), (TAX, (0.5, 1.0, 2.0))), recommended(), study)
    assert [point.values for point in found.points] == list(product((0.5, 1.0), (0.5, 1.0, 2.0)))
    assert (found.breakpoints, found.linear) == ((), None)
    assert next(p for p in found.points if p.values == (1.0, 1.0)).plan == 1


def test_a_point_without_a_plan_names_the_rules():
    scenario = LEERSTAD.scenario
    rules = {
        "samen": {"kind": "together", "members": ["noordwolde", "rietdam"], "domains": ["ict"]},
        "los": {"kind": "apart", "members": ["noordwolde", "rietdam"]},
    }
    wrong = type(scenario).model_validate({**scenario.model_dump(), "rules": rules})
    asked = Grid(("rules.x",), ((1.0,),), (wrong,), scenario, LEERSTAD.base)
    with Study() as study:
        (point,) = sweep(asked, recommended(), study).points
    assert (point.status, point.plan) == ("infeasible", None)
    assert set(point.conflict) == {"samen", "los"}


def test_the_tornado_tells_what_keeping_the_plan_loses():
    plans = recommended()
    movings = [weight(("criteria", key, "weight"), 0.0, 4.0) for key in ("overload", "quality", "vulnerability")]
    with Study() as study:
        found = tornado(movings, plans, study)
    assert [s.path for s in found][-1] == "criteria.overload.weight"
    for swung in found:
        moving = next(m for m in movings if m.name == swung.path)
        for side, factor in ((swung.low, 0.5), (swung.high, 2.0)):
            assert side.weight == factor * swung.present
            best = engine.solve(moving.at(side.weight), LEERSTAD.base).certificate.value
            assert side.loss == pytest.approx(best - moving.value(plans[1], side.weight), abs=1e-7)
            assert (side.loss == 0) == (side.plan == 1) == (side.regrouped == 0)
    losses = [max(s.low.loss, s.high.loss) for s in found]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > 0


def question() -> Question:
    return Question(
        LEERSTAD.scenario,
        LEERSTAD.base,
        LEERSTAD.sha256,
        weights=(weight(BURDEN, 0.0, 1.2), weight(TAX, 0.0, 4.0)),
        grid=grid((TAX, (0.0, 1.0, 2.0))),
    )


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_other_workers_write_the_same_bytes_and_a_second_time_nothing_is_solved(workers: int, tmp_path: Path):
    asked, texts = question(), []
    for crew, folder in ((Processes(1), "one"), (Processes(workers), "other"), (Processes(1), "other")):
        events = []
        with Study(crew, Store(tmp_path / folder), events.append) as study:
            (outcome,) = study.results([asked.recommended])
            texts.append(tune(asked, outcome, study).model_dump_json())
        if len(texts) == 3:
            assert events[-1].kept == events[-1].total
    assert texts[0] == texts[1] == texts[2]


def test_plans_are_numbered_from_one_without_holes_and_every_number_is_described():
    with Study() as study:
        (outcome,) = study.results([question().recommended])
        found = tune(question(), outcome, study)
    assert [plan.number for plan in found.plans] == list(range(1, len(found.plans) + 1))
    assert found.plans[0].regrouped == ()
    named = {1, *(end.plan for i in found.intervals for end in (i.low, i.high) if end.plan)}
    assert found.sweep is not None
    named |= {p.plan for p in found.sweep.points if p.plan}
    assert named <= {plan.number for plan in found.plans}
