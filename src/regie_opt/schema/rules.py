"""Rules of a scenario: each has its own name, and is named when it conflicts."""

from typing import Annotated, Literal

from pydantic import Field

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.strict import Key, Share, Strict


class Contiguity(Strict):
    """Members form one connected area (a partnership of today may go on with the members that it has)."""

    kind: Literal["contiguity"]


class Largest(Strict):
    """No partnership has more members in the region than this (one of today may go on with those that it has)."""

    kind: Literal["largest"]
    members: int = Field(ge=2)


class Distance(Strict):
    """No two members are farther apart than this (a partnership of today may go on with the members that it has)."""

    kind: Literal["distance"]
    km: float = Field(gt=0)


class LeastTrust(Strict):
    """Any two members of a partnership of this form (or of every form) trust each other this much.

    One of today may go on with the members that it has; members outside the region do not count.
    """

    kind: Literal["least_trust"]
    trust: Share
    form: Key | None = None


class Forms(Strict):
    """Only these forms are allowed for new partnerships, in these domains or everywhere."""

    kind: Literal["forms"]
    allow: tuple[Key, ...] = Field(min_length=1)
    domains: tuple[Key, ...] | None = None


class Apart(Strict):
    """No two of these are together, in these domains or anywhere."""

    kind: Literal["apart"]
    members: tuple[Key, ...] = Field(min_length=2)
    domains: tuple[Key, ...] | None = None


class Without(Strict):
    """No partnership has exactly these members (of this form, in these domains; left out: any form, any domain)."""

    kind: Literal["without"]
    members: tuple[Key, ...] = Field(min_length=1)
    """Its members in the region."""
    form: Key | None = None
    domains: tuple[Key, ...] | None = Field(default=None, min_length=1)


class Alone(Strict):
    """Each of these does these domains alone, or everything that is not fixed."""

    kind: Literal["alone"]
    members: tuple[Key, ...] = Field(min_length=1)
    domains: tuple[Key, ...] | None = Field(default=None, min_length=1)


class Together(Strict):
    """All of these are in one partnership in each of these domains; one by itself: with anybody, not alone."""

    kind: Literal["together"]
    members: tuple[Key, ...] = Field(min_length=1)
    domains: tuple[Key, ...] = Field(min_length=1)


class Keep(Strict):
    """This partnership goes on; its members or domains may change."""

    kind: Literal["keep"]
    partnership: Key


class End(Strict):
    """This partnership ends."""

    kind: Literal["end"]
    partnership: Key


class Untouched(Strict):
    """This partnership stays exactly as it is: members, domains and hosts."""

    kind: Literal["untouched"]
    partnership: Key


class BoardHours(Strict):
    """No college spends more hours on cooperation than it has; without this rule overload is priced."""

    kind: Literal["board_hours"]


class HostCapacity(Strict):
    """No municipality does more work for others than its `host_capacity`."""

    kind: Literal["host_capacity"]


class MostPartnerships(Strict):
    """No municipality is in more partnerships than this, frozen and `beside` ones included."""

    kind: Literal["most_partnerships"]
    number: int = Field(ge=0)


class MostChanges(Strict):
    """At most this many partnerships are started, ended or changed; another member, domain or host is a change."""

    kind: Literal["most_changes"]
    number: int = Field(ge=0)


class Limit(Strict):
    """A criterion of the whole plan stays within bounds, in its own unit as in the assessment."""

    kind: Literal["limit"]
    criterion: CriterionKey
    at_most: float | None = Field(default=None, allow_inf_nan=False)
    at_least: float | None = Field(default=None, allow_inf_nan=False)


Rule = Annotated[
    Contiguity
    | Largest
    | Distance
    | LeastTrust
    | Forms
    | Apart
    | Without
    | Alone
    | Together
    | Keep
    | End
    | Untouched
    | BoardHours
    | HostCapacity
    | MostPartnerships
    | MostChanges
    | Limit,
    Field(discriminator="kind"),
]
