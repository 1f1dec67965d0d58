"""A file of judgements that weights are made from: swings rated by points, or compared two by two."""

from typing import Annotated

from pydantic import Field, model_validator

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.strict import Key, Strict, quantity

LARGEST = 15
"""Subjects that can be compared two by two: as far as Saaty's table of random consistency goes."""

Points = Annotated[float, quantity("points", ge=0, le=100)]
Times = Annotated[float, quantity("times as important, Saaty's scale", ge=1, le=9)]


class Range(Strict):
    """From the worst to the best amount that one thinks of, in the criterion's own unit."""

    worst: Annotated[float, Field(allow_inf_nan=False)]
    best: Annotated[float, Field(allow_inf_nan=False)]

    @model_validator(mode="after")
    def _some_way(self) -> "Range":
        if self.worst == self.best:
            msg = f"worst and best are both {self.best:g}: there is no swing to judge"
            raise ValueError(msg)
        return self


class Judgement(Strict):
    """One comparison: `more` is `times` as important as `less`."""

    more: Key
    less: Key
    times: Times
    """1 equally, 3 moderately more, 5 strongly, 7 very strongly, 9 extremely more important (Saaty)."""

    @model_validator(mode="after")
    def _two(self) -> "Judgement":
        if self.more == self.less:
            msg = f"'{self.more}' is compared with itself"
            raise ValueError(msg)
        return self


class CriteriaJudgements(Strict):
    """Judgements about criteria, motives included: each about its swing from worst to best."""

    ranges: dict[CriterionKey, Range] = {}
    """The swing of each criterion. Needed for points; without any, comparisons are about whole references."""
    swing: dict[CriterionKey, Points] = {}
    """Points for each swing: the most important one 100, the others in proportion."""
    pairwise: tuple[Judgement, ...] = ()
    """Comparisons of all pairs."""


class DomainJudgements(Strict):
    """Judgements about domains: how much each counts in everything that is counted by domain."""

    swing: dict[Key, Points] = {}
    """Points for each domain: the most important one 100, the others in proportion."""
    pairwise: tuple[Judgement, ...] = ()
    """Comparisons of all pairs."""


class ElicitationFile(Strict):
    """Judgements about criteria, domains, or both; points or comparisons for each."""

    criteria: CriteriaJudgements | None = None
    domains: DomainJudgements | None = None
