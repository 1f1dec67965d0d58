"""Mutual services: which member hosts which domain, decided exactly inside each partnership.

For given members and domains the best hosts do not depend on anything outside, so their balance is part of the
column. Where hosts do matter outside (capacities, board hours), every assignment of hosts is a column of its own.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from regie_opt.engine.candidates import Candidates, hosts_matter
from regie_opt.schema.errors import RegieError
from regie_opt.schema.rules import Untouched
from regie_opt.worth.reciprocity import balance
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.value import Worth

MOST_HOSTED = 10
"""Domains that can be hosted at most: assignments grow as (members + 1) to this power."""
OUT = -1
"""Host of a domain that the partnership does not carry."""


@dataclass(frozen=True)
class Group:
    """The mutual-services bodies with equally many members.

    Axes: g bodies, a entries, h hostable domains, k members.
    """

    body: Ints
    """Index among all bodies (g,)."""
    carried: Bools
    """Domains of each entry (a, h)."""
    gain: Floats
    """Net reciprocated service of each entry, weighted fte (g, a); minus infinity where a host is unwilling."""
    hosts: Ints
    """Host of each domain as a position among the members, or `OUT` (g, a, h); (1, a, h) if alike for all bodies."""
    load: Floats | None
    """Work of each member for the others, fte (g, a, k); None where hosts do not matter outside."""
    member: Ints
    """Municipality at each position (g, k)."""


@dataclass(frozen=True)
class Exchange:
    """All mutual-services bodies."""

    domains: Ints
    """Domains that can be hosted (h,)."""
    groups: tuple[Group, ...]


def exchange(worth: Worth, found: Candidates) -> Exchange:
    """Tables of the best hosts for every mutual-services body and set of domains.

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
        _group(worth, found, np.flatnonzero(mutual & (size == k)), int(k), domains) for k in np.unique(size[mutual])
    ]
    return Exchange(domains, tuple(groups))


def _group(worth: Worth, found: Candidates, index: Ints, k: int, domains: Ints) -> Group:
    bodies, matter = found.bodies, hosts_matter(found.today)
    assigned = np.array(list(product(range(OUT, k), repeat=len(domains))), dtype=np.int64)[1:]
    carried = assigned != OUT
    member = np.nonzero(bodies.members[index])[1].reshape(len(index), k)
    willing = np.array([p.willing_host for p in worth.region.places])
    gain = np.empty((len(index), len(assigned)))
    load = np.empty((len(index), len(assigned), k)) if matter else None
    counts = worth.worth_sharing(bodies.take(index))[:, domains]
    for g, members in enumerate(member):
        need = worth.served_need[np.ix_(members, domains)] * counts[g]
        flows = _flows(assigned, need)
        gain[g] = balance(flows, worth.scenario.money.imbalance)
        refused = (np.isin(assigned, np.flatnonzero(~willing[members]))).any(axis=1)
        gain[g, refused] = -np.inf
        held = _held(worth, found, int(index[g]), domains)
        if held is not None:
            position = {int(m): p for p, m in enumerate(members)}
            gain[g, (assigned != [position.get(int(m), OUT) for m in held]).any(axis=1)] = -np.inf
        if load is not None:
            load[g] = _flows(assigned, worth.region.staff[np.ix_(members, domains)]).sum(axis=2)
    if matter:
        return Group(index, carried, gain, assigned[None], load, member)
    return _best_only(Group(index, carried, gain, assigned[None], None, member))


def _held(worth: Worth, found: Candidates, b: int, domains: Ints) -> Ints | None:
    """Hosts that an `untouched` rule holds a body to, `OUT` where it carries nothing (h,); None where none does."""
    if not found.kept[b]:
        return None
    key = found.today.keys[int(found.bodies.continues[b])]
    rules = worth.scenario.rules.values()
    if not any(isinstance(rule, Untouched) and rule.partnership == key for rule in rules):
        return None
    region, hosts = worth.region, worth.scenario.partnerships[key].hosts
    named = {region.domain_index[d]: region.municipality_index[c] for d, c in hosts.items() if d in region.domain_index}
    return np.array([named.get(int(d), OUT) for d in domains], dtype=np.int64)


def _flows(assigned: Ints, need: Floats) -> Floats:
    """What each member does for each other under each assignment, (a, k, k); need is (k, h)."""
    hosting = (assigned[:, None, :] == np.arange(len(need))[None, :, None]).astype(float)
    flows: Floats = hosting @ need.T
    flows[:, np.arange(len(need)), np.arange(len(need))] = 0.0
    return flows


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
    return Group(group.body, group.carried[order[starts]], best, group.hosts[0][pick], None, group.member)
