"""The report of `robust` says what was not proven, what has no plan, and what may be chance."""

from pathlib import Path

import pytest

from regie_opt.loading import load
from regie_opt.report.render import render
from regie_opt.report.robust import robust_report
from regie_opt.schema.outcome import Outcome
from regie_opt.study.robust import Question, robustness

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


@pytest.fixture(scope="module")
def study():
    loaded = load(LEERSTAD)
    question = Question(loaded.scenario, loaded.base, 6)
    return question, question.nominal.run(), [task.run() for task in question.tasks]


def unproven(outcome: Outcome) -> Outcome:
    proof = outcome.certificate.model_copy(update={"status": "feasible", "gap": 0.125})
    return outcome.model_copy(update={"status": "feasible", "certificate": proof})


def text(study, nominal=None, outcomes=None, language="en", *, complete=False) -> str:
    question, first, found = study
    result = robustness(question, nominal or first, outcomes or found, "sha")
    sections = robust_report(question.scenario, result, language, complete=complete)
    return " ".join(render(sections, "csv" if complete else "table", language).split())


def test_a_proven_study_says_so_and_nothing_else(study):
    found = text(study)
    assert "6 proven optimal." in found
    assert "not proven" not in found


def test_what_is_not_proven_is_said(study):
    _, nominal, outcomes = study
    found = text(study, unproven(nominal), [unproven(outcomes[0]), *outcomes[1:]])
    assert "The proposal itself is not proven optimal (gap 12.50%)" in found
    assert "5 proven optimal, 1 not proven" in found
    assert "In 1 sample the best is not proven" in found


def test_samples_without_a_plan_are_told(study):
    _, _, outcomes = study
    none = [Outcome(status="infeasible", conflict=("buren",)), Outcome(status="unfinished")]
    found = text(study, outcomes=[*none, *outcomes[2:]])
    assert "in 2 no plan" not in found
    assert "4 proven optimal, in 1 no plan obeys the rules, 1 without a plan (out of time)" in found
    assert "best in" in found
    assert "of 4 samples" in found
    assert "buren" in text(study, outcomes=[*none, *outcomes[2:]], complete=True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_where_no_sample_has_a_plan_nothing_is_claimed(study, language):
    found = text(study, outcomes=[Outcome(status="unfinished")] * 6, language=language)
    assert ("No plan was found in any sample" if language == "en" else "In geen enkele steekproef") in found
    assert ("What stays" if language == "en" else "Wat blijft") not in found


def test_with_six_samples_no_assumption_is_said_to_decide(study):
    """The bound of chance is above 0.9 for 23 assumptions: nearly all stands in brackets."""
    question, nominal, outcomes = study
    result = robustness(question, nominal, outcomes, "sha")
    assert min(result.noise.values()) > 0.9
    strong = [c for c in result.correlations if c.rho is not None and abs(c.rho) > result.noise[c.target]]
    said = "No single assumption stands out from chance" in text(study)
    assert said == (not strong)


def test_files_for_programs_have_what_people_do_not_get(study):
    found = text(study, complete=True)
    for title in ("All samples", "Every plan in every sample", "What is in every plan", "Every pair by domain"):
        assert title in found
        assert title not in text(study)
