"""What all plans nearly as good as the best have in common: safe moves, each proven by a search for a plan without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from regie_opt.engine.arrangement import ALONE, Linear
from regie_opt.engine.differing import Search
from regie_opt.engine.programme import Choice
from regie_opt.worth.region import Bools

Kind = Literal["group", "together", "alone", "table_kept", "table_ended"]


@dataclass(frozen=True)
class Common:
    """One thing that the plans have in common."""

    kind: Kind
    domain: int | None
    """None for a table."""
    members: tuple[int, ...]
    """Municipalities that do the domain together or alone, or are at the table."""
    form: int | None = None
    """Of a group."""
    partnership: int | None = None
    """Of today: a table, or the one whose members outside the region are in the group."""
    proven: bool = False
    """Whether no plan is without it; else only that none was found."""


@dataclass
class Commonality:
    """Finds what is in all plans of a search."""

    search: Search
    plans: list[Choice]
    """Those that were found so far, the first of which is the best."""

    def all(self) -> list[Common]:
        """Groups first, then who is alone, tables, and who is together whatever the form."""
        kept = self._kept([*self._groups(), *self._alone(), *self._tables()])
        groups = [what for what, _ in kept if what.kind == "group"]
        kept += self._together({(what.domain, *pair) for what in groups for pair in _pairs(what.members)})
        # What is not proven may have been refuted since.
        return [what for what, present in kept if what.proven or self._in_those_found(present)]

    @property
    def width(self) -> int:
        """Number of domains."""
        return self.search.groups.model.found.allowed.shape[1]

    def _kept(self, things: Sequence[tuple[Common, Linear]]) -> list[tuple[Common, Linear]]:
        """Those that are in all plans: most by the relaxation, the rest at once, when no plan lacks any of them.

        A plan that lacks one is one more that was found.
        """
        things = [(what, present) for what, present in things if self._in_those_found(present)]
        sure = [self.search.in_all(present) for _, present in things]
        left = [present for (_, present), proven in zip(things, sure, strict=True) if not proven]
        proven = True
        while left := [present for present in left if self._in_those_found(present)]:
            without = self.search.without_any(left)
            if without.choice is None:
                proven = without.proven
                break
            self.plans.append(without.choice)
        return [
            (replace(what, proven=certain or proven), present)
            for (what, present), certain in zip(things, sure, strict=True)
            if certain or self._in_those_found(present)
        ]

    def _in_those_found(self, present: Linear) -> bool:
        return all(present(plan.chosen, plan.kept) > 0.5 for plan in self.plans)

    def _grouped(self, plan: Choice) -> np.ndarray:
        """Group of each cell in a plan (m, d)."""
        return self.search.arrangement(plan).group.reshape(-1, self.width)

    def _groups(self) -> Iterator[tuple[Common, Linear]]:
        """Groups that do a domain together in the best plan."""
        groups, bodies = self.search.groups, self.search.groups.model.found.bodies
        best = self._grouped(self.plans[0])
        for d in range(self.width):
            for g in dict.fromkeys(best[best[:, d] != ALONE, d].tolist()):
                body = int(groups.columns.body[int(np.argmax(groups.of == g))])
                outside = int(bodies.continues[body]) if bodies.outside_members[body] > 0 else None
                members = tuple(np.flatnonzero(best[:, d] == g).tolist())
                yield Common("group", d, members, int(bodies.form[body]), outside), groups.in_group(g, d)

    def _alone(self) -> Iterator[tuple[Common, Linear]]:
        """Cells that are done alone in the best plan."""
        best = self._grouped(self.plans[0]).ravel()
        for cell in self.search.groups.open_cells.tolist():
            if best[cell] == ALONE:
                members = (cell // self.width,)
                yield Common("alone", cell % self.width, members), self.search.groups.alone(cell)

    def _tables(self) -> Iterator[tuple[Common, Linear]]:
        """Tables beside the work, which the best plan keeps or ends."""
        model = self.search.groups.model
        for t, e in enumerate(model.tables.index.tolist()):
            kept = bool(self.plans[0].kept[t])
            members = tuple(np.flatnonzero(model.found.today.bodies.members[e]).tolist())
            kind: Kind = "table_kept" if kept else "table_ended"
            yield Common(kind, None, members, None, e), self.search.groups.table(t, kept=kept)

    def _together(self, settled: set[tuple[int | None, int, int]]) -> list[tuple[Common, Linear]]:
        """Municipalities that do a domain together in every plan, in one group or another."""
        linked: dict[tuple[int, int, int], tuple[Common, Linear]] = {}
        # A link that is not kept was missing in another plan: the classes are then others.
        while todo := [link for link in self._links() if link not in settled and link not in linked]:
            things = [(Common("together", d, (i, j)), self.search.groups.together(i, j, d)) for d, i, j in todo]
            kept = {(what.domain, what.members): (what, present) for what, present in self._kept(things)}
            linked |= {(d, i, j): kept[d, (i, j)] for d, i, j in todo if (d, (i, j)) in kept}
        found = []
        for d in range(self.width):
            for members in self._classes(d):
                links = [linked[d, i, j] for i, j in _pairs(members) if (d, i, j) in linked]
                if links:
                    proven = all(what.proven for what, _ in links)
                    found.append((Common("together", d, members, proven=proven), links[0][1]))
        return found

    def _links(self) -> list[tuple[int, int, int]]:
        """Domain and pairs that hold the classes together."""
        return [(d, *pair) for d in range(self.width) for members in self._classes(d) for pair in _pairs(members)]

    def _classes(self, domain: int) -> list[tuple[int, ...]]:
        """Municipalities that are together in a domain in every plan found so far, two or more."""
        groups = np.column_stack([self._grouped(plan)[:, domain] for plan in self.plans])
        shared: Bools = (groups != ALONE).all(axis=1)
        _, which = np.unique(groups, axis=0, return_inverse=True)
        which = which.ravel()
        classes = [np.flatnonzero((which == k) & shared) for k in dict.fromkeys(which.tolist())]
        return [tuple(c.tolist()) for c in classes if len(c) > 1]


def _pairs(members: tuple[int, ...]) -> list[tuple[int, int]]:
    """Each with the next: when all of these are together, all are."""
    return list(pairwise(members))
