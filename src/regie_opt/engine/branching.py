"""Branching on a kernel: two cells are in the same partnership, or they are not (Ryan and Foster 1981).

A cell is a municipality in a domain: two municipalities in one domain, or two domains of one municipality, or both may
differ. Where they are together, no column has one of them without the other; where they are not, none has both. Either
way columns go, the bound rises by the cuts that are then broken, and with it more columns go. What is small
enough is left to a solver. The search goes down to such a part first, because plans are found there, and then on from
the part with the lowest bound; the lowest bound of all that is open holds for the whole.
"""

import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Model
from regie_opt.engine.master import NoOptimum
from regie_opt.engine.programme import Answer
from regie_opt.engine.row_cuts import packing_rows
from regie_opt.engine.tighten import Tightened, tighten
from regie_opt.worth.region import Bools, Floats

SMALL = 1_500
"""Columns in a kernel up to which a solver finds the best plan in a second or two."""
MOST_PARTS = 300
"""Parts after which those that are left go to the solver as they are."""
TRIED = 8
"""Questions of which both answers are tried out before one is chosen."""
TORN = 0.05
"""Least share of either answer in the relaxation for a question to be one."""
LEAST_RISE = 1e-6
"""Rise of the bound (engine units) that every answer counts for at least."""


_Open = tuple[float, int, Tightened]
"""A part that is open: its bound, a number that tells parts with the same bound apart, and what is left of it."""


@dataclass(frozen=True)
class Question:
    """Whether two cells, each a municipality in a domain, are in the same partnership."""

    first: int
    second: int

    def allowed(self, packing: sparse.csr_array) -> tuple[Bools, Bools]:
        """Columns (of the given packing rows (row, c)) that can be in a plan where they are, and where they are not."""
        one, other = (packing[[row]].toarray()[0] > 0 for row in (self.first, self.second))
        return one == other, ~(one & other)


def search(
    model: Model,
    kernel: Tightened,
    limit: Callable[[], float],
    solve: Callable[[Tightened], Answer],
    stop: Callable[[], bool],
    threads: int,
) -> tuple[float, bool]:
    """Search all plans over a kernel that cost less than `limit`, which `solve` lowers by the plans that it finds.

    Gives what every other plan over the kernel costs at least, and whether the search came to its end. With two
    `threads` both answers to a question are worked on at the same time, which changes nothing in the outcome.
    """
    with ThreadPoolExecutor(min(threads, 2)) as pool:
        return _search(model, kernel, limit, solve, stop, pool)


def _search(
    model: Model,
    kernel: Tightened,
    limit: Callable[[], float],
    solve: Callable[[Tightened], Answer],
    stop: Callable[[], bool],
    pool: ThreadPoolExecutor,
) -> tuple[float, bool]:
    waiting: list[_Open] = []
    now: _Open | None = (kernel.bound, 0, kernel)
    count = 0
    while now is not None or waiting:
        # On from a part to the better of its two, down to a small one, where plans are found; then the lowest bound.
        bound, _, part = heapq.heappop(waiting) if now is None else now
        now = None
        if bound >= limit():
            continue
        lowest = min(bound, waiting[0][0]) if waiting else bound
        if stop():
            return lowest, False
        part = part.within(limit() - bound)
        small = len(part.columns) <= SMALL or count >= MOST_PARTS
        question = None if small else _question(model, part, limit())
        if question is None:
            if not small:
                # The relaxation is whole, or nearly: a plan over its own columns leaves few others to be searched.
                solve(part.nearest(SMALL))
                part = part.within(limit() - bound)
            if bound < limit() and not solve(part).proven:
                return lowest, False
            continue
        children: list[_Open] = []
        answers = question.allowed(packing_rows(model, part.columns))
        for child in pool.map(partial(_answered, model, part, limit(), stop), answers):
            child_bound = max(bound, child.bound)
            if child_bound < limit():
                count += 1
                heapq.heappush(children, (child_bound, count, child))
        if children:
            now = heapq.heappop(children)
        for other in children:
            heapq.heappush(waiting, other)
    return limit(), True


def _answered(model: Model, part: Tightened, limit: float, stop: Callable[[], bool], keep: Bools) -> Tightened:
    """What is left of a part where a question is answered: some of its columns (c,), tightened again."""
    columns, near = part.columns.take(keep), part.near[keep]
    return tighten(model, columns, near, part.cuts, part.row_cuts, limit, stop)


def _question(model: Model, part: Tightened, limit: float) -> Question | None:
    """The question of which both answers raise the bound most; None where none is open, or no solver answers."""
    candidates = _open_questions(model, part)
    if not candidates:
        return None
    master = part.master(model, SMALL)
    try:
        value, _, _ = master.solve()
    except NoOptimum:
        return None
    best, score = candidates[0], -1.0
    rows = packing_rows(model, master.columns())
    for question in candidates:
        rises = []
        for keep in question.allowed(rows):
            rise = master.value_without(~keep) - value
            rises.append(min(max(rise, LEAST_RISE), limit - part.bound))
        product = rises[0] * rises[1]
        if product > score:
            best, score = question, product
    return best


def _open_questions(model: Model, part: Tightened) -> list[Question]:
    """Those on which the relaxation is most divided, at most `TRIED`; one of several that ask the same."""
    used = np.flatnonzero(part.weights > LEAST_RISE)
    cells = packing_rows(model, part.columns.take(used))[: model.cells].toarray() > 0
    different, first = np.unique(cells, axis=0, return_index=True)
    together: Floats = (different * part.weights[used]) @ different.T.astype(float)
    together[np.tril_indices(len(together))] = 0.0
    divided = np.minimum(together, 1 - together)
    order = np.argsort(-divided, axis=None, kind="stable")[:TRIED]
    pairs = zip(*np.unravel_index(order[divided.ravel()[order] > TORN], divided.shape), strict=True)
    return [Question(int(first[i]), int(first[j])) for i, j in pairs]
