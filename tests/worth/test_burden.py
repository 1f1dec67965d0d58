import numpy as np
import pytest

from regie_opt.worth.burden import burden, hours
from regie_opt.worth.region import Region

from .small import as_it_is, assessed, bodies, plan, small, today

NO_TRUST_LOST = [
    {"between": ["aa", "bee"], "trust": 1.0},
    {"between": ["aa", "cee"], "trust": 1.0},
    {"between": ["bee", "cee"], "trust": 1.0},
]


def test_hours_of_two_members_at_the_trust_they_have():
    region = Region(small())
    asked = hours(bodies(region, ("body", "aa bee")))
    # Two members: growth 1 - 3 x 0.02 = 0.94, not for the council. Trust 0.6: friction 1.2, council 1.1.
    one_domain = [40 * 0.94 * 1.2, 48 * 1.1, 130 * 0.94 * 1.2]
    assert one_domain == pytest.approx([45.12, 52.8, 146.64])
    assert (asked.base + asked.per_domain)[0].tolist() == pytest.approx(one_domain)
    # Each further domain adds a fifth, of the council two fifths.
    assert asked.per_domain[0].tolist() == pytest.approx([9.024, 21.12, 29.328])


def test_hours_grow_with_members_and_fall_with_trust():
    inventory = {"x": today("body", ["aa", "bee", "cee"], ["hr"], outside={"members": 5, "inhabitants": 0})}
    region = Region(small(partnerships=inventory, relations=NO_TRUST_LOST, trust={"outside": 1.0}))
    three, eight = (hours(bodies(region, ("body", "aa bee cee"), continues=c)) for c in (-1, 0))
    college = 0
    assert (three.base + three.per_domain)[0, college] == pytest.approx(40 * 0.96)
    assert (eight.base + eight.per_domain)[0, college] == pytest.approx(40 * 1.06)


def test_weighted_hours_count_each_member_and_the_weight_of_each_role():
    region = Region(small())
    base, each = burden(bodies(region, ("body", "aa bee")))
    # Two members x (2 x 45.12 + 1.5 x 52.8 + 146.64).
    assert (base + each)[0] == pytest.approx(2 * 316.08)
    # A further domain: two members x (2 x 9.024 + 1.5 x 21.12 + 29.328).
    assert each[0] == pytest.approx(2 * 79.056)


def test_bundling_is_lighter_than_a_partnership_for_each_domain():
    together = assessed(small(), plan("body", "aa bee", "tax hr"))
    apart = assessed(small(), plan("body", "aa bee", "tax"), plan("body", "aa bee", "hr"))
    assert together.hours[0].tolist() == pytest.approx([1.2 * 45.12, 1.4 * 52.8, 1.2 * 146.64])
    assert apart.hours[0].tolist() == pytest.approx([2 * h for h in (45.12, 52.8, 146.64)])
    # 632.16 weighted hours with one domain, of which 158.112 are the domain's own; hr weighs 2, so those count twice.
    assert together.amounts["burden"] == pytest.approx(632.16 - 158.112 + 3 * 158.112)
    assert apart.amounts["burden"] == pytest.approx(632.16 + 632.16 + 158.112)


def test_the_host_of_a_centre_gives_hours_once_for_all_domains():
    hub = assessed(small(), plan("hub", "aa bee", "tax hr", {"tax": "bee", "hr": "bee"}))
    officials = 60 * 0.94 * 1.2 * 1.2
    assert hub.hours[0, 2] == pytest.approx(officials)
    assert hub.hours[1, 2] == pytest.approx(officials + 120)


def test_hosts_of_mutual_services_give_hours_for_every_domain_they_do():
    scenario = small(domains={"more": {**small().domains["hr"].model_dump(), "weight": 1}})
    swap = assessed(scenario, plan("swap", "aa bee", "hr more", {"hr": "aa", "more": "bee"}))
    both = assessed(scenario, plan("swap", "aa bee", "hr more", {"hr": "aa", "more": "aa"}))
    officials = 50 * 0.94 * 1.2 * 1.2
    assert swap.hours[:2, 2].tolist() == pytest.approx([officials + 30, officials + 30])
    assert both.hours[:2, 2].tolist() == pytest.approx([officials + 60, officials])


def test_measured_hours_come_back_exactly_for_the_partnership_of_today():
    measured = {"college": 20, "council": 50, "officials": 100}
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["tax", "hr"], hours=measured)})
    now = as_it_is(scenario)
    assert now.hours.tolist() == [pytest.approx([20, 50, 100]), pytest.approx([20, 50, 100]), [0, 0, 0]]


def test_measured_hours_scale_what_a_changed_partnership_asks():
    measured = {"college": 20, "council": 0, "officials": 100}
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["hr"], hours=measured)}, relations=NO_TRUST_LOST)
    larger = assessed(scenario, plan("body", "aa bee cee", "hr", continues="x"))
    # From two members (0.94) to three (0.96).
    assert larger.hours[0].tolist() == pytest.approx([20 * 0.96 / 0.94, 0, 100 * 0.96 / 0.94])
    new = assessed(scenario, plan("body", "aa bee", "tax"))
    assert new.hours[0, 0] == pytest.approx(40 * 0.94)


def test_a_partnership_of_which_nobody_knows_the_domains_counts_for_burden_only():
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["unknown"])})
    now, nothing = assessed(scenario), assessed(small())
    trust = Region(scenario).trust[0, 1]
    assert now.hours[0, 0] == pytest.approx(40 * 0.94 * (1.5 - 0.5 * trust))
    assert np.array_equal(now.satisfaction, nothing.satisfaction)
    assert now.amounts["autonomy"] == 0
    assert now.amounts["burden"] > 0


def test_overload_is_the_college_hours_above_what_there_are():
    scenario = small(burden={"board_hours": 50})
    # 1.2 x 45.12 = 54.144 hours each against 50.
    assert assessed(scenario, plan("body", "aa bee", "tax hr")).overload.tolist() == pytest.approx([4.144, 4.144, 0])
    assert assessed(scenario, plan("body", "aa bee", "tax")).overload.sum() == 0
