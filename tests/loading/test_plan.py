import json
from pathlib import Path

import pytest

from regie_opt.loading import InputError, load, load_plan

PLAN = {"partnerships": [{"form": "ol", "members": ["A1", "B2"], "domains": ["belastingen"]}]}


def refusal(path: Path, scenario: Path | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_plan(path, load(scenario).scenario if scenario else None)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_plan_is_read_whatever_its_layout(indent: int | str | None, folder: Path) -> None:
    Path("plan.json").write_text(json.dumps({"extra": 1, **PLAN}, indent=indent), encoding="utf-8")
    assert load_plan(Path("plan.json")).partnerships[0].members == ("A1", "B2")


def test_yaml_plan_is_read(folder: Path) -> None:
    Path("plan.yaml").write_text("partnerships:\n- {form: ol, members: [A1, B2], domains: [ict]}\n")
    assert load_plan(Path("plan.yaml")).partnerships[0].form == "ol"


def test_wrong_json_plan_is_refused_with_line_and_column(folder: Path) -> None:
    text = json.dumps(PLAN, indent="\t").replace('"members": [', '"members": ["?",')
    Path("plan.json").write_text(text, encoding="utf-8")
    (told,) = refusal(Path("plan.json"))
    assert told.startswith("plan.json:5:16: partnerships.0.members.0: found '?', allowed: a key of letters")


def test_plan_without_domains_is_refused(folder: Path) -> None:
    Path("plan.yaml").write_text("partnerships:\n- {form: ol, members: [A1, B2]}\n")
    assert refusal(Path("plan.yaml")) == ["plan.yaml:2:3: partnerships.0.domains: missing; allowed: a list"]


def test_broken_json_is_refused_with_line_and_column(folder: Path) -> None:
    Path("plan.json").write_text('{"partnerships": [\n', encoding="utf-8")
    assert refusal(Path("plan.json"))[0].startswith("plan.json:2:1: not valid")


def test_key_twice_in_a_json_plan_is_refused(folder: Path) -> None:
    Path("plan.json").write_text('{"partnerships": [],\n "partnerships": []}', encoding="utf-8")
    assert refusal(Path("plan.json")) == ["plan.json:2:2: duplicate key 'partnerships', first on line 1"]


def test_names_in_a_plan_are_checked_against_the_scenario(scenario: Path) -> None:
    text = (
        "partnerships:\n"
        "- {form: oll, members: [A1, B22], domains: [ict]}\n"
        "- {form: centrum, members: [A1, C3], domains: [ict], hosts: {ict: B2}}\n"
    )
    Path("plan.yaml").write_text(text)
    told = refusal(Path("plan.yaml"), scenario)
    starts = [
        "plan.yaml:2:10: partnerships.0.form: unknown form 'oll'; nearest: 'ol'",
        "plan.yaml:2:29: partnerships.0.members.1: unknown municipality 'B22'; nearest: 'B2' (Bedorp)",
        "plan.yaml:3:67: partnerships.1.hosts.ict: found 'B2', allowed: one of its members",
        "plan.yaml:3:38: partnerships.1.domains: ict of A1 is already in partnership 0",
    ]
    assert [line[: len(start)] for line, start in zip(told, starts, strict=True)] == starts


def test_emoji_in_json_survives(folder: Path) -> None:
    plan = {"partnerships": [{**PLAN["partnerships"][0], "name": "Zon 🌞"}, {"form": 3}]}
    Path("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert all("half a character" not in line for line in refusal(Path("plan.json")))
