"""Official files as people and programs spoil them."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

from spoiling import ANY, NUMBERS, TEXTS, Change

COORDINATES: tuple[Any, ...] = (
    *(0, -1, 3.6, 51.4, 5.1, 36, 181, -91, 1e9, 1e308, -1e308, 1e-320, float("nan"), float("inf")),
    *(None, "3.6", "3,6", True, [], [3.6], {}, "", 10**400),
)

# Of tables


def _cells(text: str) -> list[list[str]]:
    return [line.split(";") for line in text.split("\n")]


def _text(cells: list[list[str]]) -> str:
    return "\n".join(";".join(row) for row in cells)


def one_cell(dice: random.Random, text: str) -> str:
    cells = _cells(text)
    row = dice.choice(cells)
    row[dice.randrange(len(row))] = dice.choice((*NUMBERS, *TEXTS))
    return _text(cells)


def one_figure(dice: random.Random, text: str) -> str:
    """Another number in the last column, which holds the figures."""
    cells = [row for row in _cells(text) if len(row) > 1]
    dice.choice(cells[1:] or cells)[-1] = dice.choice(NUMBERS)
    return _text(cells)


def one_heading(dice: random.Random, text: str) -> str:
    cells = _cells(text)
    headings = (
        *("Totale bevolking (%)", "Totale bevolkingsgroei (aantal)", "Bevolking/Totale bevolking (aantal)", "Inwoners"),
        *("Inwonertal (x 1 000)", "Inwoneraantal van regio", "Inwonersklasse", "Mannen/Totale bevolking", "Gemeenten"),
        *(
            "Gemeente",
            "Gemeentecode",
            "Regio's",
            "Naam",
            "k_1ePlaatsing_1",
            "k_2ePlaatsing_2",
            "TaakveldBalanspost",
            "",
        ),
    )
    cells[0][dice.randrange(len(cells[0]))] = dice.choice(headings)
    return _text(cells)


def two_columns_swapped(dice: random.Random, text: str) -> str:
    cells = _cells(text)
    a, b = (dice.randrange(len(cells[0])) for _ in range(2))
    rows = cells[dice.randrange(2) :]  # with their headings, or without
    for row in rows:
        if max(a, b) < len(row):
            row[a], row[b] = row[b], row[a]
    return _text(cells)


def a_column_rewritten(dice: random.Random, text: str) -> str:
    """All figures of a column as another program or unit writes them."""
    cells = _cells(text)
    at = dice.randrange(len(cells[0]))
    ways: tuple[Callable[[float], str], ...] = (
        lambda n: f"{n:,.0f}",
        lambda n: f"{n:,.0f}".replace(",", "."),
        lambda n: f"{n:,.0f}".replace(",", " "),
        lambda n: f"{n:.1f}",
        lambda n: f"{n:.2f}".replace(".", ","),
        lambda n: f"{n / 1000:.0f}",
        lambda n: f"{n / 1000:.3f}",
        lambda n: f"{n * 1000:.0f}",
        lambda n: f"{n * 1e6:.0f}",
        lambda n: f"{n:.3e}",
        lambda n: f"{-n:.0f}",
        lambda n: "381000",
        lambda n: f"{n:.0f},-",
    )
    way = dice.choice(ways)
    for row in cells[1:]:
        if at < len(row) and re.fullmatch(r" *\d+(\.\d+)? *", row[at]):
            row[at] = way(float(row[at]))
    return _text(cells)


def a_column_gone_or_twice(dice: random.Random, text: str) -> str:
    cells = _cells(text)
    at, times = dice.randrange(len(cells[0])), dice.choice((0, 2))
    return _text([[*row[:at], *row[at : at + 1] * times, *row[at + 1 :]] for row in cells])


def points_and_commas(dice: random.Random, text: str) -> str:
    old, new = dice.choice(((".", ","), (";", ","), (";", "\t"), ("GM", ""), ("GM0", ""), ("GM", "gm"), (" ", "")))
    return text.replace(old, new)


def joined_twice(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines, *lines[dice.randrange(2) :]])


def quotes(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    lines[at] = dice.choice(('"' + lines[at], ";".join(f'"{cell}"' for cell in lines[at].split(";"))))
    return "\n".join(lines)


TABLE: tuple[Change, ...] = (
    *(one_cell, one_figure, one_figure, one_heading, two_columns_swapped, a_column_rewritten, a_column_rewritten),
    *(a_column_gone_or_twice, points_and_commas, joined_twice, quotes, *ANY),
)

# Of the register


def one_value(dice: random.Random, text: str) -> str:
    """Another text in an element or attribute."""
    values = list(re.finditer(r'(?<=>)[^<>\n]+(?=<)|(?<==")[^"]*(?=")', text))
    found = dice.choice(values)
    new = dice.choice((*TEXTS, *NUMBERS)).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text[: found.start()] + new + text[found.end() :]


def one_element(dice: random.Random, text: str) -> str:
    """An element gone, empty, twice, or under another name."""
    elements = list(re.finditer(r"<(\w+)[^<>]*>[^<>]*</\1>", text))
    if not elements:
        return text
    found = dice.choice(elements)
    name, whole = found[1], found[0]
    renamed = whole.replace(name, "onbekend")
    return text[: found.start()] + dice.choice(("", f"<{name}/>", whole * 2, renamed)) + text[found.end() :]


def another_form(dice: random.Random, text: str) -> str:
    return re.sub(r'afkorting="\w+"', f'afkorting="{dice.choice(("OL", "BVO", "GO", "RZM", "CC", "", "XX"))}"', text)


def shares_rewritten(dice: random.Random, text: str) -> str:
    share = dice.choice(("0,25", "2500", "100", "0", "50,0", "1e3", "-25", "25 %", "1/4"))
    return re.sub(r"(?<=<verdeelsleutel>)[^<]*", share, text, count=dice.choice((0, 1)))


XML: tuple[Change, ...] = (
    one_value,
    one_value,
    one_value,
    one_element,
    one_element,
    another_form,
    shares_rewritten,
    *ANY,
)

# Of boundaries


def one_coordinate(dice: random.Random, text: str) -> str:
    """Another number, or none, in a corner of a polygon."""

    def change(corner: list[Any]) -> None:
        corner[dice.randrange(len(corner))] = dice.choice(COORDINATES)

    return _geojson(dice, text, change, every=False)


def corners_swapped(dice: random.Random, text: str) -> str:
    return _geojson(dice, text, list.reverse, every=dice.random() < 0.7)


def corners_scaled(dice: random.Random, text: str) -> str:
    times = dice.choice((0, 0.1, 10, 1000, -1, 1.01, 2))

    def change(corner: list[Any]) -> None:
        corner[:] = [number * times if isinstance(number, int | float) else number for number in corner]

    return _geojson(dice, text, change, every=dice.random() < 0.7)


def corners_moved(dice: random.Random, text: str) -> str:
    east, north = dice.choice((-3, -0.1, 0.1, 1, 5, 200)), dice.choice((-5, 0, 0.1, 3))

    def change(corner: list[Any]) -> None:
        if len(corner) == 2 and all(isinstance(number, int | float) for number in corner):
            corner[:] = [corner[0] + east, corner[1] + north]

    return _geojson(dice, text, change, every=True)


def one_property(dice: random.Random, text: str) -> str:
    contents = _loaded(text)
    for feature in _some(dice, contents):
        where = dice.choice((feature, *(part for part in feature.values() if isinstance(part, dict))))
        if where:
            key = dice.choice(list(where))
            where[key] = dice.choice((None, [], {}, 687, 0.5, True, *TEXTS, "MultiPolygon", "Point", "LineString"))
    return json.dumps(contents, indent=1)


def features_changed(dice: random.Random, text: str) -> str:
    contents = _loaded(text)
    found = contents.get("features") if isinstance(contents, dict) else None
    if isinstance(found, list) and found:
        at = dice.randrange(len(found))
        new = dice.choice(([], [found[at]] * 2, [None], [{}], [[]], [5], ["x"]))
        contents["features"] = [*found[:at], *new, *found[at + 1 :]]
    return json.dumps(contents, indent=1)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _some(dice: random.Random, contents: Any) -> list[dict[str, Any]]:
    found = contents.get("features") if isinstance(contents, dict) else None
    features = [feature for feature in found if isinstance(feature, dict)] if isinstance(found, list) else []
    return dice.sample(features, min(len(features), dice.choice((1, 1, 2, 4))))


def _geojson(dice: random.Random, text: str, change: Callable[[list[Any]], None], *, every: bool) -> str:
    contents = _loaded(text)
    for feature in _some(dice, contents):
        geometry = feature.get("geometry")
        rings = geometry.get("coordinates") if isinstance(geometry, dict) else None
        corners = [c for ring in rings for c in ring if isinstance(c, list) and c] if _is_rings(rings) else []
        for corner in corners if every else corners[: dice.randrange(3)]:
            change(corner)
    return json.dumps(contents, indent=1)


def _is_rings(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(ring, list) for ring in found)


GEOJSON: tuple[Change, ...] = (
    *(one_coordinate, one_coordinate, corners_swapped, corners_scaled, corners_moved, one_property, one_property),
    *(features_changed, *ANY),
)

CHANGES: dict[str, tuple[Change, ...]] = {
    "register": XML,
    "iv3": TABLE,
    "population": TABLE,
    "boundaries": GEOJSON,
}
