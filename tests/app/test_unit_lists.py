"""A department's own list: previewed, written as one act; corrected, it changes only what differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from judapp.app.unit_list_outcome import MENDED, MERGED, RENAMED, SAME, UNCLEAR
from judapp.app.unit_list_template import write_template
from judapp.app.unit_lists import apply_list, read_and_plan
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE, NOTARY
from judapp.errors import JudappError
from judapp.store import people
from tests.unit_list_case import (
    AFTER,
    BEFORE,
    HEAD,
    TODAY,
    codes,
    everything,
    names,
    origins,
    outcome,
    plan,
    take,
)

# --- the whole list


def test_a_list_is_previewed_then_written_and_undone_as_one_act(nghe_an: Workspace, tmp_path: Path) -> None:
    made = read_and_plan(nghe_an, everything(tmp_path / "a.xlsx"))
    assert made.clear
    assert names(nghe_an, AFTER) == [], "a preview writes nothing"
    assert made.counts()[COMMUNE, MERGED] == 5
    applied = apply_list(nghe_an, made)
    assert names(nghe_an, AFTER) == [
        "Phường Trường Vinh", "Phường Vinh Phú", "Xã Keng Đu", "Xã Mường Típ", "Xã Nghi Lộc", "Xã Phúc Lộc",
        "Xã Đông Lộc",
    ]  # fmt: skip
    assert origins(nghe_an, "Xã Nghi Lộc") == ["Thị trấn Quán Hành", "Xã Nghi Diên", "Xã Nghi Trung"]
    assert names(nghe_an, AFTER, NOTARY) == [
        "Phòng công chứng số 1", "Văn phòng công chứng An Bình", "Văn phòng công chứng Nghi Lộc",
    ]  # fmt: skip
    assert [person.name for person in people.load(nghe_an.file)] == ["Nguyễn Thị Lan", "Trần Văn Minh"]
    assert len(nghe_an.obligations) == 3 + 2 + 2
    nghe_an.undo(applied.op_id)
    assert names(nghe_an, AFTER) == names(nghe_an, BEFORE) == []
    assert nghe_an.obligations == []


def test_the_same_list_again_changes_nothing(nghe_an: Workspace, tmp_path: Path) -> None:
    path = everything(tmp_path / "a.xlsx")
    apply_list(nghe_an, read_and_plan(nghe_an, path))
    again = read_and_plan(nghe_an, path)
    assert again.empty
    assert {line.what for line in again.lines} == {SAME}


def test_old_communes_exist_until_the_day_before_and_new_ones_from_the_day(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    apply_list(nghe_an, read_and_plan(nghe_an, everything(tmp_path / "a.xlsx")))
    assert "Xã Nghi Trung" in names(nghe_an, BEFORE)
    assert "Xã Nghi Trung" not in names(nghe_an, AFTER)
    assert "Xã Nghi Lộc" not in names(nghe_an, BEFORE)


def test_one_old_commune_may_go_into_several(nghe_an: Workspace, tmp_path: Path) -> None:
    apply_list(nghe_an, read_and_plan(nghe_an, everything(tmp_path / "a.xlsx")))
    [divided] = nghe_an.units.by_name("Xã Nghi Lâm", BEFORE, [COMMUNE])
    heirs = {nghe_an.units.name(u.uid, AFTER) for u in nghe_an.units.successors(divided.uid, AFTER)}
    assert heirs == {"Xã Phúc Lộc", "Xã Đông Lộc"}


def test_a_commune_that_stayed_is_one_unit_before_and_after(nghe_an: Workspace, tmp_path: Path) -> None:
    apply_list(nghe_an, read_and_plan(nghe_an, everything(tmp_path / "a.xlsx")))
    [before] = nghe_an.units.by_name("Xã Keng Đu", BEFORE, [COMMUNE])
    [after] = nghe_an.units.by_name("Xã Keng Đu", AFTER, [COMMUNE])
    assert before.uid == after.uid
    assert origins(nghe_an, "Xã Keng Đu") == []


def test_the_template_reads_back_as_it_was_written(nghe_an: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(nghe_an, path, TODAY)
    assert read_and_plan(nghe_an, path).empty, "a blank list changes nothing"
    apply_list(nghe_an, read_and_plan(nghe_an, everything(tmp_path / "a.xlsx")))
    write_template(nghe_an, path, TODAY)
    again = read_and_plan(nghe_an, path)
    assert again.clear
    assert again.empty, [line for line in again.lines if line.what != SAME]


# --- corrected lists


def test_what_is_spelled_otherwise_alone_is_the_same(nghe_an: Workspace, tmp_path: Path) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "17827", "Xã Hoà Bình", "Xã A, xã B")]))
    again = plan(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "17827", "XÃ HÒA\u00a0BÌNH", "xã B, xã A")]))
    assert again.clear
    assert again.empty


def test_a_name_that_differs_is_asked_a_mistake_or_a_new_name(nghe_an: Workspace, tmp_path: Path) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "17827", "Xã Nghi Lọc", "Xã A, xã B")]))
    right = ("Xã phường", [HEAD, (1, "17827", "Xã Nghi Lộc", "Xã A, xã B")])
    asked = plan(nghe_an, tmp_path, right)
    assert [q.choices for q in asked.questions] == [("mend",)], "on the same day it can only be a mistake"
    assert outcome(asked, "Xã Nghi Lộc") == UNCLEAR
    with pytest.raises(JudappError, match="UNL-unclear"):
        apply_list(nghe_an, asked)
    mended = take(nghe_an, tmp_path, right, answers={"Xã phường!C2": "mend"})
    assert outcome(mended, "Xã Nghi Lộc") == MENDED
    assert names(nghe_an, AFTER) == ["Xã Nghi Lộc"]
    renamed = ("Xã phường", [HEAD[:3], (1, "17827", "Xã Nghi Phúc")])
    made = take(nghe_an, tmp_path, renamed, on=date(2026, 3, 1), answers={"": "rename"})
    assert outcome(made, "Xã Nghi Phúc") == RENAMED
    assert names(nghe_an, date(2026, 2, 28)) == ["Xã Nghi Lộc"]
    assert names(nghe_an, date(2026, 3, 1)) == ["Xã Nghi Phúc"]


def test_a_name_without_code_that_may_be_mistyped_never_becomes_a_second_unit(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    head = ("STT", "Tên xã, phường")
    take(nghe_an, tmp_path, ("Xã phường", [head, (1, "Xã Nghi Lọc")]))
    right = ("Xã phường", [head, (1, "Xã Nghi Lộc")])
    assert plan(nghe_an, tmp_path, right).questions[0].choices == ("mend", "other")
    take(nghe_an, tmp_path, right, answers={"": "mend"})
    assert names(nghe_an, AFTER) == ["Xã Nghi Lộc"]
    take(nghe_an, tmp_path, ("Xã phường", [head, (1, "Xã Nghi Lọc")]), answers={"": "other"})
    assert names(nghe_an, AFTER) == ["Xã Nghi Lọc", "Xã Nghi Lộc"]


def test_an_official_code_takes_the_place_of_one_made_from_the_name(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [("STT", "Tên xã"), (1, "Xã Nghi Lộc")]))
    assert nghe_an.units.by_code("xa-nghi-loc", AFTER).kind == COMMUNE
    made = take(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, 1782, "Xã Nghi Lộc")]))
    assert outcome(made, "Xã Nghi Lộc") == MENDED
    assert nghe_an.units.by_code("01782", AFTER).kind == COMMUNE, "Excel drops the zero before a number"
    assert names(nghe_an, AFTER) == ["Xã Nghi Lộc"]


def test_a_corrected_merger_replaces_the_one_it_contradicts(nghe_an: Workspace, tmp_path: Path) -> None:
    take(
        nghe_an,
        tmp_path,
        ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã A, xã B"), (2, "2", "Xã N", "Xã C, xã D")]),
    )
    made = take(
        nghe_an,
        tmp_path,
        ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã A, xã C"), (2, "2", "Xã N", "Xã B, xã D")]),
    )
    assert (made.merged, len(made.dropped)) == (2, 2)
    assert origins(nghe_an, "Xã M") == ["Xã A", "Xã C"]


def test_mergers_may_come_later_than_the_list_of_communes(nghe_an: Workspace, tmp_path: Path) -> None:
    take(
        nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "17827", "Xã Nghi Lộc"), (2, "17830", "Xã Keng Đu")])
    )
    head = ("Xã cũ", "Huyện cũ", "Xã mới")
    rows = [
        head,
        ("Xã A", "X", "Xã Nghi Lộc"),
        ("Xã B", "X", "Xã Nghi Lộc"),
        ("Xã Keng Đu", "Y", "Xã Keng Đu"),
    ]
    take(nghe_an, tmp_path, ("Xã cũ - xã mới", rows))
    assert origins(nghe_an, "Xã Nghi Lộc") == ["Xã A", "Xã B"]
    assert names(nghe_an, AFTER) == ["Xã Keng Đu", "Xã Nghi Lộc"], "no second unit for one commune"
    [before] = nghe_an.units.by_name("Xã Keng Đu", BEFORE, [COMMUNE])
    assert nghe_an.units.state(before.uid, AFTER) is not None


def test_communes_the_list_does_not_name_stay_and_are_told(nghe_an: Workspace, tmp_path: Path) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "1", "Xã A"), (2, "2", "Xã Khe Mo")]))
    made = take(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "1", "Xã A"), (2, "3", "Xã Long Sơn")]))
    assert [f.code for f in made.findings] == ["UNL-unlisted"]
    assert names(nghe_an, AFTER) == ["Xã A", "Xã Khe Mo", "Xã Long Sơn"]


def test_a_commune_that_absorbed_another_is_not_the_one_it_was(nghe_an: Workspace, tmp_path: Path) -> None:
    """Else the figures of the other one would be missing from the same period."""
    take(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã M")]))
    take(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã M, xã N")]))
    [after] = nghe_an.units.by_name("Xã M", AFTER, [COMMUNE])
    before = {nghe_an.units.name(u.uid, BEFORE) for u in nghe_an.units.predecessors(after.uid, BEFORE)}
    assert before == {"Xã M", "Xã N"}
    assert plan(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã M, xã N")])).empty


def test_a_whole_list_for_a_later_day_tells_the_same_mergers(nghe_an: Workspace, tmp_path: Path) -> None:
    rows = [HEAD, (1, "1", "Xã M", "Xã A, xã B"), (2, "2", "Xã N", "Giữ nguyên")]
    take(nghe_an, tmp_path, ("Xã phường", rows))
    assert plan(nghe_an, tmp_path, ("Xã phường", rows), on=date(2026, 3, 1)).empty
    renamed = [HEAD, (1, "1", "Xã P", "Xã A, xã B"), (2, "2", "Xã N", "Giữ nguyên")]
    made = take(nghe_an, tmp_path, ("Xã phường", renamed), on=date(2026, 3, 1), answers={"": "rename"})
    assert (made.units, made.merged) == (1, 0)
    assert origins(nghe_an, "Xã P", date(2026, 3, 1)) == ["Xã A", "Xã B"]
    assert names(nghe_an, BEFORE) == ["Xã A", "Xã B", "Xã N"], "no second unit for one old commune"


def test_a_list_for_an_earlier_day_than_the_register_s_is_not_guessed(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    rows = ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã A, xã B")])
    take(nghe_an, tmp_path, rows, on=date(2026, 1, 1))
    assert codes(plan(nghe_an, tmp_path, rows)) == ["UNL-later"]
    assert plan(nghe_an, tmp_path, rows, on=date(2026, 1, 1)).empty


def test_a_merger_told_again_for_an_earlier_day_leaves_nobody_with_two_heirs(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [HEAD, (1, "1", "Xã M", ""), (2, "2", "Xã N", "")]))
    rows = ("Xã phường", [HEAD, (1, "1", "Xã M", "Xã M, xã N")])
    take(nghe_an, tmp_path, rows, on=date(2026, 7, 1))
    earlier = plan(nghe_an, tmp_path, rows, on=date(2026, 1, 1))
    assert ("UNL-later" in codes(earlier), earlier.clear) == (True, False)
    for day in (date(2026, 7, 1), date(2026, 9, 1)):
        assert plan(nghe_an, tmp_path, rows, on=day).empty


def test_one_old_commune_ends_on_one_day(untouched: Workspace, tmp_path: Path) -> None:
    rows = [
        (*HEAD, "Từ ngày"),
        (1, "1", "Xã M", "một phần xã A", "01/7/2025"),
        (2, "2", "Xã N", "một phần xã A", "01/01/2026"),
    ]
    assert codes(plan(untouched, tmp_path, ("Xã phường", rows))) == ["UNL-old-days"]


def test_a_code_and_a_name_of_two_units_are_never_one(nghe_an: Workspace, tmp_path: Path) -> None:
    """Swapped codes would put the figures of one commune under the other."""
    take(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "1", "Xã A"), (2, "2", "Xã B")]))
    swapped = ("Xã phường", [HEAD[:3], (1, "2", "Xã A"), (2, "1", "Xã B")])
    assert codes(plan(nghe_an, tmp_path, swapped)) == ["UNL-code-other", "UNL-code-other"]


def test_another_official_code_for_one_name_is_asked(nghe_an: Workspace, tmp_path: Path) -> None:
    take(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "17827", "Xã A")]))
    other = ("Xã phường", [HEAD[:3], (1, "17830", "Xã A")])
    assert plan(nghe_an, tmp_path, other).questions[0].choices == ("mend",)
    take(nghe_an, tmp_path, other, answers={"": "mend"})
    assert nghe_an.units.by_code("17830", AFTER).kind == COMMUNE
    assert names(nghe_an, AFTER) == ["Xã A"]


def test_numbered_names_are_never_taken_for_one_another(nghe_an: Workspace, tmp_path: Path) -> None:
    head = ("Tên tổ chức", "Loại")
    take(nghe_an, tmp_path, ("Tổ chức hành nghề", [head, ("Phòng công chứng số 1", "Phòng")]))
    take(nghe_an, tmp_path, ("Tổ chức hành nghề", [head, ("Phòng công chứng số 2", "Phòng")]))
    assert names(nghe_an, AFTER, NOTARY) == ["Phòng công chứng số 1", "Phòng công chứng số 2"]


def test_a_plan_over_a_file_that_changed_meanwhile_is_not_written(nghe_an: Workspace, tmp_path: Path) -> None:
    made = plan(nghe_an, tmp_path, ("Xã phường", [HEAD[:3], (1, "1", "Xã A")]))
    take(nghe_an, tmp_path, ("Phòng", [("STT", "Phòng"), (1, "Phòng A")]))
    with pytest.raises(JudappError, match="UNL-moved"):
        apply_list(nghe_an, made)


def test_a_room_that_prepares_a_form_moves_nobody_into_it(nghe_an: Workspace, tmp_path: Path) -> None:
    owed = (
        "Biểu phải nộp",
        [("Đơn vị", "Biểu", "Phòng", "Người lập"), ("Sở Tư pháp", "PL-STP", "Phòng X", "Lan")],
    )
    people = ("Người", [("Họ và tên", "Phòng"), ("Lan", "")])
    take(nghe_an, tmp_path, people)
    made = take(nghe_an, tmp_path, owed)
    assert (made.owed, made.persons) == (1, 0)
    assert plan(nghe_an, tmp_path, owed).empty
