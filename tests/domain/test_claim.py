"""Published figures recomputed: truncated, imprecise, wrong target, wrong window, other scope (domain 5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from judapp.domain.claim import Claim, Evidence, Judgement, judge_claim
from judapp.domain.number import round_half_up
from judapp.domain.period import Span
from tests.domain.builders import day

D = Decimal
NOTHING = Evidence()


def claim(printed: str = "", **more: Any) -> Claim:
    known = {"uid": "c", "indicator": "i", "unit": "na", "period": "2024-H1", "document": "d"}
    return Claim(printed=printed, **(known | more))


def of_pair(numerator: int, denominator: int, /, **more: Any) -> Evidence:
    """The evidence of a rate whose pair is known."""
    return Evidence(value=Fraction(numerator * 100, denominator), numerator=numerator, **more)


def verdicts(of: Claim, evidence: Evidence = NOTHING) -> list[str]:
    return [judgement.verdict for judgement in judge_claim(of, evidence)]


def only(of: Claim, evidence: Evidence = NOTHING) -> Judgement:
    [judgement] = judge_claim(of, evidence)
    return judgement


# what is kept


@pytest.mark.parametrize("name", ["printed", "numerator", "denominator", "difference", "change"])
@pytest.mark.parametrize("text", ["4/4", "94,75", "1e5", "+2", "trên 50 triệu", " 5", "٣", "NaN", ".5"])
def test_a_published_number_is_kept_as_a_decimal_or_not_at_all(name: str, text: str) -> None:
    more = {"change_kind": "percent"} if name == "change" else {}
    with pytest.raises(ValueError, match=name):
        claim(**{name: text}, **more)


@pytest.mark.parametrize("half", [{"change": "11.08"}, {"change_kind": "points"}])
def test_a_change_comes_with_its_kind(half: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="change"):
        claim(**half)


@pytest.mark.parametrize(
    "days", [{"start": "01/10/2023"}, {"end": "2024-06-31"}, {"start": "2024-06-30", "end": "2023-10-01"}]
)
def test_the_days_of_a_claim_are_days_in_order(days: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"isoformat|out of range|after"):
        claim(**days)


def test_a_claim_that_cannot_be_judged_is_refused_where_it_is_read() -> None:
    raw = b'{"uid":"c","indicator":"i","unit":"u","period":"2024-Y","printed":"4/4","document":"d"}'
    with pytest.raises(msgspec.ValidationError, match="printed is no decimal"):
        msgspec.json.decode(raw, type=Claim)


def test_a_claim_may_be_about_one_day() -> None:
    assert claim(start="2024-06-30", end="2024-06-30").span.stated


def test_a_claim_knows_the_days_it_covers_where_a_source_tells() -> None:
    assert claim(start="2023-10-01", end="2024-06-30").span == Span(day("1/10/2023"), day("30/6/2024"))
    assert claim().span == Span(None, None)
    assert claim(end="2024-06-30").span == Span(None, day("30/6/2024"))


def test_a_claim_without_a_number_says_nothing() -> None:
    """5/5 đơn vị: no rate was published, so there is none to recompute."""
    assert verdicts(claim(numerator="5", denominator="5"), of_pair(5, 5)) == []


# the value


def test_94_75_of_nghe_an_holds() -> None:
    found = only(claim("94.75"), of_pair(81452, 85961))
    assert (found.verdict, found.grave) == ("holds", False)
    assert found.params["recomputed"] == D("94.75")


def test_96_93_is_truncated_not_rounded() -> None:
    found = only(claim("96.93"), of_pair(13796, 14232))
    assert (found.verdict, found.grave) == ("truncated", True)
    assert found.params["recomputed"] == D("96.94")
    assert round_half_up(found.params["exact"], 4) == D("96.9365")


def test_a_rate_that_neither_rounding_nor_cutting_gives_differs() -> None:
    found = only(claim("96.95"), of_pair(13796, 14232))
    assert (found.verdict, found.grave) == ("differs", True)


def test_a_count_is_held_against_the_stored_one() -> None:
    stored = Evidence(value=174152, numerator=174152, is_rate=False)
    assert only(claim("174152"), stored).verdict == "holds"
    assert only(claim("174153"), stored).verdict == "differs"


def test_65_24_cannot_be_recomputed_but_implies_its_denominator() -> None:
    found = only(claim("65.24"), Evidence(numerator=403769))
    assert (found.verdict, found.grave) == ("not_recomputable", False)
    assert found.params == {"printed": D("65.24"), "implied_denominator": D(618898)}


@pytest.mark.parametrize(
    ("printed", "evidence"),
    [
        ("83.59", Evidence()),
        ("403769", Evidence(numerator=403769, is_rate=False)),
        ("0", Evidence(numerator=5)),
    ],
)
def test_without_a_pair_nothing_is_implied(printed: str, evidence: Evidence) -> None:
    found = only(claim(printed), evidence)
    assert found.verdict == "not_recomputable"
    assert found.params["implied_denominator"] is None


# bounds


def test_50_of_60_million_is_a_lower_bound() -> None:
    """ "60 triệu dữ liệu, trong đó hơn 50 triệu đã cập nhật": no rate was published."""
    of = claim(numerator="50000000", denominator="60000000", bound="lower")
    found = only(of, of_pair(50_000_000, 60_000_000))
    assert (found.verdict, found.grave) == ("lower_bound", False)
    assert found.params["recomputed"] == D("83.33")


def test_a_bound_without_any_figure_says_nothing() -> None:
    assert verdicts(claim(bound="lower")) == []


def test_a_bound_on_a_count_has_no_decimals() -> None:
    found = only(claim(bound="lower"), Evidence(value=747000, numerator=747000, is_rate=False))
    assert found.params["recomputed"] == D(747000)
    assert found.params["recomputed"].as_tuple().exponent == 0


def test_a_rate_of_a_figure_that_is_a_bound_is_a_bound() -> None:
    found = only(claim("83.33"), of_pair(50_000_000, 60_000_000, qualifier="lower"))
    assert found.verdict == "lower_bound"


def test_a_rate_of_rounded_figures_is_about_right_at_best() -> None:
    found = only(claim("83.4"), of_pair(50_000_000, 60_000_000, qualifier="about"))
    assert (found.verdict, found.grave) == ("about", False)


def test_at_least_so_much_is_wrong_where_the_exact_figure_is_less() -> None:
    assert only(claim("83", bound="lower"), of_pair(84, 100)).verdict == "lower_bound"
    assert only(claim("83", bound="lower"), of_pair(83, 100)).verdict == "lower_bound"
    found = only(claim("83", bound="lower"), of_pair(82, 100))
    assert (found.verdict, found.grave) == ("differs", True)


def test_a_bound_is_not_contradicted_by_what_is_not_exact() -> None:
    assert only(claim("83", bound="lower"), of_pair(82, 100, qualifier="lower")).verdict == "lower_bound"
    assert only(claim("83", bound="about"), of_pair(82, 100)).verdict == "about"


# precision


COMMUNES = {"dn": "98.2", "hn": "96", "hcm": "98.4", "hp": "95.9", "ct": "95.2"}
"""Share of communes meeting the legal-access standard, as printed in one table (2024)."""


def beside(unit: str, printed: dict[str, str] = COMMUNES) -> tuple[Claim, ...]:
    return tuple(claim(text, unit=other) for other, text in printed.items() if other != unit)


def test_96_has_fewer_decimals_than_its_neighbours() -> None:
    """95.855 is 95.9 at their precision: 96 ranks Hà Nội above Hải Phòng (95.853) by printing alone."""
    found = judge_claim(claim("96", unit="hn"), of_pair(555, 579, neighbours=beside("hn")))
    assert [j.verdict for j in found] == ["holds", "fewer_decimals"]
    assert found[1].grave
    params = found[1].params
    assert params == {"printed": D(96), "decimals": 0, "usual": 1, "recomputed": D("95.9")}


@pytest.mark.parametrize(("unit", "part", "whole"), [("dn", 55, 56), ("hcm", 307, 312), ("hp", 208, 217)])
def test_its_neighbours_are_as_precise_as_each_other(unit: str, part: int, whole: int) -> None:
    assert verdicts(claim(COMMUNES[unit], unit=unit), of_pair(part, whole, neighbours=beside(unit))) == [
        "holds"
    ]


def test_83_3_beside_two_decimals_is_imprecise_though_not_recomputable() -> None:
    neighbours = beside("ct", {"cluster": "83.59", "dn": "85.79", "hn": "83.64"})
    found = judge_claim(claim("83.3", unit="ct"), Evidence(neighbours=neighbours))
    assert [j.verdict for j in found] == ["not_recomputable", "fewer_decimals"]
    assert found[1].params["recomputed"] is None


def test_more_decimals_than_usual_are_no_fault() -> None:
    assert "fewer_decimals" not in verdicts(claim("96.25"), Evidence(neighbours=beside("hn")))


@pytest.mark.parametrize("order", [1, -1])
def test_neighbours_divided_evenly_accuse_nobody(order: int) -> None:
    neighbours = beside("hn", dict(list({"a": "96", "b": "98.2"}.items())[::order]))
    assert "fewer_decimals" not in verdicts(claim("96"), Evidence(neighbours=neighbours))


def test_neighbours_without_a_printed_value_have_no_precision() -> None:
    assert "fewer_decimals" not in verdicts(claim("96"), Evidence(neighbours=(claim(),)))


# the difference to the target


def test_83_64_exceeds_83_25_by_0_39_not_by_0_19() -> None:
    """The common target is contradicted; 83.45 may be Hà Nội's own."""
    of = claim("83.64", difference="0.19", unit="hn")
    found = judge_claim(of, Evidence(level=D("83.25"), level_is_own=False))[-1]
    assert (found.verdict, found.grave) == ("other_target", True)
    assert found.params == {
        "printed": D("83.64"),
        "difference": D("0.19"),
        "level": D("83.25"),
        "level_is_own": False,
        "right": D("0.39"),
        "implied_level": D("83.45"),
    }


