"""Regions from files in official format: complete, valid, and nothing lost."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from regie_opt.insight.overview import overview
from regie_opt.insight.today import Network
from regie_opt.loading import InputError, load, load_all
from regie_opt.report.inventory import overview_report
from regie_opt.report.render import render
from regie_opt.sources import Files, Judgements, build, read_country, select, write_scenario
from regie_opt.sources.classify import classify
from sources import small
from sources.conftest import DATA
from sources.official_files import labelled_population, register, rows

MEASURED = {"precision": 0.95, "recall": 0.489}
"""Of the classifier on labelled.csv, rounded down; see docs/sources.md."""


def test_the_register_that_tests_make_follows_the_official_schema(paths):
    schema = etree.XMLSchema(etree.parse(DATA / "samples" / "roo_oo-export.xsd"))
    schema.assertValid(etree.parse(paths["register"]))


def test_the_country_is_imported_and_every_arrangement_is_accounted_for(country, tmp_path):
    day = country.register.of
    built = build(country, select(country, "land=alle", day), Judgements(), day)
    write_scenario(built, tmp_path, "nl")
    scenario = load(tmp_path / "scenario.yaml").scenario
    assert len(scenario.municipalities) == 342
    outcomes = {f.subject: f.outcome for f in built.findings if f.outcome != "doubt"}
    assert len(outcomes) == sum(f.outcome != "doubt" for f in built.findings)
    registered = rows(DATA, "partnerships.csv")
    assert set(outcomes) == {row["roo_id"] for row in registered}
    assert {i for i, what in outcomes.items() if what == "lapsed"} == {
        r["roo_id"] for r in registered if r["active"] == "0"
    }
    assert Counter(outcomes.values())["taken"] == len({p.register_id for p in scenario.partnerships.values()}) == 434


def test_all_25_safety_regions_import_validate_and_have_an_inventory(country, tmp_path):
    day = country.register.of
    names = {row["veiligheidsregio"] for row in rows(DATA, "gemeenten.csv")}
    seen = []
    for name in sorted(names):
        built = build(country, select(country, f"veiligheidsregio={name}", day), Judgements(), day)
        write_scenario(built, tmp_path / name, "nl")
        (loaded, *_) = load_all(tmp_path / name / "scenario.yaml")
        seen += loaded.scenario.municipalities
        found = overview(Network(loaded.scenario, loaded.base), loaded.sha256)
        assert render(overview_report(loaded.scenario, found, "nl"), "table", "nl")
        for place in found.municipalities:
            assert 4 <= place.formal <= 19, name  # what the register says
            assert 0 < place.hours_per_college_member < 1000
        assert sum(p.frozen for p in found.partnerships) >= 1
        assert {f.kind for f in found.findings} >= {"congruence", "central", "white_spot"}
    assert len(names) == 25
    assert sorted(seen) == sorted(country.population.inhabitants)


def test_without_a_regions_file_the_register_tells_the_safety_regions(country, paths):
    alone = read_country(Files(**{name: path for name, path in paths.items() if name != "regions"}))
    day = country.register.of
    for name in ("Drenthe", "zuid-holland-zuid", "Limburg-Noord", "Gelderland-Midden"):
        assert (
            select(alone, f"veiligheidsregio={name}", day).codes
            == select(country, f"veiligheidsregio={name}", day).codes
        )


def test_merged_municipalities_are_followed_and_told(country):
    day = country.register.of
    built = build(country, select(country, "codes=GM0501,GM1992", day), Judgements(), day)
    assert "GM1992" in built.files["region.yaml"]
    assert "GM0501" not in built.files["region.yaml"]
    assert any(f.reason == "merged" for f in built.findings)


@pytest.mark.parametrize("version", ["2.6.9", "2.6.13", "3.0"])
def test_any_namespace_version_gives_the_same(country, paths, tmp_path, version):
    register(DATA, tmp_path / "x.xml", version)
    assert read_country(Files(**{**paths, "register": tmp_path / "x.xml"})).register == country.register


def test_both_statline_forms_give_the_same_inhabitants(country, paths, tmp_path):
    labelled_population(DATA, tmp_path / "p.csv")
    found = read_country(Files(**{**paths, "population": tmp_path / "p.csv"})).population
    assert found.inhabitants == country.population.inhabitants


def test_classification_is_no_worse_than_measured(country):
    """On 100 active arrangements drawn at random, labelled by hand (how: docs/sources.md)."""
    with (Path(__file__).parent / "labelled.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["register_id"]: set(row["domains"].split()) - {"unknown"} for row in csv.DictReader(file)}
    known = {a.id: a for a in country.register.arrangements}
    found = {i: set(classify(known[i], country.knowledge.classification).domains) - {"unknown"} for i in labels}
    right = sum(len(found[i] & labels[i]) for i in labels)
    precision = right / sum(map(len, found.values()))
    recall = right / sum(map(len, labels.values()))
    unknown = sum(not domains for domains in found.values())
    exact = sum(found[i] == labels[i] for i in labels)
    print(f"precision {precision:.3f}, recall {recall:.3f}, unknown {unknown}, exactly right {exact} of {len(labels)}")
    assert len(labels) == 100
    assert precision >= MEASURED["precision"]
    assert recall >= MEASURED["recall"]


ROOT = "<overheidsorganisaties>&b;</overheidsorganisaties>"
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{ROOT}'
XXE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>{ROOT}'


@pytest.mark.parametrize(
    ("which", "contents", "says"),
    [
        ("register", BOMB, "document type"),
        ("register", XXE, "document type"),
        ("register", "<overheidsorganisaties><a></overheidsorganisaties>", "not well-formed"),
        ("register", "<gemeenten/>", "allowed: <overheidsorganisaties>"),
        ("register", "<overheidsorganisaties/>", "no 'regeling'"),
        ("register", "", "empty"),
        (
            "iv3",
            "ID;Taakveld;Categorie;Gemeenten;Verslagsoort;k_2ePlaatsing_2\n1;;;;;\n",
            "'TaakveldBalanspost' is missing",
        ),
        ("iv3", "a,b,c\n1,2,3\n", "columns with ';'"),
        ("population", "RegioS;TotaleBevolking_1\nGM0106;veel\n", "found 'veel', allowed: a number"),
        ("population", "RegioS;TotaleBevolking_1\n", "no rows below"),
        ("population", b"RegioS;TotaleBevolking_1;Naam\nGM0106;5;Frysl\xe2n\n", "not UTF-8"),
        ("population", "RegioS;Oppervlakte\nGM0106;5\n", "a column of inhabitants"),
        ("regions", "RegioS;x\nGM0106;5\n", "a column with names of regions"),
        ("boundaries", "{", "is not JSON"),
        ("boundaries", '{"type": "FeatureCollection", "features": []}', "found no features"),
        ("boundaries", '{"features": [{"properties": {"statcode": "GM0106"}, "geometry": null}]}', "found no polygon"),
    ],
)
def test_a_wrong_file_is_one_clear_error(tmp_path, which, contents, says):
    wrong = tmp_path / "wrong"
    wrong.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    with pytest.raises(InputError) as error:
        read_country(replace(small.write(tmp_path), **{which: wrong}))
    (problem,) = error.value.problems
    assert says in str(problem)
    assert str(problem).startswith(str(wrong))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("veiligheidsregio=Drente", "nearest: 'Drenthe'"),
        ("veiligheidregio=Drenthe", "nearest: '"),
        ("codes=GM9999", "unknown municipality 'GM9999'"),
        ("codes=GM0788", "divided"),
        ("Drenthe", "allowed: DIVISION=NAME"),
    ],
)
def test_a_wrong_selection_names_the_nearest(country, text, says):
    with pytest.raises(InputError, match=says.replace("(", r"\(")):
        select(country, text, country.register.of)
