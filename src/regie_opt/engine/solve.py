"""From a scenario to a proven plan: the method in the order in which it happens."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from threadpoolctl import threadpool_limits

from regie_opt.engine.across import strengthened_in_parts
from regie_opt.engine.again import Again
from regie_opt.engine.bound import magnitude
from regie_opt.engine.candidates import candidates
from regie_opt.engine.columns import Model
from regie_opt.engine.conflict import Infeasible, has_plan, smallest_conflict, without_limits
from regie_opt.engine.deciding import prove_deciding
from regie_opt.engine.incumbent import LAST_PATIENCE
from regie_opt.engine.large import is_large, relax_in_parts
from regie_opt.engine.large_plan import large_plan
from regie_opt.engine.limits import has_limits, keeps_limits, limits_overload
from regie_opt.engine.network import network_hosts
from regie_opt.engine.obeying import Obeying
from regie_opt.engine.overload import fixed_part
from regie_opt.engine.plan import planned
from regie_opt.engine.programme import Choice, Settings, Solver, plan_cost
from regie_opt.engine.proof import TINY, Proof
from regie_opt.engine.reaching import started
from regie_opt.engine.relaxation import Relaxed, relax
from regie_opt.engine.starts import first_plan
from regie_opt.engine.staying import towards_today
from regie_opt.engine.stopping import Stopping
from regie_opt.engine.warm import Memory
from regie_opt.schema.errors import RegieError
from regie_opt.schema.plan import Assessment, Candidates, Certificate, PlannedPartnership
from regie_opt.schema.scenario import Scenario
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.value import Worth

LEAST_GAIN = 1e-9
"""Gain that a gap is measured against at least, so that it stays a number where nothing is gained."""
SAME = 1e-6
"""Value within which objective and assessment must agree."""
RELAXATION_SHARE = 0.8
"""Part of the time limit that the relaxation may take, so that there is time to find a plan."""
LARGE_SHARE = 0.45
"""The same of a large programme, whose plan has to be made in many parts."""
LARGE_PLAN_SHARE = 0.72
"""Part of the time at which the search for its plan ends."""
SEARCH_SHARE = 0.95
"""Part of the time at which its bound is raised no more, so that there is time to check the plan."""
PROVEN = 1e-6
"""Relative gap that counts as none: the solvers' own tolerance."""
LEAST_YARDSTICK = 1e-3
"""Part of an ordinary sum of weights that a gap is held against at least, and where less is gained."""
COARSE = 10.0
"""How many times more than that the engine's own tolerance may be before costs are made finer."""
MOST_FINER = 4
"""Times that they are at most: a better plan may gain less."""
FINER = 10.0
"""How many times finer than needed they are made then."""
UNSURE = 100.0
"""How many times what rounding may take objective and assessment may differ by: they add up in another order."""
ROUNDING = 2e-15
"""Part of what is added up that rounding may take: some ten times what one sum of two numbers loses."""


@dataclass(frozen=True)
class Options:
    """How to solve."""

    solver: Solver = "highs"
    gap: float = 0.0
    """Relative gap (share of the gain over everybody alone) at which to stop; 0 is to proof."""
    within: float = 0.0
    """Value below the bound at which to stop as well; 0 is to proof."""
    time_limit: float | None = None
    """Seconds."""
    seed: int = 0
    threads: int = 1
    """Parts of a large programme, or branches of a search (two at most), worked on at the same time.

    Solvers and numpy's linear algebra have one.
    """
    conflicts: bool = True
    """Whether to look for a smallest set of rules that cannot all hold where there is no plan; else none is named."""


@dataclass(frozen=True)
class Progress:
    """Where a solve is."""

    phase: str
    seconds: float
    value: float | None
    bound: float | None
    gap: float | None
    columns: int
    left: float | None = None
    """Seconds until the time limit, so at most what is left; None without one: how long a proof takes nobody knows."""


@dataclass(frozen=True)
class Solution:
    """A plan with its certificate and assessment."""

    partnerships: tuple[PlannedPartnership, ...]
    certificate: Certificate
    assessment: Assessment
    today: Assessment
    phases: dict[str, float] = field(default_factory=dict)
    """Seconds by phase: candidates, relaxation, proof."""
    memory: Memory | None = None
    """What the next solve can start from."""
    rebuilt: str | None = None
    """Why `resolve` had to start from nothing: the section of the scenario that differs."""


