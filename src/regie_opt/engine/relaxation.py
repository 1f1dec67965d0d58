"""The linear relaxation by column generation over bundles, with cuts.

The master sees cells, side rows and cuts only. A cut depends on the member set and the domain, so pricing stays
exact and domain by domain with cuts in it: columns and cuts are generated in turn until neither improves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from regie_opt.engine.bound import repaired
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts, violated
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.worth.region import Bools, Floats, Ints

MOST_PER_ROUND = 1500
"""Columns added in one round at most."""
POOL = 6
"""Columns in the master for each of its rows, above which the half that is farthest away goes."""
SMOOTHING = 0.5
"""How far towards the prices of the best bound columns are priced first."""
LEAST_SHARE = 0.2
"""Below this they are priced at the master's own duals."""
TOLERANCE = 1e-7
"""Reduced cost (engine units; the weights together are 1e4) below which a column improves."""
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
BROKEN = 1e-7
"""Sum of broken rows that counts as none."""
PRIMAL, DUAL = 4, 1
"""Simplex strategies of HiGHS."""
MOST_ITERATIONS = 20_000
"""Iterations of one solve after which it is begun anew."""
NO_LIMIT = 2**31 - 1
PENALTY = 1e6
"""Cost of breaking a row by one, in the master only."""


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


class NoOptimum(RuntimeError):
    """The linear solver found no optimum; with nothing fixed there always is one."""


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
        self.grown = False
        """Whether only columns came since the last solve."""
        self.cuts = Cuts.none(model.found.bodies.members.shape[1], model.found.allowed.shape[1])

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
        self._add_columns(columns.cost, matrix)
        self.pool.append(columns)

    def _add_columns(self, cost: Floats, matrix: sparse.csc_array) -> None:
        count = len(cost)
        self.solver.addCols(
            count,
            cost,
            np.zeros(count),
            np.full(count, np.inf),
            int(matrix.nnz),
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(float),
        )

    def begin_at(self, basis: Any) -> None:
        """Start the next solve from a basis, unless that is unknown or one of other rows and columns."""
        size = (int(self.solver.getNumCol()), int(self.solver.getNumRow()))
        if basis is not None and basis.valid and (len(basis.col_status), len(basis.row_status)) == size:
            self.solver.setBasis(basis)
            self.grown = True

    def cut(self, cuts: Cuts) -> None:
        """Add cuts over the columns of the pool."""
        self.add_rows(cuts.coefficients(self.model, self.columns()), cuts.upper)
        self.cuts = self.cuts.and_also(cuts)

    def add_rows(self, matrix: sparse.csr_array, upper: Floats) -> None:
        """Add rows over the columns of the pool (q, c)."""
        count = matrix.shape[0]
        self.grown = False
        self.solver.addRows(
            count,
            np.full(count, -np.inf),
            upper,
            int(matrix.nnz),
            matrix.indptr[:-1].astype(np.int32),
            (matrix.indices + self.fixed_columns).astype(np.int32),
            matrix.data.astype(float),
        )

    def drop_slack_cuts(self, price: Floats) -> Bools:
        """Take out cuts that hold nothing up, and say which (q,)."""
        slack: Bools = price > -TOLERANCE
        if slack.any():
            first = self.model.cells + len(self.model.rows.side)
            index = (np.flatnonzero(slack) + first).astype(np.int32)
            self.solver.deleteRows(len(index), index)
            self.cuts = self.cuts.take(~slack)
        return slack

    def fix(self, pool: Ints) -> None:
        """Hold some of the pool's columns at one or more (rows keep them at one)."""
        first = self.fixed_columns
        for c in pool.tolist():
            self.solver.changeColBounds(first + c, 1.0, np.inf)
        self.grown = False

    def value_without(self, pool: Bools) -> float:
        """Optimum without some of the pool's columns, which stay in it (c,); infinite where there is none."""
        at = (np.flatnonzero(pool) + self.fixed_columns).astype(np.int32)
        none, most = np.zeros(len(at)), np.full(len(at), np.inf)
        self.solver.changeColsBounds(len(at), at, none, none)
        self.grown = False
        try:
            return self.solve()[0]
        except NoOptimum:
            return np.inf
        finally:
            self.solver.changeColsBounds(len(at), at, none, most)
            self.grown = True

    def purge(self, weights: Floats) -> Floats:
        """Take out the columns farthest from the relaxation where they are many; give the weights of those left."""
        rows = int(self.solver.getNumRow())
        most, kept = POOL * rows, POOL * rows // 2
        pool = self.columns()
        if len(pool) <= most:
            return weights
        first = self.fixed_columns
        reduced = np.array(self.solver.getSolution().col_dual)[first:]
        order = np.argsort(reduced, kind="stable")
        keep = np.sort(order[:kept])
        gone = np.sort(order[kept:])
        self.solver.deleteCols(len(gone), (gone + first).astype(np.int32))
        self.pool = [pool.take(keep)]
        return np.concatenate([weights[:first], weights[first:][keep]])

    def drop(self, gone: Ints, kept: Bundles) -> None:
        """Take out columns by their position in the pool (g,); `kept` are the others."""
        if len(gone):
            self.solver.deleteCols(len(gone), (np.sort(gone) + self.fixed_columns).astype(np.int32))
        self.pool = [kept]

    def drop_rows(self, gone: Ints) -> None:
        """Take out rows that were added, by their position among those (g,)."""
        if len(gone):
            first = self.model.cells + len(self.model.rows.side)
            self.solver.deleteRows(len(gone), (gone + first).astype(np.int32))

    def add_kernel(self, columns: Bundles, cuts: sparse.csc_array) -> None:
        """Put in columns with their coefficients in the rows that were added (q, c)."""
        self.pool.append(columns)
        self._add_columns(columns.cost, sparse.csc_array(sparse.vstack([columns.matrix, cuts], format="csc")))

    def solve_rows(self) -> tuple[float, Floats, Floats]:
        """Optimum, duals of all rows, and values of the pool's columns (c,)."""
        value, _, weights = self.solve()
        return value, np.array(self.solver.getSolution().row_dual), weights[self.fixed_columns :]

    def columns(self) -> Bundles:
        """The whole pool as one."""
        if not self.pool:
            return self.model.bundles(*_no_columns(self.model))
        if len(self.pool) > 1:
            self.pool = [concatenate(self.pool)]
        return self.pool[0]

    def solve(self) -> tuple[float, Duals, Floats]:
        """Optimum of the master, its duals, and the value of every column."""
        # After new columns the last basis is primal feasible, after new rows dual feasible.
        self.solver.setOptionValue("simplex_strategy", PRIMAL if self.grown else DUAL)
        self.solver.setOptionValue("simplex_iteration_limit", MOST_ITERATIONS)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kIterationLimit:
            # The simplex method can go round in a degenerate corner: from the beginning, the other way.
            self.solver.clearSolver()
            self.solver.setOptionValue("simplex_strategy", DUAL)
            self.solver.setOptionValue("simplex_iteration_limit", NO_LIMIT)
            self.solver.run()
            status = self.solver.getModelStatus()
        self.grown = True
        if status != highspy.HighsModelStatus.kOptimal:
            msg = f"the linear solver stopped with status {self.solver.modelStatusToString(status)}"
            raise NoOptimum(msg)
        return self._solution()

    def _solution(self) -> tuple[float, Duals, Floats]:
        solution = self.solver.getSolution()
        price = np.array(solution.row_dual)
        rows, cells = self.model.rows, self.model.cells
        end = cells + len(rows.side)
        cell = np.minimum(price[:cells], 0.0).reshape(self.model.found.bodies.members.shape[1], -1)
        duals = Duals(cell, rows.possible(price[cells:end], self.model.scale), np.minimum(price[end:], 0.0), self.cuts)
        return float(self.solver.getInfo().objective_function_value), duals, np.array(solution.col_value)


