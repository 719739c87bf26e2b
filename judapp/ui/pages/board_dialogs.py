"""What the board asks before it acts: a reason, which templates, what rolling up would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QRadioButton, QTreeView, QWidget

from judapp.ui import theme
from judapp.ui.dialogs import ActDialog
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.after_sending import MovedSheet
    from judapp.app.rolling_up import FormRollup
    from judapp.domain.shape import CellKey

_KEY = Qt.ItemDataRole.UserRole
_RIM = 40
_NEW_SHOWN = 40
"""So many cells of a sheet not begun yet are listed."""


class ReasonDialog(ActDialog):
    """Why a unit need not report."""

    def __init__(self, parent: QWidget, unit: str, form: str) -> None:
        super().__init__(parent, t("BOP-not-owed-title"), t("BOP-not-owed-do"))
        self.body.addWidget(Label(t("BOP-not-owed-why", unit=unit, form=form), wrap=True))
        self.field = QLineEdit()
        self.field.setAccessibleName(t("BOP-reason-label"))
        self.field.setPlaceholderText(t("BOP-reason-label"))
        self.field.setMaxLength(200)
        self.body.addWidget(self.field)
        self.verb.setEnabled(False)
        self.field.textChanged.connect(lambda words: self.verb.setEnabled(bool(words.strip())))
        self.field.setFocus()

    def reason(self) -> str:
        """The reason given."""
        return " ".join(self.field.text().split())


class TemplatesDialog(ActDialog):
    """Which templates are made."""

    def __init__(self, parent: QWidget, missing: int, every: int) -> None:
        super().__init__(parent, t("BOP-templates-title"), t("BOP-templates-do"))
        self.body.addWidget(Label(t("BOP-templates-why"), wrap=True))
        self.missing = QRadioButton(t("BOP-templates-missing", n=missing))
        self.every = QRadioButton(t("BOP-templates-all", n=every))
        self.missing.setEnabled(bool(missing))
        (self.missing if missing else self.every).setChecked(True)
        self.body.addWidget(self.missing)
        self.body.addWidget(self.every)
        self.verb.setEnabled(bool(every))


class RollupDialog(ActDialog):
    """What base units come to on each form above; cells typed over are ticked to follow them again."""

    def __init__(self, parent: QWidget, forms: Sequence[FormRollup]) -> None:
        super().__init__(parent, t("BOP-rollup-title"), t("BOP-rollup-do"))
        fit(self, parent, 940, 520)
        self.forms = forms
        self.body.addWidget(Label(t("BOP-rollup-why"), wrap=True))
        self.items = QStandardItemModel(0, 4, self)
        self.items.setHorizontalHeaderLabels(t("BOP-rollup-heads").split("|"))
        self.tree = QTreeView()
        self.tree.setModel(self.items)
        self.tree.setAccessibleName(t("BOP-rollup-title"))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        across = self.tree.header()
        across.setStretchLastSection(True)
        for form in forms:
            self._add(form)
        self.tree.expandAll()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        for column, width in ((0, 430), (1, 100), (2, 120)):
            across.resizeSection(column, width)
        self.body.addWidget(self.tree, 1)
        self.items.itemChanged.connect(lambda _: self._say())
        self.left = Label("", wrap=True)
        self.body.addWidget(self.left)
        self._say()

    def follow(self) -> dict[int, list[CellKey]]:
        """By form version, the cells that are to follow the units again; forms handed in are left out."""
        found: dict[int, list[CellKey]] = {form.version: [] for form in self.forms if not form.locked}
        for row in range(self.items.rowCount()):
            top = self.items.item(row)
            for child in range(top.rowCount()):
                item = top.child(child)
                if item.isCheckable() and item.checkState() == Qt.CheckState.Checked:
                    found[self.forms[row].version].append(item.data(_KEY))
        return found

    def _say(self) -> None:
        cells = sum(map(len, self.follow().values()))
        begin = sum(not form.begun and not form.locked for form in self.forms)
        parts = [t("BOP-rollup-begin", n=begin)] if begin else []
        parts += [t("BOP-rollup-follow", n=cells)] if cells else []
        self.left.setText(" ".join(parts) if parts else t("BOP-rollup-nothing"))
        self.verb.setEnabled(bool(parts))

    def _add(self, form: FormRollup) -> None:
        lang = language()
        code = "BOP-rollup-locked" if form.locked else "BOP-rollup-open" if form.begun else "BOP-rollup-new"
        units = t("BOP-rollup-units", covered=form.covered, expected=form.expected)
        top = _row(f"{form.number}: {units}; {t(code, n=form.following)}", "", "", "")
        top[0].setFont(theme.font(13, strong=True))
        for new in form.new[:_NEW_SHOWN]:
            top[0].appendRow(_row(new.name.in_language(lang), "", new.value, ""))
        if len(form.new) > _NEW_SHOWN:
            more = t("BOP-rollup-more", n=len(form.new) - _NEW_SHOWN)
            top[0].appendRow(_row(more, "", "", ""))
        for cell in form.typed:
            if not cell.differs:
                continue
            units = t("BOP-rollup-units", covered=cell.covered, expected=cell.expected)
            note = t("BOP-rollup-typed", who=cell.by, units=units)
            line = _row(cell.name.in_language(lang), cell.typed, cell.base or "…", note)
            if cell.base and not form.locked:
                line[0].setCheckable(True)
                line[0].setToolTip(t("BOP-rollup-tick"))
            line[0].setData(cell.key, _KEY)
            top[0].appendRow(line)
        same = sum(not cell.differs for cell in form.typed)
        if same:
            top[0].appendRow(_row(t("BOP-rollup-same", n=same), "", "", ""))
        for adjusted in form.adjusted:
            name = t("BOP-rollup-adjusted", cell=adjusted.name.in_language(lang))
            top[0].appendRow(_row(name, adjusted.delta, adjusted.outcome, adjusted.reason))
        self.items.appendRow(top)
        self.tree.setFirstColumnSpanned(self.items.rowCount() - 1, QModelIndex(), True)


class MovedDialog(ActDialog):
    """The cells of sheets handed in that are not what they were then, and who moved them."""

    def __init__(self, parent: QWidget, sheets: Sequence[MovedSheet]) -> None:
        super().__init__(parent, t("BOP-moved-title"))
        fit(self, parent, 940, 460)
        from judapp.app.after_sending import cause_words

        lang = language()
        self.body.addWidget(Label(t("BOP-moved-why"), wrap=True))
        self.items = QStandardItemModel(0, 4, self)
        self.items.setHorizontalHeaderLabels(t("BOP-moved-heads").split("|"))
        for sheet in sheets:
            copy = t("BOP-moved-sheet", n=sheet.revision)
            top = _row(f"{sheet.form} · {sheet.unit_name}: {copy}", "", "", "")
            top[0].setFont(theme.font(13, strong=True))
            for cell in sheet.cells:
                why = "; ".join(cause_words(cause, lang) for cause in cell.causes)
                top[0].appendRow(
                    _row(cell.name.in_language(lang), cell.sent or "∅", cell.present or "∅", why)
                )
            self.items.appendRow(top)
        self.tree = QTreeView()
        self.tree.setModel(self.items)
        self.tree.setAccessibleName(t("BOP-moved-title"))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for row in range(self.items.rowCount()):
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
        self.tree.expandAll()
        for column, width in ((0, 360), (1, 90), (2, 90)):
            self.tree.header().resizeSection(column, width)
        self.body.addWidget(self.tree, 1)


def fit(dialog: QWidget, parent: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, or what its window has room for."""
    room = parent.window().size()
    dialog.resize(min(width, room.width() - _RIM), min(height, room.height() - _RIM))


def _row(*words: str) -> list[QStandardItem]:
    items = [QStandardItem(text) for text in words]
    for column, item in enumerate(items):
        item.setToolTip(item.text())
        item.setSizeHint(QSize(0, theme.ROW))
        if column in (1, 2):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return items
