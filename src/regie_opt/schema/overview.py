"""The overview (totaaloverzicht) of today's network and its patterns (`regie-opt/overview/1`)."""

from typing import Literal, get_args

from pydantic import ConfigDict, Field

from regie_opt.schema.plan import Flows
from regie_opt.schema.strict import Key, MotiveKey, RoleHours, Strict

Kind = Literal[
    "identical",
    "nested",
    "twice",
    "poor",
    "excess",
    "white_spot",
    "congruence",
    "central",
    "community",
    "motive",
    "service",
    "only_here",
    "only_there",
    "other_form",
    "other_domains",
    "other_members",
    "doubtful",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Finding(Strict):
    """One pattern: what it is about, and on what figures."""

    kind: Kind
    partnerships: tuple[str, ...] = ()
    """Keys of partnerships; names where another list has them."""
    municipalities: tuple[Key, ...] = ()
    domains: tuple[Key, ...] = ()
    motive: MotiveKey | None = None
    figures: dict[str, float] = {}
    """What it rests on, by name."""
    found: dict[str, tuple[str, ...]] = {}
    """What either list says, where they differ."""
    frozen: bool = False
    """Something in it is imposed by law."""
    rule: str | None = None
    """Parameter of `insight` that is its rule of thumb."""
    source: str | None = None
    """Where that comes from."""


class PartnershipNow(Strict):
    """One partnership of today: what it is, asks and yields (in the region, or for one municipality)."""

    key: Key
    name: str
    form: Key
    formal: bool
    frozen: bool
    beside: bool
    domains: tuple[Key, ...]
    members: tuple[Key, ...]
    outside: int
    """Members outside the region."""
    hours: RoleHours
    contribution: float | None
    """Euro per year; null where none is given and no whole domain runs through it."""
    yields: dict[MotiveKey, float]
    """Weighted cells above alone, by motive; of cost weighted euros saved."""
    worth: float
    """What the yields add to the value, in thousandths."""
    worth_per_100_hours: float | None
    """The same per 100 hours; null where nobody recorded what it does, or it asks no hours."""


class MunicipalityNow(Strict):
    """What today's network means for one municipality."""

    code: Key
    formal: int
    informal: int
    partners: int
    """Distinct partners in the region."""
    hours: RoleHours
    college_members: int
    council_seats: int
    hours_per_college_member: float
    hours_per_councillor: float
    contribution: float
    worth: float
    services: Flows
    congruence: float | None
    """Mean pairwise Jaccard similarity of its partner sets; null with fewer than two."""
    centrality: float
    """Eigenvector centrality in the co-membership network, 1 for the most central."""
    community: int


class Reference(Strict):
    """A figure of this region beside the national one."""

    key: str
    here: float
    national: float
    low: float | None = None
    high: float | None = None
    unit: str
    source: str


class Overview(Strict):
    """The state of today, and what stands out in it."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/overview/1"] = Field(default="regie-opt/overview/1", alias="schema")
    scenario: str
    variant: str | None
    sha256: str
    municipality: Key | None
    """The one municipality that it is about; null for the region."""
    compared_with: str | None
    """The list that it was compared with."""
    partnerships: tuple[PartnershipNow, ...]
    municipalities: tuple[MunicipalityNow, ...]
    hours_by_month: dict[str, tuple[float, ...]]
    """Hours by role, January to December."""
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
