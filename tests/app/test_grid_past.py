"""The last rounds of a cell: like with like, breaks told, gaps left open, predecessors named (ux 3.2, 5)."""

from __future__ import annotations

from datetime import date

import pytest

from judapp.app.entering import enter
from judapp.app.grid_details import cell_details
from judapp.app.grid_past import MOST, look_back
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.store import units
from judapp.store.operations import Writer
from tests.app.beside import AT, FORM, NEW_FORM, NOW, TOTAL, details, key_of


@pytest.fixture
def unit(practice: Workspace) -> Unit:
    return practice.unit("TH", AT)


def test_half_years_stand_beside_half_years_oldest_first(practice: Workspace) -> None:
    found = details(practice, key_of(practice, "I.1", "4"))
    assert [(p.short, p.text, p.final, p.joined) for p in found.past] == [
        ("6T/24", "72", False, False),
        ("6T/25", "106", False, True),
    ]


def test_over_a_change_of_form_only_what_means_the_same_is_told_and_the_change_is_said(
    practice: Workspace,
) -> None:
    """12b (3) and 10b (2) are one quantity; five months are never joined with six."""
    found = details(practice, TOTAL, NEW_FORM, NOW)
    assert (found.same.base, found.same.basis) == (
        "72.010",
        "6 tháng đầu năm 2025 (12b/BTP/BTTP/CC cột\u00a0(3))",
    )
    assert found.same.change.startswith("Kỳ so sánh 5 tháng và 6 tháng")
    assert [p.short for p in found.past] == ["6T/24", "6T/25", "6T/26"]
    assert [p.joined for p in found.past] == [False, True, False]
    form, days = found.past[2].turns
    assert form == "Đổi biểu: 12b/BTP/BTTP/CC → 10b/TP/CC"
    assert "kỳ 6 tháng → 5 tháng" in days


def test_a_break_ends_the_series_and_says_why(practice: Workspace) -> None:
    found = details(practice, ("", "tong", "4"), NEW_FORM, NOW)
    assert [(p.short, p.text) for p in found.past] == [("6T/25", "…"), ("6T/26", "3.256")]
    assert "không so sánh được" in found.past[0].note
    assert found.past[1].turns[0] == found.past[0].note
    assert not found.past[1].joined


def test_a_round_without_a_figure_is_a_gap_and_no_line_leads_over_it(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, Period(2022, "H1"), {key: "-"})
    found = details(practice, key)
    assert [(p.short, p.text) for p in found.past] == [
        ("6T/22", "–"), ("6T/23", "…"), ("6T/24", "72"), ("6T/25", "106")
    ]  # fmt: skip
    assert [p.joined for p in found.past] == [False, False, False, True]


def test_what_was_out_of_remit_is_neither_a_gap_nor_0(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, Period(2024, "H1"), {key: "⊘"})
    enter(practice, FORM, unit, Period(2023, "H1"), {key: "5"})
    found = details(practice, key)
    assert found.same.basis == "6 tháng đầu năm 2024 không thuộc thẩm quyền"
    assert [(p.text, p.remit, p.joined) for p in found.past] == [
        ("5", False, False), ("⊘", True, False), ("106", False, False)
    ]  # fmt: skip


def test_the_years_before_may_be_reckoned_one_by_one_ahead(practice: Workspace, unit: Unit) -> None:
    key = key_of(practice, "I.1", "4")
    soon = cell_details(practice, FORM, unit.uid, AT, key, series=False)
    assert soon is not None
    assert (soon.past, soon.same.base) == ((), "72")
    for back in range(1, MOST):
        look_back(practice, FORM, unit.uid, AT, back)
    look_back(practice, FORM, unit.uid, Period(2024, "Y"), 1)  # of a year both rounds
    assert [p.text for p in details(practice, key).past] == ["72", "106"]


