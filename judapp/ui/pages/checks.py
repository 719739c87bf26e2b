"""Kiểm tra: every finding of the period, why it is one, and how to mend it on the spot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import icons, theme
from judapp.ui.pages.base import Page
from judapp.ui.pages.checks_detail import Detail
from judapp.ui.pages.checks_list import FindingsList, told
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Empty, button

if TYPE_CHECKING:
    from judapp.app.checks_view import ChecksBoard, Line
    from judapp.app.relation_view import Place
    from judapp.app.workspace import Workspace
    from judapp.domain.shape import CellKey
    from judapp.store.operations import Applied

_CHIPS = {
    "error": "CHP-chip-error",
    "explain": "CHP-chip-explain",
    "warning": "CHP-chip-warning",
    "info": "CHP-chip-info",
    "explained": "CHP-chip-explained",
}
"""The filters, in the order of Alt+1 …; pressed again, a filter is off."""
_WIDE = 1400
"""From this width of the page the finding has more room."""


class ChecksPage(Page):
    """The findings of the period at the left, the current one at the right."""

    name = "checks"
    title = "WIN-checks"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board: ChecksBoard | None = None
        self.kind = ""
        """The kind shown alone, "" for all."""
        self.only_form = ""
        self.only_unit = ""
        self._only_name = ""
        self._wanted: tuple[str, CellKey | None] | None = None
        self._build()
        theme.theme().changed.connect(self._draw_marks)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.chips: dict[str, QPushButton] = {}
        for number, kind in enumerate(_CHIPS, start=1):
            chip = button("", partial(self._filter, kind), "chip", tip=t("CHP-chip-tip", key=f"Alt+{number}"))
            chip.setCheckable(True)
            chip.setObjectName(f"chip-{kind}")
            self.chips[kind] = chip
            row.addWidget(chip)
            self._key(f"Alt+{number}", partial(self._filter, kind))
        row.addStretch(1)
        self.only = button("", self._all_sheets, "chip", icon="dismiss", tip=t("CHP-all-sheets"))
        self.only.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.only.setCheckable(True)
        self.only.setObjectName("only")
        row.addWidget(self.only)
        self.body.addLayout(row)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        both = QWidget()
        sides = QHBoxLayout(both)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.PAD)
        self.list = FindingsList()
        self.detail = Detail()
        sides.addWidget(self.list, 1)
        sides.addWidget(self.detail)
        self.stack.addWidget(both)
        self._both = both
        self._empty: Empty | None = None
        self.list.chosen.connect(self.detail.show_line)
        self.list.opened.connect(lambda line: self._go(line.place))
        self.detail.place_asked.connect(self._go)
        self.detail.copy_asked.connect(self._copy)
        self.detail.mend_asked.connect(self._mend)
        self.detail.reason_asked.connect(self._keep_reason)
        self._key("F8", partial(self.list.walk, 1))
        self._key("Shift+F8", partial(self.list.walk, -1))
        self.setFocusProxy(self.list)
        self._draw_marks()
        self._show()

    def _key(self, keys: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _draw_marks(self) -> None:
        for kind, chip in self.chips.items():
            chip.setIcon(QIcon(icons.mark(kind)))
        line = self.detail.line
        if line is not None:
            self.detail.show_line(None)
            self.detail.show_line(line)

    # --- asking

    def refresh(self) -> None:
        period = self.session.period

        def work(workspace: Workspace) -> ChecksBoard:
            from judapp.app.checks_view import board

            return board(workspace, period)

        self.session.ask(self, work, self._told)

    def arrive(self, **place: Any) -> None:
        """Take ``form``, ``unit`` (uid), ``severity`` and ``cell``; what is not given shows all."""
        self.only_form, self.only_unit = str(place.get("form", "")), str(place.get("unit", ""))
        self.kind = str(place.get("severity", ""))
        if "cell" in place:
            self._wanted = self.only_form, place["cell"]

    def _told(self, board: ChecksBoard) -> None:
        self.board = board
        self._show()

    # --- showing

    def _lines(self) -> list[Line]:
        """The lines of the sheets looked at, of every kind."""
        if self.board is None:
            return []
        return [
            line
            for line in self.board.lines
            if self.only_form in ("", line.place.form) and self.only_unit in ("", line.place.unit)
        ]

    def _show(self) -> None:
        lines = self._lines()
        counts = {kind: sum(line.kind == kind for line in lines) for kind in _CHIPS}
        for kind, chip in self.chips.items():
            chip.setText(t(_CHIPS[kind], n=counts[kind]))
            chip.setChecked(kind == self.kind)
        if lines and self.only_unit:
            self._only_name = lines[0].unit_name
        named = " · ".join(filter(None, (self.only_form, self._only_name if self.only_unit else "")))
        self.only.setVisible(bool(self.only_form or self.only_unit))
        self.only.setText(named)
        self.only.setChecked(True)
        if self.board is None:
            return
        self._say(self.board, counts)
        shown = [line for line in lines if self.kind in ("", line.kind)]
        self.list.show_lines(shown)
        if self._wanted is not None:
            form, cell = self._wanted
            self._wanted = None
            found = next((x for x in shown if x.place.form == form and x.place.cell == cell), None)
            if found is not None:
                self.list.go_to(found.id)
        if shown:
            self.stack.setCurrentWidget(self._both)
        else:
            self._show_empty(self.board, counts)

    def _say(self, board: ChecksBoard, counts: dict[str, int]) -> None:
        open_ = counts["error"] + counts["explain"]
        if not board.sheets:
            self.head.say(t("CHP-say-nothing"))
        elif counts["error"] and counts["explain"]:
            self.head.say(t("CHP-say-both", errors=counts["error"], reasons=counts["explain"]))
        elif counts["error"]:
            self.head.say(t("CHP-say-errors", errors=counts["error"]))
        elif counts["explain"]:
            self.head.say(t("CHP-say-reasons", reasons=counts["explain"]))
        elif board.unanswered:
            self.head.say(t("CHP-say-unanswered", n=board.unanswered))
        else:
            self.head.say(t("CHP-say-clean", n=board.sheets))
        if board.sheets and not open_ and not self.only_form and not self.only_unit:
            if self.head.primary_button is None:
                self.head.primary(t("CHP-to-export"), partial(self.session.show, "export"))
        else:
            self.head.hide_primary()

    def _show_empty(self, board: ChecksBoard, counts: dict[str, int]) -> None:
        if not board.sheets:
            made = Empty(t("CHP-empty-nothing"), t("CHP-to-entry"), partial(self.session.show, "entry"))
        elif self.kind and any(counts.values()):
            made = Empty(t("CHP-empty-kind"), t("CHP-show-all"), partial(self._filter, self.kind))
        elif self.only_form or self.only_unit:
            made = Empty(t("CHP-empty-sheet"), t("CHP-show-all"), self._all_sheets)
        elif board.unanswered:
            sentence = t("CHP-empty-unanswered", n=board.unanswered)
            made = Empty(sentence, t("CHP-to-entry"), partial(self.session.show, "entry"))
        else:
            made = Empty(t("CHP-empty-clean", n=board.sheets))
        if self._empty is not None:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = made
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)

    def _filter(self, kind: str) -> None:
        self.kind = "" if self.kind == kind else kind
        self._show()

    def _all_sheets(self) -> None:
        self.only_form = self.only_unit = self.kind = ""
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.setFixedWidth(640 if self.width() >= _WIDE else max(400, self.width() * 44 // 100))

    # --- acts

    def _go(self, place: Place) -> None:
        self.session.go(unit=place.unit, period=place.period)
        at = {"cell": place.cell} if place.cell else {}
        self.session.show("entry", form=place.form, **at)

    def _copy(self, line: Line) -> None:
        QGuiApplication.clipboard().setText(told(line))
        self.session.said.emit(t("CHP-copied"), False)

    def _mend(self, line: Line, typed: dict[CellKey, str]) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.checks_view import mend

            return mend(workspace, line.place, typed)

        self._act(line, work, t("CHP-mended", n=len(typed), form=line.place.form))

    def _keep_reason(self, line: Line, reason: str) -> None:
        def work(workspace: Workspace) -> Applied:
            from judapp.app.checks_view import keep_reason

            return keep_reason(workspace, line.place, reason)

        self._act(line, work, t("CHP-reason-kept", cell=line.where))

    def _act(self, line: Line, work: Any, said: str) -> None:
        def done(_: Applied) -> None:
            self.detail.forget(line.id)
            self.list.setFocus()

        def refused(error: JudappError) -> None:
            self.detail.refuse(of_error(error, language()))

        self.session.act(work, done, refused, said=said)
