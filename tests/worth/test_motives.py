import math

import numpy as np
import pytest

from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.motives import alone, gain, satisfaction
from regie_opt.worth.region import Region

from .small import as_it_is, assessed, bodies, plan, small, today

TAX, HR, ECONOMY = 0, 1, 2

ALONE = {
    # One fte over two areas of expertise: half a person each.
    "vulnerability": 1 - 0.2**0.5,
    # 1 of the 2 x 4 fte that two specialist roles ask.
    "quality": 1 / 8,
    # Lowest index 1.0 over 1.25 at 10,000 inhabitants; the index is what moves towards the pool.
    "cost": 0.8,
    "knowledge": 0.0,
    "power": 10 / 60,
}
POOLED = {
    "vulnerability": 1 - 0.2**1,
    "quality": 2 / 8,
    # One partner trusted 0.6; four fully trusted ones give 1 - 1/e.
    "knowledge": 1 - math.exp(-0.6 / 4),
    # 20,000 inhabitants of one mind for 0.6.
    "power": 20 / 70 * 0.6,
}
"""Of cost the index: 20,000 is halfway between 10,000 and 40,000 on a logarithmic axis, so 1.125."""
REALISED = {"vulnerability": 0.9 * 0.8, "quality": 0.9 * 0.8, "cost": 0.8 * 0.8, "knowledge": 0.5, "power": 0.7}
"""What the form realises; of the first three a part rests on trust, 1 - 0.5 x (1 - 0.6) is let through."""
INDEX = 1.25 + REALISED["cost"] * (1.125 - 1.25)
"""Cost index of Aa and Bee together."""


def reached(motive: str) -> float:
    """Level of Aa and of Bee when they do a domain in a body."""
    if motive == "cost":
        return 1 / INDEX
    return ALONE[motive] + REALISED[motive] * (POOLED[motive] - ALONE[motive])


@pytest.mark.parametrize("motive", MOTIVES)
def test_two_equal_municipalities_reach_the_pooled_level_as_far_as_the_form_realises_it(motive):
    region = Region(small())
    q = MOTIVES.index(motive)
    assert alone(region)[q, 0, TAX] == pytest.approx(ALONE[motive])
    found = satisfaction(bodies(region, ("body", "aa bee")))[q, 0, :2, TAX]
    assert found.tolist() == pytest.approx([reached(motive)] * 2)


@pytest.mark.parametrize("motive", MOTIVES)
def test_gain_is_the_sum_over_members_of_what_they_want_more_than_alone(motive):
    region = Region(small())
    q = MOTIVES.index(motive)
    share = 0.8 if motive in ("knowledge", "power") else 1.0
    relevance = {"vulnerability": 1, "quality": 0.5, "knowledge": 0.5, "power": 0.25}
    # Of cost: what 180,000 euro each becomes by the index of the pool.
    saved = 180000 * (1 - INDEX / 1.25)
    expected = 2 * saved if motive == "cost" else 2 * relevance[motive] * share * (reached(motive) - ALONE[motive])
    gained = gain(bodies(region, ("body", "aa bee")))[q, 0]
    assert gained[TAX] == pytest.approx(expected)
    # hr weighs twice, and statutory safety is the same work.
    assert gained[HR] == pytest.approx(2 * expected)


def test_what_a_pool_brings_to_the_work_rests_on_trust_and_what_is_learned_does_not_rest_on_it_twice():
    trusting, distrusting = (
        satisfaction(bodies(Region(small(relations=[{"between": ["aa", "bee"], "trust": t}])), ("body", "aa bee")))
        for t in (1.0, 0.0)
    )
    vulnerability, knowledge = (MOTIVES.index(q) for q in ("vulnerability", "knowledge"))
    gained = POOLED["vulnerability"] - ALONE["vulnerability"]
    # Half rests on trust: without any, half of what the form realises is left.
    assert trusting[vulnerability, 0, 0, TAX] == pytest.approx(ALONE["vulnerability"] + 0.9 * gained)
    assert distrusting[vulnerability, 0, 0, TAX] == pytest.approx(ALONE["vulnerability"] + 0.45 * gained)
    assert trusting[knowledge, 0, 0, TAX] == pytest.approx(0.5 * (1 - math.exp(-1 / 4)))


def test_a_pool_has_no_less_power_than_its_largest_member_alone():
    region = Region(small(relations=[{"between": ["aa", "cee"], "trust": 0.1}]))
    power = satisfaction(bodies(region, ("body", "aa cee")))[MOTIVES.index("power"), 0, :, TAX]
    # 50,000 of one mind for 0.1 is 0.05; Cee alone has 40 / 90.
    assert power[0] == pytest.approx(10 / 60 + 0.7 * (40 / 90 - 10 / 60))
    assert power[2] == pytest.approx(40 / 90)


