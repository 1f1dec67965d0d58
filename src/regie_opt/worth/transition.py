"""Transition: what leaving and starting costs, per year of the payback horizon."""

from functools import lru_cache

import numpy as np

from regie_opt.schema.partnership import Partnership
from regie_opt.worth.bodies import NOBODY, Bodies, product
from regie_opt.worth.region import Bools, Floats, Region
from regie_opt.worth.today import Today


@lru_cache(maxsize=8)
def contributions(region: Region) -> Floats:
    """Yearly contribution of each member to each partnership of today, euro (e, m)."""
    table = np.zeros((len(region.scenario.partnerships), len(region.codes)))
    for e, partnership in enumerate(region.scenario.partnerships.values()):
        ids = [region.municipality_index[c] for c in partnership.members]
        work = _work(region, partnership)[ids]
        if partnership.contribution is None:
            table[e, ids] = work
        elif partnership.shares:
            table[e, ids] = [partnership.contribution * partnership.shares.get(c, 0.0) for c in partnership.members]
        else:
            even = region.population[ids] if work.sum() == 0 else work
            table[e, ids] = partnership.contribution * even / even.sum()
    return table


def _work(region: Region, partnership: Partnership) -> Floats:
    """Staff cost that runs through a partnership by default, euro per year (m,)."""
    known = [region.domain_index[d] for d in partnership.domains if d in region.domain_index]
    share = region.scenario.forms[partnership.form].work_share
    work: Floats = region.staff[:, known].sum(axis=1) * region.scenario.money.euro_per_fte * share
    return work


@lru_cache(maxsize=8)
def exit_costs(region: Region) -> Floats:
    """What each member pays per year of the horizon for leaving each partnership of today, euro (e, m)."""
    factors = [region.scenario.forms[p.form].exit_factor for p in region.scenario.partnerships.values()]
    paid: Floats = contributions(region) * np.array(factors, dtype=float).reshape(-1, 1)
    return paid / region.scenario.money.horizon


@lru_cache(maxsize=8)
def exit_by_domain(region: Region) -> Floats:
    """The same split over the domains of each partnership, by the work that runs through it, euro (e, m, d)."""
    shares = np.zeros((len(region.scenario.partnerships), len(region.codes), len(region.domains)))
    for e, partnership in enumerate(region.scenario.partnerships.values()):
        ids = [region.municipality_index[c] for c in partnership.members]
        known = [region.domain_index[d] for d in partnership.domains if d in region.domain_index]
        if known:
            work = region.staff[np.ix_(ids, known)]
            total = work.sum(axis=1, keepdims=True)
            shares[np.ix_([e], ids, known)] = np.where(total > 0, work / np.where(total > 0, total, 1), 1 / len(known))
    return exit_costs(region)[:, :, None] * shares


def transition(bodies: Bodies) -> tuple[Floats, Floats]:
    """What starting a body costs before domains (b,), and what each domain adds (b, d): formula (16). Euro per year.

    Who joins pays the form's set-up. Work that moves into it is paid for by the full-time equivalent: all that joining
    members bring, and of those who were in it what it did not do before; the one host's own work stays where it is. Who
    stays is spared the exit cost of the domains that it still carries: work that is taken out is left, and paid for.
    """
    region = bodies.region
    horizon = region.scenario.money.horizon
    joins = bodies.members & ~_was(region)[bodies.continues]
    setup = region.of_forms("setup")[bodies.form] / horizon * joins.sum(axis=1)
    own = region.staff[:, bodies.at]
    staff = product(bodies.members, own)
    hosted = np.flatnonzero(bodies.host != NOBODY)
    staff[hosted] -= own[bodies.host[hosted]]
    for e, carried in enumerate(_carried(region)[:, bodies.at]):
        at = np.flatnonzero(bodies.continues == e)
        new = joins[at].copy()
        guests = bodies.host[at] != NOBODY
        new[np.flatnonzero(guests), bodies.host[at][guests]] = False
        staff[np.ix_(at, np.flatnonzero(carried))] = product(new, own)[:, carried]
    each = (region.of_forms("move")[bodies.form] / horizon)[:, None] * staff
    for e, table in enumerate(exit_by_domain(region)[:, :, bodies.at]):
        at = bodies.continues == e
        each[at] -= bodies.members[at] @ table
    return setup, each


@lru_cache(maxsize=8)
def _carried(region: Region) -> Bools:
    """Domains that each partnership of today carries, (e, d)."""
    return Today(region).carried


@lru_cache(maxsize=8)
def _was(region: Region) -> Bools:
    """Who is in each partnership of today, (e + 1, m); the last row is for new ones."""
    was = np.zeros((len(region.scenario.partnerships) + 1, len(region.codes)), dtype=bool)
    for e, partnership in enumerate(region.scenario.partnerships.values()):
        was[e, [region.municipality_index[c] for c in partnership.members]] = True
    return was
