"""What is allowed, and yet looks wrong."""

from collections.abc import Iterator
from datetime import date

from regie_opt.loading import plausible
from regie_opt.loading.checks.finding import Finding
from regie_opt.loading.plausible import Doubt
from regie_opt.loading.problems import Path
from regie_opt.schema.municipality import Municipality
from regie_opt.schema.partnership import UNKNOWN, Partnership
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
    for path, doubt in _implausible(scenario):
        if doubt is not None:
            yield Finding(path, doubt.text("en"))


def _implausible(scenario: Scenario) -> Iterator[tuple[Path, Doubt | None]]:
    for code, municipality in scenario.municipalities.items():
        for name, doubt in _of_municipality(scenario, municipality):
            yield ("municipalities", code, name), doubt
    for doubt in plausible.same_inhabitants([one.population for one in scenario.municipalities.values()]):
        yield ("municipalities",), doubt
    for key, partnership in scenario.partnerships.items():
        for path, doubt in _of_partnership(scenario, partnership):
            yield ("partnerships", key, *path), doubt
    for index, border in enumerate(scenario.borders):
        yield ("borders", index, "km"), plausible.within("border", border.km, 0.0, plausible.LONGEST_BORDER)
    yield ("burden", "board_hours"), plausible.board_hours(scenario.burden.board_hours)


def _of_municipality(scenario: Scenario, one: Municipality) -> Iterator[tuple[str, Doubt | None]]:
    usual = {key: domain.spending_per_inhabitant for key, domain in scenario.domains.items()}
    yield "population", plausible.inhabitants(one.population)
    yield "spending", plausible.spending(one.spending, usual, one.population)
    yield "staff", plausible.staff(one.staff, one.population)
    if one.location is not None:
        yield "location", plausible.place(one.location.lon, one.location.lat)
    if one.board_hours is not None:
        yield "board_hours", plausible.board_hours(one.board_hours)
    if one.council_seats is not None:
        yield "council_seats", plausible.within("council_seats", one.council_seats, *plausible.SEATS)
    if one.college_members is not None:
        yield "college_members", plausible.within("college_members", one.college_members, *plausible.COLLEGE)


def _of_partnership(scenario: Scenario, one: Partnership) -> Iterator[tuple[Path, Doubt | None]]:
    members = [scenario.municipalities[code] for code in one.members]
    if one.contribution is not None:
        inhabitants = sum(member.population for member in members)
        yield ("contribution",), plausible.contribution(one.contribution, inhabitants, _spending(scenario, one))
    yield ("outside",), plausible.outside(one.outside.members, one.outside.inhabitants)
    for role, hours in (one.hours.model_dump() if one.hours is not None else {}).items():
        yield ("hours", role), plausible.within("hours", hours, 0.0, plausible.MOST_HOURS)


def _spending(scenario: Scenario, one: Partnership) -> float | None:
    """What the members spend on its domains; None where it does not do all of their work."""
    if one.beside or UNKNOWN in one.domains:
        return None
    members = [scenario.municipalities[code] for code in one.members]
    usual = {key: scenario.domains[key].spending_per_inhabitant for key in one.domains}
    return sum(m.spending.get(key, usual[key] * m.population) for m in members for key in usual)
