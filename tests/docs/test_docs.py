"""The documentation says what the program does: formulas, links, commands and quoted output."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import click
import pytest

from regie_opt.cli.main import main

from .blocks import DOCUMENTS, ROOT, Block, blocks

MODEL = ROOT / "docs" / "model.md"
_CONTEXT = click.Context(main)
COMMANDS = {name: main.get_command(_CONTEXT, name) for name in main.list_commands(_CONTEXT)}

_CITED = re.compile(r"formulas? ((?:\(\d+\)(?:,| and| to)? ?)+)")
_FENCE = re.compile(r"```.*?```", re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_COMMAND = re.compile(r"regie-opt ([a-z]+(?:-[a-z]+)*)((?: [^\n`|]*)?)")


def _formulas_in_the_document() -> list[int]:
    fenced = "\n".join(_FENCE.findall(MODEL.read_text(encoding="utf-8")))
    return [int(n) for n in re.findall(r"\((\d+)\)$", fenced, re.MULTILINE)]


def _cited(text: str) -> set[int]:
    """Numbers in `formula (3)`, `formulas (12) and (13)`, `formulas (7) to (11)`, or right of a displayed formula."""
    numbers: set[int] = set()
    for listed in _CITED.findall(" ".join(text.split())):
        for first, last in re.findall(r"\((\d+)\) to \((\d+)\)", listed):
            numbers |= set(range(int(first), int(last) + 1))
        numbers |= {int(n) for n in re.findall(r"\((\d+)\)", listed)}
    return numbers | {int(n) for n in re.findall(r"  \((\d+)\)$", text, re.MULTILINE)}


def _cited_in_the_code() -> set[int]:
    docstrings = [
        ast.get_docstring(node) or ""
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    return set().union(*(_cited(text) for text in docstrings))


def test_formulas_are_numbered_once_and_in_order():
    numbers = _formulas_in_the_document()
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_formula_that_the_code_cites_is_in_the_document():
    assert _cited_in_the_code() <= set(_formulas_in_the_document())


def test_every_formula_in_the_document_is_cited_by_the_code():
    assert set(_formulas_in_the_document()) <= _cited_in_the_code()


def test_sources_named_in_the_model_are_in_the_model_pack():
    named = set(re.findall(r"\bS\d+\b", MODEL.read_text(encoding="utf-8")))
    pack = (ROOT / "models" / "nl" / "sources.yaml").read_text(encoding="utf-8")
    assert named <= set(re.findall(r"^  (S\d+):", pack, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_resolve(document: Path):
    targets = _LINK.findall(_FENCE.sub("", document.read_text(encoding="utf-8")))
    local = [target.partition("#")[0] for target in targets if "://" not in target]
    assert [target for target in local if target and not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_their_options_exist(document: Path):
    for name, rest in _COMMAND.findall(document.read_text(encoding="utf-8")):
        assert name in COMMANDS, f"{document.name} shows regie-opt {name}"
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
        shown = re.findall(r"(?<=\s)--?[a-z][a-z0-9-]*", rest)
        assert set(shown) <= known, f"{document.name} shows regie-opt {name}{rest}"


def test_every_command_is_in_the_readme():
    readme = DOCUMENTS[0].read_text(encoding="utf-8")
    shown = {name for name, _ in _COMMAND.findall(readme)} | set(re.findall(r"`([a-z]+)`", readme))
    assert {name for name in COMMANDS if name not in shown} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_machine_or_package_host_is_named(document: Path):
    text = document.read_text(encoding="utf-8")
    forbidden = r"/(work|tmp|root|home|Users|opt)/|file://|localhost|\bpypi\b|pythonhosted|index-url"
    assert re.findall(forbidden, text, re.IGNORECASE) == []


def test_lock_file_names_public_hosts_only():
    hosts = set(re.findall(r"(\w+://[^/\"]*)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts <= {"https://pypi.org", "https://files.pythonhosted.org"}


def test_ci_runs_the_tests_as_the_readme_does():
    readme = DOCUMENTS[0].read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace('"$work/venv', ".venv").replace('"', "")
    line = next(line for line in readme.splitlines() if line.endswith("pytest -n auto"))
    for command in line.split(" && "):
        assert command in ci.replace(" --quiet", "")


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[<>=!~ \[]", requirement)[0] for requirement in needed}
    explained = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    assert {name for name in names if not re.search(rf"[| ]{re.escape(name)}[,| ]", explained)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_quoted_block_has_a_source_that_is_understood(document: Path):
    marked = len(re.findall(r"<!-- (?:output of|by hand|list of):", document.read_text(encoding="utf-8")))
    assert len(blocks(document)) == marked


LARGE = re.compile(r"regie-opt (\w+ scenarios/twente/|(tune|pareto|robust|compare|alternatives) )")
"""Commands that take long: they solve a real region of fourteen municipalities, or a small one many times."""
LONG = re.compile(r"regie-opt (tune|pareto|robust) scenarios/twente/")
"""Those of them that take minutes: some thirty solves."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_quoted_output_is_current(document: Path):
    assert _stale(block for block in blocks(document) if not LARGE.match(block.source)) == "", RENEW


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_quoted_output_that_takes_long_is_current(document: Path):
    large = [block for block in blocks(document) if LARGE.match(block.source)]
    assert _stale(block for block in large if not LONG.match(block.source)) == "", RENEW


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_quoted_output_that_takes_minutes_is_current(document: Path):
    assert _stale(block for block in blocks(document) if LONG.match(block.source)) == "", RENEW


RENEW = "run python -m tests.docs.regenerate"


def _stale(quoted: Iterable[Block]) -> str:
    return "\n".join(f"{block.source}:\n{block.fresh()}" for block in quoted if not block.is_current())
