"""What spreadsheets put on the clipboard is read cell by cell; the number behind a cell is never guessed."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.app.pasting_block import (
    MOST_CELLS,
    MOST_LETTERS,
    Block,
    Piece,
    copied_block,
    matrix_of,
    typed_text,
)
from judapp.domain.number import Ambiguous, parse_number
from judapp.errors import JudappError

DATA = Path(__file__).parents[1] / "data" / "clipboard"


def sample(name: str) -> str:
    return (DATA / name).read_bytes().decode("utf-8")


def typed(rows: tuple[tuple[Piece, ...], ...]) -> list[list[str]]:
    return [[piece.text for piece in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("12", [["12"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("1\r2\r", [["1"], ["2"]]),
        ("1\n\n2\n", [["1"], [""], ["2"]]),
        ("\t5", [["", "5"]]),
        ('"hai\r\ndòng"\t7', [["hai\r\ndòng", "7"]]),
        ('"có ""ngoặc"""', [['có "ngoặc"']]),
        ('"chưa đóng\t1', [['"chưa đóng', "1"]]),
        ("'0123", [["0123"]]),
        ("1.234.567,5\t–\t…", [["1.234.567,5", "–", "…"]]),
        ("5\t6\r\n\0", [["5", "6"]]),
    ],
)
def test_copied_text_is_read_as_rows_and_cells(text: str, cells: list[list[str]]) -> None:
    assert matrix_of(text) == cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * (MOST_LETTERS + 1), "ENY-005"),
        ("1\n" * (MOST_CELLS + 1), "ENY-005"),
        ("\t" * 19_000 + "1\n2", "ENY-005"),
        ("", "ENY-006"),
        ("\t\r\n \t", "ENY-006"),
        (" \t \r\n\u00a0\u200b", "ENY-006"),  # signs nobody sees: every cell reads as empty
        ("\ufeff\t\u2060\n\u00ad\t\u200e", "ENY-006"),
    ],
)
def test_too_much_or_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(JudappError, match=code):
        copied_block(text)


@pytest.mark.parametrize("text", ["1\n2\n\n\n", "1\r\n2\r\n \r\n", "1\n2\n\u00a0"])
def test_lines_without_anything_below_a_text_empty_no_figure(text: str) -> None:
    assert typed(copied_block(text).rows) == [["1"], ["2"]]


def test_places_nobody_copied_are_left_alone() -> None:
    """A text with rows of unlike length says nothing about the places its short rows lack."""
    first, second = copied_block("1\t2\n3").rows
    assert not any(piece.covered for piece in first)
    assert [piece.covered for piece in second] == [False, True]


def test_a_table_of_signs_nobody_sees_is_nothing_to_paste() -> None:
    table = "<table><tr><td>&#8203;<td>&nbsp;<tr><td>&zwnj;<td> </table>"
    with pytest.raises(JudappError, match="ENY-006"):
        copied_block("\u200b\t\u00a0\n\u200c\t ", table)
    assert typed(copied_block("\u200b", "<p>7</p>").rows) == [["7"]]  # the text says nothing, the page does


@given(st.text(alphabet="a1\"\t\r\n' ", max_size=40))
def test_no_text_is_lost_or_hangs(text: str) -> None:
    read = "".join(cell for row in matrix_of(f"a{text}") for cell in row)
    assert [sign for sign in read if sign in "a1"] == [sign for sign in f"a{text}" if sign in "a1"]


def test_calc_says_the_number_behind_a_rounded_one() -> None:
    block = copied_block("", sample("calc.html"))
    assert typed(block.rows)[1] == ["Phòng số 1", "1234567", "12,3450", 'hai\ndòng "x"\ufffdvà']
    assert typed(block.rows)[2] == ["Phòng số 2", "-1234", "12,5%", "=1+2"]
    assert typed(block.rows)[3] == ["Tổng", "1233340", "15/03/2023", "-"]  # a day is what it shows
    assert typed(block.rows)[4][3] == "00123"
    assert block.rows[0][2].covered


