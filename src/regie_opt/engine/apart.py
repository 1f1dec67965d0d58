"""The bound of many municipalities, raised by cuts across domains in parts that see no candidate in common.

Cuts across domains charge a candidate for several domains at once, which no other part could price. Parts that see no
candidate in common need not: what each proves by itself, with all other prices held, adds up.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.neighbourhood import Neighbourhoods, losses
from regie_opt.engine.part import Part, reach
from regie_opt.engine.parts import Priced, Standing, improved_prices, put_back
from regie_opt.engine.programme import Choice
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.engine.strengthen import NEGATIVE, Root, strengthened
from regie_opt.worth.region import Bools

WINDOW = 16
"""Municipalities in a part."""
TOLERANCE, CUT_ROUNDS = 0.01, 8
"""How near its best the bound of a part is brought before (engine units), and with how many rounds of cuts."""
DISTANCE = 0.5
"""Reduced cost (engine units) up to which columns are listed at first."""


def strengthened_apart(model: Model, relaxed: Relaxed, plan: Choice, threads: int, stop: Callable[[], bool]) -> Relaxed:
    """The relaxation with its bound raised where the plan loses most; its prices stay those without such cuts."""
    standing = Standing(relaxed.duals, relaxed.bound)
    raise_one = partial(_raised, model, standing, relaxed, stop)
    with ThreadPoolExecutor(threads) as pool:
        raised = list(pool.map(raise_one, _apart(model, losses(model, relaxed.duals, plan).sum(axis=1))))
    together = put_back(model, standing, [one.priced for one in raised])
    bound = together.bound + sum(one.across for one in raised) - NEGATIVE * model.cells
    return replace(relaxed, bound=max(bound, relaxed.bound))


@dataclass(frozen=True)
class _Raised:
    priced: Priced
    across: float
    """What the cuts across domains are worth at their prices."""


def _apart(model: Model, lost: np.ndarray) -> list[Bools]:
    """Municipalities of parts that see no candidate in common, those that lose most first."""
    among: Bools = np.asarray(Neighbourhoods.around(model, WINDOW, 1).free.any(axis=2))
    parts: list[Bools] = []
    taken = np.zeros(len(model.found.bodies), dtype=bool)
    for w in np.argsort(-(among @ lost), kind="stable"):
        if any((among[w] & part).any() for part in parts):
            continue
        seen, _ = reach(model, among[w])
        if not (seen & taken).any():
            parts.append(among[w])
            taken |= seen
    return parts


def _raised(model: Model, standing: Standing, relaxed: Relaxed, stop: Callable[[], bool], among: Bools) -> _Raised:
    """The best prices of a part, with cuts across domains where these bring something."""
    part = improved_prices(Part.of(model, among), standing, [relaxed.pool], TOLERANCE, CUT_ROUNDS, stop)
    root = Root.of(part.priced.part.model, part.relaxed)
    known = (part.priced.prices.cuts, RowCuts.none())
    stronger = root if stop() else strengthened(root, known, DISTANCE, stop, part.held)
    if stronger is root:
        return _Raised(part.priced, 0.0)
    own = np.arange(len(part.held.prices.cuts), len(stronger.duals.cuts))
    prices = replace(stronger.duals, cut=stronger.duals.cut[own], cuts=stronger.duals.cuts.take(own))
    return _Raised(Priced(part.priced.part, prices), float(stronger.across @ stronger.row_cuts.upper))
