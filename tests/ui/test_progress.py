"""Tiến độ: the answer first; every figure in two clicks at its cells; nothing lost when figures change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from judapp.app.entering import set_cells
from judapp.domain.period import Period
from judapp.ui.charts.bullet_bar import BulletBar
from judapp.ui.charts.verdict import VerdictMark
from judapp.ui.pages.progress_overview import Alert, Statement
from judapp.ui.pages.progress_regions import Region
from judapp.ui.window import MainWindow
from tests.progress_case import alarm
from tests.ui.conftest import Opened, settle
from tests.ui.progress_page import click, hears, link, show, texts

# --- the overview


def test_the_page_opens_with_the_answer_in_one_sentence(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    assert page.head.sentence.whole() == (
        "2/2 chỉ tiêu giao đã đạt; 1 số giảm mạnh; 1 số công bố cần xem lại."
    )
    assert page.place.text() == "Tỉnh Nghệ An · 6 tháng đầu năm 2024"
    assert page.tabs.currentIndex() == 0
    said = texts(page.overview)
    assert (
        "Đăng ký trực tuyến đạt 94,75 % (81.452/85.961 hồ sơ), "
        "vượt 24,75 điểm phần trăm so với chỉ tiêu 70 % UBND tỉnh giao."
    ) in said
    assert "CẦN CHÚ Ý  2" in said
    assert "Tính được 5/5 chỉ tiêu thống kê." in said


def test_a_verdict_is_a_mark_with_a_word_beside_the_bar(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    marks = [mark for mark in page.overview.findChildren(VerdictMark) if isinstance(mark.parent(), Statement)]
    assert [(mark.verdict, mark.accessibleName()) for mark in marks[:3]] == [
        ("met", "Đạt"),
        ("met", "Đạt"),
        ("none", "Chưa có mức giao"),
    ]
    bars = page.overview.findChildren(BulletBar)
    assert bars[0].toolTip().replace("\u00a0", " ") == (
        "Đăng ký trực tuyến: 94,75 %\n81.452/85.961 hồ sơ\nVạch: mức giao ≥ 70 %"
    )
    assert len({bar.width() for bar in bars}) == 1  # bars with one axis can be compared


def test_a_sentence_opens_its_cells_by_a_click_and_by_enter(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    first, second = page.overview.findChildren(Statement)[:2]
    click(qtbot, first.sentence)
    assert page.tabs.currentIndex() == 1
    assert page.indicators.panel.isVisible()
    hears(qtbot, page.indicators.panel, "81.452")
    page.tabs.setCurrentIndex(0)
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert page.indicators.panel.row is not None
    assert page.indicators.panel.row.id == "hotich.thiet_yeu_truc_tuyen"


def test_what_needs_a_look_leads_to_its_indicator_or_claim(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    fall, claim = page.overview.findChildren(Alert)
    click(qtbot, fall)
    assert page.indicators.panel.row is not None
    assert page.indicators.panel.row.id == "lltp.tiep_nhan"
    page.tabs.setCurrentIndex(0)
    click(qtbot, claim)
    assert page.tabs.currentIndex() == 2
    assert page.claims.entries["cb-40-2024-h1-thiet-yeu"].hasFocus()


def test_at_most_six_sentences_are_told_the_gravest_first(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    alarm(demo)
    page = show(qtbot, opened, demo)
    told = [statement.row.id for statement in page.overview.findChildren(Statement)]
    assert told[:4] == ["pbgdpl.cuoc", "lltp.truc_tuyen", "lltp.giai_quyet", "cc.viec"]
    assert len(told) == 6
    more = link(qtbot, page.overview, "Xem cả 9 chỉ tiêu thống kê")
    page.overview.ensureWidgetVisible(more)
    click(qtbot, more)
    assert page.tabs.currentIndex() == 1


@pytest.mark.parametrize("width", [1024, 1366, 1600, 1920])
def test_no_sentence_is_cut_at_any_width(qtbot: QtBot, opened: Opened, demo: Path, width: int) -> None:
    alarm(demo)
    page = show(qtbot, opened, demo)
    window = page.window()
    window.resize(width, 697)
    qtbot.waitUntil(lambda: window.width() == width)
    for tab in range(3):
        page.tabs.setCurrentIndex(tab)
        QTest.qWait(0)  # one turn, for the layout
        for label in page.tabs.currentWidget().findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.heightForWidth(label.width()) <= label.height(), label.text()


# --- claims


def test_claims_that_do_not_hold_are_first_with_both_figures_and_the_source(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(2)
    first, *others = page.claims.entries.values()
    hears(qtbot, first, "96,93 %")
    said = texts(first)
    assert said[0] == "Khai sinh, khai tử, kết hôn trực tuyến"
    assert "Công bố 96,93 %; tính lại 96,94 % (96,9365 % chưa làm tròn): bị cắt, không làm tròn." in said
    assert said[-2:] == ["96,93 %", "96,94 %"]
    assert any(text.startswith("Bài “Ministry of Justice") for text in said)
    assert len(others) == 3


def test_a_claim_leads_to_the_cells_it_was_recomputed_from(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    page.tabs.setCurrentIndex(2)
    first = next(iter(page.claims.entries.values()))
    assert isinstance(first, Region)
    click(qtbot, link(qtbot, first, "Xem nguồn số"))
    assert page.tabs.currentIndex() == 1
    assert page.indicators.panel.row is not None
    assert page.indicators.panel.row.id == "hotich.thiet_yeu_truc_tuyen"
    see = link(qtbot, page.indicators.panel, "Xem")
    click(qtbot, see)
    assert page.tabs.currentIndex() == 2


# --- without figures, and when they change


def test_an_empty_period_says_why_and_what_next(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo, unit="TH", period="2018-Y")
    assert not page.tabs.isVisible()
    hears(qtbot, page.stack, "Chưa đủ số liệu: kỳ này chưa có phiếu nào của đơn vị.")
    asked: list[str] = []
    page.session.asked_for.disconnect()
    page.session.asked_for.connect(lambda name, place: asked.append(name))
    click(qtbot, link(qtbot, page.stack, "Tới Nhập liệu"))
    assert asked == ["entry"]


def test_an_unknown_value_is_shown_as_dots_never_as_nought(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo, unit="VN")
    order = page.indicators.table.list
    assert [str(order.index(0, column).data()) for column in (0, 2, 6, 7, 8)] == [
        "Chưa tính được",
        "…",
        "…",
        "…",
        "…",
    ]


def test_a_changed_figure_changes_the_page_and_what_is_open_stays_open(
    qtbot: QtBot, opened: Opened, demo: Path
) -> None:
    page = show(qtbot, opened, demo)
    page.open_indicator("dvc.truc_tuyen")
    at = Period(2024, "H1")

    def work(workspace: Any) -> object:
        return set_cells(workspace, "PL-STP", workspace.owner, at, ["[VI.1]c1=50000"])[1]

    with qtbot.waitSignal(page.session.changed):
        page.session.act(work)
    settle(qtbot, page.session)
    assert page.head.sentence.whole().startswith("1/2 chỉ tiêu giao đã đạt, 1 chưa đạt")
    assert page.tabs.currentIndex() == 1
    assert page.indicators.panel.isVisible()
    hears(qtbot, page.indicators.panel, "50.000")
    assert page.overview.findChildren(Statement)[0].row.id == "dvc.truc_tuyen"


def test_another_unit_closes_what_it_does_not_have(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    page.open_indicator("dvc.truc_tuyen")
    found: list[str] = []
    at = page.session.period
    page.session.ask(page, lambda w: w.unit("10", at).uid, found.append, topic="test")
    qtbot.waitUntil(lambda: bool(found))
    page.session.go(unit=found[0])
    settle(qtbot, page.session)
    assert not page.indicators.panel.isVisible()
    assert page.place.text().startswith("Tỉnh Lào Cai")


def test_other_pages_lead_to_an_indicator(qtbot: QtBot, opened: Opened, demo: Path) -> None:
    page = show(qtbot, opened, demo)
    window = page.window()
    assert isinstance(window, MainWindow)
    page.session.show("progress", indicator="lltp.truc_tuyen")
    settle(qtbot, page.session)
    assert page.indicators.panel.title.text() == "Lý lịch tư pháp trực tuyến"
    page.session.show("progress", tab=2)
    settle(qtbot, page.session)
    assert page.tabs.currentIndex() == 2
    page.session.show("progress", claim="cb-40-2024-h1-lltp")
    settle(qtbot, page.session)
    assert page.claims.entries["cb-40-2024-h1-lltp"].hasFocus()
