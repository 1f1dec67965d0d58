"""Hosts of mutual services chosen once more for the network as a whole: a tiny programme."""

from itertools import combinations

import numpy as np
import pulp

from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.rules import HostCapacity
from regie_opt.worth.assessment import assessor
from regie_opt.worth.going_on import as_now
from regie_opt.worth.plan import origin
from regie_opt.worth.value import Worth

MOST_SECONDS = 10.0
"""Seconds that the search takes at most."""
SAME = 1e-9
"""Network reciprocity that is not worth other hosts."""


def network_hosts(
    worth: Worth, plan: tuple[PlannedPartnership, ...], left: float | None = None
) -> tuple[tuple[PlannedPartnership, ...], float]:
    """The plan with the hosts that give the network the most reciprocated service, and its network reciprocity.

    Members, forms and domains stay, and so does what goes on as it is today: other hosts are a change. Inside one
    partnership the new hosts may balance less well than the old ones. `left` are the seconds that there are, None for
    any.
    """
    region, today = worth.region, worth.scenario.partnerships
    mutual = [
        p
        for p, q in enumerate(plan)
        if worth.scenario.forms[q.form].hosting == "mutual"
        and q.hosts
        and not q.beside
        and q.origin != "frozen"
        and set(q.domains) != {UNKNOWN}
        and not (q.continues and as_now(q, today[q.continues]))
    ]
    fixed = assessor(worth, [q for p, q in enumerate(plan) if p not in mutual]).flows
    problem = pulp.LpProblem("hosts", pulp.LpMaximize)
    flows: dict[tuple[int, int], list[tuple[pulp.LpVariable, float]]] = {}
    choice: dict[tuple[int, str], dict[str, pulp.LpVariable]] = {}
    for p in mutual:
        now = today.get(plan[p].continues or "")
        for domain in plan[p].domains:
            goes_on = now.host_of(domain) if now else None
            members = worth.scenario.municipalities
            willing = [c for c in plan[p].members if members[c].willing_host or c == goes_on]
            hosts = {c: pulp.LpVariable(f"h{p}_{len(choice)}_{i}", cat=pulp.LpBinary) for i, c in enumerate(willing)}
            choice[p, domain] = hosts
            problem += pulp.lpSum(hosts.values()) == 1
            for code, host in hosts.items():
                for guest in plan[p].members:
                    if guest != code:
                        pair = (region.municipality_index[code], region.municipality_index[guest])
                        need = float(region.staff[pair[1], region.domain_index[domain]])
                        flows.setdefault(pair, []).append((host, need))
    reciprocated = []
    for i, j in combinations(range(len(region.codes)), 2):
        if (i, j) in flows or (j, i) in flows:
            both = pulp.LpVariable(f"r{i}_{j}", lowBound=0)
            reciprocated.append(both)
            problem += both <= pulp.LpAffineExpression(flows.get((i, j), [])) + float(fixed[i, j])
            problem += both <= pulp.LpAffineExpression(flows.get((j, i), [])) + float(fixed[j, i])
    if any(isinstance(rule, HostCapacity) for rule in worth.scenario.rules.values()):
        for m in np.flatnonzero(np.isfinite(region.host_capacity)):
            load = [term for (i, _), terms in flows.items() if i == m for term in terms]
            problem += (
                pulp.lpSum(need * host for host, need in load) <= float(region.host_capacity[m] - fixed[m].sum()) + 1e-6
            )
    if not mutual:
        return plan, assessor(worth, plan).network().reciprocity
    problem += pulp.lpSum(reciprocated)
    problem.solve(pulp.HiGHS(msg=False, threads=1, timeLimit=min(MOST_SECONDS, left or MOST_SECONDS), gapRel=0.0))
    result = list(plan)
    for p in mutual:
        chosen = {d: max(choice[p, d], key=lambda c: choice[p, d][c].value() or 0.0) for d in plan[p].domains}
        moved = plan[p].model_copy(update={"hosts": chosen})
        result[p] = moved.model_copy(update={"origin": origin(worth.scenario, moved)})
    before, after = (assessor(worth, some).network().reciprocity for some in (plan, result))
    return (tuple(result), after) if after > before + SAME else (plan, before)
