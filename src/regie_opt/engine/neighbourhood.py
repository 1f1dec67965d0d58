"""Large-neighbourhood search: part of a plan is set free and planned again exactly, the rest stays.

The part is the cells of some municipalities near each other, or of some domains; partnerships that reach into it are
set free as a whole. Columns for it are those that are nearest to the relaxation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.member_sets import reached
from regie_opt.engine.pricing import Pricing
from regie_opt.engine.programme import Choice, Settings, no_cuts, solve_programme
from regie_opt.engine.window import columns_of_window
from regie_opt.worth.region import Bools, Ints

WINDOW = 6
"""Municipalities set free together."""
DOMAINS = 3
"""Domains set free together."""
BETTER = 1e-6
"""Cost (engine units) by which a plan must be better."""


@dataclass(frozen=True)
class Effort:
    """What is spent on planning one part again."""

    columns: int
    """Columns over the free part at most, known ones besides."""
    gap: float
    """Cost (engine units) to within which it is planned."""
    nodes: int
    """Nodes of the search at most."""
    seconds: float | None = None
    """Seconds at most."""
    relaxed: bool = False
    """Whether the columns are those near the relaxation of the part itself, not of the whole."""


EFFORT = Effort(columns=500, gap=BETTER, nodes=20)
"""What is spent on a part of a region."""


def improved(
    pricing: Pricing,
    best: Choice,
    settings: Settings,
    stop: Callable[[], bool],
    left: Callable[[], float | None],
) -> Choice:
    """The best plan after every neighbourhood has been tried once in vain, or `stop` says so.

    `left` tells the seconds that there are, None for any. The order of neighbourhoods is drawn with the seed.
    """
    model = pricing.model
    rng = np.random.default_rng(settings.seed)
    waiting = list(_neighbourhoods(model, rng))
    in_vain = 0
    while in_vain < len(waiting) and not stop():
        free = waiting[0]
        waiting = [*waiting[1:], free]
        better = replanned(pricing, best, free, settings, stop, left(), None, EFFORT)
        in_vain = in_vain + 1 if better is None else 0
        best = better or best
    return best


def _neighbourhoods(model: Model, rng: np.random.Generator) -> Iterator[Bools]:
    """Parts of the plan to set free (m, d), each municipality and each domain once."""
    region = model.worth.region
    shape = len(region.codes), len(region.domains)
    near = np.argsort(np.where(np.isfinite(region.distance_km), region.distance_km, 1e6), axis=1, kind="stable")
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


def replanned(
    pricing: Pricing,
    best: Choice,
    free: Bools,
    settings: Settings,
    stop: Callable[[], bool],
    left: float | None,
    known: Bundles | None,
    effort: Effort,
) -> Choice | None:
    """A better plan that differs in the free part (m, d) only; None where none was found.

    `known` are columns that are tried as well wherever they fit.
    """
    model = pricing.model
    now = best.columns.take(best.chosen)
    cells = model.found.bodies.members[now.body][:, :, None] & now.carried[:, None, :]
    freed: Bools = np.asarray((cells & free).any(axis=(1, 2)))
    open_cells = free | cells[freed].any(axis=0)
    open_cells &= ~cells[~freed].any(axis=0)
    cuts, fitting = None, [] if known is None else [_fitting(model, known, open_cells, now.body[~freed])]
    if effort.relaxed and known is not None:
        near = columns_of_window(
            model, pricing.duals, open_cells, now, freed, best.kept, known, effort.columns, settings.threads, stop
        )
        if near is None:
            return None
        fresh, cuts = near
        fitting = [part.take(model.mutual[part.body]) for part in fitting]
    else:
        fresh = _nearest(pricing, open_cells, now.body[~freed], effort.columns)
    columns = concatenate([now, fresh, *fitting])
    fixed = np.zeros(len(columns), dtype=bool)
    fixed[: len(now)] = ~freed
    start = np.arange(len(columns)) < len(now)
    answer = solve_programme(
        model,
        columns,
        no_cuts(columns) if cuts is None else (cuts.coefficients(model, columns), cuts.upper),
        settings=settings,
        time_limit=min((t for t in (left, effort.seconds) if t is not None), default=None),
        stop=stop,
        nodes=effort.nodes,
        absolute_gap=effort.gap,
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
