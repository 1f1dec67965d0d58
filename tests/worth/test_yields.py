"""Parts by partnership and member add up to what the assessment and the pricing of columns say."""

from pathlib import Path

import numpy as np
import pytest

from regie_opt.loading import load
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.burden import hours
from regie_opt.worth.motives import alone, gain
from regie_opt.worth.value import Worth
from regie_opt.worth.yields import member_yields, yield_value

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(params=["leerstad", "twente", "zeeland"])
def today(request):
    loaded = load(SCENARIOS / request.param / "scenario.yaml")
    return assessor(Worth(loaded.scenario, loaded.base), today_plan(loaded.scenario))


def test_yields_of_members_are_the_gain_that_columns_are_priced_with(today):
    placed = today.placed
    work = placed.carried & ~placed.beside[:, None]
    priced = (gain(placed.bodies) * work).sum(axis=2)
    found = member_yields(today)
    assert found.sum(axis=2)[:, ~placed.beside] == pytest.approx(priced[:, ~placed.beside])
    assert np.abs(found[:, ~placed.bodies.members]).max() == 0


def test_yields_are_what_today_adds_and_more_only_where_a_cell_is_served_twice(today):
    region = today.worth.region
    twice = today.placed.main.sum(axis=0).max() > 1
    found = member_yields(today)
    share = np.array([1 - region.scenario.motives.beside_share if q in ("knowledge", "power") else 1 for q in MOTIVES])
    base = (region.want * alone(region) * share[:, None, None]).sum(axis=(1, 2))
    base[MOTIVES.index("cost")] = 0  # euros saved on doing it alone
    amounts = np.array([today.amounts[q] for q in MOTIVES])
    each = found.sum(axis=(1, 2)) + base
    assert (each >= amounts - 1e-9).all()
    assert twice or each == pytest.approx(amounts)
    value = sum(c.contribution for c in today.criteria if c.key in MOTIVES)
    coefficients = np.array([today.worth.coefficients[q] for q in MOTIVES])
    above = float(yield_value(today.worth, found).sum())
    assert above == pytest.approx(coefficients @ (each - base))
    assert twice or above == pytest.approx(value - coefficients @ base)


def test_hours_of_partnerships_add_up_to_those_of_municipalities(today):
    placed = today.placed
    asked = hours(placed.bodies)
    each = asked.base + asked.per_domain * placed.domain_count[:, None]
    hosting = (placed.bodies.host != NOBODY)[:, None] * asked.host_base
    hosting = hosting + np.array([len(hosts) for hosts in placed.hosts])[:, None] * asked.host_per_domain
    assert today.member_hours.sum(axis=1) == pytest.approx(placed.bodies.members.sum(axis=1)[:, None] * each + hosting)
    assert np.abs(today.member_hours[~placed.bodies.members]).max() == 0
    told = {r.code: r.hours for r in today.municipalities()}
    for m, code in enumerate(today.worth.region.codes):
        assert today.member_hours[:, m, 0].sum() == pytest.approx(told[code].college)
