"""How a workbook looks: fonts, colours, widths, and the drop-downs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from regie_opt.loading.workbook.layout import Sheet

BLUE, PALE, GREY = "1F4E79", "EAF1F8", "6B6B6B"
TABS: Mapping[str, str] = {"needed": "2E7D32", "welcome": "9CC3E6", "model": "BFBFBF"}
"""Colour of a sheet's tab: what is needed, what is welcome, what is for the model."""

TITLE = Font(name="Calibri", size=14, bold=True, color=BLUE)
TASK = Font(name="Calibri", size=11, color=BLUE)
HEADING = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor=BLUE)
ASIDE = Font(name="Calibri", size=9, italic=True, color=GREY)
ASIDE_FILL = PatternFill("solid", fgColor=PALE)
LINE = Border(bottom=Side(style="thin", color=BLUE))
WRAPPED = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment(wrap_text=True, vertical="center")
TOP = Alignment(vertical="top")
CENTRED = Alignment(horizontal="center", vertical="top")
UPWARDS = Alignment(text_rotation=90, horizontal="center", vertical="bottom", wrap_text=True)

LINE_HEIGHT = 15.0
"""Points of a row with one line."""
HIGHEST = 409
"""Points that a row can be high in Excel."""
LAST_ROW = 1000
"""Rows that have a drop-down."""


def styled(cell: Any, **styles: Any) -> None:
    """Give a cell its looks."""
    for name, style in styles.items():
        setattr(cell, name, style)


def drop_down(sheet: str, column: str, first: int, last: int, *, strict: bool) -> DataValidation:
    """Return a drop-down of the names in a column of a sheet; a strict one refuses all else."""
    formula = f"{quote_sheetname(sheet)}!${column}${first}:${column}${last}"
    return DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=strict,
        errorStyle="stop" if strict else "warning",
    )


def row_height(texts: Mapping[str, int], *, least: float = LINE_HEIGHT) -> float:
    """Return a height in points at which each text fits in a column of so many characters."""
    lines = max((sum(_lines(part, width) for part in text.split("\n")) for text, width in texts.items()), default=1)
    return min(HIGHEST, max(least, 14.5 * lines))


def _lines(text: str, width: int) -> int:
    return 1 + max(len(text) - 1, 0) // max(width, 1)


def tab_colour(sheet: Sheet) -> str:
    """Return the colour of a sheet's tab."""
    return TABS[sheet.use]
