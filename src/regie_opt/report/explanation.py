"""The report of `explain`: the answer in a few sentences first, then the figures behind it."""

from collections.abc import Iterator

from regie_opt.report.explanation_tables import (
    POINTS,
    because,
    brings,
    differences,
    headline_of,
    members,
    mine,
    satisfaction,
    short_name,
    totals,
)
from regie_opt.report.inflection import Difference
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import Language, percent
from regie_opt.report.runner_up import (
    against_it,
    described,
    dropped,
    joined,
    label,
    mostly,
    others,
    reach,
    smallest,
    turning,
    weight_name,
    who,
    without_what,
)
from regie_opt.report.table import Section, Text
from regie_opt.report.words import Words
from regie_opt.schema.explanation import Alternative, Explanation, Turning
from regie_opt.schema.scenario import Scenario

TIED = 1e-6
"""Loss that counts as none."""


def explanation_report(scenario: Scenario, found: Explanation, language: Language) -> tuple[Section, ...]:
    """The answer, then what it brings, what else there could be, and what would turn it."""
    naming = Naming(scenario, Words(language))
    words, question = naming.words, found.question
    sections: list[Section | None] = [
        Text(headline_of(found, naming), (scenario.name,), chapter=True),
        Text(words("exp.answer"), tuple(_answer(found, naming)), bullets=True),
    ]
    in_today = question.about == "ended"
    first = found.alternatives[0] if found.alternatives else None
    if question.about in ("why_not", "ended") and first is not None:
        sections += _first(found, first, naming)
    if found.gains is not None and question.about != "why_not":
        sections.append(brings(found.gains, naming, in_today=in_today))
        sections.append(members(found.members, naming, in_today=in_today))
    if found.municipality is not None and question.about == "municipality":
        sections += [totals(found.municipality, naming), mine(found.municipality, naming)]
    if question.about == "cell":
        sections += [because(cell, naming) for cell in found.cells]
    elif found.cells:
        key = "exp.cells.why_not" if question.about == "why_not" else "exp.cells.ended" if in_today else "exp.cells"
        title = words(key, who=naming.municipality(question.municipality or ""))
        sections.append(satisfaction(found.cells, naming, title, in_today=in_today))
    sections.append(others(found, naming))
    if question.about not in ("why_not", "ended") and first is not None:
        sections += _first(found, first, naming)
    if found.turning is not None:
        sections += turning(found.turning, naming)
    return tuple(section for section in sections if section is not None)


def _first(found: Explanation, first: Alternative, naming: Naming) -> list[Section | None]:
    """The alternative that the question is about, criterion by criterion, and who notices it."""
    if first.solved is None:
        return [against_it(found.barriers, naming)]
    name = label(first, found, naming)
    title = naming.words("exp.losses", what=name[0].upper() + name[1:])
    if first.kind == "without":
        title = naming.words("exp.losses.runner")
    return [differences(title, first.solved.criteria, -first.solved.loss, naming), who(first, naming)]


def _answer(found: Explanation, naming: Naming) -> Iterator[str]:
    words, question = naming.words, found.question
    first = found.alternatives[0] if found.alternatives else None
    if question.about == "cell":
        yield _place(found, naming)
    if question.about == "partnership" and found.gains is not None:
        yield _brings("exp.best", found.gains.alone.value, naming)
    if question.fixed:
        yield words("exp.fixed")
    if question.about == "municipality":
        yield from _municipality(found, naming)
    elif first is not None:
        yield _verdict(found, first, naming)
        if first.solved is None:
            yield from _nearest(found, naming)
    if question.about == "ended" and found.gains is not None:
        yield _brings("exp.ended.brings", found.gains.alone.value, naming)
    if found.turning is not None:
        yield from _turn(found.turning, naming, is_possible=first is not None and first.solved is not None)
    plan = found.plan
    if plan.given and plan.best - plan.value > TIED:
        value = naming.number(plan.value, 4)
        yield words("exp.given", value=value, points=_points(plan.best - plan.value, naming))
    if plan.status != "optimal":
        yield words("exp.unproven", gap=percent(plan.gap, 2, naming.language))
    yield words("exp.points", gain=_points(plan.value - plan.today, naming))


def _brings(key: str, value: float, naming: Naming) -> str:
    return naming.words(key if value >= 0 else f"{key}.less", points=_points(abs(value), naming))


def _points(value: float, naming: Naming) -> Difference:
    """Points with one decimal, or as many as keep a small difference from reading as none."""
    points = POINTS * value
    decimals = next((d for d in (1, 2, 3) if round(points, d)), 1)
    return naming.difference(points, decimals)


