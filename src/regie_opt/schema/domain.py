"""A domain: a municipal task that is done alone or together."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from regie_opt.schema.strict import Key, Label, MotiveKey, NonNegative, Positive, Share, Sourced, quantity

TaskKind = Literal["policy", "execution", "support"]
Transfer = Literal["none", "mandate", "delegation"]
Organ = Literal["college", "council"]

TRANSFERS: tuple[Transfer, ...] = ("none", "mandate", "delegation")


class Domain(Sourced):
    """One domain (domein), tied to the Iv3 task fields its spending is booked on."""

    name: Label
    task: TaskKind
    """What kind of work it is: policy, execution with little policy room, or internal support."""
    authority: Transfer
    """What must be transferred before others can do this work: nothing, a mandate, or the power itself."""
    competence: Organ = "college"
    """The organ whose power it is."""
    staffed: bool = True
    """Whether doing it together needs people on a payroll (own staff of the form, or a host's)."""
    levies: bool = False
    """Whether it levies tax or makes generally binding rules (a joint organ may not)."""
    private_law: bool = False
    """Whether a private-law body is specially indicated for the public interest."""
    portfolio: Key | None = None
    """Domains with one key share an alderman, officials and clients: a new partnership serves one portfolio. Those that
    name none are one portfolio together."""
    statutory: bool = False
    """Cooperation is imposed by law: only frozen partnerships carry it, nothing is decided."""
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    """How much the domain counts in the value, 1 is average."""
    task_fields: Annotated[dict[str, Share], quantity("share of the task field's spending")] = {}
    """Iv3 task fields that it is booked on, with the share of the field that is this domain's."""
    spending_per_inhabitant: Annotated[Positive, quantity("euro per inhabitant per year")]
    """Spending where a municipality gives none."""
    staff_share: Annotated[Share, quantity("share of spending")]
    """Part of spending that is people (own or hired)."""
    functions: Annotated[Positive, quantity("areas of expertise")]
    """Areas of expertise in which people can replace each other; team size is staff over functions."""
    specialists: Annotated[Positive, quantity("specialist roles")]
    """Specialist roles that good quality asks for."""
    fte_per_specialist: Annotated[Positive, quantity("full-time equivalents of staff per specialist role")]
    """Staff that a pool needs to sustain one specialist role."""
    scale: Annotated[tuple[tuple[Positive, Positive], ...], quantity("(inhabitants served, cost index)", min_length=1)]
    """Cost index by population served: points, straight between them on a logarithmic axis, flat outside."""
    power_mass: Annotated[Positive, quantity("inhabitants")]
    """Population at which half of the possible administrative power is reached."""
    relevance: Annotated[dict[MotiveKey, Share], quantity("0 to 1")]
    """How far each motive is at stake in this domain; a motive that is left out is not at stake."""
    appeal: Annotated[NonNegative, quantity("times the relevance")]
    """How much more, or less, than the motives say municipalities seek each other for it. A euro stays a euro."""

    @model_validator(mode="after")
    def _points_rise(self) -> "Domain":
        if any(b[0] <= a[0] for a, b in pairwise(self.scale)):
            msg = "`scale` points must have rising populations"
            raise ValueError(msg)
        return self
