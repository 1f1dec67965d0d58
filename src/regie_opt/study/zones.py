"""The frontier of three losses: zones of limits on the second and the third, each searched for its best plan.

A zone is all plans with losses up to two limits. Its best plan is on the frontier, and what is worse than that plan in
both limited losses is worse in the first too: two smaller zones are left, one below it in each (Kirlik and Sayin 2014).
A zone whose limits lie within those of one that was searched, and hold the plan found there, need not be searched again
(Oezlen and Azizoglu 2009), nor one within a zone that holds no plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from regie_opt.study.boxes import Ask, P, Step

AT_ONCE = 8
"""Zones searched in a round, however many can be at the same time."""

Limits = tuple[float, ...]


@dataclass(frozen=True)
class Searched(Generic[P]):
    """A zone and its best plan, None where it holds none."""

    limits: Limits
    found: P | None


def over(start: Limits, least: Limits, ask: Ask[P], step: Step) -> list[P]:
    """Every point within some limits that a step tells apart, in the order in which they are found.

    `least` are the lowest losses that there are: no plan is in a zone below them.
    """
    waiting, searched, points = [start], list[Searched[P]](), list[P]()
    while waiting:
        waiting = _largest_first(waiting)
        limits = waiting[:AT_ONCE]
        waiting = waiting[AT_ONCE:]
        new = [zone for zone in limits if _known(zone, searched) is None]
        for zone, found in zip(new, ask(new), strict=True):
            searched.append(Searched(zone, found))
            if found is not None and not _there(found, points, step):
                points.append(found)
        for zone in limits:
            known = _known(zone, searched)
            if known is None or known.found is None:
                continue
            waiting += [part for part in _below(zone, known.found, step) if _possible(part, least, step)]
    return points


def _below(zone: Limits, found: P, step: Step) -> list[Limits]:
    """The zones that are left: below the plan in each of the limited losses."""
    return [(*zone[:i], found.losses[i + 1] - step.far[i + 1], *zone[i + 1 :]) for i in range(len(zone))]


def _possible(zone: Limits, least: Limits, step: Step) -> bool:
    return all(limit >= low - step.same[i + 1] for i, (limit, low) in enumerate(zip(zone, least, strict=True)))


def _known(zone: Limits, searched: Sequence[Searched[P]]) -> Searched[P] | None:
    """A search that tells what the best plan of a zone is."""
    for before in searched:
        if not _within(zone, before.limits):
            continue
        if before.found is None or all(x <= u for x, u in zip(before.found.losses[1:], zone, strict=True)):
            return before
    return None


def _largest_first(zones: Sequence[Limits]) -> list[Limits]:
    """Zones that lie within no other, those with the highest limits first."""
    distinct = sorted(set(zones), reverse=True)
    return [zone for zone in distinct if not any(zone != other and _within(zone, other) for other in distinct)]


def _within(zone: Limits, other: Limits) -> bool:
    return all(limit <= most for limit, most in zip(zone, other, strict=True))


def _there(found: P, points: Sequence[P], step: Step) -> bool:
    """Whether a point is there already."""
    return any(
        all(abs(x - y) <= same for x, y, same in zip(found.losses, point.losses, step.same, strict=True))
        for point in points
    )
