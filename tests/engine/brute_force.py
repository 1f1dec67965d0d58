"""Every plan of a small scenario, one by one, and every rule as its docstring says it: what `solve` must agree with.

Independent of the engine: only the schema, and worth for what a plan is worth.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, product

import numpy as np

from regie_opt.schema.lawful import unlawful
from regie_opt.schema.parameters import CRITERIA, CriterionKey
from regie_opt.schema.partnership import UNKNOWN, Partnership
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import (
    Alone,
    Apart,
    BoardHours,
    Contiguity,
    Distance,
    End,
    Forms,
    HostCapacity,
    Keep,
    Largest,
    LeastTrust,
    Limit,
    MostChanges,
    MostPartnerships,
    Rule,
    Together,
    Untouched,
    Without,
)
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES
from regie_opt.worth import today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.value import Worth

from .instances import instance

MOST_MUTUAL = 4
"""Members of mutual services at most."""
SAME = 1e-6
COLLEGE = 0


class TooManyPlans(Exception):
    """The scenario has more plans than can be listed."""


def known(domains: Sequence[str]) -> frozenset[str]:
    """Domains without `unknown`."""
    return frozenset(domains) - {UNKNOWN}


def is_fixed(today: Partnership) -> bool:
    """Whether nothing is decided on a partnership of today: imposed by law, or nobody knows what it does."""
    return today.frozen or not known(today.domains)


@dataclass(frozen=True)
class Whole:
    """A whole plan as the rules see it."""

    partnerships: tuple[PlannedPartnership, ...]
    college_hours: tuple[float, ...]
    """Per municipality, per year."""
    work_for_others: tuple[float, ...]
    """Per municipality, fte."""
    amounts: tuple[float, ...]
    """Of each criterion, in the order of `CRITERIA`."""

    def amount(self, key: CriterionKey) -> float:
        return self.amounts[CRITERIA.index(key)]


@dataclass(frozen=True)
class Best:
    """What listing all plans has found."""

    value: float
    plan: tuple[PlannedPartnership, ...]


class RuleBook:
    """The rules of a scenario, each on its own."""

    def __init__(self, worth: Worth) -> None:
        self.worth = worth
        self.scenario = worth.scenario
        self.region = worth.region
        self.at = {code: m for m, code in enumerate(self.scenario.municipalities)}
        self.fixed = {key for key, p in self.scenario.partnerships.items() if is_fixed(p)}

        self.ended = {r.partnership for r in self.scenario.rules.values() if isinstance(r, End)}

    def serves(self, code: str, domain: str) -> str:
        """Which one of today does the work of a cell: the fixed one, else that with most staff, else the first."""
        those = [
            key
            for key, p in self.scenario.partnerships.items()
            if code in p.members
            and domain in p.domains
            and not p.beside
            and (key in self.fixed or key not in self.ended)
        ]
        d = list(self.scenario.domains).index(domain)
        people = self.region.staff[:, d].sum() / self.region.population.sum()

        def staff(key: str) -> float:
            p = self.scenario.partnerships[key]
            return float(sum(self.region.staff[self.at[c], d] for c in p.members) + p.outside.inhabitants * people)

        return max(those, key=lambda key: (key in self.fixed, staff(key), -list(self.scenario.partnerships).index(key)))

    def decided(self, q: PlannedPartnership) -> bool:
        return q.continues not in self.fixed

    def now(self, q: PlannedPartnership) -> Partnership | None:
        return None if q.continues is None else self.scenario.partnerships[q.continues]

    def as_today(self, q: PlannedPartnership) -> bool:
        """Members, domains and hosts as they are today."""
        now = self.now(q)
        if now is None or set(now.members) != set(q.members) or known(now.domains) != known(q.domains):
            return False
        hosted = self.scenario.forms[q.form].hosting != "none"
        return not hosted or {d: h for d, h in (q.hosts or {}).items() if d != UNKNOWN} == self.hosts_now(now)

    def hosts_now(self, now: Partnership) -> dict[str, str | None]:
        """Who does the work of each domain today."""
        return {d: now.hosts.get(d, now.host) for d in known(now.domains)}

    def newly_shaped(self, q: PlannedPartnership) -> bool:
        """Whether its member set is another one than that of the partnership it continues."""
        now = self.now(q)
        return now is None or set(now.members) != set(q.members)

    def pairs(self, q: PlannedPartnership) -> list[tuple[int, int]]:
        return list(combinations([self.at[c] for c in q.members], 2))

    # Law and nature: what holds without any rule

    def impossible(self, q: PlannedPartnership) -> str | None:
        """Why one partnership that does the work can be in no plan, whatever the rules; None when it can."""
        form, now = self.scenario.forms[q.form], self.now(q)
        away = 0 if now is None else now.outside.members
        size = len(q.members) + away
        checks: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("two members", lambda: size < 2 or len(set(q.members)) != len(q.members)),
            ("some domain", lambda: not known(q.domains)),
            ("lawful", lambda: any(unlawful(form, self.scenario.domains[d]) for d in known(q.domains))),
            ("statutory", lambda: any(self.scenario.domains[d].statutory for d in known(q.domains))),
            ("veto", lambda: any(self.region.veto[i, j] for i, j in self.pairs(q))),
            ("largest of the form", lambda: self.newly_shaped(q) and form.largest is not None and size > form.largest),
            ("trust of the form", lambda: self.newly_shaped(q) and self.form_trust(q) < form.least_trust),
            ("portfolio", lambda: not self._in_scope(q, now)),
            ("idle host", lambda: form.hosting == "mutual" and not self.as_today(q) and self._idle(q)),
            ("mutual services", lambda: self._too_many_mutual(q)),
            ("hosts", lambda: not self._hosted(q)),
            ("continues", lambda: now is not None and not self._continues(q, now)),
        )
        return next((name for name, fails in checks if fails()), None)

    def least_trust(self, q: PlannedPartnership) -> float:
        return min((float(self.region.trust[i, j]) for i, j in self.pairs(q)), default=1.0)

    def form_trust(self, q: PlannedPartnership) -> float:
        """Trust that a form looks at: of each member in the one host, else the mean of all pairs."""
        trust = self.region.trust
        if self.scenario.forms[q.form].hosting == "centre" and q.hosts:
            host = self.at[next(iter(q.hosts.values()))]
            return min((float(trust[self.at[c], host]) for c in q.members if self.at[c] != host), default=1.0)
        pairs = [float(trust[i, j]) for i, j in self.pairs(q)]
        return sum(pairs) / len(pairs) if pairs else 1.0

    def _in_scope(self, q: PlannedPartnership, now: Partnership | None) -> bool:
        """One portfolio, but in forms that bundle; today's goes on with what it has and the rest of its portfolio."""
        form = self.scenario.forms[q.form]
        if now is None and len(q.domains) < form.least_domains:
            return False
        if form.scope != "portfolio":
            return True
        portfolios = {self.scenario.domains[d].portfolio for d in known(q.domains)}
        if now is None:
            return len(portfolios) == 1
        before = {self.scenario.domains[d].portfolio for d in known(now.domains)}
        return known(q.domains) <= known(now.domains) or (len(before) == 1 and portfolios <= before)

    def _idle(self, q: PlannedPartnership) -> bool:
        return set((q.hosts or {}).values()) != set(q.members)

    def partial(self, q: PlannedPartnership) -> bool:
        """Whether a new whole organisation leaves out what it could carry, other than portfolios that it may leave."""
        form = self.scenario.forms[q.form]
        if form.scope != "organisation" or q.continues is not None:
            return False
        held = {
            (c, d)
            for key in self.fixed
            for c in self.scenario.partnerships[key].members
            for d in self.scenario.partnerships[key].domains
            if not self.scenario.partnerships[key].beside
        }
        could = set()
        for d, domain in self.scenario.domains.items():
            if domain.statutory or unlawful(form, domain) or any((c, d) in held for c in q.members):
                continue
            alone = q.model_copy(update={"domains": (d,)})
            split = any(
                isinstance(r, Together)
                and d in r.domains
                and set(r.members) & set(q.members)
                and not set(r.members) <= set(q.members)
                for r in self.scenario.rules.values()
            )
            if not split and not any(
                isinstance(r, _OF_DOMAINS) and self.breaks(r, alone) for r in self.scenario.rules.values()
            ):
                could.add(d)
        left = could - set(q.domains)
        portfolios = {self.scenario.domains[d].portfolio for d in left}
        whole = {d for d in could if self.scenario.domains[d].portfolio in portfolios}
        return left != whole or not portfolios <= set(form.may_leave)

    def grown(self, q: PlannedPartnership) -> bool:
        """Whether it is today's with up to three more, one after the other bordering on what there was."""
        now = self.now(q)
        if now is None or not set(now.members) < set(q.members) or len(set(q.members) - set(now.members)) > 3:
            return False
        if not any(isinstance(r, Contiguity) for r in self.scenario.rules.values()):
            return True
        inside, rest = set(now.members), set(q.members) - set(now.members)
        while near := {c for c in rest if any(self.region.borders[self.at[c], self.at[o]] for o in inside)}:
            inside, rest = inside | near, rest - near
        return not rest

    def _too_many_mutual(self, q: PlannedPartnership) -> bool:
        mutual = self.scenario.forms[q.form].hosting == "mutual"
        return mutual and len(q.members) > MOST_MUTUAL and not self.as_today(q)

    def _hosted(self, q: PlannedPartnership) -> bool:
        hosting = self.scenario.forms[q.form].hosting
        hosts = {d: c for d, c in (q.hosts or {}).items() if d != UNKNOWN}
        if hosting == "none":
            return not hosts
        who = set(hosts.values())
        if set(hosts) != known(q.domains) or not who <= set(q.members):
            return False
        now = self.now(q)
        if hosting == "centre" and now is not None:
            return who == {now.host}
        # who is not willing takes on nothing, but goes on with what it hosts
        goes_on = {} if now is None else self.hosts_now(now)
        willing = all(self.scenario.municipalities[c].willing_host or goes_on.get(d) == c for d, c in hosts.items())
        return willing and (hosting == "mutual" or len(who) == 1)

    def _continues(self, q: PlannedPartnership, now: Partnership) -> bool:
        shares = bool(set(now.members) & set(q.members)) and bool(known(now.domains) & set(q.domains))
        # members outside the region agreed to today's work, and cannot be asked for more
        agreed = now.outside.members == 0 or set(q.domains) <= set(now.domains)
        return now.form == q.form and shares and agreed and not now.beside

    # Rules about one partnership

    def breaks(self, rule: Rule, q: PlannedPartnership) -> bool:
        """Whether one partnership that does the work breaks a rule by itself."""
        if isinstance(rule, Contiguity | Largest | Distance | LeastTrust):
            return self.newly_shaped(q) and self._misshapen(rule, q)
        if isinstance(rule, Forms):
            here = rule.domains is None or bool(set(rule.domains) & set(q.domains))
            return q.continues is None and here and q.form not in rule.allow
        if isinstance(rule, Apart):
            here = rule.domains is None or bool(set(rule.domains) & set(q.domains))
            return here and len(set(rule.members) & set(q.members)) >= 2
        if isinstance(rule, Without):
            here = rule.domains is None or bool(set(rule.domains) & set(q.domains))
            return here and set(rule.members) == set(q.members) and rule.form in (None, q.form)
        if isinstance(rule, Alone):
            here = rule.domains is None or bool(set(rule.domains) & set(q.domains))
            return here and bool(set(rule.members) & set(q.members))
        if isinstance(rule, End):
            return q.continues == rule.partnership
        if isinstance(rule, Untouched):
            return q.continues == rule.partnership and not self.as_today(q)
        return False

    def _misshapen(self, rule: Rule, q: PlannedPartnership) -> bool:
        if isinstance(rule, Contiguity | Largest) and self.grown(q):
            return False
        if isinstance(rule, Contiguity):
            return not self._connected([self.at[c] for c in q.members])
        if isinstance(rule, Largest):
            return len(q.members) > rule.members
        if isinstance(rule, Distance):
            now = self.now(q)
            before = {self.at[c] for c in now.members} if now is not None and self.grown(q) else set()
            return any(self.region.distance_km[i, j] > rule.km and not {i, j} <= before for i, j in self.pairs(q))
        assert isinstance(rule, LeastTrust)
        return rule.form in (None, q.form) and self.least_trust(q) < rule.trust

    def _connected(self, members: list[int]) -> bool:
        reached, edge = {members[0]}, [members[0]]
        while edge:
            i = edge.pop()
            near = {j for j in members if self.region.borders[i, j]} - reached
            reached |= near
            edge += near
        return reached == set(members)

    # Rules about a whole plan

    def broken_by(self, rule: Rule, plan: Whole) -> bool:
        """Whether a whole plan breaks a rule that no partnership breaks by itself."""
        qs = plan.partnerships
        if isinstance(rule, Together):
            work = [q for q in qs if not q.beside]
            return not all(
                any(d in q.domains and set(rule.members) <= set(q.members) for q in work) for d in rule.domains
            )
        if isinstance(rule, Keep | Untouched):
            return all(q.continues != rule.partnership for q in qs)
        if isinstance(rule, End):
            return any(q.continues == rule.partnership for q in qs)
        if isinstance(rule, BoardHours):
            return bool((np.array(plan.college_hours) > self.region.board_hours + SAME).any())
        if isinstance(rule, HostCapacity):
            return bool((np.array(plan.work_for_others) > self.region.host_capacity + SAME).any())
        if isinstance(rule, MostPartnerships):
            return any(sum(c in q.members for q in qs) > rule.number for c in self.at)
        if isinstance(rule, MostChanges):
            return self.changes(qs) > rule.number
        if isinstance(rule, Limit):
            return bool(self.passed(rule, np.array(plan.amount(rule.criterion))))
        return False

    def passed(self, limit: Limit, amounts: np.ndarray) -> np.ndarray:
        """Which amounts of its criterion break a limit."""
        slack = 2e-7 * self.worth.references[limit.criterion]
        most = np.inf if limit.at_most is None else limit.at_most
        least = -np.inf if limit.at_least is None else limit.at_least
        return (amounts > most + slack) | (amounts < least - slack)

    def changes(self, plan: Sequence[PlannedPartnership]) -> int:
        """Partnerships started, ended and changed."""
        started = sum(q.continues is None for q in plan)
        ended = len(set(self.scenario.partnerships) - {q.continues for q in plan})
        changed = sum(q.continues is not None and self.decided(q) and not self.as_today(q) for q in plan)
        return started + ended + changed

    def _doubled(self, q: PlannedPartnership, plan: Sequence[PlannedPartnership], code: str, domain: str) -> bool:
        """Whether a cell of what goes on exactly as today is served by another of today, as it is today."""
        if not self.as_today(q) or q.continues in self.ended:
            return False
        now = {p.continues: p for p in plan if p.continues}
        mains = [
            (self.serves(c, d), c, d) for c in q.members for d in known(q.domains) if self.serves(c, d) != q.continues
        ]
        is_so = all(key in now and c in now[key].members and d in now[key].domains for key, c, d in mains)
        return is_so and (code, domain) in {(c, d) for _, c, d in mains}

    def whole(self, plan: Sequence[PlannedPartnership]) -> Whole:
        """A plan with what the assessment says of its hours and its work for others."""
        seen = assessor(self.worth, plan)
        amounts = tuple(seen.amounts[key] for key in CRITERIA)
        return Whole(tuple(plan), tuple(seen.hours[:, COLLEGE]), tuple(seen.flows.sum(axis=1)), amounts)

    def broken(self, plan: Sequence[PlannedPartnership]) -> list[str]:
        """Everything that is wrong with a plan: law, nature, structure and rules."""
        wrong = []
        work = [q for q in plan if self.decided(q) and not q.beside]
        for q in work:
            if reason := self.impossible(q):
                wrong.append(f"{q.id}: {reason}")
            wrong += [name for name, rule in self.scenario.rules.items() if self.breaks(rule, q)]
            wrong += [f"{q.id}: not whole"] if self.partial(q) else []
        continued = [q.continues for q in plan if q.continues]
        if len(set(continued)) < len(continued):
            wrong.append("continued twice")
        if not self.fixed <= set(continued):
            wrong.append("fixed partnership left out")
        for q in plan:
            now = self.now(q)
            if now is not None and now.beside and not (q.beside and self.as_today(q)):
                wrong.append(f"{q.id}: table beside the work changed")
        decided = [
            (c, d) for q in work for c in q.members for d in known(q.domains) if not self._doubled(q, plan, c, d)
        ]
        fixed = {(c, d) for q in plan if not (self.decided(q) or q.beside) for c in q.members for d in known(q.domains)}
        if len(set(decided)) < len(decided) or fixed & set(decided):
            wrong.append("cell in two partnerships")
        whole = self.whole(plan)
        wrong += [name for name, rule in self.scenario.rules.items() if self.broken_by(rule, whole)]
        return wrong


