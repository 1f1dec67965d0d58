"""Processes that differ from this one."""

import os


def other_hash_seed() -> str:
    """A seed of hashes that this process does not have."""
    return "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
