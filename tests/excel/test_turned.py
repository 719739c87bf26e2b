"""Workbooks of other formats are marked as .xlsx of the same contents, and that is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from judapp.excel.marked import marked_workbook, write_marked
from judapp.excel.reader import read_workbook
from judapp.excel.turned import turned
from tests.excel.packages import cell, row, wide, xlsb
from tests.excel.test_marked import TITLE, TOLD, mark

DATA = Path(__file__).parents[1] / "data"
IMPORT = DATA / "import"


@pytest.mark.parametrize(
    "path",
    [
        *(DATA / f"table.{suffix}" for suffix in ("xls", "ods", "csv")),
        *(DATA / f"looks.{suffix}" for suffix in ("xls", "ods")),
        *(
            IMPORT / name
            for name in ("excel97.xls", "binary.xlsb", "open.ods", "repeated.ods", "utf8-tab.tsv")
        ),
    ],
    ids=lambda path: path.name,
)
def test_values_formats_and_merges_are_kept(path: Path, tmp_path: Path) -> None:
    before = read_workbook(path)
    first = before[0].name
    write_marked(
        path, tmp_path / "a.xlsx", [mark("B2", sheet=first), mark("ZZ9", sheet=first)], TOLD, [TITLE]
    )
    told, *after = read_workbook(tmp_path / "a.xlsx")
    assert TOLD.turned in str([text for _, text in told.texts()])
    assert [sheet.name for sheet in after] == [sheet.name for sheet in before]
    for old, new in zip(before, after, strict=True):
        assert old.merges == new.merges
        for at, one in old.cells.items():
            other = new.at(*at)
            assert (other.content or None, other.error, other.hidden) == (
                one.content or None,
                one.error,
                one.hidden,
            )
            if one.content not in (None, ""):
                assert (other.number_format, other.font) == (one.number_format, one.font or "Times New Roman")
                assert other.bold >= one.bold  # a text all of whose runs are bold is bold
            if one.comment and at != (2, 2):
                assert other.comment == one.comment
    book = load_workbook(tmp_path / "a.xlsx")
    assert book[first]["ZZ9"].fill.fgColor.rgb == "FFFCE4E1"


def test_lines_and_widths_are_kept_as_far_as_they_are_known(tmp_path: Path) -> None:
    path = DATA / "looks.ods"
    content, names = turned(path, path.read_bytes(), read_workbook(path))
    (tmp_path / "a.xlsx").write_bytes(content)
    from judapp.excel.blank import read_blank

    for old, new in zip(read_blank(path), read_blank(tmp_path / "a.xlsx"), strict=True):
        assert names[old.grid.name] == new.grid.name
        assert dict(new.looks) == dict(old.looks)
        assert new.widths == pytest.approx(dict(old.widths), abs=0.01)


def test_what_a_workbook_holds_besides_numbers_is_kept(tmp_path: Path) -> None:
    """Error values, truth values, texts that look like formulas or like escaped signs, hidden rows."""
    rows = row(
        0,
        cell(6, 0, wide("=1+1")), cell(6, 1, wide("_x000D_ & <b>")), cell(3, 2, b"\x17"), cell(4, 3, b"\x01"),
    ) + row(1, cell(6, 0, wide("khuất")), hidden=True)  # fmt: skip
    path = xlsb(tmp_path / "a.xlsb", [("A" * 40 + "[x]", 0, rows, b""), ("B", 0, rows, b"")])
    made = marked_workbook(path, [mark("A1", sheet="A" * 40 + "[x]")], TOLD)
    (tmp_path / "b.xlsx").write_bytes(made.content)
    _, first, second = read_workbook(tmp_path / "b.xlsx")
    assert (first.name, second.name) == ("A" * 31, "B")
    assert [first.at(1, column).content for column in range(1, 5)] == [
        "=1+1",
        "_x000D_ & <b>",
        "#REF!",
        "TRUE",
    ]
    assert [first.at(1, 1).formula, first.at(1, 3).error, first.at(2, 1).hidden] == [None, True, True]


def test_a_text_file_gets_columns_wide_enough(tmp_path: Path) -> None:
    path = Path(shutil.copy(IMPORT / "utf8-semicolon.csv", tmp_path / ("a" * 40 + ".csv")))
    [sheet] = read_workbook(path)
    made = marked_workbook(path, [mark("A1", sheet=sheet.name)], TOLD)
    (tmp_path / "b.xlsx").write_bytes(made.content)
    book = load_workbook(tmp_path / "b.xlsx")
    assert max(column.width for column in book.worksheets[1].column_dimensions.values()) > 20
