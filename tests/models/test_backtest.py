"""The back-test measures what it says: on scenarios small enough to work out."""

import re

import numpy as np
import pytest
from engine.test_rules import region

from benchmarks.backtest import Solved, connected_set, from_today, gains, shapes, working
from calibration.pairs import DOMAINS, Register
from regie_opt.engine import Options, solve
from regie_opt.schema.partnership import Partnership
from regie_opt.schema.rules import Apart, End, Together, Untouched
from regie_opt.worth.value import Worth

REGISTER = Register(("a", "b", "c"), {"1": frozenset("ab")}, dict.fromkeys(DOMAINS, frozenset({"1"})), frozenset())


@pytest.mark.parametrize("form", ["centrum", "ol_college", "dvo"])
def test_what_a_set_gains_is_what_the_best_plan_with_it_is_worth(form):
    scenario = region("abc", [form], ["ict"])
    free = [m.model_copy(update={"host_capacity": None}) for m in scenario.municipalities.values()]
    scenario = scenario.model_copy(update={"municipalities": dict(zip("abc", free, strict=True))})
    worth = Worth(scenario, scenario)
    found = gains(worth, np.array([[True, True, False], [True, True, True]]), "ict")
    rules = {
        "samen": Together(kind="together", members=("a", "b"), domains=("ict",)),
        "los": Apart(kind="apart", members=("b", "c")),
    }
    bound = scenario.model_copy(update={"rules": rules})
    pair = solve(bound, bound, Options()).certificate
    assert found[0] == pytest.approx(pair.value - pair.alone, abs=1e-9)
    rules = {"samen": Together(kind="together", members=("a", "b", "c"), domains=("ict",))}
    bound = scenario.model_copy(update={"rules": rules})
    three = solve(bound, bound, Options()).certificate
    assert found[1] == pytest.approx(three.value - three.alone, abs=1e-9)


def test_a_domain_that_no_form_may_carry_gains_nothing():
    scenario = region("abc", ["netwerk"], ["ict"])
    assert gains(Worth(scenario, scenario), np.ones((1, 3), dtype=bool), "ict")[0] == -np.inf


def test_a_random_set_hangs_together_and_stops_where_nobody_is_left():
    borders = np.zeros((6, 6), dtype=bool)
    for i, j in [(0, 1), (1, 2), (2, 3), (4, 5)]:
        borders[i, j] = borders[j, i] = True
    rng = np.random.default_rng(1)
    seen = {tuple(np.flatnonzero(connected_set(borders, 1, 3, rng))) for _ in range(60)}
    assert seen == {(0, 1, 2), (1, 2, 3)}
    assert connected_set(borders, 4, 5, rng).sum() == 2


def test_what_becomes_of_today_is_told():
    today = {
        "blijft": Partnership(name="b", form="ol_college", members=("a", "b"), domains=("ict",)),
        "stopt": Partnership(name="s", form="ol_college", members=("a", "c"), domains=("hrm",)),
    }
    scenario = region("abc", ["ol_college"], ["ict", "hrm"], partnerships=today)
    rules = {
        "weg": End(kind="end", partnership="stopt"),
        "rest": Untouched(kind="untouched", partnership="blijft"),
    }
    scenario = scenario.model_copy(update={"rules": rules})
    found = solve(scenario, scenario, Options())
    solved = Solved("hier", scenario, (tuple(working(found.partnerships)),), {}, found, 100.0)
    row = next(line for line in from_today([solved]).splitlines() if line.startswith("| hier"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:7] == ["1", "0", "0", "0", "0", "1"]
    assert re.search(r"forms +\| OL 100% +\| ol_college 100% ", shapes([solved], REGISTER, ["OL"]))
    assert all(len(one.members) > 1 for one in working(found.partnerships))
