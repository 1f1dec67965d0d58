"""The features of a GeoJSON file, each of which knows its line and column."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from regie_opt.loading.problems import InputError
from regie_opt.sources.refusal import refused, require_file

_LIST = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Feature:
    """One feature as it is in the file."""

    path: Path
    index: int
    contents: Mapping[str, Any]

    @property
    def properties(self) -> Mapping[str, Any]:
        """Its properties; none where that is no mapping."""
        found = self.contents.get("properties")
        return found if isinstance(found, dict) else {}

    @property
    def id(self) -> str:
        """Its own name, empty where it has none."""
        return str(self.contents.get("id", ""))

    @property
    def geometry(self) -> Any:
        """Its geometry as GeoJSON. Raises KeyError where there is none."""
        return self.contents["geometry"]

    def refused(self, message: str) -> InputError:
        """Make the error for this feature, where it stands in the file."""
        line, column = _place(self.path.read_text(encoding="utf-8-sig"), self.index)
        return refused(self.path, f"feature {self.index + 1}: {message}", line, column)


def read_features(path: Path) -> list[Feature]:
    """Read them. Raises InputError where there are none, or the file is no JSON."""
    require_file(path)
    try:
        with path.open(encoding="utf-8-sig") as file:
            contents = json.load(file, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise refused(path, "is not UTF-8, allowed: text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise refused(path, f"is not JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise refused(path, "is nested too deeply to be GeoJSON") from None
    except ValueError as error:
        raise refused(path, f"is not JSON: {error}") from None
    features = contents.get("features") if isinstance(contents, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(f, dict) for f in features):
        raise refused(path, "found no features, allowed: a GeoJSON FeatureCollection of municipalities")
    return [Feature(path, index, feature) for index, feature in enumerate(features)]


def _no_number(name: str) -> NoReturn:
    message = f"found {name}, allowed: numbers"
    raise ValueError(message)


def _place(text: str, index: int) -> tuple[int | None, int | None]:
    """Line and column where a feature begins: found again only where one is refused, since JSON keeps no places."""
    start = _LIST.search(text)
    if start is None:
        return None, None
    at, decoder = start.end(), json.JSONDecoder()
    try:
        for _ in range(index):
            at = decoder.raw_decode(text, _BETWEEN.match(text, at).end())[1]  # type: ignore[union-attr]
    except json.JSONDecodeError:
        return None, None
    at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
