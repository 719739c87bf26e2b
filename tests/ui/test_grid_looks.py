"""How the grid looks and how little of it is drawn: zoom, widths by hand, marks, contrast, screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judapp.app.grid_view import CellView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.ui import contrast, theme
from judapp.ui.grid import frame, painting
from judapp.ui.grid.view import GridView
from judapp.ui.grid.zoom import LEVELS, keep_zoom, kept_zoom
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

FORM, PERIOD = "12b/BTP/BTTP/CC", "2025-H1"
Shown = Callable[..., GridView]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("grid") / "a.sqlite") as made:
        yield made


@pytest.fixture
def shown(qtbot: QtBot, looks: QApplication, workspace: Workspace) -> Iterator[Shown]:
    """Shows the form 12b, as large as on the smallest usual screen."""

    def show(remembered: str = "") -> GridView:
        grid = GridView()
        qtbot.addWidget(grid)
        grid.resize(966, 441)
        if remembered:
            grid.remember_as(remembered)
        at = Period.parse(PERIOD)
        view = sheet_view(workspace, FORM, workspace.unit("TH", at).uid, at)
        grid.show_table(view.tables[0], view.findings)
        grid.show()
        qtbot.waitExposed(grid)
        grid.begin()
        return grid

    yield show
    theme.theme().apply(looks, "light")


def with_cells(grid: GridView, cells: dict[tuple[int, int], CellView]) -> None:
    table = grid.sheet.table
    assert table is not None
    other = {table.key_at(*place): cell for place, cell in cells.items()}
    grid.show_table(replace(table, cells={**table.cells, **other}), ())


def picture(grid: GridView) -> QImage:
    return grid.viewport().grab().toImage()


def area(grid: GridView, row: int, column: int) -> QRect:
    return grid.visualRect(grid.sheet.index(row, column))


def inks(image: QImage, within: QRect) -> set[str]:
    """The colours of a part of a picture."""
    return {
        image.pixelColor(x, y).name()
        for x in range(within.left(), within.right() + 1)
        for y in range(within.top(), within.bottom() + 1)
    }


def turn(widget: QWidget, by: int, *, ctrl: bool) -> None:
    """A real wheel event over the middle of a widget."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


# --- zoom


@pytest.mark.parametrize("zoom", [70, 200])
def test_everything_grows_with_the_zoom(shown: Shown, zoom: int) -> None:
    grid = shown()
    row, corner = grid.rowHeight(0), grid.corner.height()
    grid.set_zoom(zoom)
    share = zoom / 100
    assert grid.rowHeight(0) == pytest.approx(row * share, abs=1)
    assert grid.corner.height() == grid.head.height()
    assert (grid.corner.height() > corner) == (zoom > 100)
    assert grid.look.cell[False].font.pixelSize() == round(14 * share)
    assert grid.look.head[False].font.pixelSize() == round(12 * share)
    assert grid.stub.look is grid.head.look is grid.corner.look is grid.look
    table = grid.sheet.table
    assert table is not None
    for column in range(len(table.columns)):
        assert grid.columnWidth(column) >= grid.sizeHintForColumn(column)  # nothing is cut at any zoom


def test_ctrl_and_the_wheel_zoom_in_steps_and_the_wheel_alone_scrolls(shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(20, 3))
    grid.scrollTo(grid.currentIndex())
    told: list[int] = []
    grid.zoomed.connect(told.append)
    for over in (grid.viewport(), grid.head.viewport(), grid.stub.viewport(), grid.corner):
        turn(over, 120, ctrl=True)
        visible = grid.viewport().rect()
        assert visible.contains(area(grid, 20, 3).topLeft())  # the active cell stays in sight
    assert told == [125, 150, 200]
    for _ in range(2 * len(LEVELS)):
        turn(grid.viewport(), -60, ctrl=True)  # fine wheels tell half notches
    assert grid.zoom == LEVELS[0]
    place = grid.verticalScrollBar().value()
    turn(grid.viewport(), 120, ctrl=False)
    assert grid.zoom == LEVELS[0]
    grid.set_zoom(200)
    place = grid.verticalScrollBar().value()
    turn(grid.stub.viewport(), -120, ctrl=False)
    assert grid.verticalScrollBar().value() > place


def test_zoom_while_typing_keeps_what_is_typed(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    grid.put(grid.sheet.index(2, 0))
    qtbot.keyClicks(grid, "12")
    grid.set_zoom(200)
    editor = grid.cells.editor
    assert editor is not None
    assert editor.text() == "12"
    assert editor.font().pixelSize() == 28
    assert area(grid, 2, 0).contains(editor.geometry())
    assert editor.height() > 28
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_the_zoom_chosen_last_is_remembered(looks: QApplication) -> None:
    assert kept_zoom() == 100
    keep_zoom(150)
    assert kept_zoom() == 150
    keep_zoom(900)
    assert kept_zoom() == 200


# --- widths by hand


def border(grid: GridView, column: int) -> QPoint:
    head = grid.head
    return QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) - 1, head.height() - 10)


