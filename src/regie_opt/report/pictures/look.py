"""What the pictures have in common: font, colours, short names and titles."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from regie_opt.report.naming import Naming
from regie_opt.report.words import Words

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7A5195", "#8C8C00", "#994F00", "#004D40")
"""After Okabe and Ito: told apart by the colour-blind too."""
GREY = "#E6E6E6"
INK = "#222222"

NUMBERS: dict[str, dict[str, Any]] = {
    language: {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["€\u00a0", ""]}
    for language, decimal, thousands in (("nl", ",", "."), ("en", ".", ","))
}
"""How a chart writes numbers, by language (d3-format)."""

_OPENING = re.compile(
    r"^(de\s+)?(gemeenschappelijke\s+|intergemeentelijke\s+)?regeling\s+(voor\s+|betreffende\s+)?(de\s+|het\s+)?",
    re.IGNORECASE,
)


def short(name: str) -> str:
    """A name without the words that every arrangement begins with."""
    bare = _OPENING.sub("", name).strip() or name
    return bare[0].upper() + bare[1:]


def unique(names: list[str]) -> list[str]:
    """The names in the same order, numbered where two are the same: a chart takes those for one."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def chart_of(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A chart of rows that stand in the specification itself."""
    return alt.Chart({"values": list(rows)})


def titled(naming: Naming, key: str, *notes: str) -> alt.TitleParams:
    """Title of a picture with lines below."""
    name = naming.scenario.name
    return alt.TitleParams(text=naming.words(key, name=name), subtitle=list(notes), anchor="start", offset=14)


def dressed(chart: Any, words: Words) -> dict[str, Any]:
    """The specification of a chart in the house style, with numbers and the menu of a web page in its language."""
    finished = (
        chart.configure(font=FONT, background="white", padding=18)
        .configure_title(fontSize=18, subtitleFontSize=12, subtitleColor="#555555", color=INK, subtitlePadding=6)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK, titleFontWeight="normal")
        .configure_legend(labelFontSize=12, titleFontSize=12, labelLimit=320, titleLimit=320, titleFontWeight="normal")
        .configure_view(stroke=None)
        .configure_axisX(grid=False)
    )
    spec: dict[str, Any] = finished.to_dict()
    spec["config"]["locale"] = {"number": NUMBERS[words.language]}
    spec["usermeta"] = {
        "embedOptions": {
            "actions": {"export": True, "source": False, "compiled": False, "editor": False},
            "i18n": {f"{kind}_ACTION": words("pic.save", kind=kind) for kind in ("SVG", "PNG")},
        }
    }
    return spec
