"""Weighing again gives the programme that is made from nothing, over every candidate."""

import numpy as np
import pytest

from regie_opt.engine import ground
from regie_opt.engine.columns import Model
from regie_opt.engine.ground import Ground
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.value import Worth

from .models import feasible, modelled

SEEDS = range(20)


def other_weights(scenario: Scenario) -> Scenario:
    criteria = {
        key: criterion.model_copy(update={"weight": criterion.weight * (0.4 + 0.3 * i)})
        for i, (key, criterion) in enumerate(scenario.criteria.items())
    }
    return scenario.model_copy(update={"criteria": criteria})


def same_programme(one: Model, other: Model) -> None:
    assert one.scale == pytest.approx(other.scale)
    for some, others in (
        (one.costs, other.costs),
        (one.exchange_costs, other.exchange_costs),
        ((one.tables.index, one.tables.cost), (other.tables.index, other.tables.cost)),
    ):
        for a, b in zip(some, others, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9)
    for row, also in zip(one.rows.side, other.rows.side, strict=True):
        assert (row.kind, row.subject, row.upper) == (also.kind, also.subject, also.upper)
        assert row.price == pytest.approx(also.price)


@pytest.mark.parametrize("most", [ground.MOST_KEPT, 0])
def test_other_weights_give_the_costs_that_are_computed_from_nothing(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(ground, "MOST_KEPT", most)
    for case in feasible(SEEDS):
        scenario = other_weights(case.scenario)
        again = Ground.of(Worth(case.scenario, case.base)).weighed(scenario)
        same_programme(again, Ground.of(Worth(scenario, case.base)).weighed(scenario))


def test_every_candidate_stays_also_those_in_no_best_plan():
    dropped = 0
    for case in feasible(SEEDS):
        useful = modelled(case.scenario, case.base).found
        whole = Ground.of(Worth(case.scenario, case.base)).model.found
        assert len(whole.bodies) == whole.priced == useful.priced
        dropped += len(whole.bodies) - len(useful.bodies)
    assert dropped > len(SEEDS)


def test_what_may_be_used_is_what_could_be_in_a_best_plan_at_the_weights_of_now():
    for case in feasible(SEEDS):
        scenario = other_weights(case.scenario)
        again = Ground.of(Worth(case.scenario, case.base)).weighed(scenario).found
        useful = again.allowed.any(axis=1)
        anew = modelled(scenario, case.base).found
        np.testing.assert_array_equal(again.bodies.members[useful], anew.bodies.members)
        np.testing.assert_array_equal(again.allowed[useful], anew.allowed)
        np.testing.assert_array_equal(again.anchor[useful], anew.anchor)
