"""Mutual services: which member hosts which domain, decided exactly inside each partnership.

For given members and domains the best hosts do not depend on anything outside, so their balance is part of the
column. Where hosts do matter outside (capacities, board hours), every assignment of hosts is a column of its own.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from regie_opt.engine.candidates import MOST_MUTUAL, Candidates, hosts_matter, may_host
from regie_opt.schema.errors import RegieError
from regie_opt.schema.rules import Keep, Limit, Together
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.reciprocity import balance
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.value import Worth

MOST_HOSTED = 10
"""Domains that can be hosted at most: assignments grow as (members + 1) to this power."""
OUT = -1
"""Host of a domain that the partnership does not carry."""


@dataclass(frozen=True, eq=False)
class Group:
    """The mutual-services bodies with equally many members.

    Axes: g bodies, a entries, h hostable domains, k members.
    """

    body: Ints
    """Index among all bodies (g,)."""
    carried: Bools
    """Domains of each entry (a, h)."""
    gain: Floats
    """Net reciprocated service of each entry, weighted fte (g, a); minus infinity where it is no candidate."""
    hosts: Ints
    """Host of each domain as a position among the members, or `OUT` (g, a, h); (a, h) if alike for all bodies."""
    member: Ints
    """Municipality at each position (g, k)."""
    service: Floats
    """What each member would do for the others in each domain that it hosts, weighted fte (g, h, k)."""

    @property
    def alike(self) -> bool:
        """Whether every assignment of hosts is an entry, because hosts matter outside the partnership."""
        return self.hosts.ndim == 2

    def renumbered(self, position: Ints) -> "Group":
        """The bodies that have a new position (b,), `OUT` for those that are left out."""
        at = np.flatnonzero(position[self.body] >= 0)
        hosts = self.hosts if self.alike else self.hosts[at]
        body = position[self.body[at]]
        return Group(body, self.carried, self.gain[at], hosts, self.member[at], self.service[at])

    @cached_property
    def hosting(self) -> Floats:
        """1 where a member hosts a domain (a, h x k); only where entries are assignments."""
        at = self.hosts[:, :, None] == np.arange(self.member.shape[1])
        return at.reshape(len(self.hosts), at.shape[1] * at.shape[2]).astype(float)

    def hosts_of(self, g: Ints, a: Ints) -> Ints:
        """Municipality that hosts each domain, or `OUT` (c, h), for bodies g and entries a (c,)."""
        position = self.hosts[a] if self.alike else self.hosts[g, a]
        return np.where(position >= 0, np.take_along_axis(self.member[g], np.maximum(position, 0), axis=1), OUT)


@dataclass(frozen=True)
class Exchange:
    """All mutual-services bodies."""

    domains: Ints
    """Domains that can be hosted (h,)."""
    groups: tuple[Group, ...]

    def take(self, index: Ints, bodies: int) -> "Exchange":
        """Those among some of all bodies, of which there are so many."""
        position = np.full(bodies, OUT)
        position[index] = np.arange(len(index))
        return Exchange(self.domains, tuple(g for group in self.groups if len((g := group.renumbered(position)).body)))


def exchange(worth: Worth, found: Candidates, *, every: bool = False) -> Exchange:
    """Tables of the best hosts for every mutual-services body and set of domains.

    `every` keeps the entries that are in no best plan at the weights of now.

    Raises `RegieError` when mutual services are lawful in more than `MOST_HOSTED` domains.
    """
    region = worth.region
    forms = list(region.scenario.forms.values())
    mutual = np.array([f.hosting == "mutual" for f in forms])[found.bodies.form]
    domains = np.flatnonzero(found.allowed[mutual].any(axis=0))
    if len(domains) > MOST_HOSTED:
        names = ", ".join(region.domains[d] for d in domains)
        msg = f"mutual services are allowed in {len(domains)} domains ({names}), at most {MOST_HOSTED} can be solved"
        raise RegieError(msg)
    size = found.bodies.members.sum(axis=1)
    groups = [
        _group(worth, found, np.flatnonzero(mutual & (size == k)), int(k), domains, every)
        for k in np.unique(size[mutual])
    ]
    return Exchange(domains, tuple(groups))


def _group(worth: Worth, found: Candidates, index: Ints, k: int, domains: Ints, every: bool) -> Group:
    bodies = found.bodies.take(index)
    member = np.nonzero(bodies.members)[1].reshape(len(index), k)
    assigned = _assignments(found, index, member, domains)
    counts = worth.worth_sharing(bodies)[:, domains]
    need = worth.served_need[:, domains][member].transpose(0, 2, 1) * counts[:, :, None]
    gain = _gains(need, assigned, worth.scenario.money.imbalance)
    gain[~_possible(worth, found, index, member, assigned, domains)] = -np.inf
    if not every:
        gain[~_worthwhile(worth, found, index, gain, assigned, domains)] = -np.inf
    group = Group(index, assigned != OUT, gain, assigned, member, need.sum(axis=2, keepdims=True) - need)
    if not hosts_matter(found.today):
        return _best_only(group)
    useful = np.isfinite(gain).any(axis=0)
    return Group(index, group.carried[useful], gain[:, useful], assigned[useful], member, group.service)


def _assignments(found: Candidates, index: Ints, member: Ints, domains: Ints) -> Ints:
    """Every choice of hosts (a, h): all there are, or only today's where there are too many members to list more."""
    k = member.shape[1]
    if k <= MOST_MUTUAL:
        return np.indices((k + 1,) * len(domains)).reshape(len(domains), -1).T[1:] + OUT
    as_now = may_host(found, index, member)[:, domains]
    return np.unique(np.where(as_now.any(axis=2), as_now.argmax(axis=2), OUT), axis=0)


