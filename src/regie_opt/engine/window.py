"""Columns for a part of a plan that is set free: a relaxation of its own, in which the rest of the plan stays.

What counts is which columns fit together in the cells that are open. Prices of the whole do not tell: at those, far
more columns are near than can be listed. At the prices of the open part's own relaxation the near ones are fewer, and
no better plan of the part has a column farther away than what the plan of now loses there.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.large import proven
from regie_opt.engine.member_sets import reached
from regie_opt.engine.part import Part, bodies_of
from regie_opt.engine.parts import improved_prices
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import plan_cost
from regie_opt.engine.rows import Rows
from regie_opt.worth.region import Bools, Floats

TOLERANCE = 0.1
"""How near to their best the prices of an open part are brought, engine units."""
CUT_ROUNDS = 2
"""Rounds of cuts in it at most."""
NARROWER = 1.5
"""How much nearer columns must be where there are too many."""
LEAST_DISTANCE = 1e-4
"""Reduced cost (engine units) within which there are too many to tell which is near."""


def columns_of_window(
    model: Model,
    duals: Duals,
    open_cells: Bools,
    now: Bundles,
    freed: Bools,
    kept: Bools,
    known: Bundles,
    most: int,
    threads: int,
    stop: Callable[[], bool],
) -> tuple[Bundles, Cuts] | None:
    """Columns over open cells (m, d) near the relaxation of the part, with its cuts; None where nothing can be gained.

    `now` are the columns of the plan, of which some are `freed` (c,) and the others stay, `kept` its tables (t,).
    Mutual services are left out: what hosts them depends on more than open cells.
    """
    held = now.take(np.flatnonzero(~freed))
    part = _open_part(model, open_cells, held, kept)
    if not len(part.body):
        return None
    cells = model.cells
    cell = np.where(open_cells, duals.cell, 0.0)
    side = np.where(part.free[cells:], duals.side, 0.0)
    nobody = duals.cuts.take(np.zeros(0, dtype=np.int64))
    standing = proven(part.model, Duals(cell, side, np.zeros(0), nobody))
    inside = np.isin(known.body, part.body)
    outside = (~open_cells).astype(float).ravel() @ known.matrix[:cells] > 0
    pool = known.take(np.flatnonzero(inside & ~outside))
    standing = improved_prices(part, standing, [pool], TOLERANCE, CUT_ROUNDS, threads, stop).standing
    everything, no_columns = np.ones(len(now), dtype=bool), np.zeros(len(now), dtype=bool)
    empty = plan_cost(part.model, now, no_columns, np.zeros(0, dtype=bool))
    spent = plan_cost(model, now, everything, kept) - plan_cost(model, now, ~freed, kept) + empty
    distance = spent - standing.bound
    if distance <= TOLERANCE:
        return None
    pricing = Pricing(part.model, standing.duals)
    while (columns := pricing.within(distance, most)) is None:
        distance /= NARROWER
        if distance <= LEAST_DISTANCE:
            return None
    return part.renumbered(columns), standing.duals.cuts


def _open_part(model: Model, open_cells: Bools, held: Bundles, kept: Bools) -> Part:
    """Candidates over open cells only, with what the rest of the plan leaves of the rows."""
    found = model.found
    members = found.bodies.members
    usable = found.allowed & ~reached(members, ~open_cells)
    going_on = np.isin(found.bodies.continues, found.bodies.continues[held.body]) & (found.bodies.continues >= 0)
    whole = ~found.kept | (usable == found.allowed).all(axis=1)
    body = np.flatnonzero((usable & found.anchor).any(axis=1) & whole & ~going_on & ~model.mutual)
    some = model.only(body)
    fitting = replace(some.found, allowed=usable[body], anchor=some.found.anchor & usable[body])
    rows = _left(some.rows, _used(model, held, kept))
    part = Model(model.worth, fitting, rows, some.values)
    vars(part)["tables"] = (np.zeros(0, dtype=np.int64), np.zeros(0))
    seen = np.array([len(bodies_of(row)) > 0 for row in rows.side], dtype=bool)
    free = np.concatenate([open_cells.ravel(), seen])
    return Part(part, body, np.asarray(open_cells.any(axis=1)), free)


def _used(model: Model, held: Bundles, kept: Bools) -> Floats:
    """What columns and tables that stay use of the side rows (r,)."""
    index, _ = model.tables
    by_columns = np.asarray(held.matrix[model.cells :].sum(axis=1)).ravel()
    used: Floats = by_columns + model.rows.table_coefficients(index[kept]).sum(axis=0)
    return used


def _left(rows: Rows, used: Floats) -> Rows:
    """The same rows with what is left of them."""
    side = [replace(row, lower=row.lower - u, upper=row.upper - u) for row, u in zip(rows.side, used, strict=True)]
    return Rows(tuple(side), rows.bodies, rows.domains)
