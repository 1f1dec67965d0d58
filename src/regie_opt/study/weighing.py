"""One weight that moves while all else stays: the scenario at any value of it, and what a plan is worth there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from scipy.optimize import brentq

from regie_opt import engine
from regie_opt.schema.changes import value_at, with_values
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.study.solving import Solve
from regie_opt.worth.assessment import assessor
from regie_opt.worth.region import Region
from regie_opt.worth.value import Worth

Plan = Sequence[PlannedPartnership]

STRAIGHT = 1e-9
"""Value that a plan may be off the straight line before it counts as bent."""
CROSSING = 1e-12
"""Part of a bracket within which a crossing of two bent values is found."""


@dataclass(frozen=True)
class Moving:
    """Scenarios that differ in one weight, from low to high."""

    path: tuple[str, ...]
    low: float
    high: float
    scenario: Scenario
    """With the present weight."""
    base: Scenario
    options: engine.Options = field(default_factory=engine.Options)
    _worths: dict[float, Worth] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The path as a user writes it."""
        return ".".join(self.path)

    @cached_property
    def present(self) -> float:
        """The weight in the scenario."""
        return float(value_at(self.scenario, self.path))

    def at(self, weight: float) -> Scenario:
        """The scenario with another weight."""
        if weight == self.present:
            return self.scenario
        return with_values(self.scenario, {self.path: weight})

    def task(self, weight: float) -> Solve:
        """The solve at a weight, from what the present weight left."""
        return Solve(self.at(weight), self.base, self.options, near=self.scenario)

    @cached_property
    def linear(self) -> bool:
        """Whether the value of every plan is linear in this weight.

        Weights of criteria multiply amounts. Weights of domains multiply them too, but for services in mutual
        partnerships: the smaller of what two give each other bends where the one overtakes the other.
        """
        if self.path[0] == "criteria":
            return True
        scenario = self.scenario
        criterion = scenario.criteria.get("reciprocity")
        if criterion is None or criterion.weight == 0:
            return True
        mutual = [form.hosting == "mutual" for form in scenario.forms.values()]
        region = Region(scenario)
        domain = region.domain_index[self.path[1]]
        now = any(
            scenario.forms[p.form].hosting == "mutual" and self.path[1] in p.domains
            for p in scenario.partnerships.values()
        )
        return not now and not bool(region.lawful[mutual, domain].any())

    @cached_property
    def bend(self) -> float:
        """How much steeper the value of a plan can be at one weight than at another; 0 where it is a line.

        By formula (15): work that is done for a municipality in this domain adds 1 + imbalance times its size to what
        is given back as long as it is the smaller part, and takes off imbalance times its size when it is the larger.
        """
        if self.linear:
            return 0.0
        worth = Worth(self.scenario, self.base)
        work = float(worth.region.staff[:, worth.region.domain_index[self.path[1]]].sum())
        return worth.coefficients["reciprocity"] * (1 + 2 * self.scenario.money.imbalance) * work

    def value(self, plan: Plan, weight: float) -> float:
        """What a plan is worth at a weight, by the assessment."""
        if weight not in self._worths:
            self._worths[weight] = Worth(self.at(weight), self.base)
        return assessor(self._worths[weight], plan).value

    def straight(self, plan: Plan) -> bool:
        """Whether the value of a plan is on one line at both ends of the range and halfway."""
        ends = self.value(plan, self.low) + self.value(plan, self.high)
        return abs(self.value(plan, (self.low + self.high) / 2) - ends / 2) <= STRAIGHT * max(1.0, abs(ends))

    def crossing(self, plan: Plan, other: Plan, start: float, end: float, slack: float = 0.0) -> float | None:
        """Where the other plan overtakes between a start, where it is worth no more, and an end.

        None where it is worth no more at the end either, but for a slack within which plans are equally good.
        """
        lead = self.value(other, end) - self.value(plan, end)
        if lead <= slack or start == end:
            return None
        behind = self.value(plan, start) - self.value(other, start)
        if behind <= 0:
            return start
        if self.linear:
            return start + (end - start) * behind / (behind + lead)

        def difference(weight: float) -> float:
            return self.value(other, weight) - self.value(plan, weight)

        found, _ = brentq(difference, start, end, xtol=abs(end - start) * CROSSING, full_output=True)
        return float(found)

    def between(self, low: float, high: float) -> "Moving":
        """The same weight over another range."""
        return replace(self, low=low, high=high)
