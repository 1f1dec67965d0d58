import csv
import io
from pathlib import Path

import pytest

from regie_opt import engine
from regie_opt.loading import load_all
from regie_opt.report.comparison import comparison_report
from regie_opt.report.render import WIDTH, render
from regie_opt.report.table import Quantity, Table, Text
from regie_opt.study import Study
from regie_opt.study.comparison import compare

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


@pytest.fixture(scope="module")
def compared():
    """Where Noordwolde wants cheaper taxes too, `licht` has the plan of the scenario."""
    files = [load_all(LEERSTAD, sets=("municipalities.noordwolde.domain_motives.belastingen.cost=1",))]
    with Study() as study:
        return files[0][0].scenario, compare(files, engine.Options(), study)


def report(compared, language="nl", **more):
    scenario, comparison = compared
    return {section.title: section for section in comparison_report(scenario, comparison, language, **more)}


def row_of(table, name):
    return next(row for row in table.rows if row[0] == name)


def marked(row):
    return [cell.best for cell in row if isinstance(cell, Quantity)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_a_terminal_and_has_its_chapters(compared, language):
    text = render(comparison_report(*compared, language), "table", language)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "\u00a0" not in text
    first = text.index("nu  " if language == "nl" else "today  ")
    assert first < text.index("een_stap", first)


def test_today_is_the_first_column_and_the_best_has_a_mark(compared):
    table = report(compared)["Criteria naast elkaar"]
    assert table.headers[2:] == ("nu", "scenario", "licht", "wederkerig", "een_stap")
    assert marked(row_of(table, "Bestuurlijke en ambtelijke drukte")) == [True, False, False, False, False]
    assert marked(row_of(table, "Waarde in het scenario")) == [False, True, True, False, False]
    assert marked(row_of(table, "Overbelasting van het college")) == [False] * 5
    plain = render([table], "table", "nl")
    assert "* 1.236" in plain
    markdown = render([table], "markdown", "nl")
    assert "**1.236**" in markdown
    assert "* 1.236" not in markdown


def test_the_best_never_reads_like_one_that_is_not(compared):
    for table in report(compared).values():
        if isinstance(table, Table):
            for row in table.rows:
                cells = [cell for cell in row if isinstance(cell, Quantity)]
                best = {round(cell.value, cell.decimals) for cell in cells if cell.best}
                assert not best & {round(cell.value, cell.decimals) for cell in cells if not cell.best} or (
                    table.title == "Uren per jaar, per gemeente"
                )


def test_gain_over_today_is_by_the_weights_of_each_column(compared):
    table = report(compared, "en")["By each column's own weights"]
    now, plan, gain = (row_of(table, name) for name in ("Value of today", "Value of the plan", "Gain over today"))
    for today, value, difference in zip(now[1:], plan[1:], gain[1:], strict=True):
        assert difference.value == pytest.approx(value.value - today.value)
    assert len({round(cell.value, 6) for cell in now[1:]}) == 2  # `licht` weighs burden twice
    assert not any(cell.best for row in table.rows for cell in row[1:])
    assert [cell.value for cell in row_of(table, "Weight: Reciprocity")[1:]] == [0.05, 0.05, 2, 0.05]


def test_partnerships_are_told_by_how_many_plans_have_them(compared):
    sections = report(compared, "en")
    everywhere = [row[0] for row in sections["Partnerships in all plans"].rows]
    assert [name.partition("\n")[0] for name in everywhere] == [
        "Afvalschap Noordwolde-Rietdam",
        "Belastingen (Leerstad (verzonnen) c.s.)",
    ]
    assert [row[-1] for row in sections["Partnerships in some plans"].rows] == ["scenario\u00a0· licht"]
    assert sorted(row[-1] for row in sections["Partnerships in one plan"].rows) == [
        "een_stap",
        "een_stap",
        "wederkerig",
        "wederkerig",
    ]


def test_one_and_the_same_plan_is_told_once_among_those_who_change_sides(compared):
    sections = report(compared, "en")
    assert "One and the same plan: scenario\u00a0· licht." in sections["In short"].lines
    assert sections["Who changes sides from today"].headers[1:] == ("scenario", "wederkerig", "een_stap")
    whole = report(compared, "en", complete=True)["Who changes sides from today"]
    assert whole.headers[1:] == ("scenario", "licht", "wederkerig", "een_stap")


def test_hours_of_every_municipality_add_up_to_the_region(compared):
    table = report(compared)["Uren per jaar, per gemeente"]
    assert len(table.rows) == 5 + table.footers
    region = row_of(table, "Regio")
    for column in range(1, 6):
        assert sum(row[column].value for row in table.rows[:5]) == pytest.approx(region[column].value)
        roles = [row_of(table, f"daarvan {role}")[column].value for role in ("college", "raad", "ambtelijk")]
        assert sum(roles) == pytest.approx(region[column].value)


def test_csv_has_whole_tables_with_the_best_in_a_column_of_its_own(compared):
    scenario, comparison = compared
    text = render(comparison_report(scenario, comparison, "en", complete=True), "csv", "en")
    rows = list(csv.reader(io.StringIO(text)))
    burden = next(row for row in rows if row and row[0] == "Burden of governing cooperation")
    assert [float(cell) for cell in burden[2:7]] == pytest.approx(list(comparison.rows[0].amounts.values()))
    assert burden[-1] == "today"
    assert ["College hours by municipality"] in rows


def many(compared, count):
    """The comparison with as many variants as there are names, all with the plan of the first."""
    scenario, comparison = compared
    like = comparison.column("variant:licht")
    names = [f"variant_{n:02d}" for n in range(count)]
    columns = [like.model_copy(update={"key": f"variant:{name}", "variant": name}) for name in names]
    rows = [
        row.model_copy(update={"amounts": {**row.amounts, **{c.key: row.amounts["variant:licht"] for c in columns}}})
        for row in comparison.rows
    ]
    return scenario, comparison.model_copy(update={"columns": (*comparison.columns, *columns), "rows": tuple(rows)})


def test_many_variants_come_in_parts_each_with_today(compared):
    scenario, comparison = many(compared, 30)
    sections = comparison_report(scenario, comparison, "nl")
    parts = [s for s in sections if s.title.startswith("Criteria naast elkaar (")]
    assert len(parts) > 3
    assert all(part.headers[2] == "nu" for part in parts)
    assert max(map(len, render(parts, "table", "nl").splitlines())) <= WIDTH
    whole = [
        s for s in comparison_report(scenario, comparison, "nl", complete=True) if s.title == "Criteria naast elkaar"
    ]
    assert len(whole[0].headers) == 2 + 35 + 1


def test_a_column_without_a_plan_says_why_and_has_dashes(compared):
    scenario, comparison = compared
    broken = [
        c.model_copy(update={"status": "infeasible", "conflict": ("weg", "blijft"), "value": None, "criteria": ()})
        if c.variant == "licht"
        else c
        for c in comparison.columns
    ]
    rows = [
        row.model_copy(
            update={
                "amounts": {k: v for k, v in row.amounts.items() if k != "variant:licht"},
                "best": tuple(k for k in row.best if k != "variant:licht"),
            }
        )
        for row in comparison.rows
    ]
    found = comparison.model_copy(update={"columns": tuple(broken), "rows": tuple(rows)})
    text = render(comparison_report(scenario, found, "en"), "table", "en")
    assert "- licht: no plan: these rules cannot all hold: weg · blijft" in text
    burden = next(line for line in text.splitlines() if line.startswith("Burden of governing"))
    assert burden.split()[-6:] == ["*", "1,236", "1,476", "-", "1,751", "1,875"]


def test_an_unproven_plan_is_said_to_be_unproven(compared):
    scenario, comparison = compared
    columns = [
        c.model_copy(update={"status": "feasible", "gap": 0.004}) if c.variant == "licht" else c
        for c in comparison.columns
    ]
    found = comparison.model_copy(update={"columns": tuple(columns)})
    short = next(s for s in comparison_report(scenario, found, "nl") if isinstance(s, Text) and s.title == "Kort")
    assert "Niet bewezen, het beste plan dat in de tijd is gevonden: licht." in short.lines
    text = render(comparison_report(scenario, found, "nl"), "table", "nl")
    assert "hooguit 0,40 %" in " ".join(text.split())
