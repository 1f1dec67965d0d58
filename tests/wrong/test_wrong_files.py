"""Every wrong file gets one clear message with file, line and column, and exit code 2."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from regie_opt.loading import InputError, load_all

CASES: dict[str, dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "cases.yaml")

Refusal = Callable[..., list[str]]


def change(folder: Path, edit: dict[str, Any]) -> None:
    path = folder / edit["file"]
    text = path.read_text(encoding="utf-8")
    assert edit["change"] in text
    path.write_text(text.replace(edit["change"], edit["into"], 1), encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_wrong_file_is_refused_once_at_the_right_place_in_plain_words(
    name: str, folder: Path, refusal: Refusal
) -> None:
    case = CASES[name]
    for edit in (case, *case.get("also", [])):
        change(folder, edit)
    told = refusal()
    assert len(told) == 1, told
    assert told[0].startswith(f"{case['at']}:"), told
    assert all(words in told[0] for words in case["says"]), told


# Files that no text editor should have made


def one(told: list[str]) -> str:
    assert len(told) == 1, told
    return told[0]


def test_latin_1_is_refused_at_its_first_strange_byte(folder: Path, refusal: Refusal) -> None:
    text = (folder / "region.yaml").read_text(encoding="utf-8").replace("Bedorp", "Bédorp")
    (folder / "region.yaml").write_bytes(text.encode("latin-1"))
    said = one(refusal())
    assert said.startswith("region.yaml:10:12: found byte 0xE9")
    assert "allowed: text in UTF-8" in said


def test_utf_16_is_refused_by_name(folder: Path, refusal: Refusal) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_text(text, encoding="utf-16")
    assert one(refusal()).startswith("scenario.yaml:1:1: found UTF-16, allowed: text in UTF-8")


def test_utf_16_without_its_mark_shows_as_nul_bytes(folder: Path, refusal: Refusal) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_bytes(text.encode("utf-16-le"))
    assert one(refusal()).startswith("scenario.yaml:1:2: found a NUL byte")


@pytest.mark.parametrize("text", ["", "\n \n", "# only a comment\n"])
def test_empty_file_is_said_to_be_empty(text: str, folder: Path, refusal: Refusal) -> None:
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    assert one(refusal()).startswith("inventory.yaml:1:1: the file is empty")


@pytest.mark.parametrize(("text", "found"), [("- 1\n", "a list"), ("hello\n", "'hello'"), ("3\n", "'3'")])
def test_file_that_is_no_mapping_is_refused(text: str, found: str, folder: Path, refusal: Refusal) -> None:
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    assert one(refusal()).startswith(f"scenario.yaml:1:1: found {found}, allowed: a mapping")


def test_picture_is_refused(folder: Path, refusal: Refusal) -> None:
    (folder / "scenario.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert one(refusal()).startswith("scenario.yaml:1:1: found byte 0x89")


def test_missing_scenario_is_refused_with_the_nearest_file(refusal: Refusal) -> None:
    assert one(refusal("scenari.yaml")) == "scenari.yaml: file not found; nearest: 'scenario.yaml'"


def test_folder_is_refused(refusal: Refusal) -> None:
    assert one(refusal(".")) == ".: found a folder, allowed: a file"


def test_huge_file_is_refused_unread(folder: Path, refusal: Refusal) -> None:
    with (folder / "region.yaml").open("r+b") as file:
        file.truncate(21_000_000)
    said = one(refusal())
    assert said.startswith("scenario.yaml:3:9: region: found 'region.yaml' (region.yaml): found a file of 21 MB")
    assert "allowed: at most 20 MB" in said


def test_billion_laughs_are_refused_quickly(folder: Path, refusal: Refusal) -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for level in range(1, 12):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    (folder / "scenario.yaml").write_text("\n".join(lines), encoding="utf-8")
    said = one(refusal())
    assert said.startswith("scenario.yaml:7:5: more than 2,000,000 values")


@pytest.mark.parametrize("depth", [60, 2_000, 100_000])
def test_deep_nesting_is_refused(depth: int, folder: Path, refusal: Refusal) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    nested = text.replace("name: Proef", f"name: {'[' * depth}{']' * depth}")
    (folder / "scenario.yaml").write_text(nested, encoding="utf-8")
    said = one(refusal())
    assert said.startswith("scenario.yaml:1:")
    assert "nested too deeply, allowed: at most 50 levels" in said


def test_model_without_a_section_points_at_the_model(folder: Path, refusal: Refusal) -> None:
    path = folder / "pack" / "model.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("money:"), text.index("sources:\n  S1")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert one(refusal()).startswith("scenario.yaml:2:8: money: missing")


def test_model_folder_without_files_is_refused(folder: Path, refusal: Refusal) -> None:
    (folder / "pack" / "model.yaml").unlink()
    assert one(refusal()).startswith("scenario.yaml:2:8: model: found 'pack', a folder without any *.yaml")


def test_all_problems_of_all_files_are_told_at_once(folder: Path, refusal: Refusal) -> None:
    change(folder, {"file": "region.yaml", "change": "population: 20000", "into": "population: many"})
    change(folder, {"file": "inventory.yaml", "change": "frozen: true", "into": "frozen: 1"})
    change(folder, {"file": "scenario.yaml", "change": "number: 3", "into": "number: -3"})
    change(folder, {"file": "pack/model.yaml", "change": "setup: 60000", "into": "setup: -1"})
    told = refusal()
    positions = {":".join(line.split(":")[:3]) for line in told}
    expected = {"region.yaml:11:17", "inventory.yaml:7:13", "scenario.yaml:12:13", "pack/model.yaml:50:12"}
    assert positions == expected


def test_unparsable_files_are_told_together(folder: Path, refusal: Refusal) -> None:
    (folder / "region.yaml").write_text("municipalities: [", encoding="utf-8")
    (folder / "inventory.yaml").write_text("partnerships: }", encoding="utf-8")
    assert [line.partition(":")[0] for line in refusal()] == ["region.yaml", "inventory.yaml"]


DAMAGE = (
    *("null", "3", "-1", "[]", "{}", "[a]", "{a: 1}", "*x", "&x 1", "!t", "1e400", ".nan", "true", "~", "<<"),
    *(
        "? ",
        "|",
        "\t",
        "\0",
        "é",
        "0x10",
        "''",
        '"\\ud800"',
        "{unknown: {}}",
        "[[1]]",
        "%",
        "@",
        "9" * 20,
        "",
    ),
)


def problems() -> list[str] | None:
    """The problems of the scenario, None when it is valid; any other error fails the test."""
    try:
        load_all(Path("scenario.yaml"))
    except InputError as error:
        return str(error).splitlines()
    return None


@pytest.mark.parametrize("file", ["scenario.yaml", "region.yaml", "inventory.yaml", "pack/model.yaml"])
def test_whatever_is_damaged_ends_in_positions_or_in_a_valid_scenario(file: str, folder: Path) -> None:
    good = (folder / file).read_text(encoding="utf-8")
    words = list(re.finditer(r"[^\s,\[\]{}:]+", good))
    chance = random.Random(1)
    for _ in range(40):
        word = chance.choice(words)
        text = good[: word.start()] + chance.choice(DAMAGE) + good[word.end() :]
        (folder / file).write_text(text, encoding="utf-8")
        told = problems()
        assert told is None or told, text
        assert all(re.match(r"[\w/.]+:\d+:\d+: ", line) for line in told or ()), told


# Settings and variants on the command line


SETTINGS = {
    "domains.belastinge.weight=2": "unknown domain 'belastinge'; nearest: 'belastingen'",
    "domains.ict.wieght=2": "unknown key 'wieght'; nearest: 'weight'",
    "criteria.burdn.weight=2": "unknown criterion 'burdn'; nearest: 'burden'",
    "rules.stapen.number=2": "unknown rule 'stapen'; nearest: 'stappen'",
    "rules.stappen.number=drie": "found 'drie', allowed: a whole number of at least 0",
    "rules.stappen.kind=most_change": "found 'most_change', allowed: alone, apart,",
    "borders.5.km=1": "found '5', allowed: the number of an item of the list, 0 to 1",
    "borders.1.km=-1": "found -1, allowed: a number of at least 0",
    "critera.burden.weight=1": "unknown section 'critera'; nearest: 'criteria'",
    "municipalities.Bedorp.population=3": "unknown municipality 'Bedorp'; nearest: 'B2' (Bedorp)",
    "rules.x.kind=end": "rules.x.partnership: missing",
    "domains.ict.staff_share.x=1": "'domains.ict.staff_share' is a single value and has no 'x'",
    "domains.ict.weight=[": "not valid YAML",
    "domains.ict.weight=!!python/name:x y": "found the YAML tag",
    "partnerships.kantoor.start=2024-13-01": "found '2024-13-01', allowed: a date such as 2024-01-31",
    "trust.outside=1.1": "found 1.1, allowed: a number from 0 to 1",
    "trust.floor=0.5": "unknown",
    "weight": "found 'weight', allowed: path.to.value=X",
    "a..b=1": "unknown section 'a'",
    "rules..x=1": "found the path 'rules..x', allowed: at most 50 keys with a dot between them",
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_wrong_setting_is_refused_by_its_own_text(setting: str, refusal: Refusal) -> None:
    said = one(refusal("scenario.yaml", "--set", setting))
    assert said.startswith(f"--set {setting}: "), said
    assert SETTINGS[setting] in said


def test_misspelt_variant_is_refused_with_the_nearest(refusal: Refusal) -> None:
    said = one(refusal("scenario.yaml", "--variant", "lichtr"))
    assert said == "--variant lichtr: unknown variant 'lichtr'; nearest: 'lichter'; allowed: licht, lichter"


def test_problem_that_only_a_variant_has_names_the_variant(folder: Path, refusal: Refusal) -> None:
    change(folder, {"file": "scenario.yaml", "change": "rules: {samen: null}", "into": "domains: {ict: null}"})
    told = refusal()
    assert len(told) == 3
    assert all(line.endswith("(in variant 'lichter')") for line in told)


def test_the_real_command_says_it_in_one_line_without_a_traceback(folder: Path) -> None:
    change(folder, {"file": "scenario.yaml", "change": "number: 3", "into": "number: drie"})
    command = [sys.executable, "-m", "regie_opt.cli.main", "validate", "scenario.yaml"]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env={**os.environ, "COLUMNS": "40"}, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    expected = "scenario.yaml:12:13: rules.stappen.number: found 'drie', allowed: a whole number of at least 0\n"
    assert done.stderr == expected
