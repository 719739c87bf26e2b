"""Whatever comes in by key, clipboard or input method: kept and marked, or refused with a sentence.

Never a crash, never a warning of Qt, never another cell changed (issue 6, "Bad input").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from judapp.app.workspace import Workspace
from judapp.domain.shape import CellKey
from judapp.store.verify import verify
from judapp.ui.pages.entry import EntryPage
from tests.torture.paper import COUNTS, NUMBER, PERIOD, new_file
from tests.ui.conftest import Opened, settle, type_words

HERE: CellKey = ("", "I.4", "3")
"""The cell everything is typed into; others above, below and beside hold numbers."""

Stored = tuple[int, int | None, int | None, str | None]
_UNREADABLE = 5
Arrives = Callable[[EntryPage], None]

RTL, LTR, ZWJ, ZWNJ, BOM = "\u202e", "\u200e", "\u200d", "\u200c", "\ufeff"
NFD = unicodedata.normalize("NFD", "Đường số 5")
TCVN3 = "Sè l­îng vô viÖc"
"""Text of the old font encoding as it arrives where nobody converts it."""


class Case(msgspec.Struct, frozen=True):
    """Something that arrives; ``number`` where it is one after all, ``said`` where it cannot be text."""

    name: str
    arrives: Arrives
    number: int | None = None
    said: bool = False


def keys(text: str) -> Arrives:
    """By the keyboard, then Enter."""

    def arrive(page: EntryPage) -> None:
        grid = page.area.grid
        for sign in text:
            type_words(grid.cells.editor or grid, sign)
        QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)

    return arrive


def composed(text: str) -> Arrives:
    """By an input method that commits the text at once, then Enter."""

    def arrive(page: EntryPage) -> None:
        grid = page.area.grid
        target = grid.cells.editor or grid
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)
        QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)

    return arrive


def edited(text: str) -> Arrives:
    """Pasted into the open editor (F2), then Enter."""

    def arrive(page: EntryPage) -> None:
        grid = page.area.grid
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(grid, Qt.Key.Key_F2)
        QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(grid.cells.editor or grid, Qt.Key.Key_Return)

    return arrive


def pasted(text: str = "", fill: Callable[[QMimeData], None] | None = None) -> Arrives:
    """By Ctrl+V on the cell."""

    def arrive(page: EntryPage) -> None:
        data = QMimeData()
        if text:
            data.setText(text)
        if fill is not None:
            fill(data)
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(page.area.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    return arrive


def picture(data: QMimeData) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data.setImageData(image)


def files(data: QMimeData) -> None:
    data.setUrls([QUrl.fromLocalFile("/x/bieu 1.xlsx"), QUrl.fromLocalFile("/x/bieu 2.xlsx")])


def table(data: QMimeData) -> None:
    data.setHtml("<table><tr><td>mười hai<td><b>abc</b></tr><tr><td colspan=2><script>1</script>x</table>")


def broken_table(data: QMimeData) -> None:
    data.setHtml("<table><tr><td rowspan=99999999 colspan=-1>12<table><tr><td>&#xD800;&#0;</table>" * 50)


def raw(form: str, content: bytes) -> Callable[[QMimeData], None]:
    """Bytes under the name of a form."""
    return lambda data: data.setData(form, content)


WORDS = [
    *("mười hai", "12O", "1e5", "0x1F", "1/2", "½", "12²", "١٢", "１２a", "#REF!", "NaN", "nan", "inf"),
    *("-Infinity", "10000000000000000", "99999999999999999999999999", "1,5", "--5", "(5", "5)", "5-"),
    *("1.2.3", "1,2,3", "12 15", "=1/0", "=SUM(A1:A3)", "=cmd|' /C calc'!A0", "=9**9**9"),
    *("=" + "(" * 80 + "1" + ")" * 80, "@x", "+x", "'x", "😀", "👩\u200d👩\u200d👧", f"1{RTL}2", f"{RTL}21"),
    *(f"1{ZWJ}x", f"x{ZWNJ}{BOM}", NFD, TCVN3, "</td><b>x", "%s %n {0} \\x00", "a" * 5_000, "ậ"),
    *("Z\u0338\u034ea\u0335", "１２３a", "１\u3000x"),
]

CASES = [
    *(Case(f"keys {text[:12]!r}", keys(text)) for text in WORDS[::2] if len(text) < 100),
    *(Case(f"composed {text[:12]!r}", composed(text)) for text in WORDS[1::2]),
    *(Case(f"pasted {text[:12]!r}", pasted(text)) for text in WORDS),
    *(Case(f"into the editor {text[:12]!r}", edited(text)) for text in WORDS[::4]),
    Case("full-width digits", composed("１２３"), number=123),
    Case("a number among joiners", composed(f"{ZWJ}1{ZWJ}2{BOM}3{ZWNJ}"), number=123),
    Case("a number behind a mark of direction", composed(f"{LTR}123"), number=123),
    Case("a negative number where it is one", composed("-5"), number=-5),
    Case("a tone alone, as the number row of Windows gives it", keys("\u0300"), number=5),
    Case("a tone alone in a workbook", pasted("\u0300")),
    Case("NUL by key", keys("1\x002"), number=12),
    Case("NUL composed", composed("1\x00x")),
    Case("NUL pasted", pasted("1\x00x")),
    Case("NUL into the editor", edited("1\x00x")),
    Case("control signs", pasted("\x01\x02\x1b[31mx\x7f")),
    Case("half a letter composed", composed("x\ud83d")),
    Case("half a letter pasted", pasted("x\udc00\ud83d")),
    Case("half a letter into the editor", edited("\ud83dx")),
    Case("half a letter by key", keys("x\ud83d")),
    Case("line ends into the editor", edited("x\r\ny\u2028z\u2029")),
    Case("no text at all", pasted(), said=True),
    Case("blanks alone", pasted(" \t \r\n\u00a0"), said=True),
    Case("a megabyte in one cell", pasted("x" * 1_100_000), said=True),
    Case("a megabyte in many cells", pasted("1\t2\r\n" * 250_000), said=True),
    Case("a megabyte into the editor", edited("9" * 1_100_000)),
    Case("100,000 columns with commas", pasted(",".join(["1"] * 100_000))),
    Case("100,000 columns with tabs", pasted("\t".join(["1"] * 100_000)), said=True),
    Case("100,000 rows", pasted("\n".join(["1"] * 100_000)), said=True),
    Case("a picture", pasted(fill=picture), said=True),
    Case("files", pasted(fill=files), said=True),
    Case("a link", pasted("https://example.org/x")),
    Case("a table of words", pasted(fill=table), said=True),
    Case("a broken table", pasted(fill=broken_table), said=True),
    Case("bytes that are no text", pasted(fill=raw("text/plain", b"\xff\xfe\x00x\xd8")), said=True),
    Case("our own format, spoilt", pasted("x", raw("application/x-judapp-cells", b"\xff{"))),
    Case("Excel's format, spoilt", pasted("x", raw("XML Spreadsheet", b"<!DOCTYPE x [<!ENTITY"))),
]


def content(path: Path) -> dict[CellKey, Stored]:
    """Everything in the only sheet, read beside the open window."""
    with Workspace.open(path, read_only=True) as workspace:
        rows = workspace.file.rows("select tbl, row, col, state, value, est, text from figure")
    return {(t, r, c): (state, value, est, text) for t, r, c, state, value, est, text in rows}


def dialogs(page: EntryPage) -> list[QDialog]:
    return [dialog for dialog in page.window().findChildren(QDialog) if dialog.isVisible()]


def answer(page: EntryPage) -> str:
    """The dialog that asks before anything is written, closed by its Esc; what it said."""
    found = dialogs(page)
    for dialog in found:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    return found[0].windowTitle() if found else ""


def accept(page: EntryPage) -> bool:
    """Say yes to a dialog that asks before anything is written, where it can be done."""
    for dialog in dialogs(page):
        default = next((b for b in dialog.findChildren(QPushButton) if b.isDefault() and b.isEnabled()), None)
        if default is not None:
            QTest.mouseClick(default, Qt.MouseButton.LeftButton)
            return True
    return False


def judge(page: EntryPage, case: Case, before: dict[CellKey, Stored], after: dict[CellKey, Stored]) -> str:
    """What is wrong with what became of a case, "" for nothing."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if changed - {HERE}:
        return f"neighbours changed: {sorted(changed - {HERE})}"
    cell = after.get(HERE)
    if case.number is not None:
        return "" if cell == (1, case.number, None, None) else f"not the number: {cell}"
    if case.said:
        return "" if not changed else f"written: {cell}"
    if not changed:
        return "neither kept nor refused"
    if cell is None or cell[0] != _UNREADABLE:
        return f"not kept as unreadable: {cell}"
    assert page.view is not None
    shown = page.view.tables[0].cells[HERE]
    if shown.severity != "error" or not shown.left:
        return f"not marked: {shown}"
    return ""


