"""Reciprocity (wederkerigheid): how far services given and received balance inside mutual services."""

import numpy as np

from regie_opt.worth.region import Floats


def balance(flows: Floats, imbalance: float) -> Floats:
    """Reciprocated volume less a penalty on the rest, (...) for flows (..., n, n): formula (15).

    flows[i, j] is what i does for j, in weighted fte; `imbalance` is fte lost per fte that is not given back.
    """
    back = np.swapaxes(flows, -1, -2)
    net = np.minimum(flows, back) - imbalance * np.abs(flows - back)
    upper = np.triu(np.ones(flows.shape[-2:]), k=1)
    total: Floats = (net * upper).sum(axis=(-1, -2))
    return total


def network_reciprocity(flows: Floats) -> float:
    """Reciprocated part of all service in the network, 0 to 1 (Squartini et al. 2013); 0 without service."""
    total = float(flows.sum())
    return float(np.minimum(flows, flows.T).sum()) / total if total > 0 else 0.0
