"""The restricted master programme: the linear programme over the columns made so far, kept in HiGHS between rounds."""

from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from regie_opt.engine.bound import worth_of_rows
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.pricing import Duals, reduced_costs
from regie_opt.engine.row_cuts import RowCuts, packing_rows
from regie_opt.worth.region import Bools, Floats, Ints

POOL = 6
"""Columns in the master for each of its rows, above which the half that is farthest away goes."""
TOLERANCE = 1e-7
"""Reduced cost (engine units; the weights together are 1e4) below which a column improves."""
PENALTY = 1e6
"""Cost of breaking a row by one, in the master only."""
PRIMAL, DUAL = 4, 1
"""Simplex strategies of HiGHS."""
MOST_ITERATIONS = 5_000
"""Iterations of one solve after which it is begun anew."""
NO_LIMIT = 2**31 - 1
SOLVER_THREADS = 1
"""Of HiGHS, whose one pool of threads per process allows no two programmes with different numbers of them."""


OTHERWISE = ((DUAL, "choose"), (DUAL, "off"), (PRIMAL, "off"))
"""Simplex strategy and presolve of each way to ask a solver again, from the beginning, that has not answered."""
ANSWERS = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


class NoOptimum(RuntimeError):
    """The linear solver found no optimum, however it was asked: what is known by then stays all that is known."""


class NoSolution(NoOptimum):
    """There is none; with nothing fixed and no row added there always is one."""


@dataclass(frozen=True)
class Held:
    """What stays as it is while the prices of a part of many municipalities are looked for."""

    prices: Duals
    """Of the rows that are not live, and of cuts that are not let go with the part: part of the cost of a column."""
    among: Bools
    """Municipalities of the part, among which cuts are looked for (m,)."""
    row_cuts: RowCuts = field(default_factory=RowCuts.none)
    """Cuts across domains that are not let go."""
    across: Floats = field(default_factory=lambda: np.zeros(0))
    """Their prices (q,)."""


