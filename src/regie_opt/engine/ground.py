"""Every candidate of a scenario, and what it brings before that is weighed: what a change of weights leaves as it is.

A solve drops the candidates that can be in no best plan at its weights. At other weights others are, so here all stay,
and at each weights those that can be in no best plan then may not be used: what is proven is proven over everything.
"""

from dataclasses import dataclass, replace

from regie_opt.engine.candidates import Candidates, candidates
from regie_opt.engine.columns import Model
from regie_opt.engine.rows import side_rows
from regie_opt.engine.worthwhile import Sieve
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.region import Floats
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
    sieve: Sieve

    @classmethod
    def of(cls, worth: Worth) -> "Ground":
        """That of a scenario."""
        found = candidates(worth.today)
        few = found.allowed.size * len(MOTIVES) <= MOST_KEPT
        amounts = worth.amounts(found.bodies) if few else None
        values = worth.valued(amounts) if amounts else worth.column_values(found.bodies)
        model = Model(worth, found, side_rows(worth, found), values, every=True)
        return cls(model, amounts, Sieve.of(worth, found))

    def weighed(self, scenario: Scenario) -> Model:
        """The programme of a scenario in which at most weights of criteria differ."""
        worth, values = self._valued(scenario)
        return self.model.reweighed(worth, self._worthwhile(worth, values), values)

    def complete(self, scenario: Scenario) -> Model:
        """The same with what could be in no best plan: it may be in one that is nearly as good."""
        worth, values = self._valued(scenario)
        return self.model.reweighed(worth, self.model.found, values)

    def _valued(self, scenario: Scenario) -> tuple[Worth, tuple[Floats, Floats]]:
        worth = self.model.worth.reweighed(scenario)
        return worth, worth.valued(self.amounts) if self.amounts else worth.column_values(self.model.found.bodies)

    def _worthwhile(self, worth: Worth, values: tuple[Floats, Floats]) -> Candidates:
        """The same bodies with the domains that could be in a best plan, those that could not be without any."""
        found = self.model.found
        useful, gaining = self.sieve.test(worth, values)
        gaining &= useful[:, None]
        narrowed = replace(found, allowed=gaining, anchor=found.anchor & gaining)
        vars(narrowed)["distinct_members"] = found.distinct_members
        return narrowed
