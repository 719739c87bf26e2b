"""Section of Hệ thống: one room's sheets out to its own PC, and what comes back, shown before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from judapp.ui.pages.system_package import ArrivalDialog
from judapp.ui.pages.system_section import Section
from judapp.ui.session import Session
from judapp.ui.settings import settings
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.exchange_view import ArrivalView, RoomChoice
    from judapp.app.packing import Packed
    from judapp.app.unpacking import Arrival
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied

_FOLDER = "package_folder"
_FILTER = "judapp (*.judapp)"


class ExchangeSection(Section):
    """The rooms with what they prepare; packages are written and taken here."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        head = QHBoxLayout()
        head.addWidget(Label(t("RPK-title"), "section"), 1)
        self.receive_button = button(t("RPK-receive-button"), self.receive)
        head.addWidget(self.receive_button)
        self.send_button = button(t("RPK-send-button"), self.send)
        head.addWidget(self.send_button)
        self.body.addLayout(head)
        self.why = Label("", wrap=True)
        self.body.addWidget(self.why)
        self.table = ListTable("rooms", [Head(t("RPK-room"), 320), Head(t("RPK-room-prepares"))])
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.send())
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.dialog: ArrivalDialog | None = None

    def refresh(self) -> None:
        period = self.session.period

        def work(workspace: Workspace) -> tuple[tuple[RoomChoice, ...], str]:
            from judapp.app.desk import period_name
            from judapp.app.exchange_view import room_choices

            return room_choices(workspace, period), period_name(period).in_language(language())

        self.session.ask(self, work, lambda found: self._show(*found))

    def send(self) -> None:
        """Write the package of the current room."""
        room: RoomChoice | None = self.table.current()
        if room is None or not room.forms:
            return
        period = self.session.period
        proposed = str(Path(self._folder(), f"{room.name} {period.code}.judapp"))
        name, _ = QFileDialog.getSaveFileName(self, t("RPK-send"), proposed, _FILTER)
        if not name:
            return
        path, uid = Path(name), room.uid
        settings().setValue(_FOLDER, str(path.parent))

        def work(workspace: Workspace) -> Packed:
            from judapp.app.packing import pack

            return pack(workspace, workspace.units[uid], period, path)

        def told(packed: Packed) -> None:
            words = t("RPK-sent", room=packed.room, sheets=packed.sheets, cells=packed.cells, name=path.name)
            self.session.said.emit(words, False)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        self.session.ask(self, work, told, topic="pack")

    def receive(self) -> None:
        """Look into a package that is chosen, and show it."""
        name, _ = QFileDialog.getOpenFileName(self, t("RPK-receive"), self._folder(), _FILTER)
        if not name:
            return
        path, lang = Path(name), language()
        settings().setValue(_FOLDER, str(path.parent))

        def work(workspace: Workspace) -> tuple[Arrival, ArrivalView]:
            from judapp.app.exchange_view import arrival_view
            from judapp.app.unpacking import look_into

            arrival = look_into(workspace, path)
            return arrival, arrival_view(workspace, arrival, lang)

        self.session.ask(self, work, lambda found: self._ask(*found), topic="package")

    def _folder(self) -> str:
        return str(settings().value(_FOLDER, ""))

    def _show(self, rooms: Sequence[RoomChoice], period: str) -> None:
        preparing = sum(bool(room.forms) for room in rooms)
        self.said.emit(t("RPK-sentence", rooms=len(rooms), preparing=preparing, period=period))
        self.why.setText(t("RPK-why", period=period) if rooms else t("RPK-no-rooms"))
        lines = [
            Row((room.name, Cell(", ".join(room.forms) or t("RPK-room-none"), dim=not room.forms)), room)
            for room in rooms
        ]
        self.table.show_rows(lines, keep=lambda room: room.uid)
        self._chosen(self.table.current())

    def _chosen(self, room: RoomChoice | None) -> None:
        self.send_button.setEnabled(room is not None and bool(room.forms))

    def _ask(self, arrival: Arrival, view: ArrivalView) -> None:
        self.dialog = ArrivalDialog(self, view)
        if self.dialog.exec():
            self._take(arrival, self.dialog.chosen())
        self.dialog.deleteLater()
        self.dialog = None

    def _take(self, arrival: Arrival, also: Sequence[int]) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.unpacking import take

            return take(workspace, arrival, also)

        def said(applied: Applied) -> str:
            return t("RPK-took", cells=applied.figures, sheets=len(applied.sheets))

        self.session.act(work, said=said)
