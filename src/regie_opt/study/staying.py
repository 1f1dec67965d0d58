"""In how many samples a partnership, or a pair of municipalities in a domain, is in the plan found."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.robustness import Pair, Staying
from regie_opt.schema.scenario import Scenario
from regie_opt.study.deciding import interval

Plan = Sequence[PlannedPartnership]


class Body(NamedTuple):
    """A partnership before its domains."""

    form: str
    who: tuple[tuple[str, ...], int, bool]
    """Members in order of code, number of members outside the region, and whether it stands beside the work."""


def staying(scenario: Scenario, proposal: Plan, plans: Sequence[Plan]) -> tuple[Staying, ...]:
    """Every partnership of the proposal that is decided on, and then every other one of the plans.

    Those of the proposal in its order, one form and member set with other domains apart; others by how often they are
    found, one form and member set taken together whatever its domains.
    """
    proposed = [q for q in proposal if _decided(scenario, q)]
    rows = [_staying(scenario, q, plans, proposed=True) for q in proposed]
    others: dict[Body, list[PlannedPartnership]] = {}
    for q in (q for plan in plans for q in plan if _decided(scenario, q)):
        body = _body(scenario, q)
        if not any(body == _body(scenario, p) and set(q.domains) & set(p.domains) for p in proposed):
            others.setdefault(body, []).append(q)
    more = []
    for found in others.values():
        ever = {domain for q in found for domain in q.domains}
        domains = tuple(key for key in (*scenario.domains, UNKNOWN) if key in ever)
        whole = found[0].model_copy(update={"domains": domains})
        more.append(_staying(scenario, whole, plans, proposed=False))
    return (*rows, *sorted(more, key=lambda row: (-row.together, row.form, row.members)))


def pairs(scenario: Scenario, proposal: Plan, plans: Sequence[Plan]) -> tuple[Pair, ...]:
    """Every two municipalities that do a domain together in the proposal or in some plan, domain by domain."""
    proposed = _pairs(proposal)
    count = Counter(pair for plan in plans for pair in _pairs(plan))
    domain_at = {key: i for i, key in enumerate(scenario.domains)}
    place_at = {code: i for i, code in enumerate(scenario.municipalities)}
    together = sorted(
        proposed | count.keys(), key=lambda pair: (domain_at[pair[0]], place_at[pair[1]], place_at[pair[2]])
    )
    return tuple(
        Pair(domain=domain, municipalities=(one, other), proposed=(domain, one, other) in proposed, samples=count[key])
        for key in together
        for domain, one, other in [key]
    )


def _decided(scenario: Scenario, q: PlannedPartnership) -> bool:
    """Whether a plan chooses it: not imposed by law, and something is known of what it does."""
    now = None if q.continues is None else scenario.partnerships[q.continues]
    return not (now is not None and now.frozen) and set(q.domains) != {UNKNOWN}


def _body(scenario: Scenario, q: PlannedPartnership) -> Body:
    outside = 0 if q.continues is None else scenario.partnerships[q.continues].outside.members
    return Body(q.form, (tuple(sorted(q.members)), outside, q.beside))


def _staying(scenario: Scenario, q: PlannedPartnership, plans: Sequence[Plan], *, proposed: bool) -> Staying:
    """How often a partnership is there; tables beside the work are not taken for those that do it."""
    body, domains = _body(scenario, q), set(q.domains)
    unchanged = together = any_form = 0
    for plan in plans:
        alike = [p for p in plan if domains & set(p.domains) and _body(scenario, p).who == body.who]
        same_form = [p for p in alike if p.form == q.form]
        exact = [p for p in same_form if set(p.domains) == domains and (p.hosts or {}) == (q.hosts or {})]
        any_form += bool(alike)
        together += bool(same_form)
        unchanged += bool(exact)
    return Staying(
        name=q.name,
        form=q.form,
        members=q.members,
        outside=body.who[1],
        domains=q.domains,
        proposed=proposed,
        unchanged=unchanged,
        together=together,
        any_form=any_form,
        interval=interval(together, len(plans)),
    )


def _pairs(plan: Plan) -> set[tuple[str, str, str]]:
    """Domain and two municipalities, in order of code, that do it together."""
    return {
        (domain, one, other)
        for q in plan
        if not q.beside
        for domain in q.domains
        if domain != UNKNOWN
        for one, other in combinations(sorted(q.members), 2)
    }
