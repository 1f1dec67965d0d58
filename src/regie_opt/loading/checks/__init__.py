"""What the types cannot see: names that exist, lawful forms, hosts, shares, rules that can be obeyed."""

from collections.abc import Iterator

from regie_opt.loading.checks import assumptions, names, pairs, partnerships, rules
from regie_opt.loading.checks.doubts import doubts
from regie_opt.loading.checks.finding import Finding
from regie_opt.loading.checks.plan import plan_faults
from regie_opt.loading.checks.written import doubtful_amounts
from regie_opt.schema.scenario import Scenario

__all__ = ["Finding", "doubtful_amounts", "doubts", "faults", "plan_faults"]


def faults(scenario: Scenario) -> Iterator[Finding]:
    """Yield everything that keeps the scenario from being used."""
    for module in (names, assumptions, partnerships, pairs, rules):
        for check in module.CHECKS:
            yield from check(scenario)
