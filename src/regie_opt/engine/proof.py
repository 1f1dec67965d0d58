"""The widening kernel: plans over columns ever farther from the bound, until those left out are proven useless."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from regie_opt.engine.branching import search
from regie_opt.engine.columns import FORBIDDEN, Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.diving import dive
from regie_opt.engine.incumbent import NEAR_NODES, SAME_COST, best_over, near_plan
from regie_opt.engine.neighbourhood import Neighbourhoods, improved
from regie_opt.engine.pricing import Pricing, reduced_costs
from regie_opt.engine.programme import Answer, Choice, Settings, cheaper, obeys, plan_cost
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.strengthen import Root, strengthened
from regie_opt.engine.tighten import Tightened, tighten

FIRST_DISTANCE = 1e-3
"""First distance from the bound, as a share of it."""
FIRST_PATIENCE = 3.0
"""Seconds for the first kernel, which is there to find a plan, not to prove it."""
MOST_FIRST = 600
"""Columns in the first kernel at most."""
MOST_NEAREST = 600
"""Columns taken from an unfinished relaxation."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""
NEIGHBOURS, DOMAINS = 6, 3
"""Municipalities near each other, or domains, that are planned again together."""
LAST_PATIENCE = 1.0
"""The same after Ctrl-C."""
WIDER = 2.0
"""How much farther each stage looks."""
EASY = 3_000
"""Columns in a kernel for which the bound need not be raised first, unless cuts are known that do."""
SIZEABLE = 30_000
"""Columns in the first kernel at most, where that brings the proof on by a good part."""
LEAST_STEP = 0.2
"""That part of what is missing to the best plan."""
LEAST_SURE = 2e-3
"""Part of the bound that is taken to be missing at most: the best plan so far may be a bad one."""
MOST_COLUMNS = 200_000
"""Columns in one kernel at most."""
EVERYTHING = FORBIDDEN / 2
"""Distance within which every column is that may be used at all."""
LEAST_FARTHER = 0.01
"""Part of what is missing to the best plan by which a stage brings the proof on at least."""
TINY = 1e-5
"""Engine units (the weights together are 1e4) within which two costs are the same."""


@dataclass
class Proof:
    """The best plan so far and what is proven about it, in engine units."""

    bound: float
    best: Choice | None = None
    stages: list[tuple[float, int]] = field(default_factory=list)
    """Distance and number of columns of each stage."""
    held: tuple[Cuts, RowCuts] | None = None
    """Cuts within and across domains that held the bound of the last stage up."""

    @property
    def cost(self) -> float:
        """Cost of the best plan so far; infinite without one."""
        return np.inf if self.best is None else self.best.cost

    @property
    def closed(self) -> bool:
        """Whether the best plan is proven optimal."""
        return self.best is not None and self.best.cost - self.bound <= TINY