def test_of_a_year_before_the_final_figure_is_shown_and_the_present_one_is_preliminary(
    practice: Workspace, unit: Unit
) -> None:
    now, key = Period(2024, "Y1"), key_of(practice, "I.1", "4")
    enter(practice, FORM, unit, now, {key: "150"})
    enter(practice, FORM, unit, Period(2023, "Y"), {key: "131"})
    enter(practice, FORM, unit, Period(2023, "Y1"), {key: "138"})
    enter(practice, FORM, unit, Period(2022, "Y1"), {key: "120"})
    found = details(practice, key, FORM, now)
    assert [(p.short, p.text, p.final) for p in found.past] == [
        ("2022", "120", False), ("2023", "131", True), ("2024", "150", False)
    ]  # fmt: skip
    assert found.same.base == "138"  # like with like: the preliminary year before


def test_months_run_stand_beside_as_many_months_run(practice: Workspace) -> None:
    unit = practice.unit("40", Period(2026, "E03"))
    key = _first_open(practice, "1", Period(2026, "E03"), unit)
    enter(practice, "1", unit, Period(2026, "E03"), {key: "30"})
    enter(practice, "1", unit, Period(2025, "E03"), {key: "20"})
    found = cell_details(practice, "1", unit.uid, Period(2026, "E03"), key)
    assert found is not None
    assert [(p.short, p.text, p.final) for p in found.past][-1] == ("LK3T/26", "30", True)


def _first_open(workspace: Workspace, form: str, period: Period, unit: Unit) -> CellKey:
    plan = workspace.plan(workspace.version_for(form, period).form, unit.uid, period)
    return next(key for key, spot in plan.spots.items() if key not in plan.computed and spot.kind == "count")


def test_before_a_merger_the_predecessors_are_added_and_named(practice: Workspace) -> None:
    """Lào Cai of today is Lào Cai and Yên Bái until 30/6/2025 (NQ 202/2025/QH15)."""
    before, now, cell = Period(2024, "Y"), Period(2025, "Y"), ("", "IV.1", "1")
    new = practice.unit("15", now)
    old = [practice.unit("10", before), practice.unit("15", before)]
    enter(practice, "PL-STP", new, now, {cell: "50"})
    enter(practice, "PL-STP", old[0], before, {cell: "20"})
    lacking = cell_details(practice, "PL-STP", new.uid, now, cell)
    assert lacking is not None
    assert lacking.same.basis == "Chưa so sánh được: thiếu số cùng kỳ của Tỉnh Yên Bái"
    enter(practice, "PL-STP", old[1], before, {cell: "25"})
    found = cell_details(practice, "PL-STP", new.uid, now, cell)
    assert found is not None
    assert (found.same.base, found.same.change) == ("45", "tăng 5 (11,1 %)")
    assert "Tỉnh Lào Cai" in found.same.basis
    assert "Tỉnh Yên Bái" in found.same.basis
    assert found.same.place is None
    assert found.past[-1].turns[-1].startswith("Trước đó cộng số của")


def test_the_row_of_a_merged_office_is_held_against_the_rows_it_came_from(practice: Workspace) -> None:
    owner = practice.unit("TH", AT)
    one, two = practice.units.children(owner.uid, AT.last_day, "notary")[:2]
    made = Unit(
        "moi", "notary", (UnitState(date(2025, 1, 1), None, "TH-M", "Phòng hợp nhất", "phòng", owner.uid),)
    )

    def merge(writer: Writer) -> None:
        units.put_unit(writer, made, "QĐ")
        for old in (one, two):
            state = old.states[-1]
            closed = UnitState(
                state.valid_from, date(2024, 12, 31), state.code, state.name, state.subkind, owner.uid
            )
            units.put_unit(writer, Unit(old.uid, old.kind, (closed,)), "QĐ")
            units.put_succession(writer, _succession(old.uid), "QĐ")

    before = {n: details(practice, ("", f"I.#{u.uid}", "4")).same.base for n, u in (("a", one), ("b", two))}
    practice.apply("units", "Hợp nhất", merge)
    found = details(practice, ("", "I.#moi", "4"))
    assert found.same.base == str(sum(int(text) for text in before.values()))
    assert " + " in found.same.basis


def _succession(old: str) -> Succession:
    return Succession(old, "moi", date(2025, 1, 1))
