"""The matrix of partnerships and municipalities, ordered so that blocks show."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.pictures.look import COLOURS, chart_of, dressed, short, titled, unique

MOST_COLOURS = len(COLOURS)


def matrix(naming: Naming, rows: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """Rows are partnerships (keys), columns municipalities (codes), both in the order to show; colour is the form."""
    words, scenario = naming.words, naming.scenario
    labels = dict(zip(rows, unique([short(scenario.partnerships[key].name) for key in rows]), strict=True))
    places = dict(zip(columns, unique([naming.municipality(code) for code in columns]), strict=True))
    data = []
    for key in rows:
        p = scenario.partnerships[key]
        hosts = {p.host, *p.hosts.values()}
        for code in p.members:
            if code in places:
                data.append(
                    {
                        "partnership": labels[key],
                        "place": places[code],
                        "form": naming.form(p.form),
                        "domains": naming.domains(p.domains).replace("\u00a0", " "),
                        "host": code in hosts,
                        "beside": p.beside,
                    }
                )
    forms = [naming.form(form) for form in scenario.forms if any(scenario.partnerships[k].form == form for k in rows)]
    step = 22 if len(rows) <= 60 else 12
    wide = 26 if len(columns) <= 60 else 12
    axis = alt.Axis(
        title=None, orient="top", labelAngle=-55, labelLimit=200, domain=False, ticks=False, labelOverlap=False
    )
    base = chart_of(data).encode(
        x=alt.X("place:N", sort=list(places.values()), scale=alt.Scale(domain=list(places.values())), axis=axis),
        y=alt.Y(
            "partnership:N",
            sort=list(labels.values()),
            scale=alt.Scale(domain=list(labels.values())),
            axis=alt.Axis(title=None, labelLimit=540, domain=False, ticks=False, labelPadding=8, labelOverlap=False),
        ),
        tooltip=[
            alt.Tooltip("partnership:N", title=words("partnership")),
            alt.Tooltip("place:N", title=words("municipality")),
            alt.Tooltip("form:N", title=words("form")),
            alt.Tooltip("domains:N", title=words("carries")),
        ],
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1.5, cornerRadius=2).encode(
        color=alt.Color(
            "form:N",
            title=words("pic.form"),
            sort=forms,
            scale=alt.Scale(domain=forms, range=[COLOURS[i % MOST_COLOURS] for i in range(len(forms))]),
            legend=alt.Legend(orient="bottom", direction="vertical", columns=2, symbolType="square"),
        )
    )
    cells = cells.encode(opacity=alt.condition("datum.beside", alt.value(0.45), alt.value(1)))
    hosts = base.transform_filter("datum.host").mark_text(text="●", color="white", fontSize=12, baseline="middle")
    notes = [words("pic.matrix.how"), words("pic.matrix.host"), words("pic.source")]
    chart = alt.layer(cells, hosts).properties(
        width=alt.Step(wide), height=alt.Step(step), title=titled(naming, "pic.matrix", *notes)
    )
    return dressed(chart)
