"""Bundling is what makes a network lighter."""

import numpy as np
from engine.instances import instance
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import assess

scenarios = st.integers(0, 10**6).map(lambda seed: instance(np.random.default_rng(seed)))


def burden(scenario: Scenario, *partnerships: PlannedPartnership) -> float:
    criteria = assess(scenario, scenario, partnerships).criteria
    return next(c.amount for c in criteria if c.key == "burden")


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(scenarios, st.data())
def test_one_partnership_for_two_domains_burdens_less_than_two(scenario, data):
    assume(len(scenario.domains) >= 2)
    form = data.draw(st.sampled_from(sorted(scenario.forms)))
    members = tuple(data.draw(st.lists(st.sampled_from(list(scenario.municipalities)), min_size=2, unique=True)))
    first, second = data.draw(st.permutations(list(scenario.domains)))[:2]

    def partnership(*domains: str) -> PlannedPartnership:
        hosted = scenario.forms[form].hosting != "none"
        hosts = dict.fromkeys(domains, members[0]) if hosted else None
        return PlannedPartnership(id="-".join(domains), form=form, members=members, domains=domains, hosts=hosts)

    together = burden(scenario, partnership(first, second))
    apart = burden(scenario, partnership(first), partnership(second))
    assert together < apart
    assert together > burden(scenario, partnership(first))