class Master:
    """The restricted master programme in HiGHS, kept between rounds."""

    def __init__(self, model: Model, held: Held | None = None) -> None:
        self.model = model
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", SOLVER_THREADS)
        self.solver.setOptionValue("random_seed", 0)
        self.rows = model.live
        """Cell rows and side rows that are in the programme."""
        self.position = np.full(model.cells + len(model.rows.side), -1)
        self.position[self.rows] = np.arange(len(self.rows))
        self.held = nothing_held(model) if held is None else held.prices.without(self.rows)
        """Prices of other rows and of cuts that are held."""
        self.row_cuts, self.across = (RowCuts.none(), np.zeros(0)) if held is None else (held.row_cuts, held.across)
        """Cuts across domains that are held, and their prices (q,)."""
        self.constant = worth_of_rows(model, self.held) + float(self.across @ self.row_cuts.upper)
        upper = np.concatenate([np.ones(model.cells), model.rows.upper])[self.rows]
        lower = np.concatenate([np.full(model.cells, -np.inf), model.rows.lower])[self.rows]
        empty = np.zeros(len(upper) + 1, dtype=np.int32)
        none = np.zeros(0)
        self.solver.addRows(len(upper), lower, upper, 0, empty[:-1], none.astype(np.int32), none)
        self.lead = self._add_fixed_columns(lower, upper)
        self.pool: list[Bundles] = []
        self.grown = False
        """Whether only columns came since the last solve."""
        self.cuts = Cuts.none(model.found.bodies.members.shape[1], model.found.allowed.shape[1])

    def _add_fixed_columns(self, lower: Floats, upper: Floats) -> int:
        """Tables, overload and, where a row would be broken by doing nothing else, what it costs to break it."""
        model = self.model
        tables = model.tables
        cost = tables.cost - model.rows.table_coefficients(tables.index) @ self.held.side
        first = int(np.searchsorted(self.rows, model.cells))
        side = [(first + i, model.rows.side[r - model.cells]) for i, r in enumerate(self.rows[first:].tolist())]
        for i, e in enumerate(tables.index.tolist()):
            entries = [(at, row.tables[e]) for at, row in side if e in row.tables]
            self._add(cost[i], tables.most[i], entries, lower=tables.least[i])
        priced = {at: row.price for at, row in side if row.price is not None}
        overloads = {at for at, row in side if row.kind == "board_hours"}
        for at, price in priced.items():
            # A limit on overload that is not let go here charges for it at its price.
            limits = [(limit, row.over) for limit, row in side if row.over and at in overloads]
            charged = float(model.rows.over @ self.held.side) if at in overloads else 0.0
            self._add(price * model.scale - charged, np.inf, [(at, -1.0), *limits])
        count = len(tables) + len(priced)
        if count == 0:
            self._add(0.0, 0.0, [])  # HiGHS takes a programme without columns for no programme
        used = model.rows.used(np.zeros(len(model.rows.side)), tables.index[tables.least > 0])
        used = np.concatenate([np.zeros(model.cells), used])[self.rows]
        for at in np.flatnonzero((lower > used) | (upper < used)).tolist():
            if at not in priced:
                self._add(PENALTY, np.inf, [(at, 1.0 if lower[at] > used[at] else -1.0)])
        return count

    def _add(self, cost: float, upper: float, entries: list[tuple[int, float]], lower: float = 0.0) -> None:
        rows = np.array([r for r, _ in entries], dtype=np.int32)
        values = np.array([v for _, v in entries], dtype=float)
        self.solver.addCol(float(cost), float(lower), float(upper), len(rows), rows, values)

    @property
    def fixed_columns(self) -> int:
        """Columns before the pool."""
        return int(self.solver.getNumCol()) - sum(len(p) for p in self.pool)

    def add(self, columns: Bundles) -> None:
        """Put columns into the master, cuts included."""
        self._add_columns(columns, self.cuts.coefficients(self.model, columns))

    def _add_columns(self, columns: Bundles, added: sparse.sparray) -> None:
        """Put columns in with their coefficients in the rows that were added (q, c)."""
        count, cost = len(columns), reduced_costs(self.model, columns, self.held) + self.charge(columns)
        own = columns.matrix if len(self.rows) == len(self.position) else sparse.csr_array(columns.matrix)[self.rows]
        matrix = sparse.csc_array(sparse.vstack([own, added], format="csc"))
        begin, index = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        none, most = np.zeros(count), np.full(count, np.inf)
        self.solver.addCols(count, cost, none, most, int(matrix.nnz), begin, index, matrix.data.astype(float))
        self.pool.append(columns)

    def charge(self, columns: Bundles) -> Floats:
        """What cuts across domains that are held charge columns (c,)."""
        if not len(self.row_cuts):
            return np.zeros(len(columns))
        charge: Floats = -(self.across @ self.row_cuts.coefficients(packing_rows(self.model, columns)))
        return charge

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
        """Take out cuts that hold nothing up, given the prices of all cuts (q,); say which are left (q,)."""
        fixed = len(self.held.cuts)
        slack = price[fixed:] > -TOLERANCE
        if slack.any():
            index = (np.flatnonzero(slack) + len(self.rows)).astype(np.int32)
            self.solver.deleteRows(len(index), index)
            self.cuts = self.cuts.take(~slack)
        return np.concatenate([np.ones(fixed, dtype=bool), ~slack])

    def fix(self, pool: Ints) -> None:
        """Hold some of the pool's columns at one or more (rows keep them at one)."""
        first = self.fixed_columns
        for c in pool.tolist():
            self.solver.changeColBounds(first + c, 1.0, np.inf)
        self.grown = False

    def value_without(self, pool: Bools) -> float:
        """Optimum without some of the pool's columns, which stay in it (c,); infinite where there is none.

        Minus infinity where the solver does not tell.
        """
        at = (np.flatnonzero(pool) + self.fixed_columns).astype(np.int32)
        none, most = np.zeros(len(at)), np.full(len(at), np.inf)
        self.solver.changeColsBounds(len(at), at, none, none)
        self.grown = False
        try:
            return self.solve()[0]
        except NoSolution:
            return np.inf
        except NoOptimum:
            return -np.inf
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
            self.solver.deleteRows(len(gone), (gone + len(self.rows)).astype(np.int32))

    def add_kernel(self, columns: Bundles, cuts: sparse.csc_array) -> None:
        """Put in columns with their coefficients in the rows that were added (q, c)."""
        self._add_columns(columns, cuts)

    def solve_rows(self) -> tuple[float, Floats, Floats]:
        """Optimum, duals of all rows, and values of the pool's columns (c,)."""
        value, _, weights = self.solve()
        return value, self._prices(), weights[self.fixed_columns :]

    def columns(self) -> Bundles:
        """The whole pool as one."""
        if not self.pool:
            return self.model.bundles(*_no_columns(self.model))
        if len(self.pool) > 1:
            self.pool = [concatenate(self.pool)]
        return self.pool[0]

    def solve(self) -> tuple[float, Duals, Floats]:
        """Optimum of the master, its duals, and the value of every column. Raises `NoOptimum`, or `NoSolution`."""
        # After new columns the last basis is primal feasible, after new rows dual feasible.
        status = self._run(PRIMAL if self.grown else DUAL, "choose", MOST_ITERATIONS)
        for strategy, presolve in OTHERWISE:
            if status in ANSWERS:
                break
            # The simplex method can go round in a degenerate corner, or lose its footing in bad numbers.
            self.solver.clearSolver()
            status = self._run(strategy, presolve, NO_LIMIT)
        self.grown = True
        if status != highspy.HighsModelStatus.kOptimal:
            msg = f"the linear solver stopped with status {self.solver.modelStatusToString(status)}"
            raise (NoSolution if status == highspy.HighsModelStatus.kInfeasible else NoOptimum)(msg)
        return self._solution()

    def _run(self, strategy: int, presolve: str, most_iterations: int) -> highspy.HighsModelStatus:
        """How the solver ends."""
        self.solver.setOptionValue("simplex_strategy", strategy)
        self.solver.setOptionValue("presolve", presolve)
        self.solver.setOptionValue("simplex_iteration_limit", most_iterations)
        self.solver.run()
        return self.solver.getModelStatus()

    def _prices(self) -> Floats:
        """Prices of all cell rows and side rows, and of the added rows."""
        dual = np.array(self.solver.getSolution().row_dual)
        price = np.concatenate([self.held.cell.ravel(), self.held.side])
        price[self.rows] = dual[: len(self.rows)]
        return np.concatenate([price, dual[len(self.rows) :]])

    def _solution(self) -> tuple[float, Duals, Floats]:
        solution = self.solver.getSolution()
        price = self._prices()
        rows, cells = self.model.rows, self.model.cells
        end = cells + len(rows.side)
        cell = np.minimum(price[:cells], 0.0).reshape(self.model.found.bodies.members.shape[1], -1)
        side = rows.possible(price[cells:end], self.model.scale)
        cut = np.concatenate([self.held.cut, np.minimum(price[end:], 0.0)])
        duals = Duals(cell, side, cut, self.held.cuts.and_also(self.cuts))
        value = float(self.solver.getInfo().objective_function_value) + self.constant
        return value, duals, np.array(solution.col_value)


def _no_columns(model: Model) -> tuple[Ints, np.ndarray]:
    return np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool)


def nothing_held(model: Model) -> Duals:
    """No prices at all."""
    municipalities, domains = model.found.bodies.members.shape[1], model.found.allowed.shape[1]
    cuts = Cuts.none(municipalities, domains)
    return Duals(np.zeros((municipalities, domains)), np.zeros(len(model.rows.side)), np.zeros(0), cuts)
