"""What stands below the tables of a form: notes with places to fill, the estimate line, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.grid_view import NoteView, SheetView, SlotView
    from judapp.domain.shape import CellKey

_NARROW, _WIDE = 76, 320
_TALLEST = 132
"""Pixels the foot takes at most; what is more is scrolled."""


class SheetFoot(QFrame):
    """Folded it is one line that says how much is filled; what is typed is kept like a figure."""

    entered = Signal(object)
    """Texts by the key of their place."""

    def __init__(self) -> None:
        super().__init__()
        theme.role(self, "foot")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.unfold = button("", self.toggle, "link", tip=t("SHT-foot-tip"))
        head.addWidget(self.unfold)
        self.words = Elided("", "caption")
        head.addWidget(self.words, 1)
        self.take = button("", self.accept, "link", tip=t("SHT-foot-take-tip"))
        head.addWidget(self.take)
        column.addLayout(head)
        self.lines = QScrollArea()
        self.lines.setWidgetResizable(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.viewport().setAutoFillBackground(False)
        column.addWidget(self.lines)
        self.fields: dict[CellKey, QLineEdit] = {}
        self._held: Mapping[CellKey, str] = {}
        self._form: tuple[object, ...] = ()
        self._view: SheetView | None = None
        self._room = True
        self._chosen: bool | None = None

    # --- what is shown

    def show_sheet(self, view: SheetView) -> None:
        """Show the foot of a sheet; a field somebody types in stays as it is."""
        self._view = view
        form = tuple((note.kind, *(_fixed(part) for part in note.parts)) for note in view.notes)
        if form != self._form:
            self._form = form
            self._make(view)
        for slot in _slots(view):
            field = self.fields[slot.key]
            field.setReadOnly(bool(view.locked))
            field.setPlaceholderText("" if view.locked else view.proposals.get(slot.key, ""))
            text = self._held.get(slot.key, slot.text)
            if not (field.hasFocus() and field.isModified()) and field.text() != text:
                field.setText(text)
            words = t("UNS-said") if slot.key in self._held else ""
            field.setToolTip(": ".join(filter(None, (_title(slot), words))))
            field.setAccessibleName(field.toolTip())
            if bool(field.property("role")) != bool(words):
                theme.role(field, "unstored" if words else "")
        self.setVisible(bool(view.notes))
        self._say()
        self._fold()

    def hold(self, texts: Mapping[CellKey, str]) -> None:
        """From now on show ``texts`` in their places, as what could not be stored."""
        self._held = texts

    def make_room(self, *, spacious: bool) -> None:
        """Fold by itself where the window is low, unless somebody chose otherwise."""
        self._room = spacious
        self._fold()

    def toggle(self) -> None:
        """Fold or unfold, and stay so."""
        self._chosen = self.lines.isHidden()
        self._fold()

    def reach(self) -> bool:
        """Unfold and go to the first place to fill; whether there is one."""
        if self.isHidden() or not self.fields:
            return False
        self._chosen = True
        self._fold()
        empty = [field for field in self.fields.values() if not field.text()]
        (empty or list(self.fields.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def show_place(self, key: CellKey) -> QLineEdit | None:
        """Unfold and bring the place ``key`` into view; its field, None where there is none such."""
        field = self.fields.get(key)
        if field is not None:
            self._chosen = True
            self._fold()
            self.lines.ensureWidgetVisible(field)
            field.selectAll()
        return field

    # --- what is typed

    def commit(self) -> None:
        """Keep what is being typed."""
        for key in self.fields:
            self._keep(key)

    def accept(self) -> None:
        """Take what is proposed for the places that are empty, as one act."""
        view = self._view
        if view is not None and not view.locked:
            texts = dict(_proposed(view))
            if texts:
                self.entered.emit(texts)

    def _confirm(self, key: CellKey) -> None:
        """Enter on a text that could not be stored: it is meant to be tried again."""
        field = self.fields[key]
        if key in self._held and not field.isModified():
            self.entered.emit({key: self._held[key]})

    def _keep(self, key: CellKey) -> None:
        field = self.fields[key]
        if field.isModified():
            field.setModified(False)
            self.entered.emit({key: self._written(key, field.text())})

    def _written(self, key: CellKey, text: str) -> str:
        """A day typed as the day of signing gets its place, as it is printed."""
        from judapp.app.signing import PLACE_AND_DATE, signing_line

        proposed = self._view.proposals.get(key, "") if self._view is not None else ""
        if key[1] != PLACE_AND_DATE or not proposed:
            return text
        return signing_line(text, proposed.partition(",")[0])

    # --- inside

    def _say(self) -> None:
        assert self._view is not None  # it is shown
        slots = list(_slots(self._view))
        filled = sum(bool(slot.text) for slot in slots)
        self.words.say(t("SHT-foot-filled", filled=filled, n=len(slots)) if slots else t("SHT-foot-nothing"))
        proposed = [] if self._view.locked else list(_proposed(self._view))
        self.take.setVisible(bool(proposed))
        self.take.setText(t("SHT-foot-take", words="/".join(words for _, words in proposed)))

    def _fold(self) -> None:
        shown = self._room if self._chosen is None else self._chosen
        self.lines.setVisible(shown)
        self.unfold.setText(t("SHT-foot-fold" if shown else "SHT-foot-unfold"))
        inside = self.lines.widget()
        if inside is not None:
            self.lines.setFixedHeight(min(_TALLEST, inside.sizeHint().height()))

    def _make(self, view: SheetView) -> None:
        self.fields = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for note in view.notes:
            column.addLayout(self._line(note))
        self.lines.setWidget(inside)

    def _line(self, note: NoteView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        whole = "".join(part if isinstance(part, str) else "……" for part in note.parts)
        if not any(not isinstance(part, str) for part in note.parts):
            row.addWidget(Elided(whole, "caption"), 1)
            return row
        for at, part in enumerate(note.parts):
            if isinstance(part, str):
                words = part.strip("\n")
                label: QWidget = Label(words, "caption") if len(words) <= 90 else Elided(words, "caption")
                row.addWidget(label, 0 if len(words) <= 90 else 1)
                continue
            field = self._field(part, whole)
            if note.kind == "sign":
                row.addWidget(Label(_title(part), "caption"))
                row.addWidget(field, 3 if part.label else 4)
            else:
                field.setFixedWidth(_WIDE if at == len(note.parts) - 1 else _NARROW)
                row.addWidget(field)
        if note.kind != "sign":
            row.addStretch(1)
        return row

    def _field(self, slot: SlotView, whole: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleDescription(whole)
        field.setMinimumWidth(_NARROW)
        field.setMaxLength(400)
        field.returnPressed.connect(partial(self._confirm, slot.key))
        field.editingFinished.connect(partial(self._keep, slot.key))
        self.fields[slot.key] = field
        return field


def _fixed(part: str | SlotView) -> object:
    return part if isinstance(part, str) else part.key


def _title(slot: SlotView) -> str:
    return slot.label.replace("\n", " ") or t("SHT-place-and-date")


def _slots(view: SheetView) -> list[SlotView]:
    return [part for note in view.notes for part in note.parts if not isinstance(part, str)]


def _proposed(view: SheetView) -> list[tuple[CellKey, str]]:
    """What is proposed for the empty places of the notes; signers and the day are taken one by one."""
    slots = [
        part
        for note in view.notes
        if note.kind == "note"
        for part in note.parts
        if not isinstance(part, str) and not part.text
    ]
    return [(slot.key, view.proposals[slot.key]) for slot in slots if slot.key in view.proposals]
