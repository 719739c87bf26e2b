"""Ghép cột: the columns of a worksheet beside the form's own head, paired by number keys or the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSpinBox,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from judapp.errors import JudappError
from judapp.messages import of_error
from judapp.ui import theme
from judapp.ui.dialogs import ActDialog
from judapp.ui.pages.importing_columns_views import ID, LETTER, FileColumns, FormTree
from judapp.ui.pages.importing_pairs import LEAF, Pairs, Target
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Elided, Label, button

if TYPE_CHECKING:
    from judapp.app.import_columns import ColumnStudy
    from judapp.excel.header import TableColumns

_LAST_ROW = 1000
_NAMED_MISSING = 4


class ColumnsDialog(ActDialog):
    """The pairing of one worksheet; :attr:`columns` is what was paired, once accepted."""

    another = Signal()
    """It is another form."""

    def __init__(self, parent: QWidget, study: ColumnStudy, file: str, *, remember: bool) -> None:
        """``file`` is the name of the workbook; ``remember`` what the box below says at first."""
        super().__init__(parent, t("IMC-title"), t("IMC-do"))
        self.columns: tuple[TableColumns, ...] = ()
        self._tables = [Pairs(table) for table in study.tables]
        self._typed = ""
        window = parent.window()
        self.resize(min(1320, max(720, window.width() - 40)), min(820, max(560, window.height() - 60)))
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        whole = " › ".join(filter(None, (file, study.sheet)))
        top.addWidget(Elided(t("IMC-file", file=whole, form=study.form, title=study.title), "strong"), 1)
        top.addWidget(button(t("IMD-other-form"), self.another.emit))
        self.body.addLayout(top)
        self.body.addWidget(Label(t("IMC-how"), "caption", wrap=True))
        self.bar = Bar("error")
        self.body.addWidget(self.bar)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        for at, table in enumerate(study.tables):
            self.tabs.addTab(table.title or t("IMW-table", n=at + 1))
        self.tabs.setVisible(len(study.tables) > 1)
        self.tabs.currentChanged.connect(lambda _: self._fill())
        self.body.addWidget(self.tabs)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.left = FileColumns()
        self.right = FormTree()
        split.addWidget(_titled(t("IMC-left"), self.left))
        split.addWidget(_titled(t("IMC-right"), self.right))
        split.setSizes([600, 500])
        self.body.addWidget(split, 1)
        self.body.addLayout(self._below(remember=remember))
        self.left.typed.connect(self._type)
        self.left.taken.connect(self._take)
        self.left.freed.connect(self._free)
        self.left.selectionModel().currentRowChanged.connect(self._moved)
        self.right.paired.connect(self._pair)
        self.right.absent.connect(self._absent)
        self._fill()
        self.left.setFocus()

    def _below(self, *, remember: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(Label(t("IMC-head-row")))
        self.row = QSpinBox()
        self.row.setRange(0, _LAST_ROW)
        self.row.setSpecialValueText("?")
        self.row.setAccessibleName(t("IMC-head-row"))
        self.row.valueChanged.connect(self._row)
        row.addWidget(self.row)
        self.state = Elided("", "caption")
        row.addWidget(self.state, 1)
        self.remember = QCheckBox(t("IMD-remember"))
        self.remember.setToolTip(t("IMD-remember-tip"))
        self.remember.setChecked(remember)
        row.addWidget(self.remember)
        return row

    @property
    def pairs(self) -> Pairs:
        """The pairing of the table shown."""
        return self._tables[max(0, self.tabs.currentIndex())]

    def accept(self) -> None:
        """Take the pairing; what is wrong with it is told and it stays open."""
        from judapp.app.import_columns import pair_columns

        try:
            self.columns = tuple(
                pair_columns(
                    pairs.study,
                    pairs.row,
                    {column: name for column, (kind, name) in pairs.of.items() if kind == LEAF},
                    {column: int(name) for column, (kind, name) in pairs.of.items() if kind != LEAF},
                    pairs.absent,
                )
                for pairs in self._tables
            )
        except JudappError as error:
            self.bar.tell(of_error(error, language()))
            return
        super().accept()

    # --- acts

    def _type(self, letter: str) -> None:
        """A key of a column's number: “1” then “2” is column (12), where the form has one."""
        column = self.left.column()
        if column is None:
            return
        self._typed += letter
        if not self.pairs.begins(self._typed):
            self._typed = letter
        target = self.pairs.typed(self._typed)
        if target is not None:
            self.pairs.pair(column, target)
            self._show()
            self.right.look_at(target)

    def _take(self) -> None:
        column = self.left.column()
        self._typed = ""
        if column is not None:
            self.pairs.take_offer(column)
            self._show()
            self.left.next_row()

    def _free(self) -> None:
        column = self.left.column()
        self._typed = ""
        if column is not None:
            self.pairs.free(column)
            self._show()

    def _pair(self, target: Target) -> None:
        column = self.left.column()
        if column is not None:
            self.pairs.pair(column, target)
            self._show()
            self.left.next_row()

    def _absent(self, target: Target) -> None:
        self.pairs.toggle_absent(target)
        self._show()

    def _row(self, row: int) -> None:
        self.pairs.row = row
        self._say()

    def _moved(self, now: QModelIndex, _: QModelIndex) -> None:
        self._typed = ""
        column = now.siblingAtColumn(LETTER).data(ID) if now.isValid() else None
        target = self.pairs.of.get(column) if column is not None else None
        if target is not None:
            self.right.look_at(target)

    # --- showing

    def _fill(self) -> None:
        pairs = self.pairs
        self.row.blockSignals(True)
        self.row.setValue(pairs.row)
        self.row.blockSignals(False)
        self.left.fill(pairs)
        self.right.fill(pairs)
        self._say()
        self.left.first_open(pairs)

    def _show(self) -> None:
        self.left.show_pairs(self.pairs)
        self.right.show_pairs(self.pairs)
        self.bar.hide()
        self._say()

    def _say(self) -> None:
        missing = self.pairs.missing
        named = ", ".join(self.pairs.name((LEAF, leaf.name)) for leaf in missing[:_NAMED_MISSING])
        if len(missing) > _NAMED_MISSING:
            named += ", …"
        of = len(self.pairs.study.leaves)
        absent = len(self.pairs.absent)
        code = "IMC-state-missing" if missing else "IMC-state-absent" if absent else "IMC-state-done"
        self.state.say(t(code, n=self.pairs.paired, of=of, absent=absent, missing=len(missing), names=named))
        self.verb.setEnabled(all(not pairs.missing and pairs.row for pairs in self._tables))


def _titled(title: str, inside: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Label(title, "strong"))
    column.addWidget(inside, 1)
    inside.setAccessibleName(title)
    return made
