"""Time against size: `python -m benchmarks.scaling --inputs DIR --limit 120 [--sizes 6 10 ...] [--record]`.

The scenarios `n<size>` of `benchmarks.inputs`, each solved in a process of its own, up to the same limit. Where that
ends a solve, the gap is what is certified by then. Straight lines are drawn of log seconds on log municipalities: of
the relaxation through the sizes at which it came to its end, of everything through those that were proven. What the
limit has ended would bend them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.columns import Columns, phases, pick, row, seconds_of, table
from benchmarks.inputs import SIZES
from benchmarks.machine import Result, each, markdown, options, publish, scenarios

LEAST_POINTS = 3
"""Points below which no line is drawn: through two it always fits."""
AT = 10
"""Municipalities at which the seconds of a line are told."""
FITS = ("time of", "sizes", "left out", f"seconds at {AT}", "exponent", "R²")


@dataclass(frozen=True)
class Line:
    """Seconds ≈ level x (municipalities / `AT`) ^ exponent."""

    level: float
    exponent: float
    explained: float
    """R², on logarithms."""

    @classmethod
    def through(cls, points: Iterable[tuple[float, float]]) -> "Line":
        """Least squares on logarithms, through (municipalities, seconds)."""
        size, seconds = np.log(np.array(list(points), dtype=float)).T
        exponent, level = np.polyfit(size - np.log(AT), seconds, 1)
        spread = ((seconds - seconds.mean()) ** 2).sum()
        missed = ((seconds - level - exponent * (size - np.log(AT))) ** 2).sum()
        return cls(float(np.exp(level)), float(exponent), 1 - float(missed / spread) if spread > 0 else 1.0)


def columns(results: Iterable[Result]) -> Columns:
    """What is told of the sizes."""
    by_phase = {f"of it {phase}": seconds_of(phase) for phase in phases(results)}
    before = ("municipalities", "member sets", "candidates", "seconds")
    return {**pick(*before), **by_phase, **pick("gap, % of the gain", "proven", "peak MB")}


def fit(results: Mapping[str, Result]) -> str:
    """The lines, and how many sizes are in each."""
    lines = [
        _told("the relaxation", results, lambda r: r.get("relaxed"), lambda r: r["phases"]["relaxation"]),
        _told("all of it", results, lambda r: r.get("proven"), lambda r: r["seconds"]),
    ]
    return markdown(FITS, lines)


def _told(
    name: str, results: Mapping[str, Result], counts: Callable[[Result], object], seconds: Callable[[Result], float]
) -> list[str]:
    """What is told of one line; no figures where it has too few points."""
    points = [(r["municipalities"], seconds(r)) for r in results.values() if counts(r)]
    told = [name, f"{len(points)}", f"{len(results) - len(points)}"]
    if len(points) < LEAST_POINTS:
        return [*told, "", "", ""]
    line = Line.through(points)
    return [*told, f"{line.level:.2f}", f"{line.exponent:.2f}", f"{line.explained:.3f}"]


def main() -> None:
    """Measure the sizes that were asked for."""
    parser = options(__doc__, limit=120.0)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of municipalities")
    given = parser.parse_args()
    inputs = scenarios(parser, given, [f"n{size}" for size in given.sizes])
    results = each("regions", inputs, given.limit, lambda name, result: row(columns([result]), name, result))
    text = f"{table('scenario', columns(results.values()), results)}\n\n{fit(results)}"
    publish("scaling", text, inputs, recorded=given.record)


if __name__ == "__main__":
    main()
