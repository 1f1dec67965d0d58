"""Tuning: what weights do to the recommended plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from regie_opt import engine
from regie_opt.schema.changes import with_values
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.tuning import Elicitation, Elicited, Tuning
from regie_opt.study.elicit import settings
from regie_opt.study.interval import intervals, tolerance
from regie_opt.study.plans import Plans
from regie_opt.study.solving import Solve
from regie_opt.study.study import Study
from regie_opt.study.sweep import Grid, sweep
from regie_opt.study.tornado import tornado
from regie_opt.study.weighing import Moving
from regie_opt.worth import assess

NUMBERS = ("plan", "before", "after")
"""Fields of the document that hold the number of a plan."""


@dataclass(frozen=True)
class Judged:
    """Weights that follow from a file of judgements."""

    file: str
    results: tuple[Elicited, ...]


@dataclass(frozen=True)
class Question:
    """What to tune."""

    scenario: Scenario
    base: Scenario
    sha256: str
    options: engine.Options = field(default_factory=engine.Options)
    weights: tuple[Moving, ...] = ()
    """Weights of which interval and swing are asked."""
    grid: Grid | None = None
    judged: Judged | None = None

    @property
    def recommended(self) -> Solve:
        """The solve at the present weights."""
        return Solve(self.scenario, self.base, self.options, near=self.scenario)


def tune(question: Question, recommended: Outcome, study: Study) -> Tuning:
    """Answer a question, given the outcome at the present weights, which has a plan.

    The swings and the sweep come first: the plans that they meet bring the search for intervals near its end.
    """
    proof = recommended.certificate
    assert proof is not None
    plans = Plans(recommended)
    swings = tornado(question.weights, plans, study)
    swept = None if question.grid is None else sweep(question.grid, plans, study)
    found = intervals(question.weights, plans, study)
    elicitation = None if question.judged is None else _elicitation(question, question.judged, plans, study)
    told = Tuning(
        scenario=question.scenario.name,
        variant=question.scenario.variant,
        sha256=question.sha256,
        value=proof.value,
        gap=proof.gap,
        plans=(),
        intervals=found,
        tornado=swings,
        sweep=swept,
        elicitation=elicitation,
    )
    return _tidy(told, plans)


def _elicitation(question: Question, judged: Judged, plans: Plans, study: Study) -> Elicitation | None:
    """The plan under elicited weights, and what the recommended one is worth under them."""
    weights = settings(judged.results)
    scenario = with_values(question.scenario, dict(weights))
    (outcome,) = study.results([Solve(scenario, question.base, question.options, near=question.scenario)])
    kept = assess(scenario, question.base, plans[1]).value
    sets = tuple(f"{'.'.join(path)}={weight:g}" for path, weight in weights.items())
    if outcome.certificate is None:
        number, value, gap = 1, kept, None
    else:
        number, value, gap = plans.number(outcome), outcome.certificate.value, outcome.certificate.gap
        if kept >= value - tolerance(outcome):
            number = 1
    return Elicitation(
        file=judged.file,
        results=judged.results,
        sets=sets,
        value=value,
        kept=kept,
        plan=number,
        regrouped=len(plans.regrouped(number)),
        gap=gap,
    )


def _tidy(told: Tuning, plans: Plans) -> Tuning:
    """The same with the plans that it names, numbered from 1 in the order in which they were met."""
    data = told.model_dump()
    named = sorted({1, *_numbers(data)})
    again = {number: n for n, number in enumerate(named, start=1)}
    described = [plan.model_copy(update={"number": again[plan.number]}) for plan in plans.described(named)]
    return Tuning.model_validate({**_renumbered(data, again), "plans": described})


def _numbers(data: Any) -> Iterator[int]:
    """Every number of a plan in a document."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in NUMBERS and isinstance(value, int):
                yield value
            else:
                yield from _numbers(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _numbers(value)


def _renumbered(data: Any, again: Mapping[int, int]) -> Any:
    """The document with other numbers for plans."""
    if isinstance(data, dict):
        return {
            key: again[value] if key in NUMBERS and isinstance(value, int) else _renumbered(value, again)
            for key, value in data.items()
        }
    return [_renumbered(value, again) for value in data] if isinstance(data, list | tuple) else data