@dataclass(frozen=True)
class Sums:
    """What adds up over the partnerships of a plan."""

    value: float
    """Overload left out."""
    hours: tuple[float, ...]
    work: tuple[float, ...]
    amounts: tuple[float, ...]
    """Of each criterion, overload left out."""

    def __sub__(self, other: "Sums") -> "Sums":
        def less(some: tuple[float, ...], start: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(a - b for a, b in zip(some, start, strict=True))

        hours, work = less(self.hours, other.hours), less(self.work, other.work)
        return Sums(self.value - other.value, hours, work, less(self.amounts, other.amounts))


@dataclass(frozen=True, eq=False)
class Part:
    """One partnership that a plan may have."""

    plans: "Plans"
    planned: PlannedPartnership
    cells: int
    """Bits of the cells that it holds."""
    continues: int
    """Bit of the partnership of today that it continues, 0 for none."""
    needs: tuple[tuple[str, int], ...] = ()
    """Partnerships of today, with bits of cells that they must hold: it serves those cells twice, as today."""

    @cached_property
    def adds(self) -> Sums:
        """What it adds to everybody being alone; nothing in cells that another serves."""
        whole = self.plans.sums([self.planned]) - self.plans.start
        return self.plans.less_doubled(whole, self) if self.needs else whole


class Plans:
    """All plans of a scenario that obey its rules."""

    def __init__(self, scenario: Scenario, base: Scenario, worth: Worth | None = None) -> None:
        self.scenario = scenario
        self.worth = worth or Worth(scenario, base)
        self.book = RuleBook(self.worth)
        self.today = {q.id: q for q in today_plan(scenario)}
        self.fixed = [self.today[k] for k in scenario.partnerships if k in self.book.fixed]
        self.tables = [q for k, q in self.today.items() if q.beside and k not in self.book.fixed]
        self.whole_rules = [r for r in scenario.rules.values() if not isinstance(r, _OF_ONE)]

    def obeying(self, names: Sequence[str]) -> "Plans":
        """The same with only these of the rules."""
        return self.under({n: r for n, r in self.scenario.rules.items() if n in names})

    def under(self, rules: Mapping[str, Rule]) -> "Plans":
        """The same under other rules; prices are not computed again."""
        other = Plans(self.scenario.model_copy(update={"rules": dict(rules)}), self.worth.base)
        vars(other).update(by_themselves=self.by_themselves, table_parts=self.table_parts, start=self.start)
        return other

    # What there is to choose from

    def _cells(self, members: Sequence[str], domains: Sequence[str]) -> int:
        width = len(self.scenario.domains)
        order = list(self.scenario.domains)
        return sum(1 << (self.book.at[c] * width + order.index(d)) for c in members for d in known(domains))

    @cached_property
    def blocked(self) -> int:
        """Cells that fixed partnerships hold."""
        held = 0
        for q in self.fixed:
            if not q.beside:
                held |= self._cells(q.members, q.domains)
        return held

    def _imaginable(self) -> Iterator[PlannedPartnership]:
        """Every form, member set, set of domains, continuation and hosts."""
        codes = list(self.scenario.municipalities)
        open_today = [k for k, q in self.today.items() if k not in self.book.fixed and not q.beside]
        domains = [d for d, v in self.scenario.domains.items() if not v.statutory]
        for key, form in self.scenario.forms.items():
            going_on = [k for k in open_today if self.scenario.partnerships[k].form == key]
            lawful = [d for d in domains if unlawful(form, self.scenario.domains[d]) is None]
            for members, carried, now in product(_subsets(codes, 1), _subsets(lawful, 1), [None, *going_on]):
                if self._cells(members, carried) & self.blocked:
                    continue
                for hosts in self._hosts(form.hosting, members, carried):
                    yield PlannedPartnership(
                        id=now or "new", form=key, members=members, domains=carried, hosts=hosts, continues=now
                    )

    def _hosts(
        self, hosting: str, members: tuple[str, ...], domains: tuple[str, ...]
    ) -> Iterator[dict[str, str] | None]:
        if hosting == "none":
            yield None
        elif hosting == "centre":
            yield from (dict.fromkeys(domains, m) for m in members)
        else:
            yield from (dict(zip(domains, who, strict=True)) for who in product(members, repeat=len(domains)))

    @cached_property
    def start(self) -> Sums:
        """Everybody alone but for what is fixed."""
        return self.sums([])

    def sums(self, more: Sequence[PlannedPartnership]) -> Sums:
        """What the assessment says of some partnerships with those that are fixed."""
        seen = assessor(self.worth, [*self.fixed, *more])
        value = sum(c.contribution for c in seen.criteria if c.key != "overload")
        amounts = tuple(0.0 if key == "overload" else seen.amounts[key] for key in CRITERIA)
        return Sums(value, tuple(seen.hours[:, COLLEGE].tolist()), tuple(seen.flows.sum(axis=1).tolist()), amounts)

    def _part(self, q: PlannedPartnership) -> Part:
        bit = 1 << list(self.today).index(q.continues) if q.continues else 0
        return Part(self, q, 0 if q.beside else self._cells(q.members, q.domains), bit)

    @cached_property
    def parts(self) -> list[Part]:
        """Every partnership that law and nature allow, whatever the rules but for what they end of today."""
        return self.by_themselves + self._doubled

    @cached_property
    def by_themselves(self) -> list[Part]:
        """Those that hold all their cells."""
        return [self._part(q) for q in self._imaginable() if self.book.impossible(q) is None]

    @cached_property
    def _doubled(self) -> list[Part]:
        """Those of today that go on exactly as they are beside others that serve some of their cells."""
        found = []
        for key, q in self.today.items():
            if q.beside or key in self.book.fixed or any(k == key for k in self.book.ended):
                continue
            q = q.model_copy(update={"domains": tuple(d for d in q.domains if d != UNKNOWN)})
            if q.hosts:
                q = q.model_copy(update={"hosts": {d: h for d, h in q.hosts.items() if d != UNKNOWN}})
            needs: dict[str, int] = {}
            for code in q.members:
                for d in q.domains:
                    main = self.book.serves(code, d)
                    if main != key:
                        needs[main] = needs.get(main, 0) | self._cells([code], [d])
            if needs and self.book.impossible(q) is None:
                cells = self._cells(q.members, q.domains) & ~sum(needs.values())
                if not cells & self.blocked:
                    bit = 1 << list(self.today).index(key)
                    open_needs = tuple((k, c) for k, c in needs.items() if k not in self.book.fixed)
                    found.append(Part(self, q, cells, bit, open_needs or (("", 0),)))
        return found

    def less_doubled(self, whole: Sums, part: Part) -> Sums:
        """What a partnership adds but for what it brings cells that others serve."""
        seen, start = assessor(self.worth, [*self.fixed, part.planned]), assessor(self.worth, self.fixed)
        region, amounts, value = self.worth.region, list(whole.amounts), whole.value
        for code in part.planned.members:
            for d in part.planned.domains:
                if self.book.serves(code, d) == part.planned.continues:
                    continue
                m, at = self.book.at[code], list(self.scenario.domains).index(d)
                for q, motive in enumerate(MOTIVES):
                    if motive == "cost":
                        more = region.spending[m, at] * (seen.saved_share[m, at] - start.saved_share[m, at])
                    else:
                        more = seen.satisfaction[q, m, at] - start.satisfaction[q, m, at]
                    amounts[CRITERIA.index(motive)] -= region.want[q, m, at] * more
                    value -= self.worth.coefficients[motive] * region.want[q, m, at] * more
        return Sums(value, whole.hours, whole.work, tuple(amounts))

    @cached_property
    def table_parts(self) -> list[Part]:
        """Tables beside the work, kept as they are."""
        return [self._part(q) for q in self.tables]

    # Every plan

    @cached_property
    def by_first(self) -> dict[int, list[Part]]:
        """Parts that break no rule by themselves, by the first cell that they hold."""
        rules = list(self.scenario.rules.values())
        by_first: dict[int, list[Part]] = {}
        for p in self.parts:
            if not self.book.partial(p.planned) and not any(self.book.breaks(r, p.planned) for r in rules):
                first = (p.cells & -p.cells).bit_length() - 1 if p.cells else -p.continues
                by_first.setdefault(first, []).append(p)
        return dict(sorted(by_first.items()))

    def chosen(self) -> Iterator[tuple[Part, ...]]:
        """Every set of partnerships in which no cell is in two and none of today is continued twice."""
        choices = list(self.by_first.values())
        kept = [tuple(t) for t in _subsets(self.table_parts, 0)]
        stack: list[tuple[int, int, int, tuple[Part, ...]]] = [(0, 0, 0, ())]
        while stack:
            at, taken, continued, so_far = stack.pop()
            if at == len(choices):
                if self._served(so_far):
                    yield from ((*so_far, *tables) for tables in kept)
                continue
            stack.append((at + 1, taken, continued, so_far))
            for p in choices[at]:
                if not (p.cells & taken or p.continues & continued):
                    stack.append((at + 1, taken | p.cells, continued | p.continues, (*so_far, p)))

    def _served(self, parts: Sequence[Part]) -> bool:
        """Whether what is doubled is so by what goes on."""
        cells = {p.planned.continues: p.cells for p in parts}
        return all(not need & ~cells.get(key or None, 0) for p in parts for key, need in p.needs)

    def count(self) -> int:
        """How many sets `chosen` lists at most: parts that hold the same count together."""
        choices = [Counter((p.cells, p.continues) for p in parts) for parts in self.by_first.values()]

        @cache
        def ways(at: int, taken: int, continued: int) -> int:
            if at == len(choices):
                return 1
            fit = [(c, k, n) for (c, k), n in choices[at].items() if not (c & taken or k & continued)]
            further = (n * ways(at + 1, taken | c, continued | k) for c, k, n in fit)
            return ways(at + 1, taken, continued) + sum(further)

        return ways(0, 0, 0) << len(self.table_parts)

    def whole(self, parts: tuple[Part, ...]) -> Whole:
        """The plan as the rules see it."""
        sums = [self.start, *(p.adds for p in parts)]
        hours, work, amounts = (
            [sum(some) for some in zip(*each, strict=True)]
            for each in ([s.hours for s in sums], [s.work for s in sums], [s.amounts for s in sums])
        )
        over = np.maximum(0.0, np.array(hours) - self.worth.region.board_hours).sum()
        amounts[CRITERIA.index("overload")] = float(over)
        planned = (*self.fixed, *(p.planned for p in parts))
        return Whole(planned, tuple(hours), tuple(work), tuple(amounts))

    def obeys(self, whole: Whole) -> bool:
        """Whether a plan obeys the rules that see more than one partnership."""
        return not any(self.book.broken_by(rule, whole) for rule in self.whole_rules)

    def value(self, parts: tuple[Part, ...], whole: Whole) -> float:
        """Value of a plan: what its parts add, and the overload of all of them together."""
        over = self.worth.coefficients["overload"] * whole.amount("overload")
        return self.start.value + sum(p.adds.value for p in parts) + over

    def every(self) -> Iterator[tuple[float, Whole]]:
        """Every plan that obeys the rules, with its value."""
        for parts in self.chosen():
            whole = self.whole(parts)
            if self.obeys(whole):
                yield self.value(parts, whole), whole

    def any(self) -> bool:
        """Whether there is a plan."""
        return any(True for _ in self.every())

    @cached_property
    def priced(self) -> tuple[int, float | None]:
        """How many plans obey the rules, and the value of the best of them, by the prices of its parts."""
        values = [value for value, _ in self.every()]
        return len(values), max(values, default=None)

    @property
    def number(self) -> int:
        """How many plans obey the rules."""
        return self.priced[0]

    def most(self) -> float | None:
        """Value of the best plan; None when there is none."""
        return self.priced[1]

    def assessed(self, whole: Whole) -> float:
        """Value of a plan by the assessment."""
        return assessor(self.worth, whole.partnerships).value

    def best(self, most: int | None = None, *, assessed: int | None = None) -> Best | None:
        """The best of all plans; None when there is none. Every plan is listed and assessed, unless there are too many.

        Prices of the parts must add up to the assessment of each plan. With `assessed`, not all of a longer list are
        assessed, but at least so many, evenly spread over it, and all that may be the best by the prices.
        """
        if most is not None and self.count() > most:
            raise TooManyPlans
        best, values = None, []
        step = 1 if assessed is None else max(1, self.count() // assessed)
        heaviest = max(one.weight for one in self.scenario.criteria.values())
        for number, (added, whole) in enumerate(self.every()):
            values.append(added)
            rounding = 1e-9 + 1e-12 * max(heaviest, abs(added))
            if best is not None and number % step and added < best.value - rounding:
                continue
            value = self.assessed(whole)
            assert abs(value - added) < rounding, "parts do not add up to the assessment"
            if best is None or value > best.value:
                best = Best(value, whole.partnerships)
        self.priced = len(values), max(values, default=None)
        return best


_OF_DOMAINS = Forms | Apart | Without | Alone
_OF_ONE = Contiguity | Largest | Distance | LeastTrust | Forms | Apart | Without | Alone


def _subsets(items: Sequence, least: int) -> list[tuple]:
    return [pick for size in range(least, len(items) + 1) for pick in combinations(items, size)]


MOST_PLANS = 30_000
"""Plans of a random scenario at most."""
ASSESSED = 500
"""Plans of a random scenario that are assessed at least, where it has more; the slow suite assesses all."""


@dataclass(frozen=True, eq=False)
class Listed:
    """A random scenario of which every plan can be listed."""

    scenario: Scenario
    base: Scenario
    """What fixes the references of the value: the same region, now and then with another inventory and weights."""
    plans: Plans

    @cached_property
    def best(self) -> Best | None:
        """The best of all plans, of which many are assessed."""
        return self.plans.best(assessed=ASSESSED)


@cache
def listed(seed: int) -> Listed:
    """The first scenario of a seed that has few enough plans."""
    rng = np.random.default_rng(seed)
    while True:
        scenario = instance(rng)
        base = scenario
        if rng.random() < 0.25:
            keys = [k for k in scenario.partnerships if rng.random() < 0.5]
            today = {k: scenario.partnerships[k] for k in keys}
            base = scenario.model_copy(update={"rules": {}, "partnerships": today})
        plans = Plans(scenario, base)
        if plans.count() <= MOST_PLANS:
            return Listed(scenario, base, plans)
