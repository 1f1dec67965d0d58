"""Member sets: who may be together at all. Connected subsets of the compatibility graph, level by level."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.rules import Apart, Contiguity, Distance, Largest, Together
from regie_opt.worth.bodies import product, slices
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.today import Today

MOST_SETS = 200_000
"""Sets that are listed at most; a region that has more is searched up to the size at which they still fit."""
MOST_GROWTH = 3
"""Bordering municipalities that may join one of today beyond what the rules say of its shape."""
GROWTH_SHARE = 50
"""Of the sets that are listed, one in so many may be one partnership's of today with others."""
MOST_CELLS = 8_000_000
"""Sets times municipalities at most: what is listed takes memory by both."""


@dataclass(frozen=True)
class MemberSets:
    """Candidate member sets. Axis s."""

    members: Bools
    """Who is in each (s, m)."""
    shaped: Bools
    """Which obey the rules on shape (s,); the others are member sets of today, for going on as they are."""
    grown: Bools
    """Which are today's members of a partnership with a few that border on them, whatever the rules on shape (s, e)."""
    rule: str
    """The rule in words: what the proof is relative to."""
    complete: bool
    """Whether there are no others: no size was left out."""

    trust: Floats
    """Between any two municipalities (m, m)."""

    @cached_property
    def size(self) -> Ints:
        """Members of each (s,)."""
        return np.asarray(self.members.sum(axis=1))

    @cached_property
    def mean_trust(self) -> Floats:
        """Mean over all pairs of members (s,); 0 for one alone."""
        parts = (self.members[part].astype(float) for part in slices(*self.members.shape))
        total = np.concatenate([((part @ self.trust) * part).sum(axis=1) / 2 for part in parts])
        mean: Floats = total / np.maximum(self.size * (self.size - 1) / 2, 1)
        return mean


def incompatible(today: Today) -> Bools:
    """Pairs that may be in no partnership together (m, m): vetoes and `apart` rules without domains."""
    region = today.region
    banned = region.veto.copy()
    for rule in region.scenario.rules.values():
        if isinstance(rule, Apart) and rule.domains is None:
            ids = [region.municipality_index[c] for c in rule.members]
            banned[np.ix_(ids, ids)] = True
    np.fill_diagonal(banned, False)
    return banned


def reached(members: Bools, table: Bools) -> Bools:
    """What somebody in each set has in a table (m, x): neighbours, banned partners, domains (s, x)."""
    return product(members, table.astype(float)) > 0


def meets(members: Bools, pairs: Bools) -> Bools:
    """Which sets hold one of the given pairs (s,)."""
    return np.asarray((reached(members, pairs) & members).any(axis=1))


