from typing import get_args

import pytest

from regie_opt.report.breach import told
from regie_opt.report.certificate import candidate_rule, gap_decimals, limits
from regie_opt.report.certificate import certificate as line
from regie_opt.report.naming import Naming
from regie_opt.report.words import Words
from regie_opt.schema.plan import Breach


@pytest.fixture
def naming(scenario):
    return Naming(scenario, Words("nl"))


def test_a_proven_plan_says_so_in_one_line(certificate, naming):
    text, alone = line(certificate, 0.4, naming).lines
    assert text.startswith("Bewezen optimaal: waarde 0,4923, grens 0,4923, afstand 0,00 % van de winst")
    assert "8.123 mogelijke samenwerkingsverbanden" in text
    assert "12,3" not in text, "how long it took is no property of the plan"
    assert "0,1000 waard; het voorstel wint daarop 0,3923" in alone


def test_an_unproven_plan_never_reads_as_optimal(certificate, naming):
    unproven = certificate.model_copy(update={"status": "feasible", "bound": 0.5, "gap": 0.0197})
    text, _ = line(unproven, 0.4, naming).lines
    assert text.startswith("Niet bewezen:")
    assert "1,97 %" in text


def test_a_plan_below_today_says_why_today_is_none(certificate, naming, scenario):
    key, now = next(iter(scenario.partnerships.items()))
    breaches = (
        Breach(kind="rule", rule="weg"),
        Breach(kind="veto", partnerships=(key,), municipalities=now.members[:2]),
    )
    beaten = certificate.model_copy(update={"today_breaches": breaches})
    *_, why = line(beaten, certificate.value + 0.1, naming).lines
    assert "0,1000 meer dan dit voorstel" in why
    assert "breekt de regel 'weg'; " in why
    assert f"willen niet samenwerken (veto) ({now.name})" in why
    assert len(line(beaten, certificate.value - 0.1, naming).lines) == 2


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", get_args(Breach.model_fields["kind"].annotation))
def test_every_breach_is_told_in_both_languages(scenario, kind, language):
    places, domain = tuple(scenario.municipalities), next(iter(scenario.domains))
    breach = Breach(kind=kind, rule="weg", municipalities=places, domain=domain)
    text = told(breach, (), Naming(scenario, Words(language)))
    assert text
    assert "{" not in text


@pytest.mark.parametrize(("gap", "decimals"), [(0.02, 2), (0.00001, 3), (0.000001, 4), (0.0, 2)])
def test_a_small_gap_does_not_read_as_none(gap, decimals):
    assert gap_decimals(gap) == decimals


def test_limits_name_the_assumptions_and_every_doubtful_partnership(certificate, naming):
    text = "\n".join(limits(certificate, naming).lines)
    for word in (
        "aannames",
        "zwakste bewijs",
        "1 van 10 paren",
        "onvolledig",
        "Stichting Streekbelang",
        "gewichten",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("rule", "dutch"),
    [
        (
            "connected member sets of up to 6 members, and those of today with up to 3 more",
            "aaneengesloten ledenverzamelingen tot en met 6 leden, en die van nu met hooguit 3 erbij",
        ),
        (
            "all member sets, and those of today with up to 3 more",
            "alle ledenverzamelingen, en die van nu met hooguit 3 erbij",
        ),
        (
            "member sets of up to 4 members (more than 100000 beyond that size), and those of today with up to 3 more",
            "ledenverzamelingen tot en met 4 leden; grotere zijn er meer dan 100.000, "
            "en die van nu met hooguit 3 erbij",
        ),
        ("something else", "something else"),
    ],
)
def test_the_candidate_rule_of_the_engine_is_translated(rule, dutch, naming):
    assert candidate_rule(rule, naming) == dutch
