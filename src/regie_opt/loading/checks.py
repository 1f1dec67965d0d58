"""What the types cannot see: names that exist, lawful forms, hosts, shares, rules that can be obeyed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from regie_opt.loading.assumptions import misplaced
from regie_opt.loading.problems import Path, unknown
from regie_opt.schema.defaults import staff_fte
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN, Border, Partnership, Relation
from regie_opt.schema.plan import PlanFile
from regie_opt.schema.rules import Contiguity, Distance, End, HostCapacity, Keep, Limit, Untouched
from regie_opt.schema.scenario import Scenario


@dataclass(frozen=True)
class Finding:
    """What is wrong at a path of the tree; with `is_key` it is the last key itself that is wrong."""

    path: Path
    message: str
    is_key: bool = False


Check = Callable[[Scenario], Iterator[Finding]]

_SOURCE_KEY = re.compile(r"\bS\d+\b")


def faults(scenario: Scenario) -> Iterator[Finding]:
    """Yield everything that keeps the scenario from being used."""
    for check in _CHECKS:
        yield from check(scenario)


def doubts(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is allowed, and yet looks wrong."""
    today = date.today()
    for key, partnership in scenario.partnerships.items():
        if UNKNOWN in partnership.domains:
            message = f"nobody recorded what '{partnership.name}' does: it counts for burden only"
            yield Finding(("partnerships", key, "domains"), message)
        if partnership.start is not None and partnership.start > today:
            message = f"found {partnership.start}, which is in the future: it counts as existing today"
            yield Finding(("partnerships", key, "start"), message)


# Names that must exist


