"""The frontier: all plans that no plan beats in one objective without losing in another, and what to choose from it.

One objective is optimised, the others are limited (epsilon constraint). So that no plan is kept that is as good in the
first and worse in another, the others count a little besides: each a hundredth of the resolution over its whole range,
so no point is passed over that the resolution tells apart. Without a resolution they count a millionth, which is what
solvers can tell, and whatever is still dominated is found by the search itself and left out.

With a resolution the first objective need not be proven to its end either: a plan is good enough when no other can be
better by a quarter of the resolution. Steps are so much smaller that all of it together is within the resolution. The
ends are proven, whatever the resolution.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.pareto import ObjectiveKey, Pareto, ParetoObjective, ParetoPoint, ParetoToday
from regie_opt.schema.plan import Assessment
from regie_opt.schema.scenario import Scenario
from regie_opt.study import knee
from regie_opt.study.boxes import Step, between
from regie_opt.study.likeness import regrouped
from regie_opt.study.objectives import Derived, Objective, objectives
from regie_opt.study.solving import Solve, with_plan
from regie_opt.study.study import HALF, Study
from regie_opt.study.zones import over
from regie_opt.worth import assess, today_plan

ROUNDING = 1e-12
SAME = 1e-6
"""Difference, in references of a criterion or in all weights of a sum, that counts as none."""
NEAR = 0.25
"""Part of the resolution by which a plan may yet be beaten in the first objective."""
BESIDES = 0.01
"""Part of the resolution that an objective counts besides the first, over its whole range."""


@dataclass(frozen=True)
class Point:
    """A plan with its losses, that in the optimised objective first."""

    losses: tuple[float, ...]
    outcome: Outcome
    assessment: Assessment


class Search:
    """Solves within limits, and keeps account of it."""

    def __init__(self, study: Study, base: Scenario, derived: Derived, options: engine.Options) -> None:
        self.study, self.base, self.derived, self.options = study, base, derived, options
        self.besides = [
            SAME * derived.reference(derived.objectives[0]) / derived.reference(objective)
            for objective in derived.limited
        ]
        """What each limited objective counts besides the first, in loss of the first per loss in it."""
        self.near = derived.limiting([inf] * len(derived.limited), self.besides)
        """What every other solve starts from: no limits."""
        self.solves: dict[str, Outcome] = {}

    @property
    def proven(self) -> bool:
        """Whether every solve came to its proof, or as near to it as was asked."""
        return all(outcome.status == "infeasible" or self.is_near(outcome) for outcome in self.solves.values())

    def is_near(self, outcome: Outcome) -> bool:
        """Whether a plan is proven to be as good as was asked."""
        proof = outcome.certificate
        return proof is not None and proof.bound - proof.value <= self.options.within + ROUNDING

    def slack(self, outcome: Outcome) -> float:
        """By how much another plan may be better in the first objective, in its unit."""
        proof, first = outcome.certificate, self.derived.objectives[0]
        missing = 0.0 if proof is None else max(0.0, proof.bound - proof.value)
        return missing * (1.0 if first.is_sum else self.derived.reference(first))

    def ask(self, limits: Sequence[tuple[float, ...]]) -> list[Point | None]:
        """The best plan within each of some limits; None where there is none."""
        scenarios = [self.derived.limiting(limit, self.besides) for limit in limits]
        return [self.point(outcome) for outcome in self.outcomes(scenarios)]

    def outcomes(self, scenarios: Sequence[Scenario]) -> list[Outcome]:
        """Solve some scenarios."""
        tasks = [Solve(scenario, self.base, self.options, self.near) for scenario in scenarios]
        results = self.study.results(tasks, HALF)
        self.solves.update((task.key, outcome) for task, outcome in zip(tasks, results, strict=True))
        return results

    def point(self, outcome: Outcome) -> Point | None:
        """The plan of an outcome, None without one."""
        if outcome.assessment is None:
            return None
        losses = tuple(objective.loss(outcome.assessment) for objective in self.derived.objectives)
        return Point(losses, outcome, outcome.assessment)

    @cached_property
    def first(self) -> Point:
        """The best plan in the first objective. Raises `Infeasible` and `NoPlanInTime`."""
        found = self.outcomes([self.near])[0]
        point = self.point(found)
        if point is not None:
            return point
        if found.status == "infeasible":
            raise engine.Infeasible(self._conflict())
        with_plan(found)
        raise AssertionError(found.status)

    def _conflict(self) -> tuple[str, ...]:
        """Rules of the scenario that cannot all hold, of which no limit of ours is one."""
        named = Solve(self.derived.scenario, self.base, replace(self.options, conflicts=True))
        return self.study.results([named])[0].conflict


@dataclass(frozen=True)
class Ends:
    """The best in each objective, and how far the others are from it there."""

    points: tuple[Point, ...]
    """The best plan in each objective; what is equally good in it is as good as can be in the first."""
    least: tuple[float, ...]
    """Lowest loss in each objective."""

    @classmethod
    def of(cls, search: Search) -> "Ends":
        """Solve for them."""
        first, derived = search.first, search.derived
        best = [search.point(found) for found in search.outcomes([derived.alone(one) for one in derived.limited])]
        known = [first.losses[i + 1] if one is None else one.losses[i + 1] for i, one in enumerate(best)]
        others = search.ask([_only(i, known, derived) for i in range(len(known))])
        points = (first, *(first if one is None else one for one in others))
        return cls(points, (first.losses[0], *(min(p.losses[i + 1] for p in points) for i in range(len(known)))))

    @property
    def spans(self) -> tuple[float, ...]:
        """How far apart they are in each objective."""
        worst = [max(point.losses[i] for point in self.points) for i in range(len(self.least))]
        return tuple(high - low for high, low in zip(worst, self.least, strict=True))


def _only(i: int, known: Sequence[float], derived: Derived) -> tuple[float, ...]:
    """Limits that allow only the lowest loss in one of the limited objectives."""
    slack = SAME / 2 * derived.reference(derived.limited[i])
    return tuple(low + slack if j == i else inf for j, low in enumerate(known))


def pareto(
    study: Study,
    scenario: Scenario,
    base: Scenario,
    keys: Sequence[str],
    *,
    sha256: str,
    resolution: float = 0.01,
    options: engine.Options | None = None,
) -> Pareto:
    """The frontier of two or three objectives, to within a resolution (a part of the range of each; 0 for all points).

    Raises ValueError where the keys are no two or three objectives, `Infeasible` and `NoPlanInTime`.
    """
    chosen = objectives(scenario, keys)
    today = assess(scenario, base, today_plan(scenario))
    references = {result.key: result.reference for result in today.criteria}
    derived = Derived(scenario, chosen, references)
    plain = engine.Options() if options is None else options
    search = Search(study, base, derived, _without_reasons(plain))
    points = _points(search, resolution)
    same = tuple(SAME * derived.reference(objective) for objective in chosen)
    kept = [points[i] for i in knee.nondominated([point.losses for point in points], same)]
    kept.sort(key=lambda point: point.losses[1:])
    now = tuple(objective.loss(today) for objective in chosen)
    bend = knee.knee([point.losses for point in kept])
    described = [_described(i, kept, search, now, same) for i in range(len(kept))]
    if bend is not None:
        described[bend.place] = described[bend.place].model_copy(update={"knee": True})
    ahead = tuple(i for i, point in enumerate(kept) if knee.dominates(point.losses, now, same))
    plan = today_plan(scenario)
    return Pareto(
        scenario=scenario.name,
        variant=scenario.variant,
        sha256=sha256,
        objectives=tuple(_ranged(objective, kept) for objective in chosen),
        resolution=resolution,
        solves=len(search.solves),
        proven=search.proven,
        knee_distance=None if bend is None else bend.distance,
        points=tuple(described),
        today=ParetoToday(
            amounts={objective.key: objective.amount(today) for objective in chosen},
            euro=_euro(today),
            dominated_by=ahead,
            regrouped=len(regrouped(kept[ahead[0]].outcome.partnerships, plan)) if ahead else None,
        ),
    )


def _without_reasons(options: engine.Options) -> engine.Options:
    """The same, without a search for the rules that leave no plan: within limits that is an answer."""
    return replace(options, conflicts=False)


def _points(search: Search, resolution: float) -> list[Point]:
    """Points of the frontier, some of which others may dominate."""
    ends, derived = Ends.of(search), search.derived
    share = max(BESIDES * resolution, SAME)
    search.besides = [
        share * ends.spans[0] / span if span > 0 and ends.spans[0] > 0 else besides
        for span, besides in zip(ends.spans[1:], search.besides, strict=True)
    ]
    same = tuple(SAME * derived.reference(objective) for objective in derived.objectives)
    first = derived.objectives[0]
    near = NEAR * resolution * ends.spans[0]
    search.options = replace(search.options, within=near / (1.0 if first.is_sum else derived.reference(first)))
    parts = (resolution * (1 - NEAR - 2 * BESIDES), *(resolution for _ in derived.limited))
    far = tuple(max(s, part * span) for s, part, span in zip(same, parts, ends.spans, strict=True))
    step = Step(same, far)
    if len(derived.limited) > 1:
        start = tuple(inf for _ in derived.limited)
        return [*ends.points, *over(start, ends.least[1:], search.ask, step)]
    return between(ends.points[1], ends.points[0], search.ask, step)


def _described(
    place: int, points: Sequence[Point], search: Search, now: tuple[float, ...], same: tuple[float, ...]
) -> ParetoPoint:
    point, chosen = points[place], search.derived.objectives
    losses = [one.losses for one in points]
    neighbour = (place - 1 if place else None) if len(chosen) == 2 else knee.nearest(losses, place)
    plan = point.outcome.partnerships
    ahead: dict[ObjectiveKey, float] | None = None
    if knee.dominates(point.losses, now, same):
        ahead = {o.key: was - loss for o, was, loss in zip(chosen, now, point.losses, strict=True)}
    return ParetoPoint(
        amounts={objective.key: objective.amount(point.assessment) for objective in chosen},
        proven=search.is_near(point.outcome),
        slack=search.slack(point.outcome),
        neighbour=neighbour,
        regrouped=None if neighbour is None else len(regrouped(plan, points[neighbour].outcome.partnerships)),
        ahead_of_today=ahead,
        criteria={result.key: result.amount for result in point.assessment.criteria},
        euro=_euro(point.assessment),
        partnerships=plan,
    )


def _euro(assessment: Assessment) -> float:
    return sum(result.euro for result in assessment.criteria if result.euro is not None)


def _ranged(objective: Objective, points: Sequence[Point]) -> ParetoObjective:
    amounts = [objective.amount(point.assessment) for point in points]
    low, high = min(amounts), max(amounts)
    return ParetoObjective(
        key=objective.key,
        unit=objective.unit,
        less_is_better=objective.less_is_better,
        weights=dict(objective.weights),
        best=low if objective.less_is_better else high,
        worst=high if objective.less_is_better else low,
    )
