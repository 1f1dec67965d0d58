import numpy as np
import pytest

from .small import as_it_is, assessed, plan, small, today


@pytest.mark.parametrize("fixed", [True, False])
def test_a_cell_in_two_partnerships_has_the_burden_of_both(fixed):
    """Of two fixed ones the best counts for each motive, of others one: that with most staff, else the first."""
    strong = today("body", ["aa", "bee"], ["tax"], frozen=fixed)
    weak = today("hub", ["aa", "bee"], ["tax"], host="aa", frozen=fixed)
    trusted = [{"between": ["aa", "bee"], "trust": 0.6}]
    forms = {"hub": {**small().forms["hub"].model_dump(), "realises": {"vulnerability": 0.4, "power": 1.0}}}
    both, only_strong, only_weak = (
        as_it_is(small(partnerships=inventory, relations=trusted, forms=forms))
        for inventory in ({"x": strong, "y": weak}, {"x": strong}, {"y": weak})
    )
    best = np.maximum(only_strong.satisfaction, only_weak.satisfaction)
    assert both.satisfaction == pytest.approx(best if fixed else only_strong.satisfaction)
    assert not np.allclose(best, only_strong.satisfaction)
    assert both.hours == pytest.approx(only_strong.hours + only_weak.hours)
    assert both.amounts["burden"] == pytest.approx(only_strong.amounts["burden"] + only_weak.amounts["burden"])
    # Vulnerability from the body, power from the centre.
    assert both.satisfaction[0, 0, 0] == only_strong.satisfaction[0, 0, 0] > only_weak.satisfaction[0, 0, 0]


def test_most_staff_in_the_domain_does_the_work_that_two_partnerships_have():
    """Aa and Bee have 2 fte of tax, Aa and Cee 4: for Aa the second counts, though it is the weaker form."""
    inventory = {"x": today("body", ["aa", "bee"], ["tax"]), "y": today("hub", ["aa", "cee"], ["tax"], host="cee")}
    first, second = (as_it_is(small(partnerships={key: inventory[key]})) for key in inventory)
    both = as_it_is(small(partnerships=inventory))
    assert both.satisfaction[:, 0, 0] == pytest.approx(second.satisfaction[:, 0, 0])
    assert both.satisfaction[:, 1, 0] == pytest.approx(first.satisfaction[:, 1, 0])
    assert both.satisfaction[0, 0, 0] != pytest.approx(first.satisfaction[0, 0, 0])


def test_being_together_may_be_worse_than_alone():
    """The best of the partnerships that are there, not of those and staying alone."""
    tax = {**small().domains["tax"].model_dump(), "scale": [[10000, 1.0], [20000, 1.5]]}
    now = as_it_is(small(partnerships={"x": today("body", ["aa", "bee"], ["tax"])}, domains={"tax": tax}))
    # Past the optimum: 0.8 x 0.8 of the way from 1 to 1.5.
    assert now.satisfaction[2, 0, 0] == pytest.approx(1 / 1.32)
    # Taking part, they count twice: 180,000 euro each.
    assert now.amounts["cost"] == pytest.approx(2 * 2 * 180000 * -0.32)


def test_hours_are_told_for_each_municipality_and_role_and_month():
    result = assessed(small(), plan("body", "aa bee", "tax")).result()
    aa, _, cee = result.municipalities
    assert (aa.hours.college, aa.hours.council, aa.hours.officials) == pytest.approx((45.12, 52.8, 146.64))
    assert cee.hours.college == 0
    college = result.network.hours_by_month["college"]
    assert college[0] == pytest.approx(2 * 45.12 * 0.1)
    assert sum(college) == pytest.approx(2 * 45.12)


def test_saving_is_what_the_work_costs_less_than_alone():
    aa, *_ = assessed(small(), plan("body", "aa bee", "tax")).result().municipalities
    # The index goes from 1.25 to 1.25 + 0.8 x 0.8 x (1.125 - 1.25) = 1.17, on 180,000 euro.
    assert aa.saving == pytest.approx(180000 * (1 - 1.17 / 1.25))


def test_motives_are_a_mean_weighed_by_what_is_wanted():
    aa, *_ = assessed(small(), plan("body", "aa bee", "tax")).result().municipalities
    in_tax, alone = 1 / 1.17, 0.8
    # Weights: tax 1, hr 2, safety 1; economy has no cost at stake.
    assert aa.motives["cost"] == pytest.approx((in_tax + 3 * alone) / 4)


def test_congruence_is_how_far_the_sets_of_partners_overlap():
    network = assessed(small(), plan("body", "aa bee", "tax"), plan("body", "aa bee cee", "hr")).result().network
    # Aa: {bee} and {bee, cee} share one of two, Bee likewise; Cee is in one only.
    assert network.congruence == pytest.approx(0.5)
    assert network.forms == 1


def test_everybody_is_told_of_also_those_in_no_partnership():
    result = assessed(small(), plan("body", "aa bee", "tax")).result()
    assert [(m.code, m.partnerships) for m in result.municipalities] == [("aa", 1), ("bee", 1), ("cee", 0)]


def test_an_empty_plan_is_everybody_alone():
    nothing = assessed(small())
    assert nothing.amounts["burden"] == nothing.amounts["autonomy"] == nothing.amounts["partnerships"] == 0
    assert nothing.result().network.congruence == 0
