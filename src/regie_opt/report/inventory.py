"""The report of `inventory`: what there is, what it asks and yields, beside the nation, and what stands out."""

from collections.abc import Iterable

from regie_opt.report.document import title
from regie_opt.report.findings import finding_sections
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent, readable_decimals
from regie_opt.report.source_words import sourced
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import Words
from regie_opt.schema.overview import KINDS, Overview, PartnershipNow
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import MOTIVES, ROLES, RoleHours

SEASON = slice(3, 7)
"""April to July, when the budgets of all partnerships reach the councils."""


def overview_report(
    scenario: Scenario, overview: Overview, language: Language, compared: Text | None = None, *, complete: bool = False
) -> tuple[Section, ...]:
    """Sections of the overview; `complete` keeps every finding of every kind."""
    naming = Naming(scenario, Words(language))
    head = title(naming)
    if overview.municipality:
        head = Text(naming.municipality(overview.municipality), (scenario.name,), chapter=True)
    return (
        head,
        _short(overview, naming),
        _what(overview, naming),
        _asks(overview, naming),
        _who(overview, naming),
        _months(overview, naming),
        _reference(overview, naming),
        *finding_sections(overview.findings, naming, complete=complete),
        *([compared] if compared else []),
        Text(
            naming.words("limits"),
            tuple(naming.words(key) for key in ("limits.hours", "limits.cost", "limits.inventory")),
            bullets=True,
        ),
    )


def _short(overview: Overview, naming: Naming) -> Text:
    words, now = naming.words, overview.partnerships
    formal = [p for p in now if p.formal]
    totals = {role: sum(getattr(p.hours, role) for p in now) for role in ROLES}
    months = [sum(month) for month in zip(*overview.hours_by_month.values(), strict=True)]
    lines = [
        words(
            "inv.count",
            count=len(now),
            formal=len(formal),
            informal=len(now) - len(formal),
            frozen=sum(p.frozen for p in now),
        )
    ]
    if sum(months) > 0:
        all_hours, formal_hours = _hours(now), _hours(formal)
        lines.append(
            words(
                "inv.hours",
                hours=round(all_hours),
                formal=naming.number(formal_hours),
                informal=naming.number(all_hours - formal_hours),
                **{role: naming.number(hours) for role, hours in totals.items()},
            )
        )
        season = sum(months[SEASON])
        lines.append(
            words(
                "inv.peak",
                hours=round(season),
                share=percent(season / sum(months), 0, naming.language),
                month=words(f"month.{months.index(max(months)) + 1}"),
            )
        )
        lines.append(words("inv.money", euro=naming.number(sum(p.contribution or 0.0 for p in now))))
    counted = [(words(f"kind.{kind}"), sum(f.kind == kind for f in overview.findings)) for kind in KINDS]
    parts = "; ".join(f"{label[0].lower()}{label[1:]}: {count}" for label, count in counted if count)
    if parts:
        lines.append(words("inv.patterns", parts=parts))
    return Text(words("inv.short"), tuple(lines), bullets=True)


def _hours(partnerships: Iterable[PartnershipNow]) -> float:
    return sum(_total(p.hours) for p in partnerships)


def _total(hours: RoleHours) -> float:
    return sum(float(getattr(hours, role)) for role in ROLES)


def _what(overview: Overview, naming: Naming) -> Table | Text:
    words = naming.words
    if not overview.partnerships:
        return Text(words("inv.what"), (words("inv.none"),))
    return Table(
        words("inv.what"),
        tuple(words(key) for key in ("partnership", "form", "carries", "members")),
        tuple(
            (p.name, _form(p, naming), naming.domains(p.domains), _members(p, naming)) for p in overview.partnerships
        ),
    )


def _form(p: PartnershipNow, naming: Naming) -> str:
    label = naming.form(p.form)
    if p.beside:
        label = naming.words("beside", form=label)
    if not p.formal:
        label = naming.words("inv.informal", form=label)
    return naming.words("inv.frozen", form=label) if p.frozen else label


def _members(p: PartnershipNow, naming: Naming) -> str:
    outside = "\n" + naming.words("inv.outside", count=p.outside) if p.outside else ""
    return naming.members(p.members) + outside


