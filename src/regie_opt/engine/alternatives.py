"""The plans nearly as good as the best that differ most from each other, and what all of them have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from regie_opt.engine.common import Common, Commonality
from regie_opt.engine.differing import Different, Search, Searched
from regie_opt.engine.near import Near, near
from regie_opt.engine.plan import planned
from regie_opt.engine.programme import Choice, Settings
from regie_opt.engine.solve import SAME, Account, Options, Progress, Solution, solve
from regie_opt.engine.stopping import Stopping
from regie_opt.schema.plan import Assessment, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.assessment import assessor

SOLVE_SHARE = 0.5
"""Part of the time limit that finding the best plan may take."""


@dataclass(frozen=True)
class Asked:
    """Which plans are asked for."""

    within: float
    """How much less than the best they may gain, as a part of what the best gains over everybody alone."""
    count: int
    """Plans that differ most, the best included."""
    listed: int = 0
    """Plans to list in order of value, at most; 0 for no list."""


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Plans nearly as good as the best."""

    solution: Solution
    search: Search
    different: tuple[Different, ...]
    """The best, and then each the farthest from those before it."""
    all_different: bool
    """Whether it is proven that there are no others."""
    more_different: bool
    """Whether another was found."""
    listed: tuple[Choice, ...]
    """Plans in order of value, the best first; none where they were not asked for."""
    all_listed: bool
    """Whether it is proven that there are no others."""
    in_order: bool
    """Whether it is proven that no plan left out of the list is better than one in it."""
    common: tuple[Common, ...]

    @property
    def near(self) -> Near:
        """What they were searched among."""
        return self.search.near

    def judged(self, choice: Choice) -> tuple[tuple[PlannedPartnership, ...], Assessment]:
        """A plan as people read it, with what it is worth."""
        if choice is self.near.best:
            return self.solution.partnerships, self.solution.assessment
        model = self.near.model
        plan = planned(model, choice)
        result = assessor(model.worth, plan)
        account = Account(model, self.search.stopping, lambda _: None)
        expected = account.value(choice.cost)
        if abs(result.value - expected) > SAME * max(1.0, abs(expected)):
            msg = f"an alternative is worth {result.value:.9f} by the assessment, {expected:.9f} by the solver"
            raise AssertionError(msg)
        return plan, result.result()


def alternatives(
    scenario: Scenario,
    base: Scenario,
    asked: Asked,
    options: Options | None = None,
    progress: Callable[[Progress], None] | None = None,
    stopping: Stopping | None = None,
) -> Alternatives:
    """Solve, and look for what else is nearly as good. Raises what `solve` raises."""
    options = options or Options()
    stopping = stopping or Stopping(options.time_limit)
    settings = Settings(options.solver, options.threads, options.seed)
    with stopping.listening(), threadpool_limits(1):
        solution = solve(scenario, base, options, progress, stopping.share(SOLVE_SHARE))
        if solution.memory is None:
            raise AssertionError("a solve leaves what the next can start from")
        gain = abs(solution.certificate.value - solution.certificate.alone)
        search = Search(near(solution.memory, asked.within * gain, stopping), settings, stopping)
        different, end = _different(search, asked.count)
        listed, in_order, all_listed = _listed(search, asked.listed)
        known = [d.choice for d in different] + list(listed[1:])
        common = Commonality(search, known).all()
    return Alternatives(
        solution=solution,
        search=search,
        different=tuple(different),
        all_different=end.none,
        more_different=end.choice is not None,
        listed=tuple(listed),
        all_listed=all_listed,
        in_order=in_order,
        common=tuple(common),
    )


def _different(search: Search, count: int) -> tuple[list[Different], Searched]:
    """Plans that differ most, and what the search for any other came to."""
    found = [search.best]
    while len(found) < count:
        more = search.farthest([plan.arrangement for plan in found])
        if more is None:
            break
        found.append(more)
    return found, search.other([plan.arrangement for plan in found])


def _listed(search: Search, most: int) -> tuple[list[Choice], bool, bool]:
    """Plans in order of value, at most so many; whether that order is proven, and that there are no others."""
    found, in_order, end = [search.near.best], True, False
    while len(found) <= most and not end:
        more = search.other([search.arrangement(choice) for choice in found])
        in_order, end = in_order and more.proven, more.none
        if more.choice is None:
            break
        found.append(more.choice)
    return found[:most], in_order, end
