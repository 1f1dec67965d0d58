"""What insight measures today's network against: national figures, and the thresholds of its patterns."""

from typing import Annotated

from pydantic import Field

from regie_opt.schema.strict import NonNegative, Positive, RoleHours, Share, Sourced, quantity

Quantiles = Annotated[tuple[float, float, float], Field(min_length=3, max_length=3)]
"""The 10th, 50th and 90th percentile."""


class Insight(Sourced):
    """National reference figures and rules of thumb; every one can be changed as any other value."""

    arrangements: Annotated[Quantiles, quantity("formal arrangements per municipality (p10, p50, p90)")]
    """Formal arrangements that a Dutch municipality is in."""
    arrangements_expected: Annotated[Positive, quantity("formal arrangements at 50,000 inhabitants")]
    """What size predicts."""
    arrangements_per_doubling: Annotated[float, quantity("formal arrangements per doubling of inhabitants")]
    """How much more a municipality of twice the size is in."""
    arrangements_spread: Annotated[Positive, quantity("formal arrangements, one standard deviation")]
    """How far municipalities of one size differ."""
    cooperations: Annotated[Positive, quantity("cooperations per municipality, formal and informal")]
    """Cooperations of all kinds that a Dutch municipality is in."""
    members: Annotated[Quantiles, quantity("municipalities per arrangement (p10, p50, p90)")]
    """Municipalities in an arrangement."""
    partners: Annotated[Quantiles, quantity("partners per municipality (p10, p50, p90)")]
    """Distinct partner municipalities."""
    congruence: Annotated[Quantiles, quantity("mean pairwise Jaccard similarity (p10, p50, p90)")]
    """How much alike the partner sets of a municipality are."""
    identical: Annotated[Share, quantity("share of arrangements")]
    """Arrangements whose member set is that of another one too."""
    hours: Annotated[RoleHours, quantity("hours per municipality per year")]
    """What an average municipality with all its cooperation is believed to spend."""
    council_seats: Annotated[
        tuple[tuple[Positive, Positive], ...], quantity("(inhabitants up to, seats)", min_length=1)
    ]
    """Seats of the council by inhabitants, for a municipality that gives none."""
    aldermen: Annotated[Share, quantity("share of council seats")]
    """Aldermen by seats; with the mayor they are the college."""
    nested: Annotated[Share, quantity("share of the larger member set")]
    """Nested member sets are alike from here on."""
    heavy: Annotated[Positive, quantity("times the mean hours of a partnership")]
    """A partnership asks much from here on."""
    poor: Annotated[Share, quantity("times the median yield per hour")]
    """A partnership yields little up to here."""
    excess: Annotated[Positive, quantity("standard deviations above what size predicts")]
    """A municipality is in far more than its size predicts from here on."""
    thin_team: Annotated[Positive, quantity("people per area of expertise")]
    """A team is small below this."""
    scale_loss: Annotated[NonNegative, quantity("share above the lowest cost index")]
    """Scale is too small from here on."""
    revealed: Annotated[Positive, quantity("times the mean of all free cells")]
    """A motive shows in what is shared from here on."""
    unbalanced: Annotated[Positive, quantity("full-time equivalents given less received")]
    """Services are out of balance from here on."""
    same_name: Annotated[Share, quantity("similarity of names, 0 to 1")]
    """Two entries of two lists are taken as one from here on."""
    like_name: Annotated[Share, quantity("similarity of names, 0 to 1")]
    """Two entries of two lists may be one from here on."""
