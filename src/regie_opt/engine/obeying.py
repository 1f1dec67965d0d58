"""Which rules a plan breaks, and what law, vetoes and forms have against it: for plans that no solve has made."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal, Protocol

import numpy as np

from regie_opt.engine.candidates import MOST_MUTUAL, allowed_domains
from regie_opt.engine.held import refuse_unheld
from regie_opt.engine.limits import breaks_limit
from regie_opt.engine.member_sets import has_grown, is_connected
from regie_opt.engine.overload import COLLEGE
from regie_opt.engine.scopes import Scopes
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.plan import Breach, PlannedPartnership
from regie_opt.schema.rules import (
    Alone,
    Apart,
    BoardHours,
    Contiguity,
    Distance,
    End,
    Forms,
    HostCapacity,
    Keep,
    Largest,
    LeastTrust,
    Limit,
    MostChanges,
    MostPartnerships,
    Rule,
    Together,
    Untouched,
    Without,
)
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.going_on import as_now
from regie_opt.worth.placed import Placed
from regie_opt.worth.value import Worth

SLACK = 1e-6
"""Hours or fte above a limit that count as none: the solvers' own tolerance."""

Plan = Sequence[PlannedPartnership]

Kind = Literal["veto", "law", "host", "members", "trust", "portfolio", "idle"]


class _Somewhere(Protocol):
    @property
    def domains(self) -> tuple[str, ...] | None: ...


