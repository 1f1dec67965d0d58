"""The command line where the machine gives less than usual: no stdout, no room, no processes, odd names and encodings.

Results come all the same; what could not be done is told in one line.
"""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main
from regie_opt.study.store import Store

ROOT = Path(__file__).parents[2]
LEERSTAD = str(ROOT / "scenarios" / "leerstad" / "scenario.yaml")
COMPARE = ("compare", LEERSTAD, "--variants", "wederkerig", "--quiet", "--lang", "en")

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def program(*arguments: str | bytes, shell: str = '"$@"', **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program by a shell command in which "$@" is it."""
    command = [sys.executable, "-m", "regie_opt.cli.main", *arguments]
    return subprocess.run(
        ["sh", "-c", shell, "sh", *command],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=300,
        check=False,
    )


@posix
@pytest.mark.parametrize(
    "closed",
    [">&-", pytest.param("2>&-", marks=pytest.mark.slow), pytest.param("<&-", marks=pytest.mark.slow), "<&- >&- 2>&-"],
)
def test_a_closed_stream_takes_no_plan_with_it(closed, tmp_path):
    plan = tmp_path / "plan.json"
    done = program("solve", LEERSTAD, "--quiet", "-o", str(plan), shell=f'"$@" {closed}')
    assert done.returncode == 0, done.stderr
    assert plan.read_text(encoding="utf-8").startswith("{")
    assert b"Traceback" not in done.stderr


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_and_the_plan_is_written(tmp_path):
    plan = tmp_path / "plan.json"
    done = program("solve", LEERSTAD, "--quiet", "-o", str(plan), shell='"$@" > /dev/full')
    assert plan.exists()
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert b"No space left on device" in done.stderr


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_results_that_cannot_be_kept_are_shown(number, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Store, "put", full)
    done = CliRunner().invoke(main, [*COMPARE, "--workers", "1", "--store", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "Criteria side by side" in done.stdout
    told = [line for line in done.stderr.splitlines() if "results cannot be kept" in line]
    assert len(told) == 1
    assert os.strerror(number).lower() in told[0].lower()


@posix
def test_a_store_on_which_no_byte_can_be_written_is_told(tmp_path):
    done = program(*COMPARE, "--workers", "1", "--store", str(tmp_path / "kept"), shell='ulimit -f 0; "$@"')
    assert done.returncode == 0, done.stderr
    assert b"Criteria side by side" in done.stdout
    assert done.stderr.count(b"results cannot be kept") == 1


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSYS, errno.ENOSPC])
def test_without_processes_this_one_does_the_work(number, tmp_path, monkeypatch):
    def without(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", without)
    done = CliRunner().invoke(main, [*COMPARE, "--workers", "2", "--store", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "Criteria side by side" in done.stdout
    told = [line for line in done.stderr.splitlines() if "processes cannot be started here" in line]
    assert len(told) == 1
    assert "--workers 1" in told[0]


@pytest.fixture
def lodz(tmp_path) -> str:
    """The example with a name that Western Europe's encodings do not have."""
    for file in Path(LEERSTAD).parent.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("name: Rietdam (verzonnen)", "name: Łódź")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    return str(tmp_path / "scenario.yaml")


@posix
@pytest.mark.parametrize(
    ("encoding", "command", "options"),
    [
        ("cp1252", "inventory", ["--quiet"]),
        pytest.param("cp1252", "assess", ["--today"], marks=pytest.mark.slow),
        ("ascii", "validate", ["--resolved"]),
        pytest.param("iso-8859-1", "inventory", ["--quiet", "--format", "csv"], marks=pytest.mark.slow),
    ],
)
def test_what_an_encoding_does_not_have_is_written_all_the_same(encoding, command, options, lodz):
    done = program(command, lodz, *options, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert "Łódź" in done.stdout.decode("utf-8")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has only names in UTF-8")
def test_a_file_name_that_is_no_utf8_is_written_and_told(tmp_path):
    name = tmp_path / os.fsdecode(b"c\xe9.mps")
    done = program("export", LEERSTAD, "--mps", os.fsencode(name))
    assert done.returncode == 0, done.stderr
    assert name.stat().st_size > 1000
    assert "c\ufffd." in done.stdout.decode("utf-8")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has only names in UTF-8")
@pytest.mark.parametrize(
    ("command", "option", "ending"), [("export", "--xlsx", "xlsx"), ("solve", "-o", "json"), ("solve", "-o", "csv")]
)
def test_a_file_of_any_kind_may_have_a_name_that_is_no_utf8(command, option, ending, tmp_path):
    name = tmp_path / os.fsdecode(b"c\xe9." + ending.encode())
    done = CliRunner().invoke(main, [command, LEERSTAD, option, str(name)])
    assert done.exit_code == 0, done.output
    assert name.stat().st_size > 1000
    assert command == "solve" or "c\ufffd." in done.stdout
