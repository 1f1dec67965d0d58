"""What a plan proposes: each partnership, what changes, what ends, and what each municipality keeps doing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regie_opt.report.naming import Naming
from regie_opt.report.table import Cell, Table, Text
from regie_opt.schema.partnership import UNKNOWN, Outside, Partnership
from regie_opt.schema.plan import Origin, PlannedPartnership
from regie_opt.schema.scenario import Scenario

ORIGINS: tuple[Origin, ...] = ("new", "changed", "kept", "frozen")
"""In the order in which people want to read them: what is different first."""


@dataclass(frozen=True)
class Changes:
    """How a partnership differs from the one of today that it continues."""

    members_in: tuple[str, ...] = ()
    members_out: tuple[str, ...] = ()
    domains_in: tuple[str, ...] = ()
    domains_out: tuple[str, ...] = ()
    hosts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Per domain carried before and after: who did the work, and who will."""
    form: str | None = None
    """The form it had, where that changes."""


def changes(before: Partnership, after: PlannedPartnership) -> Changes:
    """Members, domains, hosts and form that differ."""
    hosts_before = {d: before.host_of(d) for d in before.domains}
    hosts_after = after.hosts or {}
    return Changes(
        members_in=_without(after.members, before.members),
        members_out=_without(before.members, after.members),
        domains_in=_without(after.domains, before.domains),
        domains_out=_without(before.domains, after.domains),
        hosts={
            domain: (was, hosts_after[domain])
            for domain, was in hosts_before.items()
            if was is not None and domain in hosts_after and hosts_after[domain] != was
        },
        form=before.form if before.form != after.form else None,
    )


def ended(scenario: Scenario, partnerships: Sequence[PlannedPartnership]) -> tuple[str, ...]:
    """Keys of today's partnerships that nothing in the plan continues; those imposed by law never end."""
    going_on = {p.continues for p in partnerships} | {p.id for p in partnerships if p.origin in ("kept", "frozen")}
    return tuple(key for key, p in scenario.partnerships.items() if not p.frozen and key not in going_on)


def alone(scenario: Scenario, partnerships: Sequence[PlannedPartnership]) -> dict[str, tuple[str, ...]]:
    """Per domain who does it alone; domains imposed by law, or that nobody does alone, are left out."""
    together = {(m, d) for p in partnerships if not p.beside for m in p.members for d in p.domains}
    cells = {
        key: tuple(m for m in scenario.municipalities if (m, key) not in together)
        for key, domain in scenario.domains.items()
        if not domain.statutory
    }
    return {domain: members for domain, members in cells.items() if members}


def counts(scenario: Scenario, partnerships: Sequence[PlannedPartnership], naming: Naming) -> str:
    """`: 2 new, 1 changed, 3 unchanged ...`, leaving out what there is none of; nothing where there is none at all."""
    numbers = {f"count.{origin}": sum(p.origin == origin for p in partnerships) for origin in ORIGINS}
    numbers["count.ended"] = len(ended(scenario, partnerships))
    parts = ", ".join(naming.words(key, count=count) for key, count in numbers.items() if count)
    return parts and f": {parts}"


def proposal(partnerships: Sequence[PlannedPartnership], naming: Naming) -> Table | Text:
    """One row per partnership of the plan, what is different first."""
    words = naming.words
    if not partnerships:
        return Text(words("proposal"), (words("proposal.none"),))
    ordered = sorted(partnerships, key=lambda p: ORIGINS.index(p.origin) if p.origin else -1)
    return Table(
        words("proposal"),
        tuple(words(key) for key in ("partnership", "form", "host", "members", "carries", "change")),
        tuple(_row(partnership, naming) for partnership in ordered),
    )


def ending(partnerships: Sequence[PlannedPartnership], naming: Naming) -> Table | Text:
    """Today's partnerships that end, with what to know about each."""
    words, scenario = naming.words, naming.scenario
    keys = ended(scenario, partnerships)
    if not keys:
        return Text(words("ended"), (words("ended.none"),))
    return Table(
        words("ended"),
        tuple(words(key) for key in ("partnership", "form", "members", "carries", "remark")),
        tuple(
            (
                before.name,
                _form(before.form, before.beside, naming),
                naming.members(before.members),
                naming.domains(before.domains),
                "\n".join(_remarks(before, naming)),
            )
            for before in (scenario.partnerships[key] for key in keys)
        ),
    )


