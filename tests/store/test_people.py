"""Persons, and the cells somebody typed last."""

from __future__ import annotations

from judapp.domain.figure import number
from judapp.domain.period import Period
from judapp.store import people
from judapp.store.database import DataFile
from judapp.store.operations import Writer
from judapp.store.people import Person
from judapp.store.undo import undo
from tests.store.helpers import AT, H1, NGHE_AN, A, B, do, put_figure


def test_persons_are_kept_by_name(file: DataFile, sheet: int) -> None:
    lan, minh = Person("u1", "Lan", room=NGHE_AN), Person("u2", "Minh", "head", active=False)

    def found(writer: Writer) -> None:
        people.put(writer, minh)
        people.put(writer, lan)

    do(file, found)
    assert people.load(file) == [lan, minh]


def test_what_is_not_said_of_a_person_stays(file: DataFile, sheet: int) -> None:
    def found(writer: Writer) -> None:
        writer.put("person", {"uid": "u1", "name": "Lan", "role": "clerk", "pin": "1234", "active": 1})

    do(file, found)
    do(file, lambda writer: people.put(writer, Person("u1", "Nguyễn Thị Lan", "head")))
    assert people.load(file) == [Person("u1", "Nguyễn Thị Lan", "head")]
    assert file.row("select pin from person")[0] == "1234"


def test_a_person_put_down_by_mistake_is_undone(file: DataFile, sheet: int) -> None:
    made = do(file, lambda writer: people.put(writer, Person("u1", "Lan")))
    undo(file, made.op_id or 0, who="Lan", machine="m", at=AT)
    assert people.load(file) == []


def test_typing_stopped_at_the_newest_cells_that_stand(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 1)
    last = put_figure(file, sheet, B, 2)
    found = people.left_off(file, "Lan", H1)
    assert found is not None
    assert (found.sheet, found.cells) == (sheet, (B,))
    undo(file, last.op_id or 0, who="Lan", machine="m", at=AT)
    found = people.left_off(file, "Lan", H1)
    assert found is not None
    assert found.cells == (A,)


def test_only_what_this_person_typed_in_this_period_counts(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 1)
    do(file, lambda writer: writer.set_figures(sheet, [(*B, number(2))]), "import")
    assert people.left_off(file, "Minh", H1) is None
    assert people.left_off(file, "Lan", Period.parse("2025-H1")) is None
    found = people.left_off(file, "Lan", H1, skip=("import",))
    assert found is not None
    assert found.cells == (A,)


def test_an_act_that_changed_no_figure_is_no_place_to_go_on(file: DataFile, sheet: int) -> None:
    do(file, lambda writer: people.put(writer, Person("u1", "Lan")))
    assert people.left_off(file, "Lan", H1) is None
