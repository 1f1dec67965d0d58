"""A weight changed by a tenth, solved again and from nothing: `python -m benchmarks.resolve --inputs DIR [--record]`.

Each criterion that weighs anything is made a tenth heavier, one at a time; both sides are solved to proof in the same
process, one after the other, and must be worth the same, or the command ends with an error. A weight that one of them
does not prove within the limit has no ratio.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import Result, each, markdown, options, publish, scenarios, served
from regie_opt.engine import Options, Solution, resolve, solve
from regie_opt.loading import load
from regie_opt.schema.scenario import Scenario

REGIONS = (
    "zuid-holland-zuid",
    "drenthe",
    "groningen",
    "zeeland",
    "limburg-noord",
    "noord-en-oost-gelderland",
    "zuid-limburg",
)
"""Regions that are measured where none is named: from ten to twenty-two municipalities, easy to prove and hard."""
HEAVIER = 1.1
SAME = 1e-6
"""Part of the value within which both sides must agree."""
MOST_SOLVES = 30
"""Solves that one job does at most."""
HEADERS = (
    "region",
    "weights",
    "not proven",
    "from nothing, s",
    "again, s",
    "least ratio",
    "median ratio",
    "greatest ratio",
    "median of processor time",
)


def heavier(scenario: Scenario, key: str) -> Scenario:
    """The scenario with one criterion a tenth heavier."""
    criteria = {
        k: c.model_copy(update={"weight": c.weight * HEAVIER}) if k == key else c for k, c in scenario.criteria.items()
    }
    return scenario.model_copy(update={"criteria": criteria})


def run(file: Path, limit: float) -> Result:
    """Seconds of both sides for every weight, by the clock and of the processor."""
    loaded = load(file)
    limited = Options(time_limit=limit)
    before = solve(loaded.scenario, loaded.base, limited)
    cold, warm, stopped = [], [], 0
    for key, criterion in loaded.scenario.criteria.items():
        if criterion.weight == 0:
            continue
        scenario = heavier(loaded.scenario, key)
        again, again_took = timed(resolve, before, scenario, limited)
        anew, anew_took = timed(solve, scenario, loaded.base, limited)
        if not again.certificate.status == anew.certificate.status == "optimal":
            stopped += 1
            continue
        if differ(again.certificate.value, anew.certificate.value):
            return {"failed": f"{key}: {again.certificate.value} again, {anew.certificate.value} from nothing"}
        cold.append(anew_took)
        warm.append(again_took)
    return {"cold": cold, "warm": warm, "stopped": stopped}


def timed(side: Callable[..., Solution], *given: object) -> tuple[Solution, tuple[float, float]]:
    """A solve, with its seconds by the clock and of the processor."""
    began, spent = time.perf_counter(), time.process_time()
    solution = side(*given)
    return solution, (time.perf_counter() - began, time.process_time() - spent)


def differ(one: float, other: float) -> bool:
    """Whether two values are not the same."""
    return abs(one - other) > SAME * max(1.0, abs(other))


def ratios(result: Result, clock: int = 0) -> list[float]:
    """How many times longer it takes from nothing, per weight: by the clock, or (1) of the processor."""
    return [c[clock] / w[clock] for c, w in zip(result["cold"], result["warm"], strict=True)]


def row(name: str, result: Result) -> list[str]:
    """What is told of one region."""
    if "failed" in result:
        return [name, f"failed: {result['failed']}", *[""] * (len(HEADERS) - 2)]
    times, stopped = ratios(result), result["stopped"]
    told = [name, f"{len(times) + stopped}", f"{stopped}"]
    if not times:
        return [*told, *[""] * (len(HEADERS) - 3)]
    seconds = [statistics.median(clock for clock, _ in result[side]) for side in ("cold", "warm")]
    shares = (min(times), statistics.median(times), max(times), statistics.median(ratios(result, 1)))
    return [*told, *(f"{s:.2f}" for s in seconds), *(f"{r:.1f}" for r in shares)]


def summary(results: dict[str, Result]) -> str:
    """The last line: the median over everything."""
    done = [result for result in results.values() if "failed" not in result]
    by_clock, by_processor = ([r for result in done for r in ratios(result, clock)] for clock in (0, 1))
    if not by_clock:
        return ""
    return (
        f"Median over regions and weights: {statistics.median(by_clock):.1f} times as fast as from nothing "
        f"({statistics.median(by_processor):.1f} in processor time)."
    )


def main() -> None:
    """Measure the regions that were asked for."""
    if served(run):
        return
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help=f"which regions; none: {', '.join(REGIONS)}")
    given = parser.parse_args()
    inputs = scenarios(parser, given, given.names or REGIONS)
    results = each("resolve", inputs, given.limit, row, solves=MOST_SOLVES)
    failed = [name for name, result in results.items() if "failed" in result]
    table = markdown(HEADERS, [row(name, result) for name, result in results.items()])
    publish("resolve", f"{table}\n\n{summary(results)}", inputs, recorded=given.record and not failed)
    if failed:
        sys.exit(f"Not as it should be, and not recorded: {', '.join(failed)}")


if __name__ == "__main__":
    main()
