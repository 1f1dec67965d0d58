"""Costs of everything the programme can choose, and columns: bodies with the domains they carry (bundles).

The engine minimises cost = - value x scale; alone is the zero point.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from regie_opt.engine.candidates import Candidates, hosted_work
from regie_opt.engine.exchange import Exchange, exchange
from regie_opt.engine.overload import COLLEGE
from regie_opt.engine.room import Room
from regie_opt.engine.rows import Rows, side_rows
from regie_opt.engine.tables import Tables, table_amounts
from regie_opt.engine.worthwhile import worthwhile
from regie_opt.schema.parameters import CriterionKey
from regie_opt.worth.burden import hours
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.value import Worth

UNIT = 1e4
"""Cost of a value equal to the sum of all weights: keeps solver tolerances far below what matters."""
WEIGHTLESS = ("exchange", "hosted", "room", "mutual", "table_amounts", "host_hours")
"""What of a `Model` does not depend on the weights of criteria."""


@dataclass(frozen=True)
class Bundles:
    """Columns: each a body with the domains it carries and, for mutual services, their hosts. Axis c."""

    body: Ints
    """Index of the body (c,)."""
    carried: Bools
    """Domains (c, d)."""
    hosts: Ints
    """Host of each domain of mutual services, -1 elsewhere (c, d)."""
    cost: Floats
    """Cost (c,)."""
    matrix: sparse.csc_array
    """Coefficients in cell rows and side rows (m x d + r, c)."""
    gain: Floats
    """Net reciprocated service in mutual services, weighted fte, zero elsewhere (c,)."""

    def __len__(self) -> int:
        """How many columns."""
        return len(self.body)

    def take(self, index: Bools | Ints) -> "Bundles":
        """Some of them."""
        where = np.flatnonzero(index) if index.dtype == bool else index
        matrix = sparse.csc_array(self.matrix[:, where])
        return Bundles(
            self.body[index], self.carried[index], self.hosts[index], self.cost[index], matrix, self.gain[index]
        )


@dataclass(frozen=True, eq=False)
class Model:
    """The whole programme in parts, of which columns are made when they are needed."""

    worth: Worth
    found: Candidates
    rows: Rows
    values: tuple[Floats, Floats]
    """Value of bodies (b,) and of each domain they could carry (b, d), against alone."""
    every: bool = False
    """Whether candidates that are in no best plan at the weights of now are kept, for other weights."""
    fineness: float = 1.0
    """How many times finer costs are than the sum of the weights asks for."""

    @classmethod
    def of(cls, worth: Worth, found: Candidates) -> "Model":
        """The programme over those of the given candidates that could be in a best plan."""
        useful, values = worthwhile(worth, found)
        return cls(worth, useful, side_rows(worth, useful), values)

    def only(self, index: Ints) -> "Model":
        """The same over some bodies."""
        base, per_domain = self.values
        values = base[index], per_domain[index]
        part = replace(self, found=self.found.take(index), rows=self.rows.take(index), values=values)
        # What is known of the whole is not worked out again.
        known = vars(self)
        vars(part)["tables"] = self.tables
        if "exchange" in known:
            vars(part)["exchange"] = self.exchange.take(index, len(self.found.bodies))
        if "host_hours" in known:
            vars(part)["host_hours"] = self.host_hours[index]
        return part

    def deciding(self, table: int, *, kept: bool) -> "Model":
        """The same in which a table beside the work is kept, or not."""
        model = replace(self)
        vars(model).update(vars(self))
        vars(model)["tables"] = self.tables.deciding(table, kept=kept)
        return model

    @cached_property
    def scale(self) -> float:
        """Cost per unit of value: makes plans independent of the scale of the weights."""
        total = sum(criterion.weight for criterion in self.worth.scenario.criteria.values())
        return self.fineness * (UNIT / total if total > 0 else 1.0)

    @cached_property
    def costs(self) -> tuple[Floats, Floats]:
        """Cost of bodies (b,) and of each domain (b, d), infinite where it may not be carried."""
        base, per_domain = self.values
        return -base * self.scale, np.where(self.found.allowed, -per_domain * self.scale, np.inf)

    @cached_property
    def exchange(self) -> Exchange:
        """Hosts of mutual services."""
        return exchange(self.worth, self.found, every=self.every)

    @cached_property
    def exchange_costs(self) -> tuple[Floats, ...]:
        """Cost of what is reciprocated in every entry of every group (g, a), infinite where it is no candidate."""
        price = self.worth.coefficients["reciprocity"] * self.scale
        gains = [group.gain for group in self.exchange.groups]
        return tuple(np.where(np.isfinite(g), -price * np.where(np.isfinite(g), g, 0.0), np.inf) for g in gains)

    @cached_property
    def hosted(self) -> tuple[Ints, Floats]:
        """Bodies whose host has a capacity, and the work for others that each domain brings it, fte (n,), (n, d)."""
        limited = np.zeros(self.found.bodies.members.shape[1] + 1, dtype=bool)
        limited[list(self.rows.of("capacity"))] = True
        index = np.flatnonzero(limited[self.found.bodies.host])
        return index, hosted_work(self.found.bodies.take(index))

    def room_of(self, host: int) -> float:
        """Work for others that a host has room for, fte."""
        return self.rows.side[self.rows.of("capacity")[host]].upper

    def work_of(self, body: Ints) -> Floats:
        """Work for others that each domain brings the host of given bodies, fte (c, d)."""
        return hosted_work(self.found.bodies.take(body))

    @cached_property
    def room(self) -> Room:
        """Hosted bodies that could have more work than their host has room for."""
        return Room.of(self.found, self.rows)

    @cached_property
    def mutual(self) -> Bools:
        """Which bodies are mutual services (b,)."""
        forms = self.worth.scenario.forms.values()
        return np.array([f.hosting == "mutual" for f in forms], dtype=bool)[self.found.bodies.form]

    @cached_property
    def tables(self) -> Tables:
        """Tables beside the work that can be kept."""
        index, amounts = self.table_amounts
        value = np.zeros(len(index))
        for key, amount in amounts.items():
            value += self.worth.coefficients[key] * amount
        return Tables.free(index, -value * self.scale)

    @cached_property
    def table_amounts(self) -> tuple[Ints, dict[CriterionKey, Floats]]:
        """The same before it is weighed: partnership of today, and what it brings in each criterion (t,)."""
        return table_amounts(self.worth)

    @cached_property
    def host_hours(self) -> Floats:
        """College hours of a mutual-services host per hosted domain (b,)."""
        per_domain: Floats = hours(self.found.bodies).host_per_domain[:, COLLEGE]
        return per_domain

    @cached_property
    def live(self) -> Ints:
        """Cell rows and side rows that can bind: all, unless this is a part of a larger programme."""
        return np.arange(self.cells + len(self.rows.side))

    @property
    def cells(self) -> int:
        """Number of cell rows."""
        return self.found.bodies.members.shape[1] * self.found.allowed.shape[1]

    def bundles(self, body: Ints, carried: Bools, hosts: Ints | None = None, gain: Floats | None = None) -> Bundles:
        """Columns with their costs and coefficients; `gain` is the net reciprocated service of each."""
        if hosts is None:
            hosts = np.full(carried.shape, -1, dtype=np.int64)
        if gain is None:
            gain = np.zeros(len(body))
        cells = self.found.cells(body, carried).reshape(len(body), self.cells)
        matrix = _columns_of(cells, self._side(body, carried, hosts, gain))
        return Bundles(body, carried, hosts, self.cost_of(body, carried, gain), matrix, gain)

    def cost_of(self, body: Ints, carried: Bools, gain: Floats) -> Floats:
        """Cost of bodies with the domains that they carry and the service that is reciprocated in them (c,)."""
        base, per_domain = self.values
        value = base[body] + np.where(carried, per_domain[body], 0.0).sum(axis=1)
        cost: Floats = -(value + gain * self.worth.coefficients["reciprocity"]) * self.scale
        return cost

    def reweighed(self, worth: Worth, found: Candidates, values: tuple[Floats, Floats]) -> "Model":
        """The programme over the same bodies at other weights of criteria: only what depends on them is computed.

        `found` may allow fewer domains, those that could be in a best plan at these weights.
        """
        model = replace(self, worth=worth, found=found, rows=self.rows.priced(worth), values=values)
        vars(model).update({name: getattr(self, name) for name in WEIGHTLESS})
        return model

    def finer(self, factor: float) -> "Model":
        """The same programme with costs so many times as large."""
        model = replace(self, fineness=factor * self.fineness)
        vars(model).update({name: value for name, value in vars(self).items() if name in WEIGHTLESS})
        return model

    def costless(self) -> "Model":
        """The same programme in which nothing counts: every plan that obeys the rules is as good as any other."""
        scenario = self.worth.scenario
        criteria = {key: one.model_copy(update={"weight": 0.0}) for key, one in scenario.criteria.items()}
        worth = self.worth.reweighed(scenario.model_copy(update={"criteria": criteria}))
        base, per_domain = self.values
        nothing = np.zeros_like(base), np.zeros_like(per_domain)
        model = replace(self, worth=worth, rows=self.rows.priced(worth), values=nothing)
        same = (*WEIGHTLESS, "live")
        vars(model).update({name: value for name, value in vars(self).items() if name in same})
        vars(model)["tables"] = replace(self.tables, cost=np.zeros(len(self.tables)))
        return model

    @cached_property
    def is_costless(self) -> bool:
        """Whether nothing counts."""
        priced = any(row.price for row in self.rows.side)
        return not priced and not any(part.any() for part in self.values) and not self.tables.cost.any()

    @cached_property
    def dearest(self) -> float:
        """Cost that no column exceeds, what is reciprocated left aside."""
        base, per_domain = self.costs
        dear = base + np.where(self.found.allowed, np.maximum(per_domain, 0.0), 0.0).sum(axis=1)
        return float(dear.max(initial=0.0))

    def _side(self, body: Ints, carried: Bools, hosts: Ints, gain: Floats) -> sparse.csr_array:
        count = carried.sum(axis=1).astype(float)
        rows = self.rows
        side = rows.once[body] + rows.each[body].multiply(count[:, None])
        if rows.per_domain.nnz:
            c, d = np.nonzero(carried)
            of_column = sparse.csr_array((np.ones(len(c)), (c, np.arange(len(c)))), shape=(len(body), len(c)))
            side = side + of_column @ rows.per_domain[body[c] * rows.domains + d]
        if rows.gain.any() and gain.any():
            side = side + sparse.csr_array(np.outer(gain, rows.gain))
        if (hosts >= 0).any():
            side = side + sparse.csr_array(self._hosting(body, hosts))
        return sparse.csr_array(side)

    def _hosting(self, body: Ints, hosts: Ints) -> Floats:
        """What the hosts of mutual services take of capacities and board hours (c, r)."""
        region = self.worth.region
        table = np.zeros((len(body), len(self.rows.side)))
        pooled = self.found.bodies.members[body] @ region.staff
        for r, row in enumerate(self.rows.side):
            here = hosts == row.subject
            if row.kind == "capacity":
                table[:, r] = (here * (pooled - region.staff[row.subject])).sum(axis=1)
            elif row.kind == "board_hours":
                table[:, r] = here.sum(axis=1) * self.host_hours[body]
        return table


def _columns_of(cells: Bools, side: sparse.csr_array) -> sparse.csc_array:
    """Columns (x + r, c) from the cells that each takes (c, x) and its coefficients in side rows (c, r)."""
    side.sort_indices()
    column, cell = np.nonzero(cells)
    taken = np.concatenate([[0], np.cumsum(cells.sum(axis=1))])
    other = np.repeat(np.arange(len(cells)), np.diff(side.indptr))
    # Within a column its cells come first: they move up by the side entries of the columns before it.
    of_cells = np.arange(len(cell)) + side.indptr[column]
    of_side = np.arange(len(other)) + taken[other + 1]
    index = np.empty(len(cell) + len(other), dtype=np.int64)
    value = np.ones(len(index))
    index[of_cells], index[of_side], value[of_side] = cell, cells.shape[1] + side.indices, side.data
    return sparse.csc_array((value, index, taken + side.indptr), shape=(cells.shape[1] + side.shape[1], len(cells)))


def concatenate(parts: list[Bundles]) -> Bundles:
    """One set of columns out of several."""
    return Bundles(
        np.concatenate([p.body for p in parts]),
        np.concatenate([p.carried for p in parts]),
        np.concatenate([p.hosts for p in parts]),
        np.concatenate([p.cost for p in parts]),
        sparse.csc_array(sparse.hstack([p.matrix for p in parts], format="csc")),
        np.concatenate([p.gain for p in parts]),
    )


def distinct(columns: Bundles) -> tuple[Ints, Ints]:
    """The first of each of the different columns (u,), and which of them every column is (c,)."""
    key = _table(columns)
    _, first, which = np.unique(key, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    return first[order], np.argsort(order, kind="stable")[which.ravel()]


def keys(columns: Bundles) -> list[bytes]:
    """What tells each column from every other."""
    return [row.tobytes() for row in _table(columns)]


def _table(columns: Bundles) -> Ints:
    return np.concatenate([columns.body[:, None], columns.carried, columns.hosts], axis=1)
