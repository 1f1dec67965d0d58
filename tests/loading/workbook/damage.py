"""Ways in which people damage a workbook (that of Leerstad); `said.yaml` has what regie-opt then says."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook

Damage = Callable[[Workbook], object]


CASES: dict[str, Damage] = {}


def case(damage: Damage) -> Damage:
    CASES[damage.__name__] = damage
    return damage


def put(sheet: str, cell: str, value: Any) -> Damage:
    def damage(workbook: Workbook) -> None:
        workbook[sheet][cell] = value

    return damage


def cell_case(name: str, sheet: str, cell: str, value: Any) -> None:
    CASES[name] = put(sheet, cell, value)


cell_case("text_in_a_number", "Gemeenten", "D7", "veel")
cell_case("negative_population", "Gemeenten", "D7", -5)
cell_case("half_an_inhabitant", "Gemeenten", "D7", 9000.5)
cell_case("population_left_out", "Gemeenten", "D7", None)
cell_case("date_in_a_number", "Gemeenten", "G7", datetime(2026, 5, 12))
cell_case("time_in_a_number", "Gemeenten", "G7", time(12, 30))
cell_case("nan_as_text", "Gemeenten", "G7", "NaN")
cell_case("dash_for_nothing", "Gemeenten", "G7", "-")
cell_case("ambiguous_number", "Gemeenten", "G7", "1.250")
cell_case("truth_in_a_number", "Gemeenten", "G7", True)
cell_case("formula", "Gemeenten", "D7", "=D6*2")
cell_case("error_cell", "Gemeenten", "D7", "#REF!")
cell_case("duplicate_code", "Gemeenten", "B7", "noordwolde")
cell_case("code_with_a_space", "Gemeenten", "B7", "veen kerk")
cell_case("neither_yes_nor_no", "Gemeenten", "I7", "soms")
cell_case("latitude_of_another_planet", "Gemeenten", "F7", 525.0)
cell_case("longitude_alone", "Gemeenten", "F7", None)
cell_case("unknown_form", "Inventaris", "D6", "Openbaar lichaam van collega's")
cell_case("unknown_domain", "Inventaris", "E7", "Afvl")
cell_case("one_unknown_domain_of_two", "Inventaris", "E7", "Afval; Belastinge")
cell_case("domain_that_is_not_in_use", "Inventaris", "E7", "Jeugd")
cell_case("unknown_host", "Inventaris", "F6", "Leerdam")
cell_case("host_that_is_no_member", "Inventaris", "F6", "Rietdam (verzonnen)")
cell_case("number_in_a_date", "Inventaris", "L6", 2015)
cell_case("thirteenth_month", "Inventaris", "L6", "1-13-2015")
cell_case("shares_that_do_not_add_up", "Inventaris", "N6", "leerstad: 0,5; veenkerk: 0,6")
cell_case("shares_without_colon", "Inventaris", "N6", "leerstad 50%")
cell_case("partnership_without_name", "Inventaris", "C7", None)
cell_case("date_in_a_text", "Inventaris", "C7", datetime(2026, 5, 12))
cell_case("unknown_mark", "Deelname", "C6", "?")
cell_case("municipality_across_that_nobody_knows", "Deelname", "C2", "Noordwoude (verzonnen)")
cell_case("municipality_across_twice", "Deelname", "C2", "Rietdam (verzonnen)")
cell_case("partnership_that_is_not_in_the_inventory", "Deelname", "B6", "Afvalschap Noordwolde")
cell_case("partnership_twice_in_membership", "Deelname", "B6", "Klantentafel burgerzaken")
cell_case("half_a_pair", "Relaties", "C6", None)
cell_case("pair_with_itself", "Relaties", "C6", "noordwolde")
cell_case("trust_above_one", "Relaties", "D6", 8)
cell_case("euro_in_words", "Uitgaven", "C5", "ca. 1 miljoen")
cell_case("domain_weight_in_text", "Domeinen", "E4", "hoog")
cell_case("unknown_domain_row", "Domeinen", "B4", "belasting")
cell_case("unknown_criterion", "Gewichten", "B4", "drukte")
cell_case("unknown_kind_of_rule", "Regels", "C5", "Aaneengeslote")
cell_case("number_for_a_rule_without_one", "Regels", "D5", 4)
cell_case("rule_without_its_number", "Regels", "D6", None)
cell_case("change_of_a_variant_that_is_not_there", "Wijzigingen", "B6", "zwaar")
cell_case("path_that_does_not_exist", "Wijzigingen", "C6", "criteria.burdn.weight")
cell_case("value_that_is_no_yaml", "Wijzigingen", "D6", "{a: ")
cell_case("name_left_out", "Begin", "C10", None)
cell_case("unknown_model", "Begin", "C12", "nll")
cell_case("item_renamed", "Begin", "B10", "Naam scenario")
cell_case("mark_in_the_first_column", "Gemeenten", "A7", "let op")
cell_case("heading_renamed", "Gemeenten", "D2", "Inwonertal")
cell_case("heading_twice", "Gemeenten", "E2", "Inwoners")
cell_case("heading_removed", "Gemeenten", "D2", None)
cell_case("value_beside_the_table", "Gemeenten", "R7", "klopt dit?")


@case
def renamed_sheet(workbook: Workbook) -> None:
    workbook["Gemeenten"].title = "Gemeentes"


@case
def renamed_optional_sheet(workbook: Workbook) -> None:
    workbook["Relaties"].title = "Relatie"


@case
def sheet_twice(workbook: Workbook) -> None:
    workbook.copy_worksheet(workbook["Relaties"])


@case
def sheet_of_ones_own(workbook: Workbook) -> None:
    workbook.create_sheet("Kladblok")["B2"] = "bellen met Rietdam"


@case
def missing_sheet(workbook: Workbook) -> None:
    del workbook["Inventaris"]


@case
def empty_workbook(workbook: Workbook) -> None:
    for title in workbook.sheetnames:
        del workbook[title]
    workbook.create_sheet("Blad1")


@case
def headings_removed(workbook: Workbook) -> None:
    workbook["Gemeenten"].delete_rows(1, 5)


@case
def no_municipality(workbook: Workbook) -> None:
    workbook["Gemeenten"].delete_rows(6, 5)
    for sheet in ("Inventaris", "Deelname", "Relaties", "Grenzen", "Uitgaven", "Formatie", "Motieven"):
        workbook[sheet].delete_rows(3, 50)
    workbook["Motieven per domein"].delete_rows(3, 50)
    workbook["Deelname"].delete_cols(3, 10)


@case
def merged_cells(workbook: Workbook) -> None:
    workbook["Gemeenten"].merge_cells("J7:J9")


@case
def column_removed(workbook: Workbook) -> None:
    workbook["Gemeenten"].delete_cols(4)


@case
def same_name_twice(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title != "Gemeenten" and cell.value == "Veenkerk (verzonnen)":
                    cell.value = "veenkerk"
    workbook["Inventaris"]["N6"] = "leerstad: 0; veenkerk: 1"
    workbook["Gemeenten"]["C7"] = "Rietdam (verzonnen)"


@case
def partnership_without_members(workbook: Workbook) -> None:
    workbook["Deelname"].delete_rows(6)
