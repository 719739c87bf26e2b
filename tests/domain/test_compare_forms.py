"""Two versions of a form against one another: what is one column, and what only looks like it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from judapp.app import seeds
from judapp.domain.catalogue import Column, Form, Level, Note, Provides, Relation, Row, Signature, Table
from judapp.domain.comparing_forms import compare_forms
from judapp.domain.form_comparison import FormComparison, PartChange
from judapp.domain.period import DEPARTMENT
from tests.domain.builders import TOTAL, column, fixed, form, offices

CATALOGUE = {seed.form.number: seed.form for seed in seeds.forms()}


def of_columns(old: list[Column], new: list[Column], **more: Any) -> FormComparison:
    return compare_forms(form(columns=old), form(columns=new, **more))


def told(parts: tuple[PartChange, ...]) -> list[tuple[str, str | None, str | None]]:
    """What happened to each part: the change, its old name and its new one."""
    return [(p.change, p.old.name if p.old else None, p.new.name if p.new else None) for p in parts]


def test_a_form_differs_in_nothing_from_itself() -> None:
    for of in CATALOGUE.values():
        found = compare_forms(of, of)
        assert found.same
        assert not found.deadlines
        assert {p.why for p in (*found.columns, *found.rows)} == {"equal"}


def test_a_column_with_another_number_is_renumbered() -> None:
    found = of_columns(
        [column("1", "Nam"), column("2", "Nữ")],
        [column("1", "Nam"), column("2", "Khác"), column("3", "Nữ")],
    )
    assert told(found.columns) == [("same", "1", "1"), ("added", None, "2"), ("renumbered", "2", "3")]
    [_, _, women] = found.columns
    assert women.why == "labels"
    assert [(d.field, d.old, d.new) for d in women.differences] == [("code", "2", "3")]


def test_a_column_that_stands_elsewhere_moved_and_the_others_stayed() -> None:
    parts = [column(c, label) for c, label in zip("123", ("Nam", "Nữ", "Trẻ em"), strict=True)]
    found = of_columns(parts, [parts[2], parts[0], parts[1]])
    assert told(found.columns) == [("moved", "3", "3"), ("same", "1", "1"), ("same", "2", "2")]
    assert [(d.field, d.old, d.new) for d in found.columns[0].differences] == [("place", "3", "1")]


def test_a_column_under_another_head_moved() -> None:
    old = Column(label="Chứng thực", children=(column("1", "Bản sao"),))
    new = Column(label="Công chứng", children=(column("1", "Bản sao"),))
    found = of_columns([old], [new])
    assert told(found.columns) == [("moved", "1", "1")]
    assert found.columns[0].why == "number"
    assert found.columns[0].new is not None
    assert found.columns[0].new.label == "Bản sao"


def test_a_column_with_most_of_its_words_was_renamed_and_one_that_denies_was_not() -> None:
    """ "Hòa giải thành" is not "hòa giải không thành", however alike they are."""
    old = [column("1", "Số vụ việc hòa giải thành"), column("2", "Số việc chứng thực")]
    new = [column("1", "Số vụ việc hòa giải không thành"), column("2", "Tổng số việc chứng thực")]
    assert told(of_columns(old, new).columns) == [
        ("removed", "1", None),
        ("added", None, "1"),
        ("renamed", "2", "2"),
    ]


def test_capitals_and_the_case_of_units_are_no_change_and_another_unit_is() -> None:
    old = [column("1", "Phòng Công chứng", unit="việc"), column("2", "Phí", unit="nghìn đồng", kind="money")]
    new = [column("1", "Phòng công chứng", unit="Việc"), column("2", "Phí", unit="đồng", kind="money")]
    found = of_columns(old, new)
    assert told(found.columns) == [("same", "1", "1"), ("changed", "2", "2")]
    assert [(d.old, d.new) for d in found.columns[1].differences] == [("nghìn đồng", "đồng")]


def test_two_columns_with_the_same_words_are_not_taken_for_one_another() -> None:
    old = [column("1", "Tổng số"), column("2", "Tổng số")]
    new = [column("3", "Tổng số"), column("4", "Tổng số")]
    assert {p.change for p in of_columns(old, new).columns} == {"added", "removed"}


def test_one_measure_makes_columns_one_whatever_their_numbers_are() -> None:
    """12b (3) is 10b (2), and 12b (2) is not: their number is the same, their meaning is not."""
    found = compare_forms(CATALOGUE["12b/BTP/BTTP/CC"], CATALOGUE["10b/TP/CC"])
    by_new = {p.new.name: p for p in found.columns if p.new}
    deals = by_new["2"]
    assert deals.old is not None
    assert (deals.old.name, deals.why) == ("3", "measure")
    assert any("12b (TT 03/2019) cột (3)" in note for note in deals.notes)
    assert {p.old.name for p in found.columns if p.change == "removed" and p.old} == {
        "2",
        "4",
        "5",
        "8",
        "10",
    }
    assert {d.field: (d.old, d.new) for d in found.deadlines}["levels.so.deadlines.H1"] == (
        "BC 6 tháng: Ngày 25 tháng 6 hàng năm",
        "BC 6 tháng: ngày 20 tháng 6 năm báo cáo",
    )


def test_a_measure_that_may_not_be_compared_or_is_of_rows_says_nothing_of_columns() -> None:
    rows = (fixed("1"), fixed("2"))
    of_rows = (("a", "[1]c1"), ("b", "[2]c1"), ("c", "[1]c1 + [2]c1"))
    old, new = form(*rows, provides=of_rows), form(*rows, columns=[column("9", "Khác")], provides=of_rows)
    broken = (Provides(measure="d", cells="[1]c1", comparable=False),)
    assert all(p.why != "measure" for p in compare_forms(old, new).columns)
    assert all(
        p.why != "measure" for p in compare_forms(form(provides=broken), form(provides=broken)).columns
    )


def test_rows_are_compared_by_their_plan_a_repeated_one_once() -> None:
    old = form(TOTAL, fixed("I", "Phòng", offices()), fixed("II", "Văn phòng"))
    new = form(TOTAL, fixed("I", "Văn phòng"), Row(kind="free", label="Khác"))
    found = compare_forms(old, new)
    assert told(found.rows) == [
        ("same", "tong", "tong"),
        ("removed", "I", None),
        ("removed", "I.#", None),
        ("renumbered", "II", "I"),
        ("added", None, "#"),
    ]


def test_tables_are_compared_by_key_and_the_only_ones_with_one_another() -> None:
    one, two = (
        Table(columns=(column("1"),), rows=(fixed("1"),), key="I"),
        Table(columns=(column("1"),), rows=(fixed("1"),), key="II"),
    )
    found = compare_forms(form(tables=[one, two]), form(tables=[one]))
    assert told(found.columns) == [("same", "1", "1"), ("removed", "1", None)]
    assert told(compare_forms(form(tables=[one]), form()).columns) == [
        ("same", "1", "1"), ("added", None, "2"), ("added", None, "3"),
    ]  # fmt: skip


def test_what_stands_around_the_table_is_compared_too() -> None:
    level = Level(level=DEPARTMENT, reporter="Sở", receiver="Bộ", deadlines={"H1": "20/6"})
    moved = Level(level=DEPARTMENT, reporter="Sở", receiver="Cục", deadlines={"H1": "25/6", "Y": "20/01"})
    old = form(
        levels=(level,),
        relations=("c1 = c2 + c3", "c1 >= c2"),
        notes=(Note(text="Ghi chú"),),
        signatures=(Signature(title="GIÁM ĐỐC"),),
    )
    new = form(
        levels=(moved,),
        relations=(Relation(rule="c1=c2+c3", status="inferred"), "c3 <= c1"),
        notes=(Note(text="Ghi chú khác"),),
        signatures=(Signature(title="GIÁM ĐỐC", note="(Ký)"),),
        valid_from=date(2026, 1, 1),
    )
    found = compare_forms(old, new)
    assert {d.field: (d.old, d.new) for d in found.head} == {
        "valid_from": ("2025-11-01", "2026-01-01"),
        "levels.so.receiver": ("Bộ", "Cục"),
        "levels.so.deadlines.H1": ("20/6", "25/6"),
        "levels.so.deadlines.Y": ("", "20/01"),
    }
    assert [(r.change, r.old, r.new) for r in found.rules] == [
        ("changed", "c1 = c2 + c3", "c1=c2+c3"),
        ("added", None, "c3 <= c1"),
        ("removed", "c1 >= c2", None),
    ]
    assert [(line.what, line.change, line.text) for line in found.lines] == [
        ("notes", "added", "Ghi chú khác"),
        ("notes", "removed", "Ghi chú"),
        ("signatures", "added", "GIÁM ĐỐC · (Ký)"),
        ("signatures", "removed", "GIÁM ĐỐC"),
    ]
    assert not found.same


LABELS = st.lists(
    st.sampled_from(["Nam", "Nữ", "Tổng số", "Trẻ em", "Khác", "Số việc"]), min_size=1, max_size=6
)


def numbered(labels: list[str]) -> Form:
    return form(columns=[column(str(at), label) for at, label in enumerate(labels, start=1)])


@settings(max_examples=60)
@given(LABELS, LABELS)
def test_every_column_of_both_versions_is_told_once(old: list[str], new: list[str]) -> None:
    found = compare_forms(numbered(old), numbered(new)).columns
    assert [p.new.label for p in found if p.new] == new
    assert sorted(p.old.name for p in found if p.old) == [str(at) for at in range(1, len(old) + 1)]
