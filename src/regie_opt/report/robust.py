"""The report of `robust`: what stays of the proposal, which plan loses least, and which assumptions decide."""

from regie_opt.report.certificate import gap_decimals
from regie_opt.report.document import title
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent
from regie_opt.report.plan import proposal
from regie_opt.report.robust_deciding import by_strength, deciding, is_strong
from regie_opt.report.robust_tables import complete_tables
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import SEPARATOR, Words
from regie_opt.schema.robustness import FoundPlan, Robustness, Staying
from regie_opt.schema.scenario import Scenario

FIRM = 0.8
"""Share of samples from which on something stays."""
OFTEN = 0.5
"""Share of samples from which on something is often there."""
SHOWN = 10
"""Rows of a table that people get to read; files for programs have all."""
POINTS = 1000
"""Points in a value of 1."""


def robust_report(
    scenario: Scenario, found: Robustness, language: Language, *, complete: bool = False
) -> tuple[Section, ...]:
    """Sections of a study of robustness; `complete` has every sample, plan, partnership and pair."""
    naming = Naming(scenario, Words(language))
    sections: list[Section] = [title(naming), _short(found, naming)]
    if _solved(found):
        shown = None if complete else SHOWN
        sections += [_staying(found, naming), *_instead(found, naming, shown), _domains(found, naming)]
        sections.append(_plans(found, naming, shown))
        if found.least_regret > 1:
            least = found.plans[found.least_regret - 1]
            heading = naming.words("rob.least", number=least.number)
            table = proposal(least.partnerships, naming)
            sections.append(
                Table(heading, table.headers, table.rows)
                if isinstance(table, Table)
                else Text(heading, table.lines, bullets=table.bullets)
            )
        sections.append(deciding(found, naming, complete=complete))
    if complete:
        sections += complete_tables(found, naming)
    return (*sections, _limits(naming))


def _solved(found: Robustness) -> int:
    """Samples in which a plan was found."""
    return found.counts["optimal"] + found.counts["feasible"]


def _points(value: float | None, naming: Naming) -> str:
    return "-" if value is None else naming.number(POINTS * value, 1)


def _short(found: Robustness, naming: Naming) -> Text:
    words, proposed = naming.words, found.plans[0]
    lines = _asked(found, naming)
    if not _solved(found):
        return Text(words("rob.short"), (*lines, words("rob.nothing")), bullets=True)
    best = sum(bool(plan.best_in) for plan in found.plans)
    lines.append(words("rob.best", count=len(proposed.best_in), total=_solved(found), plans=best))
    regrouped = [one.regrouped for one in found.samples if one.regrouped is not None]
    decided = sum(not domain.statutory for domain in naming.scenario.domains.values())
    cells = decided * len(naming.scenario.municipalities)
    lines.append(words("rob.mean.cells", mean=naming.number(sum(regrouped) / len(regrouped)), cells=cells))
    if proposed.out:
        lines.append(words("rob.broken", count=proposed.out, rules=_broken(proposed, naming)))
    if proposed.largest_regret is None:
        lines.append(words("rob.regret.nowhere"))
    else:
        lines.append(
            words(
                "rob.regret.allowed" if proposed.out else "rob.regret",
                largest=_points(proposed.largest_regret, naming),
                mean=_points(proposed.mean_regret, naming),
                gain=naming.difference(POINTS * (found.value - found.alone), 1),
            )
        )
    lines.append(_least(found, naming))
    own = [row for row in found.partnerships if row.proposed]
    firm = sum(row.together >= FIRM * _solved(found) for row in own)
    if own:
        lines.append(words("rob.firm", count=firm, total=len(own), share=percent(FIRM, 0, naming.language)))
    strong = by_strength(found, [one for one in found.assumptions if is_strong(found, one)])
    names = SEPARATOR.join(one.name.in_language(naming.language) for one in strong)
    lines.append(words("rob.decide", names=names) if strong else words("rob.decide.none"))
    return Text(words("rob.short"), tuple(lines), bullets=True)


def _asked(found: Robustness, naming: Naming) -> list[str]:
    """How many samples of what, how each of them ended, and what is not proven."""
    words = naming.words
    statuses = ", ".join(words(f"rob.status.{status}", count=count) for status, count in found.counts.items() if count)
    asked = {"count": len(found.samples), "assumptions": len(found.assumptions), "seed": str(found.seed)}
    lines = [words("rob.samples", **asked, statuses=statuses)]
    if found.status == "feasible":
        lines.append(words("rob.unproven", gap=percent(found.gap, gap_decimals(found.gap), naming.language)))
    if found.counts["feasible"]:
        lines.append(words("rob.unproven.samples", count=found.counts["feasible"]))
    if found.idle:
        idle = (naming.scenario.uncertainty[key].name.in_language(naming.language) for key in found.idle)
        lines.append(words("rob.idle", names=SEPARATOR.join(idle)))
    return lines


