"""The names that a workbook's cells and drop-downs may hold, by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regie_opt.loading.workbook.kinds import Book, Language, is_plain
from regie_opt.loading.workbook.names import Names
from regie_opt.schema.partnership import UNKNOWN

_UNKNOWN_NAMES = {"nl": "onbekend", "en": "unknown"}


def book_of(data: Any, model: Any, language: Language) -> Book:
    """Return the names in a scenario's data (with what it changes in the model) and in the model."""
    names = {section: Names(noun, labels(data, model, section, language)) for section, noun in _NOUNS.items()}
    domains = {**names["domains"].labels, UNKNOWN: (_UNKNOWN_NAMES[language], *_UNKNOWN_NAMES.values())}
    out_of_use = frozenset(key for key, entry in data.get("domains", {}).items() if entry is None)
    return Book(language, {**names, "domains": Names("domain", domains, out_of_use)})


_NOUNS = {
    "municipalities": "municipality",
    "partnerships": "partnership",
    "domains": "domain",
    "forms": "form",
    "variants": "variant",
    "criteria": "criterion",
}


def labels(data: Any, model: Any, section: str, language: Language) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a section's entries by key: of the model first, then the scenario's own."""
    given, shipped = data.get(section, {}), model.get(section, {})
    keys = [*shipped, *(key for key in given if key not in shipped)]
    return {key: _labels(given.get(key, {}), shipped.get(key, {}), language) for key in keys}


def _labels(given: Any, shipped: Any, language: Language) -> tuple[str, ...]:
    names = [entry.get("name", {}) if isinstance(entry, dict) else {} for entry in (given, shipped)]
    if not all(isinstance(name, dict) for name in names):
        texts = [name for name in names if isinstance(name, str)]
    else:
        both = {**names[1], **names[0]}
        texts = [both[key] for key in sorted(both, key=lambda key: key != language)]
    return tuple(text for text in texts if isinstance(text, str) and text and is_plain(text))
