"""Selected figures are summed where sums mean something, exactly and at once."""

from __future__ import annotations

import time

from msgspec.structs import replace

from judapp.app.grid_view import CellView
from judapp.app.pasting import Area
from judapp.app.selection_sum import SelectionSum, selection_sum
from tests.app.drawn_table import table


def test_figures_of_one_unit_are_summed_averaged_and_counted() -> None:
    drawn = table("12", "4o")
    found = selection_sum(drawn, [Area(0, 0, 1, 1)])
    assert found == SelectionSum("Tổng 7 · Trung bình 2,3 · Đếm 3", "7")
    assert selection_sum(drawn, [Area(0, 0, 0, 0), Area(1, 0, 1, 0)]).total == "5"  # two areas
    assert selection_sum(drawn, [Area(0, 0, 0, 1)], "en").words == "Sum 3 · Average 1,5 · Count 2"


def test_a_whole_average_has_no_decimals() -> None:
    assert selection_sum(table("24"), [Area(0, 0, 0, 1)]).words == "Tổng 6 · Trung bình 3 · Đếm 2"


def test_one_cell_says_itself_what_it_is() -> None:
    assert selection_sum(table("12"), [Area(0, 0, 0, 0)]) == SelectionSum()


def test_unlike_units_averages_and_rates_get_no_sum() -> None:
    drawn = table("12")
    mixed = {**drawn.cells, ("", "0", "0"): replace(drawn.cells["", "0", "0"], unit="đồng")}
    assert selection_sum(replace(drawn, cells=mixed), [Area(0, 0, 0, 1)]) == SelectionSum("Đếm 2")
    assert selection_sum(table("12", kinds="cr"), [Area(0, 0, 0, 1)]) == SelectionSum("Đếm 2")
    alike = {**drawn.cells, ("", "0", "0"): replace(drawn.cells["", "0", "0"], unit="Việc")}
    assert selection_sum(replace(drawn, cells=alike), [Area(0, 0, 0, 1)]).total == "3"


def test_cells_still_waited_for_are_counted_and_sums_are_exact() -> None:
    drawn = table("12o")
    cells = {
        **drawn.cells,
        ("", "0", "0"): CellView("999.999.999.999.999,1", "", state="", unit="việc"),
        ("", "0", "1"): CellView("−0,2", "", state="", unit="việc"),
        ("", "0", "2"): CellView("…", "..", state="pending"),
    }
    found = selection_sum(replace(drawn, cells=cells), [Area(0, 0, 0, 2)])
    assert found.words.startswith("Tổng 999.999.999.999.998,9 · ")
    assert found.words.endswith(" · Đếm 2 · 1 ô chưa có số liệu")
    assert found.total == "999999999999998,9"


def test_a_whole_large_table_is_summed_between_two_frames() -> None:
    drawn = table(*["1" * 40] * 300)
    cells = {
        key: replace(cell, text=f"{at % 900 + 100}.{at % 7}00")
        for at, (key, cell) in enumerate(drawn.cells.items())
    }
    large = replace(drawn, cells=cells)
    area = [Area(0, 0, 299, 39)]
    selection_sum(large, area)  # the figures are read once
    best = min(_timed(lambda: selection_sum(large, area)) for _ in range(5))
    assert best < 0.05  # 10 ms on an idle machine


def _timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
