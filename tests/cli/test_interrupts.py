"""Ctrl-C in each phase of each command: the best so far, or one word and 130; nothing that was done is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from regie_opt.schema.outcome import Outcome

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LEERSTAD, TWENTE = (str(SCENARIOS / name / "scenario.yaml") for name in ("leerstad", "twente"))
TUNE = ("tune", LEERSTAD)
STUDIES = {
    "compare": ("compare", LEERSTAD),
    "tune": TUNE,
    "pareto": ("pareto", LEERSTAD, "--criteria", "burden,quality"),
    "robust": ("robust", LEERSTAD, "--samples", "20"),
    "explain": ("explain", LEERSTAD, "--municipality", "Rietdam"),
}

PRESSED = """
import importlib, os, signal, sys
importlib.import_module("regie_opt.{module}")
where = sys.modules["regie_opt.{module}"]
for name in "{path}".split(".")[:-1]:
    where = getattr(where, name)
function = "{path}".split(".")[-1]
before, count = getattr(where, function), [0]

def press(*given, **named):
    try:
        return before(*given, **named)
    finally:
        count[0] += 1
        if count[0] == {number}:
            for _ in range({times}):
                os.killpg(0, signal.SIGINT)

setattr(where, function, press)
if __name__ == "__main__":
    from regie_opt.cli.main import main
    main()
"""
"""Runs the command line, and presses Ctrl-C when something was called so often: everybody in the group hears it."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends a signal to a group of processes")


def pressed(module: str, path: str, number: int, *arguments: str, times: int = 1) -> tuple[int, str, str]:
    """Exit code and what was printed, where Ctrl-C comes when a function was called so often."""
    done = subprocess.run(
        [sys.executable, "-c", PRESSED.format(module=module, path=path, number=number, times=times), *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        start_new_session=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def stopped_in_a_word(code: int, told: str) -> None:
    assert code == 130, told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1, told


def study(name: str, store: Path, workers: int, number: int = 1) -> None:
    """A study that is stopped after some results: they are in the store."""
    options = ("--quiet", "--store", str(store), "--workers", str(workers))
    code, _, told = pressed("study.study", "Study._one_done", number, *STUDIES[name], *options)
    stopped_in_a_word(code, told)
    files = list(store.glob("*/*.json"))
    assert len(files) >= number
    for file in files:
        Outcome.model_validate_json(file.read_bytes())


def test_ctrl_c_in_a_study_keeps_what_was_done(tmp_path: Path) -> None:
    study("tune", tmp_path, workers=1, number=3)


def test_ctrl_c_in_a_study_of_two_processes_keeps_what_was_done(tmp_path: Path) -> None:
    study("compare", tmp_path, workers=2, number=2)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", STUDIES)
def test_ctrl_c_in_every_study(name: str, workers: int, tmp_path: Path) -> None:
    study(name, tmp_path, workers, 1)
    study(name, tmp_path, workers, 1)


def test_ctrl_c_while_workers_start_is_no_word_of_theirs(tmp_path: Path) -> None:
    arguments = (*TUNE, "--quiet", "--store", str(tmp_path), "--workers", "2")
    code, _, told = pressed("study.crew", "_Deaf.submit", 1, *arguments)
    stopped_in_a_word(code, told)


def test_ctrl_c_in_a_search_for_alternatives(tmp_path: Path) -> None:
    arguments = ("alternatives", LEERSTAD, "--quiet", "--store", str(tmp_path))
    code, _, told = pressed("engine.near", "tighten", 1, *arguments)
    stopped_in_a_word(code, told)


@pytest.mark.slow
@pytest.mark.parametrize("function", ["near", "_different", "_listed", "Commonality"])
def test_ctrl_c_in_every_phase_of_alternatives(function: str, tmp_path: Path) -> None:
    arguments = ("alternatives", LEERSTAD, "--all", "3", "--quiet", "--store", str(tmp_path))
    code, _, told = pressed("engine.alternatives", function, 1, *arguments)
    stopped_in_a_word(code, told)


def test_ctrl_c_when_a_report_is_made_is_one_word() -> None:
    code, _, told = pressed("cli.develop", "render", 1, "assess", LEERSTAD, "--today", "--quiet")
    stopped_in_a_word(code, told)


@pytest.mark.parametrize(
    "phase", [1, pytest.param(4, marks=pytest.mark.slow), pytest.param(40, marks=pytest.mark.slow)]
)
def test_ctrl_c_in_a_solve_writes_the_best_plan_so_far(phase: int, tmp_path: Path) -> None:
    """After so many reports of progress: candidates, relaxation, proof."""
    out = tmp_path / "plan.json"
    code, text, told = pressed("engine.solve", "Account.report", phase, "solve", TWENTE, "--quiet", "-o", str(out))
    assert (code, told) == (0, "")
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert plan["partnerships"]
    assert plan["gap"] > 0
    assert text


def test_a_second_ctrl_c_ends_a_solve_at_once(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    arguments = ("solve", TWENTE, "--quiet", "-o", str(out))
    code, _, told = pressed("engine.solve", "Account.report", 2, *arguments, times=2)
    stopped_in_a_word(code, told)
    assert not out.exists()
