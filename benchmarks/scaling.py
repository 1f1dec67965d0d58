"""Time against size: `python -m benchmarks.scaling --inputs DIR --limit 600 [--sizes 6 10 ...] [--record]`.

The scenarios `n<size>` of `benchmarks.inputs`, each solved in a process of its own. Through those that were proven
within the limit a straight line of log seconds on log municipalities is drawn; the others would bend it.
"""

import numpy as np

from benchmarks.inputs import SIZES
from benchmarks.machine import Result, fingerprint, job, markdown, options, publish, say, scenarios

LEAST_POINTS = 3
"""Points below which no line is drawn: through two it always fits."""
PHASES = ("candidates", "relaxation", "proof")
HEADERS = (
    "municipalities",
    "member sets",
    "candidates",
    "seconds",
    *(f"of it {phase}" for phase in PHASES),
    "gap, % of the gain",
    "proven",
    "peak MB",
)


def row(size: int, result: Result) -> list[str]:
    """What is told of one size."""
    if "failed" in result:
        return [f"{size}", *[""] * 7, f"failed: {result['failed']}", ""]
    return [
        f"{size}",
        f"{result['member_sets']:,}",
        f"{result['candidates']:,}",
        f"{result['seconds']:.1f}",
        *(f"{result['phases'][phase]:.1f}" for phase in PHASES),
        f"{100 * result['gap']:.3f}",
        "yes" if result["proven"] else "no",
        f"{result['megabytes']:.0f}",
    ]


def fit(results: dict[int, Result]) -> str:
    """The line through the sizes that were proven: exponent, seconds at ten municipalities, and R²."""
    points = [(size, r["seconds"]) for size, r in results.items() if r.get("proven")]
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
    files = scenarios(parser, given, [f"n{size}" for size in given.sizes])
    before = fingerprint(files.values())
    results: dict[int, Result] = {}
    for size, file in zip(given.sizes, files.values(), strict=True):
        results[size] = job("regions", file, given.limit, limit=given.limit)
        say("  ".join(row(size, results[size])))
    table = markdown(HEADERS, [row(size, result) for size, result in results.items()], words=0)
    publish("scaling", f"{table}\n\n{fit(results)}", files.values(), before, recorded=given.record)


if __name__ == "__main__":
    main()
