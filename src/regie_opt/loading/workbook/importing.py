"""From a workbook to the files of a scenario, with every error at its sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from regie_opt.loading.document import Node
from regie_opt.loading.json_schema import write_schemas
from regie_opt.loading.load import Loaded, load_all
from regie_opt.loading.problems import InputError, Problem, distinct
from regie_opt.loading.problems import Path as TreePath
from regie_opt.loading.workbook.finding import tables_of
from regie_opt.loading.workbook.growing import Growing
from regie_opt.loading.workbook.kinds import Book, Language
from regie_opt.loading.workbook.naming import book_of
from regie_opt.loading.workbook.opening import open_workbook
from regie_opt.loading.workbook.reading import Reading, labels_in, with_keys
from regie_opt.loading.workbook.sheets_region import INVENTORY, MEMBERSHIP, MUNICIPALITIES
from regie_opt.loading.workbook.sheets_scenario import DOMAINS, OTHER, START, VARIANTS
from regie_opt.loading.workbook.splitting import FILES, files_of, model_data
from regie_opt.loading.workbook.table import Table
from regie_opt.loading.workbook.tree import data_of
from regie_opt.loading.workbook.yaml_text import yaml_text


def import_workbook(workbook: Path, folder: Path) -> tuple[Loaded, ...]:
    """Write the files of the scenario that a workbook holds to a folder; return it, with its variants.

    Nothing is written where anything is wrong, or where one of the files is there already. Raises InputError.
    """
    tree = workbook_tree(workbook, folder / FILES[0])
    files = files_of(tree)
    try:
        loaded = load_all(folder / FILES[0], unwritten={folder / name: node for name, node in files.items()})
    except InputError as error:
        raise InputError(distinct(map(_without_path, error.problems))) from None
    present = [folder / name for name in FILES if (folder / name).exists()]
    if present:
        message = "exists already, allowed: a folder without it (nothing was written)"
        raise InputError([Problem(str(path), (), message) for path in present])
    folder.mkdir(parents=True, exist_ok=True)
    for name, node in files.items():
        heading = (
            f"yaml-language-server: $schema=schemas/{name.replace('.yaml', '.schema.json')}\n\n"
            f"Made by regie-opt import from {workbook.name}."
        )
        (folder / name).write_text(yaml_text(node, heading), encoding="utf-8", newline="\n")
    write_schemas(folder / "schemas")
    return loaded


def workbook_tree(path: Path, beside: Path) -> Node:
    """Return what a workbook holds as one tree; a model that it names by path is relative to `beside`.

    Raises InputError with everything that cannot be read.
    """
    tables, language, in_cells = tables_of(open_workbook(path), path)
    tables = [with_keys(table) for table in tables]
    model = _model(tables, beside, language)
    growing = Growing(str(path))
    problems = in_cells + read_into(growing, tables, book_in(tables, model, language), model)
    problems += _nobody(tables) + growing.problems
    tree = growing.tree()
    if not problems:  # what follows from them is not told
        problems = growing.problems or _memberless(tree, language)
    if problems:
        raise InputError(distinct(problems))
    return tree


def read_into(growing: Growing, tables: Iterable[Table], book: Book, model: Any) -> list[Problem]:
    """Add what the tables say; return what cannot be read."""
    problems: list[Problem] = []
    unknown: list[Problem] = []
    missing: list[tuple[TreePath, Problem]] = []
    names_are_whole = True
    for table in tables:
        reading = Reading(table, book, model)
        for fact in reading.facts():
            growing.add(fact)
        problems += reading.problems
        unknown += reading.unknown
        missing += reading.missing
        names_are_whole = names_are_whole and (table.sheet not in _NAMING or reading.names_are_whole)
    problems += [problem for path, problem in missing if not growing.has(path)]
    return problems + (_once(unknown) if names_are_whole else [])


_NAMING = (MUNICIPALITIES, INVENTORY, DOMAINS, VARIANTS)
"""Sheets whose names the others use: where they cannot be read, a name that is unknown elsewhere only follows."""


def _once(problems: list[Problem]) -> list[Problem]:
    """Tell a name that is unknown in many cells once, in the first of them."""
    cells = Counter(problem.message for problem in problems)
    first = {problem.message: problem for problem in reversed(problems)}
    told = []
    for message, number in cells.items():
        more = f" (and in {number - 1} more cells)" if number > 2 else " (and in 1 more cell)" if number > 1 else ""
        told.append(replace(first[message], message=message + more))
    return told


def book_in(tables: Iterable[Table], model: Any, language: Language) -> Book:
    """Return the names that the tables give to municipalities, partnerships, domains, forms and variants."""
    by_title = {table.sheet.title.nl: table for table in tables}
    nobody = Book(language, {})
    growing = Growing()
    if (other := by_title.get(OTHER.title.nl)) is not None:
        read_into(growing, [other], nobody, model)
    data: dict[str, Any] = data_of(growing.tree())
    for sheet, section in ((MUNICIPALITIES, "municipalities"), (INVENTORY, "partnerships")):
        data[section] = {key: {"name": name} for key, name in labels_in(by_title[sheet.title.nl], nobody).items()}
    data["variants"] = {key: {} for key in labels_in(by_title[VARIANTS.title.nl], nobody)}
    data["domains"] = _domains(by_title[DOMAINS.title.nl], data.get("domains", {}), model.get("domains", {}), nobody)
    return book_of(data, model, language)


def _domains(table: Table, given: Any, shipped: Any, book: Book) -> Any:
    """Return the domains with their names on the sheet of domains; null for what is not in use there."""
    domains = dict(given)
    read_into(growing := Growing(), [table], book, {})
    for key, entry in data_of(growing.tree()).get("domains", {}).items():
        if entry is None:
            domains[key] = None
        elif key in shipped or key in given:  # another key is a typing error, told when the scenario is checked
            before = domains.get(key) or {}
            domains[key] = {**before, "name": {**before.get("name", {}), **entry.get("name", {})}}
    return domains


def _model(tables: Iterable[Table], beside: Path, language: Language) -> Any:
    """Return the data of the model that the workbook names. Raises InputError."""
    start = next(table for table in tables if table.sheet is START)
    number = next(n for n, column in enumerate(START.columns) if column.path == ("model",))
    cell = start.rows[0].fixed.get(number) if start.rows else None
    name, at = ("nl", "") if cell is None or cell.value is None else (str(cell.value), cell.at)
    try:
        return model_data(name, beside)
    except InputError as error:
        raise InputError([replace(problem, where=at or problem.where, path=()) for problem in error.problems]) from None


def _nobody(tables: Iterable[Table]) -> list[Problem]:
    """Return the problem of a workbook without municipalities."""
    first = next(table for table in tables if table.sheet is MUNICIPALITIES)
    message = "found no municipality, allowed: a row for each, with a code, a name and inhabitants"
    return [] if first.rows else [Problem(first.at, (), message)]


def _memberless(tree: Node, language: Language) -> list[Problem]:
    """Return the problems of partnerships that nobody is in."""
    section = tree.child("partnerships")
    entries = section.value if section is not None and isinstance(section.value, Mapping) else {}
    sheet = MEMBERSHIP.title.in_language(language)
    message = f"found no member on the sheet {sheet}, allowed: a row there with an x for each member"
    return [Problem(entry.at, (), message) for entry in entries.values() if entry.child("members") is None]


def _without_path(problem: Problem) -> Problem:
    """Leave out the path that the cell says already; what is missing has no cell, and keeps it."""
    return problem if problem.message.startswith("missing") else replace(problem, path=())
