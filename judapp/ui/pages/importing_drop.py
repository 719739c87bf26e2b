"""Where files are dropped: an empty page says what to bring, and what the last import did."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import t
from judapp.ui.widgets.basic import WIDEST_SENTENCE, Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.minutes import Import


_NAMED = 2
"""Locked sheets named; the tooltip of the line has no room for a hundred."""


class DropRegion(QFrame):
    """The dashed region of an empty page."""

    def __init__(self, choose_files: Callable[[], object], choose_folder: Callable[[], object]) -> None:
        super().__init__()
        theme.role(self, "drop")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        self._picture = QLabel()
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        sentence = Label(t("IMW-drop"), "sentence", wrap=True)
        sentence.setAlignment(middle)
        sentence.setFixedWidth(WIDEST_SENTENCE - 200)
        column.addWidget(sentence, 0, middle)
        note = Label(t("IMW-drop-note"), "hint", wrap=True)
        note.setAlignment(middle)
        note.setFixedWidth(WIDEST_SENTENCE - 200)
        column.addWidget(note, 0, middle)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addStretch(1)
        self.files = button(t("IMW-choose-files"), choose_files, "primary")
        self.folder = button(t("IMW-choose-folder"), choose_folder)
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self._draw()
        theme.theme().changed.connect(self._draw)

    def _draw(self) -> None:
        self._picture.setPixmap(icons.icon("import", size=32).pixmap(32, 32))


class LastImport(QWidget):
    """The last import in one line, with its minutes and its undoing."""

    def __init__(self, minutes: Callable[[int], object], undo: Callable[[int], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.mark = QLabel()
        row.addWidget(self.mark)
        self.words = Elided()
        row.addWidget(self.words, 1)
        self.minutes = button(t("IMW-minutes"), lambda: minutes(self._op), icon="document")
        row.addWidget(self.minutes)
        self.undo = button(t("IMW-undo-all"), lambda: undo(self._op), icon="undo")
        row.addWidget(self.undo)
        self._op = 0
        self._mark = "info"
        self.hide()

    def tell(self, last: Import | None, *, just_now: bool, read_only: bool) -> None:
        """Show an import, or nothing; ``just_now`` where it was done on this page."""
        self.setVisible(last is not None)
        if last is None:
            return
        self._op = last.op
        params = {
            "when": f"{last.at:%H:%M %d/%m/%Y}",
            "files": last.files,
            "cells": last.cells,
            "new": last.new,
            "changed": last.cells - last.new,
            "left": last.left_out,
        }
        code = "IMW-applied" if just_now else "IMW-last-undone" if last.undone else "IMW-last"
        words = t(code, **params)
        if last.locked:
            names = ", ".join(last.locked[:_NAMED]) + (", …" if len(last.locked) > _NAMED else "")
            words += " " + t("IMD-locked", n=len(last.locked), names=names)
        self.words.say(words)
        self.undo.setEnabled(not last.locked)
        self._mark = "ok" if just_now else "info"
        self.redraw_mark()
        self.undo.setVisible(not last.undone and not read_only)

    def redraw_mark(self) -> None:
        """Draw the mark in the colours of the theme."""
        self.mark.setPixmap(icons.mark(self._mark))
