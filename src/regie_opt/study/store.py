"""Results of a study on disk, by the hash of all that they follow from."""

import errno
import hashlib
import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path
from pydantic import BaseModel, ValidationError

from regie_opt import __version__
from regie_opt.loading.writing import write_text

R = TypeVar("R", bound=BaseModel)

MAKERS = ("schema", "worth", "engine", "study")
"""Folders of the package that a result follows from."""


class Store:
    """A folder with one file for each result; several studies may use it at the same time."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else user_cache_path("regie-opt") / "results"

    def open(self) -> None:
        """Make the folder. Raises OSError where nothing can be kept in it."""
        if not self.folder.is_absolute() and self.folder.parts[:1] == ("~",):
            raise FileNotFoundError(errno.ENOENT, "this user has no home")  # and no folder of that name is made here
        self.folder.mkdir(parents=True, exist_ok=True)
        if not os.access(self.folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def get(self, key: str, kind: type[R]) -> R | None:
        """The result of a key, or None where there is none that can be read."""
        try:
            return kind.model_validate_json(self._file(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, result: BaseModel) -> None:
        """Keep a result. Raises OSError."""
        file = self._file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, result.model_dump_json(by_alias=True))

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def hashed(*parts: BaseModel | str) -> str:
    """Hash of some inputs and of the code: other code may give another result."""
    digest = hashlib.sha256(_code().encode())
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part.model_dump_json().encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256(__version__.encode())
    for folder in MAKERS:
        for file in sorted(files("regie_opt").joinpath(folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
