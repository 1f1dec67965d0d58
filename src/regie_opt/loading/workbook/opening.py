"""Open a workbook file: an .xlsx of a sensible size, and not something else under that name."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from regie_opt.loading.files import read_bytes
from regie_opt.loading.problems import InputError, Problem

MOST_MEGABYTES = 200
"""Size of what is in the file once unpacked; a workbook of 342 municipalities has 10 MB."""

_STRICT, _HEAD = b"http://purl.oclc.org/ooxml/spreadsheetml/main", 4096
"""The name of the strict form in a workbook, and within how many bytes it stands."""
_OTHER_FILES = (
    (b"\xd0\xcf\x11\xe0", "an old .xls file or a file with a password"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def open_workbook(path: Path) -> Workbook:
    """Open the workbook in a file. Raises InputError when it is none."""
    raw = read_bytes(path)
    _check(raw, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out (colours, extensions) is not read anyway
            workbook = load_workbook(io.BytesIO(raw), keep_links=False)
    except Exception as error:
        raise _damaged(path, error) from None
    return workbook


def _check(raw: bytes, path: Path) -> None:
    allowed = "allowed: an Excel workbook (.xlsx) without a password"
    if not raw:
        raise _refused(path, f"found an empty file, {allowed}")
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        found = next((name for start, name in _OTHER_FILES if raw.startswith(start)), "no Excel workbook")
        if found == "no Excel workbook" and b"\0" not in raw[:1000] and not raw.startswith(b"PK"):
            found = "a text file"
        raise _refused(path, f"found {found}, {allowed}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            strict = "xl/workbook.xml" in names and _STRICT in archive.open("xl/workbook.xml").read(_HEAD)
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except Exception as error:  # what is no zip file after all fails in many ways
        raise _damaged(path, error) from None
    if not {"xl/workbook.xml", "xl/workbook.bin"} & names:
        kinds = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a PowerPoint file"}
        found = next((name for part, name in kinds.items() if part in names), "a zip file without a workbook in it")
        found = "an OpenDocument file" if "content.xml" in names else found
        raise _refused(path, f"found {found}, {allowed}")
    if "xl/workbook.bin" in names:
        raise _refused(path, "found a binary workbook (.xlsb), allowed: save it as Excel Workbook (.xlsx)")
    if strict:
        message = "found a workbook in the strict form of Open XML, allowed: save it as Excel Workbook (.xlsx)"
        raise _refused(path, message)
    if unpacked > MOST_MEGABYTES * 1_000_000:
        raise _refused(path, f"found {unpacked / 1e6:,.0f} MB once unpacked, allowed: at most {MOST_MEGABYTES} MB")


def _refused(path: Path, message: str) -> InputError:
    return InputError([Problem(str(path), (), message)])


def _damaged(path: Path, error: Exception) -> InputError:
    # What a library says of it is in words of its own, and only helps where it names a part of the file.
    part = re.search(r"xl/[\w./-]+", str(error))
    where = f" (in {part[0]})" if part else ""
    return _refused(path, f"found a damaged Excel workbook{where}, allowed: one that Excel opens")
