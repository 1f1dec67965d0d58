"""Where the names on a map go: beside their dot, and over no other name or dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LETTER = 0.58
"""Width of a letter as a part of the font's size, bold."""
DOT = 8
"""Room around a dot, points."""


@dataclass(frozen=True)
class Side:
    """Where a name stands from its dot: shift in points, and which end is there."""

    dx: int
    dy: int
    align: Literal["left", "center", "right"]


ABOVE, BELOW, RIGHT, LEFT = (
    Side(0, -17, "center"),
    Side(0, 18, "center"),
    Side(13, 0, "left"),
    Side(-13, 0, "right"),
)
SIDES = (ABOVE, BELOW, RIGHT, LEFT)
"""In order of preference."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Named:
    """A dot with a name, in points from the left and the top."""

    x: float
    y: float
    name: str


def placed(dots: Sequence[Named], size: int, most: int) -> list[Side | None]:
    """A side for each name, the first of the list first; None for a name that is left out.

    Where there are no more than `most`, every name is placed, where it covers least. Of more, the first `most` are:
    over dots where it must be, and not over another name.
    """
    around = [(d.x - DOT, d.y - DOT, d.x + DOT, d.y + DOT) for d in dots]
    names: list[Box] = []
    sides: list[Side | None] = []
    for number, dot in enumerate(dots):
        others = [box for index, box in enumerate(around) if index != number]
        over_names = {side: sum(_common(_box(dot, side, size), box) for box in names) for side in SIDES}
        over_all = {
            side: over_names[side] + sum(_common(_box(dot, side, size), box) for box in others) for side in SIDES
        }
        best = min(SIDES, key=lambda side: (over_names[side], over_all[side]))
        if len(dots) > most and (number >= most or over_names[best] > 0):
            sides.append(None)
            continue
        sides.append(best)
        names.append(_box(dot, best, size))
    return sides


def _box(dot: Named, side: Side, size: int) -> Box:
    width = LETTER * size * len(dot.name)
    left = dot.x + side.dx - {"left": 0.0, "center": width / 2, "right": width}[side.align]
    middle = dot.y + side.dy
    return left, middle - 0.55 * size, left + width, middle + 0.55 * size


def _common(a: Box, b: Box) -> float:
    """Area that two boxes share."""
    broad, tall = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, broad) * max(0.0, tall)
