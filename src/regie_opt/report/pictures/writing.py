"""A picture as files: SVG and PNG without a browser, and HTML that works without a network."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vl_convert

from regie_opt.loading.writing import write_text

SCALE = 2
"""Pixels of a PNG per point, for print."""


def write_pictures(folder: Path, specs: Mapping[str, Mapping[str, Any]]) -> list[Path]:
    """Write each specification as NAME.svg, NAME.png and NAME.html. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, spec in specs.items():
        paths = {kind: folder / f"{name}.{kind}" for kind in ("svg", "png", "html")}
        write_text(paths["svg"], vl_convert.vegalite_to_svg(dict(spec)))
        paths["png"].write_bytes(vl_convert.vegalite_to_png(dict(spec), scale=SCALE))
        write_text(paths["html"], vl_convert.vegalite_to_html(dict(spec), bundle=True))
        written += paths.values()
    return written
