"""What a column may hold: how a value of the scenario is written to a cell, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from regie_opt.loading.numbers import Ambiguous, fits_in_a_cell, number_in
from regie_opt.loading.problems import hint
from regie_opt.loading.workbook.names import Names, Refused
from regie_opt.loading.workbook.tree import same
from regie_opt.schema.strict import Label
from regie_opt.schema.text import folded, official_code, plain

Language = Literal["nl", "en"]
CellValue = str | int | float | bool | date | None
"""What is written to a cell; None leaves it empty."""
Found = str | int | float | bool | datetime
"""What a cell that is not empty holds; text has no spaces around it."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

_PLAIN_TEXT = re.compile(r"[\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_OLD = date(1906, 1, 1)
"""Excel shows the numbers 1900 to 2100 as days of 1905, where somebody meant a year; and before 1900 it knows none."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")


@dataclass(frozen=True)
class Book:
    """What reading and writing need to know of the workbook around a cell."""

    language: Language
    names: Mapping[str, Names]
    """By section: municipalities, domains, forms, criteria, partnerships, variants."""


class Kind(Protocol):
    """One kind of column."""

    @property
    def choices(self) -> str | None:
        """The section or list of names that the column's drop-down shows."""

    def written(self, value: Any, book: Book) -> CellValue:
        """Return what to write for a value; None where a cell of this kind cannot hold it."""

    def read(self, found: Found, book: Book) -> object:
        """Return the value of a cell; what it cannot make sense of is left for the schema. Raises Refused."""


def kept(kind: Kind, value: Any, book: Book) -> CellValue:
    """Return what to write for a value, None where nothing written would read back the same."""
    cell = kind.written(value, book)
    if cell is None:
        return None
    found = datetime.combine(cell, datetime.min.time()) if isinstance(cell, date) else cell
    try:
        return cell if same(kind.read(found, book), value) else None
    except Refused:
        return None


def is_plain(text: str) -> bool:
    """Whether a cell can hold a text as it is: printable, not too long, and no escape to a spreadsheet."""
    return len(text) <= LONGEST_TEXT and bool(_PLAIN_TEXT.fullmatch(text)) and not _ESCAPE.search(text)


@dataclass(frozen=True)
class Text:
    """Any text; a number is taken as text."""

    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the text itself."""
        return value if isinstance(value, str) and value and is_plain(value) else None

    def read(self, found: Found, book: Book) -> object:
        """Read a text, or a number as it is shown."""
        if isinstance(found, datetime):
            message = f"found the date {found:%Y-%m-%d}, allowed: text (make the cell a text cell and type it again)"
            raise Refused(message)
        return found if isinstance(found, bool) else str(found)


@dataclass(frozen=True)
class KeyText(Text):
    """A key: letters, digits and a few marks."""

    def read(self, found: Found, book: Book) -> object:
        """Read a key. Raises Refused."""
        text = plain(super().read(found, book))
        if isinstance(found, bool) or not isinstance(text, str) or not _KEY.fullmatch(text):
            message = f"found '{str(text)[:60]}', allowed: at most 64 letters, digits, `_`, `.` and `-`, no spaces"
            raise Refused(message)
        return text


@dataclass(frozen=True)
class Code(KeyText):
    """The code of a municipality; a whole number is one of Statistics Netherlands: 505 is GM0505."""

    def read(self, found: Found, book: Book) -> object:
        """Read a code."""
        if isinstance(found, int | float) and not isinstance(found, bool) and float(found).is_integer() and found > 0:
            return official_code(int(found)) or super().read(found, book)
        return super().read(found, book)


@dataclass(frozen=True)
class Number:
    """A number, or a text that is one in Dutch or English notation."""

    whole: bool = False
    percent: bool = False
    """Whether `50%` is allowed: a share."""
    format: str = "General"
    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write a number as a number; with more figures than a cell keeps, as text."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return value if fits_in_a_cell(value) else repr(value)

    def read(self, found: Found, book: Book) -> object:
        """Read a number; other text is left as it is."""
        if isinstance(found, datetime):
            message = f"found the date {found:%Y-%m-%d}, allowed: a number (make the cell a number and type it again)"
            raise Refused(message)
        if isinstance(found, str):
            return self._in_text(found)
        return int(found) if isinstance(found, float) and found.is_integer() else found

    def _in_text(self, text: str) -> object:
        if self.percent and text.endswith("%"):
            share = number_in(text.removesuffix("%"), whole=False)
            return text if share is None else share / 100
        try:
            number = number_in(text, whole=self.whole)
        except Ambiguous:
            message = (
                f"found the text '{text}', which is one number in Dutch and another in English notation, "
                "allowed: a number (type it again in a cell that is not text)"
            )
            raise Refused(message) from None
        return text if number is None else number


@dataclass(frozen=True)
class Date:
    """A day: a date cell, or text such as 2015-07-01 or 1-7-2015."""

    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write a date; an old one, which `read` takes for a number, as text."""
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
        return day if day >= _OLD else value

    def read(self, found: Found, book: Book) -> object:
        """Read a date as text in ISO notation. Raises Refused."""
        if isinstance(found, datetime) and found.date() < _OLD:
            message = (
                f"found the date {found:%Y-%m-%d}, which Excel makes of a number such as 2015, "
                "allowed: a date such as 2015-07-01 (one before 1906 as text)"
            )
            raise Refused(message)
        if isinstance(found, datetime) and found.time() == datetime.min.time():
            return found.date().isoformat()
        written = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})-(\d{1,2})-(\d{4})", str(found))
        if written is not None:
            year, month, day = (int(part) for part in (written.groups()[:3] if written[1] else written.groups()[:2:-1]))
            with suppress(ValueError):
                return date(year, month, day).isoformat()
        message = f"found '{str(found)[:60]}', allowed: a date such as 2015-07-01 or 1-7-2015"
        raise Refused(message)


