import numpy as np
import pytest

from regie_opt.worth.reciprocity import balance, network_reciprocity

from .small import assessed, plan, small

MORE = {"more": {**small().domains["hr"].model_dump(), "weight": 1}}


def test_balance_is_the_smaller_flow_less_a_quarter_of_the_difference():
    flows = np.array([[0.0, 5.0], [3.0, 0.0]])
    assert balance(flows, 0.25) == pytest.approx(3 - 0.25 * 2)
    assert balance(flows.T, 0.25) == balance(flows, 0.25)


def test_balance_adds_up_over_pairs():
    flows = np.array([[0.0, 2.0, 4.0], [2.0, 0.0, 0.0], [1.0, 3.0, 0.0]])
    # 2 and 2: 2. 4 and 1: 1 less a quarter of 3. 0 and 3: less a quarter of 3.
    assert balance(flows, 0.25) == pytest.approx(2 + (1 - 0.75) + (0 - 0.75))


def test_balance_takes_many_partnerships_at_once():
    flows = np.array([[[0.0, 5.0], [3.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]]])
    assert balance(flows, 0.5).tolist() == pytest.approx([2.0, -0.5])


def test_service_one_way_earns_nothing_and_costs_its_imbalance():
    assert balance(np.array([[0.0, 4.0], [0.0, 0.0]]), 0.25) == pytest.approx(-1.0)
    assert balance(np.array([[0.0, 4.0], [0.0, 0.0]]), 0.0) == 0


def test_network_reciprocity_is_the_share_of_service_that_is_given_back():
    assert network_reciprocity(np.array([[0.0, 5.0], [3.0, 0.0]])) == pytest.approx(6 / 8)
    assert network_reciprocity(np.zeros((2, 2))) == 0


def test_two_domains_that_go_both_ways_are_reciprocated_over_domains_together():
    swap = assessed(small(domains=MORE), plan("swap", "aa bee", "hr more", {"hr": "aa", "more": "bee"}))
    # Aa does 1 fte of hr (weight 2) for Bee, Bee 1 fte of more (weight 1) for Aa.
    assert swap.reciprocity == pytest.approx(1 - 0.25 * 1)
    # In fte, without weights, all of it is given back.
    assert swap.network().reciprocity == pytest.approx(1.0)
    assert [(m.reciprocity.given, m.reciprocity.received) for m in swap.municipalities()] == [
        (1, 1),
        (1, 1),
        (0, 0),
    ]


def test_one_domain_cannot_be_reciprocated_inside_a_partnership():
    assert assessed(small(), plan("swap", "aa bee", "hr", {"hr": "aa"})).reciprocity == pytest.approx(-0.5)


def test_service_is_what_the_guest_needs_never_what_the_host_has():
    swap = assessed(small(domains=MORE), plan("swap", "aa cee", "hr more", {"hr": "cee", "more": "aa"}))
    # Cee does Aa's 1 fte, Aa does Cee's 4.
    assert swap.flows[2, 0] == 1
    assert swap.flows[0, 2] == 4


def test_a_centre_gives_service_that_counts_in_the_network_and_not_in_the_criterion():
    hub = assessed(small(), plan("hub", "aa bee cee", "tax", {"tax": "cee"}))
    assert hub.reciprocity == 0
    assert hub.flows.tolist() == [[0, 0, 0], [0, 0, 0], [1, 1, 0]]
    assert hub.network().reciprocity == 0
