"""The linear relaxation by column generation over bundles, with cuts.

The master sees cells, side rows and cuts only. A cut depends on the member set and the domain, so pricing stays
exact and domain by domain with cuts in it: columns and cuts are generated in turn until neither improves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regie_opt.engine.bound import repaired
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts, violated
from regie_opt.engine.master import TOLERANCE, Held, Master, NoOptimum, nothing_held
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.worth.region import Floats, Ints

MOST_PER_ROUND = 1500
"""Columns added in one round at most."""
SMOOTHING = 0.5
"""How far towards the prices of the best bound columns are priced first."""
LEAST_SHARE = 0.2
"""Below this they are priced at the master's own duals."""
CLOSE = 5e-5
"""Part of the optimum within which a bound is near enough: the distances of the proof are twenty times that."""
INNER = 0.8
"""Part of what is missing to the bound over all bodies within which the bound over the nearest is near enough."""
FEW = 5_000
"""Bodies that are priced in every round at least."""
ONE_IN = 10
"""Part of the bodies that are, where they are many; the others when those bring nothing more."""
LEAST_PROGRESS = 0.05
"""Share of what all rounds of cuts have brought that a round must bring."""
MOST_CUT_ROUNDS = 1_000
"""Rounds of cuts at most."""
BROKEN = 1e-7
"""Sum of broken rows that counts as none."""


@dataclass(frozen=True)
class Corner:
    """Where a master ended: its cuts, and which columns and rows were basic."""

    cuts: Cuts
    basis: Any


@dataclass(frozen=True)
class Relaxed:
    """A solved relaxation."""

    bound: float
    """Valid lower bound on the cost of every plan."""
    duals: Duals
    cuts: Cuts
    """Cuts that the bound rests on, in the order of `duals.cut`."""
    pool: Bundles
    """Columns generated on the way."""
    weights: Floats
    """Value of each column of the pool in the relaxation (c,)."""
    tables: Floats
    """Value of keeping each table beside the work (t,)."""
    feasible: bool
    """False when even the relaxation must break a row."""
    rounds: int
    converged: bool
    corner: Corner
    """Where the master ended."""


def relax(
    model: Model,
    stop: Callable[[], bool],
    report: Callable[[float, int], None],
    begin: "Begin | None" = None,
    care: "Care | None" = None,
    held: Held | None = None,
) -> Relaxed:
    """Solve the relaxation over all candidates; stopped early, the bound is still valid but weaker.

    `report` is told the bound so far and the number of columns after every round. `begin` fills the master with what is
    known already, and may find that this is enough. `held` are the prices of the rest of a larger programme: bound and
    prices are then those of the whole.
    """
    master, care = Master(model, held), care or Care()
    history: list[float] = []
    rounds = 0

    def told(bound: float) -> bool:
        nonlocal rounds
        rounds += 1
        report(bound, sum(len(p) for p in master.pool))
        return stop()

    best, weights = Best.none(), None
    try:
        best, weights = (best, weights) if begin is None else begin(master, told)
    except NoOptimum:
        begin = None
    converged = enough = weights is not None
    while not enough:
        try:
            value, duals, weights, best, converged = _generate(master, best, told, care)
        except NoOptimum:
            converged = False
            break
        history.append(value)
        if not converged or broken(master, weights) or len(history) > care.cut_rounds or _stalled(history):
            break
        among = None if held is None else held.among
        found = violated(model, master.columns(), weights[master.fixed_columns :], among)
        if not len(found):
            break
        left = master.drop_slack_cuts(duals.cut)
        master.cut(found)
        cuts = duals.cuts.take(left).and_also(found)
        best = best.with_cuts(np.concatenate([duals.cut[left], np.zeros(len(found))]), cuts)
    proof = best.proof
    if proof is None:
        proof, bound = repaired(Pricing(model, nothing_held(model)))
        best = Best(bound, proof, proof)
    weights = _of_all(master, weights)
    return Relaxed(
        bound=best.bound,
        duals=proof,
        cuts=proof.cuts,
        pool=master.columns(),
        weights=weights[master.fixed_columns :],
        tables=weights[: len(model.tables)],
        feasible=not broken(master, weights),
        rounds=rounds,
        converged=converged,
        corner=Corner(master.cuts, master.solver.getBasis()),
    )


def _of_all(master: Master, weights: Floats | None) -> Floats:
    """Values of all columns: zero where they came after the last optimum, which a solver that fails leaves behind."""
    known = np.zeros(0) if weights is None else weights
    return np.concatenate([known, np.zeros(master.fixed_columns + len(master.columns()) - len(known))])


@dataclass(frozen=True)
class Care:
    """How far a relaxation is taken."""

    tolerance: float = 0.0
    """How near the optimum the bound is brought, engine units; `CLOSE` is near enough at any rate."""
    of_gain: float | None = None
    """The same as a part of what the bound has gained since the beginning, and then `CLOSE` does not count."""
    cut_rounds: int = MOST_CUT_ROUNDS
    """Rounds of cuts at most."""

    def near(self, value: float, gained: float) -> float:
        """How near the bound must be to an optimum."""
        return max(self.tolerance, CLOSE * abs(value) if self.of_gain is None else self.of_gain * gained)


