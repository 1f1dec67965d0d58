"""What a region keeps of the register and the statistics, and what an import tells of them."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from regie_opt.loading import load
from regie_opt.sources import Judgements, build, select, told, write_scenario
from regie_opt.sources.boundaries import read_boundaries
from regie_opt.sources.finance import read_finance
from regie_opt.sources.knowledge import read_knowledge
from regie_opt.sources.registered import registered_csv
from regie_opt.sources.selection import regions_of
from regie_opt.sources.statline import Division, read_divisions, read_population
from sources.conftest import DATA
from sources.official_files import rows

SAMPLES = DATA / "samples"
TODAY = read_knowledge().mergers.today

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


@pytest.fixture(scope="module")
def utrecht(country):
    day = country.register.of
    return build(country, select(country, "veiligheidsregio=Utrecht", day), Judgements(), day)


@pytest.fixture(scope="module")
def scenario(utrecht, tmp_path_factory):
    folder = tmp_path_factory.mktemp("utrecht")
    write_scenario(utrecht, folder, "nl")
    return load(folder / "scenario.yaml").scenario


def test_the_largest_and_newest_body_carries_an_imposed_domain_and_its_predecessors_stand_beside(scenario):
    """Omgevingsdienst Utrecht (2025, all 26) follows two services that are still in the register."""
    doing = {p.register_id: p for p in scenario.partnerships.values() if "milieu" in p.domains}
    assert set(doing) == {"30432201", "29479827", "28059612"}
    assert not doing["30432201"].beside
    assert len(doing["30432201"].members) == 26
    assert doing["29479827"].beside
    assert doing["28059612"].beside


def test_entries_and_findings_stand_in_the_order_of_the_register_ids(utrecht, scenario):
    ids = [p.register_id for p in scenario.partnerships.values()]
    assert ids == sorted(ids)
    of_the_register = [f.subject for f in utrecht.findings if not f.subject.startswith("GM") and "-" not in f.subject]
    assert of_the_register == sorted(of_the_register)


def test_registered_shares_in_the_costs_are_parts_of_one_of_the_members_here(scenario, utrecht):
    (service,) = [p for p in scenario.partnerships.values() if p.register_id == "30432201"]
    registered = {
        row["current_code"]: float(row["share"])
        for row in rows(DATA, "partnership_members.csv")
        if row["roo_id"] == "30432201" and row["share"] and row["current_code"]
    }
    assert set(service.shares) == set(service.members)
    assert sum(service.shares.values()) == pytest.approx(1, abs=1e-9)
    total = sum(registered[code] for code in service.members)
    for code in service.members:
        assert service.shares[code] == pytest.approx(registered[code] / total, abs=1e-5)
    assert {f.reason for f in utrecht.findings if f.subject == "30432201"} >= {"shares", "taken"}


def test_shares_of_some_members_only_are_not_taken_and_told(country):
    def without_one(a):
        if a.id != "30432201":
            return a
        return replace(a, members=(replace(a.members[0], share=None), *a.members[1:]))

    arrangements = tuple(without_one(a) for a in country.register.arrangements)
    lacking = replace(country, register=replace(country.register, arrangements=arrangements))
    day = country.register.of
    built = build(lacking, select(lacking, "veiligheidsregio=Utrecht", day), Judgements(), day)
    assert "shares" not in built.files["inventory.yaml"]
    (finding,) = [f for f in built.findings if f.reason == "shares_lacking"]
    assert "GM0307" in finding.text("nl")  # Amersfoort, the first member


def test_a_municipality_without_iv3_rows_takes_the_models_amounts_and_is_told_so(scenario, utrecht):
    place = scenario.municipalities["GM1961"]
    assert place.name == "Vijfheerenlanden"
    assert place.spending == {}
    assert all(p.spending for code, p in scenario.municipalities.items() if code != "GM1961")
    (finding,) = [f for f in utrecht.findings if f.reason == "no_spending"]
    assert finding.subject == "GM1961"
    assert "2023" in finding.text("nl")
    assert "niet in het Iv3-bestand van 2023" in utrecht.files["region.yaml"]


def test_every_registered_member_with_powers_and_dates_is_in_the_table_beside_the_scenario(utrecht):
    found = list(
        csv.DictReader(StringIO(registered_csv(utrecht.registered, "nl").removeprefix("\ufeff")), delimiter=";")
    )
    taken = {f.subject for f in utrecht.findings if f.outcome == "taken"}
    known = {row["roo_id"]: row for row in rows(DATA, "partnerships.csv")}
    members = [row for row in rows(DATA, "partnership_members.csv") if row["roo_id"] in taken]
    assert len(found) == len(members)
    assert sorted((r["registernummer"], r["deelnemer"], r["toegetreden"]) for r in found) == sorted(
        (r["roo_id"], r["member_name"], r["joined"]) for r in members
    )
    for row in found:
        registered = known[row["registernummer"]]
        assert row["bevoegdheden"] == registered["powers"].replace("|", "; ")
        assert row["in werking"] == registered["start"]
        assert row["vorm"] == registered["form_abbr"]
    assert {row["gemeente nu"] for row in found if row["uit de regio"] == "ja"} == {
        row["code"] for row in rows(DATA, "gemeenten.csv") if row["veiligheidsregio"] == "Utrecht"
    }


def test_many_doubts_are_told_by_kind_each_with_its_number(utrecht, tmp_path):
    lines = told(utrecht, tmp_path, "nl")
    kinds = {f.reason for f in utrecht.findings if f.outcome in {"doubt", "reported"}}
    assert len(lines) == 2 + len(kinds)
    assert any("GM1961 Vijfheerenlanden" in line for line in lines)


def test_inhabitants_by_name_are_those_by_code(country, tmp_path):
    """As StatLine writes it without codes: (gemeente) where a province has the same name, provinces, lapsed ones."""
    file = tmp_path / "names.csv"
    shared = {"Groningen", "Utrecht", "'s-Gravenhage"}
    lines = ["Regio's;Perioden;Totale bevolking (aantal)", "Nederland;2025;18045532", "Groningen (PV);2025;601000"]
    for code, count in country.population.inhabitants.items():
        name = country.population.names[code]
        lines.append(f"{name} (gemeente);2025;{count}" if name in shared else f"{name};2025;{count}")
    lines += ["Aalburg;2025;", "Verdwenen;2025;1200"]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    found = read_population(file, TODAY, country.boundaries.names)
    assert found.inhabitants == country.population.inhabitants
    assert found.unknown == (("Verdwenen", 1200),)


def test_samples_as_statline_pdok_and_others_publish_them_are_read(country):
    names = country.boundaries.names
    found = read_population(SAMPLES / "cbs_regionale_kerncijfers_2019_head.csv", TODAY, names)
    assert found.inhabitants["GM1680"] == 25386
    assert "GM1959" not in found.inhabitants  # Aalburg has an empty row: it had lapsed
    health, provinces = read_divisions(SAMPLES / "cbs_statline_gebieden_2020_head.csv", TODAY)
    assert (health.name, provinces.name) == ("GGD-regio's", "Provincies")
    assert health.regions["GGD Drenthe"] == ("GM1680",)
    assert provinces.regions["Noord-Brabant"] == ("GM1723", "GM1959")
    boundaries = read_boundaries(SAMPLES / "pdok_gemeente_gegeneraliseerd_2022_one_feature.geojson", TODAY)
    assert boundaries.names == {"GM0096": "Vlieland"}


def test_of_a_division_that_tells_two_regions_or_none_a_municipality_has_none(country):
    """The StatLine file comes in place of the safety regions of the register, and has nothing of youth."""
    youth = Division("JEUGDREGIO'S", {"Noord": ("GM0014", "GM0034"), "Zuid": ("GM0034",)})
    safety = Division("Veiligheidsregio's", {"Gronings": ("GM0014",)})
    day = country.register.of
    found = regions_of(replace(country, divisions=(youth, safety)), day)
    assert found == {"GM0014": {"safety": "Gronings", "youth": "Noord"}}
    told = regions_of(replace(country, divisions=()), day)["GM0014"]
    assert set(told) == {"safety"}


def test_a_processed_iv3_file_is_refused_with_the_column_that_is_meant():
    with pytest.raises(Exception, match="column 'TaakveldBalanspost' is missing; nearest: 'Taakveld'"):
        read_finance(SAMPLES / "iv3_2023_jaarrekening_bewerkt_head.csv", TODAY)


def test_every_municipality_has_its_imposed_bodies_or_the_lack_is_told(country):
    """Everybody is in a safety region, a health and an environment service; three health services hide in others."""
    day = country.register.of
    built = build(country, select(country, "land=alle", day), Judgements(), day)
    (finding,) = [f for f in built.findings if f.reason == "imposed_lacking"]
    assert finding.subject == "gezondheid"
    of = {row["name"]: row["veiligheidsregio"] for row in rows(DATA, "gemeenten.csv")}
    text = dict(finding.details)
    lacking = text["names"].replace("Nuenen, Gerwen en", "Nuenen Gerwen en").split(", ")
    assert len(lacking) == int(text["count"])
    assert {of[name] for name in lacking} == {"Fryslân", "Kennemerland", "Gooi en Vechtstreek"}
    drenthe = build(country, select(country, "veiligheidsregio=Drenthe", day), Judgements(), day)
    assert not [f for f in drenthe.findings if f.reason == "imposed_lacking"]
