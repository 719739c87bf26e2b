"""The front page of a half year that goes wrong: what is gravest first, and no gap rounded away."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.app.director import Front, front
from judapp.app.director_rows import axis_end
from judapp.app.entering import set_cells
from judapp.app.workspace import Workspace
from judapp.domain.measure import Indicator, Measure
from judapp.store import forms, measures, obligations
from judapp.store.obligations import Obligation
from judapp.store.operations import Writer
from tests.progress_case import DVC, ESSENTIAL, H1, alarm, row, seen, vi


@pytest.fixture
def alarming(demo: Path) -> Front:
    alarm(demo)
    return seen(demo)


def test_what_is_not_met_comes_first_by_the_gap_then_big_changes_then_what_is_met(alarming: Front) -> None:
    assert alarming.headline.vi == (
        "3/6 chỉ tiêu giao đã đạt, 3 chưa đạt; 2 số giảm mạnh; 3 số công bố cần xem lại."
    )
    assert [(told.id, told.verdict) for told in alarming.rows] == [
        ("pbgdpl.cuoc", "missed"),  # a quarter of what is due
        ("lltp.truc_tuyen", "missed"),  # 4.97 points
        ("lltp.giai_quyet", "missed"),  # only when unrounded
        ("cc.viec", "none"),  # −40 %
        ("lltp.tiep_nhan", "none"),  # −17.78 %
        (DVC, "met"),  # +11.09 points
        (ESSENTIAL, "met"),
        ("tcpl.xa", "met"),
        ("ct.viec", "none"),
    ]


def test_a_gap_that_rounding_hides_is_shown_with_the_decimals_that_tell_it(alarming: Front) -> None:
    close = row(alarming, "lltp.giai_quyet")
    assert (vi(close.value), vi(close.target), close.met) == ("97,06", "> 97,06 %", False)
    assert vi(close.difference) == "−0,0028 điểm %"
    assert close.exact[1] == Fraction(30112 * 100, 31025) - Fraction("97.06")


def test_half_a_year_is_held_against_half_the_level_and_both_are_drawn(alarming: Front) -> None:
    sessions = row(alarming, "pbgdpl.cuoc")
    assert (vi(sessions.target), vi(sessions.due), sessions.months) == ("≥ 8.000 cuộc", "≥ 4.000 cuộc", 6)
    assert vi(sessions.difference) == "−1.000 cuộc"
    assert sessions.bullet is not None
    assert (sessions.bullet.level, sessions.bullet.pro_rata, sessions.bullet.end) == (8000.0, 4000.0, 10000.0)


def test_changes_are_points_of_a_rate_percent_of_a_count_and_a_number_from_nothing(alarming: Front) -> None:
    told = {own: (vi(row(alarming, own).same_period), vi(row(alarming, own).change)) for own in _MOVED}
    assert told == _MOVED
    assert [own for own in _MOVED if row(alarming, own).fell] == ["cc.viec", "lltp.tiep_nhan"]


_MOVED = {
    DVC: ("83,66 %", "+11,09 điểm %"),
    "cc.viec": ("20.000 việc", "−40,00 %"),
    "lltp.tiep_nhan": ("37.734 hồ sơ", "−17,78 %"),
    "ct.viec": ("–", "+50 việc"),
}


def test_a_small_ceiling_has_an_axis_it_can_be_read_on(alarming: Front) -> None:
    ceiling = row(alarming, "tcpl.xa")
    assert (ceiling.met, vi(ceiling.target), vi(ceiling.difference)) == (True, "≤ 5 %", "−0,50 điểm %")
    assert ceiling.bullet is not None
    assert (ceiling.bullet.end, vi(ceiling.bullet.end_text)) == (6.0, "6 %")
    online = row(alarming, DVC).bullet
    assert online is not None
    assert online.end == 100.0


def test_a_reckoned_fall_names_both_figures(alarming: Front) -> None:
    assert vi(alarming.attention[0].sentence) == (
        "Việc công chứng giảm 40,00 % so với cùng kỳ năm 2023, từ 20.000 việc xuống 12.000 việc."
    )


def test_where_less_is_better_a_rise_needs_a_look(demo: Path) -> None:
    alarm(demo)
    with Workspace.open(demo) as workspace:
        worse = replace_indicator(workspace.indicators["lltp.truc_tuyen"], higher_is_better=False)
        workspace.apply("x", "x", lambda writer: measures.put_indicator(writer, worse, 1))
    rises = [item for item in seen(demo).attention if item.kind == "rise"]
    assert [item.about for item in rises] == ["lltp.truc_tuyen"]
    assert vi(rises[0].sentence).endswith("năm 2023, từ 23,85 % lên 55,03 %.")


def replace_indicator(indicator: Indicator, **changes: object) -> Indicator:
    return msgspec.convert({**msgspec.to_builtins(indicator), **changes}, Indicator)


# --- sums over base units


def test_a_sum_over_units_says_how_many_have_reported_and_is_drawn_hollow(demo: Path) -> None:
    with Workspace.open(demo) as workspace:
        province = workspace.unit("TH", H1)
        base = workspace.units.children(province.uid, H1.last_day)[:3]

        def build(writer: Writer) -> None:
            forms.add(writer, _form("thu.xa", "X"))
            forms.add(writer, _form("thu.so", "S", rollup="[1]c1 = sum(thu.xa![1]c1)", measure="thu"))
            measures.put_measure(
                writer, Measure(id="thu", label="Việc thử", label_en="Trials", unit="việc", unit_en="cases")
            )
            measures.put_indicator(
                writer,
                Indicator(
                    id="thu", label="Việc thử", label_en="Trials", numerator="m:thu", denominator="m:thu",
                    unit="việc", unit_en="cases", regime="tk",
                ),
                99,
            )  # fmt: skip
            for unit in base:
                obligations.put(writer, Obligation("thu.xa", unit.uid, date(2020, 1, 1)))

        workspace.apply("x", "x", build)
        for unit, number in zip(base[:2], (5, 7), strict=True):
            set_cells(workspace, "X", unit, H1, [f"[1]c1={number}"])
        set_cells(workspace, "S", province, H1, ["[2]c1=1"])
        found = front(workspace, province.uid, H1)
    told = row(found, "thu")
    assert told.bullet is not None
    assert told.bullet.hollow
    assert vi(told.bullet.coverage_text) == "2/3 đơn vị"
    assert vi(told.sources[0].value) == "12"
    assert vi(told.sources[0].origin) == "Cộng từ 2/3 phiếu của đơn vị"
    assert [(item.kind, item.leads, vi(item.sentence)) for item in found.attention] == [
        ("coverage", "home", "Tính trên 2/3 đơn vị đã nộp (66,67 %).")
    ]


def _form(family: str, number: str, *, rollup: str = "", measure: str = "") -> bytes:
    return msgspec.json.encode(
        {
            "family": family,
            "number": number,
            "circular": "Thử",
            "area": "thử",
            "title": "THỬ",
            "valid_from": "2020-01-01",
            "regime": "tk",
            "rounds": ["H1"],
            "evidence": {"level": "department", "sources": ["thử"]},
            "tables": [
                {
                    "stub": [{"label": "Việc"}],
                    "columns": [{"label": "Số việc", "code": "1", "unit": "việc"}],
                    "rows": [{"label": "A", "code": "1"}, {"label": "B", "code": "2"}],
                }
            ],
            "rollup": [{"rule": rollup, "status": "department"}] if rollup else [],
            "provides": [{"measure": measure, "cells": "[1]c1"}] if measure else [],
        }
    )


# --- drawing


@given(st.floats(min_value=1e-6, max_value=1e12), st.booleans())
def test_an_axis_ends_beyond_what_is_drawn_and_leaves_no_desert(largest: float, is_rate: bool) -> None:
    end = axis_end(largest, is_rate=is_rate)
    assert end >= largest
    if not (is_rate and 20 <= largest <= 100):
        assert end <= largest * 1.7


def test_rates_share_one_axis_and_nothing_has_one_too() -> None:
    assert {axis_end(largest, is_rate=True) for largest in (0.0, 20.0, 55.03, 100.0)} == {100.0}
    assert axis_end(0.0, is_rate=False) == 1.0
