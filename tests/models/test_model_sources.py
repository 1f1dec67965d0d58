import re

import pytest

from regie_opt.schema.parameters import CRITERIA

from .conftest import NL, read

KEY = re.compile(r"\b(?:S\d+|C_[A-Z0-9]+)\b")

SECTIONS = ("motives", "trust", "wants", "burden", "money", "insight")


def quantities(thing):
    return [
        name
        for name, info in type(thing).model_fields.items()
        if isinstance(info.json_schema_extra, dict) and "unit" in info.json_schema_extra
    ]


def test_every_number_cites_a_source_or_says_assumption(sourced):
    for name, thing in sourced.items():
        for parameter in quantities(thing):
            text = thing.sources.get(parameter, thing.sources.get("*", ""))
            assert KEY.search(text) or "assumption" in text or "Iv3 definition" in text, f"{name}.{parameter}"


def test_no_catch_all_hides_numbers_that_are_neither_assumed_nor_estimated(sourced):
    for name, thing in sourced.items():
        assert re.search("assumption|estimated", thing.sources.get("*", "assumption")), name


def test_every_cited_source_is_listed_and_every_listed_one_is_cited(sourced, bibliography):
    texts = [text for thing in sourced.values() for text in thing.sources.values()]
    cited = {key for text in texts for key in KEY.findall(text)}
    comments = (NL / "forms.yaml").read_text(encoding="utf-8")  # legal columns are sourced in comments
    cited |= set(KEY.findall(comments))
    cited |= {key for text in bibliography.values() for key in KEY.findall(text)}  # what was computed rests on them
    assert cited == set(bibliography)


def test_every_criterion_has_a_default_weight():
    assert set(read("criteria.yaml").criteria) == set(CRITERIA)


@pytest.mark.parametrize("name", sorted(path.name for path in NL.glob("*.yaml")))
def test_every_file_names_its_schema_first(name):
    first = (NL / name).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/model.schema.json"


@pytest.mark.parametrize(
    "name",
    ["domains.yaml", "forms.yaml", "criteria.yaml", "parameters.yaml", "insight.yaml", "uncertainty.yaml"],
)
def test_the_header_of_a_file_gives_the_unit_of_every_parameter_in_it(name):
    lines = (NL / name).read_text(encoding="utf-8").splitlines()
    header = "\n".join(line for line in lines if line.startswith("#"))
    model = read(name)
    sections = [getattr(model, section) for section in ("domains", "forms", "criteria", "uncertainty")]
    things = [thing for section in sections for thing in section.values()]
    things += [getattr(model, section) for section in SECTIONS if getattr(model, section) is not None]
    named = {parameter for thing in things for parameter in quantities(thing)}
    assert [p for p in sorted(named) if p not in header and not p.startswith("calendar_")] == []
