"""A file is read as it stands or refused with one sentence that says what it is; never a traceback."""

from __future__ import annotations

import random
import struct
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from judapp.errors import JudappError
from judapp.excel import read_xlsx, reader
from judapp.excel.grid import GridCell
from judapp.excel.reader import read_workbook

from .builders import workbook

DATA = Path(__file__).parents[1] / "data"


def test_values_texts_days_and_formulas_are_read_as_they_stand(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = 81452, 94.75, "Hòa  giải "
    sheet["A2"] = "=SUM(A1:B1)"
    sheet["B2"] = "#REF!"
    book.save(tmp_path / "a.xlsx")
    grid = read_workbook(tmp_path / "a.xlsx")[0]
    assert grid.at(1, 1).content == 81452
    assert grid.at(1, 2).content == 94.75
    assert grid.at(1, 3).content == "Hòa giải"
    assert (grid.at(2, 1).content, grid.at(2, 1).formula) == (None, "=SUM(A1:B1)")  # openpyxl stores no value
    assert (grid.at(2, 2).content, grid.at(2, 2).error) == ("#REF!", True)
    assert grid.last_row == 2
    assert grid.at(9, 9) == GridCell(None)


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "thấy"
    book.create_sheet("ẩn")["A1"] = "không thấy"
    book["ẩn"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in read_workbook(tmp_path / "a.xlsx")] == ["Sheet"]


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.xlsx", b"\xff\xd8\xff\xe0 JFIF", "FIL-002", "JPEG"),
        ("a.xlsx", b"%PDF-1.7", "FIL-002", "PDF"),
        ("a.xlsx", "xin chào".encode(), "FIL-002", "văn bản"),
        ("a.xlsx", b"\0\1\2\3", "FIL-002", "nhị phân"),
        ("a.xlsx", b"", "FIL-003", ""),
        ("a.xlsx", b"PK\x03\x04 cut off", "FIL-003", ""),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "FIL-003", ""),
        ("a.csv", b"\xff\xd8\xff\xe0 JFIF", "FIL-002", "JPEG"),
        ("a.csv", b"a;b\1;c\nd;e;f", "FIL-002", "nhị phân"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "FIL-005", "HTML"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "FIL-005", "XML"),
    ],
)
def test_what_is_no_workbook_is_named(
    tmp_path: Path, name: str, content: bytes, code: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(JudappError) as caught:
        read_workbook(path)
    assert caught.value.code == code
    assert words in str(caught.value.params)


def test_an_archive_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("thu.txt", "xin chào")
    with pytest.raises(JudappError, match="FIL-002"):
        read_workbook(tmp_path / "a.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"\xff\xfe\0", b"<a/>"])
def test_a_workbook_with_a_broken_part_is_refused(tmp_path: Path, part: str, content: bytes) -> None:
    broken = with_part(workbook(tmp_path / "whole.xlsx", [["a", 1]]), part, content)
    if content == b"<a/>":  # well-formed: there is nothing in it
        assert all(not sheet.cells or "styles" in part for sheet in read_workbook(broken))
        return
    with pytest.raises(JudappError, match=r"FIL-00[23]"):
        read_workbook(broken)


@pytest.mark.parametrize("part", ["[Content_Types].xml", "docProps/app.xml", "xl/theme/theme1.xml"])
def test_parts_that_say_nothing_of_the_cells_may_be_broken(tmp_path: Path, part: str) -> None:
    broken = with_part(workbook(tmp_path / "whole.xlsx", [["a", 1]]), part, b"<")
    assert read_workbook(broken)[0].at(1, 2).content == 1


def with_part(path: Path, part: str, content: bytes) -> Path:
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        assert part in source.namelist()
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return changed


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("called", ["xlsx", "xls"])
def test_a_password_is_said_whatever_the_name(tmp_path: Path, suffix: str, called: str) -> None:
    path = tmp_path / f"a.{called}"
    path.write_bytes((DATA / f"encrypted.{suffix}").read_bytes())
    with pytest.raises(JudappError, match="FIL-001"):
        read_workbook(path)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("called", ["xlsx", "xls", "ods", "csv", "doc"])
def test_content_decides_not_the_name(tmp_path: Path, kind: str, called: str) -> None:
    path = tmp_path / f"a.{called}"
    path.write_bytes((DATA / f"table.{kind}").read_bytes())
    assert read_workbook(path) == read_workbook(DATA / f"table.{kind}")


@pytest.mark.parametrize("name", ["table.xlsx", "table_lo.xlsx", "table.xls", "table.ods", "encrypted.xlsx"])
def test_a_file_that_is_cut_off_anywhere_is_one_sentence(tmp_path: Path, name: str) -> None:
    whole = (DATA / name).read_bytes()
    path = tmp_path / "a.bin"
    for length in range(1, len(whole), len(whole) // 40):
        path.write_bytes(whole[:length])
        with suppress(JudappError):
            read_workbook(path)


@pytest.mark.parametrize("name", ["table.xlsx", "table_lo.xlsx", "table.xls", "table.ods", "encrypted.xlsx"])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_bytes_are_one_sentence_or_none(tmp_path: Path, name: str, seed: int) -> None:
    damaged = bytearray((DATA / name).read_bytes())
    dice = random.Random(seed)
    for _ in range(dice.randrange(1, 30)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    path = tmp_path / "a.bin"
    path.write_bytes(damaged)
    with suppress(JudappError):
        read_workbook(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("place", ["text", "attribute"])
def test_a_billion_laughs_are_refused_at_once(tmp_path: Path, part: str, place: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    body = "<row><c><v>&l29;</v></c></row>" if place == "text" else '<row r="&l29;"/>'
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "1">{laughs}]><worksheet><sheetData>{body}</sheetData></worksheet>'
    start = time.monotonic()
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(with_part(workbook(tmp_path / "a.xlsx", [[1]]), part, bomb.encode()))
    assert time.monotonic() - start < 5


def test_a_file_outside_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("bí mật", encoding="utf-8")
    secret = (tmp_path / "secret").as_uri()
    cell = '<row><c t="str"><v>&e;</v></c></row>'
    sheet = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret}">]><worksheet><sheetData>{cell}</sheetData></worksheet>'
    )
    part = "xl/worksheets/sheet1.xml"
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(with_part(workbook(tmp_path / "a.xlsx", [[1]]), part, sheet.encode()))


def test_our_own_faults_and_too_little_memory_are_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "a.xlsx", [[1]])

    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(read_xlsx, "styles_of", fails)
    with pytest.raises(MemoryError):
        read_workbook(path)


@pytest.mark.parametrize(
    ("part", "kind"), [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("a", "ZIP")]
)
def test_other_archives_are_named(tmp_path: Path, part: str, kind: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(JudappError, match="FIL-002") as caught:
        read_workbook(tmp_path / "a.xlsx")
    assert caught.value.params["kind"] == kind


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED", 1000)
    path = workbook(tmp_path / "a.xlsx", [["a" * 50]] * 50)
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(path)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(JudappError, match="FIL-004"):
        read_workbook(tmp_path / "nowhere.xlsx")
    with pytest.raises(JudappError, match="FIL-006"):
        read_workbook(tmp_path)


def test_an_xls_whose_sectors_lead_in_a_circle_is_refused_not_read_forever(tmp_path: Path) -> None:
    """A small stream (below 4,096 bytes) whose first sector names itself as the next one."""
    content = bytearray((DATA / "looks.xls").read_bytes())
    entry = content.index("Workbook".encode("utf-16-le"))
    content[entry + 116 : entry + 124] = struct.pack("<ii", 0, 64)  # its first sector, its size
    table = 512 * (1 + struct.unpack("<i", content[60:64])[0])
    content[table : table + 4] = struct.pack("<i", 0)
    path = tmp_path / "x.xls"
    path.write_bytes(bytes(content))
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(path)
