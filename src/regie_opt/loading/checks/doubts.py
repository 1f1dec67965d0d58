"""What is allowed, and yet looks wrong."""

from collections.abc import Iterator
from datetime import date

from regie_opt.loading.checks.finding import Finding
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import folded


def _names_twice(scenario: Scenario) -> Iterator[Finding]:
    """Yield the names that more than one municipality has, or more than one partnership."""
    for section in ("municipalities", "partnerships"):
        first: dict[str, str] = {}
        for key, entry in getattr(scenario, section).items():
            other = first.setdefault(folded(entry.name), key)
            if other != key:
                shown = "; reports show the code behind it" if section == "municipalities" else ""
                yield Finding((section, key, "name"), f"found '{entry.name}', which is the name of {other} too{shown}")


def doubts(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is allowed, and yet looks wrong."""
    yield from _names_twice(scenario)
    today = date.today()
    for key, partnership in scenario.partnerships.items():
        if UNKNOWN in partnership.domains:
            message = f"nobody recorded what '{partnership.name}' does: it counts for burden only"
            yield Finding(("partnerships", key, "domains"), message)
        if partnership.start is not None and partnership.start > today:
            message = f"found {partnership.start}, which is in the future: it counts as existing today"
            yield Finding(("partnerships", key, "start"), message)
