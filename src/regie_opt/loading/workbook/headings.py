"""One sheet as people left it: its headings, and the rows under them that hold something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from regie_opt.loading.problems import Problem, hint
from regie_opt.loading.workbook.kinds import Found, Language
from regie_opt.loading.workbook.layout import Sheet, both
from regie_opt.loading.workbook.table import Cell, Row, Table
from regie_opt.schema.strict import Label
from regie_opt.schema.text import folded, forbidden, is_blank, tidy

ROW = both("Rij", "Row")
"""Heading of the first column, which says which rows are not data."""
UNIT, EXPLANATION, EXAMPLE = both("eenheid", "unit"), both("uitleg", "note"), both("voorbeeld", "example")
"""What it says of them."""
ITEM, VALUE = both("Onderdeel", "Item"), both("Waarde", "Value")
"""Headings of a sheet that stands upright."""
HEADINGS_WITHIN = 20
"""Rows from the top in which the headings must stand."""


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Page:
    """A worksheet that is read as one of the sheets."""

    def __init__(self, worksheet: Worksheet, sheet: Sheet, at: str, language: Language) -> None:
        self.sheet = sheet
        self.at = at
        self.language = language
        self.problems: list[Problem] = []
        """What keeps the sheet from being read."""
        self.in_cells: list[Problem] = []
        """What is wrong with single cells."""
        self.merged = worksheet.merged_cells.ranges
        # The cells that the file holds: going by rows would make one for each of a million coloured rows.
        cells = [cell for _, cell in sorted(worksheet._cells.items()) if isinstance(cell, ExcelCell)]
        self.rows: dict[int, dict[int, ExcelCell]] = {}
        for cell in cells:
            if holds_something(cell.value):
                self.rows.setdefault(cell.row, {})[cell.column] = cell

    def table(self) -> Table:
        """Return what the sheet holds."""
        titles = [ITEM, VALUE] if self.sheet.upright else [column.title for column in self.sheet.all_columns]
        row = self._heading_row(titles)
        if row is None:
            listed = ", ".join(title.in_language(self.language) for title in titles)
            self._told(self.at, f"found no row with headings, allowed: the headings {listed} above the rows")
            return Table(self.sheet, at=self.at)
        places, across = self._headings(row, titles)
        self._refuse_merged(row, max((*places.values(), *across), default=1))
        marks = places.pop(-1, None)
        if self.sheet.upright:
            return Table(self.sheet, (self._upright(row, places),) if len(places) == 2 else (), at=self.at)
        rows = tuple(self._data(row, places, across, marks))
        return Table(self.sheet, rows, tuple(self._cell(row, place) for place in across), self.at)

    def _told(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, (), message))

    def _where(self, row: int, column: int) -> str:
        return f"{self.at}, cell {get_column_letter(column)}{row}"

    def _heading_row(self, titles: list[Label]) -> int | None:
        known = {folded(text) for title in (ROW, *titles) for text in (title.nl, title.en)}
        counts = {
            row: sum(folded(cell.value) in known for cell in cells.values())
            for row, cells in self.rows.items()
            if row <= HEADINGS_WITHIN
        }
        best = max(counts.values(), default=0)
        return next(row for row, count in counts.items() if count == best) if best else None

    def _headings(self, row: int, titles: list[Label]) -> tuple[dict[int, int], list[int]]:
        """Return the place of each title (the first column is -1), and the places of names across."""
        by_text = {folded(text): -1 for text in (ROW.nl, ROW.en)}
        by_text |= {folded(text): n for n, title in enumerate(titles) for text in (title.nl, title.en)}
        places: dict[int, int] = {}
        others: list[int] = []
        for place, cell in self.rows[row].items():
            number = by_text.get(folded(cell.value))
            if number is None or (number in places and self.sheet.across is not None):  # a name may be like a title
                others.append(place)
            elif number in places:
                first = get_column_letter(places[number])
                self._told(self._where(row, place), f"found the heading '{cell.value}' twice (first in column {first})")
            else:
                places[number] = place
        if self.sheet.across is not None or self.sheet.upright:
            self._refuse_missing(row, titles, places)
            return places, [] if self.sheet.upright else others
        absent = [title.in_language(self.language) for n, title in enumerate(titles) if n not in places]
        for place in others:
            text = str(self.rows[row][place].value)[:60]
            allowed = ", ".join(title.in_language(self.language) for title in titles)
            self._told(self._where(row, place), f"unknown heading '{text}'{hint(text, absent)}; allowed: {allowed}")
        if not others:
            self._refuse_missing(row, titles, places)
        return places, []

    def _refuse_missing(self, row: int, titles: list[Label], places: Mapping[int, int]) -> None:
        for number, title in enumerate(titles):
            needed = self.sheet.upright or self.sheet.all_columns[number].required
            if needed and number not in places:
                heading = title.in_language(self.language)
                self._told(f"{self.at}, row {row}", f"found no heading '{heading}', allowed: one above its column")

    def _refuse_merged(self, row: int, last: int) -> None:
        for merged in self.merged:
            if merged.max_row >= row and merged.min_col <= last:
                message = f"found the merged cells {merged.coord}, allowed: a value in each cell (undo the merge)"
                self._told(self._where(merged.min_row, merged.min_col), message)

    def _upright(self, row: int, places: Mapping[int, int]) -> Row:
        by_text = {
            folded(text): number
            for number, column in enumerate(self.sheet.columns)
            for text in (column.title.nl, column.title.en)
        }
        fixed: dict[int, Cell] = {}
        for below in (number for number in self.rows if number > row):
            name, has_value = self.rows[below].get(places[0]), places[1] in self.rows[below]
            if name is None and not has_value:
                continue
            number = by_text.get(folded(name.value)) if name is not None else None
            if number is None or number in fixed:
                titles = [column.title.in_language(self.language) for column in self.sheet.columns]
                text = "nothing" if name is None else f"'{str(name.value)[:60]}'"
                near = hint(name.value, titles) if name is not None else ""
                self._told(
                    self._where(below, places[0]), f"found {text}{near}; allowed: {', '.join(titles)}, each once"
                )
            else:
                fixed[number] = self._cell(below, places[1])
        return Row(fixed, {})

    def _data(self, row: int, places: Mapping[int, int], across: list[int], marks: int | None) -> Iterator[Row]:
        named = {*places.values(), *across, *(() if marks is None else (marks,))}
        told: set[int] = set()
        for below in (number for number in self.rows if number > row):
            cells = self.rows[below]
            if marks in cells and self._is_aside(below, cells[marks]):
                continue
            for place in sorted(cells.keys() - named - told):
                told.add(place)
                message = "found a value in a column without a heading, allowed: none"
                self.in_cells.append(Problem(self._where(below, place), (), message))
            fixed = {number: self._cell(below, place) for number, place in places.items()}
            yield Row(fixed, {n: self._cell(below, place) for n, place in enumerate(across) if place in cells})

    def _is_aside(self, row: int, mark: ExcelCell) -> bool:
        """Whether a row is one with units, notes or an example."""
        aside = (UNIT, EXPLANATION, EXAMPLE)
        if folded(mark.value) in {text for label in aside for text in (label.nl, label.en)}:
            return True
        allowed = ", ".join(label.in_language(self.language) for label in aside)
        message = f"found '{str(mark.value)[:60]}', allowed: nothing, or for a row that is not to be read: {allowed}"
        self.in_cells.append(Problem(self._where(row, mark.column), (), message))
        return False

    def _cell(self, row: int, column: int) -> Cell:
        at = self._where(row, column)
        cell = self.rows.get(row, {}).get(column)
        if cell is None:
            return Cell(None, at)
        wrong = _wrong(cell)
        if wrong is not None:
            self.in_cells.append(Problem(at, (), wrong))
            return Cell(None, at, is_told=True)
        return Cell(_value(cell.value), at)


def holds_something(value: object) -> bool:
    """Whether a cell shows anything."""
    return value is not None and not (isinstance(value, str) and is_blank(in_plain_text(value)))


def in_plain_text(text: str) -> str:
    """Return the text of a cell, in which Excel writes some characters as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def odd_character(value: object) -> str | None:
    """Say which character of a cell no text may hold."""
    found = forbidden(in_plain_text(value)) if isinstance(value, str) else None
    return None if found is None else f"found {found}, allowed: printable text (type it again)"


def _wrong(cell: ExcelCell) -> str | None:
    """Say what keeps the contents of a cell from being a value."""
    if (odd := odd_character(cell.value)) is not None:
        return odd
    if cell.data_type == "f":
        text = str(getattr(cell.value, "text", cell.value))[:60]
        return f"found the formula '{text}', allowed: a value (copy the cell and paste it as a value)"
    if cell.data_type == "e":
        return f"found the error {cell.value}, allowed: a value, or an empty cell"
    if isinstance(cell.value, time | timedelta):
        return f"found the time {cell.value}, allowed: a number or text (make the cell a number, type it again)"
    return None


def _value(value: object) -> Found:
    if isinstance(value, str):
        return tidy(in_plain_text(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    return value if isinstance(value, bool | int | float | datetime) else str(value)
