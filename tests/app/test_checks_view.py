"""Kiểm tra shows every finding with its figures, and what is mended there goes the way of all entering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.approving import submit
from judapp.app.checking import findings
from judapp.app.checks_view import EXPLAINED, ChecksBoard, Line, address, board, keep_reason, mend
from judapp.app.entering import cell_key, enter, set_cells
from judapp.app.relation_view import typed_text
from judapp.app.workspace import Workspace
from judapp.domain.entry import typed
from judapp.domain.figure import EMPTY, NIL, OUT_OF_REMIT, PENDING, Figure, number, unreadable
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.messages import text
from judapp.store import sheets

YEAR, HALF, BEFORE = Period(2023, "Y"), Period(2026, "H1"), Period(2025, "H1")
CC, OLD_CC, COMMUNES = "10b/TP/CC", "12b/BTP/BTTP/CC", "TH-13"


@pytest.fixture
def demo_file(demo: Path) -> Iterator[Workspace]:
    with Workspace.open(demo) as workspace:
        yield workspace


def rows_of(workspace: Workspace, number_: str, period: Period) -> list[str]:
    version = workspace.version_for(number_, period)
    unit = workspace.unit("TH", period)
    return [row.key for row in workspace.plan(version.form, unit.uid, period).rows[""]]


def put(workspace: Workspace, number_: str, period: Period, *pairs: str) -> None:
    set_cells(workspace, number_, workspace.unit("TH", period), period, pairs)


def only(found: ChecksBoard, kind: str = "error") -> Line:
    [line] = [line for line in found.lines if line.kind == kind]
    return line


def wrong_by_one(workspace: Workspace) -> None:
    set_cells(workspace, "PL-STP", workspace.unit("40", YEAR), YEAR, ["[V.2]c1=90932"])


# --- what a finding shows


def test_a_relation_off_by_one_is_one_finding_with_its_figures_and_the_cells_they_stand_in(
    demo_file: Workspace,
) -> None:
    assert board(demo_file, YEAR).lines == ()
    wrong_by_one(demo_file)
    line = only(board(demo_file, YEAR))
    assert (line.code, line.place.form, line.unit_name) == ("REL-001", "PL-STP", "Sở Tư pháp tỉnh Nghệ An")
    assert line.place.cell == ("", "V.1", "1")
    assert line.where.vi == "dòng V.1 Tổng số việc đăng ký hộ tịch · cột (1)"
    assert line.rule.vi == "Dòng V.1 = Dòng V.2 + Dòng V.3 + Dòng V.4 + Dòng V.5"
    assert line.worked.vi == "174.152 ≠ 90.932 + 19.426 + 21.917 + 41.878 = 174.153"
    assert line.worked.en == "174,152 ≠ 90,932 + 19,426 + 21,917 + 41,878 = 174,153"
    assert line.missed.vi == "lệch 1, cho phép 0"
    assert line.status.vi.startswith("Quan hệ do Sở đặt: ")
    assert (line.actual, line.expected) == ("174152", "174153")
    assert [part.place.cell for part in line.parts] == [("", f"V.{n}", "1") for n in (1, 2, 3, 4, 5)]
    assert [part.text for part in line.parts] == ["174.152", "90.932", "19.426", "21.917", "41.878"]
    assert all(part.editable for part in line.parts)


def test_the_board_tells_every_finding_the_check_tells(practice: Workspace) -> None:
    row = rows_of(practice, CC, HALF)[2]
    put(practice, CC, HALF, f"[{row}]c2=12O", f"[{row}]c4=999999", "[I]c7=5")
    for period in (HALF, BEFORE):
        told = [(f.code, f.place.form, f.actual) for f in findings(practice, period)]
        shown = [(x.code, x.place.form, x.actual) for x in board(practice, period).lines]
        assert sorted(told, key=str) == sorted(shown, key=str)


def test_swapped_digits_are_suggested_and_totals_that_only_follow_are_counted(practice: Workspace) -> None:
    row = rows_of(practice, CC, HALF)[2]
    put(practice, CC, HALF, f"[{row}]c2=3663")  # 3636 = 2581 + 1055
    line = only(board(practice, HALF))
    assert line.worked.vi == "3.663 ≠ 2.581 + 1.055 = 3.636"
    assert "3.663 ↔ 3.636" in line.hint.vi
    assert line.drawn == 2  # I and TỔNG SỐ


def test_a_total_typed_before_its_parts_can_be_left_to_the_program(practice: Workspace) -> None:
    put(practice, CC, HALF, "[I]c7=5")
    line = only(board(practice, HALF))
    assert line.total is not None
    assert line.total.part.place.cell == ("", "I", "7")
    assert line.total.reckoned.vi == "2.038.205.000"
    mend(practice, line.place, {("", "I", "7"): ""})
    assert board(practice, HALF).counts["error"] == 0


def test_a_sum_over_many_rows_is_told_by_their_number(practice: Workspace) -> None:
    put(practice, CC, HALF, "[II]c7=5")
    line = only(board(practice, HALF))
    assert line.worked.vi.startswith("5 ≠ tổng 21 dòng = ")
    assert len(line.parts) == 12


def test_unreadable_text_is_a_finding_with_the_text_to_mend(practice: Workspace) -> None:
    row = rows_of(practice, CC, HALF)[2]
    put(practice, CC, HALF, f"[{row}]c1=12O")
    line = only(board(practice, HALF))
    [part] = line.parts
    assert (line.code, part.text, part.shown.vi) == ("CEL-001", "12O", "“12O”")


def test_findings_of_one_cell_are_told_apart_by_their_relation(practice: Workspace) -> None:
    row = rows_of(practice, COMMUNES, HALF)[5]
    put(practice, COMMUNES, HALF, f"[{row}]c1=9999")
    lines = [line for line in board(practice, HALF).lines if line.place.form == COMMUNES]
    assert len(lines) == 3
    assert len({line.short.vi for line in lines}) == 3
    assert len({line.id for line in lines}) == 3


def test_a_relation_over_two_periods_leads_to_both(demo_file: Workspace) -> None:
    unit, half, year = demo_file.unit("40", YEAR), Period(2024, "H1"), YEAR
    set_cells(demo_file, "PL-STP", unit, year, ["[V.6]c1=500"])
    set_cells(demo_file, "PL-STP", unit, half, ["[V.6]c1=400"])
    line = only(board(demo_file, half), "warning")
    assert line.code == "REL-007"
    assert line.worked.vi == "400 < 500"
    assert line.missed.vi == "thiếu 100"
    assert [(part.place.period, part.shown.vi, part.editable) for part in line.parts] == [
        (half, "400", True),
        (year, "500", False),
    ]


def test_sheets_with_the_gravest_come_first_and_only_asked_units_are_looked_at(
    demo_file: Workspace,
) -> None:
    wrong_by_one(demo_file)
    own, nation = demo_file.unit("40", YEAR).uid, demo_file.unit("VN", YEAR).uid
    assert board(demo_file, YEAR, [nation]).lines == ()
    assert board(demo_file, YEAR, [own]).counts == {
        "error": 1,
        "explain": 0,
        "warning": 0,
        "info": 0,
        EXPLAINED: 0,
    }
    assert board(demo_file, YEAR).sheets == 2


def test_a_step_that_raises_stops_the_check(demo_file: Workspace) -> None:
    told: list[tuple[int, int, str]] = []

    def step(done: int, total: int, name: str) -> None:
        told.append((done, total, name))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        board(demo_file, YEAR, step=step)
    assert told == [(0, 2, "PL-STP")]


# --- mending


def test_what_is_mended_is_one_act_that_can_be_undone(demo_file: Workspace) -> None:
    wrong_by_one(demo_file)
    line = only(board(demo_file, YEAR))
    mend(demo_file, line.place, {("", "V.2", "1"): "90.931"})
    assert board(demo_file, YEAR).lines == ()
    demo_file.undo()
    assert only(board(demo_file, YEAR)).id == line.id


def test_a_submitted_sheet_shows_its_findings_and_takes_nothing(practice: Workspace) -> None:
    unit = practice.unit("TH", BEFORE)
    for line in board(practice, BEFORE).lines:
        keep_reason(practice, line.place, "Do nhu cầu nhà ở tăng sau khi khu công nghiệp mở rộng.")
    submit(practice, OLD_CC, unit, BEFORE)
    line = board(practice, BEFORE).lines[0]
    assert line.locked
    assert not any(part.editable for part in line.parts)
    with pytest.raises(JudappError, match="STA-002"):
        mend(practice, line.place, {("", "I", "2"): "5"})


@pytest.mark.parametrize(
    ("figure", "scale", "shown"),
    [
        (number(352_400_000), 0, "352.400.000"),
        (number(12345), 1, "1234,5"),
        (number(12340), 1, "1234"),
        (number(-1234), 0, "−1.234"),
        (number(135, 15), 0, "120+15"),
        (NIL, 0, "-"),
        (PENDING, 0, ".."),
        (OUT_OF_REMIT, 0, "⊘"),
        (unreadable("12O"), 0, "12O"),
        (EMPTY, 0, ""),
    ],
)
def test_typing_a_shown_figure_again_gives_the_same_figure(
    practice: Workspace, figure: Figure, scale: int, shown: str
) -> None:
    resolved = practice.resolved(practice.version_for(CC, HALF).id, practice.unit("TH", HALF).uid, HALF)
    assert resolved is not None
    spot = replace(resolved.plan.spots["", "I", "2"], scale=scale)
    assert typed_text(figure, scale) == shown
    assert typed(shown, spot, HALF) == figure


def test_an_address_leads_back_to_its_cell(practice: Workspace) -> None:
    for version in practice.versions.values():
        unit, period = practice.unit("TH", HALF), HALF
        plan = practice.plan(version.form, unit.uid, period)
        for key in list(plan.spots)[:40]:
            assert cell_key(address(key), plan) == key


# --- reasons


def test_a_jump_shows_both_periods_their_difference_and_on_what_it_stands(practice: Workspace) -> None:
    line = next(x for x in board(practice, BEFORE).lines if x.place.cell == ("", "I", "4"))
    assert (line.kind, line.code, line.short.vi) == ("explain", "CMP-001", "Tăng 30,6 % so với cùng kỳ")
    assert line.change is not None
    assert [words.vi for words in (line.change.now, line.change.before)] == ["376 việc", "288 việc"]
    assert (line.change.difference.vi, line.change.percent.vi) == ("+88 việc", "+30,6 %")
    assert line.change.basis.vi == "Cùng kỳ là 6 tháng đầu năm 2024, cùng ô của biểu 12b/BTP/BTTP/CC."


def test_a_reason_takes_the_finding_away_and_stays_to_be_changed(practice: Workspace) -> None:
    first = board(practice, BEFORE)
    line = next(x for x in first.lines if any(part.editable for part in x.parts))
    keep_reason(practice, line.place, "Do mở thêm văn phòng công chứng.")
    after = board(practice, BEFORE)
    assert after.counts["explain"] == first.counts["explain"] - 1
    kept = only(after, EXPLAINED)
    assert (kept.place, kept.reason, kept.asks_reason) == (
        line.place,
        "Do mở thêm văn phòng công chứng.",
        True,
    )
    assert kept.change == line.change
    keep_reason(practice, kept.place, "Do mở thêm 2 văn phòng công chứng.")
    assert only(board(practice, BEFORE), EXPLAINED).reason == "Do mở thêm 2 văn phòng công chứng."


def test_a_changed_figure_asks_again_and_shows_the_former_reason(practice: Workspace) -> None:
    line = next(x for x in board(practice, BEFORE).lines if any(part.editable for part in x.parts))
    keep_reason(practice, line.place, "Do mở thêm văn phòng công chứng.")
    assert line.place.cell is not None
    unit = practice.unit("TH", BEFORE)
    enter(practice, line.place.form, unit, BEFORE, {line.place.cell: "9999"})
    again = next(x for x in board(practice, BEFORE).lines if x.place == line.place and x.code == "CMP-001")
    assert (again.kind, again.reason) == ("explain", "Do mở thêm văn phòng công chứng.")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", ["CHP-starter-merger", "CHP-starter-remit"])
def test_a_bare_starter_is_no_reason(practice: Workspace, code: str, lang: str) -> None:
    line = board(practice, BEFORE).lines[0]
    for words in (text(code, lang), text(code, lang).rstrip(" …"), text(code, lang).upper()):
        with pytest.raises(JudappError, match="CHP-unfinished"):
            keep_reason(practice, line.place, words)
    with pytest.raises(JudappError, match="ENT-002"):
        keep_reason(practice, line.place, "  ")


def test_a_relation_that_asks_for_a_reason_is_answered_by_one(practice: Workspace) -> None:
    month, before = Period(2026, "E03"), Period(2025, "E12")
    unit = practice.unit("TH", month)
    form = "tha.viec"
    for period, pairs in (
        (before, ["[3]c1=9", "[2]c1=400", "[4]c1=0", "[5]c1=0", "[9]c1=0", "[10]c1=0"]),
        (month, ["[2]c1=412"]),
    ):
        set_cells(practice, form, unit, period, pairs)
    line = only(board(practice, month), "explain")
    assert line.code == "REL-002"
    assert line.asks_reason
    keep_reason(practice, line.place, "Đã trừ sổ theo dõi riêng 3 việc.")
    assert board(practice, month).counts["explain"] == 0


def test_unanswered_cells_of_the_owner_are_counted(demo_file: Workspace) -> None:
    own = demo_file.owner
    [stored] = [s for s in demo_file.sheets_of(YEAR) if s.unit == own.uid]
    resolved = demo_file.resolved(stored.form, own.uid, YEAR)
    assert resolved is not None
    assert board(demo_file, YEAR).unanswered == len(resolved.unanswered) > 0


def test_figures_of_a_finding_are_those_of_the_sheet(demo_file: Workspace) -> None:
    wrong_by_one(demo_file)
    line = only(board(demo_file, YEAR))
    [stored] = [s for s in demo_file.sheets_of(YEAR) if s.unit == line.place.unit]
    figures = sheets.figures(demo_file.file, stored.id)
    for part in line.parts:
        assert part.place.cell is not None
        assert part.text.replace(".", "") == plain(figures[part.place.cell].value or 0)
