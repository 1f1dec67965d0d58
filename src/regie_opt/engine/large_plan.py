"""A plan of many municipalities: over the columns nearest to the relaxation, then window by window.

Each window is planned as a region of its own while the rest of the plan stays.
"""

from collections.abc import Callable

import numpy as np

from regie_opt.engine.columns import Model, concatenate
from regie_opt.engine.incumbent import best_over
from regie_opt.engine.large import nearest
from regie_opt.engine.neighbourhood import Neighbourhoods, improved
from regie_opt.engine.programme import Choice, Settings
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.engine.stopping import Stop
from regie_opt.engine.tighten import Tightened

FIRST_COLUMNS = 8_000
"""Columns that the first plan is made of at most."""
FIRST_NODES = 1
"""Nodes of the search for it."""
PASSES = ((12, 5), (16, 8))
"""Municipalities in a window, and how many of them, the nearest ones, need no window of their own: pass by pass.

After these it goes on with the last.
"""


def large_plan(
    model: Model, relaxed: Relaxed, start: Choice, settings: Settings, stop: Stop, report: Callable[[Choice], None]
) -> Choice:
    """The best plan found until a pass over all windows brings nothing, or `stop` says so."""
    report(start)
    known = nearest(model, relaxed.pool, relaxed.duals)
    first = known.take(np.arange(min(FIRST_COLUMNS, len(known))))
    both = concatenate([start.columns.take(start.chosen), first])
    part = Tightened(relaxed.bound, both, relaxed.cuts, RowCuts.none(), *np.zeros((2, len(both))))
    best = best_over(model, part, start, settings, stop, None, FIRST_NODES)[1] or start
    done = 0
    report(best)
    while not stop():
        windows = Neighbourhoods.around(model, *PASSES[min(done, len(PASSES) - 1)])
        before, done = best, done + 1
        best = improved(model, relaxed.duals, before, windows, known, settings, stop, report)
        if best is before and done >= len(PASSES):
            break
    return best
