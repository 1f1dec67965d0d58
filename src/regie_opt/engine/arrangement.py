"""What tells one plan from another: who does each cell together, in which form, and which tables are kept.

Hosts, what is continued, what goes on beside others that do the work and how domains are bundled do not tell plans
apart: of all plans with the same arrangement the best stands for it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Floats, Ints

ALONE = -1
"""Group of a cell that is in no partnership."""


@dataclass(frozen=True)
class Linear:
    """A linear function of a plan."""

    columns: Floats
    """Per column (c,)."""
    tables: Floats
    """Per table beside the work (t,)."""
    constant: float

    def __call__(self, chosen: Bools, kept: Bools) -> float:
        """Its value for a plan."""
        return self.constant + float(self.columns[chosen].sum() + self.tables[kept].sum())

    @property
    def minus(self) -> "Linear":
        """Its opposite."""
        return Linear(-self.columns, -self.tables, -self.constant)


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Who does what together."""

    group: Ints
    """Group of each cell, `ALONE` where it is in none (x,)."""
    tables: Bools
    """Tables beside the work that are kept (t,)."""

    def unlike(self, other: "Arrangement") -> tuple[Bools, Bools]:
        """Cells (x,) and tables (t,) that differ."""
        return self.group != other.group, self.tables != other.tables

    def distance(self, other: "Arrangement") -> int:
        """How many cells and tables differ."""
        return sum(int(which.sum()) for which in self.unlike(other))


@dataclass(frozen=True, eq=False)
class Groups:
    """Columns by the group that their cells are in: form, members, and members outside the region."""

    model: Model
    columns: Bundles

    @cached_property
    def of(self) -> Ints:
        """Group of each column (c,), numbered in the order in which they come."""
        found, body = self.model.found, self.columns.body
        outside = found.bodies.take(body).outside_members > 0
        with_whom = np.where(outside, found.bodies.continues[body], NOBODY)
        members = np.packbits(found.bodies.members[body], axis=1)
        key = np.column_stack([found.bodies.form[body], with_whom, members])
        _, first, which = np.unique(key, axis=0, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=np.int64)
        rank[np.argsort(first, kind="stable")] = np.arange(len(first))
        return rank[which.ravel()]

    @cached_property
    def open_cells(self) -> Ints:
        """Cells that are decided on (x,): not held by what is fixed, and of domains that no law imposes."""
        today, region = self.model.found.today, self.model.worth.region
        open_domain = np.array([not d.statutory for d in region.scenario.domains.values()], dtype=bool)
        return np.flatnonzero(~today.occupied & open_domain)

    @property
    def decisions(self) -> int:
        """Cells and tables that are decided on."""
        return len(self.open_cells) + len(self.model.tables)

    @cached_property
    def entries(self) -> tuple[Ints, Ints]:
        """Every cell of every column: column and cell (n,)."""
        matrix = self.columns.matrix[: self.model.cells].tocoo()
        return matrix.col.astype(np.int64), matrix.row.astype(np.int64)

    def arrangement(self, chosen: Bools, kept: Bools) -> Arrangement:
        """That of a plan."""
        group = np.full(self.model.cells, ALONE, dtype=np.int64)
        column, cell = self.entries
        at = chosen[column]
        group[cell[at]] = self.of[column[at]]
        return Arrangement(group, kept.copy())

    def distance_to(self, other: Arrangement) -> Linear:
        """How many cells and tables of a plan differ from an arrangement."""
        column, cell = self.entries
        theirs = other.group[cell]
        # A cell that they do alone differs when it is taken; any other when it is not taken by their group.
        weight = np.where(theirs == ALONE, 1.0, np.where(theirs == self.of[column], -1.0, 0.0))
        together = float((other.group != ALONE).sum() + other.tables.sum())
        per_column: Floats = np.bincount(column, weight, len(self.columns)).astype(float)
        return Linear(per_column, np.where(other.tables, -1.0, 1.0), together)

    def in_group(self, group: int, domain: int) -> Linear:
        """Whether a group does a domain together: 1 or 0."""
        return self._any((self.of == group) & self.columns.carried[:, domain])

    def together(self, one: int, other: int, domain: int) -> Linear:
        """Whether two municipalities do a domain together, in whatever form and with whomever: 1 or 0."""
        column, cell = self.entries
        width = self.columns.carried.shape[1]
        held = [np.isin(np.arange(len(self.columns)), column[cell == m * width + domain]) for m in (one, other)]
        return self._any(held[0] & held[1])

    def alone(self, cell: int) -> Linear:
        """Whether a municipality does a domain alone: 1 or 0."""
        column, cells = self.entries
        taken = np.zeros(len(self.columns), dtype=bool)
        taken[column[cells == cell]] = True
        return Linear(-taken.astype(float), np.zeros(len(self.model.tables)), 1.0)

    def table(self, t: int, *, kept: bool) -> Linear:
        """Whether a table is kept, or ended: 1 or 0."""
        tables = np.zeros(len(self.model.tables))
        tables[t] = 1.0 if kept else -1.0
        return Linear(np.zeros(len(self.columns)), tables, 0.0 if kept else 1.0)

    def _any(self, columns: Bools) -> Linear:
        return Linear(columns.astype(float), np.zeros(len(self.model.tables)), 0.0)
