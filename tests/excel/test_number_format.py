"""What a number format makes of a number."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from judapp.domain.cell_name import address, column_letters, column_number
from judapp.excel.grid import Area, GridCell, Spans, cell_style
from judapp.excel.number_format import BUILTIN, DateKind, date_kind, date_text, is_percent, shown
from judapp.excel.shared_formula import moved


@pytest.mark.parametrize(
    ("code", "percent", "kind"),
    [
        ("General", False, ""),
        ("0.00%", True, ""),
        ('0.00" %"', False, ""),
        (r"0\%", False, ""),
        ("0%;[Red]-0%", True, ""),
        ("#,##0_);(#,##0)", False, ""),
        ('#,##0" đồng mỗi day"', False, ""),
        ("[Red]0", False, ""),
        ("[$-42A]dd/mm/yyyy", False, "date"),
        ("dd/mm/yyyy hh:mm", False, "datetime"),
        ("mm/yyyy", False, "date"),
        ("mmmm", False, "date"),
        ("h:mm AM/PM", False, "time"),
        ("mm:ss", False, "time"),
        ("[h]:mm", False, "elapsed"),
        ("[mm]:ss", False, "elapsed"),
        ("0.00E+00", False, ""),
        ("@", False, ""),
        ("", False, ""),
        ('"' * 500, False, ""),
    ],
)
def test_formats_say_percent_and_day(code: str, percent: bool, kind: DateKind) -> None:
    assert is_percent(code) is percent
    assert date_kind(code) == kind


def test_the_built_in_formats_are_those_of_openpyxl() -> None:
    for number, code in BUILTIN.items():
        assert BUILTIN_FORMATS[number] == code
        assert bool(date_kind(code)) == is_date_format(code)


@given(st.integers(61, 2_958_465))
def test_days_count_from_1900(serial: int) -> None:
    assert date_text(serial, "date") == f"{date(1899, 12, 30) + timedelta(serial):%d/%m/%Y}"


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (1, "date", "01/01/1900"),
        (59, "date", "28/02/1900"),
        (60, "date", "29/02/1900"),
        (61, "date", "01/03/1900"),
        (0, "date", "00/01/1900"),
        (45292.9999, "date", "01/01/2024"),
        (45292.5, "datetime", "01/01/2024 12:00"),
        (45292, "datetime", "01/01/2024"),
        (0.5, "time", "12:00"),
        (45292.75, "time", "18:00"),
        (1.5, "elapsed", "36:00"),
        (10 / 86_400, "time", "00:00:10"),
        (-1, "date", None),
        (2_958_466, "date", None),
        (1e300, "date", None),
    ],
)
def test_days_and_times_as_excel_shows_them(number: float, kind: DateKind, text: str | None) -> None:
    assert date_text(number, kind) == text


def test_the_other_system_of_days() -> None:
    assert date_text(0, "date", from_1904=True) == "01/01/1904"
    assert date_text(2_957_003, "date", from_1904=True) == "31/12/9999"
    assert date_text(2_957_004, "date", from_1904=True) is None


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0.9475", "0.00%", "94,75%"),
        ("0.9475", "0%", "95%"),
        ("0.9475", "General", "0,9475"),
        ("1234567.5", "#,##0", "1.234.568"),
        ("1234567.5", "0.0", "1234567,5"),
        ("1234.5", '#,##0.00" đồng"', "1.234,50"),
        ("-5.5", "General", "−5,5"),
        ("12", "??/??", "12"),
        ("0.5", '"tỷ lệ" 0%', "50%"),
    ],
)
def test_numbers_as_vietnamese_excel_prints_them(number: str, code: str, text: str) -> None:
    assert shown(Decimal(number), code) == text


@given(st.decimals(-100, 100, places=6))
def test_a_rate_is_what_is_shown_and_exact(rate: Decimal) -> None:
    cell = GridCell(float(rate / 100), style=cell_style("0.0%"))
    assert cell.shown_decimal == rate


def test_what_is_no_number_shows_itself() -> None:
    assert (GridCell("x").shown_decimal, GridCell("x").shown_text, GridCell(None).shown_text) == (
        None,
        "x",
        "",
    )


REFERENCES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.sampled_from(["A", "Z", "AA", "XF"]),
    st.sampled_from(["", "$"]),
    st.integers(1, 500),
)
PIECES = st.one_of(
    REFERENCES,
    st.builds("{}:{}".format, REFERENCES, REFERENCES),
    st.builds("SUM({})".format, REFERENCES),
    st.builds("'Biểu A1'!{}".format, REFERENCES),
    st.builds("Sheet1!{}".format, REFERENCES),
    st.sampled_from(
        ['"A1 và ""B2"""', "LOG10(5)", "5", "TRUE", "A:B", "$A:C", "1:5", "$2:7", "ten_A1", "1.5E3"]
    ),
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.integers(0, 40), st.integers(0, 40))
def test_shared_formulas_move_as_openpyxl_moves_them(pieces: list[str], down: int, right: int) -> None:
    formula = "+".join(pieces)
    there = address((3 + down, 2 + right))
    expected = Translator(f"={formula}", origin="B3").translate_formula(there)
    assert f"={moved(formula, (3, 2), (3 + down, 2 + right))}" == expected


def test_beyond_the_edge_a_formula_goes_on_at_the_other_side() -> None:
    assert moved("A1", (2, 2), (1, 1)) == "XFD1048576"


@given(st.integers(1, 16_384))
def test_column_letters_are_numbers(column: int) -> None:
    assert column_number(column_letters(column)) == column


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9)), max_size=8), st.integers(1, 70))
def test_spans_hold_what_was_put_in(pairs: list[tuple[int, int]], number: int) -> None:
    spans = [(first, first + more) for first, more in pairs]
    assert (number in Spans.of(spans)) == any(first <= number <= last for first, last in spans)


def test_an_area_is_written_as_excel_writes_it() -> None:
    assert str(Area(2, 3, 4, 28)) == "C2:AB4"
