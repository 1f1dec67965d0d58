"""A plan of many municipalities: over the columns nearest to the prices of the relaxation, then window by window.

What a plan costs above the bound adds up over places: the reduced costs of its columns, and the prices of the cells
that it leaves alone. No other plan of a window can gain more than is lost there, so windows that lose most come first.
"""

from collections.abc import Callable

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.large import nearest
from regie_opt.engine.neighbourhood import Effort, replanned
from regie_opt.engine.pricing import Pricing, reduced_costs
from regie_opt.engine.programme import Choice, Settings, Stop
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.starts import over_nearest
from regie_opt.worth.region import Bools, Floats

FIRST_COLUMNS = 8_000
"""Columns that the first plan is made of at most."""
FIRST_SHARE = 0.1
"""Part of the time that is left for it."""
FIRST_SECONDS = 60.0
"""Seconds for it at most."""
WINDOW = 20
"""Municipalities planned again together: those nearest to one of them."""
PASSES = (
    (12, Effort(columns=3_000, gap=3e-2, nodes=100, seconds=10.0)),
    (6, Effort(columns=2_500, gap=3e-2, nodes=100, seconds=10.0, relaxed=True)),
)
"""How many of them, the nearest ones, wait as long for a window of their own, and what is spent on one window.

The first pass over the country comes first; all later ones are as the last.
"""
NEAR = 0.3
"""Reduced cost (engine units) up to which columns of the relaxation are tried in every window."""


def large_plan(
    model: Model,
    relaxed: Relaxed,
    start: Choice,
    settings: Settings,
    stop: Stop,
    left: Callable[[], float | None],
    report: Callable[[Choice], None],
) -> Choice:
    """The best plan found until every window has been tried in vain, or `stop` says so.

    `left` tells the seconds that there are, None for any.
    """
    report(start)
    if stop():
        return start
    columns, time = nearest(model, relaxed.pool, relaxed.duals), left()
    seconds = FIRST_SECONDS if time is None else min(FIRST_SECONDS, FIRST_SHARE * time)
    first = columns.take(np.arange(min(FIRST_COLUMNS, len(columns))))
    best = over_nearest(model, first, start, settings, stop, seconds)
    report(best)
    pricing = Pricing(model, relaxed.duals)
    known = columns.take(reduced_costs(model, columns, relaxed.duals) <= NEAR)
    distance = model.worth.region.distance_km
    near = np.argsort(np.where(np.isfinite(distance), distance, 1e6), axis=1, kind="stable")
    waiting, found, done = np.ones(len(near), dtype=bool), False, 0
    while not stop():
        if not waiting.any():
            done += 1
            if not found and done >= len(PASSES):
                break
            waiting[:], found = True, False
        core, effort = PASSES[min(done, len(PASSES) - 1)]
        lost = losses(pricing, best)[near[:, :WINDOW]].sum(axis=1)
        m = int(np.argmax(np.where(waiting, lost, -1.0)))
        waiting[near[m, :core]] = False
        better = replanned(pricing, best, _window(model, near[m, :WINDOW]), settings, stop, left(), known, effort)
        if better is not None:
            best, found = better, True
        report(best)
    return best


def losses(pricing: Pricing, plan: Choice) -> Floats:
    """What a plan costs above the bound, by municipality (m,), side rows and cuts left out."""
    model, duals = pricing.model, pricing.duals
    columns = plan.columns.take(plan.chosen)
    members = model.found.bodies.members[columns.body]
    above = np.maximum(reduced_costs(model, columns, duals), 0.0)
    covered = (members[:, :, None] & columns.carried[:, None, :]).any(axis=0)
    lost: Floats = (above / members.sum(axis=1)) @ members - np.where(covered, 0.0, duals.cell).sum(axis=1)
    return lost


def _window(model: Model, municipalities: np.ndarray) -> Bools:
    """The cells of some municipalities (m, d)."""
    free = np.zeros((len(model.worth.region.codes), len(model.worth.region.domains)), dtype=bool)
    free[municipalities] = True
    return free
