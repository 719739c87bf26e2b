"""The persons of the department, and where each of them stopped typing."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from judapp.domain.period import Period
from judapp.store.database import DataFile
from judapp.store.history import in_effect
from judapp.store.operations import CellKey, Writer
from judapp.store.sheets import OWN

CLERK = "clerk"


class Person(Struct, frozen=True):
    """Somebody who works with the file; ``room`` is the uid of a unit. Who left is no longer active."""

    uid: str
    name: str
    role: str = CLERK
    room: str | None = None
    active: bool = True


def load(file: DataFile) -> list[Person]:
    """All persons, by name."""
    rows = file.rows(
        "select p.uid, p.name, p.role, u.uid, p.active from person p left join unit u on u.id = p.room"
        " order by p.name, p.uid"
    )
    return [Person(uid, name, role, room, bool(active)) for uid, name, role, room, active in rows]


def put(writer: Writer, person: Person) -> None:
    """Add a person, or change what is known of one."""
    former = writer.get("person", (person.uid,))
    room = writer.file.row("select id from unit where uid = ?", (person.room,))
    writer.put(
        "person",
        {
            "uid": person.uid,
            "name": person.name,
            "role": person.role,
            "room": room[0] if room else None,
            "pin": former["pin"] if former else None,
            "active": int(person.active),
        },
    )


class LeftOff(Struct, frozen=True):
    """The cells somebody answered in one act, and the sheet they are in; ``at`` is ISO text in UTC."""

    sheet: int
    cells: tuple[CellKey, ...]
    at: str


def left_off(file: DataFile, who: str, period: Period, skip: Collection[str] = ()) -> LeftOff | None:
    """What ``who`` entered last in a period and still stands; acts of a kind in ``skip`` do not count."""
    candidates = file.stream(
        "select o.id, o.at, o.kind, s.id from op o"
        " join op_sheet t on t.op = o.id join sheet s on s.id = t.sheet"
        " where s.period = ? and s.layer = ? and o.who = ? and o.undoes is null order by o.id desc, s.id",
        (period.code, OWN, who),
    )
    for op, at, kind, sheet in candidates:
        if kind in skip or not in_effect(file, op):
            continue
        cells = file.rows(
            "select tbl, row, col from figure_change where sheet = ? and op = ? and s1 is not null"
            " order by tbl, row, col",
            (sheet, op),
        )
        if cells:
            return LeftOff(sheet, tuple((tbl, row, col) for tbl, row, col in cells), at)
    return None
