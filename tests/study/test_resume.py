"""A study that is killed goes on where it was: nothing that was kept is solved again, and nothing half is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from regie_opt.schema.outcome import Outcome
from regie_opt.study import Store, Study

from .many_solves import tasks

FEW, MANY = 100, 200
"""Solves of a study that is killed: by default, and in the slow suite."""
ROOT = Path(__file__).parents[2]


def kept(store: Path) -> dict[str, tuple[int, bytes]]:
    """Every result in a store by its key: when it was written, and what."""
    return {file.stem: (file.stat().st_mtime_ns, file.read_bytes()) for file in store.glob("*/*.json")}


def begun(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").split() if log.exists() else []


def started(store: Path, log: Path, workers: int, count: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.study.many_solves", str(store), str(log), str(count), str(workers)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until(happened, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]


def is_running(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def killed(store: Path, log: Path, workers: int, count: int, moments: Iterator[tuple[int, float]]) -> None:
    """Run the study, kill it when so many more results are there and a little later, and wait until all of it ended."""
    before = len(kept(store))
    more, later = next(moments)
    process = started(store, log, workers, count)
    try:
        wait_until(lambda: process.poll() is not None or len(list(store.glob("*/*.json"))) >= before + more)
        time.sleep(later)
        workers_of = children(process.pid) if workers > 1 and Path("/proc").exists() else []
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    wait_until(lambda: not any(map(is_running, workers_of)), 30)


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_study_completes_and_solves_nothing_twice(workers: int, count: int, tmp_path: Path):
    rng = np.random.default_rng(20261125 + workers)
    moments = ((int(rng.integers(1, count // 4)), float(rng.uniform(0, 0.03))) for _ in range(10))
    store, log = tmp_path / "store", tmp_path / "log"
    seen: dict[str, tuple[int, bytes]] = {}
    for _ in range(3):
        logged = len(begun(log))
        killed(store, log, workers, count, moments)
        now = kept(store)
        assert len(seen) < len(now) < count
        assert {key: now[key] for key in seen} == seen, "a kept result was written again"
        assert not set(begun(log)[logged:]) & set(seen), "a kept result was solved again"
        for _, raw in now.values():
            Outcome.model_validate_json(raw)
        seen = now
    logged = len(begun(log))
    last = started(store, log, workers, count)
    output, errors = last.communicate(timeout=300)
    assert last.returncode == 0, errors
    assert f"{count} results, {count} optimal, {len(seen)} kept" in output
    solved = begun(log)[logged:]
    assert len(solved) == len(set(solved)) == count - len(seen)
    assert not set(solved) & set(seen)
    now = kept(store)
    assert len(now) == count
    assert {key: now[key] for key in seen} == seen


def test_half_a_result_is_never_read_as_one(tmp_path: Path):
    log, [task] = tmp_path / "log", tasks(1, tmp_path / "log")
    store = Store(tmp_path / "store")
    with Study(store=store) as study:
        [whole] = study.results([task])
    [file] = (tmp_path / "store").glob("*/*.json")
    raw = file.read_bytes()
    rng = np.random.default_rng(7)
    for length in [0, 1, len(raw) - 1, *rng.integers(2, len(raw) - 1, 20)]:
        file.write_bytes(raw[: int(length)])
        assert store.get(task.key, Outcome) is None
    unfinished = file.with_name(f".{file.name}.1.part")
    unfinished.write_bytes(raw[: len(raw) // 2])
    with Study(store=store) as study:
        assert [result.partnerships for result in study.results([task])] == [whole.partnerships]
    assert len(begun(log)) == 2
    assert store.get(task.key, Outcome) is not None
