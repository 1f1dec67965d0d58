"""Why this, and not that: what it gains, what the runner-up is, and what would bring it in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from regie_opt import __version__, engine
from regie_opt.insight.barriers import barriers
from regie_opt.insight.cells import Cells
from regie_opt.insight.gains import Situations, against
from regie_opt.insight.moves import Moves, ordered
from regie_opt.schema.explanation import (
    Alternative,
    Barrier,
    Change,
    Explained,
    Explanation,
    Loss,
    Question,
    Turning,
)
from regie_opt.schema.outcome import Outcome
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import Assessment, Guarantee, PlannedPartnership, ScenarioStamp
from regie_opt.schema.rules import Alone, End, Keep, Rule, Together, Without
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES, ROLES
from regie_opt.study import HALF, Solve, Study, with_plan
from regie_opt.study.contest import Contest, obstacles, rule_changes
from regie_opt.study.forced import exactly, forced, of_the_user, vetoes
from regie_opt.study.weights import weight_changes, weights

TIED = 1e-6
"""Loss that counts as none."""

Rival = tuple[Alternative, tuple[Rule, ...]]
"""An alternative and the rules under which the best plan has it."""


@dataclass(frozen=True)
class Wishes:
    """How much is wanted."""

    alternatives: int = 3
    """Local alternatives of which the rest of the plan is chosen anew."""
    reach: float = 0.5
    """How far weights are looked at, as a share of each; 0 leaves out what would have to change."""


@dataclass(frozen=True, eq=False)
class Explainer:
    """Answers questions about one plan of one scenario."""

    scenario: Scenario
    base: Scenario
    study: Study
    options: engine.Options
    wishes: Wishes
    given: tuple[PlannedPartnership, ...] | None = None
    """A complete plan to explain instead of the best one."""

    @cached_property
    def best(self) -> Outcome:
        """The best plan. Raises `Infeasible` and `NoPlanInTime` like `solve`."""
        best = Solve(self.scenario, self.base, self.options, near=self.scenario)
        return with_plan(self.study.results([best], HALF)[0])

    @cached_property
    def situations(self) -> Situations:
        """The plan that is explained, beside today and alone."""
        plan = self.best.partnerships if self.given is None else self.given
        return Situations(self.scenario, self.base, plan)

    def explain(self, question: Question, stamp: ScenarioStamp) -> Explanation:
        """The whole answer. Raises what `Study.results` raises."""
        q, seen = question.partnership, self.situations
        certificate = _proof(self.best)
        in_today = question.about == "ended"
        gains = shares = cells = totals = None
        if q is not None:
            gains = seen.gains_of_today(q.id) if in_today else seen.gains(q)
            shares = seen.members(q, in_today=in_today)
            cells = Cells(seen).of(q.members, _work(q.domains))
        if question.municipality is not None:
            totals = seen.totals(question.municipality)
            if question.about in ("cell", "why_not"):
                cells = Cells(seen).of([question.municipality], question.domains)
        rivals = [] if question.fixed else self._rivals(question)
        solved = self._solved(question, rivals)
        first, held = solved[0] if solved else (None, None)
        rest = ordered(one for one, _ in solved[1:])
        against_it: tuple[Barrier, ...] = ()
        if first is not None and first.conflict is not None:
            against_it = barriers(seen.worth, first.members, question.domains)
        return Explanation(
            question=question,
            plan=Explained(
                given=self.given is not None,
                value=seen.proposed.value,
                today=seen.today.value,
                best=certificate.value,
                status=certificate.status,
                gap=certificate.gap,
            ),
            gains=gains,
            members=shares or (),
            cells=cells or (),
            municipality=totals,
            alternatives=(*([first] if first else []), *rest),
            barriers=against_it,
            turning=self._turning(question, rivals, first, held),
            scenario=stamp,
            version=__version__,
        )

    # What else there could be

    def _rivals(self, question: Question) -> list[Rival]:
        """The alternatives to look at: the first is the one that the question is about."""
        q, domains = question.partnership, question.domains
        if question.about == "why_not" and q is not None and question.municipality is not None:
            return self._why_not(q, question.municipality, domains)
        if question.about == "ended" and q is not None:
            local = Moves(self.situations, q).restored()
            keep = Alternative(kind="keep", members=q.members, domains=domains, form=q.form, local=local)
            return [(keep, (Keep(kind="keep", partnership=q.id),))]
        if question.about == "partnership" and q is not None:
            return [self._without(q, domains), *self._others(q)]
        code = question.municipality
        if code is None:
            return []
        if question.about == "cell":
            return self._of_cell(code, domains)
        mine = [p for p in self.situations.plan if code in p.members and self._is_decided(p)]
        rivals = [self._without(p, _work(p.domains)) for p in mine]
        rivals += [self._alone(code, _work(p.domains)) for p in mine if not p.beside]
        return [*rivals, self._alone(code)]

    def _alone(self, code: str, domains: tuple[str, ...] = ()) -> Rival:
        one = Alternative(kind="alone", members=(code,), domains=domains)
        return one, (Alone(kind="alone", members=(code,), domains=domains or None),)

    def _is_decided(self, q: PlannedPartnership) -> bool:
        today = self.situations.worth.today
        return q.continues is None or not bool(today.fixed[today.index[q.continues]])

    def _without(self, q: PlannedPartnership, domains: tuple[str, ...]) -> Rival:
        local = Moves(self.situations, q).none() if set(domains) == set(_work(q.domains)) else None
        one = Alternative(kind="without", members=q.members, domains=domains, form=q.form, local=local)
        if q.beside:
            return one, (End(kind="end", partnership=q.continues or q.id),)
        return one, (Without(kind="without", members=q.members, form=q.form, domains=domains),)

    def _others(self, q: PlannedPartnership) -> list[Rival]:
        """The few best local alternatives, to be solved; others are told as they are."""
        if q.beside:
            return []
        return self._most_promising(Moves(self.situations, q).all())

    def _most_promising(self, found: Sequence[Alternative]) -> list[Rival]:
        count = self.wishes.alternatives
        best = list(found[:count])
        form = next((one for one in found if one.kind == "form"), None)
        if count > 1 and form is not None and form not in best:
            best[-1] = form  # the best other form is always among them
        rest = [one for one in found if one not in best][:count]
        solved: list[Rival] = [
            (one, exactly(self.scenario, one.members, one.domains, one.form if one.kind == "form" else None))
            for one in best
        ]
        return [*solved, *((one, ()) for one in rest)]

    def _why_not(self, q: PlannedPartnership, code: str, domains: tuple[str, ...]) -> list[Rival]:
        order = list(self.scenario.municipalities)
        members = tuple(sorted((*q.members, code), key=order.index))
        local = [one for one in Moves(self.situations, q).joining(code) if one is not None]
        if set(domains) != set(_work(q.domains)):
            local = []
        more = next((one.local for one in local if one.kind == "more"), None)
        join = Alternative(kind="join", members=members, domains=domains, joins=code, local=more)
        swaps = ordered(one for one in local if one.kind == "swap")
        rule = Together(kind="together", members=members, domains=domains)
        return [(join, (rule,)), *self._most_promising(swaps)]

    def _of_cell(self, code: str, domains: tuple[str, ...]) -> list[Rival]:
        held = [q for q in self.situations.plan if not q.beside and code in q.members and set(domains) & set(q.domains)]
        if not held:
            rule: Rule = Together(kind="together", members=(code,), domains=domains)
            return [(Alternative(kind="any", members=(code,), domains=domains), (rule,))]
        return [self._without(held[0], domains), self._alone(code, domains)]

    # Solving them

    def _solved(self, question: Question, rivals: Sequence[Rival]) -> list[tuple[Alternative, Outcome | None]]:
        tasks = [Solve(forced(self.scenario, rules), self.base, self.options) if rules else None for _, rules in rivals]
        outcomes = iter(self.study.results([task for task in tasks if task is not None], HALF))
        found: list[tuple[Alternative, Outcome | None]] = [
            (one, None) if task is None else self._told(question, one, next(outcomes))
            for (one, _), task in zip(rivals, tasks, strict=True)
        ]
        if question.about != "municipality":
            return found
        # Of a municipality the least that it could be without is what its place hangs on.
        least = ordered(one for one, _ in found)
        return sorted(found, key=lambda pair: least.index(pair[0]))

    def _told(self, question: Question, one: Alternative, outcome: Outcome) -> tuple[Alternative, Outcome]:
        if outcome.certificate is None or outcome.assessment is None:
            conflict = of_the_user(self.scenario, outcome.conflict) if outcome.status == "infeasible" else None
            told = one.model_copy(update={"conflict": conflict, "unfinished": outcome.status == "unfinished"})
            return told, outcome
        proposed = self.situations.proposed
        proven = outcome.status == "optimal" and (self.given is not None or self.best.status == "optimal")
        loss = Loss(
            value=outcome.certificate.value,
            loss=proposed.value - outcome.certificate.value,
            criteria=against(outcome.assessment.criteria, proposed.criteria).criteria,
            proven=proven,
        )
        who = {question.municipality} if question.about in ("cell", "municipality") else set(one.members)
        instead = tuple(
            p
            for p in outcome.partnerships
            if (
                one.kind != "keep"
                and not p.beside
                and who & set(p.members)
                and set(one.domains or p.domains) & set(p.domains)
            )
            or (one.kind == "keep" and question.partnership is not None and p.continues == question.partnership.id)
        )
        changes = _changes(outcome.assessment, proposed.result())
        return one.model_copy(update={"solved": loss, "instead": instead, "changes": changes}), outcome

    # What would have to change

    def _turning(
        self, question: Question, rivals: Sequence[Rival], first: Alternative | None, held: Outcome | None
    ) -> Turning | None:
        if first is None or held is None or self.wishes.reach <= 0 or held.status == "unfinished":
            return None
        rules = next(rules for one, rules in rivals if (one.kind, one.members, one.domains) == _name(first))
        contest = Contest(self.scenario, self.base, rules, self.options, self.best, held)
        impossible = held.certificate is None
        within = question.about in ("why_not", "ended")
        pairs = vetoes(self.scenario, first.members, within=within)
        if impossible:
            in_the_way = tuple(obstacles(self.study, contest, first.conflict or (), pairs))
            return Turning(range=self.wishes.reach, rules=in_the_way)
        if self._behind(held) <= TIED:
            return Turning(range=self.wishes.reach)
        some = weights(self.scenario, _work(first.domains))
        return Turning(
            range=self.wishes.reach,
            weights=weight_changes(self.study, contest, some, self.wishes.reach),
            rules=rule_changes(self.study, contest, tuple(self.scenario.rules), pairs),
        )

    def _behind(self, held: Outcome) -> float:
        """How much less than the best plan an alternative is worth."""
        return _proof(self.best).value - _proof(held).value


def _name(one: Alternative) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return one.kind, one.members, one.domains


def _proof(found: Outcome) -> Guarantee:
    """What is proven of an outcome that has a plan."""
    if found.certificate is None:
        raise ValueError("no plan, no certificate")
    return found.certificate


def _work(domains: Iterable[str]) -> tuple[str, ...]:
    """Domains that somebody recorded."""
    return tuple(domain for domain in domains if domain != UNKNOWN)


def _changes(other: Assessment, plan: Assessment) -> tuple[Change, ...]:
    return tuple(
        Change(
            code=a.code,
            hours={role: getattr(a.hours, role) - getattr(b.hours, role) for role in ROLES},
            motives={motive: a.motives[motive] - b.motives[motive] for motive in MOTIVES},
        )
        for a, b in zip(other.municipalities, plan.municipalities, strict=True)
    )
