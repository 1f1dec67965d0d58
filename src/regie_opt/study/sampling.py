"""Draws of uncertain assumptions: a Latin hypercube, so that every part of every range has its turn."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from regie_opt.schema.uncertainty import Assumption


def draws(assumptions: Mapping[str, Assumption], samples: int, seed: int) -> tuple[dict[str, float], ...]:
    """Values of every assumption in every sample.

    Each range is cut into as many parts of equal probability as there are samples, and each part is drawn from once.
    """
    if not assumptions:
        return tuple({} for _ in range(samples))
    generator = qmc.LatinHypercube(len(assumptions), rng=np.random.default_rng(seed))
    parts = generator.random(samples).T
    values = [drawn(one, part) for one, part in zip(assumptions.values(), parts, strict=True)]
    return tuple(dict(zip(assumptions, map(float, sample), strict=True)) for sample in zip(*values, strict=True))


def drawn(assumption: Assumption, part: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values below which these parts of all draws lie: half below likely, half above, even on either side."""
    points = np.array([assumption.low, assumption.likely, assumption.high])
    if assumption.scale == "log":
        points = np.log(points)
    values = np.interp(part, [0.0, 0.5, 1.0], points)
    return np.exp(values) if assumption.scale == "log" else values
