"""Measures and indicators: what figures mean, whichever form holds them (design 4.5)."""

from __future__ import annotations

import msgspec
import pytest

from judapp.domain.measure import QUALIFIER_WORDS, Indicator, Measure
from tests.domain.builders import indicator, measure


def test_an_indicator_with_a_denominator_is_a_rate() -> None:
    assert indicator("m:a", "m:b").is_rate
    assert not indicator("m:a").is_rate


def test_an_indicator_has_a_name_in_both_languages() -> None:
    assert indicator("m:a").name == ("Chỉ tiêu thử", "Trial")


@pytest.mark.parametrize("of", [measure("cc.viec", part_of="cc.nam"), indicator("m:a", "m:b", decimals=1)])
def test_a_definition_written_and_read_again_is_the_same(of: Measure | Indicator) -> None:
    assert msgspec.json.decode(msgspec.json.encode(of), type=type(of)) == of


def test_the_words_of_a_qualifier_column() -> None:
    """ "Trên 50 triệu" is a lower bound, "khoảng" is rounded, nothing is exact."""
    assert QUALIFIER_WORDS == {"": "", "trên": "lower", "khoảng": "about"}
