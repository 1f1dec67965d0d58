"""A sheet without its looks: the cells under each heading, with the place to name in a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regie_opt.loading.workbook.kinds import Found
from regie_opt.loading.workbook.layout import Sheet


@dataclass(frozen=True)
class Cell:
    """What a cell holds, None where it is empty, and where it is."""

    value: Found | None
    at: str = ""
    is_told: bool = False
    """Whether something is wrong with it that has been told."""


@dataclass(frozen=True)
class Row:
    """The cells of a row: by the number of the sheet's column, and by the number of the heading across."""

    fixed: Mapping[int, Cell]
    across: Mapping[int, Cell]


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold something."""

    sheet: Sheet
    rows: tuple[Row, ...] = ()
    headings: tuple[Cell, ...] = ()
    """Names across, for a grid."""
    at: str = ""
