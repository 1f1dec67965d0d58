"""Small maps: for each domain who does it together."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from regie_opt.report.pictures.look import COLOURS, GREY, chart_of, dressed, short, titled
from regie_opt.report.pictures.map import Ground, credit, height_of


def domain_maps(ground: Ground, size: int = 190) -> dict[str, Any]:
    """A small map of polygons for each domain: the same colour is together, grey is alone."""
    naming, scenario = ground.naming, ground.naming.scenario
    words = naming.words
    charts: list[Any] = []
    height = height_of(ground, size)
    for domain in scenario.domains:
        doing = [p for p in scenario.partnerships.values() if domain in p.domains]
        doing = sorted((p for p in doing if not p.beside), key=lambda p: -len(p.members))
        at = {
            code: (i % len(COLOURS), short(p.name)) for i, p in reversed(list(enumerate(doing))) for code in p.members
        }
        data = {
            code: {
                "place": naming.municipality(code),
                "with": at[code][1] if code in at else words("pic.alone"),
                "colour": COLOURS[at[code][0]] if code in at else GREY,
            }
            for code in ground.codes
        }
        chart = _domain_map(ground, data)
        name = alt.TitleParams(text=naming.domain(domain), fontSize=12, anchor="middle", fontWeight="normal", offset=4)
        charts.append(chart.project(type="identity", reflectY=True).properties(width=size, height=height, title=name))
    whole = alt.concat(*charts, columns=5, spacing=14).properties(
        title=titled(naming, "pic.domains", words("pic.domains.how"), credit(ground))
    )
    return dressed(whole, words)


def _domain_map(ground: Ground, data: Mapping[str, Mapping[str, Any]]) -> Any:
    """Polygons in the colour of who does it together."""
    words = ground.naming.words
    told = (("place", words("municipality")), ("with", words("pic.with")))
    tips = [alt.Tooltip(f"properties.{field}:N", title=title) for field, title in told]
    shapes = chart_of(ground.shapes(data)).mark_geoshape(stroke="white", strokeWidth=0.8)
    return shapes.encode(color=alt.Color("properties.colour:N", scale=None, legend=None), tooltip=tips)
