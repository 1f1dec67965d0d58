"""Bodies: partnerships before it is decided which domains they carry, as arrays (b)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from regie_opt.worth.region import Bools, Floats, Ints, Region

NOBODY = -1
"""Index for "no host" and "continues nothing"."""
MOST_CELLS = 2**23
"""Bodies times municipalities that are computed with at once: beyond that, numbers per member take too much memory."""


def slices(count: int, municipalities: int) -> Iterator[slice]:
    """Parts of a long table of member sets, each small enough to compute with; one where all is."""
    step = max(1, MOST_CELLS // max(1, municipalities))
    return (slice(first, first + step) for first in range(0, max(1, count), step))


def product(members: Bools, table: Floats) -> Floats:
    """Sum of what the members of each set have in a table, (b,) of (m,), (b, x) of (m, x)."""
    parts = [members[part] @ table for part in slices(*members.shape)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


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
    doubled: Bools | None = None
    """Which go on exactly as today beside others that do the work of some of their cells (b,); None for none."""
    looked_at: Ints | None = None
    """Domains that are looked at (d,), which is what the last axis of everything per domain then is; None for all."""

    def __len__(self) -> int:
        """How many bodies."""
        return len(self.form)

    def take(self, index: Ints | Bools) -> "Bodies":
        """Some of them."""
        doubled = None if self.doubled is None else self.doubled[index]
        return replace(
            self,
            members=self.members[index],
            form=self.form[index],
            host=self.host[index],
            continues=self.continues[index],
            doubled=doubled,
        )

    def parts(self) -> "list[Bodies]":
        """The same in parts small enough to compute with."""
        every = list(slices(*self.members.shape))
        return [self] if len(every) == 1 else [self.take(np.arange(len(self))[part]) for part in every]

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
        return product(self.members, self.region.population) + self.outside_inhabitants

    @cached_property
    def staff(self) -> Floats:
        """Pooled staff per domain, fte (b, d)."""
        pooled = product(self.members, self.region.staff[:, self.at])
        return pooled + np.outer(self.outside_inhabitants, self.region.outside_staff[self.at])

    @property
    def at(self) -> Ints | slice:
        """Where the domains that are looked at are among all."""
        return slice(None) if self.looked_at is None else self.looked_at

    @cached_property
    def mean_trust(self) -> Floats:
        """Mean trust over all pairs of members, outside ones included (b,): formula (3)."""
        parts = (self.members[part].astype(float) for part in slices(*self.members.shape))
        inside = np.concatenate([((part @ self.region.trust) * part).sum(axis=1) / 2 for part in parts])
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
        np.concatenate([np.zeros(len(p), dtype=bool) if p.doubled is None else p.doubled for p in parts]),
    )
