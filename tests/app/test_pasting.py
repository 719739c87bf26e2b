"""Where copied cells land in a form: each at its place, or passed over, marked, or asked about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from judapp.app.grid_moves import Way, first_stop, next_stop
from judapp.app.grid_view import TableView
from judapp.app.pasting import Area, Landing, Options, land, pasting
from judapp.app.pasting_block import Block, Piece, block_of, copied_block
from judapp.domain.figure import State, number
from judapp.errors import JudappError
from tests.app.drawn_table import spots, table
from tests.domain.builders import FINAL, H1


def block(*rows: str) -> Block:
    """Copied text: a string a row, a blank between cells, "_" an empty one."""
    lines = ("\t".join(cell.replace("_", "") for cell in row.split(" ")) for row in rows)
    return block_of("\n".join(lines))


def landed(view: TableView, what: Block, *onto: int, **options: Any) -> Landing:
    """``what`` pasted onto a cell or an area of ``view``."""
    top, left = onto[:2]
    bottom, right = onto[2:] or onto
    return land(view, what, [Area(top, left, bottom, right)], spots(view), H1, Options(**options))


def texts(landing: Landing) -> dict[str, str]:
    """What is written, by the two digits of row and column."""
    return {row + column: text for (_, row, column), text in landing.texts.items()}


def test_cells_land_from_the_first_selected_one_on() -> None:
    landing = landed(table("ooo", "ooo"), block("1 2", "3 4"), 0, 1)
    assert texts(landing) == {"01": "1", "02": "2", "11": "3", "12": "4"}
    assert landing.fits
    assert landing.written == 4


def test_totals_and_places_without_a_cell_are_passed_over_and_counted() -> None:
    landing = landed(table("oΣo", "o.w"), block("1 2 9", "4 5 x"), 0, 0)
    assert texts(landing) == {"00": "1", "02": "9", "10": "4", "12": "x"}
    assert (landing.skipped, landing.outside, landing.fits) == (2, 0, False)


def test_a_blank_over_a_total_is_no_loss_and_over_a_figure_empties_it() -> None:
    landing = landed(table("Σo7"), Block(((Piece(), Piece("3"), Piece()),)), 0, 0)
    assert landing.fits
    assert texts(landing) == {"01": "3", "02": ""}


def test_nothing_is_written_under_a_merged_cell() -> None:
    landing = landed(table("77"), Block(((Piece("3"), Piece(covered=True)),)), 0, 0)
    assert texts(landing) == {"00": "3"}


def test_what_lies_beyond_the_form_is_counted() -> None:
    landing = landed(table("oo"), block("1 2 3", "4 _ _"), 0, 0)
    assert texts(landing) == {"00": "1", "01": "2"}
    assert (landing.skipped, landing.outside) == (0, 2)
    assert [(cell.row, cell.column) for cell in landing.placed if cell.outcome == "outside"] == [
        (0, 2),
        (1, 0),
    ]


def test_one_cell_fills_the_whole_selection() -> None:
    landing = landed(table("oΣo", "ooo"), block("-"), 0, 0, 1, 2)
    assert set(texts(landing).values()) == {"-"}
    assert (landing.rows, landing.columns, landing.skipped) == (2, 3, 1)


APART = (Area(0, 0, 0, 0), Area(2, 1, 2, 2))


def test_one_cell_lands_in_every_cell_of_areas_apart_and_in_none_between() -> None:
    view = table("ooo", "ooo", "oΣo")
    asked = pasting(block("6"), APART, "printed")
    landing = land(view, asked.block, asked.onto, spots(view), H1)
    assert texts(landing) == {"00": "6", "22": "6"}
    assert (landing.skipped, len(landing.placed), landing.fits) == (1, 3, False)


@pytest.mark.parametrize(
    "copied",
    [block("1", "2"), block("1 2"), Block(((Piece("1"),),), whole=((Piece("1"),), (Piece("2"),)))],
)
def test_a_block_is_refused_for_areas_apart(copied: Block) -> None:
    with pytest.raises(JudappError, match="PST-004"):
        pasting(copied, APART, "printed")
    assert pasting(copied, APART[1:], "printed").onto == APART[1:]


def test_a_paste_is_named_with_the_cells_that_can_be_read() -> None:
    assert landed(table("ooΣ"), block("7 12O 9"), 0, 0).named == 1
    assert landed(table("oo"), block("12O 13O"), 0, 0).named == 2  # kept as text, all of them


@pytest.mark.parametrize("nothing", ["\u200b", "\u00a0", "\ufeff", " \u200d\u2060"])
def test_signs_nobody_sees_are_no_figure_to_paste_and_lose_nothing(nothing: str) -> None:
    landing = landed(table("oΣ"), Block(((Piece(nothing),) * 3, (Piece(nothing),) * 3)), 0, 0)
    assert (landing.texts, landing.placed, landing.fits) == ({}, (), True)
    assert texts(landed(table("7"), Block(((Piece(nothing),),)), 0, 0)) == {"00": nothing}  # as a blank does


@pytest.mark.parametrize(
    ("onto", "rows", "columns"),
    [
        ((0, 0, 3, 0), 4, 1),  # twice below itself
        ((0, 0, 3, 3), 4, 4),  # over both ways
        ((0, 0, 2, 0), 2, 1),  # no multiple: once
        ((0, 0, 0, 2), 2, 3),  # one row high: beside itself
    ],
)
def test_a_block_repeats_over_a_selection_that_is_a_multiple_of_it(
    onto: tuple[int, ...], rows: int, columns: int
) -> None:
    landing = landed(table(*["oooo"] * 4), block("1", "5"), *onto)
    assert (landing.rows, landing.columns) == (rows, columns)
    assert len(landing.texts) == rows * columns
    assert all(text == ("5" if int(row) % 2 else "1") for (_, row, _), text in landing.texts.items())


def test_a_locked_sheet_takes_nothing() -> None:
    drawn = table("oo")
    locked = replace(drawn, cells={key: replace(cell, enterable=False) for key, cell in drawn.cells.items()})
    landing = landed(locked, block("1 2"), 0, 0)
    assert (landing.texts, landing.skipped) == ({}, 2)


def test_text_that_is_no_figure_is_kept_and_makes_a_preview() -> None:
    landing = landed(table("oow"), block("12O 5 chữ"), 0, 0)
    assert texts(landing) == {"00": "12O", "01": "5", "02": "chữ"}
    assert (landing.unreadable, landing.written, landing.fits) == (1, 2, False)
    assert landing.placed[0].figure is not None
    assert landing.placed[0].figure.state is State.UNREADABLE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", 1234567),
        ("(1.234)", -1234),
        ("-", None),
        ("…", None),
        ("120 việc", 120),
        ("1.234", 1234),
    ],
)
def test_figures_as_people_write_them_are_read_as_they_are_typed(text: str, value: int | None) -> None:
    landing = landed(table("o"), Block(((Piece(text),),)), 0, 0)
    assert landing.fits
    assert landing.placed[0].figure is not None
    assert landing.placed[0].figure.value == value


def test_an_estimate_in_a_final_round_is_refused_alone() -> None:
    view = table("oo")
    landing = land(view, block("120+15 7"), [Area(0, 0, 0, 0)], spots(view), FINAL)
    assert texts(landing) == {"01": "7"}
    assert (landing.refused, landing.placed[0].why, landing.fits) == (1, "ENT-001", False)


@pytest.mark.parametrize(
    "words", ["1\u00002", "\u202e12", "\ud83d5", "٣٤", "=1/0", "1e5", "NaN", "10000000000000000"]
)
def test_hostile_text_is_kept_and_marked_or_refused_and_changes_no_neighbour(words: str) -> None:
    for copied in (copied_block(words), copied_block("", f"<table><tr><td>{words}</table>")):
        landing = landed(table("77"), copied, 0, 0)
        assert set(texts(landing)) <= {"00"}
        assert not landing.fits


# "1.234" in a column with decimals


def test_two_readings_are_asked_once_and_only_where_there_are_decimals() -> None:
    view = table("oo", "oo", kinds="cd")
    copied = block("1.234 1.234", "7 5.678")
    asked = landed(view, copied, 0, 0)
    assert (asked.ambiguous, asked.fits) == (2, False)
    assert texts(asked) == {"00": "1.234", "10": "7"}
    grouped = landed(view, copied, 0, 0, numbers="grouped")
    assert texts(grouped) == {"00": "1.234", "01": "1234", "10": "7", "11": "5678"}
    assert grouped.fits
    decimal = landed(view, copied, 0, 0, numbers="decimal")
    assert texts(decimal)["01"] == "1,2340"
    assert decimal.unreadable == 2  # the column has one decimal; nobody rounds


# the number behind the shown text


def test_the_exact_number_counts_where_the_column_holds_it() -> None:
    view = table("ow", kinds="dc")
    landing = landed(view, Block(((Piece("12", "12,3"), Piece("12", "12,3")),)), 0, 0)
    assert texts(landing) == {"00": "12,3", "01": "12"}  # words keep what was shown
    assert landing.fits


def test_an_exact_number_a_column_does_not_hold_is_unreadable_until_the_shown_one_is_chosen() -> None:
    view = table("o", kinds="d")
    copied = Block(((Piece("12,3", "12,3450", "12,3"),),))
    landing = landed(view, copied, 0, 0)
    assert (landing.rounded, landing.unreadable) == (1, 1)
    assert landing.placed[0].shown == "12,3"
    chosen = landed(view, copied, 0, 0, as_shown=True)
    assert texts(chosen) == {"00": "12,3"}
    assert chosen.fits
    [row] = copied_block("", '<table><tr><td sdval="1234.4">1.234<td>x</table>').rows
    thousands = landed(table("o"), Block((row[:1],)), 0, 0, as_shown=True)
    assert texts(thousands) == {"00": "1234"}


def test_a_decimal_never_becomes_thousands_in_a_column_of_whole_numbers() -> None:
    landing = landed(table("o"), Block(((Piece("12,345", "12,3450", "12,3450"),),)), 0, 0)
    assert landing.unreadable == 1
    assert landing.placed[0].figure is not None
    assert landing.placed[0].figure.value is None


def test_a_cell_that_shows_another_number_than_it_holds_is_looked_at() -> None:
    landing = landed(table("o"), Block(((Piece("1.235", doubtful=True),),)), 0, 0)
    assert (texts(landing), landing.doubtful, landing.fits) == ({"00": "1.235"}, 1, False)


def test_an_estimated_part_is_pasted_where_none_stood_and_a_blank_takes_away_only_one() -> None:
    view = table("78")
    key = view.key_at(0, 1)
    split = replace(view.cells[key], typed="5+3", estimate="3", estimated=True)
    view = replace(view, cells={**view.cells, key: split})
    landing = landed(view, block("2 4"), 0, 0, layer="estimated")
    assert [cell.figure for cell in landing.placed] == [number(7, 2), number(8, 4)]
    assert landing.fits
    blank = Block(((Piece(), Piece()),))
    assert texts(landed(view, blank, 0, 0, layer="estimated")) == {"01": ""}


def test_the_estimated_part_is_pasted_into_its_own_layer() -> None:
    view = table("7ow")
    landing = landed(view, block("3 3 chữ"), 0, 0, layer="estimated")
    assert texts(landing) == {"00": "3"}
    assert landing.placed[0].figure is not None
    assert (landing.placed[0].figure.value, landing.placed[0].figure.estimate) == (7, 3)
    assert (landing.refused, landing.skipped) == (1, 1)  # no number to be part of; words have none
    assert landing.placed[1].why == "ENT-003"


# what a person may choose


def test_hidden_rows_and_columns_are_left_out_unless_asked_for() -> None:
    rows = tuple(tuple(Piece(f"{n}{m}") for m in range(3)) for n in range(1, 4))
    copied = Block(rows, frozenset((1,)), frozenset((2,)))
    assert texts(landed(table(*["ooo"] * 3), copied, 0, 0)) == {
        "00": "10",
        "01": "11",
        "10": "30",
        "11": "31",
    }
    assert len(landed(table(*["ooo"] * 3), copied, 0, 0, hidden=True).texts) == 9


def test_rows_and_columns_are_swapped() -> None:
    landing = landed(table("oo", "oo", "oo"), block("1 2 9", "4 5 6"), 0, 0, transposed=True)
    assert texts(landing) == {"00": "1", "01": "4", "10": "2", "11": "5", "20": "9", "21": "6"}


def test_a_copied_total_is_offered_to_be_left_out() -> None:
    copied = block("9 30", "4 10", "5 20")
    landing = landed(table("oo", "oo", "oo"), copied, 0, 0)
    assert (landing.offers.total, landing.offers.total_first, landing.fits) == (0, True, False)
    assert len(landing.texts) == 6  # never by itself
    assert texts(landed(table("oo", "oo", "oo"), copied, 0, 0, without_total=True)) == {
        "00": "4",
        "01": "10",
        "10": "5",
        "11": "20",
    }


def test_a_total_that_meets_the_total_of_the_form_is_no_question() -> None:
    landing = landed(table("ΣΣ", "oo", "oo"), block("9 30", "4 10", "5 20"), 0, 0)
    assert landing.offers.total == -1
    assert (landing.skipped, len(landing.texts)) == (2, 4)


def test_labels_and_column_numbers_copied_along_are_offered_to_be_left_out_or_lined_up() -> None:
    view = table("ooo", "ooo", "ooo", labels=("Phòng một", "Phòng hai", "Phòng ba"))
    copied = block_of(
        "Tên\tCột 3\tCột 1\nA\t(3)\t(1)\n2. PHÒNG  HAI\t23\t21\n1. Phong mot\t13\t11\nPhòng tư\t1\t2"
    )
    landing = landed(view, copied, 0, 0)
    offers = landing.offers
    assert (offers.heads, offers.stub, offers.found) == (2, 1, 2)
    assert offers.columns == (None, 2, 0)
    assert not landing.fits
    bare = landed(view, copied, 0, 0, without_heads=True)
    assert texts(bare) == {"00": "23", "01": "21", "10": "13", "11": "11", "20": "1", "21": "2"}
    lined = landed(view, copied, 2, 2, by_labels=True)
    assert texts(lined) == {"12": "23", "10": "21", "02": "13", "00": "11"}
    assert lined.outside == 2  # "Phòng tư" is no row of the form


@given(st.lists(st.lists(st.text("0123456789.,-()… O", max_size=6), min_size=2, max_size=2), min_size=1))
def test_every_copied_cell_with_words_is_accounted_for(rows: list[list[str]]) -> None:
    copied = Block(tuple(tuple(Piece(text) for text in row) for row in rows))
    landing = landed(table("oΣ", "wo", ".o"), copied, 0, 0)
    words = sum(bool(text.strip()) for row in rows for text in row)
    counted = landing.skipped + landing.outside + landing.refused + landing.ambiguous + len(landing.texts)
    assert counted == words
    assert landing.unreadable <= len(landing.texts)


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
