"""The overview of today: every partnership and municipality, what it asks and yields, and the patterns in it."""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from regie_opt.insight import fit, network, overlap
from regie_opt.insight.today import Network
from regie_opt.schema.overview import Finding, MunicipalityNow, Overview, PartnershipNow, Reference
from regie_opt.schema.plan import Flows
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours
from regie_opt.worth.burden import by_month
from regie_opt.worth.region import Bools, Floats


def overview(now: Network, sha256: str, municipality: str | None = None) -> Overview:
    """All of it for the region, or for the municipality with this code."""
    codes = now.region.codes
    at = np.array([municipality in (None, code) for code in codes], dtype=bool)
    places = _municipalities(now)
    shown = tuple(place for place, here in zip(places, at, strict=True) if here)
    return Overview(
        scenario=now.scenario.name,
        variant=now.scenario.variant,
        sha256=sha256,
        municipality=municipality,
        compared_with=None,
        partnerships=tuple(_partnerships(now, at)),
        municipalities=shown,
        hours_by_month=by_month(now.scenario.burden, now.hours[:, at].sum(axis=(0, 1))),
        references=tuple(_references(now, shown, at)),
        findings=tuple(_concerning(findings(now), municipality)),
    )


def findings(now: Network) -> list[Finding]:
    """Every pattern, each with the source of its rule of thumb."""
    found = chain(
        overlap.identical(now),
        overlap.nested(now),
        overlap.served_twice(now),
        fit.poor(now),
        fit.excess(now),
        fit.white_spots(now),
        fit.motives(now),
        network.patterns(now),
    )
    return [_sourced(now, finding) for finding in found]


def _sourced(now: Network, finding: Finding) -> Finding:
    if finding.rule is None:
        return finding
    sources = now.rules.sources
    return finding.model_copy(update={"source": sources.get(finding.rule, sources.get("*"))})


def _concerning(found: Iterable[Finding], municipality: str | None) -> Iterable[Finding]:
    """Findings about one municipality; those about the network as a whole name nobody, and stay."""
    for finding in found:
        if municipality is None or not finding.municipalities or municipality in finding.municipalities:
            yield finding


def _partnerships(now: Network, at: Bools) -> Iterable[PartnershipNow]:
    known = np.asarray(now.assessor.placed.carried.any(axis=1))
    for p, (key, partnership) in enumerate(now.scenario.partnerships.items()):
        if not (now.members[p] & at).any():
            continue
        hours = now.hours[p, at].sum(axis=0)
        worth = float(now.worth[p, at].sum())
        yield PartnershipNow(
            key=key,
            name=partnership.name,
            form=partnership.form,
            formal=bool(now.formal[p]),
            frozen=partnership.frozen,
            beside=partnership.beside,
            domains=partnership.domains,
            members=partnership.members,
            outside=partnership.outside.members,
            hours=_by_role(hours),
            contribution=None if np.isnan(now.contributions[p]).any() else float(now.contributions[p, at].sum()),
            yields={q: float(now.yields[i, p, at].sum()) for i, q in enumerate(MOTIVES)},
            worth=worth,
            worth_per_100_hours=100 * worth / float(hours.sum()) if known[p] and hours.sum() > 0 else None,
        )


def _municipalities(now: Network) -> list[MunicipalityNow]:
    hours, flows = now.hours.sum(axis=0), now.assessor.flows
    alike, central, tied = network.congruences(now), network.centralities(now), network.partners(now)
    community = {m: i for i, group in enumerate(network.communities(now), start=1) for m in group}
    result = []
    for m, (code, place) in enumerate(now.scenario.municipalities.items()):
        seats = place.council_seats or _seats(now, place.population)
        college = place.college_members or 1 + max(2, round(now.rules.aldermen * seats))
        result.append(
            MunicipalityNow(
                code=code,
                formal=int(now.members[now.formal, m].sum()),
                informal=int(now.members[~now.formal, m].sum()),
                partners=int(tied[m]),
                hours=_by_role(hours[m]),
                college_members=college,
                council_seats=seats,
                hours_per_college_member=float(hours[m, ROLES.index("college")]) / college,
                hours_per_councillor=float(hours[m, ROLES.index("council")]) / seats,
                contribution=float(np.nansum(now.contributions[:, m])),
                worth=float(now.worth[:, m].sum()),
                services=Flows(given=float(flows[m].sum()), received=float(flows[:, m].sum())),
                congruence=float(alike[m]) if np.isfinite(alike[m]) else None,
                centrality=float(central[m]),
                community=community[m],
            )
        )
    return result


def _seats(now: Network, population: int) -> int:
    steps = now.rules.council_seats
    return int(next((seats for most, seats in steps if population <= most), steps[-1][1]))


def _by_role(hours: Floats) -> RoleHours:
    return RoleHours(**{role: float(hours[r]) for r, role in enumerate(ROLES)})


def _references(now: Network, places: Sequence[MunicipalityNow], at: Bools) -> Iterable[Reference]:
    """Figures per municipality, and of the partnerships of those municipalities, beside the national ones."""
    rules = now.rules

    def one(key: str, here: float, national: float | tuple[float, float, float], source: str) -> Reference:
        low, middle, high = national if isinstance(national, tuple) else (None, national, None)
        unit = type(rules).model_fields[source].json_schema_extra
        told = rules.sources.get(source, rules.sources.get("*", ""))
        name = str(unit["unit"]) if isinstance(unit, dict) else ""
        return Reference(key=key, here=here, national=middle, low=low, high=high, unit=name, source=told)

    def mean(values: Iterable[float]) -> float:
        given = list(values)
        return sum(given) / len(given) if given else 0.0

    formal = [p for p in np.flatnonzero(now.formal) if (now.members[p] & at).any()]
    size = now.assessor.placed.bodies.size
    yield one("arrangements", mean(m.formal for m in places), rules.arrangements, "arrangements")
    yield one("cooperations", mean(m.formal + m.informal for m in places), rules.cooperations, "cooperations")
    yield one("members", float(np.median(size[formal])) if formal else 0.0, rules.members, "members")
    yield one("partners", mean(m.partners for m in places), rules.partners, "partners")
    alike = [m.congruence for m in places if m.congruence is not None]
    yield one("congruence", mean(alike), rules.congruence, "congruence")
    same = {p for group in overlap.identical_sets(now).values() for p in group}
    share = mean(float(p in same) for p in formal)
    yield one("identical", share, rules.identical, "identical")
    for role in ROLES:
        yield one(role, mean(getattr(m.hours, role) for m in places), getattr(rules.hours, role), "hours")
