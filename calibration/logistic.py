"""Logistic regression by maximum likelihood, its errors by resampling regions, and how well it ranks."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import rankdata

from regie_opt.worth.region import Bools, Floats

RIDGE = 1e-6
"""Penalty on squared coefficients, so that a resample that separates has a finite estimate."""


def fitted(features: Floats, outcome: Bools, weight: Floats | None = None) -> Floats:
    """Coefficients (t,) of features (p, t), each row counted `weight` times. Raises ValueError."""
    each = np.ones(len(outcome)) if weight is None else weight
    sign = np.where(outcome, 1.0, -1.0)

    def loss(at: Floats) -> tuple[float, Floats]:
        score = sign * (features @ at)
        slope = -features.T @ (each * sign * expit(-score)) + 2 * RIDGE * at
        return float(each @ np.logaddexp(0.0, -score) + RIDGE * at @ at), slope

    found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    if not found.success:
        raise ValueError(found.message)
    result: Floats = found.x
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
