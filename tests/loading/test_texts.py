"""Texts and names as people write them, in YAML."""

import json
import unicodedata
import warnings
from pathlib import Path

import pytest

from regie_opt.loading import InputError, load, load_plan
from regie_opt.loading.elicitation import load_elicitation
from regie_opt.report.naming import Naming
from regie_opt.report.words import Words
from regie_opt.schema.text import folded, forbidden, is_blank, matching, official_code, tidy


def put(file: str, change: str, into: str) -> None:
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert change in text
    path.write_text(text.replace(change, into), encoding="utf-8")


def said(*sets: str) -> str:
    with pytest.raises(InputError) as caught:
        load(Path("scenario.yaml"), sets=sets)
    return str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "Súdwest",
        unicodedata.normalize("NFD", "Súdwest"),
        "SÚDWEST",
        "Sú\u00addwest",
        "\ufeffSúdwest\u200b",
        " súdwest\u00a0",
    ],
)
def test_names_that_look_the_same_are_the_same(written: str) -> None:
    assert folded(written) == folded("Súdwest")


def test_quotes_and_hyphens_of_a_word_processor_are_those_of_a_keyboard() -> None:
    assert folded("\u2019s\u2011Gravenhage") == folded("'s-Gravenhage")
    assert folded("Nuenen\u00a0c.a.") == folded("Nuenen c.a.")


def test_what_does_not_show_is_blank_and_an_emoji_keeps_its_joiners() -> None:
    assert is_blank("\u200b\u00ad \ufeff")
    family = "\U0001f468\u200d\U0001f469"
    assert tidy(family) == family


@pytest.mark.parametrize("text", ["a\x1b", "\0", "\x0b", "\x92", "\ufffe", "\U0001ffff", "\ud800"])
def test_what_is_no_printable_text_is_told(text: str) -> None:
    assert forbidden(text)


@pytest.mark.parametrize("code", [505, "505", "0505", "gm505", "GM0505"])
def test_an_official_code_is_one_however_it_is_written(code: object) -> None:
    assert official_code(code) == "GM0505"


def test_a_key_itself_comes_before_what_only_looks_like_it() -> None:
    assert matching("505", ["505", "0505"], codes=True) == ("505",)
    assert matching("00505", ["505", "0505"], codes=True) == ("505", "0505")


# In files


@pytest.mark.parametrize("escape", [r"\u001b", r"\0", r"\v", r"\x92", r"\ufffe"])
def test_control_character_is_refused_however_it_is_written(escape: str, scenario: Path) -> None:
    put("region.yaml", "name: Astad", f'name: "A{escape}stad"')
    assert said().startswith("region.yaml:4:11: found the ")


