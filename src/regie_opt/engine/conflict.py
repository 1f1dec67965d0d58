"""Why no plan obeys the rules: a smallest set of named rules that cannot all hold."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations, islice

import numpy as np

from regie_opt.engine.candidates import candidates, no_candidates
from regie_opt.engine.columns import Bundles, Model, concatenate
from regie_opt.engine.exchange import Group
from regie_opt.engine.limits import has_limits
from regie_opt.engine.pricing import hosted
from regie_opt.engine.programme import Settings, no_cuts, obeys, solve_programme
from regie_opt.engine.reaching import reached
from regie_opt.engine.stopping import Stopping
from regie_opt.schema.errors import RegieError
from regie_opt.schema.rules import (
    BoardHours,
    Contiguity,
    Distance,
    Forms,
    HostCapacity,
    Keep,
    Largest,
    LeastTrust,
    Limit,
    Together,
)
from regie_opt.schema.scenario import Scenario
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.region import Bools, Ints
from regie_opt.worth.value import Worth

FEW_SETS = 5_000
"""Member sets looked at first; the groups that rules ask for are among them."""
MOST_SECONDS = 60.0
"""For one question."""
MOST_QUESTIONS = 2_000
"""Smaller sets of rules that are tried at most."""


class Infeasible(RegieError):
    """No plan obeys the rules."""

    exit_code = 3

    def __init__(self, rules: tuple[str, ...], places: Sequence[str] = (), among: str | None = None) -> None:
        self.rules, self.among = rules, among
        listed = ", ".join(f"'{name}'" for name in rules)
        lines = [f"{place}: '{name}'" for name, place in zip(rules, places, strict=False)]
        where = f" among those looked at ({among})" if among else ""
        super().__init__("\n".join([f"no plan{where} obeys the rules; these cannot all hold: {listed}", *lines]))

    def at(self, places: Sequence[str]) -> "Infeasible":
        """The same, with the place in the input where each rule is written."""
        return Infeasible(self.rules, places, self.among)


def smallest_conflict(scenario: Scenario, base: Scenario, stopping: Stopping) -> tuple[str, ...]:
    """Names of a smallest set of rules that no plan obeys, of rules that are proven not to hold all together.

    First one rule after the other is left out where the rest still conflicts; then every smaller set is tried that is
    no part of rules known to hold together. Stopped early, the set conflicts as well, but may not be the smallest.
    """
    shape = (Contiguity, Largest, Distance, LeastTrust, Forms)
    names = sorted(scenario.rules, key=lambda n: (not isinstance(scenario.rules[n], shape), n))
    holding: list[frozenset[str]] = []

    def holds(some: Sequence[str]) -> bool | None:
        if any(held.issuperset(some) for held in holding):
            return True
        answer = has_plan(scenario, base, some, stopping)
        if answer:
            holding.append(frozenset(some))
        return answer

    needed = list(names)
    for name in names:
        if holds([n for n in needed if n != name]) is False:
            needed.remove(name)
    for name in needed if len(needed) > 1 else ():
        holds([n for n in names if n != name])  # then all smaller sets without it hold too
    fewer = chain.from_iterable(combinations(names, size) for size in range(1, len(needed)))
    unknown = (some for some in fewer if not any(held.issuperset(some) for held in holding))
    for some in islice(unknown, MOST_QUESTIONS):
        if holds(some) is False:
            return _in_order(scenario, some)
    return _in_order(scenario, needed)


def _in_order(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(n for n in scenario.rules if n in names)


def has_plan(scenario: Scenario, base: Scenario, names: Sequence[str], stopping: Stopping) -> bool | None:
    """Whether some plan obeys the named rules; None where that is not known, or not in time.

    Only rules that ask for something (together, keep, untouched, few changes) can fail when everybody is alone; so
    only columns that answer such a rule are looked at first, of few member sets, with no more domains than it asks for.
    Where that gives no plan all candidates are looked at, and where there are limits on criteria: they are about the
    plan as a whole.
    """
    if stopping():
        return None
    rules = {name: rule for name, rule in scenario.rules.items() if name in names}
    worth = Worth(scenario.model_copy(update={"rules": rules}), base)
    if _alone(Model.of(worth, no_candidates(worth.today))):
        return True
    if has_limits(worth.scenario):
        free = without_limits(worth.scenario)
        return has_plan(worth.scenario, base, free, stopping) and _among_all(worth, stopping)
    few = Model.of(worth, candidates(worth.today, FEW_SETS))
    answer = _among_answering(few, stopping)
    return answer if answer is not False or few.found.sets.complete else _among_all(worth, stopping)


def _among_answering(model: Model, stopping: Stopping) -> bool | None:
    """Whether columns that answer a rule make a plan."""
    columns = _answering(model)
    answer = solve_programme(
        model,
        replace(columns, cost=np.zeros(len(columns))),
        no_cuts(columns),
        settings=Settings("highs", 1, 0),
        time_limit=MOST_SECONDS if stopping.left is None else min(MOST_SECONDS, stopping.left),
        stop=stopping,
        absolute_gap=1.0,
    )
    return True if answer.chosen is not None else False if answer.proven else None


def _among_all(worth: Worth, stopping: Stopping) -> bool | None:
    """Whether any candidates make a plan."""
    model = Model.of(worth, candidates(worth.today))
    found = reached(model, Settings("highs", 1, 0), stopping.within(MOST_SECONDS))
    return True if found.plan is not None else False if found.impossible else None


def without_limits(scenario: Scenario) -> list[str]:
    """Names of the rules that are no limits on criteria."""
    return [name for name, rule in scenario.rules.items() if not isinstance(rule, Limit)]


def _alone(model: Model) -> bool:
    """Whether everybody alone, without what there is today, is a plan."""
    nothing = model.bundles(np.zeros(0, dtype=np.int64), np.zeros((0, model.found.allowed.shape[1]), dtype=bool))
    return obeys(model, nothing, np.zeros(0, dtype=bool), np.zeros(len(model.tables), dtype=bool))


def _answering(model: Model) -> Bundles:
    """Columns that a rule could ask for."""
    found, worth = model.found, model.worth
    region = worth.region
    asked = np.zeros_like(found.allowed)
    keep = np.zeros(len(found.bodies), dtype=bool)
    for rule in worth.scenario.rules.values():
        if isinstance(rule, Together):
            ids = [region.municipality_index[c] for c in rule.members]
            whole = found.bodies.members[:, ids].all(axis=1)
            asked[np.ix_(whole, np.array([region.domain_index[d] for d in rule.domains]))] = True
        elif isinstance(rule, Keep) and rule.partnership in found.today.index:
            keep |= found.bodies.continues == found.today.index[rule.partnership]
    asked &= found.allowed
    alike = _alike(model, asked)
    body: list[int] = []
    carried: list[Bools] = []
    answering = asked.any(axis=1) | keep | found.whole
    for b in np.flatnonzero(answering & ~model.mutual):
        if found.whole[b]:
            sets = [tuple(np.flatnonzero(found.allowed[b]))]
        else:
            wanted = list(dict.fromkeys(alike[asked[b]].tolist()))
            some = chain.from_iterable(combinations(wanted, k) for k in range(len(wanted) + 1))
            asked_for = [tuple(np.flatnonzero(asked[b] & np.isin(alike, chosen))) for chosen in some]
            continuing = found.bodies.continues[b] != NOBODY
            going_on = [(d,) for d in np.flatnonzero(found.anchor[b])] if continuing else []
            sets = list({tuple(sorted({*s, *g})) for s in asked_for for g in [*going_on, ()]} - {()})
            sets = sorted(s for s in sets if found.anchor[b, list(s)].any())
        for chosen in sets:
            row = np.zeros(found.allowed.shape[1], dtype=bool)
            row[list(chosen)] = True
            body.append(int(b))
            carried.append(row)
    at = np.array(body, dtype=np.int64)
    rows = np.array(carried, dtype=bool).reshape(-1, found.allowed.shape[1])
    parts = [model.bundles(at, rows)]
    for group in model.exchange.groups:
        entries = [
            (g, a) for g in np.flatnonzero(answering[group.body]).tolist() for a in _hosted_for(model, asked, group, g)
        ]
        if entries:
            g, a = np.array(entries, dtype=np.int64).T
            parts.append(hosted(model, group, g, a))
    return concatenate(parts)


def _hosted_for(model: Model, asked: Bools, group: Group, g: int) -> Ints:
    """Entries of mutual services that a rule could ask for (a,): what is asked, and a domain for each member to host.

    In what continues one of today there may be one more, that it carries today; or it goes on as it is.
    """
    found, body = model.found, int(group.body[g])
    carried = np.zeros((len(group.carried), found.allowed.shape[1]), dtype=bool)
    carried[:, model.exchange.domains] = group.carried
    more = (carried & ~asked[body]).sum(axis=1)
    e = int(found.bodies.continues[body])
    enough = more <= group.member.shape[1] + (e != NOBODY)
    if e != NOBODY:
        enough |= (carried == found.today.carried[e]).all(axis=1)
    return np.flatnonzero(enough & np.isfinite(group.gain[g]))


def _alike(model: Model, asked: Bools) -> Ints:
    """A number for each domain, the same where one body can as well carry both as either (d,).

    So a rule that asks for ten domains asks for a few sets of them, not for a thousand. Where work or hours count, and
    in what a rule keeps going, each domain is different.
    """
    found, rules = model.found, model.worth.scenario.rules.values()
    apart = np.zeros(asked.shape[1], dtype=bool)
    if any(isinstance(rule, HostCapacity | BoardHours) for rule in rules):
        apart[:] = True
    kept = [found.today.index[rule.partnership] for rule in rules if isinstance(rule, Keep)]
    apart |= found.today.carried[kept].any(axis=0)
    exact = found.allowed & found.whole[:, None]
    pattern = np.packbits(np.vstack([asked, exact, np.diag(apart)]), axis=0).T
    numbers: dict[bytes, int] = {}
    return np.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in pattern], dtype=np.int64)
