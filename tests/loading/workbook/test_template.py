"""The empty workbook: can it be filled in by who has no manual?"""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from regie_opt.engine import Options, solve
from regie_opt.loading.workbook import import_workbook, write_template
from regie_opt.loading.workbook.sheets import SHEETS

WORDS = {"nl": ("Nodig.", "voorbeeld", "eenheid"), "en": ("Needed.", "example", "unit")}


@pytest.fixture(params=["nl", "en"])
def language(request):
    return request.param


@pytest.fixture
def workbook(language, tmp_path):
    write_template(tmp_path / "region.xlsx", language)
    return load_workbook(tmp_path / "region.xlsx")


def tables(language):
    return [(sheet, sheet.title.in_language(language)) for sheet in SHEETS if not sheet.upright]


def label_rows(worksheet):
    """Rows with units, notes and examples, by what their first cell says."""
    return {worksheet.cell(row, 1).value: row for row in range(3, 6) if worksheet.cell(row, 1).value}


def test_every_sheet_that_starts_empty_has_a_complete_example(workbook, language):
    _, example, _ = WORDS[language]
    for sheet, title in tables(language):
        worksheet = workbook[title]
        if any(column.prefilled for column in sheet.columns):
            continue  # domains and weights: the model's own rows are there already
        row = label_rows(worksheet)[example]
        for number, column in enumerate(sheet.all_columns, 2):
            if column.required:
                assert worksheet.cell(row, number).value is not None, (title, column.title)
        if sheet.across is not None:
            assert worksheet.cell(row, 2 + len(sheet.all_columns)).value is not None, title


def test_what_may_not_be_empty_says_so(workbook, language):
    needed, _, _ = WORDS[language]
    for sheet, title in tables(language):
        for number, column in enumerate(sheet.all_columns, 2):
            notes = [str(workbook[title].cell(row, number).value) for row in label_rows(workbook[title]).values()]
            assert any(note.startswith(needed) for note in notes) == (column.required and sheet.all_of is None), title


def test_a_list_of_names_from_another_sheet_begins_at_the_first_row_that_is_filled_in(workbook, language):
    """Else the first municipality, partnership or variant cannot be chosen."""
    lists = workbook.worksheets[-1].title
    seen = set()
    for worksheet in workbook.worksheets:
        for validation in worksheet.data_validations.dataValidation:
            name, first = re.fullmatch(r"'?(.+?)'?!\$[A-Z]+\$(\d+):.*", validation.formula1).groups()
            if name != lists:
                seen.add(name)
                assert int(first) == 1 + max(label_rows(workbook[name]).values()), (worksheet.title, name)
    assert len(seen) == 3


def test_as_a_person_fills_it_in_it_is_imported_and_solved(tmp_path, monkeypatch):
    """Numbers as text, a Dutch date, capitals, spaces, codes without GM, a comma for a decimal point."""
    monkeypatch.chdir(tmp_path)
    write_template(Path("mijn regio.xlsx"), "nl")
    workbook = load_workbook("mijn regio.xlsx")
    workbook["Begin"]["C10"] = "Land van Water"
    fill(workbook["Gemeenten"], 6, [
        (505, " Dordrecht ", 122847, 4.7, 51.78),
        ("GM0642", "Zwijndrecht", "45.123", 4.62, 51.82),
        ("GM0523", "Hardinxveld-Giessendam", 18500, "4,84", "51,83"),
        (590, "Papendrecht", 33000),
    ])  # fmt: skip
    fill(workbook["Inventaris"], 6, [
        (None, "Afvaldienst", "Openbaar lichaam van colleges", "Afval", None, None, None, None, None, None, "1-7-2015"),
        (None, "Sociale dienst", "centrumregeling", "Werk en inkomen; Jeugd", "Dordrecht", None, "Nee"),
        (None, "Tafel economie", "Netwerk of overlegtafel", "Economie en regionale ontwikkeling", *[None] * 3, "Ja"),
    ])  # fmt: skip
    workbook["Deelname"]["B5"], workbook["Deelname"]["B6"] = "Afvaldienst", "Sociale dienst"
    workbook["Deelname"]["B7"] = "tafel economie"
    names = ("Dordrecht", "Zwijndrecht", "Hardinxveld-Giessendam", "Papendrecht")
    for column, (name, marks) in enumerate(zip(names, ("xXx", "x x", "xxx", "  X"), strict=True), 3):
        workbook["Deelname"].cell(2, column, name)
        for row, mark in enumerate(marks, 5):
            workbook["Deelname"].cell(row, column, mark.strip() or None)
    fill(workbook["Relaties"], 6, [("Dordrecht", "Zwijndrecht", "0,8")])
    workbook.save("mijn regio.xlsx")

    loaded, *_ = import_workbook(tmp_path / "mijn regio.xlsx", tmp_path / "mijn-regio")
    scenario = loaded.scenario
    assert {c: p.population for c, p in scenario.municipalities.items()} == {
        "GM0505": 122847, "GM0642": 45123, "GM0523": 18500, "GM0590": 33000,
    }  # fmt: skip
    assert scenario.municipalities["GM0523"].location.lon == 4.84
    members = {p.name: len(p.members) for p in scenario.partnerships.values()}
    assert members == {"Afvaldienst": 3, "Sociale dienst": 2, "Tafel economie": 4}
    assert scenario.partnerships["afvaldienst"].start.isoformat() == "2015-07-01"
    assert scenario.partnerships["tafel-economie"].beside
    assert scenario.relations[0].trust == 0.8
    outcome = solve(scenario, loaded.base, Options())
    assert outcome.certificate.status == "optimal"


def fill(worksheet, first, rows):
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row, 2):
            if value is not None:
                worksheet.cell(number, column, value)