def test_control_character_in_a_setting_and_in_a_plan_is_refused(scenario: Path) -> None:
    assert "found the control character U+001B" in said(r'name="a\u001b"')
    plan = {"partnerships": [{"form": "ol", "members": ["A1"], "domains": ["ict"], "name": "a\x1b"}]}
    Path("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    with pytest.raises(InputError, match=r"plan.json:1:\d+: found the control character U\+001B"):
        load_plan(Path("plan.json"))


@pytest.mark.parametrize("written", ["A\u2028stad", r"A\u2029stad", r"A\u0085stad"])
def test_line_separators_are_spaces(written: str, scenario: Path) -> None:
    put("region.yaml", "name: Astad", f'name: "{written}"')
    assert load(scenario).scenario.municipalities["A1"].name == "A stad"


def test_name_that_does_not_show_is_empty(scenario: Path) -> None:
    put("region.yaml", "name: Astad", r'name: "\u200b"')
    assert "region.yaml:4:11: municipalities.A1.name: found ''" in said()


@pytest.mark.parametrize(
    ("first", "second"), [("'s-Gravenhage", "Bedorp"), ("'s-Gravenhage", "'s-Hertogenbosch"), ("'t Zand", "'t Zand")]
)
def test_name_with_an_apostrophe_is_told_where_it_opens_a_quote(first: str, second: str, scenario: Path) -> None:
    put("region.yaml", "name: Astad", f"name: {first}")
    put("region.yaml", "name: Bedorp", f"name: {second}")
    assert said() == f'region.yaml:4:11: a name that begins with an apostrophe needs quotes: "{first}"'


def test_apostrophe_in_a_list_is_told_at_the_first(scenario: Path) -> None:
    put("inventory.yaml", "members: [A1, B2]", "members: ['s-Gravenhage, 's-Hertogenbosch]")
    assert said().startswith("inventory.yaml:12:15: a name that begins with an apostrophe")


def test_double_quote_that_is_not_closed_is_told_where_it_opens(scenario: Path) -> None:
    put("region.yaml", "name: Astad", 'name: "Astad')
    assert said().startswith("region.yaml:4:11: found a quote that is not closed")


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f"])
def test_space_that_is_none_is_told_at_its_place(space: str, scenario: Path) -> None:
    put("region.yaml", "population: 60000", f"population:{space}60000")
    assert said().startswith("region.yaml:5:16: found ")
    assert f"(U+{ord(space):04X}), allowed: ordinary spaces" in said()


def test_indentation_with_spaces_that_are_none_is_told(scenario: Path) -> None:
    put("region.yaml", "    population: 20000", "\u00a0\u00a0\u00a0\u00a0population: 20000")
    assert said().startswith("region.yaml:11:1: found a non-breaking space")


def test_spaces_that_are_none_between_braces_are_told(scenario: Path) -> None:
    put("region.yaml", "{lon: 5.1,", "{lon:\u00a05.1,")
    assert said().startswith("region.yaml:6:20: found a non-breaking space")


@pytest.mark.parametrize("written", ["\u200b60000", "60000\u200b", "\u00a060000", "60\u200b000"])
def test_number_with_what_does_not_show_is_that_number(written: str, scenario: Path) -> None:
    put("region.yaml", "population: 60000", f"population: {written}")
    assert load(scenario).scenario.municipalities["A1"].population == 60000


@pytest.mark.parametrize("code", ["0034", "1e5", "0x1F", "true", "505"])
def test_reference_is_read_as_it_is_written(code: str, scenario: Path) -> None:
    for file in ("region.yaml", "inventory.yaml"):
        path = Path(file)
        path.write_text(path.read_text(encoding="utf-8").replace("A1", code), encoding="utf-8")
    put("scenario.yaml", "A1", code)
    assert code in load(scenario).scenario.partnerships["kantoor"].members


def test_null_in_a_list_is_a_key_and_elsewhere_takes_an_entry_out(scenario: Path) -> None:
    for file in ("region.yaml", "inventory.yaml", "scenario.yaml"):
        put(file, "[A1, B2]", "[A1, null]") if file != "scenario.yaml" else put(file, "B2", "null")
    put("region.yaml", "  B2:", "  null:")
    put("region.yaml", "[B2, C3]", "[null, C3]")
    put("inventory.yaml", "[A1, B2, C3]", "[A1, null, C3]")
    put("inventory.yaml", "[B2, C3]", "[null, C3]")
    put("inventory.yaml", "{ict: B2}", "{ict: C3}")
    put("inventory.yaml", "B2: 0.3", "null: 0.3")
    assert load(scenario).scenario.partnerships["kantoor"].members == ("A1", "null")


@pytest.mark.parametrize("written", ["505", "0505", "gm505", "'GM0505'"])
def test_a_code_of_statistics_netherlands_is_one_however_it_is_written(written: str, scenario: Path) -> None:
    put("region.yaml", "A1", "GM0505")
    for file in ("inventory.yaml", "scenario.yaml"):
        put(file, "A1", written)
    assert load(scenario).scenario.partnerships["diensten"].host == "GM0505"


def test_two_ways_to_write_one_code_are_refused(scenario: Path) -> None:
    put(
        "region.yaml",
        "  C3:",
        "  505:\n    name: X\n    population: 5\n  GM0505:\n    name: Y\n    population: 5\n  C3:",
    )
    assert "found the code 'GM0505', which is the code '505' written otherwise" in said()


def test_keys_are_found_whatever_their_case_and_what_does_not_show(scenario: Path) -> None:
    put("inventory.yaml", "members: [A1, B2]", "members: [a1, B2\u200b]")
    loaded = load(scenario, variant="LICHT", sets=["domains.ICT.weight=3", "municipalities.a1.autonomy=2"])
    assert loaded.scenario.variant == "licht"
    assert loaded.scenario.partnerships["kantoor"].members == ("A1", "B2")
    assert loaded.scenario.domains["ict"].weight == 3
    assert loaded.scenario.municipalities["A1"].autonomy == 2


def test_plan_and_judgements_find_keys_as_people_write_them(scenario: Path) -> None:
    found = load(scenario).scenario
    Path("plan.yaml").write_text(
        "partnerships:\n- {form: OL, members: [a1, b2], domains: [ICT\u200b]}\n", encoding="utf-8"
    )
    assert load_plan(Path("plan.yaml"), found).partnerships[0].members == ("A1", "B2")
    Path("judged.yaml").write_text("domains: {swing: {ICT: 100, Wmo: 50}}\n", encoding="utf-8")
    judged = load_elicitation(Path("judged.yaml"), found)
    assert judged.domains is not None
    assert set(judged.domains.swing) == {"ict", "wmo"}


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.10"])
def test_every_version_of_yaml_1_is_read(version: str, scenario: Path) -> None:
    text = Path("region.yaml").read_text(encoding="utf-8")
    Path("region.yaml").write_text(f"%YAML {version}\n---\n{text}", encoding="utf-8")
    assert load(scenario).scenario.municipalities["A1"].population == 60000


def test_yaml_2_is_refused_at_its_line(scenario: Path) -> None:
    text = Path("region.yaml").read_text(encoding="utf-8")
    Path("region.yaml").write_text(f"%YAML 2.0\n---\n{text}", encoding="utf-8")
    assert said().startswith("region.yaml:1:1: not valid YAML")


def test_anchor_that_is_set_twice_is_refused_without_a_warning(scenario: Path) -> None:
    put("region.yaml", "name: Astad", "name: &a Astad")
    put("region.yaml", "name: Bedorp", "name: &a Bedorp")
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        assert said() == "region.yaml:10:11: found the anchor &a twice (first on line 4), allowed: once"
    assert not raised


def test_a_name_that_two_have_is_a_doubt_and_reports_show_the_code(scenario: Path) -> None:
    put("region.yaml", "name: Bedorp", "name: astad")
    put("inventory.yaml", "name: Diensten bij Astad", "name: Belastingkantoor")
    loaded = load(scenario)
    told = [str(warning) for warning in loaded.warnings]
    assert told == [
        "region.yaml:10:11: municipalities.B2.name: found 'astad', which is the name of A1 too; "
        "reports show the code behind it",
        "inventory.yaml:18:11: partnerships.diensten.name: found 'Belastingkantoor', which is the name of kantoor too",
    ]
    naming = Naming(loaded.scenario, Words("nl"))
    assert naming.municipality("A1") == "Astad (A1)"
    assert naming.municipality("C3") == "Cehuizen"


def test_empty_section_says_how_much_it_needs(scenario: Path) -> None:
    put("region.yaml", "municipalities:", "municipalities: {}\nx:")
    assert "found an empty mapping, allowed: a mapping with at least 1 entry" in said()


def test_a_place_that_is_swapped_or_elsewhere_is_a_doubt(scenario: Path) -> None:
    assert not load(scenario).warnings
    told = [
        str(load(scenario, sets=[f"municipalities.A1.location={{lon: {lon}, lat: {lat}}}"]).warnings[0])
        for lon, lat in ((51.5, 3.6), (-5.1, 52.1))
    ]
    assert "fit the Netherlands only when swapped" in told[0]
    assert "outside the Netherlands (3.2 to 7.3 east, 50.7 to 53.6 north)" in told[1]
