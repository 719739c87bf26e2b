"""What a room's package would change, before it is taken: its sheets, and each cell old → new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Label
from judapp.ui.widgets.tables import Cell, Head, ListTable, Row

if TYPE_CHECKING:
    from judapp.app.exchange_view import ArrivalLine, ArrivalView

_MARKS = {"new": "", "changed": "", "same": "", "ours": "", "older": "warning", "both": "warning"}


class ArrivalDialog(ActDialog):
    """What a package would change: its sheets, and of the current one each cell old → new."""

    def __init__(self, parent: QWidget, view: ArrivalView) -> None:
        super().__init__(parent, t("RPK-receive"), t("RPK-receive-do", n=view.taken))
        room = parent.window()
        self.resize(min(960, room.width() - 40), min(560, room.height() - 40))
        self._view = view
        self._also: set[int] = set()
        self.body.addWidget(Label(view.head, wrap=True))
        for words in (*view.adds, *view.told):
            self.body.addWidget(Label(words, "caption", wrap=True))
        form, unit, period, cells, rows, remarks, result = t("RPK-heads").split("|")
        self.sheets = ListTable(
            "package",
            [
                Head(form, 110),
                Head(unit, 180),
                Head(period, 140),
                Head(cells, 64, numbers=True),
                Head(rows, 56, numbers=True),
                Head(remarks, 64, numbers=True),
                Head(result),
            ],
        )
        self.sheets.chosen.connect(self._show_cells)
        self.body.addWidget(self.sheets, 3)
        self.take = QCheckBox(t("RPK-take-this"))
        self.take.toggled.connect(self._take)
        self.body.addWidget(self.take)
        self.reason = Label("", "caption", wrap=True)
        self.body.addWidget(self.reason)
        heads = (
            Head(t("RPK-cell")),
            Head(t("RPK-here"), 160, numbers=True),
            Head(t("RPK-there"), 160, numbers=True),
        )
        self.cells = ListTable("package-cells", heads, sortable=False)
        self.body.addWidget(self.cells, 2)
        self._fill()

    def chosen(self) -> tuple[int, ...]:
        """Positions of sheets that were changed here too and are taken all the same."""
        return tuple(sorted(self._also))

    def _fill(self) -> None:
        lines = [
            Row(
                (
                    line.form,
                    line.unit,
                    line.period,
                    Cell(str(line.cells), sort=line.cells),
                    Cell(str(line.rows or ""), sort=line.rows),
                    Cell(str(line.remarks or ""), sort=line.remarks),
                    Cell(self._words(line), mark=self._mark(line), dim=line.status == "same"),
                ),
                line,
            )
            for line in self._view.lines
        ]
        self.sheets.show_rows(lines, keep=lambda line: line.position)
        count = self._view.taken + len(self._also)
        registers = not count and bool(self._view.adds)
        self.verb.setText(t("RPK-receive-registers") if registers else t("RPK-receive-do", n=count))
        self.verb.setEnabled(count > 0 or registers)
        self._show_cells(self.sheets.current())

    def _words(self, line: ArrivalLine) -> str:
        return t("RPK-taken-over") if line.position in self._also else line.words

    def _mark(self, line: ArrivalLine) -> str:
        if line.position in self._also:
            return ""
        return _MARKS.get(line.status, "error")

    def _show_cells(self, line: ArrivalLine | None) -> None:
        if line is None:
            return
        self.take.setVisible(line.choosable)
        self.take.blockSignals(True)
        self.take.setCheckState(
            Qt.CheckState.Checked if line.position in self._also else Qt.CheckState.Unchecked
        )
        self.take.blockSignals(False)
        self.reason.setText(line.reason)
        self.reason.setVisible(bool(line.reason))
        self.cells.show_rows([Row((d.cell, d.before, d.after), d) for d in line.differences])

    def _take(self, on: bool) -> None:
        line = self.sheets.current()
        if line is None:
            return
        (self._also.add if on else self._also.discard)(line.position)
        self._fill()