def _names(
    noun: str, path: Path, used: Iterable[str], known: Iterable[str], labels: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Yield findings for the items of the list at `path` that are not known."""
    names = tuple(known)
    for index, name in enumerate(used):
        if name not in names:
            yield Finding((*path, index), unknown(noun, name, names, labels))


def _municipalities(scenario: Scenario, path: Path, used: Iterable[str]) -> Iterator[Finding]:
    labels = {code: municipality.name for code, municipality in scenario.municipalities.items()}
    return _names("municipality", path, used, scenario.municipalities, labels)


def _one(found: Iterator[Finding]) -> Iterator[Finding]:
    """Move the findings of a list of one to the value itself."""
    return (Finding(finding.path[:-1], finding.message) for finding in found)


def _names_in_partnerships(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        path: Path = ("partnerships", key)
        yield from _one(_names("form", (*path, "form"), [partnership.form], scenario.forms))
        yield from _municipalities(scenario, (*path, "members"), partnership.members)
        yield from _names(
            "domain",
            (*path, "domains"),
            partnership.domains,
            (*scenario.domains, UNKNOWN),
            _domain_labels(scenario),
        )


def _names_in_pairs(scenario: Scenario) -> Iterator[Finding]:
    pairs: Iterable[tuple[str, Iterable[Relation | Border]]] = (
        ("relations", scenario.relations),
        ("borders", scenario.borders),
    )
    for section, given in pairs:
        for index, pair in enumerate(given):
            yield from _municipalities(scenario, (section, index, "between"), pair.between)


def _names_in_rules(scenario: Scenario) -> Iterator[Finding]:
    labels = _domain_labels(scenario)
    for key, rule in scenario.rules.items():
        path: Path = ("rules", key)
        members, domains = getattr(rule, "members", None), getattr(rule, "domains", None)
        if isinstance(members, tuple):
            yield from _municipalities(scenario, (*path, "members"), members)
        if isinstance(domains, tuple):
            yield from _names("domain", (*path, "domains"), domains, scenario.domains, labels)
        for field in ("form", "partnership"):
            if (name := getattr(rule, field, None)) is not None:
                known = scenario.forms if field == "form" else scenario.partnerships
                yield from _one(_names(field, (*path, field), [name], known))
        yield from _names("form", (*path, "allow"), getattr(rule, "allow", ()), scenario.forms)


def _names_in_municipalities(scenario: Scenario) -> Iterator[Finding]:
    labels = _domain_labels(scenario)
    for code, municipality in scenario.municipalities.items():
        for field in ("spending", "staff", "domain_motives"):
            for domain in getattr(municipality, field):
                if domain not in scenario.domains:
                    path = ("municipalities", code, field, domain)
                    yield Finding(path, unknown("domain", domain, scenario.domains, labels), is_key=True)


def _names_of_sources(scenario: Scenario) -> Iterator[Finding]:
    places: list[tuple[Path, Mapping[str, str]]] = [
        ((section, key), entry.sources)
        for section in ("domains", "forms", "criteria", "uncertainty")
        for key, entry in getattr(scenario, section).items()
    ]
    sections = ("motives", "trust", "burden", "money", *(("insight",) if scenario.insight else ()))
    places += [((section,), getattr(scenario, section).sources) for section in sections]
    for path, sources in places:
        for parameter, text in sources.items():
            for key in _SOURCE_KEY.findall(text):
                if key not in scenario.sources:
                    yield Finding((*path, "sources", parameter), unknown("source", key, scenario.sources))


def _assumptions(scenario: Scenario) -> Iterator[Finding]:
    return (Finding(path, message) for path, message in misplaced(scenario))


def _domain_labels(scenario: Scenario) -> dict[str, str]:
    return {key: domain.name.nl for key, domain in scenario.domains.items()}


# Partnerships


def _twice(path: Path, noun: str, names: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Finding((*path, index), f"found {noun} '{name}' twice, allowed: once")
        seen.add(name)


def _members(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        path: Path = ("partnerships", key)
        yield from _twice((*path, "members"), "member", partnership.members)
        yield from _twice((*path, "domains"), "domain", partnership.domains)
        outside = partnership.outside
        if len(partnership.members) + outside.members < 2:
            message = "found 1 member and none outside the region, allowed: at least 2 together"
            yield Finding((*path, "members"), message)
        if outside.members == 0 and outside.inhabitants > 0:
            message = (
                f"found {outside.members} members with {outside.inhabitants} inhabitants, "
                "allowed: no inhabitants without members"
            )
            yield Finding((*path, "outside"), message)
    for key, rule in scenario.rules.items():
        for field, noun in (("members", "member"), ("domains", "domain"), ("allow", "form")):
            names = getattr(rule, field, None)
            if isinstance(names, tuple):
                yield from _twice(("rules", key, field), noun, names)


def _hosts(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        form = scenario.forms.get(partnership.form)
        path: Path = ("partnerships", key)
        allowed = f"one of its members: {', '.join(partnership.members)}"
        if partnership.host is not None and partnership.host not in partnership.members:
            yield Finding((*path, "host"), f"found '{partnership.host}', allowed: {allowed}")
        for domain, host in partnership.hosts.items():
            if domain not in partnership.domains:
                message = unknown("domain of this partnership", domain, partnership.domains)
                yield Finding((*path, "hosts", domain), message, is_key=True)
            if host not in partnership.members:
                yield Finding((*path, "hosts", domain), f"found '{host}', allowed: {allowed}")
        if form is not None:
            yield from _hosting(path, partnership, form.hosting)


def _hosting(path: Path, partnership: Partnership, hosting: str) -> Iterator[Finding]:
    form = partnership.form
    if hosting == "none" and (partnership.host is not None or partnership.hosts):
        field = "host" if partnership.host is not None else "hosts"
        yield Finding((*path, field), f"found a host, allowed: none (the form {form} has no host)", is_key=True)
    if hosting == "centre":
        if partnership.host is None:
            yield Finding((*path, "host"), f"missing; the form {form} has one host: allowed: a member")
        if partnership.hosts:
            message = f"found a host per domain, allowed: `host` only (the form {form} has one host)"
            yield Finding((*path, "hosts"), message, is_key=True)
    if hosting == "mutual":
        if partnership.host is not None:
            message = f"found one host, allowed: `hosts`, one per domain (the form {form} has a host per domain)"
            yield Finding((*path, "host"), message, is_key=True)
        missing = [domain for domain in partnership.domains if domain not in (*partnership.hosts, UNKNOWN)]
        if missing:
            message = f"missing for {', '.join(missing)}; the form {form} has a host per domain"
            yield Finding((*path, "hosts"), message)


def _lawful(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        form = scenario.forms.get(partnership.form)
        if form is None or partnership.beside:
            continue
        for index, name in enumerate(partnership.domains):
            domain = scenario.domains.get(name)
            if domain is None:
                continue
            path: Path = ("partnerships", key, "domains", index)
            if (reason := unlawful(form, domain)) is not None:
                fitting = [other for other, candidate in scenario.forms.items() if unlawful(candidate, domain) is None]
                message = f"the form {partnership.form} may not carry {name}: {reason}; allowed: "
                yield Finding(path, message + (", ".join(fitting) or "no form of this model"))
            if domain.statutory and not partnership.frozen:
                message = f"{name} is imposed by law, allowed: only in a partnership with `frozen: true`"
                yield Finding(path, message)


def _shares(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        shares, path = partnership.shares, ("partnerships", key, "shares")
        if not shares:
            continue
        for code in shares:
            if code not in partnership.members:
                message = unknown("member", code, partnership.members)
                yield Finding((*path, code), message, is_key=True)
        missing = [code for code in partnership.members if code not in shares]
        if missing:
            yield Finding(path, f"missing for {', '.join(missing)}, allowed: one share for each member")
        if abs(sum(shares.values()) - 1) > 1e-6:
            yield Finding(path, f"found shares that add up to {sum(shares.values()):g}, allowed: 1")


def _one_frozen_per_cell(scenario: Scenario) -> Iterator[Finding]:
    carrier: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str]] = set()
    for key, partnership in scenario.partnerships.items():
        if not partnership.frozen or partnership.beside:
            continue
        for index, domain in enumerate(partnership.domains):
            for member in dict.fromkeys(partnership.members):
                first = carrier.setdefault((member, domain), key)
                if first != key and domain != UNKNOWN and (first, key) not in told:
                    told.add((first, key))
                    message = (
                        f"{domain} of {member} is already in the frozen partnership '{first}', "
                        "allowed: one (mark the other `beside: true`)"
                    )
                    yield Finding(("partnerships", key, "domains", index), message)


# Pairs of municipalities


def _pairs(scenario: Scenario) -> Iterator[Finding]:
    pairs: Iterable[tuple[str, Iterable[Relation | Border]]] = (
        ("relations", scenario.relations),
        ("borders", scenario.borders),
    )
    for section, given in pairs:
        seen: dict[frozenset[str], int] = {}
        for index, pair in enumerate(given):
            first, second = pair.between
            path: Path = (section, index, "between")
            if first == second:
                yield Finding(path, f"found '{first}' with itself, allowed: two municipalities")
                continue
            same = seen.setdefault(frozenset(pair.between), index)
            if same != index:
                yield Finding(path, f"found {first} and {second} twice (first as item {same}), allowed: once")


# Rules


def _rules_on_frozen(scenario: Scenario) -> Iterator[Finding]:
    free = [key for key, partnership in scenario.partnerships.items() if not partnership.frozen]
    for key, rule in scenario.rules.items():
        if not isinstance(rule, Keep | End | Untouched) or rule.partnership not in scenario.partnerships:
            continue
        if rule.partnership not in free:
            message = f"found '{rule.partnership}', which is frozen: nothing is decided on it; allowed: "
            yield Finding(("rules", key, "partnership"), message + (", ".join(free) or "none, all are frozen"))


def _limits(scenario: Scenario) -> Iterator[Finding]:
    for key, rule in scenario.rules.items():
        if not isinstance(rule, Limit):
            continue
        path: Path = ("rules", key)
        if rule.at_most is None and rule.at_least is None:
            yield Finding(path, "found no bound, allowed: `at_most`, `at_least` or both")
        elif rule.at_most is not None and rule.at_least is not None and rule.at_least > rule.at_most:
            message = f"found {rule.at_least:g}, which is above `at_most`, allowed: at most {rule.at_most:g}"
            yield Finding((*path, "at_least"), message)
        if rule.criterion == "overload" and rule.at_least is not None:
            message = f"found {rule.at_least:g}: nobody asks for overload; allowed: `at_most`"
            yield Finding((*path, "at_least"), message)


def _contiguity(scenario: Scenario) -> Iterator[Finding]:
    rules = [key for key, rule in scenario.rules.items() if isinstance(rule, Contiguity)]
    ends = [end for border in scenario.borders for end in border.between]
    if not rules or any(end not in scenario.municipalities for end in ends):
        return  # a misspelt border is told already
    parts = _connected_parts(list(scenario.municipalities), [border.between for border in scenario.borders])
    if len(parts) == 1:
        return
    named = " | ".join(
        ", ".join(f"{scenario.municipalities[code].name} ({code})" for code in part[:8])
        + (f" and {len(part) - 8} more" if len(part) > 8 else "")
        for part in parts
    )
    borders = "" if scenario.borders else ", as there are no borders at all"
    message = (
        f"the municipalities fall apart into {len(parts)} areas{borders}: {named}; "
        "allowed: one connected area: add a border (a ferry or tunnel counts), or drop the rule"
    )
    for key in rules:
        yield Finding(("rules", key), message)


def _connected_parts(codes: list[str], borders: list[tuple[str, str]]) -> list[list[str]]:
    """Return the municipalities by connected area, the largest first."""
    row = {code: index for index, code in enumerate(codes)}
    ends = [(row[a], row[b]) for a, b in borders if a in row and b in row]
    first, second = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(ends)), (first, second)), shape=(len(codes), len(codes)))
    count, label = connected_components(graph, directed=False)
    parts = [[code for code, part in zip(codes, label, strict=True) if part == number] for number in range(count)]
    return sorted(parts, key=len, reverse=True)


def _distance(scenario: Scenario) -> Iterator[Finding]:
    lacking = [code for code, municipality in scenario.municipalities.items() if municipality.location is None]
    for key, rule in scenario.rules.items():
        if isinstance(rule, Distance) and lacking:
            shown = ", ".join(lacking[:10]) + (f" and {len(lacking) - 10} more" if len(lacking) > 10 else "")
            message = f"distance needs a `location` for every municipality; missing for {shown}"
            yield Finding(("rules", key), message)


def _host_capacity(scenario: Scenario) -> Iterator[Finding]:
    if not any(isinstance(rule, HostCapacity) for rule in scenario.rules.values()):
        return
    taken: dict[str, float] = {}
    for partnership in scenario.partnerships.values():
        if not partnership.frozen or partnership.beside:
            continue
        for domain in partnership.domains:
            host = partnership.hosts.get(domain, partnership.host)
            if host is None or domain not in scenario.domains:
                continue
            for member in partnership.members:
                if member != host and member in scenario.municipalities:
                    taken[host] = taken.get(host, 0.0) + staff_fte(scenario, member, domain)
    for code, fte in taken.items():
        municipality = scenario.municipalities.get(code)
        capacity = None if municipality is None else municipality.host_capacity
        if capacity is not None and fte > capacity + 1e-9:
            message = (
                f"found {capacity:g} fte, while frozen partnerships already take {fte:.1f} fte; "
                f"allowed: at least {fte:.1f}, or no `host_capacity` rule"
            )
            yield Finding(("municipalities", code, "host_capacity"), message)


_CHECKS: tuple[Check, ...] = (
    _names_in_partnerships,
    _names_in_pairs,
    _names_in_rules,
    _names_in_municipalities,
    _names_of_sources,
    _assumptions,
    _members,
    _hosts,
    _lawful,
    _shares,
    _one_frozen_per_cell,
    _pairs,
    _rules_on_frozen,
    _limits,
    _contiguity,
    _distance,
    _host_capacity,
)


def plan_faults(plan: PlanFile, scenario: Scenario) -> Iterator[Finding]:
    """Yield names in a plan that the scenario does not know, and members or cells that are there twice."""
    carrier: dict[tuple[str, str], int] = {}
    labels = _domain_labels(scenario)
    for index, planned in enumerate(plan.partnerships):
        path: Path = ("partnerships", index)
        yield from _one(_names("form", (*path, "form"), [planned.form], scenario.forms))
        yield from _municipalities(scenario, (*path, "members"), planned.members)
        yield from _names("domain", (*path, "domains"), planned.domains, (*scenario.domains, UNKNOWN), labels)
        yield from _twice((*path, "members"), "member", planned.members)
        yield from _twice((*path, "domains"), "domain", planned.domains)
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
