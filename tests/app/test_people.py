"""Who prepares which form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from judapp.app import people
from judapp.app.founding import new_file
from judapp.app.overview import status
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.errors import JudappError
from judapp.store.obligations import Obligation

H1 = Period.parse("2026-H1")
JUNE = date(2026, 6, 12)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_file(tmp_path / "a.sqlite", "40", date(2026, 1, 1)) as made:
        yield made


def test_a_form_nobody_owed_is_owed_from_that_year_on(workspace: Workspace) -> None:
    own = workspace.owner.uid
    assert status(workspace, H1, JUNE) == []
    people.put_down(workspace, "cc.so", own, H1, "  Nguyễn  Thị Lan ")
    [lan] = people.people(workspace)
    assert lan.name == "Nguyễn Thị Lan"
    assert workspace.obligations == [Obligation("cc.so", own, date(2026, 1, 1), person=lan.uid)]
    [line] = status(workspace, H1, JUNE)
    assert (line.form, line.person, line.state) == ("10b/TP/CC", "Nguyễn Thị Lan", "missing")


def test_it_is_one_act_and_one_undo(workspace: Workspace) -> None:
    people.put_down(workspace, "cc.so", workspace.owner.uid, H1, "Lan")
    label, _ = workspace.undo()
    assert label == "Giao biểu 10b/TP/CC cho Lan"
    assert people.people(workspace) == []
    assert workspace.obligations == []


def test_another_person_takes_over_and_nobody_is_made_twice(workspace: Workspace) -> None:
    own = workspace.owner.uid
    people.put_down(workspace, "cc.so", own, H1, "Lan")
    people.put_down(workspace, "htpldn.so", own, H1, "LAN")
    people.put_down(workspace, "cc.so", own, H1, "Lân")
    assert [person.name for person in people.people(workspace)] == ["Lan", "Lân"]
    named = people.names(workspace)
    owed = people.owed(workspace, "cc.so", own, H1.last_day)
    assert owed is not None
    assert named[owed.person or ""] == "Lân"
    assert len(workspace.obligations) == 2


def test_who_is_released_leaves_the_form_owed(workspace: Workspace) -> None:
    own = workspace.owner.uid
    people.put_down(workspace, "cc.so", own, H1, "Lan")
    people.release(workspace, "cc.so", own, H1)
    owed = people.owed(workspace, "cc.so", own, H1.last_day)
    assert owed is not None
    assert owed.person is None
    assert people.release(workspace, "ct.so", own, H1).empty  # nobody was put down
    assert people.release(workspace, "cc.so", own, H1).empty


def test_a_name_is_needed(workspace: Workspace) -> None:
    with pytest.raises(JudappError, match="HOM-001"):
        people.put_down(workspace, "cc.so", workspace.owner.uid, H1, " \t")
    assert workspace.obligations == []


def test_the_form_is_called_by_its_number_of_the_period(workspace: Workspace) -> None:
    assert people.number_of(workspace, "cc.so", Period.parse("2024-H1")) == "12b/BTP/BTTP/CC"
    assert people.number_of(workspace, "cc.so", H1) == "10b/TP/CC"
    assert people.number_of(workspace, "ht.xa", H1) == "13a/BTP/HTQTCT/HT"  # no longer in force
