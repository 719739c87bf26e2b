"""What is read from the text of a part is what its tree says; what is spelt otherwise is left to the tree."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judapp.errors import JudappError
from judapp.excel import read_xlsx
from judapp.excel.grid import GridSheet
from judapp.excel.reader import read_workbook
from judapp.excel.row_text import meant, spelt_rows

from .builders import workbook

DATA = Path(__file__).parents[1] / "data"
WORKBOOKS = [path for path in sorted(DATA.rglob("*.xls[xm]")) if path.stat().st_size < 20_000]
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[GridSheet] | str, ...]:
    def read() -> list[GridSheet] | str:
        try:
            return read_workbook(path)
        except JudappError as error:
            return error.code

    fast = read()
    with monkeypatch.context() as patch:
        patch.setattr(read_xlsx, "spelt_rows", lambda _: None)
        return fast, read()


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_every_workbook_of_the_tests_reads_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = both_ways(path, monkeypatch)
    assert fast == slow


def spelt(tmp_path: Path, rows: str) -> Path:
    part = (
        f'<worksheet {NAMESPACE}><cols><col min="2" max="2" hidden="1"/></cols><sheetData>{rows}</sheetData>'
    )
    return with_sheet(
        tmp_path, f'{part}<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    )


def with_sheet(tmp_path: Path, sheet: str) -> Path:
    whole, changed = workbook(tmp_path / "whole.xlsx", [["a", "b"]]), tmp_path / "changed.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = sheet.encode() if name == "xl/worksheets/sheet1.xml" else source.read(name)
            target.writestr(name, content)
    return changed


PLAIN = [
    '<c r="A1"/>',
    '<c r="A1" s="0"><v>12</v></c>',
    '<c r="A1" t="n"><v>1.50</v></c>',
    '<c r="A1" t="str"><f>B1&amp;"x"</f><v>a &lt; b</v></c>',
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> Xã&#273; </t></is></c>',
    '<c r="A1"><f t="shared" ref="A1:A2" si="0">SUM(B1:C1)</f><v>3</v></c>',
    '<c r="A1"><f t="shared" si="0"/><v></v></c>',
    '<c r="A1" t="e"><v>#REF!</v></c>',
    '<c r="A1" t="b"><v>1</v></c>',
    '<c r="A1" t="s"><v>99</v></c>',
    '<c r="A1"><v>12,5</v></c>',
    '<c r="A1"><v>1_2</v></c>',
    '<c r="XFE1"><v>1</v></c>',
    '<c r="A1" t="str"><v>&#0;</v></c>',
    '<c r="A1" t="str"><v>&e;</v></c>',
]
ODD = [
    ' <c r="A1"><v>1</v></c>',
    '<c r="A2"><v>1</v></c>',
    '<c><v>1</v></c>',
    '<c r="A1"><!-- so --><v>1</v></c>',
    '<c r="A1"><v><![CDATA[1]]></v></c>',
    '<c s="0" r="A1"><v>1</v></c>',
    '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="A1"><v>1</v>',
]  # fmt: skip


@pytest.mark.parametrize("cell", [*PLAIN, *ODD])
def test_a_cell_however_it_is_spelt_reads_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    fast, slow = both_ways(spelt(tmp_path, f'<row r="1" ht="0" customHeight="1">{cell}</row>'), monkeypatch)
    assert fast == slow


@pytest.mark.parametrize("cell", ODD)
def test_what_is_spelt_otherwise_is_left_to_the_tree(cell: str) -> None:
    part = f'<worksheet {NAMESPACE}><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    assert spelt_rows(part.encode()) is None


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE a []><worksheet><sheetData></sheetData></worksheet>',
        '<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData></sheetData></worksheet>',
        '<x:worksheet><x:sheetData></x:sheetData></x:worksheet>',
        '<worksheet><sheetData></sheetData><!-- <sheetData> --></worksheet>',
        '<worksheet><sheetData>\r\n</sheetData></worksheet>',
        '<worksheet><sheetData>\0</sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"></sheetData></worksheet>',
        '<worksheet/>',
    ],
)  # fmt: skip
def test_a_part_of_another_kind_is_left_to_the_tree(part: str) -> None:
    assert spelt_rows(part.encode()) is None
    assert spelt_rows(b"\xff" + part.encode()) is None


def test_rows_within_a_comment_are_none(tmp_path: Path) -> None:
    hidden = '<!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData> -->'
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(with_sheet(tmp_path, f"<worksheet {NAMESPACE}>{hidden}</worksheet>"))


@given(rows=st.lists(st.lists(st.sampled_from(PLAIN[:9]), max_size=4), max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_of_any_cells_read_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[list[str]]
) -> None:
    body = "".join(
        f'<row r="{at}">{"".join(c.replace("A1", "ABCD"[n] + str(at), 1) for n, c in enumerate(cells))}</row>'
        for at, cells in enumerate(rows, start=1)
    )
    fast, slow = both_ways(spelt(tmp_path, body), monkeypatch)
    assert fast == slow


def test_signs_are_told_from_how_they_are_spelt() -> None:
    assert meant("&lt;&#x110;&#273;&amp;lt;&gt;") == "<Đđ&lt;>"
    for wrong in ("a & b", "&e;", "&#0;", "&#xFFFF;", "&#1114112;"):
        with pytest.raises(ValueError, match=r"&|chr"):
            meant(wrong)
