"""The two tabs of the page that collects files: “Nhập tệp │ Bảng đơn vị”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.ui.pages.base import Page
    from judapp.ui.pages.board import BoardTab

IMPORT, BOARD = range(2)


class BoardTabs(QObject):
    """Puts the body of a page under the first tab and the board under the second; made before the body is."""

    def __init__(self, page: Page, back: Callable[[], object]) -> None:
        """``back`` is called once another tab is shown: the head of the page says another thing then."""
        super().__init__(page)
        self.page, self._back = page, back
        self.board: BoardTab | None = None
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.addTab(t("BOP-tab-import"))
        self.bar.addTab(t("BOP-tab-board"))
        self.bar.setAccessibleName(t("WIN-import"))
        page.body.addWidget(self.bar)
        self.stack = QStackedWidget()
        page.body.addWidget(self.stack, 1)
        own = QWidget()
        column = QVBoxLayout(own)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page.body.spacing())
        self.stack.addWidget(own)
        page.body = column
        self.bar.currentChanged.connect(self._changed)

    @property
    def on_board(self) -> bool:
        """Whether the board is shown."""
        return self.bar.currentIndex() == BOARD

    def arrive(self, **place: Any) -> None:
        """Show the tab a place is on: ``tab="board"`` with what the board takes, else that of the files."""
        if place.pop("tab", "") == "board":
            self._made().arrive(**place)
            self.bar.setCurrentIndex(BOARD)
        elif place:
            self.show_import()

    def show_import(self) -> None:
        """Show the tab of the files."""
        self.bar.setCurrentIndex(IMPORT)

    def refresh(self) -> None:
        """Have the board asked for anew, where it is shown."""
        if self.on_board:
            self._made().refresh()

    def _made(self) -> BoardTab:
        """The board, made when it is first looked at."""
        if self.board is None:
            from judapp.ui.pages.board import BoardTab

            self.board = BoardTab(self.page.session)
            self.board.sentence.connect(self._say)
            self.stack.addWidget(self.board)
        return self.board

    def _changed(self, tab: int) -> None:
        self._back()
        if tab == IMPORT:
            self.stack.setCurrentIndex(IMPORT)
            return
        board = self._made()
        self.stack.setCurrentIndex(BOARD)
        self._say("")
        if self.page.session.facts is not None:
            board.refresh()
        if self.page.isVisible() and not self.bar.hasFocus():
            board.setFocus()

    def _say(self, sentence: str) -> None:
        if self.on_board:
            self.page.head.say(sentence)
