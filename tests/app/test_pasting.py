"""What a spreadsheet puts on the clipboard lands cell by cell, or is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.app.grid_moves import Way, first_stop, next_stop
from judapp.app.grid_text import summary
from judapp.app.grid_view import CellView, LeafColumn, RowLine, TableView
from judapp.app.pasting import MOST_CELLS, MOST_LETTERS, Area, copied, land, matrix_of
from judapp.errors import JudappError


def table(*lines: str) -> TableView:
    """A table drawn as text: ``o`` open, ``w`` words, ``Σ`` computed, ``r`` reported, ``.`` no cell.

    A digit is an open cell that holds it.
    """
    kinds = {"o": "open", "w": "words", "Σ": "computed", "r": "reported"}
    cells = {}
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            if sign != ".":
                kind = kinds.get(sign, "open")
                shown = (sign, sign, kind, "") if sign.isdigit() else ("", "", kind, "empty")
                cells["", str(row), str(column)] = CellView(*shown, enterable=kind != "Σ", unit="việc")
    width = len(lines[0])
    columns = tuple(LeafColumn(str(n), str(n), "", "việc", "count", ()) for n in range(width))
    rows = tuple(RowLine(str(n), str(n), "", (), 0, "fixed") for n in range(len(lines)))
    return TableView("", "", (), columns, 1, True, (), (), rows, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("12", [["12"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\t2\n3\t4", [["1", "2"], ["3", "4"]]),
        ("1\n\n2\n", [["1"], [""], ["2"]]),
        ("\t5", [["", "5"]]),
        ('"hai\r\ndòng"\t7', [["hai\r\ndòng", "7"]]),
        ('"có ""ngoặc"""', [['có "ngoặc"']]),
        ('"chưa đóng\t1', [['"chưa đóng', "1"]]),
        ("'0123", [["0123"]]),
        ("1.234.567,5\t–\t…", [["1.234.567,5", "–", "…"]]),
    ],
)
def test_copied_text_is_read_as_rows_and_cells(text: str, cells: list[list[str]]) -> None:
    assert matrix_of(text) == cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * (MOST_LETTERS + 1), "ENY-005"),
        ("1\n" * (MOST_CELLS + 1), "ENY-005"),
        ("", "ENY-006"),
        ("\t\r\n \t", "ENY-006"),
    ],
)
def test_too_much_or_nothing_is_refused(text: str, code: str) -> None:
    with pytest.raises(JudappError, match=code):
        matrix_of(text)


@given(st.text(alphabet="a1\"\t\r\n' ", max_size=40))
def test_no_text_is_lost_or_hangs(text: str) -> None:
    read = "".join(cell for row in matrix_of(f"a{text}") for cell in row)
    assert [sign for sign in read if sign in "a1"] == [sign for sign in f"a{text}" if sign in "a1"]


def test_cells_land_from_the_first_selected_one_on() -> None:
    landing = land(table("ooo", "ooo"), [["1", "2"], ["3", "4"]], Area(0, 1, 0, 1))
    assert landing.texts == {
        ("", "0", "1"): "1",
        ("", "0", "2"): "2",
        ("", "1", "1"): "3",
        ("", "1", "2"): "4",
    }
    assert landing.fits


def test_totals_and_places_without_a_cell_are_passed_over_and_counted() -> None:
    landing = land(table("oΣo", "o.w"), [["1", "2", "3"], ["4", "5", "6"]], Area(0, 0, 0, 0))
    assert set(landing.texts.values()) == {"1", "3", "4", "6"}
    assert (landing.skipped, landing.outside, landing.fits) == (2, 0, False)


def test_a_blank_over_a_total_is_no_loss() -> None:
    assert land(table("Σo"), [["", "3"]], Area(0, 0, 0, 0)).fits


def test_what_lies_beyond_the_form_is_counted() -> None:
    landing = land(table("oo"), [["1", "2", "3"], ["4", "", ""]], Area(0, 0, 0, 0))
    assert (set(landing.texts.values()), landing.skipped, landing.outside) == ({"1", "2"}, 0, 2)


def test_one_cell_fills_the_whole_selection() -> None:
    landing = land(table("oΣo", "ooo"), [["-"]], Area(0, 0, 1, 2))
    assert len(landing.texts) == 5
    assert set(landing.texts.values()) == {"-"}
    assert (landing.rows, landing.columns, landing.skipped) == (2, 3, 1)


def test_a_locked_sheet_takes_nothing() -> None:
    from msgspec.structs import replace

    drawn = table("oo")
    locked = replace(drawn, cells={key: replace(cell, enterable=False) for key, cell in drawn.cells.items()})
    landing = land(locked, [["1", "2"]], Area(0, 0, 0, 0))
    assert (landing.texts, landing.skipped) == ({}, 2)


def test_numbers_are_copied_without_grouping_and_states_as_typed() -> None:
    drawn = table("ooooo")
    cells = dict(drawn.cells)
    for column, cell in enumerate(
        (
            CellView("1.234.567,50", "1234567,5", state=""),
            CellView("−5", "-5", state=""),
            CellView("–", "-", state="nil"),
            CellView("… 12", "", kind="computed", state="partial"),
            CellView("hai\ndòng", "hai\ndòng", kind="words", state="text", left=True),
        )
    ):
        cells["", "0", str(column)] = cell
    from msgspec.structs import replace

    text = copied(replace(drawn, cells=cells), Area(0, 0, 0, 4))
    assert text == '1234567,50\t-5\t-\t\t"hai\ndòng"'
    assert matrix_of(text) == [["1234567,50", "-5", "-", "", "hai\ndòng"]]


def test_a_selection_is_summed_where_its_unit_is_one() -> None:
    from msgspec.structs import replace

    drawn = table("12", "3o")
    assert summary(drawn, Area(0, 0, 1, 1)) == "Tổng 6 · Đếm 3"
    mixed = {**drawn.cells, ("", "0", "0"): replace(drawn.cells["", "0", "0"], unit="đồng")}
    assert summary(replace(drawn, cells=mixed), Area(0, 0, 1, 1)) == "Đếm 3"
    waiting = {**drawn.cells, ("", "1", "1"): CellView("…", "..", state="pending")}
    assert summary(replace(drawn, cells=waiting), Area(0, 0, 1, 1)).endswith("1 ô chưa có số liệu")


@pytest.mark.parametrize(
    ("lines", "start", "way", "found"),
    [
        (("oo", "ΣΣ", "oo"), (0, 0), "down", (2, 0)),
        (("oo", "ΣΣ", "oo"), (2, 0), "down", (0, 1)),  # the next column's top
        (("oo", "ΣΣ", "oo"), (2, 1), "down", None),
        (("oo", "ΣΣ", "oo"), (0, 1), "up", (2, 0)),
        (("o.o",), (0, 0), "right", (0, 2)),
        (("oΣ", "wo"), (0, 0), "right", (1, 0)),  # words wait too; then the next row
        (("oΣ", "wo"), (1, 0), "left", (0, 0)),
        (("oΣ", "wo"), (0, 0), "left", None),
        (("Σr",), (0, 0), "right", (0, 1)),
    ],
)
def test_enter_and_tab_pass_over_what_nobody_types(
    lines: tuple[str, ...], start: tuple[int, int], way: Way, found: tuple[int, int] | None
) -> None:
    assert next_stop(table(*lines), *start, way) == found


def test_the_first_cell_to_type_into() -> None:
    assert first_stop(table("Σo", "oo")) == (1, 0)
    assert first_stop(table("ΣΣ")) == (0, 0)