def relax(
    model: Model,
    threads: int,
    stop: Callable[[], bool],
    report: Callable[[float, int], None],
    begin: "Begin | None" = None,
) -> Relaxed:
    """Solve the relaxation over all candidates; stopped early, the bound is still valid but weaker.

    `report` is told the bound so far and the number of columns after every round. `begin` fills the master with what is
    known already, and may find that this is enough.
    """
    master = Master(model, threads)
    history: list[float] = []
    rounds = 0

    def told(bound: float) -> bool:
        nonlocal rounds
        rounds += 1
        report(bound, sum(len(p) for p in master.pool))
        return stop()

    best, weights = (Best.none(), None) if begin is None else begin(master, told)
    converged = enough = weights is not None
    while not enough:
        value, duals, weights, best, converged = _generate(master, best, told)
        history.append(value)
        if not converged or broken(master, weights) or _stalled(history):
            break
        found = violated(model, master.columns(), weights[master.fixed_columns :])
        if not len(found):
            break
        slack = master.drop_slack_cuts(duals.cut)
        master.cut(found)
        best = best.with_cuts(np.concatenate([duals.cut[~slack], np.zeros(len(found))]), master.cuts)
    if best.proof is None or weights is None:
        raise NoOptimum("no price was found")
    return Relaxed(
        bound=best.bound,
        duals=best.proof,
        cuts=best.proof.cuts,
        pool=master.columns(),
        weights=weights[master.fixed_columns :],
        tables=weights[: len(model.tables[0])],
        feasible=not broken(master, weights),
        rounds=rounds,
        converged=converged,
        corner=Corner(master.cuts, master.solver.getBasis()),
    )


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


def _generate(master: Master, best: Best, told: Callable[[float], bool]) -> tuple[float, Duals, Floats, Best, bool]:
    """Columns until none improves or the optimum is within `CLOSE` of the bound; whether it came to that.

    Where there are many bodies, those near the bound are priced until they bring nothing more, then all of them.
    """
    near: Near | None = None
    value, duals, weights = master.solve()
    while True:
        if near is not None:
            improving = near.price(duals, value, best.bound)
            if improving is not None:
                weights = master.purge(weights)
                master.add(improving)
                value, duals, weights = master.solve()
                if told(best.bound):
                    return value, duals, weights, best, False
                continue
        improving, best, pricing = _price(master.model, duals, best)
        stopped = told(best.bound)
        if improving is None or value - best.bound <= CLOSE * abs(value):
            return value, duals, weights, best, True
        if stopped:
            return value, duals, weights, best, False
        near = Near.of(pricing, best.centre)
        weights = master.purge(weights)
        master.add(improving)
        value, duals, weights = master.solve()


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

    def price(self, duals: Duals, value: float, bound: float) -> Bundles | None:
        """Columns that improve the master; None when the optimum over these bodies is near enough."""
        improving, self.best, _ = _price(self.model, duals, self.best)
        if improving is None or value - self.best.bound <= max(CLOSE * abs(value), INNER * (value - bound)):
            return None
        return replace(improving, body=self.index[improving.body])


def _price(model: Model, duals: Duals, best: Best) -> tuple[Bundles | None, Best, Pricing]:
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


def _no_columns(model: Model) -> tuple[Ints, np.ndarray]:
    return np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool)
