"""A bound that holds at any prices: cells are charged more until no candidate has a negative reduced cost.

Prices at which nothing has a negative reduced cost are a feasible solution of the dual programme, and what the rows
are worth at them is a lower bound on the cost of every plan. The prices of an unfinished relaxation are not feasible,
but nearly: the repaired ones are, and anybody can check them against every candidate.
"""

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.worth.region import Floats

NEGATIVE = 1e-9
"""Reduced cost (engine units) that is charged for."""


def repaired(pricing: Pricing) -> tuple[Duals, float]:
    """Feasible prices near the given ones, and the bound that they prove."""
    duals = pricing.duals
    feasible = Duals(duals.cell - _charges(pricing), duals.side - _doubled(pricing), duals.cut, duals.cuts)
    return feasible, bound_at(pricing.model, feasible)


def bound_at(model: Model, duals: Duals) -> float:
    """The bound that prices prove at which no candidate has a negative reduced cost."""
    return worth_of_rows(model, duals) + Pricing(model, duals).tables


def worth_of_rows(model: Model, duals: Duals) -> float:
    """What the right-hand sides are worth at given prices: the objective of the dual programme, tables left out."""
    side, rows = duals.side, model.rows
    limit = np.where(side < 0, rows.upper, rows.lower)
    worth = duals.cell.sum() + (side[side != 0] * limit[side != 0]).sum() + (duals.cut * duals.cuts.upper).sum()
    return float(worth)


def magnitude(model: Model, duals: Duals) -> float:
    """Sum of the sizes of what `worth_of_rows` adds up: rounding grows with it."""
    side, rows = duals.side, model.rows
    limit = np.where(side < 0, rows.upper, rows.lower)
    size = np.abs(duals.cell).sum() + np.abs(side[side != 0] * limit[side != 0]).sum()
    return float(size + np.abs(duals.cut * duals.cuts.upper).sum())


def _charges(pricing: Pricing) -> Floats:
    """What each cell must be charged in addition (m, d): the most that any candidate asks of it."""
    found = pricing.model.found
    charges = np.zeros_like(pricing.duals.cell)
    least, _ = pricing.best
    broken = np.setdiff1d(np.flatnonzero(least < -NEGATIVE), found.doubled)
    per_domain, missing = pricing.per_domain[broken], -least[broken]
    # A set of domains that takes off t costs base - t >= -missing; charging each domain the share missing / (base +
    # missing) of what it takes off lifts all of them to zero or more.
    base, off = pricing.base[broken], -np.minimum(per_domain, 0.0)
    lifted = (base >= 0) & ~found.whole[broken]
    share = missing / np.where(lifted, base + missing, 1.0)
    part = np.where(lifted[:, None], off * share[:, None], missing[:, None])
    if len(broken):
        # What is asked of a member set is what is asked of the body that asks most.
        sets, set_of = found.distinct_members
        order = np.argsort(set_of[broken], kind="stable")
        begin = np.flatnonzero(np.diff(set_of[broken][order], prepend=-1))
        asked = np.maximum.reduceat((part * found.allowed[broken])[order], begin, axis=0)
        _most(charges, sets[set_of[broken][order][begin]], asked)
    domains = pricing.model.exchange.domains
    for group, (at, _, lowest) in zip(pricing.model.exchange.groups, pricing.best_entries, strict=True):
        alone = ~np.isin(group.body[at], found.doubled)
        at, lowest = at[alone], lowest[alone]
        asked = np.zeros((len(at), charges.shape[1]))
        asked[:, domains] = -np.minimum(lowest, 0.0)[:, None]
        _most(charges, found.bodies.members[group.body[at]], asked)
    return charges


def _doubled(pricing: Pricing) -> Floats:
    """What side rows must be charged in addition (r,) for what goes on beside others, which may hold no cell at all."""
    model, charges = pricing.model, np.zeros_like(pricing.duals.side)
    least, _ = pricing.best
    going_on = model.rows.of("continues")
    for b in model.found.doubled:
        r = going_on[int(model.found.bodies.continues[b])]
        lowest = float(least[b])
        for group, (at, _, reduced) in zip(model.exchange.groups, pricing.best_entries, strict=True):
            lowest = min([lowest, *reduced[group.body[at] == b].tolist()])
        if lowest < -NEGATIVE:
            charges[r] = max(charges[r], -lowest)
    return charges


def _most(charges: Floats, members: np.ndarray, asked: Floats) -> None:
    """Raise charges to what is asked of bodies' domains (b, d), in equal parts over members (b, m)."""
    share = asked / np.maximum(members.sum(axis=1), 1)[:, None]
    for m in range(len(charges)):
        np.maximum(charges[m], share[members[:, m]].max(axis=0, initial=0.0), out=charges[m])
