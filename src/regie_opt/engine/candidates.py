"""Candidates: every body (form, members, host, what it continues) that law and rules allow, and its domains."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from regie_opt.engine.held import refuse_unheld
from regie_opt.engine.member_sets import MemberSets, incompatible, meets, member_sets, reached
from regie_opt.engine.scopes import Scopes
from regie_opt.schema.rules import (
    Alone,
    Apart,
    End,
    Forms,
    HostCapacity,
    LeastTrust,
    Limit,
    MostChanges,
    Together,
    Untouched,
    Without,
)
from regie_opt.worth.bodies import NOBODY, Bodies, concatenate, product
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.today import Today

MOST_MUTUAL = 4
"""Largest membership of mutual services that are not as today: beyond it hosts of all domains cannot be enumerated."""


@dataclass(frozen=True)
class Candidates:
    """Bodies and the domains that each may carry. Axis b."""

    today: Today
    sets: MemberSets
    bodies: Bodies
    allowed: Bools
    """Domains that each body may carry (b, d)."""
    anchor: Bools
    """Domains of which each body carries at least one (b, d): one of today's where it continues a partnership."""
    kept: Bools
    """Bodies that stand for a partnership of today exactly as it is (b,), with all of `allowed` and hosts as today."""
    scope: Ints
    """Which of `Scopes` each body has: two with one form and the same members may serve different portfolios (b,)."""
    organisation: Bools
    """Bodies that are a new whole organisation: all of `allowed`, or it is none (b,)."""
    priced: int
    """How many bodies there were before those that are in no best plan were dropped."""

    def take(self, index: Ints | Bools) -> "Candidates":
        """Some of them."""
        some = Candidates(
            self.today,
            self.sets,
            self.bodies.take(index),
            self.allowed[index],
            self.anchor[index],
            self.kept[index],
            self.scope[index],
            self.organisation[index],
            self.priced,
        )
        if "distinct_members" in vars(self):
            sets, set_of = self.distinct_members
            used, now = np.unique(set_of[index], return_inverse=True)
            vars(some)["distinct_members"] = sets[used], now.ravel()
        return some

    @cached_property
    def doubled(self) -> Ints:
        """Bodies that go on exactly as today beside others that do the work of some of their cells."""
        return np.flatnonzero(self.bodies.doubled) if self.bodies.doubled is not None else np.zeros(0, dtype=np.int64)

    def cells(self, body: Ints, carried: Bools) -> Bools:
        """Cells that bodies with given domains hold, (c, m, d) for (c,) and (c, d)."""
        held: Bools = self.bodies.members[body][:, :, None] & carried[:, None, :]
        if len(self.doubled):
            at = np.flatnonzero(np.isin(body, self.doubled))
            held[at] &= ~self.today.elsewhere[self.bodies.continues[body[at]]]
        return held

    @cached_property
    def whole(self) -> Bools:
        """Bodies that carry all of `allowed` (b,)."""
        return self.kept | self.organisation

    @cached_property
    def distinct_members(self) -> tuple[Bools, Ints]:
        """The different member sets (s, m), and which of them each body has (b,)."""
        packed = np.packbits(self.bodies.members, axis=1)
        _, first, set_of = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        return self.bodies.members[first], set_of.ravel()


