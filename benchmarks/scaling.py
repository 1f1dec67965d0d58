"""Time against size: `python -m benchmarks.scaling --inputs DIR --limit 600 [--sizes 6 10 ...] [--record]`.

The scenarios `n<size>` of `benchmarks.inputs`, each solved in a process of its own. Through those that were proven
within the limit a straight line of log seconds on log municipalities is drawn; the others would bend it.
"""

from collections.abc import Iterable

import numpy as np

from benchmarks.columns import Columns, phases, pick, row, seconds_of, table
from benchmarks.inputs import SIZES
from benchmarks.machine import Result, each, options, publish, scenarios

LEAST_POINTS = 3
"""Points below which no line is drawn: through two it always fits."""


def columns(results: Iterable[Result]) -> Columns:
    """What is told of the sizes."""
    by_phase = {f"of it {phase}": seconds_of(phase) for phase in phases(results)}
    before, after = ("member sets", "candidates", "seconds"), ("gap, % of the gain", "proven", "peak MB")
    return {**pick(*before), **by_phase, **pick(*after)}


def fit(results: dict[str, Result]) -> str:
    """The line through the sizes that were proven: exponent, seconds at ten municipalities, and R²."""
    points = [(r["municipalities"], r["seconds"]) for r in results.values() if r.get("proven")]
    left = f"{len(results) - len(points)} of {len(results)} sizes were not proven within the limit and are left out."
    if len(points) < LEAST_POINTS:
        return f"No line is drawn: {left}"
    size, seconds = np.log(np.array(points, dtype=float)).T
    exponent, level = np.polyfit(size, seconds, 1)
    spread = ((seconds - seconds.mean()) ** 2).sum()
    explained = 1 - ((seconds - level - exponent * size) ** 2).sum() / spread if spread > 0 else 1.0
    at_ten = float(np.exp(level + exponent * np.log(10)))
    return (
        f"Seconds ≈ {at_ten:.2f} × (municipalities / 10)^{exponent:.2f}, R² = {explained:.3f}, least squares on "
        f"logarithms over {len(points)} sizes. {left if len(points) < len(results) else ''}"
    )


def main() -> None:
    """Measure the sizes that were asked for."""
    parser = options(__doc__, limit=600.0)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of municipalities")
    given = parser.parse_args()
    inputs = scenarios(parser, given, [f"n{size}" for size in given.sizes])
    results = each("regions", inputs, given.limit, lambda name, result: row(columns([result]), name, result))
    text = f"{table('scenario', columns(results.values()), results)}\n\n{fit(results)}"
    publish("scaling", text, inputs, recorded=given.record)


if __name__ == "__main__":
    main()
