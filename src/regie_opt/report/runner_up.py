"""Tables of what else there could be, who would notice, and what would bring it in."""

from collections.abc import Sequence

from regie_opt.report.explanation_tables import POINTS, short_name
from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent
from regie_opt.report.table import Cell, Quantity, Section, Table, Text
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.explanation import (
    Alternative,
    Barrier,
    Difference,
    Explanation,
    Loss,
    RuleChange,
    Turning,
    WeightChange,
)
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import MOTIVES, ROLES

MOST_NAMED = 2
"""Criteria named as what a loss comes from."""
LEAST_HOURS = 0.5
LEAST_SATISFACTION = 0.005


def others(found: Explanation, naming: Naming) -> Table | None:
    """Alternatives with their loss, the rest of the plan held and chosen anew."""
    words = naming.words
    if not found.alternatives:
        return None
    starred = any(one.solved and not one.solved.proven for one in found.alternatives)
    notes = [words("exp.others.note"), *([words("exp.others.unproven")] if starred else [])]
    return Table(
        words("exp.others"),
        (
            words("exp.what"),
            words("form"),
            words("members"),
            words("exp.loss.local"),
            words("exp.loss.solved"),
            words("exp.mostly"),
        ),
        tuple(_alternative(one, found, naming) for one in found.alternatives),
        tuple(notes),
    )


def _alternative(one: Alternative, found: Explanation, naming: Naming) -> tuple[Cell, ...]:
    words = naming.words
    best = one.solved or one.local
    forms = dict.fromkeys(q.form for q in one.instead) or ([one.form] if one.form and one.kind != "without" else [])
    members = [naming.members(q.members) for q in one.instead]
    if not members and one.kind in ("form", "less", "more", "swap", "join"):
        members = [naming.members(one.members)]
    return (
        label(one, found, naming),
        "\n".join(naming.form(form) for form in forms),
        "\n".join(dict.fromkeys(members)) or words("exp.nobody"),
        _points(one.local, naming),
        words("exp.impossible") if one.conflict is not None else _points(one.solved, naming),
        "" if best is None else mostly(best.criteria, naming),
    )


def label(one: Alternative, found: Explanation, naming: Naming) -> str:
    """What an alternative is, in a few words."""
    words = naming.words
    names = {
        "form": naming.form(one.form) if one.form else "",
        "joins": naming.municipality(one.joins) if one.joins else "",
        "leaves": naming.municipality(one.leaves) if one.leaves else "",
        "name": without_what(one, found, naming),
    }
    names["domains"] = naming.domains(one.domains)
    key: str = one.kind
    if one.kind == "alone" and one.domains:
        key = "alone.cell" if found.municipality is None or found.question.about == "cell" else "alone.domains"
    return words(f"exp.kind.{key}", **names)


def without_what(one: Alternative, found: Explanation, naming: Naming) -> str:
    """Name of the partnership that an alternative does without."""
    mine = [q for q, _ in found.municipality.partnerships] if found.municipality else []
    same = (q for q in mine if set(q.members) == set(one.members) and set(one.domains) <= set(q.domains))
    return next((short_name(q, naming) for q in same), naming.words("exp.kind.this"))


def _points(loss: Loss | None, naming: Naming) -> str:
    if loss is None:
        return "-"
    return naming.number(POINTS * loss.loss, 1)


def mostly(criteria: Sequence[Difference], naming: Naming) -> str:
    """The criteria on which most is lost, with their points."""
    worst = sorted((c for c in criteria if c.contribution < 0), key=lambda c: c.contribution)[:MOST_NAMED]
    return SEPARATOR.join(
        f"{naming.criterion(c.key)} {naming.number(POINTS * c.contribution, 1, signed=True)}" for c in worst
    )


def described(instead: Sequence[PlannedPartnership], naming: Naming) -> str:
    """Partnerships by form, members and domains."""
    parts = [
        naming.words(
            "exp.as",
            form=naming.form(q.form),
            members=naming.members(q.members),
            domains=naming.domains(q.domains),
        )
        for q in instead
    ]
    return "; ".join(parts) or naming.words("exp.nobody")


