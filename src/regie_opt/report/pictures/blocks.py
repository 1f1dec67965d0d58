"""The matrix of a large network: too many names to read, so groups are named, and the tooltip tells each cell."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.pictures.look import INK, chart_of, dressed, titled
from regie_opt.report.pictures.matrix import Cells

SIDE = 900
"""Points that the longer side takes."""


def blocks(naming: Naming, cells: Cells, groups: Sequence[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Partnerships by municipality, the municipalities (codes) by group; a line before each group, its name above."""
    words = naming.words
    columns = [place for _, codes in groups for code in codes if (place := cells.places.get(code))]
    step = SIDE / max(len(columns), len(cells.labels), 1)
    scale = alt.Scale(domain=columns, paddingInner=0)
    x, start = alt.X("place:N", scale=scale, axis=None), alt.X("place:N", bandPosition=0, scale=scale, axis=None)
    y = alt.Y("partnership:N", scale=alt.Scale(domain=list(cells.labels.values()), paddingInner=0), axis=None)
    marks = chart_of(cells.rows()).mark_rect().encode(x=x, y=y, color=cells.colour(), tooltip=cells.tooltip())
    marks = marks.encode(opacity=alt.condition("datum.beside", alt.value(0.45), alt.value(1)))
    heads = [{"place": cells.places[codes[0]], "group": name} for name, codes in groups]
    above = chart_of(heads)
    lines = above.mark_rule(color="#CCCCCC").encode(x=start)
    names = above.mark_text(align="left", angle=305, fontSize=12, color=INK, dx=6).encode(
        x=start, y=alt.value(-4), text="group:N"
    )
    notes = [
        words("pic.matrix.how"),
        words("pic.blocks.how", columns=len(columns), rows=len(cells.labels)),
        words("pic.source"),
    ]
    chart = alt.layer(lines, marks, names).properties(
        width=step * len(columns),
        height=step * len(cells.labels),
        title=titled(naming, "pic.matrix", *notes),
    )
    return dressed(chart, words)
