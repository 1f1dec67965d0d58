"""The command `explain` on Leerstad: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main

LEERSTAD = str(Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml")
QUICK = ("--range", "0", "--alternatives", "1", "--quiet")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, ["explain", LEERSTAD, "--store", str(store), *map(str, arguments)])
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture(scope="module")
def solved_plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("plan") / "plan.json"
    result = CliRunner().invoke(main, ["solve", LEERSTAD, "--quiet", "-o", str(file)])
    assert result.exit_code == 0
    return file


def test_the_answer_comes_first_and_says_gain_runner_up_and_what_turns_it(run):
    text = run("--partnership", "n1", "--quiet", "--lang", "en", "--alternatives", "1").stdout
    answer = text.split("What it brings the region")[0]
    assert "71.8 points more than when its members do this work alone" in answer
    assert "The runner-up is worth 20.3 points less" in answer
    assert "The smallest change that turns it: the weight of Cost from 1.000 to 0.698" in " ".join(answer.split())
    for part in ("What it asks of each member", "Satisfaction by domain", "What else there could be", "Who notices"):
        assert part in text
    assert "local" not in text
    assert "rest held" in text
    assert "rest anew" in text
    assert max(map(len, text.splitlines())) <= 120


def test_dutch_report_of_every_kind_of_question(run):
    asked = (
        ("--partnership", "Afvalschap Noordwolde-Rietdam"),
        ("--partnership", "klantentafel"),
        ("--municipality", "veenkerk"),
        ("--cell", "Noordwolde (verzonnen):ICT"),
        ("--municipality", "leerstad", "--domain", "Afval"),
        ("--partnership", "n1", "--why-not", "rietdam"),
        ("--partnership", "n1", "--why-not", "Rietdam (verzonnen)", "--domain", "belastingen"),
    )
    for question in asked:
        text = run(*question, *QUICK).stdout
        assert "Antwoord" in text
        assert max(map(len, text.splitlines())) <= 120


def test_why_not_names_the_veto_and_the_rule(run):
    # With trust enough for a centre arrangement, a veto and a rule are what is left against it.
    asked = ("--set", "trust.constant=-1", "--partnership", "n1", "--why-not", "rietdam", "--quiet", "--lang", "en")
    text = " ".join(run(*asked).stdout.split())
    assert "because of the rule 'klein' and the veto between Rietdam (verzonnen) and Oosterhei (verzonnen)" in text
    assert "Rietdam (verzonnen) instead of Oosterhei (verzonnen) is possible, and worth 65.2 points less" in text


def test_json_is_the_same_whoever_solves_and_from_the_store(run, tmp_path):
    question = ("--partnership", "n1", *QUICK, "--format", "json")
    first = run(*question).stdout
    assert run(*question).stdout == first
    fresh = CliRunner().invoke(main, ["explain", LEERSTAD, "--store", str(tmp_path), "--workers", "2", *question])
    assert fresh.stdout == first
    found = json.loads(first)
    assert found["schema"] == "regie-opt/explanation/1"
    assert "seconds" not in first


def test_a_plan_from_a_file_is_explained(run, solved_plan, tmp_path):
    ours = json.loads(run("--partnership", "n1", "--plan", solved_plan, *QUICK, "--format", "json").stdout)
    assert ours["plan"]["given"] is True
    assert ours["plan"]["value"] == pytest.approx(ours["plan"]["best"])
    plan = json.loads(solved_plan.read_text(encoding="utf-8"))
    plan["partnerships"] = [q for q in plan["partnerships"] if q["id"] != "n1"]
    less = tmp_path / "less.json"
    less.write_text(json.dumps(plan), encoding="utf-8")
    text = run("--municipality", "veenkerk", "--plan", less, *QUICK, "--lang", "en").stdout
    assert "the best plan is worth 71.8 points more" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "ask about one thing"),
        (("--partnership", "n1", "--municipality", "veenkerk"), "ask about one thing"),
        (("--partnership", "n11"), "unknown partnership 'n11'; nearest: 'n1'"),
        (("--partnership", "Klantentafel burgerzake"), "nearest: 'klantentafel'"),
        (("--municipality", "Venkerk"), "nearest: 'veenkerk'"),
        (("--municipality", "veenkerk", "--domain", "belasting"), "nearest: 'belastingen'"),
        (("--municipality", "veenkerk", "--domain", "ict", "--domain", "afval"), "a cell is one domain"),
        (("--cell", "veenkerk"), "not of the form MUNICIPALITY:DOMAIN"),
        (("--cell", "veenkerk:ict", "--domain", "ict"), "--cell names a municipality and a domain"),
        (("--why-not", "rietdam", "--municipality", "veenkerk"), "give --partnership too"),
        (("--why-not", "veenkerk", "--partnership", "n1"), "is a member of"),
        (("--why-not", "rietdam", "--partnership", "n1", "--domain", "afval"), "does not carry 'afval'"),
        (("--partnership", "n1", "--range", "2"), "--range"),
        (("--partnership", "n1", "--plan", "nergens.json"), "nergens.json"),
    ],
)
def test_wrong_questions_are_refused_in_one_line(run, arguments, says):
    result = run(*arguments, "--quiet", code=2)
    assert says in " ".join(result.stderr.split())


def test_rules_that_cannot_hold_are_named(run):
    result = run("--partnership", "n1", "--quiet", "--set", "rules.a={kind: keep, partnership: ict-dienst}",
                 "--set", "rules.b={kind: end, partnership: ict-dienst}", code=3)  # fmt: skip
    assert "'a'" in result.stderr
    assert "'b'" in result.stderr
