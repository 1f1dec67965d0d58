"""Which files make a scenario, and their text: UTF-8, of a sensible size, refused in plain words."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from regie_opt.loading.document import Node
from regie_opt.loading.parsing import parse
from regie_opt.loading.problems import InputError, Problem, brief, hint, one_of

LARGEST_MEGABYTES = 20
"""Largest file that is read; 342 municipalities with everything filled in are 2 MB."""


def read_bytes(path: Path) -> bytes:
    """Read the contents of a file. Raises InputError when there is none or it is too large."""
    where = str(path)
    try:
        if path.is_dir():
            raise _refused(where, "found a folder, allowed: a file")
        size = path.stat().st_size
        if size > LARGEST_MEGABYTES * 1_000_000:
            message = f"found a file of {size / 1e6:.0f} MB, allowed: at most {LARGEST_MEGABYTES} MB"
            raise _refused(where, message)
        return path.read_bytes()
    except FileNotFoundError:
        beside = path.parent.iterdir() if path.parent.is_dir() else ()
        names = [entry.name for entry in beside]
        raise _refused(where, f"file not found{hint(path.name, names)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(where, f"cannot be read: {reason}") from None


def decode(raw: bytes, path: Path) -> str:
    """Return the text of a file in UTF-8 (a byte order mark is accepted). Raises InputError."""
    where = str(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(f"{where}:1:1", "found UTF-16, allowed: text in UTF-8 (save it as UTF-8)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        message = (
            f"found byte 0x{error.object[error.start]:02X} (byte {error.start} of the file), "
            "which is not UTF-8, allowed: text in UTF-8 (save it as UTF-8)"
        )
        raise _refused(f"{where}:{_position(before)}", message) from None
    if "\0" in text:
        before = text[: text.index("\0")]
        raise _refused(f"{where}:{_position(before)}", "found a NUL byte, allowed: text in UTF-8")
    if not text.strip():
        raise _refused(f"{where}:1:1", "the file is empty")
    return text


@lru_cache(maxsize=32)
def read_tree(raw: bytes, path: Path) -> Node:
    """Return the mapping that a YAML or JSON file holds. Raises InputError.

    A tree is never changed, so the same bytes are parsed once: a model pack is read with every scenario.
    """
    text = decode(raw, path)
    if path.suffix == ".json":
        text = text.replace("\t", " ")  # JSON may be indented with tabs, YAML may not
    node = parse(text, str(path))
    if node is None:
        raise _refused(f"{path}:1:1", "the file is empty but for comments")
    if not isinstance(node.value, dict):
        found = "a list" if isinstance(node.value, tuple) else f"'{str(node.value)[:40]}'"
        raise _refused(node.at, f"found {found}, allowed: a mapping (`key: value` lines)")
    return node


def find_model(name_or_path: str, beside: Path) -> Path:
    """Find a model pack's folder: a shipped one by name, or one relative to the scenario file `beside`.

    Raises InputError when there is none.
    """
    shipped = [folder for folder in _shipped_folders() if folder.is_dir()]
    packs = {pack.name: pack for folder in shipped for pack in sorted(folder.iterdir()) if pack.is_dir()}
    if name_or_path in packs:
        return _as_seen_from_here(packs[name_or_path])
    start = beside if beside.is_dir() else beside.parent
    folder = start / name_or_path
    if name_or_path and _is_folder(folder):
        if not any(folder.glob("*.yaml")):
            raise _refused(str(beside), f"found '{name_or_path}', a folder without any *.yaml file")
        return folder
    message = (
        f"found '{brief(name_or_path)}', which is no shipped model and no folder ({brief(str(folder))})"
        f"{hint(name_or_path, tuple(packs))}; allowed: {one_of(packs)}, or the path of a folder"
    )
    raise _refused(str(beside), message)


def model_files(folder: Path) -> list[Path]:
    """List the files of a model pack, in the order in which they are read."""
    return sorted(folder.glob("*.yaml"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no folder can have
        return False


def _shipped_folders() -> list[Path]:
    package = Path(str(files("regie_opt")))
    return [package / "models", package.parent.parent / "models"]


def _as_seen_from_here(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _position(before: str) -> str:
    """line:column just after this text."""
    return f"{before.count(chr(10)) + 1}:{len(before) - (before.rfind(chr(10)) + 1) + 1}"


def _refused(where: str, message: str) -> InputError:
    return InputError([Problem(where, (), message)])
