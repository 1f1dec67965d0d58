"""Bodies: partnerships before it is decided which domains they carry, as arrays (b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.worth.region import Bools, Floats, Ints, Region

NOBODY = -1
"""Index for "no host" and "continues nothing"."""


@dataclass(frozen=True)
class Bodies:
    """Candidate partnerships (form, members, host, what it continues). Axis b."""

    region: Region
    members: Bools
    """Who is in it (b, m)."""
    form: Ints
    """Index of the form (b,)."""
    host: Ints
    """Index of the one host, or `NOBODY` (b,)."""
    continues: Ints
    """Index of the partnership of today that it continues, or `NOBODY` (b,)."""

    def __len__(self) -> int:
        """How many bodies."""
        return len(self.form)

    def take(self, index: Ints | Bools) -> "Bodies":
        """Some of them."""
        return Bodies(self.region, self.members[index], self.form[index], self.host[index], self.continues[index])

    @cached_property
    def outside_members(self) -> Floats:
        """Members outside the region (b,): those of the partnership that it continues."""
        return self._of_today([p.outside.members for p in self.region.scenario.partnerships.values()])

    @cached_property
    def outside_inhabitants(self) -> Floats:
        """Their inhabitants (b,)."""
        return self._of_today([p.outside.inhabitants for p in self.region.scenario.partnerships.values()])

    def _of_today(self, values: Sequence[float]) -> Floats:
        table = np.array([*values, 0.0], dtype=float)
        return table[self.continues]

    @cached_property
    def inside(self) -> Floats:
        """Members in the region (b,)."""
        return self.members.sum(axis=1).astype(float)

    @cached_property
    def size(self) -> Floats:
        """Members inside and outside the region (b,)."""
        return self.inside + self.outside_members

    @cached_property
    def inhabitants(self) -> Floats:
        """Population served (b,)."""
        served: Floats = self.members @ self.region.population + self.outside_inhabitants
        return served

    @cached_property
    def staff(self) -> Floats:
        """Pooled staff per domain, fte (b, d)."""
        pooled: Floats = self.members @ self.region.staff
        return pooled + np.outer(self.outside_inhabitants, self.region.outside_staff)

    @cached_property
    def mean_trust(self) -> Floats:
        """Mean trust over all pairs of members, outside ones included (b,): formula (3)."""
        weights = self.members.astype(float)
        inside = ((weights @ self.region.trust) * weights).sum(axis=1) / 2
        away = self.outside_members
        others = self.region.scenario.trust.outside * (away * self.inside + away * (away - 1) / 2)
        pairs = self.size * (self.size - 1) / 2
        mean: Floats = (inside + others) / np.maximum(pairs, 1.0)
        return mean


def concatenate(parts: Sequence[Bodies]) -> Bodies:
    """One `Bodies` out of several of the same region."""
    first = parts[0]
    return Bodies(
        first.region,
        np.concatenate([p.members for p in parts]),
        np.concatenate([p.form for p in parts]),
        np.concatenate([p.host for p in parts]),
        np.concatenate([p.continues for p in parts]),
    )
