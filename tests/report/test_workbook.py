import io
import subprocess
import sys
import zipfile

import pytest
from openpyxl import load_workbook

from regie_opt.report.document import solution_report
from regie_opt.report.table import Quantity, Table, Text
from regie_opt.report.workbook import report_workbook

EVIL = ("=1+1", "+31 10", "-5", "@sum", '=HYPERLINK("http://x")', "\t=1", "gewoon")
TABLE = Table(
    "Criteria: nu en [voorstel] in 2026",
    ("Naam", "Uren\nnu", "Verschil", "Leeg"),
    (
        ("=1+1", Quantity(1234.5678, 1), Quantity(-3.21, 2, signed=True), Quantity(float("nan"))),
        ("b\u00a0· c", Quantity(5, 0, best=True), Quantity(0.1, 4, signed=True, best=True), ""),
        ("Totaal", Quantity(1239.5678), Quantity(-3.11, 2), ""),
    ),
    ("Noot.",),
    footers=1,
)
TEXT = Text("Regio", ("Eerste regel.", "=2+2"), chapter=True)


def read(*sections):
    return load_workbook(io.BytesIO(report_workbook(sections, "nl")))


def test_texts_are_on_the_first_sheet_and_every_table_has_its_own():
    book = read(TEXT, TABLE, Text("Kort", ("punt",), bullets=True))
    assert book.sheetnames == ["Verslag", "Criteria nu en voorstel in 2026"]
    texts = [cell.value for cell in book["Verslag"]["A"] if cell.value]
    assert texts == ["Regio", "Eerste regel.", "=2+2", "Kort", "• punt"]


def test_numbers_are_numbers_in_full_with_the_decimals_of_the_report():
    sheet = read(TABLE).worksheets[1]
    assert [cell.value for cell in sheet[3]] == ["Naam", "Uren nu", "Verschil", "Leeg"]
    assert [cell.value for cell in sheet[4]] == ["=1+1", 1234.5678, -3.21, None]
    assert [cell.data_type for cell in sheet[4]][:3] == ["s", "n", "n"]
    assert sheet["B4"].number_format == "#,##0.0"
    assert sheet["C4"].number_format == "+#,##0.00;-#,##0.00;#,##0.00"
    assert sheet["A8"].value == "Noot."


def test_the_best_is_marked_by_sign_and_weight_and_stays_a_number():
    sheet = read(TABLE).worksheets[1]
    assert sheet["B5"].value == 5
    assert sheet["B5"].number_format == '"* "#,##0'
    assert sheet["B5"].font.bold
    assert not sheet["B4"].font.bold
    assert sheet["C5"].number_format == '"* "+#,##0.0000;"* "-#,##0.0000;"* "#,##0.0000'


def test_headers_stay_in_sight_and_columns_are_wide_enough():
    sheet = read(TABLE).worksheets[1]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width >= len("Totaal")
    assert sheet["B6"].font.bold
    assert sheet["B6"].border.top.style == "thin"


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(text):
    table = Table(text, (text,), ((text,),), (text,))
    raw = report_workbook([Text(text, (text,)), table], "en")
    for sheet in load_workbook(io.BytesIO(raw)).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type == "s" for cell in row if cell.value is not None)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_sheet_names_are_short_distinct_and_allowed():
    long = "Samenwerkingsverbanden in alle plannen van de regio"
    titles = [long, long.upper(), "a/b\\c?*[d]:e", "Verslag", "'", "History"]
    book = read(*(Table(title, ("x",), ()) for title in titles))
    names = [name.casefold() for name in book.sheetnames]
    assert len(set(names)) == len(titles) + 1
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in names


def test_control_characters_and_endless_texts_are_taken_in():
    sheet = read(Table("T", ("x",), (("a\x07b",), ("c" * 40000,)))).worksheets[1]
    assert sheet["A4"].value == "a b"
    assert len(sheet["A5"].value) == 32767


def test_a_whole_report_goes_in_and_gives_the_same_bytes_under_any_hash_seed(scenario, solution, tmp_path):
    sections = solution_report(scenario, solution, "nl")
    raw = report_workbook(sections, "nl")
    assert raw == report_workbook(sections, "nl")
    book = load_workbook(io.BytesIO(raw))
    tables = [section for section in sections if isinstance(section, Table)]
    assert len(book.worksheets) == 1 + len(tables)
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=3 + len(table.rows))]
        expected = [
            [c.value if isinstance(c, Quantity) else c.replace("\u00a0", " ") or None for c in row]
            for row in table.rows
        ]
        for found, wanted in zip(values, expected, strict=True):
            pairs = zip(found, wanted, strict=True)
            assert all(f == pytest.approx(w, rel=1e-12) if isinstance(w, float) else f == w for f, w in pairs)


def test_bytes_do_not_depend_on_the_process():
    code = (
        "import sys; from regie_opt.report.workbook import report_workbook as w; from regie_opt.report.table import *;"
        "sys.stdout.buffer.write(w([Table('T', ('x', 'y'), (('a', Quantity(1.5, 1)),))], 'nl'))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert load_workbook(io.BytesIO(runs[0])).worksheets[1]["B4"].value == 1.5
