"""Hệ thống: sections at the left, one form at the right; nothing here is needed daily."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from judapp.ui import theme
from judapp.ui.pages.base import Page
from judapp.ui.pages.system_exchange import ExchangeSection
from judapp.ui.pages.system_file import FileSection
from judapp.ui.pages.system_owed import OwedSection
from judapp.ui.pages.system_section import Section
from judapp.ui.pages.system_units import UnitsSection
from judapp.ui.session import Session
from judapp.ui.texts import t
from judapp.ui.widgets.basic import line

UNITS, OWED, EXCHANGE, FILE = "units", "owed", "exchange", "file"
_SECTIONS: tuple[tuple[str, str, type[Section]], ...] = (
    (UNITS, "UNS-section-units", UnitsSection),
    (OWED, "UNS-section-owed", OwedSection),
    (EXCHANGE, "RPK-section", ExchangeSection),
    (FILE, "UNS-section-file", FileSection),
)
"""Key, name and what is shown, in the order of the list."""
_WIDE, _SLIM = 208, 184
"""Width of the list of sections, and on a narrow window."""
_NARROW = 1000


class SystemPage(Page):
    """The sections; the one looked at last is shown."""

    name = "system"
    title = "WIN-system"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        across = QHBoxLayout()
        across.setSpacing(theme.PAD)
        self.body.addLayout(across, 1)
        self.list = QWidget()
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        across.addWidget(self.list)
        across.addWidget(line(upright=True))
        self.stack = QStackedWidget()
        across.addWidget(self.stack, 1)
        self.buttons: dict[str, QPushButton] = {}
        self.sections: dict[str, Section] = {}
        group = QButtonGroup(self)
        for key, code, made in _SECTIONS:
            choose = QPushButton(t(code).replace("&", "&&"))
            theme.role(choose, "nav")
            choose.setCheckable(True)
            choose.setAutoDefault(False)
            choose.setMinimumHeight(36)
            choose.clicked.connect(partial(self.look_at, key))
            group.addButton(choose)
            column.addWidget(choose)
            self.buttons[key] = choose
            section = made(session)
            section.said.connect(partial(self._say, section))
            self.stack.addWidget(section)
            self.sections[key] = section
        column.addStretch(1)
        self.section = FILE
        self.buttons[FILE].setChecked(True)
        self.stack.setCurrentWidget(self.sections[FILE])
        self.setFocusProxy(self.sections[FILE])
        self._fit()

    def look_at(self, key: str, *_: object) -> None:
        """Show a section."""
        self.section = key
        self.buttons[key].setChecked(True)
        self.stack.setCurrentWidget(self.sections[key])
        self.setFocusProxy(self.sections[key])
        self.ask_again()

    def refresh(self) -> None:
        self.sections[self.section].refresh()

    def arrive(self, **place: Any) -> None:
        section = str(place.pop("section", self.section))
        self.sections[section].arrive(**place)
        self.look_at(section)

    def whereabouts(self) -> Mapping[str, Any]:
        return {"section": self.section}

    def _say(self, section: Section, sentence: str) -> None:
        if self.stack.currentWidget() is section:
            self.head.say(sentence)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.list.setFixedWidth(_SLIM if self.width() < _NARROW else _WIDE)
