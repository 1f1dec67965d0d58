"""From tables to a workbook file: headings, units, notes, an example row, drop-downs; the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from regie_opt.loading.csv_text import FORMULA_STARTS
from regie_opt.loading.workbook import look
from regie_opt.loading.workbook.asides import HEADING, asides
from regie_opt.loading.workbook.headings import EXPLANATION, ITEM, ROW, VALUE
from regie_opt.loading.workbook.kinds import Book, Choice, Code, Date, Kind, Mark, Number, Text
from regie_opt.loading.workbook.layout import Sheet, both
from regie_opt.loading.workbook.lists import Lists
from regie_opt.loading.workbook.sheets_scenario import COMMANDS, STEPS
from regie_opt.loading.workbook.table import Cell, Row, Table

_CREATED = datetime(2026, 1, 1)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_ACROSS_WIDTH = {True: 5, False: 17}
"""Characters of a column of a grid: of marks, of figures."""
_PAGE_WIDTH = 240
"""Characters that a page that lies shows in letters that can be read."""
CHOOSE = both("Kies een gemeente of domein uit de lijst.", "Choose a municipality or domain from the list.")
"""What a heading of a grid says when it is chosen."""
EMPTY_HEADINGS = 24
"""Headings of a grid that can be chosen from a list where there are none yet."""


def workbook_bytes(tables: Sequence[Table], book: Book, file: str) -> bytes:
    """Return the workbook with these tables; `file` is the name it will have."""
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    lists = Lists(book)
    for table in tables:
        worksheet = workbook.create_sheet(table.sheet.title.in_language(book.language))
        (_Upright if table.sheet.upright else _Drawing)(worksheet, table, book, lists, file).draw()
    lists.draw(workbook)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """Return a workbook as a file, the same bytes every time."""
    workbook.properties.creator = "regie-opt"
    workbook.properties.created = _CREATED
    out = io.BytesIO()
    workbook.save(out)
    return _same_every_time(out.getvalue())


def _same_every_time(raw: bytes) -> bytes:
    """Take the time of writing out of a workbook file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            contents = made.read(name)
            if name == "docProps/core.xml":
                created = f"{_CREATED.isoformat()}Z".encode()
                contents = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + created, contents)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, contents)
    return out.getvalue()


def put(worksheet: Worksheet, row: int, column: int, value: Any, **styles: Any) -> None:
    """Write a value; text stays text, also where it looks like a formula."""
    cell = worksheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    look.styled(cell, **styles)


