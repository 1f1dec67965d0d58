"""Every column that a plan nearly as good as the best may have: what alternatives are searched over.

A plan with a column of reduced cost r costs at least the bound plus r, whatever the plan is worth. So the columns
up to the distance between the bound and a limit hold every plan that costs no more than the limit. That asks for
all candidates: those that are in no best plan may be in one that is nearly as good.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from regie_opt.engine.bound import repaired
from regie_opt.engine.columns import Bundles, Model, concatenate, distinct, keys
from regie_opt.engine.large import is_large
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import Choice, plan_cost
from regie_opt.engine.row_cuts import RowCuts, packing_rows
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.strengthen import Root, strengthened
from regie_opt.engine.tighten import Tightened, tighten
from regie_opt.engine.warm import Memory
from regie_opt.worth.region import Floats

SLACK = 1e-3
"""Engine units (the weights together are 1e4) beyond the limit up to which columns are kept: rounding loses none."""
MOST_LISTED = 1_000_000
"""Columns listed at most."""
EACH_SECOND = 40_000
"""Columns that are listed and tightened in a second: what is begun does not stop halfway."""
MOST_SEARCHED = 20_000
"""Columns searched over at most, where they are all that there are."""
FEW = 2_500
"""Columns searched over where they are not: enough for plans that differ, and few enough to find them soon."""


@dataclass(frozen=True, eq=False)
class Near:
    """The columns of all plans up to a cost."""

    model: Model
    limit: float
    """What a plan may cost, engine units."""
    best: Choice
    """The plan that others are compared with, over these columns."""
    part: Tightened
    """The columns, with cuts that hold for every plan."""
    listed: int
    """Columns before those went that can be in no such plan."""
    complete: bool
    """Whether every column is there that such a plan may have."""

    @property
    def columns(self) -> Bundles:
        """The columns."""
        return self.part.columns

    @property
    def cuts(self) -> tuple[sparse.csr_array, Floats]:
        """Cuts as rows over the columns (q, c) and their upper bounds (q,)."""
        part = self.part
        across = part.row_cuts.coefficients(packing_rows(self.model, part.columns))
        rows = sparse.csr_array(sparse.vstack([part.cuts.coefficients(self.model, part.columns), across]))
        return rows, np.concatenate([part.cuts.upper, part.row_cuts.upper])


def near(memory: Memory, more: float, stopping: Stopping) -> Near:
    """The columns of every plan that costs at most `more` (value) than the plan of a finished solve.

    Where they are too many the nearest are taken, and the result says that it is not complete.
    """
    kept = memory.kept
    model = kept.ground.complete(memory.scenario)
    plan = replace(kept.plan, cost=model.cost_of(kept.plan.body, kept.plan.carried, kept.plan.gain))
    limit = plan_cost(model, plan, np.ones(len(plan), dtype=bool), kept.tables) + more * model.scale
    root = _root(memory, model)
    if memory.relaxed.converged and not is_large(model):
        held = kept.held or (root.duals.cuts, RowCuts.none())
        root = strengthened(root, held, limit - root.bound, stopping)
    columns, whole = _listed(root, limit - root.bound + SLACK, _most(stopping.left))
    listed = len(columns)
    if not whole:
        both = concatenate([columns, plan])
        columns = both.take(distinct(both)[0])
    part = tighten(model, columns, root.reduced(columns), root.duals.cuts, root.row_cuts, limit + SLACK, stopping)
    whole = whole and len(part.columns) <= MOST_SEARCHED
    if not whole:
        part = part.nearest(FEW)
    part = _with(part, plan)
    return Near(model, limit, _choice(model, part.columns, plan, kept.tables), part, listed, whole)


def _root(memory: Memory, model: Model) -> Root:
    """The bound of the relaxation, with prices that prove it over all candidates."""
    kept, relaxed = memory.kept, memory.relaxed
    pool = replace(kept.pool, cost=model.cost_of(kept.pool.body, kept.pool.carried, kept.pool.gain))
    prices = kept.prices or Duals(
        np.zeros_like(relaxed.duals.cell), np.zeros(len(model.rows.side)), relaxed.duals.cut, relaxed.duals.cuts
    )
    duals, bound = repaired(Pricing(model, prices.times(model.scale)))
    weights = relaxed.weights if len(relaxed.weights) == len(pool) else np.zeros(len(pool))
    return Root.of(model, replace(relaxed, bound=bound, duals=duals, pool=pool, weights=weights))


def _most(left: float | None) -> int:
    """Columns to list at most in the seconds that are left, None for any."""
    return MOST_LISTED if left is None else int(min(MOST_LISTED, MOST_SEARCHED + EACH_SECOND * left))


def _listed(root: Root, distance: float, most: int) -> tuple[Bundles, bool]:
    """All columns within a distance, or the nearest where these are too many."""
    columns = root.within(distance, most)
    whole = columns is not None
    while columns is None and distance > SLACK:
        distance /= 2
        columns = root.within(distance, most)
    return root.nearest if columns is None else columns, whole


def _with(part: Tightened, plan: Bundles) -> Tightened:
    """The same with the columns of a plan, where some are not there."""
    there = set(keys(part.columns))
    missing = np.array([key not in there for key in keys(plan)], dtype=bool)
    if not missing.any():
        return part
    more = int(missing.sum())
    near, weights = (np.concatenate([x, np.zeros(more)]) for x in (part.near, part.weights))
    return replace(part, columns=concatenate([part.columns, plan.take(missing)]), near=near, weights=weights)


def _choice(model: Model, columns: Bundles, plan: Bundles, tables: np.ndarray) -> Choice:
    """A plan over other columns, which have all of its own."""
    position = {key: c for c, key in enumerate(keys(columns))}
    chosen = np.zeros(len(columns), dtype=bool)
    chosen[[position[key] for key in keys(plan)]] = True
    return Choice(columns, chosen, tables, plan_cost(model, columns, chosen, tables))
