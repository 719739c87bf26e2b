"""``judapp minutes``: imports listed, the minutes of one kept as a workbook or a PDF, without a window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def test_imports_are_listed_and_their_minutes_kept(
    judapp: Callable[..., Any], demo: Path, tmp_path: Path
) -> None:
    [one] = judapp("minutes", demo, "--json").json["imports"]
    assert (one["number"], one["files"], one["undone"]) == (1, 24, False)
    assert "24" in judapp("minutes", demo).out
    path = tmp_path / "b.xlsx"
    kept = judapp("minutes", demo, "--out", path, "--json").json["minutes"]
    assert (kept["number"], len(kept["written"])) == (1, 24)
    assert all(len(line["sha256"]) == 64 for line in kept["written"])
    assert load_workbook(path).worksheets[0]["A1"].value == "BIÊN BẢN NHẬP TỆP SỐ 1"
    shown = judapp("minutes", demo, "--import", 1, "--lang", "en").out
    assert "Written (24 worksheets)" in shown


def test_what_cannot_be_kept_is_said_in_one_line(
    judapp: Callable[..., Any], demo: Path, tmp_path: Path
) -> None:
    ran = judapp("minutes", demo, "--import", 7)
    assert (ran.code, ran.err) == (2, "Không có lần nhập số 7; tệp này có 1 lần nhập. (MIN-002)\n")
    ran = judapp("minutes", demo, "--out", tmp_path / "b.docx")
    assert ran.code == 2
    assert "MIN-001" in ran.err
    empty = tmp_path / "moi.sqlite"
    judapp("new", empty, "--unit", "40")
    assert "MIN-003" in judapp("minutes", empty, "--import", 1).err


def test_a_pdf_needs_no_screen(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "biên bản.pdf"
    without = {
        name: value for name, value in os.environ.items() if "DISPLAY" not in name and "QT_" not in name
    }
    ran = subprocess.run(
        [sys.executable, "-m", "judapp", "minutes", demo, "--out", path],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=without,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert path.read_bytes().startswith(b"%PDF")
