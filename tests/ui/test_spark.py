"""The spark line: gaps are never bridged, what may not be compared is never joined, 0 is the foot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from judapp.app.grid_past import PastPoint
from judapp.app.relation_view import Place
from judapp.domain.period import Period
from judapp.ui import theme
from judapp.ui.charts import spark
from judapp.ui.charts.bullet_geometry import Box
from judapp.ui.charts.spark_geometry import LAST, Mark, nearest, places, shape
from judapp.ui.charts.spark_line import SparkLine

AREA = Box(0, 0, 107, 47)


def test_the_axis_begins_at_0_and_the_greatest_stands_at_the_top() -> None:
    found = shape(AREA, [Mark(5), Mark(10, joined=True), Mark(0, joined=True)])
    half, top, foot = found.dots
    assert (top.y, foot.y) == (LAST, AREA.height - LAST)
    assert half.y == (top.y + foot.y) / 2
    assert foot.y == found.zero
    assert (half.x, foot.x) == (LAST, AREA.width - LAST)
    assert len(found.strokes) == 2
    assert foot.radius > half.radius  # the round shown


def test_negative_figures_stand_below_0() -> None:
    found = shape(AREA, [Mark(-5), Mark(5)])
    assert found.dots[0].y > found.zero > found.dots[1].y


def test_figures_that_are_all_0_stand_on_the_foot() -> None:
    found = shape(AREA, [Mark(0), Mark(0)])
    assert [dot.y for dot in found.dots] == [found.zero] * 2


def test_no_line_leads_over_a_gap_or_a_change() -> None:
    marks = [Mark(1), Mark(None), Mark(2, joined=True), Mark(3, turn=True), Mark(4, joined=True)]
    found = shape(AREA, marks)
    assert len(found.gaps) == 1
    assert [(line.x1, line.x2) for line in found.strokes] == [places(AREA, 5)[3:5]]
    [turn] = found.turns
    assert places(AREA, 5)[2] < turn < places(AREA, 5)[3]


def test_a_preliminary_figure_makes_its_lines_dashed() -> None:
    found = shape(AREA, [Mark(1), Mark(2, joined=True), Mark(3, final=False, joined=True)])
    assert [line.dashed for line in found.strokes] == [False, True]
    assert [dot.final for dot in found.dots] == [True, True, False]


def test_out_of_remit_is_a_band_and_no_gap() -> None:
    found = shape(AREA, [Mark(1), Mark(None, remit=True), Mark(None, remit=True)])
    assert (len(found.remits), found.gaps) == (2, ())
    assert found.remits[1].right == AREA.right


def test_a_round_alone_stands_at_the_right_and_nothing_needs_no_mark() -> None:
    assert places(AREA, 1) == (AREA.width - LAST,)
    assert shape(AREA, [Mark(1)]).dots[0].x == AREA.width - LAST
    assert shape(AREA, []).dots == ()


def test_the_round_under_the_pointer_is_the_nearest_one() -> None:
    assert [nearest(AREA, 3, x) for x in (-9, 20, 53, 200)] == [0, 0, 1, 2]


def point(year: int, number: int | None, **more: object) -> PastPoint:
    place = Place("10b/TP/CC", "x", Period(year, "Y"), ("", "tong", "1"))
    shown = "…" if number is None else str(number)
    return PastPoint(str(year), f"năm {year}", shown, number, final=True, place=place, **more)  # type: ignore[arg-type]


def test_it_says_the_round_under_the_pointer_and_a_click_leads_there(qtbot: QtBot, looks: object) -> None:
    points = (point(2023, 10), point(2024, None), point(2025, 12, joined=True, turns=("Đổi biểu",)))
    line = SparkLine(points, "Các kỳ trước: 2023 10; 2025 12")
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    assert line.minimumSizeHint().width() <= 120
    assert line.accessibleName().endswith("2025 12")
    assert line.tip(0) == "năm 2023: 10"
    assert line.tip(line.width()) == "năm 2025: 12\nĐổi biểu"
    with qtbot.waitSignal(line.chosen) as caught:
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert caught.args[0].period == Period(2023, "Y")


def test_every_mark_is_painted(looks: object) -> None:
    marks = [
        Mark(3),
        Mark(None, remit=True),
        Mark(None),
        Mark(5, turn=True),
        Mark(4, final=False, joined=True),
    ]
    image = QImage(120, 40, QImage.Format.Format_RGB32)
    image.fill(theme.tokens().bg)
    painter = QPainter(image)
    spark.paint(painter, QRectF(0, 0, 120, 40), marks, theme.tokens())
    painter.end()
    seen = {image.pixelColor(x, y).name() for x in range(120) for y in range(40)}
    assert theme.tokens().accent.name() in seen
    assert theme.tokens().remit.name() in seen
    assert len(seen) > 10
