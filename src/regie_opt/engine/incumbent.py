"""Good plans early: the best over few listed columns, started from the best one that is known."""

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model, concatenate, distinct, keys
from regie_opt.engine.diving import dive, dived
from regie_opt.engine.large import is_large
from regie_opt.engine.listing import within
from regie_opt.engine.pricing import Pricing, reduced_costs
from regie_opt.engine.programme import Answer, Choice, Settings, cheaper, obeys, plan_cost, solve_programme
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts, packing_rows
from regie_opt.engine.stopping import Stop, Stopping
from regie_opt.engine.strengthen import Root
from regie_opt.engine.tighten import Tightened
from regie_opt.worth.region import Bools

MOST_NEAR = 1_000
"""Columns nearest to the bound over which a plan is looked for."""
NEAR_NODES = 10
"""Nodes of the search for a plan near the bound: its optimum proves nothing."""
MOST_FIRST = 600
"""Columns over which the first plan is looked for at most."""
LAST_PATIENCE = 1.0
"""Seconds that one search for a plan may take after Ctrl-C, or when time is over: without it all work may be lost."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""
LEAST_DISTANCE = 1e-5
"""Distance (engine units) that counts as none."""
SAME_COST = 1e-6
"""What a plan must be cheaper by to be looked for (engine units; the weights together are 1e4)."""


def relaxed_plan(
    model: Model,
    relaxed: Relaxed,
    distance: float | None,
    best: Choice | None,
    settings: Settings,
    stopping: Stopping,
) -> Choice | None:
    """The relaxation itself where it is a plan, else the best over the columns within a distance of it; or that known.

    Without a distance only the former. Where it is not finished, columns are those that are nearest to being in it, and
    those of a dive over what there is. That is done even when time is over, for some patience.
    """
    both = np.concatenate([relaxed.weights, relaxed.tables])
    if (np.abs(both - np.round(both)) < WHOLE).all():
        chosen, kept = relaxed.weights > 0.5, relaxed.tables > 0.5
        if obeys(model, relaxed.pool, chosen, kept):
            return cheaper(best, Choice(relaxed.pool, chosen, kept, plan_cost(model, relaxed.pool, chosen, kept)))
    if distance is None:
        return best
    last = stopping.last(LAST_PATIENCE)
    columns = _within(Pricing(model, relaxed.duals), distance) if relaxed.converged else None
    if columns is None:
        best = best if is_large(model) else cheaper(best, dive(model, relaxed, last, rounds=0))
        order = np.argsort(reduced_costs(model, relaxed.pool, relaxed.duals) - relaxed.weights, kind="stable")
        columns = _with_those_of(best, relaxed.pool.take(np.sort(order[:MOST_FIRST])))
    part = Tightened(relaxed.bound, columns, relaxed.cuts, RowCuts.none(), *np.zeros((2, len(columns))))
    return best_over(model, part, best, settings, last, last.left, NEAR_NODES)[1]


def _with_those_of(plan: Choice | None, columns: Bundles) -> Bundles:
    """Columns with those of a plan that is known, so that a search over them starts from it."""
    if plan is None:
        return columns
    both = concatenate([plan.columns.take(plan.chosen), columns])
    return both.take(distinct(both)[0])


def _within(pricing: Pricing, distance: float) -> Bundles | None:
    """The columns within a distance, or nearer where those are many; None where many are no distance away at all."""
    while (columns := within(pricing, distance, MOST_FIRST)) is None and distance > LEAST_DISTANCE:
        distance /= 2
    return columns


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
