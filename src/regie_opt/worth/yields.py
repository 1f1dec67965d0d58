"""What each partnership of a plan asks of each member and gives it: the parts of which the assessment is the sum."""

import numpy as np

from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.assessment import Assessor
from regie_opt.worth.motives import alone, alone_index, beside_gain, euros, index_in, main_share, satisfaction
from regie_opt.worth.region import Floats
from regie_opt.worth.value import Worth


def member_yields(assessor: Assessor) -> Floats:
    """Weighted cells, for `cost` weighted euros, above alone that each partnership gives each municipality, (q, p, m).

    Each partnership is taken by itself: in a cell that two of them serve, the assessment counts the better one only.
    """
    placed, region = assessor.placed, assessor.worth.region
    base, share = alone(region), main_share(region)[:, None, None]
    cost = MOTIVES.index("cost")
    result = np.zeros((len(MOTIVES), len(placed.bodies), len(region.codes)))
    for p in range(len(placed.bodies)):
        body = placed.bodies.take(np.array([p]))
        if placed.beside[p]:
            carried = placed.carried[p][None].astype(float)
            above = beside_gain(body, carried, placed.today.tables)[:, 0]
        else:
            above = (satisfaction(body)[:, 0] - base) * share * placed.main[p]
        weighed = region.want * above
        if not placed.beside[p]:
            weighed[cost] = euros(region) * (1 - index_in(body)[0] / alone_index(region)) * placed.main[p]
        result[:, p] = weighed.sum(axis=2)
    return result


def yield_value(worth: Worth, yields: Floats) -> Floats:
    """What yields per motive (q, ...) add to the value of a plan, (...): formula (20)."""
    each = np.array([worth.coefficients[q] for q in MOTIVES])
    return np.tensordot(each, yields, axes=1)
