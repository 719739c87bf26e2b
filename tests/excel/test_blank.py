"""A blank is read as it is seen: lines, indents, weight, typed blanks; the same from every format."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from judapp.errors import JudappError
from judapp.excel import blank_looks
from judapp.excel.blank import BlankSheet, read_blank
from judapp.excel.blank_looks import LooksDraft, lead_of, looks
from judapp.excel.grid import Area, GridCell, GridSheet

from .packages import ods, xlsx

DATA = Path(__file__).parents[1] / "data"
EVERY_FORMAT = pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
THIN = Side(style="thin")


def the_sheet(path: Path) -> BlankSheet:
    [sheet] = read_blank(path)
    return sheet


@EVERY_FORMAT
def test_every_format_tells_the_same_looks(suffix: str) -> None:
    """``looks.*`` are one table drawn by tests/data/make_looks.py."""
    sheet = the_sheet(DATA / f"looks.{suffix}")
    assert dict(sheet.looks) == {
        (1, 1): looks("", 0, True, True, "center"),
        (1, 2): looks("", 0, True),
        (3, 1): looks("ltrb"),
        (3, 2): looks("lt"),
        (3, 3): looks("t"),
        (3, 4): looks("tr"),
        (4, 1): looks("ltrb", 2, align="left"),
        (4, 2): looks("lb"),
        (4, 3): looks("b"),
        (4, 4): looks("rb"),
        (5, 1): looks("ltrb"),
        (5, 2): looks("ltrb"),
    }
    assert sheet.lead == {(3, 1): 4, (5, 1): 2}
    assert sheet.grid.merges == (Area(3, 2, 4, 4),)


@EVERY_FORMAT
def test_a_label_is_clean_and_its_typed_blanks_are_counted_apart(suffix: str) -> None:
    sheet = the_sheet(DATA / f"looks.{suffix}")
    assert sheet.text(3, 1) == "Trong đó"
    assert sheet.at(3, 1).content == "Trong đó"
    assert sheet.text(5, 1) == "- Nữ"
    assert sheet.text(99, 99) == ""


@EVERY_FORMAT
def test_what_is_hidden_does_not_stand_in_the_blank(suffix: str) -> None:
    """A hidden column and row, a hidden sheet, an empty sheet, protection."""
    sheet = the_sheet(DATA / f"looks.{suffix}")
    assert sheet.grid.name == "Biểu 1"
    assert sheet.text(3, 6) == sheet.text(7, 1) == ""
    assert 6 in sheet.grid.hidden_columns
    assert 7 in sheet.grid.hidden_rows


@EVERY_FORMAT
def test_widths_of_columns_are_told_where_stated(suffix: str) -> None:
    widths = the_sheet(DATA / f"looks.{suffix}").widths
    assert widths[1] > 25
    assert widths.get(2, 8.43) < 15


@pytest.mark.parametrize(
    ("text", "blanks"),
    [("x", 0), ("   x", 3), ("\tx", 4), ("\u00a0 x", 2), (" \n  x", 2), ("   ", 0), ("", 0)],
)
def test_blanks_before_a_text_count_up_to_its_first_sign(text: str, blanks: int) -> None:
    assert lead_of(text) == blanks


def merged(draft: LooksDraft, *areas: Area) -> dict[tuple[int, int], str]:
    grid = GridSheet("x", {(1, 1): GridCell("x")}, areas)
    return {position: look.borders for position, look in draft.settled(grid).items()}


def test_a_merge_whose_first_cell_alone_has_lines_has_them_at_its_rim() -> None:
    """LibreOffice and most libraries write them so, Excel at the rim; a person sees no difference."""
    draft = LooksDraft()
    draft.put((2, 2), looks("ltrb"))
    assert merged(draft, Area(2, 2, 3, 3)) == {(2, 2): "lt", (2, 3): "tr", (3, 2): "lb", (3, 3): "rb"}


def test_lines_inside_a_merge_are_not_seen() -> None:
    draft = LooksDraft()
    for column in range(1, 4):
        draft.put((1, column), looks("ltrb"))
    assert merged(draft, Area(1, 1, 1, 3)) == {(1, 1): "ltb", (1, 2): "tb", (1, 3): "trb"}


def test_a_line_the_neighbour_draws_is_the_cells_own_too() -> None:
    """Tables are often drawn with right and lower lines only."""
    draft = LooksDraft()
    for row in (1, 2):
        for column in (1, 2):
            draft.put((row, column), looks("rb"))
    assert merged(draft) == {(1, 1): "rb", (1, 2): "lrb", (2, 1): "trb", (2, 2): "ltrb"}


def test_a_cell_without_lines_gets_none_from_the_table_below_it() -> None:
    draft = LooksDraft()
    draft.put((1, 1), looks(bold=True))
    draft.put((2, 1), looks("ltrb"))
    assert merged(draft) == {(1, 1): "", (2, 1): "ltrb"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 6)),
        st.tuples(
            st.sets(st.sampled_from("ltrb")),
            st.integers(0, 3),
            st.booleans(),
            st.booleans(),
            st.integers(0, 4),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_what_openpyxl_writes_is_read_again(
    tmp_path: Path, drawn: dict[tuple[int, int], tuple[set[str], int, bool, bool, int]]
) -> None:
    """Indents, weight, slant and typed blanks; of lines at least the ones drawn, the rest by a neighbour."""
    book = Workbook()
    page = book.worksheets[0]
    for (row, column), (lines, indent, bold, italic, blanks) in drawn.items():
        cell = page.cell(row, column, " " * blanks + "x")
        left, top, right, bottom = (THIN if side in lines else None for side in "ltrb")
        cell.border = Border(left=left, top=top, right=right, bottom=bottom)
        cell.font = Font(bold=bold, italic=italic)
        cell.alignment = Alignment(horizontal="left", indent=indent)
    path = tmp_path / "x.xlsx"
    book.save(path)
    sheet = the_sheet(path)
    for (row, column), (lines, indent, bold, italic, blanks) in drawn.items():
        look = sheet.look(row, column)
        assert (look.indent, look.bold, look.italic, look.align) == (indent, bold, italic, "left")
        assert lines <= set(look.borders)
        assert sheet.lead.get((row, column), 0) == blanks


def test_an_ods_style_holds_for_cells_repeated_and_for_those_of_its_column(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="base" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>'
        '<style:style style:name="own" style:family="table-cell" style:parent-style-name="base">'
        '<style:table-cell-properties fo:border-bottom="none"/>'
        '<style:paragraph-properties fo:margin-left="0.706cm" fo:text-align="start"/></style:style>'
    )
    rows = (
        '<table:table table:name="Biểu"><table:table-column table:number-columns-repeated="3"'
        ' table:default-cell-style-name="base"/><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p><text:s text:c="3"/>a<text:s/>b</text:p>'
        "</table:table-cell>"
        '<table:table-cell table:style-name="own" table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell'
        ' table:number-columns-repeated="3"/></table:table-row></table:table>'
    )
    sheet = the_sheet(ods(tmp_path / "x.ods", rows, styles=styles))
    assert sheet.look(1, 1) == looks("ltrb")
    assert sheet.look(1, 3) == looks("ltr", 2, align="left")
    assert sheet.lead == {(1, 1): 3}
    assert not [row for row, _ in sheet.looks if row > 1]


def test_the_weight_of_all_runs_counts_more_than_that_of_the_cell(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    bold, plain = "<r><rPr><b/></rPr><t>Tổng</t></r>", "<r><t xml:space='preserve'>  số</t></r>"
    sheet = the_sheet(xlsx(tmp_path / "x.xlsx", body, shared=f"<si>{bold}</si><si>{bold}{plain}</si>"))
    assert sheet.look(1, 1).bold
    assert not sheet.look(1, 2).bold


def refused(path: Path) -> str:
    with pytest.raises(JudappError) as caught:
        read_blank(path)
    return caught.value.code


def image(path: Path) -> Path:
    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0"))
    path.write_bytes(data + chunk(b"IEND", b""))
    return path


@EVERY_FORMAT
def test_a_workbook_under_password_is_refused(suffix: str) -> None:
    assert refused(DATA / f"encrypted.{suffix}") == "FIL-001"


def test_an_image_renamed_is_refused_with_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(JudappError) as caught:
        read_blank(image(tmp_path / "bieu.xlsx"))
    assert (caught.value.code, caught.value.params) == ("FIL-002", {"kind": "ảnh PNG"})


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b" \r\n"])
def test_an_empty_file_is_refused_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(content)
    assert refused(path) == "LRN-010"


def test_a_workbook_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"].border = Border(left=THIN)
    page["B2"], page["B3"] = "ẩn", "   "
    page.row_dimensions[2].hidden = True
    path = tmp_path / "bieu.xlsx"
    book.save(path)
    assert refused(path) == "LRN-012"


def test_a_format_without_looks_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text("A,B\n1,2\n", encoding="utf-8")
    assert refused(path) == "LRN-011"
    assert refused(DATA / "table.csv") == "LRN-011"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "khong-co.xlsx") == "FIL-004"


def test_a_sheet_of_too_many_drawn_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank_looks.LooksDraft.__init__, "__defaults__", (3,))
    assert refused(DATA / "looks.xlsx") == "FIL-003"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_a_sentence_never_a_traceback(
    tmp_path: Path, suffix: str, data: st.DataObject
) -> None:
    content = bytearray((DATA / f"looks.{suffix}").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(bytes(content))
    with suppress(JudappError):
        read_blank(path)
