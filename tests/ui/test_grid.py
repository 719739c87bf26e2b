"""The grid alone: the head whole, the frozen stub, marks and fills, what a screen reader hears, the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView, SheetView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.ui import theme
from judapp.ui.grid.head import SIDE, text_height
from judapp.ui.grid.menu import cell_menu
from judapp.ui.grid.model import SheetModel
from judapp.ui.grid.view import GridView
from tests.practice_sheets import SHEETS, practice_file
from tests.sheet_views import sheet_view

Shown = Callable[..., GridView]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("grid") / "a.sqlite") as made:
        yield made


def view_of(workspace: Workspace, form: str, period: str) -> SheetView:
    at = Period.parse(period)
    code = "TH001" if form.startswith("13a") else "TH"
    return sheet_view(workspace, form, workspace.unit(code, at).uid, at)


@pytest.fixture
def shown(qtbot: QtBot, looks: QApplication, workspace: Workspace) -> Shown:
    """Shows the first table of a form: ``shown("10b/TP/CC", "2026-H1")``."""

    def show(form: str = "12b/BTP/BTTP/CC", period: str = "2025-H1", table: int = 0) -> GridView:
        grid = GridView()
        qtbot.addWidget(grid)
        grid.resize(966, 441)
        grid.show()
        qtbot.waitExposed(grid)
        view = view_of(workspace, form, period)
        grid.show_table(view.tables[table], view.findings)
        grid.begin()
        return grid

    return show


def with_cell(grid: GridView, row: int, column: int, cell: CellView) -> None:
    """Show another cell at a place."""
    table = grid.sheet.table
    assert table is not None
    cells = {**table.cells, table.key_at(row, column): cell}
    grid.show_table(replace(table, cells=cells), ())


def colour_at(grid: GridView, row: int, column: int, where: QPoint) -> QColor:
    """A pixel of a cell, counted from its top left corner."""
    picture: QImage = grid.viewport().grab().toImage()
    corner = grid.visualRect(grid.sheet.index(row, column)).topLeft()
    ratio = picture.devicePixelRatio()
    return picture.pixelColor(
        round((corner.x() + where.x()) * ratio), round((corner.y() + where.y()) * ratio)
    )


@pytest.mark.parametrize(("form", "period"), SHEETS)
@pytest.mark.parametrize("compact", [False, True])
def test_every_text_of_the_head_stands_whole_in_its_box(
    shown: Shown, form: str, period: str, compact: bool
) -> None:
    grid = shown(form, period)
    grid.show_compact(compact)
    assert grid.head.boxes
    assert grid.corner.height() == grid.head.height()
    for box in grid.head.boxes:
        area = grid.head.area_of(box)
        assert text_height(grid.look, box.text, area.width(), strong=box.number) <= area.height()
        metrics = QFontMetrics(theme.font(12, strong=box.number))
        widest = max((metrics.horizontalAdvance(word) for word in box.text.split()), default=0)
        assert widest <= area.width() - 2 * SIDE
    if compact:
        assert all(box.columns == 1 for box in grid.head.boxes)


@pytest.mark.parametrize(("form", "period"), SHEETS)
def test_no_figure_and_no_label_is_cut(shown: Shown, form: str, period: str) -> None:
    grid = shown(form, period)
    table = grid.sheet.table
    assert table is not None
    for row in range(len(table.rows)):
        assert grid.rowHeight(row) >= grid.stub.height_of(row)
        for column in range(len(table.columns)):
            cell = table.cell(row, column)
            if not cell.left:
                index = grid.sheet.index(row, column)
                assert grid.cells.sizeHint(QStyleOptionViewItem(), index).width() <= grid.columnWidth(column)


def test_a_column_grows_with_a_figure_that_became_longer(shown: Shown) -> None:
    grid = shown()
    before = grid.columnWidth(0)
    with_cell(grid, 2, 0, CellView("999.999.999.999", "999999999999", state=""))
    assert grid.columnWidth(0) > before


def test_the_stub_stays_while_the_figures_scroll(shown: Shown) -> None:
    grid = shown()
    last = grid.sheet.columnCount() - 1
    grid.put(grid.sheet.index(grid.sheet.rowCount() - 1, last))
    grid.scrollTo(grid.currentIndex())
    assert grid.horizontalScrollBar().value() > 0
    assert grid.stub.geometry().left() == grid.frameWidth()
    assert grid.corner.geometry().topLeft() == QPoint(grid.frameWidth(), grid.frameWidth())
    assert grid.corner.width() == grid.stub.width()
    grid.verticalScrollBar().setValue(3)
    assert grid.visualRect(grid.sheet.index(3, last)).top() == 0  # rows scroll whole


def test_the_path_of_the_column_under_the_mouse_is_lit(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    box = next(box for box in grid.head.boxes if box.text == "Công chứng")
    below = QPoint(grid.head.sectionViewportPosition(2) + 20, grid.head.height() - 40)
    qtbot.mouseMove(grid.head.viewport(), below)
    picture = grid.head.viewport().grab().toImage()
    corner = grid.head.area_of(box).topLeft() + QPoint(4, 4)
    assert picture.pixelColor(corner) == theme.tokens().sel


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_fills_and_marks_tell_what_a_cell_is(shown: Shown, looks: QApplication, choice: str) -> None:
    theme.theme().apply(looks, choice)  # type: ignore[arg-type]
    own = theme.tokens()
    grid = shown()
    inside = QPoint(24, 4)
    for cell, fill in (
        (CellView("5", "5", state="", severity="error"), own.error_tint),
        (CellView("5", "5", state="", severity="explain"), own.explain_tint),
        (CellView("5", "5", kind="computed", state="", enterable=False), own.computed_tint),
        (CellView("5", "5", kind="foreign", state="", enterable=False), own.surface_2),
        (CellView("5", "5", state="", severity="warning"), own.surface),
        (CellView("5", "5", state=""), own.surface),
    ):
        with_cell(grid, 3, 1, cell)
        assert colour_at(grid, 3, 1, inside) == fill
    with_cell(grid, 3, 1, CellView("5", "5", state="", severity="error"))
    assert colour_at(grid, 3, 1, QPoint(1, 1)) == own.error
    with_cell(grid, 3, 1, CellView("⊘", "⊘", state="remit"))
    hatched = {colour_at(grid, 3, 1, QPoint(x, 12)).name() for x in range(10, 40)}
    assert len(hatched) > 1


def test_the_active_cell_has_a_border_and_keeps_its_fill(shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(0, 1))
    assert colour_at(grid, 0, 1, QPoint(24, 5)) == theme.tokens().computed_tint
    assert colour_at(grid, 0, 1, QPoint(1, 10)) in (theme.tokens().accent, theme.tokens().line_strong)


def test_a_screen_reader_hears_path_row_value_and_finding(shown: Shown) -> None:
    grid = shown()
    index = grid.sheet.index(2, 3)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(
        "Cột 4, công chứng bản dịch và các loại việc khác, việc; "
        "dòng I.1, Phòng công chứng số 1 tỉnh Thực Hành; 106; cần thuyết minh: Tăng 47,2 %"
    )
    with_cell(grid, 2, 3, CellView("–", "-", state="nil"))
    assert "không phát sinh" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_model_answers_as_views_expect(looks: QApplication, workspace: Workspace) -> None:
    model = SheetModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for form, period in (("12b/BTP/BTTP/CC", "2025-H1"), ("PL-STP", "2026-H1")):
        view = view_of(workspace, form, period)
        assert model.show(view.tables[0], view.findings)
        assert not model.show(view.tables[0], view.findings)
    assert tester.model() is model


def test_only_cells_that_differ_are_drawn_again(
    qtbot: QtBot, looks: QApplication, workspace: Workspace
) -> None:
    model = SheetModel()
    table = view_of(workspace, "12b/BTP/BTTP/CC", "2025-H1").tables[0]
    model.show(table, ())
    drawn: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, _bottom, _roles: drawn.append((top.row(), top.column())))
    model.show(replace(table, cells={**table.cells, table.key_at(4, 2): CellView("1", "1", state="")}), ())
    assert drawn == [(4, 2)]


def test_what_is_typed_stands_there_until_the_stored_figure_comes(shown: Shown) -> None:
    grid = shown()
    table = grid.sheet.table
    assert table is not None
    key = table.key_at(2, 0)
    batch = grid.sheet.expect({key: "77"})
    grid.show_table(table, ())  # an answer from before it was stored
    assert grid.sheet.index(2, 0).data() == "77"
    batch.done = True
    grid.show_table(replace(table, cells={**table.cells, key: CellView("77", "77", state="")}), ())
    assert grid.sheet.index(2, 0).data() == "77"
    grid.show_table(table, ())
    assert grid.sheet.index(2, 0).data() == "5"


def test_letters_at_a_total_open_nothing_and_lead_nowhere(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(0, 1))
    qtbot.keyClick(grid, "7")
    assert grid.cells.editor is None
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)


def test_arrows_commit_while_entering_and_move_in_the_text_while_editing(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    typed: list[dict[tuple[str, str, str], str]] = []
    grid.entered.connect(typed.append)
    grid.put(grid.sheet.index(2, 0))
    qtbot.keyClick(grid, "9")
    qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Down)
    assert list(typed[0].values()) == ["9"]
    assert grid.currentIndex().row() == 3
    qtbot.keyClick(grid, Qt.Key.Key_Backspace)
    assert grid.cells.editor is not None
    assert grid.cells.editor.text() == ""
    qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Escape)
    assert len(typed) == 1


def test_the_point_of_the_keypad_types_the_decimal_comma(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(2, 0))
    qtbot.keyClick(grid, "1")
    qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Period, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(grid.cells.editor, "5")
    assert grid.cells.editor is not None
    assert grid.cells.editor.text() == "1,5"
    qtbot.keyClick(grid.cells.editor, Qt.Key.Key_Escape)


def test_shift_and_arrows_select_from_where_it_began(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(3, 2))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(grid, key, Qt.KeyboardModifier.ShiftModifier)
    area = grid.area()
    assert area is not None
    assert (area.top, area.left, area.bottom, area.right) == (3, 1, 4, 2)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (3, 2)  # what is typed goes there


def test_the_menu_fills_a_selection_with_a_state(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    typed: list[dict[tuple[str, str, str], str]] = []
    grid.entered.connect(typed.append)
    grid.put(grid.sheet.index(2, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    menu: QMenu = cell_menu(grid)
    remit = next(action for action in menu.actions() if "Không thuộc thẩm quyền" in action.text())
    remit.trigger()
    assert list(typed[0].values()) == ["⊘", "⊘"]
    grid.put(grid.sheet.index(0, 0))
    locked = {action.text().split("\t")[0]: action.isEnabled() for action in cell_menu(grid).actions()}
    acts = ("Cắt", "Sao chép", "Sao chép kèm đầu biểu", "Dán", "Để trống", "– Không phát sinh")
    assert [locked[act] for act in acts] == [False, True, True, False, False, False]


def test_a_text_column_offers_its_choices(qtbot: QtBot, shown: Shown) -> None:
    grid = shown("PL-STP", "2026-H1")
    grid.put(grid.sheet.index(1, 1))
    table = grid.sheet.table
    assert table is not None
    texts = [action.text() for action in cell_menu(grid).actions()]
    assert set(table.columns[1].choices) <= set(texts)
