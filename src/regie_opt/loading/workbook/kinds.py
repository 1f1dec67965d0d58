"""What a column may hold: how a value of the scenario is written to a cell, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from regie_opt.loading.problems import hint
from regie_opt.loading.workbook.names import Names, Refused
from regie_opt.loading.workbook.numbers import Ambiguous, fits_in_a_cell, number_in
from regie_opt.loading.workbook.tree import same
from regie_opt.schema.strict import Label

Language = Literal["nl", "en"]
CellValue = str | int | float | bool | date | None
"""What is written to a cell; None leaves it empty."""
Found = str | int | float | bool | datetime
"""What a cell that is not empty holds; text has no spaces around it."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

_PLAIN_TEXT = re.compile(r"[\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
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
class Code(Text):
    """The code of a municipality; a whole number is one of Statistics Netherlands: 505 is GM0505."""

    def read(self, found: Found, book: Book) -> object:
        """Read a code."""
        if isinstance(found, int | float) and not isinstance(found, bool) and float(found).is_integer() and found > 0:
            return official_code(int(found))
        return super().read(found, book)


def official_code(number: int) -> str:
    """Return the code of a municipality as Statistics Netherlands writes it."""
    return f"GM{number:04d}"


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
        """Write a date; before 1900-03-01, which Excel does not know or counts wrong, as text."""
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
        return day if day >= date(1900, 3, 1) else value

    def read(self, found: Found, book: Book) -> object:
        """Read a date as text in ISO notation; what is none is left for the schema."""
        if isinstance(found, datetime):
            return found.date().isoformat() if found.time() == datetime.min.time() else found.isoformat()
        dutch = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", found) if isinstance(found, str) else None
        if dutch is None:
            return str(found) if isinstance(found, int | float) else found
        day, month, year = map(int, dutch.groups())
        return f"{year:04d}-{month:02d}-{day:02d}"


@dataclass(frozen=True)
class Choice:
    """One of a few values, each with a name in both languages."""

    noun: str
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
        known: dict[str, object] = {str(value).casefold(): value for value in self.options} | dict(self.others)
        for value, label in self.options.items():
            known |= {label.nl.casefold(): value, label.en.casefold(): value}
        value = known.get(str(found).casefold())
        if value is None:
            allowed = [label.in_language(book.language) for label in self.options.values()]
            shown = f"{found:%Y-%m-%d}" if isinstance(found, datetime) else f"'{str(found)[:60]}'"
            message = f"found {shown}, allowed: {self.noun}: {', '.join(allowed)}{hint(found, allowed)}"
            raise Refused(message)
        return value


YES_NO = Choice(
    "yes or no",
    {True: Label(nl="ja", en="yes"), False: Label(nl="nee", en="no")},
    choices="yes_no",
    others={"x": True, "j": True, "y": True, "n": False, "waar": True, "onwaar": False},
)


@dataclass(frozen=True)
class Reference:
    """The name or key of an entry of a section."""

    section: str

    @property
    def choices(self) -> str | None:
        """The names of the section."""
        return self.section

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the name."""
        return book.names[self.section].shown(value) if isinstance(value, str) else None

    def read(self, found: Found, book: Book) -> object:
        """Read a name. Raises Refused."""
        names = book.names[self.section]
        if isinstance(found, int) and not isinstance(found, bool) and str(found) not in names.labels:
            return names.key(official_code(found) if self.section == "municipalities" else str(found))
        return names.key(f"{found:%Y-%m-%d}" if isinstance(found, datetime) else str(found))


@dataclass(frozen=True)
class References(Reference):
    """Several names, with a semicolon between them."""

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the names."""
        if not isinstance(value, list) or not value:
            return None
        return "; ".join(str(super(References, self).written(key, book)) for key in value)

    def read(self, found: Found, book: Book) -> object:
        """Read the names; a comma is taken for a semicolon where the whole is no name. Raises Refused."""
        names = book.names[self.section]
        if not isinstance(found, str) or names.matches(found):
            return [super().read(found, book)]
        mark = ";" if ";" in found or "," not in found else ","
        return [names.key(part.strip()) for part in found.split(mark) if part.strip()]


@dataclass(frozen=True)
class Pairs:
    """For several entries of a section a value each: `name: value; name: value`."""

    section: str
    value: Kind
    choices: str | None = None

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the pairs."""
        if not isinstance(value, dict) or not value:
            return None
        shown = book.names[self.section].shown
        return "; ".join(f"{shown(key)}: {self.value.written(item, book)}" for key, item in value.items())

    def read(self, found: Found, book: Book) -> object:
        """Read the pairs. Raises Refused."""
        pairs: dict[str, object] = {}
        for part in str(found).split(";"):
            name, colon, text = part.partition(":")
            if not part.strip():
                continue
            if not colon or not text.strip():
                message = f"found '{part.strip()[:60]}', allowed: a name, a colon and a value, `;` before the next one"
                raise Refused(message)
            key = book.names[self.section].key(name.strip())
            if key in pairs:
                message = f"found '{name.strip()}' twice, allowed: once"
                raise Refused(message)
            pairs[key] = self.value.read(text.strip(), book)
        return pairs


@dataclass(frozen=True)
class Mark:
    """Whether a municipality takes part: `x`, or a number where the order of members matters."""

    choices: str | None = "marks"

    def written(self, value: Any, book: Book) -> CellValue:
        """Write the mark: a place in the order, or None for `x`."""
        return "x" if value is None else int(value)

    def read(self, found: Found, book: Book) -> object:
        """Read a mark: its number, None for `x`. Raises Refused."""
        if (isinstance(found, str) and found.casefold() in {"x", "✓", "✔", "ja", "yes"}) or found is True:
            return None
        number = number_in(found, whole=True) if isinstance(found, str) else found
        if isinstance(number, int | float) and not isinstance(number, bool) and number > 0:
            return number
        shown = f"{found:%Y-%m-%d}" if isinstance(found, datetime) else f"'{str(found)[:60]}'"
        message = f"found {shown}, allowed: x for a member (or its place in the list: 1, 2, 3), nothing for others"
        raise Refused(message)
