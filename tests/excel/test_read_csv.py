"""Separated text in the encodings and with the separators it comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel import read_csv
from judapp.excel.reader import read_workbook

ROWS = [
    ["Chỉ tiêu", "Số liệu"],
    ["Khai sinh; khai tử, kết hôn", "1.234,5"],
    ["", "=1+1"],
    ["Đăng ký\tlại", "007"],
]


def written(separator: str) -> str:
    return "".join(separator.join(f'"{cell}"' if cell else "" for cell in row) + "\r\n" for row in ROWS)


def cells(path: Path) -> dict[tuple[int, int], object]:
    [sheet] = read_workbook(path)
    return {position: cell.content for position, cell in sheet.cells.items()}


WHOLE = {
    (1, 1): "Chỉ tiêu",
    (1, 2): "Số liệu",
    (2, 1): "Khai sinh; khai tử, kết hôn",
    (2, 2): "1.234,5",
    (3, 2): "=1+1",
    (4, 1): "Đăng ký lại",
    (4, 2): "007",
}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_separator(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(written(separator).encode(encoding))
    assert cells(path) == WHOLE


def test_the_windows_encoding_of_vietnamese(tmp_path: Path) -> None:
    # cp1258 writes the tones of most letters as marks of their own.
    tones = {"ỉ": "i\u0309", "ố": "ô\u0301", "ệ": "ê\u0323", "ử": "ư\u0309", "ế": "ê\u0301", "ý": "y\u0301"}
    text = written(";").replace("ạ", "a\u0323")
    for letter, spelled in tones.items():
        text = text.replace(letter, spelled)
    (tmp_path / "a.csv").write_bytes(text.encode("cp1258"))
    assert cells(tmp_path / "a.csv") == WHOLE


def test_everything_is_text_and_no_formula(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("=1+1;5;+x\n", encoding="utf-8")
    [sheet] = read_workbook(tmp_path / "a.csv")
    assert [(c.content, c.formula) for c in sheet.cells.values()] == [
        ("=1+1", None),
        ("5", None),
        ("+x", None),
    ]
    assert sheet.name == "a"


def test_a_single_column_and_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("một\n\nhai\n", encoding="utf-8")
    assert cells(tmp_path / "a.csv") == {(1, 1): "một", (3, 1): "hai"}


def test_tabs_under_a_workbooks_name_are_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("TT\tSố\n1\t5\n", encoding="utf-8")
    assert cells(tmp_path / "a.xls") == {(1, 1): "TT", (1, 2): "Số", (2, 1): "1", (2, 2): "5"}


@pytest.mark.parametrize("text", ["xin chào", "Kính gửi, anh\nTôi gửi, tệp\n", "a;b\nc\n"])
def test_other_text_under_a_workbooks_name_is_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.xls").write_text(text, encoding="utf-8")
    with pytest.raises(JudappError, match="FIL-002"):
        read_workbook(tmp_path / "a.xls")


@pytest.mark.parametrize("content", [b"a;b\0\0\0" + b"x" * 50, b"a\1;b\n", b"\xff\xfea\0\0\xd8"])
def test_what_is_no_text_is_named_or_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(JudappError, match=r"FIL-00[23]"):
        read_workbook(tmp_path / "a.csv")


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text(";" * 17_000, encoding="utf-8")
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(path)
    path.write_text('"' + "x" * 200_000 + '"', encoding="utf-8")
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(path)
    monkeypatch.setattr(read_csv, "MAX_CELLS", 3)
    path.write_text("1;2\n3;4\n", encoding="utf-8")
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(path)
