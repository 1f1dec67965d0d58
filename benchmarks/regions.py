"""Every safety region: `python -m benchmarks.regions --inputs DIR [NAME ...] --limit 60 [--record]`.

Without names: all folders in DIR but `nederland` and `n<number>`. Each region is solved in a process of its own. The
job of this module, one solve with its phases, is also what `solvers` and `scaling` measure.
"""

import re
import statistics
import time
from pathlib import Path

from benchmarks.machine import Result, answer, asked_job, fingerprint, job, markdown, options, publish, say, scenarios
from regie_opt.engine import NoPlanInTime, Options, solve
from regie_opt.loading import load

OTHER = re.compile(r"nederland|n\d+")
"""Folders that are no safety region."""
PROVEN = 1e-4
"""Gap, as a share of the gain, up to which a region counts as proven in the last line."""
HEADERS = (
    "region",
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


def run(file: Path, limit: float) -> Result:
    """One solve: seconds in all and per phase, plan and proof."""
    loaded = load(file)
    began = time.perf_counter()
    try:
        solution = solve(loaded.scenario, loaded.base, Options(time_limit=limit))
    except NoPlanInTime as error:
        return {"failed": str(error)}
    seconds = time.perf_counter() - began
    proof = solution.certificate
    return {
        "seconds": seconds,
        "phases": solution.phases,
        "value": proof.value,
        "missing": max(0.0, proof.bound - proof.value),
        "alone": proof.alone,
        "gap": proof.gap,
        "proven": proof.status == "optimal",
        "municipalities": len(loaded.scenario.municipalities),
        "member_sets": proof.candidates.member_sets,
        "candidates": proof.candidates.count,
    }


def times(result: Result) -> float:
    """How many times longer all of it takes than the relaxation alone."""
    return float(result["seconds"] / max(result["phases"]["relaxation"], 1e-3))


def row(name: str, result: Result) -> list[str]:
    """What is told of one region."""
    if "failed" in result:
        return [name, *[""] * 7, f"failed: {result['failed']}", ""]
    return [
        name,
        f"{result['municipalities']}",
        f"{result['member_sets']:,}",
        f"{result['candidates']:,}",
        f"{result['seconds']:.1f}",
        f"{result['phases']['relaxation']:.1f}",
        f"{times(result):.2f}",
        f"{100 * result['gap']:.3f}",
        "yes" if result["proven"] else "no",
        f"{result['megabytes']:.0f}",
    ]


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
    asked = asked_job()
    if asked is not None:
        answer(run(Path(asked[0]), float(asked[1])))
        return
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help="which regions; none: all safety regions in the folder")
    given = parser.parse_args()
    found = sorted(p.name for p in given.inputs.glob("*") if p.is_dir() and not OTHER.fullmatch(p.name))
    results: dict[str, Result] = {}
    files = scenarios(parser, given, given.names or found)
    before = fingerprint(files.values())
    for name, file in files.items():
        results[name] = job("regions", file, given.limit, limit=given.limit)
        say("  ".join(row(name, results[name])))
    table = markdown(HEADERS, [row(name, result) for name, result in results.items()])
    text = f"{table}\n\n{summary(results, given.limit)}"
    publish("regions", text, files.values(), before, recorded=given.record)


if __name__ == "__main__":
    main()
