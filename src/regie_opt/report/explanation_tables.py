"""Tables of what something brings: to the region by criterion, to members, in cells, and to one municipality."""

from collections.abc import Callable, Iterator, Sequence

from regie_opt.report import money
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent, readable_decimals
from regie_opt.report.table import Cell, Quantity, Table, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.explanation import (
    CellLevels,
    Difference,
    Explanation,
    Gains,
    MemberShare,
    MotiveLevel,
    MunicipalityTotals,
    Situation,
)
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours

POINTS = 1000
"""Points in a value of one."""
LEAST_EURO = 0.5
"""Euros that read as more than none."""


def brings(gains: Gains, naming: Naming, *, in_today: bool) -> Table:
    """Per criterion what a partnership brings against alone, and against today."""
    words = naming.words
    sides = [gains.alone] if in_today else [gains.alone, gains.today]
    keys = ("alone",) if in_today else ("alone", "today")
    rows: list[tuple[Cell, ...]] = []
    for i, one in enumerate(gains.alone.criteria):
        found = [side.criteria[i] for side in sides]
        if any(abs(c.amount) > 1e-9 for c in found):
            amounts = readable_decimals(*(c.amount for c in found))
            rows.append(
                (
                    naming.criterion(one.key),
                    words.term("unit", one.unit),
                    *(Quantity(c.amount, amounts, signed=True) for c in found),
                    *(Quantity(POINTS * c.contribution, 1, signed=True) for c in found),
                )
            )
        rows += _euros(found, naming, blanks=len(found))
    blank = ("",) * (1 + len(sides))
    total: tuple[Cell, ...] = (words("value"), *blank, *(Quantity(POINTS * s.value, 1, signed=True) for s in sides))
    notes = [words("exp.gains.note"), *_why_euros([c for side in sides for c in side.criteria], naming)]
    if not in_today:
        names = SEPARATOR.join(naming.scenario.partnerships[key].name for key in gains.replaces)
        notes.append(words("exp.replaces", names=names) if names else words("exp.replaces.none"))
        if gains.beyond:
            beyond = SEPARATOR.join(naming.scenario.partnerships[key].name for key in gains.beyond)
            notes.append(words("exp.beyond", names=beyond))
    return Table(
        words("exp.gains.ended" if in_today else "exp.gains"),
        (
            words("criterion"),
            words("unit"),
            *(words(f"exp.against.{key}") for key in keys),
            *(words(f"exp.points.{key}") for key in keys),
        ),
        (*rows, total),
        tuple(notes),
        footers=1,
    )


def members(shares: Sequence[MemberShare], naming: Naming, *, in_today: bool) -> Table:
    """Per member its hours, services, one-off costs and points."""
    words = naming.words
    figures = [_share(share, in_today=in_today) for share in shares]
    rows: list[tuple[Cell, ...]] = [
        (naming.municipality(share.code), *row) for share, row in zip(shares, figures, strict=True)
    ]
    sums = [Quantity(sum(q.value for q in column), column[0].decimals) for column in zip(*figures, strict=True)]
    return Table(
        words("exp.members"),
        (words("exp.member"), *_share_headers(naming, in_today=in_today)),
        (*rows, (words("region"), *sums)),
        (words("exp.members.ended" if in_today else "exp.members.note"),),
        footers=1,
    )


def _share_headers(naming: Naming, *, in_today: bool) -> list[str]:
    keys = ["college", "council", "officials", *([] if in_today else ["hours.today"]), "gives", "gets"]
    keys += ["leaving", "motive.points"] if in_today else ["setup", "leaving", "motive.points"]
    return [naming.words(f"exp.{key}") for key in keys]


def _share(share: MemberShare, *, in_today: bool) -> list[Quantity]:
    cells = [Quantity(getattr(share.hours, role)) for role in ROLES]
    if not in_today:
        cells.append(Quantity(_total(share.hours_today)))
    cells += [Quantity(share.services.given, 1), Quantity(share.services.received, 1)]
    if not in_today:
        cells.append(Quantity(share.setup))
    return [*cells, Quantity(share.leaving), Quantity(share.points, 1, signed=True)]


def _total(hours: RoleHours) -> float:
    return sum(float(getattr(hours, role)) for role in ROLES)


def satisfaction(cells: Sequence[CellLevels], naming: Naming, title: str, *, in_today: bool = False) -> Table:
    """Per domain and municipality each motive before and after."""
    words = naming.words

    def change(level: MotiveLevel) -> str:
        if level.want == 0:
            return "-"
        before = level.today if in_today else level.alone
        return f"{naming.number(before, 2)} > {naming.number(level.proposed, 2)}"

    rows = []
    before = ""
    for cell in sorted(cells, key=lambda c: list(naming.scenario.domains).index(c.domain)):
        domain = "" if cell.domain == before else naming.domain(cell.domain)
        before = cell.domain
        rows.append((domain, naming.municipality(cell.municipality), *(change(level) for level in cell.levels)))
    headers = (words("exp.domain"), words("exp.member"), *(naming.criterion(motive) for motive in MOTIVES))
    return Table(title, headers, tuple(rows), (words("exp.cells.note"),))


