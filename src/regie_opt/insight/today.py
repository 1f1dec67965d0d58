"""Today's network as arrays: what every pattern is looked for in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.errors import RegieError
from regie_opt.schema.insight import Insight
from regie_opt.schema.partnership import Partnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import Assessor, assessor
from regie_opt.worth.region import Bools, Floats, Region
from regie_opt.worth.transition import contributions
from regie_opt.worth.value import Worth
from regie_opt.worth.yields import member_yields, yield_value


class NoRules(RegieError):
    """The model pack has no section `insight`."""

    exit_code = 2


@dataclass(frozen=True, eq=False)
class Network:
    """Today's partnerships (axis p) of a region, assessed by the functions that price plans."""

    scenario: Scenario
    base: Scenario

    @cached_property
    def assessor(self) -> Assessor:
        """Today assessed as a plan."""
        return assessor(Worth(self.scenario, self.base), today_plan(self.scenario))

    @property
    def rules(self) -> Insight:
        """National figures and rules of thumb. Raises `NoRules` where the model pack has none."""
        if self.scenario.insight is None:
            msg = f"model '{self.scenario.model}' has no section `insight`, which inventory needs (see models/nl)"
            raise NoRules(msg)
        return self.scenario.insight

    @property
    def region(self) -> Region:
        """The scenario as arrays."""
        return self.assessor.worth.region

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of the partnerships."""
        return tuple(self.scenario.partnerships)

    @cached_property
    def partnerships(self) -> list[Partnership]:
        """The partnerships themselves."""
        return list(self.scenario.partnerships.values())

    @cached_property
    def members(self) -> Bools:
        """Who is in what (p, m)."""
        return self.assessor.placed.bodies.members

    @cached_property
    def formal(self) -> Bools:
        """Which are formal (p,)."""
        return np.array([self.scenario.forms[p.form].formal for p in self.partnerships], dtype=bool)

    @cached_property
    def hours(self) -> Floats:
        """Hours by partnership, municipality and role (p, m, r)."""
        return self.assessor.member_hours

    @cached_property
    def contributions(self) -> Floats:
        """Yearly contributions, euro (p, m); nan where none is given and no whole domain runs through it."""
        paid = contributions(self.region).copy()
        whole = self.assessor.placed.carried.any(axis=1) & ~self.assessor.placed.beside
        given = np.array([p.contribution is not None for p in self.partnerships], dtype=bool)
        paid[~(whole | given)] = np.nan
        return paid

    @cached_property
    def yields(self) -> Floats:
        """Weighted cells above alone by motive (q, p, m)."""
        return member_yields(self.assessor)

    @cached_property
    def worth(self) -> Floats:
        """What those add to the value, in thousandths (p, m)."""
        return 1000 * yield_value(self.assessor.worth, self.yields)

    @cached_property
    def together(self) -> Floats:
        """Ties in the co-membership network (m, m): shared partnerships, each counting 1 / (members - 1).

        So a table of everybody ties no two of them as much as a partnership of two does (Newman 2001).
        """
        size = self.members.sum(axis=1)
        weight = 1 / np.maximum(size - 1, 1)
        ties: Floats = (self.members * weight[:, None]).T @ self.members.astype(float)
        np.fill_diagonal(ties, 0.0)
        return ties

    def codes(self, at: Bools) -> tuple[str, ...]:
        """Codes of the municipalities at which (m,) is true."""
        return tuple(self.region.codes[m] for m in np.flatnonzero(at))
