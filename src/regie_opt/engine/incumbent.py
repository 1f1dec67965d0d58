"""Good plans early: the best over few listed columns, started from the best one that is known."""

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model, keys
from regie_opt.engine.diving import dived
from regie_opt.engine.programme import Answer, Choice, Settings, Stop, solve_programme
from regie_opt.engine.row_cuts import packing_rows
from regie_opt.engine.strengthen import Root
from regie_opt.engine.tighten import Tightened
from regie_opt.worth.region import Bools

MOST_NEAR = 1_000
"""Columns nearest to the bound over which a plan is looked for."""
NEAR_NODES = 10
"""Nodes of the search for a plan near the bound: its optimum proves nothing."""
SAME_COST = 1e-6
"""What a plan must be cheaper by to be looked for (engine units; the weights together are 1e4)."""


def near_plan(
    model: Model, root: Root, best: Choice | None, settings: Settings, stop: Stop, left: float | None
) -> Choice | None:
    """The best plan over the columns nearest to the bound and those of dives from it, or the one known before.

    `left` are the seconds that there are, None for any.
    """
    near = np.argsort(root.near, kind="stable")[:MOST_NEAR]
    at = np.union1d(near, dived(model, root, stop))
    part = Tightened(root.bound, root.nearest.take(at), root.duals.cuts, root.row_cuts, root.near[at], root.weights[at])
    return best_over(model, part, best, settings, stop, left, NEAR_NODES)[1]


def best_over(
    model: Model,
    part: Tightened,
    best: Choice | None,
    settings: Settings,
    stop: Stop,
    left: float | None,
    nodes: int | None = None,
) -> tuple[Answer, Choice | None]:
    """What the search over given columns and cuts came to, and the best plan by then: a new one or that known before.

    It stops after `left` seconds or a number of `nodes`, None for as many as it takes.
    """
    columns = part.columns
    across = part.row_cuts.coefficients(packing_rows(model, columns))
    cuts = sparse.csr_array(sparse.vstack([part.cuts.coefficients(model, columns), across]))
    answer = solve_programme(
        model,
        columns,
        (cuts, np.concatenate([part.cuts.upper, part.row_cuts.upper])),
        settings=settings,
        time_limit=left,
        stop=stop,
        absolute_gap=SAME_COST,
        start=None if best is None else _same(best, columns),
        nodes=nodes,
    )
    cost = np.inf if best is None else best.cost
    if answer.chosen is not None and answer.tables is not None and answer.cost < cost - SAME_COST:
        best = Choice(columns, answer.chosen, answer.tables, answer.cost)
    return answer, best


def _same(best: Choice, columns: Bundles) -> Bools | None:
    """The columns of an earlier plan among others; None when one is missing."""
    if best.columns is columns:
        return best.chosen
    position = {key: c for c, key in enumerate(keys(columns))}
    at = [position.get(key) for key in keys(best.columns.take(best.chosen))]
    start = np.zeros(len(columns), dtype=bool)
    for c in at:
        if c is None:
            return None
        start[c] = True
    return start
