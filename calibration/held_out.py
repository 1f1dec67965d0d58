"""Which regions are kept apart: chosen by their names alone, before anything is fitted."""

from collections.abc import Iterable
from hashlib import sha256


def is_held_out(name: str) -> bool:
    """Whether a region is kept apart: where the hash of its name is even."""
    return sha256(name.encode()).digest()[-1] % 2 == 0


def held_out(names: Iterable[str]) -> tuple[str, ...]:
    """The regions that are kept apart, by name."""
    return tuple(sorted(filter(is_held_out, set(names))))
