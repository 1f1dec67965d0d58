"""Which assumptions decide: rank correlations between what was assumed and what came out."""

from collections.abc import Mapping, Sequence
from math import factorial, sqrt

import numpy as np
from scipy import stats

from regie_opt.schema.robustness import Correlation, Target

LEAST = 4
"""Samples below which a rank correlation says nothing at all."""
SURE = 0.05
"""Chance that any assumption passes the bound of noise where none decides anything."""


def correlations(
    draws: Sequence[Mapping[str, float]], results: Mapping[Target, Sequence[float | None]]
) -> tuple[Correlation, ...]:
    """Rank correlation (Spearman) of every assumption with every result, over the samples in which that is known."""
    found = []
    for target, values in results.items():
        known = [s for s, value in enumerate(values) if value is not None]
        outcome = np.array([values[s] for s in known], dtype=float)
        for key in draws[0] if draws else ():
            drawn = np.array([draws[s][key] for s in known])
            rho, p = _spearman(drawn, outcome)
            found.append(Correlation(assumption=key, target=target, rho=rho, p=p, samples=len(known)))
    return tuple(found)


def noise(samples: int, assumptions: int) -> float:
    """Strength that the strongest correlation of a result has by chance in 5 % of studies (Bonferroni); at most 1.

    Of few samples even the same order from first to last may be chance: then it is 1, beyond which nothing is.
    """
    if samples < LEAST or assumptions == 0 or same_order(samples) > SURE / assumptions:
        return 1.0
    t = float(stats.t.ppf(1 - SURE / assumptions / 2, samples - 2))
    return t / sqrt(samples - 2 + t * t)


def same_order(samples: int) -> float:
    """Chance that so many samples have the same order, or the opposite one, in two things that are unrelated."""
    return 2 / factorial(samples)


def interval(count: int, samples: int) -> tuple[float, float]:
    """Wilson's 95 % interval around a share of samples; everything where there are none."""
    if samples == 0:
        return 0.0, 1.0
    found = stats.binomtest(count, samples).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def _spearman(drawn: np.ndarray, outcome: np.ndarray) -> tuple[float | None, float | None]:
    # What differs by rounding only does not vary, and its ranks mean nothing.
    still = len(outcome) < LEAST or np.ptp(drawn) == 0 or np.ptp(outcome) <= 1e-9 * max(1.0, np.abs(outcome).max())
    if still:
        return None, None
    found = stats.spearmanr(drawn, outcome)
    return float(found.statistic), max(float(found.pvalue), same_order(len(outcome)))
