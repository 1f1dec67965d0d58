"""Text as people write it: what does not show, what may not be there, and when two names are the same."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BLANK = "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
_HIDDEN = _BLANK + "\ufe00-\ufe0f\U000e0000-\U000e0fff"
"""Those that only choose how the character before them looks are kept, and do not count in a name."""
_SPACES = "\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000"
_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02c8\u0060\u00b4\uff07"
_HYPHENS = "\u2010-\u2015\u2212\u207b\u208b\u2043\u02d7\ufe58\ufe63\uff0d"
_PLAIN = re.compile(r"[\x20-\x7e\n\t]*")
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_SPACE = re.compile(f"[{_SPACES}]+")
_ENDS = re.compile(f"^[{_SPACES}{_BLANK}]+|[{_SPACES}{_BLANK}]+$")
_QUOTE, _HYPHEN = re.compile(f"[{_QUOTES}]"), re.compile(f"[{_HYPHENS}]")
_LINE_ENDS, _LINE_SEPARATORS = re.compile(r"\r\n?"), re.compile("[\u0085\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_OFFICIAL = re.compile(r"(?:gm)?0*(\d{1,4})")
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]")
"""What looks like a space, or like nothing, and separates nothing in YAML."""


def tidy(text: str) -> str:
    """Return a text as it is kept: composed letters, ordinary line ends, nothing blank at its ends.

    The line separators that word processors leave behind become spaces.
    """
    if _PLAIN.fullmatch(text):
        return text.strip()
    text = _LINE_SEPARATORS.sub(" ", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    text = _ENDS.sub("", text)
    return "" if is_blank(text) else text


def forbidden(text: str) -> str | None:
    """Say which character of a text no text may hold (a control character, or none at all); None where all may."""
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    kind = "control character" if unicodedata.category(found[0]) == "Cc" else "code without a character"
    return f"the {kind} U+{ord(found[0]):04X}"


def plain(text: object) -> str:
    """Return a name in the characters of a keyboard: without what does not show, with plain hyphens and quotes."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", str(text)))
    return _QUOTE.sub("'", _HYPHEN.sub("-", _SPACE.sub(" ", text))).strip()


def folded(text: object) -> str:
    """Return a name as it is compared with others, everywhere: `plain`, and without case."""
    return _folded(str(text))


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", plain(text).casefold())


def is_blank(text: object) -> bool:
    """Whether a text shows nothing."""
    return not plain(text)


def official_code(text: object) -> str | None:
    """Return the code of Statistics Netherlands that a code or number stands for: 505, 0505 and gm505 are GM0505."""
    found = _OFFICIAL.fullmatch(folded(text))
    return f"GM{int(found[1]):04d}" if found is not None and int(found[1]) > 0 else None


def matching(text: str, names: Iterable[str], *, codes: bool = False) -> tuple[str, ...]:
    """Return the names that a text may stand for: itself, or else those that differ in writing only.

    With `codes` the names are codes of municipalities, and those of Statistics Netherlands are compared as numbers.
    """
    known = tuple(names)
    if text in known:
        return (text,)
    wanted = folded(text)
    found = tuple(name for name in known if folded(name) == wanted)
    if found or not codes or (code := official_code(text)) is None:
        return found
    return tuple(name for name in known if official_code(name) == code)


def shared(names: Iterable[str]) -> frozenset[str]:
    """Return the names, as `folded` writes them, that more than one thing has."""
    seen: set[str] = set()
    again: set[str] = set()
    for name in map(folded, names):
        (again if name in seen else seen).add(name)
    return frozenset(again)
