"""The five motives: how far cooperation gives municipalities what they seek, 0 to 1 per cell."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.bodies import Bodies, slices
from regie_opt.worth.region import Bools, Floats, Ints, Region
from regie_opt.worth.today import Today

ALL = slice(None)
BESIDE_MOTIVES = ("knowledge", "power")
"""Motives that tables beside the work serve too."""
OF_THE_WORK = ("vulnerability", "quality", "cost")
"""Motives that come from doing the work together, which trust must carry; the others have trust in them already."""


@dataclass(frozen=True)
class Pooled:
    """What a pool of municipalities could reach together if its form realised all of it."""

    bodies: Bodies

    @cached_property
    def vulnerability(self) -> Floats:
        """Chance that somebody is there for a function, (b, d): formula (7)."""
        return _covered(self.bodies.region, self.bodies.staff, self.bodies.at)

    @cached_property
    def quality(self) -> Floats:
        """Share of the specialist roles that the pool can staff, (b, d): formula (8)."""
        return _specialised(self.bodies.region, self.bodies.staff, self.bodies.at)

    @cached_property
    def index(self) -> Floats:
        """Cost index at this scale, (b, d): formula (9)."""
        return self.bodies.region.scale_index(self.bodies.inhabitants, self.bodies.at)

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
        """Mass times unanimity, no less than the largest member has by itself, (b, d): formula (11)."""
        region, bodies = self.bodies.region, self.bodies
        parts = (bodies.members[part] * region.population for part in slices(*bodies.members.shape))
        largest = np.concatenate([part.max(axis=1, initial=0.0) for part in parts])
        together = _mass(region, bodies.inhabitants, bodies.at) * bodies.mean_trust[:, None]
        return np.maximum(together, _mass(region, largest, bodies.at))

    @cached_property
    def carried_over(self) -> Floats:
        """Part of what the pool brings to the work that trust lets through, (b,): formula (12)."""
        carried: Floats = 1 - self.bodies.region.scenario.trust.reliance * (1 - self.bodies.mean_trust)
        return carried

    def share(self, motive: str) -> Floats:
        """Part of the pooled benefit that each body realises, (b,): formula (12)."""
        form: Floats = realises(self.bodies.region)[self.bodies.form, MOTIVES.index(motive)]
        return form * self.carried_over if motive in OF_THE_WORK else form

    def reached(self, motive: str) -> Floats:
        """The pooled level, (b, m, d) or broadcastable to it."""
        level: Floats = _efficiency(self.bodies.region, self.index) if motive == "cost" else getattr(self, motive)
        return level[:, :, None] if motive == "knowledge" else level[:, None, :]


def _covered(region: Region, staff: Floats, at: Ints | slice = ALL) -> Floats:
    people = staff / region.of_domains("functions")[at]
    covered: Floats = 1 - region.scenario.motives.unavailability**people
    return covered


def _specialised(region: Region, staff: Floats, at: Ints | slice = ALL) -> Floats:
    needed = (region.of_domains("specialists") * region.of_domains("fte_per_specialist"))[at]
    return np.minimum(1.0, staff / needed)


def _efficiency(region: Region, index: Floats) -> Floats:
    lowest = np.array([min(index for _, index in d.scale) for d in region.scenario.domains.values()])
    efficient: Floats = lowest / index
    return efficient


def _mass(region: Region, inhabitants: Floats, at: Ints | slice = ALL) -> Floats:
    served = inhabitants[:, None]
    mass: Floats = served / (served + region.of_domains("power_mass")[at])
    return mass


@lru_cache(maxsize=8)
def alone(region: Region) -> Floats:
    """Satisfaction of every cell when the work is done alone, (q, m, d): formulas (7) to (11) for one."""
    level = {
        "vulnerability": _covered(region, region.staff),
        "quality": _specialised(region, region.staff),
        "cost": _efficiency(region, alone_index(region)),
        "knowledge": np.zeros_like(region.staff),
        "power": _mass(region, region.population),
    }
    return np.stack([level[q] for q in MOTIVES])


@lru_cache(maxsize=8)
def alone_index(region: Region) -> Floats:
    """Cost index of every cell when the work is done alone, (m, d): formula (9) for one."""
    return region.scale_index(region.population)


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
    region, pooled, base = bodies.region, Pooled(bodies), alone(bodies.region)
    levels = []
    for q, motive in enumerate(MOTIVES):
        if motive == "cost":
            levels.append(_efficiency(region, index_in(bodies)))
        else:
            share = pooled.share(motive)[:, None, None]
            levels.append(base[q][None] + share * (pooled.reached(motive) - base[q][None]))
    return np.stack(levels)


def index_in(bodies: Bodies) -> Floats:
    """Cost index of each member in each domain if the body carries it, (b, m, d): formula (12)."""
    pooled, own = Pooled(bodies), alone_index(bodies.region)
    index: Floats = own + pooled.share("cost")[:, None, None] * (pooled.index[:, None, :] - own)
    return index


@lru_cache(maxsize=8)
def euros(region: Region) -> Floats:
    """Running cost of each cell when it is done alone, weighed by how much cost matters there, euro (m, d)."""
    weighed: Floats = region.want[MOTIVES.index("cost")] * region.spending
    return weighed


def gain(bodies: Bodies) -> Floats:
    """What each domain brings the members above alone if the body carries it, (q, b, d): formulas (12) and (13).

    Weighted satisfaction, for `cost` weighted euros: sums over members without the member axis.
    """
    region, at = bodies.region, bodies.at
    pooled, want, euro = Pooled(bodies), region.want[:, :, at], euros(region)[:, at]
    cost = MOTIVES.index("cost")
    # What members bring together, for all motives in one product: what they want, and what they have of it alone.
    wanted, had = want.copy(), want * alone(region)[:, :, at]
    wanted[cost], had[cost] = euro / alone_index(region)[:, at], euro
    columns = np.concatenate([*wanted, *had], axis=1)
    sums = (bodies.members.astype(float) @ columns).reshape(len(bodies), 2, len(MOTIVES), euro.shape[1])
    gains = []
    for q, motive in enumerate(MOTIVES):
        if not wanted[q].any():
            gains.append(np.zeros((len(bodies), euro.shape[1])))
            continue
        if motive == "cost":
            saved = sums[:, 1, q] - pooled.index * sums[:, 0, q]
        elif motive == "knowledge":
            saved = (bodies.members * pooled.knowledge) @ want[q] - sums[:, 1, q]
        else:
            saved = getattr(pooled, motive) * sums[:, 0, q] - sums[:, 1, q]
        gains.append(pooled.share(motive)[:, None] * main_share(region)[q] * saved)
    found = np.stack(gains)
    if bodies.doubled is not None and bodies.doubled.any():
        twice = np.flatnonzero(bodies.doubled)
        found[:, twice] -= _gain_elsewhere(replace(bodies.take(twice), looked_at=None))[:, :, at]
    return found


def _gain_elsewhere(bodies: Bodies) -> Floats:
    """What `gain` counts in cells that others do the work of, (q, b, d)."""
    region, cost = bodies.region, MOTIVES.index("cost")
    above = satisfaction(bodies) - alone(region)[:, None]
    above *= (region.want * main_share(region)[:, None, None])[:, None]
    above[cost] = euros(region) * (1 - index_in(bodies) / alone_index(region))
    counted: Floats = (above * _elsewhere(region)[bodies.continues]).sum(axis=2)
    return counted


@lru_cache(maxsize=8)
def _elsewhere(region: Region) -> Bools:
    return Today(region).elsewhere


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
