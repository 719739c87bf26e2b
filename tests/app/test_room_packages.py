"""A room's package: what one room prepares goes out and comes back, and nothing is taken silently."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.approving import submit
from judapp.app.entering import set_cells
from judapp.app.exchange_state import BOTH, CHANGED, NEW, OLDER, OURS, SAME
from judapp.app.exchange_view import differences
from judapp.app.founding import new_file
from judapp.app.minutes import last_imports, minutes
from judapp.app.packing import content_of, owed_by, pack, room_named
from judapp.app.safekeeping import verify
from judapp.app.unpacking import FOREIGN, LOCKED, look_into, new_file_of, take
from judapp.app.workspace import Workspace
from judapp.domain.figure import EMPTY
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store import obligations, remarks, sheets
from judapp.store.operations import Writer
from judapp.store.room_package import Content
from tests.rooms import H1, OTHER, SUPPORT, Office, enter, own, reporter


def figures(workspace: Workspace, number: str = "10b/TP/CC") -> object:
    version = workspace.version_for(number, H1)
    stored = workspace.stored(version.id, reporter(workspace).uid, H1)
    return content_of(workspace, stored.id) if stored else None


def test_the_room_gets_its_own_forms_and_no_others(office: Office) -> None:
    packed = pack(office.clerk, room_named(office.clerk, "BTTP", H1.last_day), H1, office.out)
    assert packed.forms == ("10b/TP/CC",)
    assert packed.sheets == 1
    room = office.send()
    assert figures(room) == figures(office.clerk)
    assert figures(room, "21b/TP/HTPLDN") is None
    assert room.practice
    assert [u.uid for u in room.units] == [u.uid for u in office.clerk.units] or {
        u.uid for u in room.units
    } == {u.uid for u in office.clerk.units}
    assert verify(room.file.path, deep=True) == []


def test_what_the_room_entered_comes_back_as_one_operation_that_can_be_undone(office: Office) -> None:
    room = office.send()
    before = figures(office.clerk)
    enter(room, 77)
    arrival = office.hand_back()
    [one] = own(arrival)
    assert one.status == CHANGED
    assert len(one.cells) == 1
    [line] = differences(office.clerk, one)
    assert line.after == "77"
    assert "cột" in line.cell
    applied = take(office.clerk, arrival)
    assert applied.figures == 1
    assert figures(office.clerk) == figures(room)
    assert verify(office.clerk.file.path, deep=True) == []
    label, _ = office.clerk.undo()
    assert label == "Nhận gói của Phòng Bổ trợ tư pháp: 1 phiếu, 1 ô"
    assert figures(office.clerk) == before


def test_the_same_package_again_changes_nothing(office: Office) -> None:
    room = office.send()
    enter(room, 77)
    take(office.clerk, office.hand_back())
    [again] = own(look_into(office.clerk, office.back))
    assert again.status == SAME
    assert take(office.clerk, look_into(office.clerk, office.back)).figures == 0


def test_rounds_go_on_without_a_conflict(office: Office) -> None:
    room = office.send()
    for value in (71, 72, 73):
        enter(room, value)
        arrival = office.hand_back()
        assert [one.status for one in own(arrival)] == [CHANGED]
        take(office.clerk, arrival)
    assert figures(office.clerk) == figures(room)


def test_an_older_package_is_not_taken_over_a_newer_one(office: Office, tmp_path: Path) -> None:
    room = office.send()
    enter(room, 71)
    first = tmp_path / "first.judapp"
    office.hand_back(first)
    enter(room, 72)
    take(office.clerk, office.hand_back())
    late = look_into(office.clerk, first)
    assert [one.status for one in own(late)] == [OLDER]
    assert take(office.clerk, late).empty
    assert figures(office.clerk) == figures(room)


def test_where_both_changed_a_sheet_a_person_chooses(office: Office) -> None:
    room = office.send()
    enter(room, 71)
    enter(office.clerk, 72)
    kept = figures(office.clerk)
    arrival = office.hand_back()
    assert [one.status for one in own(arrival)] == [BOTH]
    take(office.clerk, arrival)
    assert figures(office.clerk) == kept
    at = next(i for i, one in enumerate(arrival.incoming) if one.status == BOTH)
    take(office.clerk, look_into(office.clerk, office.back), [at])
    assert figures(office.clerk) == figures(room)


def test_what_only_the_clerk_changed_stays(office: Office) -> None:
    office.send()
    enter(office.clerk, 72)
    arrival = office.hand_back()
    assert [one.status for one in own(arrival)] == [OURS]
    kept = figures(office.clerk)
    take(office.clerk, arrival)
    assert figures(office.clerk) == kept


def test_a_submitted_sheet_is_not_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    room = office.send()
    enter(room, 77)
    arrival = office.hand_back()
    for name in ("findings_of",):
        monkeypatch.setattr(f"judapp.app.approving.{name}", lambda *_: [])
    monkeypatch.setattr("judapp.domain.resolve.Resolved.unanswered", property(lambda _: ()))
    submit(office.clerk, "10b/TP/CC", reporter(office.clerk), H1)
    [late] = own(look_into(office.clerk, office.back))
    assert (late.status, late.code) == (LOCKED, "RPK-013")
    with pytest.raises(JudappError, match="STA-002"):
        take(office.clerk, arrival)


def test_a_sheet_changed_after_the_look_stops_everything(office: Office) -> None:
    room = office.send()
    enter(room, 77)
    arrival = office.hand_back()
    enter(office.clerk, 78)
    kept = figures(office.clerk)
    with pytest.raises(JudappError, match="RPK-010"):
        take(office.clerk, arrival)
    assert figures(office.clerk) == kept


def test_a_form_of_another_room_is_refused(office: Office) -> None:
    room = office.send()
    enter(room, 77)
    arrival = office.hand_back()
    [duty] = owed_by(office.clerk, SUPPORT, H1.last_day)
    office.clerk.apply("rooms", "Phòng", lambda writer: obligations.put(writer, replace(duty, room=OTHER)))
    [one] = own(look_into(office.clerk, office.back))
    assert (one.status, one.code) == (FOREIGN, "RPK-012")
    assert arrival.incoming  # seen before the form went to another room


def clear(workspace: Workspace) -> None:
    """Take everything out of the sheet of 10b."""
    version = workspace.version_for("10b/TP/CC", H1)
    stored = workspace.stored(version.id, reporter(workspace).uid, H1)
    assert stored is not None

    def build(writer: Writer) -> None:
        writer.set_figures(stored.id, [(*key, EMPTY) for key in sheets.figures(workspace.file, stored.id)])
        for table, rows in sheets.own_rows(workspace.file, stored.id).items():
            for row in rows:
                writer.delete("sheet_row", (stored.id, table, row.key))
        for remark in remarks.of_sheet(workspace.file, stored.id):
            remarks.remove(writer, remark.uid)

    workspace.apply("clear", "Xóa", build)


def type_first(workspace: Workspace) -> None:
    """Begin an empty 10b."""
    set_cells(workspace, "10b/TP/CC", reporter(workspace), H1, ["@:[nguoi_lap]=Lan"])


def test_a_form_the_clerk_has_not_begun_is_new(office: Office) -> None:
    clear(office.clerk)
    type_first(office.send())
    arrival = office.hand_back()
    assert [one.status for one in own(arrival)] == [NEW]
    take(office.clerk, arrival)
    assert figures(office.clerk) == figures(office.room)


def test_what_the_clerk_cleared_on_purpose_stays_cleared(office: Office) -> None:
    room = office.send()
    clear(office.clerk)
    assert [one.status for one in own(office.hand_back())] == [OURS]
    enter(room, 77)
    assert [one.status for one in own(office.hand_back())] == [BOTH]


def test_a_correction_back_to_the_first_figure_is_a_change_of_ours(office: Office) -> None:
    room = office.send()
    first = figures(office.clerk)
    enter(room, 77)
    take(office.clerk, office.hand_back())
    version = office.clerk.version_for("10b/TP/CC", H1)
    stored = office.clerk.stored(version.id, reporter(office.clerk).uid, H1)
    assert stored is not None
    assert isinstance(first, Content)
    office.clerk.apply(
        "set", "Sửa lại", lambda w: w.set_figures(stored.id, [(*k, f) for k, f in first.figures])
    )
    assert figures(office.clerk) == first
    type_first(room)
    assert [one.status for one in own(office.hand_back())] == [BOTH]


def test_a_second_copy_of_the_room_never_takes_back_what_the_first_entered(
    office: Office, tmp_path: Path
) -> None:
    room = office.send()
    enter(room, 71)
    take(office.clerk, office.hand_back())
    other, _ = new_file_of(tmp_path / "other.sqlite", office.out)
    with other:
        type_first(other)
        pack(other, room_named(other, "BTTP", H1.last_day), H1, tmp_path / "other.judapp")
    assert [one.status for one in own(look_into(office.clerk, tmp_path / "other.judapp"))] == [BOTH]


def test_a_new_package_of_the_clerk_begins_a_new_round(office: Office, tmp_path: Path) -> None:
    room = office.send()
    enter(room, 71)
    take(office.clerk, office.hand_back())
    enter(office.clerk, 72)
    pack(office.clerk, room_named(office.clerk, "BTTP", H1.last_day), H1, office.out)
    arrival = look_into(room, office.out)
    assert [one.status for one in own(arrival)] == [CHANGED]
    take(room, arrival)
    enter(room, 73)
    assert [one.status for one in own(office.hand_back())] == [CHANGED]


def test_minutes_tell_of_the_package(office: Office) -> None:
    room = office.send()
    enter(room, 77)
    take(office.clerk, office.hand_back())
    [newest] = last_imports(office.clerk, 1)
    assert newest.cells == 1
    [line] = minutes(office.clerk, newest.op).written
    assert (line.file, line.form, line.written) == ("back.judapp", "10b/TP/CC", 1)


def test_packages_of_others_are_refused(office: Office, tmp_path: Path) -> None:
    office.send()
    with (
        new_file(tmp_path / "real.sqlite", "01", date(2026, 1, 1)) as real,
        pytest.raises(JudappError) as told,
    ):
        look_into(real, office.out)
    assert told.value.code == "RPK-004"
    with (
        new_file(tmp_path / "same.sqlite", _code(office.clerk), date(2026, 1, 1)) as same,
        pytest.raises(JudappError) as told,
    ):
        look_into(same, office.out)
    assert told.value.code in ("RPK-004", "RPK-005")


def _code(workspace: Workspace) -> str:
    return workspace.units.latest(workspace.owner.uid).code


def test_a_room_that_prepares_nothing_and_one_that_is_not_there(office: Office) -> None:
    clerk = office.clerk
    with pytest.raises(JudappError) as told:
        pack(clerk, clerk.units[SUPPORT], Period.parse("2019-H1"), office.out)
    assert told.value.code == "RPK-007"
    with pytest.raises(JudappError) as told:
        room_named(clerk, "Phòng Hộ tịch", H1.last_day)
    assert told.value.code == "RPK-006"
    assert "Phòng Bổ trợ tư pháp" in str(told.value.params["rooms"])


def test_a_package_is_written_over_nothing_but_a_package(office: Office, tmp_path: Path) -> None:
    room = room_named(office.clerk, "BTTP", H1.last_day)
    for path in (office.clerk.file.path, tmp_path / "thesis.docx"):
        if not path.exists():
            path.write_bytes(b"words")
        before = path.read_bytes()
        with pytest.raises(JudappError) as told:
            pack(office.clerk, room, H1, path)
        assert told.value.code == "RPK-015"
        assert path.read_bytes() == before
    pack(office.clerk, room, H1, office.out)
    pack(office.clerk, room, H1, office.out)


def test_a_folder_that_cannot_be_written_is_a_sentence(office: Office, tmp_path: Path) -> None:
    taken = tmp_path / "a"
    taken.write_text("")
    with pytest.raises(JudappError) as told:
        pack(office.clerk, room_named(office.clerk, "BTTP", H1.last_day), H1, taken / "x.judapp")
    assert told.value.code == "RPK-008"
