"""The bound over everything, raised by cuts across domains, and the columns near it.

Cuts across domains are not priced domain by domain. But they only charge: a column's reduced cost without them is never
more than with them. So the columns that could still improve are listed without them, charged for them, and what is
left enters; when nothing is left, the prices prove a bound over every candidate.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.bound import worth_of_rows
from regie_opt.engine.columns import Bundles, Model, concatenate, distinct
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.cuts import violated as violated_in_domain
from regie_opt.engine.kernel import Kernel
from regie_opt.engine.listing import lowest, within
from regie_opt.engine.master import Held, NoOptimum
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts, packing_rows, violated
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints

MOST_LISTED = 30_000
"""Columns over which cuts are looked for at first."""
SMOOTHING = 0.5
"""How far towards the prices of the bound before columns are priced first."""
LEAST_SHARE = 0.2
"""Below this they are priced at the prices of now."""
PRICED = 1
"""Times that everything is priced between two rounds of cuts."""
MOST_MISSING = 600
"""Columns that enter after one pricing at most."""
FEW_MISSING = 20
"""Columns below which all that are missing are looked for, not only the best of each body."""
MOST_PRICINGS = 60
"""Times that everything is priced."""
FAR = 2e-4
"""Part of the bound that the optimum over what is listed may be above it where cuts are looked for."""
FAR_IN_PART = 0.02
"""The same in a part of a larger programme, engine units: its prices are nearly right already."""
MOST_ROUNDS = 40
"""Rounds of cuts between two pricings at most."""
STALL = 2
"""Rounds of cuts after which the bound must have risen."""
LEAST_PROGRESS = 0.05
"""By this share of what all rounds have brought."""
NEGATIVE = 1e-6
"""Reduced cost (engine units) below which a column is missing; the bound allows for the rest."""


@dataclass(frozen=True)
class Root:
    """A bound over every candidate, with the prices that prove it."""

    bound: float
    pricing: Pricing
    """At the prices of cells, side rows and cuts within a domain."""
    row_cuts: RowCuts
    across: Floats
    """Prices of the cuts across domains (q,)."""
    nearest: Bundles
    """Columns that were listed."""
    near: Floats
    """Their reduced costs (c,)."""
    weights: Floats
    """Their values in the relaxation (c,)."""

    @classmethod
    def of(cls, model: Model, relaxed: Relaxed) -> "Root":
        """Of a relaxation without cuts across domains."""
        near = reduced_costs(model, relaxed.pool, relaxed.duals)
        pricing = Pricing(model, relaxed.duals)
        return cls(relaxed.bound, pricing, RowCuts.none(), np.zeros(0), relaxed.pool, near, relaxed.weights)

    @property
    def duals(self) -> Duals:
        """Prices of cells, side rows and cuts within a domain."""
        return self.pricing.duals

    def listing(self, columns: Bundles) -> "Root":
        """The same with more columns listed."""
        both = concatenate([self.nearest, columns])
        first, which = distinct(both)
        listed, weights = both.take(first), np.zeros(len(first))
        np.add.at(weights, which, np.concatenate([self.weights, np.zeros(len(columns))]))
        return replace(self, nearest=listed, near=self.reduced(listed), weights=weights)

    def within(self, distance: float, most: int) -> Bundles | None:
        """Every column of which a plan costs at most `distance` more than the bound; None if more than `most`."""
        return within(self.pricing, distance, most, self.charged if len(self.row_cuts) else None)

    def reduced(self, columns: Bundles) -> Floats:
        """What a plan with each column costs more than the bound at least (c,)."""
        model = self.pricing.model
        rows = packing_rows(model, columns)
        return reduced_costs(model, columns, self.duals) - self.across @ self.row_cuts.coefficients(rows)

    def charged(self, body: Ints, carried: Bools) -> Floats:
        """What the cuts across domains add to the reduced costs of sets of domains (c, d) of bodies (c,)."""
        return self.row_cuts.charged(self.pricing.model, self.across, body, carried)


def strengthened(
    root: Root,
    known: tuple[Cuts, RowCuts],
    distance: float,
    stop: Callable[[], bool],
    held: Held | None = None,
) -> Root:
    """The bound with cuts across domains, or as it was where they bring nothing in time, or the solver does not answer.

    It starts from cuts that are known, and from the columns within `distance`, or nearer where these are many.
    `held` are the prices of the rest of a larger programme.
    """
    model, cuts = root.pricing.model, known[0]
    columns = root.within(distance, MOST_LISTED)
    while columns is None and distance > NEGATIVE:
        distance /= 2
        columns = root.within(distance, MOST_LISTED)
    if columns is None:
        columns = root.nearest
    # Cliques of hosts see all the work that a column brings, so they cannot be priced domain by domain.
    cuts = cuts.take((cuts.host == NOBODY) | (cuts.domain < 0))
    kernel = Kernel(model, columns, root.reduced(columns), cuts, known[1], held)
    history: list[float] = []
    # Over columns that leave the optimum far from the bound cuts would hold what missing columns change anyway.
    near = root.bound + (FAR * abs(root.bound) if held is None else FAR_IN_PART)
    try:
        now, price = _priced(model, kernel, root, stop, SMOOTHING, MOST_PRICINGS, near)
        while len(history) <= MOST_ROUNDS:
            history.append(now.bound)
            in_domain = violated_in_domain(model, kernel.columns, now.weights, None if held is None else held.among)
            across = violated(kernel.live_rows, now.weights, model.found.allowed.shape[1])
            if stop() or _stalled(history) or not (len(in_domain) or len(across)):
                break
            kernel.keep(np.ones(len(kernel.columns), dtype=bool), price)
            kernel.slim(now.near)
            kernel.cut(in_domain, across)
            now, price = _priced(model, kernel, root, stop, SMOOTHING, PRICED)
        now, _ = _priced(model, kernel, root, stop, SMOOTHING, MOST_PRICINGS)
    except NoOptimum:
        return root
    return _proven(now, root)


def _priced(
    model: Model,
    kernel: Kernel,
    centre: Root,
    stop: Callable[[], bool],
    share: float,
    most: int,
    near: float = -np.inf,
) -> tuple[Root, Floats]:
    """The optimum after pricing everything some times, farther from the centre each time that nothing is missing.

    It ends as soon as the optimum is as low as `near`.
    """
    now, price = _optimum(model, kernel)
    for _ in range(most):
        if now.bound <= near:
            break
        missing = _missing(now, centre, share, len(kernel.master.row_cuts))
        if stop() or missing is None or (share == 0.0 and not len(missing)):
            break
        if len(missing):
            kernel.slim(now.near)
            kernel.extend(missing)
            now, price = _optimum(model, kernel)
        else:
            share = share / 3 if share > LEAST_SHARE else 0.0
    return now, price


def _missing(now: Root, root: Root, share: float, held: int) -> Bundles | None:
    """Columns below zero at prices between those of now and of the centre, and at those of now; None if too many.

    The first cuts across domains are held, so many of them, and have the same prices now and in the centre.
    """
    centre = Duals(root.duals.cell, root.duals.side, now.duals.cut, now.duals.cuts)
    mixed = replace(
        now,
        pricing=Pricing(now.pricing.model, now.duals.towards(centre, share)),
        across=np.concatenate([now.across[:held], (1 - share) * now.across[held:]]),
    )
    # The best set of domains of each body first, without what cuts across domains charge: that is soon found.
    best = mixed.pricing.improving(MOST_MISSING, NEGATIVE)
    best = None if best is None else best.take(now.reduced(best) < -NEGATIVE)
    if best is not None and len(best) >= FEW_MISSING:
        return best
    below = lowest(mixed.pricing, -NEGATIVE, MOST_MISSING, mixed.charged)
    return best if below is None else below.take(now.reduced(below) < -NEGATIVE)


def _optimum(model: Model, kernel: Kernel) -> tuple[Root, Floats]:
    """The optimum over listed columns, no bound yet, and the prices of the cuts in the order of the master."""
    value, reduced, weights, price = kernel.solve()
    duals, row_cuts, across = kernel.prices()
    return Root(value, Pricing(model, duals), row_cuts, across, kernel.columns, reduced, weights), price


def _proven(now: Root, before: Root) -> Root:
    """What an optimum proves when no column is missing any more, or what was proven before where that is more.

    No plan has more columns than there are cells.
    """
    missing = lowest(now.pricing, -NEGATIVE, MOST_MISSING, now.charged)
    if missing is None or len(missing):
        return before
    rows = worth_of_rows(now.pricing.model, now.duals) + float(now.across @ now.row_cuts.upper)
    bound = rows + now.pricing.tables - NEGATIVE * now.pricing.model.cells
    return replace(now, bound=bound) if bound > before.bound else before


def _stalled(history: list[float]) -> bool:
    if len(history) <= STALL:
        return False
    return history[-1] - history[-1 - STALL] < LEAST_PROGRESS * (history[-1] - history[0])
