"""Whatever is done to a scenario, workbook, plan or judgements: it is refused in words, or every odd figure is told.

10,000 changes of each kind of file are in the slow suite, a hundredth of them in the default one. A trial is the kind
and a number, so `trial("plan", 4711, folder)` is that one again.
"""

import json
import math
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pydantic import BaseModel
from sources import small
from spoiling import changed

from loading import small_files
from loading.mutations import CHANGES, Cells, bare, changed_workbook
from regie_opt.engine import Obeying
from regie_opt.loading import InputError, Loaded, Problem, load_all, load_plan
from regie_opt.loading.elicitation import load_elicitation
from regie_opt.loading.workbook import export_workbook, import_workbook
from regie_opt.report.breach import told as breach_told
from regie_opt.report.naming import Naming
from regie_opt.report.words import Words
from regie_opt.sources import build, read_country, read_judgements, select
from regie_opt.study.elicit import elicited
from regie_opt.worth import PlanError, Worth, assess, complete_plan, today_plan

KINDS = ("scenario", "workbook", "plan", "judgements", "elicitation")
QUICK, ALL, SHARDS = 100, 10_000, 20
AGAIN = 10
"""Every so many trials the files that a workbook became are read again, which takes as long as all else."""
SHEETS = 4
"""One in so many judgements for weights is in a workbook."""
FOUND: tuple[tuple[str, int], ...] = (
    *(("scenario", 40), ("scenario", 79), ("judgements", 40), ("judgements", 50), ("judgements", 60)),
    *(("scenario", 4927), ("scenario", 5797), ("scenario", 6408), ("scenario", 9071)),
    *(("workbook", 808), ("workbook", 841), ("workbook", 1811), ("workbook", 5092), ("workbook", 5095)),
    *(("elicitation", 150), ("elicitation", 2148)),
)
"""Trials that once showed a fault."""

