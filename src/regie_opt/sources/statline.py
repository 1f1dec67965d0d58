"""Inhabitants and regional divisions, from StatLine files in either form: labelled, or TypedDataSet."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regie_opt.loading.problems import InputError, one_of
from regie_opt.schema.text import folded, official_code
from regie_opt.sources.delimited import Row, header, rows
from regie_opt.sources.inhabitants import inhabitants_column
from regie_opt.sources.refusal import refused

_CODE = re.compile(r"GM\d{4}")
_PERIOD = re.compile(r"(\d{4})(JJ00)?")
_DIVISION = re.compile(r"^(?:.*/)?([^/]+)/naam(?: \(naam\))?$", re.I)
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
"""`Groningen (gemeente)`, `Bergen (L.)`."""
_LARGER = re.compile(r"^Nederland$|\((PV|LD|CR)\)$")
"""The country, provinces, parts of the country and COROP areas."""
_OTHER_AREA = re.compile(r"(?!GM)[A-Z]{2}[0-9A-Z]*\d", re.A)
"""Codes of the country, its parts, districts and neighbourhoods: NL01, PV20, WK068700."""
_OWN = re.compile(r"codes en namen van gemeenten|regio'?s?", re.I)
"""What the names of the municipalities themselves stand under; a division may end in the same word: `RMC-regio's`."""


@dataclass(frozen=True)
class Population:
    """Inhabitants by today's municipality."""

    year: str
    """Year of the figures, empty where the file does not say."""
    inhabitants: dict[str, int]
    names: dict[str, str]
    column: str
    """Heading of the column that was taken."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Names and codes with inhabitants that are no municipality."""


def read_population(path: Path, today: Callable[[str], str], titles: dict[str, str]) -> Population:
    """Read inhabitants; `titles` names municipalities by code, for a file with codes only or names only.

    Raises InputError.
    """
    columns = header(path)
    column = inhabitants_column(path, columns)
    found = list(rows(path, columns))
    codes = _Codes.of(path, found, titles)
    inhabitants: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    years: dict[str, str] = {}
    unknown: list[tuple[str, int]] = []
    for row in found:
        code = codes.of_row(row)
        count = row.whole(column) if code is not None else None
        if code is None or not count:
            continue
        if count < 0:
            raise row.refused(column, f"{column}: found {count}, allowed: a whole number of at least 0")
        if not _CODE.fullmatch(code):
            unknown.append((code, count))
            continue
        if code in years:
            raise row.refused(codes.column, f"found {code} twice, allowed: one period and one row for each")
        years[code] = _year(row)
        inhabitants[today(code)] += count
        if today(code) == code:
            names[code] = (_name(row, codes.column) if codes.are_codes else "") or titles.get(code, code)
    if not inhabitants:
        raise refused(path, f"found no inhabitants of any municipality in column '{column}'")
    for code in inhabitants:
        names.setdefault(code, titles.get(code, code))
    return Population(max(years.values()), dict(inhabitants), names, column, tuple(unknown))


@dataclass(frozen=True)
class _Codes:
    """How the rows of a file say which municipality they are about: by code, else by name."""

    column: str
    are_codes: bool
    by_name: dict[str, str]

    @classmethod
    def of(cls, path: Path, found: Sequence[Row], titles: dict[str, str]) -> "_Codes":
        """Find the column, going by what stands in it. Raises InputError where there is none."""
        columns = tuple(found[0].values)
        code_at = _code_column(found)
        if code_at is not None:
            return cls(code_at, True, {})
        named = next((c for c in columns if re.fullmatch(r"naam|regio'?s|gemeenten?|gemeentenaam", c, re.I)), None)
        if named is None or not titles:
            raise _no_codes(path, columns)
        return cls(named, False, _by_name(titles))

    def of_row(self, row: Row) -> str | None:
        """Code of the municipality, None for a row about something else; a name that is not known as it is."""
        found = row.values[self.column]
        if not found or _LARGER.search(found) or _OTHER_AREA.fullmatch(found):
            return None
        return (
            _municipal(found)
            or self.by_name.get(folded(found))
            or self.by_name.get(folded(_BRACKETS.sub("", found)))
            or found
        )


def _by_name(titles: dict[str, str]) -> dict[str, str]:
    """Codes by name, and by name without what stands in brackets where that is one municipality's."""
    bare: dict[str, list[str]] = defaultdict(list)
    for code, title in titles.items():
        bare[folded(_BRACKETS.sub("", title))].append(code)
    alone = {name: codes[0] for name, codes in bare.items() if len(codes) == 1}
    return alone | {folded(title): code for code, title in titles.items()}


@dataclass(frozen=True)
class Division:
    """A division of the country: municipalities by the name of their region."""

    name: str
    regions: dict[str, tuple[str, ...]]


def read_divisions(path: Path, today: Callable[[str], str]) -> tuple[Division, ...]:
    """Read the divisions of a file such as 'Gebieden in Nederland'. Raises InputError."""
    columns = header(path)
    division_of = {c: m[1] for c in columns if (m := _DIVISION.match(c)) and not _OWN.fullmatch(m[1])}
    if not division_of:
        example = "'Lokaliseringen van gemeenten/Provincies/Naam (naam)'"
        raise refused(path, f"a column with names of regions ({example}) is missing; found: {one_of(columns)}", 1)
    found = list(rows(path, columns))
    code_at = _code_column(found)
    if code_at is None:
        raise _no_codes(path, columns)
    regions: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in division_of.values()}
    seen: set[str] = set()
    for row in found:
        code = _municipal(row.values[code_at])
        if code is None:
            continue
        if code in seen:
            raise row.refused(code_at, f"found {code} twice, allowed: one row for each")
        seen.add(code)
        for column, name in division_of.items():
            if row.values[column]:
                regions[name][row.values[column]].add(today(code))
    return tuple(Division(name, {k: tuple(sorted(v)) for k, v in by.items()}) for name, by in regions.items())


def _code_column(found: Sequence[Row]) -> str | None:
    """The column with codes, going by its heading and by what stands in it."""
    columns = tuple(found[0].values)
    for wanted in (r"code.*gemeente.*/code", r"^regios?$", r"^gemeentecode", r"^(wijken.*|gemeenten?|codering_3)$"):
        for column in columns:
            if re.search(wanted, column.replace("'", ""), re.I):
                values = [row.values[column] for row in found if row.values[column]]
                codes = sum(_municipal(value) is not None for value in values)
                others = sum(_OTHER_AREA.fullmatch(value) is not None for value in values)
                if codes and 2 * (codes + others) >= len(values):
                    return column
    return None


def _municipal(text: str) -> str | None:
    """The code of a municipality, also without its letters; None for anything else."""
    return official_code(text) if text[-1:].isdigit() else None


def _no_codes(path: Path, columns: tuple[str, ...]) -> InputError:
    wanted = "a column with municipal codes ('RegioS', 'Code (code)')"
    return refused(path, f"{wanted} is missing; found: {one_of(columns)}", 1)


def _name(row: Row, code_at: str) -> str:
    """Name of the municipality: a column of names next to the codes."""
    for column, value in row.values.items():
        if column != code_at and re.search(r"namen van gemeenten/naam|^naam$|^regio'?s$|^gemeentenaam", column, re.I):
            return value
    return ""


def _year(row: Row) -> str:
    found = _PERIOD.fullmatch(row.values.get("Perioden", ""))
    return found[1] if found else ""
