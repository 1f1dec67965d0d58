"""Cuts: among few municipalities only so many partnerships can be formed, and a host has room for few.

For municipalities U in one domain and a divisor k, the partnerships of a plan satisfy
    sum of floor(|S n U| / k) <= floor(|U| / k),
because each cell is in at most one of them (Chvatal-Gomory rank 1; k = 2 and |U| = 3 is the subset-row cut of
Jepsen et al. 2008). The relaxation breaks it wherever it forms half triples out of pairs.

For a host and a least work per domain that add up to more than its room, at least one of those domains is hosted with
less work or not at all: of n domains at most n - 1 (a cover cut of the host's knapsack, with one choice per domain).

Both see a partnership's members, host and domain alone, so pricing stays exact, domain by domain, with them. A third
kind sees all the work that a partnership brings its host, and is for columns that are listed: of those that carry one
domain and bring at least t, and those that bring more than the room less t, a host has at most one (a clique).
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np
from scipy import sparse

from regie_opt.engine.columns import Bundles, Model
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints

ALL_SUBSETS = 12
"""Municipalities in one domain of which every subset is tried; beyond that subsets of 3 and 4, and the whole."""
FIVES = 16
"""Municipalities up to which subsets of 5 are tried too."""
MOST_PER_DOMAIN = 6
"""Cuts added per domain, or per host, and round at most."""
VIOLATION = 1e-3
"""Least violation worth a cut."""
MORE = 1e-6
"""Work (fte) by which a cover exceeds the room of its host at least."""
MOST_COVERS = 2_000
"""Partial covers kept while one is looked for."""


@dataclass(frozen=True)
class Cuts:
    """Cuts found so far. Axis q."""

    domain: Ints
    """The one domain of a cut among municipalities or a clique, -1 of a cover (q,)."""
    among: Bools
    """Municipalities U of each (q, m)."""
    divisor: Ints
    """(q,)."""
    host: Ints
    """Host of a cover or a clique, else `NOBODY` (q,)."""
    least: Floats
    """Least work that counts, fte, infinite in domains that do not (q, d); of a clique the t of its domain."""

    @classmethod
    def none(cls, municipalities: int, domains: int) -> "Cuts":
        """No cuts."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, np.zeros((0, municipalities), dtype=bool), nothing, nothing, np.zeros((0, domains)))

    @classmethod
    def in_domain(cls, domain: int, among: Bools, divisor: Ints, domains: int) -> "Cuts":
        """Cuts among municipalities in one domain."""
        count = len(among)
        nowhere = np.full((count, domains), np.inf)
        return cls(np.full(count, domain), among, divisor, np.full(count, NOBODY), nowhere)

    @classmethod
    def on_host(cls, host: int, domain: Ints, least: Floats, municipalities: int) -> "Cuts":
        """Covers and cliques of one host."""
        count = len(least)
        nobody = np.zeros((count, municipalities), dtype=bool)
        return cls(domain, nobody, np.ones(count, dtype=np.int64), np.full(count, host), least)

    def __len__(self) -> int:
        """How many."""
        return len(self.domain)

    def and_also(self, other: "Cuts") -> "Cuts":
        """These and others."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__)
        return Cuts(*(np.concatenate(pair) for pair in pairs))

    def take(self, index: Bools | Ints) -> "Cuts":
        """Some of them."""
        return Cuts(*(getattr(self, name)[index] for name in self.__dataclass_fields__))

    def distinct(self) -> "Cuts":
        """Each of them once, where it comes first."""
        columns = (self.domain, self.divisor, self.host)
        rows = np.hstack([np.stack(columns, axis=1), self.among, self.least])
        _, first = np.unique(rows, axis=0, return_index=True)
        return self.take(np.sort(first))

    def over(self, cells: Bools) -> tuple["Cuts", Ints]:
        """The cuts where columns cover some cells only (m, d), and which of these they are (q,)."""
        among = self.among & cells[:, np.maximum(self.domain, 0)].T
        reached: Bools = np.asarray(cells.any(axis=1))
        hosted = reached[np.maximum(self.host, 0)]
        index = np.flatnonzero(np.where(self.host == NOBODY, among.sum(axis=1) >= self.divisor, hosted))
        return replace(self, among=among).take(index), index

    @property
    def upper(self) -> Floats:
        """Right-hand sides (q,)."""
        covered = np.isfinite(self.least).sum(axis=1) - 1
        among = self.among.sum(axis=1) // self.divisor
        return np.where(self.host == NOBODY, among, np.where(self.domain < 0, covered, 1)).astype(float)

    @property
    def on_hosts(self) -> bool:
        """Whether there are covers or cliques among them."""
        return bool((self.host != NOBODY).any())

    def priced(self, sets: Bools, price: Floats) -> Floats:
        """What the cuts among municipalities charge every member set in every domain (s, d)."""
        charge = np.zeros((len(sets), self.least.shape[1]))
        members = sets.astype(float).T
        for d in np.unique(self.domain[self.host == NOBODY]):
            at = np.flatnonzero((self.domain == d) & (self.host == NOBODY) & (price != 0))
            if len(at):
                met = np.floor(self.among[at].astype(float) @ members / self.divisor[at][:, None] + 1e-4)
                charge[:, d] = price[at] @ met
        return charge

    def priced_hosted(self, model: Model, price: Floats) -> Floats:
        """What the cuts on hosts charge each of the model's hosted bodies in every domain (n, d)."""
        index, work = model.hosted
        charge = np.zeros(work.shape)
        host = model.found.bodies.host[index]
        for q in np.flatnonzero((self.host != NOBODY) & (self.domain < 0) & (price != 0)):
            at = np.flatnonzero(host == self.host[q])
            charge[at] += price[q] * (work[at] >= self.least[q])
        return charge

    def coefficients(self, model: Model, columns: Bundles) -> sparse.csr_array:
        """Coefficients of columns (q, c)."""
        members = _seen(model, columns).astype(np.float32)  # whole numbers, but quick to multiply
        rows = []
        for d in np.unique(self.domain[self.host == NOBODY]):
            at = np.flatnonzero((self.domain == d) & (self.host == NOBODY))
            carried = np.flatnonzero(columns.carried[:, d])
            # Products of zeros and ones are valid; OpenBLAS raises the flag all the same now and then (numpy#24067).
            with np.errstate(invalid="ignore"):
                count = (self.among[at].astype(np.float32) @ members[carried].T).astype(np.int32)
            met = count // self.divisor[at][:, None]
            row, col = np.nonzero(met)
            rows.append((at[row], carried[col], met[row, col]))
        for q in np.flatnonzero(self.host != NOBODY):
            col = np.flatnonzero(model.found.bodies.host[columns.body] == self.host[q])
            work = model.work_of(columns.body[col]) * columns.carried[col]
            if self.domain[q] < 0:
                met = ((work >= self.least[q]) & columns.carried[col]).sum(axis=1)
            else:
                d, room = int(self.domain[q]), model.room_of(int(self.host[q]))
                met = _in_clique(work.sum(axis=1), columns.carried[col, d], self.least[q, d], room).astype(np.int64)
            rows.append((np.full(len(col), q)[met > 0], col[met > 0], met[met > 0]))
        if not rows:
            return sparse.csr_array((len(self), len(columns)))
        row, col, value = (np.concatenate(part) for part in zip(*rows, strict=True))
        return sparse.csr_array((value.astype(float), (row, col)), shape=(len(self), len(columns)))


