"""Weights from judgements: against Saaty's examples and figures worked out by hand."""

from pathlib import Path

import pytest

from regie_opt.loading import load
from regie_opt.schema.elicitation import CriteriaJudgements, DomainJudgements, ElicitationFile, Judgement, Range
from regie_opt.study.ahp import Comparisons
from regie_opt.study.elicit import elicited, settings
from regie_opt.worth.value import Worth

LEERSTAD = load(
    Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml",
    sets=("criteria.burden.weight=1", "criteria.quality.weight=0.12", "criteria.cost.weight=1"),
)

HOUSE = {
    "size": [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    "transport": [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    "neighbourhood": [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    "age": [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    "yard": [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    "modern": [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    "condition": [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    "finance": [4, 7, 5, 8, 6, 6, 2, 1],
}
"""Buying a house: Saaty, How to make a decision, European Journal of Operational Research 48 (1990), table 2."""


def compared(matrix: dict[str, list[float]]) -> Comparisons:
    names = tuple(matrix)
    judged = {(a, b): matrix[a][j] for i, a in enumerate(names) for j, b in enumerate(names) if i < j}
    return Comparisons.of(judged, names)


def test_saatys_house_has_his_priorities_and_consistency():
    house = compared(HOUSE)
    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert list(house.priorities.values()) == pytest.approx(published, abs=6e-4)
    assert house.eigenvalue == pytest.approx(9.669, abs=1e-3)
    assert house.consistency_index == pytest.approx(0.238, abs=1e-3)
    assert house.consistency_ratio == pytest.approx(0.169, abs=1e-3)


def test_in_saatys_house_the_condition_of_the_house_contradicts_its_neighbourhood():
    worst = compared(HOUSE).worst
    assert worst is not None
    assert {worst.names[0], worst.names[2]} == {"neighbourhood", "condition"}
    assert worst.direct == 6
    assert worst.implied < 0.2


def test_three_names_by_hand():
    # Of three names the eigenvector is that of geometric means: 15^(1/3), 1 and (1/15)^(1/3), and the eigenvalue is
    # 1 + t + 1/t with t = (3 x 3 / 5)^(1/3) = 1.21644.
    three = Comparisons.of({("a", "b"): 3, ("b", "c"): 3, ("a", "c"): 5}, ("a", "b", "c"))
    assert three.priorities == pytest.approx({"a": 0.63699, "b": 0.25828, "c": 0.10473}, abs=1e-5)
    assert three.eigenvalue == pytest.approx(3.03851, abs=1e-5)
    assert three.consistency_index == pytest.approx(0.019256, abs=1e-5)
    assert three.consistency_ratio == pytest.approx(0.019256 / 0.58, abs=1e-5)


def test_judgements_that_agree_contradict_nothing():
    agreed = Comparisons.of({("a", "b"): 2, ("c", "b"): 1 / 3, ("a", "c"): 6}, ("a", "b", "c"))
    assert agreed.priorities == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})
    assert agreed.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert agreed.worst is None


def test_two_names_cannot_contradict_each_other():
    two = Comparisons.of({("a", "b"): 9}, ("a", "b"))
    assert (two.priorities["a"], two.consistency_ratio, two.worst) == (pytest.approx(0.9), 0.0, None)


def swings(**points: float) -> ElicitationFile:
    """Burden from its reference to half of it, quality from none to all of its reference."""
    references = Worth(LEERSTAD.scenario, LEERSTAD.base).references
    ranges = {
        "burden": Range(worst=references["burden"], best=references["burden"] / 2),
        "quality": Range(worst=0, best=references["quality"]),
    }
    return ElicitationFile(criteria=CriteriaJudgements(ranges=ranges, swing=points))


def test_points_account_for_the_length_of_the_swing():
    # At stake now: 1 x 0.5 + 0.12 x 1 = 0.62, two thirds of it for half a reference of burden, one for all of quality.
    (found,) = elicited(swings(burden=100, quality=50), LEERSTAD.scenario, LEERSTAD.base)
    assert found.priorities == pytest.approx({"burden": 2 / 3, "quality": 1 / 3})
    assert found.swings == pytest.approx({"burden": 0.5, "quality": 1.0})
    assert found.weights == pytest.approx({"burden": 0.62 * 2 / 3 / 0.5, "quality": 0.62 / 3})


def test_points_that_say_what_the_weights_say_change_nothing():
    # Burden is worth 1 x 0.5 = 0.5 over its swing, quality 0.12: 100 points against 24.
    (found,) = elicited(swings(burden=100, quality=24), LEERSTAD.scenario, LEERSTAD.base)
    assert found.weights == pytest.approx(found.before)


def test_pairs_without_ranges_are_about_whole_references():
    pairs = (Judgement(more="quality", less="cost", times=4),)
    file = ElicitationFile(criteria=CriteriaJudgements(pairwise=pairs))
    (found,) = elicited(file, LEERSTAD.scenario, LEERSTAD.base)
    # Together 0.12 + 1 = 1.12, as now.
    assert found.weights == pytest.approx({"quality": 1.12 * 4 / 5, "cost": 1.12 / 5})


def test_weights_of_domains_keep_their_mean():
    file = ElicitationFile(domains=DomainJudgements(swing={"ict": 100, "afval": 25}))
    (found,) = elicited(file, LEERSTAD.scenario, LEERSTAD.base)
    assert found.weights == pytest.approx({"ict": 1.6, "afval": 0.4})
    assert settings((found,)) == {("domains", "ict", "weight"): 1.6, ("domains", "afval", "weight"): 0.4}
