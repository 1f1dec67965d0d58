"""Which rules a plan breaks when figures are other than those that it was made for.

Three kinds of rule depend on figures that are uncertain: trust, hours of the college and capacity of hosts. All others
see only who is with whom, for what and in which form, and a plan that obeys them does so whatever is assumed.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import BoardHours, HostCapacity, LeastTrust
from regie_opt.schema.strict import ROLES
from regie_opt.worth.assessment import Assessor
from regie_opt.worth.value import Worth

SAME = 1e-6
"""Hours and full-time equivalents that count as none: the solvers' own tolerance."""


def broken(seen: Assessor, plan: Sequence[PlannedPartnership]) -> tuple[str, ...]:
    """Names of the rules that an assessed plan breaks; `forms.KEY.least_trust` where a form asks for more trust."""
    return tuple(dict.fromkeys([*_distrust(seen.worth, plan), *_too_much(seen)]))


def _distrust(worth: Worth, plan: Sequence[PlannedPartnership]) -> Iterator[str]:
    """Rules on trust, and forms, that some new or changed member set does not live up to."""
    scenario, region = worth.scenario, worth.region
    fixed = {key for key, is_fixed in zip(worth.today.keys, worth.today.fixed, strict=True) if is_fixed}
    for q in plan:
        now = None if q.continues is None else scenario.partnerships[q.continues]
        if q.continues in fixed or q.beside or (now is not None and set(now.members) == set(q.members)):
            continue
        at = [region.municipality_index[code] for code in q.members]
        least = min((float(region.trust[i, j]) for i, j in combinations(at, 2)), default=1.0)
        if least < scenario.forms[q.form].least_trust:
            yield f"forms.{q.form}.least_trust"
        for name, rule in scenario.rules.items():
            if isinstance(rule, LeastTrust) and rule.form in (None, q.form) and least < rule.trust:
                yield name


def _too_much(seen: Assessor) -> Iterator[str]:
    """Rules on hours of the college and on work for others that somebody goes beyond."""
    region = seen.worth.region
    college = seen.hours[:, ROLES.index("college")]
    for name, rule in seen.worth.scenario.rules.items():
        if isinstance(rule, BoardHours) and bool((college > region.board_hours + SAME).any()):
            yield name
        elif isinstance(rule, HostCapacity):
            work = np.sum(seen.flows, axis=1)
            if bool((work > region.host_capacity + SAME).any()):
                yield name
