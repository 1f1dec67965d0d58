"""Scenarios that are odd in one way each, written from the region of Leerstad: little to say, or little good."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad"

Files = dict[str, Any]
"""Contents of scenario, region and inventory."""


def _only(files: Files, *codes: str) -> None:
    region, inventory = files["region"], files["inventory"]
    region["municipalities"] = {code: region["municipalities"][code] for code in codes}
    for kind in ("borders", "relations"):
        region[kind] = [pair for pair in region.get(kind, ()) if set(pair["between"]) <= set(codes)]
    inventory["partnerships"] = {
        key: p for key, p in inventory["partnerships"].items() if len(set(p["members"]) & set(codes)) > 1
    }
    for partnership in inventory["partnerships"].values():
        partnership["members"] = [code for code in partnership["members"] if code in codes]
    files["scenario"]["variants"] = {}


def one_municipality(files: Files) -> None:
    """Nobody to cooperate with."""
    _only(files, "leerstad")


def one_partnership(files: Files) -> None:
    """Two municipalities with one partnership in one domain."""
    _only(files, "leerstad", "veenkerk")
    one_domain(files)


def one_domain(files: Files) -> None:
    """Only ICT is decided on."""
    files["scenario"]["domains"] |= dict.fromkeys(("belastingen", "burgerzaken", "afval"))
    for partnership in [*files["inventory"]["partnerships"]]:
        if partnership != "ict-dienst":
            del files["inventory"]["partnerships"][partnership]
    for municipality in files["region"]["municipalities"].values():
        for figures in ("spending", "staff"):
            municipality[figures] = {"ict": municipality[figures]["ict"]}
        municipality.get("domain_motives", {}).pop("belastingen", None)


def no_partnerships(files: Files) -> None:
    """Everybody does everything alone today."""
    files["inventory"]["partnerships"] = {}


def no_weights(files: Files) -> None:
    """Nothing counts."""
    keys = ("burden", "overload", "vulnerability", "quality", "cost", "knowledge", "power", "reciprocity", "transition")
    files["scenario"]["criteria"] = {key: {"weight": 0} for key in (*keys, "autonomy")}


def all_frozen(files: Files) -> None:
    """All that there is lies fixed."""
    for partnership in files["inventory"]["partnerships"].values():
        partnership["frozen"] = True


def dear_to_leave(files: Files) -> None:
    """Rules make the plan worth less than today: a partnership that costs much must end."""
    files["scenario"]["rules"] |= {"weg": {"kind": "end", "partnership": "afvalschap"}}
    files["scenario"]["variants"] = {}


ODD: tuple[Callable[[Files], None], ...] = (
    one_municipality,
    one_partnership,
    one_domain,
    no_partnerships,
    no_weights,
    all_frozen,
    dear_to_leave,
)


def write(change: Callable[[Files], None], folder: Path) -> Path:
    """Leerstad with one thing changed; returns the scenario's file."""
    yaml = YAML(typ="safe")
    files = {name: yaml.load(LEERSTAD / f"{name}.yaml") for name in ("scenario", "region", "inventory")}
    change(files)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with (folder / f"{name}.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(content, file)
    return folder / "scenario.yaml"