@pytest.mark.parametrize(
    ("printed", "difference", "level"),
    [
        ("85.79", "2.54", "83.25"),
        ("83.3", "0.05", "83.25"),
        ("94.75", "24.75", "70"),
        ("62.00", "-8.00", "70"),
    ],
)
def test_a_right_difference_is_not_spoken_of(printed: str, difference: str, level: str) -> None:
    assert "other_target" not in verdicts(claim(printed, difference=difference), Evidence(level=D(level)))


def test_the_difference_of_a_truncated_rate_holds_either_way() -> None:
    """96.93 − 70 = 26.93 as printed; 26.94 from the unrounded 96.9365."""
    evidence = of_pair(13796, 14232, level=D(70))
    for difference in ("26.93", "26.94"):
        assert verdicts(claim("96.93", difference=difference), evidence) == ["truncated"]
    assert verdicts(claim("96.93", difference="26.95"), evidence) == ["truncated", "other_target"]


@pytest.mark.parametrize("difference", ["0.04", "0.0", "0.1", "0.09", "0.001"])
def test_what_rounding_explains_is_no_other_target(difference: str) -> None:
    """A rate printed as 83.3 lies between 83.25 and 83.35."""
    assert "other_target" not in verdicts(claim("83.3", difference=difference), Evidence(level=D("83.25")))


