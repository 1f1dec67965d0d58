"""A partnership that exists today, and the relations between municipalities."""

from datetime import date
from typing import Literal

from pydantic import Field

from regie_opt.schema.strict import Key, NonNegative, RoleHours, Share, Strict

UNKNOWN = "unknown"
"""The domain of a partnership of which nobody recorded what it does."""


class Outside(Strict):
    """Members that are not in the region: they add scale and partners, and are not decided on."""

    members: int = Field(default=0, ge=0)
    """How many."""
    inhabitants: int = Field(default=0, ge=0)
    """Their inhabitants together."""


class Partnership(Strict):
    """One partnership (samenwerkingsverband) of today's inventory."""

    name: str = Field(min_length=1)
    form: Key
    """Key of a governance form."""
    members: tuple[Key, ...] = Field(min_length=1)
    """Codes of the members in the region."""
    domains: tuple[Key, ...] = Field(min_length=1)
    """Keys of the domains it carries; `unknown` where nobody recorded it."""
    host: Key | None = None
    """The member that does the work, for a form with one host."""
    hosts: dict[Key, Key] = {}
    """The member that does the work, per domain, for mutual services."""
    frozen: bool = False
    """Imposed by law: counts, and cannot be optimised away."""
    beside: bool = False
    """A table next to the partnership that does the work: adds burden, knowledge and power only."""
    outside: Outside = Outside()
    """Members outside the region."""
    start: date | None = None
    """In force since."""
    contribution: NonNegative | None = None
    """What its members in the region pay together, euro per year. Default: from staff cost."""
    shares: dict[Key, Share] = {}
    """Each member's share of the contribution; must add up to 1. Default: by contribution to the work."""
    hours: RoleHours | None = None
    """Hours per member per year as it is today. Default: the form's."""
    register_id: str | None = None
    """Identifier in the government register."""
    note: str | None = None
    """Anything a reader should know, such as a doubt about its domains."""

    def host_of(self, domain: str) -> str | None:
        """The member that does the work of a domain; None where the form has no host."""
        return self.hosts.get(domain, self.host)


class Relation(Strict):
    """What is known of the relation (relatie) between two municipalities."""

    between: tuple[Key, Key]
    """Their codes."""
    trust: Share | None = None
    """Replaces the prior."""
    familiarity: Share | None = None
    """How well they know each other, 1 as in a partnership of the two alone; replaces what shared partnerships say."""
    past: Literal["success", "failure"] | None = None
    """How an earlier attempt went."""
    veto: bool = False
    """They will not cooperate."""
    note: str | None = None


class Border(Strict):
    """Two municipalities that touch."""

    between: tuple[Key, Key]
    """Their codes."""
    km: NonNegative = 0.0
    """Length of the common border, km."""