def _asks(overview: Overview, naming: Naming) -> Table | Text:
    words, now = naming.words, overview.partnerships
    if not now:
        return Text(words("inv.asks"), (words("inv.none"),))

    def row(name: str, parts: Iterable[PartnershipNow], rate: Cell) -> tuple[Cell, ...]:
        parts = tuple(parts)
        return (
            name,
            *(Quantity(sum(getattr(p.hours, role) for p in parts)) for role in ROLES),
            "-" if all(p.contribution is None for p in parts) else Quantity(_thousands(parts)),
            *(Quantity(sum(p.yields[q] for p in parts) / (1000 if q == "cost" else 1), 1) for q in MOTIVES),
            Quantity(sum(p.worth for p in parts), 1),
            rate,
        )

    rows = []
    for p in sorted(now, key=lambda p: (-_total(p.hours), p.key)):
        rate: Cell = "-" if p.worth_per_100_hours is None else Quantity(p.worth_per_100_hours, 2)
        rows.append(row(p.name, (p,), rate))
    kinds = [("inv.formal.count", [p for p in now if p.formal]), ("inv.informal", [p for p in now if not p.formal])]
    totals = [
        row(words("inv.formal.count") if key == "inv.formal.count" else words("inv.informal.total"), parts, "")
        for key, parts in kinds
    ]
    keys = ("college", "council", "officials", "keuro", *MOTIVES, "worth", "rate")
    return Table(
        words("inv.asks"),
        (words("partnership"), *(words(f"inv.{key}") for key in keys)),
        (*rows, *totals),
        (words("inv.asks.note"), words("inv.asks.twice")),
        footers=2,
    )


def _thousands(parts: Iterable[PartnershipNow]) -> float:
    return sum(p.contribution or 0.0 for p in parts) / 1000


def _who(overview: Overview, naming: Naming) -> Table:
    words = naming.words
    keys = (
        "formal.count informal.count partners college council officials total percollege perseat keuro given received"
    )
    return Table(
        words("inv.who"),
        (words("municipality"), *(words(f"inv.{key}") for key in keys.split())),
        tuple(
            (
                naming.municipality(m.code),
                Quantity(m.formal),
                Quantity(m.informal),
                Quantity(m.partners),
                *(Quantity(getattr(m.hours, role)) for role in ROLES),
                Quantity(_total(m.hours)),
                Quantity(m.hours_per_college_member),
                Quantity(m.hours_per_councillor),
                Quantity(m.contribution / 1000),
                Quantity(m.services.given, 1),
                Quantity(m.services.received, 1),
            )
            for m in overview.municipalities
        ),
        (words("inv.who.note"),),
    )


def _months(overview: Overview, naming: Naming) -> Table:
    words = naming.words
    rows: list[tuple[Cell, ...]] = [
        (words(f"inv.{role}"), *(Quantity(hours) for hours in overview.hours_by_month[role])) for role in ROLES
    ]
    sums = [sum(month) for month in zip(*overview.hours_by_month.values(), strict=True)]
    rows.append((words("inv.total"), *(Quantity(hours) for hours in sums)))
    names = [words(f"inv.month.{number}") for number in range(1, 13)]
    return Table(words("inv.months"), (words("inv.role"), *names), tuple(rows), footers=1)


def _reference(overview: Overview, naming: Naming) -> Table:
    words = naming.words
    rows: list[tuple[Cell, ...]] = []
    for r in overview.references:
        decimals = max(readable_decimals(r.here), readable_decimals(r.national))
        decimals = 0 if r.national >= 100 else min(decimals, 2 if r.national < 1 else 1)
        span = ""
        if r.low is not None and r.high is not None:
            span = f"{naming.number(r.low, 2 if r.high < 1 else 0)} - {naming.number(r.high, 2 if r.high < 1 else 0)}"
        rows.append(
            (
                words(f"inv.ref.{r.key}"),
                Quantity(r.here, decimals),
                Quantity(r.national, decimals),
                span,
                sourced(r.source, naming.language),
            )
        )
    headers = tuple(words(f"inv.{key}") for key in ("figure", "here", "national", "range", "source"))
    return Table(words("inv.reference"), headers, tuple(rows), (words("inv.reference.note"),))