JARGON = re.compile(
    r"Traceback|Input should|type=|pydantic|validation error|Value error|[A-Z]\w+Error\b|NoneType|object has no|"
    r"<class|ruamel|openpyxl|ScalarNode|\bdict\b|\btuple\b|\bstr\b|0x[0-9a-f]{6,}|\\x"
)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unchanged files."""
    folder = tmp_path_factory.mktemp("small")
    small_files.write(folder)
    return folder


def trial(kind: str, seed: int, folder: Path) -> str:
    """Read one changed file; return what was done to it. `folder` holds the unchanged files."""
    trials = {"scenario": _scenario, "workbook": _workbook, "plan": _plan}
    trials |= {"judgements": _judgements, "elicitation": _elicitation}
    try:
        return trials[kind](seed, folder)
    except _Refused as refused:
        return refused.done


class _Refused(Exception):
    """The product said no, in plain words."""

    def __init__(self, done: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(done)
        self.done = done
        assert problems
        for problem in problems:
            assert problem.where
            _in_words(problem.message)
            str(problem).encode()


def _in_words(message: str) -> None:
    assert message.strip()
    assert not JARGON.search(re.sub(r"'[^']*'", "", message)), message
    assert message.isprintable(), message
    assert len(message) < 2000, message


def _scenario(seed: int, folder: Path) -> str:
    name = random.Random(seed).choice(small_files.FILES)
    contents, done = changed("scenario", small_files.texts()[name], seed, CHANGES)
    scenario = small_files.write(folder / "changed", **{name.removesuffix(".yaml"): contents})
    try:
        loaded = load_all(scenario)
    except InputError as error:
        raise _Refused(done, error.problems) from None
    _plausible(loaded, has_references="*" in str(contents))
    return done


def _workbook(seed: int, folder: Path) -> str:
    raw, done = changed_workbook(_workbook_of(folder), seed, "workbook")
    file, out = folder / "changed.xlsx", folder / "imported"
    file.write_bytes(raw)
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(folder / "pack", out / "pack")
    try:
        loaded = import_workbook(file, out)
    except InputError as error:
        raise _Refused(done, error.problems) from None
    _plausible(loaded)
    if seed % AGAIN == 0:
        again = load_all(out / "scenario.yaml")
        assert [one.scenario for one in again] == [one.scenario for one in loaded]
    return done


@cache
def _workbook_of(folder: Path) -> Cells:
    """The scenario as a workbook."""
    export_workbook(load_all(folder / "scenario.yaml")[0], folder / "region.xlsx", "nl")
    return bare((folder / "region.xlsx").read_bytes())


def _plan(seed: int, folder: Path) -> str:
    loaded, worth, text = _planned(folder / "scenario.yaml")
    contents, done = changed("plan", text, seed, CHANGES)
    file = folder / "plan.json"
    file.write_bytes(contents if isinstance(contents, bytes) else contents.encode(errors="replace"))
    scenario = loaded.scenario
    try:
        network = complete_plan(scenario, load_plan(file, scenario).partnerships)
    except InputError as error:
        raise _Refused(done, error.problems) from None
    except PlanError as error:
        raise _Refused(done, tuple(Problem("plan", (), line) for line in str(error).split("\n"))) from None
    breaches = Obeying(worth).breaches(network)
    naming = Naming(scenario, Words("nl"))
    for breach in breaches:
        _in_words(breach_told(breach, network, naming))
    _finite(assess(scenario, loaded.base, network))
    cells = [(m, d) for q in network if not q.beside for m in q.members for d in q.domains]
    assert len(cells) == len(set(cells)) or any(breach.kind == "twice" for breach in breaches)
    assert len({q.id for q in network}) == len(network)
    for q in network:
        assert q.name.strip()
        assert q.members
        assert set(q.members) <= set(scenario.municipalities)
        assert set(q.domains) <= {*scenario.domains, "unknown"}
        assert set((q.hosts or {}).values()) <= set(q.members)
    return done


@cache
def _planned(scenario: Path) -> tuple[Loaded, Worth, str]:
    loaded = load_all(scenario)[0]
    return loaded, Worth(loaded.scenario, loaded.base), small_files.plan(scenario)


def _judgements(seed: int, folder: Path) -> str:
    contents, done = changed("judgements", small_files.JUDGED, seed, CHANGES)
    file = folder / "judgements.yaml"
    file.write_bytes(contents if isinstance(contents, bytes) else contents.encode(errors="replace"))
    read, codes = _country(folder)
    try:
        judged = read_judgements(file)
        built = build(read, codes, judged, date(2026, 5, 16))
    except InputError as error:
        raise _Refused(done, error.problems) from None
    region = folder / "built"
    region.mkdir(exist_ok=True)
    for name, text in built.files.items():
        (region / name).write_text(text, encoding="utf-8")
    if seed % AGAIN == 0:
        _lawful(region / "scenario.yaml")
    return done


def _lawful(scenario: Path) -> None:
    """What was imported loads; only what the law has against what a person judged is told by `validate`."""
    problems: tuple[Problem, ...] = ()
    try:
        _plausible(load_all(scenario))
    except InputError as error:
        problems = error.problems
    told = ("law", "may not carry", "already in the frozen")
    assert all(any(words in one.message for words in told) for one in problems), problems


@cache
def _country(folder: Path) -> Any:
    read = read_country(small.write(folder))
    return read, select(read, "codes=GM0654,GM0664,GM0687,GM0717", date(2026, 5, 16))


def _elicitation(seed: int, folder: Path) -> str:
    loaded = _planned(folder / "scenario.yaml")[0]
    if seed % SHEETS == 0:
        file = folder / "judgements.xlsx"
        raw, done = changed_workbook(_judgement_sheets(folder), seed, "elicitation")
    else:
        file = folder / "elicited.yaml"
        found, done = changed("elicitation", small_files.ELICITED, seed, CHANGES)
        raw = found if isinstance(found, bytes) else found.encode(errors="replace")
    file.write_bytes(raw)
    try:
        judged = load_elicitation(file, loaded.scenario)
    except InputError as error:
        raise _Refused(done, error.problems) from None
    for made in elicited(judged, loaded.scenario, loaded.base):
        _finite(made)
        assert all(weight >= 0 for weight in made.weights.values())
        assert math.isclose(sum(made.priorities.values()), 1)
    return done


@cache
def _judgement_sheets(folder: Path) -> Cells:
    workbook = Workbook()
    points, pairs = workbook.worksheets[0], workbook.create_sheet("Paren")
    for row in (("Wat", "Slechtst", "Best", "Punten"), ("burden", 1200, 600, 100), ("quality", 5, 10.5, 40)):
        points.append(row)
    for row in (("Belangrijker", "Minder belangrijk", "Keer"), ("ict", "afval", 3), ("ict", "belastingen", 5)):
        pairs.append(row)
    pairs.append(("afval", "belastingen", 2))
    workbook.save(folder / "judged.xlsx")
    return bare((folder / "judged.xlsx").read_bytes())


def _plausible(loaded: tuple[Loaded, ...], *, has_references: bool = False) -> None:
    """Every figure is finite, and every one that no Dutch municipality has is doubted."""
    for one in loaded:
        scenario = one.scenario
        _finite(scenario)
        _finite(assess(scenario, one.base, today_plan(scenario)))
        for warning in one.warnings:
            assert warning.where
            _in_words(warning.message)
        about = {warning.path for warning in one.warnings}
        for path, what in _odd(scenario):
            fields = {field for field in path if isinstance(field, str)}
            is_told = any(other[: len(path)] == path for other in about)
            # What stands behind one anchor is told once.
            assert is_told or (has_references and any(path[-1] in other for other in about)), (path, what, fields)


def _odd(scenario: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Paths of figures far outside what there is."""
    for code, place in scenario.municipalities.items():
        path = ("municipalities", code)
        if not 900 <= place.population <= 1_000_000:
            yield (*path, "population"), place.population
        if place.location is not None:
            at = place.location
            if not (3.2 <= at.lon <= 7.3 and 50.7 <= at.lat <= 53.6):
                yield (*path, "location"), at
        for key, euro in place.spending.items():
            part = euro / place.population / scenario.domains[key].spending_per_inhabitant
            if euro and not 1 / 30 / 2.5 <= part <= 30 * 2.5:
                yield (*path, "spending"), (key, euro)
        for key, fte in place.staff.items():
            if fte > place.population:
                yield (*path, "staff"), (key, fte)
        if place.board_hours is not None and not 5 <= place.board_hours <= 50_000:
            yield (*path, "board_hours"), place.board_hours
        if place.council_seats is not None and not 5 <= place.council_seats <= 100:
            yield (*path, "council_seats"), place.council_seats
        if place.college_members is not None and not 2 <= place.college_members <= 30:
            yield (*path, "college_members"), place.college_members
    for key, one in scenario.partnerships.items():
        path = ("partnerships", key)
        people = sum(scenario.municipalities[code].population for code in one.members)
        if one.contribution and not 0.005 <= one.contribution / people <= 10_000:
            yield (*path, "contribution"), one.contribution
        if one.start is not None and one.start > date.today():
            yield (*path, "start"), one.start
        for role, hours in (one.hours.model_dump() if one.hours is not None else {}).items():
            if hours > 200_000:
                yield (*path, "hours", role), hours
        if one.outside.inhabitants > max(one.outside.members, 1) * 2_000_000:
            yield (*path, "outside"), one.outside
    for n, border in enumerate(scenario.borders):
        if border.km > 600:
            yield ("borders", n, "km"), border.km


def _finite(document: BaseModel) -> None:
    for path, number in _numbers(document.model_dump(), ()):
        assert math.isfinite(number), path
    json.loads(document.model_dump_json())


def _numbers(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], float]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _numbers(child, (*path, key))
    elif isinstance(value, list | tuple):
        for n, child in enumerate(value):
            yield from _numbers(child, (*path, n))
    elif isinstance(value, float):
        yield path, value


@pytest.mark.parametrize(("kind", "seed"), FOUND)
def test_a_change_that_once_showed_a_fault_shows_none(kind: str, seed: int, files: Path) -> None:
    trial(kind, seed, files)


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_file_is_refused_in_words_or_told(kind: str, files: Path) -> None:
    done = {trial(kind, seed, files) for seed in range(QUICK)}
    assert len(done) > 10


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_changed_files_are_refused_in_words_or_told(kind: str, shard: int, files: Path) -> None:
    for seed in range(shard, ALL, SHARDS):
        trial(kind, seed, files)
