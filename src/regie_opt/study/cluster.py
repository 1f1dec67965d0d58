"""The workers of a Dask cluster, and all that may be wrong with one."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regie_opt.study.crew import Lost
from regie_opt.study.notices import NobodyThere, Tell, to_nobody

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 10.0
SECONDS_WITHOUT_WORKERS = 5.0
"""How long nobody may be there to work before that is told."""
SECONDS_BETWEEN_NOTICES = 60.0
"""The same, every time after that."""
RETRIES = 3
"""Times that a cluster does a task again whose worker was lost."""
_PACKAGE = "regie_opt"
_TALKATIVE = ("distributed", "tornado", "asyncio")
"""Packages that log every lost connection with where it was in their code."""


def refused(address: str) -> str | None:
    """Why an address can be that of no scheduler; None where it can."""
    scheme, separator, _ = address.partition("://")
    if not separator or scheme == "tcp":
        return None
    return f"found '{address}', allowed: tcp://HOST:PORT ({scheme} needs settings that there are no options for)"


@dataclass(frozen=True)
class Cluster:
    """Workers of a Dask cluster, which have the same version of regie-opt installed."""

    address: str
    """Of the scheduler, such as tcp://10.0.0.5:8786."""
    at_once: int = 10_000
    """Its scheduler keeps the queue."""
    begins_at_once: bool = field(default=False, init=False)

    @property
    def side_by_side(self) -> int:
        """Nobody knows: workers come and go."""
        return self.at_once

    @contextmanager
    def working(self, tell: Tell = to_nobody) -> Iterator[Executor]:
        """Connect to the scheduler. Raises `Lost`, also when it or its workers are lost later."""
        try:
            from distributed import Client
        except ImportError:
            msg = "a cluster needs the extra 'cluster': pip install 'regie-opt[cluster]'"
            raise Lost(msg) from None
        if (reason := refused(self.address)) is not None:
            raise Lost(reason)
        _silence()
        self._ask_who_answers()
        try:
            client = Client(self.address, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError) as error:
            raise self._unreachable(error) from None
        left = threading.Event()
        threading.Thread(target=self._watch, args=(client, left, tell), daemon=True).start()
        try:
            yield client.get_executor(retries=RETRIES)
        except Exception as error:
            if (told := self._told(error)) is None:
                raise
            raise told from None
        finally:
            left.set()
            client.close()

    def _ask_who_answers(self) -> None:
        """Raise `Lost` where no scheduler does: Dask waits for ever for the first word of what is none."""
        from distributed.comm.addressing import get_address_host_port

        try:
            _knock(*get_address_host_port(self.address, strict=True))
        except (OSError, ValueError, OverflowError) as error:
            raise self._unreachable(error) from None
        with ThreadPoolExecutor(1) as aside:  # there may be an event loop here already
            try:
                who = aside.submit(asyncio.run, _who_is(self.address)).result()
            except Exception:  # a server of another kind may say anything
                who = "no Dask"
        if who != "Scheduler":
            found = "a worker" if who in ("Worker", "Nanny") else "no Dask scheduler"
            msg = f"what answers at '{self.address}' is {found} (a scheduler usually has port 8786, its dashboard 8787)"
            raise Lost(msg)

    def _unreachable(self, error: Exception) -> Lost:
        return Lost(f"no scheduler answers at '{self.address}': {error}")

    def _watch(self, client: "Client", left: threading.Event, tell: Tell) -> None:
        """Tell that nobody is there to work, every now and then, until the study is over."""
        alone_since, told_at = time.monotonic(), None
        while not left.wait(SECONDS_WITHOUT_WORKERS / 5):
            try:
                workers = client.scheduler_info(n_workers=1).get("workers", True)
            except Exception:  # the scheduler is gone, and that is told by who waits for it
                return
            if workers:
                alone_since, told_at = time.monotonic(), None
            elif time.monotonic() - alone_since >= SECONDS_WITHOUT_WORKERS and (
                told_at is None or time.monotonic() - told_at >= SECONDS_BETWEEN_NOTICES
            ):
                told_at = time.monotonic()
                tell(NobodyThere(self.address))

    def _told(self, error: Exception) -> Lost | None:
        """What went wrong with the cluster, in words; None where it was something else."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        if isinstance(error, KilledWorker):
            return Lost("workers of the cluster ended at the same task again and again: too little memory, or a fault")
        if isinstance(error, CancelledError | CommClosedError):
            return Lost(f"the scheduler at '{self.address}' is gone")
        if _lacks_the_package(error):
            return Lost(
                f"the scheduler at '{self.address}' or a worker of it cannot read the work: "
                "regie-opt must be installed there too, the same version as here"
            )
        return None


def _knock(host: str, port: int) -> None:
    """Wait until somebody opens. Raises OSError."""
    end = time.monotonic() + SECONDS_TO_CONNECT
    while True:
        try:
            socket.create_connection((host, port), timeout=SECONDS_TO_CONNECT).close()
        except ConnectionRefusedError:  # it may be starting
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


async def _who_is(address: str) -> str:
    """What kind of server answers. Raises what a server that is no Dask may lead to."""
    from distributed.core import rpc

    async def asked() -> Any:
        async with rpc(address) as server:
            return await server.identity()

    return str((await asyncio.wait_for(asked(), SECONDS_TO_CONNECT))["type"])


def _lacks_the_package(error: BaseException) -> bool:
    """Whether what is sent cannot be made into objects at the other side."""
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] == _PACKAGE:
        return True
    if isinstance(error, RuntimeError) and "deserialization" in str(error):
        return True
    return error.__cause__ is not None and _lacks_the_package(error.__cause__)


def _silence() -> None:
    """Let what Dask logs of a lost connection be told in words instead."""
    for name in (*_TALKATIVE, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