def prove(
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
    """Find the best plan and prove it; stopped early, the best so far with a valid bound.

    `held` are the cuts of an earlier proof: they hold for every plan, whatever it costs.

    A plan that uses a column with reduced cost r costs at least bound + r. So the best plan over all columns within
    a distance of the bound is optimal as soon as it costs no more than bound + distance.
    """
    proof = Proof(bound=relaxed.bound, best=start)
    pricing = Pricing(model, relaxed.duals)
    distance = FIRST_DISTANCE * max(abs(relaxed.bound), 1.0)
    cuts, row_cuts = relaxed.cuts, RowCuts.none()
    if held is not None:
        cuts, row_cuts = cuts.and_also(held[0]).distinct(), held[1]
    known = held is not None and start is not None
    _first_plan(model, relaxed, pricing, distance, proof, stopping, settings, known)
    if relaxed.converged and proof.best is None:
        proof.best = cheaper(proof.best, dive(model, relaxed, stopping))
        report(proof, 0)
    root = Root.of(model, relaxed)
    # At the duals of an unfinished relaxation a kernel proves nothing in the time that is left.
    if relaxed.converged and not (
        proof.closed or enough(proof) or stopping() or _easy(root, proof, SIZEABLE if known else EASY)
    ):
        root = strengthened(root, (cuts, row_cuts), distance, stopping)
        proof.bound = max(proof.bound, root.bound)
        if root.bound > relaxed.bound:
            cuts, row_cuts = root.duals.cuts, root.row_cuts
        if not stopping():
            proof.best = near_plan(model, root, proof.best, settings, stopping, stopping.left)
        report(proof, len(root.nearest))
    proof.held = cuts, row_cuts
    farthest = distance if proof.best is None else EVERYTHING
    while relaxed.converged and not (proof.closed or enough(proof) or stopping()):
        farthest, before = min(farthest, proof.cost - root.bound + TINY, EVERYTHING), proof.cost
        done = proof.stages[-1][0] if proof.stages else 0.0
        found = _stage(root, done, farthest)
        if found is None:
            break
        distance, columns = found
        cutoff = min(root.bound + distance, proof.cost - SAME_COST)
        left = tighten(model, columns, root.reduced(columns), cuts, row_cuts, cutoff, stopping)
        proof.held = cuts, row_cuts = left.cuts, left.row_cuts
        report(proof, len(left.columns))
        cutoff, whole = _searched(model, left, cutoff, proof, stopping, settings)
        proof.bound = max(proof.bound, min(cutoff, proof.cost))
        proof.stages.append((distance, len(columns)))
        report(proof, len(columns))
        if not whole:
            if proof.best is not None and not stopping():
                proof.best = _neighbours(root, proof.best, settings, stopping)
            break
        if distance >= min(before - root.bound, EVERYTHING) and proof.cost == before:
            break  # every column that could matter was there: looking farther brings nothing new
        farthest = EVERYTHING if proof.best is not None else WIDER * distance
    return proof


def _neighbours(root: Root, best: Choice, settings: Settings, stopping: Stopping) -> Choice:
    """The best plan after all neighbourhoods of a region have had a turn."""
    model = root.pricing.model
    rng = np.random.default_rng(settings.seed)
    parts = Neighbourhoods.around(model, NEIGHBOURS, 1).and_also(Neighbourhoods.by_domain(model, DOMAINS, rng))
    return improved(model, root.duals, best, parts, root.nearest, settings, stopping)


def _easy(root: Root, proof: Proof, most: int) -> bool:
    """Whether so few columns are between the bound and the best plan that they need no better bound."""
    return proof.best is not None and root.within(proof.cost - root.bound, most) is not None


def _stage(root: Root, done: float, farthest: float) -> tuple[float, Bundles] | None:
    """A distance beyond what is done and all columns within it; None where no stage can be listed.

    As far as can be, but the first stage not over many columns where fewer do: a plan found there makes the next
    smaller.
    """
    limits = [(MOST_COLUMNS, LEAST_FARTHER)] if done else [(SIZEABLE, LEAST_STEP), (MOST_COLUMNS, LEAST_FARTHER)]
    for most, step in limits:
        distance = farthest
        while distance - done > step * min(farthest - done, LEAST_SURE * abs(root.bound)):
            columns = root.within(distance, most)
            if columns is not None:
                return distance, columns
            distance = (distance + done) / 2
    return None


def _searched(
    model: Model, left: Tightened, cutoff: float, proof: Proof, stopping: Stopping, settings: Settings
) -> tuple[float, bool]:
    """Search a tightened kernel for plans below the cutoff.

    Gives what every plan over it that is better than the best costs at least, and whether the search came to its end.
    """

    def solved(part: Tightened) -> Answer:
        answer, proof.best = best_over(model, part, proof.best, settings, stopping, stopping.left)
        return answer

    return search(model, left, lambda: min(cutoff, proof.cost - SAME_COST), solved, stopping)


def _first_plan(
    model: Model,
    relaxed: Relaxed,
    pricing: Pricing,
    distance: float,
    proof: Proof,
    stopping: Stopping,
    settings: Settings,
    known: bool,
) -> None:
    """A good plan early: the relaxation itself where it is whole, else the best over the columns nearest to it.

    The latter only where no plan is `known` that was the best at other weights: the kernels start from that one.
    """
    both = np.concatenate([relaxed.weights, relaxed.tables])
    if (np.abs(both - np.round(both)) < WHOLE).all():
        chosen, kept = relaxed.weights > 0.5, relaxed.tables > 0.5
        if obeys(model, relaxed.pool, chosen, kept):
            cost = plan_cost(model, relaxed.pool, chosen, kept)
            if cost < proof.cost:
                proof.best = Choice(relaxed.pool, chosen, kept, cost)
            return
    if known:
        return
    columns = None
    if relaxed.converged:
        columns = pricing.within(distance, MOST_FIRST)
        while columns is None and distance > TINY:
            distance /= WIDER
            columns = pricing.within(distance, MOST_FIRST)
    if columns is None:
        columns = _nearest(model, relaxed)
    none = Tightened(relaxed.bound, columns, relaxed.cuts, RowCuts.none(), *np.zeros((2, len(columns))))
    limits = [limit for limit in (stopping.left, LAST_PATIENCE if stopping() else FIRST_PATIENCE) if limit is not None]
    proof.best = best_over(model, none, proof.best, settings, stopping, min(limits), NEAR_NODES)[1]


def _nearest(model: Model, relaxed: Relaxed) -> Bundles:
    """The columns of the relaxation that are nearest to being in it: few, so that a plan is found at once."""
    pool = relaxed.pool
    order = np.argsort(reduced_costs(model, pool, relaxed.duals) - relaxed.weights, kind="stable")
    return pool.take(np.sort(order[:MOST_NEAREST]))
