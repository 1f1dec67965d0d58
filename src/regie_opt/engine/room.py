"""Room of hosts: which domains a hosted partnership can carry without more work than its host can do for others.

A row holds each host to its capacity over all its partnerships. That alone lets the relaxation take half of a
partnership with twice the work; so a column that is too much work by itself is no column. What is best for a body is
then a knapsack over its domains: bounded by fractions of them, and solved by listing sets where that settles nothing.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from regie_opt.engine.candidates import Candidates, hosted_work
from regie_opt.engine.rows import Rows
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints

LISTED = 2**21
"""Domain sets times bodies listed at once."""
MOST_LISTED = 16
"""Domains of which every set is listed; beyond that the best set is searched for, body by body."""
FITS = 1e-9
"""Work (fte) above the room that counts as none."""


@dataclass(frozen=True, eq=False)
class Room:
    """The hosted bodies that could have more work than their host has room for. Axis n."""

    body: Ints
    """Index of the body (n,)."""
    work: Floats
    """Work for others that each domain brings, fte (n, d)."""
    limit: Floats
    """What the host has room for, fte (n,)."""

    @classmethod
    def of(cls, found: Candidates, rows: Rows) -> "Room":
        """Those of the candidates, given the capacity rows."""
        limits = np.full(found.bodies.members.shape[1] + 1, np.inf)
        for m, r in rows.of("capacity").items():
            limits[m] = rows.side[r].upper
        limit = limits[np.where(found.bodies.host == NOBODY, -1, found.bodies.host)]
        hosted = np.flatnonzero(np.isfinite(limit) & ~found.whole)
        work = hosted_work(found.bodies.take(hosted)) * found.allowed[hosted]
        over = work.sum(axis=1) > limit[hosted] + FITS
        return cls(hosted[over], work[over], limit[hosted][over])

    def of_bodies(self, body: Ints) -> tuple[Floats, Floats]:
        """Work that each domain of some bodies brings the host (b, d), and the room (b,); no work if any set fits."""
        work, limit = np.zeros((len(body), self.work.shape[1])), np.full(len(body), np.inf)
        if len(self.body):
            n = np.minimum(np.searchsorted(self.body, body), len(self.body) - 1)
            here = np.flatnonzero(self.body[n] == body)
            work[here], limit[here] = self.work[n[here]], self.limit[n[here]] + FITS
        return work, limit

    def fits(self, n: Ints, take: Bools) -> Bools:
        """Whether domain sets (n, d) of some bodies fit."""
        return np.asarray((self.work[n] * take).sum(axis=1) <= self.limit[n] + FITS)

    def bound(self, n: Ints, reduced: Floats) -> Floats:
        """Lower bound on what the best set of domains that fits takes off (n,), from reduced costs (n, d).

        Fractions of domains may be taken, those that take off most for their work first.
        """
        work, gain = self.work[n], np.maximum(-reduced, 0.0)
        ratio = np.where(gain > 0, gain / np.maximum(work, FITS), -1.0)
        order = np.argsort(-ratio, axis=1, kind="stable")
        sorted_work = np.take_along_axis(np.where(gain > 0, work, 0.0), order, axis=1)
        sorted_gain = np.take_along_axis(gain, order, axis=1)
        before = np.cumsum(sorted_work, axis=1) - sorted_work
        left = np.clip(self.limit[n][:, None] - before, 0.0, sorted_work)
        part = np.where(sorted_work > 0, left / np.maximum(sorted_work, FITS), 1.0)
        taken: Floats = (part * sorted_gain).sum(axis=1)
        return -taken

    def best(self, n: Ints, reduced: Floats, anchor: Bools) -> tuple[Floats, Bools]:
        """What the best set of domains that fits costs (n,), and that set (n, d).

        `reduced` and `anchor` are those of the same bodies (n, d); one domain of the set must anchor it. Infinite
        where no set fits.
        """
        least = np.full(len(n), np.inf)
        take = np.zeros_like(anchor)
        # What takes nothing off is in the best set only where it anchors: in a body that every domain anchors, alone.
        any_anchor = np.asarray((anchor | (reduced >= 0)).all(axis=1) & (reduced < 0).any(axis=1))
        useful = (reduced < 0) | (anchor & ~any_anchor[:, None])
        count = useful.sum(axis=1)
        for size in np.unique(count[count > 0]):
            at = np.flatnonzero(count == size)
            if size > MOST_LISTED:
                for i in at.tolist():
                    least[i], take[i] = self._searched(int(n[i]), reduced[i], anchor[i])
                continue
            domains = np.nonzero(useful[at])[1].reshape(len(at), size)
            sets = (np.arange(1, 2**size)[:, None] >> np.arange(size)) & 1 == 1
            step = max(1, LISTED // len(sets))
            for first in range(0, len(at), step):
                some, where = at[first : first + step], domains[first : first + step]
                cost, fits = self._listed(n[some], where, reduced[some], anchor[some], sets)
                cost[~fits] = np.inf
                pick = np.argmin(cost, axis=1)
                least[some] = cost[np.arange(len(some)), pick]
                take[np.repeat(some, size), where.ravel()] = sets[pick].ravel()
        return least, take

    def _listed(self, n: Ints, domains: Ints, reduced: Floats, anchor: Bools, sets: Bools) -> tuple[Floats, Bools]:
        """Cost of every set of the given domains (n, s), and whether it fits and is anchored."""
        choice = sets.T.astype(float)
        cost = np.take_along_axis(reduced, domains, axis=1) @ choice
        work = np.take_along_axis(self.work[n], domains, axis=1) @ choice
        anchored = np.take_along_axis(anchor, domains, axis=1).astype(float) @ choice
        return cost, (work <= self.limit[n][:, None] + FITS) & (anchored > 0)

    def _searched(self, n: int, reduced: Floats, anchor: Bools) -> tuple[float, Bools]:
        """The same as `best` for one body, as a small programme."""
        fits = LinearConstraint(self.work[n], -np.inf, self.limit[n])
        anchored = LinearConstraint(anchor.astype(float), 1, np.inf)
        possible = np.isfinite(reduced)
        answer = milp(
            np.where(possible, reduced, 0.0),
            integrality=np.ones(len(reduced), dtype=np.int64),
            bounds=Bounds(0, possible.astype(float)),
            constraints=[fits, anchored],
        )
        if answer.x is None:
            return np.inf, np.zeros(len(reduced), dtype=bool)
        take = answer.x > 0.5
        return float(reduced[take].sum()), take