def drag(qtbot: QtBot, grid: GridView, column: int, by: int) -> None:
    where, place = grid.head.viewport(), border(grid, column)
    qtbot.mouseMove(where, place)
    qtbot.mousePress(where, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(where, place + QPoint(by // 2, 0))
    qtbot.mouseMove(where, place + QPoint(by, 0))
    qtbot.mouseRelease(where, Qt.MouseButton.LeftButton, pos=place + QPoint(by, 0))
    QApplication.processEvents()


def test_a_width_by_hand_is_remembered_for_the_form_at_every_zoom(qtbot: QtBot, shown: Shown) -> None:
    grid = shown("12b")
    before = grid.columnWidth(1)
    drag(qtbot, grid, 1, 90)
    wide = grid.columnWidth(1)
    assert wide == pytest.approx(before + 90, abs=3)
    other = shown("12b")
    assert other.columnWidth(1) == wide
    other.set_zoom(200)
    assert other.columnWidth(1) == 2 * wide
    assert shown("10b").columnWidth(1) == before
    again = shown("12b")
    fit = next(action for action in again.head_menu(1).actions() if "ban đầu" in action.text())
    fit.trigger()
    assert again.columnWidth(1) == shown("12b").columnWidth(1) == before


def test_a_double_click_on_its_border_fits_a_column_to_figures_and_longest_word(
    qtbot: QtBot, shown: Shown
) -> None:
    grid = shown("12b")
    drag(qtbot, grid, 1, 120)
    place = border(grid, 1)
    qtbot.mouseMove(grid.head.viewport(), place)
    qtbot.mouseDClick(grid.head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    fitted = max(grid.sizeHintForColumn(1), grid.head.sectionSizeFromContents(1).width())
    assert grid.columnWidth(1) == fitted
    assert shown("12b").columnWidth(1) == fitted


def test_no_column_is_made_narrower_than_its_figures(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    drag(qtbot, grid, 1, -70)
    assert grid.columnWidth(1) == max(grid.sizeHintForColumn(1), grid.head.minimumSectionSize())


def test_a_click_on_the_head_selects_its_column_and_on_the_stub_its_row(qtbot: QtBot, shown: Shown) -> None:
    grid = shown()
    head, stub = grid.head, grid.stub
    place = QPoint(head.sectionViewportPosition(2) + 20, head.height() - 8)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.selectionModel().isColumnSelected(2)
    qtbot.mouseClick(
        stub.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, stub.sectionViewportPosition(4) + 8)
    )
    assert grid.selectionModel().isRowSelected(4)
    assert not grid.selectionModel().isColumnSelected(2)
    grid.show_compact(False)
    box = next(box for box in head.boxes if box.columns == 2)
    qtbot.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=head.area_of(box).center() + QPoint(9, 0)
    )
    chosen = [column for column in range(head.count()) if grid.selectionModel().isColumnSelected(column)]
    assert chosen == [box.column, box.column + 1]


# --- marks

MARKS = {
    "error": (CellView("1", "1", state="", severity="error"), "error", Qt.Corner.TopLeftCorner),
    "explain": (CellView("1", "1", state="", severity="explain"), "explain", Qt.Corner.TopLeftCorner),
    "warning": (CellView("1", "1", state="", severity="warning"), "warning", Qt.Corner.TopLeftCorner),
    "explained": (CellView("1", "1", state="", explained=True), "explain", Qt.Corner.TopRightCorner),
    "noted": (CellView("1", "1", state="", noted=True), "text_2", Qt.Corner.TopRightCorner),
    "estimated": (CellView("1", "1", state="", estimated=True), "estimated", Qt.Corner.BottomLeftCorner),
    "changed": (CellView("1", "1", state="", changed=True), "accent", Qt.Corner.BottomRightCorner),
    "adjusted": (CellView("1", "1", state="", adjusted=True), "text_2", Qt.Corner.BottomRightCorner),
}


def corner_of(cell: QRect, corner: Qt.Corner, side: int) -> QRect:
    right = corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner)
    foot = corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner)
    return QRect(
        cell.right() - side if right else cell.left(),
        cell.bottom() - side if foot else cell.top(),
        side,
        side,
    )


def near(ink: QColor, colours: set[str]) -> bool:
    """Whether a colour is there; thin lines are blended with what is under them."""
    parts = (QColor(name) for name in colours)
    return any(
        abs(c.red() - ink.red()) + abs(c.green() - ink.green()) + abs(c.blue() - ink.blue()) < 90
        for c in parts
    )


@pytest.mark.parametrize("zoom", [70, 100, 200])
@pytest.mark.parametrize("choice", ["light", "dark", "contrast"])
def test_every_mark_stands_in_its_corner_at_every_zoom(
    shown: Shown, looks: QApplication, choice: theme.Choice, zoom: int
) -> None:
    theme.theme().apply(looks, choice)
    grid = shown()
    grid.set_zoom(zoom)
    grid.resize(grid.width() * 2, grid.height() * 2)
    with_cells(grid, {(3 + at, 1): cell for at, (cell, _, _) in enumerate(MARKS.values())})
    image, side = picture(grid), grid.look.mark + 4
    for at, (name, (_, token, corner)) in enumerate(MARKS.items()):
        cell, ink = area(grid, 3 + at, 1), getattr(theme.tokens(), token)
        found = inks(image, corner_of(cell, corner, side))
        assert near(ink, found), (name, ink.name(), found)
        across = {
            Qt.Corner.TopLeftCorner: Qt.Corner.BottomLeftCorner,
            Qt.Corner.BottomLeftCorner: Qt.Corner.TopLeftCorner,
        }
        if corner in across and choice != "contrast":  # there lines have nearly the colour of the marks
            empty = corner_of(cell, across[corner], side).adjusted(1, 1, -1, -1)
            assert not near(ink, inks(image, empty))


def test_a_reported_total_is_underlined_with_dots(shown: Shown) -> None:
    grid = shown()
    with_cells(grid, {(3, 1): CellView("1.234", "1234", kind="reported", state="")})
    image, cell = picture(grid), area(grid, 3, 1)
    ink = theme.tokens().text_2.name()
    dots = [
        sum(image.pixelColor(x, y).name() == ink for x in range(cell.right() - 30, cell.right() - 7))
        for y in range(cell.center().y() + 4, cell.bottom())
    ]
    assert max(dots) >= 6  # every third pixel under the figure
    assert sum(dot > 5 for dot in dots) == 1


def test_a_hatch_fits_together_after_scrolling(shown: Shown) -> None:
    grid = shown()
    remit = CellView("⊘", "⊘", state="remit")
    with_cells(grid, {(5, 1): remit, (5, 2): remit})
    inside = QRect(4, 4, 30, 18)
    before = picture(grid).copy(inside.translated(area(grid, 5, 1).topLeft()))
    grid.horizontalScrollBar().setValue(7)
    grid.verticalScrollBar().setValue(2)
    after = picture(grid).copy(inside.translated(area(grid, 5, 1).topLeft()))
    assert before == after


def test_markup_and_lines_in_a_text_are_shown_as_they_were_typed(shown: Shown) -> None:
    grid = shown()
    for words in ("<b>12</b>", "1\n2", "x" * 1_000_000):
        with_cells(grid, {(3, 1): CellView(words, words, state="unreadable", left=True, severity="error")})
        own = theme.tokens()
        cell = area(grid, 3, 1)
        assert near(own.text, inks(picture(grid), cell.adjusted(8, 4, -8, -4)))
        assert grid.columnWidth(1) < 400


# --- what is drawn


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[QRegion]:
    """The parts of the grid that were drawn."""
    regions: list[QRegion] = []
    paint = painting.paint_cells

    def note(view: GridView, region: QRegion) -> None:
        regions.append(QRegion(region))
        paint(view, region)

    monkeypatch.setattr(frame, "paint_cells", note)
    return regions


def test_one_changed_cell_and_a_move_draw_nothing_else(
    qtbot: QtBot, shown: Shown, drawn: list[QRegion]
) -> None:
    grid = shown()
    grid.put(grid.sheet.index(6, 2))
    QApplication.processEvents()
    drawn.clear()
    with_cells(grid, {(3, 1): CellView("7", "7", state="")})
    QApplication.processEvents()
    everything = QRegion()
    for region in drawn:
        everything += region
    assert everything.boundingRect() == area(grid, 3, 1)
    drawn.clear()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    QApplication.processEvents()
    both = area(grid, 6, 2).united(area(grid, 7, 2))
    assert drawn
    for region in drawn:
        assert both.adjusted(-2, -2, 2, 2).contains(region.boundingRect())


def test_only_the_heads_concerned_are_drawn_when_another_column_is_active(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    from judapp.ui.grid import head

    grid = shown()
    grid.put(grid.sheet.index(6, 0))
    QApplication.processEvents()
    seen: list[str] = []
    paint = head.paint_box

    def note(*args: object, **more: object) -> None:
        seen.append(args[3].text)  # type: ignore[attr-defined]
        paint(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(head, "paint_box", note)
    grid.put(grid.sheet.index(6, 2))
    QApplication.processEvents()
    assert sorted(seen) == ["(1)", "(3)"]


# --- contrast


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_in_high_contrast_words_and_marks_are_read_on_every_ground(
    looks: QApplication, monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme
) -> None:
    dark = scheme is Qt.ColorScheme.Dark
    own = theme.Tokens(**contrast.colours(contrast.palette(looks, dark=dark)))
    for ink in (own.text, own.text_2, own.error, own.warning, own.explain, own.estimated, own.ok):
        for ground in (own.bg, own.surface, own.surface_2, own.sel, own.error_tint, own.computed_tint):
            assert contrast.ratio(ink, ground) >= contrast.READABLE
    for ink in (own.accent, own.line, own.line_strong, own.text_3):
        assert contrast.ratio(ink, own.surface) >= contrast.LARGE
    assert contrast.ratio(own.on_accent, own.accent) >= contrast.LARGE
    tints = [getattr(own, name) for name in own._fields if name.endswith("_tint")]
    assert all(tint == own.surface for tint in tints)  # meaning is with the marks


def test_in_high_contrast_lines_are_two_pixels_and_nothing_moves(looks: QApplication) -> None:
    from PySide6.QtWidgets import QPushButton

    sizes = []
    for choice in ("light", "contrast", "light"):
        theme.theme().apply(looks, choice)
        made = QPushButton("Trình duyệt")
        made.ensurePolished()
        sizes.append(made.sizeHint())
        made.deleteLater()
    assert sizes[0] == sizes[1] == sizes[2]
    sheet = contrast.bolder("A { border: 1px solid red; padding: 5px 14px; } B { padding: 2px; }")
    assert sheet == "A { border: 2px solid red; padding: 4px 13px; } B { padding: 2px; }"


def test_the_desktops_own_palette_of_high_contrast_is_taken(
    looks: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QPalette

    system = QPalette(QColor("#000000"))
    for role, colour in (
        (QPalette.ColorRole.Base, "#000000"),
        (QPalette.ColorRole.Text, "#ffffff"),
        (QPalette.ColorRole.Link, "#ffff00"),
        (QPalette.ColorRole.Highlight, "#1aebff"),
    ):
        system.setColor(role, QColor(colour))
    monkeypatch.setattr(contrast, "wanted", lambda: True)
    monkeypatch.setattr(contrast, "palette", lambda _app, *, dark: system)
    try:
        theme.theme().apply(looks, "system")
        own = theme.tokens()
        assert (own.surface.name(), own.text.name(), own.accent.name()) == ("#000000", "#ffffff", "#ffff00")
        assert theme.theme().border == 2
        theme.theme().apply(looks, "light")  # chosen by hand it is light all the same
        assert theme.tokens() == theme.LIGHT
    finally:
        monkeypatch.undo()
        theme.theme().apply(looks, "light")
    faint = QPalette(QColor("#808080"))
    faint.setColor(QPalette.ColorRole.Text, QColor("#808080"))
    faint.setColor(QPalette.ColorRole.Base, QColor("#808080"))
    assert contrast.colours(faint)["text"] == QColor("black")  # no palette in which nothing can be read


# --- screen readers


def test_a_screen_reader_finds_the_table_with_its_cells_and_heads(shown: Shown) -> None:
    grid = shown()
    grid.setAccessibleName("Biểu 12b")
    QAccessible.setActive(True)
    try:
        face = QAccessible.queryAccessibleInterface(grid)
        assert face is not None
        assert face.role() == QAccessible.Role.Table
        assert face.text(QAccessible.Text.Name) == "Biểu 12b"
        table = grid.sheet.table
        assert table is not None
        across = len(table.columns) + 1  # heads of rows and columns are children too
        assert face.childCount() == across * (len(table.rows) + 1)
        cell = face.child(3 * across + 4)
        assert cell.role() == QAccessible.Role.Cell
        assert cell.text(QAccessible.Text.Name).startswith("Cột 4, công chứng bản dịch")
        assert "; dòng I.1, Phòng công chứng số 1" in cell.text(QAccessible.Text.Name)
        assert "; 106; cần thuyết minh: Tăng 47,2 %" in cell.text(QAccessible.Text.Name)
        assert "Công chứng › Số việc công chứng" in face.child(4).text(QAccessible.Text.Name)
    finally:
        QAccessible.setActive(False)
