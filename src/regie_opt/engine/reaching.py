"""Whether a plan can keep all limits on criteria, and one that does: the least by which they must be passed.

Where neither today's network nor everybody alone keeps them, a plan that does is a search by itself: nothing counts but
how far the limits are passed. It is the same programme with other costs, and a least of zero is a plan to start from.
"""

from dataclasses import dataclass, replace

from regie_opt.engine.columns import Model
from regie_opt.engine.deciding import prove_deciding
from regie_opt.engine.diving import dive
from regie_opt.engine.limits import KINDS, SLACK
from regie_opt.engine.programme import Choice, Settings, obeys, plan_cost
from regie_opt.engine.relaxation import Relaxed, relax
from regie_opt.engine.rows import Rows
from regie_opt.engine.starts import first_plan
from regie_opt.engine.stopping import Stopping

KNOWN = ("exchange", "tables")
"""What of a programme does not depend on what its rows cost."""


@dataclass(frozen=True)
class Reached:
    """What the search came to."""

    plan: Choice | None
    """A plan that keeps every limit and rule, at the costs of the programme."""
    impossible: bool = False
    """Whether it is proven that there is none."""


def started(model: Model, relaxed: Relaxed, settings: Settings, stopping: Stopping) -> Reached:
    """The same, by a dive from the relaxation of the programme where that comes upon one."""
    plan = dive(model, relaxed, stopping)
    return reached(model, settings, stopping) if plan is None else Reached(plan)


def reached(model: Model, settings: Settings, stopping: Stopping) -> Reached:
    """A plan of the programme that keeps its limits, or the proof that there is none; neither where time ran out."""
    search = _costless(model)
    relaxed = relax(search, stopping, lambda *_: None)
    if relaxed.bound > SLACK or (relaxed.converged and not relaxed.feasible):
        return Reached(None, impossible=True)
    proof = prove_deciding(
        search,
        relaxed,
        first_plan(search),
        stopping,
        settings,
        enough=lambda p: p.cost <= SLACK or p.bound > SLACK,
        report=lambda *_: None,
    )
    best = proof.best
    if best is None or best.cost > SLACK:
        return Reached(None, impossible=proof.bound > SLACK)
    columns = best.columns
    columns = replace(columns, cost=model.cost_of(columns.body, columns.carried, columns.gain))
    if not obeys(model, columns, best.chosen, best.kept):
        return Reached(None)
    cost = plan_cost(model, columns, best.chosen, best.kept)
    return Reached(Choice(columns, best.chosen, best.kept, cost))


def _costless(model: Model) -> Model:
    """The same programme in which nothing counts but what is beyond a limit."""
    search = model.costless()
    side = tuple(replace(row, price=1.0) if row.kind in KINDS else row for row in search.rows.side)
    elastic = replace(search, rows=Rows(side, search.rows.bodies, search.rows.domains))
    vars(elastic).update({name: value for name, value in vars(search).items() if name in KNOWN})
    return elastic
