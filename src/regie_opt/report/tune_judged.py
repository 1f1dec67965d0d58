"""The sections of elicited weights: how they follow from the judgements, the plan under them, and what to copy."""

from collections.abc import Iterator

from regie_opt.report.naming import Naming
from regie_opt.report.numbers import percent
from regie_opt.report.table import Quantity, Section, Table, Text
from regie_opt.schema.tuning import Elicitation, Elicited
from regie_opt.study.ahp import MOST_INCONSISTENT

VALUE_DECIMALS = 4
VARIANT = "oordelen"
"""Name of the variant that can be pasted."""


def judged_sections(found: Elicitation, naming: Naming) -> Iterator[Section]:
    """Sections of a file of judgements."""
    for result in found.results:
        yield _weights(result, found.file, naming)
    yield _verdict(found, naming)
    yield _paste(found, naming)


def _weights(result: Elicited, file: str, naming: Naming) -> Table:
    words = naming.words
    rows = tuple(
        (
            _name(result, key, naming),
            percent(priority, 1, naming.language),
            Quantity(result.swings[key], 4),
            Quantity(result.before[key], 4),
            Quantity(result.weights[key], 4),
        )
        for key, priority in sorted(result.priorities.items(), key=lambda item: -item[1])
    )
    first = "criterion" if result.subject == "criteria" else "tune.weight"
    headers = (words(first), *(words(f"tune.{k}") for k in ("priority", "swing", "weight.now", "weight.then")))
    return Table(words("tune.judged", file=file), headers, rows, tuple(_notes(result, naming)))


def _name(result: Elicited, key: str, naming: Naming) -> str:
    if result.subject == "domains":
        return naming.domain(key)
    labels = {k: c.name.in_language(naming.language) for k, c in naming.scenario.criteria.items()}
    return {str(k): label for k, label in labels.items()}[key]


def _notes(result: Elicited, naming: Naming) -> Iterator[str]:
    words = naming.words
    yield words("tune.judged.domains" if result.subject == "domains" else f"tune.judged.{result.method}")
    if result.consistency_ratio is None:
        return
    ratio = naming.number(result.consistency_ratio, 3)
    yield words(
        "tune.consistency",
        eigenvalue=naming.number(result.eigenvalue or 0.0, 3),
        index=naming.number(result.consistency_index or 0.0, 3),
        ratio=ratio,
        random=naming.number(result.random_index or 0.0, 2),
    )
    if result.consistency_ratio > MOST_INCONSISTENT and result.worst is not None:
        a, b, c = (_name(result, key, naming) for key in result.worst.names)
        direct, implied = (naming.number(v, 2) for v in (result.worst.direct, result.worst.implied))
        yield words("tune.inconsistent", ratio=ratio, a=a, b=b, c=c, direct=direct, implied=implied)


def _verdict(found: Elicitation, naming: Naming) -> Text:
    words = naming.words
    value, kept = (naming.number(v, VALUE_DECIMALS) for v in (found.value, found.kept))
    if found.gap is None:
        return Text(words("tune.verdict"), (words("tune.verdict.unfinished"),))
    key = "tune.verdict.same" if found.plan == 1 else "tune.verdict.other"
    lines = [words(key, value=value, kept=kept, plan=found.plan, cells=found.regrouped)]
    if found.gap > 0:
        lines.append(words("tune.verdict.open", gap=percent(found.gap, 2, naming.language)))
    return Text(words("tune.verdict"), tuple(lines))


def _paste(found: Elicitation, naming: Naming) -> Text:
    """Settings and a variant: each on a line of its own, to copy as they are."""
    words = naming.words
    changes = [f"      {path}: {value}" for path, _, value in (line.partition("=") for line in found.sets)]
    return Text(
        words("tune.paste"),
        (
            words("tune.paste.set"),
            *(f"--set {line}" for line in found.sets),
            words("tune.paste.variant"),
            "variants:",
            f"  {VARIANT}:",
            "    changes:",
            *changes,
        ),
    )