class NoPlanInTime(RegieError):
    """Time ran out before any plan was found."""

    exit_code = 4


def solve(
    scenario: Scenario,
    base: Scenario,
    options: Options | None = None,
    progress: Callable[[Progress], None] | None = None,
    stopping: Stopping | None = None,
) -> Solution:
    """The best plan of a scenario with its proof, or the best so far with its honest gap.

    `base` is the scenario without variant and overrides: it fixes the references of the value. Where the
    solve is a part of more work, the clock of that is `stopping`, and the time limit of the options does not count.
    Raises `Infeasible` (naming the rules) when no plan obeys them, `NoPlanInTime` when time ran out without a plan.
    """
    options = options or Options()
    return _solve(scenario, base, options, progress, None, stopping or Stopping(options.time_limit))


def resolve(
    previous: Solution,
    scenario: Scenario,
    options: Options | None = None,
    progress: Callable[[Progress], None] | None = None,
    stopping: Stopping | None = None,
) -> Solution:
    """Solve again after a change of weights, from the columns, cuts, prices and plan of an earlier solution.

    The proof is as complete as that of `solve`. Where more than weights (of criteria or domains) has changed it starts
    from nothing, and `rebuilt` of the solution names the section that differs. Raises what `solve` raises.
    """
    memory = previous.memory
    if memory is None:
        raise ValueError("only a solution that `solve` made can be started from")
    reason, options = memory.unlike(scenario), options or Options()
    clock = stopping or Stopping(options.time_limit)
    solution = _solve(scenario, memory.base, options, progress, None if reason else memory, clock)
    return replace(solution, rebuilt=reason)


def _solve(
    scenario: Scenario,
    base: Scenario,
    options: Options,
    progress: Callable[[Progress], None] | None,
    memory: Memory | None,
    stopping: Stopping,
) -> Solution:
    with stopping.listening(), threadpool_limits(1):
        again = memory.again(scenario) if memory else None
        model = again.model if again else Model.of(worth := Worth(scenario, base), candidates(worth.today))
        account = Account(model, stopping, progress or (lambda _: None))
        account.report("candidates", None, None, model.found.priced)
        start = again.plan if again and again.plan else first_plan(model)
        if start is None and not again and has_plan(scenario, base, without_limits(scenario), stopping) is False:
            raise _conflict(model, options, stopping)

        if is_large(model) and limits_overload(scenario):
            raise RegieError("a limit on overload cannot be held for so many municipalities: limit `burden` instead")
        relaxed, proof = _proven(account, start, options, again)
        for _ in range(MOST_FINER):
            if proof.best is None or account.coarseness(proof.best.cost) <= COARSE or stopping():
                break
            finer = FINER * account.coarseness(proof.best.cost)
            if is_large(account.model) or not account.can_be(finer):
                break
            account = account.finer(finer)
            relaxed, proof = _proven(account, account.costed(proof.best), options, None)
        if proof.best is None:
            none = proof.bound == np.inf or has_plan(scenario, base, list(scenario.rules), stopping) is False
            if none:
                raise _conflict(model, options, stopping)
            raise NoPlanInTime(f"no plan that obeys the rules was found in {stopping.seconds:.0f} s")
        solution = account.solution(proof, proof.best)
        ground = again.kept.ground if again else None
        return replace(solution, memory=Memory(scenario, base, account.model, relaxed, proof.best, proof.held, ground))


def _proven(account: "Account", start: Choice | None, options: Options, again: Again | None) -> tuple[Relaxed, Proof]:
    """The relaxation of a programme, and the best plan with what is proven of it, from a plan to start from."""
    model, stopping, scenario = account.model, account.stopping, account.model.worth.scenario

    def tell(bound: float, columns: int) -> None:
        account.report("relaxation", None, bound, columns)

    if is_large(model):
        near = again.near if again else None
        relaxed = relax_in_parts(model, options.threads, stopping.share(LARGE_SHARE), tell, near)
    else:
        begin = again.begin if again else None
        relaxed = relax(model, stopping.share(RELAXATION_SHARE), tell, begin)
    account.report("relaxation", None, relaxed.bound, len(relaxed.pool))
    account.rounded(relaxed)
    if relaxed.converged and not relaxed.feasible:
        raise _conflict(model, options, stopping)
    settings = Settings(options.solver, options.threads, options.seed)
    if start is None and has_limits(scenario) and not is_large(model):
        found = started(model, relaxed, settings, stopping)
        if found.impossible:
            raise _conflict(model, options, stopping)
        start = found.plan
    if is_large(model) and start is not None:
        relaxed, start = _nearer(account, relaxed, start, settings)
    proof = prove_deciding(
        model,
        relaxed,
        start,
        stopping,
        settings,
        enough=lambda p: account.is_near(p.cost, p.bound, options),
        report=lambda p, n: account.report("proof", p.cost, p.bound, n),
        held=again.kept.held if again else None,
    )
    return relaxed, proof


