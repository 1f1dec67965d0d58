"""The five motives: how far cooperation gives municipalities what they seek, 0 to 1 per cell."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.bodies import Bodies
from regie_opt.worth.region import Floats, Region

BESIDE_MOTIVES = ("knowledge", "power")
"""Motives that tables beside the work serve too."""


@dataclass(frozen=True)
class Pooled:
    """What a pool of municipalities could reach together if its form realised all of it."""

    bodies: Bodies

    @cached_property
    def vulnerability(self) -> Floats:
        """Chance that somebody is there for a function, (b, d): formula (7)."""
        return _covered(self.bodies.region, self.bodies.staff)

    @cached_property
    def quality(self) -> Floats:
        """Share of the specialist roles that the pool can staff, (b, d): formula (8)."""
        return _specialised(self.bodies.region, self.bodies.staff)

    @cached_property
    def cost(self) -> Floats:
        """Cost efficiency: lowest cost index over the index at this scale, (b, d): formula (9)."""
        return _efficiency(self.bodies.region, self.bodies.inhabitants)

    @cached_property
    def knowledge(self) -> Floats:
        """What each member can learn from its partners, (b, m), the same for every domain: formula (10)."""
        region = self.bodies.region
        partners = self.bodies.members @ region.trust
        partners = partners + (self.bodies.outside_members * region.scenario.trust.outside)[:, None]
        learned: Floats = 1 - np.exp(-partners / region.scenario.motives.knowledge_partners)
        return learned

    @cached_property
    def power(self) -> Floats:
        """Mass times unanimity, (b, d): formula (11)."""
        return _mass(self.bodies.region, self.bodies.inhabitants) * self.bodies.mean_trust[:, None]

    def reached(self, motive: str) -> Floats:
        """The pooled level, (b, m, d) or broadcastable to it."""
        level: Floats = getattr(self, motive)
        return level[:, :, None] if motive == "knowledge" else level[:, None, :]


def _covered(region: Region, staff: Floats) -> Floats:
    people = staff / region.of_domains("functions")
    covered: Floats = 1 - region.scenario.motives.unavailability**people
    return covered


def _specialised(region: Region, staff: Floats) -> Floats:
    needed = region.of_domains("specialists") * region.of_domains("fte_per_specialist")
    return np.minimum(1.0, staff / needed)


def _efficiency(region: Region, inhabitants: Floats) -> Floats:
    lowest = np.array([min(index for _, index in d.scale) for d in region.scenario.domains.values()])
    efficient: Floats = lowest / region.scale_index(inhabitants)
    return efficient


def _mass(region: Region, inhabitants: Floats) -> Floats:
    served = inhabitants[:, None]
    mass: Floats = served / (served + region.of_domains("power_mass"))
    return mass


@lru_cache(maxsize=8)
def alone(region: Region) -> Floats:
    """Satisfaction of every cell when the work is done alone, (q, m, d): formulas (7) to (11) for one."""
    level = {
        "vulnerability": _covered(region, region.staff),
        "quality": _specialised(region, region.staff),
        "cost": _efficiency(region, region.population),
        "knowledge": np.zeros_like(region.staff),
        "power": _mass(region, region.population),
    }
    return np.stack([level[q] for q in MOTIVES])


@lru_cache(maxsize=8)
def main_share(region: Region) -> Floats:
    """Part of each motive that the work itself gives, the rest being for tables beside it, (q,): formula (14)."""
    beside = region.scenario.motives.beside_share
    return np.array([1 - beside if q in BESIDE_MOTIVES else 1.0 for q in MOTIVES])


@lru_cache(maxsize=8)
def realises(region: Region) -> Floats:
    """Part of the pooled benefit that each form realises, (f, q)."""
    return np.array([[form.realises.get(q, 0.0) for q in MOTIVES] for form in region.scenario.forms.values()])


def satisfaction(bodies: Bodies) -> Floats:
    """Satisfaction of each member in each domain if the body carries it, (q, b, m, d): formula (12).

    Memory is q x b x m x d: for a plan, not for a million candidates (`gain` is for those).
    """
    region = bodies.region
    pooled = Pooled(bodies)
    base = alone(region)
    share = realises(region)[bodies.form]
    return np.stack(
        [
            base[q][None] + share[:, q][:, None, None] * (pooled.reached(motive) - base[q][None])
            for q, motive in enumerate(MOTIVES)
        ]
    )


def gain(bodies: Bodies) -> Floats:
    """Weighted satisfaction above alone, summed over members, if the body carries the domain, (q, b, d).

    The sum over members of `want` x (`satisfaction` - `alone`) without the member axis: formulas (12) and (13).
    """
    region = bodies.region
    pooled = Pooled(bodies)
    members = bodies.members.astype(float)
    base = alone(region)
    share = realises(region)[bodies.form] * main_share(region)
    gains = []
    for q, motive in enumerate(MOTIVES):
        want = region.want[q]
        if motive == "knowledge":
            reached = (members * pooled.knowledge) @ want
        else:
            reached = getattr(pooled, motive) * (members @ want)
        gains.append(share[:, q][:, None] * (reached - members @ (want * base[q])))
    return np.stack(gains)


def beside_gain(bodies: Bodies, carried: Floats, tables: Floats) -> Floats:
    """What tables beside the work add to knowledge and power, (q, b, m, d): formula (14).

    `carried` (b, d) says which domains each table is about, `tables` (m, d) how many tables of today share a
    cell: each counts for an equal part, so that satisfaction cannot pass 1 and tables do not depend on each other.
    """
    region = bodies.region
    pooled = Pooled(bodies)
    share = realises(region)[bodies.form] * (1 - main_share(region))
    cells = bodies.members[:, :, None] * carried[:, None, :] / np.maximum(tables, 1.0)
    return np.stack([share[:, q][:, None, None] * pooled.reached(motive) * cells for q, motive in enumerate(MOTIVES)])
