"""A part of many municipalities: the rows that are let go with theirs, and the candidates that those rows see."""

from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.limits import KINDS
from regie_opt.engine.pricing import Duals
from regie_opt.engine.side_row import SideRow
from regie_opt.worth.region import Bools, Ints

OF_MUNICIPALITY = ("board_hours", "capacity", "memberships")
"""Kinds of side rows that are about one municipality: a part has those of its own."""
MOST_SEEN_OUTSIDE = 0.5
"""Share of the candidates of another side row that may lie outside a part that lets it go."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some municipalities, the rows that are let go with theirs, and the candidates that those see."""

    model: Model
    """The programme over the candidates of the part only."""
    body: Ints
    """Index of each of them in the whole (b,)."""
    among: Bools
    """Municipalities (m,)."""
    free: Bools
    """Cell rows and side rows that are let go (m x d + r,)."""

    @classmethod
    def of(cls, model: Model, among: Bools) -> "Part":
        """The part of some municipalities."""
        seen, inside = reach(model, among)
        body = np.flatnonzero(seen)
        free = np.concatenate([np.repeat(among, model.found.allowed.shape[1]), inside])
        part = model.only(body)
        vars(part)["live"] = np.flatnonzero(free)
        return cls(part, body, among, free)

    def cuts_of(self, duals: Duals) -> tuple[Bools, Bools]:
        """Cuts that the part lets go, and those that it must know besides (q,), (q,)."""
        cuts = duals.cuts
        own_host = (cuts.host >= 0) & self.among[np.maximum(cuts.host, 0)]
        free = np.where(cuts.host < 0, ~(cuts.among & ~self.among).any(axis=1), own_host)
        reach = self.model.found.bodies.members.any(axis=0)
        met = (cuts.host >= 0) | (cuts.among & reach).any(axis=1)
        return free, ~free & met & (duals.cut != 0)

    def renumbered(self, columns: Bundles) -> Bundles:
        """Columns with the bodies of the whole."""
        return replace(columns, body=self.body[columns.body])

    def taken(self, columns: Bundles, index: Ints) -> Bundles:
        """Some columns of the whole with the bodies of the part."""
        some = columns.take(index)
        return replace(some, body=np.searchsorted(self.body, some.body))


def reach(model: Model, among: Bools) -> tuple[Bools, Bools]:
    """Candidates that the part of some municipalities sees (b,), and the side rows that it lets go (r,)."""
    sets, set_of = model.found.distinct_members
    seen = np.asarray(sets[:, among].any(axis=1))[set_of]
    inside = np.array([_is_inside(row, among, seen) for row in model.rows.side], dtype=bool)
    for r in np.flatnonzero(inside):
        seen[model.rows.side[r].bodies] = True
    return seen, inside


def _is_inside(row: SideRow, among: Bools, seen: Bools) -> bool:
    """Whether a side row is let go with the rows of some municipalities, whose candidates are seen."""
    if row.kind in OF_MUNICIPALITY:
        return bool(among[row.subject])
    if row.kind in KINDS:
        return bool(among.all())
    return len(row.bodies) == 0 or float((~seen[row.bodies]).mean()) <= (MOST_SEEN_OUTSIDE if not among.all() else 1.0)
