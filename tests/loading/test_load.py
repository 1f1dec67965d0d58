import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import other_hash_seed

from regie_opt.cli.main import main
from regie_opt.loading import InputError, find_model, load, load_all

ROOT = Path(__file__).parents[2]


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_scenario_file_overrides_the_model(scenario: Path) -> None:
    loaded = load(scenario)
    assert loaded.scenario.criteria["burden"].weight == 2
    assert loaded.scenario.criteria["cost"].weight == 1


def test_relations_of_the_scenario_come_after_those_of_the_region(scenario: Path) -> None:
    relations = load(scenario).scenario.relations
    assert [relation.between for relation in relations] == [("A1", "B2"), ("B2", "C3")]


def test_variant_starts_from_its_parent_and_null_removes(scenario: Path) -> None:
    loaded = load(scenario, variant="lichter")
    assert loaded.scenario.variant == "lichter"
    assert loaded.scenario.criteria["burden"].weight == 3
    assert loaded.scenario.criteria["cost"].weight == 0.5
    assert set(loaded.scenario.rules) == {"stappen", "gebied"}


def test_a_variant_says_what_it_is_and_the_scenario_for_itself(scenario: Path) -> None:
    append(scenario, "\n  stil:\n    changes: {criteria.cost.weight: 3}\n")
    told = {loaded.scenario.variant: loaded.description for loaded in load_all(scenario)}
    assert told["stil"] == ""
    assert told["licht"] == "Burden counts more."
    assert told[None] == load(scenario).scenario.description


def test_settings_come_after_the_variant_and_later_ones_win(scenario: Path) -> None:
    sets = ["criteria.burden.weight=5", "criteria.burden.weight=6"]
    assert load(scenario, variant="licht", sets=sets).scenario.criteria["burden"].weight == 6


def test_base_has_neither_variant_nor_settings(scenario: Path) -> None:
    loaded = load(scenario, variant="lichter", sets=["criteria.cost.weight=9"])
    assert loaded.base.variant is None
    assert loaded.base.criteria["burden"].weight == 2
    assert loaded.base.criteria["cost"].weight == 1
    assert set(loaded.base.rules) == {"stappen", "samen", "gebied"}


@pytest.mark.parametrize(
    ("setting", "path", "expected"),
    [
        ("borders.1.km=9", "borders.1.km", 9),
        ("municipalities.C3.board_hours=300", "municipalities.C3.board_hours", 300),
        ("municipalities.A1.host_capacity=", "municipalities.A1.host_capacity", None),
        ("partnerships.kantoor.members=[A1, B2]", "partnerships.kantoor.members", ["A1", "B2"]),
        ("rules.klein={kind: largest, members: 2}", "rules.klein.members", 2),
        ("description='a=b: c'", "description", "a=b: c"),
    ],
)
def test_setting_reaches_any_value(setting: str, path: str, expected: object, scenario: Path) -> None:
    values = {path: value for path, value, _ in load(scenario, sets=[setting]).values()}
    assert values[path] == expected


def test_key_with_a_dot_is_found_where_it_exists(scenario: Path, folder: Path) -> None:
    append(scenario, "domains: {ict: {task_fields: {0.4: 0.5}}}\n")
    loaded = load(scenario, sets=["domains.ict.task_fields.0.4=0.25"])
    assert loaded.base.domains["ict"].task_fields == {"0.4": 0.5}
    assert loaded.scenario.domains["ict"].task_fields == {"0.4": 0.25}


def test_every_value_knows_where_it_was_written(scenario: Path) -> None:
    loaded = load(scenario, variant="lichter", sets=["rules.stappen.number=9"])
    origins = {path: origin for path, _, origin in loaded.values()}
    assert origins["municipalities.A1.population"] == "region.yaml:5:17"
    assert origins["partnerships.kantoor.members"] == "inventory.yaml:12:14"
    assert origins["criteria.burden.weight"] == "variant licht (scenario.yaml:19)"
    assert origins["criteria.cost.weight"] == "variant lichter (scenario.yaml:23)"
    assert origins["rules.stappen.number"] == "--set rules.stappen.number=9"
    assert origins["municipalities.A1.autonomy"] == "default"
    assert origins["domains.ict.specialists"] == "pack/model.yaml:10:18"
    assert loaded.where(("rules", "gebied")) == "scenario.yaml:14:3"
    assert loaded.where(("criteria", "burden", "weight")) == "scenario.yaml:19:31"
    assert loaded.where(("municipalities", "A1", "autonomy")) == "default"


def test_all_variants_come_from_one_reading(scenario: Path) -> None:
    loaded = load_all(scenario)
    assert [one.scenario.variant for one in loaded] == [None, "licht", "lichter"]
    assert loaded[2].scenario == load(scenario, variant="lichter").scenario
    assert loaded[2].sha256 == load(scenario, variant="lichter").sha256