def test_rows_calc_hides_stand_in_its_text_alone() -> None:
    block = copied_block(sample("calc.txt"), sample("calc.html"))
    assert block.hides
    assert len(block.seen(hidden=False)) == 5
    whole = block.seen(hidden=True)
    assert typed(whole)[2] == ["ẩn", "7", "8", "hidden"]
    assert whole[1] == block.rows[1]  # what is seen keeps its exact number


def test_columns_calc_hides_stand_in_its_text_alone() -> None:
    html = '<table><tr><td sdval="1.25">1,3<td>c<tr><td>2<td>d</table>'
    block = copied_block("1,3\tb\tc\n2\tx\td", html)
    assert typed(block.seen(hidden=False)) == [["1,25", "c"], ["2", "d"]]
    assert typed(block.seen(hidden=True)) == [["1,25", "b", "c"], ["2", "x", "d"]]


@pytest.mark.parametrize("text", ["9\n8\n7", "1\t2\t3\n4\t5\t6\n7\t8\t9", "", "x" * (MOST_LETTERS + 1)])
def test_text_of_other_cells_says_nothing_about_hidden_ones(text: str) -> None:
    assert not copied_block(text, "<table><tr><td>1<tr><td>2</table>").hides


def test_excel_says_how_it_writes_numbers_so_that_1_234_has_one_reading() -> None:
    block = copied_block(sample("excel.txt"), sample("excel.html"))
    seen = block.seen(hidden=False)
    assert typed(seen) == [
        ["Phòng Công chứng số 1", "1234", "12,3", "hai\ndòng"],
        ["Phòng số 2", "-1234", "0,125", "1.234"],  # the last one is text in Excel: nobody knows
    ]
    assert seen[1][3].exact == ""
    assert [piece.covered for piece in block.rows[1]] == [False] * 4 + [True]
    assert len(block.seen(hidden=True)) == 3
    assert len(block.seen(hidden=True)[0]) == 5


def test_excel_keeps_the_exact_number_in_a_form_of_its_own() -> None:
    xml = (DATA / "excel.xml").read_bytes()
    block = copied_block(sample("excel.txt"), sample("excel.html"), xml)
    assert typed(block.rows)[0][3] == "12,3450"  # shown 12,3; kept 12.345000000000001
    assert typed(block.rows)[2] == ["Phòng số 2", "-1234", "98", "0,125", "1.234"]


def test_exact_numbers_of_other_cells_are_not_taken() -> None:
    xml = (DATA / "excel.xml").read_bytes().replace(b">1234<", b">77<")
    block = copied_block(sample("excel.txt"), sample("excel.html"), xml)
    assert typed(block.rows)[0][1] == "1234"
    assert typed(block.rows)[0][3] == "12,3"
    further = (DATA / "excel.xml").read_bytes().replace(b"<Row ss:Hidden", b'<Row ss:Index="7" ss:Hidden')
    assert typed(copied_block("", sample("excel.html"), further).rows)[0][3] == "12,3"


def test_old_excel_says_numbers_and_text_in_attributes() -> None:
    block = copied_block("", sample("excel2003.html"))
    assert typed(block.rows) == [
        ["1234567,5", "1234", "12,5%", "15/03/2023", "0123"],
        ["123456789012", "1,235", "42", "9.01E+15", "1500000"],
    ]
    assert [piece.doubtful for piece in block.rows[1]] == [False, True, False, False, False]


def test_a_table_of_word_is_its_words() -> None:
    block = copied_block("", sample("word.html"))
    assert typed(block.rows) == [["Phòng số 1", "1.234\nviệc"], ["", "<5 & 6"]]


