"""What the cells of a sheet say of the scenario: a value at a path, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from regie_opt.loading.document import Node, Origin
from regie_opt.loading.problems import Path, Problem
from regie_opt.loading.workbook.growing import Fact, as_node
from regie_opt.loading.workbook.kinds import Book, Kind
from regie_opt.loading.workbook.layout import Across, Column
from regie_opt.loading.workbook.names import OutOfUse, Refused, UnknownName
from regie_opt.loading.workbook.sheets_scenario import RULE_KINDS
from regie_opt.loading.workbook.table import Cell, Row, Table
from regie_opt.loading.workbook.tree import NOTHING, found_at, same


class Reading:
    """Reads a table; what cannot be read is in `problems`."""

    def __init__(self, table: Table, book: Book, model: Any) -> None:
        self.table = table
        self.sheet = table.sheet
        self.book = book
        self.model = model
        self.problems: list[Problem] = []
        self.unknown: list[Problem] = []
        """Names that nothing has."""
        self.missing: list[tuple[Path, Problem]] = []
        """Empty cells that need a value, with its path: the last sheet may give it."""
        self.names_are_whole = True
        """Whether the keys and names in the first two columns could be read."""

    def facts(self) -> Iterator[Fact]:
        """Yield what the cells say, in their order."""
        headings = list(self._headings()) if self.sheet.across is not None else []
        seen: dict[Path, Cell] = {}
        for number, row in enumerate(self.table.rows):
            entry = self._entry(row, number)
            if entry is None:
                continue
            key_cells = [row.fixed[n] for n in range(len(self.sheet.keys)) if n in row.fixed]
            last_key = key_cells[-1] if key_cells else Cell(None)
            if entry and entry in seen:
                first = seen[entry].at.rpartition(" ")[2]
                self._told(last_key.at, f"found '{last_key.value}' twice (first in cell {first}), allowed: once")
                self.names_are_whole = False
                continue
            seen[entry] = last_key
            if self.sheet.across is not None:
                yield from self._across(row, entry, headings, self.sheet.across)
            else:
                yield from self._columns(row, entry, last_key)

    def _told(self, at: str, message: str) -> None:
        self.problems.append(Problem(at, (), message))

    def _read(self, kind: Kind, cell: Cell) -> Any:
        """Return the value of a cell, NOTHING where it cannot be read."""
        assert cell.value is not None
        try:
            return kind.read(cell.value, self.book)
        except UnknownName as refusal:
            self.unknown.append(Problem(cell.at, (), str(refusal)))
        except Refused as refusal:
            self._told(cell.at, str(refusal))
        return NOTHING

    def _entry(self, row: Row, number: int) -> Path | None:
        """Return the path of the row's entry, None where a key is missing or cannot be read."""
        path: list[str | int] = []
        is_whole, column_number = True, 0
        for part in self.sheet.where:
            if not isinstance(part, Column):
                path.append(number if part == "#" else part)
                continue
            cell = row.fixed.get(column_number, Cell(None, self.table.at))
            column_number += 1
            if cell.value is None:
                self._missing(part, cell)
                is_whole = False
            elif (key := self._read(part.kind, cell)) is NOTHING:
                is_whole = False
            else:
                path += key if isinstance(key, tuple) else (str(key),)
        self.names_are_whole = self.names_are_whole and is_whole
        return tuple(path) if is_whole else None

    def _missing(self, column: Column, cell: Cell, path: Path = ()) -> None:
        if cell.is_told:
            return
        title = column.title.in_language(self.book.language)
        unit = f" ({column.unit.in_language(self.book.language)})" if column.unit is not None else ""
        message = f"found nothing, allowed: a value for {title}{unit}"
        self.missing.append((path, Problem(cell.at, (), message)))

    def _columns(self, row: Row, entry: Path, key: Cell) -> Iterator[Fact]:
        columns = [(column, row.fixed.get(n)) for n, column in enumerate(self.sheet.columns, len(self.sheet.keys))]
        given = [(column, cell) for column, cell in columns if cell is not None]
        for column, cell in given:
            if column.removes and cell.value is not None and self._read(column.kind, cell) is False:
                yield Fact(entry, None, cell.at, key.at, len(entry))
                return
        is_value = any(not column.path and not column.by_kind and not column.removes for column, _ in columns)
        if entry and not is_value and self.sheet.all_of is None:
            at = key.at or next((cell.at for _, cell in given), "")
            yield Fact(entry, {}, at)
        for column, cell in given:
            if cell.value is None:
                if column.required:
                    self._missing(column, cell, (*entry, *column.path_in(self.book.language)))
                    self.names_are_whole = self.names_are_whole and column.path != ("name",)
            elif not column.removes and (fact := self._fact(column, cell, entry, row)) is not None:
                yield replace(fact, key_at=key.at, depth=len(entry))

    def _fact(self, column: Column, cell: Cell, entry: Path, row: Row) -> Fact | None:
        if (value := self._read(column.kind, cell)) is NOTHING:
            self.names_are_whole = self.names_are_whole and column.path != ("name",)
            return None
        path = (*entry, *column.path_in(self.book.language))
        if column.by_kind:
            kind = self._rule_kind(row)
            if kind not in column.by_kind:
                self._no_such_value(column, cell, kind)
                return None
            path = (*entry, column.by_kind[kind])
        if column.prefilled and same(found_at(self.model, path), value):
            return None
        return Fact(path, value, cell.at)

    def _rule_kind(self, row: Row) -> str:
        for number, column in enumerate(self.sheet.all_columns):
            if column.kind is RULE_KINDS and (cell := row.fixed.get(number)) is not None and cell.value is not None:
                try:
                    return str(RULE_KINDS.read(cell.value, self.book))
                except Refused:
                    return ""
        return ""

    def _no_such_value(self, column: Column, cell: Cell, kind: str) -> None:
        if kind:  # without one the kind itself is told
            label = RULE_KINDS.options[kind].in_language(self.book.language)
            title = column.title.in_language(self.book.language)
            self._told(cell.at, f"found '{cell.value}', allowed: nothing (a rule '{label}' has no {title})")

    def _headings(self) -> Iterator[str | OutOfUse | None]:
        """Yield the keys that the headings across stand for; one out of use is refused where it has a value."""
        assert self.sheet.across is not None
        names = self.book.names[self.sheet.across.section]
        seen: dict[str, Cell] = {}
        for cell in self.table.headings:
            try:
                key = names.key(str(cell.value))
            except OutOfUse as refusal:
                yield refusal
                continue
            except UnknownName as refusal:
                self.unknown.append(Problem(cell.at, (), str(refusal)))
                yield None
                continue
            if key in seen:
                first = seen[key].at.rpartition(" ")[2]
                self._told(cell.at, f"found '{cell.value}' twice (first in cell {first}), allowed: once")
            seen.setdefault(key, cell)
            yield key

    def _across(self, row: Row, entry: Path, headings: list[str | OutOfUse | None], across: Across) -> Iterator[Fact]:
        marked: list[tuple[float, str, str]] = []
        for number, cell in row.across.items():
            key = headings[number]
            if isinstance(key, OutOfUse):
                self._told(cell.at, str(key))
            if not isinstance(key, str) or cell.value is None:
                continue
            if (value := self._read(across.kind, cell)) is NOTHING:
                continue
            if across.is_list:
                marked.append((float("inf") if value is None else float(value), key, cell.at))
            else:
                yield Fact((*entry, key), value, cell.at)
        if marked:
            marked.sort(key=lambda mark: mark[0])
            members = tuple(as_node(key, at) for _, key, at in marked)
            origin = Origin(marked[0][2])
            yield Fact(entry, Node(members, origin, origin), marked[0][2])


