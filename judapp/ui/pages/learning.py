"""The guided page "Thêm biểu mẫu từ tệp trống": 1 read a blank, 2 look at it, 3 try it; then save it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.pages.learning_head import LOOK, READ, TRY, LearnFoot, LearnHead
from judapp.ui.pages.learning_look import LookPane
from judapp.ui.pages.learning_trial import TrialPane
from judapp.ui.session import Session
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Empty

if TYPE_CHECKING:
    from judapp.app.learn_view import LearnView, Study
    from judapp.app.workspace import Workspace
    from judapp.domain.learned import SheetRole
    from judapp.store.operations import Applied
    from judapp.ui.jobs import Task
    from judapp.ui.pages.learning_save import EditSaver


class LearnPane(QWidget):
    """From a blank workbook to a form of the catalogue; nothing is stored before "Lưu vào danh mục"."""

    left = Signal()
    """The person goes back to the catalogue."""
    added = Signal(str)
    """A form is in the catalogue: its number."""
    edited = Signal(int, int, bool)
    """A version was edited; the version that has the changes, and whether sheets are to be moved to it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.study: Study | None = None
        self.view: LearnView | None = None
        self._past: list[Study] = []
        self._reading = 0
        self.saver: EditSaver | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.head = LearnHead()
        self.head.left.connect(self.left)
        self.steps = self.head.steps
        column.addWidget(self.head)
        self.bar = Bar("warning")
        column.addWidget(self.bar)
        self.fault = Bar("error")
        column.addWidget(self.fault)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.waiting = Empty("")
        self.refusal = Empty("-", t("LRP-other-file"), self.ask_file)
        self.trial = TrialPane()
        self.trial.told.connect(self._trial_told)
        self.look = LookPane()
        for signal, act in (
            (self.look.edited, self.edit),
            (self.look.accepted, self.accept),
            (self.look.dropped, self.drop),
            (self.look.all_accepted, self.accept_relations),
            (self.look.inserted, self.insert),
            (self.look.role_given, self._role_given),
            (self.look.sheet_asked, self._other_sheet),
        ):
            signal.connect(act)
        for page in (self.waiting, self.refusal, self.look, self.trial):
            self.stack.addWidget(page)
        self.foot = LearnFoot()
        self.trial_state, self.go_back = self.foot.trial_state, self.foot.go_back
        self.try_it, self.save_it = self.foot.try_it, self.foot.save_it
        for made, act in (
            (self.go_back, self.step_back),
            (self.try_it, self.try_out),
            (self.save_it, self.save),
        ):
            made.clicked.connect(act)
        column.addWidget(self.foot)
        self._step(READ)

    # --- what there is

    # --- step 1

    def ask_file(self) -> None:
        """Ask which blank to read."""
        path, _ = QFileDialog.getOpenFileName(self, t("LRP-label"), "", t("LRP-files"))
        if path:
            self.open_blank(Path(path))

    def open_blank(self, path: Path) -> None:
        """Read the blank at ``path`` and show what it says; what is none is refused in one sentence."""
        self._begin(t("LRP-head", name=path.name), path.name, known=False)

        def work(_: Workspace) -> Study:
            from judapp.app import learn_view

            return learn_view.read(path)

        self._in_worker(work, self._opened, self._refused)

    def open_version(self, version: int, number: str) -> None:
        """Edit a version of the catalogue; steps that were not saved when it was left are still there."""
        from judapp.app.learn_known import is_changed, open_version

        left, past = self.study, self._past
        if left is None or left.known is None or left.known.version != version or not is_changed(left):
            left = None
        self._begin(t("LRP-edit-head", number=number), number, known=True)

        def opened(study: Study) -> None:
            if left is not None and left.known == study.known:
                self._past = past
                self._opened(left)
                self.bar.tell(t("LRP-resumed"), (t("LRP-start-over"), lambda: self._opened_anew(study)))
            else:
                self._opened(study)

        self._in_worker(lambda workspace: open_version(workspace, version), opened, self._refused)

    def _opened_anew(self, study: Study) -> None:
        self.bar.hide()
        self._past = []
        self._opened(study)

    def _begin(self, head: str, name: str, *, known: bool) -> None:
        self.head.begin(head, known=known)
        self.study, self.view, self._past = None, None, []
        self.fault.hide()
        self.bar.hide()
        self.waiting.sentence.setText(t("LRP-reading", name=name))
        self.save_it.setText(t("LRP-save-edit" if known else "LRP-save"))
        self.save_it.setEnabled(True)
        self._step(READ)
        self.stack.setCurrentWidget(self.waiting)

    def _opened(self, study: Study) -> None:
        self._show(study)
        self._step(LOOK)
        if self.view is not None and self.view.redrawn:
            self.bar.tell(t("LRP-redrawn"))
        self.look.begin()

    def _refused(self, error: JudappError) -> None:
        self._step(READ)
        self.refusal.sentence.setText(of_error(error, language()))
        self.stack.setCurrentWidget(self.refusal)
        if self.refusal.button is not None:
            self.refusal.button.setFocus()

    def _in_worker(
        self,
        work: Callable[[Workspace], Study],
        then: Callable[[Study], None],
        failed: Callable[[JudappError], None],
    ) -> None:
        """Read in the worker; what was asked before and answers later is not shown any more."""
        self._reading += 1
        token = self._reading

        def reading(workspace: Workspace, _: Task) -> Study:
            return work(workspace)

        def answered(study: Study) -> None:
            if token == self._reading:
                then(study)

        def fault(error: JudappError) -> None:
            if token == self._reading:
                failed(error)

        self.session.long(reading, answered, fault)

    # --- step 2

    def edit(self, path: str, value: str) -> None:
        """Another value for a part of the definition."""
        from judapp.app import learn_view

        if path == "$" and self.study is not None and value != self.study.learned.sheet:
            self._other_sheet(value)  # which worksheet the form stands on is asked of the whole
        elif path == "$":
            self.accept(path)
        else:
            self._do(lambda study: learn_view.edit(study, path, value))

    def accept(self, path: str) -> None:
        """A part is right as it was read."""
        from judapp.app import learn_view

        self._do(lambda study: learn_view.accept(study, path))

    def accept_relations(self) -> None:
        """Every proposed relation is right."""
        from judapp.app import learn_view

        self._do(learn_view.accept_relations)

    def drop(self, path: str) -> None:
        """A part does not belong to the form."""
        from judapp.app import learn_view

        self._do(lambda study: learn_view.remove(study, path))

    def insert(self, path: str) -> None:
        """Another column or row after the one at ``path``; its label is typed next."""
        from judapp.app import learn_change, learn_view

        if self.study is None:
            return
        label = t("LRP-new-row" if ".rows[" in path else "LRP-new-column")
        _, made = learn_change.insert(self.study.learned, path, label)
        self._do(lambda study: learn_view.insert(study, path, label))
        self.look.parts.go_to(made, edit=True)

    def undo(self) -> None:
        """Take back the last change made here, while trying the last figures; nothing of it was stored."""
        trying = self.stack.currentWidget() is self.trial
        if trying and self.trial.undo():
            words = t("LRP-undone")
        elif self._past and not trying:
            self._show(self._past.pop())
            words = t("LRP-undone")
        else:
            words = t("LRP-nothing-undone")
        self.session.said.emit(words, False)

    def _do(self, change: Callable[[Study], Study]) -> None:
        if self.study is None:
            return
        try:
            changed = change(self.study)
        except JudappError as error:
            self.fault.tell(of_error(error, language()))
            return
        self.fault.hide()
        self._past.append(self.study)
        self._show(changed)

    def _show(self, study: Study) -> None:
        from judapp.app import learn_view

        self.study = study
        self.view = learn_view.view(study, language())
        self.look.show_view(self.view, frozenset(study.rows), known=study.known is not None)

    def _role_given(self, row: int, role: SheetRole | None) -> None:
        from judapp.app import learn_view

        study = self.study
        if study is not None:
            self._read_again(lambda _: learn_view.hint(study, row, role))

    def _other_sheet(self, name: str) -> None:
        from judapp.app import learn_view

        study = self.study
        if study is not None:
            self._read_again(lambda _: learn_view.read_again(study, name, {}))

    def _read_again(self, work: Callable[[Workspace], Study]) -> None:
        before = self.study

        def shown(study: Study) -> None:
            if before is not None:
                self._past.append(before)
            self.fault.hide()
            self._show(study)

        def failed(error: JudappError) -> None:
            self.fault.tell(of_error(error, language()))
            if before is not None:
                self._show(before)  # the tab of the sheet that is still shown

        self._in_worker(work, shown, failed)

    # --- step 3, and the end

    def try_out(self) -> None:
        """Type into the form as it stands; with faults in it they are shown first."""
        if self.study is None or self._faulty():
            return
        from judapp.app import learn_view

        self._step(TRY)
        self.trial.try_out(learn_view.finished(self.study, language()))
        self.trial.grid.setFocus()

    def step_back(self) -> None:
        """From the trial to the definition, from there to the catalogue."""
        if self.stack.currentWidget() is self.trial:
            self._step(LOOK)
            self.look.parts.setFocus()
        else:
            self.left.emit()

    def save(self) -> None:
        """Put the form and its blank into the catalogue as one act that can be undone."""
        study, lang = self.study, language()
        if study is None or self._faulty():
            return
        if study.known is not None:
            self._save_edit(study)
            return
        number = study.learned.form.number

        def work(workspace: Workspace) -> Applied:
            from judapp.app import learn_view

            return learn_view.save(workspace, study, lang)

        def done(_: Applied) -> None:
            self.save_it.setEnabled(True)
            self.added.emit(number)

        def failed(error: JudappError) -> None:
            self.save_it.setEnabled(True)
            self.fault.tell(of_error(error, lang))

        self.save_it.setEnabled(False)  # one form, however often it is pressed
        self.session.act(work, done, failed, said=t("LRP-saved", form=number))

    def _save_edit(self, study: Study) -> None:
        from judapp.ui.pages.learning_save import EditSaver

        if self.saver is None:
            made = self.saver = EditSaver(self, self.session)
            made.saved.connect(self._edit_saved)
            made.unchanged.connect(lambda: self._not_saved(t("LRP-unchanged")))
            made.left.connect(self._not_saved)
            made.refused.connect(lambda error: self._not_saved(fault=error))
        self.save_it.setEnabled(False)
        self.saver.save(study)

    def _edit_saved(self, old: int, new: int, move: bool) -> None:
        self.study, self._past = None, []
        self.edited.emit(old, new, move)

    def _not_saved(self, words: str = "", fault: JudappError | None = None) -> None:
        self.save_it.setEnabled(True)
        if words:
            self.session.said.emit(words, False)
        if fault is not None:
            self.fault.tell(of_error(fault, language()))

    def _faulty(self) -> bool:
        """Whether faults are in the way; the first is shown then."""
        if self.view is None or not self.view.faults:
            return False
        self._step(LOOK)
        self.fault.tell(t("LRP-faults", n=self.view.faults))
        self.look.begin()
        return True

    def _trial_told(self, sentence: str) -> None:
        self.trial_state.say(sentence)

    def _step(self, step: int) -> None:
        self.head.step(step)
        pages = {LOOK: 2, TRY: 3}
        if step in pages:
            self.stack.setCurrentIndex(pages[step])
        self.foot.step(step)

    # --- keys

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.study is not None
        ):
            event.accept()  # what was changed here is taken back here, not what was stored last
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo) and self.study is not None:
            self.undo()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.step_back()
        else:
            super().keyPressEvent(event)
