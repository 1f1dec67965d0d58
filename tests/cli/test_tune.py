"""The command `tune` on shipped scenarios: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from regie_opt.cli.main import main
from regie_opt.loading import load
from regie_opt.loading.elicitation import load_elicitation

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD = str(SCENARIOS / "leerstad" / "scenario.yaml")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def run(store):
    def run(*arguments, code=0):
        command = ["tune", LEERSTAD, "--quiet", "--store", str(store), *map(str, arguments)]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return run


def test_without_options_every_criterion_that_counts_is_looked_at(run):
    text = run("--lang", "en").stdout
    for part in ("How far the plan stays the best", "Which weights matter", "The plans", "proven optimal"):
        assert part in text
    scenario = load(Path(LEERSTAD)).scenario
    found = json.loads(run("--format", "json").stdout)
    counting = {f"criteria.{key}.weight" for key, criterion in scenario.criteria.items() if criterion.weight > 0}
    assert {interval["path"] for interval in found["intervals"]} == counting
    assert {swung["path"] for swung in found["tornado"]} == counting


def test_json_is_the_whole_document_and_the_same_in_a_file(run, tmp_path):
    found = json.loads(run("--format", "json", "-o", tmp_path / "t.json").stdout)
    assert found["schema"] == "regie-opt/tuning/1"
    assert found["plans"][0]["partnerships"]
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == found


def test_domains_are_looked_at_where_asked(run):
    found = json.loads(run("--domains", "--format", "json").stdout)
    domains = [i["path"] for i in found["intervals"] if i["path"].startswith("domains.")]
    assert domains == [f"domains.{key}.weight" for key in load(Path(LEERSTAD)).scenario.domains]


def test_a_weight_in_a_range_of_its_own(run):
    found = json.loads(run("--weight", "criteria.burden.weight=0.995:1.05", "--format", "json").stdout)
    (interval,) = found["intervals"]
    assert (interval["low"]["weight"], interval["high"]["weight"]) == (0.995, 1.05)
    assert interval["low"]["beyond"]
    assert interval["high"]["beyond"]


def test_a_sweep_prints_every_step_and_the_exact_limits(run):
    text = run("--sweep", "domains.belastingen.weight=0:3:0.25", "--lang", "en").stdout
    found = json.loads(run("--sweep", "domains.belastingen.weight=0:3:0.25", "--format", "json").stdout)
    assert [point["values"] for point in found["sweep"]["points"]] == [[n / 4] for n in range(13)]
    assert "Where one plan takes over from another" in text
    (interval,) = found["intervals"]
    limits = [point["weight"] for point in found["sweep"]["breakpoints"]]
    assert interval["low"]["weight"] == pytest.approx(limits[0])
    assert interval["high"]["weight"] == pytest.approx(limits[1])


def test_sweeps_of_two_make_a_grid_and_anything_with_a_number_can_be_swept(run):
    text = run("--sweep", "rules.klein.members=2:4:1", "--sweep", "criteria.burden.weight=0.2:0.4:0.2").stdout
    assert "Voorstel per combinatie" in text
    found = json.loads(run("--sweep", "rules.klein.members=2:4:1", "--format", "json").stdout)
    values = [point["value"] for point in found["sweep"]["points"]]
    assert values == sorted(values)  # larger sets can only help
    assert found["sweep"]["breakpoints"] == []
    assert found["intervals"] == []


@pytest.mark.parametrize("name", ["oordelen.yaml", "oordelen.xlsx"])
def test_the_template_can_be_read_back_and_gives_weights(run, tmp_path, name):
    path = tmp_path / name
    run("--elicit-template", path)
    scenario = load(Path(LEERSTAD)).scenario
    file = load_elicitation(path, scenario)
    assert file.criteria is not None
    assert "overload" not in file.criteria.swing  # nil in every plan
    text = run("--elicit", path, "--lang", "en").stdout
    for part in ("Weight then", "--set criteria.burden.weight=", "variants:", "The plan under these weights"):
        assert part in text
    assert "exists already" in run("--elicit-template", path, code=2).stderr
    assert "does not exist" in run("--elicit-template", tmp_path / "nergens" / name, code=2).stderr


def test_both_templates_say_the_same(run, tmp_path):
    scenario = load(Path(LEERSTAD)).scenario
    paths = [tmp_path / "oordelen.yaml", tmp_path / "oordelen.xlsx"]
    for path in paths:
        run("--elicit-template", path)
    one, other = (load_elicitation(path, scenario) for path in paths)
    assert one == other


def test_elicited_weights_are_those_of_a_solve_with_the_settings_that_it_prints(run, tmp_path):
    path = tmp_path / "oordelen.yaml"
    run("--elicit-template", path)
    found = json.loads(run("--elicit", path, "--format", "json").stdout)["elicitation"]
    sets = [word for line in found["sets"] for word in ("--set", line)]
    done = CliRunner().invoke(main, ["solve", LEERSTAD, "--quiet", "--format", "json", *sets])
    assert json.loads(done.stdout)["value"] == pytest.approx(found["value"], abs=1e-9)


def test_judgements_that_contradict_each_other_are_named(run, tmp_path):
    path = tmp_path / "pairs.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (["more", "less", "times"], ["ict", "afval", 5], ["afval", "burgerzaken", 5], ["burgerzaken", "ict", 5]):
        sheet.append(row)
    workbook.save(path)
    text = " ".join(run("--elicit", path, "--lang", "en").stdout.split())
    assert "WARNING: the comparisons contradict each other too much (ratio" in text
    assert "directly 5.00 times" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--sweep", "domains.belasting.weight=0:3:1"], "--sweep domains.belasting.weight=0:3:1: unknown domain"),
        (["--sweep", "domains.belastingen.weight=-1:3:1"], "found -1, allowed: a number of at least 0"),
        (["--sweep", "domains.belastingen.weight=0:3"], "PATH=LOW:HIGH:STEP"),
        (["--sweep", "domains.belastingen.weight=3:0:1"], "begins at 3, above its end 0"),
        (["--sweep", "domains.belastingen.weight=0:3:0"], "a step above 0"),
        (["--sweep", "domains.belastingen.weight=0:3:nan"], "PATH=LOW:HIGH:STEP"),
        (["--sweep", "domains.belastingen.weight=0:3:0.00001"], "at most 10,000"),
        (["--sweep", "rules.klein.members=2:4:0.5"], "found 2.5, allowed: a whole number"),
        (["--sweep", "criteria.burden.weight=0:1:1"] * 2, "is swept twice"),
        (["--weight", "criteria.burdn.weight"], "unknown criterion 'burdn'; nearest: 'burden'"),
        (["--weight", "burden"], "allowed: criteria.NAME.weight or domains.NAME.weight"),
        (["--weight", "criteria.burden.weight=2:3"], "leaves out the present weight 1"),
        (["--elicit", "nergens.yaml"], "nergens.yaml: file not found"),
    ],
)
def test_wrong_input_gets_one_clear_error(run, arguments, says):
    result = run(*arguments, code=2)
    assert says in result.stderr
    assert result.stdout == ""


def test_rules_that_no_plan_obeys_end_with_exit_code_3(run):
    rules = (
        "rules.samen={kind: together, members: [noordwolde, rietdam], domains: [ict]}",
        "rules.los={kind: apart, members: [rietdam, noordwolde]}",
    )
    result = run(*(word for rule in rules for word in ("--set", rule)), code=3)
    assert "'samen'" in result.stderr
    assert "'los'" in result.stderr
