"""Scenarios, workbooks, plans and judgements as people and programs spoil them."""

import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from spoiling import ANY, NUMBERS, TEXTS, Change

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 7, 0.5, -0.5, 100, 899, 1_000_001, 381_000, 1e5, 1e9, 1e15, 1e300, 1e308),
    *(-1e308, 1e-300, 1e-320, 5e-324, 2**31, 2**53 + 1, 2**63, 10**25, float("inf"), float("nan"), 12.345, 0.1 + 0.2),
    *([], {}, [[]], [None], {"": 1}, {"a": {"b": []}}, [1, 2], ["noordwolde"], "noordwolde", "Leerstad (verzonnen)"),
    *("ict", "unknown", "dvo", "netwerk", "ol_college", "contiguity", "success", "2021-01-01", "31-12-2020", "0034"),
    *("1.234,5", "500.000", "5e3", "ja", "yes", "no", "on", "~", "GM0687", "x" * 70, "region.yaml", "../region.yaml"),
)
"""Values that JSON and YAML can hold, in place of another."""
KEYS = (
    *("", " ", "a", "name", "names", "Name", "NAME", "population", "populatie", "kind", "weight", "members", "domains"),
    *("noordwolde", "Noordwolde", "leerstad ", "ict", "unknown", "afval", "0", "1.5", "null", "true", "~", "<<", "*"),
    *("a.b", "a b", "é", "x" * 70, "\u200b", "2021-01-01", "[]", "GM0687", "extends", "host", "hosts", "note"),
)
EXTREMES = (
    0,
    1,
    1e-320,
    1e-300,
    1e-200,
    1e-30,
    1e-9,
    1e9,
    1e15,
    1e18,
    1e100,
    1e200,
    1e300,
    1.7e308,
    10**18,
    -1,
    -1e300,
)
TIMES = (1e-6, 1e-3, 0.1, 10, 1e3, 1e6, 1e12, -1, 0)


# Of a tree


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a tree but the root."""
    found = [path] if path else []
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        found += _paths(value, (*path, key))
    return found


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def another_value(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    _at(data, path[:-1])[path[-1]] = deepcopy(dice.choice((*VALUES, *NUMBERS, *TEXTS)))


def another_number(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    """A number in another unit, below zero, or as text."""
    numbers = [p for p in _paths(data) if isinstance(_at(data, p), int | float)]
    if not numbers:
        return
    path = dice.choice(numbers)
    value = _at(data, path) * dice.choice(TIMES)
    whole = isinstance(_at(data, path), int) and float(value).is_integer()
    value = int(value) if whole else value
    ways = (
        value,
        value,
        value,
        str(value),
        str(value).replace(".", ","),
        [value],
        f"{value:,.0f}",
        f"{value:.0f} euro",
    )
    _at(data, path[:-1])[path[-1]] = dice.choice(ways)


def extreme_number(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    """A number as large or as small as none is."""
    numbers = [p for p in _paths(data) if type(_at(data, p)) in {int, float}]
    if numbers:
        path = dice.choice(numbers)
        _at(data, path[:-1])[path[-1]] = dice.choice(EXTREMES)


def value_gone(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    del _at(data, path[:-1])[path[-1]]


def key_renamed(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    parent = _at(data, path[:-1])
    if isinstance(parent, dict):
        old = path[-1]
        new = dice.choice((*KEYS, f"{old}s", str(old)[:-1], str(old).upper(), f" {old} ", str(old).replace("_", "-")))
        entries = [(new if key == old else key, value) for key, value in parent.items()]
        parent.clear()
        parent.update(entries)


def value_again(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    """An entry twice: in a list, or under a further key."""
    parent = _at(data, path[:-1])
    if isinstance(parent, list):
        parent.insert(dice.randrange(len(parent) + 1), deepcopy(parent[path[-1]]))
    else:
        parent[dice.choice((*KEYS, f"{path[-1]}2"))] = deepcopy(parent[path[-1]])


def value_elsewhere(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    """What stands at one place at another too."""
    value = deepcopy(_at(data, dice.choice(_paths(data))))
    _at(data, path[:-1])[path[-1]] = value


def wrapped(dice: random.Random, data: Any, path: tuple[Any, ...]) -> None:
    value = _at(data, path)
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda v: [v],
        lambda v: {dice.choice(KEYS): v},
        lambda v: [v, v],
        lambda v: list(v.values()) if isinstance(v, dict) else dict.fromkeys(map(str, v), 1) if _listed(v) else str(v),
        lambda v: list(v) if isinstance(v, dict) else {str(n): x for n, x in enumerate(v)} if _listed(v) else repr(v),
        lambda v: v[::-1] if _listed(v) else json.dumps(v, default=str),
    )
    _at(data, path[:-1])[path[-1]] = dice.choice(ways)(value)


def _listed(value: Any) -> bool:
    return isinstance(value, list)


IN_TREE: tuple[Callable[[random.Random, Any, tuple[Any, ...]], None], ...] = (
    *(
        another_value,
        another_value,
        another_number,
        another_number,
        extreme_number,
        value_gone,
        key_renamed,
        value_again,
    ),
    *(value_elsewhere, wrapped),
)


def in_yaml(dice: random.Random, text: str) -> str:
    """A change in what the file says, written out again."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an anchor that is there twice
            data = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, AssertionError, IndexError, TypeError):
        return text
    if not isinstance(data, dict) or "*" in text:  # an alias may stand for what it is in, which has no end
        return text
    return _in_tree(dice, data, text, lambda changed: "\n".join(_lines(changed, 0)) + "\n")


