"""Spending per municipality and task field, from the raw Iv3 file of CBS (OData as CSV)."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regie_opt.sources.delimited import header, require_columns, rows
from regie_opt.sources.refusal import refused

COLUMNS = ("TaakveldBalanspost", "Categorie", "Gemeenten", "Verslagsoort", "k_2ePlaatsing_2")
KINDS = {"X000": "begroting", "X005": "jaarrekening"}
"""End of Verslagsoort: budget, and accounts of the year."""
_REPORT = re.compile(r"(\d{4})(X\d{3})")
_MUNICIPALITY = re.compile(r"GM\d{4}")


@dataclass(frozen=True)
class Finance:
    """Reported spending."""

    year: str
    kind: str
    """`begroting` or `jaarrekening`."""
    thousands: dict[str, dict[str, float]]
    """Expenditure by today's municipality and task field, thousands of euro a year."""


def read_finance(path: Path, today: Callable[[str], str]) -> Finance:
    """Add up expenditure (categories L...) by today's municipality. Raises InputError.

    The file must hold one report (Verslagsoort): budget or accounts of one year.
    """
    columns = header(path)
    require_columns(path, columns, COLUMNS)
    thousands: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    reports: Counter[str] = Counter()
    for row in rows(path, columns):
        values = row.values
        if not _MUNICIPALITY.fullmatch(values["Gemeenten"]):
            continue
        reports[values["Verslagsoort"]] += 1
        if values["Categorie"].startswith("L") and (amount := row.number("k_2ePlaatsing_2")):
            thousands[today(values["Gemeenten"])][values["TaakveldBalanspost"]] += amount
    year, kind = _report(path, reports)
    return Finance(year, kind, {code: dict(fields) for code, fields in thousands.items()})


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
