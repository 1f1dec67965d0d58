import math

import pytest

from regie_opt.worth.region import Region

from .small import TREE, bodies, small, today


def trust(scenario, a="aa", b="bee"):
    region = Region(scenario)
    return region.trust[region.municipality_index[a], region.municipality_index[b]]


def test_staff_follows_from_inhabitants_spending_and_what_an_official_costs():
    staff = Region(small()).staff
    # 10,000 x 18 euro x 0.5 / 90,000 euro = 1 fte.
    assert staff[0].tolist() == [1, 1, 1, 1]
    assert staff[2].tolist() == [3, 4, 4, 4]


def test_given_spending_replaces_the_default_and_given_staff_replaces_both():
    places = {
        **TREE["municipalities"],
        "aa": {
            "name": "Aa",
            "population": 10000,
            "spending": {"tax": 360000, "hr": 360000},
            "staff": {"hr": 5},
        },
    }
    staff = Region(small(municipalities=places)).staff
    assert staff[0].tolist() == [2, 5, 1, 1]


def odds(*terms: float) -> float:
    """Trust of log odds that add up."""
    return 1 / (1 + math.exp(-sum(terms)))


def test_trust_of_strangers_goes_with_the_regions_that_they_share():
    assert trust(small()) == pytest.approx(0.6)
    assert trust(small(), "aa", "cee") == pytest.approx(0.45)
    place = {"name": "x", "population": 10000}
    both = {"safety": "Noord", "province": "Drenthe", "rmc": "Oost"}
    places = {
        "aa": {**place, "divisions": both},
        "bee": {**place, "divisions": {**both, "safety": "noord ", "rmc": "West"}},
        "cee": place,
    }
    prior = {"constant": 0, "division": 1}
    scenario = small(municipalities=places, trust={**prior, "unknown_division": 0.25})
    # Two shared (written otherwise), one not, two that neither tells.
    assert trust(scenario) == pytest.approx(odds(2 + 2 * 0.25))
    assert trust(scenario, "aa", "cee") == pytest.approx(odds(5 * 0.25))


def test_trust_fades_with_distance_and_grows_at_a_border():
    ten_km = math.degrees(10 / 6371)
    places = {
        **TREE["municipalities"],
        "aa": {"name": "Aa", "population": 10000, "location": {"lon": 5.0, "lat": 52.0}},
        "bee": {"name": "Bee", "population": 10000, "location": {"lon": 5.0, "lat": 52.0 + ten_km}},
    }
    prior = {"constant": 1, "division": 0, "unknown_km": 30}
    scenario = small(municipalities=places, trust=prior)
    assert Region(scenario).distance_km[0, 1] == pytest.approx(10)
    assert trust(scenario) == pytest.approx(odds(1, -0.5))
    assert trust(scenario, "aa", "cee") == pytest.approx(odds(1, -0.5 * 3))
    border = small(municipalities=places, trust=prior, borders=[{"between": ["aa", "bee"], "km": 1}])
    assert trust(border) == pytest.approx(odds(1, -0.5, 0.4))


KNOWN = {"constant": 0, "division": 0, "known": 0.5}


def test_trust_grows_with_partnerships_already_shared():
    shared = {"x": today("table", ["aa", "bee"], ["economy"]), "y": today("body", ["aa", "bee", "cee"], ["hr"])}
    scenario = small(partnerships=shared, trust=KNOWN)
    assert trust(scenario) == pytest.approx(odds(0.5 * math.log(1 + 4 * 1.5)))
    assert trust(scenario, "aa", "cee") == pytest.approx(odds(0.5 * math.log(1 + 4 * 0.5)))


