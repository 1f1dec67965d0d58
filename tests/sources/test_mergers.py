"""The list of merged municipalities, against what other lists say of the same years."""

import re
from collections import defaultdict

import pytest

from regie_opt.loading.files import find_model
from regie_opt.sources.knowledge import read_knowledge
from sources.conftest import DATA
from sources.official_files import rows

COUNTED = {2016: 390, 2017: 388, 2018: 380, 2019: 355, 2020: 355, 2021: 352, 2022: 344, 2023: 342}
"""Municipalities on 1 January by CBS; 2022 after Weesp joined Amsterdam on 24 March."""

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


@pytest.fixture(scope="module")
def known():
    return read_knowledge().mergers


@pytest.fixture(scope="module")
def then():
    """Name by code, 2016."""
    return {row["code_2016"]: row["name_2016"] for row in rows(DATA, "regions_2016_original.csv")}


@pytest.fixture(scope="module")
def now():
    """Name by code, today."""
    return {row["code"]: row["name"] for row in rows(DATA, "gemeenten.csv")}


def test_every_municipality_of_2016_and_of_2021_is_followed_to_one_of_today(known, then, now):
    assert {code for code in then if known.today(code) not in now} == set(known.divided)
    of_2021 = {row["code_2021"] for row in rows(DATA, "kerncijfers_2021.csv")}
    assert {code for code in of_2021 if known.today(code) not in now} == set()
    assert set(known.mergers) | set(known.divided) == set(then) - set(now)


def test_the_names_beside_the_codes_are_those_of_then_and_of_today(known, then, now):
    text = (find_model("nl", DATA) / "official" / "mergers.yaml").read_text(encoding="utf-8")
    named = dict(re.findall(r"^  (GM\d{4}): .*# (.*)$", text, re.MULTILINE))
    for code in known.mergers:
        assert named[code] == f"{then[code]} -> {now[known.today(code)]}"


def test_each_year_leaves_as_many_municipalities_as_cbs_counts(known, then):
    formed = {}
    for merger in known.mergers.values():
        formed.setdefault(merger.into, merger.year)
    count = COUNTED[2016]
    for year in range(2017, 2024):
        gone = sum(merger.year == year for merger in known.mergers.values())
        gone += sum(f"({year})" in where for where in known.divided.values())
        count += sum(of == year and code not in then for code, of in formed.items()) - gone
        assert count == COUNTED[year], year


def test_inhabitants_of_2021_add_up_to_about_those_of_today(known):
    then = defaultdict(float)
    for row in rows(DATA, "kerncijfers_2021.csv"):
        then[known.today(row["code_2021"])] += float(row["population_2021"])
    for row in rows(DATA, "gemeenten.csv"):
        assert 0.97 < float(row["population"]) / then[row["code"]] < 1.16, row["name"]


def test_where_a_new_municipality_lies_is_where_one_of_its_predecessors_lay(known):
    """For divisions that had every municipality in 2016; overlay of today's polygons on the regions of then."""
    regions = defaultdict(set)
    members = defaultdict(set)
    for row in rows(DATA, "regions_2016_original.csv"):
        regions[known.today(row["code_2016"]), row["scheme"]].add(row["region"])
        members[row["scheme"]].add(row["code_2016"])
    complete = {scheme for scheme, codes in members.items() if len(codes) == COUNTED[2016]}
    seen = set()
    for row in rows(DATA, "regions_long.csv"):
        if row["method"].startswith("overlay") and row["vintage"] == "2016" and row["scheme"] in complete:
            assert row["region"] in regions[row["code"], row["scheme"]], row
            seen.add(row["code"])
    assert len(complete) >= 8
    assert len(seen) == 18
