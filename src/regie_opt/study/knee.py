"""Geometry of a frontier: which points dominate which, and where its knee is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regie_opt.worth.region import Floats

LEAST = 1e-6
"""Distance (parts of the ranges) below which a frontier has no knee."""
FLAT = 1e-9
"""Determinant below which three ends span no plane."""

Losses = tuple[float, ...]


def dominates(one: Losses, other: Losses, same: Losses) -> bool:
    """Whether one is better than the other in some loss and worse in none; `same` is what counts as no difference."""
    worse = any(x > y + tiny for x, y, tiny in zip(one, other, same, strict=True))
    better = any(x < y - tiny for x, y, tiny in zip(one, other, same, strict=True))
    return better and not worse


def nondominated(losses: Sequence[Losses], same: Losses) -> list[int]:
    """Places of those that none of the others dominates; of those that are the same the first."""
    keep: list[int] = []
    for i, one in enumerate(losses):
        alike = any(all(abs(x - y) <= t for x, y, t in zip(one, losses[k], same, strict=True)) for k in keep)
        if not alike and not any(dominates(other, one, same) for other in losses):
            keep.append(i)
    return keep


def normalised(losses: Sequence[Losses]) -> Floats:
    """Losses in parts of the range of each, 0 for the best and 1 for the worst (p, k); 0 where all are the same."""
    table = np.array(losses, dtype=float)
    least, span = table.min(axis=0), np.ptp(table, axis=0)
    scaled: Floats = (table - least) / np.where(span > 0, span, 1.0)
    return scaled


@dataclass(frozen=True)
class Knee:
    """The point that is farthest on the good side of the line, or plane, through the ends."""

    place: int
    distance: float
    """In parts of the ranges."""


def knee(losses: Sequence[Losses]) -> Knee | None:
    """The knee of a frontier of two or three losses; None where no point is on the good side.

    The ends are the points that are best in one loss each, among equals that which is best in the others together.
    """
    if len(losses) <= len(losses[0]):
        return None
    at = normalised(losses)
    ends = at[[int(np.lexsort((at.sum(axis=1), at[:, k]))[0]) for k in range(at.shape[1])]]
    normal = _normal(ends)
    if normal is None:
        return None
    distance = (ends[0] - at) @ normal
    place = int(np.argmax(np.round(distance, 12)))
    return Knee(place, float(distance[place])) if distance[place] > LEAST else None


def _normal(ends: Floats) -> Floats | None:
    """Unit vector across the ends (k, k) that points to what is worse; None where they span no line or plane."""
    along = ends[1:] - ends[0]
    normal = np.array([along[0][1], -along[0][0]]) if len(ends) == 2 else np.cross(along[0], along[1])
    length = float(np.linalg.norm(normal))
    if length < FLAT or (abs(normal.sum()) < FLAT):
        return None
    across: Floats = normal / length * np.sign(normal.sum())
    return across


def nearest(losses: Sequence[Losses], place: int) -> int | None:
    """The other point that is nearest to one, in parts of the ranges; None where there is no other."""
    if len(losses) < 2:
        return None
    at = normalised(losses)
    away = np.linalg.norm(at - at[place], axis=1)
    away[place] = np.inf
    return int(np.argmin(np.round(away, 12)))
