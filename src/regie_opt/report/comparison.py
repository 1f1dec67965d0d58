"""The report of `compare`: scenarios and variants side by side, today first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from regie_opt.report import money
from regie_opt.report.assessment import CONTRIBUTION_DECIMALS, region_months, total_hours
from regie_opt.report.beside import Beside, Line
from regie_opt.report.certificate import gap_decimals
from regie_opt.report.document import title
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent, readable_decimals
from regie_opt.report.sides import partnership_sections, side_sections
from regie_opt.report.table import Section, Table, Text
from regie_opt.report.words import SEPARATOR, Words
from regie_opt.schema.comparison import EXTENTS, RUNNING_COST, VALUE, Column, Comparison, Difference, Row
from regie_opt.schema.parameters import CRITERIA
from regie_opt.schema.plan import MunicipalityResult
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import ROLES
from regie_opt.study.comparison import best

SHOWN = 3
"""Differences of a variant that people get to read; files for programs have all."""
OWN_ROWS = 5
"""Rows of a table by own weights beside the weights themselves."""
MORE_DECIMALS = 3
"""Decimals that a row may get on top of what reads well."""
_LONGEST_VALUE = 24
_SEASON = slice(3, 7)


def comparison_report(
    scenario: Scenario, comparison: Comparison, language: Language, *, complete: bool = False
) -> tuple[Section, ...]:
    """Sections of the comparison; `scenario` is the first, by which things are called."""
    naming = Naming(scenario, Words(language))
    beside = Beside(comparison, naming, complete)
    return (
        title(naming),
        _short(beside),
        _columns(beside),
        *_criteria(beside),
        *_own(beside),
        *partnership_sections(beside),
        *side_sections(beside),
        *_hours(beside),
        _limits(naming),
    )


def _short(beside: Beside) -> Text:
    comparison, words = beside.comparison, beside.naming.words
    plans = comparison.plans
    lines = [words("cmp.plans", count=len(plans), name=comparison.columns[0].scenario)]
    if len(plans) > 1:
        counts = {extent: sum(p.extent == extent for p in comparison.partnerships) for extent in EXTENTS}
        lines.append(words("cmp.extents", **counts))
        contested = sum(sides.contested for sides in comparison.sides)
        most = max(sides.contested for sides in comparison.sides)
        lines.append(words("cmp.contested.count", count=contested, cells=comparison.cells))
        if contested:
            who = [sides.code for sides in comparison.sides if sides.contested == most]
            lines[-1] += " " + words("cmp.contested.most", names=beside.naming.members(who), count=most)
    lines += [words("cmp.same", names=beside.labels(some)) for some in comparison.same]
    unproven = [column.key for column in plans if column.status == "feasible"]
    if unproven:
        lines.append(words("cmp.unproven", names=beside.labels(unproven)))
    missing = [column for column in comparison.columns if not column.has_plan and column.status != "today"]
    lines += [f"{beside.label(column)}: {_result(column, beside.naming)}" for column in missing]
    return Text(words("headline"), tuple(lines), bullets=True)


def _columns(beside: Beside) -> Table:
    """What each column is, in what it differs, and how sure it is."""
    words = beside.naming.words
    shown = [column for column in beside.comparison.columns if column.status != "today"]
    return Table(
        words("cmp.columns"),
        tuple(words(f"cmp.{key}") for key in ("column", "about", "differs", "result")),
        tuple(
            (beside.label(c), _about(c, beside), _differs(c.differences, beside), _result(c, beside.naming))
            for c in shown
        ),
        (words("cmp.references", name=beside.comparison.columns[0].scenario),),
    )


def _about(column: Column, beside: Beside) -> str:
    parts = [column.scenario] if beside.several and column.variant is None else []
    return "\n".join([*parts, column.description])


def _differs(differences: Sequence[Difference], beside: Beside) -> str:
    shown = differences if beside.complete else differences[:SHOWN]
    lines = [f"{d.path}: {_short_value(d.before)} > {_short_value(d.after)}" for d in shown]
    if len(differences) > len(shown):
        lines.append(beside.naming.words("cmp.more", count=len(differences) - len(shown)))
    return "\n".join(lines)


def _short_value(value: str | None) -> str:
    text = "-" if value is None else value.strip('"')
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


def _result(column: Column, naming: Naming) -> str:
    words = naming.words
    if column.status == "infeasible":
        return words("cmp.infeasible", names=SEPARATOR.join(column.conflict))
    gap = column.gap or 0.0
    return words(f"cmp.{column.status}", gap=percent(gap, gap_decimals(gap), naming.language))


def _criteria(beside: Beside) -> tuple[Table, ...]:
    """Criteria in their own units, and below them the value that plans have in the first scenario."""
    naming, words = beside.naming, beside.naming.words
    rows = [row for row in beside.comparison.rows if row.amounts]
    lines = [
        Line(
            (_heading(row, naming), words.term("unit", row.unit)),
            row.amounts,
            CONTRIBUTION_DECIMALS if row.key == VALUE else _decimals(row),
            row.best,
            signed=row.key == RUNNING_COST,
        )
        for row in rows
    ]
    first = beside.labels([next(c.key for c in beside.comparison.columns if c.status != "today")])
    notes = [words("cmp.mark"), words("cmp.value.note", name=first), words("criteria.cells")]
    notes.append(money.note(naming))
    others = [column.key for column in beside.comparison.columns if column.other_measure]
    if others:
        notes.append(words("cmp.measure", names=beside.labels(others)))
    return beside.tables(
        words("cmp.criteria"),
        (words("criterion"), words("unit")),
        lines,
        beside.comparison.columns,
        notes=tuple(notes),
        footers=1,
        repeated=1,
    )


def _heading(row: Row, naming: Naming) -> str:
    if row.key == VALUE:
        return naming.words("cmp.value")
    return money.heading(naming) if row.key == RUNNING_COST else naming.criterion(row.key)


def _decimals(row: Row) -> int:
    """Decimals of a row of amounts: more where the best would look like one that is not."""
    least = readable_decimals(*row.amounts.values())
    for decimals in range(least, least + MORE_DECIMALS):
        top = {round(row.amounts[key], decimals) for key in row.best}
        if top.isdisjoint(round(amount, decimals) for key, amount in row.amounts.items() if key not in row.best):
            return decimals
    return least + MORE_DECIMALS


def _weight_decimals(weights: Iterable[float]) -> int:
    """Decimals at which weights are as they are in the files."""
    return next((n for n in range(2, 6) if all(abs(w - round(w, n)) < 1e-9 for w in weights)), 6)


def _own(beside: Beside) -> tuple[Table, ...]:
    """Weights that differ, and value, today's value and gain by the weights of each column."""
    comparison, naming, words = beside.comparison, beside.naming, beside.naming.words
    columns = [column for column in comparison.columns if column.status != "today"]
    plans = comparison.plans
    lines = [
        Line((words("cmp.weight", name=naming.criterion(key)),), weights, _weight_decimals(weights.values()))
        for key in CRITERIA
        if len(set((weights := {c.key: c.weights.get(key, 0.0) for c in columns}).values())) > 1
    ]
    decimals = CONTRIBUTION_DECIMALS
    today = {c.key: c.today for c in columns if c.today is not None}
    value = {c.key: c.value for c in plans if c.value is not None}
    gain = {key: found - today[key] for key, found in value.items()}
    bound = {c.key: c.bound for c in plans if c.bound is not None}
    gap = {c.key: 100 * c.gap for c in plans if c.gap is not None}
    lines += [
        Line((words("cmp.own.today"),), today, decimals),
        Line((words("cmp.own.value"),), value, decimals),
        Line((words("cmp.own.gain"),), gain, decimals, signed=True),
        Line((words("cmp.own.bound"),), bound, decimals),
        Line((words("cmp.own.gap"),), gap, max((gap_decimals(g / 100) for g in gap.values()), default=2)),
    ]
    differ = len(lines) > OWN_ROWS or any(column.other_measure for column in columns)
    notes = (words("cmp.own.note"),) if differ else ()
    return beside.tables(words("cmp.own"), (words("cmp.own.what"),), lines, columns, notes=notes)