def _gains(need: Floats, assigned: Ints, imbalance: float) -> Floats:
    """Net reciprocated service of every assignment (g, a), given what each member needs in each domain (g, h, k).

    What two members do for each other depends on the domains that each of them hosts: balanced once for every two
    sets of domains (s), not for every assignment.
    """
    count, domains, members = need.shape
    sets = (np.arange(2**domains)[:, None] >> np.arange(domains)) & 1
    for_member = sets.astype(float) @ need
    hosted = np.stack([(assigned == p) @ (1 << np.arange(domains)) for p in range(members)])
    gain = np.zeros((count, len(assigned)))
    for i, j in combinations(range(members), 2):
        code = hosted[i] << domains | hosted[j]
        both, which = np.unique(code, return_inverse=True)
        flows = np.zeros((count, len(both), 2, 2))
        flows[:, :, 0, 1] = for_member[:, both >> domains, j]
        flows[:, :, 1, 0] = for_member[:, both & (2**domains - 1), i]
        gain += balance(flows, imbalance)[:, which]
    return gain


def _possible(worth: Worth, found: Candidates, index: Ints, member: Ints, assigned: Ints, domains: Ints) -> Bools:
    """Which assignments are candidates (g, a): allowed domains, one that anchors, members that may host."""
    bits = 1 << np.arange(len(domains))
    carried = (assigned != OUT) @ bits
    allowed, anchor = (table[np.ix_(index, domains)] @ bits for table in (found.allowed, found.anchor))
    possible = ((carried & ~allowed[:, None]) == 0) & ((carried & anchor[:, None]) != 0)
    possible &= ~found.kept[index][:, None] | (carried == allowed[:, None])
    hosts = may_host(found, index, member)[:, domains]
    for p in range(member.shape[1]):
        hosting = (assigned == p) @ bits
        beyond = ~hosts[:, :, p] @ bits
        held = np.flatnonzero(beyond)
        possible[held] &= (hosting & beyond[held, None]) == 0
    everyone = (assigned[:, None, :] == np.arange(member.shape[1])[:, None]).any(axis=2).all(axis=1)
    possible &= everyone | _as_today(found, index, member, assigned, domains)
    return possible


def _as_today(found: Candidates, index: Ints, member: Ints, assigned: Ints, domains: Ints) -> Bools:
    """Which assignments are today's domains and hosts among today's members (g, a): there somebody may host nothing."""
    today, continues = found.today, found.bodies.continues[index]
    same = np.zeros((len(index), len(assigned)), dtype=bool)
    for g in np.flatnonzero(continues != NOBODY):
        e = continues[g]
        here = np.isin(np.flatnonzero(today.carried[e]), domains).all()
        if here and (found.bodies.members[index[g]] == today.bodies.members[e]).all():
            hosts = today.hosts[e, domains]
            position = np.where(hosts == NOBODY, OUT, np.searchsorted(member[g], hosts))
            same[g] = (assigned == position).all(axis=1)
    return same


def _worthwhile(worth: Worth, found: Candidates, index: Ints, gain: Floats, assigned: Ints, domains: Ints) -> Bools:
    """Which assignments could be in a best plan (g, a): those that cost something by themselves never are.

    Rows only charge for them, except for what a rule asks for.
    """
    base, per_domain = worth.column_values(found.bodies.take(index))
    value = base[:, None] + per_domain[:, domains] @ (assigned != OUT).T.astype(float)
    value = value + worth.coefficients["reciprocity"] * np.where(np.isfinite(gain), gain, 0.0)
    asked = any(isinstance(rule, Keep | Together | Limit) for rule in worth.scenario.rules.values())
    useful: Bools = (value > 0) | found.kept[index][:, None] | asked
    return useful


def _best_only(group: Group) -> Group:
    """Keep the best assignment for each set of domains; the first among equals."""
    code = group.carried @ (1 << np.arange(group.carried.shape[1]))
    order = np.argsort(code, kind="stable")
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    best = np.maximum.reduceat(group.gain[:, order], starts, axis=1)
    ends = np.append(starts[1:], len(order))
    pick = np.stack(
        [order[s + np.argmax(group.gain[:, order[s:e]], axis=1)] for s, e in zip(starts, ends, strict=True)], axis=1
    )
    return Group(group.body, group.carried[order[starts]], best, group.hosts[pick], group.member, group.service)
