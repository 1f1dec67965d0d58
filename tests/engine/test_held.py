"""Every kind of rule is held somewhere; another one is refused by whatever makes or judges a plan."""

from pathlib import Path
from typing import Literal, get_args

import pytest

from regie_opt.engine import Obeying, UnheldRule, export_programme, solve
from regie_opt.engine.held import HELD_BY, refuse_unheld
from regie_opt.schema.rules import Largest, Rule
from regie_opt.schema.scenario import Scenario
from regie_opt.schema.strict import Strict
from regie_opt.worth import Worth, today_plan

from .test_rules import region

ENGINE = Path(__file__).parents[2] / "src" / "regie_opt" / "engine"


class Odd(Strict):
    """A kind that nothing knows."""

    kind: Literal["odd"] = "odd"


class Larger(Largest):
    """A kind derived from one that is known: what it adds would be passed over."""


@pytest.fixture(params=[Odd(), Larger(kind="largest", members=2)], ids=["new", "derived"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return region("ab", ["bvo"], ["ict"], rules={"vreemd": request.param})


def test_every_kind_of_rule_is_held_somewhere():
    assert set(HELD_BY) == set(get_args(get_args(Rule)[0]))
    for kind, modules in HELD_BY.items():
        for module in (*modules, "obeying"):
            assert kind.__name__ in (ENGINE / f"{module}.py").read_text(encoding="utf-8"), f"{module}: {kind.__name__}"


def test_solve_refuses_a_kind_that_is_held_nowhere(scenario: Scenario):
    with pytest.raises(UnheldRule, match=r"'vreemd'.*allowed: contiguity"):
        solve(scenario, scenario)


def test_export_refuses_it(scenario: Scenario, tmp_path: Path):
    with pytest.raises(UnheldRule, match="'vreemd'"):
        export_programme(scenario, scenario, tmp_path / "all.mps")
    assert not list(tmp_path.iterdir())


def test_judging_a_plan_refuses_it(scenario: Scenario):
    """What `assess` and `explain` hold plans against."""
    obeying = Obeying(Worth(scenario, scenario))
    for judge in (obeying.broken, obeying.breaches):
        with pytest.raises(UnheldRule, match="'vreemd'"):
            judge(today_plan(scenario))


def test_known_kinds_pass():
    refuse_unheld({"groot": Largest(kind="largest", members=2)})
