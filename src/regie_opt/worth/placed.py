"""A plan as arrays: its partnerships with the domains and hosts that they really have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.going_on import as_now
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.today import Today


@dataclass(frozen=True, eq=False)
class Placed:
    """The partnerships of a plan. Axis p."""

    today: Today
    bodies: Bodies
    carried: Bools
    """Domains that each is about (p, d)."""
    beside: Bools
    """Which stand beside the work (p,)."""
    hosts: tuple[dict[int, int], ...]
    """Host of each domain that one member does for the others, per partnership."""

    @classmethod
    def of(cls, today: Today, planned: Sequence[PlannedPartnership]) -> "Placed":
        """A plan's partnerships as arrays; every code and key must be known (see `complete_plan`)."""
        region, now = today.region, today.region.scenario.partnerships
        members = np.zeros((len(planned), len(region.codes)), dtype=bool)
        carried = np.zeros((len(planned), len(region.domains)), dtype=bool)
        hosts: list[dict[int, int]] = []
        host = np.full(len(planned), NOBODY, dtype=np.int64)
        continues = np.full(len(planned), NOBODY, dtype=np.int64)
        for p, partnership in enumerate(planned):
            members[p, [region.municipality_index[c] for c in partnership.members]] = True
            carried[p, [region.domain_index[d] for d in partnership.domains if d != UNKNOWN]] = True
            named = {
                region.domain_index[d]: region.municipality_index[c]
                for d, c in sorted((partnership.hosts or {}).items())
                if d != UNKNOWN
            }
            hosts.append(named)
            if region.scenario.forms[partnership.form].hosting == "centre" and partnership.hosts:
                host[p] = region.municipality_index[next(iter(partnership.hosts.values()))]
            if partnership.continues is not None:
                continues[p] = today.index[partnership.continues]
        form = np.array([region.form_index[q.form] for q in planned], dtype=np.int64)
        beside = np.array([q.beside for q in planned], dtype=bool)
        bodies = Bodies(region, members, form, host, continues)
        exact = np.array([q.continues is not None and as_now(q, now[q.continues]) for q in planned], dtype=bool)
        at = ~beside[:, None, None] & members[:, :, None] & carried[:, None, :]
        bodies = replace(bodies, doubled=_doubled(today, continues, exact, at))
        return cls(today, bodies, carried, beside, tuple(hosts))

    @cached_property
    def domain_count(self) -> Floats:
        """Domains that each is about, at least one for the burden (p,)."""
        return np.maximum(self.carried.sum(axis=1), 1).astype(float)

    @cached_property
    def main(self) -> Bools:
        """Which cells the work of each is in (p, m, d)."""
        at: Bools = ~self.beside[:, None, None] & self.bodies.members[:, :, None] & self.carried[:, None, :]
        if self.bodies.doubled is not None and self.bodies.doubled.any():
            at &= ~(self.bodies.doubled[:, None, None] & self.today.elsewhere[self.bodies.continues])
        return at

    def flows(self, p: int, need: Floats) -> Floats:
        """Service in one partnership (m, m): what each host does for the others."""
        members = self.bodies.members[p]
        flows = np.zeros((len(members), len(members)))
        if not self.beside[p]:
            for domain, host in self.hosts[p].items():
                guests = members.copy()
                guests[host] = False
                flows[host, guests] += need[guests, domain]
        return flows

    def is_mutual(self, p: int) -> bool:
        """Whether a partnership is mutual services."""
        form = self.today.region.forms[self.bodies.form[p]]
        return self.today.region.scenario.forms[form].hosting == "mutual"


def _doubled(today: Today, continues: Ints, exact: Bools, at: Bools) -> Bools:
    """Which partnerships of a plan go on exactly as today beside others that do the work of all cells they share (p,).

    Given what each continues (p,), which are as today (p,) and the cells that each has (p, m, d).
    """
    doubled = np.zeros(len(continues), dtype=bool)
    place = {key: p for p, key in enumerate(continues.tolist()) if key != NOBODY}
    for p in np.flatnonzero(exact & np.append(today.doubles, False)[continues]):
        served_by = today.served_by[continues[p]]
        mains = np.unique(served_by[served_by != NOBODY]).tolist()
        doubled[p] = all(main in place and at[place[main]][served_by == main].all() for main in mains)
    return doubled