@pytest.mark.parametrize("difference", ["0.38", "0.40"])
def test_at_equal_decimals_the_last_one_counts(difference: str) -> None:
    assert "other_target" in verdicts(claim("83.64", difference=difference), Evidence(level=D("83.25")))


@pytest.mark.parametrize("difference", ["0.11", "-0.01", "0.2"])
def test_what_rounding_does_not_explain_is_another_target(difference: str) -> None:
    assert "other_target" in verdicts(claim("83.3", difference=difference), Evidence(level=D("83.25")))


def test_half_a_year_is_held_against_its_share_of_the_level() -> None:
    """Ho Chi Minh City 2019: 48.49 % is 11.99 points above 36.5, which is 6/12 of 73."""
    of = claim("48.49", difference="11.99")
    assert "other_target" not in verdicts(of, Evidence(level=Fraction(73) * 6 / 12))
    assert "other_target" in verdicts(of, Evidence(level=D(73)))


def test_without_a_level_on_record_a_difference_cannot_be_judged() -> None:
    assert verdicts(claim("83.64", difference="0.19")) == ["not_recomputable"]


def test_without_a_published_difference_there_is_none_to_judge() -> None:
    assert verdicts(claim("83.64"), Evidence(level=D("83.25"))) == ["not_recomputable"]