def in_json(dice: random.Random, text: str) -> str:
    try:
        data = json.loads(text)
    except ValueError:
        return text
    partnerships = data.get("partnerships") if isinstance(data, dict) else None
    if partnerships and dice.random() < 0.9:  # the figures of a plan are not read
        whole = {**data, "partnerships": partnerships}
        part = {"partnerships": partnerships}
        return _in_tree(dice, part, text, lambda changed: json.dumps({**whole, **changed}, indent=2))
    return _in_tree(dice, data, text, lambda changed: json.dumps(changed, indent=2))


def _in_tree(dice: random.Random, data: Any, text: str, write: Callable[[Any], str]) -> str:
    paths = _paths(data)
    if not paths:
        return text
    dice.choice(IN_TREE)(dice, data, dice.choice(paths))
    return write(data)


def _lines(value: Any, depth: int) -> list[str]:
    """A tree in YAML, block by block; what has no further levels on one line."""
    pad, lines = "  " * depth, []
    if isinstance(value, dict) and value and depth < 30:
        for key, child in value.items():
            below = _lines(child, depth + 1)
            is_block = isinstance(child, dict | list) and child and depth < 29
            lines += [f"{pad}{_scalar(key)}:", *below] if is_block else [f"{pad}{_scalar(key)}: {below[0].strip()}"]
    elif isinstance(value, list) and value and depth < 30:
        for child in value:
            lines.append(f"{pad}- {_flow(child)}")
    else:
        lines.append(pad + _flow(value))
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", value):
        return value
    return json.dumps(value, default=str)


# Of YAML as text


def one_scalar(dice: random.Random, text: str) -> str:
    """Another text where a value stands, without quotes."""
    values = list(re.finditer(r"(?<=: )[^\s,{}\[\]#][^\n,{}\[\]#]*|(?<=[\[,] )[^\s,{}\[\]]+", text))
    if not values:
        return text
    found = dice.choice(values)
    new = dice.choice(
        (*NUMBERS, *TEXTS, f"0{found[0]}", f"{found[0]}.", f'"{found[0]}"', f"'{found[0]}", f"!{found[0]}")
    )
    return text[: found.start()] + new + text[found.end() :]


def one_figure(dice: random.Random, text: str) -> str:
    """A number in the notation of another country or program."""
    values = list(re.finditer(r"(?<=: )\d+(\.\d+)?", text))
    if not values:
        return text
    found = dice.choice(values)
    number = float(found[0])
    ways = (
        *(f"{number:,.0f}", f"{number:,.0f}".replace(",", "."), f"{number:,.0f}".replace(",", " "), f"{number:.3f}"),
        *(f"{number:.2f}".replace(".", ","), f"{number / 1000:.3f}", f"{number * 1000:.0f}", f"{number:.3e}"),
        *(f"{-number:.0f}", f"0{number:.0f}", f"0x{int(number):x}", f"0o{int(number):o}", f"{number:.0f}_000"),
        *(
            f"€ {number:.0f},-",
            f"{number:.0f}%",
            f"+{number:.0f}",
            f"{number:.0f}:30",
            "2021-01-01",
            ".5",
            "5.",
            "1e400",
        ),
    )
    return text[: found.start()] + dice.choice(ways) + text[found.end() :]


