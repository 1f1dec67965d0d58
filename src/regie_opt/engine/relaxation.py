"""The linear relaxation by column generation over bundles, with cuts.

The master sees cells, side rows and cuts only. A cut depends on the member set and the domain, so pricing stays
exact and domain by domain with cuts in it: columns and cuts are generated in turn until neither improves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts, violated
from regie_opt.engine.pricing import Duals, Pricing
from regie_opt.worth.region import Floats, Ints

MOST_PER_ROUND = 1500
"""Columns added in one round at most."""
TOLERANCE = 1e-7
"""Reduced cost (engine units; the weights together are 1e4) below which a column improves."""
STALL = 4
"""Rounds of cuts after which the bound must have risen."""
LEAST_PROGRESS = 1e-4
"""By this share of itself."""
BROKEN = 1e-7
"""Sum of broken rows that counts as none."""
PENALTY = 1e6
"""Cost of breaking a row by one, in the master only."""


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


class Master:
    """The restricted master programme in HiGHS, kept between rounds."""

    def __init__(self, model: Model, threads: int) -> None:
        self.model = model
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", threads)
        self.solver.setOptionValue("random_seed", 0)
        rows = model.rows.side
        upper = np.concatenate([np.ones(model.cells), [r.upper for r in rows]])
        lower = np.concatenate([np.full(model.cells, -np.inf), [r.lower for r in rows]])
        empty = np.zeros(len(upper) + 1, dtype=np.int32)
        none = np.zeros(0)
        self.solver.addRows(len(upper), lower, upper, 0, empty[:-1], none.astype(np.int32), none)
        self.lead = self._add_fixed_columns(lower, upper)
        self.pool: list[Bundles] = []
        self.cuts = Cuts.none(model.found.bodies.members.shape[1])

    def _add_fixed_columns(self, lower: Floats, upper: Floats) -> int:
        """Tables, overload and, where a row would be broken by doing nothing, what it costs to break it."""
        model = self.model
        index, cost = model.tables
        for i, e in enumerate(index):
            rows = [
                (model.cells + r, row.tables[int(e)]) for r, row in enumerate(model.rows.side) if int(e) in row.tables
            ]
            self._add(cost[i], 1.0, rows)
        for r, row in enumerate(model.rows.side):
            if row.price is not None:
                self._add(row.price * model.scale, np.inf, [(model.cells + r, -1.0)])
        count = len(index) + sum(row.price is not None for row in model.rows.side)
        if count == 0:
            self._add(0.0, 0.0, [])  # HiGHS takes a programme without columns for no programme
        for r, (low, high) in enumerate(zip(lower, upper, strict=True)):
            priced = r >= model.cells and model.rows.side[r - model.cells].price is not None
            if (low > 0 or high < 0) and not priced:
                self._add(PENALTY, np.inf, [(r, 1.0 if low > 0 else -1.0)])
        return count

    def _add(self, cost: float, upper: float, entries: list[tuple[int, float]]) -> None:
        rows = np.array([r for r, _ in entries], dtype=np.int32)
        values = np.array([v for _, v in entries], dtype=float)
        self.solver.addCol(float(cost), 0.0, float(upper), len(rows), rows, values)

    @property
    def fixed_columns(self) -> int:
        """Columns before the pool."""
        return int(self.solver.getNumCol()) - sum(len(p) for p in self.pool)

    def add(self, columns: Bundles) -> None:
        """Put columns into the master, cuts included."""
        matrix = sparse.csc_array(
            sparse.vstack([columns.matrix, self.cuts.coefficients(self.model, columns)], format="csc")
        )
        count = len(columns)
        self.solver.addCols(
            count,
            columns.cost,
            np.zeros(count),
            np.full(count, np.inf),
            int(matrix.nnz),
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(float),
        )
        self.pool.append(columns)

    def cut(self, cuts: Cuts) -> None:
        """Add cuts over the columns of the pool."""
        self.add_rows(cuts.coefficients(self.model, self.columns()), cuts.upper)
        self.cuts = self.cuts.and_also(cuts)

    def add_rows(self, matrix: sparse.csr_array, upper: Floats) -> None:
        """Add rows over the columns of the pool (q, c)."""
        count = matrix.shape[0]
        self.solver.addRows(
            count,
            np.full(count, -np.inf),
            upper,
            int(matrix.nnz),
            matrix.indptr[:-1].astype(np.int32),
            (matrix.indices + self.fixed_columns).astype(np.int32),
            matrix.data.astype(float),
        )

    def drop_slack_cuts(self, price: Floats) -> None:
        """Take out cuts that hold nothing up."""
        slack = price > -TOLERANCE
        if slack.any():
            first = self.model.cells + len(self.model.rows.side)
            index = (np.flatnonzero(slack) + first).astype(np.int32)
            self.solver.deleteRows(len(index), index)
            self.cuts = self.cuts.take(~slack)

    def solve_columns(self) -> tuple[float, Floats, Floats, Floats]:
        """Optimum, reduced costs and values of the pool's columns (c,), and duals of the rows added (q,)."""
        value, _, weights = self.solve()
        solution = self.solver.getSolution()
        first, rows = self.fixed_columns, self.model.cells + len(self.model.rows.side)
        return value, np.array(solution.col_dual)[first:], weights[first:], np.array(solution.row_dual)[rows:]

    def columns(self) -> Bundles:
        """The whole pool as one."""
        if not self.pool:
            return self.model.bundles(*_no_columns(self.model))
        if len(self.pool) > 1:
            self.pool = [concatenate(self.pool)]
        return self.pool[0]

    def solve(self) -> tuple[float, Duals, Floats]:
        """Optimum of the master, its duals, and the value of every column."""
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            msg = f"the linear solver stopped with status {self.solver.modelStatusToString(status)}"
            raise RuntimeError(msg)
        solution = self.solver.getSolution()
        price = np.array(solution.row_dual)
        cells, side = self.model.cells, len(self.model.rows.side)
        cell = price[:cells].reshape(self.model.found.bodies.members.shape[1], -1)
        duals = Duals(cell, price[cells : cells + side], price[cells + side :], self.cuts)
        return float(self.solver.getInfo().objective_function_value), duals, np.array(solution.col_value)


