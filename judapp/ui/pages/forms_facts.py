"""Beside a form as it prints: how well it is known, from where, what is open, what uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from judapp.ui import icons, theme
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label, button

if TYPE_CHECKING:
    from judapp.app.forms_view import FormDetails, FormLine

_MARKS = {
    "verbatim": "ok",
    "partial": "info",
    "incomplete": "warning",
    "learned": "info",
    "department": "info",
}
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}/)\S{8,}")
"""An address on the web that no line can hold; its site is kept."""
_DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{28,}\b")
"""A digest that no line can hold either; its beginning is what people compare."""


class FormFacts(QScrollArea):
    """Sections of sentences; other versions are links."""

    opened = Signal(int)
    """Another version to show."""

    def __init__(self) -> None:
        super().__init__()
        self.details: FormDetails | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.theme().changed.connect(self._draw)

    def show_details(self, details: FormDetails) -> None:
        """Tell of another form."""
        self.details = details
        self._draw()
        self.verticalScrollBar().setValue(0)

    def _draw(self) -> None:
        if self.details is None:
            return
        details, line, lang = self.details, self.details.line, language()
        inside = QFrame()
        theme.role(inside, "card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.PAD, 12, theme.PAD, 12)
        column.setSpacing(4)
        _section(column, "FMP-facts-evidence", first=True)
        meaning = line.evidence_meaning.in_language(lang)
        _sentence(column, meaning[:1].upper() + meaning[1:], _MARKS[line.evidence])
        if details.blank:
            _sentence(column, t("FMP-blank-kept"), "ok")
        _section(column, "FMP-facts-valid")
        _sentence(column, t("FMP-issued", circular=line.issued, valid=line.valid.in_language(lang)))
        _sentence(column, t("FMP-serves" if line.serves else "FMP-serves-not"), "ok" if line.serves else "")
        uses = "; ".join(
            t("FMP-use", period=use.period.in_language(lang), n=use.sheets) for use in details.uses
        )
        _sentence(column, t("FMP-used-by", uses=uses) if uses else t("FMP-unused"))
        self._versions(column, details.versions, line)
        if details.open:
            _section(column, "FMP-facts-open", n=len(details.open))
            for number, point in enumerate(details.open, start=1):
                _sentence(column, t("FMP-open-point", n=number, point=point))
        _section(column, "FMP-facts-sources")
        for source in details.sources:
            _sentence(column, source)
        copy = button(t("FMP-copy-sources"), self._copy, "link")
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        if len(details.reporting) > 1:
            _section(column, "FMP-facts-reporting")
            for reporting in details.reporting:
                _sentence(
                    column, t("FMP-reporting", reporter=reporting.reporter, receiver=reporting.receiver)
                )
                for deadline in reporting.deadlines:
                    column.addWidget(Label(deadline, "caption", wrap=True, copy=True))
        if details.rules:
            _section(column, "FMP-facts-rules")
            for rule in details.rules:
                _sentence(column, rule.in_language(lang))
        column.addStretch(1)
        self.setWidget(inside)

    def _copy(self) -> None:
        """Addresses in full, too: on screen their tails are left out."""
        if self.details is not None:
            QGuiApplication.clipboard().setText("\n".join(self.details.sources))

    def _versions(self, column: QVBoxLayout, versions: tuple[FormLine, ...], own: FormLine) -> None:
        others = [line for line in versions if line.version != own.version]
        if not others:
            return
        _section(column, "FMP-facts-versions")
        for line in others:
            words = t("FMP-version", number=line.number, circular=line.circular)
            link = button(words, None, "link")
            link.clicked.connect(lambda _=False, version=line.version: self.opened.emit(version))
            link.setToolTip(f"{line.issued}\n{line.valid.in_language(language())}")
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def _section(column: QVBoxLayout, code: str, *, first: bool = False, **params: int) -> None:
    if not first:
        column.addSpacing(10)
    column.addWidget(Label(t(code, **params), "section"))


def _sentence(column: QVBoxLayout, words: str, mark: str = "") -> None:
    """A sentence, with a mark before it where it says something that must not be overlooked."""
    shown_words = _DIGEST.sub(r"\1…", _ADDRESS.sub(r"\1…", words))
    said = Label(shown_words, wrap=True, copy=True)
    if shown_words != words:
        said.setToolTip(words)
    if not mark:
        column.addWidget(said)
        return
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GAP)
    shown = QLabel()
    shown.setPixmap(icons.mark(mark))
    row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 1)
    column.addWidget(line)