def with_keys(table: Table) -> Table:
    """Give the rows without a key one that is made from another column, where that is allowed."""
    titles = [column.title for column in table.sheet.all_columns]
    column = table.sheet.keys[0] if table.sheet.keys else None
    if column is None or column.made_from is None:
        return table
    source = titles.index(column.made_from)
    taken = {str(row.fixed[0].value) for row in table.rows if 0 in row.fixed and row.fixed[0].value is not None}
    rows = []
    for row in table.rows:
        key, name = row.fixed.get(0, Cell(None)), row.fixed.get(source, Cell(None))
        if key.value is None and name.value is not None:
            made = key_from(str(name.value), taken)
            taken.add(made)
            row = replace(row, fixed={**row.fixed, 0: Cell(made, key.at or name.at)})
        rows.append(row)
    return replace(table, rows=tuple(rows))


def key_from(name: str, taken: Collection[str]) -> str:
    """Make a key of a name: plain letters and digits, and not one that is taken."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    bare = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:56].strip("-") or "verband"
    number, key = 1, bare
    while key in taken:
        number += 1
        key = f"{bare}-{number}"
    return key


def labels_in(table: Table, book: Book) -> Mapping[str, str]:
    """Return the names in a table's second column by the keys in its first, as far as they can be read."""
    labels = {}
    for row in table.rows:
        key, label = row.fixed.get(0, Cell(None)).value, row.fixed.get(1, Cell(None)).value
        if key is not None:
            with suppress(Refused):
                labels[str(table.sheet.keys[0].kind.read(key, book))] = "" if label is None else str(label)
    return labels
