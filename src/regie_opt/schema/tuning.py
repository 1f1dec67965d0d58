"""What weights do to the recommended plan (`regie-opt/tuning/1`): how far each may go, and what lies beyond."""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import Key, Strict


class TunedPlan(Strict):
    """One plan that was met; the recommended plan is number 1."""

    number: int
    partnerships: tuple[PlannedPartnership, ...]
    hours: float
    """Hours per year of all roles and municipalities together."""
    regrouped: tuple[tuple[Key, Key], ...]
    """Cells (municipality, domain) that are with other partners, or in another form, than in the recommended plan."""


class IntervalEnd(Strict):
    """Where the recommended plan stops being optimal on one side of the present weight."""

    weight: float
    """The end of the interval; the end of the range searched where nothing better was found in it."""
    beyond: bool
    """Whether the recommended plan is still optimal at the end of the range searched."""
    proven: bool
    """Whether it is proven optimal at this end; if not, the interval may be narrower, and is never wider."""
    plan: int | None
    """Number of the next plan; null where there is none in the range."""


class Interval(Strict):
    """The weights between which the recommended plan stays optimal, all other weights as they are."""

    path: str
    present: float
    linear: bool
    """Whether a plan's value is linear in this weight, so that the ends say everything about what lies between.

    If not (services given back in mutual partnerships), it is proven at the ends and halfway, and in between only
    that no plan is better by more than the slack.
    """
    slack: float
    """Value by which another plan may be better somewhere between the ends; 0 where the value is linear."""
    low: IntervalEnd
    high: IntervalEnd


class Swing(Strict):
    """What one other weight does."""

    weight: float
    plan: int
    """The best plan there."""
    value: float
    kept: float
    """Value there of the recommended plan."""
    loss: float
    """What keeping the recommended plan loses there: value less kept, never below zero."""
    regrouped: int
    """Cells in which the best plan there differs from the recommended one; 0 where that one is still as good."""
    gap: float | None
    """Proven gap of the best plan there: 0 is optimal; null where time ran out before any plan was found."""


class SwungWeight(Strict):
    """One weight at a low and at a high value."""

    path: str
    present: float
    low: Swing
    high: Swing


class SweepPoint(Strict):
    """The outcome at one point of a grid."""

    values: tuple[float, ...]
    """In the order of the paths."""
    status: Literal["optimal", "feasible", "infeasible", "unfinished"]
    conflict: tuple[str, ...] = ()
    """Rules that cannot all hold there."""
    value: float | None = None
    gap: float | None = None
    plan: int | None = None
    regrouped: int | None = None
    hours: float | None = None


class Breakpoint(Strict):
    """The weight at which one plan takes over from another."""

    weight: float
    before: int
    after: int
    proven: bool
    """Whether no third plan is better there."""


class Sweep(Strict):
    """A grid of values."""

    paths: tuple[str, ...]
    points: tuple[SweepPoint, ...]
    breakpoints: tuple[Breakpoint, ...] = ()
    """Of one swept weight, in order."""
    linear: bool | None = None
    """Whether values are linear in it, so that these are all breakpoints; null where no single weight is swept."""


class TripleError(Strict):
    """Three judgements that contradict each other most."""

    names: tuple[Key, Key, Key]
    """a, b and c."""
    direct: float
    """How many times a is c, as judged."""
    implied: float
    """How many times a is c by way of b."""


class Elicited(Strict):
    """Weights that follow from judgements, and how."""

    subject: Literal["criteria", "domains"]
    method: Literal["swing", "pairwise"]
    priorities: dict[Key, float]
    """Share of each, adding up to 1: of the points, or of the principal eigenvector."""
    swings: dict[Key, float]
    """Swing from worst to best as a share of the criterion's reference; 1 where no range is given."""
    before: dict[Key, float]
    weights: dict[Key, float]
    eigenvalue: float | None = None
    consistency_index: float | None = None
    random_index: float | None = None
    consistency_ratio: float | None = None
    """Above 0.1 the judgements contradict each other too much (Saaty 1980)."""
    worst: TripleError | None = None
    """The judgements to look at first, where there are three or more subjects and they are not quite consistent."""


class Elicitation(Strict):
    """The weights that a file of judgements asks for, and the plan under them."""

    file: str
    results: tuple[Elicited, ...]
    sets: tuple[str, ...]
    """The weights as settings `path=value`."""
    value: float
    """Of the best plan under these weights."""
    kept: float
    """Value of the recommended plan under these weights."""
    plan: int
    regrouped: int
    gap: float | None


class Tuning(Strict):
    """What `tune` found."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/tuning/1"] = Field(default="regie-opt/tuning/1", alias="schema")
    scenario: str
    variant: str | None
    sha256: str
    value: float
    """Of the recommended plan, at the present weights."""
    gap: float
    """Its proven gap: 0 is optimal; otherwise nothing here is more than an estimate."""
    plans: tuple[TunedPlan, ...]
    intervals: tuple[Interval, ...] = ()
    tornado: tuple[SwungWeight, ...] = ()
    """The weights that matter most first."""
    sweep: Sweep | None = None
    elicitation: Elicitation | None = None
