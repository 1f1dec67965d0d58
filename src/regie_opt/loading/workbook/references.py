"""Columns that name entries of a section: one, several, or several with a value each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regie_opt.loading.workbook.kinds import Book, CellValue, Found, Kind
from regie_opt.loading.workbook.names import Refused


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
