"""Plans nearly as good as the best, as different as can be: each the farthest from those before it, and proven so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pulp

from regie_opt.engine.arrangement import Arrangement, Groups, Linear
from regie_opt.engine.floor import Floor
from regie_opt.engine.near import FEW, SLACK, Near
from regie_opt.engine.programme import Choice, Settings, build, obeys, plan_cost, run
from regie_opt.engine.stopping import Stopping

TINY = 1e-5
"""Engine units (the weights together are 1e4) by which a plan may pass the limit, and still costs no more."""
HALF = 0.5
"""Distance to the bound at which the best whole number is found."""
SAME_COST = 1e-6
"""Engine units within which the cheapest plan is found."""
FEW_MORE = 0.2
"""Part of some things that a plan may have more of than the plan with fewest, where fewest is what is looked for."""
MOST_NODES = 20_000
"""Nodes of one search: unlike a time limit that ends at the same place every time."""
TIME_SHARE = 0.25
"""Part of the time that is left that one search may take, so that there is some for the next."""
ROUNDING = 1e-6
"""Added before a bound on a whole number is rounded down."""


@dataclass(frozen=True, eq=False)
class Different:
    """A plan nearly as good as the best."""

    choice: Choice
    arrangement: Arrangement
    apart: int
    """Cells and tables in which it differs from every plan before it, at least."""
    most: int
    """No plan differs in more from all plans before it; the same as `apart` where that is proven."""


@dataclass(frozen=True, eq=False)
class Searched:
    """What a search for one plan came to."""

    choice: Choice | None
    bound: float
    """No plan has a lower objective."""
    proven: bool
    """Whether the search came to its end, over all plans that there are."""

    @property
    def none(self) -> bool:
        """Whether it is proven that there is no such plan."""
        return self.proven and self.choice is None


UNKNOWN = Searched(None, -np.inf, False)
"""Nothing was found, and nothing proven."""


@dataclass(frozen=True, eq=False)
class Search:
    """Searches among all plans up to a cost."""

    near: Near
    settings: Settings
    stopping: Stopping

    @cached_property
    def groups(self) -> Groups:
        """Columns by who does their cells together."""
        return Groups(self.near.model, self.near.columns)

    @cached_property
    def floor(self) -> Floor:
        """What plans cost at least: most searches for one that is not there need no more."""
        return Floor(self.near.model, self.near.part)

    @cached_property
    def best(self) -> Different:
        """The plan that others are compared with."""
        choice = self.near.best
        return Different(choice, self.arrangement(choice), 0, 0)

    def arrangement(self, choice: Choice) -> Arrangement:
        """Who does what together in a plan."""
        return self.groups.arrangement(choice.chosen, choice.kept)

    def farthest(self, others: Sequence[Arrangement]) -> Different | None:
        """The plan that differs most from all others, and the cheapest of those; None where there is no other.

        Where the search ends early `most` is more than `apart`; without any plan found by then it is None too.
        """
        functions = [self.groups.distance_to(other) for other in others]
        found = self._most_apart(functions)
        if found.choice is None:
            return None
        apart = round(self._apart(found, functions))
        most = int(np.floor(-found.bound + ROUNDING)) if np.isfinite(found.bound) else self.groups.decisions
        if apart == 0:
            return None
        cheapest = self.cheapest([(f, apart) for f in functions])
        choice = found.choice if cheapest.choice is None else cheapest.choice
        return Different(choice, self.arrangement(choice), apart, apart if found.proven else max(apart, most))

    def other(self, others: Sequence[Arrangement]) -> Searched:
        """The cheapest plan that is none of the others."""
        return self.cheapest([(self.groups.distance_to(other), 1) for other in others])

    def in_all(self, what: Linear) -> bool:
        """Whether the relaxation proves that something that is 1 or 0 is 1 in every plan."""
        return not self.stopping() and self._impossible([(what.minus, 0)])

    def without_any(self, things: Sequence[Linear]) -> Searched:
        """A plan in which at least one of some things that are 1 or 0 is 0, and as many as can soon be found."""
        if self.stopping():
            return UNKNOWN
        problem, choose, keep = self._programme()
        present = pulp.lpSum(_expression(thing, choose, keep) for thing in things)
        problem.setObjective(present)
        problem += present <= len(things) - 1
        return self._run(problem, choose, keep, max(HALF, FEW_MORE * len(things)))

    def _impossible(self, rows: Sequence[tuple[Linear, int]]) -> bool:
        """Whether the relaxation proves that no plan has some functions at least some numbers."""
        return self.near.complete and self.floor.cost(rows) > self.near.limit + SLACK

    def cheapest(self, rows: Sequence[tuple[Linear, int]]) -> Searched:
        """The cheapest plan in which some functions are at least some numbers."""
        if self.stopping():
            return UNKNOWN
        if self._impossible(rows):
            return Searched(None, np.inf, True)
        problem, choose, keep = self._programme()
        for function, least in rows:
            problem += _expression(function, choose, keep) >= least
        return self._run(problem, choose, keep, SAME_COST)

    def _most_apart(self, functions: Sequence[Linear]) -> Searched:
        """The plan of which the least of some distances is largest; the objective is minus that.

        Where columns are many the nearest are searched first: what is found there is where the rest begins.
        """
        if self.stopping():
            return UNKNOWN
        problem, choose, keep = self._programme()
        apart = pulp.LpVariable("apart", 0, self.groups.decisions, pulp.LpInteger)
        problem.setObjective(-apart)
        for function in functions:
            problem += _expression(function, choose, keep) - apart >= 0
        near = self.near.part.near
        far = np.flatnonzero(near > np.partition(near, FEW)[FEW]) if len(near) > FEW else np.zeros(0, dtype=np.int64)
        first = UNKNOWN
        if len(far):
            for c in far.tolist():
                choose[c].upBound = 0
            first = self._run(problem, choose, keep, HALF)
            for c in far.tolist():
                choose[c].upBound = 1
        found = self._run(problem, choose, keep, HALF, first.choice)
        if found.choice is None or self._apart(found, functions) < self._apart(first, functions):
            # The bound is that of the whole; a solver that began somewhere may hand that back as its optimum.
            return Searched(
                first.choice, found.bound, found.proven and -found.bound - HALF < self._apart(first, functions)
            )
        return replace(found, proven=found.proven and -found.bound - HALF < self._apart(found, functions))

    @staticmethod
    def _apart(found: Searched, functions: Sequence[Linear]) -> float:
        """The least of some distances in what was found; minus infinity where that is nothing."""
        plan = found.choice
        return -np.inf if plan is None else min(function(plan.chosen, plan.kept) for function in functions)

    def _programme(self) -> tuple[pulp.LpProblem, list[pulp.LpVariable], list[pulp.LpVariable]]:
        """All plans up to the limit, to be made as cheap as can be."""
        near = self.near
        problem, choose, keep = build(near.model, near.columns, *near.cuts)
        problem += pulp.LpAffineExpression(problem.objective) <= near.limit
        return problem, choose, keep

    def _run(
        self,
        problem: pulp.LpProblem,
        choose: list[pulp.LpVariable],
        keep: list[pulp.LpVariable],
        gap: float,
        start: Choice | None = None,
    ) -> Searched:
        near, left = self.near, self.stopping.left
        chosen, kept, bound, proven = run(
            problem,
            (choose, keep),
            settings=self.settings,
            time_limit=None if left is None else TIME_SHARE * left,
            stop=self.stopping,
            absolute_gap=gap,
            start=None if start is None else start.chosen,
            nodes=MOST_NODES,
        )
        proven = proven and near.complete
        bound = bound if near.complete else -np.inf
        if chosen is None or kept is None:
            return Searched(None, bound, proven)
        cost = plan_cost(near.model, near.columns, chosen, kept)
        if cost > near.limit + TINY or not obeys(near.model, near.columns, chosen, kept):
            return UNKNOWN
        return Searched(Choice(near.columns, chosen, kept, cost), bound, proven)


def _expression(
    function: Linear, choose: list[pulp.LpVariable], keep: list[pulp.LpVariable]
) -> pulp.LpAffineExpression:
    variables = [*choose, *keep]
    weights = [*function.columns.tolist(), *function.tables.tolist()]
    terms = [(variable, weight) for variable, weight in zip(variables, weights, strict=True) if weight]
    return pulp.LpAffineExpression(terms, constant=function.constant)
