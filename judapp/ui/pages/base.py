"""What every page has: a head with one sentence of state and one primary button, and a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.session import Session
from judapp.ui.texts import t
from judapp.ui.widgets.basic import Elided, Label, button

if TYPE_CHECKING:
    from judapp.ui.palette import Act


class PageHead(QWidget):
    """Title, the sentence that answers the page's question, and the primary button at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAD, 8, theme.PAD, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.top = QHBoxLayout()
        self.top.setSpacing(12)
        self.title = Label(title, "title")
        self.top.addWidget(self.title)
        self.top.addStretch(1)
        words.addLayout(self.top)
        self.sentence = Elided("", "sentence")
        words.addWidget(self.sentence)
        row.addLayout(words, 1)
        self._primary: QPushButton | None = None
        self._row = row

    def say(self, sentence: str) -> None:
        """Answer the page's question."""
        self.sentence.say(sentence)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right of the title."""
        self.top.addWidget(widget)

    def beside(self, widget: QWidget) -> None:
        """Put a button before the primary one, on its height."""
        self._row.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def primary(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Show the primary button; there is one a page."""
        self.hide_primary()
        self._primary = button(text, slot, "primary")
        self._row.addWidget(self._primary, 0, Qt.AlignmentFlag.AlignVCenter)
        return self._primary

    def hide_primary(self) -> None:
        """Show no primary button: there is nothing to do."""
        if self._primary is not None:
            self._row.removeWidget(self._primary)
            self._primary.hide()
            self._primary.deleteLater()
            self._primary = None

    @property
    def primary_button(self) -> QPushButton | None:
        """The primary button shown."""
        return self._primary


class Page(QWidget):
    """A page of the window; it redraws when it is shown and when figures, period or unit change.

    Its focus proxy is what one types into first.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    rail: bool = False
    """Whether the navigation starts folded to icons on this page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PageHead(t(self.title))
        column.addWidget(self.head)
        inside = QWidget()
        column.addWidget(inside, 1)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(theme.PAD, 0, theme.PAD, 12)
        self.body.setSpacing(12)
        self._stale = True
        session.changed.connect(self._something_changed)
        session.moved.connect(self._something_changed)
        session.opened.connect(self._something_changed)

    def refresh(self) -> None:
        """Ask for what is shown and show it."""

    def arrive(self, **place: Any) -> None:
        """Take a place another page leads to; a refresh follows."""

    def acts(self) -> Sequence[Act]:
        """What the command palette offers while this page is shown."""
        return ()

    def whereabouts(self) -> Mapping[str, Any]:
        """What :meth:`arrive` has to be told to show the same again."""
        return {}

    def leave(self) -> None:
        """Keep what is being typed before another page is shown."""

    def may_leave(self, page: str, place: Mapping[str, Any]) -> bool:
        """Whether another page, or another place on this one, may be shown; a page that stays says why."""
        return True

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Keys of the page and the code of what they do, for the card of keys (F1); none of its own."""
        return ()

    def define(self) -> None:
        """Say what the thing at hand means: F1 on the card of keys, where the page has keys of its own."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._redraw()

    def _something_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._redraw()

    def _redraw(self) -> None:
        if self._stale and self.session.facts is not None:
            self._stale = False
            self.refresh()

    def ask_again(self) -> None:
        """Have the page redrawn the next time it is seen, or now."""
        self._something_changed()
