"""What every input object has in common: frozen, and unknown keys are refused."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Role = Literal["college", "council", "officials"]
MotiveKey = Literal["vulnerability", "quality", "cost", "knowledge", "power"]

ROLES: tuple[Role, ...] = ("college", "council", "officials")
MOTIVES: tuple[MotiveKey, ...] = ("vulnerability", "quality", "cost", "knowledge", "power")

KEY_PATTERN, LONGEST_KEY = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", 64
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=LONGEST_KEY)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Strict(BaseModel):
    """Base of every schema class: immutable, no unknown keys, no silent conversion of text to numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, str_strip_whitespace=True)


class Label(Strict):
    """A name for people, in Dutch and English."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """The label in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


class Sourced(Strict):
    """An object of the model pack: every number in it names its source, or says `assumption`."""

    sources: dict[str, str]
    """For each parameter (or `*` for all others): source keys of `sources.yaml`, or `assumption`, and why."""

    def model_post_init(self, _context: Any) -> None:
        """Refuse a parameter without a source, and a source without a parameter."""
        if "*" not in self.sources:
            parameters = {
                name
                for name, info in type(self).model_fields.items()
                if isinstance(info.json_schema_extra, dict) and "unit" in info.json_schema_extra
            }
            missing = sorted(parameters - self.sources.keys())
            if missing:
                msg = f"no source for {', '.join(missing)} (name one in `sources`, or say `assumption`)"
                raise ValueError(msg)
        unknown = sorted(self.sources.keys() - type(self).model_fields.keys() - {"*"})
        if unknown:
            msg = f"`sources` names {', '.join(unknown)}, which is no parameter here"
            raise ValueError(msg)


def quantity(unit: str, **constraints: Any) -> Any:
    """A pydantic field that is a parameter with a unit; the unit goes into the JSON Schema."""
    return Field(json_schema_extra={"unit": unit}, **constraints)


class RoleHours(Strict):
    """Hours per year by role."""

    college: NonNegative = 0.0
    """Hours per year of the college (mayor and aldermen together)."""
    council: NonNegative = 0.0
    """Hours per year of the council (all councillors together)."""
    officials: NonNegative = 0.0
    """Hours per year of officials."""


class RoleShares(Strict):
    """A share of something by role."""

    college: Share = 0.0
    """Of the college."""
    council: Share = 0.0
    """Of the council."""
    officials: Share = 0.0
    """Of officials."""