def because(cell: CellLevels, naming: Naming) -> Table:
    """Motive by motive one cell alone, today and proposed, and what makes it so."""
    words = naming.words
    rows = [
        (
            naming.criterion(level.motive),
            Quantity(level.want, 2),
            Quantity(level.alone, 2),
            Quantity(level.today, 2),
            Quantity(level.proposed, 2),
            _because(cell, level, naming),
        )
        for level in cell.levels
    ]
    parts = [
        f"{naming.criterion(level.motive)} {percent(cell.realised[level.motive], 0, naming.language)}"
        for level in cell.levels
        if level.motive in cell.realised
    ]
    return Table(
        words("exp.cell"),
        tuple(words(f"exp.{key}") for key in ("motive", "counts", "alone", "today", "proposed", "because")),
        tuple(rows),
        (words("exp.realised", parts=SEPARATOR.join(parts)),) if parts else (),
    )


def _because(cell: CellLevels, level: MotiveLevel, naming: Naming) -> str:
    decimals = {"cost": 2, "power": 0}.get(level.motive, 1)
    figures = {
        "alone": naming.number(level.figure_alone, decimals),
        "today": naming.number(level.figure_today, decimals),
        "proposed": naming.number(level.figure_proposed, decimals),
        "needed": naming.number(cell.needed.get(level.motive, 0.0), decimals),
    }
    return naming.words(f"exp.because.{level.motive}", **figures)


def totals(found: MunicipalityTotals, naming: Naming) -> Table:
    """One municipality in three situations."""
    words = naming.words
    sides = (found.alone, found.today, found.proposed)

    def row(
        label: str, of: Callable[[Situation], float], decimals: int = 0, *, signed: bool = False
    ) -> tuple[Cell, ...]:
        return (label, *(Quantity(of(side), decimals, signed) for side in sides))

    rows = [row(words(f"exp.total.{role}"), lambda s, role=role: getattr(s.hours, role)) for role in ROLES]  # type: ignore[misc]
    rows += [row(words("exp.total.overload"), lambda s: s.overload)]
    rows += [row(words("exp.total.partnerships"), lambda s: s.partnerships)]
    rows += [
        row(words("exp.total.motive", name=naming.criterion(q)), lambda s, q=q: s.motives[q], 2)  # type: ignore[misc]
        for q in MOTIVES
    ]
    rows += [row(words("exp.total.given"), lambda s: s.services.given, 1)]
    rows += [row(words("exp.total.received"), lambda s: s.services.received, 1)]
    rows += [row(words("exp.total.cost"), lambda s: -s.saving, signed=True)]
    rows += [
        (words("exp.total.setup"), "", "", Quantity(found.setup)),
        (words("exp.total.leaving"), "", "", Quantity(found.leaving)),
    ]
    return Table(
        words("exp.totals", who=naming.municipality(found.code)),
        tuple(words(f"exp.{key}") for key in ("measure", "alone", "today", "proposed")),
        tuple(rows),
        (words("exp.totals.note"), money.note(naming)),
    )


def mine(found: MunicipalityTotals, naming: Naming) -> Table | Text:
    """What a municipality is in, with what each asks of it and gives it."""
    words = naming.words
    title = words("exp.mine", who=naming.municipality(found.code))
    if not found.partnerships:
        return Text(title, (words("proposal.none"),))
    return Table(
        title,
        (words("partnership"), words("exp.domain"), *_share_headers(naming, in_today=False)),
        tuple(
            (short_name(q, naming), naming.domains(q.domains), *_share(share, in_today=False))
            for q, share in found.partnerships
        ),
        (words("exp.members.note"),),
    )


def differences(title: str, criteria: Sequence[Difference], value: float, naming: Naming) -> Table:
    """Per criterion a difference in its own unit and in points."""
    words = naming.words
    rows: list[tuple[Cell, ...]] = []
    for c in criteria:
        if abs(c.amount) > 1e-9:
            amount = Quantity(c.amount, readable_decimals(c.amount), signed=True)
            points = Quantity(POINTS * c.contribution, 1, signed=True)
            rows.append((naming.criterion(c.key), words.term("unit", c.unit), amount, points))
        rows += _euros([c], naming, blanks=1)
    total = (words("value"), "", "", Quantity(POINTS * value, 1, signed=True))
    headers = (words("criterion"), words("unit"), words("exp.difference"), words("exp.in.points"))
    return Table(title, headers, (*rows, total), _why_euros(criteria, naming), footers=1)


def _euros(found: Sequence[Difference], naming: Naming, *, blanks: int) -> Iterator[tuple[Cell, ...]]:
    """Below the criterion of cost a row with the euros, where there are any."""
    euros = [c.euro for c in found if c.euro is not None]
    if any(abs(euro) >= LEAST_EURO for euro in euros):
        cells = (Quantity(euro, signed=True) for euro in euros)
        yield (money.heading(naming), money.unit(naming), *cells, *("" for _ in range(blanks)))


def _why_euros(criteria: Sequence[Difference], naming: Naming) -> tuple[str, ...]:
    euros = any(abs(c.euro or 0.0) >= LEAST_EURO for c in criteria)
    return (money.note(naming),) if euros else ()


def short_name(q: PlannedPartnership, naming: Naming) -> str:
    """Name of a partnership of a plan, with its id to ask about it."""
    return f"{q.name or naming.form(q.form)} [{q.id}]" if q.id else q.name


def headline_of(found: Explanation, naming: Naming) -> str:
    """Title of the report: what is asked about."""
    question = found.question
    parts = []
    if question.municipality is not None:
        parts.append(naming.municipality(question.municipality))
    if question.partnership is not None:
        parts.append(short_name(question.partnership, naming))
    if question.about == "cell":
        parts.append(naming.domains(question.domains))
    return " - ".join(parts)
