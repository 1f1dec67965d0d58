"""Boundaries whose axes are in another order than GeoJSON has them, or in another unit."""

import json
from pathlib import Path

import pytest

from regie_opt.loading import InputError
from regie_opt.sources.boundaries import read_boundaries

SQUARE = ((3.6, 51.4), (3.8, 51.4), (3.8, 51.5), (3.6, 51.5), (3.6, 51.4))


def boundaries(file: Path, *corners: list[tuple[float, float]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"statcode": f"GM000{k}"},
            "geometry": {"type": "Polygon", "coordinates": [some]},
        }
        for k, some in enumerate(corners, 1)
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def test_longitude_comes_first(tmp_path: Path) -> None:
    found = read_boundaries(boundaries(tmp_path / "b.geojson", list(SQUARE)), str)
    assert found.centre("GM0001") == (3.7, 51.45)


@pytest.mark.parametrize("before", [[], [list(SQUARE)]])
def test_latitude_before_longitude_is_refused_also_where_one_has_it(before: list, tmp_path: Path) -> None:
    file = boundaries(tmp_path / "b.geojson", *before, [(lat, lon) for lon, lat in SQUARE])
    with pytest.raises(InputError, match="found latitude before longitude"):
        read_boundaries(file, str)


def test_metres_are_refused(tmp_path: Path) -> None:
    file = boundaries(tmp_path / "b.geojson", [(1e4 * lon, 1e4 * lat) for lon, lat in SQUARE])
    with pytest.raises(InputError, match="allowed: degrees"):
        read_boundaries(file, str)
