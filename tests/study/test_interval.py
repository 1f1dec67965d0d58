"""The interval of a weight ends where another plan takes over: solved again from nothing on both sides of both ends."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from engine.instances import instance
from worth.small import domain, plan, small

from regie_opt import engine
from regie_opt.loading import load
from regie_opt.schema.changes import with_values
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.tuning import Interval
from regie_opt.study import Solve, Study
from regie_opt.study.interval import intervals, tolerance
from regie_opt.study.plans import Plans, composition
from regie_opt.study.solving import outcome
from regie_opt.study.weighing import Moving
from regie_opt.worth import complete_plan
from regie_opt.worth.value import Worth

SCENARIOS = Path(__file__).parents[2] / "scenarios"
COUNT = 30
CELLS = 6
"""Cells of an instance at least: smaller ones have hardly any plans."""
MOST_BENT = 6
"""Weights of domains, in which values bend, that are looked into."""
NEAR = 0.01
"""Part of an end by which is solved inside and outside it."""


def moving(scenario: Scenario, base: Scenario, *path: str) -> Moving:
    """A weight over four times what it is, or from 0 to 1."""
    present = Moving(path, 0.0, 0.0, scenario, base).present
    return Moving(path, 0.0, 4 * present or 1.0, scenario, base)


@cache
def feasible() -> list[tuple[int, Scenario]]:
    """Random scenarios that have a plan, with their seeds."""
    found, seed = [], 0
    while len(found) < COUNT:
        scenario = instance(np.random.default_rng(5000 + seed))
        seed += 1
        if len(scenario.municipalities) * len(scenario.domains) < CELLS:
            continue
        try:
            engine.solve(scenario, scenario)
        except engine.Infeasible:
            continue
        found.append((seed, scenario))
    return found


def searched(movings: list[Moving]) -> tuple[Plans, tuple[Interval, ...]]:
    recommended = Solve(movings[0].scenario, movings[0].base).run()
    plans = Plans(recommended)
    with Study() as study:
        return plans, intervals(movings, plans, study)


def is_right(weight: Moving, plans: Plans, found: Interval) -> int:
    """Inside its ends nothing is better than the recommended plan, outside something is; gives how many ends it has."""
    ends = 0
    for end, outward in ((found.low, -1), (found.high, 1)):
        assert end.proven
        assert (end.plan is None) == end.beyond
        inside = end.weight * (1 - NEAR * outward)
        if min(end.weight, found.present) <= inside <= max(end.weight, found.present):
            best = outcome(engine.solve(weight.at(inside), weight.base))
            assert best.certificate is not None
            lost = best.certificate.value - weight.value(plans[1], inside)
            assert lost <= tolerance(best) + 1e-12, f"{found.path} at {inside}: {lost} better"
        if end.plan is not None:
            outside = end.weight * (1 + NEAR * outward)
            best = outcome(engine.solve(weight.at(outside), weight.base))
            assert best.certificate is not None
            kept = weight.value(plans[1], outside)
            assert best.certificate.value > kept, f"{found.path} at {outside}: nothing better than {kept}"
            assert weight.value(plans[end.plan], outside) > kept
            ends += 1
    return ends


def test_the_intervals_of_weights_are_right_on_thirty_random_instances():
    ends = 0
    for _, scenario in feasible():
        movings = [moving(scenario, scenario, "criteria", key, "weight") for key in ("burden", "autonomy")]
        plans, found = searched(movings)
        ends += sum(is_right(weight, plans, interval) for weight, interval in zip(movings, found, strict=True))
    assert ends >= 20


def test_the_interval_of_the_weight_of_a_domain_is_right():
    ends = 0
    for seed, scenario in feasible()[:10]:
        keys = list(scenario.domains)
        weight = moving(scenario, scenario, "domains", keys[seed % len(keys)], "weight")
        plans, (found,) = searched([weight])
        ends += is_right(weight, plans, found)
    assert ends > 0


def test_inside_an_interval_that_bends_nothing_is_better_by_more_than_its_slack():
    bent = 0
    for _, scenario in feasible():
        for key in scenario.domains:
            weight = moving(scenario, scenario, "domains", key, "weight")
            if weight.linear or bent == MOST_BENT:
                continue
            bent += 1
            plans, (found,) = searched([weight])
            assert found.slack > 0
            for share in (0.1, 0.3, 0.7, 0.9):
                inside = found.low.weight + share * (found.high.weight - found.low.weight)
                best = engine.solve(weight.at(inside), weight.base).certificate.value
                assert best - weight.value(plans[1], inside) <= found.slack + 1e-6
    assert bent >= MOST_BENT


@pytest.mark.slow
def test_all_intervals_of_thirty_random_instances_are_right():
    for _, scenario in feasible():
        paths = [(section, key, "weight") for section in ("criteria", "domains") for key in getattr(scenario, section)]
        movings = [moving(scenario, scenario, *path) for path in paths]
        plans, found = searched(movings)
        for weight, interval in zip(movings, found, strict=True):
            is_right(weight, plans, interval)


@pytest.mark.slow
def test_the_intervals_of_a_real_region_are_right():
    loaded = load(SCENARIOS / "zuid-holland-zuid" / "scenario.yaml")
    paths = [
        ("criteria", "burden", "weight"),
        ("criteria", "autonomy", "weight"),
        ("domains", "belastingen", "weight"),
    ]
    movings = [moving(loaded.scenario, loaded.base, *path) for path in paths]
    plans, found = searched(movings)
    ends = sum(is_right(weight, plans, interval) for weight, interval in zip(movings, found, strict=True))
    assert ends >= 4


@pytest.mark.parametrize("key", ["burden", "quality", "transition", "autonomy", "overload"])
def test_the_value_of_a_plan_is_linear_in_the_weight_of_a_criterion(key: str):
    for _, scenario in feasible()[:5]:
        weight = moving(scenario, scenario, "criteria", key, "weight")
        assert weight.linear
        assert weight.straight(engine.solve(scenario, scenario).partnerships)


def with_weight(scenario: Scenario, key: str, weight: float) -> Scenario:
    return with_values(scenario, {("criteria", key, "weight"): weight})  # type: ignore[dict-item]


def test_services_given_back_make_the_value_bend_in_the_weight_of_a_domain():
    scenario = small(domains={"it": domain()})
    both = complete_plan(scenario, [plan("swap", "aa bee", "hr it", hosts={"hr": "aa", "it": "bee"})])
    weight = moving(scenario, scenario, "domains", "hr", "weight").between(0.0, 4.0)
    assert not weight.linear
    assert not weight.straight(both)
    # Aa does 1 fte of hr for Bee and Bee 1 fte of it for Aa: min(w, 1) - 0.25 |w - 1|, and a line for all else.
    reference = Worth(scenario, scenario).references["reciprocity"]
    above = weight.value(both, 2.0) - (weight.value(both, 0.0) + weight.value(both, 4.0)) / 2
    assert above == pytest.approx((0.75 - (-0.25 + 0.25) / 2) / reference)
    # Staff for hr of all three is 6 fte, and a slope between 1.25 and -0.25 of it: what the bend is at most.
    assert weight.bend == pytest.approx(1.5 * 6 / reference)
    assert above <= weight.bend * 4 / 4


def test_without_services_given_back_the_value_is_linear_in_the_weight_of_a_domain():
    scenario = small(domains={"it": domain()})
    nothing = with_weight(scenario, "reciprocity", 0.0)
    both = complete_plan(nothing, [plan("swap", "aa bee", "hr it", hosts={"hr": "aa", "it": "bee"})])
    weight = moving(nothing, scenario, "domains", "hr", "weight")
    assert weight.linear
    assert weight.straight(both)
    assert moving(scenario, scenario, "domains", "tax", "weight").linear  # tax is no work for mutual services


def test_where_two_bent_values_cross_they_are_equal():
    base = small(domains={"it": domain()})
    scenario = with_weight(base, "partnerships", 1.0)  # one of three costs a third: too much where hr weighs nothing
    for key in ("burden", "autonomy", "transition"):
        scenario = with_weight(scenario, key, 0.35)
    weight = moving(scenario, base, "domains", "hr", "weight").between(0.0, 4.0)
    both = complete_plan(scenario, [plan("swap", "aa bee", "hr it", hosts={"hr": "aa", "it": "bee"})])
    alone = complete_plan(scenario, [])
    first, last = (weight.value(both, w) - weight.value(alone, w) for w in (0.0, 4.0))
    assert first < 0 < last
    at = weight.crossing(alone, both, 0.0, 4.0)
    assert at is not None
    assert weight.value(both, at) == pytest.approx(weight.value(alone, at), abs=1e-9)


def test_two_plans_that_are_equally_good_at_every_weight_do_not_take_over_from_each_other():
    base = small(rules={"two": {"kind": "largest", "members": 2}})
    equals = base
    for key in ("burden", "partnerships", "autonomy", "transition"):
        equals = with_weight(equals, key, 0.1)
    for key in ("burden", "cost", "autonomy"):
        weight = moving(equals, base, "criteria", key, "weight")
        plans, (found,) = searched([weight])
        is_right(weight, plans, found)
        twin = tuple(mirrored(p) for p in plans[1])
        assert composition(twin) != composition(plans[1])
        assert weight.value(twin, weight.present) == pytest.approx(weight.value(plans[1], weight.present))
        known = Plans(plans.recommended)
        known.number(plans.recommended.model_copy(update={"partnerships": twin}))
        with Study() as study:
            (again,) = intervals([weight], known, study)
        assert again.low.weight == pytest.approx(found.low.weight)
        assert again.high.weight == pytest.approx(found.high.weight)
        for end in (found.low, found.high):
            if end.plan is not None:
                outside = end.weight * (1.01 if end is found.high else 0.99)
                assert weight.value(plans[end.plan], outside) > weight.value(plans[1], outside) + 1e-9


def mirrored(partnership: PlannedPartnership) -> PlannedPartnership:
    """The same with Aa and Bee, who are equal in everything, in each other's place."""
    other = {"aa": "bee", "bee": "aa"}
    hosts = {d: other.get(h, h) for d, h in (partnership.hosts or {}).items()} or None
    members = tuple(other.get(m, m) for m in partnership.members)
    return partnership.model_copy(update={"members": members, "hosts": hosts})


