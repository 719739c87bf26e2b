"""What a room's package does to registers: a room's own file follows, the clerk's only adds what it must."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from judapp.app.packing import owed_by, pack
from judapp.app.safekeeping import verify
from judapp.app.unpacking import look_into, take
from judapp.domain.rows import OwnRow
from judapp.domain.unit import Unit, UnitState
from judapp.store import obligations, sheets, units
from judapp.store.operations import Writer
from tests.rooms import H1, OTHER, SUPPORT, Office, own, reporter


def test_duties_the_clerk_moved_do_not_come_back(office: Office) -> None:
    office.send()
    [duty] = owed_by(office.clerk, SUPPORT, H1.last_day)
    moved = replace(duty, valid_from=date(2026, 1, 1))

    def move(writer: Writer) -> None:
        obligations.drop(writer, duty)
        obligations.put(writer, moved)

    office.clerk.apply("x", "x", move)
    arrival = office.hand_back()
    assert not arrival.additions.anything
    assert arrival.additions.different == 1
    take(office.clerk, arrival)
    assert owed_by(office.clerk, SUPPORT, H1.last_day) == [moved]
    pack(office.clerk, office.clerk.units[SUPPORT], H1, office.out)
    take(office.room, look_into(office.room, office.out))  # the room's file follows
    assert owed_by(office.room, SUPPORT, H1.last_day) == [moved]


def test_a_unit_renamed_by_the_clerk_is_renamed_at_the_room(office: Office) -> None:
    room = office.send()
    unit = office.clerk.units[OTHER]
    renamed = replace(unit, states=(replace(unit.states[0], name="Phòng Khác"),))
    office.clerk.apply("x", "x", lambda w: units.put_unit(w, renamed))
    pack(office.clerk, office.clerk.units[SUPPORT], H1, office.out)
    take(room, look_into(room, office.out))
    assert room.units[OTHER] == renamed
    assert verify(room.file.path, deep=True) == []


@pytest.mark.parametrize(("code", "name"), [("VP99", "Văn phòng Hai"), ("VP98", "Văn phòng Một")])
def test_a_unit_made_on_both_sides_is_told_and_not_added(office: Office, code: str, name: str) -> None:
    room = office.send()
    owner = office.clerk.owner.uid

    def office_of(uid: str, own_code: str, own_name: str) -> Unit:
        return Unit(uid, "notary", (UnitState(date(2020, 1, 1), None, own_code, own_name, parent=owner),))

    office.clerk.apply("x", "x", lambda w: units.put_unit(w, office_of("a", "VP99", "Văn phòng Một")))
    room.apply("x", "x", lambda w: units.put_unit(w, office_of("b", code, name)))
    version = room.version_for("10b/TP/CC", H1)
    stored = room.stored(version.id, reporter(room).uid, H1)
    assert stored is not None
    row = OwnRow("I.#b", "I", 99, "b", name)
    room.apply("x", "x", lambda w: sheets.put_row(w, stored.id, "", row))
    [one] = own(office.hand_back())
    assert (one.status, one.code) == ("unknown", "RPK-011")
