"""Scenes of exchanging packages with rooms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from judapp.app.packing import pack, room_named
from judapp.app.unpacking import new_file_of
from judapp.app.workspace import Workspace
from judapp.ui.texts import language
from tests.rooms import H1, clerk_file, enter

if TYPE_CHECKING:
    from .scenes import Scene, Stage


def _section(stage: Stage, path: Path) -> Any:
    stage.open(path, "2026-H1", "40")
    stage.page("system", section="exchange")
    page: Any = stage.window.pages["system"]
    return page.sections["exchange"]


def _rooms(stage: Stage) -> QWidget:
    _section(stage, clerk_file(stage.sent.parent / "rooms.sqlite"))
    return stage.window


def _no_rooms(stage: Stage) -> QWidget:
    _section(stage, stage.demo)
    return stage.window


def _package(stage: Stage) -> QWidget:
    from judapp.app.exchange_view import arrival_view
    from judapp.app.unpacking import look_into
    from judapp.ui.pages.system_package import ArrivalDialog

    folder = stage.sent.parent
    clerk, out, back = clerk_file(folder / "clerk.sqlite"), folder / "out.judapp", folder / "back.judapp"
    with Workspace.open(clerk) as workspace:
        pack(workspace, room_named(workspace, "BTTP", H1.last_day), H1, out)
        (folder / "room.sqlite").unlink(missing_ok=True)
        room, _ = new_file_of(folder / "room.sqlite", out)
        with room:
            enter(room, 71)
            pack(room, room_named(room, "BTTP", H1.last_day), H1, back)
        enter(workspace, 72)
        view = arrival_view(workspace, look_into(workspace, back), language())
    dialog = ArrivalDialog(stage.window, view)
    dialog.show()
    return dialog


SCENES_EXCHANGE: dict[str, Scene] = {
    "system-exchange": _rooms,
    "system-exchange-empty": _no_rooms,
    "system-exchange-package": _package,
}
