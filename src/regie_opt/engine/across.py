"""The bound of many municipalities, raised by cuts across domains, part by part.

Cuts across domains charge a candidate for several domains at once, so they are priced by listing: over a part only
(`strengthened`). Those of one part charge candidates of the next as well: there they are held, like the prices of all
rows that are not let go. What a part proves never lowers the bound of the whole, whose prices stay feasible.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.large import batches
from regie_opt.engine.master import Held
from regie_opt.engine.neighbourhood import Neighbourhoods, losses
from regie_opt.engine.part import Part
from regie_opt.engine.parts import HOLDING, Priced, Standing, put_back
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import Choice
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import Charges, unit_rows
from regie_opt.engine.strengthen import NEGATIVE, Root, strengthened
from regie_opt.worth.region import Bools, Floats

WINDOW, CORE = 16, 6
"""Municipalities in a part, and how many of them, the nearest ones, need no part of their own."""
DISTANCE = 0.5
"""Reduced cost (engine units) up to which columns are listed at first."""


@dataclass(frozen=True)
class Across:
    """Feasible prices with cuts across domains, and the bound that they prove but for rounding."""

    rows: Standing
    """Prices of rows and of cuts within a domain, and what they are worth."""
    charges: Charges

    @property
    def bound(self) -> float:
        """What all prices are worth."""
        return self.rows.bound + self.charges.worth


def strengthened_across(
    model: Model,
    relaxed: Relaxed,
    plan: Choice,
    threads: int,
    stop: Callable[[], bool],
    report: Callable[[float], None],
) -> Relaxed:
    """The relaxation with its bound raised, where the plan loses most first; its prices stay those without such cuts.

    `report` is told the bound after every part.
    """
    now = Across(Standing(relaxed.duals, relaxed.bound), Charges.none())
    parts = list(_parts(model, losses(model, relaxed.duals, plan).sum(axis=1)))
    with ThreadPoolExecutor(threads) as pool:
        for together in batches(model, parts, threads):
            raise_one = partial(_raised, model, now, relaxed, stop)
            found = [one for one in pool.map(raise_one, together) if one is not None]
            now = _together(model, now, found)
            report(_rounded(model, now))
            if stop():
                break
    return replace(relaxed, bound=max(_rounded(model, now), relaxed.bound))


def _rounded(model: Model, now: Across) -> float:
    """The bound, with no more columns in a plan than there are cells, each a rounding below zero at most."""
    return now.bound - NEGATIVE * model.cells


def _parts(model: Model, lost: Floats) -> Iterator[Bools]:
    """Municipalities of parts that cover the whole, those that lose most first."""
    around = Neighbourhoods.around(model, WINDOW, CORE)
    among = np.asarray(around.free.any(axis=2))
    waiting = np.ones(len(among), dtype=bool)
    for w in np.argsort(-(among @ lost), kind="stable").tolist():
        if waiting[w]:
            waiting &= ~around.covers[w]
            yield among[w]


@dataclass(frozen=True)
class _Raised:
    """What a part has brought."""

    priced: Priced
    gone: Bools
    """Cuts across domains that were let go (q,)."""
    charges: Charges
    """Those of the part."""


def _raised(model: Model, now: Across, relaxed: Relaxed, stop: Callable[[], bool], among: Bools) -> _Raised | None:
    """Better prices of a part; None where none were found."""
    part, before = Part.of(model, among), now.rows.duals
    free, known = part.cuts_of(before)
    gone, charging = _cuts_of(part, now.charges)
    own, held = before.cuts.take(free), now.charges.take(charging)
    fixed = Duals(before.cell, before.side, before.cut[known], before.cuts.take(known))
    start = Duals(before.cell, before.side, np.concatenate([fixed.cut, before.cut[free]]), fixed.cuts.and_also(own))
    pool = part.taken(relaxed.pool, np.flatnonzero(np.isin(relaxed.pool.body, part.body)))
    charges = held.and_also(now.charges.take(gone))
    root = Root(-np.inf, Pricing(part.model, start), charges, pool, np.zeros(len(pool)), np.zeros(len(pool)))
    root = replace(root, near=root.reduced(pool))
    cuts = own, now.charges.take(gone).cuts
    better = strengthened(root, cuts, DISTANCE, stop, Held(fixed, among, held))
    if better is root:
        return None
    let_go = np.arange(len(fixed.cuts), len(better.duals.cuts))
    prices = replace(better.duals, cut=better.duals.cut[let_go], cuts=better.duals.cuts.take(let_go))
    return _Raised(Priced(part, prices), gone, better.charges.take(np.arange(len(held), len(better.charges))))


def _cuts_of(part: Part, charges: Charges) -> tuple[Bools, Bools]:
    """Cuts across domains that a part lets go, and those that it must know besides (q,), (q,)."""
    model, used = part.model, charges.cuts.shares > 0
    free = np.concatenate([part.free[: model.cells], part.free[model.cells + unit_rows(model)]])
    seen = np.repeat(model.found.bodies.members.any(axis=0), model.found.allowed.shape[1])
    seen = np.concatenate([seen, np.ones(len(unit_rows(model)), dtype=bool)])
    gone: Bools = np.asarray((free[charges.cuts.rows] | ~used).all(axis=1))
    met: Bools = np.asarray((seen[charges.cuts.rows] & used).any(axis=1))
    return gone, ~gone & met


def _together(model: Model, now: Across, found: list[_Raised]) -> Across:
    """The prices of the whole with those of parts that see no candidate in common, where they are worth more.

    Tables beside the work are seen by many parts: each counts on them as they were.
    """
    if not found:
        return now
    both = _with(model, now, found)
    return max([now, both, *(_with(model, now, [one]) for one in found if both.bound <= now.bound)], key=_bound)


def _with(model: Model, now: Across, found: list[_Raised]) -> Across:
    charges = now.charges.take(~np.any([one.gone for one in found], axis=0))
    for one in found:
        charges = charges.and_also(one.charges.take(one.charges.price < -HOLDING))
    return Across(put_back(model, now.rows, [one.priced for one in found]), charges)


def _bound(prices: Across) -> float:
    return prices.bound