def violated(model: Model, columns: Bundles, weights: Floats, among: Bools | None = None) -> Cuts:
    """Cuts that a point of the relaxation breaks, the worst of each domain first; among some municipalities (m,)."""
    members = _seen(model, columns)
    if among is not None:
        members = members & among
    domains = columns.carried.shape[1]
    found = Cuts.none(members.shape[1], domains)
    for d in range(domains):
        used = np.flatnonzero(columns.carried[:, d] & (weights > 1e-7))
        if not ((weights[used] > 1e-6) & (weights[used] < 1 - 1e-6)).any():
            continue
        broken = broken_among(members[used], weights[used])
        found = found.and_also(Cuts.in_domain(d, *broken, domains))
    for host in model.rows.of("capacity"):
        if among is not None and not among[host]:
            continue
        covers = _covers(model, columns, weights, host)
        found = found.and_also(Cuts.on_host(host, np.full(len(covers), -1), covers, members.shape[1]))
    return found


def _seen(model: Model, columns: Bundles) -> Bools:
    """Members of columns as cuts see them (c, m): none of what goes on beside others, which shares its cells."""
    members = model.found.bodies.members[columns.body]
    if len(model.found.doubled):
        members[np.isin(columns.body, model.found.doubled)] = False
    return members


def violated_cliques(model: Model, columns: Bundles, weights: Floats) -> Cuts:
    """Cliques of hosts that a point over listed columns breaks, the worst of each host first."""
    domains = columns.carried.shape[1]
    found = Cuts.none(model.found.bodies.members.shape[1], domains)
    for host in model.rows.of("capacity"):
        used = np.flatnonzero((weights > 1e-7) & (model.found.bodies.host[columns.body] == host))
        if not len(used):
            continue
        carried, weight, room = columns.carried[used], weights[used], model.room_of(host)
        work = (model.work_of(columns.body[used]) * carried).sum(axis=1)
        broken = []
        for d in range(domains):
            for least in np.unique(work[carried[:, d]]):
                excess = float(weight[_in_clique(work, carried[:, d], least, room)].sum()) - 1
                if least > 0 and excess > VIOLATION:
                    broken.append((-excess, d, float(least)))
        broken = sorted(broken)[:MOST_PER_DOMAIN]
        least_work = np.full((len(broken), domains), np.inf)
        for q, (_, d, least) in enumerate(broken):
            least_work[q, d] = least
        which = np.array([d for _, d, _ in broken], dtype=np.int64)
        found = found.and_also(Cuts.on_host(host, which, least_work, model.found.bodies.members.shape[1]))
    return found


