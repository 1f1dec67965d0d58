import pytest

from regie_opt.report.blocks import in_blocks
from regie_opt.report.render import WIDTH, render
from regie_opt.report.table import Quantity, Table


def wide(columns, notes=("Note.",)):
    return Table(
        "Wide",
        ("Name", "today", *(f"variant_{n}" for n in range(columns))),
        (
            ("Burden of governing cooperation", Quantity(1), *(Quantity(1000 + n) for n in range(columns))),
            ("Sum", Quantity(2), *(Quantity(n) for n in range(columns))),
        ),
        notes,
        footers=1,
    )


def test_a_table_that_fits_stays_whole():
    table = wide(4)
    assert in_blocks(table, "en", fixed=2) == (table,)


@pytest.mark.parametrize("columns", [9, 20, 100])
def test_a_wide_table_becomes_parts_that_fit_and_lose_nothing(columns):
    table = wide(columns)
    parts = in_blocks(table, "nl", fixed=2)
    assert len(parts) > 1
    assert [h for part in parts for h in part.headers[2:]] == list(table.headers[2:])
    for r, row in enumerate(table.rows):
        assert [cell for part in parts for cell in part.rows[r][2:]] == list(row[2:])
        assert all(part.rows[r][:2] == row[:2] for part in parts)
    assert all(part.footers == 1 for part in parts)
    assert [part.notes for part in parts] == [()] * (len(parts) - 1) + [("Note.",)]
    assert parts[0].title == f"Wide (1/{len(parts)})"
    lines = render(parts, "table", "nl").splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert not any("variant_" in line and "variant_0" not in line and line.count("variant_") == 1 for line in lines)


def test_parts_are_about_as_wide():
    sizes = [len(part.headers) for part in in_blocks(wide(21), "en", fixed=2)]
    assert max(sizes) - min(sizes) <= 2


def test_one_column_wider_than_the_page_is_not_lost():
    table = Table("T", ("Name", "x" * 200, "y"), (("a", Quantity(1), Quantity(2)),))
    parts = in_blocks(table, "en")
    assert [part.headers[1:] for part in parts] == [("x" * 200,), ("y",)]
