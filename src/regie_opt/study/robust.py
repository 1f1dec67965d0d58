"""How a proposal holds when assumptions are other than written: samples, each solved, and what they say together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from regie_opt import engine
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.robustness import FoundPlan, Robustness, Sample, Status, Target, Varied
from regie_opt.schema.scenario import Scenario
from regie_opt.study.assumed import acting, assumed
from regie_opt.study.deciding import correlations, noise
from regie_opt.study.likeness import regrouped
from regie_opt.study.regret import Plan, Regrets, distinct, regrets
from regie_opt.study.sampling import draws
from regie_opt.study.solving import Solve
from regie_opt.study.staying import pairs, staying


@dataclass(frozen=True)
class Question:
    """A scenario, and how many samples of its uncertain assumptions are to be solved.

    Values compare, over samples and with the proposal: the references are those of the base as written.
    """

    scenario: Scenario
    base: Scenario
    samples: int
    seed: int = 0
    options: engine.Options = field(default_factory=engine.Options)
    only: Collection[str] | None = None
    """Assumptions to vary; None for all."""

    @cached_property
    def acting(self) -> tuple[str, ...]:
        """Assumptions that are varied. Raises `Impossible` where one makes the scenario invalid."""
        return tuple(key for key in acting(self.scenario) if self.only is None or key in self.only)

    @property
    def idle(self) -> tuple[str, ...]:
        """Assumptions that were to be varied and make no difference here."""
        asked = [key for key in self.scenario.uncertainty if self.only is None or key in self.only]
        return tuple(key for key in asked if key not in self.acting)

    @cached_property
    def draws(self) -> tuple[dict[str, float], ...]:
        """What is assumed in each sample."""
        return draws({key: self.scenario.uncertainty[key] for key in self.acting}, self.samples, self.seed)

    @cached_property
    def drawn(self) -> tuple[Scenario, ...]:
        """The scenario of each sample."""
        return tuple(assumed(self.scenario, draw) for draw in self.draws)

    @property
    def nominal(self) -> Solve:
        """The solve of the scenario as written: the proposal."""
        return Solve(self.scenario, self.base, self.options)

    @cached_property
    def tasks(self) -> tuple[Solve, ...]:
        """The solves of the samples."""
        base = self.base.model_copy(update={"uncertainty": {}})  # another range leaves what was solved as it is
        return tuple(Solve(sample, base, self.options) for sample in self.drawn)


def robustness(question: Question, nominal: Outcome, outcomes: Sequence[Outcome], sha256: str) -> Robustness:
    """What the samples say of the proposal.

    `nominal` is the outcome of `question.nominal`, which has a plan; `outcomes` are those of `question.tasks`.
    """
    proof = nominal.certificate
    assert proof is not None
    scenario = question.scenario
    solved = [s for s, outcome in enumerate(outcomes) if outcome.certificate is not None]
    found, which = distinct([nominal.partnerships, *(outcomes[s].partnerships for s in solved)])
    plan_of = dict(zip(solved, which[1:], strict=True))
    alone = np.array([np.nan if one.certificate is None else one.certificate.alone for one in outcomes])
    table = regrets(found, question.drawn, question.base, alone)
    samples = tuple(_sample(question, s, outcome, found, plan_of.get(s), table) for s, outcome in enumerate(outcomes))
    best_in = [tuple(s + 1 for s in solved if plan_of[s] == p) for p in range(len(found))]
    plans = _plans(found, best_in, table)
    results = _results(samples, table)
    known = {target: sum(value is not None for value in values) for target, values in results.items()}
    optima = [outcomes[s].partnerships for s in solved]
    return Robustness(
        scenario=scenario.name,
        variant=scenario.variant,
        sha256=sha256,
        seed=question.seed,
        status=proof.status,
        value=proof.value,
        gap=proof.gap,
        alone=proof.alone,
        assumptions=tuple(_varied(scenario, key) for key in question.acting),
        idle=question.idle,
        cells=len(scenario.municipalities) * sum(not domain.statutory for domain in scenario.domains.values()),
        counts={status: sum(sample.status == status for sample in samples) for status in _STATUSES},
        noise={target: noise(count, len(question.acting)) for target, count in known.items()},
        least_regret=table.order[0] + 1,
        plans=plans,
        partnerships=staying(scenario, nominal.partnerships, optima),
        pairs=pairs(scenario, nominal.partnerships, optima),
        correlations=correlations(question.draws, results),
        samples=samples,
    )


_STATUSES: tuple[Status, ...] = ("optimal", "feasible", "infeasible", "unfinished")


def _varied(scenario: Scenario, key: str) -> Varied:
    one = scenario.uncertainty[key]
    return Varied(
        key=key,
        name=one.name,
        unit=one.unit,
        low=one.low,
        likely=one.likely,
        high=one.high,
        scale=one.scale,
        sources=one.sources,
    )


def _sample(
    question: Question, s: int, outcome: Outcome, found: Sequence[Plan], plan: int | None, table: Regrets
) -> Sample:
    proof = outcome.certificate
    return Sample(
        number=s + 1,
        draws=question.draws[s],
        status=outcome.status,
        conflict=outcome.conflict,
        plan=None if plan is None else plan + 1,
        value=None if proof is None else proof.value,
        gap=None if proof is None else proof.gap,
        alone=None if proof is None else proof.alone,
        today=None if outcome.today is None else outcome.today.value,
        nominal_value=float(table.values[0, s]),
        nominal_broken=table.broken[0][s],
        regrouped=None if plan is None else len(regrouped(found[0], outcome.partnerships)),
    )


def _plans(found: Sequence[Plan], best_in: Sequence[tuple[int, ...]], table: Regrets) -> tuple[FoundPlan, ...]:
    solved = np.flatnonzero(table.solved)
    plans = []
    for p, plan in enumerate(found):
        names = [name for s in solved for name in table.broken[p][s]]
        plans.append(
            FoundPlan(
                number=p + 1,
                partnerships=plan,
                best_in=best_in[p],
                regrouped=len(regrouped(found[0], plan)),
                values=tuple(map(float, table.values[p])),
                regrets=tuple(None if np.isnan(lost) else float(lost) for lost in table.regrets[p]),
                broken={name: names.count(name) for name in dict.fromkeys(sorted(names))},
                out=int(table.out[p]),
                largest_regret=table.largest[p],
                mean_regret=table.mean[p],
            )
        )
    return tuple(plans)


def _results(samples: Sequence[Sample], table: Regrets) -> dict[Target, list[float | None]]:
    """What an assumption may decide, in every sample."""
    return {
        "gain": [None if one.alone is None else one.nominal_value - one.alone for one in samples],
        "regret": [None if np.isnan(lost) else float(lost) for lost in table.regrets[0]],
        "regrouped": [one.regrouped for one in samples],
    }
