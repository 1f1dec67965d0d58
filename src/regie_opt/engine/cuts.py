"""Cuts: member sets are whole, so among few municipalities only so many can be formed.

For municipalities U in one domain and a divisor k, the partnerships of a plan satisfy
    sum of floor(|S n U| / k) <= floor(|U| / k),
because each cell is in at most one of them (Chvatal-Gomory rank 1; k = 2 and |U| = 3 is the subset-row cut of
Jepsen et al. 2008). The relaxation breaks it wherever it forms half triples out of pairs.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model
from regie_opt.worth.region import Bools, Floats, Ints

ALL_SUBSETS = 12
"""Municipalities in one domain of which every subset is tried; beyond that subsets of 3, 4 and 5, and the whole."""
MOST_PER_DOMAIN = 6
"""Cuts added per domain and round at most."""
VIOLATION = 1e-3
"""Least violation worth a cut."""


@dataclass(frozen=True)
class Cuts:
    """Cuts found so far. Axis q."""

    domain: Ints
    """(q,)."""
    among: Bools
    """Municipalities U of each (q, m)."""
    divisor: Ints
    """(q,)."""

    @classmethod
    def none(cls, municipalities: int) -> "Cuts":
        """No cuts."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, np.zeros((0, municipalities), dtype=bool), nothing)

    def __len__(self) -> int:
        """How many."""
        return len(self.domain)

    def and_also(self, other: "Cuts") -> "Cuts":
        """These and others."""
        return Cuts(
            np.concatenate([self.domain, other.domain]),
            np.concatenate([self.among, other.among]),
            np.concatenate([self.divisor, other.divisor]),
        )

    def take(self, index: Bools | Ints) -> "Cuts":
        """Some of them."""
        return Cuts(self.domain[index], self.among[index], self.divisor[index])

    @property
    def upper(self) -> Floats:
        """Right-hand sides (q,)."""
        return (self.among.sum(axis=1) // np.maximum(self.divisor, 1)).astype(float)

    def priced(self, sets: Bools, price: Floats, domains: int) -> Floats:
        """What the cuts charge every member set in every domain (s, d)."""
        charge = np.zeros((len(sets), domains))
        members = sets.astype(np.float32).T
        for d in np.unique(self.domain):
            at = np.flatnonzero((self.domain == d) & (price != 0))
            met = np.floor(self.among[at].astype(np.float32) @ members / self.divisor[at][:, None] + 1e-4)
            charge[:, d] = price[at] @ met
        return charge

    def coefficients(self, model: Model, columns: Bundles) -> sparse.csr_array:
        """Coefficients of columns (q, c)."""
        members = model.found.bodies.members[columns.body].astype(np.int32)
        rows = []
        for d in np.unique(self.domain):
            at = np.flatnonzero(self.domain == d)
            carried = np.flatnonzero(columns.carried[:, d])
            met = self.among[at].astype(np.int32) @ members[carried].T // self.divisor[at][:, None]
            row, col = np.nonzero(met)
            rows.append((at[row], carried[col], met[row, col]))
        if not rows:
            return sparse.csr_array((0, len(columns)))
        row, col, value = (np.concatenate(part) for part in zip(*rows, strict=True))
        return sparse.csr_array((value.astype(float), (row, col)), shape=(len(self), len(columns)))


def violated(model: Model, columns: Bundles, weights: Floats) -> Cuts:
    """Cuts that a point of the relaxation breaks, the worst of each domain first."""
    members = model.found.bodies.members[columns.body]
    found = Cuts.none(members.shape[1])
    for d in range(columns.carried.shape[1]):
        used = np.flatnonzero(columns.carried[:, d] & (weights > 1e-7))
        if not ((weights[used] > 1e-6) & (weights[used] < 1 - 1e-6)).any():
            continue
        broken = _in_domain(members[used], weights[used])
        found = found.and_also(Cuts(np.full(len(broken[0]), d), broken[0], broken[1]))
    return found


def _in_domain(members: Bools, weights: Floats) -> tuple[Bools, Ints]:
    """Broken cuts of one domain: municipalities (q, m) and divisors (q,)."""
    torn = (weights > 1e-6) & (weights < 1 - 1e-6)
    at = np.flatnonzero(members[torn].any(axis=0))
    if len(at) < 3:
        return np.zeros((0, members.shape[1]), dtype=bool), np.zeros(0, dtype=np.int64)
    subsets = _subsets(len(at))
    met = subsets.astype(np.float32) @ members[torn][:, at].T.astype(np.float32)
    sizes = subsets.sum(axis=1)
    picks: list[tuple[Floats, Ints, int]] = []
    for k in range(2, min(7, len(at)) + 1):
        useful = np.flatnonzero(sizes % k == k - 1)
        excess = np.floor(met[useful] / k) @ weights[torn] - sizes[useful] // k
        worst = np.argsort(-excess, kind="stable")[:MOST_PER_DOMAIN]
        worst = worst[excess[worst] > VIOLATION]
        picks.append((excess[worst], useful[worst], k))
    excess = np.concatenate([e for e, _, _ in picks])
    index = np.concatenate([u for _, u, _ in picks]).astype(np.int64)
    divisor = np.concatenate([np.full(len(u), k, dtype=np.int64) for _, u, k in picks])
    order = np.argsort(-excess, kind="stable")[:MOST_PER_DOMAIN]
    among = np.zeros((len(order), members.shape[1]), dtype=bool)
    among[:, at] = subsets[index[order]]
    return among, divisor[order]


@lru_cache(maxsize=64)
def _subsets(n: int) -> Bools:
    """Subsets of n things worth trying (u, n)."""
    if n <= ALL_SUBSETS:
        codes = np.arange(1 << n)[:, None]
        table = (codes >> np.arange(n)) & 1 == 1
        return table[table.sum(axis=1) >= 3]
    picks = [pick for size in (3, 4, 5) for pick in combinations(range(n), size)]
    table = np.zeros((len(picks) + 1, n), dtype=bool)
    for u, pick in enumerate(picks):
        table[u, list(pick)] = True
    table[-1] = True
    return table
