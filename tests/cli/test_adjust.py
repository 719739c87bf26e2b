"""``judapp adjust``: what the department adds to a figure, with its reason, and taking it away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

SHEET = ("--form", "PL-STP", "--unit", "40", "--period", "2023-Y")


def test_an_adjustment_stands_in_the_history_and_can_be_dropped(
    judapp: Callable[..., Any], demo: Path
) -> None:
    ran = judapp("adjust", demo, *SHEET, "[V.1]c1=-2", "Đếm trùng")
    assert (ran.code, ran.out) == (0, "Đã điều chỉnh [V.1]c1: -2\n")
    shown = judapp("history", demo, "--limit", "1").out
    assert "điều chỉnh" in shown
    assert "Điều chỉnh của Sở −2 ở ô V.1 cột (1)" in shown
    assert judapp("adjust", demo, *SHEET, "[V.1]c1=").out == "Đã bỏ điều chỉnh ở [V.1]c1\n"
    assert judapp("verify", demo, "--deep").code == 0
