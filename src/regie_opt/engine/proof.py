"""The widening kernel: plans over columns ever farther from the bound, until those left out are proven useless."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from regie_opt.engine.branching import SMALL, search
from regie_opt.engine.columns import FORBIDDEN, Bundles, Model
from regie_opt.engine.cuts import Cuts
from regie_opt.engine.diving import dive
from regie_opt.engine.neighbourhood import improved
from regie_opt.engine.pricing import Pricing, reduced_costs
from regie_opt.engine.programme import Answer, Choice, Settings, cheaper, obeys, plan_cost, solve_programme
from regie_opt.engine.relaxation import Relaxed
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.subset_rows import coefficients
from regie_opt.engine.tighten import Tightened, packing_rows, tighten
from regie_opt.worth.region import Bools, Ints

FIRST_DISTANCE = 1e-3
"""First distance from the bound, as a share of it."""
FIRST_PATIENCE = 3.0
"""Seconds for the first kernel, which is there to find a plan, not to prove it."""
MOST_FIRST = 1_500
"""Columns in the first kernel at most."""
MOST_NEAREST = 600
"""Columns taken from an unfinished relaxation."""
WHOLE = 1e-6
"""Distance from a whole number that counts as none."""
LAST_PATIENCE = 1.0
"""The same after Ctrl-C."""
WIDER = 2.0
"""How much farther each stage looks."""
NEARLY = 1.5
"""The next stage looks as far as the best plan where that is no more than this times as far as it would."""
LARGE = 40_000
"""Columns in a kernel above which a better plan is looked for first."""
MOST_COLUMNS = 200_000
"""Columns in one kernel at most."""
EVERYTHING = FORBIDDEN / 2
"""Distance within which every column is that may be used at all."""
LEAST_FARTHER = 0.02
"""Part of its distance by which a stage looks farther than the last one at least."""
TINY = 1e-5
"""Engine units (the weights together are 1e4) within which two costs are the same."""
SAME_COST = TINY / 10
"""What a plan must be cheaper by to be looked for: a relaxation that is as good as the best plan proves it."""


@dataclass
class Proof:
    """The best plan so far and what is proven about it, in engine units."""

    bound: float
    best: Choice | None = None
    stages: list[tuple[float, int]] = field(default_factory=list)
    """Distance and number of columns of each stage."""
    held: tuple[Cuts, Ints] | None = None
    """Cuts and triples of rows that held the bound of the last stage up."""

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
    held: tuple[Cuts, Ints] | None = None,
) -> Proof:
    """Find the best plan and prove it; stopped early, the best so far with a valid bound.

    `held` are the cuts of an earlier proof: they hold for every plan, whatever it costs.

    A plan that uses a column with reduced cost r costs at least bound + r. So the best plan over all columns within
    a distance of the bound is optimal as soon as it costs no more than bound + distance.
    """
    proof = Proof(bound=relaxed.bound, best=start)
    pricing = Pricing(model, relaxed.duals)
    distance = FIRST_DISTANCE * max(abs(relaxed.bound), 1.0)
    cuts, triples = relaxed.cuts, np.zeros((0, 3), dtype=np.int64)
    if held is not None:
        cuts, triples = cuts.and_also(held[0]).distinct(), held[1]
    proof.held = cuts, triples
    known = held is not None and start is not None
    _first_plan(model, relaxed, pricing, distance, proof, stopping, settings, known)
    if relaxed.converged and proof.best is None:
        proof.best = cheaper(proof.best, dive(model, relaxed, settings.threads, stopping))
        report(proof, 0)
    distance, searched = _next_distance(proof.cost - relaxed.bound + TINY, distance), False
    # At the duals of an unfinished relaxation a kernel proves nothing in the time that is left.
    while relaxed.converged and not (proof.closed or enough(proof) or stopping()):
        distance, before = min(distance, proof.cost - relaxed.bound + TINY, EVERYTHING), proof.cost
        cutoff = min(relaxed.bound + distance, proof.cost - SAME_COST)
        columns = pricing.within(distance, MOST_COLUMNS)
        if not searched and proof.best is not None and (columns is None or len(columns) > LARGE):
            # A better plan makes the kernel smaller.
            proof.best, searched = improved(pricing, proof.best, settings, stopping, lambda: stopping.left), True
            report(proof, 0)
            continue
        if columns is None:
            # More columns than can be listed: half as far beyond what is done, as long as that is anything.
            done = proof.stages[-1][0] if proof.stages else 0.0
            if distance - done <= LEAST_FARTHER * distance:
                break
            distance = (distance + done) / 2
            continue
        near = reduced_costs(model, columns, relaxed.duals)
        left = tighten(model, columns, near, cuts, triples, cutoff, settings.threads, stopping)
        proof.held = cuts, triples = left.cuts, left.triples
        report(proof, len(left.columns))
        cutoff, whole = _searched(model, left, cutoff, proof, stopping, settings)
        proof.bound = max(proof.bound, min(cutoff, proof.cost))
        proof.stages.append((distance, len(columns)))
        report(proof, len(columns))
        if not whole:
            if proof.best is not None and not stopping():
                proof.best = improved(pricing, proof.best, settings, stopping, lambda: stopping.left)
            break
        if distance >= min(before - relaxed.bound, EVERYTHING) and proof.cost == before:
            break  # every column that could matter was there: looking farther brings nothing new
        distance = _next_distance(proof.cost - relaxed.bound + TINY, WIDER * distance)
    return proof


def _next_distance(missing: float, distance: float) -> float:
    """How far to look: as far as the best plan where that is not much farther."""
    return missing if missing <= NEARLY * distance else distance


def _searched(
    model: Model, left: Tightened, cutoff: float, proof: Proof, stopping: Stopping, settings: Settings
) -> tuple[float, bool]:
    """Search a tightened kernel for plans below the cutoff: its nearest columns first, to find one, then all.

    Gives what every plan over it that is better than the best costs at least, and whether the search came to its end.
    """

    def solved(part: Tightened) -> Answer:
        return _best_plan(model, part.columns, part, proof, stopping, settings, stopping.left)

    if len(left.columns) > WIDER * SMALL:
        solved(left.within(float(np.partition(left.near, SMALL)[SMALL])))
    return search(model, left, lambda: min(cutoff, proof.cost - SAME_COST), solved, settings.threads, stopping)


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
    none = Tightened(
        relaxed.bound, columns, relaxed.cuts, np.zeros((0, 3), dtype=np.int64), *np.zeros((2, len(columns)))
    )
    limits = [limit for limit in (stopping.left, LAST_PATIENCE if stopping() else FIRST_PATIENCE) if limit is not None]
    _best_plan(model, columns, none, proof, stopping, settings, min(limits))


def _nearest(model: Model, relaxed: Relaxed) -> Bundles:
    """The columns of the relaxation that are nearest to being in it: few, so that a plan is found at once."""
    pool = relaxed.pool
    order = np.argsort(reduced_costs(model, pool, relaxed.duals) - relaxed.weights, kind="stable")
    return pool.take(np.sort(order[:MOST_NEAREST]))


def _best_plan(
    model: Model,
    kernel: Bundles,
    left: Tightened,
    proof: Proof,
    stopping: Stopping,
    settings: Settings,
    time_limit: float | None,
) -> Answer:
    """Solve the programme over a kernel, and remember its plan if it is the best so far."""
    cuts = sparse.csr_array(
        sparse.vstack([left.cuts.coefficients(model, kernel), coefficients(packing_rows(model, kernel), left.triples)])
    )
    answer = solve_programme(
        model,
        kernel,
        (cuts, np.concatenate([left.cuts.upper, np.ones(len(left.triples))])),
        settings=settings,
        time_limit=time_limit,
        stop=stopping,
        absolute_gap=SAME_COST,
        start=None if proof.best is None else _same(proof.best, kernel),
    )
    if answer.chosen is not None and answer.tables is not None and answer.cost < proof.cost - SAME_COST:
        proof.best = Choice(kernel, answer.chosen, answer.tables, answer.cost)
    return answer


def _same(best: Choice, columns: Bundles) -> Bools | None:
    """The columns of an earlier plan among the columns of this stage; None when one is missing."""
    if best.columns is columns:
        return best.chosen
    position = {_key(columns, c): c for c in range(len(columns))}
    start = np.zeros(len(columns), dtype=bool)
    for c in np.flatnonzero(best.chosen):
        at = position.get(_key(best.columns, int(c)))
        if at is None:
            return None
        start[at] = True
    return start


def _key(columns: Bundles, c: int) -> tuple[int, bytes, bytes]:
    return int(columns.body[c]), columns.carried[c].tobytes(), columns.hosts[c].tobytes()
