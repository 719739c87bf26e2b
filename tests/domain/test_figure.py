"""A cell is one of six answers or not answered; empty is never 0 (domain 4)."""

from __future__ import annotations

from typing import Any

import pytest

from judapp.domain import figure
from judapp.domain.figure import Figure, State


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        (State.NUMBER, {}),
        (State.NIL, {"value": 0}),
        (State.EMPTY, {"value": 0}),
        (State.PENDING, {"value": 5}),
        (State.OUT_OF_REMIT, {"value": 0}),
        (State.UNREADABLE, {"text": "12O", "value": 12}),
        (State.NIL, {"estimate": 0}),
        (State.TEXT, {"text": "trên", "estimate": 1}),
        (State.UNREADABLE, {}),
        (State.TEXT, {}),
        (State.NUMBER, {"value": 5, "text": "5"}),
        (State.EMPTY, {"text": ""}),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(state: State, parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=state.name):
        Figure(state, **parts)


def test_only_an_empty_cell_is_unanswered() -> None:
    answers = [figure.NIL, figure.PENDING, figure.OUT_OF_REMIT, figure.number(0), figure.unreadable("12O")]
    assert all(answer.answered for answer in [*answers, figure.words("trên")])
    assert not figure.EMPTY.answered


def test_nothing_occurred_is_not_the_number_zero_nor_an_empty_cell() -> None:
    assert len({figure.NIL, figure.number(0), figure.EMPTY}) == 3


def test_a_number_may_hold_an_estimated_part() -> None:
    assert figure.number(135, 15) == Figure(State.NUMBER, 135, 15)
    assert figure.number(135).estimate is None


def test_text_that_is_no_figure_is_kept_whole() -> None:
    assert figure.unreadable("12O").text == "12O"


def test_a_text_cell_without_words_is_empty() -> None:
    assert figure.words("") is figure.EMPTY
    assert figure.words("trên") == Figure(State.TEXT, text="trên")


def test_states_keep_the_numbers_the_data_file_knows_them_by() -> None:
    """Promise 10: these stand in files for ever."""
    assert {state.name: state.value for state in State} == {
        "EMPTY": 0,
        "NUMBER": 1,
        "NIL": 2,
        "PENDING": 3,
        "OUT_OF_REMIT": 4,
        "UNREADABLE": 5,
        "TEXT": 6,
    }
