"""The front page in words: counts that matter first, differences of rates in points, nothing unknown as 0."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.comparison import change_of_count, change_of_rate
from judapp.domain.indicator import Amount, Reading, SamePeriod
from judapp.domain.measure import Indicator
from judapp.domain.number import round_half_up
from judapp.domain.value import EMPTY, OUT_OF_REMIT, known
from judapp.report import overview_sentences as say
from judapp.report.overview_sentences import Counts
from judapp.text import Bilingual

RATE = Indicator(
    id="r", label="Trực tuyến", label_en="Online", numerator="m:a", denominator="m:b",
    unit="hồ sơ", unit_en="cases", regime="bc",
)  # fmt: skip
COUNT = Indicator(
    id="c", label="Góp ý", label_en="Comments", numerator="m:a", unit="dự thảo", unit_en="drafts", regime="bc"
)


@pytest.mark.parametrize(
    ("counts", "vi"),
    [
        (
            Counts(met=2, known=5, falls=1, claims=1),
            "2/2 chỉ tiêu giao đã đạt; 1 số giảm mạnh; 1 số công bố cần xem lại.",
        ),
        (
            Counts(met=3, missed=1, untold=1, known=4),
            "3/5 chỉ tiêu giao đã đạt, 1 chưa đạt, 1 chưa tính được.",
        ),
        (Counts(missed=2, known=2, rises=1), "0/2 chỉ tiêu giao đã đạt, 2 chưa đạt; 1 số tăng mạnh."),
        (Counts(untold=2, known=3, claims=2), "2 chỉ tiêu giao chưa tính được; 2 số công bố cần xem lại."),
        (Counts(known=6), "6 chỉ tiêu thống kê có số liệu, chưa có mức giao."),
        (Counts(), "Chưa chỉ tiêu thống kê nào tính được."),
    ],
)
def test_the_headline_counts_what_was_asked_for_before_what_happened(counts: Counts, vi: str) -> None:
    assert say.headline(counts).vi == vi
    assert say.headline(counts).en.endswith(".")


@pytest.mark.parametrize(
    ("gap", "vi"),
    [
        (Fraction("24.7546"), "+24,75\u00a0điểm\u00a0%"),
        (Fraction(-8), "−8,00\u00a0điểm\u00a0%"),
        (Fraction("-0.0028"), "−0,0028\u00a0điểm\u00a0%"),
        (Fraction("0.000004"), "+0,000004\u00a0điểm\u00a0%"),
        (Fraction(0), "0,00\u00a0điểm\u00a0%"),
    ],
)
def test_a_difference_of_rates_is_points_and_never_rounded_to_nothing(gap: Fraction, vi: str) -> None:
    assert say.points(gap, 2).vi.replace("điểm %", "điểm\u00a0%") == vi


@given(st.fractions(min_value=-100, max_value=100, max_denominator=10**6))
def test_a_gap_that_exists_is_seen(gap: Fraction) -> None:
    shown = say.points(gap, 2).vi
    assert (gap == 0) == (not any(digit in shown for digit in "123456789"))
    assert round_half_up(gap, 2) or len(shown) > len("0,00 điểm %") or not gap


def test_no_figure_has_a_sign_of_its_own_and_nothing_counted_is_a_dash() -> None:
    assert say.number(None) == Bilingual("…", "…")
    assert say.absent(EMPTY) == Bilingual("…", "…")
    assert say.absent(OUT_OF_REMIT) == Bilingual("⊘", "⊘")
    assert say.amount(0, COUNT).vi == "–"
    assert say.amount(Fraction(0), RATE).vi == "0,00"
    assert say.with_unit(say.UNKNOWN, RATE).vi == "…"
    assert say.with_unit(say.amount(5514, COUNT), COUNT) == Bilingual(
        "5.514\u00a0dự thảo", "5,514\u00a0drafts"
    )


def _same(change: object, base: int) -> SamePeriod:
    return SamePeriod(Reading(known(base), Amount(known(base)), None), change)  # type: ignore[arg-type]  # one of two


def test_the_three_changes_are_never_mixed() -> None:
    assert say.change(_same(change_of_count(5514, 5107), 5107), COUNT).vi == "+7,97\u00a0%"
    moved = say.change(_same(change_of_rate(Fraction("83.50"), Fraction("82.88")), 0), RATE)
    assert moved == Bilingual("+0,62\u00a0điểm %", "+0.62\u00a0points")
    assert say.change(_same(change_of_count(12, 0), 0), COUNT).vi == "+12\u00a0dự thảo"
    assert say.change(SamePeriod(Reading(EMPTY, Amount(EMPTY), None), None, "missing"), COUNT).vi == "…"
    assert say.change(None, COUNT).vi == "…"


def test_only_a_few_names_are_told_and_the_others_counted() -> None:
    assert say.names(["A", "B", "A"]).vi == "A, B"
    assert say.names(list("ABCDEF")) == Bilingual("A, B, C, D và 2 đơn vị khác", "A, B, C, D and 2 others")


def test_a_line_never_breaks_between_a_figure_and_its_percent_sign() -> None:
    told = say.typeset(Bilingual("đạt 94,75 % so với 70 %; không tính %", "94.75 % of it"))
    assert told == Bilingual("đạt 94,75\u00a0% so với 70\u00a0%; không tính %", "94.75\u00a0% of it")


def test_how_many_have_reported_is_said_with_the_share() -> None:
    assert say.coverage(105, 130).vi == "Tính trên 105/130 đơn vị đã nộp (80,77\u00a0%)."


@pytest.mark.parametrize(
    ("units", "drafts", "vi"),
    [
        (1, True, "Lấy từ biểu 10b, 12b (số nháp)."),
        (5, False, "Lấy từ biểu 10b, 12b của 5 đơn vị (đã trình duyệt)."),
    ],
)
def test_the_forms_and_whether_they_may_change_are_named(units: int, drafts: bool, vi: str) -> None:
    assert say.basis(["10b", "12b"], drafts=drafts, units=units).vi == vi
