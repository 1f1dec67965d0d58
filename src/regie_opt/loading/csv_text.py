"""Rows as CSV that a spreadsheet in the reader's language opens by double click, and that runs nothing.

In Dutch that is `;` between the cells, a decimal comma, and in a file a byte order mark; in English it is plain CSV.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Literal

Language = Literal["nl", "en"]
MARK = "\ufeff"
"""Byte order mark: without it Excel takes UTF-8 for the code page of the computer."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula; the last four are the wide forms of the first."""
_HARMLESS = re.compile(r"[-+]?[\d.,\s\u00a0]*(?: ?%)?")
"""A number as text, or nothing but a dash."""


def csv_text(rows: Iterable[Sequence[object]], language: Language) -> str:
    """Write rows as the language's spreadsheets read them; a float is a number, an int too, all else is text."""
    out = StringIO()
    separator = ";" if language == "nl" else ","
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows([_cell(value, language) for value in row] for row in rows)
    return out.getvalue()


def csv_file(text: str, language: Language) -> str:
    """Return CSV text as it goes to a file."""
    return MARK + text if language == "nl" else text


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _HARMLESS.fullmatch(text) else text


def _cell(value: object, language: Language) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = format(value, ".12g")
        return number.replace(".", ",") if language == "nl" else number
    return guarded(str(value))
