"""What is typed into a cell: estimated parts, sums, two readings, units, digits, why a text is kept."""

from __future__ import annotations

import msgspec
import pytest

from judapp import messages
from judapp.domain import figure
from judapp.domain.entry import digits_of_row, from_cell, two_readings, typed, unreadable_because
from judapp.domain.figure import Figure, number, unreadable, words
from judapp.domain.period import Period
from judapp.domain.shape import Spot
from judapp.errors import JudappError
from judapp.messages import LANGUAGES, of_error
from judapp.text import clean
from tests.domain.builders import FINAL, H1, spot

COUNT = spot()
LEGAL_AID = spot(kind="decimal", scale=1)
NOTE = spot(kind="text")
PRELIMINARY_YEAR = Period(2026, "Y1")
MOST = 10**15 - 1
"""The largest whole number a spreadsheet keeps to the last digit."""


# estimates


@pytest.mark.parametrize("text", ["120+15", " 120 + 15 ", "+120+15", "120\n+15"])
@pytest.mark.parametrize("period", [H1, PRELIMINARY_YEAR])
def test_an_estimated_part_stands_behind_a_plus(text: str, period: Period) -> None:
    """03/2019/TT-BTP Điều 6: actual to 31/5 plus the estimate for June."""
    assert typed(text, COUNT, period) == number(135, 15)


def test_parts_of_an_estimate_are_read_like_any_number() -> None:
    assert typed("1.200+1.500", COUNT, H1) == number(2700, 1500)
    assert typed("1,5+0,5", LEGAL_AID, H1) == number(20, 5)


@pytest.mark.parametrize("period", [FINAL, Period(2026, "E06")])
def test_a_final_or_cumulative_round_takes_no_estimate(period: Period) -> None:
    with pytest.raises(JudappError) as raised:
        typed("120+15", COUNT, period)
    assert (raised.value.code, raised.value.params) == ("ENT-001", {"address": "Số việc", "text": "120+15"})
    assert "Gõ =120+15 để cộng" in of_error(raised.value)


@pytest.mark.parametrize("text", ["120+", "120+O5", "1+2+3", "120+0,5", "++5", "a+b"])
@pytest.mark.parametrize("period", [H1, FINAL])
def test_what_only_looks_like_an_estimate_is_kept_as_text(text: str, period: Period) -> None:
    assert typed(text, COUNT, period) == unreadable(text)


def test_two_numbers_that_fit_may_be_too_much_together() -> None:
    text = f"{MOST}+1"
    assert typed(text, COUNT, H1) == unreadable(text)
    assert typed(f"{MOST - 1}+1", COUNT, H1) == number(MOST, 1)


def test_a_plus_in_front_is_no_estimate() -> None:
    assert typed("+5", COUNT, FINAL) == number(5)


def test_an_estimate_stands_in_no_workbook_cell() -> None:
    assert from_cell("120+15", COUNT) == unreadable("120+15")


def test_a_bare_number_is_the_printed_one_and_keeps_the_estimated_part() -> None:
    """Ux study 4; what the number then contradicts is a finding (CEL-005), not a change."""
    former = number(135, 15)
    assert typed("140", COUNT, H1, former=former) == number(140, 15)
    assert typed("=100+40", COUNT, H1, former=former) == number(140, 15)
    assert typed("10", COUNT, H1, former=former) == number(10, 15)
    assert typed("120+0", COUNT, H1, former=former) == number(120, 0)
    assert typed("140", COUNT, FINAL, former=former) == number(140)
    for text in ("-", "..", "", "12O"):
        assert typed(text, COUNT, H1, former=former).estimate is None


@pytest.mark.parametrize(
    ("text", "estimate"),
    [("15", 15), ("1.500", 1500), ("=10+5", 15), ("-", 0), ("0", 0), ("200", 200), ("15 việc", 15)],
)
def test_the_estimated_layer_changes_that_part_alone(text: str, estimate: int) -> None:
    for former in (number(135), number(135, 7)):
        assert typed(text, COUNT, H1, former=former, layer="estimated") == number(135, estimate)


@pytest.mark.parametrize("text", ["", " ", "..", "…", "chưa có số liệu"])
def test_nothing_typed_takes_the_estimated_part_away(text: str) -> None:
    assert typed(text, COUNT, H1, former=number(135, 15), layer="estimated") == number(135)
    for former in (figure.EMPTY, figure.NIL, figure.PENDING, unreadable("12O")):
        assert typed(text, COUNT, H1, former=former, layer="estimated") == former


