import json

import pytest

from regie_opt.report.document import solution_report
from regie_opt.report.files import plan_file, to_json
from regie_opt.report.render import render
from regie_opt.schema.parameters import Wants

from .conftest import ASSUMED

TITLES = {"nl": "Wie wat wil: een aanname", "en": "Who wants what: an assumption"}


def with_wants(scenario, **given):
    wants = {"taking_part": 2.0, "staying_out": 0.6, "revealed": 1.0, **given}
    return scenario.model_copy(update={"wants": Wants(sources=ASSUMED, **wants)})


def told(scenario, solution, language):
    sections = {section.title: section for section in solution_report(scenario, solution, language)}
    found = sections.get(TITLES[language])
    return " ".join(found.lines) if found else None


def in_json(scenario, solution):
    return json.loads(to_json(plan_file(scenario, "abc", solution)))["revealed_wants"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_takes_part_today_is_said_to_want_it_more_and_how_to_do_without(scenario, solution, language):
    text = told(scenario, solution, language)
    times, less = {"nl": ("2 keer", "0,6 keer"), "en": ("2 times", "0.6 times")}[language]
    for part in (times, less, "--set wants.revealed=0.5", "wants.revealed=0 ", "motives"):
        assert part in text
    markdown = render(solution_report(scenario, solution, language), "markdown", language)
    assert f"## {TITLES[language]}" in markdown


@pytest.mark.parametrize(
    ("revealed", "shown"),
    [(1.0, ("2 times", "0.6 times", "now 1)")), (0.5, ("1.41 times", "0.77 times", "now 0.5)"))],  # 2^0.5 and 0.6^0.5
)
def test_the_document_has_the_factors_that_the_report_tells(scenario, solution, revealed, shown):
    scenario = with_wants(scenario, revealed=revealed)
    assert in_json(scenario, solution) == {
        "taking_part": pytest.approx(2.0**revealed),
        "staying_out": pytest.approx(0.6**revealed),
        "revealed": revealed,
    }
    text = told(scenario, solution, "en")
    assert all(part in text for part in shown)


def nobody_takes_part(scenario):
    """Left are what the law imposes, a table beside the work, and what nobody recorded."""
    silent = {key: scenario.partnerships[key] for key in ("vr", "table", "mystery")}
    return scenario.model_copy(update={"partnerships": silent})


@pytest.mark.parametrize("make", [lambda scenario: with_wants(scenario, revealed=0.0), nobody_takes_part])
def test_nothing_is_said_where_today_says_nothing_or_is_not_asked(scenario, solution, make):
    scenario = make(scenario)
    assert told(scenario, solution, "nl") is None
    assert told(scenario, solution, "en") is None
    assert in_json(scenario, solution) is None
