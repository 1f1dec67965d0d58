"""A file of judgements to fill in, with the criteria that count and ranges between plans that exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from regie_opt.loading.workbook.writing import put_rows
from regie_opt.loading.writing import write_text
from regie_opt.report.numbers import Language
from regie_opt.report.words import Words
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.parameters import LESS_IS_BETTER
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import assess, complete_plan, today_plan

WORKBOOK = ".xlsx"
"""Suffix of the files that are a workbook; all others are YAML."""
_WIDTHS = {"A": 36, "B": 14, "C": 14, "D": 10, "E": 26}


@dataclass(frozen=True)
class Swing:
    """A criterion with its worst and best amount."""

    key: str
    label: str
    unit: str
    worst: float
    best: float


def swings(scenario: Scenario, base: Scenario, recommended: Outcome, language: Language) -> Iterator[Swing]:
    """The criteria that count, with the range of today, everybody alone and the recommended plan.

    Criteria that are the same in all three are left out: there is no swing to judge.
    """
    words = Words(language)
    plans = (today_plan(scenario), complete_plan(scenario, ()), recommended.partnerships)
    found = [{c.key: c for c in assess(scenario, base, plan).criteria} for plan in plans]
    for key, criterion in scenario.criteria.items():
        amounts = sorted(round(assessed[key].amount, 2) for assessed in found)
        if criterion.weight == 0 or amounts[0] == amounts[-1]:
            continue
        worst, best = (amounts[-1], amounts[0]) if key in LESS_IS_BETTER else (amounts[0], amounts[-1])
        label, unit = criterion.name.in_language(language), words.term("unit", found[0][key].unit)
        yield Swing(key, label, unit, worst, best)


def write_judgements(path: Path, found: list[Swing], language: Language) -> None:
    """Write the file: a workbook where its name says so, and YAML elsewhere. Raises OSError."""
    if path.suffix.lower() == WORKBOOK:
        _workbook(found, Words(language)).save(path)
    else:
        write_text(path, _yaml(found, Words(language)))


def _yaml(found: list[Swing], words: Words) -> str:
    pairs = [f"  #   - {{more: {a.key}, less: {b.key}, times: 3}}" for a, b in pairwise(found[:3])]
    return "\n".join(
        [
            *(f"# {line}" for line in words("tune.template.head").split("\n")),
            "criteria:",
            "  ranges:",
            *(f"    {s.key}: {{worst: {s.worst:.10g}, best: {s.best:.10g}}}  # {s.label}, {s.unit}" for s in found),
            f"  # {words('tune.template.points')}",
            "  swing:",
            *(f"    {swing.key}: 100" for swing in found),
            f"  # {words('tune.template.pairs')}",
            "  # pairwise:",
            *pairs,
            "",
        ]
    )


def _workbook(found: list[Swing], words: Words) -> Workbook:
    """A sheet with points, and one with headings for who would rather compare pairs and empties the first."""
    workbook = Workbook()
    points = workbook.worksheets[0]
    points.title = words("tune.template.sheet.points")
    head = " ".join(words("tune.template.head").split("\n"))
    headings = [words(f"tune.template.{key}") for key in ("what", "worst", "best", "points.heading", "unit")]
    rows = [[f"{head} {words('tune.template.points')}"], headings]
    put_rows(points, [*rows, *([s.label, s.worst, s.best, 100, s.unit] for s in found)])
    pairs = workbook.create_sheet(words("tune.template.sheet.pairs"))
    put_rows(
        pairs, [[words("tune.template.pairs")], [words(f"tune.template.{key}") for key in ("more", "less", "times")]]
    )
    for sheet in (points, pairs):
        sheet.merge_cells("A1:E1")
        sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[1].height = 80
        for cell in sheet[2]:
            cell.font = Font(bold=True)
        for column, width in _WIDTHS.items():
            sheet.column_dimensions[column].width = width
    return workbook