@dataclass(frozen=True)
class Choice:
    """One of a few values, each with a name in both languages."""

    options: Mapping[object, Label]
    choices: str | None = None
    others: Mapping[str, object] = field(default_factory=dict)
    """Other texts that are accepted."""

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the name of the value."""
        label = self.options.get(value)
        return None if label is None else label.in_language(book.language)

    def read(self, found: Found, book: Book) -> object:
        """Read a name in either language, or the value itself. Raises Refused."""
        if isinstance(found, bool) and found in self.options:
            return found
        known: dict[str, object] = {folded(value): value for value in self.options} | dict(self.others)
        for value, label in self.options.items():
            known |= {folded(label.nl): value, folded(label.en): value}
        value = known.get(folded(found))
        if value is None:
            allowed = [label.in_language(book.language) for label in self.options.values()]
            shown = f"{found:%Y-%m-%d}" if isinstance(found, datetime) else f"'{str(found)[:60]}'"
            message = f"found {shown}, allowed: {', '.join(allowed)}{hint(found, allowed)}"
            raise Refused(message)
        return value


YES_NO = Choice(
    {True: Label(nl="ja", en="yes"), False: Label(nl="nee", en="no")},
    choices="yes_no",
    others={"x": True, "j": True, "y": True, "n": False, "waar": True, "onwaar": False},
)


@dataclass(frozen=True)
class Mark:
    """Whether a municipality takes part: `x`, or a number where the order of members matters."""

    choices: str | None = "marks"

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the mark: a place in the order, or None for `x`."""
        return "x" if value is None else int(value)

    def read(self, found: Found, book: Book) -> object:
        """Read a mark: its number, None for `x`. Raises Refused."""
        if (isinstance(found, str) and folded(found) in {"x", "✓", "✔", "ja", "yes"}) or found is True:
            return None
        number = number_in(found, whole=True) if isinstance(found, str) else found
        if isinstance(number, int | float) and not isinstance(number, bool) and number > 0:
            return number
        shown = f"{found:%Y-%m-%d}" if isinstance(found, datetime) else f"'{str(found)[:60]}'"
        message = f"found {shown}, allowed: x for a member (or its place in the list: 1, 2, 3), nothing for others"
        raise Refused(message)
