"""How a number is written in Dutch and in English."""

import math
from typing import Literal

Language = Literal["nl", "en"]

_DUTCH = str.maketrans({",": ".", ".": ","})


def number(value: float, decimals: int, language: Language, *, signed: bool = False) -> str:
    """`1.234,5` in Dutch, `1,234.5` in English; a dash where there is no number."""
    if not math.isfinite(value):
        return "-"
    rounded = round(value, decimals) + 0.0  # adding zero turns minus zero into zero
    plus = "+" if signed and rounded > 0 else ""
    text = f"{plus}{rounded:,.{decimals}f}"
    return text.translate(_DUTCH) if language == "nl" else text


def percent(share: float, decimals: int, language: Language, *, signed: bool = False) -> str:
    """Share as a percentage: `12,5 %` in Dutch, `12.5%` in English."""
    text = number(100 * share, decimals, language, signed=signed)
    return f"{text} %" if language == "nl" else f"{text}%"


def change(before: float, after: float, language: Language) -> str:
    """Relative change from `before` to `after`; empty where `before` is zero."""
    return percent(after / before - 1, 0, language, signed=True) if before else ""


def readable_decimals(*values: float) -> int:
    """Decimals for a row of amounts: about three figures for the largest, none for counts."""
    if all(float(value).is_integer() for value in values if math.isfinite(value)):
        return 0
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if largest >= 100:
        return 0
    if largest >= 10:
        return 1
    return 2 if largest >= 1 else 3