def left_alone(partnerships: Sequence[PlannedPartnership], naming: Naming) -> Text:
    """Per domain who does it alone, domains with the same municipalities on one line."""
    words, everyone = naming.words, tuple(naming.scenario.municipalities)
    by_members: dict[tuple[str, ...], list[str]] = {}
    for domain, members in alone(naming.scenario, partnerships).items():
        by_members.setdefault(members, []).append(domain)
    lines = [
        words(
            "alone.row",
            domain=naming.domains(domains),
            names=words("alone.all") if members == everyone else naming.members(members),
        )
        for members, domains in sorted(by_members.items(), key=lambda item: -len(item[0]))
    ]
    return Text(words("alone"), tuple(lines) or (words("alone.nothing"),), bullets=bool(lines))


def unrecorded(scenario: Scenario) -> tuple[str, ...]:
    """Names of today's partnerships of which nobody recorded (all) domains."""
    return tuple(p.name for p in scenario.partnerships.values() if UNKNOWN in p.domains)


def _row(partnership: PlannedPartnership, naming: Naming) -> tuple[Cell, ...]:
    before = naming.scenario.partnerships.get(partnership.continues or "")
    members = naming.members(partnership.members)
    if before and before.outside.members:
        members += "\n" + _outside("outside", before.outside, naming)
    return (
        partnership.name or partnership.id or naming.words("nameless"),
        _form(partnership.form, partnership.beside, naming),
        _hosts(partnership, naming),
        members,
        naming.domains(partnership.domains),
        _change(partnership, before, naming),
    )


def _form(form: str, beside: bool, naming: Naming) -> str:
    label = naming.form(form)
    return naming.words("beside", form=label) if beside else label


def _hosts(partnership: PlannedPartnership, naming: Naming) -> str:
    hosts = partnership.hosts or {}
    if len(set(hosts.values())) < 2:
        return naming.municipalities(hosts.values())
    by_host: dict[str, list[str]] = {}
    for domain, host in hosts.items():
        by_host.setdefault(host, []).append(domain)
    return "\n".join(
        naming.words("hosted", host=naming.municipality(host), domains=naming.domains(by_host[host]))
        for host in sorted(by_host, key=list(naming.scenario.municipalities).index)
    )


def _change(partnership: PlannedPartnership, before: Partnership | None, naming: Naming) -> str:
    words = naming.words
    if partnership.origin == "frozen":
        return words("change.frozen" if before is None or before.frozen else "change.unrecorded")
    if before is None:
        return words(f"change.{partnership.origin or 'new'}")
    found = changes(before, partnership)
    parts = [
        words(f"change.{kind}", names=names)
        for kind, names in (
            ("members_in", naming.municipalities(found.members_in)),
            ("members_out", naming.municipalities(found.members_out)),
            ("domains_in", naming.domains(found.domains_in)),
            ("domains_out", naming.domains(found.domains_out)),
        )
        if names
    ]
    parts += [
        words(
            "change.host",
            domain=naming.domain(domain),
            before=naming.municipality(was),
            after=naming.municipality(becomes),
        )
        for domain, (was, becomes) in found.hosts.items()
    ]
    if found.form:
        parts.append(words("change.form", form=naming.form(found.form)))
    if partnership.name and partnership.name != before.name:
        parts.append(words("change.was", name=before.name))
    return "\n".join(parts) or words(f"change.{partnership.origin or 'kept'}")


def _remarks(before: Partnership, naming: Naming) -> list[str]:
    remarks = []
    if before.outside.members:
        remarks.append(_outside("ended.outside", before.outside, naming))
    if UNKNOWN in before.domains:
        remarks.append(naming.words("ended.unknown"))
    if before.beside:
        remarks.append(naming.words("ended.beside"))
    return remarks


def _outside(key: str, outside: Outside, naming: Naming) -> str:
    """Members outside the region; a province or a water board has no inhabitants of its own to tell."""
    inhabitants = " " + naming.words("inhabitants", number=outside.inhabitants) if outside.inhabitants else ""
    return naming.words(key, count=outside.members, inhabitants=inhabitants)


def _without(keys: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in others)
