"""Subset-row cuts over explicit columns: of three rows, at most one column can take two (Jepsen et al. 2008).

Unlike the cuts of `cuts`, the rows may lie in different domains, so they do not go into pricing: they tighten a
kernel whose columns are all listed.
"""

import numpy as np
from scipy import sparse

from regie_opt.worth.region import Floats, Ints

MOST_PATTERNS = 160
"""Distinct rows (by the fractional columns in them) among which triples are looked for."""
MOST_CUTS = 60
"""Cuts added per round at most."""
VIOLATION = 0.02
"""Least violation worth a cut."""


def coefficients(rows: sparse.csr_array, triples: Ints) -> sparse.csr_array:
    """1 for every column that is in at least two of the three rows (q, c); rows are packing rows (row, c)."""
    count = rows[triples[:, 0]] + rows[triples[:, 1]] + rows[triples[:, 2]]
    count = sparse.csr_array(count)
    count.data = (count.data >= 2 - 1e-9).astype(float)
    count.eliminate_zeros()
    return count


def violated(rows: sparse.csr_array, weights: Floats) -> Ints:
    """Triples of rows whose cut a point breaks, the worst first (q, 3)."""
    torn = np.flatnonzero((weights > 1e-6) & (weights < 1 - 1e-6))
    if len(torn) < 3:
        return np.zeros((0, 3), dtype=np.int64)
    dense = rows[:, torn].toarray() > 0.5
    patterns, first = np.unique(dense, axis=0, return_index=True)
    weighted = patterns * weights[torn]
    useful = patterns.sum(axis=1) >= 2
    order = np.argsort(-weighted.sum(axis=1) * useful, kind="stable")[:MOST_PATTERNS]
    order = order[useful[order]]
    at, mass = patterns[order].astype(np.float64), weighted[order]
    pair = mass @ at.T
    found: list[tuple[float, int, int, int]] = []
    for i in range(len(order) - 2):
        rest = slice(i + 1, None)
        triple = (mass[rest] * at[i]) @ at[rest].T
        excess = pair[i, rest][:, None] + pair[i, rest][None, :] + pair[rest, rest] - 2 * triple - 1
        j, k = np.nonzero(np.triu(excess > VIOLATION, k=1))
        found += [(-float(excess[a, b]), i, i + 1 + int(a), i + 1 + int(b)) for a, b in zip(j, k, strict=True)]
    found.sort()
    picked = [[int(first[order[x]]) for x in pick] for _, *pick in found[:MOST_CUTS]]
    return np.array(picked, dtype=np.int64).reshape(-1, 3)
