"""Hours above what a college has: when they make a difference, what they cost, and the rows that count them."""

import numpy as np

from regie_opt.engine.candidates import Candidates
from regie_opt.engine.limits import limits_overload
from regie_opt.engine.side_row import Coefficients, SideRow
from regie_opt.schema.rules import BoardHours
from regie_opt.schema.strict import ROLES
from regie_opt.worth.assessment import Assessor
from regie_opt.worth.burden import hours
from regie_opt.worth.placed import Placed
from regie_opt.worth.plan import today_plan
from regie_opt.worth.region import Floats
from regie_opt.worth.value import Worth

COLLEGE = ROLES.index("college")


def fixed_part(worth: Worth) -> Assessor:
    """Everybody alone but for the fixed partnerships of today."""
    fixed = {key for key, f in zip(worth.today.keys, worth.today.fixed, strict=True) if f}
    return Assessor(worth, Placed.of(worth.today, [q for q in today_plan(worth.scenario) if q.id in fixed]))


def table_hours(worth: Worth) -> Floats:
    """College hours that each partnership of today asks of each member, host hours included (e, m)."""
    alone = [Assessor(worth, Placed.of(worth.today, [q])) for q in today_plan(worth.scenario)]
    return np.array([one.hours[:, COLLEGE] for one in alone]).reshape(len(alone), len(worth.region.codes))


def overload_price(worth: Worth) -> float:
    """Value lost per hour of overload."""
    return -worth.coefficients["overload"]


def has_overload(worth: Worth) -> bool:
    """Whether hours above what a college has make a difference: a hard cap, a price or a limit."""
    capped = any(isinstance(r, BoardHours) for r in worth.scenario.rules.values())
    return capped or overload_price(worth) != 0.0 or limits_overload(worth.scenario)


def board_hours_rows(worth: Worth, found: Candidates) -> list[SideRow]:
    """College hours per municipality: priced overload, or a hard cap under a `board_hours` rule."""
    names = tuple(n for n, r in worth.scenario.rules.items() if isinstance(r, BoardHours))
    price = None if names else overload_price(worth)
    if not has_overload(worth):
        return []
    today, bodies = found.today, found.bodies
    asked = hours(bodies)
    used = fixed_part(worth).hours[:, COLLEGE]
    tables = table_hours(worth)
    beside = np.flatnonzero(today.beside & ~today.fixed)
    rows = []
    for m in range(len(worth.region.codes)):
        inside = np.flatnonzero(bodies.members[:, m])
        hosting = (bodies.host[inside] == m).astype(float)
        rows.append(
            SideRow(
                "board_hours",
                m,
                -np.inf,
                float(worth.region.board_hours[m] - used[m]),
                names,
                Coefficients(inside, asked.base[inside, COLLEGE] + hosting * asked.host_base[inside, COLLEGE]),
                each=Coefficients(inside, asked.per_domain[inside, COLLEGE]),
                tables={int(e): float(tables[e, m]) for e in beside if tables[e, m] > 0},
                price=price,
            )
        )
    return rows
