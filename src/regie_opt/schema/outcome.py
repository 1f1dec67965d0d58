"""What a study keeps of one solve."""

from typing import Literal

from regie_opt.schema.plan import Assessment, Guarantee, PlannedPartnership
from regie_opt.schema.strict import Strict


class Outcome(Strict):
    """The plan of one scenario with its proof and assessment, or why there is none."""

    status: Literal["optimal", "feasible", "infeasible", "unfinished"]
    """`infeasible`: no plan obeys the rules; `unfinished`: time ran out before any plan was found."""
    conflict: tuple[str, ...] = ()
    """Names of a smallest set of rules that cannot all hold."""
    partnerships: tuple[PlannedPartnership, ...] = ()
    certificate: Guarantee | None = None
    """Without the seconds that it took: no two runs share them."""
    assessment: Assessment | None = None
    today: Assessment | None = None
    """Today's network by the same weights."""
