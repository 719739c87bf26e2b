"""What is written gives way to nothing but an earlier one of its kind."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel.output import put_in_place
from judapp.excel.plain import PlainTable, write_workbook
from judapp.store.database import DataFile

TABLE = [PlainTable("Biểu", [], [["A"]], [["x"]], [], [6])]


def letter(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.sqlite", "a.xlsx"])
def test_a_workbook_never_replaces_a_data_file_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    DataFile.create(path).close()
    before = path.read_bytes()
    with pytest.raises(JudappError, match="EXP-004"):
        write_workbook(path, TABLE)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_workbook_never_replaces_a_letter_or_any_other_file(tmp_path: Path) -> None:
    for name, content in (("a.docx", letter(tmp_path / "a.docx")), ("b.xlsx", b"precious")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(JudappError, match="EXP-004"):
            write_workbook(path, TABLE)
        assert path.read_bytes() == content


def test_an_earlier_workbook_and_an_empty_file_give_way(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()
    write_workbook(path, TABLE)
    assert zipfile.is_zipfile(path)
    write_workbook(path, TABLE)
    with pytest.raises(JudappError, match="EXP-004"):
        put_in_place(path, b"%PDF-1.7", lambda _: None)


def test_a_damaged_workbook_gives_way_to_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(JudappError, match="EXP-004"):
        write_workbook(path, TABLE)
