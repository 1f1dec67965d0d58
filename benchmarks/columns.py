"""Columns of the tables about solves: what is told of a result of the job of `regions`."""

from collections.abc import Callable, Iterable, Mapping

from benchmarks.machine import Result, markdown

Columns = Mapping[str, Callable[[Result], str]]
"""Heading of each column, and what it tells of a result."""


def times(result: Result) -> float:
    """How many times longer all of it takes than the relaxation alone."""
    return float(result["seconds"] / max(result["phases"]["relaxation"], 1e-3))


def seconds_of(phase: str) -> Callable[[Result], str]:
    """Seconds of a phase."""
    return lambda result: f"{result['phases'].get(phase, 0.0):.1f}"


def memory_of(phase: str) -> Callable[[Result], str]:
    """Peak memory by the end of a phase, where the solve has told of it."""
    return lambda result: f"{result['peaks'][phase]:.0f}" if phase in result["peaks"] else ""


KNOWN: Columns = {
    "municipalities": lambda result: f"{result['municipalities']}",
    "member sets": lambda result: f"{result['member_sets']:,}",
    "candidates": lambda result: f"{result['candidates']:,}",
    "seconds": lambda result: f"{result['seconds']:.1f}",
    "of it relaxation": seconds_of("relaxation"),
    "all / relaxation": lambda result: f"{times(result):.2f}",
    "value": lambda result: f"{result['value']:.6f}",
    "bound": lambda result: f"{result['bound']:.6f}",
    "gap, % of the gain": lambda result: f"{100 * result['gap']:.3f}",
    "proven": lambda result: "yes" if result["proven"] else "no",
    "peak MB": lambda result: f"{result['megabytes']:.0f}",
}


def pick(*headings: str) -> Columns:
    """Some of the columns."""
    return {heading: KNOWN[heading] for heading in headings}


def phases(results: Iterable[Result]) -> list[str]:
    """Names of the phases of solves, in the order in which they came."""
    return list(dict.fromkeys(phase for result in results for phase in result.get("phases", ())))


def row(columns: Columns, name: str, result: Result) -> list[str]:
    """What is told of one result; of one that failed, why."""
    if "failed" in result:
        return [name, *(f"failed: {result['failed']}" if heading == "proven" else "" for heading in columns)]
    return [name, *(tell(result) for tell in columns.values())]


def table(first: str, columns: Columns, results: Mapping[str, Result]) -> str:
    """The table of results by name; `first` is the heading of the names."""
    return markdown((first, *columns), [row(columns, name, result) for name, result in results.items()])
