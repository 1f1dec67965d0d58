"""Whether today's partnerships can be: enough members, a host where the form has one, lawful, shares of one whole."""

from collections.abc import Iterator

from regie_opt.loading.checks.finding import Check, Finding
from regie_opt.loading.checks.known import twice
from regie_opt.loading.problems import Path, unknown
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.scenario import Scenario


def _members(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        path: Path = ("partnerships", key)
        yield from twice((*path, "members"), "member", partnership.members)
        yield from twice((*path, "domains"), "domain", partnership.domains)
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


CHECKS: tuple[Check, ...] = (
    _members,
    _hosts,
    _lawful,
    _shares,
    _one_frozen_per_cell,
)
