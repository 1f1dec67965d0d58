"""Scenarios with rules of our own: what the best plan would be if somebody had to be in, out, or together."""

from collections.abc import Iterable, Sequence

from regie_opt.schema.rules import Apart, Rule, Together, Without
from regie_opt.schema.scenario import Scenario

PREFIX = "what-if-"
"""Beginning of the names of our own rules."""


def forced(scenario: Scenario, rules: Iterable[Rule]) -> Scenario:
    """The scenario with rules of our own besides those of the user."""
    own: dict[str, Rule] = {}
    for rule in rules:
        number = len(own) + 1
        while f"{PREFIX}{number}" in scenario.rules:
            number += len(scenario.rules)
        own[f"{PREFIX}{number}"] = rule
    return scenario.model_copy(update={"rules": {**scenario.rules, **own}})


def of_the_user(scenario: Scenario, conflict: Iterable[str]) -> tuple[str, ...]:
    """Of the rules in a conflict those that the scenario itself has."""
    return tuple(name for name in conflict if name in scenario.rules)


def exactly(
    scenario: Scenario, members: Sequence[str], domains: tuple[str, ...], form: str | None = None
) -> tuple[Rule, ...]:
    """Rules under which precisely these do these domains together, in one form where one is named."""
    others = [code for code in scenario.municipalities if code not in members]
    rules: list[Rule] = [Together(kind="together", members=tuple(members), domains=domains)]
    rules += [Apart(kind="apart", members=(members[0], code), domains=domains) for code in others]
    if form is not None:
        rules += [
            Without(kind="without", members=tuple(members), form=other, domains=domains)
            for other in scenario.forms
            if other != form
        ]
    return tuple(rules)


def dropped(scenario: Scenario, rules: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> Scenario:
    """The scenario without some of its rules, in which some pairs would cooperate after all."""
    names, willing = set(rules), {frozenset(pair) for pair in pairs}
    relations = tuple(
        r.model_copy(update={"veto": False}) if frozenset(r.between) in willing else r for r in scenario.relations
    )
    kept = {name: rule for name, rule in scenario.rules.items() if name not in names}
    return scenario.model_copy(update={"rules": kept, "relations": relations})


def vetoes(scenario: Scenario, members: Iterable[str], *, within: bool) -> tuple[tuple[str, str], ...]:
    """Pairs that will not cooperate: both of these members (`within`), or at least one of them."""
    some = set(members)
    least = 2 if within else 1
    return tuple(r.between for r in scenario.relations if r.veto and len(some & set(r.between)) >= least)
