"""A plan, its assessment and its certificate (`regie-opt/plan/1`)."""

from typing import Literal

from pydantic import ConfigDict, Field

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.strict import Key, MotiveKey, RoleHours, Strict

PLAN_SCHEMA: Literal["regie-opt/plan/1"] = "regie-opt/plan/1"

Origin = Literal["new", "kept", "changed", "frozen"]


class PlannedPartnership(Strict):
    """One partnership of a plan. A plan written by hand needs form, members and domains only."""

    model_config = ConfigDict(extra="ignore")

    id: str = ""
    name: str = ""
    form: Key
    hosts: dict[Key, Key] | None = None
    """Who does the work, per domain; null where the form has no host."""
    members: tuple[Key, ...]
    domains: tuple[Key, ...]
    origin: Origin | None = None
    continues: Key | None = None
    """Key of the partnership of today that it continues; null for none. Left out: one of the same id, or alike."""
    beside: bool = False


class CriterionResult(Strict):
    """One criterion of an assessment; contribution = sign x weight x amount / reference."""

    key: CriterionKey
    amount: float
    unit: str
    reference: float
    weight: float
    contribution: float
    euro: float | None = None
    """Of `cost`: what the work costs more by the model than when everybody does it alone, euro per year (below zero:
    less). Null of other criteria."""


class Flows(Strict):
    """Service given and received, full-time equivalents."""

    given: float
    received: float


class MunicipalityResult(Strict):
    """What a plan means for one municipality."""

    code: Key
    hours: RoleHours
    motives: dict[MotiveKey, float]
    """Mean satisfaction over domains, 0 to 1, weighed by what it wants."""
    reciprocity: Flows
    partnerships: int = 0
    overload: float = 0.0
    """College hours above what it has."""
    saving: float = 0.0
    """Modelled running cost less than alone, euro per year."""


class Network(Strict):
    """Figures of the network as a whole; reported, not part of the value."""

    reciprocity: float
    """Reciprocated part of all service between municipalities (Squartini et al. 2013), 0 to 1."""
    reciprocity_attainable: float | None = None
    """The same with hosts chosen for the network as a whole, which may balance less inside a partnership."""
    hosts_attainable: dict[str, dict[Key, Key]] = {}
    """Those hosts, for the partnerships where they differ from the plan's."""
    congruence: float
    """Mean Jaccard similarity of a municipality's partner sets."""
    forms: int
    """Distinct governance forms."""
    hours_by_month: dict[str, tuple[float, ...]]
    """Region's hours by role, January to December."""


class Assessment(Strict):
    """Every criterion of a plan in its own unit, and the weighted value."""

    value: float
    criteria: tuple[CriterionResult, ...]
    municipalities: tuple[MunicipalityResult, ...]
    network: Network


class Breach(Strict):
    """One thing that makes a network of partnerships no plan that `solve` could propose."""

    kind: Literal["rule", "veto", "law", "host", "members", "trust", "portfolio", "idle", "twice"]
    """A rule; municipalities that will not cooperate; a form that may not carry a domain; a host that is not willing;
    more members than the form has; less trust than it asks; a domain that a municipality has in two partnerships."""
    rule: Key | None = None
    """Name of the rule."""
    partnerships: tuple[str, ...] = ()
    """Ids of the partnerships that it is about; none where it is about all of them together."""
    municipalities: tuple[Key, ...] = ()
    domain: Key | None = None


class CheckedAssessment(Assessment):
    """An assessment, and what stands in the way of what is assessed (`assess`)."""

    breaches: tuple[Breach, ...]


class Candidates(Strict):
    """What the proof is relative to."""

    rule: str
    count: int
    """Candidate partnerships (form, members, host, continuation) priced."""
    member_sets: int


class Guarantee(Strict):
    """Value, proven bound and gap."""

    status: Literal["optimal", "feasible"]
    value: float
    bound: float
    gap: float
    """(bound - value) / (value - value of everybody alone); 0 when proven."""
    alone: float
    """Value when nobody cooperates but in frozen partnerships, with nothing paid for leaving."""
    candidates: Candidates


class Certificate(Guarantee):
    """The same, with how long it took, and what today's network has against it."""

    seconds: float
    today_breaches: tuple[Breach, ...] = ()
    """Why today's network is no plan; empty where it is one, which is then worth no more than the plan."""


class ScenarioStamp(Strict):
    """Which inputs a plan was made from."""

    name: str
    variant: str | None
    sha256: str
    model: str


class RevealedWants(Strict):
    """What taking part today is taken to say of what municipalities want: an assumption, of the section `wants`."""

    taking_part: float
    """Times the want of an average municipality, where it does domains of the portfolio together today."""
    staying_out: float
    """The same where it does all of the portfolio alone today."""
    revealed: float
    """How far today counts, 0 to 1; it is in the two already."""


class Plan(Strict):
    """A solved plan, as `solve -o plan.json` writes it."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    schema_id: Literal["regie-opt/plan/1"] = Field(default=PLAN_SCHEMA, alias="schema")
    status: Literal["optimal", "feasible"]
    value: float
    bound: float
    gap: float
    alone: float
    candidates: Candidates
    seconds: float
    criteria: tuple[CriterionResult, ...]
    partnerships: tuple[PlannedPartnership, ...]
    municipalities: tuple[MunicipalityResult, ...]
    network: Network
    today: Assessment
    today_breaches: tuple[Breach, ...]
    """Why today's network is no plan; empty where it is one, which is then worth no more than the plan."""
    revealed_wants: RevealedWants | None
    """Null where nothing of today is taken for a want."""
    scenario: ScenarioStamp
    version: str


class PlanFile(Strict):
    """A plan to assess: one that `solve` wrote, or one written by hand."""

    model_config = ConfigDict(extra="ignore")

    partnerships: tuple[PlannedPartnership, ...]
