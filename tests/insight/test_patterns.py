import networkx as nx
import numpy as np
import pytest

from regie_opt.insight import fit, overlap
from regie_opt.insight import network as whole
from regie_opt.insight.order import seriation
from regie_opt.insight.overview import findings, overview

TABLE = "partnerships.tafel={name: Tafel, form: ol_college, members: %s, domains: [ict]}"


def test_partnerships_with_the_same_members_are_merge_candidates(network):
    now = network("leerstad", TABLE % "[rietdam, noordwolde]")
    (found,) = overlap.identical(now)
    assert found.partnerships == ("afvalschap", "tafel")
    assert found.municipalities == ("noordwolde", "rietdam")
    assert found.figures["hours"] == pytest.approx(now.hours[[1, 3]].sum())


def test_members_outside_the_region_make_another_member_set(network):
    twente = network("twente")
    everybody = next(f for f in overlap.identical(twente))
    assert "euregio" not in everybody.partnerships
    assert len(everybody.partnerships) == 4
    assert everybody.frozen


def test_nested_member_sets_count_from_the_share_that_the_model_says(network):
    three = TABLE % "[rietdam, noordwolde, veenkerk]"
    shares = {f.partnerships: f.figures["share"] for f in overlap.nested(network("leerstad", three))}
    assert shares == {("afvalschap", "tafel"): pytest.approx(2 / 3), ("tafel", "klantentafel"): pytest.approx(3 / 5)}
    assert list(overlap.nested(network("leerstad", three, "insight.nested=0.7"))) == []


def test_a_domain_is_served_twice_by_two_that_do_the_work_not_by_a_table_beside_it(network):
    second = (
        "partnerships.tweede={name: Tweede, form: dvo, members: [leerstad, veenkerk], domains: [ict], host: leerstad"
    )
    (found,) = overlap.served_twice(network("leerstad", second + "}"))
    assert found.partnerships == ("ict-dienst", "tweede")
    assert found.domains == ("ict",)
    assert list(overlap.served_twice(network("leerstad", second + ", beside: true}"))) == []


def test_much_burden_and_little_yield_is_told_with_its_figures(network):
    now = network("twente")
    found = {f.partnerships[0]: f.figures for f in fit.poor(now)}
    assert set(found) == {"recreatieschap-twente", "stadsbank-oost-nederland"}
    for figures in found.values():
        assert figures["hours"] >= figures["mean_hours"]
        assert figures["per_100_hours"] <= 0.5 * figures["median_per_100_hours"]


def test_one_in_far_more_than_its_size_predicts(network):
    assert list(fit.excess(network("leerstad"))) == []
    # Leerstad is in one formal partnership and one table; 0.1 expected, spread 2.6
    found = next(fit.excess(network("leerstad", "insight.arrangements_expected=0.1", "insight.excess=0.3")))
    assert found.figures["formal"] > found.figures["expected"]


def test_white_spots_are_domains_done_alone_by_a_team_in_which_nobody_can_stand_in(network):
    now = network("leerstad")
    spots = {(f.domains[0], f.rule): f for f in fit.white_spots(now)}
    # belastingen: 3 areas of expertise; Noordwolde has 1.8 people, Veenkerk 2.8, Rietdam 4.4
    thin = spots["belastingen", "thin_team"]
    assert thin.municipalities == ("noordwolde", "veenkerk")
    assert thin.figures["lowest"] == pytest.approx(0.6)
    # ict of Veenkerk is done by Leerstad, so it is no white spot though its team is thin
    assert spots["ict", "thin_team"].municipalities == ("noordwolde",)
    # tax pays up to some 30,000 inhabitants
    assert "oosterhei" not in spots["belastingen", "scale_loss"].municipalities


def test_services_name_who_gives_and_who_gets(network):
    now = network("leerstad")
    given = {f.municipalities[0]: f.figures for f in whole.services(now)}
    assert given["leerstad"] == {"given": pytest.approx(5.6), "received": 0}  # the 5.6 fte of ict of Veenkerk
    assert given["veenkerk"] == {"given": 0, "received": pytest.approx(5.6)}


def test_congruence_is_that_of_the_assessment(network):
    for name in ("leerstad", "twente", "zeeland"):
        now = network(name)
        assert np.nanmean(whole.congruences(now)) == pytest.approx(now.assessor.network().congruence)


def test_centrality_is_the_eigenvector_centrality_of_networkx(network):
    now = network("twente")
    graph = nx.from_numpy_array(now.together)
    theirs = nx.eigenvector_centrality(graph, weight="weight", max_iter=10_000, tol=1e-12)
    expected = np.array([theirs[m] for m in range(len(graph))])
    assert whole.centralities(now) == pytest.approx(expected / expected.max(), abs=1e-6)


def test_communities_hold_everybody_once(network):
    groups = whole.communities(network("zeeland"))
    assert sorted(m for group in groups for m in group) == list(range(13))


def test_seriation_puts_what_is_alike_together():
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0]], dtype=bool)
    order = seriation(rows)
    place = {row: at for at, row in enumerate(order)}
    assert abs(place[0] - place[2]) == 1
    assert abs(place[1] - place[3]) == 1


def test_every_rule_of_thumb_names_its_source(network):
    for finding in findings(network("twente")):
        if finding.rule:
            assert finding.source


def test_the_overview_of_one_municipality_is_its_part_of_the_region(network):
    now = network("twente")
    region = overview(now, "")
    parts = [overview(now, "", code) for code in now.region.codes]
    for role in ("college", "council", "officials"):
        whole_hours = sum(getattr(p.hours, role) for p in region.partnerships)
        assert whole_hours == pytest.approx(sum(getattr(p.hours, role) for o in parts for p in o.partnerships))
        assert whole_hours == pytest.approx(sum(getattr(m.hours, role) for m in region.municipalities))
        assert whole_hours == pytest.approx(sum(region.hours_by_month[role]))
    for part in parts:
        assert all(part.municipality in p.members for p in part.partnerships)
        assert all(part.municipality in f.municipalities or not f.municipalities for f in part.findings)


def test_hours_per_person_divide_by_seats_that_are_given_or_follow_from_inhabitants(network):
    now = network("leerstad", "municipalities.leerstad.council_seats=20", "municipalities.leerstad.college_members=4")
    found = {m.code: m for m in overview(now, "").municipalities}
    assert (found["leerstad"].council_seats, found["leerstad"].college_members) == (20, 4)
    assert found["noordwolde"].council_seats == 13
    assert found["noordwolde"].college_members == 4
    assert found["leerstad"].hours_per_councillor == pytest.approx(found["leerstad"].hours.council / 20)
