"""A small file that names one worksheet over and over is refused before it is read over and over."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel import faults
from judapp.excel.reader import read_workbook

from .packages import cell, ods, relations, row, xlsb, xlsx

DATA = Path(__file__).parents[1] / "data"
SHEETS = 10_000


def why(path: Path) -> str:
    with pytest.raises(JudappError, match="FIL-003") as caught:
        read_workbook(path)
    return str(caught.value.params["reason"])


@pytest.mark.parametrize("parts", [("sheet1.xml",), ("sheet1.xml", "/xl/WORKSHEETS/Sheet1.xml")])
def test_one_part_under_many_names_is_refused_unread(tmp_path: Path, parts: tuple[str, ...]) -> None:
    targets = [p if p.startswith("/") else f"worksheets/{p}" for p in parts]
    related = relations(*((f"rId{n}", "worksheet", target) for n, target in enumerate(targets)))
    inside = "".join(f'<sheet name="Biểu {n}" r:id="rId{n % len(parts)}"/>' for n in range(900))
    path = xlsx(
        tmp_path / "a.xlsx",
        "<row><c><v>không phải số</v></c></row>",  # reading it would fail otherwise
        parts={"xl/workbook.xml": book(inside), "xl/_rels/workbook.xml.rels": related},
    )
    assert "cùng một phần" in why(path)
    hidden = '<sheet name="Biểu" r:id="rId0"/>' + '<sheet name="Ẩn" state="hidden" r:id="rId0"/>' * 9
    once = xlsx(
        tmp_path / "b.xlsx",
        "<row><c><v>1</v></c></row>",
        parts={"xl/workbook.xml": book(hidden), "xl/_rels/workbook.xml.rels": related},
    )
    assert len(read_workbook(once)) == 1


def book(inside: str) -> str:
    spaces = (
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    return f"<workbook {spaces}><sheets>{inside}</sheets></workbook>"


def test_more_worksheets_than_a_province_sends_are_refused(tmp_path: Path) -> None:
    inside = "".join(f'<sheet name="Biểu {n}" r:id="rId{n}"/>' for n in range(SHEETS))
    related = relations(*((f"rId{n}", "worksheet", f"worksheets/s{n}.xml") for n in range(SHEETS)))
    parts = {"xl/workbook.xml": book(inside), "xl/_rels/workbook.xml.rels": related}
    assert "10.000 trang tính" in why(xlsx(tmp_path / "a.xlsx", "", parts=parts))
    table = '<table:table table:name="Biểu"><table:table-row/></table:table>'
    assert "tối đa 1.000" in why(ods(tmp_path / "a.ods", table * (faults.MAX_SHEETS + 2)))
    assert len(read_workbook(ods(tmp_path / "b.ods", table * 9))) == 9


def test_an_xlsb_names_every_part_once(tmp_path: Path) -> None:
    rows = row(0, cell(5, 0, struct.pack("<d", 1)))
    path = xlsb(tmp_path / "a.xlsb", [("Một", 0, rows, b""), ("Hai", 0, rows, b"")])
    assert len(read_workbook(path)) == 2
    twice = tmp_path / "b.xlsb"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(twice, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"sheet2.bin", b"sheet1.bin"))
    assert "cùng một phần" in why(twice)


def test_an_xls_lets_every_worksheet_begin_elsewhere(tmp_path: Path) -> None:
    content = (DATA / "table.xls").read_bytes()
    first, third = struct.pack("<i", 0x671), struct.pack("<i", 0xEF0)  # as its list of worksheets says
    assert content.count(b"\x85\0\x12\0" + third) == 1
    path = tmp_path / "a.xls"
    path.write_bytes(content.replace(b"\x85\0\x12\0" + third, b"\x85\0\x12\0" + first))
    assert "cùng một phần" in why(path)
