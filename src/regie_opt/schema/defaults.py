"""Spending and staff of a municipality in a domain, where it gives them and where it does not."""

from regie_opt.schema.scenario import Scenario


def spending_euro(scenario: Scenario, code: str, domain: str) -> float:
    """Yearly spending of municipality `code` in `domain`, euro; by default population x spending per head."""
    municipality = scenario.municipalities[code]
    given = municipality.spending.get(domain)
    if given is not None:
        return given
    return municipality.population * scenario.domains[domain].spending_per_inhabitant


def staff_fte(scenario: Scenario, code: str, domain: str) -> float:
    """Staff of municipality `code` in `domain`, full-time equivalents; by default from spending."""
    given = scenario.municipalities[code].staff.get(domain)
    if given is not None:
        return given
    staff_euro = spending_euro(scenario, code, domain) * scenario.domains[domain].staff_share
    return staff_euro / scenario.money.euro_per_fte
