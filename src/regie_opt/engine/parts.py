"""The best prices of the rows of some municipalities, while the prices of all other rows are held.

Prices at which no candidate has a negative reduced cost prove a bound. In a part the rows of some municipalities near
each other are let go: their best prices are those of a linear programme with a few hundred rows, in which what is held
belongs to the cost of a column. It is solved by column generation over the candidates that its rows see, so what comes
out is feasible for the whole and never worse: the bound rises part by part, and cuts found in one hold in all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from regie_opt.engine.bound import repaired, worth_of_rows
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts, violated
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.engine.relaxation import DUAL, MOST_ITERATIONS, NO_LIMIT, PENALTY, PRIMAL, TOLERANCE, NoOptimum
from regie_opt.engine.rows import SideRow
from regie_opt.worth.region import Bools, Floats, Ints

OF_MUNICIPALITY = ("board_hours", "capacity", "memberships")
"""Kinds of side rows that are about one municipality: a part has those of its own."""
MOST_SEEN_OUTSIDE = 0.5
"""Share of the candidates of another side row that may lie outside a part that lets it go."""
KNOWN = 5
"""Columns for each row of a part that it starts from at most."""
MOST_PER_ROUND = 500
"""Columns added in one round at most; of mutual services another quarter."""
POOL = 12
"""Columns for each row of a part, above which the half that is farthest away goes."""
NEAREST = 4_000
"""Candidates of a part that are priced in every round; all others when those bring little more."""
INNER = 0.8
"""Part of what is missing to the bound over all candidates within which the bound over the nearest is near enough."""
SMOOTHING = 0.5
"""How far towards the prices of the best bound columns are priced first."""
LEAST_SHARE = 0.2
"""Below this they are priced at the prices of the linear programme."""
LEAST_PROGRESS = 0.05
"""Share of what all rounds of cuts of a part have brought that a round must bring."""
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
class Improved:
    """What a part has brought."""

    standing: Standing
    columns: Bundles
    """Columns that are near, with the bodies of the whole: those known before first."""
    known: int
    """How many of them were known before."""
    values: Floats
    """Value of each of them in the linear programme of the part (c,)."""
    tables: Floats
    """Value of keeping each table there (t,)."""
    broken: bool
    """Whether that programme must break a row."""
    whole: bool
    """Whether the prices are the best to within the tolerance."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some municipalities, the rows that are let go with theirs, and the candidates that those see."""

    model: Model
    """The programme over the candidates of the part only."""
    body: Ints
    """Index of each of them in the whole (b,)."""
    among: Bools
    """Municipalities (m,)."""
    free: Bools
    """Cell rows and side rows that are let go (m x d + r,)."""

    @classmethod
    def of(cls, model: Model, among: Bools) -> "Part":
        """The part of some municipalities."""
        seen: Bools = np.asarray(model.found.bodies.members[:, among].any(axis=1))
        inside = np.array([_is_inside(row, among, seen) for row in model.rows.side], dtype=bool)
        for r in np.flatnonzero(inside):
            seen[bodies_of(model.rows.side[r])] = True
        body = np.flatnonzero(seen)
        free = np.concatenate([np.repeat(among, model.found.allowed.shape[1]), inside])
        return cls(model.only(body), body, among, free)

    def cuts_of(self, duals: Duals) -> tuple[Bools, Bools]:
        """Cuts that the part lets go, and those that it must know besides (q,), (q,)."""
        cuts = duals.cuts
        own_host = (cuts.host >= 0) & self.among[np.maximum(cuts.host, 0)]
        free = np.where(cuts.host < 0, ~(cuts.among & ~self.among).any(axis=1), own_host)
        reach = self.model.found.bodies.members.any(axis=0)
        met = (cuts.host >= 0) | (cuts.among & reach).any(axis=1)
        return free, ~free & met & (duals.cut != 0)

    def renumbered(self, columns: Bundles) -> Bundles:
        """Columns with the bodies of the whole."""
        return replace(columns, body=self.body[columns.body])

    def taken(self, columns: Bundles, index: Ints) -> Bundles:
        """Some columns of the whole with the bodies of the part."""
        some = columns.take(index)
        return replace(some, body=np.searchsorted(self.body, some.body))