def candidates(today: Today, most_sets: int | None = None) -> Candidates:
    """All candidate bodies of a scenario, in a fixed order. Raises `UnheldRule` for a kind of rule held nowhere."""
    refuse_unheld(today.region.scenario.rules)
    sets = member_sets(today, most_sets)
    scopes = Scopes(today)
    trusted = [_trusted(today, sets, f) for f in range(len(today.region.forms))]
    parts, scope = [], []
    for f in range(len(today.region.forms)):
        for s in scopes.of_form(f):
            parts.append(_new(today, sets, f, trusted[f], scopes.domains[s]))
            scope.append(s)
    going_on = [e for e in range(len(today.keys)) if _may_continue(today, e)]
    parts += [_continuing(today, sets, e, trusted[int(today.bodies.form[e])]) for e in going_on]
    exact = _exactly_as_today(today, going_on)
    scope += [scopes.of_today(e) for e in going_on]
    sizes = np.array([len(part) for part in parts], dtype=np.int64)
    scope_of = np.concatenate(
        [np.repeat(np.array(scope, dtype=np.int64), sizes), exact.continues + scopes.first_of_today]
    )
    bodies = concatenate([*parts, exact])
    kept = np.arange(len(bodies)) >= len(bodies) - len(exact)
    allowed = allowed_domains(today, bodies) & scopes.domains[scope_of]
    carried = today.carried[bodies.continues[kept]]
    possible = np.asarray((carried <= allowed[kept]).all(axis=1))
    allowed[kept] = carried & possible[:, None]
    new = bodies.continues == NOBODY
    fewest = today.region.of_forms("least_domains")[bodies.form]
    allowed[new & (allowed.sum(axis=1) < fewest)] = False
    before = np.vstack([today.carried, np.ones((1, len(today.region.domains)), dtype=bool)])
    anchor = allowed & before[bodies.continues]
    useful = np.asarray(anchor.any(axis=1))
    organisation = new & scopes.is_organisation[bodies.form]
    found = Candidates(today, sets, bodies, allowed, anchor, kept, scope_of.astype(np.int64), organisation, 0)
    return replace(found.take(useful), priced=int(useful.sum()))


def no_candidates(today: Today) -> Candidates:
    """None at all: with them, everybody is alone."""
    nobody = today.bodies.take(np.zeros(0, dtype=np.int64))
    nothing = np.zeros((0, len(today.region.domains)), dtype=bool)
    none, grown = np.zeros(0, dtype=bool), np.zeros((0, len(today.keys)), dtype=bool)
    sets = MemberSets(nobody.members, none, grown, "no member sets", complete=True, trust=today.region.trust)
    return Candidates(today, sets, nobody, nothing, nothing, none, np.zeros(0, dtype=np.int64), none, 0)


def _may_continue(today: Today, e: int) -> bool:
    ended = {r.partnership for r in today.region.scenario.rules.values() if isinstance(r, End)}
    return not today.fixed[e] and not today.beside[e] and today.keys[e] not in ended


def hosts_matter(today: Today) -> bool:
    """Whether it makes a difference beyond a partnership who hosts it."""
    rules = today.region.scenario.rules.values()
    forms = today.region.scenario.forms.values()
    costly = any(f.host_hours.college > 0 for f in forms)
    return costly or any(isinstance(r, HostCapacity) or (isinstance(r, Limit) and _asks_worse_host(r)) for r in rules)


def _asks_worse_host(limit: Limit) -> bool:
    """Whether a limit may ask for another host than the best: one that reciprocates less, or minds autonomy less."""
    least_reciprocity = limit.criterion == "reciprocity" and limit.at_most is not None
    return least_reciprocity or (limit.criterion in ("autonomy", "transition") and limit.at_least is not None)


def _trusted(today: Today, sets: MemberSets, f: int) -> Bools:
    """Sets in which there is trust enough for a form, but for what a form with one host asks of it (s,).

    A rule asks it of any two members, the form of all pairs on average.
    """
    region = today.region
    key = region.forms[f]
    needed = [0.0]
    for rule in region.scenario.rules.values():
        if isinstance(rule, LeastTrust) and rule.form in (None, key):
            needed.append(rule.trust)
    wary = region.trust < max(needed)
    np.fill_diagonal(wary, False)
    enough = ~meets(sets.members, wary)
    if region.scenario.forms[key].hosting != "centre":
        enough &= (sets.mean_trust >= region.scenario.forms[key].least_trust) | (sets.size < 2)
    return enough


def _most_members(today: Today, f: int) -> float:
    form = today.region.scenario.forms[today.region.forms[f]]
    limit = np.inf if form.largest is None else form.largest
    return min(limit, MOST_MUTUAL) if form.hosting == "mutual" else limit


def _new(today: Today, sets: MemberSets, f: int, trusted: Bools, domains: Bools) -> Bodies:
    """Bodies of one form that continue nothing, and may carry some domains (d,)."""
    fits = sets.shaped & (sets.size >= 2) & (sets.size <= _most_members(today, f)) & trusted
    return _with_hosts(today, sets.members[fits], f, NOBODY, domains)


