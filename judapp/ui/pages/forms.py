"""Biểu mẫu: every form there is and how well it is known; the form as it prints; versions; forms as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from judapp.ui.pages.base import Page
from judapp.ui.pages.forms_acts import FormActs, folder, remember
from judapp.ui.pages.forms_list import FormsList
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, button

if TYPE_CHECKING:
    from judapp.app.forms_changes import VersionsCompared
    from judapp.app.forms_view import Catalogue, FormDetails
    from judapp.app.workspace import Workspace
    from judapp.store.operations import Applied
    from judapp.ui.pages.forms_compare import CompareForms
    from judapp.ui.pages.forms_printed import PrintedForm
    from judapp.ui.pages.learning import LearnPane

BLANKS = (".xlsx", ".xlsm", ".xls", ".ods")
"""Suffixes of workbooks a blank comes as; what is in the file decides when it is read."""
FORM_FILE = ".json"
_ABOVE = 8
_WIDE = 1600
"""From this width of the window a pane has room beside the whole navigation."""


class FormsPage(Page):
    """The catalogue, and over it one pane at a time: a form, two versions, a blank being learned."""

    name = "forms"
    title = "WIN-forms-page"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.catalogue: Catalogue | None = None
        self._wanted = ""
        """Number or family of a form to choose as soon as it is known."""
        self._printed: PrintedForm | None = None
        self._compare: CompareForms | None = None
        self._learn: LearnPane | None = None
        self._behind: QWidget | None = None
        """What the pane of two versions goes back to."""
        self._before_learning: QWidget | None = None
        """What the guided pane goes back to, None for the list."""
        self._asked = 0
        """The form version asked for last: who steps on faster than it is drawn steps on from there."""
        self.setAcceptDrops(True)
        self.import_file = button(t("FMP-import"), self.choose_form_file, icon="import")
        self.head.beside(self.import_file)
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.list = FormsList()
        self.stack.addWidget(self.list)
        self.list.opened.connect(self.open_form)
        self.list.compared.connect(self.open_versions)
        self.form_acts = FormActs(self, session, self.bar)
        self.list.exported.connect(self.form_acts.export)
        self.list.use_asked.connect(self.form_acts.ask_use)
        self.list.edit_asked.connect(self.edit_form)
        self.list.add_asked.connect(self.choose_blank)
        self.list.shipped_asked.connect(self.add_shipped)
        self.setFocusProxy(self.list)
        session.opened.connect(self.back)

    # --- panes

    @property
    def printed(self) -> PrintedForm:
        """The pane of one form, made when it is first needed."""
        if self._printed is None:
            from judapp.ui.pages.forms_printed import PrintedForm

            made = self._printed = PrintedForm()
            made.left.connect(self.back)
            made.opened.connect(self.open_form)
            made.stepped.connect(self._step)
            made.compared.connect(self.open_versions)
            made.exported.connect(self.form_acts.export)
            made.use_asked.connect(self.form_acts.ask_use)
            made.edit_asked.connect(self.edit_form)
            made.entered.connect(lambda number: self.session.show("entry", form=number))
            self.stack.addWidget(made)
        return self._printed

    @property
    def compare(self) -> CompareForms:
        """The pane of two versions, made when it is first needed."""
        if self._compare is None:
            from judapp.ui.pages.forms_compare import CompareForms

            made = self._compare = CompareForms()
            made.left.connect(self._leave_versions)
            made.asked.connect(self._ask_compared)
            made.move_asked.connect(self.form_acts.ask_move)
            self.stack.addWidget(made)
        return self._compare

    @property
    def learn(self) -> LearnPane:
        """The guided pane of a blank, made when it is first needed."""
        if self._learn is None:
            from judapp.ui.pages.learning import LearnPane

            made = self._learn = LearnPane(self.session)
            made.left.connect(self._leave_learning)
            made.added.connect(self._learned)
            made.edited.connect(self._edited)
            self.stack.addWidget(made)
        return self._learn

    def _show(self, pane: QWidget) -> None:
        """Show a pane in the whole page, or the list below the page's head."""
        listed = pane is self.list
        self.head.setVisible(listed)
        margins = self.body.contentsMargins()
        margins.setTop(0 if listed else _ABOVE)  # a pane has no page's head above it
        self.body.setContentsMargins(margins)
        self._narrow(pane)
        self.stack.setCurrentWidget(pane)
        self.setFocusProxy(pane)
        pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, pane: QWidget) -> None:
        """Over the list, the navigation leaves its room to the pane."""
        window: Any = self.window()
        self.rail = pane is not self.list and window.width() < _WIDE
        if hasattr(window, "fold_for") and self.isVisible():
            window.fold_for(self)

    def back(self) -> None:
        """Go back to the catalogue."""
        if self.stack.currentWidget() is not self.list:
            self.bar.hide()
            self._show(self.list)

    # --- Page

    def arrive(self, **place: Any) -> None:
        """Take ``form`` (number or family: shown as it prints), ``blank`` (a workbook to learn), ``add``."""
        self._wanted = str(place.get("form", ""))
        if "blank" in place:
            self.open_blank(Path(place["blank"]))
        elif place.get("add"):
            self.choose_blank()

    def refresh(self) -> None:
        """Ask for the catalogue as it stands for the period shown, and for what is shown over it."""
        period = self.session.period

        def work(workspace: Workspace) -> Catalogue:
            from judapp.app.forms_view import catalogue

            return catalogue(workspace, period)

        self.session.ask(self, work, self._told)
        self._ask_shipped()
        shown = self.stack.currentWidget()
        if self._printed is not None and shown is self._printed:
            self.open_form(self._printed.version)
        elif self._compare is not None and shown is self._compare and self._compare.compared is not None:
            compared = self._compare.compared
            self._ask_compared(compared.old.version, compared.new.version)

    def _told(self, catalogue: Catalogue) -> None:
        from judapp.app.forms_view import version_named

        self.catalogue = catalogue
        self.head.say(catalogue.sentence.in_language(language()))
        self.list.show_catalogue(catalogue)
        self.list.read_only = self._read_only
        writable = not self._read_only
        self.import_file.setEnabled(writable)
        made = self.head.primary(t("FMP-add"), self.choose_blank)
        made.setEnabled(writable)
        made.setToolTip("" if writable else t("WIN-read-only"))
        wanted, self._wanted = self._wanted, ""
        line = version_named(catalogue.lines, wanted) if wanted else None
        if line is not None:
            self.list.choose(line.version)
            self.open_form(line.version)

    @property
    def _read_only(self) -> bool:
        return self.session.facts is None or self.session.facts.read_only

    # --- forms of the program that the file does not have

    def _ask_shipped(self) -> None:
        if self._read_only:
            self.list.offer_shipped("")
            return

        def work(workspace: Workspace) -> str:
            from judapp.app.shipped import missing

            return missing(workspace).sentence.in_language(language())

        self.session.ask(self, work, self.list.offer_shipped, topic="shipped")

    def add_shipped(self) -> None:
        """Add the forms the program ships and the file does not have."""

        def work(workspace: Workspace) -> Applied:
            from judapp.app.shipped import add_shipped

            return add_shipped(workspace)

        self.session.act(work, said=t("FMP-shipped-added"))

    # --- one form

    def open_form(self, version: int) -> None:
        """Show a form version as it prints."""
        self._asked = version
        period = self.session.period

        def work(workspace: Workspace) -> FormDetails | None:
            from judapp.app.forms_view import details

            return details(workspace, version, period)

        self.session.ask(self, work, self._show_form, topic="form")

    def _show_form(self, details: FormDetails | None) -> None:
        if details is None:  # it left the catalogue: an undo took it back
            self.back()
            return
        version = details.line.version
        self.list.choose(version)
        before, behind = (bool(self.list.neighbour(version, step)) for step in (-1, 1))
        pane = self.printed
        pane.show_details(details, before=before, behind=behind, read_only=self._read_only)
        if self.stack.currentWidget() is not pane:
            self._show(pane)

    def _step(self, step: int) -> None:
        version = self.list.neighbour(self._asked, step)
        if version:
            self.open_form(version)

    # --- two versions

    def open_versions(self, version: int) -> None:
        """Hold a form version against the one before it."""
        if self.catalogue is None:
            return
        line = next(line for line in self.catalogue.lines if line.version == version)
        family = [other for other in self.catalogue.lines if other.family == line.family]
        if len(family) < 2:
            self.session.said.emit(t("FMP-alone"), False)
            return
        family.sort(key=lambda other: (other.since, other.version), reverse=True)
        self._behind = self.stack.currentWidget()
        self._ask_compared(*self.compare.offer(tuple(family), version))

    def _ask_compared(self, old: int, new: int) -> None:
        period = self.session.period

        def work(workspace: Workspace) -> VersionsCompared | None:
            from judapp.app.forms_changes import compared

            return compared(workspace, old, new, period)

        def show(found: VersionsCompared | None) -> None:
            if found is None:
                self.back()
                return
            self.compare.show_compared(found, read_only=self._read_only)
            if self.stack.currentWidget() is not self.compare:
                self._show(self.compare)

        self.session.ask(self, work, show, topic="versions")

    def _leave_versions(self) -> None:
        self._show(self._behind or self.list)

    # --- a new form from a blank

    def choose_blank(self) -> None:
        """Ask for the ministry's blank workbook and learn it."""
        path, _ = QFileDialog.getOpenFileName(self, t("FMP-choose-blank"), folder(), t("FMP-blanks"))
        if path:
            remember(Path(path).parent)
            self.open_blank(Path(path))

    def open_blank(self, path: Path) -> None:
        """Learn a blank workbook, step by step."""
        self.bar.hide()
        pane = self.learn
        self._before_learning = None
        self._show(pane)
        pane.open_blank(path)

    def edit_form(self, version: int) -> None:
        """Change the definition of a form version on the guided page."""
        if self._read_only or self.catalogue is None:
            return
        line = next((line for line in self.catalogue.lines if line.version == version), None)
        if line is None:
            return
        self.bar.hide()
        pane = self.learn
        self._before_learning = self.stack.currentWidget()
        self._show(pane)
        pane.open_version(version, line.number)

    def _edited(self, old: int, new: int, move: bool) -> None:
        self._leave_learning()
        self.open_form(new)
        if move:
            self.form_acts.ask_move(old, new)

    def _leave_learning(self) -> None:
        """Go back to where a definition was opened from."""
        behind, self._before_learning = self._before_learning, None
        if behind is None or behind is self.list:
            self.back()
        else:
            self._show(behind)

    def _learned(self, family: str) -> None:
        self.back()
        self._wanted = family
        self.ask_again()

    # --- a form from a file

    def choose_form_file(self) -> None:
        """Ask for a form another department wrote, and take it into the catalogue."""
        path, _ = QFileDialog.getOpenFileName(self, t("FMP-import"), folder(), t("FMP-form-files"))
        if path:
            remember(Path(path).parent)
            self.add_form_file(Path(path))

    def add_form_file(self, path: Path) -> None:
        """Take a form file into the catalogue; all its faults are told."""

        def then(version: int) -> None:
            self.back()
            self.list.choose(version)

        self.form_acts.add_form_file(path, then)

    # --- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()  # the window knows what to do with it

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is None:
            event.ignore()
            return
        event.acceptProposedAction()
        if path.suffix.lower() == FORM_FILE:
            self.add_form_file(path)
        else:
            self.open_blank(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        """The one file that is dropped, where this page takes it."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) != 1 or self._read_only or paths[0].suffix.lower() not in (*BLANKS, FORM_FILE):
            return None
        return paths[0]
