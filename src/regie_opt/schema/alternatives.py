"""Plans nearly as good as the best, and what they have in common (`regie-opt/alternatives/1`)."""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.plan import CriterionResult, PlannedPartnership
from regie_opt.schema.strict import Key, Strict


class AlternativePlan(Strict):
    """One plan, and how it differs from the best."""

    value: float
    loss: float
    """What it is worth less than the best, as a part of what the best gains over everybody alone."""
    differs: int
    """Cells and tables in which it differs from the best."""
    by_municipality: dict[Key, int]
    """Cells that a municipality does with others than in the best plan, or in another form; without those at 0."""
    tables: tuple[Key, ...]
    """Tables beside the work that are kept in one of the two and ended in the other."""
    apart: int
    """Cells and tables in which it differs from every plan before it, at least; 0 for the best."""
    most_apart: int
    """No plan differs in more from all plans before it; the same as `apart` where it is proven to be the farthest."""
    criteria: tuple[CriterionResult, ...]
    partnerships: tuple[PlannedPartnership, ...]


class ListedPlan(Strict):
    """One plan of a list in order of value."""

    value: float
    loss: float
    differs: int
    partnerships: tuple[PlannedPartnership, ...]


class CommonMove(Strict):
    """Something that all plans within reach have in common, under the assumptions of the scenario."""

    kind: Literal["group", "together", "alone", "table_kept", "table_ended"]
    """`group`: the same members in the same form; `together`: these are together, in some form, perhaps with others."""
    domains: tuple[Key, ...] = ()
    members: tuple[Key, ...]
    """Who is together; of `alone`: each for itself."""
    form: Key | None = None
    partnership: Key | None = None
    """Of today: a table, or the one whose members outside the region belong to the group."""
    proven: bool
    """Whether it is proven that no plan is without it; else only that none was found."""


class Alternatives(Strict):
    """What else is nearly as good."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/alternatives/1"] = Field(default="regie-opt/alternatives/1", alias="schema")
    scenario: str
    variant: str | None = None
    sha256: str = ""
    status: Literal["optimal", "feasible", "infeasible", "unfinished"]
    """Of the best plan; `infeasible`: no plan obeys the rules; `unfinished`: time ran out before any plan was found."""
    conflict: tuple[str, ...] = ()
    """Names of a smallest set of rules that cannot all hold."""
    value: float = 0.0
    """Of the best plan."""
    bound: float = 0.0
    gap: float = 0.0
    alone: float = 0.0
    rule: str = ""
    """Which candidates everything is proven over."""
    within: float
    """Part of the gain over everybody alone that a plan may be worth less than the best."""
    cells: int = 0
    """Cells that are decided on: one domain of one municipality."""
    tables: int = 0
    """Tables beside the work that are decided on."""
    columns: int = 0
    """Possible partnerships (with their domains) that the plans were searched among."""
    complete: bool = True
    """Whether these are all that a plan within reach may have; if not, nothing is proven about plans with others."""
    plans: tuple[AlternativePlan, ...] = ()
    """The best, and then each the farthest from those before it."""
    distances: tuple[tuple[int, ...], ...] = ()
    """Cells and tables in which any two of them differ."""
    all_plans: bool = False
    """Whether it is proven that there are no other plans within reach."""
    more_plans: bool = False
    """Whether another plan within reach was found; where neither holds nobody knows."""
    listed: tuple[ListedPlan, ...] = ()
    """Plans in order of value, where a list was asked for."""
    in_order: bool = False
    """Whether it is proven that no plan outside the list is better than one in it."""
    all_listed: bool = False
    """Whether it is proven that there are no other plans within reach than those in the list."""
    common: tuple[CommonMove, ...] = ()
