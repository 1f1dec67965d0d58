"""Which partnerships all plans have, some, or one; and who has other partners from one plan to another."""

from collections.abc import Iterator

from regie_opt.report.beside import Beside, Line
from regie_opt.report.table import Section, Table, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.comparison import EXTENTS, SharedPartnership


def partnership_sections(beside: Beside) -> Iterator[Section]:
    """A table for the partnerships of all plans, of some, and of one."""
    comparison, words = beside.comparison, beside.naming.words
    several = len(comparison.plans) > 1
    for extent in EXTENTS:
        found = [p for p in comparison.partnerships if p.extent == extent]
        heading = words(f"cmp.{extent}" if several else "cmp.only")
        fixed = [p for p in found if p.frozen and extent == "all"]
        shown = found if beside.complete else [p for p in found if p not in fixed]
        notes: tuple[str, ...] = ()
        if fixed and not beside.complete:
            notes = (words("cmp.fixed", count=len(fixed), names=SEPARATOR.join(p.name for p in fixed)),)
        if shown:
            keys = ["partnership", "form", "members", "carries"]
            headers = [words(key) for key in keys] + ([words("cmp.in")] if extent != "all" else [])
            rows = tuple(_row(p, beside)[: len(headers)] for p in shown)
            yield Table(heading, tuple(headers), rows, notes)
        elif extent == "all" or (several and extent == "one"):
            yield Text(heading, (words(f"cmp.{extent}.none"), *notes))


def _row(p: SharedPartnership, beside: Beside) -> tuple[str, ...]:
    naming, words = beside.naming, beside.naming.words
    form = naming.form(p.form)
    if p.beside:
        form = words("beside", form=form)
    if p.host:
        form += "\n" + words("cmp.host", name=naming.municipality(p.host))
    by_plans: dict[tuple[str, ...], list[str]] = {}
    for domain, keys in p.varying.items():
        by_plans.setdefault(keys, []).append(domain)
    domains = [naming.domains(p.domains)] if p.domains else []
    domains += [
        words("cmp.also", domains=naming.domains(some), names=beside.in_plans(keys)) for keys, some in by_plans.items()
    ]
    name = p.name if p.continues else f"{p.name}\n{words('cmp.new')}"
    return (name, form, naming.members(p.members), "\n".join(domains), beside.in_plans(p.columns))


def side_sections(beside: Beside) -> Iterator[Section]:
    """Who has other partners than today and than in the scenario, how far plans are apart, and in which domains."""
    comparison, words = beside.comparison, beside.naming.words
    plans = comparison.plans
    if not plans:
        return
    yield from _than_today(beside)
    if any(sides.from_scenario for sides in comparison.sides) and len(beside.distinct) > 1:
        yield from _than_scenario(beside)
    if len(beside.distinct) > 2:
        yield from _apart(beside)
    if comparison.contested:
        yield Table(
            words("cmp.contested"),
            (words("cmp.domain"), words("cmp.who"), words("cmp.camps")),
            tuple(
                (
                    beside.naming.domain(found.domain),
                    beside.naming.members(found.municipalities),
                    "\n".join(beside.in_plans(camp) for camp in found.camps),
                )
                for found in comparison.contested
            ),
            (words("cmp.camps.note"),),
        )
    elif len(plans) > 1:
        yield Text(words("cmp.contested"), (words("cmp.contested.none"),))


def _than_today(beside: Beside) -> tuple[Table, ...]:
    words = beside.naming.words
    lines = [
        Line((beside.naming.municipality(sides.code),), {key: float(n) for key, n in sides.from_today.items()})
        for sides in beside.comparison.sides
    ]
    notes = (words("cmp.sides.cells"), words("cmp.cells", count=beside.comparison.cells), words("cmp.sides.note"))
    return beside.tables(
        words("cmp.than.today"),
        (words("municipality"),),
        [*lines, _sum(lines, words("region"))],
        beside.distinct,
        notes=(*notes, *_once(beside)),
        footers=1,
    )


def _than_scenario(beside: Beside) -> tuple[Table, ...]:
    comparison, words = beside.comparison, beside.naming.words
    first = comparison.plans[0]
    others = [column for column in beside.distinct if column is not first]
    lines = [
        Line((beside.naming.municipality(sides.code),), {key: float(n) for key, n in sides.from_scenario.items()})
        for sides in comparison.sides
    ]
    return beside.tables(
        words("cmp.than.scenario", name=beside.label(first)),
        (words("municipality"),),
        [*lines, _sum(lines, words("region"))],
        others,
        notes=(words("cmp.sides.cells"),),
        footers=1,
    )


def _sum(lines: list[Line], name: str) -> Line:
    keys = lines[0].amounts if lines else ()
    return Line((name,), {key: sum(line.amounts[key] for line in lines) for key in keys})


def _apart(beside: Beside) -> tuple[Table, ...]:
    comparison, words = beside.comparison, beside.naming.words
    cells = {(a.one, a.other): float(a.cells) for a in comparison.apart}
    lines = [
        Line(
            (beside.label(column),),
            {
                other.key: cells.get((column.key, other.key), cells.get((other.key, column.key), 0.0))
                for other in beside.distinct
                if other is not column
            },
        )
        for column in beside.distinct
    ]
    return beside.tables(
        words("cmp.apart"), (words("cmp.column"),), lines, beside.distinct, notes=(words("cmp.sides.cells"),)
    )


def _once(beside: Beside) -> tuple[str, ...]:
    """That plans which are the same are told once."""
    shorter = len(beside.distinct) < len(beside.comparison.plans)
    return (beside.naming.words("cmp.once"),) if shorter else ()
