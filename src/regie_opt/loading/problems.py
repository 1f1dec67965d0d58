"""What is wrong with the input: where, what was found, what is allowed, and the nearest existing name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from regie_opt.schema.errors import RegieError
from regie_opt.schema.text import folded, matching

Path = tuple[str | int, ...]
"""Path of a value in the tree, such as ('rules', 'stappen', 'number')."""

LONGEST = 60
"""Characters of a text that a message shows."""
SHOWN = 25
"""Names listed in a message before it says how many there are."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (`file:line:column`, `--set ...`), at which path, and what."""

    where: str
    path: Path
    message: str

    def __post_init__(self) -> None:
        """Keep the message on one line, whatever a text that was found holds."""
        object.__setattr__(self, "message", on_one_line(self.message))

    def __str__(self) -> str:
        path = dotted(self.path)
        is_said = self.where.startswith(f"--set {path}.") or self.where.startswith(f"--set {path}=")
        return f"{self.where}: {self.message}" if is_said or not path else f"{self.where}: {path}: {self.message}"


class InputError(RegieError):
    """The input is wrong; all that is wrong with it is in `problems`."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def dotted(path: Path) -> str:
    """Write the path as a user writes it: `rules.stappen.number`."""
    return ".".join(map(str, path))


def one_of(names: Iterable[str]) -> str:
    """Write the names as a list for people, cut off where it gets long."""
    listed = sorted(names)
    if not listed:
        return "none are defined"
    if len(listed) > SHOWN:
        return f"{', '.join(listed[:SHOWN])}, ... ({len(listed)} in all)"
    return ", ".join(listed)


def brief(text: str) -> str:
    """Write a text that was found as a message shows it: on one line, cut off where it gets long."""
    text = on_one_line(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def on_one_line(text: str) -> str:
    """A text with a space for all that cannot be seen; as it is where all of it can."""
    return text if text.isprintable() else " ".join("".join(c if c.isprintable() else " " for c in text).split())


def nearest(found: str, names: Iterable[str], labels: Mapping[str, str] | None = None) -> str | None:
    """Find the name (or, by its label for people, the key) that looks most like what was found."""
    by_text = {folded(label): key for key, label in (labels or {}).items()}
    by_text |= {folded(name): name for name in names}
    match = get_close_matches(folded(found), by_text, n=1, cutoff=0.6)
    return by_text[match[0]] if match else None


def hint(found: object, names: Sequence[str], labels: Mapping[str, str] | None = None) -> str:
    """Return `; nearest: 'x'`, or nothing when no name comes near."""
    near = nearest(str(found), names, labels)
    if near is None:
        return ""
    label = f" ({labels[near]})" if labels and near in labels else ""
    return f"; nearest: '{near}'{label}"


def unknown(noun: str, found: str, names: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """Return the message for a name that does not exist."""
    known = tuple(names)
    same = matching(found, known, codes=noun in {"municipality", "member"})
    if len(same) > 1:
        return f"found '{brief(found)}', which may be {' or '.join(same)}, allowed: one of them as it is written"
    return f"unknown {noun} '{brief(found)}'{hint(found, known, labels)}; allowed: {one_of(known)}"


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the problems in the order found, without those told already at the same place or the same path."""
    told: set[tuple[str, str]] = set()
    kept = []
    for problem in problems:
        here, there = (problem.where, problem.message), (dotted(problem.path), problem.message)
        if here in told or (problem.path and there in told):
            continue
        told |= {here, there}
        kept.append(problem)
    return kept
