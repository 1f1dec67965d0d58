"""Files of judgements: YAML and workbooks say the same, and what is wrong is told at its line or cell."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from regie_opt.loading import InputError, load
from regie_opt.loading.elicitation import load_elicitation
from regie_opt.schema.elicitation import ElicitationFile

SCENARIO = load(Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml").scenario

POINTS = """\
criteria:
  ranges:
    burden: {worst: 1200, best: 600}
    quality: {worst: 5, best: 10.5}
  swing:
    burden: 100
    quality: 40
domains:
  pairwise:
    - {more: ict, less: afval, times: 3}
"""


def from_yaml(folder: Path, text: str) -> ElicitationFile:
    path = folder / "e.yaml"
    path.write_text(text, encoding="utf-8")
    return load_elicitation(path, SCENARIO)


def from_sheets(folder: Path, **sheets: Sequence[Sequence[object]]) -> ElicitationFile:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        worksheet = workbook.create_sheet(title)
        for row in rows:
            worksheet.append(list(row))
    path = folder / "e.xlsx"
    workbook.save(path)
    return load_elicitation(path, SCENARIO)


def test_a_workbook_says_what_a_yaml_file_says(tmp_path: Path) -> None:
    written = from_yaml(tmp_path, POINTS)
    swing = [
        ["Oordelen van het college"],
        [],
        ["Criterium", "Slechtst", "Best", "Punten", "Toelichting"],
        ["Bestuurlijke en ambtelijke drukte", 1200, 600, 100, "uren"],
        ["quality", "5", "10,5", 40],
    ]
    pairs = [["more important", "less important", "times"], ["ICT and information", "Afval", 3]]
    assert from_sheets(tmp_path, Slagen=swing, Paren=pairs) == written
    assert written.criteria is not None
    assert written.criteria.ranges["quality"].best == 10.5


def test_points_of_domains_need_no_range(tmp_path: Path) -> None:
    rows = [["domein", "punten"], ["ict", 100], ["afval", 30]]
    found = from_sheets(tmp_path, Domeinen=rows)
    assert found.domains is not None
    assert found.domains.swing == {"ict": 100, "afval": 30}
    assert found.criteria is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("quality: 40", "qualty: 40", "e.yaml:7:5: criteria.swing: unknown key 'qualty'; nearest: 'quality'"),
        (
            "burden: 100",
            "burden: 101",
            "e.yaml:6:13: criteria.swing.burden: found 101, allowed: a number from 0 to 100",
        ),
        ("burden: 100", "burden: 90", "e.yaml:5:3: criteria.swing: the most important one has 90 points, allowed: 100"),
        ("worst: 1200, best: 600", "worst: 600, best: 1200", "e.yaml:3:5: criteria.ranges.burden: worst is 600"),
        ("worst: 5, best: 10.5", "worst: 10, best: 5", "but of quality more is better"),
        ("worst: 5, best: 10.5", "worst: 5, best: 5", "worst and best are both 5: there is no swing to judge"),
        ("    quality: {worst: 5, best: 10.5}\n", "", "found no range (worst, best) of quality"),
        ("    quality: 40\n", "", "'quality' is not judged; allowed: burden"),
        (
            "less: afval",
            "less: afvall",
            "e.yaml:10:25: domains.pairwise.0.less: unknown domain 'afvall'; nearest: 'afval'",
        ),
        ("less: afval", "less: ict", "'ict' is compared with itself"),
        ("times: 3", "times: 0.5", "e.yaml:10:39: domains.pairwise.0.times: found 0.5, allowed: a number from 1 to 9"),
        ("times: 3", "time: 3", "unknown key 'time'; nearest: 'times'"),
        (POINTS[POINTS.index("domains") :], "domains: {}\n", "domains: found no judgements, allowed: either `swing`"),
        (POINTS, "{}\n", "found no judgements, allowed: `criteria`, `domains`, or both"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in POINTS
    with pytest.raises(InputError) as caught:
        from_yaml(tmp_path, POINTS.replace(old, new))
    assert says in str(caught.value)


def test_every_pair_is_compared_once(tmp_path: Path) -> None:
    pairs = ["{more: ict, less: afval, times: 3}", "{more: afval, less: burgerzaken, times: 2}"]

    def told(*given: str) -> str:
        with pytest.raises(InputError) as caught:
            from_yaml(tmp_path, "domains:\n  pairwise:\n" + "".join(f"    - {pair}\n" for pair in given))
        return str(caught.value)

    assert "e.yaml:2:3: domains.pairwise: found no comparison of ict and burgerzaken" in told(*pairs)
    again = "{more: afval, less: ict, times: 2}"
    assert "'afval' and 'ict' are compared twice (first as number 1)" in told(pairs[0], again)


def test_both_methods_at_once_are_refused(tmp_path: Path) -> None:
    text = POINTS + "  swing: {ict: 100, afval: 50}\n"
    with pytest.raises(InputError, match="found both `swing` and `pairwise`"):
        from_yaml(tmp_path, text)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [["wat", "punten"], ["drukte", 100], ["ict", 50]],
            "sheet Blad, cell A2: unknown criterion or domain 'drukte'",
        ),
        (
            [["wat", "punten"], ["ict", 100], ["afval", "veel"]],
            "sheet Blad, cell B3: domains.swing.afval: found 'veel'",
        ),
        ([["wat", "punten"], ["ict", 100], ["afval", 120]], "cell B3: domains.swing.afval: found 120"),
        ([["wat", "punten"], ["ict", 100], ["afval", None]], "cell A3: found nothing under 'punten' in this row"),
        ([["wat", "punten"], ["ict", 100], ["ict", 50]], "cell A3: found 'ict' twice (first in cell A2)"),
        ([["wat", "slechtst", "pnten"], ["ict", 1, 100]], "found no heading 'punten'; nearest: 'punten'"),
        ([["more", "less", "times"], ["ict", "quality", 3]], "cell B2: 'ict' is a domain and 'quality' a criterion"),
        ([["more", "less", "times"], ["ict", "afval", 12]], "cell C2: domains.pairwise.0.times: found 12"),
        ([["iets", "anders"], [1, 2]], "found no sheet with judgements"),
    ],
)
def test_what_is_wrong_in_a_workbook_is_told_with_sheet_and_cell(
    tmp_path: Path, rows: Sequence[Sequence[object]], says: str
) -> None:
    with pytest.raises(InputError) as caught:
        from_sheets(tmp_path, Blad=rows)
    assert says in str(caught.value)
    assert "e.xlsx" in str(caught.value)


def test_a_text_file_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    path.write_text(POINTS, encoding="utf-8")
    with pytest.raises(InputError, match="found a text file, allowed: an Excel workbook"):
        load_elicitation(path, SCENARIO)
