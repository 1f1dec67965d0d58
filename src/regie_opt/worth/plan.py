"""From a plan as people write it to a complete plan: names, origins, hosts, frozen partnerships; or why it is none."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from regie_opt.schema.errors import RegieError
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.plan import Origin, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.going_on import as_now
from regie_opt.worth.region import Region
from regie_opt.worth.today import Today


class PlanError(RegieError):
    """A plan that is not a plan of this scenario."""

    exit_code = 2


def today_plan(scenario: Scenario) -> tuple[PlannedPartnership, ...]:
    """Today's network as a plan; it may be messier than one (several partnerships in a cell)."""
    return tuple(_as_today(scenario, key) for key in scenario.partnerships)


def _as_today(scenario: Scenario, key: str) -> PlannedPartnership:
    now = scenario.partnerships[key]
    return PlannedPartnership(
        id=key,
        name=now.name,
        form=now.form,
        hosts=_hosts_today(scenario, now),
        members=now.members,
        domains=now.domains,
        origin="frozen" if now.frozen else "kept",
        continues=key,
        beside=now.beside,
    )


def _hosts_today(scenario: Scenario, now: Partnership) -> dict[str, str] | None:
    if scenario.forms[now.form].hosting == "none":
        return None
    return {d: now.host_of(d) or now.members[0] for d in now.domains}


def origin(scenario: Scenario, planned: PlannedPartnership) -> Origin:
    """Whether a partnership is new, or today's kept, changed or frozen."""
    if planned.continues is None:
        return "new"
    now = scenario.partnerships[planned.continues]
    if now.frozen:
        return "frozen"
    return "kept" if as_now(planned, now) else "changed"


def complete_plan(scenario: Scenario, partnerships: Sequence[PlannedPartnership]) -> tuple[PlannedPartnership, ...]:
    """A plan written by hand, made whole: fixed partnerships added, ids, names, hosts and origins filled in.

    Raises `PlanError`, with every reason, when it is not a plan of this scenario.
    """
    problems = [p for i, q in enumerate(partnerships) for p in _unknown_names(scenario, i, q)]
    if problems:
        raise PlanError("\n".join(problems))
    inferred = _infer_continuation(scenario, partnerships)
    fixed = Today(Region(scenario)).fixed
    named = {q.continues for q in inferred}
    missing = [k for k, f in zip(scenario.partnerships, fixed, strict=True) if f and k not in named]
    whole = [*(_as_today(scenario, key) for key in missing), *inferred]
    whole = [_named(scenario, i, q) for i, q in enumerate(whole, start=1)]
    problems = list(_structure(scenario, whole))
    if problems:
        raise PlanError("\n".join(problems))
    return tuple(whole)


def _unknown_names(scenario: Scenario, i: int, q: PlannedPartnership) -> Iterable[str]:
    def check(kind: str, names: Iterable[str], known: Iterable[str]) -> Iterable[str]:
        known = list(known)
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"; nearest: '{near[0]}'" if near else f"; allowed: {', '.join(known[:20])}"
                yield f"partnership {i + 1} of the plan: unknown {kind} '{name}'{hint}"

    hosts = q.hosts or {}
    yield from check("form", [q.form], scenario.forms)
    yield from check("municipality", [*q.members, *hosts.values()], scenario.municipalities)
    yield from check("domain", [*q.domains, *hosts], [*scenario.domains, UNKNOWN])
    yield from check("partnership", [q.continues] if q.continues else [], scenario.partnerships)


def _infer_continuation(scenario: Scenario, plan: Sequence[PlannedPartnership]) -> list[PlannedPartnership]:
    """Without `continues` or `origin: new`, one continues today's of the same id, or of form, members and host."""
    taken = {q.continues for q in plan}
    result = []
    for q in plan:
        if q.continues is None and q.origin != "new":
            for key, now in scenario.partnerships.items():
                same = now.form == q.form and set(now.members) == set(q.members) and _may_host(q, now)
                if key not in taken and (key == q.id or (same and set(now.domains) & set(q.domains))):
                    taken.add(key)
                    q = q.model_copy(update={"continues": key, "beside": now.beside})
                    break
        result.append(q)
    return result


def _may_host(q: PlannedPartnership, now: Partnership) -> bool:
    """Whether the hosts of a plan leave today's one host in its place: with another it is a new partnership."""
    return now.host is None or set((q.hosts or {}).values()) <= {now.host}