def _is_inside(row: SideRow, among: Bools, seen: Bools) -> bool:
    """Whether a side row is let go with the rows of some municipalities, whose candidates are seen."""
    if row.kind in OF_MUNICIPALITY:
        return bool(among[row.subject])
    bodies = bodies_of(row)
    return len(bodies) == 0 or float((~seen[bodies]).mean()) <= (MOST_SEEN_OUTSIDE if not among.all() else 1.0)


def bodies_of(row: SideRow) -> Ints:
    """Candidates with a coefficient in a row."""
    given = [c.body for c in (row.once, row.each, row.per_domain) if c is not None]
    return np.unique(np.concatenate(given)) if given else np.zeros(0, dtype=np.int64)


def improved_prices(
    part: Part, standing: Standing, pool: list[Bundles], tolerance: float, rounds: int, stop: Callable[[], bool]
) -> Improved:
    """The best prices of a part to within a tolerance (engine units), with at most so many rounds of cuts.

    `pool` are columns known of the whole.
    """
    free, known = part.cuts_of(standing.duals)
    met = np.flatnonzero(free | known)
    duals, aside = standing.duals, np.flatnonzero(~(free | known))
    held = Duals(duals.cell, duals.side, duals.cut[met], duals.cuts.take(met))
    beside = float((duals.cut[aside] * duals.cuts.upper[aside]).sum())
    search = _Search(part, held, free[met], beside, standing.bound, tolerance, stop)
    search.programme.start(_start(part, standing.duals, pool))
    whole = search.generate()
    history = [search.value]
    while whole and len(history) <= rounds and not stop():
        programme = search.programme
        new = violated(part.model, programme.columns(), programme.values(search.point), part.among)
        if not len(new):
            break
        search.cut(new)
        whole = search.generate()
        history.append(search.value)
        if history[-1] - history[-2] <= max(tolerance, LEAST_PROGRESS * (history[-1] - history[0])):
            break
    return _put_back(part, search, standing, met, whole)


def _start(part: Part, duals: Duals, pool: list[Bundles]) -> Bundles:
    """Known columns of a part, the nearest ones."""
    found, near = [part.model.bundles(*_nothing(part.model))], [np.zeros(0)]
    for columns in pool:
        here = np.flatnonzero(np.isin(columns.body, part.body))
        if len(here):
            found.append(part.taken(columns, here))
            near.append(_reduced(part.model, found[-1], duals))
    columns, reduced = concatenate(found), np.concatenate(near)
    order = np.argsort(reduced, kind="stable")[: KNOWN * int(part.free.sum())]
    return columns.take(np.sort(order))


def _reduced(model: Model, columns: Bundles, duals: Duals) -> Floats:
    """Reduced costs but for cuts, which are priced sparsely enough to do without."""
    price = np.concatenate([duals.cell.ravel(), duals.side])
    reduced: Floats = columns.cost - price @ columns.matrix
    return reduced


def _put_back(part: Part, search: "_Search", standing: Standing, met: Ints, whole: bool) -> Improved:
    """The prices of a part among those of the whole."""
    proof, before = search.best.duals, standing.duals
    cut = before.cut.copy()
    cut[met] = proof.cut[: len(met)]
    new = np.arange(len(met), len(proof.cut))
    cuts, price = before.cuts.and_also(proof.cuts.take(new)), np.concatenate([cut, proof.cut[new]])
    holding = price < -HOLDING
    duals = Duals(proof.cell, proof.side, price[holding], cuts.take(holding))
    programme = search.programme
    columns, values = programme.columns(), programme.values(search.point)
    near = np.flatnonzero(reduced_costs(part.model, columns, proof) <= NEAR)
    return Improved(
        Standing(duals, search.best.bound),
        part.renumbered(columns.take(near)),
        int((near < programme.known).sum()),
        values[near],
        programme.kept(search.point),
        programme.broken(search.point),
        whole,
    )


