"""A picture as files: SVG and PNG without a browser, and HTML that works without a network."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import vl_convert

from regie_opt.loading.writing import write_text
from regie_opt.report.pictures.look import FONT

SCALE = 2
"""Pixels of a PNG per point, for print."""

_STAND_IN = "\ue000"
"""Stands for `<` while the converter makes a page: it is in no name, and writes it into a script as it is."""


def write_pictures(folder: Path, specs: Mapping[str, Mapping[str, Any]], language: str) -> list[Path]:
    """Write each specification as NAME.svg, NAME.png and NAME.html, the page in its language. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, spec in specs.items():
        paths = {kind: folder / f"{name}.{kind}" for kind in ("svg", "png", "html")}
        write_text(paths["svg"], vl_convert.vegalite_to_svg(dict(spec)))
        paths["png"].write_bytes(vl_convert.vegalite_to_png(dict(spec), scale=SCALE))
        write_text(paths["html"], _page(spec, language))
        written += paths.values()
    return written


def _page(spec: Mapping[str, Any], language: str) -> str:
    """A page with the chart's own title and letters, where the converter writes `Chart` for each."""
    page: str = vl_convert.vegalite_to_html(_without_tags(spec), bundle=True).replace(_STAND_IN, r"\u003c")
    title = escape(spec["title"]["text"])
    style = f"<style>body {{ font-family: {FONT}; font-size: 14px }}</style>"
    head = page.replace("<html>", f'<html lang="{language}">', 1)
    return head.replace("<title>Chart</title>", f"<title>{title}</title>\n    {style}", 1)


def _without_tags(value: Any) -> Any:
    """A specification in which no name can end the script that it is in."""
    if isinstance(value, str):
        return value.replace(_STAND_IN, "").replace("<", _STAND_IN)
    if isinstance(value, Mapping):
        return {_without_tags(key): _without_tags(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_tags(one) for one in value]
    return value
