"""Which rules a plan breaks where figures are other than those that it was made for: trust, hours, limits."""

from collections.abc import Sequence

from regie_opt.engine import Obeying
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.worth.assessment import Assessor


def broken(seen: Assessor, plan: Sequence[PlannedPartnership]) -> tuple[str, ...]:
    """Names of the rules that an assessed plan breaks; `forms.KEY.least_trust` where a form asks for more trust."""
    obeying = Obeying(seen.worth)
    distrusted = [f"forms.{q.form}.least_trust" for q in plan if not q.beside and _distrusted(obeying, q)]
    return tuple(dict.fromkeys([*distrusted, *obeying.broken(plan, seen)]))


def _distrusted(obeying: Obeying, q: PlannedPartnership) -> bool:
    return any(breach.kind == "trust" for breach in obeying.impossible(q))