def test_fingerprint_follows_contents_variant_and_settings_but_not_the_place(scenario: Path, folder: Path) -> None:
    plain = load(scenario).sha256
    assert load(folder / "scenario.yaml").sha256 == plain
    others = {
        load(scenario, variant="licht").sha256,
        load(scenario, sets=["criteria.cost.weight=1"]).sha256,
    }
    append(folder / "region.yaml", "# a remark\n")
    others.add(load(scenario).sha256)
    assert len(others) == 3
    assert plain not in others


def test_fingerprint_and_values_do_not_depend_on_the_hash_seed(folder: Path) -> None:
    arguments = ["validate", "scenario.yaml", "--resolved"]
    here = CliRunner().invoke(main, arguments)
    command = [sys.executable, "-m", "regie_opt.cli.main", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": other_hash_seed()}
    there = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert here.stdout_bytes == there.stdout


def test_files_are_listed_in_reading_order(scenario: Path) -> None:
    assert [str(path) for path in load(scenario).files] == [
        "scenario.yaml",
        "pack/model.yaml",
        "region.yaml",
        "inventory.yaml",
    ]


def test_model_pack_may_be_split_over_files(scenario: Path, folder: Path) -> None:
    path = folder / "pack" / "model.yaml"
    text = path.read_text(encoding="utf-8")
    cut = text.index("criteria:")
    path.write_text(text[:cut], encoding="utf-8")
    (folder / "pack" / "other.yaml").write_text(text[cut:], encoding="utf-8")
    assert len(load(scenario).files) == 5


def test_shipped_model_is_found_by_name_and_own_model_by_path(folder: Path) -> None:
    assert find_model("nl", folder).resolve() == ROOT / "models" / "nl"
    assert find_model("pack", folder / "scenario.yaml") == folder / "pack"


def test_misspelt_model_is_refused_with_the_shipped_ones(scenario: Path) -> None:
    with pytest.raises(InputError, match=r"allowed: nl, or the path of a folder"):
        find_model("nnl", scenario)


def test_sections_left_blank_are_as_if_not_there(scenario: Path) -> None:
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text[: text.index("rules:")] + "rules:\nvariants:\ndescription:\n", encoding="utf-8")
    assert load(scenario).scenario.rules == {}


def test_byte_order_mark_and_windows_line_ends_are_accepted(scenario: Path, folder: Path) -> None:
    text = (folder / "region.yaml").read_text(encoding="utf-8")
    (folder / "region.yaml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    loaded = load(scenario)
    assert loaded.where(("municipalities", "A1", "population")) == "region.yaml:5:17"


def test_doubtful_input_is_a_warning(scenario: Path, folder: Path) -> None:
    text = (folder / "inventory.yaml").read_text(encoding="utf-8")
    text = text.replace("2016-01-01", "2999-01-01").replace(
        "domains: [ict]\n    hosts: {ict: B2}", "domains: [unknown]"
    )
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    warnings = [str(warning) for warning in load(scenario).warnings]
    assert warnings == [
        "inventory.yaml:14:12: partnerships.kantoor.start: found 2999-01-01, which is in the future: "
        "it counts as existing today",
        "inventory.yaml:27:5: partnerships.ruil.domains: nobody recorded what 'Diensten over en weer' does: "
        "it counts for burden only",
    ]


def test_what_is_known_beside_the_unknown_counts_and_the_doubt_says_so(scenario: Path, folder: Path) -> None:
    text = (folder / "inventory.yaml").read_text(encoding="utf-8")
    text = text.replace("domains: [ict]\n    hosts: {ict: B2}", "domains: [ict, unknown]\n    hosts: {ict: B2}")
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    (warning,) = [str(warning) for warning in load(scenario).warnings]
    assert warning.endswith("nobody recorded what else 'Diensten over en weer' does: it counts for ict only")


def test_merge_keys_and_anchors_of_yaml_work(scenario: Path) -> None:
    domains = load(scenario).scenario.domains
    assert domains["ict"].functions == domains["belastingen"].functions == 3
    assert domains["ict"].levies is False


def test_whole_country_loads_in_seconds(scenario: Path, folder: Path) -> None:
    lines = ["municipalities:"]
    for number in range(342):
        lines += [f"  GM{number:04}:", f"    name: Stad {number}", f"    population: {5000 + number}"]
        lines += ["    staff:", "      ict: 3.5", "      wmo: 12.25", "      belastingen: 4"]
        lines += ["    domain_motives:"]
        lines += [f"      {domain}: {{vulnerability: 1, quality: 1, cost: 2}}" for domain in ("ict", "wmo")]
    (folder / "region.yaml").write_text("\n".join(lines), encoding="utf-8")
    text = "name: Land\nmodel: pack\nregion: region.yaml\n"
    scenario.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    assert len(load(scenario).scenario.municipalities) == 342
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "scenarios").glob("*/scenario.yaml")),
    ids=lambda path: path.parent.name,
)
def test_shipped_scenario_is_valid_with_all_its_variants(path: Path) -> None:
    assert load_all(path)
