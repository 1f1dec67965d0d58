"""The widening kernel: plans over columns ever farther from the bound, until those left out are proven useless."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from regie_opt.engine.branching import search
from regie_opt.engine.columns import Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.diving import dive
from regie_opt.engine.incumbent import LAST_PATIENCE, SAME_COST, best_over, near_plan, relaxed_plan
from regie_opt.engine.neighbourhood import Neighbourhoods, improved
from regie_opt.engine.programme import Answer, Choice, Settings
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.row_cuts import RowCuts
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.strengthen import Root, strengthened
from regie_opt.engine.tighten import Tightened, tighten

FIRST_DISTANCE = 1e-3
"""First distance from the bound, as a share of it."""
NEIGHBOURS, DOMAINS = 6, 3
"""Municipalities near each other, or domains, that are planned again together."""
WIDER = 2.0
"""How much farther each stage looks."""
EASY = 3_000
"""Columns in a kernel for which the bound need not be raised first."""
EASY_AGAIN = 30_000
"""The same where cuts are known that held an earlier proof."""
LEAST_SURE = 2e-3
"""Part of the bound that is taken to be missing at most: the best plan so far may be a bad one."""
MOST_COLUMNS = 200_000
"""Columns in one kernel at most."""
LEAST_FARTHER = 0.01
"""Part of what is missing to the best plan by which a stage brings the proof on at least."""
TINY = 1e-5
"""Engine units (the weights together are 1e4) within which two costs are the same."""


@dataclass
class Proof:
    """The best plan so far and what is proven about it, in engine units."""

    bound: float
    held: tuple[Cuts, RowCuts]
    """Cuts within and across domains that held the bound of the last stage up."""
    best: Choice | None = None
    stages: list[tuple[float, int]] = field(default_factory=list)
    """Distance and number of columns of each stage."""

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
    begin = (relaxed.cuts, RowCuts.none()) if held is None else (relaxed.cuts.and_also(held[0]).distinct(), held[1])
    proof = Proof(relaxed.bound, begin, start)
    known = held is not None and start is not None
    distance = FIRST_DISTANCE * max(abs(relaxed.bound), 1.0)
    proof.best = relaxed_plan(model, relaxed, None if known else distance, proof.best, settings, stopping)
    # At the duals of an unfinished relaxation a kernel proves nothing in the time that is left.
    if relaxed.converged:
        work = _Work(model, stopping, settings, lambda: proof.closed or enough(proof) or stopping(), report)
        if proof.best is None:
            proof.best = dive(model, relaxed, stopping)
            report(proof, 0)
        root = Root.of(model, relaxed)
        if not work.done() and not _easy(root, proof, EASY_AGAIN if known else EASY):
            root = _strengthened(work, proof, root, distance)
        _prove_by_stages(work, proof, root, distance if proof.best is None else np.inf)
    return proof


@dataclass(frozen=True)
class _Work:
    """What all steps of a proof need."""

    model: Model
    stopping: Stopping
    settings: Settings
    done: Callable[[], bool]
    """Whether the proof is there, or near enough, or time is over."""
    report: Callable[[Proof, int], None]


def _strengthened(work: _Work, proof: Proof, root: Root, distance: float) -> Root:
    """The bound with cuts across domains, and a plan over the columns near it."""
    stronger = strengthened(root, proof.held, distance, work.stopping)
    proof.bound = max(proof.bound, stronger.bound)
    if stronger.bound > root.bound:
        proof.held = stronger.duals.cuts, stronger.row_cuts
    last = work.stopping.last(LAST_PATIENCE)
    proof.best = near_plan(work.model, stronger, proof.best, work.settings, last, last.left)
    work.report(proof, len(stronger.nearest))
    return stronger


def _prove_by_stages(work: _Work, proof: Proof, root: Root, farthest: float) -> None:
    """Kernels ever farther from the bound, until one holds every plan that could be better than the best.

    The first reaches `farthest` at most.
    """
    everything = root.farthest
    while not work.done():
        farthest, before = min(farthest, proof.cost - root.bound + TINY, everything), proof.cost
        found = _stage(root, proof.stages[-1][0] if proof.stages else 0.0, farthest)
        if found is None:
            return
        distance, columns = found
        # A plan over all columns there are may cost anything.
        reach = root.bound + distance if distance < everything else np.inf
        cutoff = min(reach, proof.cost - SAME_COST)
        left = tighten(work.model, columns, root.reduced(columns), *proof.held, cutoff, work.stopping)
        proof.held = left.cuts, left.row_cuts
        work.report(proof, len(left.columns))
        cutoff, whole = _searched(work, proof, left, cutoff)
        proof.bound = max(proof.bound, min(cutoff, proof.cost))
        proof.stages.append((distance, len(columns)))
        work.report(proof, len(columns))
        if not whole:
            if proof.best is not None and not work.stopping():
                proof.best = _neighbours(root, proof.best, work.settings, work.stopping)
            return
        if distance >= min(before - root.bound, everything) and proof.cost == before:
            return  # every column that could matter was there: looking farther brings nothing new
        farthest = everything if proof.best is not None else WIDER * distance


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
    """A distance beyond what is done, as far as can be, with all columns within it; None where none can be listed."""
    distance = farthest
    while distance - done > LEAST_FARTHER * min(farthest - done, LEAST_SURE * abs(root.bound)):
        columns = root.within(distance, MOST_COLUMNS)
        if columns is not None:
            return distance, columns
        distance = (distance + done) / 2
    return None


def _searched(work: _Work, proof: Proof, left: Tightened, cutoff: float) -> tuple[float, bool]:
    """Search a tightened kernel for plans below the cutoff.

    Gives what every plan over it that is better than the best costs at least, and whether the search came to its end.
    """
    model, settings, stopping = work.model, work.settings, work.stopping

    def solved(part: Tightened) -> Answer:
        answer, proof.best = best_over(model, part, proof.best, settings, stopping, stopping.left)
        return answer

    return search(model, left, lambda: min(cutoff, proof.cost - SAME_COST), solved, stopping, settings.threads)
