"""The frontier as a report: what there is to choose from, where it bends, and how far today is from it."""

from collections.abc import Sequence

from regie_opt.report import money
from regie_opt.report.document import title
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent, readable_decimals
from regie_opt.report.plan import proposal
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import SEPARATOR, Words
from regie_opt.schema.parameters import CRITERIA
from regie_opt.schema.pareto import Pareto, ParetoObjective, ParetoPoint
from regie_opt.schema.scenario import Scenario

VALUE_DECIMALS = 4


def pareto_report(
    scenario: Scenario, result: Pareto, language: Language, *, complete: bool = False
) -> tuple[Section, ...]:
    """Report of `pareto`; the complete one has every criterion of every plan."""
    naming = Naming(scenario, Words(language))
    sections: list[Section] = [title(naming), _in_short(result, naming), frontier(result, naming)]
    knee = next((i for i, point in enumerate(result.points) if point.knee), None)
    if complete:
        sections.append(_criteria(result, naming))
    if knee is not None:
        plan = proposal(result.points[knee].partnerships, naming)
        sections.append(_titled(plan, naming.words("par.knee.plan", place=knee + 1)))
    return (*sections, _proof(result, naming))


def label(objective: ParetoObjective, naming: Naming) -> str:
    """What an objective is called."""
    if objective.key in ("value", "motives"):
        return naming.words("value" if objective.key == "value" else "par.motives")
    return naming.criterion(objective.key)  # type: ignore[arg-type]


def unit(objective: ParetoObjective, naming: Naming) -> str:
    """The unit of its amounts; nothing for a weighted sum."""
    return "" if objective.unit == "value" else naming.words.term("unit", objective.unit)


def decimals(objective: ParetoObjective, result: Pareto) -> int:
    """Decimals for its amounts."""
    if objective.unit == "value":
        return VALUE_DECIMALS
    amounts = [point.amounts[objective.key] for point in result.points]
    return readable_decimals(*amounts, result.today.amounts[objective.key])


def frontier(result: Pareto, naming: Naming) -> Table:
    """One row per plan with its amounts, how they differ from today, and what is to be said of it; today below."""
    words, two = naming.words, len(result.objectives) == 2
    places = {objective.key: decimals(objective, result) for objective in result.objectives}
    headers = [words("par.plan")]
    for objective in result.objectives:
        headers += [f"{label(objective, naming)}\n{unit(objective, naming)}".strip(), words("par.change")]
    euros = any(objective.key == "cost" for objective in result.objectives)
    if euros:
        headers.append(f"{money.heading(naming)}\n{money.unit(naming)}")
    headers += [
        words("par.partnerships"),
        words("par.regrouped" if two else "par.regrouped.nearest"),
        words("par.remark"),
    ]
    rows: list[tuple[Cell, ...]] = []
    for i, point in enumerate(result.points):
        cells: list[Cell] = [Quantity(i + 1)]
        for objective in result.objectives:
            amount = point.amounts[objective.key]
            change = amount - result.today.amounts[objective.key]
            cells += [Quantity(amount, places[objective.key]), Quantity(change, places[objective.key], signed=True)]
        if euros:
            cells.append(Quantity(point.euro, signed=True))
        other = "" if point.regrouped is None else Quantity(point.regrouped)
        rows.append((*cells, Quantity(len(point.partnerships)), other, _remark(point, naming)))
    now: list[Cell] = [words("par.today")]
    for objective in result.objectives:
        now += [Quantity(result.today.amounts[objective.key], places[objective.key]), ""]
    if euros:
        now.append(Quantity(result.today.euro, signed=True))
    rows.append((*now, Quantity(len(naming.scenario.partnerships)), "", ""))
    notes = [words("par.note.regrouped" if two else "par.note.regrouped.nearest")]
    if euros:
        notes.append(money.note(naming))
    if result.knee_distance is not None:
        notes.append(words("par.note.knee" if two else "par.note.knee.plane"))
    return Table(words("par.table"), tuple(headers), tuple(rows), tuple(notes), footers=1)


def _remark(point: ParetoPoint, naming: Naming) -> str:
    words = naming.words
    marks = (
        ("par.mark.knee", point.knee),
        ("par.mark.ahead", point.ahead_of_today is not None),
        ("par.mark.unproven", not point.proven),
    )
    return ", ".join(words(key) for key, holds in marks if holds)


def _in_short(result: Pareto, naming: Naming) -> Text:
    words = naming.words
    lines = [words("par.count", count=len(result.points))]
    for objective in result.objectives:
        places = decimals(objective, result)
        lines.append(
            words(
                "par.range",
                name=label(objective, naming),
                best=naming.number(objective.best, places),
                worst=f"{naming.number(objective.worst, places)} {unit(objective, naming)}".strip(),
            )
        )
    knee = next((i for i, point in enumerate(result.points) if point.knee), None)
    if knee is not None and result.knee_distance is not None:
        distance = percent(result.knee_distance, 0, naming.language)
        lines.append(words("par.knee", place=knee + 1, distance=distance))
    elif len(result.points) > len(result.objectives):
        lines.append(words("par.knee.none"))
    lines += [_today(result, naming), *_counted(result.objectives, naming)]
    return Text(words("par.short"), tuple(lines), bullets=True)


def _today(result: Pareto, naming: Naming) -> str:
    words, ahead = naming.words, result.today.dominated_by
    if not ahead:
        return words("par.today.free")
    # The knee says most; otherwise the one in the middle.
    place = next((i for i in ahead if result.points[i].knee), ahead[len(ahead) // 2])
    gains = result.points[place].ahead_of_today or {}
    gained = {
        objective.key: naming.number(gains[objective.key], decimals(objective, result))
        for objective in result.objectives
    }
    parts = [
        words(
            "par.gain",
            amount=f"{gained[objective.key]} {unit(objective, naming)}".strip(),
            name=label(objective, naming),
        )
        for objective in result.objectives
    ]
    return words("par.today.dominated", count=len(ahead), place=place + 1, gains=SEPARATOR.join(parts))


def _counted(objectives: Sequence[ParetoObjective], naming: Naming) -> list[str]:
    first = objectives[0]
    if first.key not in ("value", "motives"):
        return [naming.words("par.counts")]
    names = SEPARATOR.join(naming.criterion(key) for key in first.weights)
    return [naming.words(f"par.counts.{first.key}", names=names)]


def _criteria(result: Pareto, naming: Naming) -> Table:
    words = naming.words
    rows = tuple(
        (
            Quantity(i + 1),
            *(Quantity(point.criteria[key], 2) for key in CRITERIA),
            Quantity(point.euro, signed=True),
        )
        for i, point in enumerate(result.points)
    )
    headers = (words("par.plan"), *(naming.criterion(key) for key in CRITERIA), money.heading(naming))
    return Table(words("par.criteria"), headers, rows, (money.note(naming),))


def _titled(section: Table | Text, heading: str) -> Section:
    if isinstance(section, Table):
        return Table(heading, section.headers, section.rows, section.notes, footers=section.footers)
    return Text(heading, section.lines)


def _proof(result: Pareto, naming: Naming) -> Text:
    key = "none" if not result.proven else "resolution" if result.resolution > 0 else "all"
    line = naming.words(
        f"par.proof.{key}",
        resolution=percent(result.resolution, readable_decimals(100 * result.resolution), naming.language),
    )
    return Text(naming.words("par.proof"), (line,))
