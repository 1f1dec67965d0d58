"""CSV that a spreadsheet opens by double click, and that runs nothing."""

from typing import Literal

import pytest

from regie_opt.loading.csv_text import csv_file, csv_text, guarded


@pytest.mark.parametrize(("language", "text"), [("nl", "\ufeffFryslân;1,5;'=1+1\n"), ("en", "Fryslân,1.5,'=1+1\n")])
def test_a_file_is_as_the_spreadsheets_of_its_language_have_it(language: Literal["nl", "en"], text: str) -> None:
    assert csv_file(csv_text([("Fryslân", 1.5, "=1+1")], language), language) == text


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+a", "-2+3", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1.234,5", "+3 %", "-", "gewoon", "", "a=b"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
