"""Seriation: an order of rows and columns in which blocks show."""

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist

from regie_opt.worth.region import Bools


def seriation(rows: Bools) -> list[int]:
    """Order in which neighbouring rows (n, k) are most alike: clustering on Jaccard distance, best leaf order."""
    n = len(rows)
    if n < 3:
        return list(range(n))
    distance = np.nan_to_num(pdist(rows, metric="jaccard"), nan=0.0)
    tree = linkage(distance, method="average")
    order = [int(i) for i in leaves_list(optimal_leaf_ordering(tree, distance))]
    return order if order[0] < order[-1] else order[::-1]
