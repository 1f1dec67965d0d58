"""Runs do not differ: what a plan file says does not depend on the process that wrote it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import other_hash_seed

from regie_opt.cli.main import main

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


def contents(path: Path) -> bytes:
    """What is written, without how long it took."""
    return re.sub(rb'"seconds": *[-+.0-9eE]+', b'"seconds": 0', path.read_bytes())


@pytest.mark.parametrize("options", [(), ("--variant", "wederkerig")], ids=["itself", "wederkerig"])
def test_two_processes_with_other_hash_seeds_write_the_same_bytes(options: tuple[str, ...], tmp_path: Path):
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    arguments = ["solve", str(LEERSTAD), *options, "-o"]
    done = CliRunner().invoke(main, [*arguments, str(here)])
    assert done.exit_code == 0, done.output
    command = [sys.executable, "-m", "regie_opt.cli.main", *arguments, str(there)]
    environment = {**os.environ, "PYTHONHASHSEED": other_hash_seed()}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    assert b'"seconds": 0' in contents(here)
    assert contents(here) == contents(there)
