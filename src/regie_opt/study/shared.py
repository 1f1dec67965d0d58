"""Which partnerships all plans have, which some, and which one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from regie_opt.schema.comparison import EXTENTS, Extent, SharedPartnership
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario


class Identity(NamedTuple):
    """What makes a partnership the same one in two plans, whatever it carries and is called."""

    form: str
    members: tuple[str, ...]
    """In order of code."""
    host: str | None
    """The one host of a centre; hosts per domain are no part of it."""
    continues: str | None


def identity(planned: PlannedPartnership, scenario: Scenario) -> Identity:
    """What a partnership of a scenario's plan is told by."""
    hosts = sorted(set((planned.hosts or {}).values()))
    host = hosts[0] if hosts and scenario.forms[planned.form].hosting == "centre" else None
    return Identity(planned.form, tuple(sorted(planned.members)), host, planned.continues)


def shared(plans: Mapping[str, tuple[Scenario, Sequence[PlannedPartnership]]]) -> tuple[SharedPartnership, ...]:
    """Every partnership of some plans, by key of the plan: those of all first, then those of most members."""
    found: dict[Identity, dict[str, list[PlannedPartnership]]] = {}
    for key, (scenario, plan) in plans.items():
        for planned in plan:
            found.setdefault(identity(planned, scenario), {}).setdefault(key, []).append(planned)
    told = [_told(one, by_plan, len(plans)) for one, by_plan in found.items()]
    return tuple(sorted(told, key=lambda s: (EXTENTS.index(s.extent), -len(s.columns))))


def _told(one: Identity, by_plan: Mapping[str, list[PlannedPartnership]], plans: int) -> SharedPartnership:
    first = next(iter(by_plan.values()))[0]
    carried = {key: list(_domains(some)) for key, some in by_plan.items()}
    everywhere = [d for d in next(iter(carried.values())) if all(d in domains for domains in carried.values())]
    anywhere = dict.fromkeys(domain for domains in carried.values() for domain in domains)
    extent: Extent = "all" if len(by_plan) == plans else "one" if len(by_plan) == 1 else "some"
    return SharedPartnership(
        extent=extent,
        columns=tuple(by_plan),
        name=first.name or first.id,
        form=one.form,
        members=first.members,
        host=one.host,
        continues=one.continues,
        beside=first.beside,
        frozen=first.origin == "frozen",
        domains=tuple(everywhere),
        varying={
            domain: tuple(key for key, domains in carried.items() if domain in domains)
            for domain in anywhere
            if domain not in everywhere
        },
    )


def _domains(some: Sequence[PlannedPartnership]) -> Iterator[str]:
    yield from dict.fromkeys(domain for planned in some for domain in planned.domains)
