"""What all measurements share: the machine in a line, jobs in processes of their own, and the page of results.

A job is `python -m benchmarks.<module> --job ...`. The last line that it prints is its result as JSON, with its peak
memory. Every job is told to use one thread, in the solvers as in the linear algebra of numpy.
"""

import json
import os
import platform
import re
import resource
import shlex
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tabulate import tabulate

Result = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
HEADING = "# Performance\n\nEach section is written by the command in its first line, when that has `--record`.\n"
PACKAGES = ("regie-opt", "highspy", "pulp", "numpy", "scipy", "pyscipopt")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
GRACE = 900.0
"""Seconds that a job may take on top of its limit (reading, writing, a slow stop) before it is ended."""
KB_PER_MB = 1024
FINGERPRINT = 12
"""Characters that tell inputs apart."""


def machine() -> str:
    """Platform, cores, processor and versions in one line."""
    packages = []
    for name in PACKAGES:
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            packages.append(f"no {name}")
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores ({_processor()})"
    return f"{system}; Python {platform.python_version()}; {', '.join(packages)}"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "model unknown"


def job(module: str, *args: object, limit: float, grace: float = GRACE) -> Result:
    """Run a job in a process of its own; what went wrong is under `failed`, never an exception.

    `limit` is the number of seconds that the job is told to keep to; so many more, and it is ended.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", "--job", *(str(a) for a in args)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
    # A session of its own, so that a solver which the job has started ends with it.
    process = subprocess.Popen(command, env={**os.environ, **ONE_THREAD}, start_new_session=True, **pipes)
    try:
        out, err = process.communicate(timeout=limit + grace)
    except subprocess.TimeoutExpired:
        return {"failed": f"ended, because it still ran {grace:.0f} s after the limit"}
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode < 0:
        return {"failed": f"crashed ({signal.Signals(-process.returncode).name})"}
    if process.returncode > 0:
        return {"failed": next((line for line in reversed(err.splitlines()) if line.strip()), "crashed")}
    try:
        result: Result = json.loads(out.splitlines()[-1])
    except (IndexError, json.JSONDecodeError):
        return {"failed": "gave no result"}
    return result


def answer(result: Result) -> None:
    """Inside a job: print its result, with its peak memory.

    What Python and its packages take is in it, some 100 MB for every job alike.
    """
    print(json.dumps({**result, "megabytes": megabytes()}))


def megabytes() -> float:
    """Peak memory so far of this process, or of the largest that it has started and that has ended."""
    kb = max(resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return kb / KB_PER_MB


def asked_job() -> list[str] | None:
    """Arguments of the job that this process was started for, None when a person has started it."""
    return sys.argv[2:] if sys.argv[1:2] == ["--job"] else None


def served(run: Callable[..., Result]) -> bool:
    """Do the job that this process was started for, of a scenario file and numbers; False when there is none."""
    asked = asked_job()
    if asked is None:
        return False
    file, *numbers = asked
    answer(run(Path(file), *map(float, numbers)))
    return True


def options(doc: str | None, *, limit: float) -> ArgumentParser:
    """What every measurement can be told."""
    parser = ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--inputs", type=Path, required=True, help="folder that `benchmarks.inputs` has written to")
    parser.add_argument("--limit", type=float, default=limit, help="seconds per job")
    parser.add_argument("--record", action="store_true", help="also write the results to docs/performance.md")
    return parser


@dataclass(frozen=True)
class Inputs:
    """What a run measures on."""

    files: dict[str, Path]
    """Scenario file of each name."""
    before: str
    """Fingerprint of all that they are made of, when the run began."""


def scenarios(parser: ArgumentParser, given: Namespace, names: Sequence[str]) -> Inputs:
    """The inputs of those names; ends with a message when one has not been made."""
    files = {name: (given.inputs / name / "scenario.yaml").resolve() for name in names}
    missing = [name for name, file in files.items() if not file.exists()]
    if missing or not files:
        parser.error(f"not in {given.inputs}: {', '.join(missing) or 'any region'}; see `python -m benchmarks.inputs`")
    return Inputs(files, fingerprint(files.values()))


def each(
    module: str,
    inputs: Inputs,
    limit: float,
    row: Callable[[str, Result], list[str]],
    *more: object,
    solves: int = 1,
) -> dict[str, Result]:
    """Result of the job of a module on every scenario by name; its row is told at once.

    `more` is what the job is told besides; `solves` is how often it may take the limit.
    """
    results = {}
    for name, file in inputs.files.items():
        results[name] = job(module, file, limit, *more, limit=solves * limit)
        say("  ".join(row(name, results[name])))
    return results


def fingerprint(files: Iterable[Path]) -> str:
    """Of all that the scenarios are made of: figures of different inputs cannot be compared."""
    parts = sorted(part for file in files for part in file.parent.glob("*.yaml"))
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:FINGERPRINT]


def say(text: str) -> None:
    """Print at once, so that a run that is interrupted has lost nothing."""
    print(text, flush=True)


def markdown(headers: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """A table; the first `words` columns are words, the others numbers."""
    sides = ["left"] * words + ["right"] * (len(headers) - words)
    return str(tabulate(rows, headers, tablefmt="github", disable_numparse=True, colalign=sides))


def publish(name: str, text: str, inputs: Inputs, *, recorded: bool) -> None:
    """Print a section, with its command, machine and inputs; write it to the page when asked."""
    told = shlex.join(["python", "-m", f"benchmarks.{name}", *sys.argv[1:]])
    command = re.sub(r"--inputs[ =]\S+", "--inputs DIR", told)
    same = fingerprint(inputs.files.values()) == inputs.before
    changed = "" if same else " **They changed during the run: measure again.**"
    section = f"```sh\n{command}\n```\n\n{machine()}. Inputs {inputs.before}.{changed}\n\n{text.strip()}"
    say(f"\n{section}")
    if recorded:
        record(name, section)


def record(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what stands between the marks of a section; page and section are made where there are none."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    now = page.read_text(encoding="utf-8") if page.exists() else HEADING
    if begin not in now:
        now = f"{now.rstrip()}\n\n## {name.capitalize()}\n\n{begin}\n{end}\n"
    before, rest = now.split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8")
