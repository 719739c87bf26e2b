"""Numbers: read as Vietnamese paper writes them, exact at any size, rounded only to be shown (domain 4)."""

from __future__ import annotations

import time
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from judapp.domain.number import (
    INT64_MAX,
    Ambiguous,
    decimals_of,
    format_en,
    format_vi,
    from_workbook,
    parse_number,
    plain,
    round_half_up,
    scaled,
    truncate,
    unscaled,
)

D = Decimal
FAR_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.builds(
    lambda digits, places, negative: Decimal((int(negative), tuple(map(int, str(digits))), -places)),
    st.integers(0, 10**60),
    st.integers(0, 40),
    st.booleans(),
)
"""Far past the 28 digits decimals are usually reckoned with."""


# reading


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("81452", "81452"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567.890.123", "1234567890123"),
        ("94,75", "94.75"),
        ("94.75", "94.75"),
        ("1234,567", "1234.567"),
        ("1234.567", "1234.567"),
        ("0,5", "0.5"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("1.2345", "1.2345"),
        ("007", "7"),
        ("1.234,5", "1234.5"),
        ("1 234 567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567", "1234567"),
        (" 12 ", "12"),
        ("12\n", "12"),
    ],
)
def test_a_number_is_read_as_vietnamese_paper_writes_it(text: str, number: str) -> None:
    assert parse_number(text) == D(number)


