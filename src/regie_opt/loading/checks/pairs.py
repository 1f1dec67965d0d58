"""Whether a relation or border is between two municipalities, and given once."""

from collections.abc import Iterable, Iterator

from regie_opt.loading.checks.finding import Check, Finding
from regie_opt.loading.problems import Path
from regie_opt.schema.partnership import Border, Relation
from regie_opt.schema.scenario import Scenario


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


CHECKS: tuple[Check, ...] = (_pairs,)
