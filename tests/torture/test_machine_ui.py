"""Random hands at the real window against a model that is a dict: grid, file and model agree at every rest.

Between two rests acts follow each other as fast as keys can, while others are still on their way to the disk.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from judapp.app import own_rows
from judapp.app.grid_view import SheetView
from judapp.app.workspace import Workspace
from judapp.domain.number import format_vi
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.store.operations import Applied
from judapp.store.verify import verify
from tests.sheet_views import sheet_view
from tests.torture import oracle
from tests.torture.oracle import Cell, differences
from tests.torture.paper import COLUMNS, NUMBER, OWNER, PERIOD, ROWS, new_file
from tests.torture.typist import Typist
from tests.ui.conftest import collected_here, fresh_settings, type_words

__all__ = ["collected_here", "fresh_settings"]

_AT = st.integers(min_value=0, max_value=10_000)
_SAMPLE = st.integers(min_value=0, max_value=100)
_ARROWS = {"down": Qt.Key.Key_Down, "right": Qt.Key.Key_Right}
_LEAVES = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OTHER = Period(2025, "H1")
Cells = dict[CellKey, Cell]


def typed_of(cell: Cell | None) -> str:
    """A cell as one would type it again."""
    if cell is None:
        return ""
    signs = {oracle.NIL: "-", oracle.PENDING: "..", oracle.OUT: "⊘"}
    if cell.state in signs:
        return signs[cell.state]
    if cell.value is None:
        return cell.text or ""
    if cell.estimate:
        return f"{cell.value - cell.estimate}+{cell.estimate}"
    return str(cell.value)


def shown_of(cell: Cell | None) -> str:
    """A count as the grid shows it."""
    if cell is None:
        return ""
    signs = {oracle.NIL: "–", oracle.PENDING: "…", oracle.OUT: "⊘"}
    if cell.state in signs:
        return signs[cell.state]
    return cell.text or "" if cell.value is None else format_vi(cell.value)


def again(cell: Cell | None, former: Cell | None) -> Cell | None:
    """What a copy of ``cell`` makes of ``former``: a bare number keeps the estimated part there."""
    if cell is not None and cell.state == oracle.NUMBER and not cell.estimate:
        return cell._replace(estimate=former.estimate if former is not None else None)
    return cell


class Hands(RuleBasedStateMachine):
    """One window, one sheet; only the rows of the form with counts are typed into, and one's own rows."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "g.sqlite"
        new_file(self.path).close()
        self.typist = Typist(self.path)
        self.page, self.grid = self.typist.page, self.typist.page.area.grid
        self.typist.session.pause_after(1)
        self.typist.session.saved.disconnect(self.typist.look)
        self.cells: Cells = {}
        self.done: list[Cells] = []
        self.taken_back: list[Cells] = []
        self.acts = 0

    # --- helpers

    def key(self, at: int) -> CellKey:
        """A cell of the two groups."""
        group, rest = divmod(at, ROWS * COLUMNS)
        row, column = divmod(rest, COLUMNS)
        return "", f"{('I', 'II')[group % 2]}.{row + 1}", str(column + 1)

    def block(self, at: int, height: int, width: int) -> list[list[CellKey]]:
        """The cells of a rectangle of one group, cut at its edges."""
        _, row, column = self.key(at)
        group, _, number = row.partition(".")
        rows = range(int(number), min(int(number) + height, ROWS + 1))
        columns = range(int(column), min(int(column) + width, COLUMNS + 1))
        return [[("", f"{group}.{r}", str(c)) for c in columns] for r in rows]

    def now(self, cells: Cells) -> None:
        """The model after an act; one that changes nothing is none."""
        if cells != self.cells:
            self.acts += 1
            self.done.append(self.cells)
            self.taken_back.clear()
            self.cells = cells

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.grid.cells.editor or self.grid, key, held)

    def hands(self, key: CellKey, text: str) -> None:
        """Type into a cell; the editor stays open."""
        assert self.grid.go(key)
        if not text:
            self.press(Qt.Key.Key_Backspace)
        for sign in text:
            type_words(self.grid.cells.editor or self.grid, sign)

    def select(self, block: list[list[CellKey]]) -> None:
        assert self.grid.go(block[0][0])
        for _ in block[1:]:
            self.press(Qt.Key.Key_Down, _SHIFT)
        for _ in block[0][1:]:
            self.press(Qt.Key.Key_Right, _SHIFT)

    def say_yes(self) -> None:
        """To the dialog that asks where something cannot be read."""
        window = self.typist.window
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                QTest.keyClick(dialog, Qt.Key.Key_Return)
        window.activateWindow()  # no window manager does it after a dialog
        self.typist.until(lambda: QApplication.activeWindow() is window)
        self.grid.setFocus()

    def count(self, sample: int) -> str:
        texts = list(oracle.COUNTS)
        return texts[sample % len(texts)]

    # --- acts

    @initialize()
    def begin(self) -> None:
        self.hands(self.key(0), "5")
        self.press(Qt.Key.Key_Return)
        self.now({self.key(0): Cell(oracle.NUMBER, 5)})

    @rule(at=_AT, sample=_SAMPLE, leave=st.sampled_from(_LEAVES))
    def type_in(self, at: int, sample: int, leave: Qt.Key) -> None:
        key, text = self.key(at), self.count(sample)
        self.hands(key, text)
        self.press(leave)
        self.now(oracle.after(self.cells, {key: text}))

    @rule(at=_AT, sample=_SAMPLE)
    def edit(self, at: int, sample: int) -> None:
        """F2, everything marked, typed over, Enter."""
        key, text = self.key(at), self.count(sample) or "7"
        meant = "5" if text == "7" else text
        assert self.grid.go(key)
        self.press(Qt.Key.Key_F2)
        self.press(Qt.Key.Key_A, _CTRL)
        for sign in meant:
            type_words(self.grid.cells.editor or self.grid, sign)
        self.press(Qt.Key.Key_Return)
        self.now(oracle.after(self.cells, {key: meant}))

    @rule(at=_AT, sample=_SAMPLE)
    def think_better_of_it(self, at: int, sample: int) -> None:
        """Esc undoes the typing."""
        self.hands(self.key(at), self.count(sample) or "1")
        self.press(Qt.Key.Key_Escape)

    @rule(
        at=_AT,
        height=st.integers(1, 4),
        width=st.integers(1, 4),
        samples=st.lists(_SAMPLE, min_size=16, max_size=16),
    )
    def paste(self, at: int, height: int, width: int, samples: list[int]) -> None:
        block = self.block(at, height, width)
        drawn = iter(samples)
        texts = {key: self.count(next(drawn)) for row in block for key in row}
        if not any(texts.values()):
            return
        lines = "\r\n".join("\t".join(texts[key] for key in row) for row in block)
        QApplication.clipboard().setText(lines + "\r\n")
        assert self.grid.go(block[0][0])
        self.press(Qt.Key.Key_V, _CTRL)
        self.say_yes()
        self.now(oracle.after(self.cells, texts))

    @rule(at=_AT, height=st.integers(1, 4), width=st.integers(1, 4))
    def empty(self, at: int, height: int, width: int) -> None:
        block = self.block(at, height, width)
        self.select(block)
        self.press(Qt.Key.Key_Delete)
        gone = {key for row in block for key in row}
        self.now({key: cell for key, cell in self.cells.items() if key not in gone})

    @rule(at=_AT, height=st.integers(2, 4), width=st.integers(2, 4), down=st.booleans())
    def fill(self, at: int, height: int, width: int, down: bool) -> None:
        """Ctrl+D, Ctrl+R: the first row or column of the selection into its other ones."""
        block = self.block(at, height, width)
        if len(block) < 2 or len(block[0]) < 2:
            return
        self.select(block)
        self.press(Qt.Key.Key_D if down else Qt.Key.Key_R, _CTRL)
        cells = dict(self.cells)
        for r, row in enumerate(block):
            for c, key in enumerate(row):
                source = block[0][c] if down else block[r][0]
                if key != source and typed_of(self.cells.get(key)) != typed_of(self.cells.get(source)):
                    made = again(self.cells.get(source), self.cells.get(key))
                    cells.pop(key, None)
                    if made is not None:
                        cells[key] = made
        self.now(cells)

    @rule(at=_AT, height=st.integers(1, 3), width=st.integers(1, 3), sample=_SAMPLE)
    def type_into_all(self, at: int, height: int, width: int, sample: int) -> None:
        """Ctrl+Enter: what was typed into every selected cell."""
        block, text = self.block(at, height, width), self.count(sample) or "5"
        self.select(block)
        for sign in text:
            type_words(self.grid.cells.editor or self.grid, sign)
        self.press(Qt.Key.Key_Return, _CTRL)
        self.now(oracle.after(self.cells, {key: text for row in block for key in row}))

    @rule(at=_AT, to=_AT, height=st.integers(1, 3), width=st.integers(1, 3), cut=st.booleans())
    def copy_and_paste(self, at: int, to: int, height: int, width: int, cut: bool) -> None:
        """Ctrl+C or Ctrl+X, and Ctrl+V of the same elsewhere."""
        block = self.block(at, height, width)
        self.select(block)
        self.press(Qt.Key.Key_X if cut else Qt.Key.Key_C, _CTRL)
        copied = {key: self.cells.get(key) for row in block for key in row}
        if cut:
            self.now({key: cell for key, cell in self.cells.items() if key not in copied})
        onto = self.block(to, len(block), len(block[0]))
        if (len(onto), len(onto[0])) != (len(block), len(block[0])) or not any(copied.values()):
            return
        assert self.grid.go(onto[0][0])
        self.press(Qt.Key.Key_V, _CTRL)
        self.say_yes()
        cells = dict(self.cells)
        for source_row, row in zip(block, onto, strict=True):
            for source, key in zip(source_row, row, strict=True):
                made = again(copied[source], self.cells.get(key))
                cells.pop(key, None)
                if made is not None:
                    cells[key] = made
        self.now(cells)

    @rule(at=_AT, part=st.sampled_from(["4", "0", ""]))
    def estimate(self, at: int, part: str) -> None:
        """In the layer "Trong đó ước tính" only that part is typed; the printed number stays."""
        key = self.key(at)
        cell = self.cells.get(key)
        if cell is None or cell.state != oracle.NUMBER:
            return
        self.page.area.reading.show_layer("estimated")
        self.hands(key, part)
        self.press(Qt.Key.Key_Return)
        self.page.area.reading.show_layer("printed")
        self.now({**self.cells, key: cell._replace(estimate=int(part) if part else None)})

    @rule(at=_AT)
    def write_why(self, at: int) -> None:
        """Shift+F2, a reason or note that was never written before, Ctrl+Enter."""
        assert self.grid.go(self.key(at))
        self.press(Qt.Key.Key_F2, _SHIFT)
        field = QApplication.focusWidget()
        assert field is not None
        assert field is not self.grid
        QTest.keyClick(field, Qt.Key.Key_A, _CTRL)
        type_words(field, f"Lý do {self.acts}")
        QTest.keyClick(field, Qt.Key.Key_Return, _CTRL)
        assert not field.isVisible()
        self.acts += 1
        self.done.append(self.cells)
        self.taken_back.clear()

    @rule(label=st.sampled_from(["Tổ A", "Tổ B"]))
    def add_row(self, label: str) -> None:
        """Somebody's act that changes the rows while one types."""

        def work(workspace: Workspace) -> Applied:
            return own_rows.add_row(workspace, NUMBER, workspace.units[OWNER], PERIOD, "", "IV", label)[1]

        self.typist.session.act(work)
        self.acts += 1
        self.done.append(self.cells)
        self.taken_back.clear()

    @rule(at=_AT, sample=_SAMPLE)
    def go_elsewhere_while_typing(self, at: int, sample: int) -> None:
        """Another period is shown with the editor open, and this one again: the text is in its cell."""
        key, text = self.key(at), self.count(sample) or "5"
        self.hands(key, text)
        self.typist.session.go(period=OTHER)
        self.typist.until(lambda: not self.typist.session.busy)
        self.typist.session.go(period=PERIOD)
        self.now(oracle.after(self.cells, {key: text}))
        self.rest()  # the former sheet is shown again only then

    @precondition(lambda self: self.done)
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.done))):
            self.press(Qt.Key.Key_Z, _CTRL)
            self.taken_back.append(self.cells)
            self.cells = self.done.pop()
        self.rest()  # what is copied or cut next is what one sees

    @precondition(lambda self: self.taken_back)
    @rule()
    def redo(self) -> None:
        self.press(Qt.Key.Key_Y, _CTRL)
        self.done.append(self.cells)
        self.cells = self.taken_back.pop()
        self.rest()

    # --- at rest

    @rule()
    def rest(self) -> None:
        """Everything is on the disk and shown: grid, file and model agree, and the view is the file's."""
        session = self.typist.session
        self.typist.until(lambda: not session.busy)
        QApplication.processEvents()
        assert self.grid.cells.editor is None
        with Workspace.open(self.path, read_only=True) as workspace:
            rows = workspace.file.rows("select tbl, row, col, state, value, est, text from figure")
            acts = workspace.file.row("select count(*) from op where undoes is null and kind <> 'new'")[0]
        assert acts == self.acts  # nothing is committed twice, nothing makes a step that changes nothing
        views: list[SheetView] = []
        session.ask(self.page, lambda w: sheet_view(w, NUMBER, OWNER, PERIOD), views.append, topic="test")
        self.typist.until(lambda: bool(views))
        stored = {(t, r, c): Cell(*cell) for t, r, c, *cell in rows}
        assert stored == self.cells
        for at in range(2 * ROWS * COLUMNS):
            key = self.key(at)
            assert self.grid.sheet.index_of(key).data() == shown_of(self.cells.get(key)), key
        assert self.page.view is not None
        assert differences(self.page.view, views[0]) == []

    def teardown(self) -> None:
        self.typist.close()
        with Workspace.open(self.path) as workspace:
            rows = workspace.file.rows("select tbl, row, col, state, value, est, text from figure")
            assert {(t, r, c): Cell(*cell) for t, r, c, *cell in rows} == self.cells
            assert verify(workspace.file, deep=True) == []
        self._folder.cleanup()


def test_random_hands_agree_with_a_model(qapp: QApplication, thorough: bool) -> None:
    """Keys, clipboard, fills, undo and redo, other acts and pages between, faster than the disk."""
    if thorough or os.environ.get("JUDAPP_HYPOTHESIS") == "deep":
        how = settings(max_examples=30, stateful_step_count=60)
    else:
        how = settings(max_examples=2, stateful_step_count=25)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(Hands, settings=settings(how, suppress_health_check=checks))
