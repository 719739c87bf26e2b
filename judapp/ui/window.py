"""The one window: context bar, navigation, pages, status line; it leads and remembers, pages do the work."""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
)

from judapp.errors import JudappError
from judapp.ui import crash, texts, theme
from judapp.ui.context_bar import ContextBar
from judapp.ui.leaving import Leaving
from judapp.ui.navigation import MODULES, PAGES, Navigation
from judapp.ui.pages.base import Page
from judapp.ui.session import Session, open_file
from judapp.ui.settings import remember_file, settings
from judapp.ui.status_bar import StatusBar
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, line

if TYPE_CHECKING:
    from datetime import datetime

    from judapp.ui.pages.start import StartPage
    from judapp.ui.palette import Palette

SMALLEST = QSize(880, 480)
_NARROW = 1100
"""Below this width the navigation shows icons alone, whatever was chosen."""


class MainWindow(QMainWindow):
    """The window over one session; language and theme change without a restart."""

    painted = Signal()
    """Its first picture is on the screen: what is heavy may be loaded now."""

    def __init__(self, session: Session, *, expecting: bool = False) -> None:
        """``expecting``: a data file is about to be opened, so the first page is not made yet."""
        super().__init__()
        self.session = session
        self._expecting = expecting
        self._painted = False
        self.restart_asked = False
        self.saved_at: datetime | None = None
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self.setWindowTitle("judapp")
        self.page_name = ""
        self._build()
        self.leaving = Leaving(self)
        self._shortcuts()
        session.opened.connect(self._opened)
        session.asked_for.connect(self._asked)
        session.failed.connect(self._fault)
        session.broken.connect(self.broke)
        session.saved.connect(self._saved)

    # --- making

    def _build(self) -> None:
        """Everything inside the window; made anew when the language changes."""
        frame = QFrame()
        self.setCentralWidget(frame)
        self._frame = frame
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.context = ContextBar(self.session)
        column.addWidget(self.context)
        column.addWidget(line())
        self.bar = Bar("error")
        column.addWidget(self.bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        column.addLayout(middle, 1)
        self.navigation = Navigation()
        middle.addWidget(self.navigation)
        self._upright = line(upright=True)
        middle.addWidget(self._upright)
        self.stack = QStackedWidget()
        middle.addWidget(self.stack, 1)
        column.addWidget(line())
        self.status = StatusBar(self.session)
        column.addWidget(self.status)
        self._start: StartPage | None = None
        self._palette: Palette | None = None
        self.pages: dict[str, Page] = {}
        self.navigation.picked.connect(self.show_page)
        self.context.palette_asked.connect(self.ask_palette)
        self.context.person_asked.connect(self.choose_person)
        self.context.help_asked.connect(self.show_keys)
        self.context.other_period_asked.connect(self.other_period)
        self._show_frame()

    def _shortcuts(self) -> None:
        for number, (key, _, _) in enumerate(PAGES, start=1):
            self._key(f"Ctrl+{number}", lambda key=key: self.show_page(key))
        self._key("Ctrl+K", self.ask_palette)
        self._key("Ctrl+Shift+K", lambda: self.context.pick_period())  # noqa: PLW0108  # the bar is made anew
        self._key("Ctrl+Shift+U", lambda: self.context.pick_unit())  # noqa: PLW0108
        self._key("Ctrl+B", self.fold)
        self._key("Ctrl+Z", self.session.undo)
        self._key("Ctrl+Y", self.session.redo)
        self._key("Ctrl+Shift+Z", self.session.redo)
        self._key("F1", self.show_keys)

    def _key(self, keys: str, act: Any) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def start(self) -> StartPage:
        """The first page, made when it is first needed."""
        if self._start is None:
            from judapp.ui.pages.start import StartPage

            self._start = StartPage(self.session)
            self._start.language_asked.connect(self.speak)
            self.stack.addWidget(self._start)
        return self._start

    def ask_palette(self) -> None:
        """Open the command palette."""
        if self._palette is None:
            from judapp.ui.palette import Palette
            from judapp.ui.window_acts import acts_of

            self._palette = Palette(self, self.session, partial(acts_of, self))
        self._palette.ask()

    # --- pages

    def page(self, key: str) -> Page:
        """The page ``key``, made if it is not yet."""
        if key not in self.pages:
            module, name = MODULES[key]
            made = getattr(importlib.import_module(f"judapp.ui.pages.{module}"), name)(self.session)
            assert isinstance(made, Page)
            self.pages[key] = made
            self.stack.addWidget(made)
        return self.pages[key]

    def show_page(self, key: str, **place: Any) -> None:
        """Show a page, at a place on it."""
        if self.session.facts is None:
            return
        current = self.stack.currentWidget()
        if isinstance(current, Page):
            current.leave()
            if not current.may_leave(key, place):
                self.navigation.select(self.page_name)
                return
        page = self.page(key)
        if place:
            page.arrive(**place)
            page.ask_again()
        self.page_name = key
        self.status.note("")
        self.navigation.select(key)
        self.fold_for(page)
        self.stack.setCurrentWidget(page)
        page.setFocus()
        self._title()
        settings().setValue("page", key)

    def fold(self) -> None:
        """Fold the navigation to icons, or unfold it; each page remembers."""
        folded = not self.navigation.folded
        settings().setValue(f"rail/{self.page_name}", folded)
        self.navigation.fold(folded=folded)

    def fold_for(self, page: Page) -> None:
        """Show the navigation as the page wants it, unless somebody chose otherwise or it is narrow."""
        kept = settings().value(f"rail/{page.name}", page.rail, bool)
        self.navigation.fold(folded=bool(kept) or self.width() < _NARROW)

    def _asked(self, key: str, place: dict[str, Any]) -> None:
        self.show_page(key, **place)

    # --- the data file

    def open_path(self, path: Path) -> None:
        """Open a data file; a fault is told on the first page, or in the bar where a file is open."""
        self._leave()

        def fault(error: JudappError) -> None:
            if self.session.facts is not None:
                self._fault(error)
                return
            self._expecting = False
            self._show_frame()
            self.start.fault(path, error)

        self.session.open(open_file(path), failed=fault)

    def choose_file(self) -> None:
        """Ask for a data file and open it."""
        self.start.choose_file()

    def close_file(self) -> None:
        """Go back to the first page, where a new file is made or another one opened."""
        self._leave()
        self.start.show_recent()
        self.session.shut()

    def _opened(self) -> None:
        facts = self.session.facts
        self._expecting = False
        self._show_frame()
        if facts is None:
            return
        remember_file(facts.path)
        kept = str(settings().value("page", "home"))
        self.bar.hide()
        if facts.read_only:
            self.bar.tell(t("WIN-read-only"))
        self.show_page(kept if kept in MODULES and kept != "system" else "home")

    def _show_frame(self) -> None:
        facts = self.session.facts
        known = facts is not None
        self.navigation.setVisible(known)
        self._upright.setVisible(known)
        self.status.setVisible(known)
        if not known and not self._expecting:
            self.stack.setCurrentWidget(self.start)
        self._border()
        self._title()

    def _border(self) -> None:
        """The frame of practice data, around everything."""
        facts = self.session.facts
        practice = facts is not None and facts.practice
        self._frame.setObjectName("practice" if practice else "")
        colour = theme.tokens().practice.name()
        self._frame.setStyleSheet(f"#practice {{ border: 4px solid {colour}; }}" if practice else "")

    def _title(self) -> None:
        facts = self.session.facts
        if facts is None:
            self.setWindowTitle("judapp")
            return
        name = next((t(code) for key, code, _ in PAGES if key == self.page_name), "")
        mark = f"{t('WIN-practice')} – " if facts.practice else ""
        self.setWindowTitle(f"{mark}{name} – {facts.owner_name} – judapp")

    # --- told

    def _fault(self, error: JudappError) -> None:
        self.leaving.tell(error)

    def _saved(self, at: datetime) -> None:
        self.saved_at = at

    def broke(self, error: BaseException) -> None:
        """A fault of ours: tell it, and go on, start again or leave as the person decides."""
        saved = f"{self.saved_at:%H:%M:%S}" if self.saved_at else ""
        from judapp.ui.crash_dialog import CrashDialog

        chosen = CrashDialog(self, error, saved).exec()
        if chosen in (crash.RESTART, 0):
            self.restart_asked = chosen == crash.RESTART
            self.close()

    # --- dialogs

    def choose_person(self) -> None:
        """Ask who works here; the name stands in the history of every act from now on."""
        from judapp.ui.dialogs import PersonDialog

        dialog = PersonDialog(self, self.session.who)
        if dialog.exec():
            self.session.work_as(dialog.name())
            settings().setValue("who", dialog.name())
            self.context.squeeze(self.width())

    def other_period(self) -> None:
        """Ask for a round of any year."""
        from judapp.ui.dialogs import OtherPeriodDialog

        dialog = OtherPeriodDialog(self, self.session.period.year)
        if dialog.exec():
            self.session.go(period=dialog.period())

    def show_keys(self) -> None:
        """The keys of the window and of the page shown."""
        from judapp.ui.dialogs import KeysDialog

        page = self.pages.get(self.page_name)
        dialog = KeysDialog(self, page.keys() if page is not None else ())
        if dialog.exec() and page is not None:
            page.define()

    # --- language and theme

    def speak(self, lang: str) -> None:
        """Change the language: everything with words is made anew."""
        if lang == language():
            return
        self._leave()
        texts.speak(lang)
        self.speak_qt()
        settings().setValue("language", lang)
        key = self.page_name
        place = self.pages[key].whereabouts() if key in self.pages else {}
        former = self.takeCentralWidget()
        assert former is not None  # made by _build
        self._build()
        former.deleteLater()
        if self.session.facts is not None:
            self.show_page(key or "home", **place)
            self.session.steps.emit()

    def speak_qt(self) -> None:
        """Have Qt's own dialogs speak the language on screen, and write numbers and days its way."""
        from judapp.ui.qt_texts import speak

        speak(language())

    def show_theme(self, choice: theme.Choice) -> None:
        """Change the colours."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settings().setValue("theme", choice)
        theme.theme().apply(app, choice)
        self._border()

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.context.squeeze(self.width())
        if self.page_name in self.pages:
            self.fold_for(self.pages[self.page_name])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange and theme.theme().choice == "system":
            QTimer.singleShot(0, lambda: self.show_theme("system"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.session.facts is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) == 1 and paths[0].suffix == ".sqlite":
            self.open_path(paths[0])
        elif paths:
            self.session.show("import", paths=paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        if not self.leaving.may_close():
            event.ignore()
            return
        settings().setValue("geometry", self.saveGeometry())
        self.session.close()
        super().closeEvent(event)

    def restore(self) -> None:
        """Take the size and place the window had last."""
        kept = settings().value("geometry")
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(1280, 760)
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _leave(self) -> None:
        current = self.stack.currentWidget()
        if isinstance(current, Page):
            current.leave()
