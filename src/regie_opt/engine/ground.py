"""Every candidate of a scenario, and what it brings before that is weighed: what a change of weights leaves as it is.

A solve drops the candidates that can be in no best plan at its weights. At other weights others are, so here all stay,
and what is proven over them is proven over everything.
"""

from dataclasses import dataclass

from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Model
from regie_opt.engine.rows import side_rows
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.value import Amounts, Worth

MOST_KEPT = 40_000_000
"""Numbers of amounts that are kept at most, 8 bytes each: beyond that they are computed again for every weight."""


@dataclass(frozen=True, eq=False)
class Ground:
    """All candidates with their amounts."""

    model: Model
    """The programme over all of them, at some weights."""
    amounts: Amounts | None
    """None where they are too many to keep."""

    @classmethod
    def of(cls, worth: Worth) -> "Ground":
        """That of a scenario."""
        found = candidates(worth.today)
        few = found.allowed.size * len(MOTIVES) <= MOST_KEPT
        amounts = worth.amounts(found.bodies) if few else None
        values = worth.valued(amounts) if amounts else worth.column_values(found.bodies)
        return cls(Model(worth, found, side_rows(worth, found), values, every=True), amounts)

    def weighed(self, scenario: Scenario) -> Model:
        """The programme of a scenario in which only weights of criteria differ."""
        worth = self.model.worth.reweighed(scenario)
        values = worth.valued(self.amounts) if self.amounts else worth.column_values(self.model.found.bodies)
        return self.model.reweighed(worth, values)
