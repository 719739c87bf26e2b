"""``judapp set``: values as somebody types them, sums, the estimated part of a cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

SHEET = ("--form", "10b/TP/CC", "--unit", "TH", "--period", "2026-H1")


def after(judapp: Callable[..., Any], demo: Path, *assignments: str) -> list[str]:
    ran = judapp("set", demo, *SHEET, *assignments, "--json")
    assert ran.code in (0, 1), ran.err
    return [cell["after"] for cell in ran.json["cells"]]


def test_a_sum_is_reckoned_and_stands_in_the_history(judapp: Callable[..., Any], demo: Path) -> None:
    assert after(judapp, demo, "[I]c19=Ghi chú", "[tong]c1==12+30*2") == ["Ghi chú", "72"]
    assert after(judapp, demo, "[tong]c1==7:2") == ["=7:2"]
    shown = judapp("history", demo, "--limit", "5")
    assert "(Tổng số cột (1) = 12+30*2)" in shown.out


def test_the_estimated_part_has_an_address_of_its_own(judapp: Callable[..., Any], demo: Path) -> None:
    assert after(judapp, demo, "[tong]c1=120+15") == ["135 (≈ 15)"]
    assert after(judapp, demo, "[tong]c1=140") == ["140 (≈ 15)"]
    assert after(judapp, demo, "[tong]c1:est=20") == ["140 (≈ 20)"]
    assert after(judapp, demo, "[tong]c1:est=") == ["140"]
    assert judapp("set", demo, *SHEET, "[tong]c1:est=x").code == 2
