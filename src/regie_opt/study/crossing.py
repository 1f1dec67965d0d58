"""Where one value catches up with another: the nearest point, proven by a bound on everything before it.

Both values are best values of plans, each of which is a straight line in a weight: convex, and linear in pieces. So any
plan gives a line below the free value, and any two points a chord above the forced one; where the highest line is above
the chord, forced cannot be as good as free.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

SAME = 5e-7
"""Difference of values that counts as none: somewhat more than what a proof leaves open."""
MOST_ROUNDS = 15
"""Rounds of solves in one direction before the search gives up."""


class Sample(NamedTuple):
    """A value at one point."""

    value: float
    """Of the best plan found."""
    bound: float
    """No plan is worth more."""
    slope: float
    """What the value of that plan gains per unit of distance."""


class Wanted(NamedTuple):
    """Points to solve at, by distance from the start."""

    free: tuple[float, ...]
    forced: tuple[float, ...]


@dataclass
class Crossing:
    """The search in one direction, over distances from 0 to `end`; told about samples, it says which it wants next."""

    end: float
    free: dict[float, Sample]
    """By distance; at 0 to begin with."""
    forced: dict[float, Sample]
    is_convex: bool = True
    """Whether chords are above the forced value; where not, a crossing is one, but nearer ones are not ruled out."""
    at: float | None = field(default=None, init=False)
    """The nearest distance at which forced is as good as free."""
    is_proven: bool = field(default=False, init=False)
    """Whether nothing nearer is one; without a crossing: whether there is none up to the end."""
    is_done: bool = field(default=False, init=False)
    _rounds: int = field(default=0, init=False)

    def wanted(self) -> Wanted:
        """What to solve next; nothing when the search is done."""
        if self.is_done:
            return Wanted((), ())
        self._rounds += 1
        if self.end not in self.forced:
            newton = self._newton()
            some = (self.end,) if newton is None else (newton, self.end)
            return Wanted((), tuple(t for t in some if t not in self.forced))
        at = self._first_open()
        if at is None:
            return self._end(None, proven=True)
        if at in self.free and at in self.forced:
            gap = self.free[at].value - self.forced[at].value
            open_still = max(self.free[at].bound - self.free[at].value, self.forced[at].bound - self.forced[at].value)
            return self._end(at if gap <= SAME else None, proven=open_still <= SAME and gap <= SAME)
        if self._rounds > MOST_ROUNDS:
            return self._end(None, proven=False)
        newton = self._newton(at)
        more = () if newton is None or newton in self.forced else (newton,)
        return Wanted(
            () if at in self.free else (at,),
            tuple(dict.fromkeys((*(() if at in self.forced else (at,)), *more))),
        )

    def give_up(self) -> None:
        """End without an answer: a solve that was wanted gave none."""
        self._end(None, proven=False)

    def _end(self, at: float | None, *, proven: bool) -> Wanted:
        self.at, self.is_proven, self.is_done = at, proven and self.is_convex, True
        return Wanted((), ())

    def _newton(self, before: float | None = None) -> float | None:
        """Where the line of the last forced plan before a point meets the highest free line there."""
        start = max(t for t in self.forced if before is None or t <= before)
        sample = self.forced[start]
        level, slope = max((s.value + s.slope * (start - t), s.slope) for t, s in self.free.items())
        closing = sample.slope - slope
        if closing <= 0 or level - sample.value <= SAME:
            return None
        at = start + (level - sample.value) / closing
        return at if start < at < self.end else None

    def _first_open(self) -> float | None:
        """The nearest point at which the highest free line is not above the chord of the forced value."""
        points = sorted(self.forced)
        for left, right in pairwise(points):
            a, b = self.forced[left].bound, self.forced[right].bound
            low, high = left, right
            for t, sample in self.free.items():
                slope = sample.slope - (b - a) / (right - left)
                excess = sample.value + sample.slope * (left - t) - a - SAME / 2
                if abs(slope) * (right - left) < SAME / 100:
                    high = high if excess <= 0 else low - 1.0
                elif slope < 0:
                    low = max(low, left - excess / slope)
                else:
                    high = min(high, left - excess / slope)
            if low <= high:
                return low
        return None
