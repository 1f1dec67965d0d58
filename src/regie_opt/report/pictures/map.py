"""The map of who is tied to whom: municipalities where they lie, and lines for what two of them share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, inf, radians
from typing import Any

import altair as alt
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from regie_opt.report.naming import Naming
from regie_opt.report.pictures.labels import SIDES, Named, placed
from regie_opt.report.pictures.look import COLOURS, INK, chart_of, dressed, short, titled, unique
from regie_opt.report.words import Words

LABELLED = 60
"""Municipalities that a map can name; of more the largest are named, as far as there is room."""


@dataclass(frozen=True)
class Scale:
    """How a map is drawn that has at most so many municipalities."""

    most: float
    width: int
    line: float
    """Widest line, points."""
    opacity: float
    """Of a line."""
    dot: int
    """Largest dot, square points."""


SCALES = (Scale(25, 640, 9, 0.55, 600), Scale(LABELLED, 1000, 4, 0.3, 400), Scale(inf, 640, 2.5, 0.18, 160))


@dataclass(frozen=True)
class Ground:
    """Where municipalities are, in one flat plane; polygons where a file gave them."""

    naming: Naming
    polygons: Mapping[str, BaseGeometry]

    @property
    def codes(self) -> list[str]:
        """Municipalities with a place on the map."""
        return [code for code, place in self.naming.scenario.municipalities.items() if place.location]

    def flat(self, lon: float, lat: float) -> tuple[float, float]:
        """A point, with degrees of longitude as long as they are in the middle of the region."""
        places = [p.location for p in self.naming.scenario.municipalities.values() if p.location]
        middle = sum(p.lat for p in places) / len(places)
        return round(lon * cos(radians(middle)), 5), round(lat, 5)

    def plane(self, code: str) -> BaseGeometry:
        """Polygon of a municipality in the plane."""
        return shapely.transform(self.polygons[code], lambda points: np.array([self.flat(*p) for p in points]))

    def centre(self, code: str) -> tuple[float, float]:
        """Centre of a municipality."""
        location = self.naming.scenario.municipalities[code].location
        return self.flat(location.lon, location.lat) if location else (0.0, 0.0)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of everything that is drawn, in the plane."""
        drawn = [self.plane(code) for code in self.codes if code in self.polygons]
        west, south, east, north = shapely.total_bounds([*drawn, *(shapely.Point(self.centre(c)) for c in self.codes)])
        return float(west), float(south), float(east), float(north)

    def shapes(self, properties: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Municipalities with a polygon as GeoJSON features in the plane."""
        return [
            {
                "type": "Feature",
                "properties": dict(properties[code]),
                "geometry": shapely.geometry.mapping(self.plane(code)),
            }
            for code in self.codes
            if code in self.polygons and code in properties
        ]

    def borders(self) -> list[dict[str, float]]:
        """Common borders as lines between centres."""
        known = set(self.codes)
        pairs = [b.between for b in self.naming.scenario.borders if set(b.between) <= known]
        return [self.line(a, b) for a, b in pairs]

    def line(self, a: str, b: str) -> dict[str, float]:
        """Ends of a line between two centres."""
        (x, y), (x2, y2) = self.centre(a), self.centre(b)
        return {"x": x, "y": y, "x2": x2, "y2": y2}


def group_name(naming: Naming, community: Mapping[str, int], number: int) -> str:
    """A group by the largest municipality in it."""
    places = naming.scenario.municipalities
    largest = max((code for code in places if community.get(code) == number), key=lambda c: (places[c].population, c))
    return naming.words("pic.group", name=naming.municipality(largest))


def ties_map(ground: Ground, community: Mapping[str, int], ties: Sequence[tuple[str, str, int]]) -> dict[str, Any]:
    """Municipalities by community, lines for partnerships that two of them share; one partnership can be picked."""
    naming = ground.naming
    words = naming.words
    groups = [group_name(naming, community, number) for number in sorted(set(community.values()))]
    data = {
        code: {
            "code": code,
            "place": naming.municipality(code),
            "group": group_name(naming, community, community[code]),
            "x": ground.centre(code)[0],
            "y": ground.centre(code)[1],
            "inhabitants": naming.scenario.municipalities[code].population,
        }
        for code in ground.codes
    }
    colour = _colour("group:N", groups, words("pic.groups"))
    drawn = [{**ground.line(a, b), "shared": count} for a, b, count in ties]
    most = max((count for _, _, count in ties), default=1)
    where = {"longitude": "x:Q", "latitude": "y:Q"}
    scale = next(scale for scale in SCALES if len(data) <= scale.most)
    size = scale.width
    layers: list[Any] = [_land(ground, data, _colour("properties.group:N", groups, words("pic.groups")))]
    lines = chart_of(drawn).mark_rule(color=INK, opacity=scale.opacity, strokeCap="round")
    layers.append(
        lines.encode(
            **where,
            longitude2="x2:Q",
            latitude2="y2:Q",
            strokeWidth=alt.StrokeWidth(
                "shared:Q",
                title=words("pic.shared"),
                scale=alt.Scale(domain=[0, most], range=[0, scale.line]),
                legend=alt.Legend(values=sorted({1, (most + 1) // 2, most}), orient="right", format="d"),
            ),
            tooltip=[alt.Tooltip("shared:Q", title=words("pic.shared"))],
        )
    )
    dots = chart_of(list(data.values()))
    layers.append(_dots(dots, data, colour, words, scale.dot))
    layers.append(_picked(ground))
    layers += _names(ground, list(data.values()), size, 13 if len(data) <= 20 else 11)
    notes = [words("pic.map.how"), words("pic.map.pick"), credit(ground)]
    chart = alt.layer(*layers).project(type="identity", reflectY=True)
    chart = chart.properties(width=size, height=height_of(ground, size), title=titled(naming, "pic.map", *notes))
    return dressed(chart, words)


def _dots(dots: Any, data: Mapping[str, Mapping[str, Any]], colour: alt.Color, words: Words, largest: int) -> Any:
    """A dot for each municipality, as large as it has inhabitants."""
    size = alt.Size(
        "inhabitants:Q",
        title=words("pic.inhabitants"),
        scale=alt.Scale(type="sqrt", range=[largest // 20, largest]),
        legend=alt.Legend(orient="right", format=",d", values=_round_values(data.values())),
    )
    tips = [
        alt.Tooltip("place:N", title=words("municipality")),
        alt.Tooltip("inhabitants:Q", title=words("pic.inhabitants"), format=",d"),
        alt.Tooltip("group:N", title=words("pic.groups")),
    ]
    marks = dots.mark_circle(stroke="white", strokeWidth=1.5, opacity=1)
    return marks.encode(longitude="x:Q", latitude="y:Q", color=colour, size=size, tooltip=tips)


def _round_values(places: Iterable[Mapping[str, Any]]) -> list[int]:
    """Inhabitants to show in the legend: round numbers up to the most that there are."""
    most = max(place["inhabitants"] for place in places)
    return [number for number in (10_000, 25_000, 50_000, 100_000, 250_000, 500_000) if number <= most][-3:] or [most]


def _colour(field: str, groups: Sequence[str], name: str) -> alt.Color:
    """A colour for each group; a legend as long as that can be read."""
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(groups))]
    legend = alt.Legend(orient="right") if len(groups) <= len(COLOURS) else None
    return alt.Color(
        field, title=name, sort=list(groups), scale=alt.Scale(domain=list(groups), range=colours), legend=legend
    )


def _land(ground: Ground, data: Mapping[str, Mapping[str, Any]], colour: alt.Color) -> Any:
    if ground.polygons:
        shapes = chart_of(ground.shapes(data))
        return shapes.mark_geoshape(stroke="white", strokeWidth=1.2, opacity=0.28).encode(
            color=colour, tooltip=[alt.Tooltip("properties.place:N", title=ground.naming.words("municipality"))]
        )
    lines = chart_of(ground.borders())
    return lines.mark_rule(color="#BBBBBB", strokeDash=[3, 3]).encode(
        longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q"
    )


def _picked(ground: Ground) -> Any:
    """Rings around the members of the partnership that is chosen from a list (in HTML)."""
    scenario = ground.naming.scenario
    labels = unique([short(p.name) for p in scenario.partnerships.values()])
    rows = [
        {"partnership": label, "x": ground.centre(code)[0], "y": ground.centre(code)[1]}
        for label, p in zip(labels, scenario.partnerships.values(), strict=True)
        for code in p.members
        if code in ground.codes
    ]
    choice = alt.param(
        name="partnership",
        value="",
        bind=alt.binding_select(
            options=["", *sorted(labels)], labels=["-", *sorted(labels)], name=ground.naming.words("pic.pick") + " "
        ),
    )
    rings = chart_of(rows).mark_point(size=900, stroke="#D00000", strokeWidth=3, filled=False)
    return (
        rings.encode(longitude="x:Q", latitude="y:Q")
        .add_params(choice)
        .transform_filter("datum.partnership === partnership")
    )


def _names(ground: Ground, data: Sequence[Mapping[str, Any]], width: int, size: int) -> list[Any]:
    """Names beside the dots, the largest municipality first; where they are too many, of the largest only."""
    west, _, east, north = ground.bounds
    scale = width / (east - west) if east > west else 1.0
    first = sorted(data, key=lambda place: (-place["inhabitants"], place["code"]))
    dots = [Named((p["x"] - west) * scale, (north - p["y"]) * scale, p["place"]) for p in first]
    sides = placed(dots, size, LABELLED)
    layers = []
    for side in SIDES:
        rows = [place for place, chosen in zip(first, sides, strict=True) if chosen == side]
        if not rows:
            continue
        text = alt.MarkDef(
            "text", fontSize=size, dx=side.dx, dy=side.dy, align=side.align, fontWeight="bold", color=INK
        )
        halo = text.copy()
        halo.color = halo.stroke = "white"
        halo.strokeWidth, halo.strokeJoin = 4, "round"
        for mark in (halo, text):
            chart = chart_of(rows).encode(longitude="x:Q", latitude="y:Q", text="place:N")
            chart.mark = mark
            layers.append(chart)
    return layers


def credit(ground: Ground) -> str:
    """Source of the polygons, or what the lines are where there are none."""
    return ground.naming.words("pic.boundaries" if ground.polygons else "pic.centres")


def height_of(ground: Ground, width: int) -> int:
    """Height that keeps the proportions of the region."""
    west, south, east, north = ground.bounds
    broad, tall = east - west, north - south
    return int(min(1.6, max(0.5, tall / broad if broad else 1.0)) * width)
