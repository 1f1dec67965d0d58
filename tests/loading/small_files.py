"""The files of Leerstad with a small model, to change: one load takes a fraction of what the whole model takes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from regie_opt.loading import load_all
from regie_opt.report.files import to_json
from regie_opt.schema.plan import PlanFile
from regie_opt.worth import assess, today_plan

ROOT = Path(__file__).parents[2]
LEERSTAD = ROOT / "scenarios" / "leerstad"
DOMAINS = ("belastingen", "ict", "burgerzaken", "afval")
FORMS = ("ol_college", "dvo", "netwerk", "wederzijds")
FILES = ("scenario.yaml", "region.yaml", "inventory.yaml")

JUDGED = """\
attribution: "Oordeel van de makers."
links:
  - {between: [GM0654, GM0717], name: "Veerse dam"}
arrangements:
  '101':
    key: belastingkantoor
    domains: [belastingen]
    note: "Ook basisregistraties; die zijn geen apart domein."
    hours: {college: 8, council: 10, officials: 26}
  '102':
    key: veiligheidsregio
    domains: [veiligheid]
    frozen: true
    further:
      key: brandweer
      name: "Brandweer (onderdeel van de veiligheidsregio)"
      domains: [veiligheid]
      frozen: true
      beside: true
  '103':
    key: beschermd-wonen
    domains: [wmo]
    host: GM0687
    settled: true
  '104':
    key: havenschap
    domains: [economie, openbare_ruimte]
    part: true
"""
"""Judgements on the arrangements of the small official files."""

ELICITED = """\
criteria:
  ranges:
    burden: {worst: 1200, best: 600}
    quality: {worst: 5, best: 10.5}
    cost: {worst: 5, best: 9}
  swing:
    burden: 100
    quality: 40
    cost: 65
domains:
  pairwise:
    - {more: ict, less: afval, times: 3}
    - {more: ict, less: belastingen, times: 5}
    - {more: afval, less: belastingen, times: 2}
"""


@cache
def texts() -> dict[str, str]:
    """The files of the scenario, without the domains that the small model lacks and with a single variant."""
    found = {name: (LEERSTAD / name).read_text(encoding="utf-8") for name in FILES}
    lines = found["scenario.yaml"].replace("model: nl", "model: pack").split("\n")
    lines = [line for line in lines if line != "domains:" and not line.endswith(": null")]
    cut = lines.index("  wederkerig:")
    return found | {"scenario.yaml": "\n".join([*lines[:cut], ""])}


@cache
def model() -> str:
    """Four domains and four forms of the model that is shipped."""
    parts: dict[str, Any] = {}
    for file in sorted((ROOT / "models" / "nl").glob("*.yaml")):
        parts |= YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    parts["domains"] = {key: parts["domains"][key] for key in DOMAINS}
    parts["forms"] = {key: parts["forms"][key] for key in FORMS}
    parts["uncertainty"] = {}
    return json.dumps(parts, ensure_ascii=False)


def write(folder: Path, **changed: str | bytes) -> Path:
    """Write the scenario with some files (by their name without the suffix) as given; return the file to run."""
    (folder / "pack").mkdir(parents=True, exist_ok=True)
    (folder / "pack" / "model.yaml").write_text(model(), encoding="utf-8")
    for name, text in texts().items():
        contents = changed.get(name.removesuffix(".yaml"), text)
        (folder / name).write_bytes(contents if isinstance(contents, bytes) else contents.encode(errors="replace"))
    return folder / "scenario.yaml"


def plan(scenario: Path) -> str:
    """Today's network as the file of a plan that `solve` writes, but for the figures of its proof."""
    loaded = load_all(scenario)[0]
    network = today_plan(loaded.scenario)
    judged = json.loads(to_json(assess(loaded.scenario, loaded.base, network)))
    said = json.loads(to_json(PlanFile(partnerships=network)))
    return json.dumps({"schema": "regie-opt/plan/1", "status": "optimal", **judged, **said}, indent=2)
