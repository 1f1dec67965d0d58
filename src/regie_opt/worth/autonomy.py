"""Autonomy: what a form takes away, weighed by how much each municipality minds."""

import numpy as np

from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.region import Floats


def autonomy(bodies: Bodies) -> Floats:
    """Autonomy given up if a body carries a domain, weighted cells (b, d): formula (17).

    In a form with one host the host keeps its own; in mutual services all depend on each other.
    """
    region = bodies.region
    minds = region.of_municipalities("autonomy")
    total = bodies.members @ minds
    total = total - np.where(bodies.host == NOBODY, 0.0, minds[bodies.host])
    taken: Floats = region.of_forms("autonomy")[bodies.form] * total
    return np.outer(taken, region.domain_weight[bodies.at])
