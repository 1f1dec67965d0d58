"""Whether the names of a list exist, and are in it once."""

from collections.abc import Iterable, Iterator, Mapping

from regie_opt.loading.checks.finding import Finding
from regie_opt.loading.problems import Path, unknown
from regie_opt.schema.scenario import Scenario


def unknown_names(
    noun: str, path: Path, used: Iterable[str], known: Iterable[str], labels: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Yield findings for the items of the list at `path` that are not known."""
    names = tuple(known)
    for index, name in enumerate(used):
        if name not in names:
            yield Finding((*path, index), unknown(noun, name, names, labels))


def unknown_municipalities(scenario: Scenario, path: Path, used: Iterable[str]) -> Iterator[Finding]:
    """Yield findings for the codes at `path` that are no municipality of this scenario."""
    labels = {code: municipality.name for code, municipality in scenario.municipalities.items()}
    return unknown_names("municipality", path, used, scenario.municipalities, labels)


def of_one(found: Iterator[Finding]) -> Iterator[Finding]:
    """Move the findings of a list of one to the value itself."""
    return (Finding(finding.path[:-1], finding.message) for finding in found)


def twice(path: Path, noun: str, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each name that the list at `path` holds again."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Finding((*path, index), f"found {noun} '{name}' twice, allowed: once")
        seen.add(name)


def domain_labels(scenario: Scenario) -> dict[str, str]:
    """Return the domains' names for people, by key."""
    return {key: domain.name.nl for key, domain in scenario.domains.items()}
