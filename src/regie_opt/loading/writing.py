"""Files written whole or not at all."""

import os
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, as `write_bytes` does. Raises OSError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, raw: bytes) -> None:
    """Write a file in one step, so that a reader never sees half of it. Raises OSError."""
    target = path.resolve()  # a link stays a link
    if target.exists() and not target.is_file():  # a device such as /dev/stdout cannot be replaced
        target.write_bytes(raw)
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(raw)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