def test_what_the_law_imposes_and_what_is_very_large_makes_nobody_known():
    away = {"members": 5, "inhabitants": 90000}
    inventory = {
        "law": today("body", ["aa", "bee"], ["safety"], frozen=True),
        "talk": today("table", ["aa", "bee"], ["economy"], beside=True, outside=away),
        "riddle": today("body", ["aa", "bee"], ["unknown"]),
    }
    region = Region(small(partnerships=inventory))
    assert region.familiarity[0, 1] == pytest.approx(1 / 6 + 1)
    assert region.familiarity[0, 2] == 0
    few = Region(small(partnerships=inventory, trust={"largest_known": 6}))
    assert few.familiarity[0, 1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ({"past": "success"}, odds(1)),
        ({"past": "failure"}, odds(-1)),
        ({"familiarity": 1.0}, odds(0.5 * math.log(5))),
        ({"familiarity": 0.0, "past": "success"}, odds(1)),
        ({"trust": 0.15}, 0.15),
        ({"trust": 0.15, "past": "success", "familiarity": 1.0}, 0.15),
    ],
)
def test_what_people_know_of_each_other_goes_over_the_prior(relation, expected):
    scenario = small(relations=[{"between": ["bee", "aa"], **relation}], trust=KNOWN)
    assert trust(scenario) == pytest.approx(expected)
    assert trust(scenario, "bee", "aa") == pytest.approx(expected)


def test_nobody_counts_as_its_own_partner():
    assert Region(small()).trust.diagonal().tolist() == [0, 0, 0]


def test_a_veto_binds_both_ways_and_leaves_trust_alone():
    scenario = small(relations=[{"between": ["aa", "cee"], "veto": True}])
    assert Region(scenario).veto.tolist() == [
        [False, False, True],
        [False, False, False],
        [True, False, False],
    ]
    assert trust(scenario, "aa", "cee") == pytest.approx(0.45)


def test_what_counts_is_the_product_of_municipality_domain_and_what_is_at_stake():
    places = {
        **TREE["municipalities"],
        "aa": {
            "name": "Aa",
            "population": 10000,
            "motives": {"quality": 3},
            "domain_motives": {"hr": {"quality": 0.5}},
        },
    }
    want = Region(small(municipalities=places)).want
    quality = 1
    # municipality 3 x relevance 0.5; in hr x 0.5 and domain weight 2; economy has no quality at stake.
    assert want[quality, 0].tolist() == [1.5, 1.5, 0, 1.5]
    assert want[quality, 1].tolist() == [0.5, 1.0, 0, 0.5]


QUALITY, COST = 1, 2
PORTFOLIOS = {"tax": {"portfolio": "taxes"}, "hr": {"portfolio": "support"}, "economy": {"portfolio": "support"}}


def apart(**more) -> dict:
    """Domains of two portfolios, and safety that is imposed."""
    domains = small().model_dump()["domains"]
    return {
        key: {**one, **PORTFOLIOS.get(key, {"portfolio": "safety"}), **more.get(key, {})}
        for key, one in domains.items()
    }


def test_appeal_multiplies_what_is_at_stake_and_a_euro_stays_a_euro():
    plain, drawn = (Region(small(domains=apart(hr={"appeal": a}))).want for a in (1.0, 3.0))
    hr = 1
    assert drawn[QUALITY, 0].tolist() == [0.5, 3 * 1.0, 0, 0.5]
    assert drawn[COST].tolist() == plain[COST].tolist()
    assert drawn[:COST, :, hr] == pytest.approx(3 * plain[:COST, :, hr])
    assert drawn[COST + 1 :, :, hr] == pytest.approx(3 * plain[COST + 1 :, :, hr])


def test_taking_part_reveals_a_want_of_the_whole_portfolio():
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["hr"])}, domains=apart())
    # Twice the want of hr and economy for Aa and Bee, half of what they stay out of; nothing where the law imposes.
    assert Region(scenario).revealed.tolist() == [[0.5, 2, 2, 1], [0.5, 2, 2, 1], [0.5, 0.5, 0.5, 1]]
    # Relevance 0.5 in tax; 0.5 x weight 2 in hr; no quality at stake in economy.
    assert Region(scenario).want[QUALITY].tolist() == [[0.25, 2, 0, 0.5], [0.25, 2, 0, 0.5], [0.25, 0.5, 0, 0.5]]
    assert Region(scenario).want[COST, 0].tolist() == [0.5, 4, 0, 1]


@pytest.mark.parametrize(("power", "factors"), [(0, [1, 1]), (0.5, [2**0.5, 0.5**0.5]), (1, [2, 0.5])])
def test_what_is_revealed_counts_as_far_as_somebody_wants_it_to(power, factors):
    inventory = {"x": today("body", ["aa", "bee"], ["hr"])}
    revealed = Region(small(partnerships=inventory, domains=apart(), wants={"revealed": power})).revealed
    assert revealed[[0, 2], 1].tolist() == pytest.approx(factors)


