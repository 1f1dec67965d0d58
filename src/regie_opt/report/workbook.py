"""Sections as an Excel workbook: the texts on the first sheet, every table on one of its own."""

import math
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from regie_opt.loading.workbook import look
from regie_opt.loading.workbook.writing import put, saved
from regie_opt.report.numbers import Language
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import Words

TEXT_WIDTH = 110
"""Characters of the column with text on the first sheet."""
WIDEST, NARROWEST = 48, 9
"""Characters of a column of a table."""
HEADER = 3
"""Row of a table's headers; its title is the first row."""
LONGEST_TITLE = 31
"""Characters of a sheet's name in Excel."""
RESERVED = "history"
"""A name that Excel keeps for itself."""
LONGEST_TEXT = 32_767
"""Characters of a cell in Excel."""
_PLAIN = Font(name="Calibri", size=11)
_BOLD = Font(name="Calibri", size=11, bold=True)
_TOTAL = Border(top=Side(style="thin", color=look.BLUE))
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def report_workbook(sections: Iterable[Section], language: Language) -> bytes:
    """The workbook as a file; numbers are numbers in full, and no text is ever a formula."""
    sections = tuple(sections)
    words = Words(language)
    workbook = Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    names = _Names()
    first.title = names.of(words("xlsx.texts"))
    _draw_texts(first, [section for section in sections if isinstance(section, Text)])
    for section in sections:
        if isinstance(section, Table):
            _draw_table(workbook.create_sheet(names.of(section.title)), section)
    return saved(workbook)


class _Names:
    """Gives sheets names that Excel takes, each another."""

    def __init__(self) -> None:
        self._taken = {RESERVED}

    def of(self, title: str) -> str:
        """A name as near to a title as can be."""
        wanted = " ".join(_FORBIDDEN.sub(" ", _clean(title)).split()).strip("'")[:LONGEST_TITLE].rstrip(" '") or "-"
        name, number = wanted, 1
        while name.casefold() in self._taken:
            number += 1
            tail = f" {number}"
            name = f"{wanted[: LONGEST_TITLE - len(tail)].rstrip()}{tail}"
        self._taken.add(name.casefold())
        return name


def _draw_texts(sheet: Worksheet, texts: Sequence[Text]) -> None:
    sheet.column_dimensions["A"].width = TEXT_WIDTH
    sheet.sheet_view.showGridLines = False
    row = 1
    for text in texts:
        put(sheet, row, 1, _clean(text.title), font=look.TITLE if text.chapter else _BOLD, alignment=look.WRAPPED)
        for line in text.lines:
            row += 1
            said = _clean(f"• {line}" if text.bullets else line)
            put(sheet, row, 1, said, font=_PLAIN, alignment=look.WRAPPED)
            sheet.row_dimensions[row].height = look.row_height({said: TEXT_WIDTH})
        row += 2
    _page(sheet)


def _draw_table(sheet: Worksheet, table: Table) -> None:
    put(sheet, 1, 1, _clean(table.title), font=look.TITLE)
    headers = [" ".join(header.split("\n")) for header in table.headers]
    widths = [_width(table, column) for column in range(len(headers))]
    for column, (header, width) in enumerate(zip(headers, widths, strict=True), start=1):
        style = {"font": look.HEADING, "fill": look.HEADING_FILL, "alignment": look.MIDDLE}
        put(sheet, HEADER, column, _clean(header), **style)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEADER].height = look.row_height(dict(zip(headers, widths, strict=True)))
    for number, cells in enumerate(table.rows):
        at = HEADER + 1 + number
        total = number >= len(table.rows) - table.footers
        for column, cell in enumerate(cells, start=1):
            _draw_cell(sheet, at, column, cell, total=total)
        texts = {cell: width for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)}
        sheet.row_dimensions[at].height = look.row_height(texts)
    for number, note in enumerate(table.notes):
        put(sheet, HEADER + len(table.rows) + 2 + number, 1, _clean(note), font=look.ASIDE)
    sheet.freeze_panes = f"B{HEADER + 1}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    _page(sheet)


def _draw_cell(sheet: Worksheet, row: int, column: int, cell: Cell, *, total: bool) -> None:
    if isinstance(cell, str):
        if cell:
            put(sheet, row, column, _clean(cell), font=_BOLD if total else _PLAIN, alignment=look.WRAPPED)
    elif math.isfinite(cell.value):
        bold = total or cell.best
        shown = number_format(cell)
        put(sheet, row, column, cell.value, font=_BOLD if bold else _PLAIN, alignment=look.TOP, number_format=shown)
        if cell.best:
            sheet.cell(row, column).fill = look.ASIDE_FILL
    if total:
        sheet.cell(row, column).border = _TOTAL


def number_format(cell: Quantity) -> str:
    """How Excel writes a number: the reader's own separators, a sign where asked, a mark before the best."""
    plain = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
    mark = '"* "' if cell.best else ""
    return f"{mark}+{plain};{mark}-{plain};{mark}{plain}" if cell.signed else f"{mark}{plain}"


def _width(table: Table, column: int) -> int:
    texts = [line for row in table.rows if isinstance(cell := row[column], str) for line in cell.split("\n")]
    longest = max(map(len, texts), default=0)
    words = max((len(word) for word in table.headers[column].split()), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, words + 2))


def _page(sheet: Worksheet) -> None:
    """How it prints: lying, as wide as the paper."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _clean(text: str) -> str:
    """A text that a cell can hold: ordinary spaces, no control characters, not too long."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", text.replace("\u00a0", " "))[:LONGEST_TEXT]
