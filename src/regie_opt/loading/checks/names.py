"""Names that a scenario uses and does not have: municipalities, domains, forms, partnerships, sources."""

import re
from collections.abc import Iterable, Iterator, Mapping

from regie_opt.loading.checks.finding import Check, Finding
from regie_opt.loading.checks.known import domain_labels, of_one, unknown_municipalities, unknown_names
from regie_opt.loading.problems import Path, unknown
from regie_opt.schema.partnership import UNKNOWN, Border, Relation
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import official_code

_SOURCE_KEY = re.compile(r"\bS\d+\b")


def _names_in_partnerships(scenario: Scenario) -> Iterator[Finding]:
    for key, partnership in scenario.partnerships.items():
        path: Path = ("partnerships", key)
        yield from of_one(unknown_names("form", (*path, "form"), [partnership.form], scenario.forms))
        yield from unknown_municipalities(scenario, (*path, "members"), partnership.members)
        yield from unknown_names(
            "domain",
            (*path, "domains"),
            partnership.domains,
            (*scenario.domains, UNKNOWN),
            domain_labels(scenario),
        )


def _names_in_pairs(scenario: Scenario) -> Iterator[Finding]:
    pairs: Iterable[tuple[str, Iterable[Relation | Border]]] = (
        ("relations", scenario.relations),
        ("borders", scenario.borders),
    )
    for section, given in pairs:
        for index, pair in enumerate(given):
            yield from unknown_municipalities(scenario, (section, index, "between"), pair.between)


def _names_in_rules(scenario: Scenario) -> Iterator[Finding]:
    labels = domain_labels(scenario)
    for key, rule in scenario.rules.items():
        path: Path = ("rules", key)
        members, domains = getattr(rule, "members", None), getattr(rule, "domains", None)
        if isinstance(members, tuple):
            yield from unknown_municipalities(scenario, (*path, "members"), members)
        if isinstance(domains, tuple):
            yield from unknown_names("domain", (*path, "domains"), domains, scenario.domains, labels)
        for field in ("form", "partnership"):
            if (name := getattr(rule, field, None)) is not None:
                known = scenario.forms if field == "form" else scenario.partnerships
                yield from of_one(unknown_names(field, (*path, field), [name], known))
        yield from unknown_names("form", (*path, "allow"), getattr(rule, "allow", ()), scenario.forms)


def _names_in_municipalities(scenario: Scenario) -> Iterator[Finding]:
    labels = domain_labels(scenario)
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
    sections = ("motives", "trust", "wants", "burden", "money", *(("insight",) if scenario.insight else ()))
    places += [((section,), getattr(scenario, section).sources) for section in sections]
    for path, sources in places:
        for parameter, text in sources.items():
            for key in _SOURCE_KEY.findall(text):
                if key not in scenario.sources:
                    yield Finding((*path, "sources", parameter), unknown("source", key, scenario.sources))


def _codes_once(scenario: Scenario) -> Iterator[Finding]:
    """Yield the codes of Statistics Netherlands that two municipalities have: 505 and GM0505 are one."""
    first: dict[str, str] = {}
    for code in scenario.municipalities:
        official = official_code(code)
        if official is not None and (other := first.setdefault(official, code)) != code:
            message = f"found the code '{code}', which is the code '{other}' written otherwise, allowed: once"
            yield Finding(("municipalities", code), message, is_key=True)


CHECKS: tuple[Check, ...] = (
    _codes_once,
    _names_in_partnerships,
    _names_in_pairs,
    _names_in_rules,
    _names_in_municipalities,
    _names_of_sources,
)
