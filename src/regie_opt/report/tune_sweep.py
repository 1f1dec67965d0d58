"""The sections of a sweep: every point, a matrix of two values, and where plans take over from each other."""

from collections.abc import Iterator

from regie_opt.report.certificate import gap_decimals
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.tuning import Sweep, SweepPoint, Tuning

VALUE_DECIMALS = 4
WIDEST = 16
"""Columns of a matrix that fit a page."""


def sweep_sections(sweep: Sweep, found: Tuning, naming: Naming) -> Iterator[Section]:
    """Sections of a sweep."""
    yield _points(sweep, naming)
    if len(sweep.paths) == 2 and len({p.values[1] for p in sweep.points}) <= WIDEST:
        yield _matrix(sweep, naming)
    if sweep.linear is not None:
        yield _breaks(sweep, found, naming)


def _points(sweep: Sweep, naming: Naming) -> Table:
    words = naming.words
    headers = (
        *sweep.paths,
        *(words(f"tune.{key}") for key in ("sweep.value", "plan", "cells", "hours", "sweep.gap")),
    )
    rows = tuple(_row(point, _decimals(sweep), naming) for point in sweep.points)
    notes = [
        words("tune.sweep.conflict", values=SEPARATOR.join(f"{v:g}" for v in p.values), rules=", ".join(p.conflict))
        for p in sweep.points
        if p.conflict
    ]
    if any(point.gap for point in sweep.points):
        notes.append(words("tune.sweep.gap.note"))
    return Table(words("tune.sweep"), headers, rows, tuple(notes))


def _row(point: SweepPoint, decimals: list[int], naming: Naming) -> tuple[Cell, ...]:
    values = tuple(Quantity(value, d) for value, d in zip(point.values, decimals, strict=True))
    if point.value is None or point.plan is None or point.gap is None:
        return (*values, naming.words(f"tune.sweep.{point.status}"), "", "", "", "")
    gap = "" if point.gap == 0 else percent(point.gap, gap_decimals(point.gap), naming.language)
    return (
        *values,
        Quantity(point.value, VALUE_DECIMALS),
        Quantity(point.plan),
        Quantity(point.regrouped or 0),
        Quantity(point.hours or 0.0),
        gap,
    )


def _decimals(sweep: Sweep) -> list[int]:
    """Decimals in which the values of each path are written in full."""
    columns = zip(*(point.values for point in sweep.points), strict=True)
    return [next((n for n in range(7) if all(round(v, n) == v for v in column)), 6) for column in map(list, columns)]


def _matrix(sweep: Sweep, naming: Naming) -> Table:
    words = naming.words
    plans = {point.values: point.plan for point in sweep.points}
    first, second = (list(dict.fromkeys(p.values[n] for p in sweep.points)) for n in (0, 1))
    decimals = _decimals(sweep)
    rows = tuple((Quantity(row, decimals[0]), *(_number(plans[row, column]) for column in second)) for row in first)
    headers = ("", *(naming.number(column, decimals[1]) for column in second))
    note = words("tune.matrix.note", rows=sweep.paths[0], columns=sweep.paths[1])
    return Table(words("tune.matrix"), headers, rows, (note,))


def _number(plan: int | None) -> Cell:
    return "-" if plan is None else Quantity(plan)


def _breaks(sweep: Sweep, found: Tuning, naming: Naming) -> Table | Text:
    words = naming.words
    bent = [] if sweep.linear else [words("tune.breaks.bent")]
    values = [point.values[0] for point in sweep.points]
    if not sweep.breakpoints:
        decimals = _decimals(sweep)[0]
        low, high = (naming.number(value, decimals) for value in (min(values), max(values)))
        return Text(words("tune.breaks"), (words("tune.breaks.none", low=low, high=high), *bent))
    cells = {plan.number: len(plan.regrouped) for plan in found.plans}
    rows = []
    for point in sweep.breakpoints:
        before, after = (words("tune.plan.cells", plan=n, cells=cells[n]) for n in (point.before, point.after))
        rows.append((Quantity(point.weight, 4), before, after if point.proven else words("tune.open", text=after)))
    notes = [words("tune.breaks.note"), *bent]
    if not all(point.proven for point in sweep.breakpoints):
        notes.append(words("tune.intervals.open"))
    headers = (sweep.paths[0], words("tune.before"), words("tune.after"))
    return Table(words("tune.breaks"), headers, tuple(rows), tuple(notes))
