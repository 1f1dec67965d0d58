"""A study by a real Dask cluster, one of whose workers ends half-way."""

import json
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from regie_opt.study import Cluster, Lost, Notice, Processes, Store, Study
from regie_opt.study.notices import NoAnswer, NobodyThere

from .weighing import kept, weighed

pytest.importorskip("distributed")

COUNT = 60
LONGEST = 60.0
"""Seconds that the scheduler may take to begin."""


Start = Callable[..., "subprocess.Popen[bytes]"]


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, Start, list[str]]]:
    """Address of a scheduler on this computer, how to start what works for it, and with which options."""
    file = folder / "scheduler.json"
    local = ["--no-dashboard", "--scheduler-file", str(file)]
    log = (folder / "log").open("wb")

    def start(*command: str) -> subprocess.Popen[bytes]:
        dask = [sys.executable, "-m", "dask", *command]
        return subprocess.Popen(dask, cwd=folder, stdout=log, stderr=log, start_new_session=True)

    process = start("scheduler", "--host", "127.0.0.1", "--port", "0", *local)
    try:
        end = time.monotonic() + LONGEST
        while not file.exists():
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], start, local
    finally:
        process.kill()
        process.wait()
        log.close()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler on this computer, and its two workers."""
    with scheduler(folder) as (address, start, local):
        worker = ["worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", *local]
        workers = [start(*worker, "--local-directory", str(folder / name)) for name in ("one", "two")]
        try:
            yield address, workers
        finally:
            for process in workers:
                process.kill()
                process.wait()


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


@contextmanager
def server(answer: bytes) -> Iterator[str]:
    """Address of a server that says one thing to whoever comes, whatever is asked, or nothing."""

    class Says(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(answer)
            self.request.recv(1000)
            time.sleep(0 if answer else 3)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Says) as listening:
        listening.daemon_threads, listening.block_on_close = True, False
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", b""])
def test_what_is_no_scheduler_is_told_soon(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regie_opt.study.cluster.SECONDS_TO_CONNECT", 1)
    began = time.monotonic()
    with server(answer) as address, pytest.raises(Lost, match="is no Dask scheduler"), Study(Cluster(address)) as study:
        study.results(weighed(1))
    assert time.monotonic() - began < 10


def test_a_limit_holds_where_nobody_works_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regie_opt.study.cluster.SECONDS_WITHOUT_WORKERS", 0.2)
    told: list[Notice] = []
    with scheduler(tmp_path) as (address, _, _):
        began = time.monotonic()
        with Study(Cluster(address), time_limit=0.5, tell=told.append) as study:
            outcomes = study.results(weighed(3))
        seconds = time.monotonic() - began
    assert {outcome.status for outcome in outcomes} == {"unfinished"}
    assert told[-1] == NoAnswer()
    assert set(told) <= {NobodyThere(address), NoAnswer()}
    assert seconds < 10, "connecting and leaving are not counted, and take a second or two"