# the window


NINE = {"start": "2023-10-01", "end": "2024-06-30", "window_source": "Báo Khánh Hòa 10/7/2024"}
HALF = Span(day("1/10/2023"), day("31/3/2024"))


def test_403769_is_a_figure_of_nine_months_labelled_six() -> None:
    of = claim("403769", **NINE)
    found = judge_claim(of, Evidence(is_rate=False, labelled=HALF))
    assert [j.verdict for j in found] == ["not_recomputable", "window_mislabelled"]
    assert found[1].grave
    params = found[1].params
    assert (params["months"], params["labelled_months"]) == (9, 6)
    assert params["span"].vi == "01/10/2023 – 30/06/2024"
    assert params["source"] == "Báo Khánh Hòa 10/7/2024"
    assert (params["period"], params["labelled"].vi) == ("2024-H1", "01/10/2023 – 31/03/2024")


@pytest.mark.parametrize(
    ("of", "evidence"),
    [
        (claim("1", start="2023-10-01", end="2024-03-31"), Evidence(labelled=HALF)),
        (claim("1"), Evidence(labelled=HALF)),
        (claim("1", start="2023-10-01"), Evidence(labelled=HALF)),
        (claim("1", **NINE), Evidence()),
    ],
    ids=["right", "not stated", "half stated", "label unknown"],
)
def test_a_window_is_only_called_wrong_where_both_are_known(of: Claim, evidence: Evidence) -> None:
    assert "window_mislabelled" not in verdicts(of, evidence)


# the scope


def of_scope(part: int, whole: int | None, months: int | None = 6) -> list[str]:
    evidence = of_pair(1, 1, denominator=part, whole_year=whole, whole_year_of=2023, months=months)
    return verdicts(claim("100"), evidence)[1:]


def test_14232_of_half_a_year_is_out_of_scope_with_132274_of_a_year() -> None:
    evidence = of_pair(13796, 14232, denominator=14232, whole_year=132274, whole_year_of=2023, months=6)
    found = judge_claim(claim("96.93"), evidence)[-1]
    assert (found.verdict, found.grave) == ("scope", True)
    assert found.params == {"part": 14232, "whole": 132274, "year": 2023, "months": 6}


@pytest.mark.parametrize(
    ("part", "spoken_of"), [(24, True), (25, False), (50, False), (100, False), (101, True)]
)
def test_a_part_year_may_be_half_or_twice_its_share(part: int, spoken_of: bool) -> None:
    assert of_scope(part, 100) == (["scope"] if spoken_of else [])


def test_scope_is_only_judged_where_a_year_is_on_record() -> None:
    assert of_scope(1, None) == of_scope(1, 0) == of_scope(1, 100, None) == []
    assert of_scope(0, 100) == ["scope"]
    no_part = replace(of_pair(1, 1), whole_year=100, months=6)
    assert verdicts(claim("100"), no_part) == ["holds"]


# the change against the same period


def test_minus_17_78_percent_implies_37734() -> None:
    of = claim(change="-17.78", change_kind="percent")
    found = only(of, Evidence(value=31025, numerator=31025, is_rate=False))
    assert (found.verdict, found.grave) == ("implied_base", False)
    assert round_half_up(found.params["percent"], 0) == 37734
    assert "points" not in found.params


@pytest.mark.parametrize(
    ("change", "pair", "points", "percent"),
    [("11.08", (81452, 85961), "83.67", 73327), ("30.57", (17074, 31025), "24.46", 13077)],
)
def test_a_change_of_unknown_kind_is_read_both_ways(
    change: str, pair: tuple[int, int], points: str, percent: int
) -> None:
    found = only(claim(change=change, change_kind="unknown"), of_pair(*pair))
    assert found.verdict == "implied_base"
    assert round_half_up(found.params["points"], 2) == D(points)
    assert round_half_up(found.params["percent"], 0) == percent


