"""Sentences say value, target and change as the field does; the three changes are never mixed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from judapp.domain import value as values
from judapp.domain.indicator import Amount, Reading, SamePeriod, against_same_period, read
from judapp.domain.measure import Indicator
from judapp.domain.number import Rational
from judapp.domain.period import Period, Span
from judapp.domain.target import Target
from judapp.domain.value import Value, known
from judapp.report.sentences import Standing, sentence
from judapp.text import Bilingual

RATE = Indicator(
    id="dvc.truc_tuyen",
    label="Đăng ký trực tuyến",
    label_en="Online registration",
    numerator="m:a",
    denominator="m:b",
    unit="hồ sơ",
    unit_en="cases",
    regime="bc",
)
COUNT = Indicator(
    id="gop_y",
    label="Góp ý dự thảo",
    label_en="Drafts commented on",
    numerator="m:a",
    unit="dự thảo",
    unit_en="drafts",
    regime="bc",
)
H1 = Period(2025, "H1")
SIX = Span(date(2025, 1, 1), date(2025, 6, 30))


def amount(number: Rational | None, span: Span = SIX, value: Value | None = None) -> Amount:
    return Amount(value or (values.EMPTY if number is None else known(number)), span)


def rate(top: Rational | None, bottom: Rational | None, span: Span = SIX) -> Reading:
    parts = {"a": amount(top, span), "b": amount(bottom, span)}
    return read(RATE, parts.__getitem__)


def count(number: Rational, span: Span = SIX) -> Reading:
    return read(COUNT, lambda _: amount(number, span))


def target(level: str, operator: str = ">=", yardstick: str = "full") -> Target:
    return Target(
        "t", "x", "u", 2025, operator, Decimal(level), yardstick, date(2025, 1, 1), None, "typed", ""
    )


def said(
    reading: Reading,
    goal: Target | None = None,
    *,
    indicator: Indicator = RATE,
    same: SamePeriod | None = None,
    months: int = 6,
    lang: str = "vi",
) -> str:
    return sentence(Standing(indicator, H1, reading, goal, "UBND tỉnh", months, same), lang)


def test_a_met_target_is_told_in_points_with_the_pair_beside_the_rate() -> None:
    assert said(rate(81452, 85961), target("70")) == (
        "Đăng ký trực tuyến đạt 94,75 % (81.452/85.961 hồ sơ), "
        "vượt 24,75 điểm phần trăm so với chỉ tiêu 70 % UBND tỉnh giao."
    )


def test_a_missed_target_says_how_many_more_cases_would_meet_it() -> None:
    assert said(rate(24800, 40000), target("70")) == (
        "Đăng ký trực tuyến đạt 62,00 % (24.800/40.000 hồ sơ), "
        "thấp hơn mức giao 70 % là 8,00 điểm phần trăm; cần thêm 3.200 hồ sơ (với 40.000 hồ sơ) để đạt."
    )


@pytest.mark.parametrize(
    ("top", "operator", "words"),
    [
        (8325, ">=", ", bằng mức giao."),
        (8325, ">", "bằng mức giao nhưng chưa đạt vì chỉ tiêu yêu cầu trên 83,25 %."),
    ],
)
def test_equality_meets_a_floor_but_not_a_strict_one(top: int, operator: str, words: str) -> None:
    assert said(rate(top, 10000), target("83.25", operator)).endswith(words)


def test_a_tie_that_only_rounding_makes_is_said_with_the_unrounded_rate() -> None:
    words = said(rate(832469, 1000000), target("83.25"))
    assert words.endswith("bằng mức giao khi làm tròn; số chưa làm tròn 83,2469 %: chưa đạt.")


@pytest.mark.parametrize(
    ("top", "words"),
    [
        (32, "trong giới hạn 5 %."),
        (62, "vượt giới hạn 5 % là 1,20 điểm phần trăm."),
    ],
)
def test_a_ceiling_is_worded_as_a_limit(top: int, words: str) -> None:
    assert said(rate(top, 1000), target("5", "<=")).endswith(words)


def test_pro_rata_holds_half_a_year_against_half_the_level() -> None:
    words = said(rate(4849, 10000), target("73", yardstick="pro_rata"))
    assert "vượt 11,99 điểm phần trăm so với mức 6 tháng 36,50 % (6/12 của 73 %)" in words
    assert "chậm 0,50 điểm phần trăm" in said(rate(3600, 10000), target("73", yardstick="pro_rata"))


def test_a_count_grows_by_a_number_and_a_percentage() -> None:
    now, then = count(5514), count(5107, SIX.a_year_earlier())
    same = against_same_period(now, then, is_rate=False)
    assert "tăng 407 dự thảo (7,97 %) so với cùng kỳ năm 2024, từ 5.107 lên 5.514" in said(
        now, indicator=COUNT, same=same
    )


def test_a_rate_moves_by_points_never_by_percent() -> None:
    now, then = rate(8350, 10000), rate(8288, 10000, SIX.a_year_earlier())
    words = said(now, same=against_same_period(now, then, is_rate=True))
    assert "tăng 0,62 điểm phần trăm so với cùng kỳ năm 2024 (từ 82,88 % lên 83,50 %)" in words


def test_five_months_never_meet_six_in_a_percentage() -> None:
    now = count(500, Span(date(2025, 1, 1), date(2025, 5, 31)))
    then = count(600, Span(date(2024, 1, 1), date(2024, 6, 30)))
    words = said(now, indicator=COUNT, same=against_same_period(now, then, is_rate=False))
    assert "kỳ so sánh 5 tháng và 6 tháng: không tính %" in words


def test_from_nothing_there_is_no_percentage() -> None:
    now, then = count(12), count(0, SIX.a_year_earlier())
    words = said(now, indicator=COUNT, same=against_same_period(now, then, is_rate=False))
    assert "cùng kỳ năm 2024 không phát sinh, kỳ này 12 dự thảo" in words


def test_an_unchanged_figure_is_said_to_be_unchanged() -> None:
    now, then = count(12), count(12, SIX.a_year_earlier())
    assert "không đổi" in said(now, indicator=COUNT, same=against_same_period(now, then, is_rate=False))


def test_the_units_a_base_is_made_of_are_named() -> None:
    now, then = count(30), count(20, SIX.a_year_earlier())
    then = replace(
        then, numerator=replace(then.numerator, basis=Bilingual("cộng số của Lào Cai và Yên Bái", ""))
    )
    words = said(now, indicator=COUNT, same=against_same_period(now, then, is_rate=False))
    assert words.endswith("(cộng số của Lào Cai và Yên Bái).")


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (rate(1, 0), "không phát sinh mẫu số nên không tính tỷ lệ"),
        (rate(1, None), "thiếu mẫu số"),
        (rate(None, None), "thiếu tử số, mẫu số"),
        (read(COUNT, lambda _: amount(None, value=values.OUT_OF_REMIT)), "không còn thuộc thẩm quyền"),
        (
            read(RATE, {"a": amount(1), "b": amount(2, SIX.a_year_earlier())}.__getitem__),
            "khác kỳ nên không tính tỷ lệ",
        ),
    ],
)
def test_what_cannot_be_reckoned_says_why_and_shows_no_number(reading: Reading, words: str) -> None:
    spoken = said(reading, target("70"))
    assert words in spoken
    assert "%" not in spoken


def test_a_lower_bound_is_never_told_as_a_value() -> None:
    parts = {
        "a": replace(amount(50_000_000), qualifier="lower"),
        "b": replace(amount(60_000_000), qualifier="about"),
    }
    assert "đạt ít nhất 83,33 %" in said(read(RATE, parts.__getitem__))


def test_english_writes_numbers_and_words_its_own_way() -> None:
    assert said(rate(81452, 85961), target("70"), lang="en") == (
        "Online registration: 94.75 % (81,452/85,961 cases), "
        "24.75 percentage points above the target of 70 % set by UBND tỉnh."
    )
