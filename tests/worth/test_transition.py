import pytest

from regie_opt.worth.autonomy import autonomy
from regie_opt.worth.region import Region
from regie_opt.worth.transition import contributions, exit_costs, transition

from .small import TREE, assessed, bodies, plan, small, today


def with_body(**more):
    return small(partnerships={"x": today("body", ["aa", "cee"], ["tax"], **more)})


def test_contribution_is_by_default_the_work_that_runs_through_the_partnership():
    # 0.9 x 90,000 euro x 1 and 3 fte.
    assert contributions(Region(with_body())).tolist() == [[81000, 0, 243000]]


def test_a_given_contribution_is_divided_by_work_and_not_by_inhabitants():
    # One to three by work, one to four by inhabitants.
    assert contributions(Region(with_body(contribution=100000))).tolist() == [[25000, 0, 75000]]


def test_given_shares_are_honoured():
    paid = contributions(Region(with_body(contribution=100000, shares={"aa": 0.6, "cee": 0.4})))
    assert paid.tolist() == [[60000, 0, 40000]]


def test_inhabitants_divide_the_contribution_only_where_no_work_is_known():
    scenario = small(partnerships={"x": today("body", ["aa", "cee"], ["unknown"], contribution=100000)})
    assert contributions(Region(scenario)).tolist() == [[20000, 0, 80000]]


def test_leaving_costs_the_exit_factor_times_the_contribution_over_the_horizon():
    # 2.5 yearly contributions over 5 years.
    assert exit_costs(Region(with_body(contribution=100000))).tolist() == [[12500, 0, 37500]]


def test_starting_costs_the_set_up_of_each_member_over_the_horizon():
    region = Region(small())
    setup, moved = transition(bodies(region, ("body", "aa bee"), ("hub", "aa bee cee")))
    assert setup.tolist() == [24000, 24000]
    # 5,000 euro for each fte over 5 years: 1 fte of each, and of Cee 3 in tax and 4 elsewhere.
    assert moved.tolist() == [[2000, 2000, 2000, 2000], [5000, 6000, 6000, 6000]]


def test_the_work_of_the_one_host_stays_where_it_is():
    region = Region(small())
    _, moved = transition(bodies(region, ("hub", "aa bee cee"), host="cee"))
    assert moved.tolist() == [[2000, 2000, 2000, 2000]]
    swap = assessed(small(), plan("swap", "aa bee", "hr", {"hr": "aa"})).amounts["transition"]
    # Hosts per domain: the staff of both counts as moving. Set-up of 2 x 8,000 a year, and 2 fte.
    assert swap == pytest.approx(2 * 8000 + 2000)


def test_work_that_a_partnership_takes_on_moves_and_what_it_had_does_not():
    scenario = small(partnerships={"x": today("hub", ["aa", "cee"], ["tax"], host="cee")})
    amount = [
        assessed(scenario, plan("hub", members, domains, dict.fromkeys(domains.split(), "cee"), continues="x")).amounts[
            "transition"
        ]
        for members, domains in (
            ("aa cee", "tax"),
            ("aa cee", "tax hr"),
            ("aa bee cee", "tax"),
            ("aa bee cee", "tax hr"),
        )
    ]
    # hr of Aa; Bee joins, with its tax; Bee joins with tax and hr, and hr of Aa comes too.
    assert amount == pytest.approx([0, 1000, 8000 + 1000, 8000 + 2000 + 1000])


def test_those_who_stay_are_spared_and_those_who_join_pay_set_up():
    region = Region(with_body(contribution=100000))
    rows = [("body", "aa cee"), ("body", "aa bee cee"), ("body", "aa bee")]
    # Nobody new; Bee joins; Bee joins and Cee leaves.
    setup, each = transition(bodies(region, *rows, continues=0))
    assert setup.tolist() == [0, 12000, 12000]
    # Bee's one fte of tax moves in.
    assert each[:, region.domain_index["tax"]].tolist() == [-50000, 1000 - 50000, 1000 - 12500]
    # In a domain that is new to it everybody's does.
    assert each[:, region.domain_index["hr"]].tolist() == [5000, 6000, 2000]


def test_work_that_is_taken_out_of_a_partnership_is_left_and_paid_for():
    scenario = small(partnerships={"x": today("body", ["aa", "cee"], ["tax", "hr"])})
    whole = assessed(scenario, plan("body", "aa cee", "tax hr", continues="x")).amounts["transition"]
    less = assessed(scenario, plan("body", "aa cee", "tax", continues="x")).amounts["transition"]
    ended = assessed(scenario).amounts["transition"]
    assert whole == 0
    # 2.5 x 0.9 x 90,000 euro over 5 years for each fte of hr.
    region = Region(scenario)
    hr = region.staff[[0, 2], region.domain_index["hr"]].sum()
    assert less == pytest.approx(2.5 * 0.9 * 90000 / 5 * hr)
    assert less < ended


def test_ending_today_costs_what_leaving_costs_everybody():
    scenario = with_body(contribution=100000)
    amount = {
        "kept": assessed(scenario, plan("body", "aa cee", "tax", continues="x")).amounts["transition"],
        "larger": assessed(scenario, plan("body", "aa bee cee", "tax", continues="x")).amounts["transition"],
        "smaller": assessed(scenario, plan("body", "aa bee", "tax", continues="x")).amounts["transition"],
        "ended": assessed(scenario).amounts["transition"],
        "replaced": assessed(scenario, plan("body", "aa bee cee", "tax", origin="new")).amounts["transition"],
    }
    assert amount == {
        "kept": 0,
        "larger": 12000 + 1000,
        "smaller": 12000 + 1000 + 37500,
        "ended": 50000,
        "replaced": 3 * 12000 + 5 * 1000 + 50000,
    }


def test_without_an_exit_factor_leaving_is_free():
    scenario = small(partnerships={"x": today("table", ["aa", "bee"], ["economy"], contribution=100000)})
    assert assessed(scenario).amounts["transition"] == 0


def test_a_frozen_partnership_has_no_transition():
    scenario = small(partnerships={"x": today("body", ["aa", "cee"], ["safety"], frozen=True, contribution=100000)})
    assert assessed(scenario).amounts["transition"] == 0


def test_autonomy_is_what_the_form_takes_times_how_much_each_minds():
    places = {**TREE["municipalities"], "bee": {"name": "Bee", "population": 10000, "autonomy": 3}}
    region = Region(small(municipalities=places))
    taken = autonomy(bodies(region, ("body", "aa bee"), ("hub", "aa bee cee")))
    # 0.7 x (1 + 3) and 0.4 x (1 + 3 + 1); hr weighs twice.
    assert taken[0].tolist() == pytest.approx([2.8, 5.6, 2.8, 2.8])
    assert taken[1, 0] == pytest.approx(2.0)


def test_the_one_host_keeps_its_autonomy_and_hosts_of_mutual_services_do_not():
    scenario = small(domains={"more": {**small().domains["hr"].model_dump(), "weight": 1}})
    hub = assessed(scenario, plan("hub", "aa bee", "tax", {"tax": "aa"}))
    swap = assessed(scenario, plan("swap", "aa bee", "more", {"more": "aa"}))
    assert hub.amounts["autonomy"] == pytest.approx(0.4)
    assert swap.amounts["autonomy"] == pytest.approx(0.8)
