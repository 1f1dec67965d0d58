"""Tables beside the work, decided on one by one where a relaxation keeps part of one.

A limit on a criterion is a row over the whole plan, and one table may bring much of what it is about: the relaxation
then keeps as much of that table as the limit leaves room for. No cut over partnerships sees that, and questions about
partnerships leave it open. So plans with the table and plans without are relaxed apart, those with the lowest bound
first, until no table is torn; then they are proven as usual, against the best plan of all.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.master import Master
from regie_opt.engine.programme import Choice, Settings
from regie_opt.engine.proof import Proof, prove
from regie_opt.engine.relaxation import Best, Relaxed, relax
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.engine.stopping import Stopping
from regie_opt.worth.region import Floats

TORN = 1e-6
"""Distance from a whole number from which a table counts as torn."""


@dataclass(frozen=True, order=True)
class _Part:
    """Plans in which some tables are decided on."""

    bound: float
    number: int
    """Tells parts with the same bound apart."""
    model: Model = field(compare=False)
    relaxed: Relaxed = field(compare=False)

    @property
    def may_have_plans(self) -> bool:
        """Whether a plan of the part may obey every rule: a relaxation that was stopped early does not tell."""
        return self.relaxed.feasible or not self.relaxed.converged

    @property
    def torn(self) -> int | None:
        """The table that the relaxation is most divided on; None where it is on none, or is not finished."""
        tables = self.relaxed.tables
        divided = np.minimum(tables, 1 - tables)
        if not self.relaxed.converged or not (divided > TORN).any():
            return None
        return int(np.argmax(divided))


def prove_deciding(
    model: Model,
    relaxed: Relaxed,
    start: Choice | None,
    stopping: Stopping,
    settings: Settings,
    *,
    enough: Callable[[Proof], bool],
    report: Callable[[Proof, int], None],
    held: tuple[Cuts, RowCuts] | None = None,
) -> Proof:
    """The same as `prove`, table by table where the relaxation is divided on tables."""
    waiting, count = [_Part(relaxed.bound, 0, model, relaxed)], 0
    whole, searched = Proof(relaxed.bound, (relaxed.cuts, RowCuts.none()), start), np.inf

    def over_all(proof: Proof) -> Proof:
        """What is proven about all plans, given a proof about those of the part at hand."""
        others = waiting[0].bound if waiting else np.inf
        return replace(proof, bound=min(proof.bound, others, searched))

    while waiting:
        part = heapq.heappop(waiting)
        if (table := part.torn) is not None and not stopping():
            for kept in (True, False):
                count += 1
                decided = _decided(part, table, count, stopping, kept=kept)
                if decided.may_have_plans:
                    heapq.heappush(waiting, decided)
            continue
        proof = prove(
            part.model,
            part.relaxed,
            whole.best,
            stopping,
            settings,
            enough=lambda proof: enough(over_all(proof)),
            report=lambda proof, columns: report(over_all(proof), columns),
            held=held,
        )
        held = proof.held if count else held
        searched = min(searched, proof.bound)
        whole = over_all(proof)
        if whole.closed or enough(whole) or stopping():
            break
    return whole


def _decided(part: _Part, table: int, number: int, stopping: Stopping, *, kept: bool) -> _Part:
    """The plans of a part with a table, or those without, relaxed again from the columns and cuts of the part."""
    model, before = part.model.deciding(table, kept=kept), part.relaxed

    def begin(master: Master, told: Callable[[float], bool]) -> tuple[Best, Floats | None]:
        master.cut(before.cuts)
        master.add(before.pool)
        return Best.none(), None

    relaxed = relax(model, stopping, lambda *_: None, begin)
    return _Part(max(part.bound, relaxed.bound), number, model, relaxed)