def put_rows(worksheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows from the top; text stays text."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            put(worksheet, number, column, value)


class _Drawing:
    """Draws one table on its worksheet."""

    HEADING = HEADING
    """Row of the headings; units, notes and the example follow."""

    def __init__(self, worksheet: Worksheet, table: Table, book: Book, lists: Lists, file: str) -> None:
        self.worksheet = worksheet
        self.table = table
        self.sheet: Sheet = table.sheet
        self.book = book
        self.lists = lists
        self.file = file
        self.first = 2  # column of the first fixed heading
        self.first_across = self.first + len(self.sheet.all_columns)

    def draw(self) -> None:
        self.worksheet.sheet_properties.tabColor = look.tab_colour(self.sheet)
        self._put(1, 1, self.sheet.task.in_language(self.book.language), font=look.TASK)
        self._headings()
        below = self._asides()
        for number, row in enumerate(self.table.rows):
            self._row(below + number, row)
        self._drop_downs(below)
        self.worksheet.freeze_panes = f"{get_column_letter(self._frozen_column())}{self.HEADING + 1}"
        self.worksheet.sheet_view.zoomScale = 90
        self._page()

    def _frozen_column(self) -> int:
        """The first column that scrolls: keys stay in sight, and names where they come next."""
        return self.first + max(1, len(self.sheet.keys))

    def _page(self) -> None:
        """How it prints: lying, no smaller than can be read, with the headings on every page."""
        self.worksheet.page_setup.orientation = "landscape"
        self.worksheet.page_setup.paperSize = 9
        self.worksheet.page_setup.fitToHeight = 0
        self.worksheet.page_setup.fitToWidth = 1 + sum(width for _, width in self._widths()) // _PAGE_WIDTH
        self.worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.worksheet.print_title_rows = f"{self.HEADING}:{self.HEADING}"

    def _put(self, row: int, column: int, value: Any, **styles: Any) -> None:
        put(self.worksheet, row, column, value, **styles)

    def _widths(self) -> Iterator[tuple[int, int]]:
        yield 1, 11
        for number, column in enumerate(self.sheet.all_columns, self.first):
            yield number, column.width
        if self.sheet.across is not None:
            for number in range(max(len(self.table.headings), EMPTY_HEADINGS)):
                yield self.first_across + number, _ACROSS_WIDTH[self.sheet.across.is_list]

    def _headings(self) -> None:
        for number, width in self._widths():
            self.worksheet.column_dimensions[get_column_letter(number)].width = width
        style = {"font": look.HEADING, "fill": look.HEADING_FILL}
        self._put(self.HEADING, 1, ROW.in_language(self.book.language), alignment=look.MIDDLE, **style)
        for number, column in enumerate(self.sheet.all_columns, self.first):
            title = column.title.in_language(self.book.language)
            self._put(self.HEADING, number, title, alignment=look.MIDDLE, **style)
            self.worksheet.column_dimensions[get_column_letter(number)].number_format = number_format(column.kind)
        for number in range(self._across()):
            value = self.table.headings[number].value if number < len(self.table.headings) else None
            upwards = self.sheet.across is not None and self.sheet.across.is_list
            alignment = look.UPWARDS if upwards else look.MIDDLE
            self._put(self.HEADING, self.first_across + number, value, alignment=alignment, **style)
            letter = get_column_letter(self.first_across + number)
            if self.sheet.across is not None:
                self.worksheet.column_dimensions[letter].number_format = number_format(self.sheet.across.kind)
        tall = self.sheet.across is not None and self.sheet.across.is_list
        self.worksheet.row_dimensions[self.HEADING].height = 130 if tall else 46

    def _across(self) -> int:
        """Number of headings across, with empty ones to choose where there are none."""
        if self.sheet.across is None:
            return 0
        return len(self.table.headings) or EMPTY_HEADINGS

    def _asides(self) -> int:
        """Write the rows with units, notes and an example; return the row below them."""
        row = self.HEADING
        for label, values in asides(self.sheet, self.book, self._across()):
            row += 1
            self._aside(row, label.in_language(self.book.language), values)
        return row + 1

    def _aside(self, row: int, name: str, values: Sequence[Any]) -> None:
        style = {"font": look.ASIDE, "fill": look.ASIDE_FILL, "alignment": look.WRAPPED, "border": look.LINE}
        texts = {}
        for number, value in enumerate((name, *values), 1):
            kinds = [column.kind for column in self.sheet.all_columns]
            shown = number_format(kinds[number - 2]) if 0 <= number - 2 < len(kinds) else "General"
            self._put(row, number, value, number_format=shown, **style)
            width = self.worksheet.column_dimensions[get_column_letter(number)].width
            texts[f"{value or ''}"] = int(width * 1.1)
        self.worksheet.row_dimensions[row].height = look.row_height(texts)

    def _row(self, at: int, row: Row) -> None:
        for number, column in enumerate(self.sheet.all_columns):
            self._data(at, self.first + number, row.fixed.get(number, Cell(None)), column.kind)
        if self.sheet.across is not None:
            for number, cell in row.across.items():
                self._data(at, self.first_across + number, cell, self.sheet.across.kind)
        texts = {
            cell.value: self.sheet.all_columns[number].width
            for number, cell in row.fixed.items()
            if isinstance(cell.value, str)
        }
        height = look.row_height(texts)
        if height > look.LINE_HEIGHT:
            self.worksheet.row_dimensions[at].height = height

    def _data(self, row: int, column: int, cell: Cell, kind: Kind) -> None:
        if cell.value is None:
            return
        self._put(row, column, cell.value, number_format=number_format(kind))
        if isinstance(kind, Mark | Choice) and kind.choices in {"marks", "yes_no"}:
            self.worksheet.cell(row, column).alignment = look.CENTRED
        else:
            self.worksheet.cell(row, column).alignment = look.WRAPPED if isinstance(cell.value, str) else look.TOP

    def _drop_downs(self, below: int) -> None:
        last = max(look.LAST_ROW, below + len(self.table.rows) + 200)
        for number, column in enumerate(self.sheet.all_columns, self.first):
            letter = get_column_letter(number)
            self._drop_down(column.kind, f"{letter}{below}:{letter}{last}")
        if self.sheet.across is None:
            return
        first, end = (get_column_letter(self.first_across + n) for n in (0, self._across() - 1))
        self._drop_down(self.sheet.across.kind, f"{first}{below}:{end}{last}")
        names = self.lists.drop_down(self.sheet.across.section, strict=False)
        names.prompt = CHOOSE.in_language(self.book.language)
        names.showInputMessage = True
        names.add(f"{first}{self.HEADING}:{end}{self.HEADING}")
        self.worksheet.add_data_validation(names)

    def _drop_down(self, kind: Kind, cells: str) -> None:
        if kind.choices is not None:
            validation = self.lists.drop_down(kind.choices, strict=isinstance(kind, Choice))
            validation.add(cells)
            self.worksheet.add_data_validation(validation)


class _Upright(_Drawing):
    """Draws the first sheet: what to do, and a few values below each other."""

    HEADING = 4 + len(STEPS)

    def draw(self) -> None:
        language = self.book.language
        self.worksheet.sheet_properties.tabColor = look.tab_colour(self.sheet)
        for letter, width in (("A", 3), ("B", 30), ("C", 70), ("D", 46)):
            self.worksheet.column_dimensions[letter].width = width
        self._put(1, 2, self.sheet.task.in_language(language), font=look.TITLE)
        self.worksheet.row_dimensions[1].height = 24
        for number, text in enumerate(
            (*(step.in_language(language) for step in STEPS), COMMANDS.format(file=self.file)), 2
        ):
            self._put(number, 2, text)
        headings = (
            ITEM.in_language(language),
            VALUE.in_language(language),
            EXPLANATION.in_language(language).capitalize(),
        )
        for number, text in enumerate(headings, 2):
            self._put(self.HEADING, number, text, font=look.HEADING, fill=look.HEADING_FILL)
        row = self.table.rows[0] if self.table.rows else Row({}, {})
        for number, column in enumerate(self.sheet.columns):
            at = self.HEADING + 1 + number
            self._put(at, 2, column.title.in_language(language), alignment=look.WRAPPED)
            self._put(at, 3, row.fixed.get(number, Cell(None)).value, alignment=look.WRAPPED, fill=look.ASIDE_FILL)
            note = column.note.in_language(language) if column.note else None
            self._put(at, 4, note, font=look.ASIDE, alignment=look.WRAPPED)
            text = str(row.fixed.get(number, Cell(None)).value or "")
            self.worksheet.row_dimensions[at].height = look.row_height({text: 70}, least=18)
        self.worksheet.sheet_view.showGridLines = False
        self.worksheet.freeze_panes = None
        self._page()


def number_format(kind: Kind) -> str:
    """Return the format of cells of a kind: codes are text, so that 0505 keeps its nought."""
    match kind:
        case Number():
            return kind.format
        case Date():
            return "yyyy-mm-dd"
        case Code() | Text():
            return "@"
        case _:
            return "General"
