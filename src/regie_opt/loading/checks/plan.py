"""Whether a plan speaks of what the scenario knows, with each cell in one partnership."""

from collections.abc import Iterator

from regie_opt.loading.checks.finding import Finding
from regie_opt.loading.checks.known import domain_labels, of_one, twice, unknown_municipalities, unknown_names
from regie_opt.loading.problems import Path, brief
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlanFile
from regie_opt.schema.scenario import Scenario


def plan_faults(plan: PlanFile, scenario: Scenario) -> Iterator[Finding]:
    """Yield names in a plan that the scenario does not know, and members or cells that are there twice."""
    carrier: dict[tuple[str, str], int] = {}
    ids: dict[str, int] = {}
    labels = domain_labels(scenario)
    for index, planned in enumerate(plan.partnerships):
        path: Path = ("partnerships", index)
        if planned.id and ids.setdefault(planned.id, index) != index:
            message = (
                f"found '{brief(planned.id)}', the id of partnership {ids[planned.id]} too, allowed: another, or none"
            )
            yield Finding((*path, "id"), message)
        yield from of_one(unknown_names("form", (*path, "form"), [planned.form], scenario.forms))
        yield from unknown_municipalities(scenario, (*path, "members"), planned.members)
        yield from unknown_names("domain", (*path, "domains"), planned.domains, (*scenario.domains, UNKNOWN), labels)
        yield from twice((*path, "members"), "member", planned.members)
        yield from twice((*path, "domains"), "domain", planned.domains)
        for domain, host in (planned.hosts or {}).items():
            if host not in planned.members:
                allowed = f"one of its members: {', '.join(planned.members)}"
                yield Finding((*path, "hosts", domain), f"found '{host}', allowed: {allowed}")
        if planned.beside:
            continue
        for member in dict.fromkeys(planned.members):
            for domain in dict.fromkeys(planned.domains):
                first = carrier.setdefault((member, domain), index)
                if first != index and domain != UNKNOWN:
                    message = f"{domain} of {member} is already in partnership {first}, allowed: at most one"
                    yield Finding((*path, "domains"), message)
