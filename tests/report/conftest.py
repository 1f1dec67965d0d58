"""A region of five municipalities with a solved plan in which every origin occurs."""

import pytest

from regie_opt.engine import Solution
from regie_opt.schema.domain import Domain
from regie_opt.schema.form import Form
from regie_opt.schema.municipality import Municipality
from regie_opt.schema.parameters import CRITERIA, Burden, Criterion, Money, Motives, Trust, Wants
from regie_opt.schema.partnership import Outside, Partnership, Relation
from regie_opt.schema.plan import (
    Assessment,
    Candidates,
    Certificate,
    CriterionResult,
    Flows,
    MunicipalityResult,
    Network,
    PlannedPartnership,
)
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import Label, RoleHours, RoleShares

ASSUMED = {"*": "assumption"}

AMOUNTS = {
    # key: (unit, today, proposed, contribution today, contribution proposed)
    "burden": ("weighted hours per year", 5210.0, 4100.5, -0.5, -0.3935),
    "overload": ("college hours per year", 12.4, 0.0, -0.0031, 0.0),
    "vulnerability": ("satisfied cells", 8.25, 12.75, 0.165, 0.255),
    "quality": ("satisfied cells", 9.0, 12.0, 0.18, 0.24),
    "cost": ("weighted euro per year", 110000.0, 111000.0, 0.22, 0.222),
    "knowledge": ("satisfied cells", 3.0, 6.0, 0.06, 0.12),
    "power": ("satisfied cells", 4.0, 4.5, 0.08, 0.09),
    "reciprocity": ("fte", 0.0, 2.5, 0.0, 0.05),
    "transition": ("euro per year", 0.0, 123456.0, 0.0, -0.0412),
    "autonomy": ("cells", 1.5, 2.5, -0.03, -0.05),
    "congruence": ("repeated pairs", 0.0, 3.0, 0.0, 0.0),
    "partnerships": ("partnerships", 6.0, 5.0, 0.0, 0.0),
}

MONTHS = (20.0, 20.0, 20.0, 50.0, 60.0, 90.0, 40.0, 0.0, 20.0, 20.0, 20.0, 20.0)

CODES = ("GM1", "GM2", "GM3", "GM4", "GM5")


def make_domain(nl: str, en: str, *, statutory: bool = False) -> Domain:
    return Domain(
        sources=ASSUMED,
        name=Label(nl=nl, en=en),
        task="execution",
        authority="mandate",
        statutory=statutory,
        spending_per_inhabitant=20.0,
        staff_share=0.6,
        functions=3,
        specialists=3,
        fte_per_specialist=3.0,
        scale=((10000, 1.2), (60000, 1.0)),
        power_mass=100000,
        relevance={"vulnerability": 1.0},
        appeal=1.0,
    )


def make_form(nl: str, en: str, hosting: str = "none") -> Form:
    return Form(
        sources=ASSUMED,
        name=Label(nl=nl, en=en),
        legal_person=hosting == "none",
        parties=("college",),
        transfer="mandate",
        tasks=("execution",),
        staff="own" if hosting == "none" else "host",
        binding_rules=False,
        hosting=hosting,
        hours=RoleHours(college=20, council=10, officials=60),
        further_domain=RoleShares(college=0.1, council=0.1, officials=0.1),
        autonomy=0.3,
        least_trust=0.2,
        realises={"vulnerability": 1.0},
        exit_factor=2.0,
        setup=1000.0,
        move=0.0,
        work_share=0.5,
    )