def _place(found: Explanation, naming: Naming) -> str:
    question, cell = found.question, found.cells[0]
    names = {"who": naming.municipality(cell.municipality), "domain": naming.domain(cell.domain)}
    mine = [q for q, _ in found.municipality.partnerships] if found.municipality else []
    holder = next((q for q in mine if q.id == cell.with_proposed), None)
    if holder is None or question.municipality is None:
        return naming.words("exp.cell.alone", **names)
    return naming.words("exp.cell.in", what=short_name(holder, naming), **names)


def _municipality(found: Explanation, naming: Naming) -> Iterator[str]:
    words = naming.words
    # Of all domains at once: another one is alone in the domains of one partnership only.
    alone = next((one for one in found.alternatives if one.kind == "alone" and not one.domains), None)
    if alone is not None and alone.solved is not None:
        name = naming.municipality(found.question.municipality or "")
        yield words("exp.municipality.alone", who=name, points=_points(alone.solved.loss, naming))
    weakest = next((one for one in found.alternatives if one.kind == "without"), None)
    if weakest is not None and weakest.solved is not None:
        name = without_what(weakest, found, naming)
        yield words("exp.municipality.weakest", name=name, points=_points(weakest.solved.loss, naming))


def _verdict(found: Explanation, first: Alternative, naming: Naming) -> str:
    """One sentence on the alternative that the question is about."""
    words, about = naming.words, found.question.about
    name = naming.municipality(found.question.municipality or "")
    what = described(first.instead, naming)
    if first.solved is None:
        rules = _in_the_way(found, first, naming)
        if about == "why_not":
            return words("exp.impossible.rules" if rules else "exp.impossible.nature", who=name, rules=rules)
        return words("exp.impossible.keep" if about == "ended" else "exp.runner.none", rules=rules)
    loss = first.solved.loss
    family = {"why_not": "exp.why_not", "ended": "exp.ended"}.get(about, "exp.runner")
    if abs(loss) <= TIED:
        return words(f"{family}.tied", who=name, what=what)
    if loss < 0:
        return words(f"{family}.better", who=name, what=what, points=_points(-loss, naming))
    if first.kind == "any":
        return words("exp.cell.any", who=name, what=what, points=_points(loss, naming))
    key = family if family == "exp.runner" else f"{family}.loss"
    criteria = mostly(first.solved.criteria, naming)
    return words(key, who=name, what=what, points=_points(loss, naming), criteria=criteria)


def _nearest(found: Explanation, naming: Naming) -> Iterator[str]:
    """Of what is not possible: what it would cost without a rule, and the nearest thing that is possible."""
    words = naming.words
    tried = [change for change in (found.turning.rules if found.turning else ()) if change.loss is not None]
    for change in tried:
        key = "exp.without" if (change.loss or 0.0) >= 0 else "exp.without.gain"
        yield words(key, what=dropped(change, naming), points=_points(abs(change.loss or 0.0), naming))
    near = next((one for one in found.alternatives[1:] if one.solved), None)
    if near is not None and near.solved is not None:
        name = label(near, found, naming)
        points = _points(near.solved.loss, naming)
        yield words("exp.near", what=name[0].upper() + name[1:], points=points)


def _in_the_way(found: Explanation, first: Alternative, naming: Naming) -> str:
    """What must go before an alternative is possible: the last of what was tried, which holds all before it."""
    tried = found.turning.rules if found.turning else ()
    if tried and not tried[0].possible:
        return dropped(tried[-1], naming)
    parts = [naming.words("exp.rule", name=rule) for rule in first.conflict or ()]
    parts += [
        naming.words("exp.veto", names=joined([naming.municipality(code) for code in b.between], naming))
        for b in found.barriers
        if b.kind == "veto"
    ]
    return joined(parts, naming)


def _turn(found: Turning, naming: Naming, *, is_possible: bool) -> Iterator[str]:
    words = naming.words
    least = smallest(found)
    if least is not None:
        proven = all(weight.proven for weight in found.weights)
        yield words(
            "exp.turn" if proven else "exp.turn.found",
            name=weight_name(least, naming),
            now=naming.number(least.weight, 3),
            at=naming.number(least.at or 0.0, 3),
            change=percent(least.relative or 0.0, 1, naming.language, signed=True),
        )
    elif found.weights:
        proven = all(weight.proven for weight in found.weights)
        yield words("exp.turn.none" if proven else "exp.turn.unsure", range=reach(found, naming))
    bringing = [dropped(change, naming) for change in found.rules if change.brings_in and is_possible]
    for what in bringing:
        yield words("exp.turn.rule", what=what)
