"""Logistic regression by maximum likelihood, its errors by resampling regions, and how well it ranks."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import rankdata

from regie_opt.worth.region import Bools, Floats

RIDGE = 1e-9
"""Penalty on squared coefficients per row, so that a sample that separates has a finite estimate."""
FLAT = 1e-8
"""Slope per row at which the top of the likelihood is reached."""


def fitted(features: Floats, outcome: Bools, weight: Floats | None = None) -> Floats:
    """Coefficients (t,) of features (p, t), each row counted `weight` times. Raises ValueError."""
    each = np.ones(len(outcome)) if weight is None else weight
    each = each / each.sum()
    sign = np.where(outcome, 1.0, -1.0)

    def loss(at: Floats) -> float:
        return float(each @ np.logaddexp(0.0, -sign * (features @ at)) + RIDGE * at @ at)

    def slope(at: Floats) -> Floats:
        return np.asarray(-features.T @ (each * sign * expit(-sign * (features @ at))) + 2 * RIDGE * at)

    def bend(at: Floats) -> Floats:
        chance = expit(features @ at)
        return np.asarray((features.T * (each * chance * (1 - chance))) @ features + 2 * RIDGE * np.eye(len(at)))

    start = np.zeros(features.shape[1])
    found = minimize(loss, start, jac=slope, hess=bend, method="trust-exact", options={"gtol": FLAT, "maxiter": 500})
    result: Floats = found.x
    if np.abs(slope(result)).max() > 100 * FLAT:
        raise ValueError(f"the likelihood has no top that was found: {found.message}")
    return result


def resampled(features: Floats, outcome: Bools, group: np.ndarray, draws: int, seed: int) -> Floats:
    """Coefficients (s, t) of so many resamples of groups, of which each row has two (p, 2).

    Groups are drawn with replacement; a row counts as often as both of its groups were drawn, multiplied where they are
    two (Owen, The pigeonhole bootstrap, 2007), so that errors hold for pairs that share a municipality.
    """
    names, at = np.unique(group, return_inverse=True)
    at = at.reshape(group.shape)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        times = np.bincount(rng.integers(len(names), size=len(names)), minlength=len(names)).astype(float)
        weight = np.where(at[:, 0] == at[:, 1], times[at[:, 0]], times[at[:, 0]] * times[at[:, 1]])
        found.append(fitted(features[weight > 0], outcome[weight > 0], weight[weight > 0]))
    return np.array(found)


def auc(score: Floats, outcome: Bools) -> float:
    """Chance that a row with the outcome scores above one without (ties count half); nan where one kind lacks."""
    positive, negative = int(outcome.sum()), int((~outcome).sum())
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(score)
    return float((ranks[outcome].sum() - positive * (positive + 1) / 2) / (positive * negative))
