import json

import pytest

from regie_opt.loading.writing import write_text
from regie_opt.report.files import plan_file, to_json
from regie_opt.schema.plan import Plan


def test_the_plan_file_has_the_keys_of_the_contract_in_order(scenario, solution):
    text = to_json(plan_file(scenario, "abc", solution))
    data = json.loads(text)
    assert list(data)[:7] == ["schema", "status", "value", "bound", "gap", "alone", "candidates"]
    assert data["schema"] == "regie-opt/plan/1"
    assert data["scenario"] == {"name": "Vijfstromenland", "variant": None, "sha256": "abc", "model": "nl"}
    assert list(data["criteria"][0]) == ["key", "amount", "unit", "reference", "weight", "contribution", "euro"]
    assert "schema_id" not in data
    assert "beëindigd" not in text
    assert text.startswith("{\n  ")
    assert text.endswith("}\n")


def test_numbers_survive_the_plan_file_in_full(scenario, solution):
    certificate = solution.certificate.model_copy(update={"value": 0.1 + 0.2})
    plan = plan_file(
        scenario,
        "abc",
        type(solution)(solution.partnerships, certificate, solution.assessment, solution.today),
    )
    assert Plan.model_validate_json(to_json(plan)) == plan
    assert json.loads(to_json(plan))["value"] == 0.1 + 0.2


def test_a_file_is_replaced_whole_and_leaves_no_traces(tmp_path):
    path = tmp_path / "plan.json"
    write_text(path, "oud\n")
    write_text(path, "beëindigd\n")
    assert path.read_bytes() == "beëindigd\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "plan.json"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "half \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
