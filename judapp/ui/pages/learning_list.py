"""The definition as it was read, part by part: what stands where, how sure it is, changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from judapp.ui import icons, theme
from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.learn_lines import Part
    from judapp.domain.cell_name import Position

Index = QModelIndex | QPersistentModelIndex
_PART = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1
_LABEL, _VALUE, _WHERE, _SURE = range(4)
SURE = {"sure": "LRP-sure", "likely": "LRP-likely", "choose": "LRP-choose", "changed": "LRP-changed"}
_READ = ("LRP-col-part", "LRP-col-value", "LRP-col-where", "LRP-col-sure")
_KNOWN = ("LRP-col-part", "LRP-col-now", "LRP-col-where", "LRP-col-changed")
"""Heads over a form that was read, and over one of the catalogue."""
_ROOMY = 440
"""From this width on there is room for where each part was read; its tooltip says it anyway."""
_ROOMY_KNOWN = 600
"""The same of a form of the catalogue: what it says matters more there."""
_NARROWEST_LABEL, _WIDEST_LABEL = 138, 190


class PartTree(QTreeView):
    """Every part of the definition in its section; a column or row opens to its own parts."""

    edited = Signal(str, str)
    accepted = Signal(str)
    dropped = Signal(str)
    inserted = Signal(str)
    """Another column or row is wanted after the one at this path."""
    looked = Signal(object)
    """Worksheet cells of the current part."""

    def __init__(self) -> None:
        super().__init__()
        self.known = False
        """Whether a form of the catalogue is shown."""
        self.parts: dict[str, Part] = {}
        self._items = QStandardItemModel(self)
        self._places: dict[str, QStandardItem] = {}
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setIndentation(16)
        self.setExpandsOnDoubleClick(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("LRP-definition"))
        across = self.header()
        across.setSectionsMovable(False)
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(40)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_parts(self, parts: tuple[Part, ...], *, known: bool = False) -> None:
        """Show a definition, or what became of it: what was open and current stays so.

        ``known``: it is one of the catalogue, and says what was changed instead of how sure it is.
        """
        self.known = known
        first = not self.parts
        opened = {path for path, at in self._places.items() if self.isExpanded(at.index())}
        current, scrolled = self.current_path(), self.verticalScrollBar().value()
        order = list(self.parts)
        self.parts = {part.path: part for part in parts}
        self.selectionModel().blockSignals(True)
        self._places = {}
        self._items.clear()
        self._items.setHorizontalHeaderLabels([t(code) for code in (_KNOWN if known else _READ)])
        from judapp.app.learn_lines import SECTIONS

        for section, code in SECTIONS.items():
            own = [part for part in parts if part.section == section]
            if own:
                self._section(section, t(code), own)
        self.selectionModel().blockSignals(False)
        for path, at in self._places.items():
            wanted = path in opened or (first and path in ("form", "columns", "rows", "relations"))
            self.setExpanded(at.index(), wanted)
        for at_top in range(self._items.rowCount()):
            self.setFirstColumnSpanned(at_top, QModelIndex(), True)
        self._widths()
        if current in order and current not in self._places and parts:  # dropped: on to what took its place
            current = parts[min(order.index(current), len(parts) - 1)].path
        if current in self._places:
            self.setCurrentIndex(self._places[current].index().siblingAtColumn(_VALUE))
        self.verticalScrollBar().setValue(scrolled)

    def current_path(self) -> str:
        """The path of the current part, "" where none is."""
        path = self.currentIndex().siblingAtColumn(_LABEL).data(_PATH)
        return path if isinstance(path, str) else ""

    def go_to(self, path: str, *, edit: bool = False) -> bool:
        """Make a part current, or the one it stands in, and bring it into view; ``edit`` opens its editor."""
        found = path
        if found not in self._places:  # a list, or what its parts alone are shown of
            found = next((known for known in self.parts if known.startswith((f"{path}.", f"{path}["))), path)
        while found not in self._places and found.rfind(".") > 0:
            found = found[: max(found.rfind("."), found.rfind("["))]
        if found not in self._places:
            return False
        index = self._places[found].index()
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        if edit:
            self.expand(index)
        value = index.siblingAtColumn(_VALUE)
        self.setCurrentIndex(value)
        self.scrollTo(value, QAbstractItemView.ScrollHint.PositionAtCenter)
        part = self.parts.get(found)
        if edit and part is not None and part.editor != "none":
            self.setFocus()
            self.edit(value)
        return True

    def part(self, index: Index) -> Part | None:
        """The part shown at ``index``."""
        return self.parts.get(index.data(_PATH) or "")

    def cells_of(self, path: str) -> tuple[Position, ...]:
        """The worksheet cells a part was read from."""
        part = self.parts.get(path)
        return part.cells if part is not None else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        part = self.part(self.currentIndex())
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the editor's own Enter comes here as well
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter(part)
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers() and part is not None:
            if part.removable:
                self.dropped.emit(part.path)
            elif part.editor == "text" and part.value:
                self.edited.emit(part.path, "")
        elif event.key() == Qt.Key.Key_Insert and not event.modifiers() and part is not None:
            if part.has_siblings:
                self.inserted.emit(part.path)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        part = self.part(self.currentIndex())
        if part is not None:
            self.part_menu(part).popup(event.globalPos())

    def part_menu(self, part: Part) -> QMenu:
        """What can be done with a part besides typing over it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        change = menu.addAction(t("LRP-do-change"))
        change.setEnabled(part.editor != "none")
        change.triggered.connect(lambda _=False: self.go_to(part.path, edit=True))
        if part.has_siblings:
            rows = part.section == "rows"
            more = menu.addAction(t("LRP-do-add-row") if rows else t("LRP-do-add-column"))
            more.triggered.connect(lambda _=False: self.inserted.emit(part.path))
        drop = menu.addAction(t("LRP-do-drop"))
        drop.setEnabled(part.removable)
        drop.triggered.connect(lambda _=False: self.dropped.emit(part.path))
        return menu

    def keyboardSearch(self, search: str) -> None:
        """Letters edit the current part; they never jump elsewhere."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        part = self.part(current) if current.isValid() else None
        if part is not None and self.hasFocus():
            self.looked.emit(part.cells)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()

    def _enter(self, part: Part | None) -> None:
        index = self.currentIndex()
        if part is None or part.editor == "none":
            if part is not None and part.asked:
                self.accepted.emit(part.path)
            else:
                first = index.siblingAtColumn(_LABEL)
                self.setExpanded(first, not self.isExpanded(first))
        elif part.asked:
            self.accepted.emit(part.path)
        else:
            self.edit(index.siblingAtColumn(_VALUE))

    def _section(self, key: str, name: str, parts: list[Part]) -> None:
        top = QStandardItem(name)
        top.setData(key, _PATH)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._items.appendRow(top)
        self._places[key] = top
        rows: dict[str, QStandardItem] = {"": top}
        for part in parts:
            line = self._row(part)
            rows.get(part.above, top).appendRow(line)
            rows[part.path] = line[0]
            self._places[part.path] = line[0]

    def _row(self, part: Part) -> list[QStandardItem]:
        words = (part.label, part.shown, part.where, t(SURE[part.sure]) if part.sure else "")
        line = [QStandardItem(word) for word in words]
        for at, item in enumerate(line):
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if at == _VALUE and part.editor != "none":
                flags |= Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags)
            item.setData(part.path, _PATH)
            item.setData(part, _PART)
        line[_LABEL].setToolTip(part.label)
        line[_VALUE].setData(f"{part.label}: {part.shown}", Qt.ItemDataRole.AccessibleTextRole)
        line[_VALUE].setToolTip("\n".join(filter(None, (part.shown, part.why, part.where))))
        line[_SURE].setToolTip(part.why)
        return line

    def _widths(self) -> None:
        across = self.header()
        if across.count() < 4:
            return
        metrics = QFontMetrics(theme.font(13))
        heads = (t(_KNOWN[_SURE] if self.known else _READ[_SURE]),)
        sure = max(map(metrics.horizontalAdvance, (*heads, *(t(code) for code in SURE.values())))) + 40
        told = [part.where for part in self.parts.values() if part.where.count(",") < 2]
        where = max(56, min(max(map(metrics.horizontalAdvance, told), default=0) + 18, 88))
        roomy = _ROOMY_KNOWN if self.known else _ROOMY
        across.setSectionHidden(_WHERE, self.viewport().width() < roomy)
        room = self.viewport().width() - sure - (0 if across.isSectionHidden(_WHERE) else where)
        label = max(_NARROWEST_LABEL, min(_WIDEST_LABEL, int(room * 0.38)))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for section, width in ((_LABEL, label), (_VALUE, room - label), (_WHERE, where), (_SURE, sure)):
            across.resizeSection(section, max(40, width))


class _Delegate(QStyledItemDelegate):
    """Edits values in place and draws sections, doubts and parts that may not be changed apart."""

    def __init__(self, tree: PartTree) -> None:
        super().__init__(tree)
        self.tree = tree

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        part = self.tree.part(index)
        if part is None or part.editor != "choice":
            made = QLineEdit(parent)
            theme.role(made, "cell")
            if part is not None:
                made.setAccessibleName(part.label)
            return made
        box = QComboBox(parent)
        theme.role(box, "cell")
        box.setAccessibleName(part.label)
        for choice in part.choices:
            box.addItem(choice.words, choice.value)
        box.activated.connect(lambda _: self._chosen(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        part = self.tree.part(index)
        if part is None:
            return
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(part.value))
        elif isinstance(editor, QLineEdit):
            editor.setText(part.value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model  # the definition is changed, and shown anew
        part = self.tree.part(index)
        value = editor.currentData() if isinstance(editor, QComboBox) else _words(editor)
        if part is not None and value is not None and value != part.value:
            self.tree.edited.emit(part.path, value)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = theme.tokens()
        part = self.tree.part(index)
        inside = QStyleOptionViewItem(option)
        inside.state &= ~QStyle.StateFlag.State_HasFocus
        if part is None:
            painter.fillRect(option.rect, own.surface_2)
            painter.setFont(theme.font(12, strong=True))
            painter.setPen(own.text_2)
            place = option.rect.adjusted(4, 0, -4, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
            return
        if index.column() == _SURE and part.sure in ("likely", "choose"):
            mark = icons.mark("warning" if part.sure == "choose" else "info", 14)
            side = 14
            top = option.rect.top() + (option.rect.height() - side) // 2
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, own.sel)
            painter.drawPixmap(option.rect.left() + 4, top, mark)
            inside.rect = option.rect.adjusted(20, 0, 0, 0)
        super().paint(painter, inside, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        part = self.tree.part(index)
        if part is None:
            return
        own = theme.tokens()
        quiet = index.column() in (_WHERE, _SURE) or (index.column() == _LABEL and bool(part.above))
        if part.adds and index.column() == _LABEL:
            option.palette.setColor(option.palette.ColorRole.Text, own.accent)
        elif quiet or part.adds:
            for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
                option.palette.setColor(role, own.text_2)
        if index.column() == _VALUE and part.path in ("$.number", "$.title"):
            made = QFont(option.font)
            made.setWeight(QFont.Weight.DemiBold)
            option.font = made

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.ROW)

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _words(editor: QWidget) -> str | None:
    return editor.text().strip() if isinstance(editor, QLineEdit) else None