@pytest.fixture
def page(qtbot: QtBot, opened: Opened, tmp_path: Path) -> EntryPage:
    """The small form with numbers all round the cell that is typed into."""
    from judapp.app.entering import enter
    from judapp.ui.settings import settings

    path = tmp_path / "g.sqlite"
    with new_file(path) as workspace:
        texts = {key: str(1000 + at) for at, key in enumerate(COUNTS)}
        enter(workspace, NUMBER, workspace.units["tinh"], PERIOD, texts)
    settings().setValue("page", "entry")
    window = opened(path, PERIOD.code)
    window.session.show("entry", form=NUMBER)
    settle(qtbot, window.session)
    found = window.pages["entry"]
    assert isinstance(found, EntryPage)
    window.session.pause_after(0)
    window.activateWindow()
    found.area.grid.setFocus()
    return found


def test_whatever_arrives_is_kept_and_marked_or_refused_in_a_sentence(
    qtbot: QtBot, page: EntryPage, tmp_path: Path
) -> None:
    path = tmp_path / "g.sqlite"
    broken: list[BaseException] = []
    page.session.broken.disconnect()
    page.session.broken.connect(broken.append)
    clean = content(path)
    wrong: list[str] = []
    for case in CASES:
        page.area.bar.hide()
        page.area.go_to(HERE)
        case.arrives(page)
        settle(qtbot, page.session)
        asked = bool(dialogs(page))
        if asked and (case.said or not accept(page)):
            answer(page)
        settle(qtbot, page.session)
        after = content(path)
        problem = judge(page, case, clean, after)
        if case.said and not problem and not (asked or page.area.bar.isVisible()):
            problem = "nothing was said"
        if broken:
            problem = f"{problem} broke: {broken.pop()!r}"
        if page.area.grid.cells.editor is not None:
            problem = f"{problem} the editor stayed open"
            QTest.keyClick(page.area.grid.cells.editor, Qt.Key.Key_Escape)
        if problem:
            wrong.append(f"{case.name}: {problem}")
        if after != clean:
            page.session.undo()
            settle(qtbot, page.session)
            if content(path) != clean:
                wrong.append(f"{case.name}: undo did not bring back what was")
                break
    assert not wrong, "\n".join(wrong)
    with Workspace.open(path, read_only=True) as workspace:
        assert verify(workspace.file, deep=True) == []
