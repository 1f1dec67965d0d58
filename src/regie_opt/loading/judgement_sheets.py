"""Judgements in a workbook: a sheet with points and ranges, or a sheet with comparisons, each value at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from regie_opt.loading.document import Node, Origin, Scalar
from regie_opt.loading.numbers import Ambiguous, number_in
from regie_opt.loading.problems import InputError, Problem, hint, unknown
from regie_opt.loading.workbook.headings import holds_something, in_plain_text, odd_character
from regie_opt.loading.workbook.opening import open_workbook
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import Label
from regie_opt.schema.text import folded, tidy

_HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "swing": {
        "what": ("wat", "what", "criterium", "criterion", "domein", "domain"),
        "worst": ("slechtst", "worst"),
        "best": ("best", "beste"),
        "points": ("punten", "points"),
    },
    "pairwise": {
        "more": ("belangrijker", "more", "more important"),
        "less": ("minder belangrijk", "less", "less important"),
        "times": ("keer", "times"),
    },
}
"""Headings of each method, in Dutch and in English."""
_NEEDED = {"swing": ("what", "points"), "pairwise": ("more", "less", "times")}


@dataclass(frozen=True)
class _Value:
    """A cell that holds something."""

    value: Scalar
    origin: Origin


def judgement_tree(path: Path, scenario: Scenario) -> Node:
    """What a workbook says as the tree of a file of judgements. Raises InputError with all that cannot be read."""
    reader = _Reader(path, scenario)
    for worksheet in open_workbook(path).worksheets:
        if isinstance(worksheet, Worksheet):
            reader.sheet(worksheet)
    return reader.tree()


class _Reader:
    """Gathers what the sheets say, by subject."""

    def __init__(self, path: Path, scenario: Scenario) -> None:
        self.path = path
        self.whole = Origin(str(path))
        self.problems: list[Problem] = []
        self.subject = dict.fromkeys(scenario.criteria, "criteria") | dict.fromkeys(scenario.domains, "domains")
        labels: dict[str, Label] = {key: criterion.name for key, criterion in scenario.criteria.items()}
        labels |= {key: domain.name for key, domain in scenario.domains.items()}
        self.keys = {folded(text): key for key, label in labels.items() for text in (key, label.nl, label.en)}
        self.labels = {key: label.nl for key, label in labels.items()}
        self.maps: dict[tuple[str, str], dict[str, Node]] = {}
        self.lists: dict[str, list[Node]] = {}
        self.read = 0

    def tree(self) -> Node:
        """The whole. Raises InputError."""
        if not self.read and not self.problems:
            listed = " or ".join(", ".join(names[0] for names in kind.values()) for kind in _HEADINGS.values())
            message = f"found no sheet with judgements, allowed: one with the headings {listed}"
            self.problems.append(Problem(str(self.path), (), message))
        if self.problems:
            raise InputError(self.problems)
        parts: dict[str, dict[str, Node]] = {}
        for (subject, name), entries in self.maps.items():
            parts.setdefault(subject, {})[name] = Node(entries, self.whole)
        for subject, items in self.lists.items():
            parts.setdefault(subject, {})["pairwise"] = Node(tuple(items), self.whole)
        return Node({subject: Node(entries, self.whole) for subject, entries in parts.items()}, self.whole)

    def sheet(self, worksheet: Worksheet) -> None:
        """Read a sheet, if its headings are those of a method."""
        rows = [
            {
                cell.column: _Value(_scalar(cell.value), Origin(self._at(worksheet, cell.row, cell.column)))
                for cell in row
                if cell.value is not None and holds_something(cell.value)
            }
            for row in worksheet.iter_rows()
        ]
        for cell in (cell for row in rows for cell in row.values()):
            if (odd := odd_character(cell.value)) is not None:
                self.problems.append(Problem(cell.origin.at, (), odd))
        for method, headings in _HEADINGS.items():
            for n, row in enumerate(rows):
                texts = {column: folded(cell.value) for column, cell in row.items()}
                places = {key: c for key, names in headings.items() for c, text in texts.items() if text in names}
                if len(places) >= 2 and set(_NEEDED[method]) - set(places):
                    missing = [headings[key][0] for key in _NEEDED[method] if key not in places]
                    found = [str(cell.value) for column, cell in row.items() if column not in places.values()]
                    near = hint(found[0], missing) if found else ""
                    at = next(iter(row.values())).origin.at
                    self.problems.append(Problem(at, (), f"found no heading '{', '.join(missing)}'{near}"))
                    return
                if len(places) >= 2:
                    self.read += 1
                    self._rows(method, places, rows[n + 1 :])
                    return

    def _at(self, worksheet: Worksheet, row: int, column: int) -> str:
        return f"{self.path}, sheet {worksheet.title}, cell {get_column_letter(column)}{row}"

    def _rows(self, method: str, places: Mapping[str, int], rows: Sequence[Mapping[int, _Value]]) -> None:
        for row in rows:
            cells = {key: row[column] for key, column in places.items() if column in row}
            if not cells:
                continue
            absent = [key for key in _NEEDED[method] if key not in cells]
            if absent:
                at = next(iter(cells.values())).origin.at
                missing = ", ".join(_HEADINGS[method][key][0] for key in absent)
                self.problems.append(Problem(at, (), f"found nothing under '{missing}' in this row, allowed: a value"))
                continue
            if method == "swing":
                self._swing(cells)
            else:
                self._comparison(cells)

    def _swing(self, cells: Mapping[str, _Value]) -> None:
        key = self._key(cells["what"])
        if key is None:
            return
        subject = self.subject[key]
        points = self.maps.setdefault((subject, "swing"), {})
        if key in points:
            first = points[key].key
            at = f" (first in {first.source.rpartition(', ')[2]})" if first is not None else ""
            self.problems.append(Problem(cells["what"].origin.at, (), f"found '{key}' twice{at}, allowed: once"))
            return
        named = cells["what"].origin
        points[key] = Node(self._number(cells["points"]), cells["points"].origin, named)
        ends = {
            end: Node(self._number(cells[end]), cells[end].origin, named) for end in ("worst", "best") if end in cells
        }
        if ends:
            self.maps.setdefault((subject, "ranges"), {})[key] = Node(ends, named, named)

    def _comparison(self, cells: Mapping[str, _Value]) -> None:
        more, less = self._key(cells["more"]), self._key(cells["less"])
        if more is None or less is None:
            return
        if self.subject[more] != self.subject[less]:
            message = f"'{more}' is a {_NOUN[self.subject[more]]} and '{less}' a {_NOUN[self.subject[less]]}"
            self.problems.append(Problem(cells["less"].origin.at, (), f"{message}, allowed: two of a kind"))
            return
        entry = dict(self._comparison_entries(cells, more, less))
        self.lists.setdefault(self.subject[more], []).append(Node(entry, cells["more"].origin, cells["more"].origin))

    def _comparison_entries(self, cells: Mapping[str, _Value], more: str, less: str) -> Iterator[tuple[str, Node]]:
        for name, value in (("more", more), ("less", less), ("times", self._number(cells["times"]))):
            yield name, Node(value, cells[name].origin, cells[name].origin)

    def _key(self, cell: _Value) -> str | None:
        """The criterion or domain that a cell names, by key or by label."""
        key = self.keys.get(folded(cell.value))
        if key is None:
            message = unknown("criterion or domain", str(cell.value), self.subject, self.labels)
            self.problems.append(Problem(cell.origin.at, (), message))
        return key

    def _number(self, cell: _Value) -> Scalar:
        """A number, also one that is written as text; anything else as it is, for the schema to refuse."""
        if not isinstance(cell.value, str):
            return cell.value if isinstance(cell.value, int | float) else str(cell.value)
        try:
            found = number_in(cell.value, whole=False)
        except Ambiguous:
            found = None
        return cell.value if found is None else found


def _scalar(value: object) -> Scalar:
    """What a cell holds; a date or a formula as text, which no judgement is."""
    if isinstance(value, str) and odd_character(value) is None:
        return tidy(in_plain_text(value))
    return value if isinstance(value, str | int | float) else str(value)


_NOUN = {"criteria": "criterion", "domains": "domain"}
