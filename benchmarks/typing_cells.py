"""A figure typed and a sheet opened in the real window, beside plain tables of the same size."""

from __future__ import annotations

import os
import platform
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent / "parts"))

import typing_data
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QEventLoop,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QWidget

from judapp.app import workspace as at_work
from judapp.ui.app import make_application
from judapp.ui.garbage import GarbageCollector
from judapp.ui.pages.entry import EntryPage
from judapp.ui.session import Session, open_file
from judapp.ui.settings import settings
from judapp.ui.window import MainWindow

SIZE = (1366, 697)
OTHER = "21b/TP/HTPLDN"
"""Another form, which is shown before the one whose opening is measured."""
SHEETS = {"10b, 168 offices": typing_data.NOTARIES, "300 × 40": typing_data.WIDE}
CELLS, WARM_UP, PAUSED, OPENINGS = 330, 30, 60, 7
GAP = 0.5
"""Seconds between two cells of somebody who reads from paper."""

Times = dict[str, list[float]]
Index = QModelIndex | QPersistentModelIndex


class PlainModel(QAbstractTableModel):
    """Texts in a list of lists, and nothing else."""

    def __init__(self, texts: list[list[str]]) -> None:
        super().__init__()
        self.texts = texts

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(self.texts[0])

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.texts[index.row()][index.column()]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self.texts[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        return True


def standard_model(texts: list[list[str]]) -> QStandardItemModel:
    made = QStandardItemModel(len(texts), len(texts[0]))
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            if text:
                made.setItem(row, column, QStandardItem(text))
    return made


def plain_window(model: QAbstractTableModel) -> tuple[QMainWindow, QTableView]:
    window, table = QMainWindow(), QTableView()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(*SIZE)
    window.show()
    return window, table


# --- the window under measure


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    loop, look = QEventLoop(), QTimer(interval=1)  # asleep between two looks, so that the worker has its turn
    look.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    look.start()
    if not until():
        loop.exec()
    if not until():
        raise SystemExit("the window does not answer")


def open_window(file: Path) -> MainWindow:
    """The window with a data file open and no form chosen yet."""
    window = MainWindow(Session(who="đo"))
    window.resize(*SIZE)
    window.show()
    open_again(window, file)
    return window


def open_again(window: MainWindow, file: Path) -> None:
    opened: list[bool] = []
    window.session.open(open_file(file), lambda: opened.append(True))
    wait(lambda: bool(opened))
    window.session.go(period=typing_data.PERIOD)
    wait(lambda: not window.session.busy)


def show_form(window: MainWindow, form: str) -> EntryPage:
    window.session.show("entry", form=form)
    page = window.pages["entry"]
    assert isinstance(page, EntryPage)
    wait(lambda: page.view is not None and page.view.form == form and page.area.grid.currentIndex().isValid())
    wait(lambda: not window.session.busy)
    window.activateWindow()
    page.area.grid.setFocus()
    QApplication.processEvents()
    return page


def type_cell(table: QTableView, editor: Callable[[], QWidget | None], digits: str, times: Times) -> None:
    """Type a figure into the active cell and commit it with Enter; each key until everything is repainted."""
    for at, key in enumerate([*digits, Qt.Key.Key_Return]):
        target = editor() or table
        start = time.perf_counter()
        QTest.keyClick(target, key)
        QApplication.processEvents()
        name = "first digit" if at == 0 else "digit" if at < len(digits) else "Enter"
        times.setdefault(name, []).append(time.perf_counter() - start)


def editor_of(table: QTableView) -> Callable[[], QWidget | None]:
    def find() -> QWidget | None:
        return next((e for e in table.viewport().findChildren(QLineEdit) if e.isVisible()), None)

    return find


def measure_typing(file: Path, form: str) -> tuple[dict[str, Times], set[str]]:
    """Times of each key by table, turns alternated; and the threads that committed."""
    commits: set[str] = set()
    plain_apply = at_work.apply

    def apply(*args: Any) -> Any:
        commits.add(threading.current_thread().name)
        return plain_apply(*args)

    at_work.apply = apply
    window = open_window(file)
    page = show_form(window, form)
    grid, view = page.area.grid, page.view
    assert view is not None
    shown = view.tables[0]
    open_cells = [
        (row, column)
        for row in range(len(shown.rows))
        for column in range(len(shown.columns))
        if (cell := shown.cell(row, column)).enterable and cell.kind == "open"
    ]
    texts = [[shown.cell(r, c).text for c in range(len(shown.columns))] for r in range(len(shown.rows))]
    plain = {
        "plain, Python model": plain_window(PlainModel([list(line) for line in texts])),
        "plain, QStandardItemModel": plain_window(standard_model(texts)),
    }
    times: dict[str, Times] = {"judapp": {}, "judapp, with pauses": {}} | {name: {} for name in plain}
    chance = random.Random(7)
    for turn, (row, column) in enumerate(chance.choices(open_cells, k=CELLS)):
        kept: dict[str, Times] = {name: {} for name in times} if turn < WARM_UP else times
        digits = str(chance.randrange(10, 9999))
        window.activateWindow()
        grid.setFocus()
        grid.go((shown.key, shown.rows[row].key, shown.columns[column].name))
        QApplication.processEvents()
        type_cell(grid, lambda: grid.cells.editor, digits, kept["judapp"])
        wait(lambda: not window.session.writing)
        for name, (other, table) in plain.items():
            other.activateWindow()
            table.setFocus()
            index = table.model().index(row, column)
            table.setCurrentIndex(index)
            table.scrollTo(index)
            QApplication.processEvents()
            type_cell(table, editor_of(table), digits, kept[name])
    window.activateWindow()
    for row, column in chance.choices(open_cells, k=PAUSED):
        grid.setFocus()
        grid.go((shown.key, shown.rows[row].key, shown.columns[column].name))
        ready = time.monotonic() + GAP
        wait(lambda until=ready: time.monotonic() > until)
        digits = str(chance.randrange(10, 9999))
        type_cell(grid, lambda: grid.cells.editor, digits, times["judapp, with pauses"])
    wait(lambda: not window.session.busy)
    at_work.apply = plain_apply
    close(window)
    return times, commits


def close(window: MainWindow) -> None:
    window.session.close()
    window.close()
    window.deleteLater()
    QApplication.processEvents()


# --- opening


class Painted(QObject):
    """Sees when a viewport was painted after something was there to paint."""

    def __init__(self, viewport: QWidget, there: Callable[[], bool]) -> None:
        super().__init__()
        self.seen = False
        self._there = there
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._there():
            self.seen = True
        return False


def open_sheet(window: MainWindow, file: Path, form: str) -> float:
    """From choosing the form until its grid is painted; the file was opened anew."""
    show_form(window, OTHER)  # which the page comes back to, so that the sheet was never read
    open_again(window, file)
    page = show_form(window, OTHER)
    grid = page.area.grid

    def there() -> bool:
        return page.view is not None and page.view.form == form and grid.currentIndex().isValid()

    painted = Painted(grid.viewport(), there)
    start = time.perf_counter()
    window.session.show("entry", form=form)
    wait(lambda: painted.seen)
    taken = time.perf_counter() - start
    grid.viewport().removeEventFilter(painted)
    return taken


def plain_texts(file: Path, rows: list[str], columns: list[str], form: str) -> list[list[str]]:
    """The figures of the sheet as plain sqlite3 reads them, grouped by dots."""
    connection = sqlite3.connect(file)
    found = {
        (row, col): f"{value:,}".replace(",", ".") if value is not None else text or ""
        for row, col, value, text in connection.execute(
            "select f.row, f.col, f.value, f.text from figure f join sheet s on s.id = f.sheet"
            " join form_version v on v.id = s.form_version where v.number = ? and s.period = ?",
            (form, typing_data.PERIOD.code),
        )
    }
    connection.close()
    return [[found.get((row, column), "") for column in columns] for row in rows]


def open_plain(window: QMainWindow, file: Path, rows: list[str], columns: list[str], form: str) -> float:
    start = time.perf_counter()
    table = QTableView()
    painted = Painted(table.viewport(), lambda: table.currentIndex().isValid())
    table.setModel(standard_model(plain_texts(file, rows, columns, form)))
    window.setCentralWidget(table)
    table.setCurrentIndex(table.model().index(0, 0))
    wait(lambda: painted.seen)
    return time.perf_counter() - start


def measure_opening(file: Path, form: str) -> dict[str, list[float]]:
    window = open_window(file)
    page = show_form(window, form)
    assert page.view is not None
    table = page.view.tables[0]
    rows, columns = [line.key for line in table.rows], [leaf.name for leaf in table.columns]
    other = QMainWindow()
    other.resize(*SIZE)
    other.show()
    times: dict[str, list[float]] = {"judapp": [], "plain": []}
    for _ in range(OPENINGS):
        times["judapp"].append(open_sheet(window, file, form))
        wait(lambda: not window.session.busy)
        times["plain"].append(open_plain(other, file, rows, columns, form))
    other.close()
    close(window)
    return times


# --- memory, each in a process of its own


def peak() -> float:
    """The most memory this process had since it was told to forget, in MB; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def added_by(what: str, file: Path, form: str) -> float:
    """MB that opening the sheet and typing 50 figures add at most to a window with the file open."""
    rows, columns = typing_data.rows_and_columns(file, form)
    window = open_window(file)
    show_form(window, OTHER)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the peak so far
    before = peak()
    if what == "judapp":
        page = show_form(window, form)
        for _ in range(50):
            type_cell(page.area.grid, lambda: page.area.grid.cells.editor, "4711", {})
        wait(lambda: not window.session.busy)
    else:
        other, table = plain_window(standard_model(plain_texts(file, rows, columns, form)))
        QApplication.processEvents()
        table.setCurrentIndex(table.model().index(1, 1))
        for _ in range(50):
            type_cell(table, editor_of(table), "4711", {})
        other.close()
    found = peak() - before
    close(window)
    return found


# --- the report


def p(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def tell(name: str, times: dict[str, Times], commits: set[str]) -> None:
    print(f"\n{name}: one key until everything is repainted, ms (p50 / p95)")
    base = times["plain, Python model"]
    for table, found in times.items():
        cells = [f"{key} {p(found[key], 0.5):6.1f} / {p(found[key], 0.95):6.1f}" for key in found]
        ratio = p(found["Enter"], 0.95) / p(base["Enter"], 0.95)
        print(f"  {table:<27}{'   '.join(cells)}   Enter p95 {ratio:5.2f} ×")
    here = threading.current_thread().name
    print(f"  committed in the thread: {', '.join(sorted(commits))} (the window's is {here})")


def main() -> None:
    application = make_application()
    garbage = GarbageCollector(application)  # as in the program
    if sys.argv[1:2] == ["--memory"]:
        print(added_by(sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
        return
    settings().clear()
    settings().setValue("page", "entry")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()}, {machine}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "do.sqlite"
        typing_data.make(file).close()
        for name, form in SHEETS.items():
            if sys.argv[1:] and sys.argv[1] not in name:
                continue
            times, commits = measure_typing(Path(shutil.copy(file, file.with_name("a.sqlite"))), form)
            tell(name, times, commits)
            opening = measure_opening(Path(shutil.copy(file, file.with_name("b.sqlite"))), form)
            middle = {what: statistics.median(found) * 1000 for what, found in opening.items()}
            ratio = middle["judapp"] / middle["plain"]
            print(f"  opened: {middle['judapp']:.0f} ms, plain {middle['plain']:.0f} ms, {ratio:.2f} ×")
            for what in ("judapp", "plain"):
                copy = shutil.copy(file, file.with_name("c.sqlite"))
                told = subprocess.run(
                    [sys.executable, __file__, "--memory", what, str(copy), form],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                print(f"  memory added by the {what} table: {float(told.stdout.split()[-1]):.0f} MB")
    garbage.stop()


if __name__ == "__main__":
    main()
