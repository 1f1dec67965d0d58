"""The linear programme of a part in HiGHS: the rows that are let go, with what is held in the costs of the columns."""

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from regie_opt.engine.bound import worth_of_rows
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.master import (
    DUAL,
    MOST_ITERATIONS,
    NO_LIMIT,
    PENALTY,
    PRIMAL,
    SOLVER_THREADS,
    TOLERANCE,
    NoOptimum,
)
from regie_opt.engine.pricing import Duals
from regie_opt.worth.region import Bools, Floats, Ints

POOL = 12
"""Columns for each row of a part, above which the half that is farthest away goes."""


class Programme:
    """A linear programme over the rows of a part, kept between rounds of columns and cuts."""

    def __init__(self, model: Model, free: Bools, held: Duals, free_cut: Bools, beside: float) -> None:
        self.model, self.held, self.free_cut = model, held, free_cut
        self.rows = np.flatnonzero(free)
        price = np.concatenate([held.cell.ravel(), held.side])
        self.outside = np.where(free, 0.0, price)
        """Prices of the rows that are held, zero for the others."""
        self.outside_cut = np.where(free_cut, 0.0, held.cut)
        cells = model.cells
        rest = Duals(self.outside[:cells].reshape(held.cell.shape), self.outside[cells:], self.outside_cut, held.cuts)
        self.constant = worth_of_rows(model, rest) + beside
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", SOLVER_THREADS)
        self.solver.setOptionValue("random_seed", 0)
        upper = np.concatenate([np.ones(cells), model.rows.upper])[free]
        lower = np.concatenate([np.full(cells, -np.inf), model.rows.lower])[free]
        self._add_rows(lower, upper, sparse.csr_array((len(upper), 0)))
        self.table = self._add_tables()
        """Which tables the part has columns for (t,)."""
        self.first_broken = self._add_overload(free)
        self._add_broken(lower, upper)
        self.first = int(self.solver.getNumCol())
        most = held.cuts.upper[free_cut]
        self._add_rows(np.full(len(most), -np.inf), most, sparse.csr_array((len(most), 0)))
        self.pool: list[Bundles] = []
        self.known = 0
        """How many columns, the first of the pool, the part started from."""
        self.grown = False

    def _add_tables(self) -> Bools:
        """Tables that a row of the part sees; of the others what they are worth at the prices held."""
        index, cost = self.model.tables
        coefficients = self.model.rows.table_coefficients(index)
        cells = self.model.cells
        cost = cost - coefficients @ self.outside[cells:]
        inside = self.rows[self.rows >= cells] - cells
        seen: Bools = (coefficients[:, inside] != 0).any(axis=1)
        self.constant += float(np.minimum(cost[~seen], 0.0).sum())
        first = len(self.rows) - len(inside)
        for t in np.flatnonzero(seen):
            at = np.flatnonzero(coefficients[t, inside])
            self._add_column(cost[t], 1.0, first + at, coefficients[t, inside[at]])
        return seen

    def _add_overload(self, free: Bools) -> int:
        """What is above a priced row; gives the number of columns so far."""
        cells = self.model.cells
        position = np.cumsum(free) - 1
        for r, row in enumerate(self.model.rows.side):
            if row.price is not None and free[cells + r]:
                price = row.price * self.model.scale
                self._add_column(price, np.inf, position[[cells + r]], np.array([-1.0]))
        if self.solver.getNumCol() == 0:
            self._add_column(0.0, 0.0, np.zeros(0, dtype=np.int64), np.zeros(0))  # HiGHS wants at least one
        return int(self.solver.getNumCol())

    def _add_broken(self, lower: Floats, upper: Floats) -> None:
        """What it costs to break a row that doing nothing would break."""
        cells, side = self.model.cells, self.model.rows.side
        for at, r in enumerate(self.rows.tolist()):
            priced = r >= cells and side[r - cells].price is not None
            if (lower[at] > 0 or upper[at] < 0) and not priced:
                sign = 1.0 if lower[at] > 0 else -1.0
                self._add_column(PENALTY, np.inf, np.array([at]), np.array([sign]))

    def _add_column(self, cost: float, upper: float, rows: Ints, values: Floats) -> None:
        self.solver.addCol(float(cost), 0.0, float(upper), len(rows), rows.astype(np.int32), values.astype(float))

    def _add_rows(self, lower: Floats, upper: Floats, matrix: sparse.csr_array) -> None:
        count = len(upper)
        begin, index = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        self.solver.addRows(count, lower, upper, int(matrix.nnz), begin, index, matrix.data.astype(float))

    def start(self, columns: Bundles) -> None:
        """Put in the columns to start from."""
        self.add(columns)
        self.known = len(columns)

    def add(self, columns: Bundles) -> None:
        """Put columns in, what is held in their costs."""
        cut = self.held.cuts.coefficients(self.model, columns)
        cost = columns.cost - self.outside @ columns.matrix - self.outside_cut @ cut
        own = [sparse.csr_array(columns.matrix)[self.rows], cut[np.flatnonzero(self.free_cut)]]
        matrix = sparse.csc_array(sparse.vstack(own, format="csc"))
        count = len(columns)
        begin, index = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        none, most = np.zeros(count), np.full(count, np.inf)
        self.solver.addCols(
            count, cost.astype(float), none, most, int(matrix.nnz), begin, index, matrix.data.astype(float)
        )
        self.pool.append(columns)

    def purge(self) -> None:
        """Take out the columns farthest from the optimum where they are many."""
        most = POOL * int(self.solver.getNumRow())
        columns = self.columns()
        if len(columns) <= most:
            return
        reduced = np.array(self.solver.getSolution().col_dual)[self.first :]
        order = np.argsort(reduced, kind="stable")
        left, gone = np.sort(order[: most // 2]), np.sort(order[most // 2 :])
        self.solver.deleteCols(len(gone), (gone + self.first).astype(np.int32))
        self.pool, self.known = [columns.take(left)], int((left < self.known).sum())

    def cut(self, cuts: Cuts) -> None:
        """Add cuts over the columns that are in."""
        matrix = cuts.coefficients(self.model, self.columns())
        moved = sparse.csr_array(
            (matrix.data, matrix.indices + self.first, matrix.indptr), (len(cuts), self.first + len(self.columns()))
        )
        self._add_rows(np.full(len(cuts), -np.inf), cuts.upper, moved)
        none = np.zeros(len(cuts))
        held = self.held
        self.held = Duals(held.cell, held.side, np.concatenate([held.cut, none]), held.cuts.and_also(cuts))
        self.outside_cut = np.concatenate([self.outside_cut, none])
        self.free_cut = np.concatenate([self.free_cut, np.ones(len(cuts), dtype=bool)])
        self.grown = False

    def columns(self) -> Bundles:
        """All columns as one."""
        if len(self.pool) > 1:
            self.pool = [concatenate(self.pool)]
        return self.pool[0]

    def solve(self) -> tuple[float, Duals, Floats]:
        """Optimum, held rows included, the prices of all rows, and the value of every column."""
        # After new columns the last basis is primal feasible, after new rows dual feasible.
        self._run(PRIMAL if self.grown else DUAL, MOST_ITERATIONS)
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.solver.clearSolver()
            self._run(DUAL, NO_LIMIT)
        self.grown = True
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            msg = f"the linear solver stopped with status {self.solver.modelStatusToString(status)}"
            raise NoOptimum(msg)
        solution = self.solver.getSolution()
        price, cells, model = np.array(solution.row_dual), self.model.cells, self.model
        full, cut = self.outside.copy(), self.outside_cut.copy()
        full[self.rows] = price[: len(self.rows)]
        cut[self.free_cut] = np.minimum(price[len(self.rows) :], 0.0)
        cell = np.minimum(full[:cells], 0.0).reshape(self.held.cell.shape)
        prices = Duals(cell, model.rows.possible(full[cells:], model.scale), cut, self.held.cuts)
        value = float(self.solver.getInfo().objective_function_value) + self.constant
        return value, prices, np.array(solution.col_value)

    def _run(self, strategy: int, iterations: int) -> None:
        self.solver.setOptionValue("simplex_strategy", strategy)
        self.solver.setOptionValue("simplex_iteration_limit", iterations)
        self.solver.run()

    def values(self, point: Floats) -> Floats:
        """Values of the pool's columns (c,)."""
        return point[self.first :]

    def kept(self, point: Floats) -> Floats:
        """Value of keeping each table (t,), zero for those that the part does not see."""
        kept = np.zeros(len(self.table))
        kept[self.table] = point[: int(self.table.sum())]
        return kept

    def broken(self, point: Floats) -> bool:
        """Whether a row is broken."""
        return bool(point[self.first_broken : self.first].sum() > TOLERANCE)
