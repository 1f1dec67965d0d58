from collections import Counter
from itertools import pairwise

import pytest

PER_THOUSAND = {  # full-time equivalents per 1,000 inhabitants that a Dutch municipality may have
    "belastingen": (0.12, 0.2),
    "ict": (0.3, 0.5),
    "hrm": (0.15, 0.25),
    "financien": (0.3, 0.4),
    "inkoop": (0.15, 0.2),
    "burgerzaken": (0.3, 0.4),
    "archief": (0.05, 0.1),
    "werk_inkomen": (0.8, 1.2),
    "wmo": (0.5, 0.7),
    "jeugd": (0.3, 0.5),
    "afval": (0.3, 0.5),
    "vth": (0.3, 0.5),
    "openbare_ruimte": (0.8, 1.2),
    "economie": (0.1, 0.2),
}


@pytest.fixture(scope="session")
def staff(domains, parameters):
    """Full-time equivalents per 1,000 inhabitants."""
    fte = parameters.money.euro_per_fte
    return {key: 1000 * d.spending_per_inhabitant * d.staff_share / fte for key, d in domains.items()}


def test_fourteen_domains_are_free_and_three_imposed(domains, free):
    assert set(free) == set(PER_THOUSAND)
    assert set(domains) - set(free) == {"veiligheid", "gezondheid", "milieu"}


def test_no_task_field_is_given_away_twice(domains):
    given = Counter()
    for domain in domains.values():
        given.update(domain.task_fields)
    assert max(given.values()) <= 1 + 1e-9


def test_tax_index_has_the_points_of_the_source(domains):
    """At 10,000 inhabitants 30 % of what is spent is not needed: 1 / 0.7. From 60,000 on hardly anything is gained."""
    points = dict(domains["belastingen"].scale)
    assert points[10000] == round(1 / (1 - 0.30), 2) == 1.43
    assert points[60000] <= 1.01
    assert points[100000] == 1
    assert all(b < a for a, b in pairwise(points.values()))


@pytest.mark.parametrize("key", sorted(PER_THOUSAND))
def test_staff_per_thousand_inhabitants_is_believable(key, staff):
    low, high = PER_THOUSAND[key]
    assert low <= staff[key] <= high


def test_free_domains_together_stay_below_a_municipality(free, staff):
    assert 4 <= sum(staff[key] for key in free) <= 8


@pytest.mark.parametrize("key", sorted(PER_THOUSAND))
def test_a_small_municipality_is_vulnerable_and_a_large_one_is_not(key, staff, domains):
    assert 0.5 <= 20 * staff[key] / domains[key].functions <= 1.5
    assert 120 * staff[key] / domains[key].functions > 3


FLAT = ["archief", "werk_inkomen", "wmo", "jeugd", "afval", "vth", "openbare_ruimte", "economie"]
OVERHEAD = ["ict", "hrm", "financien", "inkoop"]


@pytest.mark.parametrize("key", FLAT)
def test_no_saving_is_assumed_where_none_was_found(key, domains):
    assert {index for _, index in domains[key].scale} == {1.0}


@pytest.mark.parametrize("key", OVERHEAD)
def test_of_what_overhead_costs_small_municipalities_more_a_seventh_can_be_saved(key, domains):
    """Below 20,000 inhabitants it is 34 % dearer, and sharing offices saved nothing where it was looked at."""
    (small, index), (enough, lowest) = domains[key].scale
    assert (small, enough, lowest) == (10000, 20000, 1.0)
    assert index == pytest.approx(1 + 0.34 / 7, abs=0.005)


def test_growing_past_the_optimum_costs_more(domains):
    scale = domains["burgerzaken"].scale
    steps = [(at, b - a) for (_, a), (at, b) in pairwise(scale)]
    assert [at for at, step in steps if step == 0] == [60000]
    assert all(step < 0 for at, step in steps if at < 60000)
    assert all(step > 0 for at, step in steps if at > 60000)
    # Half of the 30 % that it costs more above 100,000 inhabitants.
    assert dict(scale)[150000] == pytest.approx(1 + 0.30 / 2)


def test_a_free_domain_has_a_portfolio_and_none_is_shared_with_what_the_law_imposes(domains, free):
    mine = {domain.portfolio for domain in free.values()}
    assert None not in mine
    assert mine.isdisjoint(domain.portfolio for domain in domains.values() if domain.statutory)
    assert 1 < len(mine) < len(free)


def test_vulnerability_is_at_stake_fully_in_support_work(domains):
    for key in ("ict", "hrm", "financien", "inkoop"):
        assert domains[key].relevance["vulnerability"] == 1