def test_knowledge_differs_between_members_of_one_partnership():
    region = Region(small())
    knowledge = satisfaction(bodies(region, ("body", "aa cee")))[3, 0, :, TAX]
    assert knowledge[0] == knowledge[2]
    three = satisfaction(bodies(region, ("body", "aa bee cee")))[3, 0, :, TAX]
    assert three.tolist() == pytest.approx(
        [0.5 * (1 - math.exp(-t / 4)) for t in (0.6 + 0.45, 0.6 + 0.45, 0.45 + 0.45)]
    )


def test_a_motive_that_a_form_does_not_serve_stays_as_it_is_alone():
    region = Region(small())
    level = satisfaction(bodies(region, ("table", "aa bee")))[0, 0, :2, TAX]
    assert level.tolist() == pytest.approx([ALONE["vulnerability"]] * 2)


def test_cost_gets_worse_where_the_pool_is_past_the_optimum():
    tax = {**small().domains["tax"].model_dump(), "scale": [[10000, 1.1], [40000, 1.0], [60000, 1.2]]}
    region = Region(small(domains={"tax": tax}))
    gained = gain(bodies(region, ("body", "aa cee"), ("body", "aa bee cee")))[2, :, TAX]
    assert gained[0] > gained[1]
    # All three serve 60,000 at 1.2. Mean trust (0.6 + 0.45 + 0.45) / 3 lets 0.75 through; 0.8 of that is realised.
    small_one, large_one = 1.1 + 0.6 * (1.2 - 1.1), 1.0 + 0.6 * (1.2 - 1.0)
    assert gained[1] == pytest.approx(2 * 180000 * (1 - small_one / 1.1) + 720000 * (1 - large_one))


def test_members_outside_the_region_add_scale_and_partners():
    inventory = {"x": today("body", ["aa"], ["tax"], outside={"members": 1, "inhabitants": 30000})}
    now, nothing = as_it_is(small(partnerships=inventory)), assessed(small())
    # 40,000 served; tax staff of the region is 5 fte on 60,000 inhabitants, so 2.5 fte come from outside. Trust of 0.5
    # lets 0.75 through of what the form realises.
    pooled = {"vulnerability": 1 - 0.2 ** (3.5 / 2), "quality": 3.5 / 8}
    for motive, level in pooled.items():
        q = MOTIVES.index(motive)
        expected = ALONE[motive] + 0.9 * 0.75 * (level - ALONE[motive])
        assert now.satisfaction[q, 0, TAX] == pytest.approx(expected)
        assert nothing.satisfaction[q, 0, TAX] == pytest.approx(ALONE[motive])
    assert now.satisfaction[2, 0, TAX] == pytest.approx(1 / (1.25 + 0.8 * 0.75 * (1.0 - 1.25)))
    assert now.satisfaction[3, 0, TAX] == pytest.approx(0.8 * 0.5 * (1 - math.exp(-0.5 / 4)))


def test_a_table_beside_the_work_adds_its_part_of_knowledge_and_power_and_nothing_else():
    inventory = {"x": today("table", ["aa", "bee"], ["economy"], beside=True)}
    now, nothing = as_it_is(small(partnerships=inventory)), assessed(small())
    added = now.satisfaction - nothing.satisfaction
    trust = now.worth.region.trust[0, 1]
    assert added[3, 0, ECONOMY] == pytest.approx(0.2 * 0.8 * (1 - math.exp(-trust / 4)))
    assert added[4, 0, ECONOMY] == pytest.approx(0.2 * 0.25 * 20 / 70 * trust)
    assert np.count_nonzero(added) == 4


def test_two_tables_in_a_cell_share_what_tables_can_add():
    one = {"x": today("table", ["aa", "bee"], ["economy"], beside=True)}
    two = {**one, "y": today("table", ["aa", "bee"], ["economy"], beside=True)}
    trusted = [{"between": ["aa", "bee"], "trust": 0.6}]
    single = as_it_is(small(partnerships=one, relations=trusted))
    double = as_it_is(small(partnerships=two, relations=trusted))
    assert double.satisfaction[3, 0, ECONOMY] == pytest.approx(single.satisfaction[3, 0, ECONOMY])
    assert double.hours[0, 0] == pytest.approx(2 * single.hours[0, 0])


def test_satisfaction_never_leaves_zero_to_one():
    inventory = {
        "x": today(
            "table",
            ["aa", "bee", "cee"],
            ["economy"],
            beside=True,
            outside={"members": 60, "inhabitants": 10**7},
        )
    }
    table = plan("table", "aa bee cee", "economy", continues="x")
    now = assessed(small(partnerships=inventory), table, plan("body", "aa bee cee", "tax hr economy"))
    assert now.satisfaction.min() >= 0
    assert now.satisfaction.max() <= 1
