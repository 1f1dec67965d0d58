"""Rows of a StatLine or OData file: CSV with `;`, perhaps a byte order mark, values padded with spaces."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from regie_opt.loading.problems import hint, one_of
from regie_opt.sources.refusal import refused, require_file

MISSING = frozenset({"", ".", "-", "x"})
"""How CBS writes that there is no figure."""
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Row:
    """One row: where it stands, and its values without padding, by column."""

    path: Path
    line: int
    values: dict[str, str]

    def number(self, column: str) -> float | None:
        """Read a figure (decimal comma or point); None where there is none. Raises InputError."""
        text = self.values[column].replace("\u00a0", "").replace(" ", "")
        if text in MISSING:
            return None
        if not _NUMBER.fullmatch(text):
            raise refused(self.path, f"{column}: found '{text}', allowed: a number", self.line)
        return float(text.replace(",", "."))


def header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns. Raises InputError."""
    require_file(path)
    names = next(_lines(path), (1, []))[1]
    if len(names) < 2:
        found = names[0][:60] if names else ""
        raise refused(path, f"found '{found}', allowed: columns with ';' between them", 1)
    return tuple(name.strip() for name in names)


def require_columns(path: Path, columns: Sequence[str], wanted: Sequence[str]) -> None:
    """Raise InputError for the first column that is not there."""
    for name in wanted:
        if name not in columns:
            raise refused(path, f"column '{name}' is missing{hint(name, columns)}; found: {one_of(columns)}", 1)


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows below the header. Raises InputError for a row that is too short, or no rows at all."""
    lines = _lines(path)
    next(lines)
    count = 0
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise refused(path, f"found {len(cells)} values, allowed: {len(columns)}, one per column", line)
        count += 1
        yield Row(path, line, dict(zip(columns, map(str.strip, cells), strict=True)))
    if not count:
        raise refused(path, "found a header and no rows below it", 2)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        try:
            for cells in reader:
                yield reader.line_num, cells
        except UnicodeDecodeError as error:
            found = f"found byte 0x{error.object[error.start]:02X}"
            raise refused(path, f"{found}, which is not UTF-8, allowed: text in UTF-8", reader.line_num + 1) from None
        except csv.Error as error:
            raise refused(path, f"cannot be read as CSV: {error}", reader.line_num) from None
