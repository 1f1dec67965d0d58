"""Branching on a kernel: two municipalities are together in a domain, or they are not (Ryan and Foster 1981).

Where they are together, no column has one of them without the other in that domain; where they are not, none has both.
Either way columns go, the bound rises by the cuts that are then broken, and with it more columns go. What is small
enough is left to a solver. The search goes down to such a part first, because plans are found there, and then on from
the part with the lowest bound; the lowest bound of all that is open holds for the whole.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.programme import Answer
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
    """Whether two municipalities are together in a domain."""

    first: int
    second: int
    domain: int

    def allowed(self, model: Model, columns: Bundles) -> tuple[Bools, Bools]:
        """Columns that can be in a plan where they are together, and where they are not (c,)."""
        members, carried = model.found.bodies.members, columns.carried[:, self.domain]
        one = members[columns.body, self.first] & carried
        other = members[columns.body, self.second] & carried
        return one == other, ~(one & other)


def search(
    model: Model,
    kernel: Tightened,
    limit: Callable[[], float],
    solve: Callable[[Tightened], Answer],
    stop: Callable[[], bool],
) -> tuple[float, bool]:
    """Search all plans over a kernel that cost less than `limit`, which `solve` lowers by the plans that it finds.

    Gives what every other plan over the kernel costs at least, and whether the search came to its end.
    """
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
        for keep in question.allowed(model, part.columns):
            columns, near = part.columns.take(keep), part.near[keep]
            child = tighten(model, columns, near, part.cuts, part.row_cuts, limit(), stop)
            child_bound = max(bound, child.bound)
            if child_bound < limit():
                count += 1
                heapq.heappush(children, (child_bound, count, child))
        if children:
            now = heapq.heappop(children)
        for other in children:
            heapq.heappush(waiting, other)
    return limit(), True


def _question(model: Model, part: Tightened, limit: float) -> Question | None:
    """The question of which both answers raise the bound most; None where the relaxation leaves none open."""
    candidates = _open_questions(model, part)
    if not candidates:
        return None
    master = part.master(model, SMALL)
    value, _, _ = master.solve()
    best, score = candidates[0], -1.0
    for question in candidates:
        rises = []
        for keep in question.allowed(model, master.columns()):
            rise = master.value_without(~keep) - value
            rises.append(min(max(rise, LEAST_RISE), limit - part.bound))
        product = rises[0] * rises[1]
        if product > score:
            best, score = question, product
    return best


def _open_questions(model: Model, part: Tightened) -> list[Question]:
    """Those on which the relaxation is most divided, at most `TRIED`."""
    used = np.flatnonzero(part.weights > LEAST_RISE)
    members = model.found.bodies.members[part.columns.body[used]].astype(float)
    carried = part.columns.carried[used] * part.weights[used][:, None]
    together: Floats = np.einsum("ci,cj,cd->ijd", members, members, carried, optimize=True)
    together[np.tril_indices(len(together))] = 0.0
    divided = np.minimum(together, 1 - together).ravel()
    order = np.argsort(-divided, kind="stable")[:TRIED]
    order = order[divided[order] > TORN]
    return [Question(*(int(x) for x in np.unravel_index(q, together.shape))) for q in order]
