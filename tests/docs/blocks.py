"""Output quoted in the documentation, so that a test can compare it and a command can renew it.

A quoted block is a fence right below a comment that says where it comes from:

    <!-- output of: regie-opt solve scenarios/leerstad/scenario.yaml | In short; The proposal -->
    <!-- by hand: trust -->
    <!-- list of: lawful forms -->

The first runs the command in a copy of the checkout's scenarios (in this process, which has it all imported), and keeps
the sections that it names, or all. The others are chapters of `by_hand.py`. Time that a solve took is not compared.
"""

import atexit
import re
import shlex
import shutil
import tempfile
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from regie_opt.cli.main import main

from .by_hand import CHAPTERS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_BLOCK = re.compile(r"<!-- (output of|by hand|list of): (.+?) -->\n```(\w*)\n(.*?)```\n", re.DOTALL)
_SECONDS = re.compile(r"\b\d+[.,]\d s\b")


@dataclass(frozen=True)
class Block:
    """One quoted block."""

    document: Path
    kind: str
    source: str
    quoted: str

    def fresh(self) -> str:
        """What it should say now."""
        if self.kind != "output of":
            return "\n".join(CHAPTERS[self.source]()) + "\n"
        command, _, titles = self.source.partition(" | ")
        output = _run(command)
        wanted = [title.strip() for title in titles.split(";") if title.strip()]
        if wanted:
            parts = _sections(output)
            output = "\n".join(parts[title] for title in wanted)
        return f"$ {command}\n{output.rstrip()}\n"

    def is_current(self) -> bool:
        """Whether it says that, apart from seconds and where lines are broken."""
        return _plain(self.quoted) == _plain(self.fresh())


def blocks(document: Path) -> list[Block]:
    """The quoted blocks of a document, in order."""
    found = _BLOCK.findall(document.read_text(encoding="utf-8"))
    return [Block(document, kind, source, quoted) for kind, source, _, quoted in found]


def renewed(document: Path) -> str:
    """The document with every quoted block that is no longer current replaced."""

    def fresh(match: re.Match[str]) -> str:
        kind, source, language, quoted = match.groups()
        block = Block(document, kind, source, quoted)
        if block.is_current():
            return match.group(0)
        return f"<!-- {kind}: {source} -->\n```{language}\n{block.fresh()}```\n"

    return _BLOCK.sub(fresh, document.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(_SECONDS.sub("seconds", " ".join(text.split())).split())


def _sections(output: str) -> dict[str, str]:
    """The parts of a report by title; a title is a line that is underlined."""
    lines = output.splitlines()
    starts = [i for i in range(len(lines) - 1) if re.fullmatch(r"-+|=+", lines[i + 1]) and lines[i]]
    ends = [*starts[1:], len(lines)]
    return {lines[i]: "\n".join(lines[i:j]).rstrip() + "\n" for i, j in zip(starts, ends, strict=True)}


@cache
def _folder() -> Path:
    """A folder with the scenarios, in which the commands run one after another."""
    folder = Path(tempfile.mkdtemp(prefix="regie-opt-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    return folder


@cache
def _run(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program != "regie-opt":
        msg = f"only regie-opt is run, found {program}"
        raise ValueError(msg)
    with chdir(_folder()):
        done = CliRunner().invoke(main, arguments, env={"REGIE_OPT_STORE": str(_folder() / "results")})
    if done.exit_code != 0:
        msg = f"{command} ended with {done.exit_code}: {done.stderr or done.exception!r}"
        raise RuntimeError(msg)
    return done.stdout
