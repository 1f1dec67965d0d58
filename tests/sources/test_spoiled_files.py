"""Official files as spreadsheets and joined downloads spoil them: read as they are meant, or refused at their place.

Each of these was once read without a word, and gave a municipality of 50 inhabitants, one that spends nothing, or one
in the Indian Ocean.
"""

import json
import re
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML

from regie_opt.loading import InputError
from regie_opt.sources import Judgements, build, read_country, select
from regie_opt.sources.checking import taken_from
from sources import small

DAY = date(2026, 5, 16)
ROWS = [(code, name, people) for code, (name, people, _) in small.PLACES.items()]


@pytest.fixture
def municipalities(tmp_path):
    """What an import makes of files of which some were changed; the reasons of its findings beside it."""

    def imported(**changed: str) -> tuple[dict[str, Any], set[str]]:
        files = small.write(tmp_path, **changed)
        read = read_country(files)
        built = build(read, select(read, f"codes={','.join(small.PLACES)}", DAY), Judgements(), DAY)
        region = YAML(typ="safe", pure=True).load(built.files["region.yaml"])
        return region["municipalities"], {finding.reason for finding in built.findings}

    return imported


@pytest.fixture
def refusal(municipalities, tmp_path):
    """What an import refuses, its place without the folder."""

    def refused(**changed: str) -> str:
        with pytest.raises(InputError) as told:
            municipalities(**changed)
        return "\n".join(f"{one.where.removeprefix(f'{tmp_path}/')}: {one.message}" for one in told.value.problems)

    return refused


def table(heading: str, *rows: str) -> str:
    return "\n".join([heading, *rows]) + "\n"


def inhabitants(heading: str, row: str) -> str:
    """A file of inhabitants with columns of one's own; `row` has {code}, {name} and {people}."""
    return table(heading, *(row.format(code=c, name=n, people=p, number=int(c[2:])) for c, n, p in ROWS))


@pytest.mark.parametrize("mark", [".", ",", " ", "\u00a0"])
def test_thousands_are_read_as_thousands(municipalities, mark):
    with_marks = re.sub(r"(\d{2})(\d{3})\n", rf"\1{mark}\2\n", small.population())
    assert f"50{mark}167" in with_marks
    amounts = re.sub(r"(\d+)(\d{3})\n", rf"\1{mark}\2\n", small.iv3())
    assert amounts != small.iv3()
    assert municipalities(population=with_marks, iv3=amounts) == municipalities()


@pytest.mark.parametrize("written", ["50'167", "50.16", "50,1", "50 16", "5 0167"])
def test_a_number_that_may_be_two_is_refused_at_its_cell(refusal, written):
    told = refusal(population=small.population().replace("50167", written))
    assert re.match(r"population\.txt:4:\d+: TotaleBevolking_1: found '", told)
    assert written in told


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Regio;Totale bevolkingsgroei;Totale bevolking", "{code};18;{people}"),
        ("Regio;Inwonersklasse;Inwoners", "{code};5;{people}"),
        ("Regio;Totale bevolking (%);Totale bevolking", "{code};28;{people}"),
        ("Gemeente;Inwoners mannen;Aantal inwoners", "{name};9000;{people}"),
        ("Gemeenten;Inwonertal", "{name};{people}"),
        ("Gemeentecode;Inwonertal", "{number};{people}"),
        ("Gemeentecode;Bevolking per 1 januari 2025", "{number:04d};{people}"),
    ],
)
def test_the_column_of_inhabitants_is_found_by_its_whole_heading(municipalities, heading, row):
    found, _ = municipalities(population=inhabitants(heading, row))
    assert {code: place["population"] for code, place in found.items()} == {c: people for c, _, people in ROWS}


def test_the_report_of_an_import_says_which_columns_were_taken(tmp_path):
    text = inhabitants("Regio;Totale bevolkingsgroei;Totale bevolking", "{code};18;{people}")
    taken = {one.reason: dict(one.details) for one in taken_from(read_country(small.write(tmp_path, population=text)))}
    assert taken["inhabitants_column"]["column"] == "Totale bevolking"
    assert taken["spending_column"]["column"] == "k_2ePlaatsing_2"


@pytest.mark.parametrize(
    ("heading", "row", "said"),
    [
        ("Gemeente;Inwoneraantal van regio", "{name};381000", "a column of inhabitants"),
        ("Gemeente;Aantal inwoners;Inwoners", "{name};{people};9000", "more than one column of inhabitants"),
        ("Gemeente;Inwoners (x 1 000)", "{name};50", "not in 'x 1 000'"),
        ("Gemeente;Inwoners per km2", "{name};500", "a column of inhabitants"),
    ],
)
def test_a_column_that_is_not_surely_of_inhabitants_is_refused(refusal, heading, row, said):
    told = refusal(population=inhabitants(heading, row))
    assert told.startswith("population.txt:1: ")
    assert said in told


def test_a_number_that_three_have_is_doubted(municipalities):
    _, told = municipalities(population=inhabitants("Gemeente;Inwoners", "{name};381000"))
    assert "same_inhabitants" in told


@pytest.mark.parametrize("written", [r";\1,\2", r";\2-jan", r";\1.\g<2>0", r";jan-\2"])
def test_task_fields_that_a_spreadsheet_changed_are_refused(refusal, written):
    changed = re.sub(r";(\d)\.(\d+)", written, small.iv3())
    told = refusal(iv3=changed)
    assert told.startswith("iv3.txt:2:3: TaakveldBalanspost: found ")
    assert "was the file saved by a spreadsheet?" in told


def test_pages_that_were_joined_twice_are_refused(refusal):
    text = small.iv3()
    rows = text.partition("\n")[2]
    told = refusal(iv3=text + rows)
    assert re.match(r"iv3\.txt:\d+:\d+: found GM0654, 0\.61, L1\.1, 2023X005 twice, allowed: once", told)
    one = rows.splitlines(keepends=True)[5]
    assert "twice, allowed: once" in refusal(iv3=text + one)


def moved(change, features: range) -> str:
    """The boundaries with the coordinates of some features changed."""
    boundaries = json.loads(small.boundaries())
    for n in features:
        geometry = boundaries["features"][n]["geometry"]
        geometry["coordinates"] = [[change(*point) for point in ring] for ring in geometry["coordinates"]]
    return json.dumps(boundaries)


@pytest.mark.parametrize(
    ("change", "features", "said"),
    [
        (lambda lon, lat: [lat, lon], range(4), "found latitude before longitude (51.3, 3.6)"),
        (lambda lon, lat: [lat, lon], range(2, 3), "found latitude before longitude (51.5, 3.6)"),
        (lambda lon, lat: [lon * 1e4, lat * 8e3], range(4), "allowed: degrees (WGS84, EPSG:4326)"),
    ],
)
def test_coordinates_that_are_no_degrees_of_longitude_and_latitude_are_refused(refusal, change, features, said):
    told = refusal(boundaries=moved(change, features))
    assert told.startswith("boundaries.txt:1:")
    assert said in told


def test_a_place_outside_the_netherlands_is_doubted(municipalities):
    _, told = municipalities(boundaries=moved(lambda lon, lat: [lon + 10, lat], range(4)))
    assert "wide" in told
