"""What a partnership brings, to the region and to each member: against alone, and against today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.explanation import (
    Against,
    Difference,
    Gains,
    MemberShare,
    MunicipalityTotals,
    Situation,
)
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import CriterionResult, Flows, MunicipalityResult, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours
from regie_opt.worth import Worth, today_plan
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.region import Floats
from regie_opt.worth.transition import exit_by_domain
from regie_opt.worth.yields import member_yields, yield_value

Criteria = Sequence[CriterionResult]


@dataclass(frozen=True, eq=False)
class Situations:
    """A plan beside today and everybody alone, all assessed by the same worth."""

    scenario: Scenario
    base: Scenario
    plan: tuple[PlannedPartnership, ...]
    """Complete."""

    @cached_property
    def worth(self) -> Worth:
        """Prices of the scenario."""
        return Worth(self.scenario, self.base)

    @cached_property
    def proposed(self) -> Assessor:
        """The plan."""
        return assessor(self.worth, self.plan)

    @cached_property
    def today(self) -> Assessor:
        """Today's network."""
        return assessor(self.worth, today_plan(self.scenario))

    @cached_property
    def alone(self) -> Assessor:
        """Nothing but what is fixed."""
        fixed = {key for key, f in zip(self.worth.today.keys, self.worth.today.fixed, strict=True) if f}
        return assessor(self.worth, [q for q in today_plan(self.scenario) if q.id in fixed])

    def without(self, plan: Iterable[PlannedPartnership], ids: Iterable[str]) -> Assessor:
        """A plan without some of its partnerships: their members alone, nothing else changed."""
        out = set(ids)
        return assessor(self.worth, [q for q in plan if q.id not in out])

    def replaced(self, q: PlannedPartnership) -> tuple[str, ...]:
        """Partnerships of today that do work in a cell of a partnership, or that it continues."""
        return tuple(
            key
            for key, now in self.scenario.partnerships.items()
            if key == q.continues
            or (
                not (now.beside or q.beside)
                and set(now.members) & set(q.members)
                and set(now.domains) & set(q.domains) - {UNKNOWN}
            )
        )

    def gains(self, q: PlannedPartnership) -> Gains:
        """What a partnership of the plan brings the region."""
        brings = against(self.proposed.criteria, self.without(self.plan, [q.id]).criteria)
        replaces = self.replaced(q)
        brought = against(self.today.criteria, self.without(today_plan(self.scenario), replaces).criteria)
        beyond = tuple(key for key in replaces if self._does_more(key, q))
        return Gains(alone=brings, today=less(brings, brought), replaces=replaces, beyond=beyond)

    def gains_of_today(self, key: str) -> Gains:
        """What a partnership of today brings today; what it brings more than today is nothing."""
        plan = today_plan(self.scenario)
        brings = against(self.today.criteria, self.without(plan, [key]).criteria)
        return Gains(alone=brings, today=less(brings, brings))

    def _does_more(self, key: str, q: PlannedPartnership) -> bool:
        now = self.scenario.partnerships[key]
        return not (set(now.members) <= set(q.members) and set(now.domains) <= set(q.domains))

    @cached_property
    def leaving(self) -> Floats:
        """What members pay for leaving partnerships of today, wholly or for some work, euro per year (e, m)."""
        paid = self.worth.exits.copy()
        by_domain = exit_by_domain(self.worth.region)
        placed = self.proposed.placed
        for p, q in enumerate(self.plan):
            if q.continues is None:
                continue
            e = self.worth.today.index[q.continues]
            stays, goes_on = placed.bodies.members[p], placed.carried[p]
            paid[e] -= np.where(stays, (by_domain[e] * goes_on).sum(axis=1), 0.0)
        paid[self.worth.today.fixed] = 0.0
        return np.where(np.abs(paid) < 1e-6, 0.0, paid)

    def setup(self, q: PlannedPartnership) -> Floats:
        """What each member pays for joining a partnership and for work that moves into it, euro per year (m,)."""
        region, now = self.worth.region, self.scenario.partnerships.get(q.continues or "")
        form, horizon = self.scenario.forms[q.form], self.scenario.money.horizon
        before = set(now.members) if now else set()
        paid = np.zeros(len(region.codes))
        for code in q.members:
            m, stays = region.municipality_index[code], code in before
            new = [d for d in q.domains if d != UNKNOWN and not (now and stays and d in now.domains)]
            hosts = form.hosting == "centre" and code in (q.hosts or {}).values()
            moves = 0.0 if hosts else float(region.staff[m, [region.domain_index[d] for d in new]].sum())
            paid[m] = ((0.0 if stays else form.setup) + form.move * moves) / horizon
        return paid

    def members(self, q: PlannedPartnership, *, in_today: bool = False) -> tuple[MemberShare, ...]:
        """What a partnership (of the plan, or of today) means for each of its members."""
        seen = self.today if in_today else self.proposed
        plan = today_plan(self.scenario) if in_today else self.plan
        p = [other.id for other in plan].index(q.id)
        region = self.worth.region
        replaces = [q.id] if in_today else self.replaced(q)
        at = [self.worth.today.index[key] for key in replaces]
        hours, before = seen.member_hours[p], self.today.member_hours[at].sum(axis=0)
        flows = seen.placed.flows(p, region.staff)
        yields = member_yields(seen)[:, p]
        points = 1000 * yield_value(self.worth, yields)
        setup = np.zeros(len(region.codes)) if in_today else self.setup(q)
        leaving = self.worth.exits[at].sum(axis=0) if in_today else self.leaving[at].sum(axis=0)
        shares = []
        for code in q.members:
            m = region.municipality_index[code]
            shares.append(
                MemberShare(
                    code=code,
                    hours=_role_hours(hours[m]),
                    hours_today=_role_hours(before[m]),
                    services=Flows(given=float(flows[m].sum()), received=float(flows[:, m].sum())),
                    setup=float(setup[m]),
                    leaving=float(leaving[m]),
                    motives={motive: float(yields[i, m]) for i, motive in enumerate(MOTIVES)},
                    points=float(points[m]),
                )
            )
        return tuple(shares)

    def totals(self, code: str) -> MunicipalityTotals:
        """One municipality alone, today and in the plan, with all that it is in."""
        m = self.worth.region.municipality_index[code]
        mine = [q for q in self.plan if code in q.members]
        shares = [next(share for share in self.members(q) if share.code == code) for q in mine]
        return MunicipalityTotals(
            code=code,
            alone=_situation(self.alone.municipalities()[m]),
            today=_situation(self.today.municipalities()[m]),
            proposed=_situation(self.proposed.municipalities()[m]),
            setup=float(sum(self.setup(q)[m] for q in mine)),
            leaving=float(self.leaving[:, m].sum()),
            partnerships=tuple(zip(mine, shares, strict=True)),
        )


