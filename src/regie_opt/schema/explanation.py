"""The answer of `explain`: what somebody or something gains, what the runner-up is, what would have to change.

Losses are those of the whole region: value of the plan less value of the alternative (`regie-opt/explanation/1`).
"""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.plan import Flows, PlannedPartnership, ScenarioStamp
from regie_opt.schema.strict import Key, MotiveKey, Role, RoleHours, Strict

About = Literal["partnership", "ended", "municipality", "cell", "why_not"]


class Question(Strict):
    """What is asked."""

    about: About
    partnership: PlannedPartnership | None = None
    """Of the plan; of today where it ends."""
    municipality: Key | None = None
    domains: tuple[Key, ...] = ()
    """What the question is about: the partnership's domains, or those that were asked about."""
    fixed: bool = False
    """Nothing is decided on it: imposed by law, or nobody knows what it does."""


class Explained(Strict):
    """The plan that is explained."""

    given: bool
    """Whether it came from a file; otherwise it was solved."""
    value: float
    today: float
    """Value of today's network."""
    best: float
    """Value of the best plan."""
    status: Literal["optimal", "feasible"]
    """Whether that best plan is proven."""
    gap: float


class Difference(Strict):
    """One criterion in two situations: how much more, in its own unit and in the value."""

    key: CriterionKey
    unit: str
    weight: float
    amount: float
    contribution: float
    euro: float | None = None
    """Of `cost`: how much more the work costs by the model, euro per year. Null of other criteria."""


class Against(Strict):
    """What there is more of, criterion by criterion, than in another situation."""

    value: float
    criteria: tuple[Difference, ...]


class Gains(Strict):
    """What it brings the region."""

    alone: Against
    """Against the same plan without it: its members alone in its domains, nothing else changed."""
    today: Against
    """Against today: what it brings against alone, less what the partnerships in its place bring today."""
    replaces: tuple[Key, ...] = ()
    """Partnerships of today that do work in its place."""
    beyond: tuple[Key, ...] = ()
    """Of those, the ones that also do other work, or for others."""


class MemberShare(Strict):
    """What a partnership means for one member."""

    code: Key
    hours: RoleHours
    """That it asks, per year."""
    hours_today: RoleHours
    """That the partnerships in its place ask of it today."""
    services: Flows
    """Done for others and by others in it, fte."""
    setup: float
    """Euro per year of the payback horizon, for joining and for work that moves into it."""
    leaving: float
    """Euro per year of the payback horizon, for leaving partnerships of today in its domains."""
    motives: dict[MotiveKey, float]
    """Weighted cells above alone, by motive; of cost weighted euros saved."""
    points: float
    """What those add to the value, in thousandths."""


class MotiveLevel(Strict):
    """One motive of a cell: satisfaction (0 to 1) alone, today and proposed, and the figure that it follows from."""

    motive: MotiveKey
    want: float
    """How much it counts in this cell."""
    alone: float
    today: float
    proposed: float
    figure_alone: float
    figure_today: float
    figure_proposed: float
    """People per area of expertise, specialist roles, cost index, trusted partners, or inhabitants."""


class CellLevels(Strict):
    """One domain of one municipality."""

    municipality: Key
    domain: Key
    with_today: tuple[Key, ...]
    """Partnerships of today that do its work; none: alone."""
    with_proposed: str | None
    """Partnership of the plan."""
    realised: dict[MotiveKey, float]
    """Part of the pooled benefit that the form of the plan realises."""
    needed: dict[MotiveKey, float]
    """What the figure would have to be for full satisfaction, where there is such a number."""
    levels: tuple[MotiveLevel, ...]


class Situation(Strict):
    """One municipality in one situation."""

    hours: RoleHours
    motives: dict[MotiveKey, float]
    services: Flows
    partnerships: int
    overload: float
    saving: float


class MunicipalityTotals(Strict):
    """One municipality alone, today and in the plan."""

    code: Key
    alone: Situation
    today: Situation
    proposed: Situation
    setup: float
    leaving: float
    partnerships: tuple[tuple[PlannedPartnership, MemberShare], ...] = ()
    """What it is in, and what each means for it."""


class Loss(Strict):
    """What the region loses by an alternative."""

    value: float
    """Of the alternative."""
    loss: float
    """Value of the plan less that; negative where it is better than a plan from a file."""
    criteria: tuple[Difference, ...]
    """The alternative less the plan."""
    proven: bool
    """The alternative is the best plan of its kind, and so is the plan."""


class Change(Strict):
    """How an alternative changes things for one municipality: the alternative less the plan."""

    code: Key
    hours: dict[Role, float]
    """Per year."""
    motives: dict[MotiveKey, float]
    """Mean satisfaction over its domains."""


Kind = Literal["without", "form", "less", "more", "swap", "alone", "any", "join", "keep"]


class Alternative(Strict):
    """Something else than the plan: what was asked for, and what it costs."""

    kind: Kind
    members: tuple[Key, ...] = ()
    """Who must be together, or what may not be together."""
    domains: tuple[Key, ...] = ()
    form: Key | None = None
    joins: Key | None = None
    leaves: Key | None = None
    local: Loss | None = None
    """With the rest of the plan held as it is."""
    solved: Loss | None = None
    """With the rest of the plan chosen anew."""
    conflict: tuple[Key, ...] | None = None
    """Rules that forbid it; empty where vetoes, trust or law do. Null where it is possible, or was not solved."""
    unfinished: bool = False
    """Time ran out before there was a plan."""
    instead: tuple[PlannedPartnership, ...] = ()
    """Who does the work in question in that plan."""
    changes: tuple[Change, ...] = ()
    """Who notices."""


class WeightChange(Strict):
    """How far one weight must change before the alternative is as good as the plan."""

    path: tuple[str, ...]
    weight: float
    at: float | None
    """The weight at which they are equal; null where there is none in the range."""
    relative: float | None
    """Change of the weight as a share of it."""
    proven: bool
    """No smaller change of this weight does it; without a weight, none in the range."""


class RuleChange(Strict):
    """What happens without a rule or a veto, or without several at once."""

    rules: tuple[Key, ...] = ()
    vetoes: tuple[tuple[Key, Key], ...] = ()
    brings_in: bool | None
    """Whether the alternative is the best plan then; null where time ran out."""
    possible: bool | None
    """Whether it is possible then."""
    loss: float | None = None
    """What it costs the region then against the best plan of now; null where it is not possible or was not solved."""


class Barrier(Strict):
    """What law, relations or what exists have against it, in figures."""

    kind: Literal["veto", "trust", "occupied", "unlawful", "largest", "host"]
    between: tuple[Key, ...] = ()
    form: Key | None = None
    domain: Key | None = None
    partnership: Key | None = None
    found: float | None = None
    needed: float | None = None


class Turning(Strict):
    """The smallest change that would bring the alternative in."""

    range: float
    """Weights were looked at up to this change, as a share of each."""
    weights: tuple[WeightChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()


class Explanation(Strict):
    """What `explain` answers."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/explanation/1"] = Field(default="regie-opt/explanation/1", alias="schema")
    question: Question
    plan: Explained
    gains: Gains | None = None
    members: tuple[MemberShare, ...] = ()
    cells: tuple[CellLevels, ...] = ()
    municipality: MunicipalityTotals | None = None
    alternatives: tuple[Alternative, ...] = ()
    """The first is the one that `turning` is about; the others by loss."""
    barriers: tuple[Barrier, ...] = ()
    turning: Turning | None = None
    scenario: ScenarioStamp
    version: str
