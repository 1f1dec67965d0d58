"""Parameters of worth that belong to no domain and no form."""

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from regie_opt.schema.strict import (
    Finite,
    Label,
    NonNegative,
    Positive,
    RoleHours,
    Share,
    Sourced,
    quantity,
)

CriterionKey = Literal[
    "burden",
    "overload",
    "vulnerability",
    "quality",
    "cost",
    "knowledge",
    "power",
    "reciprocity",
    "transition",
    "autonomy",
    "congruence",
    "partnerships",
]
CRITERIA: tuple[CriterionKey, ...] = get_args(CriterionKey)
LESS_IS_BETTER: tuple[CriterionKey, ...] = ("burden", "overload", "transition", "autonomy", "partnerships")

Month = Annotated[
    tuple[Share, ...],
    Field(min_length=12, max_length=12, json_schema_extra={"unit": "share of the year's hours"}),
]


class Criterion(Sourced):
    """What a plan is judged on, and how much it counts."""

    name: Label
    weight: Annotated[NonNegative, quantity("value per reference amount")]
    """What a plan gains or loses when the criterion changes by its reference."""


class Motives(Sourced):
    """Shape parameters of the five motives."""

    unavailability: Annotated[float, quantity("probability", gt=0, lt=1)]
    """Chance that one person is not there (leave, illness, vacancy): p in 1 - p^k."""
    knowledge_partners: Annotated[Positive, quantity("fully trusted partners")]
    """Partners at which 1 - 1/e of what can be learned is learned."""
    beside_share: Annotated[Share, quantity("share of satisfaction")]
    """Part of knowledge and power that comes from tables beside the work."""


class Trust(Sourced):
    """The prior for trust between two municipalities where nobody says better: log odds that add up.

    Its meaning: the chance that two municipalities that both cooperate in a domain do so together.
    """

    constant: Annotated[Finite, quantity("log odds")]
    """With nothing in common, at no distance."""
    distance: Annotated[Finite, quantity("log odds per 10 km")]
    """For the distance between them."""
    unknown_km: Annotated[NonNegative, quantity("km")]
    """Distance that is taken where a location is missing."""
    border: Annotated[Finite, quantity("log odds")]
    """Where they touch."""
    division: Annotated[Finite, quantity("log odds per shared division")]
    """For every official regional division that they share."""
    unknown_division: Annotated[Share, quantity("share of pairs")]
    """Part that a division counts for where one of the two does not say in which region it is."""
    known: Annotated[Finite, quantity("log odds per unit of ln(1 + scale x c)")]
    """For how well they know each other: c is the sum of 1 / (members - 1) over partnerships that they share."""
    known_scale: Annotated[Positive, quantity("per unit of c")]
    """How soon more of it adds little."""
    largest_known: Annotated[Positive, quantity("members")]
    """Partnerships with more members count for nothing in it: there nobody knows everybody."""
    past: Annotated[NonNegative, quantity("log odds")]
    """Added for a past success between the two, taken off for a past failure."""
    outside: Annotated[Share, quantity("trust, 0 to 1")]
    """Trust in members outside the region."""
    reliance: Annotated[Share, quantity("share of the pooled benefit at no trust")]
    """Part of what a pool brings to the work that is lost where nobody trusts anybody."""


class Wants(Sourced):
    """What taking part today says about who wants to, where nobody says better."""

    taking_part: Annotated[Positive, quantity("times the want of an average municipality")]
    """Want of who does domains of a portfolio together today."""
    staying_out: Annotated[Positive, quantity("times the want of an average municipality")]
    """Want of who does all of a portfolio alone today."""
    revealed: Annotated[Share, quantity("power of the two factors, 0 is off, 1 is whole")]
    """How far today is taken for what is wanted."""


class Burden(Sourced):
    """How hours grow with members and shrink with trust, and what an hour weighs."""

    growth: Annotated[RoleHours, quantity("share of hours per member beyond five")]
    """Each member beyond five adds this share (and each below takes it off)."""
    friction: Annotated[RoleHours, quantity("share of hours at no trust")]
    """What distrust adds: hours times 1 + friction x (1 - mean trust)."""
    role_weight: Annotated[RoleHours, quantity("weighted hours per hour")]
    """What an hour of each role counts in the burden criterion."""
    rate: Annotated[RoleHours, quantity("euro per hour")]
    """What an hour costs; for euros in reports, not in the value."""
    board_hours: Annotated[Positive, quantity("college hours per year")]
    """Hours a college has for governing cooperation, where the municipality gives none."""
    calendar_college: Annotated[Month, quantity("share of the year's hours per month")]
    """January to December."""
    calendar_council: Annotated[Month, quantity("share of the year's hours per month")]
    """January to December."""
    calendar_officials: Annotated[Month, quantity("share of the year's hours per month")]
    """January to December."""

    @model_validator(mode="after")
    def _calendars_add_up(self) -> "Burden":
        for role in ("college", "council", "officials"):
            total = sum(getattr(self, f"calendar_{role}"))
            if abs(total - 1) > 1e-6:
                msg = f"calendar_{role} adds up to {total:g}, it must be 1"
                raise ValueError(msg)
        return self


class Money(Sourced):
    """Money and time."""

    euro_per_fte: Annotated[Positive, quantity("euro per full-time equivalent per year")]
    """What a full-time official costs."""
    horizon: Annotated[Positive, quantity("years")]
    """Payback horizon over which exit and set-up costs are spread."""
    account: Annotated[Positive, quantity("euro per municipality per year")]
    """Unit of account: what a weight of 1 is worth in hours, transition and cost."""
    capacity: Annotated[NonNegative, quantity("share of a host's own staff")]
    """Work for others that a host has room for, where the municipality gives none."""
    imbalance: Annotated[NonNegative, quantity("fte of reward lost per fte unreciprocated")]
    """Penalty on service that is not given back."""