def _hours(beside: Beside) -> Iterator[Table]:
    """Hours per municipality; by role for the region, and for programs for every municipality."""
    comparison, naming, words = beside.comparison, beside.naming, beside.naming.words
    columns = comparison.columns
    found = {c.key: {result.code: result for result in c.municipalities} for c in columns if c.municipalities}
    codes = list(naming.scenario.municipalities)

    def line(name: str, amounts: Mapping[str, float]) -> Line:
        return Line((name,), amounts, best=best(amounts, less_is_better=True))

    def per_municipality(role: str) -> list[Line]:
        return [
            line(naming.municipality(code), {key: _of(role, results[code]) for key, results in found.items()})
            for code in codes
        ]

    def of_region(role: str) -> dict[str, float]:
        return {key: sum(_of(role, result) for result in results.values()) for key, results in found.items()}

    months = {c.key: region_months(c.network) for c in columns if c.network is not None}
    footers = [
        line(words("region"), of_region("total")),
        *(line(words(f"cmp.of.{role}"), of_region(role)) for role in ROLES),
        line(words("cmp.of.season"), {key: sum(month[_SEASON]) for key, month in months.items()}),
        line(words("cmp.of.peak"), {key: max(month, default=0.0) for key, month in months.items()}),
    ]
    head = (words("municipality"),)
    yield from beside.tables(
        words("cmp.hours"),
        head,
        [*per_municipality("total"), *footers],
        columns,
        notes=(words("cmp.mark"), *_overloads(beside)),
        footers=len(footers),
        repeated=1,
    )
    if beside.complete:
        for role in ROLES:
            yield from beside.tables(words(f"cmp.hours.{role}"), head, per_municipality(role), columns)


def _of(role: str, result: MunicipalityResult) -> float:
    return total_hours(result) if role == "total" else float(getattr(result.hours, role))


def _overloads(beside: Beside) -> Iterator[str]:
    naming, words = beside.naming, beside.naming.words
    for column in beside.comparison.columns:
        over = [result for result in column.municipalities if result.overload > 0.5]
        if over:
            names = [words("overload.one", name=naming.municipality(r.code), hours=round(r.overload)) for r in over]
            yield words("cmp.overload", column=beside.label(column), names=SEPARATOR.join(names))


def _limits(naming: Naming) -> Text:
    words = naming.words
    keys = ("limits.hours", "limits.cost", "limits.inventory", "cmp.limits")
    return Text(words("limits"), tuple(words(key) for key in keys), bullets=True)