def _in_clique(work: Floats, carries: Bools, least: float, room: float) -> Bools:
    """Which partnerships of a host, with their work for it (c,), are in a clique: any two of them are too much."""
    return (carries & (work >= least)) | (work > max(room - least, room / 2) + MORE)


def _covers(model: Model, columns: Bundles, weights: Floats, host: int) -> Floats:
    """Broken covers of one host: least work per domain, infinite in domains left out (q, d).

    A cover is broken when what its domains miss of being hosted wholly adds up to less than one. Covers are built
    domain by domain; of partial ones, those with more missing and less work than another are dropped.
    """
    used = np.flatnonzero((weights > 1e-7) & (model.found.bodies.host[columns.body] == host))
    work, room = model.work_of(columns.body[used]), model.room_of(host)
    partial: list[tuple[float, float, tuple[tuple[int, float], ...]]] = [(0.0, 0.0, ())]
    for d in range(columns.carried.shape[1]):
        at = columns.carried[used, d]
        options: list[tuple[float, float]] = []
        for least in np.unique(work[at, d])[::-1]:
            missing = 1.0 - float(weights[used][at & (work[:, d] >= least)].sum())
            if least > 0 and missing < 1 - VIOLATION and (not options or missing < options[-1][0] - 1e-9):
                options.append((max(missing, 0.0), float(least)))
        longer = [
            (missing + more, total + least, (*chosen, (d, least)))
            for missing, total, chosen in partial
            for more, least in options
            if missing + more < 1 - VIOLATION
        ]
        partial = _undominated([*partial, *longer])
    broken = sorted(p for p in partial if p[1] > room + MORE)[:MOST_PER_DOMAIN]
    covers = np.full((len(broken), columns.carried.shape[1]), np.inf)
    for q, (_, total, chosen) in enumerate(broken):
        for d, least in chosen:
            covers[q, d] = least
        # What the cover exceeds the room by can come off its largest part: more partnerships count then.
        d = max(chosen, key=lambda part: part[1])[0]
        covers[q, d] = max(MORE, covers[q, d] - (total - room - MORE))
    return covers


def _undominated(
    partial: list[tuple[float, float, tuple[tuple[int, float], ...]]],
) -> list[tuple[float, float, tuple[tuple[int, float], ...]]]:
    """Partial covers to which no other is preferred: no more missing, no less work."""
    kept: list[tuple[float, float, tuple[tuple[int, float], ...]]] = []
    most = -1.0
    for one in sorted(partial, key=lambda p: (p[0], -p[1])):
        if one[1] > most:
            kept.append(one)
            most = one[1]
    return kept[:MOST_COVERS]


def broken_among(members: Bools, weights: Floats) -> tuple[Bools, Ints]:
    """Broken cuts among few: in what columns (c, x) have in common, subsets (q, x) and divisors (q,), the worst first.

    Columns are partnerships in one domain and x municipalities, or those of one municipality and x domains.
    """
    torn = (weights > 1e-6) & (weights < 1 - 1e-6) & (members.sum(axis=1) >= 2)
    at = np.flatnonzero(members[torn].any(axis=0))
    if len(at) < 3:
        return np.zeros((0, members.shape[1]), dtype=bool), np.zeros(0, dtype=np.int64)
    alike, which = np.unique(members[torn][:, at], axis=0, return_inverse=True)
    weight = np.bincount(which.ravel(), weights[torn])
    subsets = _subsets(len(at))
    met = subsets.astype(float) @ alike.T.astype(float)
    sizes = subsets.sum(axis=1)
    picks: list[tuple[Floats, Ints, int]] = []
    for k in range(2, min(7, len(at)) + 1):
        useful = np.flatnonzero(sizes % k == k - 1)
        excess = np.floor(met[useful] / k) @ weight - sizes[useful] // k
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
    picks = [pick for size in ((3, 4, 5) if n <= FIVES else (3, 4)) for pick in combinations(range(n), size)]
    table = np.zeros((len(picks) + 1, n), dtype=bool)
    for u, pick in enumerate(picks):
        table[u, list(pick)] = True
    table[-1] = True
    return table
