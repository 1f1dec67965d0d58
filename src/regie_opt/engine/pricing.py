"""Exact pricing: the reduced cost of everything there is."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.exchange import OUT, Group
from regie_opt.worth.bodies import slices
from regie_opt.worth.region import Bools, Floats, Ints

SPREAD = 2
"""Parts into which bodies that are chosen from are divided more finely than what fits in memory."""
MOST_FITTED = 256
"""Bodies with too much work for their host whose best domains are searched for at once."""


@dataclass(frozen=True)
class Duals:
    """Prices of the rows, as the relaxation gives them (a row's dual is cost per unit of its right-hand side)."""

    cell: Floats
    """(m, d)."""
    side: Floats
    """(r,)."""
    cut: Floats
    """(q,)."""
    cuts: Cuts
    """The cuts that `cut` prices."""

    def towards(self, other: "Duals", share: float) -> "Duals":
        """Prices of the same rows, a share of the way to others."""
        return Duals(
            share * other.cell + (1 - share) * self.cell,
            share * other.side + (1 - share) * self.side,
            share * other.cut + (1 - share) * self.cut,
            self.cuts,
        )

    def without(self, rows: Ints) -> "Duals":
        """The same with some cell rows and side rows at no price (x,)."""
        price = np.concatenate([self.cell.ravel(), self.side])
        price[rows] = 0.0
        cells = self.cell.size
        return Duals(price[:cells].reshape(self.cell.shape), price[cells:], self.cut, self.cuts)

    def times(self, factor: float) -> "Duals":
        """Prices of the same rows in another unit of cost."""
        return Duals(factor * self.cell, factor * self.side, factor * self.cut, self.cuts)


@dataclass(frozen=True, eq=False)
class Pricing:
    """Reduced costs of all bodies and domains at given duals."""

    model: Model
    duals: Duals

    @cached_property
    def base(self) -> Floats:
        """Reduced cost of each body before domains (b,)."""
        reduced: Floats = self.model.costs[0] - self.model.rows.once @ self.duals.side
        return reduced

    @cached_property
    def per_domain(self) -> Floats:
        """Reduced cost of each domain of each body (b, d)."""
        model, side = self.model, self.duals.side
        sets, set_of = model.found.distinct_members
        price = sets @ self.duals.cell + self.duals.cuts.priced(sets, self.duals.cut)
        reduced = model.costs[1] - price[set_of]
        for b in model.found.doubled:
            # It holds fewer cells than its members have, and is in no cut among municipalities.
            held = model.found.cells(np.array([b]), np.ones((1, reduced.shape[1]), dtype=bool))[0]
            reduced[b] = model.costs[1][b] - (held * self.duals.cell).sum(axis=0)
        if self.duals.cuts.on_hosts:
            reduced[model.hosted[0]] -= self.duals.cuts.priced_hosted(model, self.duals.cut)
        if side.any():
            rows = model.rows
            if (each := rows.each @ side).any():
                reduced -= each[:, None]
            seen = rows.by_domain
            reduced[seen] -= (rows.per_domain_seen @ side).reshape(len(seen), reduced.shape[1])
        return reduced

    @cached_property
    def best(self) -> tuple[Floats, Bools]:
        """Least reduced cost of each body that hosts nothing mutually (b,), and the domains that give it (b, d).

        For bodies in `tight` it is a lower bound until `fit` has found what fits.
        """
        per_domain, found = self.per_domain, self.model.found
        take = per_domain < 0
        least = self.base + np.minimum(per_domain, 0.0).sum(axis=1)
        bare = np.flatnonzero(~(take & found.anchor).any(axis=1))
        anchors = np.where(found.anchor[bare], per_domain[bare], np.inf)
        take[bare, np.argmin(anchors, axis=1)] = True
        least[bare] += anchors.min(axis=1)
        whole = np.flatnonzero(found.whole)
        take[whole] = found.allowed[whole]
        least[whole] = self.base[whole] + np.where(take[whole], per_domain[whole], 0.0).sum(axis=1)
        least[self.model.mutual] = np.inf
        n = self.tight
        body = self.model.room.body[n]
        least[body] = np.maximum(least[body], self.base[body] + self.model.room.bound(n, per_domain[body]))
        return least, take

    @property
    def most(self) -> float:
        """Upper bound on the reduced cost of every column, with room for rounding."""
        dear = self.base + np.where(np.isfinite(self.per_domain), np.maximum(self.per_domain, 0.0), 0.0).sum(axis=1)
        most = float(dear.max(initial=0.0))
        for i, group in enumerate(self.model.exchange.groups):
            at = np.arange(len(group.body))
            dearest = np.maximum(_or_nothing(self._by_host(group, at)), 0.0).max(axis=2, initial=0.0).sum(axis=1)
            more = _or_nothing(self._exchange_cost(i)).max(axis=1, initial=0.0)
            most = max(most, float((self.base[group.body] + dearest + more).max(initial=0.0)))
        return most + 1.0

    @cached_property
    def tight(self) -> Ints:
        """Bodies, as indices of the model's room, whose best domains are more work than the host has room for (n,)."""
        room = self.model.room
        every = np.arange(len(room.body))
        return every[~room.fits(every, self.per_domain[room.body] < 0)]

    def fit(self, n: Ints) -> None:
        """Find the best domains that fit of some bodies of the model's room, and put them in `best`."""
        least, take = self.best
        body = self.model.room.body[n]
        cost, sets = self.model.room.best(n, self.per_domain[body], self.model.found.anchor[body])
        least[body], take[body] = self.base[body] + cost, sets

    def settle(self) -> None:
        """Find the best domains of every body that could have a negative reduced cost, and put them in `best`."""
        least, _ = self.best
        self.fit(self.tight[least[self.model.room.body[self.tight]] < 0])

    @cached_property
    def reciprocity(self) -> float:
        """What a fte of net reciprocated service takes off, given the prices of limits on it."""
        model = self.model
        return model.worth.coefficients["reciprocity"] * model.scale + float(model.rows.gain @ self.duals.side)

    @cached_property
    def mutual_least(self) -> tuple[Floats, ...]:
        """Lower bound on the reduced costs of every mutual-services body of every group (g,).

        Of two flows the smaller is at most half their sum, so half of all service counts as if it were reciprocated.
        """
        model, price = self.model, self.reciprocity
        # Under a limit on it service may cost: then at most what all of it is out of balance by.
        price = price / 2 if price >= 0 else -price * model.worth.scenario.money.imbalance
        bounds = []
        for group in model.exchange.groups:
            by_host = (self._by_host(group, np.arange(len(group.body))) - price * group.service).min(axis=2)
            bounds.append(self.base[group.body] + np.minimum(by_host, 0.0).sum(axis=1))
        return tuple(bounds)

    def entries(self, group: int, below: float) -> tuple[Ints, Floats]:
        """Bodies of a group (n,) that may have a reduced cost below a limit, and that of all their entries (n, a)."""
        of, cost = self.model.exchange.groups[group], self._exchange_cost(group)
        at = np.flatnonzero(self.mutual_least[group] <= below)
        # An entry with a domain that is not allowed is no candidate, which its own cost says.
        per_domain = _or_nothing(self._by_host(of, at))
        if of.alike:
            reduced = per_domain.reshape(len(at), of.hosting.shape[1]) @ of.hosting.T
        else:
            reduced = per_domain[:, :, 0] @ of.carried.T.astype(float)
        reduced += self.base[of.body[at]][:, None]
        reduced += cost[at]
        return at, reduced

    def _exchange_cost(self, group: int) -> Floats:
        """What is reciprocated in every entry of a group costs (g, a), infinite where it is no candidate."""
        if not self.model.rows.gain.any():
            return self.model.exchange_costs[group]
        gain = self.model.exchange.groups[group].gain
        known = np.isfinite(gain)
        return np.where(known, -self.reciprocity * np.where(known, gain, 0.0), np.inf)

    @cached_property
    def best_entries(self) -> tuple[tuple[Ints, Ints, Floats], ...]:
        """Per group the bodies that may have a negative reduced cost, their best entry and its reduced cost (n,)."""
        result = []
        for i in range(len(self.model.exchange.groups)):
            at, reduced = self.entries(i, 0.0)
            entry = np.argmin(reduced, axis=1) if reduced.size else np.zeros(len(at), dtype=np.int64)
            lowest = reduced[np.arange(len(at)), entry] if reduced.size else np.full(len(at), np.inf)
            result.append((at, entry, lowest))
        return tuple(result)

    def _by_host(self, group: Group, at: Ints) -> Floats:
        """Reduced cost of each domain of bodies of a group under each host, (n, h, k); (n, h, 1) if all are alike."""
        per_domain = self.per_domain[np.ix_(group.body[at], self.model.exchange.domains)][:, :, None]
        return per_domain + self._charge(group)[at] if group.alike else per_domain

    def _charge(self, group: Group) -> Floats:
        """What the duals charge each member for hosting each domain (g, h, k)."""
        model = self.model
        work, hours = np.zeros((2, model.found.bodies.members.shape[1]))
        for kind, price in (("capacity", work), ("board_hours", hours)):
            for m, r in model.rows.of(kind).items():
                price[m] = -self.duals.side[r]
        staff = model.worth.region.staff[:, model.exchange.domains]
        own = staff[group.member].transpose(0, 2, 1)
        charge: Floats = (own.sum(axis=2, keepdims=True) - own) * work[group.member][:, None, :]
        return charge + (model.host_hours[group.body][:, None] * hours[group.member])[:, None, :]

    @property
    def tables(self) -> float:
        """What tables beside the work cost at least."""
        tables = self.model.tables
        return tables.lowest(tables.cost - self.model.rows.table_coefficients(tables.index) @ self.duals.side)

    def improving(self, most: int, tolerance: float) -> Bundles | None:
        """The most negative columns, at most `most`, spread over municipalities; None when there are none."""
        least, take = self.best
        body = self.model.room.body
        pending = self.tight[least[body[self.tight]] < -tolerance]
        pending = pending[np.argsort(least[body[pending]], kind="stable")]
        while True:
            self.fit(pending[:MOST_FITTED])
            pending = pending[MOST_FITTED:]
            known = least.copy()
            known[body[pending]] = np.inf
            if not len(pending) or known.min() < -tolerance:
                break
        chosen = _spread(known, self.model.found.bodies.members, most, tolerance)
        parts = [self.model.bundles(chosen, take[chosen])] if len(chosen) else []
        for group, (at, entry, lowest) in zip(self.model.exchange.groups, self.best_entries, strict=True):
            if len(at):
                g = _spread(lowest, self.model.found.bodies.members[group.body[at]], max(1, most // 4), tolerance)
                parts.append(hosted(self.model, group, at[g], entry[g]))
        parts = [part for part in parts if len(part)]
        return concatenate(parts) if parts else None


def _or_nothing(cost: Floats) -> Floats:
    """Costs, and nothing for what may not be."""
    return np.where(np.isfinite(cost), cost, 0.0)


def _spread(reduced: Floats, members: Bools, most: int, tolerance: float) -> Ints:
    """Indices of the most negative reduced costs, so that every municipality has its share."""
    negative = np.flatnonzero(reduced < -tolerance)
    if len(negative) <= most:
        return negative
    order = negative[np.argsort(reduced[negative], kind="stable")]
    share = max(1, most // members.shape[1])
    taken, chosen, count = np.zeros(members.shape[1], dtype=np.int64), [], 0
    for part in slices(len(order), SPREAD * members.shape[1]):
        at = order[part]
        rank = taken + np.cumsum(members[at], axis=0)
        early = at[(members[at] & (rank <= share)).any(axis=1)]
        chosen.append(early)
        taken, count = rank[-1], count + len(early)
        if count >= most or (taken >= share).all():
            break
    return np.concatenate(chosen)[:most]


def hosted(model: Model, group: Group, g: Ints, a: Ints) -> Bundles:
    """Columns of mutual services from entries of a group."""
    domains = model.exchange.domains
    width = model.found.allowed.shape[1]
    hosts = np.full((len(g), width), OUT, dtype=np.int64)
    hosts[:, domains] = group.hosts_of(g, a)
    return model.bundles(group.body[g], carried_by(model, group, a), hosts, group.gain[g, a])


def carried_by(model: Model, group: Group, a: Ints) -> Bools:
    """Domains of entries of a group (c, d)."""
    carried = np.zeros((len(a), model.found.allowed.shape[1]), dtype=bool)
    carried[:, model.exchange.domains] = group.carried[a]
    return carried


def reduced_costs(model: Model, columns: Bundles, duals: Duals) -> Floats:
    """Reduced costs of given columns (c,), from their own coefficients."""
    price = np.concatenate([duals.cell.ravel(), duals.side])
    reduced: Floats = columns.cost - price @ columns.matrix - duals.cut @ duals.cuts.coefficients(model, columns)
    return reduced
