"""Exact pricing: the reduced cost of everything there is, and the columns within a distance of the bound."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.engine.columns import FORBIDDEN, Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.exchange import Group
from regie_opt.worth.region import Bools, Floats, Ints


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
        price = sets @ self.duals.cell + self.duals.cuts.priced(sets, self.duals.cut, len(model.worth.region.domains))
        reduced = model.costs[1] - price[set_of]
        reduced -= (model.rows.each @ side)[:, None]
        for d, table in enumerate(model.rows.per_domain):
            if table.nnz:
                reduced[:, d] -= table @ side
        reduced[~model.found.allowed] = FORBIDDEN
        return reduced

    @cached_property
    def best(self) -> tuple[Floats, Bools]:
        """Least reduced cost of each body that hosts nothing mutually (b,), and the domains that give it (b, d)."""
        per_domain = self.per_domain
        take = per_domain < 0
        anchor = self.model.found.anchor
        none = ~(take & anchor).any(axis=1)
        take[none, np.argmin(np.where(anchor, per_domain, np.inf)[none], axis=1)] = True
        kept = self.model.found.kept
        take[kept] = self.model.found.allowed[kept]
        least = self.base + np.where(take, per_domain, 0.0).sum(axis=1)
        least[self.model.mutual] = np.inf
        return least, take

    def entries(self, group: Group) -> Floats:
        """Reduced cost of every entry of a group of mutual-services bodies (g, a)."""
        model = self.model
        domains = model.exchange.domains
        reduced = self.base[group.body][:, None] + self.per_domain[group.body][:, domains] @ group.carried.T
        reduced = (
            reduced
            - np.where(np.isfinite(group.gain), group.gain, 0.0) * model.worth.coefficients["reciprocity"] * model.scale
        )
        reduced = np.where(np.isfinite(group.gain), reduced, FORBIDDEN)
        whole = model.found.allowed[group.body][:, domains]
        exact = model.found.kept[group.body]
        partial = (group.carried[None] != whole[:, None]).any(axis=2)
        reduced[exact[:, None] & partial] = FORBIDDEN
        anchored = model.found.anchor[group.body][:, domains].astype(np.int64) @ group.carried.T.astype(np.int64)
        reduced[anchored == 0] = FORBIDDEN
        if group.load is not None:
            reduced = reduced - self._hosting(group)
        return reduced

    def _hosting(self, group: Group) -> Floats:
        """What the duals charge for hosting (g, a)."""
        model = self.model
        n = model.found.bodies.members.shape[1]
        load_price, hour_price = np.zeros(n), np.zeros(n)
        for r, row in enumerate(model.rows.side):
            if row.kind == "capacity":
                load_price[row.subject] = self.duals.side[r]
            elif row.kind == "board_hours":
                hour_price[row.subject] = self.duals.side[r]
        k = group.member.shape[1]
        count = (group.hosts[:, :, None, :] == np.arange(k)[None, None, :, None]).sum(axis=3)
        hours = model.host_hours[group.body][:, None, None] * hour_price[group.member][:, None, :]
        charged = (hours * count).sum(axis=2)
        if group.load is not None:
            charged = charged + (group.load * load_price[group.member][:, None, :]).sum(axis=2)
        return charged

    def tables(self) -> Floats:
        """Reduced cost of keeping each table beside the work."""
        index, cost = self.model.tables
        reduced = cost.copy()
        for i, e in enumerate(index):
            for r, row in enumerate(self.model.rows.side):
                reduced[i] -= row.tables.get(int(e), 0.0) * self.duals.side[r]
        return reduced

    def improving(self, most: int, tolerance: float) -> Bundles | None:
        """The most negative columns, at most `most`, spread over municipalities; None when there are none."""
        least, take = self.best
        chosen = _spread(least, self.model.found.bodies.members, most, tolerance)
        parts = [self.model.bundles(chosen, take[chosen])] if len(chosen) else []
        for group in self.model.exchange.groups:
            reduced = self.entries(group)
            entry = np.argmin(reduced, axis=1)
            lowest = reduced[np.arange(len(entry)), entry]
            g = _spread(lowest, self.model.found.bodies.members[group.body], most // 4, tolerance)
            if len(g):
                parts.append(hosted(self.model, group, g, entry[g]))
        return concatenate(parts) if parts else None

    def _subsets(self, b: int, distance: float, most: int) -> list[list[int]]:
        """All domain sets of a body with a reduced cost up to `distance`, at most `most`; depth first."""
        usable = np.flatnonzero(self.model.found.allowed[b])
        order = usable[np.argsort(self.per_domain[b, usable], kind="stable")]
        prices = self.per_domain[b, order]
        anchor = self.model.found.anchor[b]
        # rest[i]: the most that domains i, i+1, ... can still take off
        rest = np.append(np.cumsum(np.minimum(prices, 0.0)[::-1])[::-1], 0.0)
        found: list[list[int]] = []
        stack: list[tuple[int, float, list[int]]] = [(0, float(self.base[b]), [])]
        while stack and len(found) <= most:
            i, total, chosen = stack.pop()
            if total + rest[i] > distance:
                continue
            if i == len(order):
                if anchor[chosen].any():
                    found.append(chosen)
                continue
            stack.append((i + 1, total, chosen))
            stack.append((i + 1, total + float(prices[i]), [*chosen, int(order[i])]))
        return found

    def within(self, distance: float, most: int) -> Bundles | None:
        """Every column with a reduced cost up to `distance`; None when there are more than `most`."""
        least, _ = self.best
        near = np.flatnonzero(least <= distance)
        bodies: list[int] = []
        domains: list[list[int]] = []
        for b in near:
            if self.model.found.kept[b]:
                sets = [np.flatnonzero(self.model.found.allowed[b]).tolist()]
            else:
                sets = self._subsets(int(b), distance, most - len(bodies))
            bodies += [int(b)] * len(sets)
            domains += sets
            if len(bodies) >= most:
                return None
        carried = np.zeros((len(bodies), self.per_domain.shape[1]), dtype=bool)
        for c, chosen in enumerate(domains):
            carried[c, chosen] = True
        parts = [self.model.bundles(np.array(bodies, dtype=np.int64), carried)]
        for group in self.model.exchange.groups:
            g, a = np.nonzero(self.entries(group) <= distance)
            if len(bodies) + len(g) >= most:
                return None
            parts.append(hosted(self.model, group, g, a))
        return concatenate(parts)


def _spread(reduced: Floats, members: Bools, most: int, tolerance: float) -> Ints:
    """Indices of the most negative reduced costs, so that every municipality has its share."""
    negative = np.flatnonzero(reduced < -tolerance)
    if len(negative) <= most:
        return negative
    order = negative[np.argsort(reduced[negative], kind="stable")]
    share = max(1, most // members.shape[1])
    rank = np.cumsum(members[order], axis=0)
    early = (members[order] & (rank <= share)).any(axis=1)
    return order[early][:most]


def hosted(model: Model, group: Group, g: Ints, a: Ints) -> Bundles:
    """Columns of mutual services from entries of a group."""
    domains = model.exchange.domains
    width = model.found.allowed.shape[1]
    carried = np.zeros((len(g), width), dtype=bool)
    carried[:, domains] = group.carried[a]
    position = group.hosts[g if len(group.hosts) > 1 else np.zeros_like(g), a]
    host = np.where(position >= 0, np.take_along_axis(group.member[g], np.maximum(position, 0), axis=1), -1)
    hosts = np.full((len(g), width), -1, dtype=np.int64)
    hosts[:, domains] = host
    return model.bundles(group.body[g], carried, hosts, group.gain[g, a])
