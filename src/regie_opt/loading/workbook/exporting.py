"""From a scenario, or from nothing yet, to a workbook file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from regie_opt.loading.load import Loaded
from regie_opt.loading.problems import InputError, Problem
from regie_opt.loading.workbook.filling import TooMuch, filled
from regie_opt.loading.workbook.kinds import LONGEST_TEXT, Language
from regie_opt.loading.workbook.naming import book_of
from regie_opt.loading.workbook.splitting import data_of_scenario, model_data
from regie_opt.loading.workbook.writing import workbook_bytes
from regie_opt.loading.writing import write_bytes
from regie_opt.schema.shown import shown


def export_workbook(loaded: Loaded, file: Path, language: Language) -> None:
    """Write a scenario, with its variants, as a workbook. Raises InputError for what no cell can hold, and OSError."""
    model = model_data(loaded.base.model, loaded.files[0])
    data = data_of_scenario(loaded, model)
    try:
        raw = _bytes(data, model, file, language)
    except TooMuch as error:
        message = f"found a text that no cell can hold, allowed: {LONGEST_TEXT:,} characters"
        raise InputError([Problem(loaded.where(error.path), error.path, message)]) from None
    write_bytes(file, raw)


def write_template(file: Path, language: Language, name: str | None = None) -> None:
    """Write a workbook to fill in; one that exists is left alone. Raises InputError and OSError."""
    if file.exists():
        raise InputError([Problem(str(file), (), "exists already, allowed: a new file (nothing was written)")])
    data = {"model": "nl"} | ({} if name is None else {"name": name})
    write_bytes(file, _bytes(data, model_data("nl", file), file, language))


def _bytes(data: Any, model: Any, file: Path, language: Language) -> bytes:
    book = book_of(data, model, language)
    return workbook_bytes(filled(data, model, book), book, shown(file.name))
