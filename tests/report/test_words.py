import re
from pathlib import Path
from string import Formatter

import pytest

import regie_opt.report
from regie_opt.report.assessment import ROLES
from regie_opt.report.plan import ORIGINS
from regie_opt.report.words import WORDS, Words
from regie_opt.schema.overview import KINDS
from regie_opt.worth.value import UNITS


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_with_the_same_places(key):
    label = WORDS[key]
    assert label.nl.strip()
    assert label.en.strip()
    assert places(label.nl) == places(label.en)


def test_every_word_that_the_reports_ask_for_exists():
    asked = set()
    folders = [Path(regie_opt.report.__file__).parent, Path(regie_opt.report.__file__).parents[1] / "cli"]
    for source in (path for folder in folders for path in folder.glob("*.py")):
        found = re.findall(r"words(?:\.counted)?\(\s*\"([a-z_.]+)\"", source.read_text(encoding="utf-8"))
        asked.update(found)
    assert asked
    assert asked <= WORDS.keys()


def test_every_origin_role_month_and_unit_has_words():
    for origin in ORIGINS:
        assert f"count.{origin}" in WORDS
        assert f"change.{origin}" in WORDS
    assert all(role in WORDS for role in ROLES)
    assert all(f"month.{number}" in WORDS for number in range(1, 13))
    assert all(f"unit.{unit}" in WORDS for unit in UNITS.values())


def test_every_kind_of_finding_has_a_heading_and_a_reason():
    for kind in KINDS:
        assert f"kind.{kind}" in WORDS
        assert any(key.startswith(f"why.{kind}") for key in WORDS)


def test_an_unknown_term_of_the_engine_stays_as_it_is():
    assert Words("nl").term("unit", "furlongs") == "furlongs"