class _Search:
    """Column generation for one part."""

    def __init__(
        self,
        part: Part,
        held: Duals,
        free_cut: Bools,
        beside: float,
        bound: float,
        tolerance: float,
        stop: Callable[[], bool],
    ) -> None:
        self.model, self.tolerance, self.stop = part.model, tolerance, stop
        self.beside = beside
        """What cuts are worth that the part does not know."""
        self.best, self.before = Standing(held, bound), bound
        self.centre = held
        self.programme = Programme(part, held, free_cut, beside)
        self.value, self.prices, self.point = np.inf, held, np.zeros(0)

    @property
    def enough(self) -> float:
        """How near the bound must be to the programme: where much is gained, less near."""
        return max(self.tolerance, PART_OF_GAIN * (self.best.bound - self.before))

    def cut(self, cuts: Cuts) -> None:
        """Add cuts."""
        self.programme.cut(cuts)
        self.centre = Duals(
            self.centre.cell,
            self.centre.side,
            np.concatenate([self.prices.cut, np.zeros(len(cuts))]),
            self.programme.held.cuts,
        )

    def generate(self) -> bool:
        """Columns until the programme is within the tolerance of the bound; whether it came to that."""
        self._solve()
        near: _Near | None = None
        while not self.stop():
            if near is not None and (columns := near.price(self)) is not None:
                self._add(columns)
                continue
            columns, self.best, self.centre, pricing = self.priced(self.model, self.best, self.centre)
            if columns is None or self.value - self.best.bound <= self.enough:
                return True
            near = _Near.of(pricing, self.centre)
            self._add(columns)
        return False

    def priced(self, model: Model, best: Standing, centre: Duals) -> tuple[Bundles | None, Standing, Duals, Pricing]:
        """Columns that improve the programme, with the best bound over the candidates of a model, and its prices."""
        share = SMOOTHING
        while True:
            pricing = Pricing(model, self.prices.towards(centre, share) if share else self.prices)
            columns = pricing.improving(MOST_PER_ROUND, TOLERANCE)
            pricing.settle()
            feasible, bound = repaired(pricing)
            if bound + self.beside > best.bound:
                best, centre = Standing(feasible, bound + self.beside), feasible
            if not share:
                return columns, best, centre, pricing
            if columns is not None and (reduced_costs(model, columns, self.prices) < -TOLERANCE).any():
                return columns, best, centre, pricing
            share = share / 2 if share > LEAST_SHARE else 0.0

    def _add(self, columns: Bundles) -> None:
        self.programme.purge()
        self.programme.add(columns)
        self._solve()

    def _solve(self) -> None:
        self.value, self.prices, self.point = self.programme.solve()


class _Near:
    """The candidates of a part that are nearest to the bound. Mutual services are not among them."""

    def __init__(self, model: Model, index: Ints, centre: Duals) -> None:
        self.model, self.index = model.only(index), index
        self.best, self.centre = Standing(centre, -np.inf), centre

    @classmethod
    def of(cls, pricing: Pricing, centre: Duals) -> "_Near | None":
        """Those nearest at given prices; None where all are few."""
        least, _ = pricing.best
        if len(least) <= NEAREST:
            return None
        return cls(pricing.model, np.flatnonzero(least <= np.partition(least, NEAREST)[NEAREST]), centre)

    def price(self, search: _Search) -> Bundles | None:
        """Columns that improve the programme; None when the bound over these candidates is near enough."""
        columns, self.best, self.centre, _ = search.priced(self.model, self.best, self.centre)
        enough = max(search.enough, INNER * (search.value - search.best.bound))
        if columns is None or search.value - self.best.bound <= enough:
            return None
        return replace(columns, body=self.index[columns.body])


class Programme:
    """The linear programme of a part in HiGHS: its rows, with what is held in the costs of the columns."""

    def __init__(self, part: Part, held: Duals, free_cut: Bools, beside: float) -> None:
        self.model, self.held, self.free_cut = part.model, held, free_cut
        self.rows = np.flatnonzero(part.free)
        price = np.concatenate([held.cell.ravel(), held.side])
        self.outside = np.where(part.free, 0.0, price)
        """Prices of the rows that are held, zero for the others."""
        self.outside_cut = np.where(free_cut, 0.0, held.cut)
        model, cells = self.model, self.model.cells
        rest = Duals(self.outside[:cells].reshape(held.cell.shape), self.outside[cells:], self.outside_cut, held.cuts)
        self.constant = worth_of_rows(model, rest) + beside
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("random_seed", 0)
        upper = np.concatenate([np.ones(cells), model.rows.upper])[part.free]
        lower = np.concatenate([np.full(cells, -np.inf), model.rows.lower])[part.free]
        self._add_rows(lower, upper, sparse.csr_array((len(upper), 0)))
        self.table = self._add_tables()
        """Which tables the part has columns for (t,)."""
        self.first_broken = self._add_overload(part.free)
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


def _nothing(model: Model) -> tuple[Ints, Bools]:
    return np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool)
