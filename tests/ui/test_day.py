"""A clerk's and a director's first day, with real events only: from a new file to an exported report."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from judapp import paths
from judapp.ui.pages.checks import ChecksPage
from judapp.ui.pages.entry import EntryPage
from judapp.ui.pages.export import ExportPage
from judapp.ui.pages.importing import ImportPage
from judapp.ui.window import MainWindow

from .conftest import settle, type_words
from .entry_page import type_in

FORM = "12b/BTP/BTTP/CC"


def wake(qtbot: QtBot, window: MainWindow) -> None:
    """Keys go to the active window; a popup that closed was that before."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def pick(qtbot: QtBot, window: MainWindow, keys: Qt.Key, words: str) -> None:
    """Choose a period or a unit by its key and a few letters."""
    wake(qtbot, window)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, keys, both)
    picker = window.context.period_picker if keys == Qt.Key.Key_K else window.context.unit_picker
    settle(qtbot, window.session)
    type_words(picker.search, words)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    settle(qtbot, window.session)


def go(qtbot: QtBot, window: MainWindow, number: int) -> QWidget:
    """Open a page by Ctrl and its number."""
    wake(qtbot, window)
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.session)
    shown = window.stack.currentWidget()
    assert shown is not None
    return shown


def click(qtbot: QtBot, parent: QWidget, words: str) -> None:
    """Click the visible button whose text begins so."""
    found = [b for b in parent.findChildren(QPushButton) if b.isVisible() and b.text().startswith(words)]
    assert found, [b.text() for b in parent.findChildren(QPushButton) if b.isVisible()] + [words_of(parent)]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def words_of(parent: QWidget) -> str:
    return " ".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    way, held, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(600, 400), way, mime, held, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), way, mime, held, none))


def test_the_whole_day(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = window.session

    # a new file for Nghệ An
    qtbot.mouseClick(window.start.province, Qt.MouseButton.LeftButton)
    type_words(window.start.picker.search, "nghe an")
    qtbot.keyClick(window.start.picker.search, Qt.Key.Key_Return)
    window.start.path.setText(str(tmp_path / "NgheAn.sqlite"))
    with qtbot.waitSignal(session.opened, timeout=20_000):
        qtbot.mouseClick(window.start.begin, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert window.page_name == "home"

    # 12b of the first half of 2025, typed
    pick(qtbot, window, Qt.Key.Key_K, "2025-H1")
    page = go(qtbot, window, 2)
    assert isinstance(page, EntryPage)
    session.show("entry", form=FORM)
    settle(qtbot, session)
    assert page.view is not None
    table = page.view.tables[0]
    columns = [column.name for column in table.columns]

    def put(row: int, column: str, typed: str) -> None:
        page.area.grid.put(page.area.grid.sheet.index(row, columns.index(column)))
        type_in(qtbot, page, typed)

    rows = [row.key for row in table.rows]
    first = rows.index("I")
    put(first, "2", "120")
    put(first, "3", "70")
    put(first, "4", "48")

    # a finding: 120 ≠ 70 + 48
    checks = go(qtbot, window, 4)
    assert isinstance(checks, ChecksPage)
    assert "Còn 1 lỗi" in checks.head.sentence.whole()
    assert "lệch 2" in words_of(checks)

    # mended where it was typed
    go(qtbot, window, 2)
    put(first, "4", "50")
    go(qtbot, window, 4)
    assert "lệch 2" not in words_of(checks)

    # a folder of the office's workbooks is dropped, looked at, applied
    folder = tmp_path / "gui"
    folder.mkdir()
    shutil.copy(paths.seeds() / "demo" / "workbooks" / "pl-stp_40_2024-H1.xlsx", folder)
    (folder / "anh.xlsx").write_bytes(b"\xff\xd8\xff\xe0JFIF")
    drop(window, folder)
    settle(qtbot, session)
    assert window.page_name == "import"
    importing = window.pages["import"]
    assert isinstance(importing, ImportPage)
    assert "2 tệp" in importing.head.sentence.whole()
    qtbot.keyClick(importing.table, Qt.Key.Key_Down)
    click(qtbot, importing, "Nhập vào kỳ")  # it is of another period than the one shown: into that one
    settle(qtbot, session)
    click(qtbot, importing, "Áp dụng 1 tệp")
    settle(qtbot, session)
    assert window.status.saved.text().startswith("Đã lưu lúc")

    # where the province stands
    pick(qtbot, window, Qt.Key.Key_K, "2024-H1")
    progress = go(qtbot, window, 6)
    assert "94,75" in words_of(progress)
    assert "81.452/85.961" in words_of(progress)

    # the report goes out, and is the ministry's form
    export = go(qtbot, window, 5)
    assert isinstance(export, ExportPage)
    out = tmp_path / "xuat"
    export.fields.folder.setText(str(out))
    click(qtbot, export, "Xuất 1 biểu")
    settle(qtbot, session)
    written = sorted(path.name for path in out.iterdir())
    assert "Bieu_PL-STP_40_2024-H1.xlsx" in written
    assert "manifest.json" in written
    values = {cell.value for row in load_workbook(out / written[0]).worksheets[0] for cell in row}
    assert {81452, 85961} <= values

    # tomorrow: the last act is still undone by Ctrl+Z
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, session)
    assert "94,75" not in words_of(go(qtbot, window, 6))
