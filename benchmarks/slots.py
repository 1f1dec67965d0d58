"""Slots of the compact model: partnerships that may be used, and the curves that say what they do.

A curve is a list of points (x, y), straight between them.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from regie_opt.schema.form import Form
from regie_opt.schema.rules import Largest
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.burden import burden
from regie_opt.worth.region import Floats, Region, by_role
from regie_opt.worth.value import Worth

Curve = list[tuple[float, float]]
Terms = list[tuple[Any, float]]
"""Variables of PuLP with coefficients, to be added up."""

TYPICAL = 5
"""Members at which the forms of a domain are compared."""
PIECES = 8
"""Points of a curve after the first: enough to be within a few hundredths of a level."""


@dataclass(frozen=True)
class Slot:
    """A partnership that may be used."""

    form: int
    domains: tuple[int, ...]
    """Domains that it may carry."""
    host: int = NOBODY
    continues: int = NOBODY
    """Partnership of today that it continues."""


@dataclass
class Part:
    """The variables of one slot."""

    number: int
    slot: Slot
    used: Any
    members: list[Any]
    carries: dict[int, Any]
    whole: Any = None
    """Whether a partnership of today has exactly the members of today, which need not obey size, trust or borders."""
    work: dict[tuple[int, int], Any] = field(default_factory=dict)

    def free(self, times: float = 1.0) -> Terms:
        """What is taken off a row that does not hold for members exactly as they are today."""
        return [] if self.whole is None else [(self.whole, -times)]

    def members_sum(self) -> Terms:
        """How many municipalities are in it."""
        return [(z, 1.0) for z in self.members]


def slots(worth: Worth) -> list[Slot]:
    """Those of today that are decided on, with the work that they have; then new ones, see `compact`."""
    region, today = worth.region, worth.today
    forms = list(region.scenario.forms.values())
    listed = []
    for e in np.flatnonzero(~today.fixed & ~today.beside):
        form = int(today.bodies.form[e])
        domains = tuple(int(d) for d in np.flatnonzero(today.carried[e] & region.lawful[form]))
        if domains and forms[form].hosting != "mutual":
            listed.append(Slot(form, domains, int(today.bodies.host[e]), int(e)))
    chosen: dict[int, list[int]] = {}
    for d in np.flatnonzero(region.lawful.any(axis=0)):
        chosen.setdefault(_lightest(region, int(d)), []).append(int(d))
    for form, work in sorted(chosen.items()):
        if forms[form].hosting == "centre":
            hosts = [i for i, place in enumerate(region.places) if place.willing_host]
        else:
            hosts = [NOBODY] * (len(region.codes) // 2)
        listed += [Slot(form, tuple(work), host) for host in hosts]
    return listed


def _lightest(region: Region, domain: int) -> int:
    """The lawful form with the least burden at five members; mutual services would ask for a host per domain."""
    forms = list(region.scenario.forms.values())
    weight = by_role(region.scenario.burden.role_weight)

    def hours(f: int) -> float:
        return float((TYPICAL * by_role(forms[f].hours) + by_role(forms[f].host_hours)) @ weight)

    lawful = [f for f, form in enumerate(forms) if region.lawful[f, domain] and form.hosting != "mutual"]
    return min(lawful, key=hours)


def most_members(worth: Worth, slot: Slot) -> int:
    """Members in the region at most."""
    form = _form(worth, slot)
    limits = [r.members for r in worth.scenario.rules.values() if isinstance(r, Largest)]
    if form.largest is not None:
        limits.append(form.largest - away(worth, slot))
    return min([*limits, len(worth.region.codes)])


def away(worth: Worth, slot: Slot) -> int:
    """Members outside the region."""
    return 0 if slot.continues == NOBODY else worth.today.partnerships[slot.continues].outside.members


def _form(worth: Worth, slot: Slot) -> Form:
    return list(worth.scenario.forms.values())[slot.form]


def typical_trust(region: Region) -> float:
    """Mean trust between neighbours, who are the likeliest partners; between all where nobody has any."""
    pairs = region.borders if region.borders.any() else ~np.eye(len(region.codes), dtype=bool)
    return float(region.trust[pairs].mean()) if pairs.any() else 1.0


def hours_curve(worth: Worth, slot: Slot) -> Curve:
    """Weighted hours per year of all members for one domain, by members in the region; what today asks is exact."""
    region, form = worth.region, _form(worth, slot)
    asked, outside = region.scenario.burden, away(worth, slot)
    friction = 1 + by_role(asked.friction) * (1 - typical_trust(region))

    def hours(n: int) -> float:
        growth = np.maximum(0.0, 1 + by_role(asked.growth) * (n + outside - TYPICAL))
        return float(n * (by_role(form.hours) * growth * friction) @ by_role(asked.role_weight))

    top, factor = max(1, most_members(worth, slot)), 1.0
    if slot.continues != NOBODY:
        now = worth.today.bodies.take(np.array([slot.continues]))
        size = int(now.inside[0])
        top = max(top, size)
        further = further_share(worth, slot)
        if further * hours(size) > 0:
            factor = float(burden(now)[1][0]) / (further * hours(size))
    return [(float(n), factor * hours(n)) for n in range(top + 1)]


def further_share(worth: Worth, slot: Slot) -> float:
    """Share of the weighted hours that each domain after the first adds."""
    form, weight = _form(worth, slot), by_role(worth.scenario.burden.role_weight)
    all_hours = float(by_role(form.hours) @ weight)
    return float((by_role(form.hours) * by_role(form.further_domain)) @ weight) / all_hours if all_hours else 0.0


def host_hours(worth: Worth, slot: Slot) -> float:
    """Weighted hours per year of the one host."""
    weight = by_role(worth.scenario.burden.role_weight)
    return 0.0 if slot.host == NOBODY else float(by_role(_form(worth, slot).host_hours) @ weight)


def pool_curves(region: Region, domain: int, trust: float) -> dict[str, Curve]:
    """Level of each motive by what is pooled: staff, or inhabitants for cost and power."""
    own = list(region.scenario.domains.values())[domain]
    staff, people = region.staff[:, domain], region.population
    needed = own.specialists * own.fte_per_specialist
    fte, served = _points(staff), _points(people)
    covered = 1 - region.scenario.motives.unavailability ** (fte / own.functions)
    lowest = min(index for _, index in own.scale)
    scale = [(x, lowest / index) for x, index in own.scale]
    return {
        "vulnerability": list(zip(fte, covered, strict=True)),
        "quality": [(0.0, 0.0), (needed, 1.0), (max(2 * needed, fte[-1]), 1.0)],
        "cost": [(0.0, scale[0][1]), *scale, (scale[-1][0] + served[-1], scale[-1][1])],
        "power": list(zip(served, trust * served / (served + own.power_mass), strict=True)),
    }


def knowledge_curve(region: Region) -> Curve:
    """Level of knowledge by the sum of trust in partners."""
    trust = _points(region.trust[region.trust > 0])
    return [(float(t), float(1 - np.exp(-t / region.scenario.motives.knowledge_partners))) for t in trust]


def _points(single: Floats) -> Floats:
    """Nothing, then amounts from the least of one to that of all together, each as many times the one before."""
    least = max(float(single.min(initial=1.0)), 1e-3)
    return np.concatenate([[0.0], np.geomspace(least, max(float(single.sum()), 2 * least), PIECES)])
