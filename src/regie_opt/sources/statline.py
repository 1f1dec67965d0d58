"""Inhabitants and regional divisions, from StatLine files in either form: labelled, or TypedDataSet."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regie_opt.loading.problems import one_of
from regie_opt.sources.delimited import Row, header, rows
from regie_opt.sources.refusal import refused

_CODE = re.compile(r"GM\d{4}")
_POPULATION = re.compile(r"totalebevolking|bevolkingopjanuari|bevolkingaanhetbegin|aantalinwoners|^inwoner")
_PERIOD = re.compile(r"(\d{4})(JJ00)?")
_DIVISION = re.compile(r"^(?:.*/)?([^/]+)/naam(?: \(naam\))?$", re.I)
_OWN = re.compile(r"codes en namen van gemeenten|regio'?s?$", re.I)


@dataclass(frozen=True)
class Population:
    """Inhabitants by today's municipality."""

    year: str
    """Year of the figures, empty where the file does not say."""
    inhabitants: dict[str, int]
    names: dict[str, str]


def read_population(path: Path, today: Callable[[str], str], titles: dict[str, str]) -> Population:
    """Read inhabitants; `titles` names municipalities where the file has codes only. Raises InputError."""
    columns = header(path)
    figures = [c for c in columns if _POPULATION.search(re.sub(r"[^a-z]", "", c.rpartition("/")[2].lower()))]
    if not figures:
        wanted = "a column of inhabitants ('Totale bevolking', 'TotaleBevolking_1', 'Bevolking op 1 januari')"
        raise refused(path, f"{wanted} is missing; found: {one_of(columns)}", 1)
    inhabitants: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    years: dict[str, str] = {}
    code_at = _code_column(path, columns)
    for row in rows(path, columns):
        code = row.values[code_at]
        count = row.number(figures[0]) if _CODE.fullmatch(code) else None
        if not count:
            continue
        if code in years:
            raise refused(path, f"found {code} twice, allowed: one period and one row for each", row.line)
        years[code] = _year(row)
        inhabitants[today(code)] += round(count)
        if today(code) == code:
            names[code] = _name(row, code_at) or titles.get(code, code)
    if not inhabitants:
        raise refused(path, f"found no inhabitants of any municipality in column '{figures[0]}'")
    for code in inhabitants:
        names.setdefault(code, titles.get(code, code))
    return Population(max(years.values()), dict(inhabitants), names)


@dataclass(frozen=True)
class Division:
    """A division of the country: municipalities by the name of their region."""

    name: str
    regions: dict[str, tuple[str, ...]]


def read_divisions(path: Path, today: Callable[[str], str]) -> tuple[Division, ...]:
    """Read the divisions of a file such as 'Gebieden in Nederland'. Raises InputError."""
    columns = header(path)
    code_at = _code_column(path, columns)
    found = {c: m[1] for c in columns if (m := _DIVISION.match(c)) and not _OWN.search(m[1])}
    if not found:
        example = "'Lokaliseringen van gemeenten/Provincies/Naam (naam)'"
        raise refused(path, f"a column with names of regions ({example}) is missing; found: {one_of(columns)}", 1)
    regions: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in found.values()}
    for row in rows(path, columns):
        if _CODE.fullmatch(row.values[code_at]):
            for column, name in found.items():
                if row.values[column]:
                    regions[name][row.values[column]].add(today(row.values[code_at]))
    return tuple(Division(name, {k: tuple(sorted(v)) for k, v in by.items()}) for name, by in regions.items())


def _code_column(path: Path, columns: tuple[str, ...]) -> str:
    for wanted in (r"code.*gemeente.*/code", r"^regios?$", r"^gemeentecode", r"^(wijken.*|gemeenten|codering_3)$"):
        for column in columns:
            if re.search(wanted, column.replace("'", ""), re.I):
                return column
    raise refused(
        path, f"a column with municipal codes ('RegioS', 'Code (code)') is missing; found: {one_of(columns)}", 1
    )


def _name(row: Row, code_at: str) -> str:
    """Name of the municipality: a column of names next to the codes."""
    for column, value in row.values.items():
        if column != code_at and re.search(r"namen van gemeenten/naam|^naam$|^regio'?s$|^gemeentenaam", column, re.I):
            return value
    return ""


def _year(row: Row) -> str:
    found = _PERIOD.fullmatch(row.values.get("Perioden", ""))
    return found[1] if found else ""
