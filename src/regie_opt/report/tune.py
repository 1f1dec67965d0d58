"""The report of `tune`: how far each weight may go, which weights matter, and the plans that were met."""

from collections import Counter
from collections.abc import Iterator

from regie_opt.report.document import title
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.tune_judged import judged_sections
from regie_opt.report.tune_sweep import sweep_sections
from regie_opt.report.words import SEPARATOR, Words
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.tuning import Interval, IntervalEnd, Swing, SwungWeight, TunedPlan, Tuning

VALUE_DECIMALS = 4
POINT = 1000
"""Points are thousandths of the value."""
BAR = 12
"""Characters of the longest bar."""


def tuning_report(scenario: Scenario, found: Tuning, language: Language) -> tuple[Section, ...]:
    """All sections that there is something to say in."""
    naming = Naming(scenario, Words(language))
    sections: list[Section] = [title(naming), _short(found, naming)]
    if found.intervals:
        sections.append(_intervals(found, naming))
    if found.tornado:
        sections.append(_tornado(found, naming))
    if found.sweep is not None:
        sections += sweep_sections(found.sweep, found, naming)
    if found.elicitation is not None:
        sections += judged_sections(found.elicitation, naming)
    if len(found.plans) > 1:
        sections.append(_plans(found, naming))
    return tuple(sections)


def weight_name(path: str, naming: Naming) -> str:
    """What a weight is the weight of; any other path as it is."""
    section, _, rest = path.partition(".")
    key = rest.removesuffix(".weight")
    if section == "criteria" and rest.endswith(".weight"):
        found = {k: c.name.in_language(naming.language) for k, c in naming.scenario.criteria.items()}
        return found.get(key, path)  # type: ignore[call-overload]
    if section == "domains" and rest.endswith(".weight"):
        return naming.domain(key)
    return path


def weight_decimals(*weights: float) -> int:
    """Decimals with which weights are told apart: four figures of the smallest that is not zero."""
    least = min((abs(weight) for weight in weights if weight), default=1.0)
    return next((n for n in range(2, 7) if least * 10**n >= 1000), 6)


def _short(found: Tuning, naming: Naming) -> Text:
    words = naming.words
    value = naming.number(found.value, VALUE_DECIMALS)
    proven = found.gap == 0
    key = "tune.value" if proven else "tune.value.open"
    lines = [words(key, value=value, gap=percent(found.gap, 2, naming.language))]
    if found.tornado:
        still = [s for s in found.tornado if all(side.plan == 1 and side.gap == 0 for side in (s.low, s.high))]
        lines.append(words("tune.robust", count=len(still), all=len(found.tornado)))
        first = found.tornado[0]
        worst = max(first.low, first.high, key=lambda side: side.loss)
        if worst.loss > 0:
            lines.append(
                words(
                    "tune.matters",
                    weight=weight_name(first.path, naming),
                    then=_weight(worst.weight, naming),
                    present=_weight(first.present, naming),
                    loss=naming.number(POINT * worst.loss, 2),
                )
            )
    nearest = min(_limits(found), key=lambda limit: limit[0], default=None)
    if nearest is not None:
        _, interval, end = nearest
        lines.append(
            words(
                "tune.nearest",
                weight=weight_name(interval.path, naming),
                limit=_weight(end.weight, naming),
                present=_weight(interval.present, naming),
                change=percent(end.weight / interval.present - 1, 1, naming.language, signed=True),
                plan=end.plan,
            )
        )
    return Text(words("tune.short"), tuple(lines), bullets=True)


def _limits(found: Tuning) -> Iterator[tuple[float, Interval, IntervalEnd]]:
    """How far each limit is, as a share of the present weight."""
    for interval in found.intervals:
        for end in (interval.low, interval.high):
            if not end.beyond and interval.present > 0:
                yield abs(end.weight / interval.present - 1), interval, end


def _weight(weight: float, naming: Naming) -> str:
    return naming.number(weight, weight_decimals(weight))


