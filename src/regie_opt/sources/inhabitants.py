"""Which column of a file holds the inhabitants of each municipality: by its whole heading, and one only."""

import re
from collections.abc import Sequence
from pathlib import Path

from regie_opt.loading.problems import one_of
from regie_opt.schema.text import plain
from regie_opt.sources.refusal import refused

_HEADING = re.compile(
    r"(totalebevolking|bevolkingaanhetbeginvandeperiode|bevolking|(aantal)?inwoners|inwonertal|inwoneraantal)"
    r"((op|per)(1|01)(januari|jan|01)|opjanuari)?((19|20)\d\d)?"
)
"""The last part of a heading, without spaces, capitals, marks, its unit, and the number of a TypedDataSet."""
_OF_SOME = re.compile(r"mannen|vrouwen|groei|klasse|km|%|van\s*(de\s*)?regio|prognose|aandeel|mutatie", re.I)
"""Of a heading about something else, also where the word stands before the last `/`."""
_UNIT = re.compile(r"\(([^)]*)\)")
_COUNTED = frozenset({"", "aantal", "personen", "inwoners"})


def inhabitants_column(path: Path, columns: Sequence[str]) -> str:
    """Return the column with inhabitants. Raises InputError where there is none, or more than one."""
    found = [column for column in columns if _is_of_inhabitants(column)]
    counted = [column for column in found if _unit(column) in _COUNTED]
    if found and not counted:
        message = f"found column '{found[0]}', allowed: inhabitants as whole numbers, not in '{_unit(found[0])}'"
        raise refused(path, message, 1)
    if not counted:
        wanted = "a column of inhabitants ('Totale bevolking', 'TotaleBevolking_1', 'Bevolking op 1 januari')"
        raise refused(path, f"{wanted} is missing; found: {one_of(columns)}", 1)
    if len(counted) > 1:
        message = f"found more than one column of inhabitants: {one_of(counted)}; allowed: one (leave the others out)"
        raise refused(path, message, 1)
    return counted[0]


def _is_of_inhabitants(column: str) -> bool:
    if _OF_SOME.search(_UNIT.sub("", column)):
        return False
    last = re.sub(r"_\d+$", "", _UNIT.sub("", plain(column)).rpartition("/")[2].strip())
    return _HEADING.fullmatch(re.sub(r"[\W_]", "", last.casefold())) is not None


def _unit(column: str) -> str:
    """What stands in the last brackets of a heading."""
    found = _UNIT.findall(column)
    return " ".join(found[-1].split()).casefold() if found else ""
