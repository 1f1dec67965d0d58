"""Rows of the programme: one per free cell, and side rows for what crosses partnerships.

A side row sees a body through three kinds of coefficients: once per body, for each domain alike, and per domain.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from regie_opt.engine.candidates import Candidates
from regie_opt.engine.limits import KINDS, bounds, limit_rows
from regie_opt.engine.overload import board_hours_rows, fixed_part, overload_price
from regie_opt.engine.side_row import Coefficients, SideRow
from regie_opt.schema.rules import (
    HostCapacity,
    Keep,
    MostChanges,
    MostPartnerships,
    Together,
    Untouched,
)
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints
from regie_opt.worth.value import Worth

WEIGHTLESS = ("once", "each", "per_domain", "by_domain", "per_domain_seen", "gain", "over", "overloads", "lower")
"""What of `Rows` depends neither on weights nor on how far limits go."""


@dataclass(frozen=True)
class Rows:
    """All side rows as matrices. Axis r."""

    side: tuple[SideRow, ...]
    bodies: int
    domains: int

    def take(self, index: Ints) -> "Rows":
        """The same rows over some bodies."""
        position = np.full(self.bodies, -1)
        position[index] = np.arange(len(index))
        return Rows(tuple(row.renumbered(position) for row in self.side), len(index), self.domains)

    @cached_property
    def once(self) -> sparse.csr_array:
        """Coefficients per body (b, r)."""
        return self._stack([row.once for row in self.side], self.bodies)

    @cached_property
    def each(self) -> sparse.csr_array:
        """Coefficients per domain, alike for all (b, r)."""
        return self._stack([row.each for row in self.side], self.bodies)

    @cached_property
    def by_domain(self) -> Ints:
        """Bodies of which some row sees the domains apart (t,)."""
        given = [row.per_domain.body for row in self.side if row.per_domain is not None]
        return np.unique(np.concatenate(given)) if given else np.zeros(0, dtype=np.int64)

    @cached_property
    def per_domain(self) -> sparse.csr_array:
        """Coefficients per domain of each body, domains within bodies (b x d, r)."""
        given = [row.per_domain for row in self.side]
        spread = [
            None
            if c is None
            else Coefficients((c.body[:, None] * self.domains + np.arange(self.domains)).ravel(), c.value.ravel())
            for c in given
        ]
        return self._stack(spread, self.bodies * self.domains)

    @cached_property
    def per_domain_seen(self) -> sparse.csr_array:
        """The same for the bodies of `by_domain` only (t x d, r)."""
        at = (self.by_domain[:, None] * self.domains + np.arange(self.domains)).ravel()
        return sparse.csr_array(self.per_domain[at])

    @cached_property
    def gain(self) -> Floats:
        """Coefficients per fte of net reciprocated service (r,)."""
        return np.array([row.gain for row in self.side], dtype=float)

    @cached_property
    def over(self) -> Floats:
        """Coefficients per hour of overload (r,)."""
        return np.array([row.over for row in self.side], dtype=float)

    @cached_property
    def overloads(self) -> Bools:
        """Rows of which what is above the upper bound is overload (r,)."""
        return np.array([row.kind == "board_hours" and row.price is not None for row in self.side], dtype=bool)

    @cached_property
    def upper(self) -> Floats:
        """(r,)."""
        return np.array([row.upper for row in self.side], dtype=float)

    @cached_property
    def lower(self) -> Floats:
        """(r,)."""
        return np.array([row.lower for row in self.side], dtype=float)

    def priced(self, worth: Worth) -> "Rows":
        """The same rows with what overload costs at other weights, and limits as far as they go now."""
        price = overload_price(worth)
        side = [row if row.price is None else replace(row, price=price) for row in self.side]
        if any(row.kind in KINDS for row in side):
            fixed = fixed_part(worth).amounts
            now: dict[tuple[str, tuple[str, ...]], float] = {
                (bound.kind, (bound.name,)): bound.upper(fixed) for bound in bounds(worth)
            }
            side = [replace(row, upper=now.get((row.kind, row.rules), row.upper)) for row in side]
        rows = Rows(tuple(side), self.bodies, self.domains)
        vars(rows).update({name: getattr(self, name) for name in WEIGHTLESS})
        return rows

    def table_coefficients(self, index: Ints) -> Floats:
        """Coefficients of some partnerships of today that are tables (t, r)."""
        position = {int(e): i for i, e in enumerate(index)}
        table = np.zeros((len(index), len(self.side)))
        for r, row in enumerate(self.side):
            for e, value in row.tables.items():
                if e in position:
                    table[position[e], r] = value
        return table

    def possible(self, price: Floats, scale: float) -> Floats:
        """Duals of the side rows (r,), less what solver tolerance puts beyond what a dual can be.

        A row without a lower bound has none above zero, and one without an upper bound none below; one that may be
        broken at a price has none below minus that, and what a limit on overload charges for it comes to the price.
        """
        price = np.minimum(price, np.where(np.isfinite(self.lower), np.inf, 0.0))
        price = np.maximum(price, np.where(np.isfinite(self.upper), -np.inf, 0.0))
        lowest = np.array([-np.inf if row.price is None else -row.price * scale for row in self.side])
        return np.maximum(price, lowest + np.where(self.overloads, float(self.over @ price), 0.0))

    def used(self, by_columns: Floats, tables: Ints) -> Floats:
        """What a plan uses of every row (r,): its columns (r,), the tables that it keeps, and its overload."""
        used = by_columns + self.table_coefficients(tables).sum(axis=0)
        beyond = np.maximum(0.0, used - self.upper)[self.overloads].sum()
        result: Floats = used + self.over * float(beyond)
        return result

    def of(self, kind: str) -> dict[int, int]:
        """Row index by subject, for one kind of row."""
        return {row.subject: r for r, row in enumerate(self.side) if row.kind == kind}

    def _stack(self, columns: list[Coefficients | None], length: int) -> sparse.csr_array:
        given = [(r, c) for r, c in enumerate(columns) if c is not None and len(c.body)]
        if not given:
            return sparse.csr_array((length, len(columns)))
        body = np.concatenate([c.body for _, c in given])
        row = np.concatenate([np.full(len(c.body), r) for r, c in given])
        value = np.concatenate([c.value for _, c in given])
        matrix = sparse.csr_array((value, (body, row)), shape=(length, len(columns)))
        matrix.eliminate_zeros()
        return matrix


def side_rows(worth: Worth, found: Candidates) -> Rows:
    """The side rows that a scenario asks for."""
    makers = (_continuations, _double_service, _changes, _memberships, board_hours_rows, _capacities, _together)
    side = [row for maker in makers for row in maker(worth, found)]
    side += limit_rows(worth, found, fixed_part(worth).amounts)
    return Rows(tuple(side), len(found.bodies), len(worth.region.domains))


def _continuations(worth: Worth, found: Candidates) -> list[SideRow]:
    """At most one partnership continues each of today; a rule may ask for one, or for exactly today's."""
    rows = []
    today = found.today
    rules = worth.scenario.rules.items()
    for e, key in enumerate(today.keys):
        if today.fixed[e]:
            continue
        keep = tuple(n for n, r in rules if isinstance(r, Keep | Untouched) and r.partnership == key)
        exact = tuple(n for n, r in rules if isinstance(r, Untouched) and r.partnership == key)
        body = np.flatnonzero(found.bodies.continues == e)
        once = Coefficients(body, np.ones(len(body)))
        tables = {e: 1.0} if today.beside[e] else {}
        if len(body) or keep:
            lower = 1.0 if keep and not exact else 0.0
            rows.append(SideRow("continues", e, lower, 1.0, keep if lower else (), once, tables=tables))
        if exact:
            exactly = Coefficients(body, found.kept[body].astype(float))
            rows.append(SideRow("untouched", e, 1.0, 1.0, exact, exactly, tables=tables))
    return rows


