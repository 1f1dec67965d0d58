"""The relaxation of many municipalities: part by part, sweep after sweep, not one programme of thousands of rows.

Feasible prices come first, however bad; then the prices of one part after another are made the best there are while the
others are held. Parts overlap, and those of one sweep are not those of the next, so prices that part borders held back
move later. The bound is valid from the beginning and only rises.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from regie_opt.engine.bound import repaired
from regie_opt.engine.columns import Bundles, Model, concatenate, distinct
from regie_opt.engine.master import nothing_held
from regie_opt.engine.part import Part, reach
from regie_opt.engine.parts import Improved, Standing, improved_prices, put_back
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.engine.relaxation import Corner, Relaxed
from regie_opt.engine.starts import as_today
from regie_opt.worth.region import Bools

LARGE = 900
"""Rows from which the simplex method takes minutes for one programme over all of them."""
WINDOW = 24
"""Municipalities in a part: those nearest to one of them."""
CORE = 16
"""How many of them, the nearest ones, need not be in another part of the same sweep."""
TOLERANCES = (0.5, 0.1, 0.03)
"""How near to their best the prices of a part are brought in the first sweeps and in all later ones, engine units."""
CUT_FROM = 2
"""Sweep from which parts are cut as well: before, the prices are too far from what cuts need."""
CUT_ROUNDS = 8
"""Rounds of cuts in a part at most."""
POOL = 40_000
"""Columns that are remembered, the nearest ones."""
LEAST_PROGRESS = 5e-5
"""Part of the bound that a sweep with cuts must bring, else it is the last."""


def is_large(model: Model) -> bool:
    """Whether a programme is better solved in parts."""
    return model.cells + len(model.rows.side) >= LARGE


def relax_in_parts(
    model: Model,
    threads: int,
    stop: Callable[[], bool],
    report: Callable[[float, int], None],
    start: tuple[Bundles, Duals] | None = None,
) -> Relaxed:
    """Raise the bound part by part until a sweep brings little more, or `stop` says so.

    `report` is told the bound and the number of columns after every part; `start` are columns and prices to go on from.
    What comes out is converged only where one part is the whole.
    """
    standing = proven(model, nothing_held(model) if start is None else start[1])
    pool = [as_today(model)] + ([] if start is None else [start[0]])
    rng = np.random.default_rng(0)
    rounds, sweep = 0, 0
    with ThreadPoolExecutor(threads) as workers:
        while True:
            before = standing.bound
            tolerance, cut_rounds = TOLERANCES[min(sweep, len(TOLERANCES) - 1)], CUT_ROUNDS if sweep >= CUT_FROM else 0
            for together in batches(model, list(windows(model, rng)), threads):
                known = concatenate(pool)
                improve = partial(_improved, model, standing, known, tolerance, cut_rounds, stop)
                parts = list(workers.map(improve, together))
                standing, rounds = _better(model, standing, parts), rounds + len(parts)
                pool = [known, *(part.new for part in parts)]
                report(standing.bound, sum(len(columns) for columns in pool))
                if stop():
                    break
            standing = proven(model, standing.duals)
            pool = [nearest(model, concatenate(pool), standing.duals)]
            little = standing.bound - before <= LEAST_PROGRESS * abs(standing.bound)
            if stop() or (sweep >= CUT_FROM and little):
                whole = parts[0].priced.part.among.all()
                return _whole(standing, parts[0], rounds) if whole else _relaxed(model, standing, pool[0], rounds)
            sweep += 1


def _improved(
    model: Model,
    standing: Standing,
    pool: Bundles,
    tolerance: float,
    cut_rounds: int,
    stop: Callable[[], bool],
    among: Bools,
) -> Improved:
    return improved_prices(Part.of(model, among), standing, pool, tolerance, cut_rounds, stop)


def _better(model: Model, standing: Standing, parts: list[Improved]) -> Standing:
    """What parts prove together; or one of them alone, or nothing new, where that is more.

    Tables beside the work are seen by many parts: each counts on them as they were.
    """
    priced = [part.priced for part in parts]
    choices = [put_back(model, standing, priced), standing]
    if len(parts) > 1:
        choices += [put_back(model, standing, [one]) for one in priced]
    return max(choices, key=lambda choice: choice.bound)


def nearest(model: Model, columns: Bundles, duals: Duals, most: int = POOL) -> Bundles:
    """The different columns among given ones with the lowest reduced costs, nearest first."""
    different = columns.take(distinct(columns)[0])
    order = np.argsort(reduced_costs(model, different, duals), kind="stable")
    return different.take(order[:most])


def windows(model: Model, rng: np.random.Generator) -> Iterator[Bools]:
    """Municipalities of the parts of one sweep (m,): each is in the core of one at least."""
    distance = model.worth.region.distance_km
    near = np.argsort(np.where(np.isfinite(distance), distance, 1e6), axis=1, kind="stable")
    count = len(near)
    waiting = np.ones(count, dtype=bool)
    for m in rng.permutation(count).tolist():
        if not waiting[m]:
            continue
        waiting[near[m, : count if count <= WINDOW else CORE]] = False
        among = np.zeros(count, dtype=bool)
        among[near[m, :WINDOW]] = True
        yield among


def batches(model: Model, parts: list[Bools], most: int) -> Iterator[list[Bools]]:
    """The parts of a sweep, at most so many at a time, of which no two see the same candidate."""
    waiting = [(among, reach(model, among)[0]) for among in parts]
    while waiting:
        together: list[Bools] = []
        taken, later = np.zeros(len(model.found.bodies), dtype=bool), []
        for among, seen in waiting:
            if len(together) < most and not seen[taken].any():
                together.append(among)
                taken |= seen
            else:
                later.append((among, seen))
        yield together
        waiting = later


def proven(model: Model, duals: Duals) -> Standing:
    """What given prices prove, checked against every candidate."""
    pricing = Pricing(model, duals)
    pricing.settle()
    return Standing(*repaired(pricing))


def _whole(standing: Standing, part: Improved, rounds: int) -> Relaxed:
    """The outcome where one part is the whole."""
    relaxed, duals = part.relaxed, standing.duals
    return replace(relaxed, bound=standing.bound, duals=duals, cuts=duals.cuts, rounds=rounds)


def _relaxed(model: Model, standing: Standing, pool: Bundles, rounds: int) -> Relaxed:
    """The outcome of many parts: prices and columns, but no point of the relaxation."""
    duals = standing.duals
    nothing, no_tables = np.zeros(len(pool)), np.zeros(len(model.tables))
    corner = Corner(duals.cuts, None)
    return Relaxed(standing.bound, duals, duals.cuts, pool, nothing, no_tables, True, rounds, False, corner)
