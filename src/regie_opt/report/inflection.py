"""Numbers that choose the words around them: one or more of a thing, and more or less than something else.

A text of the catalogue gives the words in the place of the number itself: `{count:# plan|# plans}` for a count,
`{points:# points more|# points less|as much}` for a difference. `#` is the number, written as the language does.
"""

from dataclasses import dataclass

from regie_opt.report.numbers import Language, number

NUMBER = "#"
OR = "|"


@dataclass(frozen=True)
class Count:
    """How many: the first words for one, the second for none or several."""

    value: int
    language: Language

    def __format__(self, words: str) -> str:
        """The number, or the words that go with it."""
        one, more, *_ = [*words.split(OR), words]
        return (one if self.value == 1 else more).replace(NUMBER, str(self)) if words else str(self)

    def __str__(self) -> str:
        """The number as the language writes it."""
        return number(self.value, 0, self.language)


@dataclass(frozen=True)
class Difference:
    """How much more: the first words above zero, the second below, the third where it reads as zero."""

    value: float
    decimals: int
    language: Language

    def __format__(self, words: str) -> str:
        """The number, or the words that go with it and that say its sign."""
        if not words:
            return str(self)
        above, below, *same = words.split(OR)
        shown = round(self.value, self.decimals)
        chosen = above if shown > 0 else below if shown < 0 else (same or [above])[0]
        return chosen.replace(NUMBER, number(abs(self.value), self.decimals, self.language))

    def __str__(self) -> str:
        """The number with its sign."""
        return number(self.value, self.decimals, self.language)
