"""What comes out at every point of a grid; along one weight, exactly where one plan takes over from another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.tuning import Breakpoint, Sweep, SweepPoint
from regie_opt.study.interval import lead, tolerance
from regie_opt.study.plans import Plans
from regie_opt.study.solving import Solve
from regie_opt.study.study import HALF, Study
from regie_opt.study.weighing import Moving
from regie_opt.worth import assess


@dataclass(frozen=True)
class Grid:
    """Scenarios at the points of a grid."""

    paths: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    scenarios: tuple[Scenario, ...]
    near: Scenario
    """The scenario whose values are swept."""
    base: Scenario
    options: engine.Options = field(default_factory=engine.Options)
    moving: Moving | None = None
    """The one weight that is swept, where it is one."""

    @property
    def tasks(self) -> list[Solve]:
        """A solve for each point."""
        return [Solve(scenario, self.base, self.options, near=self.near) for scenario in self.scenarios]


def sweep(grid: Grid, plans: Plans, study: Study) -> Sweep:
    """The outcome at each point, and the breakpoints of one swept weight; new plans are added."""
    outcomes = study.results(grid.tasks, HALF)
    numbers: list[int | None] = []
    for scenario, outcome in zip(grid.scenarios, outcomes, strict=True):
        numbers.append(_number(grid, scenario, outcome, plans, numbers[-1] if numbers else None))
    breaks: tuple[Breakpoint, ...] = ()
    if grid.moving is not None:
        values = [point[0] for point in grid.points]
        reached = [(value, number) for value, number in zip(values, numbers, strict=True) if number is not None]
        breaks = _breakpoints(grid.moving, reached, plans, study)
        # A plan that is the best at an end of the range only is as good there as its neighbour, which is told.
        while breaks and breaks[0].weight == values[0]:
            numbers[0], breaks = breaks[0].after, breaks[1:]
        while breaks and breaks[-1].weight == values[-1]:
            numbers[-1], breaks = breaks[-1].before, breaks[:-1]
    return Sweep(
        paths=grid.paths,
        points=tuple(map(_point, grid.points, outcomes, numbers, [plans] * len(numbers))),
        breakpoints=breaks,
        linear=None if grid.moving is None else grid.moving.linear,
    )


def _number(grid: Grid, scenario: Scenario, outcome: Outcome, plans: Plans, before: int | None) -> int | None:
    """The plan at a point: where others are equally good the recommended one, or else that of the point before."""
    if outcome.certificate is None:
        return None
    number = plans.number(outcome)
    if engine.unlike(grid.near, scenario) is None:
        for other in (1, before):
            if other is not None and other != number:
                value = assess(scenario, grid.base, plans[other]).value
                if value >= outcome.certificate.value - tolerance(outcome):
                    return other
    return number


def _point(values: tuple[float, ...], outcome: Outcome, number: int | None, plans: Plans) -> SweepPoint:
    if outcome.certificate is None or number is None:
        return SweepPoint(values=values, status=outcome.status, conflict=outcome.conflict)
    return SweepPoint(
        values=values,
        status=outcome.status,
        value=outcome.certificate.value,
        gap=outcome.certificate.gap,
        plan=number,
        regrouped=len(plans.regrouped(number)),
        hours=plans.hours(number),
    )


@dataclass(frozen=True)
class _Bracket:
    """Two weights with another plan at each."""

    low: float
    before: int
    high: float
    after: int


def _breakpoints(
    moving: Moving, points: Sequence[tuple[float, int]], plans: Plans, study: Study
) -> tuple[Breakpoint, ...]:
    """Split every bracket at the crossing of its two plans, until at each crossing no third one is better."""
    ordered = sorted(points)
    brackets = [
        _Bracket(low, before, high, after) for (low, before), (high, after) in pairwise(ordered) if before != after
    ]
    found: list[tuple[_Bracket, Breakpoint]] = []
    while brackets:
        crossed = [_crossing(moving, plans, bracket) for bracket in brackets]
        outcomes = study.results([moving.task(weight) for weight in crossed], HALF)
        parts: list[_Bracket] = []
        for bracket, weight, outcome in zip(brackets, crossed, outcomes, strict=True):
            third = _third(moving, plans, bracket, weight, outcome)
            if third is None:
                proven = outcome.certificate is not None and outcome.certificate.gap == 0
                point = Breakpoint(weight=weight, before=bracket.before, after=bracket.after, proven=proven)
                found.append((bracket, point))
            else:
                parts.append(_Bracket(bracket.low, bracket.before, weight, third))
                parts.append(_Bracket(weight, third, bracket.high, bracket.after))
        brackets = parts
    return tuple(point for _, point in sorted(found, key=lambda one: (one[1].weight, one[0].low, one[0].high)))


def _crossing(moving: Moving, plans: Plans, bracket: _Bracket) -> float:
    """Where the second plan overtakes; at the high end where they are only just equally good there."""
    found = moving.crossing(plans[bracket.before], plans[bracket.after], bracket.low, bracket.high)
    return bracket.high if found is None else found


def _third(moving: Moving, plans: Plans, bracket: _Bracket, weight: float, outcome: Outcome) -> int | None:
    """The plan that is better at the crossing than the two that cross there; None where there is none."""
    if outcome.certificate is None or not bracket.low < weight < bracket.high:
        return None
    number = plans.number(outcome)
    better = lead(moving, plans, weight, number, over=bracket.before) > tolerance(outcome)
    return number if better else None
