"""The command `inventory` on shipped scenarios: what it prints, writes and refuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = str(SCENARIOS / "leerstad" / "scenario.yaml")
TWENTE = str(SCENARIOS / "twente" / "scenario.yaml")
TRIANGLE = '{"type": "Polygon", "coordinates": [[[%s], [7, 52], [7, 53], [6, 52]]]}'


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["inventory", *map(str, arguments)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_the_report_has_every_partnership_municipality_and_finding():
    text = run(LEERSTAD, "--quiet").stdout
    for part in (
        "Wat er is",
        "Wat het vraagt en oplevert",
        "Per gemeente",
        "Uren per maand",
        "Naast het landelijke beeld",
    ):
        assert part in text
    unbroken = run(LEERSTAD, "--quiet", "--format", "markdown").stdout
    for name in ("ICT van Leerstad voor Veenkerk", "Afvalschap Noordwolde-Rietdam", "Klantentafel burgerzaken"):
        assert name in unbroken
    for name in ("Oosterhei (verzonnen)", "insight.thin_team", "aanname"):
        assert name in text


def test_json_is_the_whole_overview(tmp_path):
    found = json.loads(run(TWENTE, "--quiet", "--format", "json").stdout)
    assert found["schema"] == "regie-opt/overview/1"
    assert len(found["partnerships"]) == 15
    assert len(found["municipalities"]) == 14
    run(TWENTE, "--quiet", "-o", tmp_path / "o.json")
    assert json.loads((tmp_path / "o.json").read_text(encoding="utf-8")) == found


def test_csv_has_every_finding_where_people_get_the_first():
    small = run(TWENTE, "--quiet", "--set", "insight.nested=0").stdout
    whole = run(TWENTE, "--quiet", "--set", "insight.nested=0", "--format", "csv").stdout
    assert "csv of json" in small or "csv en json" in small
    assert whole.count(" past in ") > small.replace("\n  ", " ").count(" past in ")


def test_one_municipality_by_name_or_code_and_in_english():
    by_name = run(TWENTE, "--quiet", "--municipality", "borne", "--lang", "en").stdout
    assert by_name == run(TWENTE, "--quiet", "--municipality", "GM0147", "--lang", "en").stdout
    assert by_name.startswith("Borne\n")
    assert "12 partnerships" in by_name


def test_two_lists_beside_each_other(tmp_path):
    for path in (SCENARIOS / "leerstad").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("Afvalschap Noordwolde-Rietdam", "Reinigingsdienst")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    text = run(LEERSTAD, "--quiet", "--compare", tmp_path / "scenario.yaml").stdout
    assert "Alleen in deze lijst" in text
    assert "Reinigingsdienst (Noordwolde (verzonnen)" in text
    assert "Geen verschillen gevonden" in run(LEERSTAD, "--quiet", "--compare", LEERSTAD).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--municipality", "Hengeloo"], "nearest: 'GM0164' (Hengelo)"),
        (["--boundaries", "nergens.geojson", "--figures", "x"], "nergens.geojson: file not found"),
        (["--boundaries", "x.geojson"], "--figures"),
        (["--compare", "nergens.yaml"], "nergens.yaml: file not found"),
        (["--compare", SCENARIOS / "zeeland" / "scenario.yaml"], "no municipality of this scenario"),
        (["--set", "insight.nested=2"], "insight.nested"),
        (["--set", "insight=null"], "no section `insight`"),
    ],
)
def test_wrong_input_gets_one_clear_error(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(TWENTE, "--quiet", *arguments, code=2)
    assert says in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON"),
        ("{}", "found no features"),
        ('{"features": [{"id": "GM0106", "geometry": ' + TRIANGLE % "6, 53" + "}]}", "no feature has the code"),
        ('{"features": [{"id": "GM0147", "geometry": {"type": "Point", "coordinates": [6, 52]}}]}', "found no polygon"),
        ('{"features": [{"id": "GM0147", "geometry": ' + TRIANGLE % "240000, 470000" + "}]}", "allowed: degrees"),
    ],
)
def test_a_wrong_boundaries_file_is_refused(text, says, tmp_path):
    path = tmp_path / "b.geojson"
    path.write_text(text, encoding="utf-8")
    assert says in run(TWENTE, "--quiet", "--figures", tmp_path / "f", "--boundaries", path, code=2).stderr
    assert not (tmp_path / "f").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    pytest.importorskip("vl_convert")
    assert "Kan" in run(LEERSTAD, "--quiet", "--figures", tmp_path / "taken", code=1).stderr


def test_without_the_extra_figures_it_says_what_to_install(tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("regie_opt.report.pictures")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    result = run(LEERSTAD, "--quiet", "--figures", tmp_path / "f", code=1)
    assert "altair" in result.stderr
    assert "regie-opt[figures]" in result.stderr


def test_polygons_give_a_map_for_each_domain_and_their_source(tmp_path):
    pytest.importorskip("vl_convert")
    ring = [[6.6, 52.2], [6.6, 52.4], [6.9, 52.4], [6.6, 52.2]]
    shape = {"type": "Feature", "properties": {"statcode": "GM0147"}, "geometry": {"type": "Polygon"}}
    shape["geometry"]["coordinates"] = [ring]
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), encoding="utf-8")
    run(TWENTE, "--quiet", "--figures", tmp_path / "f", "--boundaries", path)
    assert (tmp_path / "f" / "domains.svg").exists()
    assert "Bron: CBS / Kadaster, CC BY 4.0" in (tmp_path / "f" / "map.svg").read_text(encoding="utf-8")


def test_pictures_are_the_same_bytes_whatever_the_hash_seed(tmp_path):
    pytest.importorskip("vl_convert")
    folders = [tmp_path / "1", tmp_path / "2"]
    for seed, folder in enumerate(folders, start=1):
        command = [
            sys.executable,
            "-m",
            "regie_opt.cli.main",
            "inventory",
            LEERSTAD,
            "--quiet",
            "--figures",
            str(folder),
        ]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    first, second = ({p.name: p.read_bytes() for p in sorted(folder.iterdir())} for folder in folders)
    assert sorted(first) == sorted(
        f"{n}.{kind}" for n in ("calendar", "map", "matrix") for kind in ("svg", "png", "html")
    )
    assert first == second
    assert b"Oosterhei (verzonnen)" in first["matrix.svg"]
    assert b"cdn.jsdelivr" not in first["map.html"]


def test_ten_doubts_are_told_and_the_number_of_others(tmp_path):
    folder = tmp_path / "leerstad"
    shutil.copytree(Path(LEERSTAD).parent, folder)
    inventory = folder / "inventory.yaml"
    more = "".join(
        f"\n  x{i}: {{name: X{i}, form: bvo, members: [leerstad, veenkerk], domains: [unknown]}}" for i in range(13)
    )
    inventory.write_text(inventory.read_text(encoding="utf-8").rstrip() + more + "\n", encoding="utf-8")
    told = run(folder / "scenario.yaml").stderr
    assert told.count("nobody recorded") == 10
    assert "en nog 3 meer; regie-opt validate toont ze alle" in told


def test_candidates_to_merge_say_what_the_law_leaves_to_choose():
    """Twente's safety region, health service and recreation board have the same members; the last is free."""
    partly = run(TWENTE, "--quiet").stdout
    assert "deels wettelijk vast" in partly
    imposed = ("partnerships.recreatieschap-twente.frozen=true", "rules.recreatieschap-twente-blijft=null")
    wholly = run(TWENTE, "--quiet", *(part for said in imposed for part in ("--set", said))).stdout
    assert "deels wettelijk vast" not in wholly.split("Leden van het ene")[0]
    assert "alle door de wet opgelegd" in " ".join(wholly.split())
