"""Rows of the programme: one per free cell, and side rows for what crosses partnerships.

A side row sees a body through three kinds of coefficients: once per body, for each domain alike, and per domain.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from regie_opt.engine.candidates import Candidates
from regie_opt.schema.rules import (
    BoardHours,
    HostCapacity,
    Keep,
    MostChanges,
    MostPartnerships,
    Together,
    Untouched,
)
from regie_opt.schema.strict import ROLES
from regie_opt.worth.assessment import Assessor
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.burden import hours
from regie_opt.worth.placed import Placed
from regie_opt.worth.plan import today_plan
from regie_opt.worth.region import Floats
from regie_opt.worth.value import Worth

COLLEGE = ROLES.index("college")


@dataclass
class SideRow:
    """One side row: lower <= sum of coefficients <= upper."""

    kind: str
    subject: int
    """Index of the municipality or partnership of today that it is about."""
    lower: float
    upper: float
    rules: tuple[str, ...]
    """Names of the rules that it comes from."""
    once: Floats
    """Coefficient of each body (b,)."""
    each: Floats | None = None
    """Coefficient of each domain of each body, the same for all domains (b,)."""
    per_domain: Floats | None = None
    """Coefficient of each domain of each body (b, d)."""
    tables: dict[int, float] = field(default_factory=dict)
    """Coefficient of keeping a table beside the work, by partnership of today."""
    price: float | None = None
    """Value lost per unit above the upper bound; None where it is hard."""


@dataclass(frozen=True)
class Rows:
    """All side rows as matrices. Axis r."""

    side: tuple[SideRow, ...]
    bodies: int
    domains: int

    @cached_property
    def once(self) -> sparse.csr_array:
        """Coefficients per body (b, r)."""
        return _stack([row.once for row in self.side], self.bodies)

    @cached_property
    def each(self) -> sparse.csr_array:
        """Coefficients per domain, alike for all (b, r)."""
        return _stack([_or_zero(row.each, self.bodies) for row in self.side], self.bodies)

    @cached_property
    def per_domain(self) -> tuple[sparse.csr_array, ...]:
        """Coefficients per domain (d of (b, r))."""
        zero = np.zeros((self.bodies, self.domains))
        tables = [zero if row.per_domain is None else row.per_domain for row in self.side]
        return tuple(_stack([t[:, d] for t in tables], self.bodies) for d in range(self.domains))

    def of(self, kind: str) -> dict[int, int]:
        """Row index by subject, for one kind of row."""
        return {row.subject: r for r, row in enumerate(self.side) if row.kind == kind}


def _or_zero(values: Floats | None, length: int) -> Floats:
    return np.zeros(length) if values is None else values


def _stack(columns: list[Floats], length: int) -> sparse.csr_array:
    if not columns:
        return sparse.csr_array((length, 0))
    return sparse.csr_array(sparse.hstack([sparse.csc_array(c.reshape(-1, 1)) for c in columns], format="csr"))


def side_rows(worth: Worth, found: Candidates) -> Rows:
    """The side rows that a scenario asks for."""
    makers = (_continuations, _changes, _memberships, _board_hours, _capacities, _together)
    side = [row for maker in makers for row in maker(worth, found)]
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
        once = (found.bodies.continues == e).astype(float)
        tables = {e: 1.0} if today.beside[e] else {}
        if once.any() or keep:
            lower = 1.0 if keep and not exact else 0.0
            rows.append(SideRow("continues", e, lower, 1.0, keep if lower else (), once, tables=tables))
        if exact:
            rows.append(SideRow("untouched", e, 1.0, 1.0, exact, once * found.kept, tables=tables))
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
    return [SideRow("changes", 0, -np.inf, number - float(len(decided)), names, once, tables=tables)]


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
            found.bodies.members[:, m].astype(float),
            tables={int(e): 1.0 for e in beside if today.bodies.members[e, m]},
        )
        for m in range(len(worth.region.codes))
    ]


def fixed_part(worth: Worth) -> Assessor:
    """Everybody alone but for the fixed partnerships of today."""
    fixed = {key for key, f in zip(worth.today.keys, worth.today.fixed, strict=True) if f}
    return Assessor(worth, Placed.of(worth.today, [q for q in today_plan(worth.scenario) if q.id in fixed]))


def table_hours(worth: Worth) -> Floats:
    """College hours that each partnership of today asks of each member, host hours included (e, m)."""
    alone = [Assessor(worth, Placed.of(worth.today, [q])) for q in today_plan(worth.scenario)]
    return np.array([one.hours[:, COLLEGE] for one in alone]).reshape(len(alone), len(worth.region.codes))


def _board_hours(worth: Worth, found: Candidates) -> list[SideRow]:
    """College hours per municipality: priced overload, or a hard cap under a `board_hours` rule."""
    names = tuple(n for n, r in worth.scenario.rules.items() if isinstance(r, BoardHours))
    price = None if names else -worth.coefficients["overload"]
    if price == 0.0:
        return []
    today, bodies = found.today, found.bodies
    asked = hours(bodies)
    used = fixed_part(worth).hours[:, COLLEGE]
    tables = table_hours(worth)
    beside = np.flatnonzero(today.beside & ~today.fixed)
    rows = []
    for m in range(len(worth.region.codes)):
        inside = bodies.members[:, m].astype(float)
        host = (bodies.host == m).astype(float)
        rows.append(
            SideRow(
                "board_hours",
                m,
                -np.inf,
                float(worth.region.board_hours[m] - used[m]),
                names,
                inside * asked.base[:, COLLEGE] + host * asked.host_base[:, COLLEGE],
                each=inside * asked.per_domain[:, COLLEGE],
                tables={int(e): float(tables[e, m]) for e in beside if tables[e, m] > 0},
                price=price,
            )
        )
    return rows


def _capacities(worth: Worth, found: Candidates) -> list[SideRow]:
    """Work for others per host, fte; in mutual services the hosts themselves decide, see `exchange`."""
    names = tuple(n for n, r in worth.scenario.rules.items() if isinstance(r, HostCapacity))
    capacity = worth.region.host_capacity
    if not names:
        return []
    served = fixed_part(worth).flows.sum(axis=1)
    rows = []
    for m in np.flatnonzero(np.isfinite(capacity)):
        hosted = (found.bodies.host == m)[:, None]
        load = hosted * (found.bodies.members @ worth.region.staff - worth.region.staff[m])
        upper = float(capacity[m] - served[m])
        zero = np.zeros(len(found.bodies))
        rows.append(SideRow("capacity", int(m), -np.inf, upper, names, zero, per_domain=load))
    return rows


def _together(worth: Worth, found: Candidates) -> list[SideRow]:
    """All of a group in one partnership, per domain."""
    region, today = worth.region, worth.today
    rows = []
    for name, rule in worth.scenario.rules.items():
        if not isinstance(rule, Together):
            continue
        ids = [region.municipality_index[c] for c in rule.members]
        whole = np.asarray(found.bodies.members[:, ids].all(axis=1))
        for key in rule.domains:
            d = region.domain_index[key]
            held = today.fixed & ~today.beside & today.carried[:, d] & today.bodies.members[:, ids].all(axis=1)
            if held.any():
                continue
            load = np.zeros((len(found.bodies), len(region.domains)))
            load[:, d] = whole
            rows.append(SideRow("together", d, 1.0, 1.0, (name,), np.zeros(len(whole)), per_domain=load))
    return rows
