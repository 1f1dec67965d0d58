"""The best plan against the best one that obeys some rules besides, and which rules stand between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regie_opt import engine
from regie_opt.engine import Obeying
from regie_opt.schema.explanation import RuleChange
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.rules import Rule
from regie_opt.schema.scenario import Scenario
from regie_opt.study.forced import dropped, forced, of_the_user
from regie_opt.study.solving import Solve
from regie_opt.study.study import HALF, Study
from regie_opt.worth import Worth

Pair = tuple[str, str]

MOST_ROUNDS = 6
"""Times that something more is dropped to make an impossible alternative possible."""


@dataclass(frozen=True)
class Contest:
    """The best plan of a scenario, and the best one that obeys some rules besides."""

    scenario: Scenario
    base: Scenario
    rules: tuple[Rule, ...]
    options: engine.Options
    free: Outcome
    held: Outcome
    """Under the rules besides; a plan, or infeasible."""

    @property
    def forced(self) -> Scenario:
        """The scenario with the rules besides."""
        return forced(self.scenario, self.rules)

    def obeys(self, scenario: Scenario, outcome: Outcome) -> bool:
        """Whether the plan of a scenario obeys the rules besides by itself."""
        only = forced(scenario.model_copy(update={"rules": {}}), self.rules)
        return not Obeying(Worth(only, self.base)).broken(outcome.partnerships)


def rule_changes(
    study: Study, contest: Contest, names: Sequence[str], vetoes: Sequence[Pair]
) -> tuple[RuleChange, ...]:
    """For each rule and veto whether the alternative is the best plan without it, and what it costs then.

    Raises what `Study.results` raises.
    """
    some = [RuleChange(rules=(name,), brings_in=None, possible=None) for name in names]
    some += [RuleChange(vetoes=(pair,), brings_in=None, possible=None) for pair in vetoes]
    return tuple(change for change, _ in _without(study, contest, some))


def obstacles(study: Study, contest: Contest, conflict: Sequence[str], vetoes: Sequence[Pair]) -> Iterator[RuleChange]:
    """What stands in the way of an alternative that is not possible, one by one and together, until it is possible.

    Vetoes cannot be named in a conflict of rules, so all of them are tried. Raises what `Study.results` raises.
    """
    alone = [RuleChange(rules=(name,), brings_in=None, possible=None) for name in conflict]
    alone += [RuleChange(vetoes=(pair,), brings_in=None, possible=None) for pair in vetoes]
    found = _without(study, contest, alone)
    yield from (change for change, _ in found)
    gone = RuleChange(rules=tuple(conflict), vetoes=tuple(vetoes), brings_in=None, possible=None)
    if len(alone) > 1 and not any(change.possible for change, _ in found):
        found = _without(study, contest, [gone])
        yield found[0][0]
    for _ in range(MOST_ROUNDS):
        if any(change.possible is not False for change, _ in found):
            return
        more = found[0][1].conflict if found else contest.held.conflict
        rules = tuple(name for name in of_the_user(contest.scenario, more) if name not in gone.rules)
        if not rules:
            return
        gone = gone.model_copy(update={"rules": (*gone.rules, *rules)})
        found = _without(study, contest, [gone])
        yield found[0][0]


def _without(study: Study, contest: Contest, some: Sequence[RuleChange]) -> list[tuple[RuleChange, Outcome]]:
    """What happens without some rules and vetoes, and the outcome of the alternative then."""
    scenarios = [dropped(contest.scenario, change.rules, change.vetoes) for change in some]
    both = [*scenarios, *(forced(s, contest.rules) for s in scenarios)]
    outcomes = study.results([Solve(s, contest.base, contest.options) for s in both], HALF)
    free, held = outcomes[: len(some)], outcomes[len(some) :]
    best = contest.free.certificate
    return [
        (
            change.model_copy(
                update={
                    "brings_in": None if one.certificate is None else contest.obeys(scenario, one),
                    "possible": None if other.status == "unfinished" else other.certificate is not None,
                    "loss": best.value - other.certificate.value if best and other.certificate else None,
                }
            ),
            other,
        )
        for change, scenario, one, other in zip(some, scenarios, free, held, strict=True)
    ]
