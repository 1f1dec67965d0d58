"""How an official file is refused: one clear error each."""

from pathlib import Path

from regie_opt.loading.problems import InputError, Problem, hint


def refused(path: Path, message: str, line: int | None = None, column: int | None = None) -> InputError:
    """Make the error for a file, at a line and column where they are known."""
    at = ":".join(str(part) for part in (path, line, column) if part is not None)
    return InputError([Problem(at, (), message)])


def require_file(path: Path) -> None:
    """Raise InputError unless there is a file with something in it."""
    if path.is_dir():
        raise refused(path, "found a folder, allowed: a file")
    if not path.is_file():
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        raise refused(path, f"file not found{hint(path.name, beside)}")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise refused(path, "the file is empty")
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from None
