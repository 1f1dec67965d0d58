"""Numbers that a spreadsheet holds as text, in Dutch or English notation."""

import re

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_EXACT = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DECIMALS = re.compile(r"[-+]?\d+[.,]\d+")
_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*")
_GROUPED_DECIMALS = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)")


class Ambiguous(Exception):
    """A text that is one number in Dutch notation and another one in English notation."""


def number_in(text: str, *, whole: bool) -> int | float | None:
    """Return the number that a text is, None when it is none. Raises Ambiguous.

    `12,5`, `12.5`, `1.234,5` and `€ 1.250.000` are clear. `12.345` is 12345 where only whole numbers are allowed,
    and ambiguous elsewhere.
    """
    bare = _SPACES.sub("", text).removeprefix("€")
    groups = _GROUPS.fullmatch(bare)
    if groups is not None:
        if not whole and bare.count(groups["mark"]) == 1:
            raise Ambiguous
        return int(re.sub(r"[.,]", "", bare))
    if _GROUPED_DECIMALS.fullmatch(bare):
        decimal = max(bare.rfind(","), bare.rfind("."))
        return float(re.sub(r"[.,]", "", bare[:decimal]) + "." + bare[decimal + 1 :])
    if _DECIMALS.fullmatch(bare):
        return float(bare.replace(",", "."))
    if _EXACT.fullmatch(bare):
        return int(bare) if bare.lstrip("+-").isdigit() else float(bare)
    return None


def fits_in_a_cell(value: float) -> bool:
    """Whether a spreadsheet file, which keeps 16 figures of a number, keeps this one as it is."""
    return float(f"{value:.16g}") == value and abs(value) <= 2**53
