"""The matrix of partnerships and municipalities, ordered so that blocks show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.pictures.look import COLOURS, chart_of, dressed, short, titled, unique

MOST_COLOURS = len(COLOURS)


@dataclass(frozen=True)
class Cells:
    """Who is in what, with the names to show: partnerships by key and municipalities by code, in the order to show."""

    naming: Naming
    labels: dict[str, str]
    places: dict[str, str]

    @classmethod
    def of(cls, naming: Naming, rows: Sequence[str], columns: Sequence[str]) -> "Cells":
        """Name the rows (keys of partnerships) and columns (codes)."""
        names = unique([short(naming.scenario.partnerships[key].name) for key in rows])
        places = unique([naming.municipality(code) for code in columns])
        return cls(naming, dict(zip(rows, names, strict=True)), dict(zip(columns, places, strict=True)))

    def rows(self) -> list[dict[str, Any]]:
        """A row for each cell that is filled."""
        found = []
        for key, label in self.labels.items():
            p = self.naming.scenario.partnerships[key]
            hosts = {p.host, *p.hosts.values()}
            same = {
                "partnership": label,
                "form": self.naming.form(p.form),
                "domains": self.naming.domains(p.domains).replace("\u00a0", " "),
                "beside": p.beside,
            }
            found += [
                {**same, "place": self.places[code], "host": code in hosts} for code in p.members if code in self.places
            ]
        return found

    def colour(self) -> alt.Color:
        """Colour by form, with a legend below."""
        scenario = self.naming.scenario
        used = {scenario.partnerships[key].form for key in self.labels}
        forms = [self.naming.form(form) for form in scenario.forms if form in used]
        return alt.Color(
            "form:N",
            title=self.naming.words("pic.form"),
            sort=forms,
            scale=alt.Scale(domain=forms, range=[COLOURS[i % MOST_COLOURS] for i in range(len(forms))]),
            legend=alt.Legend(orient="bottom", direction="vertical", columns=2, symbolType="square"),
        )

    def tooltip(self) -> list[alt.Tooltip]:
        """What the mouse tells of a cell."""
        words = self.naming.words
        told = (("partnership", "partnership"), ("place", "municipality"), ("form", "form"), ("domains", "carries"))
        return [alt.Tooltip(f"{field}:N", title=words(key)) for field, key in told]


def matrix(naming: Naming, rows: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """Rows are partnerships (keys), columns municipalities (codes), both in the order to show; colour is the form."""
    words, cells = naming.words, Cells.of(naming, rows, columns)
    labels, places = list(cells.labels.values()), list(cells.places.values())
    step, size = (22, 12) if len(rows) <= 60 else (13, 11)
    axis = alt.Axis(
        title=None, orient="top", labelAngle=-55, labelLimit=200, domain=False, ticks=False, labelOverlap=False
    )
    base = chart_of(cells.rows()).encode(
        x=alt.X("place:N", sort=places, scale=alt.Scale(domain=places), axis=axis),
        y=alt.Y(
            "partnership:N",
            sort=labels,
            scale=alt.Scale(domain=labels),
            axis=alt.Axis(
                title=None,
                labelLimit=540,
                labelFontSize=size,
                domain=False,
                ticks=False,
                labelPadding=8,
                labelOverlap=False,
            ),
        ),
        tooltip=cells.tooltip(),
    )
    marks = base.mark_rect(stroke="white", strokeWidth=1.5, cornerRadius=2).encode(color=cells.colour())
    marks = marks.encode(opacity=alt.condition("datum.beside", alt.value(0.45), alt.value(1)))
    hosts = base.transform_filter("datum.host").mark_text(text="●", color="white", fontSize=12, baseline="middle")
    notes = [words("pic.matrix.how"), words("pic.matrix.host"), words("pic.source")]
    chart = alt.layer(marks, hosts).properties(
        width=alt.Step(26), height=alt.Step(step), title=titled(naming, "pic.matrix", *notes)
    )
    return dressed(chart, words)
