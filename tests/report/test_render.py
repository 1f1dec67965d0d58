import csv
import io

import pytest

from regie_opt.report.assessment import Judged
from regie_opt.report.document import assessment_report, solution_report
from regie_opt.report.render import WIDTH, render
from regie_opt.report.table import Quantity, Table, Text

TABLE = Table("Title", ("Name", "Hours\nnow"), (("a | b", Quantity(1234.56, 1)), ("c", Quantity(2, 1))), ("Note.",))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_fits_a_terminal_of_120_columns(scenario, solution, language):
    text = render(solution_report(scenario, solution, language), "table", language)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "\u00a0" not in text
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_the_report_of_a_solution_has_its_chapters_in_order(scenario, solution):
    titles = [section.title for section in solution_report(scenario, solution, "nl")]
    assert titles == [
        "Vijfstromenland",
        "Kort",
        "Het voorstel",
        "Wat eindigt",
        "Wat gemeenten zelf blijven doen",
        "Wie wat wil: een aanname",
        "Criteria: nu en voorstel",
        "Uren per jaar, per gemeente en rol",
        "Netwerk",
        "Bewijs",
        "Wat deze cijfers niet bewijzen",
    ]


def test_the_languages_share_no_headings(scenario, solution):
    dutch, english = (
        {section.title for section in solution_report(scenario, solution, language)} for language in ("nl", "en")
    )
    assert dutch & english == {"Vijfstromenland"}


def test_the_title_names_variant_municipalities_and_domains(scenario, today):
    section = assessment_report(scenario.model_copy(update={"variant": "zuinig"}), Judged(today), "en")[0]
    assert section.lines[0] == "Variant: zuinig"
    assert section.lines[1].startswith("5 municipalities, 221,600 inhabitants: Nuenen, Gerwen en Nederwetten")


def test_plain_numbers_line_up_at_the_right():
    assert render([TABLE], "table", "nl").splitlines() == [
        "Title",
        "-----",
        "Name     Hours",
        "           now",
        "-----  -------",
        "a | b  1.234,6",
        "c          2,0",
        "",
        "Note.",
    ]


def test_a_long_word_is_cut_rather_than_the_table_widened():
    table = Table("T", ("A", "B", "C"), (("x" * 200, "y " * 100, "z " * 100),))
    assert max(map(len, render([table], "table", "nl").splitlines())) <= WIDTH


def test_markdown_keeps_bars_and_line_ends_inside_cells():
    text = render([TABLE, Text("Points", ("one", "two"), bullets=True)], "markdown", "en")
    assert "## Title" in text
    assert "a \\| b" in text
    assert "Hours<br>now" in text
    assert "1,234.6" in text
    assert "- one\n- two" in text


def test_csv_has_full_numbers_with_a_decimal_point_in_any_language():
    rows = list(csv.reader(io.StringIO(render([TABLE], "csv", "nl"))))
    assert rows == [["Title"], ["Name", "Hours now"], ["a | b", "1234.56"], ["c", "2"], ["Note."]]


def test_a_row_that_does_not_fit_its_headers_is_refused():
    with pytest.raises(ValueError, match="3 cells under 2 headers"):
        Table("T", ("A", "B"), (("1", "2", "3"),))


def test_a_table_without_rows_has_headers_only():
    assert render([Table("T", ("A", "B"), ())], "table", "en").splitlines()[2:] == ["A  B", "-  -"]
    assert "| A" in render([Table("T", ("A", "B"), ())], "markdown", "en")
