"""From what was typed or stands in a workbook to a figure: nothing lost, nothing guessed (promise 7)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain import figure
from judapp.domain.entry import asked_of_cell, from_cell, is_nothing, typed, unreadable_because
from judapp.domain.figure import Figure, State, number, unreadable, words
from judapp.domain.number import INT64_MAX, format_vi, unscaled
from judapp.domain.shape import Spot
from judapp.errors import JudappError
from judapp.text import clean
from tests.domain.builders import FINAL, H1, spot

COUNT = spot()
LEGAL_AID = spot(kind="decimal", scale=1)
NOTE = spot(kind="text")
MOST = 10**15 - 1
"""The largest whole number a spreadsheet keeps to the last digit."""


# signs


@given(st.text(alphabet=" \t\u00a0\u00ad\u200b\u200e\u200f\u202e\ufeff\u00001-", max_size=4))
def test_a_text_says_nothing_exactly_where_it_leaves_the_cell_unanswered(text: str) -> None:
    assert is_nothing(text) == (typed(text, COUNT, H1) == figure.EMPTY)


@pytest.mark.parametrize("read", [lambda text: typed(text, COUNT, H1), lambda text: from_cell(text, COUNT)])
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", figure.EMPTY),
        ("  \u00a0 ", figure.EMPTY),
        ("\u200b", figure.EMPTY),
        ("-", figure.NIL),
        (" – ", figure.NIL),
        ("—", figure.NIL),
        ("−", figure.NIL),
        ("Không phát sinh", figure.NIL),
        ("..", figure.PENDING),
        ("...", figure.PENDING),
        ("…", figure.PENDING),
        ("……", figure.PENDING),
        ("chưa có số liệu", figure.PENDING),
        ("⊘", figure.OUT_OF_REMIT),
        ("KHÔNG THUỘC THẨM QUYỀN", figure.OUT_OF_REMIT),
        ("ngoài thẩm quyền", figure.OUT_OF_REMIT),
        ("0", number(0)),
        ("1.234.567", number(1234567)),
        (" 12 ", number(12)),
        ("(5)", number(-5)),
        ("12O", unreadable("12O")),
        (".", unreadable(".")),
        ("--", unreadable("--")),
        ("khoảng 20", unreadable("khoảng 20")),
        ("1,5", unreadable("1,5")),
        ("12  15", unreadable("12 15")),
        ("NaN", unreadable("NaN")),
        ("inf", unreadable("inf")),
        ("1e5", unreadable("1e5")),
        ("1\x002", unreadable("1\ufffd2")),
        ("12\ud800", unreadable("12\ufffd")),
        ("٣٤", unreadable("٣٤")),
        ("१२", unreadable("१२")),
        ("12\u202e34", unreadable("12\ufffd34")),
        ("\u200f12", unreadable("\ufffd12")),
        ("\u202e", unreadable("\ufffd")),
        ("1\u200b2\u200e", number(12)),
    ],
)
def test_a_sign_a_number_or_text_that_is_kept(
    read: Callable[[str], Figure], text: str, meant: Figure
) -> None:
    assert read(text) == meant


def test_the_words_of_a_text_column_are_never_read_as_figures() -> None:
    for text in ("-", "12", "1.234", "..", "trên", "⊘"):
        assert typed(text, NOTE, H1) == from_cell(text, NOTE) == words(text)
    assert typed("  ", NOTE, H1) == figure.EMPTY


# decimals by column


def test_one_point_before_three_digits_is_grouping_in_a_whole_number_column() -> None:
    assert typed("1.234", COUNT, H1) == number(1234)
    assert typed("1,234", COUNT, H1) == number(1234)


def test_in_a_decimal_column_it_must_be_asked() -> None:
    assert typed("1.234", LEGAL_AID, H1) == unreadable("1.234")


def test_in_a_workbook_it_must_be_asked_whatever_the_column() -> None:
    """Domain 4: ask once per file, never guess."""
    assert from_cell("1.234", COUNT) == unreadable("1.234")


def test_half_a_case_fits_where_the_column_has_a_decimal() -> None:
    assert typed("0,5", LEGAL_AID, H1) == from_cell(0.5, LEGAL_AID) == number(5)
    assert from_cell(0.1, LEGAL_AID) == number(1)
    assert typed("0,25", LEGAL_AID, H1) == unreadable("0,25")
    assert from_cell(0.25, LEGAL_AID) == unreadable("0,25")


# numbers of workbooks


@pytest.mark.parametrize(
    ("content", "meant"),
    [
        (None, figure.EMPTY),
        (0, number(0)),
        (-3, number(-3)),
        (81452, number(81452)),
        (81452.0, number(81452)),
        (0.1 + 0.2, unreadable("0,3")),
        (1.5, unreadable("1,5")),
        (4.9 * 20, number(98)),
        (999999999999999.0, number(999999999999999)),
        (1e15, number(10**15)),
        (1e18, number(10**18)),
        (1e19, unreadable("10000000000000000000")),
        (1234567890123456, unreadable("1234567890123456")),
        (1234567890123456.0, unreadable("1234567890123456")),
        (float("inf"), unreadable("Infinity")),
        (float("nan"), unreadable("NaN")),
        (10**400, unreadable(f"1{'0' * 400}")),
    ],
)
def test_a_number_of_a_workbook_is_what_excel_shows_or_kept_as_text(
    content: float | int | None, meant: Figure
) -> None:
    """Promise 3: more than 15 digits, or decimals where the column has none, is a finding."""
    assert from_cell(content, COUNT) == meant


@pytest.mark.parametrize(
    ("content", "kept"), [(12, "12"), (0.5, "0,5"), (1234567890123456, "1234567890123456"), (12.0, "12")]
)
def test_a_number_in_a_text_column_is_words(content: float | int, kept: str) -> None:
    assert from_cell(content, NOTE) == words(kept)


# nothing is lost


SPOTS = st.sampled_from([COUNT, LEGAL_AID, NOTE])
TYPED = st.text() | st.from_regex(r"[-+(]?[0-9.,+ ]{0,30}[)%]?", fullmatch=True) | st.integers().map(str)


def assert_kept(text: str, found: Figure, spot: Spot) -> None:
    if spot.kind == "text":
        assert found == words(clean(text))
    elif found.state is State.EMPTY:
        assert clean(text) == ""
    elif found.state is State.NUMBER:
        assert found.value is not None
        assert abs(found.value) <= INT64_MAX
        assert any(sign.isdigit() for sign in text)
    elif found.state is State.UNREADABLE:
        assert found.text == clean(text)
    else:
        assert not any(sign.isdecimal() for sign in text)


@given(TYPED, SPOTS)
def test_whatever_is_typed_is_a_figure_or_kept(text: str, of: Spot) -> None:
    assert_kept(text, typed(text, of, H1), of)


@given(TYPED, SPOTS)
def test_a_final_round_refuses_estimates_and_nothing_else(text: str, of: Spot) -> None:
    if typed(text, of, H1).estimate is None:
        assert_kept(text, typed(text, of, FINAL), of)
    else:
        with pytest.raises(JudappError, match="ENT-001"):
            typed(text, of, FINAL)


@given(TYPED | st.floats() | st.integers(), SPOTS)
def test_whatever_stands_in_a_workbook_is_a_figure_or_kept(content: str | float | int, of: Spot) -> None:
    found = from_cell(content, of)
    if isinstance(content, str):
        assert_kept(content, found, of)
    else:
        assert found.state in (State.NUMBER, State.UNREADABLE, State.TEXT)


@pytest.mark.parametrize("text", ["9" * 10**6, "1+" * 500_000, "9" * 10**6 + "+1", "\u0301" * 10**6])
def test_a_megabyte_is_kept_in_no_time(text: str) -> None:
    started = time.perf_counter()
    assert typed(text, COUNT, H1) == unreadable(text)
    assert time.perf_counter() - started < 2


@given(st.integers(-MOST, MOST), st.integers(0, 3))
def test_a_figure_typed_as_it_is_printed_is_itself(value: int, scale: int) -> None:
    """What the grid shows can be typed again, in whole columns and in decimal ones with a decimal shown."""
    shown = format_vi(unscaled(value, scale), scale)
    found = typed(shown, spot(scale=scale), H1)
    if scale == 3 and found.state is State.UNREADABLE:  # "1,234" has two readings there
        assert abs(value) < 10**6
    else:
        assert found == number(value)


# what a file says about "1.234"


@pytest.mark.parametrize(
    ("text", "of", "grouped", "decimal"),
    [
        ("1.234", COUNT, number(1234), unreadable("1.234")),
        ("12,000", COUNT, number(12000), number(12)),
        ("1.500", LEGAL_AID, number(15000), number(15)),
        ("1.234 việc", COUNT, number(1234), unreadable("1.234 việc")),
        ("1.234.567", COUNT, number(1234567), number(1234567)),
    ],
)
def test_what_was_said_once_for_a_file_decides_two_readings(
    text: str, of: Spot, grouped: Figure, decimal: Figure
) -> None:
    """CEL-003: asked once a file; what has one reading is not touched by the answer."""
    assert from_cell(text, of, "grouped") == grouped
    assert from_cell(text, of, "decimal") == decimal
    assert (asked_of_cell(text, of) is None) == (grouped == decimal)


@pytest.mark.parametrize("content", [None, 1.234, 1234, "-", "…", "", "12", "12O"])
def test_what_has_one_reading_or_none_is_not_asked(content: str | float | None) -> None:
    assert asked_of_cell(content, COUNT) is None
    assert asked_of_cell("1.234", NOTE) is None


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [("12O", " (có thể là 120)", " (it may be 120)"), ("l.234.567", " (có thể là 1.234.567)",
     " (it may be 1,234,567)"), ("mười", "", ""), ("12 12", "", ""), ("1.2O4", "", "")],
)  # fmt: skip
def test_a_slip_is_told_and_stays_a_text(text: str, vi: str, en: str) -> None:
    """Promise 7: what it may have been is said, never taken."""
    code, params = unreadable_because(text, COUNT)
    assert (code, params["guess"]) == ("CEL-001", (vi, en))
    assert from_cell(text, COUNT) == typed(text, COUNT, H1) == unreadable(text)
