"""The criterion of cost in euros, wherever it is told: what the work costs more than when everybody does it alone."""

from collections.abc import Iterable

from regie_opt.report.naming import Naming
from regie_opt.schema.plan import CriterionResult


def heading(naming: Naming) -> str:
    """What the row of euros below the criterion is called."""
    return naming.words("criteria.euro")


def unit(naming: Naming) -> str:
    """Its unit."""
    return naming.words("unit.euro per year")


def note(naming: Naming) -> str:
    """What the euros are, and why they may say something else than the criterion."""
    return naming.words("criteria.euro.note", name=naming.criterion("cost"))


def running_cost(criteria: Iterable[CriterionResult]) -> float | None:
    """Euro per year of an assessment; None where it was made without."""
    return next((found.euro for found in criteria if found.euro is not None), None)