@pytest.mark.parametrize("text", ["12O", "⊘", "120+15", "=1/3", "0,5", "1" * 16])
def test_a_figure_has_no_place_for_an_estimated_part_that_is_no_number(text: str) -> None:
    with pytest.raises(JudappError) as raised:
        typed(text, COUNT, H1, former=number(135, 15), layer="estimated")
    assert (raised.value.code, raised.value.params) == ("ENT-004", {"address": "Số việc", "text": text})


@pytest.mark.parametrize("former", [figure.EMPTY, figure.NIL, figure.PENDING, unreadable("12O")])
def test_an_estimated_part_needs_a_figure_it_is_part_of(former: Figure) -> None:
    with pytest.raises(JudappError, match="ENT-003"):
        typed("15", COUNT, H1, former=former, layer="estimated")


@pytest.mark.parametrize("period", [FINAL, Period(2026, "E06")])
@pytest.mark.parametrize("text", ["15", "", "-"])
def test_a_final_or_cumulative_round_has_no_estimated_layer(text: str, period: Period) -> None:
    with pytest.raises(JudappError, match="ENT-005"):
        typed(text, COUNT, period, former=number(135), layer="estimated")


def test_words_have_no_estimated_part() -> None:
    former = words("theo Quyết định 12")
    assert typed("", NOTE, H1, former=former, layer="estimated") == former
    with pytest.raises(JudappError, match="ENT-003"):
        typed("15", NOTE, H1, former=former, layer="estimated")


# arithmetic


@pytest.mark.parametrize(
    ("text", "of", "meant"),
    [
        ("=12+30*2", COUNT, number(72)),
        ("=120+15", COUNT, number(135)),
        ("= 1.234 + 1", COUNT, number(1235)),
        ("=7/2", LEGAL_AID, number(35)),
        ("=1,5+0,5", LEGAL_AID, number(20)),
        ("=5-8", COUNT, number(-3)),
        ("=7/2", COUNT, unreadable("=7/2")),
        ("=1/3", LEGAL_AID, unreadable("=1/3")),
        ("=1/0", COUNT, unreadable("=1/0")),
        ("=1.234*2", LEGAL_AID, unreadable("=1.234*2")),
        ("=50%", COUNT, unreadable("=50%")),
        ("=999999*999999*999999", COUNT, unreadable("=999999*999999*999999")),
        ("=1+\u202e2", COUNT, unreadable("=1+\ufffd2")),
        ("=", COUNT, unreadable("=")),
        ("=1+2", NOTE, words("=1+2")),
    ],
)
def test_a_sum_behind_an_equals_sign_is_reckoned_exactly_or_kept(text: str, of: Spot, meant: Figure) -> None:
    """Never rounded; in final rounds as in preliminary ones."""
    assert typed(text, of, H1) == typed(text, of, FINAL) == meant


def test_a_workbook_cell_is_never_reckoned() -> None:
    assert from_cell("=1+2", COUNT) == unreadable("=1+2")


# two readings


@pytest.mark.parametrize(
    ("text", "as_grouped", "as_decimal"),
    [
        ("1.234", number(12340), unreadable("1.234")),
        ("1.500", number(15000), number(15)),
        ("1,500", number(15000), number(15)),
        ("1.500 việc", number(15000), number(15)),
        ("=1.500*2", number(30000), number(30)),
        ("1.500+2.500", number(40000, 25000), number(40, 25)),
    ],
)
def test_what_has_two_readings_is_read_as_the_person_says(
    text: str, as_grouped: Figure, as_decimal: Figure
) -> None:
    assert typed(text, LEGAL_AID, H1) == unreadable(text)
    assert typed(text, LEGAL_AID, H1, numbers="grouped") == as_grouped
    assert typed(text, LEGAL_AID, H1, numbers="decimal") == as_decimal
    asked = two_readings(text, LEGAL_AID)
    assert asked is not None
    assert asked.grouped in (1234, 1500)
    assert two_readings(text, COUNT) is None


@pytest.mark.parametrize("text", ["1,5", "1.234.567", "12O", "", "-", "0.123", "1.234,5"])
def test_nothing_is_asked_about_what_has_one_reading(text: str) -> None:
    assert two_readings(text, LEGAL_AID) is None
    assert two_readings("1.234", NOTE) is None


