"""Areas of work with their circulars: the part of the catalogue that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.forms_view import Catalogue

Place = tuple[str, str]
"""Area and circular, "" for all of them."""
ALL: Place = ("", "")
WIDTH = 232
_ROW = 26
_PLACE = Qt.ItemDataRole.UserRole


class AreaTree(QTreeWidget):
    """Each branch with the number of its forms."""

    picked = Signal()
    """Another branch became current."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(16)
        self.setFixedWidth(WIDTH)
        self.setUniformRowHeights(True)
        self.setAccessibleName(t("FMP-tree"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.branches: dict[Place, QTreeWidgetItem] = {}
        self.currentItemChanged.connect(self._pick)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Grow the tree anew, with the same branch current and the same ones open."""
        former = self.place()
        unfolded = {place for place, item in self.branches.items() if item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self.branches = {ALL: _branch(t("FMP-tree-all"), len(catalogue.lines), ALL)}
        self.addTopLevelItem(self.branches[ALL])
        for branch in catalogue.branches:
            place = (branch.area, "")
            top = _branch(branch.area[:1].upper() + branch.area[1:], branch.forms, place)
            self.branches[place] = top
            self.addTopLevelItem(top)
            for circular, forms in branch.circulars:
                below = _branch(circular, forms, (branch.area, circular))
                self.branches[branch.area, circular] = below
                top.addChild(below)
            top.setExpanded(place in unfolded)
        self.setCurrentItem(self.branches.get(former, self.branches[ALL]))
        self.blockSignals(False)

    def _pick(self, now: QTreeWidgetItem | None) -> None:
        """An area that is looked at shows its circulars."""
        if now is not None:
            now.setExpanded(True)
            self.picked.emit()

    def place(self) -> Place:
        """The branch that is current."""
        item = self.currentItem()
        found: Place = item.data(0, _PLACE) if item is not None else ALL
        return found

    def go(self, place: Place) -> None:
        """Make a branch current."""
        if place in self.branches:
            self.setCurrentItem(self.branches[place])


def _branch(words: str, forms: int, place: Place) -> QTreeWidgetItem:
    made = QTreeWidgetItem([f"{words}  {forms}"])
    made.setData(0, _PLACE, place)
    made.setSizeHint(0, QSize(0, _ROW))
    made.setToolTip(0, words)
    return made
