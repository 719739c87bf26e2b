"""Vietnamese text: one spelling kept, one key for comparing, and no sign a file cannot hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.text import Bilingual, clean, fold, visible

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặừứửữựỳýỷỹỵ AĂÂĐÊÔƠƯỨ-.()0123456789")


def test_a_text_is_told_in_the_language_asked_for() -> None:
    both = Bilingual("năm", "year")
    assert (both.in_language("vi"), both.in_language("en")) == ("năm", "year")


def test_a_kept_text_is_composed_with_single_spaces_and_no_rim() -> None:
    assert clean(unicodedata.normalize("NFD", "  Hòa\u00a0\n giải ")) == "Hòa giải"


def test_marks_without_a_shape_are_not_kept() -> None:
    assert clean("\ufeffNghi\u200b Lộc\u200f") == "Nghi Lộc"
    assert clean("\u200b") == ""


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\udc80", "\uffff"])
def test_a_sign_no_file_can_hold_stays_as_a_visible_gap(sign: str) -> None:
    assert clean(f"1{sign}2") == "1\ufffd2"


@given(st.text())
def test_every_kept_text_can_be_stored_and_no_visible_sign_is_lost(text: str) -> None:
    kept = clean(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert clean(kept) == kept
    seen = unicodedata.normalize("NFC", visible(text))
    assert len("".join(kept.split())) == len("".join(seen.split()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà giải", "HÒA  GIẢI"),
        ("Đồng Nai", "dong nai"),
        ("Quý", "qúy"),
        ("Nghi\u00a0Lộc", "nghi lộc"),
        ("Sở Tư pháp", unicodedata.normalize("NFD", "SỞ TƯ PHÁP")),
        ("việc\u200b", "việc"),
    ],
)
def test_labels_that_differ_by_marks_case_or_spaces_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_labels_that_differ_in_a_word_never_fold_alike() -> None:
    assert fold("hòa giải thành") != fold("hòa giải không thành")


@given(VIETNAMESE)
def test_folding_gives_plain_letters_and_is_final(text: str) -> None:
    key = fold(text)
    assert key.isascii()
    assert key == key.lower()
    assert fold(key) == key
