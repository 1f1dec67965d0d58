"""Burden (bestuurlijke en ambtelijke drukte): hours that go to governing cooperation.

A body costs its base hours once; every domain after the first adds a share of them. So that both parts stay
additive, the base below is the base minus one further domain, and every domain adds one.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from regie_opt.schema.parameters import Burden
from regie_opt.schema.strict import ROLES
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.region import Bools, Floats, Region, by_role


@dataclass(frozen=True)
class Hours:
    """Hours per year of bodies, per member and role: formula (4)."""

    base: Floats
    """Per member, before any domain (b, r)."""
    per_domain: Floats
    """Per member, for each domain (b, r)."""
    host_base: Floats
    """For the one host, on top (b, r)."""
    host_per_domain: Floats
    """For the host of each domain in mutual services, on top (b, r)."""


def hours(bodies: Bodies) -> Hours:
    """Hours that bodies ask of each member, by role: formula (4)."""
    region = bodies.region
    factor, instead = _measured(region)
    model = _full(bodies) * factor[bodies.continues] + instead[bodies.continues]
    further = _of_forms(region, "further_domain")[bodies.form]
    host_hours = _of_forms(region, "host_hours")[bodies.form]
    mutual = np.array([f.hosting == "mutual" for f in region.scenario.forms.values()])[bodies.form][:, None]
    return Hours(
        base=model * (1 - further),
        per_domain=model * further,
        host_base=host_hours * (bodies.host != NOBODY)[:, None],
        host_per_domain=host_hours * mutual,
    )


def _full(bodies: Bodies) -> Floats:
    """Hours per member with one domain, (b, r)."""
    burden = bodies.region.scenario.burden
    base = _of_forms(bodies.region, "hours")[bodies.form]
    growth = 1 + np.outer(bodies.size - 5, by_role(burden.growth))
    friction = 1 + np.outer(1 - bodies.mean_trust, by_role(burden.friction))
    full: Floats = base * np.maximum(growth, 0.0) * friction
    return full


@lru_cache(maxsize=16)
def _of_forms(region: Region, attribute: str) -> Floats:
    """Hours, or shares, of every form by role (f, r)."""
    return np.array([by_role(getattr(form, attribute)) for form in region.scenario.forms.values()])


@lru_cache(maxsize=8)
def _measured(region: Region) -> tuple[Floats, Floats]:
    """What measured hours make of the hours that are modelled, both (e + 1, r); the last row is for new ones.

    Measured over modelled hours of each partnership of today; and where none are modelled, so that no factor tells
    them, the measured hours themselves, with one domain.
    """
    factors = np.ones((len(region.scenario.partnerships) + 1, len(ROLES)))
    instead = np.zeros_like(factors)
    for e, partnership in enumerate(region.scenario.partnerships.values()):
        if partnership.hours is not None:
            today = _today_body(region, e)
            domains = len([d for d in partnership.domains if d in region.domain_index]) or 1
            work = 1 + _of_forms(region, "further_domain")[today.form[0]] * (domains - 1)
            modelled, given = _full(today)[0] * work, by_role(partnership.hours)
            factors[e] = np.where(modelled > 0, given / np.where(modelled > 0, modelled, 1.0), 1.0)
            instead[e] = np.where(modelled > 0, 0.0, given / work)
    return factors, instead


def _today_body(region: Region, e: int) -> Bodies:
    partnership = list(region.scenario.partnerships.values())[e]
    members = np.zeros((1, len(region.codes)), dtype=bool)
    members[0, [region.municipality_index[c] for c in partnership.members]] = True
    form = np.array([region.form_index[partnership.form]])
    return Bodies(region, members, form, np.array([NOBODY]), np.array([e]))


def burden(bodies: Bodies) -> tuple[Floats, Floats]:
    """Weighted hours of bodies before domains (b,) and for each domain of weight 1 (b,): formula (5)."""
    return weighted(bodies, hours(bodies))


def weighted(bodies: Bodies, asked: Hours) -> tuple[Floats, Floats]:
    """The burden of bodies that ask these hours."""
    weight = by_role(bodies.region.scenario.burden.role_weight)
    members = bodies.inside[:, None]
    base: Floats = (members * asked.base + asked.host_base) @ weight
    each: Floats = (members * asked.per_domain + asked.host_per_domain) @ weight
    return base, each


def counted_domains(region: Region, carried: Bools) -> Floats:
    """Domains that count for the burden of a partnership, by weight (b,); one where nobody knows any, (b, d) in."""
    weighted: Floats = carried @ region.domain_weight
    return np.where(carried.any(axis=1), weighted, 1.0)


def by_month(burden: Burden, hours: Floats) -> dict[str, tuple[float, ...]]:
    """Hours by role (r,) over January to December."""
    return {
        role: tuple(float(hours[r]) * share for share in getattr(burden, f"calendar_{role}"))
        for r, role in enumerate(ROLES)
    }
