"""`assess` prices what breaks rules, vetoes or the law, and names each: checked on the scenario of the docs."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from regie_opt.cli.main import main
from regie_opt.loading import load_plan

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"
VETO = {"form": "dvo", "members": ["rietdam", "oosterhei"], "domains": ["ict"], "hosts": {"ict": "oosterhei"}}
UNWILLING = {"form": "dvo", "members": ["rietdam", "leerstad"], "domains": ["ict"], "hosts": {"ict": "rietdam"}}
LAWFUL = {"form": "dvo", "members": ["oosterhei", "leerstad"], "domains": ["ict"], "hosts": {"ict": "leerstad"}}


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Leerstad with a rule that some plans break, and trust enough for every form."""
    tree = yaml.safe_load(LEERSTAD.read_text(encoding="utf-8"))
    for file in ("region", "inventory"):
        tree[file] = str(LEERSTAD.parent / tree[file])
    tree["rules"] = {"apart": {"kind": "apart", "members": ["leerstad", "rietdam"]}}
    tree["trust"] = {"constant": 2}
    path = tmp_path / "scenario.yaml"
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    return path


def assess(scenario: Path, *args: object, plan: dict | None = None) -> Result:
    """With the plan in a file, where one is given."""
    given = []
    if plan is not None:
        file = scenario.parent / "plan.json"
        file.write_text(json.dumps({"partnerships": [plan]}), encoding="utf-8")
        given = [file]
    return CliRunner().invoke(main, ["assess", str(scenario), *map(str, given), *map(str, args), "--lang", "en"])


@pytest.mark.parametrize(
    ("plan", "kinds", "told"),
    [
        (VETO, {"veto"}, "will not cooperate (veto)"),
        (UNWILLING, {"rule", "host"}, "breaks the rule 'apart'"),
        (LAWFUL, set(), None),
    ],
)
def test_what_a_plan_breaks_is_named_on_stderr_in_the_report_and_in_json(scenario, plan, kinds, told):
    shown = assess(scenario, plan=plan)
    assert shown.exit_code == 0, shown.output
    assert ("What makes this no plan" in shown.stdout) == bool(kinds)
    if told:
        assert told in shown.stderr
        assert told in shown.stdout
    found = json.loads(assess(scenario, "--format", "json", "--quiet", plan=plan).stdout)
    assert {breach["kind"] for breach in found["breaches"]} == kinds


def test_strict_refuses_what_breaks_something_and_writes_nothing(scenario):
    output = scenario.parent / "out.json"
    refused = assess(scenario, "--strict", "-o", output, plan=UNWILLING)
    assert refused.exit_code == 2
    assert "breaks the rule 'apart'" in refused.output
    assert "is not willing" in refused.output
    assert not output.exists()
    assert assess(scenario, "--strict", "-o", output, plan=LAWFUL).exit_code == 0
    assert output.exists()


def test_today_is_held_to_the_rules_too(scenario):
    tree = yaml.safe_load(scenario.read_text(encoding="utf-8"))
    key = next(iter(yaml.safe_load(Path(tree["inventory"]).read_text(encoding="utf-8"))["partnerships"]))
    tree["rules"] = {"weg": {"kind": "end", "partnership": key}}
    scenario.write_text(yaml.safe_dump(tree), encoding="utf-8")
    shown = assess(scenario, "--today")
    assert shown.exit_code == 0
    assert "breaks the rule 'weg'" in shown.stderr
    assert assess(scenario, "--today", "--strict").exit_code == 2


def test_what_solve_proposes_is_assessed_without_a_word(scenario):
    plan = scenario.parent / "solved.json"
    assert CliRunner().invoke(main, ["solve", str(scenario), "--quiet", "-o", str(plan)]).exit_code == 0
    assert assess(scenario, plan, "--strict").exit_code == 0


@pytest.mark.parametrize("file", ["plan.json", "plan.yaml"])
@pytest.mark.parametrize(("said", "origin"), [({}, None), ({"continues": None}, "new")])
def test_null_says_that_nothing_of_today_is_continued(tmp_path, file, said, origin):
    path = tmp_path / file
    entry = {"id": "w", "form": "bvo", "members": ["leerstad", "veenkerk"], "domains": ["ict"], **said}
    path.write_text(json.dumps({"partnerships": [entry]}), encoding="utf-8")
    (planned,) = load_plan(path).partnerships
    assert (planned.continues, planned.origin) == (None, origin)
