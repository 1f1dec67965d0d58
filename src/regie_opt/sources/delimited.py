"""Rows of a StatLine or OData file: CSV with `;`, perhaps a byte order mark, values padded with spaces."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from regie_opt.loading.numbers import number_in
from regie_opt.loading.problems import InputError, hint, one_of
from regie_opt.sources.refusal import refused, require_file

MISSING = frozenset({"", ".", "-", "x"})
"""How CBS writes that there is no figure."""


@dataclass(frozen=True)
class Row:
    """One row: where it stands, and its values without padding, by column."""

    path: Path
    line: int
    values: dict[str, str]
    text: str = ""
    """The line as it stands in the file."""

    def whole(self, column: str) -> int | None:
        """Read a whole number, with or without thousands separators; None where there is none. Raises InputError."""
        text = self.values[column]
        if text in MISSING:
            return None
        found = number_in(text, whole=True)
        if not isinstance(found, int):
            raise self.refused(column, f"{column}: found '{text[:60]}', allowed: a number without decimals")
        return found

    def refused(self, column: str, message: str) -> InputError:
        """Make the error for what stands in a column, at its place in the line."""
        return refused(self.path, message, self.line, _place(self.text, list(self.values).index(column)))


def header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns. Raises InputError."""
    require_file(path)
    names = next(_lines(path), (1, [], ""))[1]
    if len(names) < 2:
        found = names[0][:60] if names else ""
        raise refused(path, f"found '{found}', allowed: columns with ';' between them", 1)
    columns = tuple(name.strip() for name in names)
    twice = [name for name, count in Counter(columns).items() if count > 1 and name]
    if twice:
        raise refused(path, f"found column '{twice[0]}' twice, allowed: once", 1)
    return columns


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
    for line, cells, text in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise refused(path, f"found {len(cells)} values, allowed: {len(columns)}, one per column", line)
        count += 1
        yield Row(path, line, dict(zip(columns, map(str.strip, cells), strict=True)), text)
    if not count:
        raise refused(path, "found a header and no rows below it", 2)


def _lines(path: Path) -> Iterator[tuple[int, list[str], str]]:
    """Yield the number of each line, its cells, and its text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [""]

        def lines() -> Iterator[str]:
            for read[0] in file:
                yield read[0]

        reader = csv.reader(lines(), delimiter=";")
        try:
            for cells in reader:
                yield reader.line_num, cells, read[0]
        except UnicodeDecodeError as error:
            found = f"found byte 0x{error.object[error.start]:02X}"
            raise refused(path, f"{found}, which is not UTF-8, allowed: text in UTF-8", reader.line_num + 1) from None
        except csv.Error as error:
            raise refused(path, f"cannot be read as CSV: {error}", reader.line_num) from None


def _place(text: str, number: int) -> int | None:
    """Return where in its line the value of a column begins, counted from 1; None in a row of several lines."""
    places, is_quoted = [1], False
    for at, character in enumerate(text, 2):
        is_quoted ^= character == '"'
        if character == ";" and not is_quoted:
            places.append(at)
    return places[number] if number < len(places) else None
