"""The frontier of two or three objectives (`regie-opt/pareto/1`)."""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import Strict

ObjectiveKey = CriterionKey | Literal["value", "motives"]


class ParetoObjective(Strict):
    """What is weighed against the others, and how far plans on the frontier differ in it."""

    key: ObjectiveKey
    """A criterion, `value` (all that are no objective themselves, weighed), or `motives` (the five, weighed)."""
    unit: str
    less_is_better: bool
    weights: dict[CriterionKey, float]
    """What counts in it."""
    best: float
    """On the frontier, in its own unit."""
    worst: float


class ParetoPoint(Strict):
    """A plan that no plan beats in one objective without losing in another."""

    amounts: dict[ObjectiveKey, float]
    """Of each objective, in its own unit."""
    proven: bool
    """Whether the solver proved that nothing better lies within its limits, `slack` aside."""
    slack: float
    """By how much another plan may yet be better in the first objective, in its unit: less than the resolution."""
    knee: bool = False
    neighbour: int | None
    """Place of the point that it is compared with: the one before it, or with three objectives the nearest."""
    regrouped: int | None
    """Cells that are with other partners than in that point."""
    ahead_of_today: dict[ObjectiveKey, float] | None
    """By how much it is better than today in each objective, where it is worse in none; else null."""
    criteria: dict[CriterionKey, float]
    """Amount of every criterion, in its own unit."""
    euro: float
    """Running cost: what the work costs more by the model than when everybody does it alone, euro per year."""
    partnerships: tuple[PlannedPartnership, ...]


class ParetoToday(Strict):
    """Today's network beside the frontier."""

    amounts: dict[ObjectiveKey, float]
    euro: float
    """Running cost more than when everybody does the work alone, euro per year."""
    dominated_by: tuple[int, ...]
    """Places in the list of the points that are better in something and worse in nothing."""
    regrouped: int | None
    """Cells that are with other partners in the first of those."""


class Pareto(Strict):
    """All plans worth choosing between, as far as the resolution tells them apart."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/pareto/1"] = Field(default="regie-opt/pareto/1", alias="schema")
    scenario: str
    variant: str | None
    sha256: str
    objectives: tuple[ParetoObjective, ...]
    """The first is optimised, the others are limited."""
    resolution: float
    """Part of the range of each objective within which points are not told apart; 0 tells all apart."""
    solves: int
    proven: bool
    """Whether every solve came to its proof: then there is no point that is missing by more than the resolution."""
    knee_distance: float | None
    """How far the knee is from the line (or plane) through the ends, in parts of the ranges; null without a knee."""
    points: tuple[ParetoPoint, ...]
    """In order of the second objective, best first."""
    today: ParetoToday
