"""What makes a network of partnerships no plan, in words."""

from collections.abc import Iterable, Sequence

from regie_opt.report.naming import Naming
from regie_opt.report.table import Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.plan import Breach, PlannedPartnership


def told(breach: Breach, plan: Iterable[PlannedPartnership], naming: Naming) -> str:
    """One breach in a line, with the names of the partnerships that it is about."""
    named = {q.id: q for q in plan}
    about = [named[key] for key in breach.partnerships if key in named]
    line = naming.words(
        f"breach.{breach.kind}",
        rule=breach.rule,
        names=naming.municipalities(breach.municipalities),
        domain="" if breach.domain is None else naming.domain(breach.domain),
        form=naming.form(about[0].form) if about else "",
    )
    return naming.words("breach", what=line, where=SEPARATOR.join(q.name or q.id for q in about)) if about else line


def breaches(found: Sequence[Breach], plan: Sequence[PlannedPartnership], naming: Naming) -> tuple[Text, ...]:
    """All of them; no section where there are none."""
    lines = tuple(told(breach, plan, naming) for breach in found)
    return (Text(naming.words("breaches"), lines, bullets=True),) if lines else ()
