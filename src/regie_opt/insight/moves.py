"""Local alternatives: other members or another form, with the rest of the plan held, each assessed exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from regie_opt.engine import Obeying
from regie_opt.insight.gains import Situations, against
from regie_opt.schema.explanation import Alternative, Kind, Loss
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth import PlanError, complete_plan
from regie_opt.worth.assessment import assessor

MOST_HOSTS = 100
"""Ways to choose hosts that are tried; mutual services of more are left to a solve."""

Plan = tuple[PlannedPartnership, ...]


@dataclass(frozen=True, eq=False)
class Moves:
    """One partnership of a plan with other members, in another form, or not at all."""

    situations: Situations
    subject: PlannedPartnership

    @cached_property
    def _rules(self) -> Obeying:
        return Obeying(self.situations.worth)

    @property
    def _others(self) -> Plan:
        return tuple(q for q in self.situations.plan if q.id != self.subject.id)

    def all(self) -> tuple[Alternative, ...]:
        """Every lawful other form, and one member less, more or another; the smallest loss first."""
        members, codes = self.subject.members, tuple(self.situations.scenario.municipalities)
        forms = [f for f in self.situations.scenario.forms if f != self.subject.form]
        found = [self._with(members, form, "form") for form in forms]
        found += [self._with(_less(members, c), self.subject.form, "less", leaves=c) for c in members]
        for joining in (c for c in codes if c not in members):
            found += self.joining(joining)
        return ordered(a for a in found if a is not None)

    def joining(self, code: str) -> list[Alternative | None]:
        """One more member, and that one in the place of each."""
        members, form = self.subject.members, self.subject.form
        one_more = self._with((*members, code), form, "more", joins=code)
        return [one_more] + [
            self._with((*_less(members, out), code), form, "swap", joins=code, leaves=out) for out in members
        ]

    def restored(self) -> Loss | None:
        """A partnership of today as it is, put back in a plan that ends it; its members leave what is in its place."""
        rest = self._others if self.subject.beside else self._freed(self._others, self.subject.members)
        return None if rest is None else self._loss((*rest, self.subject))

    def none(self) -> Loss | None:
        """Without it: its members alone in its domains."""
        return self._loss(self._others)

    def _with(
        self,
        members: Sequence[str],
        form: str,
        kind: Kind,
        joins: str | None = None,
        leaves: str | None = None,
    ) -> Alternative | None:
        """The best choice of hosts of one alternative; None where it is no plan or breaks a rule."""
        order = list(self.situations.scenario.municipalities)
        some = tuple(sorted(members, key=order.index))
        rest = self._freed(self._others, some)
        if rest is None:
            return None
        losses = [loss for q in self._hosted(some, form) if (loss := self._loss((*rest, q))) is not None]
        if not losses:
            return None
        return Alternative(
            kind=kind,
            members=some,
            domains=self.subject.domains,
            form=form,
            joins=joins,
            leaves=leaves,
            local=max(losses, key=lambda loss: loss.value),
        )

    def _hosted(self, members: tuple[str, ...], form: str) -> Iterator[PlannedPartnership]:
        """The partnership with each choice of hosts; it goes on as the one of today that it continued, if it can."""
        subject, hosting = self.subject, self.situations.scenario.forms[form].hosting
        domains = subject.domains
        stays = subject.continues if form == subject.form else None
        bare = PlannedPartnership(id=subject.id if stays else "", form=form, members=members, domains=domains)
        if hosting == "none":
            choices: list[tuple[str, ...] | None] = [None]
        elif hosting == "centre":
            choices = [(code,) * len(domains) for code in members]
        elif len(members) ** len(domains) <= MOST_HOSTS:
            choices = [*product(members, repeat=len(domains))]
        else:
            choices = []
        for choice in choices:
            hosts = None if choice is None else dict(zip(domains, choice, strict=True))
            for continues in dict.fromkeys((stays, None)):
                origin = None if continues else "new"
                yield bare.model_copy(update={"hosts": hosts, "continues": continues, "origin": origin})

    def _freed(self, plan: Plan, members: Sequence[str]) -> Plan | None:
        """A plan in which these have nothing in the domains: they leave what carries them. None where they cannot."""
        wanted = set(self.subject.domains) - {UNKNOWN}
        fixed = dict(zip(self.situations.worth.today.keys, self.situations.worth.today.fixed, strict=True))
        result: list[PlannedPartnership] = []
        for q in plan:
            going = set(members) & set(q.members) if wanted & set(q.domains) and not q.beside else set()
            if going and fixed.get(q.continues or "", False):
                return None
            staying = tuple(c for c in q.members if c not in going)
            now = self.situations.scenario.partnerships.get(q.continues or "")
            whole = len(staying) + (now.outside.members if now else 0) >= 2
            if going and (not whole or not staying or set((q.hosts or {}).values()) & going):
                continue  # it ends: one member is no partnership, and without its host it is another
            result.append(q.model_copy(update={"members": staying, "origin": None if q.continues else "new"}))
        return tuple(result)

    def _loss(self, plan: Plan) -> Loss | None:
        """What is lost by a plan; None where it is none, or breaks a rule that the plan itself obeys."""
        seen = self.situations
        try:
            whole = complete_plan(seen.scenario, plan)
        except PlanError:
            return None
        work = [q for q in whole if q.origin in ("new", "changed") and not q.beside]
        known = {(q.form, q.members, q.domains, q.continues) for q in seen.plan}
        fresh = [q for q in work if (q.form, q.members, q.domains, q.continues) not in known]
        if any(True for q in fresh for _ in self._rules.impossible(q)):
            return None
        if set(self._rules.broken(whole)) - set(self._broken):
            return None
        result = assessor(seen.worth, whole)
        return Loss(
            value=result.value,
            loss=seen.proposed.value - result.value,
            criteria=against(result.criteria, seen.proposed.criteria).criteria,
            proven=False,
        )

    @cached_property
    def _broken(self) -> tuple[str, ...]:
        return self._rules.broken(self.situations.plan)


def ordered(found: Iterator[Alternative]) -> tuple[Alternative, ...]:
    """The smallest loss first; those without one last."""

    def loss(one: Alternative) -> float:
        known = one.solved or one.local
        return float("inf") if known is None else known.loss

    return tuple(sorted(found, key=loss))


def _less(members: Sequence[str], code: str) -> tuple[str, ...]:
    return tuple(c for c in members if c != code)
