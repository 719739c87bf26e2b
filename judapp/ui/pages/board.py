"""Bảng đơn vị: who sent, who is missing, what is wrong; the second tab of the page that collects files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from judapp.ui import theme
from judapp.ui.pages.board_acts import BoardActs
from judapp.ui.pages.board_groups import GROUP_NAMES, grouped, in_groups, offered
from judapp.ui.pages.board_panel import BoardPanel
from judapp.ui.pages.board_table import BoardTable, Sums
from judapp.ui.texts import language, t
from judapp.ui.widgets.basic import Bar, Empty, JobLine, button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from judapp.app.board import Chosen, Line, UnitBoard
    from judapp.app.board_detail import BoardView, Detail
    from judapp.app.workspace import Workspace
    from judapp.ui.session import Session

_AT_ONCE = 200
"""Sheets that are checked between two looks at the board, so that nobody waits for all of them."""
_NARROW, _TIGHT = 760, 900
"""Pixels below which the table needs the whole width, and below which groups are chosen by an icon alone."""
_CHIPS = ("all", "missing", "unfinished", "wrong", "duplicate", "late")


class BoardTab(QWidget):
    """The board of the unit and round shown; what is wrong is reckoned after what came is on screen."""

    sentence = Signal(str)
    """The headline, whenever it is another one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.view: BoardView | None = None
        self._family = ""
        self._sort = ""
        self._group = "area"
        self._wanted: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.told = Bar("info")
        column.addWidget(self.told)
        self.moved = Bar("warning")
        column.addWidget(self.moved)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.nothing = Empty(
            t("BOA-none"), t("BOP-to-system"), lambda: session.show("system", section="owed")
        )
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self._work())
        self.job = JobLine()
        column.addWidget(self.job)
        self.acts = BoardActs(self, session, self.told, self.job)
        column.addWidget(self._foot())
        self.setFocusProxy(self.table)

    def _work(self) -> QWidget:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.PAD)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(self._chips())
        beside.addSpacing(theme.GAP)
        self.table = BoardTable()
        self.table.opened.connect(self.open_sheet)
        self.table.picked.connect(self._pick)
        self.table.form_asked.connect(self.show_form)
        self.table.sort_asked.connect(self._sort_by)
        self.table.menu_asked.connect(self._menu)
        beside.addWidget(self.table, 1)
        beside.addWidget(Sums(self.table))
        self.split.addWidget(left)
        self.panel = BoardPanel()
        self.panel.setMinimumWidth(280)
        self.panel.sheet_asked.connect(self._open_current)
        self.panel.original_asked.connect(lambda: self._do(self.acts.save_original))
        self.panel.marked_asked.connect(lambda: self._do(self.acts.save_marked))
        self.panel.not_owed_asked.connect(lambda: self._do(self.acts.say_not_owed))
        self.panel.paper_asked.connect(lambda: self._do(self.acts.say_on_paper))
        self.panel.take_back_asked.connect(lambda: self._do(self.acts.take_back))
        self.split.addWidget(self.panel)
        self.split.setSizes([720, 310])
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        return self.split

    def _chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for name in _CHIPS:
            chip = button("", None, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._fill)
            chip.setToolTip(t("BOP-chip-late-tip") if name == "late" else "")
            group.addButton(chip)
            self.chips[name] = chip
            row.addWidget(chip)
        self.chips["all"].setChecked(True)
        self.only = button("", lambda: self.show_form(""), "chip", icon="dismiss")
        row.addWidget(self.only)
        row.addStretch(1)
        self.groups = button("", self._choose_group, "tool", icon="chevron_down", tip=t("BOP-group-tip"))
        row.addWidget(self.groups)
        return row

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.remind = button(t("BOP-list"), self._remind)
        self.copy = button(t("BOP-copy"), self._copy_reminders, tip=t("BOP-copy-tip"))
        self.templates = button(t("BOP-templates"), self._make_templates)
        self.roll = button("", self._roll_up, "primary")
        for made in (self.remind, self.copy, self.templates):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.roll)
        return self.foot

    # --- asking

    def arrive(self, **place: Any) -> None:
        """Take ``filter`` (a name of :data:`_CHIPS`) and ``form`` (a number); shown with the next answer."""
        self._wanted = place

    def refresh(self) -> None:
        """Ask for the board; what is shown stays until it comes."""
        self._ask([], after=False)

    def _ask(self, sheets: Sequence[int], *, after: bool) -> None:
        """The board once ``sheets`` are checked; ``after`` also what moved since sending."""
        unit, period = self.session.unit, self.session.period

        def work(workspace: Workspace) -> BoardView:
            from judapp.app.board import check_some
            from judapp.app.board_detail import board_view
            from judapp.app.workspace import today

            if sheets:
                check_some(workspace, sheets, period)
            return board_view(workspace, period, unit, today(), after=after)

        def then(view: BoardView) -> None:
            from judapp.app.board import unchecked

            self.show_view(view, final=after)
            left = unchecked(view.board)
            if left or not after:
                self._ask(left[:_AT_ONCE], after=len(left) <= _AT_ONCE)

        self.session.ask(self, work, then, topic="board")

    def show_view(self, view: BoardView, *, final: bool) -> None:
        """Show a board; ``final`` once everything about it is known."""
        first = self.view is None or self.view.board.period != view.board.period
        self.view = view
        wanted, self._wanted = self._wanted, {}
        if "filter" in wanted:
            self.chips[wanted["filter"]].setChecked(True)
        families = {form.family: form for form in view.board.forms}
        if "form" in wanted:
            self._family = next((f.family for f in view.board.forms if f.number == wanted["form"]), "")
        elif first or self._family not in families:
            self._family = ""
        self.sentence.emit(view.sentence.in_language(language()))
        self.stack.setCurrentIndex(1 if view.board.forms else 0)
        self.foot.setVisible(bool(view.board.forms))
        if final:
            self._tell_moved(view)
        self._fill()

    def _tell_moved(self, view: BoardView) -> None:
        words = view.moved_words.in_language(language())
        if words:
            self.moved.tell(f"{words}.", (t("BOP-look"), lambda: self.acts.show_moved(view)))
        else:
            self.moved.hide()

    # --- showing

    @property
    def board(self) -> UnitBoard | None:
        """The board as it is looked at: of one form where its head was clicked."""
        if self.view is None:
            return None
        return self.view.board.only(self._family) if self._family else self.view.board

    def _fill(self) -> None:
        board = self.board
        if board is None or self.view is None:
            return
        for name, code in (
            ("all", "BOP-chip-all"),
            ("missing", "BOP-chip-missing"),
            ("unfinished", "BOP-chip-unfinished"),
            ("wrong", "BOP-chip-wrong"),
            ("duplicate", "BOP-chip-duplicate"),
            ("late", "BOP-chip-late"),
        ):
            self.chips[name].setText(t(code, n=board.count(name)))
        for name in ("unfinished", "duplicate"):  # rarely any; four filters are read at a glance
            self.chips[name].setVisible(self.chips[name].isChecked() or board.count(name) > 0)
        self.only.setVisible(bool(self._family))
        if self._family and board.forms:
            self.only.setText(t("BOP-only", form=board.forms[0].short))
        self.groups.setVisible(len(offered(board)) > 1)
        self._name_group()
        lines = self._lines(board)
        self.table.show_lines(board, in_groups(lines, grouped(board, self._group)))
        self.remind.setEnabled(bool(lines))
        self.copy.setEnabled(bool(lines))
        self.templates.setEnabled(bool(lines))
        above = self.view.above
        self.roll.setVisible(bool(above))
        self.roll.setEnabled(not self._read_only)
        code = "BOP-roll-one" if len(above) == 1 else "BOP-roll"
        self.roll.setText(t(code, n=len(above), form=above[0].split("/")[0] if above else ""))

    def _lines(self, board: UnitBoard) -> list[Line]:
        chosen = next(name for name, chip in self.chips.items() if chip.isChecked())
        lines = [line for line in board.lines if line.fits(chosen)]
        if self._sort == "late":
            lines.sort(key=lambda line: (-line.overdue, -line.late))
        elif self._sort == "unit":
            from judapp.text import fold

            lines.sort(key=lambda line: fold(line.name))
        return lines

    def _name_group(self) -> None:
        """What units are grouped by; where there is no room, the icon alone."""
        words = t("BOP-group", name=t(GROUP_NAMES[grouped(self.board, self._group)])) if self.board else ""
        self.groups.setText("" if self.width() < _TIGHT else words)
        self.groups.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= _NARROW)  # what it says, tooltips and the menu say as well
        self._name_group()

    def _choose_group(self) -> None:
        board = self.board
        if board is None:
            return
        menu = QMenu(self)
        for name in offered(board):
            act = menu.addAction(t(GROUP_NAMES[name]), partial(self._group_by, name))
            act.setCheckable(True)
            act.setChecked(name == grouped(board, self._group))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.groups.mapToGlobal(QPoint(0, self.groups.height())))

    def _group_by(self, name: str) -> None:
        self._group = name
        self._fill()

    def show_form(self, family: str) -> None:
        """Show one form only; the same again, or "", shows all."""
        self._family = "" if family == self._family else family
        self._fill()

    def _sort_by(self, what: str) -> None:
        self._sort = "" if what == self._sort else what
        self._fill()

    # --- one cell

    def _pick(self, unit: str, family: str) -> None:
        board, lang = (self.view.board if self.view else None), language()
        if not unit or board is None:
            self.panel.show_detail(None)
            return

        def work(workspace: Workspace) -> Detail | None:
            from judapp.app.board_detail import detail

            return detail(workspace, board, unit, family, lang)

        def then(found: Detail | None) -> None:
            self.panel.show_detail(found, read_only=self._read_only)

        self.session.ask(self, work, then, topic="detail")

    def _open_current(self) -> None:
        found = self.table.current()
        if found is not None:
            self.open_sheet(*found)

    def open_sheet(self, unit: str, family: str) -> None:
        """Show the sheet of a cell, where it can be typed or mended."""
        board = self.view.board if self.view else None
        form = next((form for form in board.forms if form.family == family), None) if board else None
        if form is not None:
            self.session.go(unit=unit)
            self.session.show("entry", form=form.number)

    def _menu(self, where: QPoint) -> None:
        chosen, board = self._chosen(), self.board
        if chosen is None or board is None:
            return
        menu = QMenu(self)
        menu.setObjectName("board-menu")
        menu.addAction(t("BOP-open-sheet"), self._open_current)
        if chosen.imported is not None:
            menu.addAction(t("BOP-original"), lambda: self.acts.save_original(chosen))
            if chosen.errors:
                menu.addAction(t("BOP-marked"), lambda: self.acts.save_marked(chosen))
        if chosen.may_mark and not self._read_only:
            menu.addSeparator()
            if chosen.marked:
                menu.addAction(t("BOP-take-back"), lambda: self.acts.take_back(chosen))
            else:
                menu.addAction(t("BOP-not-owed"), lambda: self.acts.say_not_owed(chosen))
                menu.addAction(t("BOP-on-paper"), lambda: self.acts.say_on_paper(chosen))
        menu.addSeparator()
        menu.addAction(t("BOP-copy-one"), lambda: self.acts.copy_reminders(board, {chosen.unit}))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _chosen(self) -> Chosen | None:
        """The cell at hand, as far as acts want it; what the panel says of it may still be on its way."""
        found = self.table.current()
        if found is None or self.view is None:
            return None
        from judapp.app.board import cell_at

        return cell_at(self.view.board, *found)

    def _do(self, act: Callable[[Chosen], object]) -> None:
        cell = self._chosen()
        if cell is not None:
            act(cell)

    @property
    def _read_only(self) -> bool:
        return self.session.facts is None or self.session.facts.read_only

    # --- all that are shown

    def _shown(self) -> tuple[UnitBoard, set[str]] | None:
        board = self.board
        return None if board is None else (board, {line.unit for line in self._lines(board)})

    def _remind(self) -> None:
        if (shown := self._shown()) is not None:
            self.acts.remind_as_workbook(*shown)

    def _copy_reminders(self) -> None:
        if (shown := self._shown()) is not None:
            self.acts.copy_reminders(*shown)

    def _make_templates(self) -> None:
        if (shown := self._shown()) is not None:
            self.acts.make_templates(*shown)

    def _roll_up(self) -> None:
        if self.view is not None:
            self.acts.roll_up(self.view.board)
