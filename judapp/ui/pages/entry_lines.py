"""The lines around the grid: where one is and how it is read, the finding at hand, the notes to fill."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button, line

if TYPE_CHECKING:
    from judapp.app.grid_view import FindingView, SheetView, SlotView
    from judapp.domain.shape import CellKey

MARKS = {"error": "error", "explain": "explain", "warning": "warning", "info": "info"}
"""The mark of each severity."""


class AddressLine(QFrame):
    """Row and column, the text as typed, and how it is read; of a selection how much it comes to."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "card")
        self.setFixedHeight(theme.CONTROL)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        self.place = Label("", "strong")
        self.place.setMinimumWidth(96)
        row.addWidget(self.place)
        row.addWidget(line(upright=True))
        self.typed = Elided()
        row.addWidget(self.typed, 2)
        self.read = Elided("", "caption")
        self.read.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.read, 3)

    def say(self, place: str, typed: str, read: str) -> None:
        """Show the active cell."""
        self.place.setText(place)
        self.typed.say(typed)
        self.read.say(read)


class FindingStrip(QFrame):
    """The gravest finding of the active cell, else of the sheet, with the cells it speaks of."""

    jumped = Signal(object)
    explain_asked = Signal(object)
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.ROW + 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._mark = QLabel()
        row.addWidget(self._mark)
        self.words = Elided()
        row.addWidget(self.words, 1)
        self.code = Label("", "caption")
        row.addWidget(self.code)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        row.addLayout(self._buttons)
        self.more = button("", self.list_asked.emit, "link")
        row.addWidget(self.more)
        self.finding: FindingView | None = None

    def say(
        self, finding: FindingView | None, place: str, others: int, empty: str, *, locked: bool = False
    ) -> None:
        """Show a finding at ``place`` and how many others there are; ``empty`` where there is none."""
        self.finding = finding
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.more.setVisible(others > 0)
        self.more.setText(t("ENY-more-findings", n=others))
        self._mark.setVisible(finding is not None)
        self.code.setText(finding.code if finding is not None else "")
        if finding is None:
            self.words.say(empty)
            return
        self._mark.setPixmap(icons.mark(MARKS[finding.severity]))
        self.words.say(": ".join(filter(None, (place, finding.text))))
        for name, key in finding.jumps:
            self._buttons.addWidget(self._jump(t("ENY-jump", cell=name), key))
        if finding.severity == "explain" and finding.cell is not None and not locked:
            self._buttons.addWidget(
                button(t("ENY-explain-write"), partial(self.explain_asked.emit, finding.cell), "link")
            )
        elif not finding.jumps and finding.cell is not None:
            self._buttons.addWidget(self._jump(t("ENY-jump-here"), finding.cell))

    def buttons(self) -> list[QPushButton]:
        """The buttons shown now."""
        items = [self._buttons.itemAt(at) for at in range(self._buttons.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _jump(self, words: str, key: CellKey) -> QPushButton:
        return button(words, lambda: self.jumped.emit(key), "link")


_ACROSS = 3
"""Places to fill side by side."""


class NoteSlots(QWidget):
    """The places in the notes below the form, each with its name; what is typed is kept like a figure."""

    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self.fields: dict[CellKey, QLineEdit] = {}
        self._labels: dict[CellKey, str] = {}

    def show_sheet(self, view: SheetView) -> None:
        """Show the slots of a sheet; a field somebody types in stays as it is."""
        slots = [
            (part, _printed(note.parts))
            for note in view.notes
            for part in note.parts
            if not isinstance(part, str)
        ]
        labels = {slot.key: slot.label for slot, _ in slots}
        if labels != self._labels:
            self._make(slots)
            self._labels = labels
        for slot, whole in slots:
            field = self.fields[slot.key]
            field.setReadOnly(bool(view.locked))
            field.setToolTip(whole)
            if not (field.hasFocus() and field.isModified()) and field.text() != slot.text:
                field.setText(slot.text)
        self.setVisible(bool(slots))

    def commit(self) -> None:
        """Keep what is being typed."""
        for key, field in self.fields.items():
            if field.isModified():
                field.setModified(False)
                self.entered.emit({key: field.text()})

    def _make(self, slots: list[tuple[SlotView, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for at, (slot, whole) in enumerate(slots):
            row, column = divmod(at, _ACROSS)
            name = Label(slot.label, "caption", wrap=True)
            name.setToolTip(whole)
            field = QLineEdit()
            field.setAccessibleName(slot.label)
            field.setAccessibleDescription(whole)
            field.setMinimumWidth(72)
            name.setBuddy(field)
            field.editingFinished.connect(self._finished(slot.key, field))
            self._grid.addWidget(name, row, 2 * column)
            self._grid.addWidget(field, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column, 0)
            self._grid.setColumnStretch(2 * column + 1, 1)
            self.fields[slot.key] = field

    def _finished(self, key: CellKey, field: QLineEdit) -> Callable[[], None]:
        def keep() -> None:
            if field.isModified():
                field.setModified(False)
                self.entered.emit({key: field.text()})

        return keep


def _printed(parts: tuple[str | SlotView, ...]) -> str:
    """A note as it is printed, with what stands in its slots."""
    return "".join(part if isinstance(part, str) else part.text or "……" for part in parts)