@pytest.mark.parametrize(
    ("text", "number"), [("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("1,234,567.89", "1234567.89")]
)
def test_english_grouping_is_read_where_it_can_mean_nothing_else(text: str, number: str) -> None:
    assert parse_number(text) == D(number)


@pytest.mark.parametrize("text", ["-5", "−5", "–5", "—5", "‐5", "‑5", "－5", "- 5", "(5)", "( 5 )", "（5）"])
def test_every_dash_and_brackets_mean_a_negative_number(text: str) -> None:
    assert parse_number(text) == -5


def test_a_plus_sign_is_a_sign() -> None:
    assert parse_number("+1.234.567") == 1234567


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456"])
def test_one_separator_before_three_digits_is_ambiguous(text: str) -> None:
    grouped, decimal = text.replace(".", "").replace(",", ""), text.replace(",", ".")
    assert parse_number(text) == Ambiguous(D(grouped), D(decimal))


@pytest.mark.parametrize("text", ["-1.234", "(1.234)"])
def test_both_readings_of_an_ambiguous_number_keep_its_sign(text: str) -> None:
    assert parse_number(text) == Ambiguous(D(-1234), D("-1.234"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\u200b",
        "-",
        "+",
        "(",
        ")",
        "()",
        "(5",
        "(55",
        "5)",
        "--5",
        "+-5",
        "(-5)",
        "5-",
        "1e5",
        "1_000",
        "0x10",
        "Infinity",
        "nan",
        "1.2.3",
        "1,2,3",
        "1.23.456",
        "1,234,56",
        "1.234,567,890",
        "1.234.567,",
        ".5",
        ",5",
        "5.",
        "0.123.456",
        "00.123,5",
        "01 234",
        "1.234 567",
        "1 234.5",
        "1 23",
        "94,75 %",
        "5 việc",
        "12O",
        "1\x002",
        "½",
    ],
)
def test_text_that_is_no_number_is_not_made_one(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["120²", "5①", "①", "²", "12₃"])
def test_a_footnote_mark_is_no_digit(text: str) -> None:
    """ "120²" is 120 with a note, never 1202."""
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["12 15", "12\n15", "1\n234", "1\r\n234", "1 2 3 4", "12\t5"])
def test_two_numbers_are_not_run_together(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["٣", "१२", "៣", "1٣", "𝟏𝟐"])
def test_digits_of_other_scripts_are_no_figures(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2007", "\u2009", "\u202f", "\u3000"])
def test_every_blank_may_group(blank: str) -> None:
    assert parse_number(f"1{blank}234{blank}567,8") == D("1234567.8")


def test_full_width_digits_of_an_input_method_are_read() -> None:
    assert parse_number("１．２３４．５６７，８９") == D("1234567.89")
    assert parse_number("～") is None


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\ufeff", "\u00ad"]
)
def test_marks_without_a_shape_do_not_change_a_number(mark: str) -> None:
    assert parse_number(f"{mark}1{mark}.234.567{mark}") == 1234567


def test_composed_and_decomposed_letters_alike_are_no_number() -> None:
    for form in ("NFC", "NFD"):
        assert parse_number(unicodedata.normalize(form, "mười")) is None


@pytest.mark.parametrize("text", ["9" * 10**6, "1." * 10**6, "-" * 10**6, "1" + ".234" * 10**6])
def test_a_megabyte_of_text_is_refused_in_no_time(text: str) -> None:
    started = time.perf_counter()
    assert parse_number(text) is None
    assert time.perf_counter() - started < 1


@given(st.text())
@example("(\u200b)")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never an exception, and what is read holds every digit of the text and no other."""
    found = parse_number(text)
    readings = (found.grouped, found.decimal) if isinstance(found, Ambiguous) else (found,)
    digits = [c for c in unicodedata.normalize("NFKC", text) if c.isdecimal()]
    for reading in readings:
        assert reading is None or "".join(digits).lstrip("0") == "".join(
            c for c in format(reading, "f") if c.isdigit()
        ).lstrip("0")


# writing


@given(FAR_DECIMALS)
@example(D("1234567890123456789012345678901234567890.12345"))
@example(D("-0.001"))
def test_a_number_written_and_read_again_is_the_same(number: Decimal) -> None:
    found = parse_number(format_vi(number))
    if isinstance(found, Ambiguous):  # "1.234" alone does not tell; a column does
        assert number in (found.grouped, found.decimal)
    else:
        assert found == number


@given(st.integers(-INT64_MAX, INT64_MAX) | st.integers(-(10**60), 10**60))
def test_a_whole_number_written_and_read_again_is_the_same(number: int) -> None:
    found = parse_number(format_vi(number))
    assert (found.grouped if isinstance(found, Ambiguous) else found) == number


@pytest.mark.parametrize(
    ("number", "places", "vi"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1234567, None, "1.234.567"),
        (-1234, None, "−1.234"),
        (D("94.7500"), None, "94,7500"),
        (D("1E+5"), None, "100.000"),
        (D("94.754598"), 2, "94,75"),
        (Fraction(8145200, 85961), 2, "94,75"),
        (Fraction(8145200, 85961), None, "94,754598"),
        (Fraction(5, 2), None, "2,5"),
        (Fraction(100), None, "100"),
        (Fraction(1, 3), None, "0,333333"),
        (120, 2, "120,00"),
        (D("-0.004"), 2, "0,00"),
        (D("-0.0"), None, "0,0"),
    ],
)
def test_a_number_is_written_as_vietnamese_paper_does(
    number: Decimal | Fraction | int, places: int | None, vi: str
) -> None:
    assert format_vi(number, places) == vi


def test_english_swaps_the_signs() -> None:
    assert format_en(D("1234567.89")) == "1,234,567.89"
    assert format_en(-1234567, 1) == "−1,234,567.0"
    assert format_en(Fraction(-1, 4)) == "−0.25"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(8145200, 85961), "94.754598"),
        (D("70.00"), "70"),
        (100, "100"),
        (Fraction(-1, 3), "-0.333333"),
        (Fraction(1, 10**7), "0"),
        (D("1E+3"), "1000"),
        (123456789012345678901234567890123, "123456789012345678901234567890123"),
    ],
)
def test_for_machines_a_number_is_plain_ascii_with_six_places_at_most(
    number: Decimal | Fraction | int, written: str
) -> None:
    assert plain(number) == written


def test_for_machines_more_places_are_given_where_asked_for() -> None:
    assert plain(Fraction(1, 8), 2) == "0.13"
    assert plain(Fraction(1, 10**9), 9) == "0.000000001"


# rounding


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-5, 1000), 2, "-0.01"),
        (Fraction(25, 10), 0, "3"),
        (Fraction(-25, 10), 0, "-3"),
        (Fraction(35, 10), 0, "4"),
        (Fraction(4999, 1000000), 2, "0.00"),
        (Fraction(1379600, 14232), 2, "96.94"),
        (Fraction(55500, 579), 1, "95.9"),
        (7, 2, "7.00"),
        (10**40 + 1, 1, f"{10**40 + 1}.0"),
    ],
)
def test_a_half_is_rounded_away_from_zero(number: Fraction | int, places: int, rounded: str) -> None:
    found = round_half_up(number, places)
    assert found == D(rounded)
    assert decimals_of(found) == places


@pytest.mark.parametrize(
    ("number", "places", "cut"),
    [
        (Fraction(1379600, 14232), 2, "96.93"),
        (Fraction(-1379600, 14232), 2, "-96.93"),
        (Fraction(999, 1000), 0, "0"),
        (70, 1, "70.0"),
    ],
)
def test_cutting_drops_the_decimals_towards_zero(number: Fraction | int, places: int, cut: str) -> None:
    assert truncate(number, places) == D(cut)


@given(st.fractions(), st.integers(0, 8))
def test_rounding_moves_a_number_by_half_a_place_at_most(number: Fraction, places: int) -> None:
    rounded, cut = Fraction(round_half_up(number, places)), Fraction(truncate(number, places))
    unit = Fraction(1, 10**places)
    assert abs(rounded - number) <= unit / 2
    assert 0 <= abs(number) - abs(cut) < unit
    assert abs(rounded) - abs(cut) in (0, unit)


@pytest.mark.parametrize(
    ("printed", "decimals"), [("96", 0), ("98.2", 1), ("94.75", 2), ("83.50", 2), ("1E+3", 0), ("NaN", 0)]
)
def test_printed_decimals_are_counted_as_printed(printed: str, decimals: int) -> None:
    assert decimals_of(D(printed)) == decimals


# what a file and a column hold


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (94.75, "94.75"),
        (1.005, "1.005"),
        (81452, "81452"),
        (81452.0, "81452"),
        (100.0, "100"),
        (0.0, "0"),
        (1e15, "1000000000000000"),
        (1e15 + 0.3, "1000000000000000"),
        (1234567890123456.0, "1234567890123460"),
        (1234567890123456, "1234567890123460"),
        (1e22, "10000000000000000000000"),
        (-2.675, "-2.675"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_stored_number_is_the_decimal_excel_shows(stored: float | int, shown: str) -> None:
    """Promise 3: 15 significant digits, whichever way the reader hands the number over."""
    assert from_workbook(stored) == D(shown)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-30, 30))
def test_every_number_of_15_digits_survives_a_workbook(digits: int, exponent: int) -> None:
    assert from_workbook(float(f"{digits}e{exponent}")) == D(digits).scaleb(exponent)


def test_a_number_no_column_can_hold_is_still_read() -> None:
    """A damaged or hostile file holds 1e400, which is no number at all by then."""
    assert scaled(from_workbook(float("inf")), 0) is None
    assert scaled(from_workbook(float("nan")), 0) is None
    assert scaled(from_workbook(10**400), 0) is None


@given(st.integers(-INT64_MAX, INT64_MAX), st.integers(0, 6))
def test_a_scaled_figure_comes_back_exactly(value: int, scale: int) -> None:
    number = unscaled(value, scale)
    assert number * 10**scale == value
    assert scaled(D(value).scaleb(-scale), scale) == value


def test_half_a_case_of_legal_aid_is_five_at_one_decimal() -> None:
    assert scaled(D("0.5"), 1) == 5
    assert unscaled(5, 1) == Fraction(1, 2)


def test_more_decimals_than_the_column_has_are_refused_not_rounded() -> None:
    assert scaled(D("1.5"), 0) is None
    assert scaled(D("0.25"), 1) is None
    assert scaled(D("1.50"), 1) == 15


def test_a_figure_beyond_64_bits_is_refused() -> None:
    assert INT64_MAX == 9_223_372_036_854_775_807
    assert scaled(D(INT64_MAX), 0) == INT64_MAX
    assert scaled(D(-INT64_MAX), 0) == -INT64_MAX
    assert scaled(D(INT64_MAX + 1), 0) is None
    assert scaled(D(10**16), 0) == 10**16
    assert scaled(D(10**18), 1) is None


def test_whole_columns_stay_whole_numbers() -> None:
    assert isinstance(unscaled(120, 0), int)
