"""A Dutch report tells the sources and units of the shipped rules of thumb in Dutch."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from regie_opt.report.source_words import DUTCH, UNITS, sourced, unit_of
from regie_opt.schema.insight import Insight

PACK = YAML(typ="safe").load(Path(__file__).parents[2] / "models" / "nl" / "insight.yaml")["insight"]
RULES = ("nested", "heavy", "poor", "excess", "thin_team", "scale_loss", "revealed", "unbalanced", "congruence")


def test_every_source_of_the_shipped_rules_has_dutch_and_no_other_text_has():
    assert set(DUTCH) == set(PACK["sources"].values())


@pytest.mark.parametrize("text", DUTCH)
def test_the_dutch_has_the_same_figures_and_sources(text):
    dutch = sourced(text, "nl")
    assert sourced(text, "en") == text
    assert "assumption" not in dutch
    keys = r"\bS\d+|C_\w+"
    assert re.findall(keys, dutch) == re.findall(keys, text)
    plain = re.sub(r"(\d),(\d{3})\b", r"\1\2", text)
    digits = [re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,]*", plain)]
    assert [re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,]*", dutch)] == digits


def test_every_unit_of_a_rule_that_a_finding_names_has_dutch():
    for rule in RULES:
        unit = Insight.model_fields[rule].json_schema_extra["unit"]
        assert unit_of(unit, "nl") == UNITS[unit]
        assert unit_of(unit, "en") == unit


def test_a_source_of_a_users_own_model_stays_as_it_is():
    assert sourced("S999 - my own", "nl") == "S999 - my own"
