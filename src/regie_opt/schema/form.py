"""A governance form: what the law lets it do, and what it asks of those who take part."""

from typing import Annotated, Literal

from pydantic import Field

from regie_opt.schema.domain import Organ, TaskKind, Transfer
from regie_opt.schema.strict import (
    Key,
    Label,
    MotiveKey,
    NonNegative,
    RoleHours,
    RoleShares,
    Share,
    Sourced,
    quantity,
)


class Form(Sourced):
    """One governance form (samenwerkingsvorm) with its lawful reach and its burden."""

    name: Label
    abbreviation: str = ""
    """As in the government register (OL, BVO, GO, RZM), where it has one."""
    legal_person: bool
    private_law: bool = False
    """Governed by private law: lawful only where the domain says it is specially indicated."""
    formal: bool = True
    """Whether it is a formal cooperation; networks and tables are not."""
    parties: tuple[Organ, ...] = Field(min_length=1)
    """Organs that take part in their own name."""
    transfer: Transfer
    """The most that can be transferred to it."""
    tasks: tuple[TaskKind, ...] = Field(min_length=1)
    """Kinds of task it may carry."""
    staff: Literal["own", "host", "none"]
    """Whose payroll the people are on."""
    binding_rules: bool
    """Whether it may levy tax or make generally binding rules, or work under those of its members."""
    hosting: Literal["none", "centre", "mutual"] = "none"
    """No host, one host for all its domains, or a host per domain among the members."""
    scope: Literal["portfolio", "bundle", "organisation"] = "portfolio"
    """What a new one carries: domains of one portfolio, any bundle of domains, or the whole organisation: every domain
    that it may carry."""
    may_leave: tuple[Key, ...] = ()
    """Portfolios that a whole organisation may leave to others, each wholly or not at all."""
    least_domains: Annotated[int, quantity("domains", ge=1)] = 1
    """Fewest domains of a new one."""
    organs: tuple[str, ...] = ()
    """Its own bodies (for people; the hours are in `hours`)."""
    hours: Annotated[RoleHours, quantity("hours per member per year")]
    """What taking part costs with five members, full trust and one domain."""
    host_hours: Annotated[RoleHours, quantity("hours per year for a host")] = RoleHours()
    """On top of that for the host: per partnership for one host, per hosted domain for mutual services."""
    further_domain: Annotated[RoleShares, quantity("share of `hours` per further domain, by role")]
    """What each domain after the first adds: little to a board that meets anyway, more where opinions and accounts are
    a domain's own."""
    autonomy: Annotated[Share, quantity("0 to 1")]
    """How much autonomy a member gives up per domain."""
    least_trust: Annotated[Share, quantity("trust, 0 to 1")]
    """The least trust that it can live with: of each member in the one host, else the mean of all pairs."""
    realises: Annotated[dict[MotiveKey, Share], quantity("share of the pooled benefit")]
    """Part of the pooled benefit that it realises, by motive; a motive left out is not served."""
    exit_factor: Annotated[NonNegative, quantity("yearly contributions")]
    """What leaving costs."""
    setup: Annotated[NonNegative, quantity("euro per joining member")]
    """What joining or starting costs."""
    move: Annotated[NonNegative, quantity("euro per full-time equivalent")]
    """What it costs that somebody's work moves into it."""
    work_share: Annotated[Share, quantity("share of a domain's staff cost")]
    """Part of a domain's staff cost that runs through it: the default contribution."""
    largest: Annotated[int | None, quantity("members", ge=2)] = None
    """Largest membership that works, where there is one; members outside the region count."""
