"""A weight changed by a tenth, solved again and from nothing: `python -m benchmarks.resolve --inputs DIR [--record]`.

Each criterion that weighs anything is made a tenth heavier, one at a time; both sides are solved to proof in the same
process, one after the other, and must be worth the same.
"""

import statistics
import time
from pathlib import Path

from benchmarks.inputs import SEVEN
from benchmarks.machine import Result, each, markdown, options, publish, scenarios, served
from regie_opt.engine import Options, resolve, solve
from regie_opt.loading import load
from regie_opt.schema.scenario import Scenario

HEAVIER = 1.1
SAME = 1e-6
"""Value within which both sides must agree."""
MOST_SOLVES = 30
"""Solves that one job does at most."""
HEADERS = ("region", "weights", "from nothing, s", "again, s", "least ratio", "median ratio", "greatest ratio")


def heavier(scenario: Scenario, key: str) -> Scenario:
    """The scenario with one criterion a tenth heavier."""
    criteria = {
        k: c.model_copy(update={"weight": c.weight * HEAVIER}) if k == key else c for k, c in scenario.criteria.items()
    }
    return scenario.model_copy(update={"criteria": criteria})


def run(file: Path, limit: float) -> Result:
    """Seconds of both sides for every weight."""
    loaded = load(file)
    limited = Options(time_limit=limit)
    before = solve(loaded.scenario, loaded.base, limited)
    cold, warm = [], []
    for key, criterion in loaded.scenario.criteria.items():
        if criterion.weight == 0:
            continue
        scenario = heavier(loaded.scenario, key)
        began = time.perf_counter()
        again = resolve(before, scenario, limited).certificate
        halfway = time.perf_counter()
        anew = solve(scenario, loaded.base, limited).certificate
        cold.append(time.perf_counter() - halfway)
        warm.append(halfway - began)
        if again.status == anew.status == "optimal" and abs(again.value - anew.value) > SAME:
            return {"failed": f"{key}: {again.value} again, {anew.value} from nothing"}
    return {"cold": cold, "warm": warm}


def ratios(result: Result) -> list[float]:
    """How many times longer it takes from nothing, per weight."""
    return [c / w for c, w in zip(result["cold"], result["warm"], strict=True)]


def row(name: str, result: Result) -> list[str]:
    """What is told of one region."""
    if "failed" in result:
        return [name, f"failed: {result['failed']}", *[""] * 5]
    times = ratios(result)
    seconds = [statistics.median(result["cold"]), statistics.median(result["warm"])]
    return [
        name,
        f"{len(times)}",
        *(f"{s:.2f}" for s in seconds),
        *(f"{r:.1f}" for r in (min(times), statistics.median(times), max(times))),
    ]


def main() -> None:
    """Measure the regions that were asked for."""
    if served(run):
        return
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help="which regions; none: the seven that other solvers are run on")
    given = parser.parse_args()
    inputs = scenarios(parser, given, given.names or SEVEN)
    results = each("resolve", inputs, given.limit, row, solves=MOST_SOLVES)
    every = [r for result in results.values() if "failed" not in result for r in ratios(result)]
    median = (
        f"Median over regions and weights: {statistics.median(every):.1f} times as fast as from nothing."
        if every
        else ""
    )
    table = markdown(HEADERS, [row(name, result) for name, result in results.items()])
    publish("resolve", f"{table}\n\n{median}", inputs, recorded=given.record)


if __name__ == "__main__":
    main()
