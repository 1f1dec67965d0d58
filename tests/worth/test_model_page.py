"""What docs/model.md says beside its formulas: spots at which a reader of the page alone would compute otherwise."""

from pathlib import Path

import numpy as np
import pytest

from regie_opt.engine import Obeying, solve
from regie_opt.engine.candidates import candidates
from regie_opt.worth import Worth, today_plan
from regie_opt.worth.region import EARTH_RADIUS_KM, Region
from regie_opt.worth.today import Today

from .small import as_it_is, assessed, plan, small, today

PAGE = " ".join((Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8").split())


def test_distance_is_on_the_sphere_of_the_page():
    assert f"sphere of {EARTH_RADIUS_KM:,.0f} km radius" in PAGE
    north = {"aa": {"lon": 5, "lat": 52}, "bee": {"lon": 5, "lat": 53}, "cee": {"lon": 6, "lat": 52}}
    places = {c: {"name": c, "population": 10000, "location": at} for c, at in north.items()}
    km = Region(small(municipalities=places)).distance_km
    assert km[0, 1] == pytest.approx(6371 * np.pi / 180)


def test_a_reference_that_would_be_zero_is_one():
    """With one domain nobody can meet again in a further one; with free officials their hours are worth nothing."""
    free = small(burden={"rate": {"college": 0, "council": 0, "officials": 0}})
    scenario = free.model_copy(update={"domains": {"hr": free.domains["hr"]}})
    found = Worth(scenario, scenario).references
    assert (found["congruence"], found["burden"], found["overload"]) == (1, 1, 1)


def test_pairs_that_meet_again_count_domains_imposed_by_law_too():
    worth = Worth(s := small(), s)
    assert worth.references["congruence"] == 3 * (len(s.domains) - 1)


def test_board_hours_that_are_not_given_are_the_model_s():
    scenario = small(burden={"board_hours": 111})
    assert Region(scenario).board_hours.tolist() == [111] * 3


def measured(**hours: float):
    """Today's table, of which the model has no hours for the council."""
    forms = small().model_dump()["forms"]
    forms["body"]["hours"]["council"] = 0
    given = {"college": 10, "council": 24, "officials": 30, **hours}
    return small(forms=forms, partnerships={"x": today("body", ["aa", "bee"], ["tax", "hr"], hours=given)})


def test_measured_hours_count_where_the_model_has_none():
    assert as_it_is(measured()).hours[0].tolist() == pytest.approx([10, 24, 30])
    assert as_it_is(measured(council=0)).hours[0].tolist() == pytest.approx([10, 0, 30])


def test_measured_hours_without_a_model_are_fewer_with_fewer_domains():
    one = assessed(measured(), plan("body", "aa bee", "tax", continues="x"))
    # A further domain adds a fifth to the hours of the first, for the council two fifths.
    assert one.hours[0].tolist() == pytest.approx([10 / 1.2, 24 / 1.4, 30 / 1.2])
    assert assessed(measured(), plan("body", "aa bee", "tax", origin="new")).hours[0, 1] == 0


def test_burden_and_plans_agree_on_measured_hours_without_a_model():
    scenario = measured()
    solution = solve(scenario, scenario)
    assert solution.today.value == pytest.approx(as_it_is(scenario).value)


def test_sharing_is_worth_it_by_what_the_work_itself_gives():
    """With all of knowledge and power from tables, a domain that serves only these is not worth sharing."""
    domains = small().model_dump()["domains"]
    domains["hr"]["relevance"] = {"knowledge": 1}
    for share, counts in ((0.5, True), (1.0, False)):
        scenario = small(domains=domains, motives={"beside_share": share})
        worth = Worth(scenario, scenario)
        q = assessed(scenario, plan("swap", "aa bee", "hr", {"hr": "aa"}))
        assert bool(worth.worth_sharing(q.placed.bodies)[-1, worth.region.domain_index["hr"]]) == counts


def test_overlap_is_a_mean_over_those_with_two_partnerships_with_others():
    inventory = {
        "one": today("body", ["aa", "bee"], ["hr"]),
        "two": today("table", ["aa", "bee", "cee"], ["economy"], beside=True),
        "away": today("body", ["cee"], ["tax"], outside={"members": 2, "inhabitants": 9}),
    }
    # Aa and Bee: {other} against {other, cee}; Cee has only one with others in the region.
    assert as_it_is(small(partnerships=inventory)).network().congruence == pytest.approx(0.5)


def bodies_of(scenario):
    found = candidates(Today(Region(scenario)))
    return [
        (tuple(np.flatnonzero(m).tolist()), int(f), int(c))
        for m, f, c in zip(found.bodies.members, found.bodies.form, found.bodies.continues, strict=True)
    ]


def test_member_sets_of_today_are_candidates_for_going_on_only():
    inventory = {"wide": today("body", ["aa", "bee", "cee"], ["hr"])}
    rules = {"small": {"kind": "largest", "members": 2}}
    found = bodies_of(small(partnerships=inventory, rules=rules))
    assert {c for members, _, c in found if len(members) == 3} == {0}


def test_members_outside_count_for_the_largest_of_a_form_and_not_of_a_rule():
    forms = small().model_dump()["forms"]
    inventory = {"x": today("body", ["aa", "bee"], ["hr"], outside={"members": 2, "inhabitants": 9})}
    wide = ((0, 1, 2), 0, 0)
    rules = {"small": {"kind": "largest", "members": 3}}
    assert wide in bodies_of(small(partnerships=inventory, rules=rules))
    for largest, possible in ((5, True), (4, False)):
        forms["body"]["largest"] = largest
        found = bodies_of(small(forms=forms, partnerships=inventory))
        assert (wide in found) == possible
        assert ((0, 1), 0, 0) in found


def test_one_member_in_the_region_may_go_on_with_those_outside():
    inventory = {"x": today("body", ["aa", "bee"], ["hr"], outside={"members": 1, "inhabitants": 9})}
    assert ((0,), 0, 0) in bodies_of(small(partnerships=inventory))


def test_least_trust_is_asked_of_pairs_in_the_region_only():
    inventory = {"x": today("body", ["aa", "bee"], ["hr"], outside={"members": 1, "inhabitants": 9})}
    scenario = small(partnerships=inventory, trust={"outside": 0.0})
    assert ((0, 1, 2), 0, 0) in bodies_of(scenario)


def test_rules_and_vetoes_are_not_held_against_what_is_fixed():
    inventory = {"law": today("body", ["aa", "bee"], ["safety"], frozen=True)}
    rules = {
        "apart": {"kind": "apart", "members": ["aa", "bee"]},
        "together": {"kind": "together", "members": ["aa", "bee"], "domains": ["safety"]},
    }
    veto = [{"between": ["aa", "bee"], "veto": True}]
    scenario = small(partnerships=inventory, rules=rules, relations=veto)
    assert Obeying(Worth(scenario, scenario)).breaches(today_plan(scenario)) == ()
    assert "law" in {q.continues for q in solve(scenario, scenario).partnerships}