@pytest.fixture
def scenario() -> Scenario:
    month = (1 / 12,) * 12
    return Scenario(
        name="Vijfstromenland",
        model="nl",
        domains={
            "belastingen": make_domain("Belastingen", "Local taxes"),
            "ict": make_domain("ICT", "ICT"),
            "hr": make_domain("Personeel en organisatie", "Human resources"),
            "afval": make_domain("Afvalinzameling", "Waste collection"),
            "veiligheid": make_domain("Veiligheid en crisis", "Public safety", statutory=True),
        },
        forms={
            "bvo": make_form("Bedrijfsvoeringsorganisatie", "Operational management organisation"),
            "centrum": make_form("Centrumregeling", "Centre arrangement", "centre"),
            "mutual": make_form("Wederzijdse dienstverlening", "Mutual services", "mutual"),
            "ol": make_form("Openbaar lichaam", "Public body"),
        },
        criteria={
            key: Criterion(sources=ASSUMED, name=Label(nl=f"{key} (nl)", en=f"{key} (en)"), weight=0.5)
            for key in CRITERIA
        },
        motives=Motives(sources=ASSUMED, unavailability=0.2, knowledge_partners=3, beside_share=0.2),
        trust=Trust(
            sources=ASSUMED,
            constant=0.0,
            distance=-0.2,
            unknown_km=20,
            border=0.4,
            division=0.1,
            unknown_division=0.8,
            known=0.5,
            known_scale=4,
            largest_known=30,
            past=0.2,
            outside=0.5,
            reliance=0.8,
        ),
        wants=Wants(sources=ASSUMED, taking_part=2.0, staying_out=0.6, revealed=1),
        burden=Burden(
            sources=ASSUMED,
            growth=RoleHours(college=0.02, officials=0.02),
            friction=RoleHours(college=0.5),
            role_weight=RoleHours(college=3, council=2, officials=1),
            rate=RoleHours(college=90, council=30, officials=70),
            board_hours=500,
            calendar_college=month,
            calendar_council=month,
            calendar_officials=month,
        ),
        money=Money(
            sources=ASSUMED, euro_per_fte=90000, horizon=8, account=100000, capacity=1, imbalance=0.5
        ),
        sources={},
        municipalities={
            "GM1": Municipality(name="Nuenen, Gerwen en Nederwetten", population=23800),
            "GM2": Municipality(name="Ede", population=121000),
            "GM3": Municipality(name="Barneveld", population=61000),
            "GM4": Municipality(name="Scherpenzeel", population=10200),
            "GM5": Municipality(name="Renswoude", population=5600),
        },
        relations=(
            Relation(between=("GM1", "GM2"), trust=0.9),
            Relation(between=("GM2", "GM3"), past="success"),
        ),
        partnerships={
            "vr": Partnership(
                name="Veiligheidsregio", form="ol", members=CODES, domains=("veiligheid",), frozen=True,
                outside=Outside(members=10, inhabitants=450000),
            ),
            "tax": Partnership(
                name="Belastingkantoor Oost", form="bvo", members=("GM2", "GM3", "GM5"),
                domains=("belastingen",),
            ),
            "waste": Partnership(name="Afvalbedrijf", form="ol", members=("GM2", "GM3"), domains=("afval",)),
            "centre": Partnership(
                name="Diensten Ede", form="centrum", members=("GM2", "GM4"), domains=("ict",), host="GM2",
            ),
            "table": Partnership(
                name="Portefeuilleoverleg", form="ol", members=("GM1",), domains=("hr",), beside=True,
                outside=Outside(members=1, inhabitants=30000),
            ),
            "mystery": Partnership(
                name="Stichting Streekbelang", form="ol", members=("GM1", "GM3"), domains=("unknown",),
            ),
        },
    )  # fmt: skip


@pytest.fixture
def partnerships() -> tuple[PlannedPartnership, ...]:
    return (
        PlannedPartnership(
            id="vr", name="Veiligheidsregio", form="ol", members=CODES, domains=("veiligheid",),
            origin="frozen", continues="vr",
        ),
        PlannedPartnership(
            id="waste", name="Afvalbedrijf", form="ol", members=("GM2", "GM3"), domains=("afval",),
            origin="kept", continues="waste",
        ),
        PlannedPartnership(
            id="tax", name="Belastingkantoor Oost", form="bvo", members=("GM2", "GM3", "GM4"),
            domains=("belastingen", "ict"), origin="changed", continues="tax",
        ),
        PlannedPartnership(
            id="p1", name="Personeel en organisatie", form="mutual", members=("GM5", "GM1"),
            domains=("hr", "ict"), hosts={"hr": "GM1", "ict": "GM5"}, origin="new",
        ),
        PlannedPartnership(
            id="mystery", name="Stichting Streekbelang", form="ol", members=("GM1", "GM3"),
            domains=("unknown",), origin="frozen", continues="mystery",
        ),
    )  # fmt: skip


def make_assessment(position: int) -> Assessment:
    criteria = tuple(
        CriterionResult(
            key=key,
            amount=row[1 + position],
            unit=row[0],
            reference=100,
            weight=0.5,
            contribution=row[3 + position],
        )
        for key, row in AMOUNTS.items()
    )
    factor = (1.0, 0.8)[position]
    return Assessment(
        value=sum(c.contribution for c in criteria),
        criteria=criteria,
        municipalities=tuple(
            MunicipalityResult(
                code=code,
                hours=RoleHours(college=100 * factor, council=50 * factor, officials=1000 * factor),
                motives={"vulnerability": 0.5},
                reciprocity=Flows(given=1, received=1),
                partnerships=3 - position,
                overload=12.4 if code == "GM2" and position == 0 else 0.0,
            )
            for code in CODES
        ),
        network=Network(
            reciprocity=0.25,
            congruence=0.4,
            forms=3,
            hours_by_month=dict.fromkeys(("college", "council", "officials"), MONTHS),
        ),
    )


@pytest.fixture
def today() -> Assessment:
    return make_assessment(0)


@pytest.fixture
def proposed() -> Assessment:
    return make_assessment(1)


@pytest.fixture
def certificate(proposed: Assessment) -> Certificate:
    return Certificate(
        status="optimal",
        value=proposed.value,
        bound=proposed.value,
        gap=0.0,
        alone=0.1,
        candidates=Candidates(
            rule="connected member sets of up to 6 members, and those of today with up to 3 more",
            count=8123,
            member_sets=26,
        ),
        seconds=12.34,
    )


@pytest.fixture
def solution(
    partnerships: tuple[PlannedPartnership, ...],
    certificate: Certificate,
    proposed: Assessment,
    today: Assessment,
) -> Solution:
    return Solution(partnerships=partnerships, certificate=certificate, assessment=proposed, today=today)
