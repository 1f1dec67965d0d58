"""Uncertain assumptions do to a scenario what they say, and their draws fill their ranges."""

from pathlib import Path

import numpy as np
import pytest

from regie_opt.loading import load
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import RoleHours
from regie_opt.schema.uncertainty import Assumption
from regie_opt.study.assumed import Impossible, acting, assumed
from regie_opt.study.sampling import drawn, draws
from regie_opt.worth import assess, complete_plan, today_plan
from regie_opt.worth.region import Region

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = SCENARIOS / "leerstad" / "scenario.yaml"


@pytest.fixture(scope="module")
def leerstad() -> Scenario:
    return load(LEERSTAD).scenario


def amounts(scenario: Scenario, base: Scenario, plan=None) -> dict[str, float]:
    plan = today_plan(scenario) if plan is None else plan
    return {c.key: c.amount for c in assess(scenario, base, complete_plan(scenario, plan)).criteria}


def contributions(scenario: Scenario, base: Scenario) -> dict[str, float]:
    return {c.key: c.contribution for c in assess(scenario, base, today_plan(scenario)).criteria}


def one(low: float, likely: float, high: float, scale: str = "linear", **more) -> Assumption:
    given = {
        "name": {"nl": "a", "en": "a"},
        "effect": "factor",
        "acts_on": ["money.horizon"],
        "unit": "times",
        "sources": {"*": "assumption"},
    }
    return Assumption.model_validate({**given, "low": low, "likely": likely, "high": high, "scale": scale, **more})


def with_assumption(scenario: Scenario, assumption: Assumption) -> Scenario:
    return scenario.model_copy(update={"uncertainty": {"a": assumption}})


# Draws


@pytest.mark.parametrize("samples", [2, 7, 50])
def test_every_part_of_every_range_is_drawn_from_once(leerstad, samples):
    found = draws(leerstad.uncertainty, samples, seed=3)
    assert len(found) == samples
    for key, assumption in leerstad.uncertainty.items():
        edges = drawn(assumption, np.linspace(0, 1, samples + 1))
        counts, _ = np.histogram([sample[key] for sample in found], edges)
        assert counts.tolist() == [1] * samples, key


def test_draws_follow_from_the_seed(leerstad):
    assert draws(leerstad.uncertainty, 20, seed=1) == draws(leerstad.uncertainty, 20, seed=1)
    assert draws(leerstad.uncertainty, 20, seed=1) != draws(leerstad.uncertainty, 20, seed=2)


def test_half_of_the_draws_lie_below_likely_whatever_the_scale():
    ends = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert drawn(one(0, 2, 10), ends).tolist() == [0, 1, 2, 6, 10]
    assert drawn(one(0.5, 1, 2, "log"), ends) == pytest.approx([0.5, 0.5**0.5, 1, 2**0.5, 2])


def test_hours_are_drawn_from_half_to_double(leerstad):
    hours = leerstad.uncertainty["hours"]
    assert (hours.low, hours.likely, hours.high, hours.scale) == (0.5, 1, 2, "log")


@pytest.mark.parametrize(
    ("low", "likely", "high", "scale"), [(2, 1, 3, "linear"), (1, 1, 1, "linear"), (0, 1, 2, "log")]
)
def test_a_range_that_is_none_is_refused(low, likely, high, scale):
    with pytest.raises(ValueError, match="allowed"):
        one(low, likely, high, scale)


# Effects


def with_hours(scenario: Scenario, hours: RoleHours | None) -> Scenario:
    """The scenario with these measured hours for each of today's partnerships that has no host."""
    today = {
        key: p.model_copy(update={"hours": None if p.host or p.hosts else hours})
        for key, p in scenario.partnerships.items()
    }
    return scenario.model_copy(update={"partnerships": today})


def test_twice_the_hours_of_forms_is_exactly_twice_the_burden(leerstad):
    here = with_hours(leerstad, None)
    before, after = amounts(here, here), amounts(assumed(here, {"hours": 2.0}), here)
    assert after["burden"] == pytest.approx(2 * before["burden"], rel=1e-12)
    same = [key for key in before if key not in ("burden", "overload")]
    assert {key: after[key] for key in same} == {key: before[key] for key in same}


def test_hours_that_were_measured_are_no_assumption(leerstad):
    here = with_hours(leerstad, RoleHours(college=10, council=5, officials=20))
    plan = [q for q in today_plan(here) if not q.hosts]
    assert plan
    before, after = amounts(here, here, plan), amounts(assumed(here, {"hours": 2.0}), here, plan)
    assert after["burden"] == pytest.approx(before["burden"])


def test_flat_cost_curves_leave_no_cost_to_gain(leerstad):
    flat = assumed(leerstad, {"scale": 0.0})
    assert all(index == 1.0 for domain in flat.domains.values() for _, index in domain.scale)
    steep = assumed(leerstad, {"scale": 1.43})
    assert steep.domains["belastingen"].scale[0] == pytest.approx((10000, 1 + 1.43 * 0.43))


