"""Every safety region: `python -m benchmarks.regions --inputs DIR [NAME ...] --limit 60 --threads 2 [--record]`.

Without names: all folders in DIR but `nederland` and `n<number>`. Each region is solved in a process of its own. The
job of this module, one solve with its phases, is also what `solvers`, `scaling`, `phases` and `country` measure.
"""

import os
import re
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.columns import pick, row, table, times
from benchmarks.machine import Result, each, megabytes, options, publish, scenarios, served
from regie_opt.engine import NoPlanInTime, Options, Progress, solve
from regie_opt.loading import load

OTHER = re.compile(r"nederland|n\d+")
"""Folders that are no safety region."""
PROVEN = 1e-4
"""Gap, as a share of the gain, up to which a region counts as proven in the last line."""
COLUMNS = pick(
    "municipalities",
    "member sets",
    "candidates",
    "seconds",
    "of it relaxation",
    "all / relaxation",
    "gap, % of the gain",
    "proven",
    "peak MB",
)


def run(file: Path, limit: float, threads: float = 1, progress: Callable[[Progress], None] = lambda _: None) -> Result:
    """One solve: seconds in all and per phase, peak memory by the end of each phase, plan and proof."""
    loaded = load(file)
    peaks: dict[str, float] = {}

    def hear(now: Progress) -> None:
        peaks[now.phase] = megabytes()
        progress(now)

    began = time.perf_counter()
    try:
        solution = solve(loaded.scenario, loaded.base, Options(time_limit=limit, threads=int(threads)), hear)
    except NoPlanInTime as error:
        return {"failed": str(error)}
    seconds = time.perf_counter() - began
    last = list(solution.phases)[-1]
    proof = solution.certificate
    return {
        "seconds": seconds,
        "phases": solution.phases,
        "peaks": {**peaks, last: megabytes()},
        "value": proof.value,
        "bound": proof.bound,
        "missing": max(0.0, proof.bound - proof.value),
        "alone": proof.alone,
        "gap": proof.gap,
        "proven": proof.status == "optimal",
        "relaxed": solution.memory is not None and solution.memory.relaxed.converged,
        "municipalities": len(loaded.scenario.municipalities),
        "member_sets": proof.candidates.member_sets,
        "candidates": proof.candidates.count,
    }


def summary(results: dict[str, Result], limit: float) -> str:
    """The last line: how many are proven, the worst gap, and what finishing costs on top of the relaxation."""
    done = {name: r for name, r in results.items() if "failed" not in r}
    if not done:
        return "No region was solved."
    proven = sum(r["gap"] <= PROVEN for r in done.values())
    worst = max(done, key=lambda name: float(done[name]["gap"]))
    ratio = statistics.median(times(r) for r in done.values())
    lost = f" {len(results) - len(done)} failed." if len(done) < len(results) else ""
    return (
        f"Proven to {PROVEN:g} of the gain within {limit:g} s: {proven} of {len(results)}.{lost} Worst gap: "
        f"{100 * done[worst]['gap']:.3f} % of the gain ({worst}). Median of all / relaxation: {ratio:.2f}."
    )


def main() -> None:
    """Measure the regions that were asked for."""
    if served(run):
        return
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help="which regions; none: all safety regions in the folder")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="branches of a search at the same time")
    given = parser.parse_args()
    found = sorted(p.name for p in given.inputs.glob("*") if p.is_dir() and not OTHER.fullmatch(p.name))
    inputs = scenarios(parser, given, given.names or found)
    results = each("regions", inputs, given.limit, partial(row, COLUMNS), given.threads)
    text = f"{table('region', COLUMNS, results)}\n\n{summary(results, given.limit)}"
    publish("regions", text, inputs, recorded=given.record)


if __name__ == "__main__":
    main()