def who(one: Alternative, naming: Naming) -> Table | Text:
    """Per municipality that notices an alternative: hours and satisfaction, less those of the plan."""
    words = naming.words
    noticed = [
        c
        for c in one.changes
        if any(abs(h) > LEAST_HOURS for h in c.hours.values())
        or any(abs(s) > LEAST_SATISFACTION for s in c.motives.values())
    ]
    if not noticed:
        return Text(words("exp.who"), (words("exp.who.nobody"),))
    return Table(
        words("exp.who"),
        (
            words("exp.member"),
            *(words(f"exp.{role}") for role in ROLES),
            *(naming.criterion(motive) for motive in MOTIVES),
        ),
        tuple(
            (
                naming.municipality(c.code),
                *(Quantity(c.hours[role], signed=True) for role in ROLES),
                *(Quantity(c.motives[motive], 2, signed=True) for motive in MOTIVES),
            )
            for c in noticed
        ),
        (words("exp.who.note"),),
    )


def against_it(found: Sequence[Barrier], naming: Naming) -> Text | None:
    """What is against an alternative that is not possible."""
    if not found:
        return None
    lines = [
        naming.words(
            f"exp.barrier.{one.kind}",
            names=naming.municipalities(one.between),
            form=naming.form(one.form) if one.form else "",
            domain=naming.domain(one.domain) if one.domain else "",
            partnership=naming.scenario.partnerships[one.partnership].name if one.partnership else "",
            found=round(one.found or 0.0) if one.kind == "largest" else naming.number(one.found or 0.0, 2),
            needed=round(one.needed or 0.0) if one.kind == "largest" else naming.number(one.needed or 0.0, 2),
        )
        for one in found
    ]
    return Text(naming.words("exp.against"), tuple(dict.fromkeys(lines)), bullets=True)


def turning(found: Turning, naming: Naming) -> list[Section]:
    """How far weights must change, and which rules must go."""
    sections: list[Section] = []
    if found.weights:
        sections.append(_weights(found, naming))
    if found.rules:
        sections.append(_rules(found.rules, naming))
    return sections


def smallest(found: Turning) -> WeightChange | None:
    """The weight that must change least, as a share of itself."""
    some = [w for w in found.weights if w.relative is not None]
    return min(some, key=lambda w: abs(w.relative or 0.0), default=None)


def weight_name(change: WeightChange, naming: Naming) -> str:
    """What a weight is of, in quotes of nobody: a criterion or a domain."""
    key = change.path[1]
    return naming.domain(key) if change.path[0] == "domains" else naming.criterion(key)  # type: ignore[arg-type]


def reach(found: Turning, naming: Naming) -> str:
    """How far weights were looked at."""
    return percent(found.range, 0, naming.language)


def _weights(found: Turning, naming: Naming) -> Table | Text:
    words = naming.words
    turned = sorted((w for w in found.weights if w.at is not None), key=lambda w: abs(w.relative or 0.0))
    notes = [words("exp.turning.note")]
    for key, some in (
        ("exp.turning.others", [w for w in found.weights if w.at is None and w.proven]),
        ("exp.turning.unproven", [w for w in found.weights if w.at is None and not w.proven]),
    ):
        names = SEPARATOR.join(weight_name(w, naming) for w in some)
        if names:
            notes.append(words(key, range=reach(found, naming), names=names))
    if not turned:
        return Text(words("exp.turning"), tuple(notes[1:]))
    return Table(
        words("exp.turning"),
        tuple(words(f"exp.{key}") for key in ("weight", "now", "needed", "change", "proof")),
        tuple(
            (
                weight_name(w, naming),
                Quantity(w.weight, 3),
                Quantity(w.at or 0.0, 3),
                percent(w.relative or 0.0, 1, naming.language, signed=True),
                words("exp.proof.yes" if w.proven else "exp.proof.no"),
            )
            for w in turned
        ),
        tuple(notes),
    )


def dropped(change: RuleChange, naming: Naming) -> str:
    """A rule or veto in words."""
    words = naming.words
    parts = [words("exp.rule", name=name) for name in change.rules]
    parts += [
        words("exp.veto", names=joined([naming.municipality(code) for code in pair], naming)) for pair in change.vetoes
    ]
    return joined(parts, naming)


def joined(parts: Sequence[str], naming: Naming) -> str:
    """Parts of a sentence: `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return naming.words("exp.and", some=", ".join(parts[:-1]), last=parts[-1])


def _rules(found: Sequence[RuleChange], naming: Naming) -> Table:
    words = naming.words

    def told(answer: bool | None) -> str:
        return words("exp.unknown" if answer is None else "exp.yes" if answer else "exp.no")

    return Table(
        words("exp.turning.rules"),
        tuple(words(f"exp.{key}") for key in ("dropped", "possible", "brings", "loss.then")),
        tuple(
            (
                dropped(change, naming),
                told(change.possible),
                told(change.brings_in),
                "-" if change.loss is None else Quantity(POINTS * change.loss, 1),
            )
            for change in found
        ),
        (words("exp.rules.note"),),
    )
