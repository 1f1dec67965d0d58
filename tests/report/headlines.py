"""Reads the sentences of a headline back: which text of the catalogue each is, and what it says in each place.

What it must say comes from the JSON of the same command, by `figures`: a whole number, a number with the decimals
that it is shown with, a share as a percentage, or words. Where nothing is declared the place holds a name: no number
that is not in some name of the document.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from string import Formatter
from typing import Any

from regie_opt.report.inflection import NUMBER, OR, Count, Difference
from regie_opt.report.numbers import Language, number, percent
from regie_opt.report.words import WORDS, Words

Doc = dict[str, Any]
Said = Mapping[str, str]
"""What a sentence says, by place."""


@dataclass(frozen=True)
class Share:
    """A share, shown as a percentage."""

    value: float


@dataclass(frozen=True)
class OneOf:
    """One of these."""

    figures: Sequence[Any]


Figure = Callable[[Doc, Said, Words], Any]
Figures = Mapping[str, Mapping[str, Figure]]
"""By key of the catalogue, by place."""

_EVERYONE_BUT = re.compile(r"(?:alle|all) (\d+) (?:behalve|but) (.+?)(?= \([^()]*\)$|$)")
"""How all municipalities but a few are named."""
_NUMBER = r"[+-]?\d[\d.,]*"


def read(line: str, figures: Figures, language: Language) -> tuple[str, list[tuple[str, str, str]]]:
    """Which sentence a line is; of every place its name, what chooses its words, and what it says."""
    for key in figures:
        if found := re.fullmatch(_pattern(key, language), line):
            places = [
                (name, spec or "", found[f"{name}_{i}"])
                for i, (name, spec) in enumerate(_places(key, language))
            ]  # fmt: skip
            return key, places
    raise AssertionError(f"no sentence that is declared: {line}")


def wrong(line: str, doc: Doc, figures: Figures, language: Language) -> Iterator[str]:
    """What a line says that is not in the document."""
    key, places = read(line, figures, language)
    said = {name: text for name, _, text in places}
    names = set(_numbers_of_names(doc))
    for name, spec, text in places:
        declared = figures[key].get(name)
        if declared is None:
            if not set(re.findall(r"\d+", _EVERYONE_BUT.sub(partial(_members_left, doc), text))) <= names:
                yield f"{key}: {name} says {text}"
        elif not _says(text, spec, declared(doc, said, Words(language)), language):
            yield f"{key}: {name} says {text!r}, the document {declared(doc, said, Words(language))}"


def _members_left(doc: Doc, found: re.Match[str]) -> str:
    """Nothing, where the document has as many members as are left; else what stands there."""
    left = int(found[1]) - len(found[2].split(" · "))
    return "" if left in _sizes(doc) else found[0]


def _sizes(doc: Any) -> set[int]:
    """How many members there are in every set of members of the document."""
    if isinstance(doc, list):
        return set().union(*map(_sizes, doc))
    if not isinstance(doc, dict):
        return set()
    here = {len(doc["members"])} if isinstance(doc.get("members"), list) else set()
    return here.union(*map(_sizes, doc.values()))


def _says(text: str, spec: str, figure: Any, language: Language) -> bool:
    if isinstance(figure, OneOf):
        return any(_says(text, spec, one, language) for one in figure.figures)
    if isinstance(figure, str):
        return text == figure
    if isinstance(figure, int):
        return text == format(Count(figure, language), spec)
    shown = re.search(_NUMBER, text)
    signed, decimals = text.startswith("+"), _decimals(shown[0] if shown else "0", language)
    if isinstance(figure, Share):
        return text == percent(figure.value, decimals, language, signed=signed)
    if spec:
        return text == format(Difference(figure, decimals if shown else 3, language), spec)
    return text == number(figure, decimals, language, signed=signed)


def _decimals(text: str, language: Language) -> int:
    return len(text.partition("," if language == "nl" else ".")[2])


def _places(key: str, language: Language) -> list[tuple[str, str | None]]:
    text = WORDS[key].in_language(language)
    return [(name, spec) for _, name, spec, _ in Formatter().parse(text) if name]


def _pattern(key: str, language: Language) -> str:
    parts, place = [], 0
    for literal, name, spec, _ in Formatter().parse(WORDS[key].in_language(language)):
        parts.append(re.escape(literal))
        if name:
            either = [_NUMBER.join(map(re.escape, words.split(NUMBER))) for words in spec.split(OR)] if spec else [".*"]
            parts.append(f"(?P<{name}_{place}>{'|'.join(either)})")
            place += 1
    return "".join(parts)


def _numbers_of_names(doc: Any) -> Iterator[str]:
    """Whole numbers in texts of the document: in names and descriptions."""
    if isinstance(doc, str):
        yield from re.findall(r"\d+", doc)
    for part in [*doc.keys(), *doc.values()] if isinstance(doc, dict) else doc if isinstance(doc, list) else ():
        yield from _numbers_of_names(part)
