"""Sections as text: for a terminal, as Markdown, or as CSV."""

import math
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal

from tabulate import tabulate

from regie_opt.loading.csv_text import csv_file, csv_text
from regie_opt.report.numbers import Language, number
from regie_opt.report.table import Cell, Quantity, Section, Table, Text

TextFormat = Literal["table", "markdown", "csv"]

WIDTH = 120
"""Columns of the terminal that tables are made for."""
BEST = "* "
"""Mark before the best number of a row."""
GUTTER = 2
_LONGEST_WORD = 28


def render(sections: Iterable[Section], text_format: TextFormat, language: Language) -> str:
    """Sections one after another, ending with a newline."""
    one = {"table": _plain, "markdown": _markdown, "csv": _csv}[text_format]
    return "\n".join(one(section, language) for section in sections)


def _plain(section: Section, language: Language) -> str:
    title = [
        section.title,
        ("=" if isinstance(section, Text) and section.chapter else "-") * len(section.title),
    ]
    if isinstance(section, Table):
        body = [*_plain_table(section, language), *([""] if section.notes else []), *_wrapped(section.notes)]
    else:
        body = _wrapped(section.lines, "- " if section.bullets else "")
    return "".join(f"{_soft(line).rstrip()}\n" for line in [*title, *body])


def _plain_table(table: Table, language: Language) -> list[str]:
    """Lines of a table; blank lines between rows of text as soon as one of them takes more than one line."""
    rows = [tuple(written(cell, language) for cell in row) for row in table.rows]
    widths = _widths([table.headers, *rows])
    header, *body = (
        [_fold(cell, width) for cell, width in zip(r, widths, strict=True)] for r in (table.headers, *rows)
    )
    numeric = any(isinstance(cell, Quantity) for row in table.rows for cell in row)
    spaced = not numeric and any(len(cell) > 1 for row in body for cell in row)
    used = [max(len(line) for row in (header, *body) for line in row[i]) for i in range(len(widths))]
    rule = [["-" * width] for width in used]
    lines: list[tuple[str, ...]] = [*zip_longest(*header, fillvalue=""), *zip_longest(*rule)]
    for i, row in enumerate(body):
        if table.footers and i == len(body) - table.footers:
            lines += zip_longest(*rule)
        elif spaced and i:
            lines.append(("",) * len(widths))
        lines += zip_longest(*row, fillvalue="")
    return tabulate(lines, tablefmt="plain", colalign=_alignment(table), disable_numparse=True).splitlines()


def _markdown(section: Section, language: Language) -> str:
    title = f"{'#' if isinstance(section, Text) and section.chapter else '##'} {section.title}"
    if isinstance(section, Table):
        rows = [[_markdown_cell(cell, language) for cell in row] for row in section.rows]
        body = tabulate(
            rows,
            headers=[_markdown_cell(header, language) for header in section.headers],
            tablefmt="github",
            colalign=_alignment(section),
            disable_numparse=True,
        )
        parts = [title, body, *section.notes]
    elif section.bullets:
        parts = [title, "\n".join(f"- {line}" for line in section.lines)]
    else:
        parts = [title, *section.lines]
    return _soft("\n\n".join(parts)) + "\n"


def _csv(section: Section, _language: Language) -> str:
    """For programs: numbers in full with a decimal point, commas between the cells, whatever the language."""
    return csv_text(_csv_rows(section), "en")


def csv_report(sections: Iterable[Section], language: Language) -> str:
    """Sections as a file that a spreadsheet in the reader's language opens."""
    return csv_file("\n".join(csv_text(_csv_rows(section), language) for section in sections), language)


def _csv_rows(section: Section) -> Iterator[Sequence[object]]:
    """Title, headers and rows; numbers in full."""
    yield [_soft(section.title)]
    if isinstance(section, Table):
        yield [" ".join(header.split("\n")) for header in section.headers]
        yield from ([_machine(cell) for cell in row] for row in section.rows)
        yield from ([_soft(note)] for note in section.notes)
    else:
        yield from ([_soft(line)] for line in section.lines)


def written(cell: Cell, language: Language) -> str:
    """A cell as people read it; the best number of a row has a mark, not a colour."""
    if isinstance(cell, Quantity):
        text = number(cell.value, cell.decimals, language, signed=cell.signed)
        return f"{BEST}{text}" if cell.best else text
    return cell


def _machine(cell: Cell) -> object:
    if isinstance(cell, Quantity):
        return float(cell.value) if math.isfinite(cell.value) else ""
    return _soft(cell).replace("\n", "; ")


def _markdown_cell(cell: Cell, language: Language) -> str:
    text = written(cell, language)
    if isinstance(cell, Quantity) and cell.best:
        return f"**{text.removeprefix(BEST)}**"
    return text.replace("|", "\\|").replace("\n", "<br>")


def _soft(text: str) -> str:
    return text.replace("\u00a0", " ")


def _alignment(table: Table) -> list[str]:
    """Columns with numbers are right-aligned."""
    return [
        "right" if any(isinstance(row[i], Quantity) for row in table.rows) else "left"
        for i in range(len(table.headers))
    ]


def _wrapped(lines: Iterable[str], bullet: str = "") -> list[str]:
    return [
        part
        for line in lines
        for part in textwrap.wrap(
            line, WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False
        )
    ]


def _fold(cell: str, width: int) -> list[str]:
    return [part for line in cell.split("\n") for part in textwrap.wrap(line, width) or [""]]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Column widths that fit the terminal: the widest give way, below their longest word only where they must.

    The first row is the header; its words stay whole.
    """
    columns = [[line for cell in column for line in cell.split("\n")] for column in zip(*rows, strict=True)]
    natural = [max(map(len, lines), default=1) or 1 for lines in columns]
    words = [
        min(max((len(word) for line in lines for word in re.split(r"(?<=-)| ", line)), default=1) or 1, _LONGEST_WORD)
        for lines in columns
    ]
    headers = [max((len(word) for word in header.split()), default=1) for header in rows[0]]
    room = WIDTH - GUTTER * (len(columns) - 1)
    for least in (words, headers):
        for limit in range(max(natural), 0, -1):
            widths = [min(width, max(limit, word)) for width, word in zip(natural, least, strict=True)]
            if sum(widths) <= room:
                return widths
    return [min(width, word) for width, word in zip(natural, words, strict=True)]
