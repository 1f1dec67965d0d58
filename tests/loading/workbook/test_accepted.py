"""What people and Excel do to a workbook, and what is read all the same."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from regie_opt.loading import load
from regie_opt.loading.workbook import import_workbook
from regie_opt.schema.scenario import Scenario

from .conftest import SCENARIOS

Change = Callable[[Workbook], object]


@pytest.fixture
def read(changed: Callable[[Change], Path]) -> Callable[[Change], Scenario]:
    return lambda change: import_workbook(changed(change), Path("made"))[0].scenario


@pytest.fixture(scope="module")
def same() -> Scenario:
    return load(SCENARIOS / "leerstad" / "scenario.yaml").scenario


def test_hidden_rows_and_columns_count(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def hide(workbook: Workbook) -> None:
        workbook["Gemeenten"].row_dimensions[7].hidden = True
        workbook["Inventaris"].column_dimensions["S"].hidden = True
        workbook["Relaties"].sheet_state = "hidden"

    assert read(hide) == same


def test_blank_rows_between_and_moved_columns_and_sheets(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def move(workbook: Workbook) -> None:
        workbook["Gemeenten"].insert_rows(8, 3)
        workbook["Inventaris"].insert_rows(1, 2)
        workbook["Inventaris"].move_range("S4:S10", cols=2)
        workbook["Inventaris"].delete_cols(18)
        workbook.move_sheet("Deelname", -3)

    assert read(move) == same


def test_rows_of_help_may_be_deleted(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def delete(workbook: Workbook) -> None:
        workbook["Gemeenten"].delete_rows(3, 3)
        workbook["Gemeenten"].delete_rows(1)
        del workbook["Lijsten"]

    assert read(delete) == same


def test_empty_sheet_and_colours_down_to_the_last_row(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def colour(workbook: Workbook) -> None:
        workbook.create_sheet("Blad1")
        workbook["Gemeenten"]["B1048576"].number_format = "0.00"
        workbook["Gemeenten"]["XFD3"] = "   "

    assert read(colour) == same


def test_spaces_and_capitals(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def untidy(workbook: Workbook) -> None:
        workbook["Gemeenten"]["B7"] = " veenkerk "
        workbook["Gemeenten"]["C7"] = "Veenkerk (verzonnen)\u00a0"
        workbook["Gemeenten"]["D2"] = " INWONERS"
        workbook["Deelname"]["C2"] = "noordwolde  (Verzonnen)"
        workbook["Deelname"]["C6"] = "X "
        workbook["Gemeenten"].title = "gemeenten "
        workbook["Inventaris"]["I8"] = "JA"

    assert read(untidy) == same


def test_a_list_with_commas_and_keys_in_place_of_names(read: Callable[[Change], Scenario], same: Scenario) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Inventaris"]["E7"] = "Afval, burgerzaken"
        workbook["Inventaris"]["D7"] = "ol_college"

    assert read(put).partnerships["afvalschap"].domains == ("afval", "burgerzaken")


@pytest.mark.parametrize(
    ("written", "population"),
    [(" 12.345 ", 12345), ("12,345", 12345), ("1.234.567", 1234567), ("12 345", 12345), (12345.0, 12345)],
)
def test_inhabitants_as_text(read: Callable[[Change], Scenario], written: Any, population: int) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Gemeenten"]["D7"] = written

    assert read(put).municipalities["veenkerk"].population == population


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("€ 1.250.000", 1250000),
        ("0.345", 0.345),
    ],
)
def test_a_number_as_text(read: Callable[[Change], Scenario], written: Any, hours: float) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Gemeenten"]["G7"] = written

    assert read(put).municipalities["veenkerk"].board_hours == hours


def test_percentages_of_trust(read: Callable[[Change], Scenario]) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Relaties"]["D6"] = 0.5
        workbook["Relaties"]["D6"].number_format = "0%"
        workbook["Relaties"]["E6"] = "35 %"

    relation = read(put).relations[0]
    assert (relation.trust, relation.familiarity) == (0.5, 0.35)


def test_code_as_a_number_becomes_that_of_statistics_netherlands(read: Callable[[Change], Scenario]) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Gemeenten"].append([None, 505, "Dordrecht", 122847])
        workbook["Relaties"].append([None, 505, "leerstad", 0.5])
        workbook["Grenzen"].append([None, "GM0505", "leerstad", 3])

    scenario = read(put)
    assert scenario.municipalities["GM0505"].name == "Dordrecht"
    assert scenario.relations[-1].between == ("GM0505", "leerstad")


@pytest.mark.parametrize(("written", "day"), [("1-7-2015", date(2015, 7, 1)), ("2015-07-01", date(2015, 7, 1))])
def test_a_date_as_text(read: Callable[[Change], Scenario], written: str, day: date) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Inventaris"]["L7"] = written

    assert read(put).partnerships["afvalschap"].start == day


def test_key_is_made_from_the_name_where_there_is_none(read: Callable[[Change], Scenario]) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Inventaris"]["B7"] = None
        workbook["Inventaris"]["C7"] = "Crèche & Co., Noord"
        workbook["Deelname"]["B6"] = "Crèche & Co., Noord"

    assert list(read(put).partnerships) == ["ict-dienst", "creche-co-noord", "klantentafel"]


def test_very_long_text_is_kept(read: Callable[[Change], Scenario]) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Inventaris"]["S7"] = "lang " * 6000

    assert len(read(put).partnerships["afvalschap"].note or "") == 29_999


def test_figure_in_membership_gives_the_order(read: Callable[[Change], Scenario]) -> None:
    def put(workbook: Workbook) -> None:
        workbook["Deelname"]["C7"] = "2"
        workbook["Deelname"]["G7"] = 1

    members = read(put).partnerships["klantentafel"].members
    assert members == ("leerstad", "noordwolde", "veenkerk", "rietdam", "oosterhei")
