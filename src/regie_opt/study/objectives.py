"""What a frontier is about: each objective with its direction, and the scenarios that optimise one and limit others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, get_args

from regie_opt.schema.changes import with_values
from regie_opt.schema.parameters import CRITERIA, LESS_IS_BETTER, CriterionKey
from regie_opt.schema.pareto import ObjectiveKey
from regie_opt.schema.plan import Assessment
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.value import UNITS

SUMS: tuple[ObjectiveKey, ...] = ("value", "motives")
"""Objectives that are a weighted sum of criteria: not to be limited, so optimised."""
FAR = 1e14
"""Limit (references of the criterion) that is none to the engine: the rule is there, and bounds nothing."""


@dataclass(frozen=True)
class Objective:
    """One objective: a criterion by itself, or a weighted sum of criteria."""

    key: ObjectiveKey
    weights: Mapping[CriterionKey, float]
    """What counts in it: 1 for a criterion by itself."""

    @property
    def is_sum(self) -> bool:
        """Whether it is a weighted sum."""
        return self.key in SUMS

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller amount is better."""
        return self.key in LESS_IS_BETTER

    @property
    def sign(self) -> float:
        """What an amount is multiplied by to make it a loss, which is better when it is smaller."""
        return 1.0 if self.less_is_better else -1.0

    @property
    def unit(self) -> str:
        """Of an amount."""
        return "value" if self.key in SUMS else UNITS[self.key]  # type: ignore[index]

    def amount(self, assessment: Assessment) -> float:
        """Amount of a plan, in its own unit: a sum is what its criteria contribute, assessed at its weights."""
        if self.is_sum:
            return sum(result.contribution for result in assessment.criteria if result.key in self.weights)
        return next(result.amount for result in assessment.criteria if result.key == self.key)

    def loss(self, assessment: Assessment) -> float:
        """The same, less being better."""
        return self.sign * self.amount(assessment)


def objectives(scenario: Scenario, keys: Sequence[str]) -> tuple[Objective, ...]:
    """Objectives by key, that which is optimised first: the weighted sum where there is one.

    Raises ValueError, in the user's words, where the keys are no two or three different objectives of the scenario.
    """
    allowed = [*scenario.criteria, *SUMS]
    for key in keys:
        if key not in allowed:
            raise UnknownObjective(key, allowed)
    repeated = sorted({key for key in keys if list(keys).count(key) > 1})
    if repeated:
        raise ValueError(f"found '{repeated[0]}' twice, allowed: two or three different criteria")
    if not 2 <= len(keys) <= 3:
        raise ValueError(f"found {len(keys)}, allowed: two or three criteria, with a comma between them")
    sums = [key for key in keys if key in SUMS]
    if len(sums) > 1:
        raise ValueError("found 'value' and 'motives', allowed: at most one of them")
    ordered = [*sums, *(key for key in keys if key not in sums)]
    return tuple(_objective(scenario, key, keys) for key in ordered)


class UnknownObjective(ValueError):
    """A key that is no objective of the scenario."""

    def __init__(self, key: str, allowed: Sequence[str]) -> None:
        self.key, self.allowed = key, tuple(allowed)
        super().__init__(key)


def _objective(scenario: Scenario, key: Any, keys: Sequence[str]) -> Objective:
    weighed = {k: criterion.weight for k, criterion in scenario.criteria.items() if criterion.weight > 0}
    counted: dict[CriterionKey, float]
    if key == "value":
        counted = {k: weighed[k] for k in CRITERIA if k in weighed and k not in keys}
    elif key == "motives":
        counted = {k: weighed[k] for k in MOTIVES if k in weighed and k not in keys}
    else:
        counted = {key: 1.0}
    if not counted:
        raise ValueError(f"found '{key}', in which nothing else counts: every weight is 0; allowed: other criteria")
    return Objective(key, counted)


@dataclass(frozen=True)
class Derived:
    """The scenarios of a frontier: one objective optimised, and limits on the others as rules."""

    scenario: Scenario
    objectives: tuple[Objective, ...]
    references: Mapping[CriterionKey, float]
    """Reference of each criterion."""

    @property
    def limited(self) -> tuple[Objective, ...]:
        """All objectives but the first."""
        return self.objectives[1:]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the rules that limit them, which no rule of the scenario has."""
        taken = set(self.scenario.rules)
        names = []
        for objective in self.limited:
            name = f"limit.{objective.key}"
            while name in taken:
                name += "."
            names.append(name)
        return tuple(names)

    def reference(self, objective: Objective) -> float:
        """What one is measured against: the reference of a criterion, all weights of a sum."""
        return sum(objective.weights.values()) if objective.is_sum else self.references[_criterion(objective)]

    def limiting(self, limits: Sequence[float], besides: Sequence[float]) -> Scenario:
        """The first objective optimised with limits on the losses in the others, infinite for any loss.

        `besides` is what each of the others counts besides, in loss of the first per loss in it.
        """
        first = self.objectives[0]
        per_reference = 1.0 if first.is_sum else 1.0 / self.reference(first)
        weights = dict(first.weights)
        for objective, rate in zip(self.limited, besides, strict=True):
            weights[_criterion(objective)] = rate * per_reference * self.reference(objective)
        return self._with(weights, limits)

    def alone(self, objective: Objective) -> Scenario:
        """One of the limited objectives optimised, with no limits."""
        return self._with(objective.weights, [inf] * len(self.limited))

    def _with(self, weights: Mapping[CriterionKey, float], limits: Sequence[float]) -> Scenario:
        values: dict[tuple[str, ...], Any] = {
            ("criteria", key, "weight"): weights.get(key, 0.0) for key in self.scenario.criteria
        }
        rules = self.scenario.model_dump(mode="json")["rules"]
        for objective, name, limit in zip(self.limited, self.names, limits, strict=True):
            loss = min(limit, FAR * self.reference(objective))
            side = "at_most" if objective.less_is_better else "at_least"
            rules[name] = {"kind": "limit", "criterion": objective.key, side: objective.sign * loss}
        return with_values(self.scenario, {**values, ("rules",): rules})


def _criterion(objective: Objective) -> CriterionKey:
    if objective.key not in get_args(CriterionKey):
        raise ValueError(f"'{objective.key}' is no criterion")
    return objective.key  # type: ignore[return-value]
