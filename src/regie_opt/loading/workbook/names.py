"""What people call municipalities, domains, forms and partnerships, and the keys that these names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from regie_opt.loading.problems import hint, one_of
from regie_opt.schema.text import folded, matching


class Refused(Exception):
    """A cell that cannot be read: the message says what was found and what is allowed."""


class UnknownName(Refused):
    """A name that nothing has, or more than one thing."""


class OutOfUse(Refused):
    """The name of something that the scenario takes out of the model."""


@dataclass(frozen=True)
class Names:
    """The entries of one section, by key, each with its names for people (the first is the one to show)."""

    noun: str
    labels: Mapping[str, tuple[str, ...]]
    out_of_use: frozenset[str] = frozenset()
    """Keys that may not be referred to."""

    @property
    def in_use(self) -> tuple[str, ...]:
        """The keys that may be referred to."""
        return tuple(key for key in self.labels if key not in self.out_of_use)

    @cached_property
    def _by_label(self) -> Mapping[str, tuple[str, ...]]:
        keys: dict[str, tuple[str, ...]] = {}
        for key, labels in self.labels.items():
            for label in dict.fromkeys(map(folded, labels)):
                keys[label] = (*keys.get(label, ()), key)
        return keys

    def matches(self, text: str) -> tuple[str, ...]:
        """Return the keys that a text may stand for; a key comes before any name."""
        return matching(text, self.labels, codes=self.noun == "municipality") or self._by_label.get(folded(text), ())

    def key(self, text: str) -> str:
        """Return the key that a name or key stands for. Raises UnknownName and OutOfUse."""
        keys = self.matches(text)
        if len(keys) > 1:
            message = f"found '{text}', the name of {len(keys)} of them, allowed: the key instead: {one_of(keys)}"
            raise UnknownName(message)
        if keys and keys[0] not in self.out_of_use:
            return keys[0]
        shown = [self.shown(key) for key in self.in_use]
        if not keys:
            near = hint(text, [*self.in_use, *shown])
            message = f"unknown {self.noun} '{text[:60]}'{near}; allowed: {one_of(shown)}"
            raise UnknownName(message)
        message = f"found the {self.noun} '{text}', which is not in use, allowed: {one_of(shown)}"
        raise OutOfUse(message)

    def shown(self, key: str) -> str:
        """Return the name of an entry, or its key where the name is not clear enough to be read back."""
        for label in self.labels.get(key, ()):
            is_clear = not any(mark in label for mark in ";:\n") and label == label.strip()
            if is_clear and label and self.matches(label) == (key,):
                return label
        return key
