"""Tables beside the work that can be kept, and what each brings in every criterion."""

from dataclasses import dataclass, replace

import numpy as np

from regie_opt.schema.parameters import CriterionKey
from regie_opt.schema.rules import End
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth.burden import burden, counted_domains
from regie_opt.worth.motives import beside_gain
from regie_opt.worth.region import Floats, Ints
from regie_opt.worth.transition import transition
from regie_opt.worth.value import Worth


@dataclass(frozen=True)
class Tables:
    """Tables beside the work that are decided on. Axis t."""

    index: Ints
    """Partnership of today (t,)."""
    cost: Floats
    """Cost of keeping it (t,)."""
    least: Floats
    """One where it must be kept, else zero (t,)."""
    most: Floats
    """Zero where it must not be kept, else one (t,)."""

    @classmethod
    def free(cls, index: Ints, cost: Floats) -> "Tables":
        """Each may be kept or not."""
        return cls(index, cost, np.zeros(len(index)), np.ones(len(index)))

    @classmethod
    def none(cls) -> "Tables":
        """Without any."""
        return cls.free(np.zeros(0, dtype=np.int64), np.zeros(0))

    def __len__(self) -> int:
        """How many."""
        return len(self.index)

    def deciding(self, table: int, *, kept: bool) -> "Tables":
        """The same where one is kept, or not."""
        least, most = self.least.copy(), self.most.copy()
        least[table] = most[table] = float(kept)
        return replace(self, least=least, most=most)

    def lowest(self, reduced: Floats) -> float:
        """What they cost at least at given reduced costs (t,)."""
        return float(np.minimum(reduced * self.least, reduced * self.most).sum())


def table_amounts(worth: Worth) -> tuple[Ints, dict[CriterionKey, Floats]]:
    """Partnerships of today that are tables and may be kept (t,), and what each brings in each criterion (t,)."""
    today = worth.today
    ended = [r.partnership for r in worth.scenario.rules.values() if isinstance(r, End)]
    index = np.flatnonzero(today.beside & ~today.fixed & ~np.isin(today.keys, ended))
    if not len(index):
        return index, {}
    bodies, carried = today.bodies.take(index), today.carried[index]
    amounts = dict(worth.amounts(bodies).base)
    _, each = burden(bodies)
    amounts["burden"] = amounts["burden"] + each * counted_domains(worth.region, carried)
    amounts["transition"] = amounts["transition"] + (transition(bodies)[1] * carried).sum(axis=1)
    # A table carries no work: nothing of its pairs is repeated.
    amounts["congruence"] = np.zeros(len(index))
    gains = beside_gain(bodies, carried.astype(float), today.tables)
    amounts.update(zip(MOTIVES, np.einsum("qbmd,qmd->qb", gains, worth.region.want), strict=True))
    return index, amounts
