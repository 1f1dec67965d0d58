"""The bound of many municipalities, raised part by part with cuts across domains.

Such cuts charge a candidate for several domains at once, so a part cannot price those of others domain by domain. It
need not: what the others prove stays as it is, cuts and prices, and columns near the bound of the part are listed and
charged for all of them. Parts that lose most come first; those that see no candidate in common are worked on together.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from regie_opt.engine.bound import bound_at
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.large import batches
from regie_opt.engine.master import Held
from regie_opt.engine.neighbourhood import Neighbourhoods, losses
from regie_opt.engine.part import Part
from regie_opt.engine.parts import Priced, Standing, known_in, put_back
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.engine.programme import Choice
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts, unit_rows
from regie_opt.engine.stopping import Stop
from regie_opt.engine.strengthen import NEGATIVE, Root, strengthened
from regie_opt.worth.region import Bools, Floats

WINDOW, CORE = 16, 8
"""Municipalities in a part, and how many of them, the nearest ones, need no part of their own."""
EACH = 2
"""Parts for each thread that are worked on together, so that the others do not wait long for the slowest."""
DISTANCE = 0.5
"""Reduced cost (engine units) up to which columns are listed at first."""


@dataclass(frozen=True)
class Charged:
    """Prices with cuts across domains, at which no candidate has a reduced cost below minus `NEGATIVE`."""

    duals: Duals
    row_cuts: RowCuts
    across: Floats
    """Prices of the cuts across domains (q,)."""

    def bound(self, model: Model) -> float:
        """What they prove: no plan has more columns than there are cells."""
        return bound_at(model, self.duals) + float(self.across @ self.row_cuts.upper) - NEGATIVE * model.cells


def strengthened_in_parts(
    model: Model,
    relaxed: Relaxed,
    plan: Choice,
    threads: int,
    stop: Stop,
    report: Callable[[float], None] = lambda _: None,
) -> Relaxed:
    """The relaxation with its bound raised; its prices stay those without such cuts.

    `report` is told the bound after some parts.
    """
    best, bound = Charged(relaxed.duals, RowCuts.none(), np.zeros(0)), relaxed.bound
    lost = losses(model, relaxed.duals, plan).sum(axis=1)
    with ThreadPoolExecutor(threads) as pool:
        for together in batches(model, _parts(model, lost), EACH * threads):
            raised = list(pool.map(partial(_raised, model, best, relaxed.pool, stop), together))
            better = _together(model, best, [one for one in raised if one is not None])
            if better.bound(model) > bound:
                best, bound = better, better.bound(model)
            report(bound)
            if stop():
                break
    return replace(relaxed, bound=bound)


def _parts(model: Model, lost: Floats) -> list[Bools]:
    """Municipalities of parts that cover all, those that lose most (m,) first."""
    around = Neighbourhoods.around(model, WINDOW, CORE)
    among: Bools = np.asarray(around.free.any(axis=2))
    waiting = np.ones(len(among), dtype=bool)
    parts = []
    for w in np.argsort(-(among @ lost), kind="stable"):
        if waiting[w]:
            parts.append(among[w])
            waiting &= ~around.covers[w]
    return parts


@dataclass(frozen=True)
class _Raised:
    """A part with better prices."""

    priced: Priced
    gone: Bools
    """Cuts across domains that were let go, of those there were (q,)."""
    row_cuts: RowCuts
    """Those that take their place."""
    across: Floats
    """Their prices (q,)."""


def _raised(model: Model, before: Charged, pool: Bundles, stop: Stop, among: Bools) -> _Raised | None:
    """The best prices of a part, with cuts across domains; None where these bring nothing in time."""
    part, duals = Part.of(model, among), before.duals
    free, known = part.cuts_of(duals)
    own = ~_rows_outside(before.row_cuts, part.free, model)
    fixed = Duals(duals.cell, duals.side, duals.cut[known], duals.cuts.take(known))
    held = Held(fixed, among, before.row_cuts.take(~own), before.across[~own])
    cuts = fixed.cuts.and_also(duals.cuts.take(free))
    now = replace(duals, cut=np.concatenate([fixed.cut, duals.cut[free]]), cuts=cuts)
    row_cuts = held.row_cuts.and_also(before.row_cuts.take(own))
    across = np.concatenate([held.across, before.across[own]])
    near = known_in(part, now, pool)
    worth = bound_at(part.model, now) + float(across @ row_cuts.upper)
    root = Root(worth, Pricing(part.model, now), row_cuts, across, near, np.zeros(len(near)), np.zeros(len(near)))
    let_go = duals.cuts.take(free), before.row_cuts.take(own)
    stronger = strengthened(replace(root, near=root.reduced(near)), let_go, DISTANCE, stop, held)
    if stronger.bound <= worth:
        return None
    cut = np.arange(len(fixed.cuts), len(stronger.duals.cuts))
    prices = replace(stronger.duals, cut=stronger.duals.cut[cut], cuts=stronger.duals.cuts.take(cut))
    new = np.arange(len(held.across), len(stronger.across))
    return _Raised(Priced(part, prices), own, stronger.row_cuts.take(new), stronger.across[new])


def _rows_outside(row_cuts: RowCuts, free: Bools, model: Model) -> Bools:
    """Cuts with a row that is not let go (q,)."""
    packing = np.concatenate([free[: model.cells], free[model.cells + unit_rows(model)]])
    return np.asarray((~packing[row_cuts.rows] & (row_cuts.shares > 0)).any(axis=1))


def _together(model: Model, before: Charged, parts: list[_Raised]) -> Charged:
    """The prices of parts that see no candidate in common among those of the whole."""
    standing = put_back(model, Standing(before.duals, -np.inf), [one.priced for one in parts])
    stays = ~np.any([one.gone for one in parts], axis=0) if parts else np.ones(len(before.across), dtype=bool)
    row_cuts, across = before.row_cuts.take(stays), before.across[stays]
    for one in parts:
        row_cuts, across = row_cuts.and_also(one.row_cuts), np.concatenate([across, one.across])
    return Charged(standing.duals, row_cuts, across)