def _named(scenario: Scenario, i: int, q: PlannedPartnership) -> PlannedPartnership:
    form = scenario.forms[q.form]
    now = scenario.partnerships.get(q.continues) if q.continues else None
    hosts = q.hosts
    if hosts is None and form.hosting != "none" and now is not None:
        hosts = {d: h for d, h in (_hosts_today(scenario, now) or {}).items() if d in q.domains} or None
    name = q.name or (now.name if now else ", ".join(scenario.domains[d].name.nl for d in q.domains if d != UNKNOWN))
    named = q.model_copy(
        update={
            "id": q.id or (q.continues or f"p{i}"),
            "name": name,
            "hosts": hosts,
            "beside": bool(now and now.beside),
        }
    )
    return named.model_copy(update={"origin": origin(scenario, named)})


def _structure(scenario: Scenario, plan: Sequence[PlannedPartnership]) -> Iterable[str]:
    """Everything that makes a set of partnerships no plan: cells taken twice, unlawful forms, wrong hosts."""
    holder: dict[tuple[str, str], PlannedPartnership] = {}
    continued: dict[str, str] = {}
    for q in plan:
        form = scenario.forms[q.form]
        now = scenario.partnerships.get(q.continues) if q.continues else None
        away = now.outside.members if now else 0
        twice = sorted({c for c in q.members if q.members.count(c) > 1})
        if twice:
            yield f"'{q.id}' names {', '.join(twice)} twice"
        elif len(q.members) + away < 2:
            yield f"'{q.id}' has {len(q.members)} member; a partnership has at least 2"
        if q.continues:
            if q.continues in continued:
                yield f"'{q.id}' and '{continued[q.continues]}' both continue '{q.continues}'"
            continued[q.continues] = q.id
            if now and now.form != q.form:
                yield f"'{q.id}' is {q.form} but continues '{q.continues}', which is {now.form}"
            known = {d for d in now.domains if d != UNKNOWN} if now else set()
            if known and not known & set(q.domains):
                yield f"'{q.id}' continues '{q.continues}' but carries none of its domains ({', '.join(sorted(known))})"
            if now and away and not set(q.domains) <= set(now.domains):
                more = ", ".join(sorted(set(q.domains) - set(now.domains)))
                yield f"'{q.id}' takes on {more}, to which its members outside the region never agreed"
            if now and now.host and q.hosts and set(q.hosts.values()) != {now.host}:
                yield f"'{q.id}' continues '{q.continues}', whose host is {now.host}; with another host it is a new one"
            if now and (now.frozen or now.beside) and not as_now(q, now):
                why = "imposed by law" if now.frozen else "beside the work"
                yield f"'{q.id}' cannot be changed: '{q.continues}' is {why}"
        if form.hosting != "none":
            yield from _hosts(scenario, q)
        elif q.hosts:
            yield f"'{q.id}': a {q.form} has no host"
        if q.beside:
            continue
        for domain in q.domains:
            if domain == UNKNOWN:
                continue
            reason = unlawful(form, scenario.domains[domain])
            if scenario.domains[domain].statutory and not (now and now.frozen):
                yield f"'{q.id}': {domain} is cooperation imposed by law, which only a frozen partnership carries"
            elif reason is not None and not (now and as_now(q, now)):
                yield f"'{q.id}': {reason}"
            for code in q.members:
                first = holder.setdefault((code, domain), q)
                if first is not q and not _both_today(scenario, first, q, code, domain):
                    yield f"{code} has two partnerships for {domain}: '{first.id}' and '{q.id}'"


def _both_today(scenario: Scenario, one: PlannedPartnership, other: PlannedPartnership, code: str, domain: str) -> bool:
    """Whether both continue partnerships of today that serve a cell both today."""
    now = [scenario.partnerships[q.continues] for q in (one, other) if q.continues]
    return len(now) == 2 and all(code in p.members and domain in p.domains for p in now)


def _hosts(scenario: Scenario, q: PlannedPartnership) -> Iterable[str]:
    form = scenario.forms[q.form]
    hosts = q.hosts or {}
    missing = [d for d in q.domains if d not in hosts]
    if missing:
        yield f"'{q.id}': no host for {', '.join(missing)} (a {q.form} has one)"
    for host in sorted(set(hosts.values()) - set(q.members)):
        yield f"'{q.id}': host {host} is not a member; members: {', '.join(q.members)}"
    if form.hosting == "centre" and len(set(hosts.values())) > 1:
        yield f"'{q.id}': a {q.form} has one host for all its domains, found {', '.join(sorted(set(hosts.values())))}"
