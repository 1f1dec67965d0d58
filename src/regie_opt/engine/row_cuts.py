"""Cuts over a few rows of any domains: rows with shares, added up and rounded down (rank 1).

In a packing row at most one column is chosen. With shares u of the rows a plan satisfies
    sum over columns of floor(sum of u over the rows that the column is in) <= floor(sum of u)
(Chvatal-Gomory). Three halves are the subset-row cut of Jepsen et al. 2008; the shares for four and five rows are
those that Pecin et al. 2017 prove to be enough. With shares 1 / k of domains U of one municipality, at most
floor(|U| / k) partnerships carry k or more of them. The rows may lie in different domains, so these cuts are not priced
domain by domain: columns are listed first, and then charged for the cuts (`charged`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import broken_among
from regie_opt.worth.region import Bools, Floats, Ints

WIDEST = 12
"""Rows in a cut at most."""
HALVES = (1 / 2, 1 / 2, 1 / 2)
FOUR = (2 / 3, 1 / 3, 1 / 3, 1 / 3)
FIVES = (
    (1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3),
    (2 / 4, 2 / 4, 1 / 4, 1 / 4, 1 / 4),
    (3 / 4, 1 / 4, 1 / 4, 1 / 4, 1 / 4),
    (3 / 5, 2 / 5, 2 / 5, 1 / 5, 1 / 5),
    (1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2),
    (2 / 3, 2 / 3, 1 / 3, 1 / 3, 1 / 3),
    (3 / 4, 3 / 4, 2 / 4, 2 / 4, 1 / 4),
)
"""Shares of three, of four and of five rows (Pecin et al. 2017, Operations Research Letters 45)."""
ROUNDING = 1e-6
"""Added before rounding down, so that thirds add up to a whole."""
MOST_PATTERNS = 160
"""Distinct rows (by the fractional columns in them) among which cuts are looked for."""
MOST_CUTS = 60
"""Cuts added per round at most."""
FEW = 15
"""Cuts of three rows below which those of four and five are looked for too."""
MOST_WIDE = 10
"""Cuts over domains of one municipality added per round at most: more slow as many regions as they help."""
MOST_TRIPLES = 100
"""Cuts of three rows that are looked at further: more than are added, or made longer."""
SEEDS = 40
"""Cuts of three rows, broken or nearly so, that are made longer."""
LONG_SEEDS = 12
"""Cuts of four rows that are."""
VIOLATION = 0.02
"""Least violation worth a cut."""


_Cut = tuple[float, tuple[int, ...], tuple[float, ...]]
"""By how much a point breaks a cut, its rows and their shares."""
_Found = list[_Cut]


@dataclass(frozen=True)
class RowCuts:
    """Cuts over packing rows. Axes: q cuts, w rows of a cut (unused ones have share 0)."""

    rows: Ints
    """Indices of packing rows (q, w)."""
    shares: Floats
    """(q, w)."""

    @classmethod
    def none(cls) -> "RowCuts":
        """No cuts."""
        return cls(np.zeros((0, WIDEST), dtype=np.int64), np.zeros((0, WIDEST)))

    @classmethod
    def of(cls, found: list[tuple[tuple[int, ...], tuple[float, ...]]]) -> "RowCuts":
        """From pairs of rows and shares."""
        rows, shares = np.zeros((len(found), WIDEST), dtype=np.int64), np.zeros((len(found), WIDEST))
        for q, (at, part) in enumerate(found):
            rows[q, : len(at)], shares[q, : len(part)] = at, part
        return cls(rows, shares)

    def __len__(self) -> int:
        """How many."""
        return len(self.rows)

    def and_also(self, other: "RowCuts") -> "RowCuts":
        """These and others."""
        return RowCuts(np.concatenate([self.rows, other.rows]), np.concatenate([self.shares, other.shares]))

    def take(self, index: Bools | Ints) -> "RowCuts":
        """Some of them."""
        return RowCuts(self.rows[index], self.shares[index])

    @property
    def upper(self) -> Floats:
        """Right-hand sides (q,)."""
        return np.floor(self.shares.sum(axis=1) + ROUNDING)

    def coefficients(self, packing: sparse.csr_array) -> sparse.csr_array:
        """Coefficients of the columns of the given packing rows (q, c)."""
        q = np.repeat(np.arange(len(self)), WIDEST)
        shape = (len(self), packing.shape[0])
        met = sparse.csr_array(sparse.csr_array((self.shares.ravel(), (q, self.rows.ravel())), shape=shape) @ packing)
        met.data = np.floor(met.data + ROUNDING)
        met.eliminate_zeros()
        return met

    def charged(self, model: Model, price: Floats, body: Ints, carried: Bools) -> Floats:
        """What the cuts at their duals (q,) add to the reduced costs of sets of domains (c, d) of bodies (c,)."""
        members, continues = model.found.bodies.members.T, model.found.bodies.continues[body]
        going_on = [model.rows.side[r].subject for r in unit_rows(model)]
        carried = np.ascontiguousarray(carried.T)
        # What goes on beside others holds fewer cells than its members have: it is charged nothing, which is a bound.
        sees = ~np.isin(body, model.found.doubled)
        reached = cache(lambda m: np.flatnonzero(members[m][body] & sees))
        charge, met = np.zeros(len(body)), np.zeros(len(body))
        for q in np.flatnonzero(price != 0):
            used = self.shares[q] > 0
            rows, shares = self.rows[q][used], self.shares[q][used]
            of_cell = rows < model.cells
            touched = []
            for m in np.unique(rows[of_cell] // len(carried)):
                mine = of_cell & (rows // len(carried) == m)
                touched.append(reached(int(m)))
                met[touched[-1]] += shares[mine] @ carried[np.ix_(rows[mine] % len(carried), touched[-1])]
            for r, share in zip(rows[~of_cell].tolist(), shares[~of_cell], strict=True):
                touched.append(np.flatnonzero((continues == going_on[r - model.cells]) & sees))
                met[touched[-1]] += share
            at = touched[0] if len(touched) == 1 else np.unique(np.concatenate(touched))
            charge[at] -= price[q] * np.floor(met[at] + ROUNDING)
            met[at] = 0.0
        return charge


def unit_rows(model: Model) -> Ints:
    """Side rows in which at most one column can be: what continues a partnership of today."""
    return np.array([r for r, row in enumerate(model.rows.side) if row.kind == "continues"], dtype=np.int64)


def packing_rows(model: Model, columns: Bundles) -> sparse.csr_array:
    """Rows in which at most one column can be: cells, and what continues a partnership of today (row, c)."""
    rows = sparse.csr_array(columns.matrix)
    return sparse.csr_array(rows[np.concatenate([np.arange(model.cells), model.cells + unit_rows(model)])])


def violated(packing: sparse.csr_array, weights: Floats, domains: int) -> RowCuts:
    """Cuts that a point breaks (weights of the columns (c,)), the worst first."""
    torn = np.flatnonzero((weights > 1e-6) & (weights < 1 - 1e-6))
    if len(torn) < 3:
        return RowCuts.none()
    dense = packing[:, torn].toarray() > 0.5
    wide = _of_municipalities(dense, weights[torn], domains)
    patterns, first = np.unique(dense, axis=0, return_index=True)
    mass = (patterns * weights[torn]).sum(axis=1) * (patterns.sum(axis=1) >= 2)
    order = np.argsort(-mass, kind="stable")[:MOST_PATTERNS]
    order = order[mass[order] > 0]
    at = patterns[order].astype(float)
    triples = _triples(at, weights[torn])
    found: _Found = [(excess, pick, HALVES) for excess, pick in triples if excess > VIOLATION]
    if len(found) < FEW:
        found += _longer(at, weights[torn], [pick for _, pick in triples[:SEEDS]])
    found.sort(key=lambda cut: (-cut[0], cut[1]))
    few = [(tuple(int(first[order[i]]) for i in pick), shares) for _, pick, shares in found[:MOST_CUTS]]
    return RowCuts.of([*((rows, shares) for _, rows, shares in wide), *few])


def _of_municipalities(dense: Bools, weights: Floats, domains: int) -> _Found:
    """Broken cuts over domains of one municipality (row, torn column), the worst first; each over the columns once.

    The rows after the cells, of what continues a partnership of today, are taken so many at a time too.
    """
    best: dict[bytes, _Cut] = {}
    for m in range(dense.shape[0] // domains):
        block = dense[m * domains : (m + 1) * domains]
        shared = np.flatnonzero(block.sum(axis=1) >= 2)
        if len(shared) > WIDEST:
            mass = block[shared] @ weights
            shared = np.sort(shared[np.argsort(-mass, kind="stable")[:WIDEST]])
        among, divisor = broken_among(block[shared].T, weights)
        for u, k in zip(among, divisor.tolist(), strict=True):
            met = np.floor(block[shared[u]].sum(axis=0) / k + ROUNDING)
            excess = float(met @ weights - u.sum() // k)
            rows = tuple(int(m * domains + d) for d in shared[u])
            key = met.tobytes()
            if excess > VIOLATION and (key not in best or excess > best[key][0]):
                best[key] = (excess, rows, (1 / k,) * len(rows))
    return sorted(best.values(), key=lambda cut: (-cut[0], cut[1]))[:MOST_WIDE]


def _triples(at: Floats, weights: Floats) -> list[tuple[float, tuple[int, ...]]]:
    """By how much a point breaks the worst cuts of three rows (row, torn column), the worst first; also not broken."""
    mass = at * weights
    pair = mass @ at.T
    excesses, picks = [np.zeros(0)], [np.zeros((0, 3), dtype=np.int64)]
    for i in range(len(at) - 2):
        rest = slice(i + 1, None)
        triple = (mass[rest] * at[i]) @ at[rest].T
        excess = pair[i, rest][:, None] + pair[i, rest][None, :] + pair[rest, rest] - 2 * triple - 1
        j, k = np.nonzero(np.triu(excess > -2 * VIOLATION, k=1))
        excesses.append(excess[j, k])
        picks.append(np.stack([np.full(len(j), i), i + 1 + j, i + 1 + k], axis=1))
    excess, pick = np.concatenate(excesses), np.concatenate(picks)
    if len(excess) > MOST_TRIPLES:
        worst = np.flatnonzero(excess >= -np.partition(-excess, MOST_TRIPLES)[MOST_TRIPLES])
        excess, pick = excess[worst], pick[worst]
    order = np.argsort(-excess, kind="stable")[:MOST_TRIPLES]
    return [(float(excess[t]), tuple(pick[t].tolist())) for t in order]


def _longer(at: Floats, weights: Floats, seeds: list[tuple[int, ...]]) -> _Found:
    """Broken cuts of four and five rows, made from shorter ones by the row that breaks them most."""
    fours = [cut for seed in seeds if (cut := _with_one_more(at, weights, seed, [FOUR])) is not None]
    fours.sort(key=lambda cut: (-cut[0], cut[1]))
    wide = [_with_one_more(at, weights, pick, FIVES) for _, pick, _ in fours[:LONG_SEEDS]]
    best: dict[tuple[int, ...], _Cut] = {}
    for cut in [*fours, *(w for w in wide if w is not None)]:
        rows = tuple(sorted(cut[1]))
        if cut[0] > VIOLATION and (rows not in best or cut[0] > best[rows][0]):
            best[rows] = cut
    return list(best.values())


def _with_one_more(
    at: Floats, weights: Floats, seed: tuple[int, ...], schemes: Sequence[tuple[float, ...]]
) -> _Cut | None:
    """The worst cut of a scheme over the rows of a seed and one more."""
    best: _Cut | None = None
    base = at[list(seed)]
    others = np.setdiff1d(np.arange(len(at)), seed)
    if not len(others):
        return None
    for scheme in schemes:
        upper = np.floor(sum(scheme) + ROUNDING)
        orders = sorted(set(permutations(scheme)))
        kept = np.array([order[:-1] for order in orders]) @ base
        last = np.array([order[-1] for order in orders])
        met = np.floor(kept[:, None, :] + last[:, None, None] * at[others][None] + ROUNDING) @ weights
        o, r = np.unravel_index(int(np.argmax(met)), met.shape)
        excess = float(met[o, r] - upper)
        if best is None or excess > best[0]:
            best = (excess, (*seed, int(others[r])), orders[o])
    return best
