"""The widths of printed words follow the metrics of Times; wrapping never counts too few lines."""

from __future__ import annotations

import pytest

from judapp.domain.text_width import LINE, line_count, longest_word, text_height, text_width


def test_letters_are_as_wide_as_in_times() -> None:
    assert text_width("AV0", 1000) == 722 + 722 + 500
    assert text_width("m", 1000, bold=True) == 833
    assert text_width("", 11) == 0


@pytest.mark.parametrize(("marked", "plain"), [("Ễ", "E"), ("ậ", "a"), ("ơ", "o"), ("a\u0301", "a")])
def test_marks_do_not_make_a_letter_wider(marked: str, plain: str) -> None:
    assert text_width(marked, 11) == text_width(plain, 11)


def test_a_letter_nobody_measured_is_taken_as_wide() -> None:
    assert text_width("Ж", 10) == 6
    assert text_width("Ж", 10, bold=True) == 6.5


def test_the_longest_word_is_the_widest() -> None:
    assert longest_word("iii mm i", 10) == text_width("mm", 10)
    assert longest_word("", 10) == 0


def test_words_wrap_and_lines_stay_lines() -> None:
    word = text_width("mmmm", 10)
    assert line_count("mmmm mmmm mmmm", word * 1.1, 10) == 3
    assert line_count("mmmm mmmm mmmm", word * 2.5, 10) == 2
    assert line_count("mmmm\nmmmm", 1000, 10) == 2
    assert line_count("", 10, 10) == 1


def test_a_word_wider_than_its_place_is_broken() -> None:
    assert line_count("m" * 10, text_width("mmm", 10) * 1.04, 10) == 4
    assert text_height("mmmm", 1000, 10) == pytest.approx(10 * LINE)