@pytest.mark.parametrize(
    ("cell", "shown", "exact", "doubtful"),
    [
        ('<td sdval="12.345">12,3', "12,3", "12,3450", False),
        ('<td sdval="12.35">12,4', "12,4", "12,35", False),  # rounded
        ('<td sdval="12.39">12,3', "12,3", "12,39", False),  # cut
        ('<td sdval="0.30000000000000004">0,3', "0,3", "0,3", False),
        ('<td sdval="-0">0', "0", "0", False),
        ('<td sdval="1E+5">100.000', "100.000", "100000", False),
        ('<td sdval="12345">12,3', "12,3", "", True),  # shown in thousands
        ('<td sdval="45000">15/03/2023', "15/03/2023", "", False),
        ('<td sdval="1">TRUE', "TRUE", "", False),
        ('<td sdval="nan">5', "5", "", False),
        ('<td sdval="1e999">5', "5", "", False),
        (f'<td sdval="{"9" * 500}">5', "5", "", False),
        ('<td sdval="abc">5', "5", "", False),
        ('<td sdval="7">', "", "7", True),  # a format that shows nothing
        ('<td sdval="0.5">60%', "60%", "", False),
        ('<td sdval="1.5">1,5 và 2', "1,5 và 2", "", False),
    ],
)
def test_the_number_behind_counts_where_the_text_is_the_same_rounded(
    cell: str, shown: str, exact: str, doubtful: bool
) -> None:
    block = copied_block("", f"<table><tr><td>x</td>{cell}</table>")
    found = block.rows[0][1]
    assert (found.shown, found.exact, found.doubtful) == (shown, exact, doubtful)
    assert bool(found.rounded) == (bool(exact) and bool(shown))


@pytest.mark.parametrize(
    ("shown", "exact"),
    [
        ("1.234.567,50", "1234567,5"),
        ("-1.234", "-1234"),
        ("12,5%", "12,5%"),
        ("1,234", "1,2340"),
        ("1.23", ""),  # no grouping of threes
        ("###", ""),
    ],
)
def test_a_number_is_read_by_the_separators_its_program_names(shown: str, exact: str) -> None:
    html = sample("excel.html").replace(">98<", f">{shown}<")
    assert copied_block("", html).rows[2][2].exact == exact


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_a_typed_number_has_one_reading(number: Decimal) -> None:
    read = parse_number(typed_text(number))
    assert not isinstance(read, Ambiguous)
    assert read == number


def test_a_page_without_a_table_is_its_text() -> None:
    assert typed(copied_block("", "<p>120<p>15").rows) == [["120"], ["15"]]
    assert typed(copied_block("7\t8", "<p>7 8").rows) == [["7", "8"]]


def test_markup_without_end_is_refused_unless_there_is_text_beside_it() -> None:
    huge = "<table><tr><td>1" + " " * 8_000_001
    assert typed(copied_block("1", huge).rows) == [["1"]]
    with pytest.raises(JudappError, match="ENY-005"):
        copied_block("", huge)


@pytest.mark.parametrize(
    "html",
    ["<table><tr>" + "<td colspan=1000>x" * 30, "<table>" + "<tr><td rowspan=9 colspan=900>x" * 30],
)
def test_spans_do_not_grow_beyond_the_limit(html: str) -> None:
    with pytest.raises(JudappError, match="ENY-005"):
        copied_block("", html)


@given(st.text(max_size=60), st.text(max_size=60), st.binary(max_size=40))
def test_nothing_on_the_clipboard_breaks_the_reading(text: str, cell: str, xml: bytes) -> None:
    with contextlib.suppress(JudappError):  # a fault of ours would come through
        assert isinstance(
            copied_block(text, f"<table><tr><td sdval='1'>{cell}<td>{text}</table>", xml), Block
        )


def test_everything_hidden_is_nothing_hidden() -> None:
    block = copied_block("", '<table><tr style="display:none"><td>5</table>')
    assert typed(block.seen(hidden=False)) == [["5"]]
    assert not block.hides
