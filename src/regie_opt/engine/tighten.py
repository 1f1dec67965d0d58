"""Tightening a kernel: cuts raise the bound over its columns, and columns that cannot be in a better plan go."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts, violated_cliques
from regie_opt.engine.cuts import violated as violated_in_domain
from regie_opt.engine.kernel import Kernel
from regie_opt.engine.master import Master, NoOptimum
from regie_opt.engine.row_cuts import RowCuts, violated
from regie_opt.worth.region import Bools, Floats

MOST_ROUNDS = 80
STALL = 6
"""Rounds of cuts after which the bound must have risen."""
LEAST_PROGRESS = 0.02
"""By this share of what is missing to the cutoff."""


@dataclass(frozen=True)
class Tightened:
    """What is left of a kernel."""

    bound: float
    """No plan over the kernel's columns costs less than this or the cutoff."""
    columns: Bundles
    cuts: Cuts
    row_cuts: RowCuts
    near: Floats
    """Cost above the bound of a plan with each column, at least (c,)."""
    weights: Floats
    """Value of each column in the relaxation (c,)."""

    def within(self, distance: float) -> "Tightened":
        """The columns up to a distance from the bound."""
        keep = self.near <= distance
        return replace(self, columns=self.columns.take(keep), near=self.near[keep], weights=self.weights[keep])

    def nearest(self, most: int) -> "Tightened":
        """The columns nearest to the bound."""
        return self if len(self.near) <= most else self.within(float(np.partition(self.near, most)[most]))

    def master(self, model: Model, most: int) -> Master:
        """The linear programme over the nearest columns."""
        nearest = np.sort(np.argsort(self.near, kind="stable")[:most])
        return Kernel(model, self.columns.take(nearest), self.near[nearest], self.cuts, self.row_cuts).master


def tighten(
    model: Model,
    columns: Bundles,
    near: Floats,
    cuts: Cuts,
    row_cuts: RowCuts,
    cutoff: float,
    stop: Callable[[], bool],
) -> Tightened:
    """Cut and fix until the bound reaches the cutoff or rises no more, starting from known cuts.

    `near` are reduced costs at some prices (c,): the lowest tell which columns to begin with. Where the solver does not
    answer, what is known by then is left.
    """
    history: list[float] = []
    kernel = Kernel(model, columns, near, cuts, row_cuts)
    known = Tightened(-np.inf, columns, cuts, row_cuts, near, np.zeros(len(columns)))
    while True:
        try:
            value, reduced, weights, price = kernel.solve()
        except NoOptimum:
            return known
        history.append(value)
        keep: Bools = reduced <= cutoff - value
        if value >= cutoff or stop() or len(history) >= MOST_ROUNDS or _stalled(history, cutoff):
            break
        in_domain = violated_in_domain(model, kernel.columns, weights)
        in_domain = in_domain.and_also(violated_cliques(model, kernel.columns, weights))
        across = violated(kernel.rows, weights, model.found.allowed.shape[1])
        if not len(in_domain) and not len(across):
            break
        kernel.keep(keep, price)
        kernel.cut(in_domain, across)
        known = Tightened(value, kernel.columns, kernel.cuts, kernel.row_cuts, reduced[keep], weights[keep])
    held, held_across = kernel.holding(price)
    return Tightened(value, kernel.columns.take(keep), held, held_across, reduced[keep], weights[keep])


def _stalled(history: list[float], cutoff: float) -> bool:
    if len(history) <= STALL:
        return False
    before = history[-1 - STALL]
    return history[-1] - before < LEAST_PROGRESS * (cutoff - before)
