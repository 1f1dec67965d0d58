"""Large-neighbourhood search: parts of a plan are planned again one after another, those that lose most first.

What a plan costs above the bound adds up over cells: the reduced costs of its columns, and the prices of the cells that
it leaves alone. No other plan of a neighbourhood gains more than is lost there. Neighbourhoods that share no
municipality do not touch each other, so some of them can be planned at the same time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from regie_opt.engine.columns import Bundles, Model, concatenate, keys
from regie_opt.engine.pricing import Duals, reduced_costs
from regie_opt.engine.programme import Choice, Settings, obeys
from regie_opt.engine.stopping import Stop
from regie_opt.engine.window import chosen, opened, replanned
from regie_opt.worth.region import Bools, Floats

LEAST_LOSS = 0.02
"""Loss (engine units) of a neighbourhood that is worth a try."""


@dataclass(frozen=True)
class Neighbourhoods:
    """Parts of a plan that are set free one at a time. Axis w."""

    free: Bools
    """Cells that are set free (w, m, d)."""
    covers: Bools
    """Which neighbourhoods need no turn of their own once one has had its turn (w, w)."""

    @classmethod
    def around(cls, model: Model, size: int, core: int) -> "Neighbourhoods":
        """Every municipality with those nearest to it, `size` in all, of which the first `core` are covered."""
        distance = model.worth.region.distance_km
        near = np.argsort(np.where(np.isfinite(distance), distance, 1e6), axis=1, kind="stable")
        count, domains = len(near), model.found.allowed.shape[1]
        members, covers = np.zeros((2, count, count), dtype=bool)
        np.put_along_axis(members, near[:, :size], values=True, axis=1)
        np.put_along_axis(covers, near[:, :core], values=True, axis=1)
        return cls(np.repeat(members[:, :, None], domains, axis=2), covers)

    @classmethod
    def by_domain(cls, model: Model, size: int, rng: np.random.Generator) -> "Neighbourhoods":
        """Domains that are decided on, `size` at a time, drawn as often as covers each once."""
        decided = np.flatnonzero(model.found.allowed.any(axis=0))
        drawn = [rng.permutation(decided)[:size] for _ in range(0, len(decided), size)]
        free = np.zeros((len(drawn), model.found.bodies.members.shape[1], model.found.allowed.shape[1]), dtype=bool)
        for w, domains in enumerate(drawn):
            free[w][:, domains] = True
        return cls(free, np.eye(len(drawn), dtype=bool))

    def and_also(self, other: "Neighbourhoods") -> "Neighbourhoods":
        """These and others."""
        n = len(self.covers)
        covers = np.zeros((n + len(other.covers),) * 2, dtype=bool)
        covers[:n, :n], covers[n:, n:] = self.covers, other.covers
        return Neighbourhoods(np.concatenate([self.free, other.free]), covers)


def improved(
    model: Model,
    prices: Duals,
    best: Choice,
    neighbourhoods: Neighbourhoods,
    known: Bundles,
    settings: Settings,
    stop: Stop,
    report: Callable[[Choice], None] = lambda _: None,
) -> Choice:
    """The best plan after every neighbourhood has had a turn, or `stop` says so.

    `prices` are those of a relaxation, `known` columns that are near it. As many are planned at the same time as there
    are threads: the outcome depends on that number, and on nothing else.
    """
    waiting = np.ones(len(neighbourhoods.free), dtype=bool)
    with ThreadPoolExecutor(settings.threads) as pool:
        while not stop():
            turns = list(_turns(model, losses(model, prices, best), best, neighbourhoods, waiting, settings.threads))
            if not turns:
                break
            waiting &= ~neighbourhoods.covers[turns].any(axis=0)
            tries = [
                pool.submit(replanned, model, prices, best, neighbourhoods.free[w], known, settings, stop)
                for w in turns
            ]
            best = _together(model, best, [better for one in tries if (better := one.result()) is not None])
            report(best)
    return best


def losses(model: Model, prices: Duals, plan: Choice) -> Floats:
    """What a plan costs above the bound, by cell (m, d); side rows and cuts left out."""
    columns = plan.columns.take(plan.chosen)
    cells = model.found.cells(columns.body, columns.carried)
    above = np.maximum(reduced_costs(model, columns, prices), 0.0) / np.maximum(cells.sum(axis=(1, 2)), 1)
    lost: Floats = np.einsum("c,cmd->md", above, cells) - np.where(cells.any(axis=0), 0.0, prices.cell)
    return lost


def _turns(
    model: Model, lost: Floats, plan: Choice, neighbourhoods: Neighbourhoods, waiting: Bools, most: int
) -> Iterator[int]:
    """Those that wait and lose most, at most so many, and none that shares a municipality with one before."""
    columns = plan.columns.take(plan.chosen)
    loss = np.tensordot(neighbourhoods.free, lost, axes=2)
    taken = np.zeros(len(lost), dtype=bool)
    for w in np.argsort(-np.where(waiting, loss, -np.inf), kind="stable").tolist():
        if not waiting[w] or loss[w] < LEAST_LOSS:
            return
        reach = opened(model, columns, neighbourhoods.free[w])[1].any(axis=1)
        if not (reach & taken).any():
            yield w
            taken, most = taken | reach, most - 1
        if most == 0:
            return


def _together(model: Model, best: Choice, others: list[Choice]) -> Choice:
    """The plan with what others do better in parts of it that do not touch; all of them differ from the same plan.

    A rule may hold parts together that share no municipality: then the later one stays as it was.
    """
    before = best.columns.take(best.chosen)
    result, columns = best, before
    for other in others:
        new = other.columns.take(other.chosen)
        gone = set(keys(before)) - set(keys(new))
        stays = columns.take(np.array([key not in gone for key in keys(columns)], dtype=bool))
        known = set(keys(before))
        added = new.take(np.array([key not in known for key in keys(new)], dtype=bool))
        both = chosen(model, concatenate([stays, added]), best.kept)
        if obeys(model, both.columns, both.chosen, both.kept) and both.cost < result.cost:
            result, columns = both, both.columns
    return result
