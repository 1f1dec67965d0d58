"""One contender on one region: what its runs come to, and how it is told."""

import statistics
from dataclasses import dataclass, field

from benchmarks.machine import Result

SHORTEST = 1e-3
"""Seconds that anything counts as at least, so that ratios stay numbers."""


@dataclass
class Contender:
    """All runs of one contender on one region, at least one by the time it is asked."""

    kind: str
    name: str
    limit: float
    """Seconds; what a run counts as that was stopped or has failed."""
    runs: list[Result] = field(default_factory=list)

    @property
    def failed(self) -> str | None:
        """Why there is no plan, None where there is one."""
        last = self.runs[-1]
        if "failed" in last:
            return f"failed: {last['failed']}"
        return None if last["value"] is not None else f"no plan: {last['said']}"

    @property
    def proven(self) -> bool:
        """Whether every run ended with a proof."""
        return all(run.get("proven", False) for run in self.runs)

    @property
    def seconds(self) -> float:
        """Median, or the limit where a run was stopped."""
        if not self.proven:
            return self.limit
        return max(SHORTEST, statistics.median(float(run["seconds"]) for run in self.runs))

    @property
    def shown(self) -> str:
        """Its seconds, as they are told."""
        return f"{'' if self.proven else 'over '}{self.seconds:.1f}"

    @property
    def value(self) -> float | None:
        """Value of its last plan."""
        return None if self.failed else float(self.runs[-1]["value"])

    def gap(self, alone: float | None) -> float | None:
        """How far its bound is above its plan, as a share of the gain of that plan over everybody alone."""
        value, missing = self.value, self.runs[-1].get("missing")
        if value is None or missing is None or alone is None or value == alone:
            return None
        return float(missing) / abs(value - alone)

    def cells(self, own: "Contender") -> list[str]:
        """Name, proof, seconds, ratio, value, gap and memory."""
        gap = self.gap(own.runs[-1].get("alone"))
        memory = [run["megabytes"] for run in self.runs if "megabytes" in run]
        return [
            self.name,
            self.failed or ("yes" if self.proven else "no"),
            self.shown,
            "1" if self is own else ratio(self, own),
            "" if self.value is None else f"{self.value:.6f}",
            "" if self.value is None else "not known" if gap is None else f"{100 * gap:.3f}",
            f"{max(memory):.0f}" if memory else "",
        ]


def ratio(other: Contender, own: Contender) -> str:
    """Seconds of another over ours; marked where the real one is more, or less, or not known."""
    mark = {(True, True): "", (False, True): "> ", (True, False): "< ", (False, False): "? "}[other.proven, own.proven]
    return f"{mark}{other.seconds / own.seconds:.1f}"
