"""Runs do not differ: what a plan file says does not depend on the process that wrote it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


def written(path: Path, hash_seed: int, *options: str) -> bytes:
    command = [sys.executable, "-m", "regie_opt.cli.main", "solve", str(LEERSTAD), "-o", str(path), *options]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    return re.sub(rb'"seconds": *[-+.0-9eE]+', b'"seconds": 0', path.read_bytes())


@pytest.mark.parametrize("options", [(), ("--variant", "wederkerig")], ids=["itself", "wederkerig"])
def test_two_processes_with_other_hash_seeds_write_the_same_bytes(options: tuple[str, ...], tmp_path: Path):
    first = written(tmp_path / "first.json", 1, *options)
    assert b'"seconds": 0' in first
    assert written(tmp_path / "second.json", 4242, *options) == first