def test_only_curves_of_support_get_a_slope_from_their_last_point(leerstad):
    rising = assumed(leerstad, {"back_office": 0.1})
    assert leerstad.domains["ict"].scale == ((10000, 1.05), (20000, 1.0))
    assert rising.domains["ict"].scale == ((10000, 1.05), (20000, 1.0), (200000, 1.1))
    for key in ("belastingen", "burgerzaken", "afval"):
        assert rising.domains[key] == leerstad.domains[key]


def test_more_trust_all_over_is_more_trust_between_any_two(leerstad):
    given = {frozenset(relation.between) for relation in leerstad.relations if relation.trust is not None}
    more, before = Region(assumed(leerstad, {"trust": 1.0})).trust, Region(leerstad).trust
    codes = list(leerstad.municipalities)
    for i, one in enumerate(codes):
        for j, other in enumerate(codes[:i]):
            assert (more[i, j] > before[i, j]) == (frozenset((one, other)) not in given)
            assert more[i, j] < 1


def test_knowing_each_other_counts_for_more_where_something_is_shared(leerstad):
    region, known = Region(leerstad), Region(assumed(leerstad, {"known": 1.67}))
    shared = region.familiarity > 0
    assert (known.trust[shared] >= region.trust[shared]).all()
    assert (known.trust > region.trust).any()
    assert (known.trust[~shared] == region.trust[~shared]).all()


def test_staff_and_spending_move_together_and_by_kind_of_task(leerstad):
    more = assumed(leerstad, {"staff": 1.2, "overhead": 1.3})
    staff, before = Region(more).staff, Region(leerstad).staff
    for d, key in enumerate(leerstad.domains):
        given = [key in place.staff for place in leerstad.municipalities.values()]
        factor = 1.2 * (1.3 if leerstad.domains[key].task == "support" else 1.0)
        for m, is_given in enumerate(given):
            assert staff[m, d] == pytest.approx(before[m, d] * (1.2 if is_given else factor)), (key, m)


def test_what_is_wanted_counts_in_its_own_criterion_only(leerstad):
    """What was filled in, and what taking part reveals, stay in proportion."""
    double = assumed(leerstad, {"want_quality": 2.0})
    before, after = contributions(leerstad, leerstad), contributions(double, leerstad)
    assert before["quality"] > 0
    assert after["quality"] == pytest.approx(2 * before["quality"])
    assert {k: v for k, v in after.items() if k != "quality"} == {k: v for k, v in before.items() if k != "quality"}
    assert (Region(double).want == Region(leerstad).want).all()


def test_a_share_stays_within_what_a_share_can_be(leerstad):
    more = assumed(leerstad, {"realised": 1.2, "staff": 2.0, "autonomy": 2.0})
    assert more.forms["bvo"].realises["vulnerability"] == 1.0
    assert more.forms["bvo"].realises["power"] == pytest.approx(0.36)
    assert max(form.autonomy for form in more.forms.values()) == 1.0
    assert max(domain.staff_share for domain in more.domains.values()) <= 1.0


def test_a_draw_acts_on_what_the_scenario_says_and_not_on_the_model():
    loaded = load(LEERSTAD, sets=["money.horizon=8"])
    assert assumed(loaded.scenario, {"horizon": 0.5}).money.horizon == 4


@pytest.mark.parametrize("region", ["leerstad", "zuid-holland-zuid", "zeeland", "twente"])
def test_both_ends_of_every_shipped_range_make_a_valid_scenario(region):
    scenario = load(SCENARIOS / region / "scenario.yaml").scenario
    assert acting(scenario) == tuple(scenario.uncertainty)
    for end in ("low", "high"):
        everything = assumed(scenario, {key: getattr(one, end) for key, one in scenario.uncertainty.items()})
        assert everything.uncertainty == {}


def test_the_likely_draw_of_every_shipped_assumption_is_the_scenario_as_written(leerstad):
    likely = assumed(leerstad, {key: one.likely for key, one in leerstad.uncertainty.items()})
    here = amounts(leerstad, leerstad)
    assert amounts(likely, leerstad) == pytest.approx(here)


def test_an_assumption_that_changes_nothing_here_is_told_apart(leerstad):
    assert leerstad.domains["afval"].scale == ((10000, 1.0),)
    idle = with_assumption(leerstad, one(0, 1, 2, effect="steepness", acts_on=["domains.afval.scale"]))
    assert acting(idle) == ()


def test_an_assumption_that_makes_no_scenario_is_refused_by_name(leerstad):
    with pytest.raises(Impossible, match="greater than 0") as refused:
        acting(with_assumption(leerstad, one(0, 1, 2, acts_on=["money.horizon"])))
    assert (refused.value.key, refused.value.draw) == ("a", 0)