def relax(model: Model, threads: int, stop: Callable[[], bool], report: Callable[[float, int], None]) -> Relaxed:
    """Solve the relaxation over all candidates; stopped early, the bound is still valid but weaker.

    `report` is told the bound so far and the number of columns after every round.
    """
    master = Master(model, threads)
    history: list[float] = []
    rounds = 0
    bound = -np.inf
    while True:
        value, duals, weights = master.solve()
        pricing = Pricing(model, duals)
        improving = pricing.improving(MOST_PER_ROUND, TOLERANCE)
        rounds += 1
        bound = max(bound, value + _missing(pricing))
        report(bound, sum(len(p) for p in master.pool))
        if stop():
            break
        if improving is not None:
            master.add(improving)
            continue
        history.append(value)
        if _broken(master, weights) or _stalled(history):
            break
        pool = weights[master.fixed_columns :]
        found = violated(model, master.columns(), pool)
        if not len(found):
            break
        master.drop_slack_cuts(duals.cut)
        master.cut(found)
    return Relaxed(
        bound=bound,
        duals=duals,
        cuts=duals.cuts,
        pool=master.columns(),
        weights=weights[master.fixed_columns :],
        tables=weights[: len(model.tables[0])],
        feasible=not _broken(master, weights),
        rounds=rounds,
        converged=improving is None,
    )


def _broken(master: Master, weights: Floats) -> bool:
    """Whether a row is broken: no fraction of plans obeys the rules, once no column improves."""
    return bool(weights[master.lead : master.fixed_columns].sum() > BROKEN)


def _stalled(history: list[float]) -> bool:
    """Whether the last rounds of cuts have brought next to nothing."""
    if len(history) <= STALL:
        return False
    return history[-1] - history[-1 - STALL] < LEAST_PROGRESS * abs(history[-1])


def _no_columns(model: Model) -> tuple[Ints, np.ndarray]:
    return np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool)


def _missing(pricing: Pricing) -> float:
    """What columns not yet in the master could still take off the bound, at most (never above zero).

    A municipality is in at most one partnership per domain, so the reduced costs of a plan's columns, each divided
    over its members, sum to at least this.
    """
    members = pricing.model.found.bodies.members
    least, _ = pricing.best
    least = np.where(np.isfinite(least), least, 0.0)
    for group in pricing.model.exchange.groups:
        least[group.body] = pricing.entries(group).min(axis=1)
    worst = np.minimum(least, 0.0) / np.maximum(members.sum(axis=1), 1)
    per_member = np.where(members, worst[:, None], 0.0).min(axis=0, initial=0.0)
    return float(per_member.sum() * pricing.model.found.allowed.shape[1])
