"""Boundaries of municipalities from a GeoJSON file (WGS84), for the map."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from regie_opt.loading.files import decode, read_bytes
from regie_opt.loading.problems import InputError, Problem

Rings = list[list[list[tuple[float, float]]]]
"""Polygons of rings of points (longitude, latitude), as in a MultiPolygon."""


def read_boundaries(path: Path, codes: Collection[str]) -> dict[str, Rings]:
    """Polygons of these municipalities, by code; the property that holds a code is found by its values.

    Raises InputError where the file is no GeoJSON in degrees, or has none of the municipalities.
    """
    text = decode(read_bytes(path), path)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refused(f"{path}:{error.lineno}:{error.colno}", f"not JSON ({error.msg}), allowed: GeoJSON") from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise _refused(str(path), "found no `features`, allowed: a GeoJSON FeatureCollection of polygons")
    wanted = frozenset(codes)
    polygons: dict[str, Rings] = {}
    for number, feature in enumerate(features):
        code = _code(feature, wanted)
        if code is not None:
            polygons[code] = _rings(feature, f"{path}: features.{number}")
    if not polygons:
        some = ", ".join(sorted(wanted)[:3])
        raise _refused(str(path), f"no feature has the code of a municipality of the scenario ({some}, ...)")
    return polygons


def _code(feature: Any, wanted: frozenset[str]) -> str | None:
    if not isinstance(feature, Mapping):
        return None
    properties = feature.get("properties")
    values = [feature.get("id"), *(properties.values() if isinstance(properties, Mapping) else ())]
    return next((v for v in values if isinstance(v, str) and v in wanted), None)


def _rings(feature: Mapping[str, Any], where: str) -> Rings:
    geometry = feature.get("geometry") or {}
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _refused(where, f"found a geometry of type '{kind}', allowed: Polygon, MultiPolygon")
    try:
        parts = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        rings = [[[(float(p[0]), float(p[1])) for p in ring] for ring in part] for part in parts]
    except (KeyError, IndexError, TypeError, ValueError):
        raise _refused(where, "the coordinates are no lists of [longitude, latitude]") from None
    if any(abs(x) > 180 or abs(y) > 90 for part in rings for ring in part for x, y in ring):
        raise _refused(where, "coordinates are not in degrees, allowed: WGS84 (longitude, latitude)")
    return rings


def _refused(where: str, message: str) -> InputError:
    return InputError([Problem(where, (), message)])