def one_key(dice: random.Random, text: str) -> str:
    keys = list(re.finditer(r"[\w.-]+(?=:)", text))
    if not keys:
        return text
    found = dice.choice(keys)
    new = dice.choice((*KEYS, found[0].upper(), f"{found[0]} ", f'"{found[0]}"', f"? {found[0]}", found[0] * 2))
    return text[: found.start()] + new + text[found.end() :]


def indented(dice: random.Random, text: str) -> str:
    """One line, or a few, further in or out, or by other spaces."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    pad = dice.choice((" ", "  ", "\t", "\u00a0", "    ", "\u200b", "\u2003", "- ", "#", "\ufeff"))
    for n in range(at, min(at + dice.choice((1, 1, 3, 50)), len(lines))):
        lines[n] = dice.choice((pad + lines[n], lines[n][1:], lines[n].lstrip())) if dice.random() < 0.9 else lines[n]
    return "\n".join(lines)


def odd_layout(dice: random.Random, text: str) -> str:
    old, new = dice.choice(
        (
            *((": ", ":"), (": ", ":\t"), (": ", ":\u00a0"), (": ", " : "), (": ", "="), ("- ", "-"), ("\n", "\r\n")),
            *(
                ("\n", "\r"),
                ("  ", "\t"),
                ("'", "\u2019"),
                ('"', "\u201c"),
                ("{", "("),
                ("}", ""),
                ("[", ""),
                (",", ";"),
            ),
            *(
                ("\n", "\u2028"),
                (" ", "  "),
                (",", ""),
                (": ", ": &a "),
                ("- ", "- - "),
                ("\n\n", "\n---\n"),
                (":", ""),
            ),
        )
    )
    return text.replace(old, new, dice.choice((1, 1, 3, -1)))


def anchors(dice: random.Random, text: str) -> str:
    """A value by reference to another, rightly or not."""
    places = list(re.finditer(r"(?<=: )(?=[^\s])|(?<=:)(?=\n)", text))
    if len(places) < 2:
        return text
    first, second = sorted(dice.sample(places, 2), key=lambda found: found.start())
    end = text.find("\n", second.start())
    end = len(text) if end < 0 else end
    rest = text[second.start() : end] if dice.random() < 0.3 else ""
    name = dice.choice(("a", "a", "a", "b", "", "a b"))
    mark, reference = (" &a " if text[first.start() - 1] == ":" else "&a "), f" *{name} "
    text = text[: second.start()] + reference + rest + text[end:]
    return text[: first.start()] + mark + text[first.start() :]


def added(dice: random.Random, text: str) -> str:
    """A line that somebody adds."""
    lines = text.split("\n")
    line = dice.choice(
        (
            *(
                "---",
                "...",
                "%YAML 1.1",
                "%TAG ! x",
                "? a",
                "- a",
                "a: b",
                "<<: {name: x}",
                "<<: [a]",
                "<<: *a",
                "a: *b",
            ),
            *(
                "{",
                "}",
                "[",
                "]",
                "'",
                '"',
                "|",
                ">",
                "&a",
                "!!python/object:os.system x",
                "!!set {a}",
                "!!binary aGk=",
            ),
            *("name: x", "name:", "population: 5", "kind: contiguity", "a: &a [*a]", "'a': 1", "null: 1", "1: 1", "@a"),
            *(
                "name: 'x",
                "name: x: y",
                "name: |",
                "description: >",
                "  x",
                "\x07",
                "𝕏",
                "\ufffe",
                "`a`",
                "a: 2021-02-30",
            ),
            *(
                "veto: true",
                "note: 12",
                "frozen: ja",
                "beside: 1",
                "start: 2021-13-01",
                "start: 01-02-2021",
                "hours: 5",
            ),
        )
    )
    at = dice.randrange(len(lines) + 1)
    near = lines[min(at, len(lines) - 1)]
    pad = near[: len(near) - len(near.lstrip())]
    return "\n".join([*lines[:at], pad + line, *lines[at:]])


YAML_TEXT: tuple[Change, ...] = (
    *(one_scalar, one_scalar, one_figure, one_figure, one_key, indented, odd_layout, anchors, added, *ANY),
)
YAML_FILE: tuple[Change, ...] = (*(in_yaml,) * 12, *YAML_TEXT)
CHANGES: dict[str, tuple[Change, ...]] = {
    "scenario": YAML_FILE,
    "plan": (*(in_json,) * 16, *ANY),
    "judgements": YAML_FILE,
    "elicitation": YAML_FILE,
}


# Of workbooks

CELLS: tuple[Any, ...] = (
    *(None, 0, -1, 1, 0.5, 12.345, 1e300, 1e-300, 1e15, 10**17, 381000, 899, True, False, datetime(2021, 1, 1)),
    *(date(1899, 12, 30), date(1900, 3, 1), datetime(9999, 12, 31, 23, 59), time(12, 30), timedelta(hours=30), "=1+1"),
    *(
        "=SUM(A1:A3)",
        "#REF!",
        "#N/A",
        "=",
        "@x",
        "'5",
        "x",
        "X",
        "ja",
        "nee",
        "nul",
        "Noordwolde (verzonnen)",
        "noordwolde",
    ),
    *(
        "leerstad: 0,5; veenkerk: 0,5",
        "ict; afval",
        "ICT en informatievoorziening",
        "1-7-2015",
        "_x0007_",
        "{a: 1}",
        "[1",
    ),
)

Cells = dict[str, dict[tuple[int, int], Any]]
"""Value of each cell that holds something, by sheet."""
InCells = Callable[[random.Random, Workbook], None]


def _cell(dice: random.Random, workbook: Workbook) -> Any:
    """A cell that holds something, or one beside it."""
    worksheet = dice.choice(workbook.worksheets)
    cells = [c for row in worksheet.iter_rows() for c in row if c.value is not None and not isinstance(c, MergedCell)]
    if not cells or dice.random() < 0.1:
        return worksheet.cell(dice.randrange(1, 12), dice.randrange(1, 12))
    return dice.choice(cells)


def _put(cell: Any, value: Any) -> None:
    if isinstance(cell, MergedCell):
        return
    try:
        cell.value = value
    except (ValueError, TypeError):  # no workbook can hold it
        cell.value = None


def one_cell(dice: random.Random, workbook: Workbook) -> None:
    _put(_cell(dice, workbook), dice.choice((*CELLS, *CELLS, *NUMBERS, *TEXTS)))


def one_number_cell(dice: random.Random, workbook: Workbook) -> None:
    """A number in another unit, or in text."""
    worksheet = dice.choice(workbook.worksheets)
    cells = [c for row in worksheet.iter_rows() for c in row if isinstance(c.value, int | float)]
    if not cells:
        return one_cell(dice, workbook)
    cell = dice.choice(cells)
    value = cell.value * dice.choice(TIMES)
    text = f"{value:,.2f}"
    return _put(cell, dice.choice((value, value, str(value), text, text.replace(",", "."), f"€ {value:.0f},-", -value)))


def cells_swapped(dice: random.Random, workbook: Workbook) -> None:
    a, b = _cell(dice, workbook), _cell(dice, workbook)
    value = a.value
    _put(a, b.value)
    _put(b, value)


def merged(dice: random.Random, workbook: Workbook) -> None:
    cell = _cell(dice, workbook)
    end = cell.offset(dice.randrange(3), dice.randrange(3))
    cell.parent.merge_cells(f"{cell.coordinate}:{end.coordinate}")


def rows_changed(dice: random.Random, workbook: Workbook) -> None:
    """A row or column gone, empty, or twice."""
    worksheet = dice.choice(workbook.worksheets)
    row, column = dice.randrange(1, worksheet.max_row + 2), dice.randrange(1, worksheet.max_column + 2)
    what = dice.randrange(5)
    if what == 0:
        worksheet.delete_rows(row, dice.choice((1, 1, 2, 50)))
    elif what == 1:
        worksheet.delete_cols(column)
    elif what == 2:
        worksheet.insert_rows(row)
    elif what == 3:
        worksheet.insert_cols(column)
    else:
        worksheet.append([cell.value for cell in worksheet[min(row, worksheet.max_row)]])


def one_heading(dice: random.Random, workbook: Workbook) -> None:
    worksheet = dice.choice(workbook.worksheets)
    cells = [cell for row in worksheet.iter_rows(max_row=3) for cell in row if cell.value is not None]
    if cells:
        cell = dice.choice(cells)
        old = str(cell.value)
        _put(
            cell, dice.choice(("", old.upper(), f" {old} ", f"{old}s", old[:-1], "Naam", "Name", "Code", 5, old[::-1]))
        )


def sheets_changed(dice: random.Random, workbook: Workbook) -> None:
    worksheet = dice.choice(workbook.worksheets)
    what = dice.randrange(6)
    if what == 0 and len(workbook.worksheets) > 1:
        workbook.remove(worksheet)
    elif what == 1:
        worksheet.sheet_state = dice.choice(("hidden", "veryHidden"))
    elif what == 2:
        worksheet.title = dice.choice(
            (f"{worksheet.title}2", worksheet.title.upper(), "Blad1", f" {worksheet.title}", "é")
        )
    elif what == 3:
        workbook.copy_worksheet(worksheet)
    elif what == 4:
        workbook.create_sheet(dice.choice(("Kladblok", "Blad1", "Relations", "Regio")), 0)["A1"] = "x"
    else:
        workbook.move_sheet(worksheet, dice.choice((-20, 20)))


def hidden(dice: random.Random, workbook: Workbook) -> None:
    """Rows and columns that do not show, still say what they say."""
    cell = _cell(dice, workbook)
    cell.parent.row_dimensions[cell.row].hidden = True
    cell.parent.column_dimensions[cell.column_letter].hidden = True
    cell.number_format = dice.choice(("yyyy-mm-dd", "@", "0%", "h:mm", "#,##0", "General"))


IN_CELLS: tuple[InCells, ...] = (
    *(one_cell,) * 6,
    *(one_number_cell,) * 4,
    *(cells_swapped, merged, rows_changed, rows_changed, one_heading, sheets_changed, hidden),
)


def changed_workbook(cells: Cells, seed: int, kind: str) -> tuple[bytes, str]:
    """Return the file of a workbook changed in its cells or in its parts, and the names of what was done."""
    dice = random.Random(f"{kind}-{seed}")
    workbook, done = _made(cells), list[str]()
    if dice.random() < 0.1:
        return _in_parts(dice, _saved(workbook)), "in_parts"
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        change = dice.choice(IN_CELLS)
        done.append(change.__name__)
        change(dice, workbook)
    return _saved(workbook), " ".join(done)


def _in_parts(dice: random.Random, raw: bytes) -> bytes:
    """A part of the file gone, or its XML spoilt; or the whole damaged."""
    if dice.random() < 0.2:
        at = dice.randrange(len(raw))
        return dice.choice(
            (raw[:at], raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :], raw + raw[:at], raw[at:])
        )
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(list(parts))
    part = parts[name].decode("utf-8", "replace")
    what = dice.randrange(4)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[dice.choice(("xl/x.xml", "mimetype", "xl/vbaProject.bin", "content.xml"))] = parts.pop(name)
    elif what == 2:
        spoilt = dice.choice(ANY)(dice, part)
        parts[name] = spoilt if isinstance(spoilt, bytes) else spoilt.encode(errors="replace")
    else:
        values = list(re.finditer(r'(?<=>)[^<>]+(?=<)|(?<==")[^"]*(?=")', part))
        if values:
            found = dice.choice(values)
            new = dice.choice(
                ("", "0", "-1", "x", "1e400", "NaN", "9" * 30, "b", "e", "d", "str", "#REF!", "A0", "XFE9")
            )
            parts[name] = (part[: found.start()] + new + part[found.end() :]).encode(errors="replace")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for other, contents in parts.items():
            archive.writestr(other, contents)
    return out.getvalue()


def bare(raw: bytes) -> Cells:
    """What a workbook says and nothing of how it looks, as other programs write it: quick to make and to open."""
    return {
        worksheet.title: {
            (cell.row, cell.column): cell.value
            for row in worksheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for worksheet in load_workbook(BytesIO(raw)).worksheets
        if worksheet.title != "Lijsten"
    }


def _made(cells: Cells) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, written in cells.items():
        worksheet = workbook.create_sheet(title)
        for (row, column), value in written.items():
            worksheet.cell(row, column, value)
    return workbook


def _saved(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
