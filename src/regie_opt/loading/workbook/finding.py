"""Find the sheets in a workbook that people have worked in, whatever their order, in Dutch or in English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from regie_opt.loading.problems import InputError, Problem, hint
from regie_opt.loading.workbook.headings import Page, holds_something
from regie_opt.loading.workbook.kinds import Language
from regie_opt.loading.workbook.layout import Sheet
from regie_opt.loading.workbook.sheets import LISTS, SHEETS
from regie_opt.loading.workbook.table import Table
from regie_opt.schema.text import folded


def tables_of(workbook: Workbook, path: Path) -> tuple[list[Table], Language, list[Problem]]:
    """Return the tables in the order of SHEETS, the workbook's language, and what is wrong with single cells.

    Raises InputError where a sheet cannot be read at all.
    """
    found, strangers = _sheets(workbook)
    dutch = sum(folded(worksheet.title) == folded(title) for title, worksheet in found.items())
    language: Language = "en" if dutch * 2 < len(found) else "nl"
    absent = [sheet for sheet in SHEETS if sheet.title.nl not in found]
    problems = [_stranger(worksheet, path, absent, language) for worksheet in strangers]
    needed = [sheet.title.in_language(language) for sheet in absent if sheet.use == "needed"]
    if needed and not strangers:
        message = f"found no sheet {', '.join(needed)}, allowed: the sheets that `regie-opt init --xlsx` writes"
        problems.append(Problem(str(path), (), message))
    tables: list[Table] = []
    in_cells: list[Problem] = []
    for sheet in SHEETS:
        if (worksheet := found.get(sheet.title.nl)) is None:
            tables.append(Table(sheet))
            continue
        page = Page(worksheet, sheet, f"{path}, sheet {worksheet.title}", language)
        tables.append(page.table())
        problems += page.problems
        in_cells += page.in_cells
    if problems:
        raise InputError(problems)
    return tables, language, in_cells


def _sheets(workbook: Workbook) -> tuple[Mapping[str, Worksheet], list[Worksheet]]:
    """Return the sheets that are known, by their Dutch title, and those that are not and hold something."""
    by_title = {folded(text): sheet.title.nl for sheet in SHEETS for text in (sheet.title.nl, sheet.title.en)}
    lists = {folded(LISTS.nl), folded(LISTS.en)}
    found: dict[str, Worksheet] = {}
    strangers: list[Worksheet] = []
    for worksheet in cast(list[Worksheet], workbook.worksheets):
        title = by_title.get(folded(worksheet.title))
        if title is not None and title not in found:
            found[title] = worksheet
        elif title is not None or (
            folded(worksheet.title) not in lists
            and any(holds_something(value) for row in worksheet.values for value in row)
        ):
            strangers.append(worksheet)
    return found, strangers


def _stranger(worksheet: Worksheet, path: Path, absent: list[Sheet], language: Language) -> Problem:
    titles = [sheet.title.in_language(language) for sheet in SHEETS]
    near = hint(worksheet.title, [sheet.title.in_language(language) for sheet in absent] or titles)
    message = f"found a sheet that is not of this workbook{near}; allowed: {', '.join(titles)}, each once"
    return Problem(f"{path}, sheet {worksheet.title}", (), message)
