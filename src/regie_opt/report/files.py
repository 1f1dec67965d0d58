"""What goes to a file: the plan and other documents as JSON."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from regie_opt import __version__
from regie_opt.engine import ExportSummary, Solution
from regie_opt.report.wants import revealed_wants
from regie_opt.schema.plan import Plan, ScenarioStamp
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.shown import shown
from regie_opt.schema.strict import Strict


def plan_file(scenario: Scenario, sha256: str, solution: Solution) -> Plan:
    """Contents of `plan.json`.

    Same inputs give the same bytes but for `seconds`, which the contract asks for and no two runs share; the
    test that runs are alike compares everything else.
    """
    proof = solution.certificate
    return Plan(
        status=proof.status,
        value=proof.value,
        bound=proof.bound,
        gap=proof.gap,
        alone=proof.alone,
        candidates=proof.candidates,
        seconds=proof.seconds,
        criteria=solution.assessment.criteria,
        partnerships=solution.partnerships,
        municipalities=solution.assessment.municipalities,
        network=solution.assessment.network,
        today=solution.today,
        today_breaches=proof.today_breaches,
        revealed_wants=revealed_wants(scenario),
        scenario=ScenarioStamp(name=scenario.name, variant=scenario.variant, sha256=sha256, model=scenario.model),
        version=__version__,
    )


class ExportedProgramme(Strict):
    """What a program needs to know of an exported programme."""

    file: str
    columns: int
    rows: int
    sense: Literal["minimise"] = "minimise"
    constant: float
    scale: float
    """Value = constant - optimum / scale."""

    @classmethod
    def of(cls, summary: ExportSummary, path: Path) -> "ExportedProgramme":
        """Summary of the engine, with the file that it is about."""
        return cls(
            file=shown(str(path)),
            columns=summary.columns,
            rows=summary.rows,
            constant=summary.constant,
            scale=summary.scale,
        )


def to_json(document: BaseModel) -> str:
    """JSON in the order of the fields, with numbers in full."""
    return document.model_dump_json(indent=2, by_alias=True) + "\n"
