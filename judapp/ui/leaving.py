"""What could not be stored, told in the bar under the head of the window, and before the window closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from judapp.messages import of_error
from judapp.ui.texts import language, t
from judapp.ui.unstored import Write, cells, reason
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from judapp.errors import JudappError
    from judapp.ui.window import MainWindow

_NAMED = 5
"""So many texts are named before they are given up; of more only the number of cells is told."""


class NotStoredDialog(QDialog):
    """Asks whether to close though something typed cannot be stored; accepted, it is given up."""

    def __init__(self, parent: QWidget, held: tuple[Write, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("UNS-title"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        count = cells(held)
        self.words = Label(t("UNS-ask", n=count, reason=_why(held)), wrap=True)
        column.addWidget(self.words)
        names = [write.called for write in held[:_NAMED]] + (["…"] if len(held) > _NAMED else [])
        self.names = Label("\n".join(names), "caption", wrap=True, copy=True)
        column.addWidget(self.names)
        row = QHBoxLayout()
        row.addStretch(1)
        self.drop = button(t("UNS-close", n=count), self.accept)
        row.addWidget(self.drop)
        self.stay = button(t("UNS-stay"), self.reject, "primary")
        self.stay.setDefault(True)
        row.addWidget(self.stay)
        column.addLayout(row)
        self.stay.setFocus()


class Leaving:
    """Nothing typed is dropped without a word: not while one works, not when one goes, not at the end."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._told = ""
        self._said = "", ""
        """Code and reason of what was told last."""
        self._given_up = False
        self._dialog: NotStoredDialog | None = None
        self._session.held.connect(self._follow)
        self._session.stays.connect(self._stay)

    def tell(self, error: JudappError) -> None:
        """Say why something was not done; what is not stored can be stored again or given up right there."""
        if error.code == "UNS-003" or any(write.error is error for write in self._session.unstored):
            self._say("UNS-told", of_error(error, language()))
        else:
            self._window.bar.tell(of_error(error, language()))

    def may_close(self) -> bool:
        """Whether the window may close: everything is stored, or what cannot be was given up."""
        if self._given_up or self._session.finish():
            return True
        if self._dialog is None:
            self._dialog = NotStoredDialog(self._window, self._session.unstored)
            self._dialog.finished.connect(self._asked)
            self._dialog.open()
        return False

    def _asked(self, chosen: int) -> None:
        assert self._dialog is not None  # it was just answered
        self._dialog.deleteLater()
        self._dialog = None
        self._given_up = chosen == QDialog.DialogCode.Accepted
        if self._given_up:
            self._window.close()
        else:
            self._window.restart_asked = False

    def _stay(self) -> None:
        self._say("UNS-stays", _why(self._session.unstored))

    def _say(self, code: str, why: str) -> None:
        count = cells(self._session.unstored)
        self._said = code, why
        self._told = t(code, n=count, reason=why)
        self._window.bar.tell(
            self._told,
            (t("UNS-again"), self._session.try_again),
            (t("UNS-show"), self._show),
            (t("UNS-drop", n=count), self._session.give_up),
        )

    def _show(self) -> None:
        """Go to the newest text that is not stored, in whichever sheet it is."""
        if not self._session.unstored:
            return
        from judapp.domain.period import Period

        newest = self._session.unstored[-1]
        form, unit, period = newest.sheet
        self._session.go(Period.parse(period), unit)
        self._session.show("entry", form=form, cell=next(iter(newest.texts)))

    def _follow(self) -> None:
        """What is told of texts that are stored by now, or given up, is told no more; of others how many."""
        bar = self._window.bar
        if not self._told or bar.isHidden() or bar.words.text() != self._told:
            return
        if self._session.unstored:
            self._say(*self._said)
        else:
            bar.hide()


def _why(held: tuple[Write, ...]) -> str:
    return of_error(reason(held[0].error), language()) if held else ""
