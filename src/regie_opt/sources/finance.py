"""Spending per municipality and task field, from the raw Iv3 file of CBS (OData as CSV)."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from sys import intern

from regie_opt.schema.text import official_code
from regie_opt.sources.delimited import Row, header, require_columns, rows
from regie_opt.sources.refusal import refused

FIELD, CATEGORY, MUNICIPALITY, REPORT, AMOUNT = (
    *("TaakveldBalanspost", "Categorie", "Gemeenten", "Verslagsoort"),
    "k_2ePlaatsing_2",
)
COLUMNS = (FIELD, CATEGORY, MUNICIPALITY, REPORT, AMOUNT)
KINDS = {"X000": "begroting", "X005": "jaarrekening"}
"""End of Verslagsoort: budget, and accounts of the year."""
EXPENDITURE = "L"
"""First letter of its categories (lasten)."""
_REPORT = re.compile(r"(\d{4})(X\d{3})")
_SPOILED = re.compile(r"\d+,\d+[a-z]?|\d{1,2}[-/ ][a-z]{3,4}\.?|[a-z]{3,4}\.?[-/ ]\d{2,4}|\d+[-/]\d+([-/]\d+)?.*", re.I)
"""What spreadsheets make of a code: 0,61 and 6-jan."""


@dataclass(frozen=True)
class Finance:
    """Reported spending."""

    year: str
    kind: str
    """`begroting` or `jaarrekening`."""
    thousands: dict[str, dict[str, float]]
    """Expenditure by today's municipality and task field, thousands of euro a year."""
    fields: frozenset[str]
    """Task fields that the file has a row of expenditure for."""


def read_finance(path: Path, today: Callable[[str], str], wanted: Collection[str] = ()) -> Finance:
    """Add up expenditure by today's municipality. Raises InputError.

    The file must hold one report (Verslagsoort): budget or accounts of one year; and, of the task fields that are
    `wanted`, at least one.
    """
    columns = header(path)
    require_columns(path, columns, COLUMNS)
    thousands: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    reports: Counter[str] = Counter()
    fields: dict[str, Row] = {}
    categories: set[str] = set()
    seen: set[tuple[str, ...]] = set()
    for row in rows(path, columns):
        field, category, place, report = (intern(row.values[column]) for column in COLUMNS[:4])
        code = official_code(place) if place[-1:].isdigit() else None
        if code is None:
            continue
        if (key := (intern(code), field, category, report)) in seen:
            message = f"found {code}, {field}, {category}, {report} twice, allowed: once (was the file joined twice?)"
            raise refused(path, message, row.line)
        seen.add(key)
        reports[report] += 1
        categories.add(category)
        if category.startswith(EXPENDITURE):
            fields.setdefault(field, row)
            thousands[today(code)][field] += row.whole(AMOUNT) or 0
    year, kind = _report(path, reports)
    _require_fields(path, fields, categories, wanted)
    found = {code: dict(by_field) for code, by_field in thousands.items()}
    return Finance(year, kind, found, frozenset(fields))


def _report(path: Path, reports: Counter[str]) -> tuple[str, str]:
    if not reports:
        raise refused(path, "found no municipality (GMxxxx) in column 'Gemeenten'")
    if len(reports) > 1:
        found = ", ".join(sorted(reports))
        raise refused(path, f"Verslagsoort: found {found}, allowed: one report (filter the file)")
    (found,) = reports
    match = _REPORT.fullmatch(found)
    if match is None or match[2] not in KINDS:
        allowed = "2023X000 (budget) or 2023X005 (accounts), of any year"
        raise refused(path, f"Verslagsoort: found '{found}', allowed: {allowed}")
    return match[1], KINDS[match[2]]


def _require_fields(path: Path, fields: dict[str, Row], categories: set[str], wanted: Collection[str]) -> None:
    """Raise InputError where there is no expenditure, or its codes are not those of task fields."""
    if not fields:
        found = ", ".join(sorted(categories)[:3])
        raise refused(path, f"{CATEGORY}: found {found}, allowed: some that begin with {EXPENDITURE} (expenditure)")
    wrong = [field for field in fields if _SPOILED.fullmatch(field)]
    if not wrong and wanted and fields.keys().isdisjoint(wanted):
        wrong = list(fields)
    if wrong:
        more = ", ..." if len(wrong) > 3 else ""
        message = (
            f"{FIELD}: found {', '.join(wrong[:3])}{more}, allowed: codes such as 0.61 "
            "(was the file saved by a spreadsheet?)"
        )
        raise fields[wrong[0]].refused(FIELD, message)
