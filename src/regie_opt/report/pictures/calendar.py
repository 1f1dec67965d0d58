"""The burden calendar: hours per month by role, and per municipality."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.pictures.look import COLOURS, chart_of, dressed, titled
from regie_opt.schema.strict import ROLES

MOST = 60
"""Municipalities with a row of their own; of more the busiest are shown."""
SHOWN = 40
"""How many of them."""

Months = Mapping[str, Sequence[float]]
"""Hours by role, January to December."""


def calendar(naming: Naming, region: Months, places: Mapping[str, Months]) -> dict[str, Any]:
    """The region by role above, the municipalities (codes) in the order given, the busiest first, below."""
    words, count = naming.words, len(places)
    notes = [words("pic.calendar.how"), words("pic.calendar.assumed")]
    if count > MOST:
        places = dict(list(places.items())[:SHOWN])
        notes.insert(1, words("pic.calendar.most", shown=SHOWN, count=count))
    months = [words(f"inv.month.{number}") for number in range(1, 13)]
    roles = [words(f"pic.{role}") for role in ROLES]
    bars = [
        {"month": month, "role": roles[r], "hours": region[role][i], "order": r}
        for r, role in enumerate(ROLES)
        for i, month in enumerate(months)
    ]
    cells: list[dict[str, Any]] = [
        {
            "month": month,
            "place": naming.municipality(code),
            "hours": sum(hours[role][i] for role in ROLES),
            "written": naming.number(sum(hours[role][i] for role in ROLES)),
        }
        for code, hours in places.items()
        for i, month in enumerate(months)
    ]
    x = alt.X("month:N", sort=months, scale=alt.Scale(domain=months), axis=alt.Axis(title=None, labelAngle=0))
    tip = alt.Tooltip("hours:Q", title=words("pic.hours"), format=",.0f")
    above = (
        chart_of(bars)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("hours:Q", title=words("pic.hours.region"), axis=alt.Axis(tickCount=5, domain=False, format=",d")),
            color=alt.Color(
                "role:N", title=words("inv.role"), sort=roles, scale=alt.Scale(domain=roles, range=list(COLOURS[:3]))
            ),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("role:N", title=words("inv.role")), alt.Tooltip("month:N", title=" "), tip],
        )
        .properties(width=12 * 50, height=200)
    )
    names = [naming.municipality(code) for code in places]
    base = chart_of(cells).encode(
        x=x, y=alt.Y("place:N", sort=names, title=None, axis=alt.Axis(labelOverlap=False, domain=False, ticks=False))
    )
    most = max((cell["hours"] for cell in cells), default=0.0)
    heat = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "hours:Q",
            title=words("pic.hours"),
            scale=alt.Scale(scheme="oranges", domainMin=0),
            legend=alt.Legend(format=",d"),
        ),
        tooltip=[alt.Tooltip("place:N", title=words("municipality")), alt.Tooltip("month:N", title=" "), tip],
    )
    figures = base.mark_text(fontSize=11).encode(
        text="written:N",
        color=alt.condition(f"datum.hours > {0.65 * most:.6g}", alt.value("white"), alt.value("#222222")),
    )
    below = alt.layer(heat, figures).properties(width=12 * 50, height=alt.Step(22))
    chart = alt.vconcat(above, below, spacing=24)
    chart = chart.resolve_scale(color="independent").properties(title=titled(naming, "pic.calendar", *notes))
    return dressed(chart, words)
