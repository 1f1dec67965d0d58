"""A plan from its file: one that `solve` wrote, or one written by hand."""

import json
from collections.abc import Container
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from regie_opt.loading.checks import plan_faults
from regie_opt.loading.files import read_bytes, read_tree
from regie_opt.loading.problems import InputError, Problem, distinct
from regie_opt.loading.references import as_meant
from regie_opt.loading.shape import shape_of
from regie_opt.loading.validation import validate
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlanFile
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.text import forbidden, tidy


def load_plan(path: Path, scenario: Scenario | None = None) -> PlanFile:
    """Load the plan in a .json or .yaml file; with a scenario also checked against its codes and keys.

    Raises InputError with everything that is wrong.
    """
    raw = read_bytes(path)
    plan = _quickly(raw, path)
    if plan is not None and (scenario is None or not any(plan_faults(plan, scenario))):
        return _new(plan, {i for i, q in enumerate(plan.partnerships) if "continues" in q.model_fields_set})
    root = read_tree(raw, path)
    if scenario is not None:
        known = {"municipalities": scenario.municipalities, "domains": (*scenario.domains, UNKNOWN)}
        known |= {"forms": scenario.forms, "partnerships": scenario.partnerships}
        root = as_meant(root, shape_of(PlanFile), known)
    plan, problems = validate(root, PlanFile)
    if plan is not None and scenario is not None:
        for finding in plan_faults(plan, scenario):
            node = root.find(finding.path) or root
            problems.append(Problem(node.at, finding.path, finding.message))
    if plan is None or problems:
        raise InputError(distinct(problems))
    entries = range(len(plan.partnerships))
    return _new(plan, {i for i in entries if root.find(("partnerships", i, "continues")) is not None})


def _new(plan: PlanFile, said: Container[int]) -> PlanFile:
    """The plan in which `continues: null` says that a partnership is new; only some say what they continue."""
    partnerships = tuple(
        q.model_copy(update={"origin": "new"}) if i in said and q.continues is None and q.origin is None else q
        for i, q in enumerate(plan.partnerships)
    )
    return plan.model_copy(update={"partnerships": partnerships})


def _quickly(raw: bytes, path: Path) -> PlanFile | None:
    """Read a correct JSON plan without positions, which take time; None for all else."""
    if path.suffix != ".json":
        return None
    try:
        text = raw.decode("utf-8-sig")
        if (
            "\\" in text or forbidden(text) or tidy(text) != text.strip()
        ):  # characters that may have to be refused at their place
            return None
        data = json.loads(text, object_pairs_hook=_without_duplicates)
        return PlanFile.model_validate_json(json.dumps(data), strict=True)
    except (ValueError, RecursionError, ValidationError):
        return None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError
    return entries