def test_a_change_of_unknown_kind_in_a_count_can_only_be_percent() -> None:
    found = only(claim(change="10", change_kind="unknown"), Evidence(value=110, numerator=110, is_rate=False))
    assert found.params["percent"] == 100
    assert "points" not in found.params


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        ("percent", Evidence(numerator=10)),
        ("points", Evidence(numerator=10)),
        ("points", Evidence(value=10, numerator=10, is_rate=False, base=20)),
        ("points", Evidence(base=20)),
        ("percent", Evidence(base_numerator=20)),
    ],
)
def test_nothing_is_implied_where_nothing_follows(kind: str, evidence: Evidence) -> None:
    """A fall by 100 %, a rate that is not known, points of a count."""
    found = only(claim(change="-100", change_kind=kind), evidence)
    assert found.verdict == "implied_base"
    assert found.params.keys() == {"change", "kind"}


def test_points_are_implied_from_a_rate_alone() -> None:
    found = only(claim(change="0.62", change_kind="points"), Evidence(value=Fraction("83.50")))
    assert found.params["points"] == D("82.88")
    assert "percent" not in found.params


THEN: dict[str, Any] = {"base": Fraction(8000, 100), "base_numerator": 8000}
NOW = of_pair(9000, 10800)
"""80 % of 8,000 cases, then 83.333 % of 9,000: +3.33 points, +12.5 percent."""


@pytest.mark.parametrize(
    ("change", "kind"),
    [("3.33", "points"), ("12.5", "percent"), ("3.33", "unknown"), ("12.5", "unknown"), ("3", "points")],
)
def test_a_change_holds_where_one_honest_reading_does(change: str, kind: str) -> None:
    found = only(claim(change=change, change_kind=kind), replace(NOW, **THEN))
    assert (found.verdict, found.grave) == ("change_holds", False)


@pytest.mark.parametrize(
    ("change", "kind", "true"),
    [
        ("3.33", "percent", ["12.50"]),
        ("12.5", "points", ["3.3"]),
        ("5.00", "unknown", ["3.33", "12.50"]),
        ("-3.33", "unknown", ["3.33", "12.50"]),
    ],
)
def test_a_change_differs_where_no_honest_reading_holds(change: str, kind: str, true: list[str]) -> None:
    found = only(claim(change=change, change_kind=kind), replace(NOW, **THEN))
    assert (found.verdict, found.grave) == ("change_differs", True)
    assert [str(number) for number in found.params["true"]] == true


@pytest.mark.parametrize("stored", [{"base": Fraction(80)}, {"base_numerator": 8000}])
def test_a_change_does_not_differ_while_one_reading_cannot_be_looked_at(stored: dict[str, Any]) -> None:
    found = only(claim(change="5.00", change_kind="unknown"), replace(NOW, **stored))
    assert found.verdict == "implied_base"
    assert {"points", "percent"} <= found.params.keys()


@pytest.mark.parametrize(
    ("stored", "change"), [({"base": Fraction(80)}, "3.33"), ({"base_numerator": 8000}, "12.5")]
)
def test_one_reading_that_holds_is_enough(stored: dict[str, Any], change: str) -> None:
    assert only(claim(change=change, change_kind="unknown"), replace(NOW, **stored)).verdict == "change_holds"


def test_a_percent_of_nothing_cannot_hold() -> None:
    found = only(claim(change="5", change_kind="percent"), replace(NOW, base_numerator=0))
    assert (found.verdict, found.params["true"]) == ("change_differs", [])


def test_everything_there_is_to_say_is_said() -> None:
    """Nothing hides behind the first fault."""
    of = claim("96", difference="30", change="50", change_kind="points", unit="hn", **NINE)
    evidence = of_pair(
        555,
        579,
        base=Fraction(90),
        base_numerator=500,
        level=D(70),
        labelled=HALF,
        neighbours=beside("hn"),
        denominator=579,
        whole_year=132274,
        whole_year_of=2023,
        months=6,
    )
    assert verdicts(of, evidence) == [
        "holds",
        "fewer_decimals",
        "other_target",
        "window_mislabelled",
        "scope",
        "change_differs",
    ]