def against(more: Criteria, fewer: Criteria) -> Against:
    """What there is more of in one assessment than in another, criterion by criterion."""
    criteria = tuple(
        Difference(
            key=a.key,
            unit=a.unit,
            weight=a.weight,
            amount=a.amount - b.amount,
            contribution=a.contribution - b.contribution,
            euro=_less(a.euro, b.euro),
        )
        for a, b in zip(more, fewer, strict=True)
    )
    return Against(value=sum(c.contribution for c in criteria), criteria=criteria)


def less(one: Against, other: Against) -> Against:
    """A difference less another one."""
    criteria = tuple(
        a.model_copy(
            update={
                "amount": a.amount - b.amount,
                "contribution": a.contribution - b.contribution,
                "euro": _less(a.euro, b.euro),
            }
        )
        for a, b in zip(one.criteria, other.criteria, strict=True)
    )
    return Against(value=one.value - other.value, criteria=criteria)


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _role_hours(hours: Floats) -> RoleHours:
    return RoleHours(**{role: max(0.0, float(hours[r])) for r, role in enumerate(ROLES)})


def _situation(result: MunicipalityResult) -> Situation:
    return Situation(
        hours=result.hours,
        motives=result.motives,
        services=result.reciprocity,
        partnerships=result.partnerships,
        overload=result.overload,
        saving=result.saving,
    )
