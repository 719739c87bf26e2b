"""What is wrong with one sheet: where, what, by how much (promise 7; ux 7). Nothing here blocks typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from judapp.domain import figure
from judapp.domain.catalogue import Form, Relation
from judapp.domain.checking import check_sheet, place_of
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.resolve import Resolved
from judapp.domain.rows import RepeatedUnit
from judapp.domain.value import known
from judapp.messages import LANGUAGES, text
from tests.domain.builders import TOTAL, Outside, column, fixed, form, offices, sheet


def check(of: Form, figures: Mapping[str, str | Figure], **more: Any) -> list[Finding]:
    """The findings of a sheet, each of which can be told in both languages."""
    found = check_sheet(sheet(of, figures, **more), "40")
    for finding in found:
        for lang in LANGUAGES:
            assert text(finding.code, lang, **finding.params)
    return found


def only(of: Form, figures: Mapping[str, str | Figure], **more: Any) -> Finding:
    [finding] = check(of, figures, **more)
    return finding


def codes(found: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(finding.code, finding.place.row, finding.place.column) for finding in found]


# cells


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("12O", "CEL-001"),
        ("9999999999999999999999", "CEL-010"),
        ("1,5", "CEL-002"),
        ("-0,5", "CEL-002"),
        ("12,0", None),
        ("0", None),
        ("12", None),
        ("-", None),
        ("..", None),
        ("⊘", None),
        ("", None),
    ],
)
def test_text_that_is_no_figure_of_its_cell_is_found(answer: str, code: str | None) -> None:
    found = check(form(), {"1 c1": answer})
    assert [f.code for f in found] == ([code] if code else [])
    for finding in found:
        assert (finding.severity, finding.actual, finding.params["text"]) == ("error", answer, answer)


def test_a_number_with_two_readings_is_asked_about() -> None:
    found = only(form(), {"1 c1": figure.unreadable("1.234")})
    assert (found.code, found.params) == ("CEL-013", {"text": "1.234"})


def test_too_many_decimals_are_told_with_what_the_cell_takes() -> None:
    of = form(columns=[column("1", unit="vụ", scale=1)])
    assert only(of, {"1 c1": "0,25"}).params == {"text": "0,25", "unit": "vụ", "scale": "1"}
    assert only(form(unit_of_measure=None), {"1 c1": "1,5"}).params["unit"] == ""


@pytest.mark.parametrize(
    ("of", "wrong"),
    [
        (figure.number(135, 15), False),
        (figure.number(135, 135), False),
        (figure.number(135, 0), False),
        (figure.number(135, 136), True),
        (figure.number(135, -1), True),
        (figure.number(-5, -5), True),
    ],
)
def test_an_estimated_part_lies_between_nothing_and_the_figure(of: Figure, wrong: bool) -> None:
    assert [f.code for f in check(form(), {"1 c1": of})] == (["CEL-005"] if wrong else [])


def test_what_is_wrong_is_told_as_printed_not_as_stored() -> None:
    """A column with one decimal stores 0,5 as 5."""
    of = form(columns=[column("1", scale=1)])
    found = only(of, {"1 c1": figure.number(5, 15)})
    assert found.actual == "0.5"
    assert (float(found.params["text"]), float(found.params["estimate"])) == (0.5, 1.5)
    assert only(of, {"1 c1": "-0,5"}).actual == "-0.5"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("count", True), ("money", True), ("average", True), ("rate", False), ("decimal", False)],
)
def test_cases_and_money_are_never_negative(kind: str, wrong: bool) -> None:
    found = check(form(columns=[column("1", kind=kind)]), {"1 c1": "(5)"})
    assert [(f.code, f.actual, f.params) for f in found] == (
        [("CEL-006", "-5", {"text": -5})] if wrong else []
    )


def test_a_text_column_may_know_its_words() -> None:
    of = form(columns=[column("1", kind="text", choices=("", "trên", "khoảng"))])
    assert check(of, {"1 c1": "trên"}) == check(of, {}) == []
    found = only(of, {"1 c1": "hơn"})
    assert (found.code, found.actual) == ("CEL-007", "hơn")
    assert found.params == {"text": "hơn", "choices": "trên, khoảng"}


def test_any_words_do_where_none_are_listed() -> None:
    assert check(form(columns=[column("1", kind="text")]), {"1 c1": "hơn"}) == []


def test_faults_of_cells_stand_in_printed_order() -> None:
    """A total is reckoned after its parts and printed before them."""
    of = form(TOTAL, fixed("1"), fixed("2"), computed=("[tong]c1 = sum([*]c1)",))
    found = check(of, {"tong c2": "a", "1 c1": "b", "2 c1": "c", "tong c1": "d"})
    assert codes(found) == [
        ("CEL-001", "tong", "1"),
        ("CEL-001", "tong", "2"),
        ("CEL-001", "1", "1"),
        ("CEL-001", "2", "1"),
    ]


# relations


CIVIL_STATUS = form(
    columns=[column("1", "Tổng số"), *(column(c) for c in "2345")], relations=("c1 = c2 + c3 + c4 + c5",)
)
YEAR_2023 = {"1 c1": "174152", "1 c2": "90931", "1 c3": "19426", "1 c4": "21917", "1 c5": "41878"}


def test_the_civil_status_registrations_of_nghe_an_2023_add_up() -> None:
    assert check(CIVIL_STATUS, YEAR_2023) == []


def test_one_part_changed_by_1_is_a_difference_of_1() -> None:
    found = only(CIVIL_STATUS, YEAR_2023 | {"1 c2": "90932"})
    assert (found.code, found.severity) == ("REL-001", "error")
    assert (found.actual, found.expected, found.params["difference"]) == ("174152", "174153", "1")
    assert found.rule == "c1 = c2 + c3 + c4 + c5"


SUM = form(fixed("I", "Phòng", fixed("1", "Số 1")), relations=("c1 = c2 + c3",))


def test_a_finding_says_where_what_and_by_how_much() -> None:
    found = only(SUM, {"I.1 c1": "120", "I.1 c2": "100", "I.1 c3": "18"})
    assert found.place == Place("01/THU", "40", "2026-H1", None, "I.1", "1")
    assert found.params["relation"] == ("Cột (1) = Cột (2) + Cột (3)", "Column (1) = Column (2) + Column (3)")
    assert found.params["figures"] == ("120 ≠ 118, lệch 2", "120 ≠ 118, off by 2")
    assert (found.actual, found.expected, found.params["difference"]) == ("120", "118", "2")


def test_of_which_is_not_more_than_the_whole() -> None:
    found = only(form(relations=("c2 <= c1",)), {"1 c1": "30", "1 c2": "35"})
    assert (found.code, found.params["figures"].vi) == ("REL-002", "35 > 30, thừa 5")
    assert (found.place.column, found.params["difference"]) == ("2", "5")


def test_a_difference_has_no_sign() -> None:
    found = only(SUM, {"I.1 c1": "116", "I.1 c2": "100", "I.1 c3": "18"})
    assert found.params["difference"] == "2"


def test_two_cells_that_exclude_each_other() -> None:
    found = only(form(relations=("exclusive(c1, c2)",)), {"1 c1": "3", "1 c2": "5"})
    assert (found.code, found.params["difference"]) == ("REL-006", "")


def test_a_cumulative_figure_never_falls() -> None:
    outside = Outside(rounds={("prev", "1", "1"): known(10)})
    found = only(form(relations=("nondecreasing([1]c1)",)), {"1 c1": "8"}, outside=outside)
    assert (found.code, found.actual, found.expected) == ("REL-007", "8", "10")
    assert found.place.row == "1"


def test_a_tolerance_is_kept_to_its_end() -> None:
    """Sums of figures already rounded to nghìn or triệu đồng may differ by 1 – 2."""
    of = form(relations=("c1 = c2 + c3 ± 2",))
    assert check(of, {"1 c1": "102", "1 c2": "50", "1 c3": "50"}) == []
    assert only(of, {"1 c1": "103", "1 c2": "50", "1 c3": "50"}).params["difference"] == "3"


@pytest.mark.parametrize("part", ["", "..", "12O"])
def test_a_relation_with_a_missing_part_is_skipped(part: str) -> None:
    found = check(SUM, {"I.1 c1": "120", "I.1 c2": "100", "I.1 c3": part})
    assert not [f for f in found if f.code.startswith("REL")]


def test_what_is_out_of_remit_is_left_out_of_the_sum() -> None:
    assert only(SUM, {"I.1 c1": "120", "I.1 c2": "100", "I.1 c3": "⊘"}).expected == "100"


def test_a_relation_is_as_grave_and_as_sure_as_the_definition_says() -> None:
    rule = Relation(
        rule="c1 = c2", status="software", severity="warning", wording="Cột (1) phải bằng cột (2)"
    )
    found = only(form(relations=(rule,)), {"1 c1": "1", "1 c2": "2"})
    assert (found.severity, found.params["status"]) == ("warning", "software")
    assert found.params["relation"] == ("Cột (1) phải bằng cột (2)", "Column (1) = Column (2)")


# totals


NOTARIES = form(TOTAL, fixed("1"), fixed("2"), computed=("[tong] = sum([*])",), relations=("c1 = c2 + c3",))


def test_a_total_drawn_along_by_a_wrong_part_is_not_listed_again() -> None:
    """One wrong figure is one finding, not one a level."""
    found = check(NOTARIES, {"1 c1": "5", "1 c2": "3", "1 c3": "1", "2 c1": "2", "2 c2": "1", "2 c3": "1"})
    assert codes(found) == [("REL-001", "1", "1")]


def test_a_total_that_is_wrong_by_itself_is_listed() -> None:
    right = {"1 c1": "4", "1 c2": "3", "1 c3": "1", "2 c1": "2", "2 c2": "1", "2 c3": "1"}
    found = check(NOTARIES, right | {"tong c1": "7", "tong c2": "4", "tong c3": "2"})
    assert codes(found) == [("REL-001", "tong", "1"), ("REL-001", "tong", "1")]
    assert {f.rule for f in found} == {"[tong] = sum([*])", "c1 = c2 + c3"}


def test_totals_that_contradict_each_other_are_listed_where_no_part_is_to_blame() -> None:
    of = form(
        TOTAL,
        fixed("1", only=("1",)),
        fixed("2", only=("2",)),
        computed=("[tong]c1 = sum([*]c1)", "[tong]c2 = sum([*]c2)"),
        relations=("[tong]c1 = [tong]c2",),
    )
    assert codes(check(of, {"1 c1": "5", "2 c2": "4"})) == [("REL-001", "tong", "1")]


def test_a_reported_total_is_held_against_its_parts_when_they_come() -> None:
    """Totals often come before their parts; a later difference is a finding."""
    assert check(NOTARIES, {"tong c1": "120"}) == []
    found = only(NOTARIES, {"tong c1": "120", "1 c1": "100", "2 c1": "18"})
    assert (found.place.row, found.actual, found.expected) == ("tong", "120", "118")
    assert (found.params["status"], found.severity) == ("inferred", "error")


def test_an_adjusted_total_differs_from_its_parts_visibly() -> None:
    found = only(NOTARIES, {"1 c1": "100", "2 c1": "18"}, adjusted={"tong c1": 2})
    assert (found.actual, found.expected) == ("120", "118")


# places


def test_a_finding_is_shown_at_the_single_cell_its_relation_names() -> None:
    of = form(TOTAL, offices(), relations=("sum([*]c1) = [tong]c1",))
    outside = Outside(units_of_plan=[RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")])
    found = only(of, {"tong c1": "5", "#a1 c1": "2", "#b2 c1": "2"}, outside=outside)
    assert (found.place.row, found.actual, found.expected) == ("tong", "4", "5")


def test_without_a_single_cell_it_is_shown_at_the_first_of_the_list() -> None:
    of = form(TOTAL, offices(), relations=("sum([*]c1) <= 3",))
    outside = Outside(units_of_plan=[RepeatedUnit("a1", "A"), RepeatedUnit("b2", "B")])
    assert only(of, {"#a1 c1": "2", "#b2 c1": "2"}, outside=outside).place.row == "#a1"


def test_a_list_without_any_row_is_no_place() -> None:
    of = form(
        fixed("I", "", offices()),
        fixed("II", "", fixed("1")),
        fixed("III", "", fixed("1")),
        relations=("sum([I.*]c1) = sum([II.*]c1) = sum([III.*]c1)",),
    )
    assert only(of, {"II.1 c1": "2", "III.1 c1": "3"}).place.row == "II.1"


def test_a_cell_of_another_form_is_no_place() -> None:
    of = form(relations=("cc.cs![9]c2 = [1]c1",))
    assert only(of, {"1 c1": "5"}, outside=Outside(forms={"cc.cs!2": [known(3)]})).place.row == "1"


def test_what_names_no_cell_of_the_sheet_is_shown_at_the_whole_of_it() -> None:
    outside = Outside(rounds={("prev", "1", "1"): known(10), ("same", "1", "1"): known(8)})
    found = only(form(relations=("[1]c1{prev} = [1]c1{same}",)), {}, outside=outside)
    assert found.place == Place("01/THU", "40", "2026-H1")


def test_a_place_names_its_table_where_it_has_a_key() -> None:
    resolved: Resolved = sheet(form())
    assert place_of(resolved, "40", ("II", "1", "2")) == Place("01/THU", "40", "2026-H1", "II", "1", "2")
    assert place_of(resolved, "40", None) == Place("01/THU", "40", "2026-H1")


def test_what_lies_outside_is_called_by_its_names() -> None:
    of = form(relations=("[1]c1 = sum(cc.cs!c2)", "[1]c1 = m:cc.viec"))
    outside = Outside(forms={"cc.cs!2": [known(3)]}, measures={("cc.viec", None): known(4)})
    found = check_sheet(
        sheet(of, {"1 c1": "5"}, outside=outside),
        "40",
        {"cc.cs": "10a/TP/CC"},
        {"cc.viec": "Việc công chứng"},
    )
    assert "10a/TP/CC" in found[0].params["relation"].vi
    assert "Việc công chứng" in found[1].params["relation"].vi
