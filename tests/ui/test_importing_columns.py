"""Columns nothing certain pairs are paired by hand: with number keys, the mouse, or said to be absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.import_columns import (
    ColumnStudy,
    FileColumn,
    FormColumn,
    PairOffer,
    TableStudy,
)
from judapp.ui.pages.importing_columns import ColumnsDialog
from judapp.ui.pages.importing_pairs import LEAF

HEADS = ("Tổ hòa giải", "Vụ việc", "Hòa giải thành", "Hòa giải không thành", "Ghi chú")
LEAVES = (("1", "Tổ hòa giải"), ("2", "Hòa giải thành"), ("3", "Hòa giải không thành"), ("12", "Vụ việc"))


@pytest.fixture
def study() -> ColumnStudy:
    """Five columns of a file for four of a form: one is certain, one is only offered."""
    columns = tuple(
        FileColumn(at, "BCDEF"[at - 2], (head,), None, ("5", "7"), 2)
        for at, head in enumerate(HEADS, start=2)
    )
    leaves = tuple(FormColumn(code, code, ("Hòa giải", label)) for code, label in LEAVES)
    offers = (
        PairOffer(2, "1", "cùng số cột (1)", sure=True),
        PairOffer(4, "2", "cùng đầu cột", sure=False),
    )
    table = TableStudy("", "", 6, columns, leaves, (), offers, ())
    return ColumnStudy("25/X", "Hòa giải ở cơ sở", "Sheet1", (table,))


@pytest.fixture
def dialog(qtbot: QtBot, looks: QApplication, study: ColumnStudy) -> Iterator[ColumnsDialog]:
    above = QWidget()
    above.resize(1366, 700)
    qtbot.addWidget(above)
    made = ColumnsDialog(above, study, "bc tu phap.xlsx", remember=False)
    made.show()
    qtbot.waitExposed(made)
    yield made
    above.close()


def told(dialog: ColumnsDialog) -> list[str]:
    """What each column of the file is said to be."""
    model: Any = dialog.left.model()
    return [model.index(row, 3).data() for row in range(model.rowCount())]


def key(qtbot: QtBot, dialog: ColumnsDialog, *keys: Qt.Key) -> None:
    for one in keys:
        qtbot.keyClick(dialog.left, one)


def test_what_is_certain_is_paired_what_is_only_likely_is_offered(dialog: ColumnsDialog) -> None:
    assert told(dialog) == [
        "(1) Tổ hòa giải",
        "không dùng",
        "Gợi ý: (2) Hòa giải thành (cùng đầu cột)",
        "không dùng",
        "không dùng",
    ]
    assert not dialog.verb.isEnabled()
    assert dialog.state.whole() == (
        "Đã ghép 1/4 cột; còn 3: (2) Hòa giải thành, (3) Hòa giải không thành, (12) Vụ việc"
    )


def test_number_keys_pair_and_enter_takes_what_is_offered(qtbot: QtBot, dialog: ColumnsDialog) -> None:
    assert dialog.left.column() == 3  # the first that nothing is said of
    key(qtbot, dialog, Qt.Key.Key_1)
    assert told(dialog)[:2] == ["không dùng", "(1) Tổ hòa giải"]  # it is taken from the other
    key(qtbot, dialog, Qt.Key.Key_2)
    assert told(dialog)[1] == "(12) Vụ việc"  # 1 then 2 is 12
    key(qtbot, dialog, Qt.Key.Key_Up, Qt.Key.Key_1, Qt.Key.Key_Down, Qt.Key.Key_Down)
    key(qtbot, dialog, Qt.Key.Key_Return)  # what is offered, and on to the next
    assert dialog.left.column() == 5
    key(qtbot, dialog, Qt.Key.Key_3)
    assert told(dialog) == [
        "(1) Tổ hòa giải", "(12) Vụ việc", "(2) Hòa giải thành", "(3) Hòa giải không thành", "không dùng"
    ]  # fmt: skip
    assert dialog.verb.isEnabled()
    key(qtbot, dialog, Qt.Key.Key_Delete)
    assert not dialog.verb.isEnabled()
    key(qtbot, dialog, Qt.Key.Key_3)
    dialog.remember.click()
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert dialog.result() == 1
    [columns] = dialog.columns
    assert dict(columns.columns) == {2: "1", 3: "12", 4: "2", 5: "3"}
    assert columns.row == 6
    assert dialog.remember.isChecked()


def test_the_mouse_pairs_and_space_says_that_the_file_has_none(qtbot: QtBot, dialog: ColumnsDialog) -> None:
    key(qtbot, dialog, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert dialog.left.column() == 5
    tree = dialog.right
    tree.look_at((LEAF, "3"))
    at = tree.visualRect(tree.currentIndex()).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert told(dialog)[3] == "(3) Hòa giải không thành"
    for absent in ("2", "12"):
        tree.look_at((LEAF, absent))
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert dialog.state.whole() == "Đã ghép 2/4 cột; 2 cột không có trong tệp."
    assert dialog.verb.isEnabled()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert not dialog.verb.isEnabled()


def test_while_the_end_of_the_head_is_not_known_nothing_is_read(qtbot: QtBot, dialog: ColumnsDialog) -> None:
    for absent in ("2", "3", "12"):
        dialog.right.look_at((LEAF, absent))
        qtbot.keyClick(dialog.right, Qt.Key.Key_Space)
    assert dialog.verb.isEnabled()
    dialog.row.setValue(0)
    assert not dialog.verb.isEnabled()


def test_pairs_hold_one_column_for_one(study: ColumnStudy) -> None:
    from judapp.ui.pages.importing_pairs import Pairs

    pairs = Pairs(study.tables[0])
    pairs.pair(6, (LEAF, "1"))
    assert (pairs.of, pairs.column_of((LEAF, "1"))) == ({6: (LEAF, "1")}, 6)
    assert not pairs.take_offer(3)
    assert pairs.take_offer(4)
    pairs.toggle_absent((LEAF, "2"))
    assert pairs.of == {6: (LEAF, "1")}
    assert pairs.offered(4) is not None
    assert [leaf.code for leaf in pairs.missing] == ["3", "12"]


def test_columns_without_a_printed_number_are_typed_by_their_place() -> None:
    from judapp.ui.pages.importing_pairs import Pairs

    leaves = tuple(FormColumn(f"_{at}", None, (label,)) for at, label in enumerate(("Bản sao", "Chữ ký")))
    pairs = Pairs(TableStudy("", "", 6, (), leaves, (), (), ()))
    assert [pairs.name(target) for target in pairs.columns] == ["1. Bản sao", "2. Chữ ký"]
    assert pairs.typed("2") == (LEAF, "_1")
