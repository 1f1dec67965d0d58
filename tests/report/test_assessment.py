import pytest

from regie_opt.report.assessment import Judged, criteria, headline, hours, network, region_months, total_hours
from regie_opt.report.naming import Naming
from regie_opt.report.table import Quantity
from regie_opt.report.words import Words
from regie_opt.schema.parameters import CRITERIA


@pytest.fixture
def naming(scenario):
    return Naming(scenario, Words("en"))


@pytest.fixture
def judged(today, proposed):
    return Judged(today, proposed)


def values(row):
    return [cell.value for cell in row if isinstance(cell, Quantity)]


def test_every_criterion_has_a_row_and_the_value_comes_last(judged, naming):
    table = criteria(judged, naming)
    assert len(table.rows) == len(CRITERIA) + 1
    assert table.rows[-1][0] == "Value"
    assert table.footers == 1


def test_a_criterion_shows_amounts_contributions_and_differences(judged, naming):
    row = criteria(judged, naming).rows[0]
    assert row[:2] == ("burden (en)", "weighted hours per year")
    assert values(row) == pytest.approx([0.5, 5210, 4100.5, -1109.5, -0.5, -0.3935, 0.1065])


def test_contributions_add_up_to_the_value(judged, naming):
    rows = criteria(judged, naming).rows
    columns = [values(row)[-3:] for row in rows]
    assert [sum(column) for column in zip(*columns[:-1], strict=True)] == pytest.approx(columns[-1])


def test_one_assessment_has_no_difference(today, naming):
    table = criteria(Judged(today=today), naming)
    assert table.headers[3:] == ("Amount\ntoday", "Contribution\ntoday")
    assert len(table.rows[0]) == 5


def test_nothing_to_judge_is_an_error():
    with pytest.raises(ValueError, match="neither"):
        Judged()


def test_hours_are_per_municipality_and_role_with_the_region_below(judged, naming):
    table = hours(judged, naming)
    assert values(table.rows[0]) == [100, 80, 50, 40, 1000, 800, 1150, 920, 3, 2]
    assert values(table.rows[-1]) == [500, 400, 250, 200, 5000, 4000, 5750, 4600]


def test_the_peak_and_the_season_are_named(judged, naming):
    notes = "\n".join(hours(judged, naming).notes)
    assert "today: June (270 hours); April to July: 720 hours, 63% of the year" in notes


def test_hours_are_priced_at_the_rates_of_the_model(judged, naming):
    # 5 municipalities x (100 x 90 + 50 x 30 + 1000 x 70) euro
    assert "402,500 euro per year today and 322,000 euro with the proposal" in hours(judged, naming).notes[-1]


def test_overload_is_named_where_there_is_any(judged, proposed, naming):
    assert hours(judged, naming).notes[0] == "More college hours than available, today: Ede (+12 hours)."
    assert not any("available" in note for note in hours(Judged(plan=proposed), naming).notes)


def test_the_network_is_one_line_a_plan(judged, naming):
    lines = network(judged, naming).lines
    assert len(lines) == 2
    assert lines[0].startswith("Today: 25% of the services")


def test_the_headline_gives_the_change_in_value_and_hours(today, proposed, naming):
    value, burden = headline(today, proposed, naming)
    assert value == "Value: 0.1719 today, 0.4923 with the proposal (+0.3204)."
    assert burden.endswith("5,750 today, 4,600 with the proposal (-20%).")


def test_months_add_up_over_roles(today):
    assert max(region_months(today.network)) == 270
    assert total_hours(today.municipalities[0]) == 1150


def test_hosts_that_would_balance_the_network_better_are_named(today, naming):
    better = today.network.model_copy(
        update={"reciprocity_attainable": 0.5, "hosts_attainable": {"p1": {"ict": "GM3"}}}
    )
    lines = network(Judged(today.model_copy(update={"network": better})), naming).lines
    assert lines[1].startswith("With other hosts 50% can be made reciprocal")
    assert lines[1].endswith("Barneveld: ICT.")
