"""The list of units on the command line: preview, write, answers, a list to fill in; exit codes and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judapp.app.founding import new_file
from tests.unit_list_case import everything, unclear, write

Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nghe-an.sqlite"
    new_file(path, "40").close()
    return path


def test_a_list_is_previewed_and_written(judapp: Run, file: Path, tmp_path: Path) -> None:
    source = everything(tmp_path / "danh sach.xlsx")
    shown = judapp("units", file, "--import", source, "--dry-run", "--json")
    assert (shown.code, shown.json["operation"], shown.json["dry_run"]) == (0, None, True)
    assert set(shown.json) == {
        "on", "units", "sheets", "lines", "counts", "questions", "findings", "operation", "dry_run",
    }  # fmt: skip
    written = judapp("units", file, "--import", source, "--json")
    assert written.code == 0
    assert written.json["operation"]
    assert written.json["on"] == "2025-07-01"
    assert written.json["counts"]["commune.merged"] == 5
    [unit] = [unit for unit in written.json["units"] if unit["name"] == "Xã Nghi Lộc"]
    assert unit["code"] == "17827"
    assert len(unit["predecessors"]) == 3
    again = judapp("units", file, "--import", source)
    assert again.code == 0
    assert "không có gì để ghi" in again.out


def test_what_is_not_clear_is_told_and_answered(judapp: Run, file: Path, tmp_path: Path) -> None:
    judapp("units", file, "--import", everything(tmp_path / "a.xlsx"))
    source = unclear(tmp_path / "b.xlsx")
    told = judapp("units", file, "--import", source, "--lang", "en")
    assert told.code == 1
    assert "Xã phường · C11" in told.out
    assert '--answer "Xã phường!C9=…": mend' in told.out
    asked = judapp("units", file, "--import", source, "--json", "--answer", "Xã phường!C9=mend")
    assert asked.code == 1
    assert [q["code"] for q in asked.json["questions"]] == ["UNL-form-unknown"]
    assert asked.json["operation"] is None
    name = write(tmp_path / "c.xlsx", {"Xã phường": [("Mã", "Tên xã"), ("17830", "Xã Phúc Lọc")]})
    mended = judapp("units", file, "--import", name, "--json", "--answer", "mend")
    assert (mended.code, mended.json["lines"][0]["state"]) == (0, "mended")


def test_a_list_to_fill_in_reads_back(judapp: Run, file: Path, tmp_path: Path) -> None:
    made = judapp("units", file, "--template", tmp_path / "mau.xlsx", "--json")
    assert made.code == 0
    assert set(made.json) == {"on", "units", "template"}
    assert judapp("units", file, "--import", tmp_path / "mau.xlsx").code == 0
    both = judapp("units", file, "--template", tmp_path / "a.xlsx", "--import", tmp_path / "mau.xlsx")
    assert both.code == 2


def test_a_file_that_is_no_workbook_is_one_line_and_changes_nothing(
    judapp: Run, file: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "anh.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    ran = judapp("units", file, "--import", picture)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "JPEG" in ran.err
    later = write(tmp_path / "c.xlsx", {"Xã phường": [("Mã", "Tên xã"), ("1", "Xã A")]})
    ran = judapp("units", file, "--import", later, "--on", "2026-03-01", "--json")
    assert (ran.code, ran.json["on"]) == (0, "2026-03-01")
