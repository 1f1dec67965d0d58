"""What a report is made of: tables of text and numbers, and lines of text."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Quantity:
    """A number in a cell, and how it is written for people; files for programs get it in full."""

    value: float
    decimals: int = 0
    signed: bool = False
    best: bool = field(default=False, kw_only=True)
    """Whether it is the best of its row."""


Cell = str | Quantity


@dataclass(frozen=True)
class Table:
    """Rows under headers; the last `footers` rows are totals; `notes` are lines below."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    footers: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headers):
                msg = f"a row of {len(row)} cells under {len(self.headers)} headers in table {self.title!r}"
                raise ValueError(msg)


@dataclass(frozen=True)
class Text:
    """Lines of text under a title, as bullets or as they are."""

    title: str
    lines: tuple[str, ...]
    bullets: bool = field(default=False, kw_only=True)
    chapter: bool = field(default=False, kw_only=True)
    """Whether the title is that of the whole report."""


Section = Table | Text
