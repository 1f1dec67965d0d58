"""Plans to start from: everybody alone, and today's network as far as it is a plan."""

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.programme import Choice, Settings, Stop, no_cuts, obeys, plan_cost, solve_programme
from regie_opt.engine.relaxation import Relaxed

NEARLY_HALF = 0.499
"""Value from which a table of the relaxation is kept."""
LEAST_KNOWN = 1e-3
"""Value of a column in the relaxation from which it is tried in a search for plans."""
NEARLY_BEST = 1e-1
"""Cost (engine units) to within which a plan over the columns of a relaxation is looked for."""
LEAST_WEIGHT = 0.01
"""Value of a column in the relaxation below which it is in no plan made from it."""


def first_plan(model: Model) -> Choice | None:
    """The cheaper of today's network and everybody alone that obeys every rule; None when neither does."""
    columns = as_today(model)
    index, _ = model.tables
    plans = [
        (np.ones(len(columns), dtype=bool), np.ones(len(index), dtype=bool)),
        (np.zeros(len(columns), dtype=bool), np.zeros(len(index), dtype=bool)),
    ]
    choices = [
        Choice(columns, chosen, kept, plan_cost(model, columns, chosen, kept))
        for chosen, kept in plans
        if obeys(model, columns, chosen, kept)
    ]
    return min(choices, key=lambda choice: choice.cost, default=None)


def rounded(model: Model, relaxed: Relaxed) -> Choice | None:
    """The columns of a relaxation, the largest first, as far as they fit beside each other; None if that is no plan."""
    pool, rows = relaxed.pool, model.rows
    index, _ = model.tables
    kept = relaxed.tables > NEARLY_HALF
    limit = np.concatenate(
        [np.ones(model.cells), [np.inf if row.price is not None else row.upper for row in rows.side]]
    )
    for r, row in enumerate(rows.side):
        limit[model.cells + r] -= sum(row.tables.get(int(e), 0.0) for e in index[kept])
    chosen = np.zeros(len(pool), dtype=bool)
    matrix = pool.matrix
    for c in np.argsort(-relaxed.weights, kind="stable"):
        if relaxed.weights[c] < LEAST_WEIGHT:
            break
        part = slice(matrix.indptr[c], matrix.indptr[c + 1])
        at, used = matrix.indices[part], matrix.data[part]
        if (used <= limit[at]).all():
            chosen[c] = True
            limit[at] -= used
    if not obeys(model, pool, chosen, kept):
        return None
    return Choice(pool, chosen, kept, plan_cost(model, pool, chosen, kept))


def over_relaxed(
    model: Model, relaxed: Relaxed, start: Choice, settings: Settings, stop: Stop, seconds: float
) -> Choice:
    """The best plan found over the columns that the relaxation is made of, or the one to start from."""
    parts = relaxed.pool.take(np.flatnonzero(relaxed.weights >= LEAST_KNOWN))
    columns = concatenate([start.columns.take(start.chosen), parts])
    answer = solve_programme(
        model,
        columns,
        no_cuts(columns),
        settings=settings,
        time_limit=seconds,
        stop=stop,
        absolute_gap=NEARLY_BEST,
        start=np.arange(len(columns)) < start.chosen.sum(),
    )
    if answer.chosen is None or answer.tables is None or answer.cost >= start.cost:
        return start
    return Choice(columns, answer.chosen, answer.tables, answer.cost)


def as_today(model: Model) -> Bundles:
    """The columns that go on as today, less what nobody gains by; mutual services are left to the search for hosts."""
    today, bodies = model.found.today, model.found.bodies
    body, carried = [], []
    for e in np.flatnonzero(~today.fixed & ~today.beside):
        at = np.flatnonzero((bodies.continues == e) & ~model.mutual)
        same = (bodies.members[at] == today.bodies.members[e]).all(axis=1)
        at = at[same & (today.carried[e] & model.found.anchor[at]).any(axis=1)]
        if len(at):
            body.append(int(at[-1]))
            carried.append(today.carried[e] & model.found.allowed[at[-1]])
    width = model.found.allowed.shape[1]
    return model.bundles(np.array(body, dtype=np.int64), np.array(carried, dtype=bool).reshape(-1, width))
