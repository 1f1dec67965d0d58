"""Tightening a kernel: cuts raise the bound over its columns, and columns that cannot be in a better plan go."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts, violated_cliques
from regie_opt.engine.cuts import violated as violated_in_domain
from regie_opt.engine.relaxation import TOLERANCE, Master
from regie_opt.engine.subset_rows import coefficients, violated
from regie_opt.worth.region import Bools, Floats, Ints

MOST_ROUNDS = 80
MOST_AT_FIRST = 1_500
"""Columns that are in the linear programme from the beginning."""
MOST_ENTERING = 1_000
"""Columns that enter it at once."""
STALL = 6
"""Rounds of cuts after which the bound must have risen."""
LEAST_PROGRESS = 0.02
"""By this share of what is missing to the cutoff."""


@dataclass(frozen=True)
class Tightened:
    """What is left of a kernel."""

    bound: float
    """No plan over the kernel's columns costs less than this or the cutoff."""
    columns: Bundles
    cuts: Cuts
    triples: Ints
    """Subset-row cuts, as triples of rows (q, 3)."""
    near: Floats
    """Cost above the bound of a plan with each column, at least (c,)."""
    weights: Floats
    """Value of each column in the relaxation (c,)."""

    def within(self, distance: float) -> "Tightened":
        """The columns up to a distance from the bound."""
        keep = self.near <= distance
        return replace(self, columns=self.columns.take(keep), near=self.near[keep], weights=self.weights[keep])

    def master(self, model: Model, threads: int, most: int) -> Master:
        """The linear programme over the nearest columns."""
        nearest = np.sort(np.argsort(self.near, kind="stable")[:most])
        return _Kernel(model, self.columns.take(nearest), self.near[nearest], self.cuts, self.triples, threads).master


def unit_rows(model: Model) -> Ints:
    """Side rows in which at most one column can be: what continues a partnership of today."""
    return np.array([r for r, row in enumerate(model.rows.side) if row.kind == "continues"], dtype=np.int64)


def packing_rows(model: Model, columns: Bundles) -> sparse.csr_array:
    """Rows in which at most one column can be: cells, and what continues a partnership of today (row, c)."""
    rows = sparse.csr_array(columns.matrix)
    index = np.concatenate([np.arange(model.cells), model.cells + unit_rows(model)])
    return sparse.csr_array(rows[index.astype(np.int64)])


def tighten(
    model: Model,
    columns: Bundles,
    near: Floats,
    cuts: Cuts,
    triples: Ints,
    cutoff: float,
    threads: int,
    stop: Callable[[], bool],
) -> Tightened:
    """Cut and fix until the bound reaches the cutoff or rises no more, starting from known cuts.

    `near` are reduced costs at some prices (c,): the lowest tell which columns to begin with.
    """
    history: list[float] = []
    kernel = _Kernel(model, columns, near, cuts, triples, threads)
    while True:
        value, reduced, weights, price = kernel.solve()
        history.append(value)
        keep: Bools = reduced <= cutoff - value
        if value >= cutoff or stop() or len(history) >= MOST_ROUNDS or _stalled(history, cutoff):
            break
        in_domain = violated_in_domain(model, kernel.columns, weights)
        in_domain = in_domain.and_also(violated_cliques(model, kernel.columns, weights))
        across = violated(kernel.rows, weights)
        if not len(in_domain) and not len(across):
            break
        if keep.mean() < 0.8:
            held, held_triples = kernel.holding(price)
            cuts, triples = held.and_also(in_domain), np.concatenate([held_triples, across])
            kernel = _Kernel(model, kernel.columns.take(keep), reduced[keep], cuts, triples, threads)
        else:
            kernel.cut(in_domain, across)
    held, held_triples = kernel.holding(price)
    return Tightened(value, kernel.columns.take(keep), held, held_triples, reduced[keep], weights[keep])


class _Kernel:
    """The linear programme over explicit columns, with cuts of all kinds.

    Most columns are useless once there are cuts: they wait outside the master until their reduced cost is negative.
    """

    def __init__(self, model: Model, columns: Bundles, near: Floats, cuts: Cuts, triples: Ints, threads: int) -> None:
        self.model, self.columns = model, columns
        self.master = Master(model, threads)
        self.inside = np.sort(np.argsort(near, kind="stable")[:MOST_AT_FIRST])
        self.master.add(columns.take(self.inside))
        self.rows = packing_rows(model, columns)
        self.matrix = sparse.csr_array((0, len(columns)))
        self.cuts = Cuts.none(model.found.bodies.members.shape[1], model.found.allowed.shape[1])
        self.triples = np.zeros((0, 3), dtype=np.int64)
        self.order: list[int] = []
        self.cut(cuts, triples)

    def cut(self, cuts: Cuts, triples: Ints) -> None:
        """Add cuts."""
        new = sparse.vstack([cuts.coefficients(self.model, self.columns), coefficients(self.rows, triples)])
        new = sparse.csr_array(new)
        self.master.add_rows(sparse.csr_array(new[:, self.inside]), np.concatenate([cuts.upper, np.ones(len(triples))]))
        self.matrix = sparse.csr_array(sparse.vstack([self.matrix, new]))
        self.cuts = self.cuts.and_also(cuts)
        self.triples = np.concatenate([self.triples, triples])
        self.order += [0] * len(cuts) + [1] * len(triples)

    def holding(self, price: Floats) -> tuple[Cuts, Ints]:
        """The cuts that hold the bound up."""
        kind, tight = np.array(self.order, dtype=np.int64), price < -1e-9
        return self.cuts.take(tight[kind == 0]), self.triples[tight[kind == 1]]

    def solve(self) -> tuple[float, Floats, Floats, Floats]:
        """Optimum, reduced costs and values of the columns (c,), duals of the cuts."""
        columns = self.columns
        while True:
            value, price, weight = self.master.solve_rows()
            reduced = columns.cost - price @ sparse.vstack([columns.matrix, self.matrix])
            waiting = reduced.copy()
            waiting[self.inside] = 0.0
            new = np.argsort(waiting, kind="stable")[:MOST_ENTERING]
            new = new[waiting[new] < -TOLERANCE]
            if not len(new):
                break
            self.master.add_kernel(columns.take(new), sparse.csc_array(self.matrix[:, new]))
            self.inside = np.concatenate([self.inside, new])
        weights = np.zeros(len(columns))
        weights[self.inside] = weight
        return value, reduced, weights, price[columns.matrix.shape[0] :]


def _stalled(history: list[float], cutoff: float) -> bool:
    if len(history) <= STALL:
        return False
    before = history[-1 - STALL]
    return history[-1] - before < LEAST_PROGRESS * (cutoff - before)
