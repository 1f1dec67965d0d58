"""Where each kind of rule is held: a kind that is nowhere is refused, never passed over."""

from collections.abc import Mapping
from types import MappingProxyType

from regie_opt.schema.errors import RegieError
from regie_opt.schema.rules import (
    Alone,
    Apart,
    BoardHours,
    Contiguity,
    Distance,
    End,
    Forms,
    HostCapacity,
    Keep,
    Largest,
    LeastTrust,
    Limit,
    MostChanges,
    MostPartnerships,
    Rule,
    Together,
    Untouched,
    Without,
)

HELD_BY: Mapping[type[Rule], tuple[str, ...]] = MappingProxyType(
    {
        Contiguity: ("member_sets",),
        Largest: ("member_sets",),
        Distance: ("member_sets",),
        LeastTrust: ("candidates",),
        Forms: ("candidates",),
        Apart: ("member_sets", "candidates"),
        Without: ("candidates",),
        Alone: ("candidates",),
        Together: ("candidates", "rows"),
        Keep: ("rows",),
        End: ("candidates", "tables"),
        Untouched: ("candidates", "rows"),
        BoardHours: ("overload",),
        HostCapacity: ("candidates", "rows"),
        MostPartnerships: ("rows",),
        MostChanges: ("candidates", "rows"),
        Limit: ("limits",),
    }
)
"""Modules of the engine that make no candidate, or a row, for it; `obeying` holds each against a plan as well."""


class UnheldRule(RegieError):
    """A rule of a kind that nothing holds a plan to."""

    exit_code = 2


def refuse_unheld(rules: Mapping[str, Rule]) -> None:
    """Raise `UnheldRule`, naming the rule, where a kind is held nowhere; one derived from another is another."""
    for name, rule in rules.items():
        if type(rule) not in HELD_BY:
            known = ", ".join(str(kind.model_fields["kind"].annotation).split("'")[1] for kind in HELD_BY)
            message = f"rule '{name}' is of kind '{rule.kind}', to which no plan would be held; allowed: {known}"
            raise UnheldRule(message)