def _intervals(found: Tuning, naming: Naming) -> Table:
    words = naming.words
    cells = {plan.number: len(plan.regrouped) for plan in found.plans}
    rows = []
    for interval in found.intervals:
        low, high = interval.low, interval.high
        decimals = weight_decimals(interval.present, low.weight, high.weight)
        bent = "" if interval.linear else " ~"
        rows.append(
            (
                weight_name(interval.path, naming) + bent,
                Quantity(interval.present, decimals),
                Quantity(low.weight, decimals),
                Quantity(high.weight, decimals),
                _wins(low, cells, naming, edge=0.0),
                _wins(high, cells, naming, edge=None),
            )
        )
    proven = [end.proven for i in found.intervals for end in (i.low, i.high)]
    notes = [words("tune.intervals.note")] if any(proven) else []
    if not all(proven):
        notes.append(words("tune.intervals.open"))
    if not all(interval.linear for interval in found.intervals):
        slack = max(interval.slack for interval in found.intervals)
        notes.append(words("tune.intervals.bent", slack=naming.number(POINT * slack, 2)))
    headers = tuple(words(f"tune.{key}") for key in ("weight", "now", "from", "to", "below", "above"))
    return Table(words("tune.intervals"), headers, tuple(rows), tuple(notes))


def _wins(end: IntervalEnd, cells: dict[int, int], naming: Naming, edge: float | None) -> str:
    """The plan beyond an end; nothing where the range ended first, which is told unless nothing can be beyond it."""
    words = naming.words
    if end.plan is not None:
        text = words("tune.plan.cells", plan=end.plan, cells=cells[end.plan])
    elif end.weight == edge:
        text = words("tune.none")
    else:
        text = words("tune.reach", weight=_weight(end.weight, naming))
    return text if end.proven else words("tune.open", text=text)


def _tornado(found: Tuning, naming: Naming) -> Table:
    words = naming.words
    longest = max(max(s.low.loss, s.high.loss) for s in found.tornado)
    rows = tuple(_swing_row(swung, longest, naming) for swung in found.tornado)
    headers = ("weight", "low.loss", "low.cells", "low.plan", "high.loss", "high.cells", "high.plan", "bar")
    notes = [words("tune.tornado.note")]
    gap = max((side.gap or 0.0 for s in found.tornado for side in (s.low, s.high)), default=0.0)
    if gap > 0:
        notes.append(words("tune.tornado.open", gap=percent(gap, 2, naming.language)))
    return Table(words("tune.tornado"), tuple(words(f"tune.{key}") for key in headers), rows, tuple(notes))


def _swing_row(swung: SwungWeight, longest: float, naming: Naming) -> tuple[Cell, ...]:
    loss = max(swung.low.loss, swung.high.loss)
    bar = "█" * round(BAR * loss / longest) if longest > 0 else ""
    name = weight_name(swung.path, naming)
    if swung.present == 0:
        name = naming.words("tune.up", weight=name, high=_weight(swung.high.weight, naming))
    return (name, *_side(swung.low), *_side(swung.high), bar or ("▏" if loss > 0 else ""))


def _side(swing: Swing) -> tuple[Quantity, ...]:
    return Quantity(POINT * swing.loss, 2), Quantity(swing.regrouped), Quantity(swing.plan)


def _plans(found: Tuning, naming: Naming) -> Table:
    words = naming.words
    rows = tuple(
        (
            Quantity(plan.number),
            Quantity(plan.hours),
            Quantity(len(plan.partnerships)),
            Quantity(len(plan.regrouped)),
            _where(plan, naming),
        )
        for plan in found.plans
    )
    headers = tuple(words(f"tune.{key}") for key in ("plan", "hours", "partnerships", "cells", "where"))
    return Table(words("tune.plans"), headers, rows, (words("tune.plans.note"),))


def _where(plan: TunedPlan, naming: Naming) -> str:
    """Domains in which it differs, with the number of municipalities, the most first."""
    if plan.number == 1:
        return naming.words("tune.recommended")
    counts = Counter(domain for _, domain in plan.regrouped)
    order = list(naming.scenario.domains)
    ranked = sorted(counts, key=lambda domain: (-counts[domain], order.index(domain)))
    return SEPARATOR.join(f"{naming.domain(d)}\u00a0{counts[d]}" for d in ranked) or naming.words("tune.bundled")