def member_sets(today: Today, most: int | None = None) -> MemberSets:
    """All member sets that the rules allow, existing ones included, in a fixed order; at most what fits in memory."""
    region = today.region
    rules = list(region.scenario.rules.values())
    n = len(region.codes)
    limit = min([r.members for r in rules if isinstance(r, Largest)] + [n])
    banned = incompatible(today)
    for rule in rules:
        if isinstance(rule, Distance):
            banned = banned | (region.distance_km > rule.km)
    contiguous = any(isinstance(r, Contiguity) for r in rules)
    neighbours = region.borders if contiguous else ~np.eye(n, dtype=bool)
    most = min(MOST_SETS, MOST_CELLS // n) if most is None else most
    listed, largest = _grow(neighbours, banned, limit, most)
    if largest < limit:
        listed = _unique(np.concatenate([listed, _asked_groups(today, neighbours, banned, limit)]))
    existing = today.bodies.members[~today.fixed & ~today.beside]
    existing = existing[~meets(existing, incompatible(today))]
    growing = [_growing(today, e, neighbours, banned, most) for e in range(len(today.keys))]
    members = _unique(np.concatenate([listed, existing, *growing]))
    words = "connected member sets" if contiguous else "member sets"
    rule_words = f"{words} of up to {largest} members" if largest < n else f"all {words}"
    if largest < limit:
        rule_words += f" (more than {most} beyond that size)"
    grown = np.array([_contains(some, members) for some in growing], dtype=bool).reshape(-1, len(members)).T
    whole = f"{rule_words}, and those of today with up to {MOST_GROWTH} more"
    return MemberSets(members, _contains(listed, members), grown, whole, largest >= limit, region.trust)


def _growing(today: Today, e: int, neighbours: Bools, banned: Bools, most: int) -> Bools:
    """A partnership's members of today with up to `MOST_GROWTH` that border on them, (s, m); fewer where many."""
    level = today.bodies.members[[e]]
    levels: list[Bools] = []
    if today.fixed[e] or today.beside[e] or meets(level, incompatible(today))[0]:
        return level[:0]
    for _ in range(MOST_GROWTH):
        parent, extra = np.nonzero(reached(level, neighbours) & ~level & ~reached(level, banned))
        grown = level[parent]
        grown[np.arange(len(extra)), extra] = True
        level = _unique(grown)
        if sum(map(len, levels)) + len(level) > most // GROWTH_SHARE:
            break
        levels.append(level)
    return np.concatenate(levels) if levels else level[:0]


def has_grown(before: Bools, members: Bools, neighbours: Bools) -> bool:
    """Whether members (m,) are those of before with up to `MOST_GROWTH` more, each bordering on what there was."""
    extra = members & ~before
    if (before & ~members).any() or not 0 < extra.sum() <= MOST_GROWTH:
        return False
    inside = before.copy()
    for _ in range(MOST_GROWTH):
        inside |= (inside @ neighbours) & extra
    return bool((inside == members).all())


def _grow(neighbours: Bools, banned: Bools, limit: int, most: int) -> tuple[Bools, int]:
    """Connected sets without a banned pair, level by level, (s, m), and the largest size listed whole."""
    n = len(neighbours)
    level = np.eye(n, dtype=bool)
    levels = [level]
    total = n
    for size in range(2, limit + 1):
        reach = reached(level, neighbours) & ~level & ~reached(level, banned)
        parent, extra = np.nonzero(reach)
        grown = level[parent]
        grown[np.arange(len(extra)), extra] = True
        level = _unique(grown)
        total += len(level)
        if total > most:
            return np.concatenate(levels), size - 1
        if not len(level):
            break
        levels.append(level)
    return np.concatenate(levels), limit


def _asked_groups(today: Today, neighbours: Bools, banned: Bools, limit: int) -> Bools:
    """Groups that `together` rules ask for, and unions of those that share a member, where the rules allow them."""
    region = today.region
    groups: list[set[str]] = []
    for rule in region.scenario.rules.values():
        if isinstance(rule, Together):
            groups.append(set(rule.members))
            touching = [g for g in groups[:-1] if g & groups[-1]]
            groups += [g | groups[-1] for g in touching]
    rows = np.array([[code in group for code in region.codes] for group in groups], dtype=bool)
    rows = rows.reshape(-1, len(region.codes))
    fits = (rows.sum(axis=1) <= limit) & ~meets(rows, banned)
    connected = [is_connected(row, neighbours) for row in rows]
    return rows[fits & np.array(connected, dtype=bool)]


def is_connected(members: Bools, neighbours: Bools) -> bool:
    """Whether a member set (m,) is one connected area."""
    reached = np.zeros_like(members)
    reached[np.argmax(members)] = True
    for _ in range(int(members.sum())):
        reached |= (reached @ neighbours) & members
    return bool((reached == members).all())


def _unique(members: Bools) -> Bools:
    """Distinct rows, smallest sets first, then in the order of the municipalities."""
    if not len(members):
        return members
    packed = np.packbits(members, axis=1)
    _, first = np.unique(packed, axis=0, return_index=True)
    rows = members[first]
    return rows[np.argsort(rows.sum(axis=1), kind="stable")]


def _contains(some: Bools, members: Bools) -> Bools:
    """Which rows of `members` are among `some`."""
    known = {row.tobytes() for row in np.packbits(some, axis=1)}
    return np.array([row.tobytes() in known for row in np.packbits(members, axis=1)], dtype=bool)