# units and the keyboard


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("120 việc", number(120)),
        ("120việc", number(120)),
        ("1.234 VIỆC", number(1234)),
        ("1 234 567 viec", number(1234567)),
        ("(5) việc", number(-5)),
        ("120+15 việc", number(135, 15)),
        ("120 vụ", unreadable("120 vụ")),
        ("5 tr", unreadable("5 tr")),
        ("việc", unreadable("việc")),
        ("việc 120", unreadable("việc 120")),
        ("120 việc việc", unreadable("120 việc việc")),
        ("12O việc", unreadable("12O việc")),
        ("120 việc 5", unreadable("120 việc 5")),
        ("1.000 đồng", unreadable("1.000 đồng")),
    ],
)
def test_the_cells_own_unit_may_stand_behind_a_number_and_no_other(text: str, meant: Figure) -> None:
    assert typed(text, COUNT, H1) == meant


def test_a_number_of_thousands_is_none_of_units() -> None:
    money = msgspec.structs.replace(COUNT, unit="nghìn đồng")
    assert typed("12 nghìn đồng", money, H1) == number(12)
    assert typed("12 đồng", money, H1) == unreadable("12 đồng")
    assert typed("12 đồng", msgspec.structs.replace(COUNT, unit=None), H1) == unreadable("12 đồng")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("ăêô", "134"),
        ("ăâêô\u0300\u0309\u0303\u0301\u0323đ", "1234567890"),
        (" ăđ ", "10"),
        ("đ", "0"),
        ("\u0301\u0301", "88"),
        ("â\u0300", "25"),
        ("", ""),
        ("đê", ""),
        ("ầ", ""),
        ("ậ\u0300", ""),
        ("ă1", ""),
        ("ăn", ""),
        ("ă.âêô", ""),
        ("Ă", ""),
        ("a\u0306", ""),
        ("ă" * 16, ""),
        ("134", ""),
    ],
)
def test_letters_of_the_vietnamese_number_row_are_read_as_digits(text: str, digits: str) -> None:
    """CEL-004. Only where every sign is one of the row's; a word that could be one is none."""
    assert digits_of_row(text) == digits
    if clean(text) and text != "134":
        assert typed(text, COUNT, H1) == from_cell(text, COUNT) == unreadable(clean(text))


# more than a spreadsheet keeps


@pytest.mark.parametrize(
    "text", ["1" + "0" * 16, "1" + "0" * 15, "1234567890123456", "-1.000.000.000.000.000"]
)
def test_more_digits_than_a_spreadsheet_keeps_are_no_figure(text: str) -> None:
    """Promise 3: 15 significant digits, more is a finding."""
    assert typed(text, COUNT, H1) == unreadable(text)


def test_fifteen_digits_are_a_figure_with_decimals_or_without() -> None:
    assert typed("9" * 15, COUNT, H1) == number(10**15 - 1)
    assert typed(f"{'9' * 14},9", LEGAL_AID, H1) == number(10**15 - 1)
    assert typed("9" * 15, LEGAL_AID, H1) == number((10**15 - 1) * 10)
    assert typed(f"{'9' * 15},9", LEGAL_AID, H1) == unreadable(f"{'9' * 15},9")


@pytest.mark.parametrize(
    ("text", "of", "code"),
    [
        ("12O", COUNT, "CEL-001"),
        ("=1+", COUNT, "CEL-001"),
        ("120+O5", COUNT, "CEL-001"),
        ("ăêô", COUNT, "CEL-001"),  # kept although it could be read
        ("1,5", COUNT, "CEL-002"),
        ("120+0,5", COUNT, "CEL-002"),
        ("1.234", LEGAL_AID, "CEL-013"),
        ("1.234", COUNT, "CEL-013"),  # of a workbook
        ("=1.234*2", LEGAL_AID, "CEL-013"),
        ("1" * 16, COUNT, "CEL-010"),
        (f"{MOST}+1", COUNT, "CEL-010"),
        ("=1/0", COUNT, "CEL-011"),
        ("=1/3", COUNT, "CEL-012"),
        ("=7/20", LEGAL_AID, "CEL-012"),
    ],
)
def test_a_kept_text_says_why_it_is_no_figure(text: str, of: Spot, code: str) -> None:
    found, params = unreadable_because(text, of)
    assert found == code
    for lang in LANGUAGES:
        assert text in messages.text(found, lang, **params)
