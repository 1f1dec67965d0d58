"""The frontier of two losses: boxes between neighbouring points, each searched for what lies between.

Whoever solves gives the plan with the least first loss among those with a second loss up to a limit. Between two known
points lies a box. Its search starts just below the point with the higher second loss and goes down from what it finds,
so that nothing between is passed over; where boxes are wide they are first split in the middle, so that several can be
searched at the same time. What is asked in a round depends on what is known only, not on how many can be asked at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

SPLITS = 3
"""Rounds in which boxes are split in the middle."""
WIDE = 4.0
"""Steps that a box must be wide to be split."""


class Lost(Protocol):
    """Something with losses."""

    @property
    def losses(self) -> tuple[float, ...]:
        """One for each objective: less is better."""


P = TypeVar("P", bound=Lost)
Ask = Callable[[Sequence[tuple[float, ...]]], Sequence[P | None]]
"""The best plan within each of several limits on the losses after the first; None where there is no plan."""


@dataclass(frozen=True)
class Step:
    """How near two losses of each objective are that count as the same, and how far the search goes on each time."""

    same: tuple[float, ...]
    far: tuple[float, ...]


@dataclass(frozen=True)
class Box(Generic[P]):
    """What lies between two neighbouring points."""

    low: P
    """The one with the lower second loss."""
    high: P
    """The one with the lower first loss."""
    floor: float
    """No plan with a second loss up to this is better than `low` in the first."""
    top: float
    """Whatever is of use has a second loss up to this."""

    def is_open(self, step: Step) -> bool:
        """Whether a point may be missing in it that is told apart from its ends."""
        gained = self.low.losses[0] - self.high.losses[0]
        return self.top > self.floor + step.same[1] and gained > max(step.same[0], step.far[0])

    def limit(self, step: Step, *, split: bool) -> float:
        """Where it is searched."""
        wide = self.top - self.floor > WIDE * step.far[1]
        return (self.floor + self.top) / 2 if split and wide else self.top

    def after(self, limit: float, found: P, step: Step) -> "list[Box[P]]":
        """What is left of it, given the best plan within a limit."""
        rest = [] if limit >= self.top else [(limit, self.top)]
        if found.losses[0] >= self.low.losses[0] - step.same[0]:
            return [Box(self.low, self.high, floor, top) for floor, top in rest]
        below = Box(self.low, found, self.floor, found.losses[1] - step.far[1])
        return [below, *(Box(found, self.high, floor, top) for floor, top in rest)]


def between(low: P, high: P, ask: Ask[P], step: Step) -> list[P]:
    """Every point between two, the ends included, that a step tells apart; dominated ones may be among them."""
    points = [low, high]
    boxes = [Box(low, high, low.losses[1], high.losses[1] - step.far[1])]
    rounds = 0
    while boxes := [box for box in boxes if box.is_open(step)]:
        limits = [box.limit(step, split=rounds < SPLITS) for box in boxes]
        rounds += 1
        answers = ask([(limit,) for limit in limits])
        left: list[Box[P]] = []
        for box, limit, found in zip(boxes, limits, answers, strict=True):
            # The end with the lowest second loss is within every limit, so there is always a plan.
            found = box.low if found is None else found
            parts = box.after(limit, found, step)
            if found.losses[0] < box.low.losses[0] - step.same[0]:
                points.append(found)
            left += parts
        boxes = left
    return points