def _double_service(worth: Worth, found: Candidates) -> list[SideRow]:
    """What goes on beside others of today needs them to do the work of the cells that they share."""
    rows, today = [], found.today
    for b in found.doubled:
        e = int(found.bodies.continues[b])
        for main in np.unique(today.served_by[e][today.elsewhere[e]]):
            if today.fixed[main]:
                continue
            cells = today.served_by[e] == main
            body = np.flatnonzero(found.bodies.continues == main)
            load = -(found.bodies.members[body].astype(float) @ cells.astype(float))
            once = Coefficients(np.array([b]), np.array([float(cells.sum())]))
            subject = e * len(today.keys) + int(main)
            rows.append(SideRow("double", subject, -np.inf, 0.0, (), once, per_domain=Coefficients(body, load)))
    return rows


def _changes(worth: Worth, found: Candidates) -> list[SideRow]:
    """Started, ended and changed partnerships together; all of today's count as ended until they go on as they are."""
    limits = [(n, r.number) for n, r in worth.scenario.rules.items() if isinstance(r, MostChanges)]
    if not limits:
        return []
    today = found.today
    decided = np.flatnonzero(~today.fixed)
    once = np.where(found.kept, -1.0, np.where(found.bodies.continues == NOBODY, 1.0, 0.0))
    tables = {int(e): -1.0 for e in decided if today.beside[e]}
    number = min(k for _, k in limits)
    names = tuple(n for n, k in limits if k == number)
    return [SideRow("changes", 0, -np.inf, number - float(len(decided)), names, Coefficients.of(once), tables=tables)]


