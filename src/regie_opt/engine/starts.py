"""Plans to start from: everybody alone, and today's network as far as it is a plan."""

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.programme import Choice, obeys, plan_cost


def first_plan(model: Model) -> Choice | None:
    """The cheaper of today's network and everybody alone that obeys every rule; None when neither does."""
    columns = as_today(model)
    tables = len(model.tables)
    plans = [
        (np.ones(len(columns), dtype=bool), np.ones(tables, dtype=bool)),
        (np.zeros(len(columns), dtype=bool), np.zeros(tables, dtype=bool)),
    ]
    choices = [
        Choice(columns, chosen, kept, plan_cost(model, columns, chosen, kept))
        for chosen, kept in plans
        if obeys(model, columns, chosen, kept)
    ]
    return min(choices, key=lambda choice: choice.cost, default=None)


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
