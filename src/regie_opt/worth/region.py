"""A scenario as arrays: what every formula of worth is computed from.

Axes throughout: m municipalities, d domains, f forms, q motives (order of `MOTIVES`), r roles (order of `ROLES`).
Numbers in brackets are the formulas of docs/model.md.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from regie_opt.schema.defaults import spending_euro, staff_fte
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.municipality import Divisions
from regie_opt.schema.partnership import Relation
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours, RoleShares
from regie_opt.schema.text import folded

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

EARTH_RADIUS_KM = 6371.0


def by_role(hours: RoleHours | RoleShares) -> Floats:
    """Hours or shares by role as an array (r,)."""
    return np.array([getattr(hours, role) for role in ROLES], dtype=float)


@dataclass(frozen=True, eq=False)
class Region:
    """The arrays of one scenario; compared by identity, so that what follows from it can be cached."""

    scenario: Scenario

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Municipality codes, in the order of the region file: axis m."""
        return tuple(self.scenario.municipalities)

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """Domain keys: axis d."""
        return tuple(self.scenario.domains)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Form keys: axis f."""
        return tuple(self.scenario.forms)

    @cached_property
    def municipality_index(self) -> dict[str, int]:
        """Position of each code on axis m."""
        return {code: i for i, code in enumerate(self.codes)}

    @cached_property
    def domain_index(self) -> dict[str, int]:
        """Position of each domain on axis d."""
        return {key: i for i, key in enumerate(self.domains)}

    @cached_property
    def form_index(self) -> dict[str, int]:
        """Position of each form on axis f."""
        return {key: i for i, key in enumerate(self.forms)}

    def of_domains(self, attribute: str) -> Floats:
        """A number of every domain, (d,)."""
        return np.array([getattr(v, attribute) for v in self.scenario.domains.values()], dtype=float)

    def of_forms(self, attribute: str) -> Floats:
        """A number of every form, (f,)."""
        return np.array([getattr(v, attribute) for v in self.scenario.forms.values()], dtype=float)

    def of_municipalities(self, attribute: str) -> Floats:
        """A number of every municipality, (m,)."""
        values = self.scenario.municipalities.values()
        return np.array([getattr(v, attribute) for v in values], dtype=float)

    @cached_property
    def population(self) -> Floats:
        """Inhabitants (m,)."""
        return self.of_municipalities("population")

    @cached_property
    def staff(self) -> Floats:
        """Staff per municipality and domain, fte (m, d): formula (1)."""
        return np.array(
            [[staff_fte(self.scenario, code, key) for key in self.domains] for code in self.codes], dtype=float
        ).reshape(len(self.codes), len(self.domains))

    @cached_property
    def outside_staff(self) -> Floats:
        """Staff per inhabitant of a member outside the region, fte (d,): the region's own average."""
        return self.staff.sum(axis=0) / self.population.sum()

    @cached_property
    def spending(self) -> Floats:
        """Yearly spending per municipality and domain, euro (m, d)."""
        return np.array(
            [[spending_euro(self.scenario, code, key) for key in self.domains] for code in self.codes], dtype=float
        ).reshape(len(self.codes), len(self.domains))

    @cached_property
    def domain_weight(self) -> Floats:
        """How much each domain counts (d,)."""
        return self.of_domains("weight")

    @cached_property
    def portfolio(self) -> Ints:
        """Number of the portfolio that each domain is in (d,)."""
        keys = [v.portfolio for v in self.scenario.domains.values()]
        number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        return np.array([number[key] for key in keys], dtype=np.int64)

    @cached_property
    def stake(self) -> Floats:
        """How far each motive is at stake in each domain, times its weight and, but for cost, its appeal (q, d)."""
        domains = self.scenario.domains.values()
        relevance = np.array([[v.relevance.get(q, 0.0) for v in domains] for q in MOTIVES])
        appeal = np.array([[1.0 if q == "cost" else v.appeal for v in domains] for q in MOTIVES])
        weighted: Floats = relevance * appeal * self.domain_weight
        return weighted

    @cached_property
    def revealed(self) -> Floats:
        """What taking part today says of how much each municipality wants a domain (m, d); 1 where it says nothing."""
        wants, portfolio = self.scenario.wants, self.portfolio
        takes_part = np.zeros((len(self.codes), len(self.domains)), dtype=bool)
        for partnership in self.scenario.partnerships.values():
            known = [self.domain_index[key] for key in partnership.domains if key in self.domain_index]
            carried = [d for d in known if not self.statutory[d]]
            ids = [self.municipality_index[c] for c in partnership.members]
            if not partnership.beside and carried:
                takes_part[np.ix_(np.array(ids), np.flatnonzero(np.isin(portfolio, portfolio[carried])))] = True
        if not takes_part.any():
            return np.ones_like(self.staff)
        said = np.where(takes_part, wants.taking_part, wants.staying_out) ** wants.revealed
        said[:, self.statutory] = 1.0
        return said

    @cached_property
    def want(self) -> Floats:
        """Weight of each cell in each motive (q, m, d): what it wants x what is at stake x the domain's weight.

        What somebody filled in is taken for what is wanted, whatever today says.
        """
        want = np.zeros((len(MOTIVES), len(self.codes), len(self.domains)))
        for m, place in enumerate(self.places):
            for d, key in enumerate(self.domains):
                of_domain = place.domain_motives.get(key, {})
                for q, motive in enumerate(MOTIVES):
                    is_given = motive in place.motives or motive in of_domain
                    own = place.motives.get(motive, 1.0) * of_domain.get(motive, 1.0)
                    want[q, m, d] = own if is_given else self.revealed[m, d]
        weighted: Floats = want * self.stake[:, None, :]
        return weighted

    @cached_property
    def lawful(self) -> Bools:
        """Whether a form may carry a domain (f, d); statutory domains are not decided on."""
        return np.array(
            [
                [unlawful(form, domain) is None and not domain.statutory for domain in self.scenario.domains.values()]
                for form in self.scenario.forms.values()
            ],
            dtype=bool,
        ).reshape(len(self.forms), len(self.domains))

    @cached_property
    def distance_km(self) -> Floats:
        """Great-circle distance (m, m), km; infinite where a location is missing."""
        places = list(self.scenario.municipalities.values())
        lon = np.array([p.location.lon if p.location else np.nan for p in places])
        lat = np.array([p.location.lat if p.location else np.nan for p in places])
        km = great_circle_km(lon, lat)
        km = np.where(np.isnan(km), np.inf, km)
        np.fill_diagonal(km, 0.0)
        return km

    @cached_property
    def borders(self) -> Bools:
        """Who touches whom (m, m)."""
        touch = np.zeros((len(self.codes),) * 2, dtype=bool)
        for border in self.scenario.borders:
            i, j = (self.municipality_index[c] for c in border.between)
            touch[i, j] = touch[j, i] = True
        return touch

    @cached_property
    def shared_divisions(self) -> Floats:
        """Official divisions that two municipalities share (m, m); one that is not known counts in part."""
        prior, divisions = self.scenario.trust, [place.divisions for place in self.places]
        shared = np.zeros((len(self.codes),) * 2)
        for name in Divisions.model_fields:
            regions = [getattr(one, name) for one in divisions]
            given = np.array([region is not None for region in regions])
            number = {region: n for n, region in enumerate(dict.fromkeys(map(folded, filter(None, regions))))}
            at = np.array([-1 if region is None else number[folded(region)] for region in regions])
            shared += np.where(np.logical_and.outer(given, given), np.equal.outer(at, at), prior.unknown_division)
        return shared

    @cached_property
    def familiarity(self) -> Floats:
        """How well two municipalities know each other by what they share today (m, m): c of formula (2)."""
        prior, domains = self.scenario.trust, self.scenario.domains
        known = np.zeros((len(self.codes),) * 2)
        for partnership in self.scenario.partnerships.values():
            size = len(partnership.members) + partnership.outside.members
            is_imposed = all(key in domains and domains[key].statutory for key in partnership.domains)
            if 1 < size <= prior.largest_known and not is_imposed:
                ids = [self.municipality_index[c] for c in partnership.members]
                known[np.ix_(ids, ids)] += 1 / (size - 1)
        for relation in self.scenario.relations:
            if relation.familiarity is not None:
                i, j = (self.municipality_index[c] for c in relation.between)
                known[i, j] = known[j, i] = relation.familiarity
        np.fill_diagonal(known, 0.0)
        return known

    @cached_property
    def trust(self) -> Floats:
        """Trust between two municipalities, 0 to 1 (m, m), zero on the diagonal: formula (2)."""
        prior = self.scenario.trust
        past = np.zeros_like(self.familiarity)
        given = np.full_like(past, np.nan)
        for relation in self.scenario.relations:
            i, j = (self.municipality_index[c] for c in relation.between)
            past[i, j] = past[j, i] = _sign(relation) * prior.past
            if relation.trust is not None:
                given[i, j] = given[j, i] = relation.trust
        km = np.where(np.isfinite(self.distance_km), self.distance_km, prior.unknown_km)
        odds = (
            prior.constant
            + prior.distance * km / 10
            + prior.border * self.borders
            + prior.division * self.shared_divisions
            + prior.known * np.log1p(prior.known_scale * self.familiarity)
            + past
        )
        trust = np.where(np.isnan(given), expit(odds), given)
        np.fill_diagonal(trust, 0.0)
        return trust

    @cached_property
    def veto(self) -> Bools:
        """Who will not cooperate with whom (m, m)."""
        banned = np.zeros((len(self.codes),) * 2, dtype=bool)
        for relation in self.scenario.relations:
            if relation.veto:
                i, j = (self.municipality_index[c] for c in relation.between)
                banned[i, j] = banned[j, i] = True
        return banned

    @cached_property
    def board_hours(self) -> Floats:
        """College hours per year for governing cooperation (m,)."""
        default = self.scenario.burden.board_hours
        return np.array([default if p.board_hours is None else p.board_hours for p in self.places])

    @cached_property
    def host_capacity(self) -> Floats:
        """Most work for others, fte (m,): as given, else in proportion to own staff, and no less than today's."""
        own = self.scenario.money.capacity * self.staff[:, ~self.statutory].sum(axis=1)
        usual = np.maximum(own, self.hosted_today)
        given = np.array([np.nan if p.host_capacity is None else p.host_capacity for p in self.places])
        return np.where(np.isnan(given), usual, given)

    @cached_property
    def hosted_today(self) -> Floats:
        """Work that each municipality does for others in the region today, fte (m,)."""
        work = np.zeros(len(self.codes))
        for partnership in self.scenario.partnerships.values():
            for key in () if partnership.beside else partnership.domains:
                host = partnership.host_of(key)
                if host is not None and key in self.domain_index:
                    guests = [self.municipality_index[c] for c in partnership.members if c != host]
                    work[self.municipality_index[host]] += self.staff[guests, self.domain_index[key]].sum()
        return work

    @cached_property
    def statutory(self) -> Bools:
        """Domains in which cooperation is imposed by law (d,)."""
        return np.array([domain.statutory for domain in self.scenario.domains.values()], dtype=bool)

    @property
    def places(self) -> list[Any]:
        """The municipalities themselves, in the order of axis m."""
        return list(self.scenario.municipalities.values())

    def scale_index(self, inhabitants: Floats, at: Ints | slice = slice(None)) -> Floats:
        """Cost index of every domain, or of some, at a population served, (..., d) for (...): formula (9)."""
        served = np.log(np.maximum(inhabitants, 1.0))
        columns = []
        for d in np.arange(len(self.domains))[at]:
            points = np.array(self.scenario.domains[self.domains[d]].scale, dtype=float)
            columns.append(np.interp(served, np.log(points[:, 0]), points[:, 1]))
        return np.stack(columns, axis=-1)


def great_circle_km(lon: Floats, lat: Floats) -> Floats:
    """Distances on a sphere (m, m), km, between points in degrees (m,); nan where a point is."""
    x, y = np.radians(lon), np.radians(lat)
    half = np.sin((y[:, None] - y) / 2) ** 2 + np.cos(y[:, None]) * np.cos(y) * np.sin((x[:, None] - x) / 2) ** 2
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return km


def _sign(relation: Relation) -> int:
    return {None: 0, "success": 1, "failure": -1}[relation.past]
