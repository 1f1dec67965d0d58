"""Centres, common borders and shortest crossings of municipalities, from boundary polygons (GeoJSON, WGS84)."""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from regie_opt.loading.plausible import Doubt, is_swapped, outline
from regie_opt.schema.text import official_code
from regie_opt.sources.features import Feature, read_features
from regie_opt.sources.knowledge import read_knowledge
from regie_opt.sources.refusal import refused

KM_PER_DEGREE = 111.3
"""Of latitude; a degree of longitude is this times the cosine of the latitude."""

MOST_OVERLAP = 0.05
"""Part of a municipality that may lie in another one: simplified polygons do not fit exactly."""


@dataclass(frozen=True)
class Boundaries:
    """Polygons by today's municipality."""

    polygons: dict[str, BaseGeometry]
    names: dict[str, str]

    def centre(self, code: str) -> tuple[float, float]:
        """Longitude and latitude of the centroid, degrees."""
        point = self.polygons[code].centroid
        return round(point.x, 4), round(point.y, 4)

    @cached_property
    def borders(self) -> dict[tuple[str, str], float]:
        """Length of the common border, km, of every two municipalities that touch (0: in a point)."""
        codes = sorted(self.polygons)
        tree = shapely.STRtree([self.polygons[code] for code in codes])
        first, second = tree.query([self.polygons[code] for code in codes], predicate="intersects")
        pairs = sorted((codes[a], codes[b]) for a, b in zip(first, second, strict=True) if a < b)
        return {(a, b): _km(shapely.intersection(self.polygons[a], self.polygons[b])) for a, b in pairs}

    def overlaps(self, codes: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield two of these municipalities where much of the smaller one is part of the other too."""
        for a, b in self.borders:
            if a in codes and b in codes:
                shared = shapely.intersection(self.polygons[a], self.polygons[b]).area
                if shared > MOST_OVERLAP * min(self.polygons[a].area, self.polygons[b].area):
                    yield a, b

    def crossings(self, codes: Collection[str], pairs: Collection[tuple[str, str]]) -> list[tuple[str, str, float]]:
        """Shortest crossings (pair, km over water or land) that make one whole of municipalities that fall apart."""
        codes = sorted(codes)
        pairs = [*pairs]
        found: list[tuple[str, str, float]] = []
        while len(parts := connected(codes, pairs)) > 1:
            inside, rest = parts[0], [code for part in parts[1:] for code in part]
            km, a, b = min((self._apart(a, b), a, b) for a in inside for b in rest)
            first, second = sorted((a, b))
            found.append((first, second, round(km, 1)))
            pairs.append((first, second))
        return found

    def _apart(self, a: str, b: str) -> float:
        return _km(shapely.shortest_line(self.polygons[a], self.polygons[b]))


def read_boundaries(path: Path, today: Callable[[str], str]) -> Boundaries:
    """Read polygons, joined to today's municipalities. Raises InputError."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    names: dict[str, str] = {}
    for feature in read_features(path):
        properties = feature.properties
        given = str(properties.get("statcode") or properties.get("code") or feature.id)
        code = official_code(given) if given[-1:].isdigit() else None
        if code is None:
            raise feature.refused(f"found '{given[:60]}', allowed: a statcode such as GM0106")
        parts[today(code)].append(_polygon(code, feature))
        if today(code) == code:
            names[code] = str(properties.get("statnaam") or properties.get("name") or code)
    polygons = {code: shapely.union_all(found) if len(found) > 1 else found[0] for code, found in parts.items()}
    return Boundaries(polygons, names)


def read_polygons(path: Path, codes: Collection[str]) -> dict[str, BaseGeometry]:
    """Read the polygons of some municipalities, by code. Raises InputError, also where there is none of them."""
    found = read_boundaries(path, read_knowledge().mergers.today).polygons
    wanted = {code: found[code] for code in codes if code in found}
    if not wanted:
        some = ", ".join(sorted(codes)[:3])
        raise refused(path, f"no feature has the code of a municipality of the scenario ({some}, ...)")
    return wanted


def doubtful_outlines(polygons: Mapping[str, BaseGeometry]) -> Iterator[tuple[str, Doubt]]:
    """Yield the municipalities whose polygon is outside the Netherlands or too wide, by code."""
    for code, polygon in sorted(polygons.items()):
        if (doubt := outline(polygon.bounds)) is not None:
            yield code, doubt


def _polygon(code: str, feature: Feature) -> BaseGeometry:
    try:
        geometry = shape(feature.geometry)
    except (LookupError, TypeError, ArithmeticError, ValueError, AttributeError, shapely.errors.ShapelyError):
        geometry = shapely.Point()
    if geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        raise feature.refused(f"{code}: found no polygon, allowed: a Polygon or MultiPolygon")
    bounds: tuple[float, float, float, float] = geometry.bounds
    west, south, east, north = bounds
    if is_swapped((west + east) / 2, (south + north) / 2):
        found = f"{west:.1f}, {south:.1f}"
        message = f"{code}: found latitude before longitude ({found}), allowed: longitude first"
        raise feature.refused(message)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        found = f"{west:.0f}, {south:.0f}"
        raise feature.refused(f"{code}: found coordinates such as {found}, allowed: degrees (WGS84, EPSG:4326)")
    whole = geometry if geometry.is_valid else shapely.make_valid(geometry)
    if whole.area == 0:
        raise feature.refused(f"{code}: found a polygon without any area, allowed: one with at least three corners")
    return whole


def _km(line: BaseGeometry) -> float:
    """Length of a line in degrees, km; 0 for a point."""
    if line.is_empty:
        return 0.0
    east = KM_PER_DEGREE * math.cos(math.radians(line.centroid.y))
    scaled = shapely.transform(line, lambda at: at * np.array([east, KM_PER_DEGREE]))
    return float(shapely.length(scaled))


def connected(codes: Collection[str], pairs: Collection[tuple[str, str]]) -> list[list[str]]:
    """Return the municipalities by connected area, the largest first."""
    near: dict[str, set[str]] = {code: set() for code in codes}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    parts, left = [], set(near)
    while left:
        part, edge = set(), {min(left)}
        while edge:
            part |= edge
            edge = {c for code in edge for c in near[code]} - part
        parts.append(sorted(part))
        left -= part
    return sorted(parts, key=lambda part: (-len(part), part))
