"""Totals, labels and column numbers among copied figures are recognised by what is exactly the same."""

from __future__ import annotations

import pytest

from judapp.app.pasting_block import Piece
from judapp.app.pasting_offers import Offers, offers_of
from tests.app.drawn_table import table

LABELS = ("Tổng số", "Nam", "Nữ", "Khác", "Nam", "Nữ")
FORM = table(*["ooo"] * 6, labels=LABELS)


def offered(*rows: str, top: int = 0) -> Offers:
    """What is offered for rows of cells apart by a bar, landing on row ``top``."""
    return offers_of([[Piece(cell.strip()) for cell in row.split("|")] for row in rows], FORM, top)


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (("9|30", "4|10", "5|20"), 0),
        (("4|10", "5|20", "9|30"), 2),
        (("9", "4", "3", "2"), 0),
        (("3", "1", "2"), -1),  # a single small sum may be chance
        (("9|30", "4|10", "5|21"), -1),
        (("9|x", "4|y", "5|z"), -1),
        (("9|30|", "4|10|-", "5|20|…"), 0),  # states add nothing
        (("9|30|", "4|10|1", "5|20|"), -1),  # no total over figures there are
        (("0|0", "0|0", "0|0"), -1),
        (("9|30", "9|30"), -1),
        (("1.234|0,3", "1.200|0,1", "34|0,2"), 0),
    ],
)
def test_a_total_is_the_sum_of_the_others(rows: tuple[str, ...], total: int) -> None:
    assert offered(*rows).total == total


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (("(1)|(2)|(3)", "5|6|7"), 1),
        (("A|(1)|(2)", "Nam|6|7"), 1),
        (("1|2|3", "5|6|7"), 1),  # the numbers of the form's columns
        (("1|2", "5|6"), 0),  # two figures one after the other are figures
        (("2|3|4", "5|6|7"), 0),
        (("(5)|(9)|(3)", "5|6|7"), 0),  # negative figures
        (("Cột 1|COT 2|", "5|6|7"), 1),
        (("Cột 1|Số khác|", "||", "(1)|(2)|(3)", "5|6|7"), 3),
        (("Nơi khác|Số khác|Số nữa", "5|6|7"), 0),
        (("Cột 1|Cột 2|Cột 3",), 0),  # nothing below them
        (("(1)|(2)|(3)",), 1),  # as figures they would all be negative
        (("1|2|3",), 0),
        (("A|(2)", "Nam|6"), 1),
        (("A|(9)", "Nam|6"), 0),
        (("|Cột 2\n(việc)", "Nam|6"), 1),
    ],
)
def test_rows_of_a_head_are_recognised_by_column_numbers_or_labels(rows: tuple[str, ...], heads: int) -> None:
    assert offered(*rows).heads == heads


def test_the_same_label_in_two_groups_is_told_apart_by_the_order() -> None:
    found = offered("Nam|1", "Nữ|2", "Nam|3", "Nữ|4")
    assert (found.stub, found.lines, found.found) == (1, (1, 2, 4, 5), 4)
    assert offered("Khác|1", "Nữ|2").lines == (3, 5)


def test_numbering_before_a_label_does_not_matter_but_another_word_does() -> None:
    found = offered("II|- Nam|1", "|b) Nữ giới|2", "|1.2. Nữ|3")
    assert (found.stub, found.lines) == (2, (1, None, 2))


def test_a_label_above_the_one_before_counts_where_there_is_only_one() -> None:
    assert offered("Khác|1", "TỔNG SỐ|2").lines == (3, 0)


def test_words_alone_are_a_list_and_no_stub() -> None:
    assert offered("Nam", "Nữ") == Offers()
    assert not offered("Nam", "Nữ").any


def test_a_total_that_lands_on_a_total_is_not_asked_about() -> None:
    reckoned = table("ΣΣ", "oo", "oo", labels=("Tổng số", "Nam", "Nữ"))
    rows = [[Piece(cell) for cell in row.split("|")] for row in ("Tổng số|9|30", "Nam|4|10", "Nữ|5|20")]
    assert offers_of(rows, reckoned, 2).total == -1  # by its label
    assert offers_of([row[1:] for row in rows], reckoned, 0).total == -1  # by its place
    assert offers_of([row[1:] for row in rows], reckoned, 1).total == 0
