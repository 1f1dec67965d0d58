"""The best prices of the rows of some municipalities, while the prices of all other rows are held.

Prices at which no candidate has a negative reduced cost prove a bound. In a part the rows of some municipalities near
each other are let go: their best prices are those of a linear programme with a few hundred rows, in which what is held
belongs to the cost of a column. It is solved by column generation over the candidates that its rows see, so what comes
out is feasible for the whole and never worse: the bound rises part by part, and cuts found in one hold in all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regie_opt.engine.bound import bound_at, repaired
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.cuts import Cuts, violated
from regie_opt.engine.master import TOLERANCE
from regie_opt.engine.part import Part
from regie_opt.engine.part_programme import Programme
from regie_opt.engine.pricing import Duals, Pricing, reduced_costs
from regie_opt.worth.region import Bools, Floats, Ints

KNOWN = 5
"""Columns for each row of a part that it starts from at most."""
MOST_PER_ROUND = 500
"""Columns added in one round at most; of mutual services another quarter."""
NEAREST = 4_000
"""Candidates of a part that are priced in every round; all others when those bring little more."""
INNER = 0.8
"""Part of what is missing to the bound over all candidates within which the bound over the nearest is near enough."""
SMOOTHING = 0.5
"""How far towards the prices of the best bound columns are priced first."""
LEAST_SHARE = 0.2
"""Below this they are priced at the prices of the linear programme."""
LEAST_PROGRESS = 0.05
"""Share of what all rounds of cuts of a part have brought that a round must bring."""
PART_OF_GAIN = 0.03
"""Part of what the bound has gained in a part that may be left to the next sweep."""
HOLDING = 1e-9
"""Price above which a cut holds up nothing."""
NEAR = 0.5
"""Reduced cost (engine units) above which a column is forgotten at the end."""


@dataclass(frozen=True)
class Standing:
    """Feasible prices and the bound that they prove."""

    duals: Duals
    bound: float


@dataclass(frozen=True)
class Improved:
    """What a part has brought."""

    part: Part
    prices: Duals
    """Prices of all rows that are feasible for the candidates of the part, the best there are for the rows let go."""
    met: Ints
    """Which cuts of the whole the first of its cuts are; the others are new (q,)."""
    bound: float
    """What is proven with these prices in the place of those of before."""
    columns: Bundles
    """Columns that are near, with the bodies of the whole: those known before first."""
    known: int
    """How many of them were known before."""
    values: Floats
    """Value of each of them in the linear programme of the part (c,)."""
    tables: Floats
    """Value of keeping each table there (t,)."""
    broken: bool
    """Whether that programme must break a row."""
    whole: bool
    """Whether the prices are the best to within the tolerance."""


def improved_prices(
    part: Part,
    standing: Standing,
    pool: list[Bundles],
    tolerance: float,
    rounds: int,
    stop: Callable[[], bool],
) -> Improved:
    """The best prices of a part to within a tolerance (engine units), with at most so many rounds of cuts.

    `pool` are columns known of the whole.
    """
    free, known = part.cuts_of(standing.duals)
    met = np.flatnonzero(free | known)
    duals, aside = standing.duals, np.flatnonzero(~(free | known))
    held = Duals(duals.cell, duals.side, duals.cut[met], duals.cuts.take(met))
    beside = float((duals.cut[aside] * duals.cuts.upper[aside]).sum())
    programme = Programme(part.model, part.free, held, free[met], beside)
    search = _Search(part.model, programme, beside, standing.bound, tolerance, stop)
    search.programme.start(_start(part, standing.duals, pool))
    whole = search.generate()
    history = [search.value]
    while whole and len(history) <= rounds and not stop():
        programme = search.programme
        new = violated(part.model, programme.columns(), programme.values(search.point), part.among)
        if not len(new):
            break
        search.cut(new)
        whole = search.generate()
        history.append(search.value)
        if history[-1] - history[-2] <= max(tolerance, LEAST_PROGRESS * (history[-1] - history[0])):
            break
    return _outcome(part, search, met, whole)


def _start(part: Part, duals: Duals, pool: list[Bundles]) -> Bundles:
    """Known columns of a part, the nearest ones."""
    found, near = [part.model.bundles(*_nothing(part.model))], [np.zeros(0)]
    for columns in pool:
        here = np.flatnonzero(np.isin(columns.body, part.body))
        if len(here):
            found.append(part.taken(columns, here))
            near.append(_reduced(part.model, found[-1], duals))
    columns, reduced = concatenate(found), np.concatenate(near)
    order = np.argsort(reduced, kind="stable")[: KNOWN * int(part.free.sum())]
    return columns.take(np.sort(order))


def _reduced(model: Model, columns: Bundles, duals: Duals) -> Floats:
    """Reduced costs without the cuts: near enough to choose by."""
    price = np.concatenate([duals.cell.ravel(), duals.side])
    reduced: Floats = columns.cost - price @ columns.matrix
    return reduced


def _outcome(part: Part, search: "_Search", met: Ints, whole: bool) -> Improved:
    proof, programme = search.best.duals, search.programme
    columns, values = programme.columns(), programme.values(search.point)
    near = np.flatnonzero(reduced_costs(part.model, columns, proof) <= NEAR)
    return Improved(
        part,
        proof,
        met,
        search.best.bound,
        part.renumbered(columns.take(near)),
        int((near < programme.known).sum()),
        values[near],
        programme.kept(search.point),
        programme.broken(search.point),
        whole,
    )


def put_back(model: Model, standing: Standing, parts: list[Improved]) -> Standing:
    """The prices of parts that see no candidate in common among those of the whole, and what they prove.

    What the parts see but do not let go may have become dearer in several: the dearest price is feasible for all.
    """
    before = standing.duals
    cell, side, cut, cuts = before.cell.copy(), before.side.copy(), before.cut.copy(), before.cuts
    for one in parts:
        free_cell = one.part.free[: model.cells].reshape(cell.shape)
        cell = np.where(free_cell, one.prices.cell, np.minimum(cell, one.prices.cell))
        side = np.where(one.part.free[model.cells :], one.prices.side, side)
        count = len(one.met)
        cut[one.met] = np.where(one.part.cuts_of(before)[0][one.met], one.prices.cut[:count], cut[one.met])
        new = np.arange(count, len(one.prices.cut))
        cuts, cut = cuts.and_also(one.prices.cuts.take(new)), np.concatenate([cut, one.prices.cut[new]])
    holding = cut < -HOLDING
    duals = Duals(cell, side, cut[holding], cuts.take(holding))
    return Standing(duals, bound_at(model, duals))


class _Search:
    """Column generation for one part."""

    def __init__(
        self,
        model: Model,
        programme: Programme,
        beside: float,
        bound: float,
        tolerance: float,
        stop: Callable[[], bool],
    ) -> None:
        self.model, self.programme, self.tolerance, self.stop = model, programme, tolerance, stop
        self.beside = beside
        """What cuts are worth that the part does not know."""
        held = programme.held
        self.best, self.before = Standing(held, bound), bound
        self.centre = held
        self.value, self.prices, self.point = np.inf, held, np.zeros(0)

    @property
    def enough(self) -> float:
        """How near the bound must be to the programme: where much is gained, less near."""
        return max(self.tolerance, PART_OF_GAIN * (self.best.bound - self.before))

    def cut(self, cuts: Cuts) -> None:
        """Add cuts."""
        self.programme.cut(cuts)
        self.centre = Duals(
            self.centre.cell,
            self.centre.side,
            np.concatenate([self.prices.cut, np.zeros(len(cuts))]),
            self.programme.held.cuts,
        )

    def generate(self) -> bool:
        """Columns until the programme is within the tolerance of the bound; whether it came to that."""
        self._solve()
        near: _Near | None = None
        while not self.stop():
            if near is not None and (columns := near.price(self)) is not None:
                self._add(columns)
                continue
            columns, self.best, self.centre, pricing = self.priced(self.model, self.best, self.centre)
            if columns is None or self.value - self.best.bound <= self.enough:
                return True
            near = _Near.of(pricing, self.centre)
            self._add(columns)
        return False

    def priced(self, model: Model, best: Standing, centre: Duals) -> tuple[Bundles | None, Standing, Duals, Pricing]:
        """Columns that improve the programme, with the best bound over the candidates of a model, and its prices."""
        share = SMOOTHING
        while True:
            pricing = Pricing(model, self.prices.towards(centre, share) if share else self.prices)
            columns = pricing.improving(MOST_PER_ROUND, TOLERANCE)
            pricing.settle()
            feasible, bound = repaired(pricing)
            if bound + self.beside > best.bound:
                best, centre = Standing(feasible, bound + self.beside), feasible
            if not share:
                return columns, best, centre, pricing
            if columns is not None and (reduced_costs(model, columns, self.prices) < -TOLERANCE).any():
                return columns, best, centre, pricing
            share = share / 2 if share > LEAST_SHARE else 0.0

    def _add(self, columns: Bundles) -> None:
        self.programme.purge()
        self.programme.add(columns)
        self._solve()

    def _solve(self) -> None:
        self.value, self.prices, self.point = self.programme.solve()


class _Near:
    """The candidates of a part that are nearest to the bound. Mutual services are not among them."""

    def __init__(self, model: Model, index: Ints, centre: Duals) -> None:
        self.model, self.index = model.only(index), index
        self.best, self.centre = Standing(centre, -np.inf), centre

    @classmethod
    def of(cls, pricing: Pricing, centre: Duals) -> "_Near | None":
        """Those nearest at given prices; None where all are few."""
        least, _ = pricing.best
        if len(least) <= NEAREST:
            return None
        return cls(pricing.model, np.flatnonzero(least <= np.partition(least, NEAREST)[NEAREST]), centre)

    def price(self, search: _Search) -> Bundles | None:
        """Columns that improve the programme; None when the bound over these candidates is near enough."""
        columns, self.best, self.centre, _ = search.priced(self.model, self.best, self.centre)
        enough = max(search.enough, INNER * (search.value - search.best.bound))
        if columns is None or search.value - self.best.bound <= enough:
            return None
        return replace(columns, body=self.index[columns.body])


def _nothing(model: Model) -> tuple[Ints, Bools]:
    return np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool)