@dataclass(frozen=True)
class Best:
    """The best bound so far, the prices that prove it, and prices near them for the cuts of now."""

    bound: float
    proof: Duals | None
    centre: Duals | None

    @classmethod
    def none(cls) -> "Best":
        """Before anything is priced."""
        return cls(-np.inf, None, None)

    def after(self, pricing: Pricing) -> "Best":
        """With what some prices prove."""
        feasible, bound = repaired(pricing)
        if bound > self.bound:
            return Best(bound, feasible, feasible)
        return self if self.centre is not None else replace(self, centre=feasible)

    def with_cuts(self, price: Floats, cuts: Cuts) -> "Best":
        """The same with other cuts in the centre: a bound stays valid whatever is priced next."""
        if self.centre is None:
            return self
        return replace(self, centre=Duals(self.centre.cell, self.centre.side, price, cuts))


Begin = Callable[[Master, Callable[[float], bool]], tuple[Best, Floats | None]]
"""Fills a master and gives the best bound; with the value of every column where the relaxation need go no farther.

What it is given tells the bound after every round, and whether to stop.
"""


def _generate(
    master: Master, best: Best, told: Callable[[float], bool], care: "Care"
) -> tuple[float, Duals, Floats, Best, bool]:
    """Columns until none improves or the optimum is near enough to the bound; whether it came to that.

    Where there are many bodies, those near the bound are priced until they bring nothing more, then all of them.
    Raises `NoOptimum` where the solver does not answer at the beginning; later it ends with what is known by then.
    """
    near: Near | None = None
    before = best.bound
    value, duals, weights = master.solve()
    while True:
        improving = (
            None if near is None else near.price(duals, value, best.bound, care.near(value, best.bound - before))
        )
        nearby = improving is not None
        if improving is None:
            improving, best, pricing = priced(master.model, duals, best)
            stopped = told(best.bound)
            if improving is None or value - best.bound <= care.near(value, best.bound - before):
                return value, duals, weights, best, True
            if stopped:
                return value, duals, weights, best, False
            near = Near.of(pricing, best.centre)
        weights = master.purge(weights)
        master.add(improving)
        try:
            value, duals, weights = master.solve()
        except NoOptimum:
            return value, duals, _of_all(master, weights), best, False
        if nearby and told(best.bound):
            return value, duals, weights, best, False


class Near:
    """The bodies nearest to the bound, as a model of their own."""

    def __init__(self, model: Model, index: Ints, centre: Duals | None) -> None:
        self.model, self.index = model.only(index), index
        self.best = Best(-np.inf, None, centre)

    @classmethod
    def of(cls, pricing: Pricing, centre: Duals | None) -> "Near | None":
        """Those nearest at given prices; None where all are few. Mutual services are not among them."""
        least, _ = pricing.best
        count = max(FEW, len(least) // ONE_IN)
        if count >= len(least):
            return None
        return cls(pricing.model, np.flatnonzero(least <= np.partition(least, count)[count]), centre)

    def price(self, duals: Duals, value: float, bound: float, enough: float) -> Bundles | None:
        """Columns that improve the master; None when the optimum over these bodies is near enough."""
        improving, self.best, _ = priced(self.model, duals, self.best)
        if improving is None or value - self.best.bound <= max(enough, INNER * (value - bound)):
            return None
        return replace(improving, body=self.index[improving.body])


def priced(model: Model, duals: Duals, best: Best) -> tuple[Bundles | None, Best, Pricing]:
    """Columns that improve the master, the best bound, and the last prices.

    The duals of a degenerate master jump about, and columns priced at them are mostly useless. So pricing is done part
    of the way to the prices of the best bound (Wentges 1997), and nearer to the master's own where that finds nothing.
    """
    share = 0.0 if best.centre is None else SMOOTHING
    while True:
        at = duals if best.centre is None or share == 0.0 else duals.towards(best.centre, share)
        pricing = Pricing(model, at)
        improving = pricing.improving(MOST_PER_ROUND, TOLERANCE)
        best = best.after(pricing)
        if share == 0.0:
            return improving, best, pricing
        if improving is not None and (reduced_costs(model, improving, duals) < -TOLERANCE).any():
            return improving, best, pricing
        share = share / 2 if share > LEAST_SHARE else 0.0


def broken(master: Master, weights: Floats) -> bool:
    """Whether a row is broken: no fraction of plans obeys the rules, once no column improves."""
    return bool(weights[master.lead : master.fixed_columns].sum() > BROKEN)


def _stalled(history: list[float]) -> bool:
    """Whether the last round of cuts has brought next to nothing, given the optimum after every round."""
    if len(history) < 3:
        return False
    return history[-1] - history[-2] < LEAST_PROGRESS * (history[-1] - history[0])
