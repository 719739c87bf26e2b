"""``import --marked``: copies of faulty files for their senders, also when nothing is to be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from judapp.excel.reader import read_workbook
from tests.app.test_importing import SEEDS, changed

Run = Callable[..., Any]
NGHE_AN = SEEDS / "pl-stp_40_2024-H1.xlsx"


def test_a_faulty_file_is_marked_without_importing_it(judapp: Run, demo: Path, tmp_path: Path) -> None:
    path = changed(NGHE_AN, tmp_path / "a.xlsx", "Tổng số hồ sơ", "8596O")
    out = tmp_path / "out"
    ran = judapp(
        "import", demo, path, NGHE_AN, "--dry-run", "--marked", out, "--until", "2024-07-05", "--json"
    )
    assert (ran.code, ran.json["applied"]) == (1, 0)
    copy = out / "a (đánh dấu lỗi).xlsx"
    assert [entry["marked"] for entry in ran.json["files"]] == [str(copy), None]
    assert "05/07/2024" in str([text for _, text in read_workbook(copy)[0].texts()])
    words = judapp("import", demo, path, "--dry-run", "--marked", out)
    assert f"Đã ghi 1 tệp đánh dấu lỗi vào {out}." in words.out


def test_without_a_folder_nothing_is_marked(judapp: Run, demo: Path, tmp_path: Path) -> None:
    path = changed(NGHE_AN, tmp_path / "a.xlsx", "Tổng số hồ sơ", "8596O")
    ran = judapp("import", demo, path, "--dry-run", "--json")
    assert "marked" not in ran.json["files"][0]
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".xlsx"] == ["a.xlsx"]


def test_where_no_copy_can_be_written_nothing_is_imported(judapp: Run, demo: Path, tmp_path: Path) -> None:
    path, folder = tmp_path / "sai.xlsx", tmp_path / "out"
    changed(NGHE_AN, path, "Tổng số hồ sơ", "8596O")
    folder.write_text("a file", "utf-8")
    before = judapp("history", demo, "--json").json
    ran = judapp("import", demo, path, "--marked", folder)
    assert (ran.code, "EXP-002" in ran.err) == (2, True)
    assert judapp("history", demo, "--json").json == before
