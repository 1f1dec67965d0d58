"""Large-neighbourhood search: part of a plan is set free and planned again exactly, the rest stays.

The part is the cells of some municipalities near each other, or of some domains; partnerships that reach into it are
set free as a whole. Columns for it are those that are nearest to the relaxation.
"""

from collections.abc import Callable, Iterator

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.member_sets import reached
from regie_opt.engine.pricing import Pricing
from regie_opt.engine.programme import Choice, Settings, no_cuts, solve_programme
from regie_opt.engine.relaxation import is_large
from regie_opt.worth.region import Bools, Ints

MOST_FREE = 500
"""Columns over the free part at most."""
WINDOW = 6
"""Municipalities set free together."""
LARGE_WINDOW = 20
"""Municipalities set free together where there are many: a plan of many is made of as few parts as can be."""
MOST_FREE_LARGE = 2_000
"""Columns over such a part at most."""
NEARLY_BEST = 1e-2
"""Cost (engine units) to within which such a part is planned."""
MOST_SECONDS = 15.0
"""For one part there, at most."""
DOMAINS = 3
"""Domains set free together."""
MOST_NODES = 20
"""Nodes of the search over one part."""
BETTER = 1e-6
"""Cost (engine units) by which a plan must be better."""


def improved(
    pricing: Pricing,
    best: Choice,
    settings: Settings,
    stop: Callable[[], bool],
    left: Callable[[], float | None],
    report: Callable[[Choice], None] = lambda _: None,
    known: Bundles | None = None,
) -> Choice:
    """The best plan after every neighbourhood has been tried once in vain, or `stop` says so.

    `known` are columns that are tried as well wherever they fit. `left` tells the seconds that there are, None for
    any. The order of neighbourhoods is drawn with the seed.
    """
    model = pricing.model
    rng = np.random.default_rng(settings.seed)
    waiting = list(_neighbourhoods(model, rng))
    in_vain = 0
    while in_vain < len(waiting) and not stop():
        free = waiting[0]
        waiting = [*waiting[1:], free]
        better = _replanned(pricing, best, free, settings, stop, left(), known)
        in_vain = in_vain + 1 if better is None else 0
        best = better or best
        report(best)
    return best


def _neighbourhoods(model: Model, rng: np.random.Generator) -> Iterator[Bools]:
    """Parts of the plan to set free (m, d), each municipality and each domain once."""
    region = model.worth.region
    shape = len(region.codes), len(region.domains)
    near = np.argsort(np.where(np.isfinite(region.distance_km), region.distance_km, 1e6), axis=1, kind="stable")
    if is_large(model):
        for m in _sweeps(near[:, :LARGE_WINDOW], rng):
            free = np.zeros(shape, dtype=bool)
            free[near[m, :LARGE_WINDOW]] = True
            yield free
        return
    parts = []
    for m in range(shape[0]):
        free = np.zeros(shape, dtype=bool)
        free[near[m, :WINDOW]] = True
        parts.append(free)
    decided = np.flatnonzero(model.found.allowed.any(axis=0))
    for _ in range(0, len(decided), DOMAINS):
        free = np.zeros(shape, dtype=bool)
        free[:, rng.permutation(decided)[:DOMAINS]] = True
        parts.append(free)
    for index in rng.permutation(len(parts)):
        yield parts[index]


def _sweeps(near: Ints, rng: np.random.Generator) -> Iterator[int]:
    """Every municipality once, so that those near the first ones cover the whole, then those near the next ones."""
    waiting = rng.permutation(len(near)).tolist()
    while waiting:
        covered, later = np.zeros(len(near), dtype=bool), []
        for m in waiting:
            if covered[m]:
                later.append(m)
                continue
            covered[near[m]] = True
            yield m
        waiting = later


def _replanned(
    pricing: Pricing,
    best: Choice,
    free: Bools,
    settings: Settings,
    stop: Callable[[], bool],
    left: float | None,
    known: Bundles | None,
) -> Choice | None:
    """A better plan that differs in the free part only; None where none was found."""
    model = pricing.model
    now = best.columns.take(best.chosen)
    cells = model.found.bodies.members[now.body][:, :, None] & now.carried[:, None, :]
    freed = (cells & free).any(axis=(1, 2))
    open_cells = free | cells[freed].any(axis=0)
    open_cells &= ~cells[~freed].any(axis=0)
    large = is_large(model)
    most = MOST_FREE_LARGE if large else MOST_FREE
    nearest = _nearest(pricing, open_cells, now.body[~freed], most)
    fitting = [] if known is None else [_fitting(model, known, open_cells, now.body[~freed])]
    columns = concatenate([now, nearest, *fitting])
    fixed = np.zeros(len(columns), dtype=bool)
    fixed[: len(now)] = ~freed
    start = np.arange(len(columns)) < len(now)
    answer = solve_programme(
        model,
        columns,
        no_cuts(columns),
        settings=settings,
        time_limit=min(MOST_SECONDS, left or MOST_SECONDS) if large else left,
        stop=stop,
        nodes=None if large else MOST_NODES,
        absolute_gap=NEARLY_BEST if large else BETTER,
        start=start,
        fixed=fixed,
    )
    if answer.chosen is None or answer.tables is None or answer.cost > best.cost - BETTER:
        return None
    return Choice(columns, answer.chosen, answer.tables, answer.cost)


def _fitting(model: Model, known: Bundles, open_cells: Bools, held: Ints) -> Bundles:
    """Known columns over open cells only that continue nothing that is continued."""
    outside = (~open_cells).astype(float).ravel() @ known.matrix[: model.cells] > 0
    continues = model.found.bodies.continues
    taken = (continues[known.body] >= 0) & np.isin(continues[known.body], continues[held])
    return known.take(np.flatnonzero(~outside & ~taken))


def _nearest(pricing: Pricing, open_cells: Bools, held: Ints, most: int) -> Bundles:
    """Columns over open cells only, nearest to the relaxation first; no second continuation of what is continued."""
    model = pricing.model
    found = model.found
    sets, set_of = found.distinct_members
    inside = np.asarray(~sets[:, ~open_cells.any(axis=1)].any(axis=1))
    at = np.flatnonzero(inside[set_of] & ~model.mutual)
    usable = found.allowed[at] & ~reached(found.bodies.members[at], ~open_cells)
    going_on = found.bodies.continues[held]
    taken = (found.bodies.continues[at] >= 0) & np.isin(found.bodies.continues[at], going_on)
    anchored = (usable & found.anchor[at]).any(axis=1)
    whole = ~found.kept[at] | (usable == found.allowed[at]).all(axis=1)
    good = anchored & whole & ~taken
    return pricing.nearest(at[good], usable[good], most)
