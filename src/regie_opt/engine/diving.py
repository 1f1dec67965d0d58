"""Diving: a plan by rounding the relaxation up step by step, with new columns made on the way.

The columns nearest to one are fixed, the relaxation is solved and priced again, and so on until it is a plan. Hard rows
that have become impossible to keep end the dive without one.
"""

from collections.abc import Callable

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.kernel import Kernel
from regie_opt.engine.master import TOLERANCE, Master, NoOptimum
from regie_opt.engine.pricing import Pricing
from regie_opt.engine.programme import Choice, obeys, plan_cost
from regie_opt.engine.relaxation import MOST_PER_ROUND, Relaxed
from regie_opt.engine.strengthen import Root
from regie_opt.worth.region import Ints

NEARLY_ONE = 0.8
"""Value from which all columns are fixed at once; below it only the largest is."""
PRICED = 4
"""Rounds of pricing after every step at most."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""


def dive(model: Model, relaxed: Relaxed, stop: Callable[[], bool], rounds: int = PRICED) -> Choice | None:
    """A plan near the relaxation, None where the dive finds none; without `rounds` of pricing over its columns only."""
    try:
        return _dive(model, relaxed, stop, rounds)
    except NoOptimum:
        return None


def _dive(model: Model, relaxed: Relaxed, stop: Callable[[], bool], rounds: int) -> Choice | None:
    master = Master(model)
    master.cut(relaxed.cuts)
    master.add(relaxed.pool)
    fixed = np.zeros(0, dtype=bool)
    while not stop():
        _, duals, weights = master.solve()
        for _ in range(rounds):
            improving = Pricing(model, duals).improving(MOST_PER_ROUND, TOLERANCE)
            if improving is None or stop():
                break
            master.add(improving)
            _, duals, weights = master.solve()
        pool = weights[master.fixed_columns :]
        fixed = np.concatenate([fixed, np.zeros(len(pool) - len(fixed), dtype=bool)])
        torn = ~fixed & (pool > WHOLE)
        if not (torn & (pool < 1 - WHOLE)).any():
            return _plan(master, pool > 0.5, weights[: len(model.tables)] > 0.5)
        near = torn & (pool >= NEARLY_ONE)
        if not near.any():
            near = np.zeros_like(torn)
            near[np.argmax(np.where(torn, pool, -1.0))] = True
        fixed |= near
        master.fix(np.flatnonzero(near))
    return None


def dived(model: Model, root: Root, stop: Callable[[], bool]) -> Ints:
    """Indices of the listed columns that a dive over them comes by: what is in the relaxation at any of its steps."""
    kernel = Kernel(model, root.nearest, root.near, root.duals.cuts, root.row_cuts)
    seen, fixed = np.zeros((2, len(root.nearest)), dtype=bool)
    while not stop():
        try:
            _, _, weights, _ = kernel.solve()
        except NoOptimum:
            break
        torn = ~fixed & (weights > WHOLE)
        seen |= torn
        if not (torn & (weights < 1 - WHOLE)).any():
            break
        near = torn & (weights >= NEARLY_ONE)
        if not near.any():
            near = np.zeros_like(torn)
            near[np.argmax(np.where(torn, weights, -1.0))] = True
        fixed |= near
        kernel.fix(near)
    return np.flatnonzero(seen)


def _plan(master: Master, chosen: np.ndarray, kept: np.ndarray) -> Choice | None:
    model, columns = master.model, master.columns()
    if not obeys(model, columns, chosen, kept):
        return None
    return Choice(columns, chosen, kept, plan_cost(model, columns, chosen, kept))