def _least(found: Robustness, naming: Naming) -> str:
    least = found.plans[found.least_regret - 1]
    if least.number == 1:
        return naming.words("rob.least.same")
    return naming.words(
        "rob.least.out" if least.out else "rob.least.other",
        number=least.number,
        largest=_points(least.largest_regret, naming),
        mean=_points(least.mean_regret, naming),
        cells=least.regrouped,
        out=least.out,
    )


def _broken(plan: FoundPlan, naming: Naming) -> str:
    """Rules that a plan breaks, with the number of samples; a form's own trust by its label."""
    told = []
    for name, count in plan.broken.items():
        parts = name.split(".")
        form = parts[1] if len(parts) == 3 and parts[0] == "forms" else None
        label = name if form is None else f"{naming.words('rob.trust')} ({naming.form(form)})"
        told.append(f"{label}: {count}")
    return SEPARATOR.join(told)


def _staying(found: Robustness, naming: Naming) -> Table | Text:
    words = naming.words
    rows = [row for row in found.partnerships if row.proposed]
    if not rows:
        return Text(words("rob.staying"), (words("proposal.none"),))
    keys = ("partnership", "form", "members", "unchanged", "together", "any_form", "interval")
    return Table(
        words("rob.staying"),
        tuple(words(f"rob.{key}") for key in keys),
        tuple((row.name, naming.form(row.form), _members(row, naming), *_counts(row, naming)) for row in rows),
        (words("rob.staying.note", total=_solved(found)),),
    )


def _instead(found: Robustness, naming: Naming, shown: int | None) -> tuple[Table, ...]:
    words = naming.words
    others = [row for row in found.partnerships if not row.proposed]
    rows = others[:shown]
    if not rows:
        return ()
    keys = ("form", "members", "domains", "together", "any_form", "interval")
    return (
        Table(
            words("rob.instead"),
            tuple(words(f"rob.{key}") for key in keys),
            tuple(
                (
                    naming.form(row.form),
                    _members(row, naming),
                    naming.domains(row.domains),
                    *_counts(row, naming)[1:],
                )
                for row in rows
            ),
            (words("rob.instead.note", shown=len(rows), count=len(others)),),
        ),
    )


def _members(row: Staying, naming: Naming) -> str:
    outside = "\n" + naming.words("inv.outside", count=row.outside) if row.outside else ""
    return naming.members(row.members) + outside


def _counts(row: Staying, naming: Naming) -> tuple[Cell, ...]:
    low, high = (percent(share, 0, naming.language) for share in row.interval)
    counts = (Quantity(row.unchanged), Quantity(row.together), Quantity(row.any_form))
    return (*counts, f"{low.rstrip('% ').rstrip()} - {high}".replace("\u00a0", " "))


def _domains(found: Robustness, naming: Naming) -> Table:
    words, samples = naming.words, _solved(found)
    rows: list[tuple[Cell, ...]] = []
    decided = [key for key, domain in naming.scenario.domains.items() if not domain.statutory]
    for key in (key for key in decided if any(pair.domain == key for pair in found.pairs)):
        here = [pair for pair in found.pairs if pair.domain == key]
        own = [pair.samples / samples for pair in here if pair.proposed]
        new = sum(pair.samples >= OFTEN * samples for pair in here if not pair.proposed)
        mean = percent(sum(own) / len(own), 0, naming.language) if own else "-"
        firm = Quantity(sum(share >= FIRM for share in own))
        rows.append((naming.domain(key), Quantity(len(own)), mean, firm, Quantity(new)))
    share = percent(FIRM, 0, naming.language)
    headers = ("rob.domains", "rob.pairs", "rob.mean", "rob.always", "rob.new")
    return Table(
        words("rob.domain"),
        tuple(words(key, share=share) for key in headers),
        tuple(rows),
        (words("rob.domain.note"),),
    )


def _plans(found: Robustness, naming: Naming, shown: int | None) -> Table:
    words = naming.words
    ranked = sorted(found.plans, key=_rank)
    rows = ranked[:shown]
    if found.plans[0] not in rows:
        rows.append(found.plans[0])
    keys = ("number", "best_in", "cells", "out", "largest", "mean_regret", "rules")
    return Table(
        words("rob.plans"),
        tuple(words(f"rob.{key}") for key in keys),
        tuple(
            (
                Quantity(plan.number),
                Quantity(len(plan.best_in)),
                Quantity(plan.regrouped),
                Quantity(plan.out),
                *(
                    "-" if lost is None else Quantity(POINTS * lost, 1)
                    for lost in (plan.largest_regret, plan.mean_regret)
                ),
                _broken(plan, naming),
            )
            for plan in rows
        ),
        (words("rob.plans.note", shown=len(rows), count=len(ranked)),),
    )


def _rank(plan: FoundPlan) -> tuple[float, ...]:
    """As `Regrets.order`: broken rules first, then the largest regret, then the mean."""
    largest, mean = (float("inf") if lost is None else lost for lost in (plan.largest_regret, plan.mean_regret))
    return plan.out, largest, mean, plan.number


def _limits(naming: Naming) -> Text:
    keys = ("share", "common", "fixed", "references", "found")
    return Text(naming.words("rob.limits"), tuple(naming.words(f"rob.limits.{key}") for key in keys), bullets=True)
