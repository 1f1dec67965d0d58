import pytest

from regie_opt.schema.lawful import unlawful

KEYS = [
    "ol_college",
    "ol_gemengd",
    "bvo",
    "go_college",
    "go_raad",
    "centrum",
    "wederzijds",
    "rzm",
    "dvo",
    "convenant",
    "netwerk",
    "stichting",
    "cooperatie",
    "nv",
    "organisatie",
]


def carries(form, domains):
    return {key for key, domain in domains.items() if unlawful(form, domain) is None}


def test_the_forms_of_dutch_law_are_there(forms):
    assert list(forms) == KEYS


def test_a_public_body_may_carry_everything(forms, domains):
    assert carries(forms["ol_college"], domains) == set(domains)


@pytest.mark.parametrize("key", ["go_college", "go_raad", "rzm", "convenant", "netwerk"])
def test_forms_without_people_carry_unstaffed_domains_only(key, forms, free):
    lawful = carries(forms[key], free)
    assert lawful
    assert not any(free[domain].staffed for domain in lawful)


def test_mutual_services_reach_eight_domains_at_most(forms, domains):
    """Hosts are enumerated per domain: exponential."""
    assert 6 <= len(carries(forms["wederzijds"], domains)) <= 8


def test_tax_needs_a_form_that_works_under_tax_ordinances(forms, domains):
    lawful = {key for key, form in forms.items() if unlawful(form, domains["belastingen"]) is None}
    assert lawful == {"ol_college", "ol_gemengd", "bvo", "centrum", "organisatie"}


def test_private_law_only_where_it_is_indicated(forms, domains):
    for key in ("stichting", "cooperatie", "nv"):
        assert carries(forms[key], domains) == {"afval", "openbare_ruimte"}


def test_a_merged_civil_service_is_a_public_body_for_the_whole_organisation(forms, domains):
    merged = forms["organisatie"]
    assert carries(merged, domains) == carries(forms["ol_college"], domains)
    assert (merged.parties, merged.transfer, merged.legal_person, merged.staff) == (
        ("college",),
        "delegation",
        True,
        "own",
    )
    assert [key for key, form in forms.items() if form.scope == "organisation"] == ["organisatie"]


def test_a_whole_organisation_can_be_had(forms, free):
    """Its fewest domains are there when it leaves all that it may leave, and what it may leave is a portfolio."""
    merged = forms["organisatie"]
    kept = [key for key in carries(merged, free) if free[key].portfolio not in merged.may_leave]
    assert merged.least_domains <= len(kept)
    assert set(merged.may_leave) <= {domain.portfolio for domain in free.values()}


def test_only_bundles_of_services_go_over_portfolios(forms):
    assert [key for key, form in forms.items() if form.scope == "bundle"] == ["wederzijds"]
    assert all(form.least_domains == 1 for form in forms.values() if form.scope != "organisation")


def test_work_moves_at_a_price_where_people_do(forms):
    """Forms without people of their own or of a host move nobody."""
    for key, form in forms.items():
        assert (form.move > 0) == (form.staff != "none"), key


def test_a_further_domain_asks_least_of_the_board(forms):
    for form in forms.values():
        further = form.further_domain
        assert further.college <= further.officials <= further.council


def test_a_joint_organ_has_no_people_and_makes_no_rules(forms):
    for key in ("go_college", "go_raad"):
        assert forms[key].staff == "none"
        assert not forms[key].binding_rules


def test_every_free_domain_has_a_choice_of_forms(forms, free):
    for key, domain in free.items():
        assert sum(unlawful(form, domain) is None for form in forms.values()) >= 3, key


def test_lighter_forms_ask_fewer_hours_and_realise_less(forms):
    heavy, light = forms["ol_college"], forms["dvo"]
    assert heavy.hours.college > light.hours.college
    assert heavy.realises["vulnerability"] > light.realises["vulnerability"]


def test_leaving_costs_what_case_law_says(forms):
    for key in ("ol_college", "ol_gemengd", "bvo"):
        assert 2 <= forms[key].exit_factor <= 3


def test_an_average_municipality_spends_believable_hours(forms):
    """With 8.4 formal and some 25 light ones: college 600, council 500, officials 2,100 hours."""
    portfolio = {
        "ol_college": 5.0,
        "bvo": 1.2,
        "centrum": 1.2,
        "rzm": 1.0,
        "dvo": 10,
        "convenant": 5,
        "netwerk": 10,
    }
    for role, expected in {"college": 600, "council": 500, "officials": 2100}.items():
        total = sum(number * getattr(forms[key].hours, role) for key, number in portfolio.items())
        assert expected / 2 <= total <= expected * 2, role
