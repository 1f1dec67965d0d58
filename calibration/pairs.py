"""Pairs of municipalities that both cooperate in a domain: whether they do so together, and what they share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.public import DIVISIONS, Data
from calibration.held_out import is_held_out
from regie_opt.sources.knowledge import Knowledge
from regie_opt.worth.region import Bools, Floats, great_circle_km

NEAR_KM = 40.0
"""Pairs farther apart are left out: nearly none of them is together, so they would only show that."""
DOMAINS = ("belastingen", "ict", "werk_inkomen", "wmo", "jeugd", "afval", "archief", "economie")
"""Domains of which the checked labels are complete."""
DOES_THE_WORK = "does the work"
LARGEST_KNOWN = 30
"""Members of a partnership in which members know each other."""
KNOWN_SCALE = 4.0
"""Scale of what is shared, inside the logarithm."""
TERMS = ("constant", "10 km apart", "border", "shared division", "known")
"""Columns of the features; `known` is ln(1 + 4 c), c the sum of 1 / (members - 1) over shared partnerships."""


@dataclass(frozen=True)
class Register:
    """What the register and the checked labels say, over today's municipalities."""

    codes: tuple[str, ...]
    members: Mapping[str, frozenset[str]]
    """Municipalities of every active arrangement of two or more."""
    carriers: Mapping[str, frozenset[str]]
    """Arrangements that do the work of each domain."""
    imposed: frozenset[str]
    """Arrangements that carry only what the law imposes, by their titles."""

    @classmethod
    def of(cls, data: Data, labels: Collection[Mapping[str, str]], knowledge: Knowledge) -> "Register":
        """Put together."""
        members = {
            roo_id: frozenset(row["current_code"] for row in data.members[roo_id]) & frozenset(data.municipalities)
            for roo_id in data.arrangements
        }
        members = {roo_id: those for roo_id, those in members.items() if len(those) > 1}
        carriers = {
            domain: frozenset(
                row["roo_id"]
                for row in labels
                if row["domain"] == domain and row["role"] == DOES_THE_WORK and row["roo_id"] in members
            )
            for domain in DOMAINS
        }
        imposed = frozenset(roo_id for roo_id in members if _is_imposed(data.arrangements[roo_id], knowledge))
        return cls(tuple(sorted(data.municipalities)), members, carriers, imposed)

    def shared(self, without: Collection[str] = ()) -> Floats:
        """How well two municipalities know each other by the partnerships that they share (m, m): c.

        Those imposed by law, very large ones, and those in `without` do not count.
        """
        index = {code: m for m, code in enumerate(self.codes)}
        known = np.zeros((len(self.codes),) * 2)
        for roo_id, members in self.members.items():
            if len(members) <= LARGEST_KNOWN and roo_id not in self.imposed and roo_id not in without:
                at = sorted(index[code] for code in members)
                known[np.ix_(at, at)] += 1 / (len(members) - 1)
        return known


def _is_imposed(arrangement: Mapping[str, str], knowledge: Knowledge) -> bool:
    text = f"{arrangement['title']} | {arrangement['short_title']} | {arrangement['body']}".lower()
    rule = next((rule for rule in knowledge.classification.titles if rule.pattern.search(text)), None)
    found = () if rule is None else rule.domains
    return bool(found) and all(key in knowledge.domains and knowledge.domains[key].statutory for key in found)


@dataclass(frozen=True)
class Pairs:
    """A row for every pair and domain in which both cooperate (p,)."""

    domain: np.ndarray
    """Index in DOMAINS (p,)."""
    places: np.ndarray
    """Indices of the two municipalities (p, 2)."""
    features: Floats
    """(p, t), in the order of TERMS."""
    together: Bools
    """Whether they share an arrangement that does the work (p,)."""
    region: np.ndarray
    """Safety regions of the two (p, 2)."""
    province: np.ndarray
    """Provinces of the two (p, 2)."""

    @property
    def km(self) -> Floats:
        """Distance (p,)."""
        result: Floats = self.features[:, TERMS.index("10 km apart")] * 10
        return result

    @cached_property
    def is_held_out(self) -> Bools:
        """Both in regions that are kept apart (p,)."""
        return np.asarray(_each(self.region).all(axis=1))

    @cached_property
    def is_open(self) -> Bools:
        """Neither in a region that is kept apart (p,); pairs across are in neither half."""
        return np.asarray(~_each(self.region).any(axis=1))


def pairs(data: Data, register: Register) -> Pairs:
    """All pairs within NEAR_KM, domain after domain."""
    rows = [data.municipalities[code] for code in register.codes]
    index = {code: m for m, code in enumerate(register.codes)}
    km = great_circle_km(*(np.array([float(row[key]) for row in rows]) for key in ("lon", "lat")))
    border = np.zeros_like(km)
    for row in data.neighbours:
        if row["kind"] == "border":
            a, b = index[row["code_a"]], index[row["code_b"]]
            border[a, b] = border[b, a] = 1.0
    regions = [np.array([row[key] for row in rows]) for key in DIVISIONS.values()]
    divisions = sum(np.equal.outer(of, of) for of in regions)
    region, province = (np.array([row[key] for row in rows]) for key in ("veiligheidsregio", "province"))
    found = []
    for d, domain in enumerate(DOMAINS):
        bodies = [sorted(index[code] for code in register.members[roo_id]) for roo_id in register.carriers[domain]]
        together = np.zeros_like(km, dtype=bool)
        for at in bodies:
            together[np.ix_(at, at)] = True
        takes_part = together.diagonal()
        i, j = np.nonzero(np.triu(np.outer(takes_part, takes_part) & (km <= NEAR_KM), 1))
        known = np.log1p(KNOWN_SCALE * register.shared(register.carriers[domain]))
        terms = (np.ones(len(i)), km[i, j] / 10, border[i, j], np.asarray(divisions)[i, j], known[i, j])
        found.append((np.full(len(i), d), np.stack([i, j], axis=1), np.stack(terms, axis=1), together[i, j]))
    domains, places, features, together = (np.concatenate(part) for part in zip(*found, strict=True))
    return Pairs(domains, places, features, together, region[places], province[places])


def _each(regions: np.ndarray) -> Bools:
    """Which of some regions are kept apart, in the same shape."""
    names, at = np.unique(regions, return_inverse=True)
    return np.array([is_held_out(str(name)) for name in names])[at].reshape(regions.shape)
