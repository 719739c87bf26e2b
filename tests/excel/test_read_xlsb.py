"""An .xlsb is read from its records; calamine reads the same values."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel.grid import Area
from judapp.excel.read_calamine import read_calamine
from judapp.excel.reader import read_workbook

from .packages import cell, record, row, wide, xlsb

STYLES = (
    record(44, struct.pack("<H", 170) + wide("0.0%"))
    + record(43, struct.pack("<HHH", 240, 0, 400) + b"\0" * 15 + wide("Times New Roman"))
    + record(43, struct.pack("<HHH", 240, 0, 700) + b"\0" * 15 + wide(".VnTime"))
    + record(626)
    + record(47, struct.pack("<HHH", 0, 9, 0) + b"\0" * 10)
    + record(627)
    + record(617, struct.pack("<I", 3))
    + record(47, struct.pack("<HHH", 0, 0, 0) + b"\0" * 10)
    + record(47, struct.pack("<HHH", 0, 170, 1) + b"\0" * 10)
    + record(47, struct.pack("<HHH", 0, 14, 0) + b"\0" * 10)
    + record(618)
)


def real(number: float) -> bytes:
    return struct.pack("<d", number)


def test_values_errors_looks_and_what_is_hidden(tmp_path: Path) -> None:
    rows = row(
        0,
        cell(5, 0, real(81452)),
        cell(5, 1, real(0.9475), style=1),
        cell(6, 2, wide("Hòa  giải")),
        cell(3, 3, b"\x17"),
        cell(4, 4, b"\1"),
        cell(1, 5, style=1),
        cell(9, 6, real(5) + b"\0\0" + struct.pack("<II", 0, 0)),
        cell(11, 7, b"\x2a" + b"\0\0" + struct.pack("<II", 0, 0)),
        cell(5, 8, real(45292), style=2),
    ) + row(2, cell(5, 0, real(-5.5)), hidden=True)
    after = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 0, 1)) + record(178)
    path = xlsb(
        tmp_path / "a.xls", [("Biểu", 0, rows, after), ("Ẩn", 1, rows, b""), ("Kín", 2, rows, b"")], STYLES
    )
    [sheet] = read_workbook(path)
    assert sheet.name == "Biểu"
    assert {position: c.content for position, c in sheet.cells.items()} == {
        (1, 1): 81452,
        (1, 2): 0.9475,
        (1, 3): "Hòa giải",
        (1, 4): "#REF!",
        (1, 5): "TRUE",
        (1, 7): 5,
        (1, 8): "#N/A",
        (1, 9): "01/01/2024",
        (3, 1): -5.5,
    }
    assert {position for position, c in sheet.cells.items() if c.error} == {(1, 4), (1, 8)}
    assert (sheet.at(1, 2).percent, sheet.at(1, 2).bold, sheet.at(1, 2).font) == (True, True, ".VnTime")
    assert sheet.at(1, 2).shown_text == "94,8%"
    assert sheet.at(1, 9).is_date
    assert sheet.merges == (Area(1, 1, 2, 2),)
    assert {position for position, c in sheet.cells.items() if c.hidden} == {(1, 2), (3, 1)}


def test_calamine_reads_the_same_values(tmp_path: Path) -> None:
    shared = record(159, struct.pack("<II", 1, 1)) + record(19, b"\0" + wide("chung")) + record(160)
    cells = [
        cell(2, n, struct.pack("<i", bits))
        for n, bits in enumerate((5 << 2 | 2, -12345 << 2 | 3, 0x3FF80000))
    ]
    rows = row(3, *cells, cell(7, 4, struct.pack("<I", 0)), cell(8, 5, wide("có") + b"\0\0" + b"\0" * 8))
    path = xlsb(tmp_path / "a.xlsb", [("Biểu", 0, rows, b"")], STYLES, shared)
    [ours], [theirs] = read_workbook(path), read_calamine(path)
    assert [cell.content for cell in ours.cells.values()] == [5, -123.45, 1.5, "chung", "có"]
    assert {position: c.content for position, c in ours.cells.items()} == {
        position: c.content for position, c in theirs.cells.items()
    }


def test_cells_far_apart_cost_nothing(tmp_path: Path) -> None:
    rows = row(0, cell(5, 0, real(1))) + row(1_048_575, cell(5, 16_383, real(1)))
    [sheet] = read_workbook(xlsb(tmp_path / "a.xlsb", [("x", 0, rows, b"")]))
    assert set(sheet.cells) == {(1, 1), (1_048_576, 16_384)}


@pytest.mark.parametrize(("number", "column"), [(1_048_576, 0), (0, 16_384), (2**32 - 1, 0)])
def test_cells_beyond_any_sheet_are_refused(tmp_path: Path, number: int, column: int) -> None:
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(xlsb(tmp_path / "a.xlsb", [("x", 0, row(number, cell(5, column, real(1))), b"")]))


def test_damage_is_one_sentence(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", [("x", 0, row(0, cell(5, 0, real(1))), b"")])
    for part in (
        "xl/workbook.bin",
        "xl/worksheets/sheet1.bin",
        "xl/styles.bin",
        "xl/_rels/workbook.bin.rels",
    ):
        for content in (b"", b"\0", b"\x9c\x01\xff\xff\xff\x7f", b"<a"):
            broken = tmp_path / "b.xlsb"
            with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
                for name in source.namelist():
                    target.writestr(name, content if name == part else source.read(name))
            try:
                read_workbook(broken)
            except JudappError as error:
                assert error.code == "FIL-003"  # noqa: PT017  nothing in a part is no fault
