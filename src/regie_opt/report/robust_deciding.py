"""Which assumptions decide, in a table: rank correlations, with what is chance told apart."""

from collections.abc import Sequence

from regie_opt.report.naming import Naming
from regie_opt.report.table import Cell, Quantity, Table
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.robustness import TARGETS, Correlation, Robustness, Varied

LEAST_SHOWN = 10
"""Assumptions that people get to read at least; files for programs have all."""


def _strength(found: Robustness, one: Varied) -> tuple[Correlation, ...]:
    """Correlations of an assumption with every result, in the order of `TARGETS`."""
    by_target = {c.target: c for c in found.correlations if c.assumption == one.key}
    return tuple(by_target[target] for target in TARGETS)


def _stands_out(found: Robustness, c: Correlation) -> bool:
    return c.rho is not None and abs(c.rho) > found.noise[c.target]


def is_strong(found: Robustness, one: Varied) -> bool:
    """Whether an assumption stands out from chance in some result."""
    return any(_stands_out(found, c) for c in _strength(found, one))


def by_strength(found: Robustness, some: Sequence[Varied]) -> list[Varied]:
    """Strongest first: by what stands out, then by the rest."""

    def strength(one: Varied) -> tuple[bool, float]:
        return is_strong(found, one), max(abs(c.rho or 0.0) for c in _strength(found, one))

    return sorted(some, key=strength, reverse=True)


def deciding(found: Robustness, naming: Naming, *, complete: bool) -> Table:
    """Correlations of the strongest assumptions, or of all; in brackets where that may be chance."""
    words = naming.words
    ranked = by_strength(found, found.assumptions)
    rows = ranked if complete else ranked[: max(LEAST_SHOWN, sum(is_strong(found, one) for one in ranked))]
    notes = [
        words(
            "rob.deciding.note",
            assumptions=len(found.assumptions),
            **{target: naming.number(found.noise[target], 2) for target in TARGETS},
        )
    ]
    if len(rows) < len(ranked):
        notes.insert(0, words("rob.deciding.rest", count=len(ranked) - len(rows)))

    def cell(c: Correlation) -> Cell:
        if c.rho is None:
            return "-"
        if complete or _stands_out(found, c):
            return Quantity(c.rho, 2, signed=True)
        return f"({naming.number(c.rho, 2, signed=True)})"

    return Table(
        words("rob.deciding"),
        tuple(
            words(key)
            for key in ("rob.assumption", "rob.range", "rob.gain", "rob.regret.column", "rob.regrouped", "rob.source")
        ),
        tuple(
            (
                one.name.in_language(naming.language),
                _range(one, naming),
                *map(cell, _strength(found, one)),
                SEPARATOR.join(dict.fromkeys(one.sources.values())) if complete else _source(one, naming),
            )
            for one in rows
        ),
        tuple(notes),
    )


def _range(one: Varied, naming: Naming) -> str:
    return " - ".join(f"{value:g}".replace(".", naming.words("rob.point")) for value in (one.low, one.likely, one.high))


def _source(one: Varied, naming: Naming) -> str:
    """The start of what it rests on: source keys, or `assumption`; both where the size is assumed."""
    text = next(iter(one.sources.values()), "")
    start = text.partition(" - ")[0].partition(":")[0].partition(" (")[0]
    return naming.words("rob.assumed", source=start) if "assum" in text and "assum" not in start else start
