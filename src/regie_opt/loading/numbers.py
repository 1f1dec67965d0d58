"""Numbers as people and spreadsheets write them in text, in Dutch or English notation."""

import math
import re

LONGEST = 25
"""Characters of a text that is taken for a number; nobody typed a longer one."""
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_CURRENCY = re.compile(r"^(€|EUR)|,-+$", re.I)
"""As in `€ 1.250,-`."""
_BETWEEN = re.compile(r"\d\s+\d")
_SPACED = re.compile(r"[-+]?\s*\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?")
"""Spaces between figures stand before every three of them: `1 250 000`."""
_EXACT = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DECIMALS = re.compile(r"[-+]?\d+[.,]\d+")
_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")
_GROUPED_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)")


class Ambiguous(Exception):
    """A text that is one number in Dutch notation and another one in English notation."""


def number_in(text: str, *, whole: bool) -> int | float | None:
    """Return the number that a text is, None when it is none. Raises Ambiguous.

    `12,5`, `12.5`, `1.234,5` and `€ 1.250.000` are clear. Where only whole numbers are allowed `12.345` is 12345 and
    `12.345,00` too; elsewhere `12.345` is ambiguous.
    """
    spaced = _CURRENCY.sub("", _SPACES.sub(" ", text.replace("\u2212", "-")).strip()).strip()
    if _BETWEEN.search(spaced) and not _SPACED.fullmatch(spaced):
        return None
    bare = spaced.replace(" ", "")
    if not bare.isascii() or len(bare) > LONGEST:
        return None
    groups = _GROUPS.fullmatch(bare)
    if groups is not None:
        if not whole and bare.count(groups["mark"]) == 1:
            raise Ambiguous
        return int(re.sub(r"[.,]", "", bare))
    if bare.lstrip("+-").isdigit() and _EXACT.fullmatch(bare):
        return int(bare)
    found = _fraction(bare)
    if found is None or not math.isfinite(found):
        return None
    return int(found) if whole and found.is_integer() else found


def _fraction(bare: str) -> float | None:
    if _GROUPED_DECIMALS.fullmatch(bare):
        decimal = max(bare.rfind(","), bare.rfind("."))
        return float(re.sub(r"[.,]", "", bare[:decimal]) + "." + bare[decimal + 1 :])
    if _DECIMALS.fullmatch(bare):
        return float(bare.replace(",", "."))
    return float(bare) if _EXACT.fullmatch(bare) else None


def fits_in_a_cell(value: float) -> bool:
    """Whether a spreadsheet file, which keeps 16 figures of a number, keeps this one as it is."""
    return float(f"{value:.16g}") == value and abs(value) <= 2**53