def _memberships(worth: Worth, found: Candidates) -> list[SideRow]:
    """No municipality in more partnerships than a rule allows."""
    limits = [(n, r.number) for n, r in worth.scenario.rules.items() if isinstance(r, MostPartnerships)]
    if not limits:
        return []
    number = min(k for _, k in limits)
    names = tuple(n for n, k in limits if k == number)
    today = found.today
    fixed = today.bodies.members[today.fixed].sum(axis=0)
    beside = np.flatnonzero(today.beside & ~today.fixed)
    return [
        SideRow(
            "memberships",
            m,
            -np.inf,
            number - float(fixed[m]),
            names,
            Coefficients.of(found.bodies.members[:, m].astype(float)),
            tables={int(e): 1.0 for e in beside if today.bodies.members[e, m]},
        )
        for m in range(len(worth.region.codes))
    ]


def _capacities(worth: Worth, found: Candidates) -> list[SideRow]:
    """Work for others per host, fte; in mutual services the hosts themselves decide, see `exchange`."""
    names = tuple(n for n, r in worth.scenario.rules.items() if isinstance(r, HostCapacity))
    capacity = worth.region.host_capacity
    if not names:
        return []
    served = fixed_part(worth).flows.sum(axis=1)
    rows = []
    for m in np.flatnonzero(np.isfinite(capacity)):
        hosted = np.flatnonzero(found.bodies.host == m)
        load = Coefficients(hosted, found.bodies.members[hosted] @ worth.region.staff - worth.region.staff[m])
        upper = float(capacity[m] - served[m])
        rows.append(SideRow("capacity", int(m), -np.inf, upper, names, per_domain=load))
    return rows


def _together(worth: Worth, found: Candidates) -> list[SideRow]:
    """All of a group in one partnership, per domain."""
    region, today = worth.region, worth.today
    rows = []
    for name, rule in worth.scenario.rules.items():
        if not isinstance(rule, Together):
            continue
        ids = [region.municipality_index[c] for c in rule.members]
        whole = np.flatnonzero(found.bodies.members[:, ids].all(axis=1))
        for key in rule.domains:
            d = region.domain_index[key]
            held = today.fixed & ~today.beside & today.carried[:, d] & today.bodies.members[:, ids].all(axis=1)
            if held.any():
                continue
            load = np.zeros((len(whole), len(region.domains)))
            load[:, d] = 1.0
            # Two can both be whole only where one goes on beside the other.
            most = np.inf if found.allowed[np.intersect1d(whole, found.doubled), d].any() else 1.0
            rows.append(SideRow("together", d, 1.0, most, (name,), per_domain=Coefficients(whole, load)))
    return rows
