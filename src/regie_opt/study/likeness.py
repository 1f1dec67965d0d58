"""How far two plans are alike: which partnerships they share, and which cells are with other partners."""

from collections.abc import Iterable
from typing import NamedTuple

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership

Cell = tuple[str, str]
"""Municipality and domain."""


class Group(NamedTuple):
    """Who does a cell together: what makes it the same in two plans, whatever the partnership is called."""

    form: str
    members: tuple[str, ...]
    """In order of code."""
    host: str | None
    """Who does the work; None in a form without a host."""


class Composed(NamedTuple):
    """All that one partnership's worth follows from."""

    form: str
    members: frozenset[str]
    domains: frozenset[str]
    hosts: frozenset[tuple[str, str]]
    continues: str | None
    beside: bool


Composition = frozenset[Composed]
"""What tells two plans apart."""


def group(planned: PlannedPartnership, domain: str) -> Group:
    """The form and members of a partnership, and its host in a domain."""
    return Group(planned.form, tuple(sorted(planned.members)), (planned.hosts or {}).get(domain))


def groups(plan: Iterable[PlannedPartnership]) -> dict[Cell, Group]:
    """Who does each cell together, tables beside the work left out; a cell that is not there is done alone."""
    return {
        (code, domain): group(planned, domain)
        for planned in plan
        if not planned.beside
        for domain in planned.domains
        if domain != UNKNOWN
        for code in planned.members
    }


def regrouped(plan: Iterable[PlannedPartnership], other: Iterable[PlannedPartnership]) -> frozenset[Cell]:
    """Cells that are in another partnership, or alone in one plan and not in the other."""
    one, two = groups(plan), groups(other)
    return frozenset(cell for cell in one.keys() | two.keys() if one.get(cell) != two.get(cell))


def composition(plan: Iterable[PlannedPartnership]) -> Composition:
    """All that a plan's worth follows from, whatever its partnerships are called.

    That is more than which cells are together: two domains in one partnership or in two of the same members, or going
    on with one of today or starting anew, is another plan, since it costs other hours and another transition.
    """
    return frozenset(
        Composed(
            planned.form,
            frozenset(planned.members),
            frozenset(planned.domains),
            frozenset((planned.hosts or {}).items()),
            planned.continues,
            planned.beside,
        )
        for planned in plan
    )