def _continuing(today: Today, sets: MemberSets, e: int, trusted: Bools) -> Bodies:
    """Bodies that continue one partnership of today: same form and host, at least one of its members."""
    f = int(today.bodies.form[e])
    now = np.flatnonzero(today.bodies.members[e])
    met = sets.members[:, now].sum(axis=1)
    as_now = (met == len(now)) & (sets.size == len(now))
    size = sets.size + today.partnerships[e].outside.members
    fits = (sets.shaped | sets.grown[:, e]) & (size >= 2) & (size <= _most_members(today, f)) & trusted
    members = sets.members[(met > 0) & (fits | as_now)]
    if today.region.scenario.forms[today.region.forms[f]].hosting == "mutual":
        members = members[members.sum(axis=1) <= MOST_MUTUAL]
    return _with_hosts(today, members, f, e, today.carried[e])


def _exactly_as_today(today: Today, going_on: list[int]) -> Bodies:
    """Today's partnerships as they are; only where a rule, or what can be listed, tells them from changed ones."""
    region = today.region
    told_apart = any(isinstance(r, MostChanges | Untouched) for r in region.scenario.rules.values())
    doubles = today.doubles
    mutual = [region.scenario.forms[p.form].hosting == "mutual" for p in today.partnerships]
    unlisted = np.array(mutual, dtype=bool) & (today.bodies.inside > MOST_MUTUAL)
    some = [e for e in going_on if told_apart or unlisted[e]]
    twice = [e for e in going_on if doubles[e]]
    exact = today.bodies.take(np.array([*some, *twice], dtype=np.int64))
    exact = replace(exact, doubled=np.arange(len(exact)) >= len(some))
    return exact.take(~meets(exact.members, incompatible(today)))


def may_host(found: Candidates, index: Ints, member: Ints) -> Bools:
    """Which members of some mutual services (n, k) may host each domain (n, d, k).

    Who is not willing takes on nothing, but goes on with what it hosts; what is exactly as today has today's hosts.
    """
    today = found.today
    nobody = np.full((1, len(today.region.domains)), NOBODY, dtype=np.int64)
    now = np.vstack([today.hosts, nobody])[found.bodies.continues[index]]
    as_now = now[:, :, None] == member[:, None, :]
    willing = np.array([p.willing_host for p in today.region.places], dtype=bool)[member][:, None, :]
    return np.where(found.kept[index][:, None, None], as_now, willing | as_now)


def _with_hosts(today: Today, members: Bools, f: int, e: int, domains: Bools) -> Bodies:
    """Bodies of the given member sets, one for each host that could make a difference in some domains (d,)."""
    region = today.region
    form = region.scenario.forms[region.forms[f]]
    row = np.arange(len(members))
    host = np.full(len(members), NOBODY, dtype=np.int64)
    if form.hosting == "centre":
        wary = region.trust < form.least_trust
        np.fill_diagonal(wary, False)
        trusted = members & ~reached(members, wary)
        if e != NOBODY:
            now, h = today.bodies.members[e], int(today.bodies.host[e])
            row = np.flatnonzero(trusted[:, h] | (members[:, h] & (members == now).all(axis=1)))
            host = np.full(len(row), h, dtype=np.int64)
        else:
            willing = trusted & np.array([p.willing_host for p in region.places])
            if not hosts_matter(today):
                willing &= ~reached(willing, _better_hosts(today, domains & region.lawful[f]))
            row, host = np.nonzero(willing)
    return Bodies(
        region,
        members[row],
        np.full(len(row), f, dtype=np.int64),
        host.astype(np.int64),
        np.full(len(row), e, dtype=np.int64),
    )


def _better_hosts(today: Today, domains: Bools) -> Bools:
    """Who is a better host than whom for some domains, whatever else counts (m, m).

    A host keeps its own autonomy and its own staff in place: who minds autonomy as much and has as much staff in every
    domain is as good or better; among equals the first.
    """
    region = today.region
    keeps = np.column_stack([region.of_municipalities("autonomy"), region.staff[:, domains]])
    as_good = (keeps[:, None, :] >= keeps[None, :, :]).all(axis=2)
    order = np.arange(len(keeps))
    return as_good & (~as_good.T | (order[:, None] < order[None, :]))