def _nearer(account: "Account", relaxed: Relaxed, start: Choice, settings: Settings) -> tuple[Relaxed, Choice]:
    """Bound and plan of a large programme brought nearer to each other, part by part."""
    model, stopping, columns = account.model, account.stopping, len(relaxed.pool)

    def found(plan: Choice) -> None:
        account.report("search", plan.cost, relaxed.bound, columns)

    plan = large_plan(model, relaxed, start, settings, stopping.share(LARGE_PLAN_SHARE), found)
    raised = partial(account.report, "cuts", plan.cost, columns=columns)
    share = stopping.share(SEARCH_SHARE)
    return strengthened_in_parts(model, relaxed, plan, settings.threads, share, raised), plan


def _conflict(model: Model, options: Options, stopping: Stopping) -> Infeasible:
    """That no plan obeys the rules, with the rules that cannot all hold: as few as were found in time."""
    worth, sets = model.worth, model.found.sets
    rules = smallest_conflict(worth.scenario, worth.base, stopping) if options.conflicts else ()
    return Infeasible(rules, among=None if sets.complete else sets.rule)


class Account:
    """Keeps value, bound and gap in the user's terms."""

    def __init__(self, model: Model, stopping: Stopping, progress: Callable[[Progress], None]) -> None:
        self.model, self.stopping, self.progress = model, stopping, progress
        by_key = {c.key: c.contribution for c in fixed_part(model.worth).criteria}
        self.constant = sum(v for key, v in by_key.items() if key != "overload")
        """Value of the zero point: nothing but the fixed partnerships, everything else left and paid for."""
        self.alone = sum(v for key, v in by_key.items() if key != "transition")
        """Value of everybody alone with nothing paid for leaving."""
        sizes = sum(abs(v) for v in by_key.values())
        self.least_rounding = self.rounding = ROUNDING * sizes
        """Value that arithmetic may lose: no proof is finer. Prices of the proof may add to it."""
        self.ends: dict[str, float] = {}
        """Seconds at which each phase was last heard of."""

    def value(self, cost: float) -> float:
        """Value of a cost in engine units."""
        return self.constant - cost / self.model.scale

    def finer(self, factor: float) -> "Account":
        """The same with costs so many times as large."""
        finer = Account(self.model.finer(factor), self.stopping, self.progress)
        finer.ends = self.ends
        return finer

    def can_be(self, finer: float) -> bool:
        """Whether costs so many times as large can be told apart: beyond that rounding is more than what is unseen."""
        return self.least_rounding * self.model.scale * finer <= TINY

    def costed(self, choice: Choice) -> Choice:
        """A plan at the costs of now."""
        columns = choice.columns
        columns = replace(columns, cost=self.model.cost_of(columns.body, columns.carried, columns.gain))
        return replace(choice, columns=columns, cost=plan_cost(self.model, columns, choice.chosen, choice.kept))

    def rounded(self, relaxed: Relaxed) -> None:
        """Allow for what rounding may take of a bound."""
        size = magnitude(self.model, relaxed.duals) / self.model.scale
        if np.isfinite(size):
            self.rounding = max(self.least_rounding, ROUNDING * size)

    def gain(self, cost: float) -> float:
        """What a plan gains over everybody alone, or loses."""
        return abs(self.value(cost) - self.alone)

    def unseen(self, cost: float) -> float:
        """Value by which a plan may be below the bound and counts as proven.

        It goes with what the plan gains. Where that is next to nothing, or beyond all weights, it goes with those: with
        as many as there are of the weight in the middle, so that one that is out of all proportion does not count.
        """
        weights = sorted(c.weight for c in self.model.worth.scenario.criteria.values() if c.weight > 0)
        if not weights:
            return PROVEN
        ordinary = len(weights) * weights[(len(weights) - 1) // 2]
        return PROVEN * min(max(self.gain(cost), LEAST_YARDSTICK * ordinary), ordinary)

    def coarseness(self, cost: float) -> float:
        """How many times more than is needed the engine's own tolerance is."""
        return TINY / self.model.scale / self.unseen(cost)

    def gap(self, cost: float, bound: float) -> float:
        """(bound - value) over the gain on everybody alone; never negative, infinite only without a plan or a bound.

        None where it is below what counts as proven, and arithmetic can tell.
        """
        missing = max(0.0, (cost - bound) / self.model.scale)
        if missing == float("inf"):
            return missing
        unseen = self.unseen(cost) * max(1.0, min(self.coarseness(cost), COARSE))
        missing = max(missing, self.rounding)
        return 0.0 if missing <= unseen else missing / max(self.gain(cost), LEAST_GAIN)

    def is_near(self, cost: float, bound: float, options: Options) -> bool:
        """Whether a cost is near enough to its bound."""
        near = options.within > 0 and cost - bound <= options.within * self.model.scale
        return near or self.gap(cost, bound) <= options.gap

    def report(self, phase: str, cost: float | None, bound: float | None, columns: int) -> None:
        """Tell the user."""
        known = cost is not None and cost < float("inf")
        self.ends[phase] = self.stopping.seconds
        self.progress(
            Progress(
                phase=phase,
                seconds=self.stopping.seconds,
                value=self.value(cost) if cost is not None and known else None,
                bound=None if bound is None or abs(bound) == float("inf") else self.value(bound),
                gap=self.gap(cost, bound) if cost is not None and known and bound is not None else None,
                columns=columns,
                left=self.stopping.left,
            )
        )

    def solution(self, proof: Proof, best: Choice) -> Solution:
        """The plan, its hosts chosen once more, checked against the assessment, with its certificate."""
        worth = self.model.worth
        plan = planned(self.model, best)
        result = assessor(worth, plan)
        expected = self.value(best.cost)
        if abs(result.value - expected) > max(SAME * max(1.0, abs(expected)), UNSURE * self.rounding):
            msg = f"the plan is worth {result.value:.9f} by the assessment, {expected:.9f} by the solver"
            raise AssertionError(msg)
        plan = towards_today(worth, plan, self.stopping)
        result = assessor(worth, plan)
        rehosted, attainable = network_hosts(worth, plan, self.stopping.last(LAST_PATIENCE).left)
        again = assessor(worth, rehosted)
        no_worse = again.value >= result.value - 1e-12 and again.overload.sum() <= result.overload.sum() + 1e-9
        if no_worse and keeps_limits(worth, again.amounts):
            plan, result = rehosted, again
        assessment = result.result()
        network = assessment.network.model_copy(
            update={
                "reciprocity_attainable": max(attainable, assessment.network.reciprocity),
                "hosts_attainable": {
                    q.id: q.hosts for q, was in zip(rehosted, plan, strict=True) if q.hosts and q.hosts != was.hosts
                },
            }
        )
        # Where time ran out first, today's network may be a better plan than the one that was found.
        cost = min(best.cost, (self.constant - result.value) * self.model.scale)
        gap = self.gap(cost, proof.bound)
        found, now = self.model.found, today_plan(worth.scenario)
        today = assessor(worth, now)
        certificate = Certificate(
            status="optimal" if gap == 0.0 else "feasible",
            value=assessment.value,
            bound=assessment.value if gap == 0.0 else max(self.value(proof.bound), assessment.value) + self.rounding,
            gap=gap,
            alone=self.alone,
            candidates=Candidates(rule=found.sets.rule, count=found.priced, member_sets=len(found.sets.members)),
            seconds=self.stopping.seconds,
            today_breaches=Obeying(worth).breaches(now, today),
        )
        return Solution(
            plan,
            certificate,
            assessment.model_copy(update={"network": network}),
            today.result(),
            self.phases(),
        )

    def phases(self) -> dict[str, float]:
        """Seconds that each phase took; the proof goes on to the end."""
        ends = {**self.ends, "proof": self.stopping.seconds}
        before = [0.0, *ends.values()]
        return {phase: end - begin for (phase, end), begin in zip(ends.items(), before, strict=False)}
