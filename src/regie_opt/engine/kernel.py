"""The linear programme over listed columns, with cuts of all kinds.

Most columns are useless once there are cuts: they wait outside the master until their reduced cost is negative.
"""

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.master import TOLERANCE, Held, Master
from regie_opt.engine.pricing import Duals
from regie_opt.engine.row_cuts import RowCuts, packing_rows, unit_rows
from regie_opt.worth.region import Bools, Floats

MOST_AT_FIRST = 1_500
"""Columns that are in the linear programme from the beginning."""
MOST_ENTERING = 500
"""Columns that enter it at once."""
MOST_INSIDE = 2_500
"""Columns in it above which all but the first number leave again."""
SLACK = 1e-9
"""Dual (engine units) up to which a cut holds nothing up."""
IN_DOMAIN, ACROSS = 0, 1
"""Kinds of cuts: those of `cuts` and those of `row_cuts`."""


class Kernel:
    """Listed columns and cuts, and the linear programme over some of them that gives the optimum over all."""

    def __init__(
        self,
        model: Model,
        columns: Bundles,
        near: Floats,
        cuts: Cuts,
        row_cuts: RowCuts,
        held: Held | None = None,
    ) -> None:
        self.model, self.columns = model, columns
        self.master = Master(model, held)
        self.inside = np.sort(np.argsort(near, kind="stable")[:MOST_AT_FIRST])
        self.master.add(columns.take(self.inside))
        self.rows = packing_rows(model, columns)
        self.cuts = Cuts.none(model.found.bodies.members.shape[1], model.found.allowed.shape[1])
        self.row_cuts = RowCuts.none()
        self.kind = np.zeros(0, dtype=np.int64)
        """Kind of each row that was added to the master, in its order."""
        self.matrix = sparse.csr_array((0, len(columns)))
        self.cut(cuts, row_cuts)

    @property
    def live_rows(self) -> sparse.csr_array:
        """Packing rows of the columns, nothing in those of other parts of a larger programme (row, c)."""
        index = np.concatenate([np.arange(self.model.cells), self.model.cells + unit_rows(self.model)])
        live = np.isin(index, self.model.live).astype(float)
        return sparse.csr_array(sparse.diags_array(live) @ self.rows)

    def cut(self, cuts: Cuts, row_cuts: RowCuts) -> None:
        """Add cuts."""
        if not len(cuts) and not len(row_cuts):
            return
        new = sparse.vstack([cuts.coefficients(self.model, self.columns), row_cuts.coefficients(self.rows)])
        new = sparse.csr_array(new)
        self.master.add_rows(sparse.csr_array(new[:, self.inside]), np.concatenate([cuts.upper, row_cuts.upper]))
        self.matrix = sparse.csr_array(sparse.vstack([self.matrix, new]))
        self.cuts, self.row_cuts = self.cuts.and_also(cuts), self.row_cuts.and_also(row_cuts)
        self.kind = np.concatenate([self.kind, np.full(len(cuts), IN_DOMAIN), np.full(len(row_cuts), ACROSS)])

    def extend(self, columns: Bundles) -> None:
        """List more columns, and put them into the programme."""
        rows = packing_rows(self.model, columns)
        both = [self.cuts.coefficients(self.model, columns), self.row_cuts.coefficients(rows)]
        # Within a kind the rows of the master are in the order of the cuts.
        rank = np.where(self.kind == IN_DOMAIN, np.cumsum(self.kind == IN_DOMAIN), np.cumsum(self.kind == ACROSS)) - 1
        new = sparse.csr_array(sparse.vstack(both, format="csr")[rank + self.kind * len(self.cuts)])
        self.master.add_kernel(columns, sparse.csc_array(new))
        self.inside = np.concatenate([self.inside, len(self.columns) + np.arange(len(columns))])
        self.columns = concatenate([self.columns, columns])
        self.rows = sparse.csr_array(sparse.hstack([self.rows, rows], format="csr"))
        self.matrix = sparse.csr_array(sparse.hstack([self.matrix, new], format="csr"))

    def keep(self, columns: Bools, price: Floats) -> None:
        """Go on with some of the columns (c,), none of them in use, and without the cuts that hold nothing up."""
        self.master.drop(np.flatnonzero(~columns[self.inside]), self.columns.take(self.inside[columns[self.inside]]))
        position = np.cumsum(columns) - 1
        self.inside = position[self.inside[columns[self.inside]]]
        self.columns = self.columns.take(columns)
        self.rows = sparse.csr_array(self.rows[:, columns])
        tight = price < -SLACK
        self.master.drop_rows(np.flatnonzero(~tight))
        self.matrix = sparse.csr_array(self.matrix[tight][:, columns])
        self.cuts, self.row_cuts = (
            self.cuts.take(tight[self.kind == IN_DOMAIN]),
            self.row_cuts.take(tight[self.kind == ACROSS]),
        )
        self.kind = self.kind[tight]

    def slim(self, reduced: Floats) -> None:
        """Let the columns with the highest reduced costs (c,) wait again, where many are in the programme."""
        if len(self.inside) <= MOST_INSIDE:
            return
        order = np.argsort(reduced[self.inside], kind="stable")
        gone, left = np.sort(order[MOST_AT_FIRST:]), np.sort(order[:MOST_AT_FIRST])
        self.inside = self.inside[left]
        self.master.drop(gone, self.columns.take(self.inside))

    def fix(self, columns: Bools) -> None:
        """Hold columns that are in the programme at one (c,)."""
        self.master.fix(np.flatnonzero(columns[self.inside]))

    def holding(self, price: Floats) -> tuple[Cuts, RowCuts]:
        """The cuts that hold the bound up."""
        tight = price < -SLACK
        return self.cuts.take(tight[self.kind == IN_DOMAIN]), self.row_cuts.take(tight[self.kind == ACROSS])

    def solve(self) -> tuple[float, Floats, Floats, Floats]:
        """Optimum, reduced costs and values of the columns (c,), duals of the added rows in their order."""
        columns, fixed = self.columns, self.master.held
        count = columns.matrix.shape[0]
        cost = columns.cost
        if len(fixed.cuts):
            cost = cost - fixed.cut @ fixed.cuts.coefficients(self.model, columns)
        cost = cost + self.master.charge(columns)
        while True:
            value, price, weight = self.master.solve_rows()
            reduced = cost - price[:count] @ columns.matrix - price[count:] @ self.matrix
            waiting = reduced.copy()
            waiting[self.inside] = 0.0
            new = np.flatnonzero(waiting < -TOLERANCE)
            if not len(new):
                break
            new = new[np.argsort(waiting[new], kind="stable")[:MOST_ENTERING]]
            self.master.add_kernel(columns.take(new), sparse.csc_array(self.matrix[:, new]))
            self.inside = np.concatenate([self.inside, new])
        weights = np.zeros(len(columns))
        weights[self.inside] = weight
        self.price = price
        return value, reduced, weights, price[count:]

    def prices(self) -> tuple[Duals, RowCuts, Floats]:
        """Prices of the last optimum: of rows and cuts within a domain, of cuts across with those; held ones first."""
        model, count = self.model, self.columns.matrix.shape[0]
        cell = np.minimum(self.price[: model.cells], 0.0).reshape(model.found.bodies.members.shape[1], -1)
        side = model.rows.possible(self.price[model.cells : count], model.scale)
        added = np.minimum(self.price[count:], 0.0)
        fixed = self.master.held
        cut = np.concatenate([fixed.cut, added[self.kind == IN_DOMAIN]])
        duals = Duals(cell, side, cut, fixed.cuts.and_also(self.cuts))
        across = np.concatenate([self.master.across, added[self.kind == ACROSS]])
        return duals, self.master.row_cuts.and_also(self.row_cuts), across
