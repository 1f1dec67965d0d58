"""Texts as people and programs spoil them: a text and a seed give a changed text, the same every time."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

NUMBERS = (
    *("-1", "0", "1", "7", "50", "381000", "5016700", "1e5", "1e999", "-1e400", "NaN", "inf", "-inf", "0x10", "1_000"),
    *(
        "12.345",
        "12,345",
        "1.234.567",
        "1,234,567.89",
        "12.345,00",
        "50167.0",
        "12.5",
        "12,5",
        "1/2",
        "5%",
        "½",
        "１２",
    ),
    *("9" * 19, "9" * 30, "9" * 400, "9" * 5000, "=1+1", "'5", "€ 5.000,-", " 12 345 ", "\u00a05", "(5)", "5-", "--5"),
    *("", ".", "x", "-", "veel", "null", "true"),
)
TEXTS = (
    *("", " ", "\u200b", "\ufeff", "é", "a" * 2000, "=HYPERLINK(1)", "<b>", "&amp;", "{x}", "{0}", "%s", "'", '"', ";"),
    *("GM0687", "gm687", "687", "0687", "GM9999", "GM06870", "GM 687", "GMO687", "NL01", "PV29", "WK068700", "0", "-5"),
    *(
        "0,61",
        "6-jan",
        "jan-61",
        "6.1",
        "0.610",
        "L",
        "B3.8",
        "2022X005",
        "2023X000",
        "2023X00",
        "2025JJ00",
        "2024MM01",
    ),
    *("Middelburg", "middelburg", "Nederland", "Zeeland (PV)", "OL", "CC", "Mandaat", "\r", "\n", "\t", "#"),
    *("2011-02-30", "0205-07-01", "9999-12-31", "1-7-2015", "2015-07-01T00:00:00", "20150701"),
)

Change = Callable[[random.Random, str], str | bytes]


def changed(kind: str, text: str, seed: int, changes: Mapping[str, Sequence[Change]]) -> tuple[str | bytes, str]:
    """Return a text changed once to three times in ways of its kind, and the names of what was done."""
    dice = random.Random(f"{kind}-{seed}")
    done: list[str] = []
    found: str | bytes = text
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        if isinstance(found, bytes):
            break
        change = dice.choice(changes[kind])
        done.append(change.__name__)
        with suppress(IndexError, ArithmeticError):  # an earlier change left nothing that this one can change
            found = change(dice, found)
    return found, " ".join(done)


# Of any text


def one_character(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(("", text[at] * 2, *TEXTS, *"0123456789.,;-<>&\"'{}[]\x00\x1f")) + text[at + 1 :]


def two_lines_swapped(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def a_line_twice(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def a_line_gone(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[dice.randrange(len(lines))]
    return "\n".join(lines)


def cut_off(dice: random.Random, text: str) -> str:
    return text[: dice.randrange(len(text))]


def other_bytes(dice: random.Random, text: str) -> bytes:
    raw = bytearray(text.encode(errors="replace"))
    if dice.random() < 0.3:
        return text.encode(dice.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig", "utf-32")), errors="replace")
    for _ in range(dice.randrange(1, 4)):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    return bytes(raw)


ANY: tuple[Change, ...] = (one_character, two_lines_swapped, a_line_twice, a_line_gone, cut_off, other_bytes)
