import math

import pytest

from regie_opt.report.numbers import change, number, percent, readable_decimals


def test_dutch_numbers_have_dots_between_thousands_and_a_decimal_comma():
    assert number(1234.5, 1, "nl") == "1.234,5"
    assert number(1234.5, 1, "en") == "1,234.5"


def test_a_rounded_away_number_has_no_sign():
    assert number(-0.00001, 2, "en") == "0.00"
    assert number(0.00001, 2, "en", signed=True) == "0.00"


def test_signed_numbers_show_a_gain():
    assert number(3, 0, "nl", signed=True) == "+3"
    assert number(-3, 0, "nl", signed=True) == "-3"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value):
    assert number(value, 2, "nl") == "-"


def test_percentages_follow_the_language():
    assert percent(0.1234, 1, "nl") == "12,3 %"
    assert percent(0.1234, 1, "en") == "12.3%"


def test_change_from_nothing_is_not_a_percentage():
    assert change(0, 5, "nl") == ""
    assert change(100, 80, "nl") == "-20 %"


def test_amounts_show_about_three_figures():
    assert readable_decimals(5210.4, 12.5) == 0
    assert readable_decimals(12.4, 0) == 1
    assert readable_decimals(1.23) == 2
    assert readable_decimals(0.123) == 3
    assert readable_decimals(3, 6) == 0
