"""The partnerships of today: which are fixed, which stand beside the work, and what they carry."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.rules import End
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.region import Bools, Floats, Ints, Region


@dataclass(frozen=True, eq=False)
class Today:
    """Today's inventory as arrays. Axis e: the partnerships, in the order of the inventory."""

    region: Region

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Their keys."""
        return tuple(self.region.scenario.partnerships)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each key on axis e."""
        return {key: e for e, key in enumerate(self.keys)}

    @property
    def partnerships(self) -> list[Partnership]:
        """The partnerships themselves."""
        return list(self.region.scenario.partnerships.values())

    @cached_property
    def bodies(self) -> Bodies:
        """Each as a body that continues itself (e)."""
        region = self.region
        members = np.zeros((len(self.keys), len(region.codes)), dtype=bool)
        for e, partnership in enumerate(self.partnerships):
            members[e, [region.municipality_index[c] for c in partnership.members]] = True
        hosts = [NOBODY if p.host is None else region.municipality_index[p.host] for p in self.partnerships]
        forms = [region.form_index[p.form] for p in self.partnerships]
        return Bodies(
            region,
            members,
            np.array(forms, dtype=np.int64),
            np.array(hosts, dtype=np.int64),
            np.arange(len(self.keys)),
        )

    @cached_property
    def carried(self) -> Bools:
        """Domains that each is about (e, d); `unknown` is none."""
        table = np.zeros((len(self.keys), len(self.region.domains)), dtype=bool)
        for e, partnership in enumerate(self.partnerships):
            table[e, [self.region.domain_index[d] for d in partnership.domains if d != UNKNOWN]] = True
        return table

    @cached_property
    def hosts(self) -> Ints:
        """Who does the work of each domain in each, `NOBODY` where it carries none or has no host (e, d)."""
        table = np.full((len(self.keys), len(self.region.domains)), NOBODY, dtype=np.int64)
        for e, partnership in enumerate(self.partnerships):
            for domain in partnership.domains:
                host = partnership.host_of(domain)
                if domain != UNKNOWN and host is not None:
                    table[e, self.region.domain_index[domain]] = self.region.municipality_index[host]
        return table

    @cached_property
    def beside(self) -> Bools:
        """Which stand beside the work (e,)."""
        return np.array([p.beside for p in self.partnerships], dtype=bool)

    @cached_property
    def fixed(self) -> Bools:
        """Which are not decided on (e,): imposed by law, or nobody knows what they do and no rule ends them."""
        frozen = np.array([p.frozen for p in self.partnerships], dtype=bool)
        return frozen | ~(self.carried.any(axis=1) | self.ended) if len(self.keys) else frozen

    @cached_property
    def ended(self) -> Bools:
        """Which a rule ends (e,)."""
        rules = self.region.scenario.rules.values()
        return np.isin(self.keys, [r.partnership for r in rules if isinstance(r, End)])

    @cached_property
    def served_by(self) -> Ints:
        """Which other partnership of today does the work of a cell in the place of one, `NOBODY` for itself (e, m, d).

        Of several in a cell the fixed one does it, else the one with most staff in the domain, else the first; those
        that a rule ends do not count.
        """
        size = (len(self.keys), len(self.region.codes), len(self.region.domains))
        served = np.full(size, NOBODY, dtype=np.int64)
        work = np.flatnonzero(~self.beside & ~(self.ended & ~self.fixed))
        for d in range(size[2]):
            those = work[self.carried[work, d]]
            staff = self.bodies.take(those).staff[:, d] if len(those) else np.zeros(0)
            order = those[np.lexsort((those, -staff, ~self.fixed[those]))]
            for m in range(size[1]):
                at = order[self.bodies.members[order, m]]
                others = at[1:]
                served[others[~self.fixed[others]], m, d] = at[0] if len(at) else NOBODY
        return served

    @cached_property
    def elsewhere(self) -> Bools:
        """Cells of a partnership of today that another of today does the work of (e, m, d)."""
        return np.asarray(self.served_by != NOBODY)

    @cached_property
    def doubles(self) -> Bools:
        """Which have such cells (e,)."""
        return np.asarray(self.elsewhere.any(axis=(1, 2)))

    @cached_property
    def tables(self) -> Floats:
        """How many tables of today stand beside the work in each cell (m, d)."""
        at = self.beside[:, None, None] & self.bodies.members[:, :, None] & self.carried[:, None, :]
        count: Floats = at.sum(axis=0).astype(float)
        return count

    @cached_property
    def occupied(self) -> Bools:
        """Cells that fixed partnerships hold (m, d)."""
        main = self.fixed & ~self.beside
        at = main[:, None, None] & self.bodies.members[:, :, None] & self.carried[:, None, :]
        return np.asarray(at.any(axis=0))
