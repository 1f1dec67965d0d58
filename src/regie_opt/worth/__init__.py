"""What a plan is worth: arrays in, arrays out. Nothing here knows a solver."""

from collections.abc import Sequence

from regie_opt.schema.plan import Assessment, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.assessment import assessor
from regie_opt.worth.plan import PlanError, complete_plan, today_plan
from regie_opt.worth.value import Worth

__all__ = ["PlanError", "Worth", "assess", "complete_plan", "today_plan"]


def assess(scenario: Scenario, base: Scenario, partnerships: Sequence[PlannedPartnership]) -> Assessment:
    """Every criterion of a complete plan in its own unit, and its value against the references of `base`."""
    return assessor(Worth(scenario, base), partnerships).result()