@dataclass(frozen=True, eq=False)
class Obeying:
    """The rules of a scenario, to hold plans against."""

    worth: Worth

    def broken(self, plan: Plan, seen: Assessor | None = None) -> tuple[str, ...]:
        """Names of the rules that a complete plan breaks, in the order of the scenario; `seen` is its assessment.

        Raises `UnheldRule` for a kind of rule that nothing is held to.
        """
        return tuple(breach.rule for breach in self._rules_broken(plan, seen) if breach.rule is not None)

    def breaches(self, plan: Plan, seen: Assessor | None = None) -> tuple[Breach, ...]:
        """Everything that makes a network no plan that `solve` could propose: rules, vetoes, law, forms, cells."""
        work = [q for q in plan if not q.beside and not self._is_fixed(q)]
        nature = [breach for q in work for breach in self.impossible(q)]
        return (*self._rules_broken(plan, seen), *nature, *self._twice(plan, seen))

    def impossible(self, q: PlannedPartnership) -> Iterator[Breach]:
        """What law, vetoes and the form itself have against a partnership that does work, whatever the rules."""
        scenario, form, region = self.worth.scenario, self.worth.scenario.forms[q.form], self.worth.region
        now = self._now(q)
        away = now.outside.members if now else 0

        def breach(kind: Kind, municipalities: Iterable[str] = (), domain: str | None = None) -> Breach:
            return Breach(kind=kind, partnerships=(q.id,), municipalities=tuple(municipalities), domain=domain)

        for key in q.domains:
            domain = scenario.domains.get(key)
            if domain is not None and (domain.statutory or unlawful(form, domain) is not None):
                yield breach("law", domain=key)
        for i, j in self._pairs(q):
            if region.veto[i, j]:
                yield breach("veto", (region.codes[i], region.codes[j]))
        too_many = form.largest is not None and len(q.members) + away > form.largest and self._is_newly_shaped(q)
        unlisted = form.hosting == "mutual" and len(q.members) > MOST_MUTUAL and not self._is_as_today(q)
        if too_many or unlisted:
            yield breach("members")
        for host in sorted(self._taken_on(q)):
            if not scenario.municipalities[host].willing_host:
                yield breach("host", (host,))
        if form.hosting == "mutual" and not self._is_as_today(q):
            idle = [code for code in q.members if code not in (q.hosts or {}).values()]
            if idle:
                yield breach("idle", idle)
        if self._is_newly_shaped(q):
            distrusted = self._distrusted(q)
            if distrusted:
                yield breach("trust", distrusted)
        if not self._is_in_scope(q):
            yield breach("portfolio")

    def _rules_broken(self, plan: Plan, seen: Assessor | None) -> Iterator[Breach]:
        rules = self.worth.scenario.rules
        refuse_unheld(rules)
        seen = seen or assessor(self.worth, plan)
        work = [q for q in plan if not q.beside and not self._is_fixed(q)]
        for name, rule in rules.items():
            alone = tuple(q.id for q in work if self._breaks(rule, q))
            if alone or self._broken_by(rule, plan, seen):
                yield Breach(kind="rule", rule=name, partnerships=alone)

    def _twice(self, plan: Plan, seen: Assessor | None) -> Iterator[Breach]:
        """Domains that a municipality has in two partnerships, once for every two of these; not what is so today."""
        main = (seen or assessor(self.worth, plan)).placed.main
        region = self.worth.region
        holder: dict[tuple[str, str], str] = {}
        shared: dict[tuple[str, str, str], list[str]] = {}
        for p, q in enumerate(plan):
            for domain in () if q.beside else q.domains:
                for code in q.members if domain != UNKNOWN else ():
                    if not main[p, region.municipality_index[code], region.domain_index[domain]]:
                        continue
                    first = holder.setdefault((code, domain), q.id)
                    if first != q.id:
                        shared.setdefault((first, q.id, domain), []).append(code)
        for (first, second, domain), codes in shared.items():
            yield Breach(kind="twice", partnerships=(first, second), municipalities=tuple(codes), domain=domain)

    def _now(self, q: PlannedPartnership) -> Partnership | None:
        return self.worth.scenario.partnerships.get(q.continues or "")

    def _is_fixed(self, q: PlannedPartnership) -> bool:
        today = self.worth.today
        return q.continues is not None and bool(today.fixed[today.index[q.continues]])

    def _is_newly_shaped(self, q: PlannedPartnership) -> bool:
        """Whether its member set is another one than that of the partnership it continues."""
        now = self._now(q)
        return now is None or set(now.members) != set(q.members)

    def _is_as_today(self, q: PlannedPartnership) -> bool:
        now = self._now(q)
        return now is not None and as_now(q, now)

    def _taken_on(self, q: PlannedPartnership) -> set[str]:
        """Who does work for others in it that it does not do today: the host of a centre goes on for all of it."""
        now = self._now(q)
        if now is not None and self.worth.scenario.forms[q.form].hosting == "centre":
            return set()
        return {host for d, host in (q.hosts or {}).items() if now is None or now.host_of(d) != host}

    def _pairs(self, q: PlannedPartnership) -> list[tuple[int, int]]:
        return list(combinations([self.worth.region.municipality_index[c] for c in q.members], 2))

    def _distrusted(self, q: PlannedPartnership) -> tuple[str, ...]:
        """Members between whom there is too little trust for the form: with the one host, or on average."""
        region, form = self.worth.region, self.worth.scenario.forms[q.form]
        pairs = self._pairs(q)
        if form.hosting == "centre" and q.hosts:
            host = region.municipality_index[next(iter(q.hosts.values()))]
            wary = [
                max((i, j), key=lambda m: m != host)
                for i, j in pairs
                if host in (i, j) and region.trust[i, j] < form.least_trust
            ]
            return tuple(region.codes[m] for m in sorted(wary))
        mean = sum(float(region.trust[i, j]) for i, j in pairs) / len(pairs) if pairs else 1.0
        return q.members if mean < form.least_trust else ()

    def _is_in_scope(self, q: PlannedPartnership) -> bool:
        """Whether its domains are of one portfolio, or what else its form or what it continues may bundle."""
        scopes, region = self.scopes, self.worth.region
        carried = np.isin(region.domains, q.domains)
        if q.continues is not None:
            return bool((carried <= scopes.domains[scopes.of_today(self.worth.today.index[q.continues])]).all())
        f = region.form_index[q.form]
        if carried.sum() < self.worth.scenario.forms[q.form].least_domains:
            return False
        possible = scopes.domains[scopes.of_form(f)]
        if scopes.is_organisation[f]:
            whole = possible & allowed_domains(self.worth.today, Placed.of(self.worth.today, [q]).bodies)
            return bool((whole == carried).all(axis=1).any())
        return bool((carried <= possible).all(axis=1).any())

    @cached_property
    def scopes(self) -> Scopes:
        """Which domains go together."""
        return Scopes(self.worth.today)

    def _least_trust(self, q: PlannedPartnership) -> float:
        return min((float(self.worth.region.trust[i, j]) for i, j in self._pairs(q)), default=1.0)

    def _breaks(self, rule: Rule, q: PlannedPartnership) -> bool:
        """Whether one partnership that does the work breaks a rule by itself."""
        if isinstance(rule, Contiguity | Largest | Distance | LeastTrust):
            return self._is_newly_shaped(q) and self._is_misshapen(rule, q)
        if isinstance(rule, Forms):
            return q.continues is None and _here(rule, q) and q.form not in rule.allow
        if isinstance(rule, Apart):
            return _here(rule, q) and len(set(rule.members) & set(q.members)) >= 2
        if isinstance(rule, Alone):
            return _here(rule, q) and bool(set(rule.members) & set(q.members))
        if isinstance(rule, Without):
            return _here(rule, q) and set(rule.members) == set(q.members) and rule.form in (None, q.form)
        return isinstance(rule, Untouched) and q.continues == rule.partnership and not self._is_as_today(q)

    def _is_misshapen(self, rule: Contiguity | Largest | Distance | LeastTrust, q: PlannedPartnership) -> bool:
        region = self.worth.region
        if not isinstance(rule, LeastTrust) and self._has_grown(q):
            return isinstance(rule, Distance) and self._is_far(rule, q)
        if isinstance(rule, Contiguity):
            return not is_connected(np.isin(region.codes, q.members), region.borders)
        if isinstance(rule, Largest):
            return len(q.members) > rule.members
        if isinstance(rule, Distance):
            return self._is_far(rule, q)
        return rule.form in (None, q.form) and self._least_trust(q) < rule.trust

    def _is_far(self, rule: Distance, q: PlannedPartnership) -> bool:
        """Whether two members are too far apart; in what has grown, one who joined and another."""
        now = self._now(q) if self._has_grown(q) else None
        before = {self.worth.region.municipality_index[c] for c in now.members} if now else set()
        km = self.worth.region.distance_km
        return any(km[i, j] > rule.km and not {i, j} <= before for i, j in self._pairs(q))

    def _has_grown(self, q: PlannedPartnership) -> bool:
        """Whether it is a partnership of today with a few that border on it."""
        now, region = self._now(q), self.worth.region
        if now is None:
            return False
        contiguous = any(isinstance(rule, Contiguity) for rule in self.worth.scenario.rules.values())
        neighbours = region.borders if contiguous else ~np.eye(len(region.codes), dtype=bool)
        return has_grown(np.isin(region.codes, now.members), np.isin(region.codes, q.members), neighbours)

    def _broken_by(self, rule: Rule, plan: Plan, seen: Assessor) -> bool:
        """Whether a whole plan breaks a rule that no partnership breaks by itself."""
        region = self.worth.region
        if isinstance(rule, Together):
            work = [q for q in plan if not q.beside]
            met = [any(d in q.domains and set(rule.members) <= set(q.members) for q in work) for d in rule.domains]
            return not all(met)
        if isinstance(rule, Keep | Untouched):
            return all(q.continues != rule.partnership for q in plan)
        if isinstance(rule, End):
            return any(q.continues == rule.partnership for q in plan)
        if isinstance(rule, MostPartnerships):
            return any(sum(c in q.members for q in plan) > rule.number for c in region.codes)
        if isinstance(rule, MostChanges):
            return self._changes(plan) > rule.number
        if isinstance(rule, BoardHours):
            return bool((seen.hours[:, COLLEGE] > region.board_hours + SLACK).any())
        if isinstance(rule, HostCapacity):
            return bool((seen.flows.sum(axis=1) > region.host_capacity + SLACK).any())
        return isinstance(rule, Limit) and breaks_limit(self.worth, rule, seen.amounts)

    def _changes(self, plan: Plan) -> int:
        """Partnerships started, ended and changed."""
        started = sum(q.continues is None for q in plan)
        ended = len(set(self.worth.scenario.partnerships) - {q.continues for q in plan})
        changed = [q for q in plan if q.continues is not None and not self._is_fixed(q) and not self._is_as_today(q)]
        return started + ended + len(changed)


def _here(rule: _Somewhere, q: PlannedPartnership) -> bool:
    """Whether a partnership carries a domain that a rule is about."""
    return rule.domains is None or bool(set(rule.domains) & set(q.domains))
