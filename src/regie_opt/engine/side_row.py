"""One side row of the programme: what it is about, its coefficients and bounds."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from regie_opt.worth.region import Floats, Ints


@dataclass(frozen=True)
class Coefficients:
    """Coefficients of bodies in one row, zero elsewhere. Axis k."""

    body: Ints
    """Index of the body (k,)."""
    value: Floats
    """(k,), or (k, d) where it differs by domain."""

    @classmethod
    def of(cls, value: Floats) -> "Coefficients":
        """Those that are not zero of a coefficient for every body (b,), or for every domain of it (b, d)."""
        body = np.flatnonzero(value if value.ndim == 1 else value.any(axis=1))
        return cls(body, value[body])

    def renumbered(self, position: Ints) -> "Coefficients":
        """The same with each body at a new position (b,), -1 for those that are left out."""
        at = position[self.body]
        return Coefficients(at[at >= 0], self.value[at >= 0])


@dataclass(frozen=True)
class SideRow:
    """One side row: lower <= sum of coefficients <= upper."""

    kind: str
    subject: int
    """Index of the municipality, partnership of today or criterion that it is about."""
    lower: float
    upper: float
    rules: tuple[str, ...]
    """Names of the rules that it comes from."""
    once: Coefficients | None = None
    """Coefficient of each body."""
    each: Coefficients | None = None
    """Coefficient of each domain of each body, the same for all domains."""
    per_domain: Coefficients | None = None
    """Coefficient of each domain of each body."""
    tables: dict[int, float] = field(default_factory=dict)
    """Coefficient of keeping a table beside the work, by partnership of today."""
    gain: float = 0.0
    """Coefficient of each fte of net reciprocated service in mutual services."""
    over: float = 0.0
    """Coefficient of each hour above the upper bounds of the rows on board hours."""
    price: float | None = None
    """Value lost per unit above the upper bound; None where it is hard."""

    def renumbered(self, position: Ints) -> "SideRow":
        """The same with each body at a new position (b,), -1 for those that are left out."""
        kinds = ("once", "each", "per_domain")
        given = {k: c.renumbered(position) for k in kinds if (c := getattr(self, k)) is not None and len(c.body)}
        return replace(self, **given) if given else self

    @cached_property
    def bodies(self) -> Ints:
        """Bodies with a coefficient in it (k,)."""
        given = [c.body for c in (self.once, self.each, self.per_domain) if c is not None]
        return np.unique(np.concatenate(given)) if given else np.zeros(0, dtype=np.int64)
