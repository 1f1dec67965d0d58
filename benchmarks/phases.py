"""Where time and memory go: `python -m benchmarks.phases --inputs DIR [NAME ...] --limit 60 [--record]`.

Seconds that each phase of a solve takes, and the peak memory of the process by its end. Each region is solved in a
process of its own, by the job of `regions`.
"""

from collections.abc import Iterable

from benchmarks.columns import Columns, memory_of, phases, pick, row, seconds_of, table
from benchmarks.inputs import SEVEN
from benchmarks.machine import Result, each, options, publish, scenarios

READING = "MB: peak memory of the process by the end of the phase, Python and its packages (some 100 MB) included."


def columns(results: Iterable[Result]) -> Columns:
    """Seconds and memory of every phase; by the end of the last one that is the memory of all of it."""
    by_phase = {}
    for phase in phases(results):
        by_phase[f"{phase}, s"] = seconds_of(phase)
        by_phase[f"{phase}, MB"] = memory_of(phase)
    return {**pick("candidates"), **by_phase, **pick("seconds", "proven")}


def main() -> None:
    """Measure the regions that were asked for."""
    parser = options(__doc__, limit=60.0)
    parser.add_argument("names", nargs="*", help="which regions; none: the seven that other solvers are run on")
    given = parser.parse_args()
    inputs = scenarios(parser, given, given.names or SEVEN)
    results = each("regions", inputs, given.limit, lambda name, result: row(columns([result]), name, result))
    text = f"{table('region', columns(results.values()), results)}\n\n{READING}"
    publish("phases", text, inputs, recorded=given.record)


if __name__ == "__main__":
    main()
