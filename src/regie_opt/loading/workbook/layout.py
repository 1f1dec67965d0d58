"""The words in which the table of sheets is written: sheets, columns, and where in a scenario they belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from regie_opt.loading.problems import Path
from regie_opt.loading.workbook.kinds import Kind, Language
from regie_opt.schema.strict import Label

ITEM: Final = "#"
"""In a sheet's place: the number of the row, for a section that is a list."""

LANGUAGE: Final = "{language}"
"""In a column's path: the language of the workbook."""


def both(nl: str, en: str) -> Label:
    """Return a text in Dutch and English."""
    return Label(nl=nl, en=en)


@dataclass(frozen=True)
class Column:
    """A column with its heading, what it holds, and the path of its value within the row's entry."""

    title: Label
    kind: Kind
    path: Path = ()
    note: Label | None = None
    unit: Label | None = None
    example: object = None
    """A value for the example row, as the scenario holds it; a Label for what is written as it stands."""
    width: int = 14
    """Characters."""
    required: bool = False
    prefilled: bool = False
    """Whether it shows the model's value where the scenario says nothing; only another value is a change."""
    removes: bool = False
    """Whether `no` takes the row's entry out of the model."""
    by_kind: Mapping[str, str] = field(default_factory=dict)
    """For rules: under which key the value belongs, by the kind of rule."""
    made_from: Label | None = None
    """For a key that may be left out: the column from which it is made."""

    def path_in(self, language: Language) -> Path:
        """Return the path, in a workbook in this language."""
        return tuple(language if part == LANGUAGE else part for part in self.path)


@dataclass(frozen=True)
class Across:
    """Columns that have the names of a section for headings: a grid."""

    section: str
    kind: Kind
    unit: Label
    is_list: bool = False
    """Whether the headings that are marked are the value, and not the keys of values."""
    example: tuple[str | float | None, ...] = ()
    """Cells of the example row under the first headings, as they are written."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows are entries at a place of the scenario."""

    title: Label
    task: Label
    """What to do, in a line or two above the table."""
    where: tuple[str | Column, ...]
    """Path of a row's entry, with columns for the keys in it."""
    columns: tuple[Column, ...] = ()
    across: Across | None = None
    all_of: str | None = None
    """The section of which every entry has a row."""
    use: Literal["needed", "welcome", "model"] = "welcome"
    """Colour of the tab."""
    upright: bool = False
    """Whether every column is a row: one entry only."""

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns for keys."""
        return tuple(part for part in self.where if isinstance(part, Column))

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Columns with fixed headings, from left to right."""
        return (*self.keys, *self.columns)
