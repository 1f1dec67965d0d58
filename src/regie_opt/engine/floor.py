"""What a plan with some property costs at least: the relaxation over listed columns, with the property as a row."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from regie_opt.engine.arrangement import Linear
from regie_opt.engine.columns import Model
from regie_opt.engine.master import Master, NoOptimum
from regie_opt.engine.row_cuts import packing_rows
from regie_opt.engine.tighten import Tightened


class Floor:
    """The relaxation over listed columns, kept between questions: each begins where the one before ended."""

    def __init__(self, model: Model, part: Tightened) -> None:
        across = part.row_cuts.coefficients(packing_rows(model, part.columns))
        cuts = sparse.vstack([part.cuts.coefficients(model, part.columns), across])
        upper = np.concatenate([part.cuts.upper, part.row_cuts.upper])
        self.master = Master(model)
        self.master.add_rows(sparse.csr_array((len(upper), 0)), upper)
        self.master.add_kernel(part.columns, sparse.csc_array(cuts))

    def cost(self, rows: Sequence[tuple[Linear, int]]) -> float:
        """What a plan costs at least in which some functions are at least some numbers."""
        solver, first = self.master.solver, int(self.master.solver.getNumRow())
        between = np.zeros(self.master.fixed_columns)
        for function, least in rows:
            between[: len(function.tables)] = function.tables
            weight = np.concatenate([between, function.columns])
            at = np.flatnonzero(weight)
            solver.addRow(least - function.constant, np.inf, len(at), at.astype(np.int32), weight[at])
        self.master.grown = False
        try:
            return self.master.solve()[0]
        except NoOptimum:
            # Then the search decides.
            return -np.inf
        finally:
            solver.deleteRows(len(rows), np.arange(first, first + len(rows), dtype=np.int32))
            self.master.grown = False
