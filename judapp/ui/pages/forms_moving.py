"""Moving sheets to another version: where every column and row goes, changed in place, and what that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.dialogs import ActDialog
from judapp.ui.pages.forms_dialogs import Lines
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Label

if TYPE_CHECKING:
    from judapp.app.forms_moving import MoveLine, MoveOutlook
    from judapp.domain.moving import CellMapping

Index = QModelIndex | QPersistentModelIndex
_OLD, _NEW, _CELLS = range(3)
_AT = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 820, 520
_PAD = 5
_LEAST = 150
"""Pixels of the list at least: three lines below its head."""


class MoveDialog(ActDialog):
    """What moving sheets to a newer version does, before it is done; every target can be changed."""

    asked = Signal(object)
    """A mapping (``CellMapping``): :meth:`tell` is to be given what it would do."""

    def __init__(self, parent: QWidget, outlook: MoveOutlook) -> None:
        verb = "" if outlook.refused else t("FMP-move-do", n=outlook.sheets)
        super().__init__(parent, t("FMP-move-title"), verb)
        self.verb.setAutoDefault(False)
        self.verb.setDefault(False)  # Enter opens what is current in the list
        self.outlook = outlook
        self.lines = Lines()
        self.list = MoveList()
        self.list.sent.connect(self._sent)
        if outlook.lines and not outlook.refused:
            self.body.addWidget(Label(t("FMP-move-how"), "caption", wrap=True))
            self.body.addWidget(self.list, 1)
        else:
            self.list.hide()
        self.body.addWidget(self.lines)
        if not self.list.isHidden() and self.list.parent() is not None:
            room = parent.size()
            self.resize(min(_WIDTH, room.width() - 32), min(_HEIGHT, max(360, room.height() - 48)))
            self.list.setFocus()
        else:
            self.setMinimumWidth(560)
            self.body.addStretch(1)
        self.tell(outlook)

    def tell(self, outlook: MoveOutlook) -> None:
        """Show what a mapping would do."""
        self.outlook = outlook
        lang = language()
        said = [words.in_language(lang) for words in outlook.sentences]
        if outlook.refused:
            said = [t("FMP-move-refused"), *(why.in_language(lang) for why in outlook.refused)]
        elif outlook.faults:
            said = [t("FMP-move-refused"), *(why.in_language(lang) for why in outlook.faults)]
        self.lines.show_words(said)
        self.list.show_lines(outlook.lines)
        self.verb.setEnabled(not (outlook.refused or outlook.faults) and outlook.sheets > 0)

    def _sent(self, at: int, target: object) -> None:
        mapping: CellMapping = self.outlook.sent(at, target)  # type: ignore[arg-type]  # a place or None
        self.verb.setEnabled(False)  # until it is known what that would do
        self.asked.emit(mapping)


class MoveList(QTreeView):
    """A line for each column and row of the older version: Enter chooses its target, Del leaves it out."""

    sent = Signal(int, object)
    """The place of a line among all, and where it is to go: a place of the newer version, or None."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[MoveLine, ...] = ()
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.SelectedClicked | triggers.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST)
        self.setAccessibleName(t("FMP-move-list"))
        across = self.header()
        across.setSectionsMovable(False)
        across.setStretchLastSection(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_lines(self, lines: tuple[MoveLine, ...]) -> None:
        """Show where everything goes; the current line stays so."""
        at, scrolled = self.current(), self.verticalScrollBar().value()
        self.lines = lines
        self._items.clear()
        heads = ("FMP-older", "FMP-newer", "FMP-move-cells")
        self._items.setHorizontalHeaderLabels([t(code) for code in heads])
        self._items.horizontalHeaderItem(_CELLS).setTextAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        what = ""
        for number, line in enumerate(lines):
            if line.what != what:
                what = line.what
                self._section(t("LRP-section-columns" if what == "columns" else "LRP-section-rows"))
            self._items.appendRow(_row(line, number))
        for row in range(self._items.rowCount()):
            if self._items.item(row, 0).data(_AT) is None:
                self.setFirstColumnSpanned(row, QModelIndex(), True)
        self._widths()
        self.go_to(max(at, 0))
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> int:
        """The place of the current line among all, -1 for none."""
        at = self.currentIndex().siblingAtColumn(_OLD).data(_AT)
        return at if isinstance(at, int) else -1

    def line_at(self, row: int) -> int | None:
        """The place among all of the line shown in a row; None for the head of a section."""
        at = self._items.item(row, _OLD).data(_AT)
        return at if isinstance(at, int) else None

    def go_to(self, at: int) -> None:
        """Make a line current."""
        for row in range(self._items.rowCount()):
            if self._items.item(row, 0).data(_AT) == at:
                self.setCurrentIndex(self._items.index(row, _NEW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.current()
        if self.state() is QAbstractItemView.State.EditingState or at < 0 or event.modifiers():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex().siblingAtColumn(_NEW))
        elif event.key() == Qt.Key.Key_Delete:
            if self.lines[at].target is not None:
                self.sent.emit(at, None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()

    def _section(self, words: str) -> None:
        top = QStandardItem(words)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._items.appendRow([top])

    def _widths(self) -> None:
        across = self.header()
        if across.count() <= _CELLS:
            return
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        cells = self.fontMetrics().horizontalAdvance(t("FMP-move-cells")) + 32
        half = max(80, (self.viewport().width() - cells) // 2)
        for section, width in ((_OLD, half), (_NEW, half), (_CELLS, cells)):
            across.resizeSection(section, width)


def _row(line: MoveLine, number: int) -> list[QStandardItem]:
    lang = language()
    old, going = line.words.in_language(lang), line.going.in_language(lang)
    cells = t("FMP-count", n=line.cells) if line.cells else ""
    made = [QStandardItem(words) for words in (old, going, cells)]
    for column, item in enumerate(made):
        item.setData(number, _AT)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if column == _NEW else flags)
    made[_OLD].setToolTip("\n".join(filter(None, (line.above, old))))
    made[_NEW].setToolTip(going)
    said = t("FMP-move-said-line", old=old, new=going, n=line.cells)
    made[_OLD].setData(said, Qt.ItemDataRole.AccessibleTextRole)
    made[_NEW].setData(said, Qt.ItemDataRole.AccessibleTextRole)
    made[_CELLS].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


class _Delegate(QStyledItemDelegate):
    """Chooses a target in place; marks what is left out although it holds something."""

    def __init__(self, view: MoveList) -> None:
        super().__init__(view)
        self.view = view

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = self.view.lines[index.data(_AT)]
        box = QComboBox(parent)
        theme.role(box, "cell")
        box.setAccessibleName(line.words.in_language(language()))
        box.addItem(t("FMP-move-out"), None)
        for choice in line.choices:
            box.addItem(choice.words.in_language(language()), choice.place)
        places = [None, *(choice.place for choice in line.choices)]
        box.setCurrentIndex(places.index(line.target) if line.target in places else 0)
        box.activated.connect(lambda _: self._chosen(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is chosen stays chosen while the list is shown anew."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model  # the mapping is changed, and shown anew
        at = index.data(_AT)
        if isinstance(editor, QComboBox):
            line = self.view.lines[at]
            places = [None, *(choice.place for choice in line.choices)]
            target = places[editor.currentIndex()]
            if target != line.target:
                self.view.sent.emit(at, target)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own, area = theme.tokens(), QRect(option.rect)
        at = self.view.line_at(index.row())
        if at is None:
            painter.fillRect(area, own.surface_2)
            painter.setFont(theme.font(12, strong=True))
            painter.setPen(own.text_2)
            painter.drawText(area.adjusted(8, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, index.data() or "")
            return
        line = self.view.lines[at]
        inside = QStyleOptionViewItem(option)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, own.sel)
        inside.rect = area.adjusted(_PAD, 0, -_PAD, 0)
        inside.state &= ~QStyle.StateFlag.State_HasFocus
        lost = index.column() == _NEW and line.target is None and line.cells > 0
        if lost:
            mark = icons.mark("warning", 14)
            painter.drawPixmap(area.left() + _PAD + 3, area.top() + (area.height() - 14) // 2, mark)
            inside.rect = area.adjusted(_PAD + 20, 0, -_PAD, 0)
        super().paint(painter, inside, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        at = self.view.line_at(index.row())
        if at is not None and index.column() == _NEW and self.view.lines[at].target is None:
            for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
                option.palette.setColor(role, theme.tokens().text_2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.ROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QComboBox) and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.type() == QEvent.Type.KeyPress:
                self._chosen(watched)
                return True
        return super().eventFilter(watched, event)

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