def allowed_domains(today: Today, bodies: Bodies) -> Bools:
    """Domains that each body may carry (b, d): law, free cells, and the rules on forms and pairs."""
    region = today.region
    allowed = region.lawful[bodies.form].copy()
    free = ~today.occupied
    held = reached(bodies.members, ~free)
    doubled = np.zeros(len(bodies), dtype=bool) if bodies.doubled is None else bodies.doubled
    if doubled.any():
        at = np.flatnonzero(doubled)
        mine = bodies.members[at][:, :, None] & ~today.elsewhere[bodies.continues[at]]
        held[at] = (mine & ~free).any(axis=1)
    allowed &= ~held
    new = bodies.continues == NOBODY
    # Members outside the region agreed to today's work, and cannot be asked for more.
    before = np.vstack([today.carried, np.zeros((1, len(region.domains)), dtype=bool)])
    allowed &= (bodies.outside_members == 0)[:, None] | before[bodies.continues]
    for rule in region.scenario.rules.values():
        if isinstance(rule, Forms):
            other = new & ~np.isin(bodies.form, [region.form_index[k] for k in rule.allow])
            allowed[np.ix_(other, _domains(today, rule.domains))] = False
        elif isinstance(rule, Apart) and rule.domains is not None:
            met = _count(today, bodies, rule.members) >= 2
            allowed[np.ix_(met, _domains(today, rule.domains))] = False
        elif isinstance(rule, Without):
            allowed[np.ix_(_exactly(today, bodies, rule), _domains(today, rule.domains))] = False
        elif isinstance(rule, Alone):
            met = _count(today, bodies, rule.members) >= 1
            allowed[np.ix_(met, _domains(today, rule.domains))] = False
        elif isinstance(rule, Together):
            count = _count(today, bodies, rule.members)
            # What goes on beside others leaves their cells to them: there the row alone asks that they are together.
            split = (count > 0) & (count < len(rule.members)) & ~doubled
            for d in _domains(today, rule.domains):
                allowed[split & ~np.isin(bodies.continues, _beside_together(today, rule, d)), d] = False
        elif isinstance(rule, HostCapacity):
            allowed &= hosted_work(bodies) <= np.append(region.host_capacity, np.inf)[bodies.host][:, None]
    return allowed


def hosted_work(bodies: Bodies) -> Floats:
    """Work for others that each domain brings the one host, fte (b, d); zero without one."""
    work = np.zeros((len(bodies), len(bodies.region.domains)))
    hosted = np.flatnonzero(bodies.host != NOBODY)
    staff = bodies.region.staff
    work[hosted] = product(bodies.members[hosted], staff) - staff[bodies.host[hosted]]
    return work


def _count(today: Today, bodies: Bodies, codes: tuple[str, ...]) -> Ints:
    ids = [today.region.municipality_index[c] for c in codes]
    return np.asarray(bodies.members[:, ids].sum(axis=1))


def _beside_together(today: Today, rule: Together, domain: int) -> Ints:
    """Which of today do the work of cells of others that have all of a rule's members in a domain."""
    ids = [today.region.municipality_index[c] for c in rule.members]
    whole = today.carried[:, domain] & today.bodies.members[:, ids].all(axis=1)
    served_by = np.unique(today.served_by[whole][:, :, domain])
    return served_by[served_by != NOBODY]


def _exactly(today: Today, bodies: Bodies, rule: Without) -> Bools:
    """Bodies with exactly the members in the region that a rule names, and its form where it names one (b,)."""
    same = (_count(today, bodies, rule.members) == len(rule.members)) & (bodies.inside == len(rule.members))
    return same if rule.form is None else same & (bodies.form == today.region.form_index[rule.form])


def _domains(today: Today, keys: tuple[str, ...] | None) -> Ints:
    region = today.region
    return np.array([region.domain_index[k] for k in (region.domains if keys is None else keys)], dtype=np.int64)
