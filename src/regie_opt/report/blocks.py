"""A table with many columns as several that fit a page, each with the first columns again."""

from regie_opt.report.numbers import Language
from regie_opt.report.render import GUTTER, WIDTH, written
from regie_opt.report.table import Quantity, Table

WIDEST_TEXT = 20
"""Characters that a first column of text is given when the others are counted."""


def in_blocks(table: Table, language: Language, *, fixed: int = 1) -> tuple[Table, ...]:
    """The table, or parts of it with about as many columns each; the first `fixed` columns are in all of them.

    Notes come below the last part.
    """
    widths = [_width(table, column, language) for column in range(len(table.headers))]
    others = range(fixed, len(table.headers))
    room = WIDTH - sum(width + GUTTER for width in widths[:fixed])
    parts = _split(list(others), [widths[i] + GUTTER for i in others], room)
    if len(parts) < 2:
        return (table,)
    return tuple(
        Table(
            f"{table.title} ({number}/{len(parts)})",
            tuple(table.headers[i] for i in (*range(fixed), *part)),
            tuple(tuple(row[i] for i in (*range(fixed), *part)) for row in table.rows),
            table.notes if number == len(parts) else (),
            footers=table.footers,
        )
        for number, part in enumerate(parts, start=1)
    )


def _width(table: Table, column: int, language: Language) -> int:
    """Room that a column needs: words of its header stay whole, and so do numbers."""
    header = max((len(word) for word in table.headers[column].split()), default=1)
    cells = [(row[column], written(row[column], language)) for row in table.rows]
    numbers = max((len(text) for cell, text in cells if isinstance(cell, Quantity)), default=1)
    texts = max((len(text) for cell, text in cells if not isinstance(cell, Quantity)), default=1)
    return max(header, numbers, min(texts, WIDEST_TEXT))


def _split(columns: list[int], widths: list[int], room: int) -> list[list[int]]:
    """Columns in parts that fit; as many parts as needed, and then as even as can be."""
    least = len(_filled(columns, widths, room, len(columns)))
    most = -(-len(columns) // least) if least else 0
    while most < len(columns) and len(_filled(columns, widths, room, most)) > least:
        most += 1
    return _filled(columns, widths, room, most)


def _filled(columns: list[int], widths: list[int], room: int, most: int) -> list[list[int]]:
    """Columns from left to right, a new part where the next does not fit or there are `most`."""
    parts: list[list[int]] = []
    left = 0
    for column, width in zip(columns, widths, strict=True):
        if not parts or width > left or len(parts[-1]) == most:
            parts.append([])
            left = room
        parts[-1].append(column)
        left -= width
    return parts
