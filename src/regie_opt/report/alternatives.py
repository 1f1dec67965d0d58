"""The report of `alternatives`: plans nearly as good, how they differ, what each trades, what they share."""

from regie_opt.report import money
from regie_opt.report.certificate import candidate_rule, gap_decimals
from regie_opt.report.document import title
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent, readable_decimals
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import Words
from regie_opt.schema.alternatives import AlternativePlan, Alternatives, CommonMove
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.scenario import Scenario

_VALUE_DECIMALS = 4


def alternatives_report(scenario: Scenario, found: Alternatives, language: Language) -> tuple[Section, ...]:
    """All of it; tables that compare plans only where there are two or more."""
    naming = Naming(scenario, Words(language))
    several = len(found.plans) > 1
    parts: list[Section] = [title(naming), _short(found, naming), _plans(found, naming)]
    if several:
        parts += [_where(found, naming), _trades(found, naming)]
    if len(found.plans) > 2:
        parts.append(_distances(found, naming))
    if several or not found.all_plans:
        parts.append(_common(found, naming, proven=True))
    if several and not all(move.proven for move in found.common):
        parts.append(_common(found, naming, proven=False))
    parts += [_instead(found, k, naming) for k in range(1, len(found.plans))]
    if found.listed:
        parts.append(_listed(found, naming))
    return tuple(parts)


def _share(share: float, naming: Naming) -> str:
    return percent(share, gap_decimals(share), naming.language)


def _short(found: Alternatives, naming: Naming) -> Text:
    words, decisions = naming.words, found.cells + found.tables
    within = _share(found.within, naming)
    lines = [
        words(
            f"alt.best.{found.status}",
            value=naming.number(found.value, _VALUE_DECIMALS),
            bound=naming.number(found.bound, _VALUE_DECIMALS),
            gap=_share(found.gap, naming),
            gain=naming.difference(found.value - found.alone, _VALUE_DECIMALS),
        ),
        words("alt.within", within=within),
    ]
    if len(found.plans) == 1 and found.all_plans:
        lines.append(words("alt.none"))
    else:
        lines += _how_many(found, naming)
    if len(found.plans) > 1:
        farthest = max(plan.differs for plan in found.plans)
        share = percent(farthest / max(decisions, 1), 0, naming.language)
        lines.append(words("alt.farthest", cells=farthest, all=decisions, share=share))
    lines.append(
        words(
            "alt.complete" if found.complete else "alt.limited",
            rule=candidate_rule(found.rule, naming),
        )
    )
    lines.append(words("alt.parts", cells=found.cells, tables=found.tables))
    lines.append(words("alt.same"))
    return Text(words("alt.short"), tuple(lines), bullets=True)


def _how_many(found: Alternatives, naming: Naming) -> list[str]:
    """What is known of how many plans there are, and whether those shown are the farthest."""
    words, count = naming.words, len(found.plans)
    if found.all_plans:
        return [words("alt.all", count=count)]
    farthest = all(plan.most_apart == plan.apart for plan in found.plans)
    shown = [words("alt.most_different" if farthest else "alt.some", count=count)] if count > 1 else []
    return [*shown, words("alt.more" if found.more_plans else "alt.unknown")]


def _number(k: int, naming: Naming) -> str:
    return f"{k + 1} ({naming.words('alt.best')})" if k == 0 else str(k + 1)


def _plans(found: Alternatives, naming: Naming) -> Table:
    words, decisions = naming.words, max(found.cells + found.tables, 1)
    rows = tuple(
        (
            _number(k, naming),
            Quantity(plan.value, _VALUE_DECIMALS),
            Quantity(100 * plan.loss, 2),
            Quantity(plan.differs),
            Quantity(100 * plan.differs / decisions),
            Quantity(plan.apart) if k else "",
            _proof(plan, naming) if k else "",
            Quantity(len(plan.partnerships)),
        )
        for k, plan in enumerate(found.plans)
    )
    keys = ("plan", "value", "loss", "differs", "share", "apart", "proof", "partnerships")
    headers = tuple(words(f"alt.{key}") for key in keys)
    notes = (words("alt.plans.note"),) if len(rows) > 1 else ()
    return Table(words("alt.plans"), headers, rows, notes)


def _proof(plan: AlternativePlan, naming: Naming) -> str:
    if plan.most_apart == plan.apart:
        return naming.words("alt.proven")
    return naming.words("alt.most", most=plan.most_apart)


def _distances(found: Alternatives, naming: Naming) -> Table:
    words = naming.words
    names = [_number(k, naming) for k in range(len(found.plans))]
    rows = tuple(
        (name, *("" if j == k else Quantity(cells) for j, cells in enumerate(row)))
        for k, (name, row) in enumerate(zip(names, found.distances, strict=True))
    )
    return Table(words("alt.distances"), (words("alt.plan"), *names), rows)