@pytest.mark.parametrize(
    "inventory",
    [
        {},
        {"law": today("body", ["aa", "bee"], ["safety"], frozen=True)},
        {"talk": today("table", ["aa", "bee"], ["economy"], beside=True)},
        {"riddle": today("body", ["aa", "bee"], ["unknown"])},
    ],
)
def test_a_region_that_does_nothing_together_reveals_nothing(inventory):
    region = Region(small(partnerships=inventory, domains=apart()))
    assert (region.revealed == 1).all()


def test_domains_that_name_no_portfolio_are_one_together():
    """So taking part in one of them tells of all of them."""
    scenario = small(partnerships={"x": today("body", ["aa", "bee"], ["hr"])})
    assert Region(scenario).revealed.tolist() == [[2, 2, 2, 1], [2, 2, 2, 1], [0.5, 0.5, 0.5, 1]]


def test_what_is_filled_in_goes_before_what_is_revealed():
    """Of a motive that a municipality names, today says nothing; of the others it does."""
    named = {"motives": {"quality": 3}, "domain_motives": {"tax": {"cost": 0.25}}}
    places = {**TREE["municipalities"], "aa": {"name": "Aa", "population": 10000, **named}}
    inventory = {"x": today("body", ["aa", "bee"], ["hr"])}
    want = Region(small(municipalities=places, partnerships=inventory, domains=apart())).want
    # 3 x relevance 0.5, in hr x weight 2.
    assert want[QUALITY, 0].tolist() == [1.5, 3, 0, 1.5]
    # 0.25 in tax as said; in hr twice by taking part, x weight 2.
    assert want[COST, 0].tolist() == [0.25, 4, 0, 1]


def test_a_host_has_room_for_as_much_again_as_it_has_itself_where_it_says_nothing():
    places = {**TREE["municipalities"], "bee": {"name": "Bee", "population": 10000, "host_capacity": 7}}
    # Three domains that are decided on: 1 fte each for Aa, and of Cee 3, 4 and 4.
    assert Region(small(municipalities=places)).host_capacity.tolist() == [3, 7, 11]
    assert Region(small(municipalities=places, money={"capacity": 0.5})).host_capacity.tolist() == [1.5, 7, 5.5]


def test_a_host_has_room_for_what_it_hosts_today():
    inventory = {
        "x": today("hub", ["aa", "cee"], ["hr"], host="aa"),
        "y": today("hub", ["aa", "bee"], ["tax"], host="aa"),
    }
    # 4 fte of Cee and 1 of Bee, more than its own 3.
    region = Region(small(partnerships=inventory))
    assert region.hosted_today.tolist() == [5, 0, 0]
    assert region.host_capacity.tolist() == [5, 3, 11]


def test_cost_index_is_straight_on_a_logarithmic_axis_and_flat_outside():
    region = Region(small())
    index = region.scale_index(region.population * 0 + [5000, 20000, 90000])[:, 0]
    assert index.tolist() == pytest.approx([1.25, 1.125, 1.0])


def test_statutory_work_is_decided_by_no_form():
    region = Region(small())
    assert not region.lawful[:, region.domain_index["safety"]].any()
    assert region.lawful[region.form_index["table"]].tolist() == [False, False, True, False]
    assert region.lawful[region.form_index["body"]].tolist() == [True, True, True, False]
    assert region.lawful[region.form_index["swap"]].tolist() == [False, True, False, False]


def test_mean_trust_is_over_all_pairs_outside_members_included():
    inventory = {"x": today("body", ["aa", "bee"], ["hr"], outside={"members": 2, "inhabitants": 20000})}
    # No familiarity effect wanted here.
    scenario = small(partnerships=inventory, relations=[{"between": ["aa", "bee"], "trust": 0.8}])
    region = Region(scenario)
    new = bodies(region, ("body", "aa bee"))
    assert new.mean_trust[0] == pytest.approx(0.8)
    same = bodies(region, ("body", "aa bee"), continues=0)
    # Six pairs: one inside at 0.8, four across and one outside at 0.5.
    assert same.mean_trust[0] == pytest.approx((0.8 + 5 * 0.5) / 6)
    assert same.size[0] == 4
    assert same.inhabitants[0] == 40000
