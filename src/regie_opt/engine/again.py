"""The relaxation again after a change of weights, from the corner in which it ended and as far as the proof needs it.

The columns of the last optimum are nearly those of the next, so one solve of the master from where it was gives prices
near the best. The proof lists every column between the bound and the best plan: as soon as those are few there is
nothing left to be gained from a better bound.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.ground import Ground
from regie_opt.engine.master import TOLERANCE, Master
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import Choice, obeys, plan_cost
from regie_opt.engine.relaxation import CLOSE, MOST_PER_ROUND, Best, broken
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.worth.region import Bools, Floats

FEW_NEAR = 300
"""Bodies between the bound and the best plan that are few: three to ten times as many columns are listed in no time."""
MOST_ROUNDS = 12
"""Rounds of pricing after which the relaxation goes on as if from nothing, with what there is by then."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What a finished solve leaves, over all candidates."""

    ground: Ground
    pool: Bundles
    """Columns of the relaxation, at the costs of then."""
    basis: Any
    """Which columns and rows were basic at its end; None where that is not known."""
    cuts: Cuts
    """Cuts of the master that the basis is about."""
    prices: Duals | None
    """Prices that proved its bound, in units of value; None where they are of other rows."""
    plan: Bundles
    """Columns of the plan."""
    tables: Bools
    """Tables beside the work that the plan keeps (t,)."""
    held: tuple[Cuts, RowCuts] | None
    """Cuts within and across domains that held the bound of the proof up; None without a proof."""


@dataclass(frozen=True, eq=False)
class Again:
    """What is kept, at other weights."""

    model: Model
    kept: Kept

    @cached_property
    def plan(self) -> Choice | None:
        """The plan of then; None where it is none now."""
        columns, tables = self._costed(self.kept.plan), self.kept.tables
        chosen = np.ones(len(columns), dtype=bool)
        if not obeys(self.model, columns, chosen, tables):
            return None
        return Choice(columns, chosen, tables, plan_cost(self.model, columns, chosen, tables))

    @property
    def near(self) -> tuple[Bundles, Duals] | None:
        """Columns and prices that are near those of now; None where the prices are not known."""
        prices = self.kept.prices
        return None if prices is None else (self._costed(self.kept.pool), prices.times(self.model.scale))

    def begin(self, master: Master, told: Callable[[float], bool]) -> tuple[Best, Floats | None]:
        """Fill a master and price it until what lies between the bound and the best plan is soon listed.

        Gives the best bound, and the value of every column unless the relaxation has to go on from there.
        """
        master.cut(self.kept.cuts)
        master.add(self._costed(self.kept.pool))
        best = Best.none()
        master.begin_at(self.kept.basis)
        for _ in range(MOST_ROUNDS):
            value, duals, weights = master.solve()
            pricing = Pricing(self.model, duals)
            improving = pricing.improving(MOST_PER_ROUND, TOLERANCE)
            best = best.after(pricing)
            stopped = told(best.bound)
            if not broken(master, weights) and self._few_left(pricing, best.bound, value, weights):
                return best, weights
            if improving is None or stopped or value - best.bound <= CLOSE * abs(value):
                break
            master.add(improving)
        return best, None

    def _few_left(self, pricing: Pricing, bound: float, value: float, weights: Floats) -> bool:
        """Whether few bodies are between the bound and the best plan."""
        plan = np.inf if self.plan is None else self.plan.cost
        if (np.abs(weights - np.round(weights)) < WHOLE).all():
            plan = min(plan, value)
        least, _ = pricing.best
        return int((least <= plan - bound).sum()) <= FEW_NEAR

    def _costed(self, columns: Bundles) -> Bundles:
        """Columns at the costs of now."""
        return replace(columns, cost=self.model.cost_of(columns.body, columns.carried, columns.gain))
