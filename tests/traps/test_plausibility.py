"""Whether the default hours are believable: facts 2.4, some 8.4 formal and 25 light partnerships a municipality.

There B is some 600 hours of the college a year, R 500 of the council and A 2,100 of officials. The inventories here
hold what the register knows, which is the formal part, so below these is to be expected; a factor 3 is not.
"""

import numpy as np
import pytest

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import ROLES
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.value import Worth

from .regions import REAL, region

PLAUSIBLE = {"college": 600, "council": 500, "officials": 2100}


def hours_today(name):
    scenario = region(name)
    return assessor(Worth(scenario, scenario), today_plan(scenario)).hours


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("role", ROLES)
def test_hours_of_an_average_municipality_are_within_a_factor_three(name, role):
    mean = hours_today(name).mean(axis=0)[ROLES.index(role)]
    assert PLAUSIBLE[role] / 3 < mean < PLAUSIBLE[role] * 3


@pytest.mark.parametrize("name", REAL)
def test_officials_spend_more_than_the_college_and_the_council_together(name):
    college, council, officials = hours_today(name).mean(axis=0)
    assert officials > college + council


@pytest.mark.parametrize("name", REAL)
def test_no_college_is_overloaded_by_what_the_register_knows(name):
    scenario = region(name)
    assert hours_today(name)[:, 0].max() < scenario.burden.board_hours


@pytest.mark.parametrize("name", REAL)
def test_number_of_partnerships_is_that_of_the_register(name):
    """Nationwide 8.4 arrangements a municipality (quantiles 6 to 12, most 16)."""
    scenario = region(name)
    found = assessor(Worth(scenario, scenario), today_plan(scenario)).municipalities()
    assert 6 <= np.mean([m.partnerships for m in found]) <= 12
    assert max(m.partnerships for m in found) <= 16


def test_eight_formal_and_twenty_five_light_partnerships_come_near_the_figures():
    """5 public bodies, 2 BVO and 1 centre; 5 contracts, 5 arrangements, 5 covenants and 10 tables.

    Within a factor 1.6: hours of public bodies are a fifth below what unit times give, which the council notices most.
    """
    scenario = region("twente")
    members = ("GM0141", "GM0147", "GM0164", "GM0158", "GM0173")
    counts = {"ol_college": 5, "bvo": 2, "centrum": 1, "dvo": 5, "rzm": 5, "convenant": 5, "netwerk": 10}
    plan = [
        PlannedPartnership(form=form, members=members, domains=("economie",))
        for form, count in counts.items()
        for _ in range(count)
    ]
    hours = assessor(Worth(scenario, scenario), plan).hours
    mean = hours[np.isin(list(scenario.municipalities), members)].mean(axis=0)
    for role, found in zip(ROLES, mean, strict=True):
        assert PLAUSIBLE[role] / 1.6 < found < PLAUSIBLE[role] * 1.6
