"""What pictures show: names that can be read, numbers in the reader's language, and the whole where there are many."""

import itertools
import json
import re
from pathlib import Path

import pytest

alt = pytest.importorskip("altair")
vl_convert = pytest.importorskip("vl_convert")

from shapely.geometry import box  # noqa: E402

from regie_opt.insight.today import Network  # noqa: E402
from regie_opt.loading import load_all  # noqa: E402
from regie_opt.report.naming import Naming  # noqa: E402
from regie_opt.report.pictures.labels import DOT, Named, _box, _common, placed  # noqa: E402
from regie_opt.report.pictures.today import pictures  # noqa: E402
from regie_opt.report.pictures.writing import write_pictures  # noqa: E402
from regie_opt.report.words import Words  # noqa: E402
from regie_opt.schema.municipality import Location, Municipality  # noqa: E402
from regie_opt.schema.partnership import Partnership  # noqa: E402

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def drawn(scenario, base, language="nl", polygons=None):
    return pictures(Network(scenario, base), Naming(scenario, Words(language)), polygons or {})


@pytest.fixture(scope="module")
def twente():
    return load_all(SCENARIOS / "twente" / "scenario.yaml")[0]


@pytest.fixture(scope="module")
def many(twente):
    """Seven rows of ten municipalities; each row has one partnership of its own."""
    places = {
        f"X{i:02}": Municipality(
            name=f"Plaats {i:02}", population=10_000 + i, location=Location(lon=5 + i % 10 / 10, lat=52 + i // 10 / 10)
        )
        for i in range(70)
    }
    together = {
        f"rij-{row}": Partnership(
            name=f"Rij {row}",
            form="bvo",
            members=tuple(f"X{i:02}" for i in range(70) if i // 10 == row),
            domains=("ict",),
        )
        for row in range(7)
    }
    changes = {"municipalities": places, "partnerships": together, "relations": (), "borders": (), "rules": {}}
    return twente.scenario.model_copy(update=changes)


def data(part):
    """Every row of data in a specification."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from value if key == "values" and value and isinstance(value[0], dict) else data(value)
    elif isinstance(part, list):
        for item in part:
            yield from [item] if isinstance(item, dict) and "place" in item else data(item)


def texts(spec):
    """What a picture says in words."""
    return re.sub(r"<[^>]+>", " ", vl_convert.vegalite_to_svg(spec))


def test_names_on_a_map_cover_no_other_name():
    """IJsselstein and Nieuwegein lie 75 points apart: their names are wider than that."""
    dots = [Named(374, 651, "Nieuwegein"), Named(299, 657, "IJsselstein"), Named(473, 700, "Houten")]
    sides = placed(dots, 13, 60)
    boxes = [_box(dot, side, 13) for dot, side in zip(dots, sides, strict=True)]
    assert all(_common(a, b) == 0 for a, b in itertools.combinations(boxes, 2))
    around = [(d.x - DOT, d.y - DOT, d.x + DOT, d.y + DOT) for d in dots]
    assert all(_common(a, b) == 0 for i, a in enumerate(boxes) for j, b in enumerate(around) if i != j)


def test_every_name_is_placed_where_they_can_be_read_and_of_more_the_first():
    crowd = [Named(0, 0, f"Gemeente {i}") for i in range(9)]
    assert None not in placed(crowd, 11, 9)
    sides = placed(crowd, 11, 8)
    assert [i for i, side in enumerate(sides) if side is not None] == [0, 1, 2, 3]  # one on each side of the dot


def test_of_many_municipalities_the_matrix_shows_groups_and_every_cell(many, twente):
    spec = drawn(many, twente.base)["matrix"]
    said = texts(spec)
    assert "rond Plaats 69" in said
    assert "70 gemeenten (kolommen) en 7 verbanden (rijen)" in said
    assert "Plaats 33" not in re.sub("rond Plaats 33", "", said)
    rows = [row for row in data(spec) if "partnership" in row]
    assert len(rows) == 70
    assert len({(row["partnership"], row["place"]) for row in rows}) == 70
    order = next(layer["encoding"]["x"]["scale"]["domain"] for layer in spec["layer"])
    of_row = {row["place"]: row["partnership"] for row in rows}
    changes = sum(of_row[a] != of_row[b] for a, b in itertools.pairwise(order))
    assert changes == 6  # seven blocks, none broken up


def test_of_many_municipalities_the_calendar_shows_the_busiest_and_says_so(many, twente):
    said = texts(drawn(many, twente.base)["calendar"])
    assert "De 40 drukste van de 70 gemeenten" in said
    assert len(set(re.findall(r"Plaats \d\d", said))) == 40


def test_numbers_are_written_in_the_language_of_the_reader(twente):
    dutch, english = (texts(drawn(twente.scenario, twente.base, lang)["map"]) for lang in ("nl", "en"))
    assert "100.000" in dutch
    assert "100,000" in english
    assert "rond Enschede" in dutch
    assert "around Enschede" in english


def test_the_mouse_tells_both_the_municipality_and_with_whom(twente):
    polygons = {
        code: box(p.location.lon, p.location.lat, p.location.lon + 0.1, p.location.lat + 0.1)
        for code, p in twente.scenario.municipalities.items()
    }
    spec = drawn(twente.scenario, twente.base, polygons=polygons)["domains"]
    for chart in spec["concat"]:
        titles = [tip["title"] for tip in chart["encoding"]["tooltip"]]
        assert titles == ["Gemeente", "Samen in"]


def test_a_page_has_its_title_its_language_and_nothing_that_needs_a_network(twente, tmp_path):
    specs = {"matrix": drawn(twente.scenario, twente.base)["matrix"]}
    write_pictures(tmp_path, specs, "nl")
    page = (tmp_path / "matrix.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in page
    assert "<title>Twente: wie zit waarin</title>" in page
    assert not re.search(r'<(script|link|img)[^>]+(src|href)="http', page)
    options = specs["matrix"]["usermeta"]["embedOptions"]
    assert options["actions"] == {"export": True, "source": False, "compiled": False, "editor": False}
    assert options["i18n"]["SVG_ACTION"] == "Bewaar als SVG"
    assert json.dumps(options["actions"])[1:-1].replace(" ", "") in page.replace(" ", "")


@pytest.mark.parametrize(
    "name",
    ["</script><script>alert(1)</script>", "<!--<script>", "]]></svg><svg onload=alert(1)>", "\ue000 & 'x' \"y\""],
)
def test_no_name_runs_in_the_browser_of_a_reader(twente, tmp_path, name):
    places = twente.scenario.municipalities
    first = next(iter(places))
    renamed = {**places, first: places[first].model_copy(update={"name": name})}
    scenario = twente.scenario.model_copy(update={"municipalities": renamed})
    specs = {key: spec for key, spec in drawn(scenario, scenario).items() if key in ("matrix", "map")}
    for path in write_pictures(tmp_path, specs, "nl"):
        if path.suffix == ".html":
            page = path.read_text(encoding="utf-8")
            assert page.count("<script") == 2
            assert "<!--<script" not in page
        elif path.suffix == ".svg":
            assert not re.search(r"<script|<svg onload", path.read_text(encoding="utf-8"))
