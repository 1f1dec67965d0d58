"""Writes an imported scenario, with its import report: what became of every arrangement, and every doubt."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from regie_opt.loading.csv_text import Language, csv_file, csv_text
from regie_opt.loading.problems import InputError, Problem
from regie_opt.schema.strict import Label
from regie_opt.sources.doubts import OUTCOMES, Finding, Outcome
from regie_opt.sources.region import Built
from regie_opt.sources.registered import registered_csv

REPORT = "import-report.csv"
REGISTER = "register.csv"
SHOWN = 20
"""Doubts told one by one on the screen; more are told by kind, and the report has them all."""
_COLUMNS: dict[Language, tuple[str, ...]] = {
    "nl": ("onderwerp", "naam", "uitkomst", "reden"),
    "en": ("subject", "name", "outcome", "reason"),
}
_COUNTS = Label(nl="Regelingen in het register: {counts}.", en="Arrangements in the register: {counts}.")
_DOUBTS = Label(nl="Twijfels: {count}, alle in {path}", en="Doubts: {count}, all in {path}")
_SUCH = Label(nl="{count} keer, zoals {one}", en="{count} times, such as {one}")


def write_scenario(built: Built, folder: Path, language: Language, *, force: bool = False) -> list[Path]:
    """Write the files and the report; `force` over those that are there.

    Raises InputError where a file is there already or cannot be written.
    """
    files = {
        **built.files,
        REPORT: _csv((*built.taken_from, *built.findings), language),
        REGISTER: registered_csv(built.registered, language),
    }
    present = [folder / name for name in files if (folder / name).exists()]
    if present and not force:
        message = "exists already, allowed: a folder without it, or --force (nothing was written)"
        raise InputError([Problem(str(path), (), message) for path in present])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise InputError([Problem(str(error.filename or folder), (), message)]) from None
    return [folder / name for name in files]


def told(built: Built, folder: Path, language: Language) -> list[str]:
    """Lines for the screen: the count of every outcome, then the doubts, one by one or by kind."""
    outcomes: Counter[Outcome] = Counter(f.outcome for f in built.findings if f.outcome != "doubt")
    counts = ", ".join(
        f"{outcomes[key]} {label.in_language(language)}" for key, label in OUTCOMES.items() if outcomes[key]
    )
    doubts = [f for f in built.findings if f.outcome in {"doubt", "reported"}]
    lines = [_COUNTS.in_language(language).format(counts=counts)]
    if doubts:
        lines.append(_DOUBTS.in_language(language).format(count=len(doubts), path=folder / REPORT))
    return [*lines, *(f"- {line}" for line in _shown(doubts, language))]


def _shown(doubts: Sequence[Finding], language: Language) -> list[str]:
    """Every doubt where they are few, else every kind of doubt with its number and the first of its kind."""
    of_kind: dict[str, list[str]] = {}
    for f in doubts:
        of_kind.setdefault(f.reason, []).append(f"{f.subject} {f.name}: {f.text(language)}")
    if len(doubts) <= SHOWN:
        return [line for lines in of_kind.values() for line in lines]
    such = _SUCH.in_language(language)
    return [lines[0] if len(lines) == 1 else such.format(count=len(lines), one=lines[0]) for lines in of_kind.values()]


def _csv(findings: tuple[Finding, ...], language: Language) -> str:
    rows = (
        (found.subject, found.name, OUTCOMES[found.outcome].in_language(language), found.text(language))
        for found in findings
    )
    return csv_file(csv_text([_COLUMNS[language], *rows], language), language)
