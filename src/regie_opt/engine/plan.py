"""From chosen columns to a plan that people can read."""

from itertools import count

import numpy as np

from regie_opt.engine.columns import Model
from regie_opt.engine.programme import Choice
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth.bodies import NOBODY
from regie_opt.worth.plan import origin, today_plan
from regie_opt.worth.region import Ints

MOST_NAMED = 2
"""Domains in the name of a new partnership."""


def planned(model: Model, choice: Choice) -> tuple[PlannedPartnership, ...]:
    """The whole plan: fixed partnerships, tables that are kept, and the chosen ones."""
    today = model.found.today
    as_today = {q.id: q for q in today_plan(model.worth.scenario)}
    kept = {int(e) for e in model.tables.index[choice.kept]}
    result = [as_today[key] for e, key in enumerate(today.keys) if today.fixed[e] or e in kept]
    columns = [_partnership(model, choice, int(c)) for c in np.flatnonzero(choice.chosen)]
    result += sorted((q for q in columns if q.continues), key=lambda q: today.index[q.continues or ""])
    new = sorted((q for q in columns if not q.continues), key=lambda q: (q.domains, q.members, q.form))
    numbers = (n for n in count(1) if f"n{n}" not in today.index)
    result += [q.model_copy(update={"id": f"n{next(numbers)}"}) for q in new]
    return tuple(result)


def _partnership(model: Model, choice: Choice, c: int) -> PlannedPartnership:
    region, today, columns = model.worth.region, model.found.today, choice.columns
    scenario = region.scenario
    b = int(columns.body[c])
    domains = np.flatnonzero(columns.carried[c])
    host = int(model.found.bodies.host[b])
    e = int(model.found.bodies.continues[b])
    key = None if e == NOBODY else today.keys[e]
    named = {int(d): host if host != NOBODY else int(columns.hosts[c, d]) for d in domains}
    hosts = {region.domains[d]: region.codes[h] for d, h in named.items() if h != NOBODY}
    plan = PlannedPartnership(
        id=key or "",
        name=scenario.partnerships[key].name if key else _name(model, b, domains),
        form=region.forms[int(model.found.bodies.form[b])],
        hosts=hosts or None,
        members=tuple(region.codes[m] for m in np.flatnonzero(model.found.bodies.members[b])),
        domains=tuple(region.domains[d] for d in domains),
        continues=key,
    )
    return plan.model_copy(update={"origin": origin(scenario, plan)})


def _name(model: Model, b: int, domains: Ints) -> str:
    """A name for a new partnership: what it does, and its host or largest member."""
    region, bodies = model.worth.region, model.found.bodies
    work = ", ".join(region.scenario.domains[region.domains[d]].name.nl for d in domains[:MOST_NAMED])
    more = f" en {len(domains) - MOST_NAMED} meer" if len(domains) > MOST_NAMED else ""
    first = int(bodies.host[b])
    if first == NOBODY:
        first = int(np.argmax(np.where(bodies.members[b], region.population, -1.0)))
    return f"{work}{more} ({region.places[first].name} c.s.)"
