"""The rows between the headings and the data of a sheet: units, notes, and an example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regie_opt.loading.workbook.headings import EXAMPLE, EXPLANATION, UNIT
from regie_opt.loading.workbook.kinds import Book, Language
from regie_opt.loading.workbook.layout import Column, Sheet, both
from regie_opt.schema.strict import Label

HEADING = 2
"""Row of the headings."""
NEEDED = both("Nodig.", "Needed.")


def asides(sheet: Sheet, book: Book, across: int) -> Iterator[tuple[Label, list[Any]]]:
    """Yield what each row says of itself, and its cells: fixed columns, then as many as the grid has `across`."""
    units: list[Any] = [_text(column.unit, book.language) for column in sheet.all_columns]
    notes: list[Any] = [_note(sheet, column, book.language) for column in sheet.all_columns]
    examples: list[Any] = [_example(column, book) for column in sheet.all_columns]
    grid = sheet.across
    if grid is not None:
        if grid.is_list:
            notes[0], units[0] = None, grid.unit.in_language(book.language)
        else:
            units += [grid.unit.in_language(book.language)] * across
        examples += grid.example[:across]
    for label, values in ((UNIT, units), (EXPLANATION, notes), (EXAMPLE, examples)):
        if any(value is not None for value in values):
            yield label, values


def first_row(sheet: Sheet, book: Book) -> int:
    """Row of the first entry."""
    return HEADING + 1 + sum(1 for _ in asides(sheet, book, 1))


def _text(label: Label | None, language: Language) -> str | None:
    return None if label is None else label.in_language(language)


def _note(sheet: Sheet, column: Column, language: Language) -> str | None:
    """A column's note, after the word that it may not be empty; a sheet with a row for every entry needs no word."""
    parts = [NEEDED] if column.required and sheet.all_of is None else []
    parts += [column.note] if column.note is not None else []
    return " ".join(part.in_language(language) for part in parts) or None


def _example(column: Column, book: Book) -> Any:
    """A value as it is written; a text for people as it stands."""
    if isinstance(column.example, Label):
        return column.example.in_language(book.language)
    return None if column.example is None else column.kind.written(column.example, book)
