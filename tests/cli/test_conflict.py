"""Rules that cannot all hold end with exit code 3 and the smallest set of them, by name and line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from regie_opt.cli.main import main

ROOT = Path(__file__).parents[2]
LEERSTAD = ROOT / "scenarios" / "leerstad" / "scenario.yaml"
TWENTE = ROOT / "scenarios" / "twente" / "scenario.yaml"
KEEP_AND_END = ("blijft={kind: keep, partnership: %s}", "weg={kind: end, partnership: %s}")
CASES = {
    "keep and end": (LEERSTAD, [r % "afvalschap" for r in KEEP_AND_END], ["blijft", "weg"]),
    "keep and end in a real region": (TWENTE, [r % "gbt" for r in KEEP_AND_END], ["blijft", "weg"]),
    "together and apart": (
        LEERSTAD,
        [
            "samen={kind: together, members: [noordwolde, rietdam], domains: [ict]}",
            "los={kind: apart, members: [rietdam, noordwolde]}",
            "vier={kind: largest, members: 4}",
        ],
        ["samen", "los"],
    ),
    "together and no more than none": (
        LEERSTAD,
        [
            "samen={kind: together, members: [noordwolde, rietdam], domains: [ict]}",
            "geen={kind: most_partnerships, number: 0}",
        ],
        ["samen", "geen"],
    ),
}


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.slow) if CASES[case][0] == TWENTE else case for case in CASES]
)
def test_conflicting_rules_are_named_with_their_place(case: str):
    path, rules, expected = CASES[case]
    settings = [word for rule in rules for word in ("--set", f"rules.{rule}")]
    done = CliRunner().invoke(main, ["solve", str(path), "--quiet", *settings])
    assert done.exit_code == 3, done.output
    told = done.stderr.splitlines()
    named = ", ".join(f"'{name}'" for name in expected)
    assert told[0] == f"no plan obeys the rules; these cannot all hold: {named}"
    assert [line.rsplit(": ", 1)[1] for line in told[1:]] == [f"'{name}'" for name in expected]
    assert all(line.startswith("--set rules.") for line in told[1:])
    assert "Traceback" not in done.output


def test_the_line_of_the_file_is_told(tmp_path: Path):
    for file in LEERSTAD.parent.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    scenario = tmp_path / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8").replace(
        "rules:\n", "rules:\n  samen: {kind: together, members: [noordwolde, rietdam], domains: [ict]}\n", 1
    )
    text = text.replace("rules:\n", "rules:\n  los: {kind: apart, members: [noordwolde, rietdam]}\n", 1)
    scenario.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["solve", str(scenario), "--quiet"])
    assert done.exit_code == 3, done.output
    first = text.splitlines().index("  los: {kind: apart, members: [noordwolde, rietdam]}") + 1
    places = sorted(line.split(": ")[0] for line in done.stderr.splitlines()[1:])
    assert [place.split(":", 1)[1] for place in places] == [f"{first}:3", f"{first + 1}:3"]
