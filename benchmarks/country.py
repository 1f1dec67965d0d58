"""The whole country: `python -m benchmarks.country --inputs DIR --limit 600 --threads 2 [--record]`.

One solve in a process of its own, and how value, bound and gap came nearer to each other on the way, as the engine
itself reports its progress.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.columns import pick, row, table
from benchmarks.machine import Result, each, markdown, options, publish, scenarios, served
from benchmarks.regions import run as solved
from regie_opt.engine import Progress

MOMENTS = 15
"""Moments of the curve, evenly spread over the time; the end of each phase comes on top of them."""
COLUMNS = pick(
    "municipalities",
    "member sets",
    "candidates",
    "seconds",
    "value",
    "bound",
    "gap, % of the gain",
    "proven",
    "peak MB",
)
CURVE = ("seconds", "phase", "value", "bound", "gap, % of the gain")


def run(file: Path, limit: float, threads: float = 1) -> Result:
    """One solve, with its curve; the curve is there without a plan too."""
    heard: list[Progress] = []
    result = solved(file, limit, threads, heard.append)
    return {**result, "curve": [asdict(now) for now in thinned(heard)]}


def thinned(heard: Sequence[Progress], moments: int = MOMENTS) -> list[Progress]:
    """The last report up to each of some moments, and the last of every phase."""
    if not heard:
        return []
    seconds = np.array([now.seconds for now in heard])
    upto = np.searchsorted(seconds, np.linspace(0.0, seconds[-1], moments + 1)[1:], side="right") - 1
    ends = [i for i in range(len(heard)) if i + 1 == len(heard) or heard[i + 1].phase != heard[i].phase]
    return [heard[i] for i in sorted({*upto[upto >= 0].tolist(), *ends})]


def curve(result: Result) -> str:
    """The curve as a table; empty where nothing is known yet."""
    rows = [
        [
            f"{now['seconds']:.1f}",
            now["phase"],
            *("" if now[key] is None else f"{now[key]:.6f}" for key in ("value", "bound")),
            "" if now["gap"] is None else f"{100 * now['gap']:.3f}",
        ]
        for now in result.get("curve", ())
    ]
    return markdown(CURVE, rows, words=0)


def main() -> None:
    """Solve the country, or the scenario that was asked for."""
    if served(run):
        return
    parser = options(__doc__, limit=600.0)
    parser.add_argument("--name", default="nederland", help="which scenario")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="parts that are worked on at the same time")
    given = parser.parse_args()
    inputs = scenarios(parser, given, [given.name])
    results = each("country", inputs, given.limit, partial(row, COLUMNS), given.threads)
    text = f"{table('scenario', COLUMNS, results)}\n\n{curve(results[given.name])}"
    publish("country", text, inputs, recorded=given.record)


if __name__ == "__main__":
    main()