def _where(found: Alternatives, naming: Naming) -> Table:
    """In how many cells each municipality differs from the best plan."""
    words, others = naming.words, found.plans[1:]
    rows: list[tuple[Cell, ...]] = [
        (naming.municipality(code), *(Quantity(plan.by_municipality.get(code, 0)) for plan in others))
        for code in naming.scenario.municipalities
    ]
    footers = 0
    if found.tables:
        rows.append((words("alt.tables"), *(Quantity(len(plan.tables)) for plan in others)))
        footers = 1
    headers = (words("municipality"), *(f"{words('alt.plan')} {k}" for k in range(2, len(found.plans) + 1)))
    return Table(words("alt.where"), headers, tuple(rows), footers=footers)


def _trades(found: Alternatives, naming: Naming) -> Table:
    """Per criterion the best plan's amount, and how much more or less each of the others has."""
    words, (best, *others) = naming.words, found.plans
    rows: list[tuple[Cell, ...]] = []
    for criterion in best.criteria:
        theirs = [next(one for one in plan.criteria if one.key == criterion.key) for plan in others]
        differences = [one.amount - criterion.amount for one in theirs]
        if not criterion.weight and not any(differences):
            continue
        decimals = max(readable_decimals(criterion.amount), readable_decimals(*differences))
        rows.append(
            (
                naming.criterion(criterion.key),
                words.term("unit", criterion.unit),
                Quantity(criterion.amount, decimals),
                *(Quantity(difference, decimals, signed=True) for difference in differences),
            )
        )
        if criterion.euro is not None:
            euros = [criterion.euro, *((one.euro or 0.0) - criterion.euro for one in theirs)]
            cells = (Quantity(euro, signed=True) for euro in euros)
            rows.append((money.heading(naming), money.unit(naming), *cells))
    values = [Quantity(plan.value - best.value, _VALUE_DECIMALS, signed=True) for plan in others]
    rows.append((words("value"), "", Quantity(best.value, _VALUE_DECIMALS), *values))
    headers = (
        words("criterion"),
        words("unit"),
        _number(0, naming),
        *(f"{words('alt.plan')} {k}" for k in range(2, len(found.plans) + 1)),
    )
    return Table(words("alt.trades"), headers, tuple(rows), (words("alt.trades.note"), money.note(naming)), footers=1)


def _common(found: Alternatives, naming: Naming, *, proven: bool) -> Table | Text:
    """What is proven to be in all plans that are nearly as good, or what is in all that were found."""
    words, key = naming.words, "alt.common" if proven else "alt.found"
    moves = [move for move in found.common if move.proven == proven]
    if not moves:
        return Text(words(key), (words("alt.common.none"),))
    rows = tuple((_what(move, naming), naming.members(move.members), naming.domains(move.domains)) for move in moves)
    headers = (words("alt.what"), words("members"), words("carries"))
    note = words("alt.common.note", within=_share(found.within, naming)) if proven else words("alt.found.note")
    return Table(words(key), headers, rows, (note,))


def _what(move: CommonMove, naming: Naming) -> str:
    form = naming.form(move.form) if move.form else ""
    name = naming.scenario.partnerships[move.partnership].name if move.partnership else ""
    kind = "outside" if move.kind == "group" and move.partnership else move.kind
    return naming.words(f"alt.kind.{kind}", form=form, name=name)


def _instead(found: Alternatives, k: int, naming: Naming) -> Table:
    """The partnerships of a plan that the best has not, and the other way round."""
    words = naming.words
    best, other = ({_same(q): q for q in plan.partnerships} for plan in (found.plans[0], found.plans[k]))
    rows = [
        (
            words(way),
            q.name or words("nameless"),
            _form(q, naming),
            naming.members(q.members),
            naming.domains(q.domains),
        )
        for way, here, there in (("alt.in", other, best), ("alt.out", best, other))
        for key, q in here.items()
        if key not in there
    ]
    headers = ("", words("partnership"), words("form"), words("members"), words("carries"))
    return Table(words("alt.instead", number=k + 1), headers, tuple(rows))


def _same(q: PlannedPartnership) -> tuple[object, ...]:
    """What makes a partnership the same in two plans, whatever it is called."""
    return q.form, frozenset(q.members), frozenset(q.domains), q.beside, q.continues


def _form(q: PlannedPartnership, naming: Naming) -> str:
    form = naming.form(q.form)
    return naming.words("beside", form=form) if q.beside else form


def _listed(found: Alternatives, naming: Naming) -> Table:
    words = naming.words
    rows = tuple(
        (
            Quantity(k),
            Quantity(plan.value, _VALUE_DECIMALS),
            Quantity(100 * plan.loss, 2),
            Quantity(plan.differs),
            Quantity(len(plan.partnerships)),
        )
        for k, plan in enumerate(found.listed, start=1)
    )
    headers = tuple(words(f"alt.{key}") for key in ("plan", "value", "loss", "differs", "partnerships"))
    order = words("alt.list.order") if found.in_order else ""
    note = words("alt.list.all") if found.all_listed else words("alt.list.more", order=order)
    return Table(words("alt.list"), headers, rows, (note,))
