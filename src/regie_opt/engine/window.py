"""A window of a plan: what is set free is planned again as a region of its own, the rest stays.

Partnerships that reach into the free cells are set free as a whole. The relaxation of what is then open starts from the
prices of the whole, which are nearly right there, and from columns known of the whole. No other plan of the window
gains more than the present one costs above that relaxation; the columns nearest to it fit together in a better plan.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.incumbent import near_plan
from regie_opt.engine.limits import KINDS
from regie_opt.engine.master import Master
from regie_opt.engine.member_sets import reached
from regie_opt.engine.part import Part
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.engine.programme import Choice, Settings, plan_cost
from regie_opt.engine.relaxation import Begin, Best, Care, Relaxed, relax
from regie_opt.engine.rows import Rows
from regie_opt.engine.stopping import Stop
from regie_opt.engine.strengthen import Root
from regie_opt.engine.tables import Tables
from regie_opt.worth.region import Bools, Floats

LEAST_GAIN = 0.01
"""Cost (engine units) above the relaxation up to which nothing more is looked for in a window."""
CARE = Care(tolerance=0.02, cut_rounds=1)
"""How far the relaxation of a window is taken, besides the cuts that are known."""
KNOWN = 4
"""Columns known of the whole that the relaxation starts from, for each open cell at most."""
MOST_LISTED = 3_000
"""Columns near the relaxation that are listed at most."""
NARROWER = 1.5
"""How much nearer columns must be where there are too many."""


def replanned(
    model: Model, prices: Duals, best: Choice, free: Bools, known: Bundles, settings: Settings, stop: Stop
) -> Choice | None:
    """A better plan that differs from the best one in and around some free cells (m, d); None where none was found.

    `prices` are those of a relaxation of the whole, `known` columns that are near it.
    """
    window = Window.of(model, best, free)
    root = None if window is None else window.relaxed(prices, known, stop)
    if window is None or root is None or stop():
        return None
    better = near_plan(window.part.model, root, window.now, settings, stop, None)
    return None if better is None or better is window.now else window.put_back(better)


@dataclass(frozen=True, eq=False)
class Window:
    """What of a plan is set free, as a programme of its own."""

    model: Model
    """The whole programme."""
    open_cells: Bools
    """Cells that can be planned again (m, d)."""
    part: Part
    """Candidates over open cells only, with what the rest of the plan leaves of the side rows."""
    now: Choice
    """What the plan has there, in the numbers of the part."""
    held: Bundles
    """The rest of the plan."""
    kept: Bools
    """Tables beside the work that the plan keeps, all of which stay (t,)."""

    @classmethod
    def of(cls, model: Model, plan: Choice, free: Bools) -> "Window | None":
        """That around some free cells (m, d); None where nothing can be done there."""
        columns = plan.columns.take(plan.chosen)
        freed, open_cells = opened(model, columns, free)
        held = columns.take(np.flatnonzero(~freed))
        part = _open_part(model, open_cells, held, plan.kept)
        mine = np.flatnonzero(freed)
        if not len(part.body) or not np.isin(columns.body[mine], part.body).all():
            return None
        now, no_tables = part.taken(columns, mine), np.zeros(0, dtype=bool)
        chosen = np.ones(len(now), dtype=bool)
        choice = Choice(now, chosen, no_tables, plan_cost(part.model, now, chosen, no_tables))
        return cls(model, open_cells, part, choice, held, plan.kept)

    def relaxed(self, prices: Duals, known: Bundles, stop: Stop) -> Root | None:
        """The relaxation with the columns near it; None where nothing is to be gained."""
        gainable = np.inf

        def told(bound: float, _: int) -> None:
            nonlocal gainable
            gainable = self.now.cost - bound

        def enough() -> bool:
            return gainable <= LEAST_GAIN or stop()

        relaxed = relax(self.part.model, enough, told, self._begin(prices, known), CARE)
        distance = self.now.cost - relaxed.bound
        return None if distance <= LEAST_GAIN else self._listed(relaxed, distance)

    def _begin(self, prices: Duals, known: Bundles) -> Begin:
        """From the prices and the columns of the whole, as far as they are about what is open."""
        cells = self.model.cells
        cuts, index = prices.cuts.over(self.open_cells)
        cell = np.where(self.open_cells, prices.cell, 0.0)
        here = Duals(cell, np.where(self.part.free[cells:], prices.side, 0.0), prices.cut[index], cuts)

        def begin(master: Master, told: Callable[[float], bool]) -> tuple[Best, None]:
            pricing = Pricing(self.part.model, here)
            pricing.settle()
            best = Best.none().after(pricing)
            master.cut(cuts)
            master.add(concatenate([self.now.columns, self._fitting(known, here)]))
            told(best.bound)
            return best, None

        return begin

    def _fitting(self, known: Bundles, prices: Duals) -> Bundles:
        """Known columns that cover open cells only, the nearest ones."""
        outside = (~self.open_cells).astype(float).ravel() @ known.matrix[: self.model.cells] > 0
        some = self.part.taken(known, np.flatnonzero(np.isin(known.body, self.part.body) & ~outside))
        order = np.argsort(reduced_costs(self.part.model, some, prices), kind="stable")
        return some.take(np.sort(order[: KNOWN * int(self.open_cells.sum())]))

    def _listed(self, relaxed: Relaxed, distance: float) -> Root:
        root = Root.of(self.part.model, relaxed)
        while (columns := root.within(distance, MOST_LISTED)) is None and distance > LEAST_GAIN / 10:
            distance /= NARROWER
        return root if columns is None else root.listing(columns)

    def put_back(self, choice: Choice) -> Choice:
        """The whole plan with another choice in the window."""
        new = self.part.renumbered(choice.columns.take(choice.chosen))
        return chosen(self.model, concatenate([self.held, new]), self.kept)


def chosen(model: Model, columns: Bundles, kept: Bools) -> Choice:
    """The plan of some columns and tables."""
    every = np.ones(len(columns), dtype=bool)
    return Choice(columns, every, kept, plan_cost(model, columns, every, kept))


def opened(model: Model, columns: Bundles, free: Bools) -> tuple[Bools, Bools]:
    """Columns of a plan that reach into free cells (c,), and the cells that are open when those are gone (m, d)."""
    cells = model.found.cells(columns.body, columns.carried)
    freed: Bools = np.asarray((cells & free).any(axis=(1, 2)))
    open_cells: Bools = (free | cells[freed].any(axis=0)) & ~cells[~freed].any(axis=0)
    return freed, open_cells


def _open_part(model: Model, open_cells: Bools, held: Bundles, kept: Bools) -> Part:
    """Candidates over open cells only, with what the rest of the plan leaves of the rows."""
    found = model.found
    usable = found.allowed & ~reached(found.bodies.members, ~open_cells)
    going_on = np.isin(found.bodies.continues, found.bodies.continues[held.body]) & (found.bodies.continues >= 0)
    whole = ~found.whole | (usable == found.allowed).all(axis=1)
    body = np.flatnonzero((usable & found.anchor).any(axis=1) & whole & ~going_on)
    some = model.only(body)
    fitting = replace(some.found, allowed=usable[body], anchor=some.found.anchor & usable[body])
    part = replace(some, found=fitting, rows=_left(some.rows, _used(model, held, kept)))
    vars(part)["tables"] = Tables.none()
    vars(part)["exchange"] = some.exchange
    seen = np.array([len(row.bodies) > 0 or row.kind in KINDS for row in part.rows.side], dtype=bool)
    free = np.concatenate([open_cells.ravel(), seen])
    # A row that nothing in the window sees may yet be broken, or overloaded, by the rest of the plan.
    broken = np.concatenate([np.zeros(model.cells, dtype=bool), (part.rows.lower > 0) | (part.rows.upper < 0)])
    vars(part)["live"] = np.flatnonzero(free | broken)
    return Part(part, body, np.asarray(open_cells.any(axis=1)), free)


def _used(model: Model, held: Bundles, kept: Bools) -> Floats:
    """What columns and tables that stay use of the side rows (r,)."""
    by_columns = np.asarray(held.matrix[model.cells :].sum(axis=1)).ravel()
    used: Floats = by_columns + model.rows.table_coefficients(model.tables.index[kept]).sum(axis=0)
    return used


def _left(rows: Rows, used: Floats) -> Rows:
    """The same rows with what is left of them."""
    side = [replace(row, lower=row.lower - u, upper=row.upper - u) for row, u in zip(rows.side, used, strict=True)]
    return Rows(tuple(side), rows.bodies, rows.domains)
