"""The practice file with rooms: one prepares 10b, the other 21b."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from judapp.app.entering import set_cells
from judapp.app.packing import pack, room_named
from judapp.app.unpacking import Arrival, Incoming, look_into, new_file_of
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import ROOM, Unit, UnitState
from judapp.store import obligations, units
from judapp.store.operations import Writer
from tests.practice_sheets import practice_file

H1 = Period(2026, "H1")
SUPPORT, OTHER = "room-btt", "room-htp"
NUMBER, FAMILY = "10b/TP/CC", "cc.so"


def clerk_file(path: Path) -> Path:
    """The statistics clerk's file at ``path``."""
    with practice_file(path) as workspace:
        owner = workspace.owner.uid

        def build(writer: Writer) -> None:
            for uid, code, name in (
                (SUPPORT, "BTTP", "Phòng Bổ trợ tư pháp"),
                (OTHER, "PBGD", "Phòng Phổ biến, giáo dục pháp luật"),
            ):
                state = UnitState(date(2015, 1, 1), None, code, name, parent=owner)
                units.put_unit(writer, Unit(uid, ROOM, (state,)))
            for family, room in ((FAMILY, SUPPORT), ("htpldn.so", OTHER)):
                [duty] = [o for o in workspace.obligations if o.family == family]
                obligations.put(writer, replace(duty, room=room))

        workspace.apply("rooms", "Phòng", build)
    return path


def reporter(workspace: Workspace) -> Unit:
    """The practice province, which reports 10b."""
    [duty] = [o for o in workspace.obligations if o.family == FAMILY]
    return workspace.units[duty.unit]


def first_cell(workspace: Workspace) -> str:
    """An entry cell of its 10b, as the command line names it."""
    version = workspace.version_for(NUMBER, H1)
    resolved = workspace.resolved(version.id, reporter(workspace).uid, H1)
    assert resolved is not None
    key = next(k for k, c in resolved.cells.items() if c.origin == "stored" and c.figure.value is not None)
    return f"[{key[1]}]c{key[2]}"


def enter(workspace: Workspace, value: int) -> None:
    """Type ``value`` into that cell."""
    set_cells(workspace, NUMBER, reporter(workspace), H1, [f"{first_cell(workspace)}={value}"])


class Office:
    """The clerk's file and what the room does on its own PC."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.folder = folder
        self.clerk = Workspace.open(Path(shutil.copy(made, folder / "clerk.sqlite")))
        self.out = folder / "out.judapp"
        self.back = folder / "back.judapp"

    def send(self) -> Workspace:
        """The clerk's package, and the file the room makes of it."""
        pack(self.clerk, room_named(self.clerk, "BTTP", H1.last_day), H1, self.out)
        self.room, _ = new_file_of(self.folder / "room.sqlite", self.out)
        return self.room

    def hand_back(self, path: Path | None = None) -> Arrival:
        """What the room's package would do in the clerk's file."""
        path = path or self.back
        pack(self.room, room_named(self.room, "Phòng bổ trợ tư pháp", H1.last_day), H1, path)
        return look_into(self.clerk, path)

    def close(self) -> None:
        self.clerk.close()
        if hasattr(self, "room"):
            self.room.close()


def own(arrival: Arrival) -> list[Incoming]:
    return [one for one in arrival.incoming if not one.sheet.background]
