"""A study by a real Dask cluster, one of whose workers ends half-way."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from regie_opt.study import Cluster, Lost, Processes, Store, Study

from .weighing import kept, weighed

pytest.importorskip("distributed")

COUNT = 60
LONGEST = 60.0
"""Seconds that the scheduler may take to begin."""


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler on this computer, and its two workers."""
    file = folder / "scheduler.json"
    local = ["--no-dashboard", "--scheduler-file", str(file)]
    log = (folder / "log").open("wb")

    def start(*command: str) -> subprocess.Popen[bytes]:
        dask = [sys.executable, "-m", "dask", *command]
        return subprocess.Popen(dask, cwd=folder, stdout=log, stderr=log, start_new_session=True)

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", *local)
    try:
        end = time.monotonic() + LONGEST
        while not file.exists():
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.1)
        worker = ["worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", *local]
        workers = [start(*worker, "--local-directory", str(folder / name)) for name in ("one", "two")]
        try:
            yield json.loads(file.read_text())["address"], workers
        finally:
            for process in workers:
                process.kill()
                process.wait()
    finally:
        scheduler.kill()
        scheduler.wait()
        log.close()


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path) -> None:
    tasks = weighed(COUNT)
    with Study(Processes(1), Store(tmp_path / "here")) as study:
        study.results(tasks)
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster") as (address, workers):
        done = 0
        with Study(Cluster(address), Store(tmp_path / "there")) as study:
            for _ in study.as_they_come(tasks):
                done += 1
                if done == COUNT // 2:
                    workers[0].send_signal(signal.SIGKILL)
        assert workers[0].wait(10) == -signal.SIGKILL
        assert workers[1].poll() is None
    assert done == COUNT
    assert kept(tmp_path / "there") == kept(tmp_path / "here")


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regie_opt.study.cluster.SECONDS_TO_CONNECT", 1)
    for address in ("tcp://127.0.0.1:1", "nonsense", "tcp://127.0.0.1"):
        with pytest.raises(Lost, match="no scheduler answers"), Study(Cluster(address)) as study:
            study.results(weighed(1))
