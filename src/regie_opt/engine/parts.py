"""The best prices of the rows of some municipalities, while the prices of all other rows are held.

Prices at which no candidate has a negative reduced cost prove a bound. In a part the rows of some municipalities near
each other are let go: their best prices are those of a linear programme with a few hundred rows, in which what is held
belongs to the cost of a column. It is solved by column generation over the candidates that its rows see, so what comes
out is feasible for the whole and never worse: the bound rises part by part, and cuts found in one hold in all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.bound import bound_at
from regie_opt.engine.columns import Bundles, Model, keys
from regie_opt.engine.master import Held, Master
from regie_opt.engine.part import Part
from regie_opt.engine.pricing import Duals, reduced_costs
from regie_opt.engine.relaxation import Best, Care, Relaxed, relax

KNOWN = 5
"""Columns for each row of a part that it starts from at most."""
PART_OF_GAIN = 0.03
"""Part of what the bound has gained in a part that may be left to the next sweep."""
HOLDING = 1e-9
"""Price above which a cut holds up nothing."""
NEAR = 0.5
"""Reduced cost (engine units) above which a column is forgotten at the end."""


@dataclass(frozen=True)
class Standing:
    """Feasible prices and the bound that they prove."""

    duals: Duals
    bound: float


@dataclass(frozen=True)
class Priced:
    """A part with prices of its own."""

    part: Part
    prices: Duals
    """Of all rows, feasible for the candidates of the part, and of the cuts that are let go with it."""


@dataclass(frozen=True)
class Improved:
    """What a part has brought."""

    priced: Priced
    held: Held
    """What was held meanwhile."""
    relaxed: Relaxed
    """The relaxation of the part, with its bodies; what cuts that it does not see are worth is not in the bound."""
    new: Bundles
    """Columns that are near and were not known, with the bodies of the whole."""


def improved_prices(
    part: Part,
    standing: Standing,
    pool: Bundles,
    tolerance: float,
    rounds: int,
    stop: Callable[[], bool],
) -> Improved:
    """The best prices of a part to within a tolerance (engine units), with at most so many rounds of cuts.

    `pool` are columns known of the whole.
    """
    before = standing.duals
    free, known = part.cuts_of(before)
    fixed = Duals(before.cell, before.side, before.cut[known], before.cuts.take(known))
    aside = ~(free | known)
    beside = float((before.cut[aside] * before.cuts.upper[aside]).sum())
    start = known_in(part, before, pool)

    def begin(master: Master, _: Callable[[float], bool]) -> tuple[Best, None]:
        loose = before.cuts.take(free)
        master.cut(loose)
        master.add(start)
        cut, cuts = np.concatenate([fixed.cut, before.cut[free]]), fixed.cuts.and_also(loose)
        now = Duals(before.cell, before.side, cut, cuts)
        return Best(standing.bound - beside, now, now), None

    care, held = Care(tolerance, PART_OF_GAIN, rounds), Held(fixed, part.among)
    relaxed = relax(part.model, stop, lambda *_: None, begin, care, held)
    let_go = np.arange(len(fixed.cuts), len(relaxed.cuts))
    columns, known_before = relaxed.pool, set(keys(start))
    near = reduced_costs(part.model, columns, relaxed.duals) <= NEAR
    new = near & np.array([key not in known_before for key in keys(columns)], dtype=bool)
    return Improved(
        Priced(part, replace(relaxed.duals, cut=relaxed.duals.cut[let_go], cuts=relaxed.cuts.take(let_go))),
        held,
        relaxed,
        part.renumbered(columns.take(new)),
    )


def known_in(part: Part, duals: Duals, pool: Bundles) -> Bundles:
    """Known columns of a part, the nearest ones by their reduced costs without the cuts."""
    columns = part.taken(pool, np.flatnonzero(np.isin(pool.body, part.body)))
    price = np.concatenate([duals.cell.ravel(), duals.side])
    order = np.argsort(columns.cost - price @ columns.matrix, kind="stable")[: KNOWN * int(part.free.sum())]
    return columns.take(np.sort(order))


def put_back(model: Model, standing: Standing, parts: list[Priced]) -> Standing:
    """The prices of parts that see no candidate in common among those of the whole, and what they prove.

    What the parts see but do not let go may have become dearer in several: the dearest price is feasible for all.
    """
    before = standing.duals
    cell, side, gone = before.cell, before.side, np.zeros(len(before.cut), dtype=bool)
    for one in parts:
        free_cell = one.part.free[: model.cells].reshape(cell.shape)
        dearer = ~free_cell & (one.prices.cell < before.cell)
        cell = np.where(free_cell, one.prices.cell, np.where(dearer, np.minimum(cell, one.prices.cell), cell))
        side = np.where(one.part.free[model.cells :], one.prices.side, side)
        gone |= one.part.cuts_of(before)[0]
    cut, cuts = before.cut[~gone], before.cuts.take(~gone)
    for one in parts:
        cut, cuts = np.concatenate([cut, one.prices.cut]), cuts.and_also(one.prices.cuts)
    holding = cut < -HOLDING
    duals = Duals(cell, side, cut[holding], cuts.take(holding))
    return Standing(duals, bound_at(model, duals))
