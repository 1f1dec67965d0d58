"""From a scenario's data to the tables of a workbook; what fits on no other sheet goes to the last, path by path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from regie_opt.loading.problems import Path
from regie_opt.loading.workbook.growing import Growing
from regie_opt.loading.workbook.importing import read_into
from regie_opt.loading.workbook.kinds import Book, CellValue, Kind, kept
from regie_opt.loading.workbook.layout import ITEM, Across, Column, Sheet
from regie_opt.loading.workbook.sheets import SHEETS
from regie_opt.loading.workbook.sheets_scenario import OTHER
from regie_opt.loading.workbook.table import Cell, Row, Table
from regie_opt.loading.workbook.tree import NOTHING, data_of, found_at, missing_from


class TooMuch(Exception):
    """A value that no cell can hold."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


def filled(data: Any, model: Any, book: Book) -> list[Table]:
    """Return the tables that say what the data says. Raises TooMuch."""
    tables = [_Filling(data, model, book, sheet).table() for sheet in SHEETS]
    rest = list(missing_from(_said(tables, model, book), data))
    tables = [_others(rest, book) if table.sheet is OTHER else table for table in tables]
    for path, _ in missing_from(_said(tables, model, book), data):
        raise TooMuch(path)
    return tables


def _said(tables: list[Table], model: Any, book: Book) -> Any:
    """Return the data that the tables say: they are read as a workbook is."""
    growing = Growing()
    read_into(growing, tables, book, model)
    return data_of(growing.tree())


def _others(rest: Sequence[tuple[Path, Any]], book: Book) -> Table:
    rows = []
    for path, value in rest:
        written = OTHER.columns[0].kind.written(value, book)
        if written is None:
            raise TooMuch(path)
        rows.append(Row({0: _cell(OTHER.keys[0].kind.written(path, book)), 1: _cell(written)}, {}))
    return Table(OTHER, tuple(rows))


@dataclass(frozen=True)
class _Filling:
    data: Any
    model: Any
    book: Book
    sheet: Sheet

    def table(self) -> Table:
        if self.sheet is OTHER:
            return Table(OTHER)
        across = self.sheet.across
        keys = tuple(self._names(across.section)) if across is not None else ()
        shown = self.book.names[across.section].shown if across is not None else str
        rows = tuple(self._row(entry, keys) for entry in self._entries())
        return Table(self.sheet, rows, tuple(Cell(shown(key)) for key in keys))

    def _names(self, section: str) -> Iterator[str]:
        """Yield the keys of a section: of the model first, then the scenario's own."""
        given, shipped = self.data.get(section, {}), self.model.get(section, {})
        for key in (*shipped, *(key for key in given if key not in shipped)):
            if self.sheet.across is None or given.get(key, {}) is not None:
                yield key

    def _entries(self) -> Iterator[Path]:
        """Yield the path of each row's entry."""
        if self.sheet.all_of is not None:
            for key in self._names(self.sheet.all_of):
                yield tuple(key if isinstance(part, Column) else part for part in self.sheet.where)
        else:
            yield from self._below((), self.sheet.where)

    def _below(self, path: Path, where: tuple[str | Column, ...]) -> Iterator[Path]:
        if not where:
            yield path
            return
        part, rest = where[0], where[1:]
        here = found_at(self.data, path)
        if isinstance(part, str) and part != ITEM:
            yield from self._below((*path, part), rest)
        elif isinstance(here, dict):
            for key in here:
                yield from self._below((*path, key), rest)
        elif isinstance(here, list):
            for number in range(len(here)):
                yield from self._below((*path, number), rest)

    def _row(self, entry: Path, across: tuple[str, ...]) -> Row:
        places = [n for n, part in enumerate(self.sheet.where) if isinstance(part, Column)]
        cells = [self._written(key, entry[place]) for key, place in zip(self._key_kinds(), places, strict=True)]
        cells += [self._value(column, entry) for column in self.sheet.columns]
        fixed = {number: _cell(value) for number, value in enumerate(cells)}
        marks = self._marks(entry, across, self.sheet.across) if self.sheet.across is not None else {}
        return Row(fixed, {number: _cell(value) for number, value in marks.items()})

    def _key_kinds(self) -> list[Kind]:
        return [column.kind for column in self.sheet.keys]

    def _written(self, kind: Kind, value: Any) -> CellValue:
        return kept(kind, value, self.book)

    def _value(self, column: Column, entry: Path) -> CellValue:
        given = found_at(self.data, entry)
        if column.removes:
            return self._written(column.kind, given is not None)
        path = column.path_in(self.book.language)
        if column.by_kind:
            field = column.by_kind.get(found_at(given, ("kind",)))
            path = (field,) if field is not None else ("",)
        value = found_at(given, path)
        if value is NOTHING and column.prefilled:
            value = found_at(self.model, (*entry, *path))
        return None if value is NOTHING else self._written(column.kind, value)

    def _marks(self, entry: Path, headings: tuple[str, ...], across: Across) -> dict[int, CellValue]:
        given = found_at(self.data, entry)
        if given is NOTHING:
            return {}
        if not across.is_list:
            values = {n: given[key] for n, key in enumerate(headings) if key in given}
            return {number: self._written(across.kind, value) for number, value in values.items()}
        numbers = [headings.index(key) for key in given]
        in_order = numbers == sorted(numbers)
        return {
            number: across.kind.written(None if in_order else place, self.book)
            for place, number in enumerate(numbers, 1)
        }


def _cell(value: CellValue) -> Cell:
    return Cell(datetime.combine(value, time.min) if isinstance(value, date) else value)