def test_a_weight_that_changes_nothing_has_no_end():
    scenario = with_weight(small(), "overload", 1.0)
    scenario = scenario.model_copy(
        update={
            "municipalities": {
                k: m.model_copy(update={"board_hours": 10_000.0}) for k, m in scenario.municipalities.items()
            }
        }
    )
    _, (found,) = searched([moving(scenario, scenario, "criteria", "overload", "weight")])
    assert (found.low.weight, found.high.weight) == (0.0, 4.0)
    assert found.low.beyond
    assert found.high.beyond


class Hurried(Study):
    """A study whose solves end without a proof."""

    def results(self, tasks, part=1.0):
        return [unproven(outcome) for outcome in super().results(tasks, part)]


def unproven(found: Outcome) -> Outcome:
    assert found.certificate is not None
    doubtful = found.certificate.model_copy(update={"status": "feasible", "gap": 0.01})
    return found.model_copy(update={"status": "feasible", "certificate": doubtful})


def test_where_time_runs_out_the_interval_is_not_proven():
    scenario = small()
    recommended = Solve(scenario, scenario).run()
    plans = Plans(recommended)
    weight = moving(scenario, scenario, "criteria", "burden", "weight")
    with Hurried() as study:
        (hurried,) = intervals([weight], plans, study)
    assert not hurried.low.proven
    with Study() as study:
        (found,) = intervals([weight], plans, study)
        (doubtful,) = intervals([weight], Plans(unproven(recommended)), study)
    assert found.low.proven
    assert not doubtful.low.proven
    assert found.low.weight == pytest.approx(hurried.low.weight)
    assert found.low.weight == pytest.approx(doubtful.low.weight)


class Late(Study):
    """A study that has no time for any plan."""

    def results(self, tasks, part=1.0):
        return [Outcome(status="unfinished") for _ in tasks]


def test_where_no_plan_is_found_in_time_the_end_of_the_range_is_told_as_not_proven():
    scenario = small()
    weight = moving(scenario, scenario, "criteria", "burden", "weight")
    with Late() as study:
        (found,) = intervals([weight], Plans(Solve(scenario, scenario).run()), study)
    assert (found.high.weight, found.high.plan, found.high.proven) == (weight.high, None, False)


def test_plans_that_carry_the_same_cells_in_other_bundles_are_other_plans():
    apart = [plan("body", "aa bee", "tax"), plan("body", "aa bee", "hr")]
    bundled = [plan("body", "aa bee", "tax hr")]
    assert composition(apart) != composition(bundled)
    assert composition(bundled) == composition([bundled[0].model_copy(update={"id": "p7", "name": "Other"})])
    assert composition(bundled) != composition([bundled[0].model_copy(update={"continues": "now"})])
