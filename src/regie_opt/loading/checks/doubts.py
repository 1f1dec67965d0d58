"""What is allowed, and yet looks wrong."""

from collections.abc import Iterator
from datetime import date

from regie_opt.loading.checks.finding import Finding
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.scenario import Scenario


def doubts(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is allowed, and yet looks wrong."""
    today = date.today()
    for key, partnership in scenario.partnerships.items():
        if UNKNOWN in partnership.domains:
            known = [domain for domain in partnership.domains if domain != UNKNOWN]
            message = (
                f"nobody recorded what else '{partnership.name}' does: it counts for {', '.join(known)} only"
                if known
                else f"nobody recorded what '{partnership.name}' does: it counts for burden only"
            )
            yield Finding(("partnerships", key, "domains"), message)
        if partnership.start is not None and partnership.start > today:
            message = f"found {partnership.start}, which is in the future: it counts as existing today"
            yield Finding(("partnerships", key, "start"), message)
