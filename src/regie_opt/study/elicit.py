"""Weights from judgements: swings rated by points or compared two by two, made into value per reference amount.

A weight is value per reference amount (formula (20) of docs/model.md), and people judge a swing from worst to best. The
value of a swing is weight x |best - worst| / reference. It must be in proportion to the priority of the swing, so

    weight = scale x priority x reference / |best - worst|

with the scale at which all judged swings together are worth what they are at the present weights. So judged criteria
keep their place against those that nobody judged. Weights of domains are in proportion to priorities; their mean stays.
"""

from collections.abc import Mapping

from regie_opt.schema.elicitation import CriteriaJudgements, DomainJudgements, ElicitationFile, Judgement
from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.tuning import Elicited
from regie_opt.study.ahp import Comparisons
from regie_opt.worth.value import Worth


def elicited(file: ElicitationFile, scenario: Scenario, base: Scenario) -> tuple[Elicited, ...]:
    """The weights that a checked file of judgements asks for."""
    found = []
    if file.criteria is not None:
        found.append(_criteria(file.criteria, scenario, base))
    if file.domains is not None:
        found.append(_domains(file.domains, scenario))
    return tuple(found)


def settings(found: tuple[Elicited, ...]) -> dict[tuple[str, ...], float]:
    """The weights by their path in the scenario, in as many figures as a person would copy."""
    return {(e.subject, key, "weight"): float(f"{weight:.6g}") for e in found for key, weight in e.weights.items()}


def _criteria(judged: CriteriaJudgements, scenario: Scenario, base: Scenario) -> Elicited:
    worth = Worth(scenario, base)
    made = _priorities(
        "criteria", {str(k): p for k, p in judged.swing.items()}, judged.pairwise, tuple(scenario.criteria)
    )
    swings = {key: _swing(key, judged, worth) for key in made.priorities}
    before = {key: scenario.criteria[key].weight for key in made.priorities}  # type: ignore[index]
    at_stake = sum(before[key] * swings[key] for key in before) or 1.0
    weights = {key: at_stake * made.priorities[key] / swings[key] for key in before}
    return made.model_copy(update={"swings": swings, "before": before, "weights": weights})


def _swing(key: str, judged: CriteriaJudgements, worth: Worth) -> float:
    """From worst to best as a share of the reference; the whole reference where no range is given."""
    criterion: CriterionKey = key  # type: ignore[assignment]
    given = judged.ranges.get(criterion)
    return 1.0 if given is None else abs(given.best - given.worst) / worth.references[criterion]


def _domains(judged: DomainJudgements, scenario: Scenario) -> Elicited:
    made = _priorities("domains", judged.swing, judged.pairwise, tuple(scenario.domains))
    before = {key: scenario.domains[key].weight for key in made.priorities}
    total = sum(before.values()) or float(len(before))
    weights = {key: total * priority for key, priority in made.priorities.items()}
    return made.model_copy(update={"swings": dict.fromkeys(before, 1.0), "before": before, "weights": weights})


def _priorities(
    subject: str, points: Mapping[str, float], pairwise: tuple[Judgement, ...], order: tuple[str, ...]
) -> Elicited:
    """Shares of each that add up to 1, with the consistency of comparisons."""
    nothing: dict[str, float] = {}
    common = {"subject": subject, "swings": nothing, "before": nothing, "weights": nothing}
    if points:
        total = sum(points.values())
        shares = {key: points[key] / total for key in order if key in points}
        return Elicited.model_validate({**common, "method": "swing", "priorities": shares})
    named = {name for j in pairwise for name in (j.more, j.less)}
    names = tuple(key for key in order if key in named)
    compared = Comparisons.of({(j.more, j.less): j.times for j in pairwise}, names)
    return Elicited.model_validate(
        {
            **common,
            "method": "pairwise",
            "priorities": compared.priorities,
            "eigenvalue": compared.eigenvalue,
            "consistency_index": compared.consistency_index,
            "random_index": compared.random_index,
            "consistency_ratio": compared.consistency_ratio,
            "worst": compared.worst,
        }
    )
