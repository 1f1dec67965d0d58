"""Regret: what every plan that was found loses, in every sample, on the best plan found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.study.keeping import broken
from regie_opt.study.likeness import Composition, composition
from regie_opt.worth.assessment import assessor
from regie_opt.worth.region import Bools, Floats
from regie_opt.worth.value import Worth

Plan = tuple[PlannedPartnership, ...]


def distinct(plans: Sequence[Plan]) -> tuple[tuple[Plan, ...], tuple[int, ...]]:
    """The plans that differ, in order of appearance, and which of them each is."""
    found: dict[Composition, int] = {}
    which = tuple(found.setdefault(composition(plan), len(found)) for plan in plans)
    return tuple(plans[which.index(i)] for i in range(len(found))), which


@dataclass(frozen=True, eq=False)
class Regrets:
    """Plans against samples. Axes: p plans, s samples."""

    values: Floats
    """Value of every plan in every sample (p, s)."""
    obeys: Bools
    """Whether the plan obeys the rules there (p, s)."""
    alone: Floats
    """Value of everybody alone in every sample (s,); nan where no plan was found."""
    broken: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Rules that each plan breaks in each sample (p, s)."""

    @cached_property
    def solved(self) -> Bools:
        """Samples in which a plan was found (s,)."""
        return ~np.isnan(self.alone)

    @cached_property
    def counted(self) -> Bools:
        """Where regret is known (p, s): a plan was found there, and this one obeys the rules."""
        return self.obeys & self.solved

    @cached_property
    def best(self) -> Floats:
        """The most that any plan which obeys the rules is worth (s,), nan without one; if proven, the optimum."""
        most = np.where(self.obeys, self.values, -np.inf).max(axis=0)
        return np.where(np.isfinite(most), most, np.nan)

    @cached_property
    def regrets(self) -> Floats:
        """What each plan loses on the best (p, s); nan where that is not known."""
        lost: Floats = np.where(self.counted, self.best - self.values, np.nan)
        return lost

    @cached_property
    def out(self) -> Floats:
        """Samples in which each plan breaks a rule, of those in which a plan was found (p,)."""
        count: Floats = (self.solved & ~self.obeys).sum(axis=1)
        return count

    @cached_property
    def largest(self) -> tuple[float | None, ...]:
        """The largest regret of each plan; None where none is known."""
        return tuple(None if np.isnan(row).all() else float(np.nanmax(row)) for row in self.regrets)

    @cached_property
    def mean(self) -> tuple[float | None, ...]:
        """The mean regret of each plan; None where none is known."""
        return tuple(None if np.isnan(row).all() else float(np.nanmean(row)) for row in self.regrets)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Plans by what they may come to: broken rules first, then the largest regret, then the mean.

        A plan that breaks a rule is out there, which is worse than any loss; where every plan is out somewhere, the one
        that is out least often comes first.
        """
        key = [
            (out, np.inf if top is None else top, np.inf if middle is None else middle, p)
            for p, (out, top, middle) in enumerate(zip(self.out.tolist(), self.largest, self.mean, strict=True))
        ]
        return tuple(p for *_, p in sorted(key))


def regrets(plans: Sequence[Plan], samples: Sequence[Scenario], base: Scenario, alone: Floats) -> Regrets:
    """Assess every plan in every sample, by the one definition of worth."""
    values = np.zeros((len(plans), len(samples)))
    rules: list[list[tuple[str, ...]]] = [[] for _ in plans]
    for s, sample in enumerate(samples):
        worth = Worth(sample, base)
        for p, plan in enumerate(plans):
            seen = assessor(worth, plan)
            values[p, s] = seen.value
            rules[p].append(broken(seen, plan))
    obeys = np.array([[not names for names in row] for row in rules], dtype=bool).reshape(values.shape)
    return Regrets(values, obeys, alone, tuple(tuple(row) for row in rules))
