"""What is uncertain: assumptions of the model, each with the range that it may lie in."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from regie_opt.schema.domain import TaskKind
from regie_opt.schema.strict import Label, Sourced, quantity

Effect = Literal["factor", "shift", "steepness", "slope"]
"""What a draw does to the values that it acts on.

`factor` multiplies a number and `shift` adds to it. The other two are for a cost curve: `steepness` multiplies how far
every point is from 1, `slope` lets it rise by this share from its last point to ten times the inhabitants.
"""

CURVES: tuple[Effect, ...] = ("steepness", "slope")
"""Effects on a cost curve; the others are on a number."""


class Assumption(Sourced):
    """One uncertain assumption: which values it is about, and between what bounds they may really lie."""

    name: Label
    effect: Effect
    """What a draw does: `factor`, `shift`, or for cost curves `steepness` or `slope`."""
    acts_on: tuple[str, ...] = Field(min_length=1)
    """Paths of the values, `*` for every entry: `forms.*.hours.*`."""
    tasks: tuple[TaskKind, ...] | None = None
    """Only what belongs to domains of these kinds of task."""
    unwritten: Annotated[float | None, Field(allow_inf_nan=False)] = None
    """What a value is where nobody wrote one; without it such values are left alone."""
    unit: str = Field(min_length=1)
    """Unit of low, likely and high."""
    low: Annotated[float, quantity("unit of the assumption", allow_inf_nan=False)]
    """Lowest draw."""
    likely: Annotated[float, quantity("unit of the assumption", allow_inf_nan=False)]
    """Half of the draws lie below, half above."""
    high: Annotated[float, quantity("unit of the assumption", allow_inf_nan=False)]
    """Highest draw."""
    scale: Literal["linear", "log"] = "linear"
    """On which scale draws lie evenly between low and likely, and between likely and high."""

    @model_validator(mode="after")
    def _in_order(self) -> "Assumption":
        if not self.low <= self.likely <= self.high or self.low == self.high:
            msg = (
                f"found low {self.low:g}, likely {self.likely:g}, high {self.high:g}; allowed: likely from low to "
                "high, and low below high (null takes an assumption out)"
            )
            raise ValueError(msg)
        if self.scale == "log" and self.low <= 0:
            msg = f"found low {self.low:g} on a log scale, allowed: above 0, or `scale: linear`"
            raise ValueError(msg)
        return self
