"""Scenarios and variants side by side (`regie-opt/comparison/1`)."""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.plan import Candidates, CriterionResult, MunicipalityResult, Network, PlannedPartnership
from regie_opt.schema.strict import Key, Strict

Extent = Literal["all", "some", "one"]
EXTENTS: tuple[Extent, ...] = ("all", "some", "one")

VALUE: Literal["value"] = "value"
"""Key of the row below the criteria: what a plan is worth in the first scenario."""

RUNNING_COST: Literal["running_cost"] = "running_cost"
"""Key of the row below the criterion `cost`: what the work costs more than when everybody does it alone."""


class Difference(Strict):
    """A value that is not what it is in the scenario that a column is compared with."""

    path: str
    before: str | None
    """As JSON; null where there was none."""
    after: str | None


class Column(Strict):
    """Today, a scenario or a variant: its plan by its own weights, or why it has none."""

    key: str
    """What the rest of the document calls it: `today`, `scenario`, `variant:NAME`; with its number before it where
    there are several scenarios, as in `2:scenario`."""
    number: int
    """Which of the scenarios it belongs to, from 1."""
    scenario: str
    variant: Key | None
    description: str
    sha256: str
    """Of all inputs."""
    status: Literal["today", "optimal", "feasible", "infeasible", "unfinished"]
    """`infeasible`: no plan obeys the rules; `unfinished`: time ran out before any plan was found."""
    conflict: tuple[str, ...] = ()
    """Names of a smallest set of rules that cannot all hold."""
    differences: tuple[Difference, ...] = ()
    """From the scenario that it is a variant of; of another scenario, from the first."""
    other_measure: bool = False
    """Today's amounts are not those of the first scenario: more differs than weights of criteria and rules."""
    weights: dict[CriterionKey, float]
    value: float | None = None
    """By its own weights."""
    today: float | None = None
    """Value of today's network by the same weights."""
    bound: float | None = None
    gap: float | None = None
    candidates: Candidates | None = None
    criteria: tuple[CriterionResult, ...] = ()
    municipalities: tuple[MunicipalityResult, ...] = ()
    network: Network | None = None
    partnerships: tuple[PlannedPartnership, ...] = ()

    @property
    def has_plan(self) -> bool:
        """Whether it is a plan: neither today nor empty."""
        return self.status in ("optimal", "feasible")


class Row(Strict):
    """One criterion in all columns, in its own unit."""

    key: CriterionKey | Literal["value", "running_cost"]
    unit: str
    less_is_better: bool
    amounts: dict[str, float]
    """By key of column; a column without a plan is not there."""
    best: tuple[str, ...]
    """Columns with the best amount; none where all are alike."""


class SharedPartnership(Strict):
    """A partnership of one or more plans: the same form, members, host and partnership of today."""

    extent: Extent
    columns: tuple[str, ...]
    """Plans that have it."""
    name: str
    form: Key
    members: tuple[Key, ...]
    host: Key | None
    continues: Key | None
    beside: bool
    frozen: bool
    domains: tuple[Key, ...]
    """Domains that it carries in each of those plans."""
    varying: dict[Key, tuple[str, ...]] = {}
    """Domains that it carries in some of them only, with those."""


class Sides(Strict):
    """Cells in which one municipality has other partners."""

    code: Key
    from_today: dict[str, int]
    """Than today, by plan."""
    from_scenario: dict[str, int]
    """Than in the plan of the first scenario, by plan; empty where that has none."""
    contested: int
    """Cells in which the plans do not all give it the same partners."""


class Contested(Strict):
    """A domain in which plans give somebody other partners."""

    domain: Key
    municipalities: tuple[Key, ...]
    """Whose partners are not the same in all plans."""
    camps: tuple[tuple[str, ...], ...]
    """Plans that are alike in it, together."""


class Apart(Strict):
    """How far two plans are apart."""

    one: str
    other: str
    cells: int
    """Cells in which somebody has other partners."""


class Comparison(Strict):
    """Scenarios and their variants side by side, today first."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/comparison/1"] = Field(default="regie-opt/comparison/1", alias="schema")
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    same: tuple[tuple[str, ...], ...]
    """Plans that are one and the same, together; a plan that is like no other is not there."""
    partnerships: tuple[SharedPartnership, ...]
    cells: int
    """Cells that are decided on: municipalities times domains that are not imposed by law."""
    sides: tuple[Sides, ...]
    contested: tuple[Contested, ...]
    apart: tuple[Apart, ...]
    version: str

    @property
    def plans(self) -> tuple[Column, ...]:
        """The columns that have a plan."""
        return tuple(column for column in self.columns if column.has_plan)

    def column(self, key: str) -> Column:
        """The column with a key. Raises KeyError."""
        found = {column.key: column for column in self.columns}
        return found[key]
