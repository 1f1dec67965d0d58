"""Every number in every headline is a figure of the JSON of the same command, in both languages."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main
from regie_opt.report.words import WORDS

from . import figures
from .headlines import read, wrong
from .odd import LEERSTAD, ODD, dear_to_leave, one_municipality, one_partnership, write

TITLES = ("Kort", "In short", "Antwoord", "Answer")
EXPLAIN = ("explain", "--range", "0.5", "--alternatives", "1")
COMMANDS = {
    "inventory": (("inventory",), figures.INVENTORY),
    "solve": (("solve", "--quiet"), figures.SOLVE),
    "compare": (("compare", "--quiet"), figures.COMPARE),
    "municipality": ((*EXPLAIN, "--municipality", "leerstad", "--quiet"), figures.EXPLAIN),
    "member of two": ((*EXPLAIN, "--municipality", "noordwolde", "--quiet"), figures.EXPLAIN),
    "partnership": ((*EXPLAIN, "--partnership", "ict-dienst", "--quiet"), figures.EXPLAIN),
    "cell": ((*EXPLAIN, "--cell", "leerstad:ict", "--quiet"), figures.EXPLAIN),
    "why not": ((*EXPLAIN, "--partnership", "n1", "--why-not", "rietdam", "--quiet"), figures.EXPLAIN),
    "tune": (("tune", "--weight", "criteria.quality.weight", "--quiet"), figures.TUNE),
    "alternatives": (("alternatives", "--within", "0.05", "--quiet"), figures.ALTERNATIVES),
    "pareto": (("pareto", "--criteria", "burden,value", "--resolution", "0.5", "--quiet"), figures.PARETO),
    "robust": (("robust", "--samples", "3", "--quiet"), figures.ROBUST),
}


def headline(text: str) -> list[str]:
    """The bullets of the first section, of a report in Markdown."""
    found = re.search(rf"^## (?:{'|'.join(TITLES)})\n\n((?:- .*\n)+)", text, re.MULTILINE)
    assert found, text
    return [line.removeprefix("- ") for line in found[1].splitlines()]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


def run(name: str, scenario: Path, language: str, store: Path, folder: Path) -> tuple[list[str], dict]:
    command, *options = COMMANDS[name][0]
    output = folder / "found.json"
    kept = [] if command in ("inventory", "solve") else ["--store", str(store), "--workers", "1"]
    told = ["--format", "markdown", "--lang", language, "-o", str(output)]
    result = CliRunner().invoke(main, [command, str(scenario), *options, *kept, *told])
    assert result.exit_code == 0, result.output
    return headline(result.stdout), json.loads(output.read_text(encoding="utf-8"))


def check(name: str, scenario: Path, language: str, store: Path, folder: Path) -> None:
    lines, doc = run(name, scenario, language, store, folder)
    declared = COMMANDS[name][1]
    said = [part for line in lines for part in sentences(line)]
    assert [fault for line in said for fault in wrong(line, doc, declared, language)] == []


def sentences(line: str) -> list[str]:
    """A line of a comparison may hold a second sentence, on who has most."""
    first, most, rest = line.partition(" Most: ") if " Most: " in line else line.partition(" De meeste: ")
    return [first, f"{most.strip()} {rest}"] if rest else [line]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_number_of_a_headline_is_a_figure_of_the_document(name, language, store, tmp_path):
    check(name, LEERSTAD / "scenario.yaml", language, store, tmp_path)


QUICK = ("inventory", "solve", "municipality", "alternatives", "robust")


@pytest.mark.parametrize("odd", [one_municipality, one_partnership, dear_to_leave], ids=lambda odd: odd.__name__)
@pytest.mark.parametrize("name", QUICK)
def test_so_it_is_of_odd_scenarios(name, odd, store, tmp_path):
    check(name, write(odd, tmp_path / "odd"), "nl", store, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.__name__)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("partnership", "member of two", "why not")])
def test_so_it_is_of_every_odd_scenario(name, odd, language, store, tmp_path):
    check(name, write(odd, tmp_path / "odd"), language, store, tmp_path)


def test_alone_in_everything_is_not_alone_in_the_domains_of_one_partnership(store, tmp_path):
    lines, doc = run("member of two", LEERSTAD / "scenario.yaml", "en", store, tmp_path)
    some, *_, everything = sorted({a["solved"]["loss"] for a in doc["alternatives"] if a["kind"] == "alone"})
    (line,) = (line for line in lines if "does everything alone" in line)
    assert line.endswith(f"the region is worth {1000 * everything:,.1f} points less.")
    mistaken = line.replace(f"{1000 * everything:,.1f}", f"{1000 * some:,.1f}")
    assert list(wrong(mistaken, doc, figures.EXPLAIN, "en")), "a figure of something else is found out"


def test_every_sentence_of_a_headline_is_declared():
    declared = {key for _, table in COMMANDS.values() for key in table}
    assert declared <= WORDS.keys()
    with pytest.raises(AssertionError, match="no sentence"):
        read("Something else.", figures.SOLVE, "en")
