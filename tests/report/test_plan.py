import pytest

from regie_opt.report.naming import Naming
from regie_opt.report.plan import alone, changes, counts, ended, ending, left_alone, proposal, unrecorded
from regie_opt.report.table import Table, Text
from regie_opt.report.words import Words
from regie_opt.schema.partnership import Outside
from regie_opt.schema.plan import PlannedPartnership


@pytest.fixture
def naming(scenario):
    return Naming(scenario, Words("nl"))


def row(table, name):
    return next(row for row in table.rows if row[0] == name)


def test_a_changed_partnership_says_precisely_who_and_what_joins_and_leaves(scenario, partnerships):
    found = changes(scenario.partnerships["tax"], partnerships[2])
    assert found.members_in == ("GM4",)
    assert found.members_out == ("GM5",)
    assert found.domains_in == ("ict",)
    assert found.domains_out == ()
    assert not found.hosts
    assert found.form is None


def test_another_host_for_the_same_domain_is_a_change(scenario):
    after = PlannedPartnership(
        form="centrum", members=("GM2", "GM4"), domains=("ict",), hosts={"ict": "GM4"}, continues="centre"
    )
    assert changes(scenario.partnerships["centre"], after).hosts == {"ict": ("GM2", "GM4")}


def test_what_nothing_continues_ends_and_what_law_imposes_never_does(scenario, partnerships):
    assert ended(scenario, partnerships) == ("centre", "table")
    assert "vr" not in ended(scenario, ())


def test_cells_in_no_partnership_are_done_alone(scenario, partnerships):
    found = alone(scenario, partnerships)
    assert found["belastingen"] == ("GM1", "GM5")
    assert found["hr"] == ("GM2", "GM3", "GM4")
    assert "ict" not in found, "everybody shares it"
    assert "veiligheid" not in found, "imposed by law: not decided"


def test_a_table_beside_the_work_leaves_the_cell_alone(scenario):
    table = PlannedPartnership(form="ol", members=("GM1", "GM2"), domains=("hr",), beside=True)
    assert len(alone(scenario, (table,))["hr"]) == 5


def test_the_proposal_has_what_is_different_first(partnerships, naming):
    table = proposal(partnerships, naming)
    assert [r[0] for r in table.rows] == [
        "Personeel en organisatie",
        "Belastingkantoor Oost",
        "Afvalbedrijf",
        "Veiligheidsregio",
        "Stichting Streekbelang",
    ]


def test_a_row_names_form_members_domains_and_change(partnerships, naming):
    cells = row(proposal(partnerships, naming), "Belastingkantoor Oost")
    assert cells[1] == "Bedrijfsvoeringsorganisatie"
    assert cells[3].replace("\u00a0", " ") == "Ede · Barneveld · Scherpenzeel"
    assert cells[5] == "erbij: Scherpenzeel\neruit: Renswoude\ndomein erbij: ICT"


def test_mutual_services_name_the_host_of_each_domain(partnerships, naming):
    cells = row(proposal(partnerships, naming), "Personeel en organisatie")
    assert cells[2] == "Nuenen, Gerwen en Nederwetten: Personeel en organisatie\nRenswoude: ICT"
    assert cells[5] == "nieuw"


def test_the_whole_region_is_not_spelled_out_and_members_outside_are_named(partnerships, naming):
    cells = row(proposal(partnerships, naming), "Veiligheidsregio")
    assert cells[3] == "alle 5\nbuiten de regio: 10 leden (450.000 inwoners)"
    assert cells[5] == "ligt wettelijk vast"
    assert naming.members(("GM2", "GM3", "GM4", "GM5")) == "alle 5 behalve Nuenen, Gerwen en Nederwetten"


def test_a_partnership_that_stays_for_lack_of_a_record_says_so(partnerships, naming):
    assert row(proposal(partnerships, naming), "Stichting Streekbelang")[5] == "blijft: domein niet vastgelegd"


def test_ending_a_partnership_with_members_outside_the_region_is_remarked(partnerships, naming):
    table = ending(partnerships, naming)
    assert isinstance(table, Table)
    assert row(table, "Diensten Ede")[4] == ""
    assert "raakt ook 1 lid buiten de regio (30.000 inwoners)" in row(table, "Portefeuilleoverleg")[4]


def test_members_without_inhabitants_are_counted_only(scenario, naming):
    board = scenario.partnerships["table"].model_copy(update={"outside": Outside(members=2)})
    changed = scenario.model_copy(update={"partnerships": {"table": board}})
    table = ending((), Naming(changed, naming.words))
    assert isinstance(table, Table)
    assert table.rows[0][4].startswith("raakt ook 2 leden buiten de regio, die")


def test_nothing_ending_is_said_in_words(scenario, naming):
    kept = [
        PlannedPartnership(form=p.form, members=p.members, domains=p.domains, origin="kept", continues=key)
        for key, p in scenario.partnerships.items()
    ]
    assert ending(kept, naming) == Text("Wat eindigt", ("Geen enkel samenwerkingsverband eindigt.",))


def test_domains_done_alone_by_the_same_municipalities_share_a_line(naming):
    lines = [line.replace("\u00a0", " ") for line in left_alone((), naming).lines]
    assert lines == ["Belastingen · ICT · Personeel en organisatie · Afvalinzameling: allen"]


def test_counts_leave_out_what_there_is_none_of(scenario, partnerships, naming):
    text = counts(scenario, partnerships, naming)
    assert text == ": 1 nieuw, 1 gewijzigd, 1 ongewijzigd, 2 vast, 2 beëindigd"
    assert counts(scenario, partnerships[:1], naming) == "1 vast, 5 beëindigd"


def test_partnerships_of_which_nobody_recorded_the_domain_are_found(scenario):
    assert unrecorded(scenario) == ("Stichting Streekbelang",)


def test_a_plan_without_partnerships_says_so(naming):
    assert proposal((), naming).lines[0].startswith("Geen enkel samenwerkingsverband")
