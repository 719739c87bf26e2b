"""Obligations by hand: put down by the rules of the list, assigned, ended; one act each, undone whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.founding import new_file
from judapp.app.owed_view import NewOwed, end_owed, owe, owed_page, plan_owed, prepared_by
from judapp.app.unit_list_outcome import Options
from judapp.app.unit_list_said import ListSaid, OwedSaid, Spot
from judapp.app.unit_lists import apply_list, plan_list, read_and_plan
from judapp.app.units_view import change_unit, lineage, units_page
from judapp.app.workspace import Workspace
from judapp.domain.unit import COMMUNE
from judapp.errors import JudappError
from judapp.store import obligations
from judapp.store.operations import Writer
from tests.unit_list_case import everything

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def with_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nghe-an")
    with new_file(folder / "nghe-an.sqlite", "40", TODAY) as workspace:
        apply_list(workspace, read_and_plan(workspace, everything(folder / "a.xlsx")))
    return folder / "nghe-an.sqlite"


@pytest.fixture
def nghe_an(with_list: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(with_list, tmp_path / "nghe-an.sqlite"))) as workspace:
        yield workspace


def test_obligations_of_many_units_are_one_line(nghe_an: Workspace) -> None:
    page = owed_page(nghe_an, TODAY)
    assert [(line.form, line.who.vi, line.person) for line in page.lines] == [
        ("10a/TP/CC", "3 tổ chức hành nghề công chứng", "Nguyễn Thị Lan"),
        ("10b/TP/CC", "Tỉnh Nghệ An", "Nguyễn Thị Lan"),
        ("21a/TP/HTPLDN", "2 sở, ngành, tổ chức", ""),
        ("21b/TP/HTPLDN", "Tỉnh Nghệ An", "Nguyễn Thị Lan"),
    ]
    assert (page.owed, page.units) == (7, 6)
    assert "Phòng Bổ trợ tư pháp" in page.rooms


def test_forms_are_owed_by_the_rules_of_the_list(nghe_an: Workspace) -> None:
    assert plan_owed(nghe_an, NewOwed("Sở Nội vụ", ("99z",), TODAY)).questions
    assert plan_owed(nghe_an, NewOwed("Sở Nội vụ", ("21a",), TODAY)).empty, "it owes it already"
    applied = owe(nghe_an, NewOwed("Sở Tư pháp", ("PL-STP",), TODAY, "Phòng mới", "Hà"))
    line = next(line for line in owed_page(nghe_an, TODAY).lines if line.form == "PL-STP")
    assert (line.room, line.person, line.since) == ("Phòng mới", "Hà", TODAY)
    nghe_an.undo(applied.op_id)
    assert owed_page(nghe_an, TODAY).owed == 7


def test_who_prepares_is_changed_for_many_and_what_is_not_said_stays(nghe_an: Workspace) -> None:
    keys = [key for line in owed_page(nghe_an, TODAY).lines for key in line.keys]
    prepared_by(nghe_an, keys, None, "Trần Văn Minh")
    lines = owed_page(nghe_an, TODAY).lines
    assert {line.person for line in lines} == {"Trần Văn Minh"}
    assert {line.room for line in lines} == {"Phòng Bổ trợ tư pháp", ""}
    prepared_by(nghe_an, keys, "", "")
    assert {(line.room, line.person) for line in owed_page(nghe_an, TODAY).lines} == {("", "")}


def test_an_obligation_ends_on_a_day_or_was_never_owed(nghe_an: Workspace) -> None:
    [first, *rest] = owed_page(nghe_an, TODAY).lines
    end_owed(nghe_an, first.keys, date(2026, 12, 31))
    assert owed_page(nghe_an, TODAY).lines[0].until == date(2026, 12, 31)
    end_owed(nghe_an, rest[0].keys, date(2025, 1, 1))
    assert owed_page(nghe_an, TODAY).owed == 6


def test_the_register_is_told_with_what_units_were_made_of(nghe_an: Workspace) -> None:
    page = units_page(nghe_an, TODAY)
    assert (page.counts["commune"], page.counts["former"], page.expected) == (7, 12, 130)
    commune = next(line for line in page.lines if line.name == "Xã Phúc Lộc")
    assert commune.made_of == ("Xã Nghi Công Bắc", "Xã Nghi Công Nam", "Xã Nghi Lâm")
    told = lineage(nghe_an, commune.uid)
    assert [(kin.name, kin.part) for kin in told.olds] == [
        ("Xã Nghi Công Bắc", False), ("Xã Nghi Công Nam", False), ("Xã Nghi Lâm", True),
    ]  # fmt: skip
    assert told.states[0].source == "a.xlsx"


def test_a_unit_is_mended_or_called_otherwise_from_a_day(nghe_an: Workspace) -> None:
    [unit] = nghe_an.units.by_name("Xã Phúc Lộc", TODAY, [COMMUNE])
    change_unit(nghe_an, unit.uid, "Xã  Phúc Lộc Thọ", "", None)
    assert nghe_an.units.name(unit.uid, date(2025, 7, 1)) == "Xã Phúc Lộc Thọ"
    assert nghe_an.unit_code(unit.uid, TODAY) == "xa-phuc-loc-tho"
    change_unit(nghe_an, unit.uid, "Xã Phúc", "17830", date(2026, 3, 1))
    assert nghe_an.units.name(unit.uid, date(2026, 2, 28)) == "Xã Phúc Lộc Thọ"
    assert nghe_an.units.name(unit.uid, date(2026, 3, 1)) == "Xã Phúc"
    other = next(
        state
        for own in nghe_an.units
        if own.kind == COMMUNE and own.uid != unit.uid and (state := nghe_an.units.state(own.uid, TODAY))
    )
    for name, code, since, fault in (
        ("", "1", None, "UNL-name-empty"),
        ("Xã A", "17827", None, "UNL-code-borne"),
        ("Xã A", "1", date(2026, 3, 1), "UNL-since"),
        (other.name, "1", None, "UNL-name-borne"),
        (other.name, "1", date(2026, 9, 1), "UNL-name-borne"),
        ("Phúc", "1", None, "UNL-type"),
    ):
        with pytest.raises(JudappError, match=fault):
            change_unit(nghe_an, unit.uid, name, code, since)


def test_a_unit_that_is_no_more_gets_no_new_name_afterwards(nghe_an: Workspace) -> None:
    ended = next(u for u in nghe_an.units if u.kind == COMMUNE and nghe_an.units.state(u.uid, TODAY) is None)
    former = nghe_an.units.latest(ended.uid)
    with pytest.raises(JudappError, match="UNL-ended"):
        change_unit(nghe_an, ended.uid, "Xã A", "", TODAY)
    assert nghe_an.units.latest(ended.uid) == former


def spans(workspace: Workspace) -> list[tuple[date, date | None]]:
    """When the first office that owes 10a owes it."""
    unit = next(o.unit for o in workspace.obligations if o.family == "cc.cs")
    found = [o for o in workspace.obligations if (o.family, o.unit) == ("cc.cs", unit)]
    return [(own.valid_from, own.valid_to) for own in found]


def owes(workspace: Workspace, since: date) -> None:
    unit = next(o.unit for o in workspace.obligations if o.family == "cc.cs")
    owe(workspace, NewOwed(workspace.units.latest(unit).name, ("10a",), since))


def ends(workspace: Workspace, last: date) -> None:
    unit = next(o.unit for o in workspace.obligations if o.family == "cc.cs")
    held = [o for o in workspace.obligations if (o.family, o.unit) == ("cc.cs", unit) and o.holds_on(last)]
    end_owed(workspace, [(o.family, o.unit, o.valid_from) for o in held], last)


def test_no_two_duties_of_a_form_and_unit_hold_on_one_day(nghe_an: Workspace) -> None:
    [(begun, _)] = spans(nghe_an)
    ends(nghe_an, date(2026, 6, 30))
    owes(nghe_an, date(2026, 7, 1))
    assert spans(nghe_an) == [(begun, date(2026, 6, 30)), (date(2026, 7, 1), None)]
    owes(nghe_an, date(2020, 1, 1))  # earlier than the office is known: from its first day
    assert spans(nghe_an)[1:] == [(date(2026, 7, 1), None)]
    owes(nghe_an, date(2026, 3, 1))
    assert len(spans(nghe_an)) == 2, "it is owed from then on already"
    ends(nghe_an, date(2026, 12, 31))
    assert spans(nghe_an)[-1] == (date(2026, 7, 1), date(2026, 12, 31))


def test_what_is_owed_earlier_than_known_is_one_duty(nghe_an: Workspace) -> None:
    unit = next(o.unit for o in nghe_an.obligations if o.family == "cc.cs")
    duty = next(o for o in nghe_an.obligations if (o.family, o.unit) == ("cc.cs", unit))
    later = replace(duty, valid_from=date(2026, 1, 1))

    def build(writer: Writer) -> None:
        obligations.drop(writer, duty)
        obligations.put(writer, later)

    nghe_an.apply("x", "Từ 2026", build)
    applied = plan_owed(nghe_an, NewOwed(nghe_an.units.latest(unit).name, ("10a",), duty.valid_from))
    apply_list(nghe_an, applied)
    assert spans(nghe_an) == [(duty.valid_from, None)]
    nghe_an.undo()
    assert spans(nghe_an) == [(date(2026, 1, 1), None)]


def test_a_duty_that_ended_goes_on_where_a_person_says_so_and_a_list_asks(
    nghe_an: Workspace, tmp_path: Path
) -> None:
    [(begun, _)] = spans(nghe_an)
    ends(nghe_an, date(2026, 6, 30))
    unit = next(o.unit for o in nghe_an.obligations if o.family == "cc.cs")
    said = ListSaid("")
    said.owed.append(OwedSaid(nghe_an.units.latest(unit).name, ("10a",), Spot("A", "A1"), begun))
    asked = plan_list(nghe_an, said)
    assert [question.code for question in asked.questions] == ["UNL-owed-ended"]
    assert plan_list(nghe_an, said, Options(answers={"": "keep"})).empty
    owes(nghe_an, begun)
    assert spans(nghe_an) == [(begun, None)]
    said.owed[0] = replace(said.owed[0], until=date(2026, 3, 31))
    apply_list(nghe_an, plan_list(nghe_an, said))
    assert spans(nghe_an) == [(begun, date(2026, 3, 31))]
    ends(nghe_an, date(2026, 1, 31))
    owes(nghe_an, date(2026, 5, 1))
    owes(nghe_an, begun)  # what lies between is owed too
    assert spans(nghe_an) == [(begun, None)]
