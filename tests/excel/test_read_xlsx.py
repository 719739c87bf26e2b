"""An .xlsx is read from its own XML: everything that stands in it, and nothing else."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from judapp.domain.cell_name import address
from judapp.errors import JudappError
from judapp.excel import package, read_xlsx
from judapp.excel.grid import Area, GridSheet
from judapp.excel.read_calamine import read_calamine
from judapp.excel.reader import read_workbook
from judapp.paths import seeds
from judapp.text import clean

from .packages import relations, xlsx

DATA = Path(__file__).parents[1] / "data"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def only(path: Path) -> GridSheet:
    [sheet] = read_workbook(path)
    return sheet


def contents(path: Path) -> dict[str, object]:
    return {address(position): cell.content for position, cell in only(path).cells.items()}


def test_every_kind_of_value_is_read(tmp_path: Path) -> None:
    body = (
        '<row r="1"><c r="A1"><v>81452</v></c><c r="B1" t="n"><v>0.1</v></c><c r="C1"><v>1.5E3</v></c>'
        '<c r="D1" t="b"><v>1</v></c><c r="E1" t="b"><v>0</v></c><c r="F1" t="e"><v>#N/A</v></c>'
        '<c r="G1" t="s"><v>0</v></c><c r="H1" t="inlineStr"><is><t>trong ô</t></is></c>'
        '<c r="I1" t="d"><v>2024-06-30</v></c><c r="J1" s="5"/><c r="K1"><v/></c></row>'
    )
    path = xlsx(tmp_path / "a.xlsx", body, shared="<si><t>chung</t></si>")
    assert contents(path) == {
        "A1": 81452,
        "B1": 0.1,
        "C1": 1500,
        "D1": "TRUE",
        "E1": "FALSE",
        "F1": "#N/A",
        "G1": "chung",
        "H1": "trong ô",
        "I1": "30/06/2024",
    }
    assert [cell.error for cell in only(path).cells.values()].count(True) == 1


def test_formulas_with_without_and_with_an_empty_value(tmp_path: Path) -> None:
    body = (
        '<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><f>C1</f></c><c r="C1"><f>D1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="F1" t="str"><f>"có"</f><v>có</v></c></row>'
    )
    sheet = only(xlsx(tmp_path / "a.xlsx", body))
    found = [(cell.content, cell.formula, cell.error) for _, cell in sorted(sheet.cells.items())]
    assert found == [
        (4, "=B1*2", False),
        (None, "=C1", False),
        (None, "=D1", False),
        ("", '=""', False),
        ("#DIV/0!", "=1/0", True),
        ("có", '="có"', False),
    ]


def test_a_shared_formula_is_told_in_each_of_its_cells(tmp_path: Path) -> None:
    body = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">SUM(A1:B1)*$D$1</f><v>1</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/><v>3</v></c>'
        '<c r="D3"><f t="array" ref="D3">A3</f></c></row>'
    )
    sheet = only(xlsx(tmp_path / "a.xlsx", body))
    assert sheet.at(2, 3).formula == "=SUM(A2:B2)*$D$1"
    assert sheet.at(3, 3).formula == "=SUM(A3:B3)*$D$1"
    assert sheet.at(3, 4).formula == "=A3"


def test_rich_text_is_one_text_without_readings_and_with_its_legacy_font(tmp_path: Path) -> None:
    shared = (
        "<si><r><t>Tổng </t></r><r><rPr><b/></rPr><t>số</t></r><rPh><t>đọc</t></rPh></si>"
        '<si><r><rPr><rFont val=".VnTime"/></rPr><t>T\u00adng</t></r></si>'
        "<si><t>a_x000D_\nb_x0041_</t></si>"
    )
    body = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
    sheet = only(xlsx(tmp_path / "a.xlsx", body, shared=shared))
    assert sheet.at(1, 1).content == "Tổng số"
    assert (sheet.at(1, 2).content, sheet.at(1, 2).font) == ("T\u00adng", ".VnTime")  # TCVN3 "ư", no hyphen
    assert sheet.at(1, 3).content == "a\nbA"


def test_cells_and_rows_without_places_follow_each_other(tmp_path: Path) -> None:
    body = '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="5"><c><v>4</v></c></row>'
    body += "<row><c><v>5</v></c></row>"
    assert contents(xlsx(tmp_path / "a.xlsx", body)) == {"A1": 1, "C1": 3, "A5": 4, "A6": 5}


@pytest.mark.parametrize(("properties", "shown"), [("", "01/01/2024"), ('date1904="1"', "02/01/2028")])
def test_days_by_number_format_in_both_systems(tmp_path: Path, properties: str, shown: str) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><fonts><font/></fonts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
    )
    body = '<row><c s="0"><v>45292</v></c><c s="1"><v>45292</v></c><c s="2"><v>45292.75</v></c></row>'
    path = xlsx(tmp_path / "a.xlsx", body, styles=styles, properties=properties)
    assert contents(path) == {"A1": 45292, "B1": shown, "C1": shown}
    assert only(path).at(1, 2).is_date


def test_what_excel_shows_of_a_rate_is_the_rate(tmp_path: Path) -> None:
    styles = '<fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'
    sheet = only(xlsx(tmp_path / "a.xlsx", '<row><c s="1"><v>0.9475</v></c></row>', styles=styles))
    cell = sheet.at(1, 1)
    assert (cell.content, cell.percent, cell.number_format) == (0.9475, True, "0.00%")
    assert cell.shown_decimal == Decimal("94.75")
    assert cell.shown_text == "94,75%"


def test_hidden_rows_columns_and_what_a_merge_covers_are_marked(tmp_path: Path) -> None:
    before = (
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" width="0" customWidth="1"/></cols>'
    )
    rows = "".join(
        f'<row r="{n}" hidden="{int(n == 2)}">' + "".join("<c><v>1</v></c>" for _ in range(5)) + "</row>"
        for n in range(1, 5)
    )
    after = '<mergeCells><mergeCell ref="A3:D4"/></mergeCells>'
    sheet = only(xlsx(tmp_path / "a.xlsx", rows, before=before, after=after))
    shown = {position for position, cell in sheet.cells.items() if not cell.hidden}
    assert shown == {(1, 1), (1, 4), (3, 1)}
    assert sheet.merges == (Area(3, 1, 4, 4),)
    assert sheet.at(3, 1).merged == Area(3, 1, 4, 4)
    assert 2 in sheet.hidden_rows
    assert 16_384 in sheet.hidden_columns
    assert 4 not in sheet.hidden_columns


def test_comments_belong_to_their_cells_even_empty_ones(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = 5
    sheet["A1"].comment, sheet["B2"].comment = Comment("ước  tính", "An"), Comment("chưa có", "An")
    book.save(tmp_path / "a.xlsx")
    read = only(tmp_path / "a.xlsx")
    assert (read.at(1, 1).comment, read.at(2, 2).comment) == ("ước tính", "chưa có")
    assert read.at(2, 2).content is None


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_of_either_kind_and_charts_are_left_out(tmp_path: Path, state: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "thấy"
    book.create_sheet("ẩn").sheet_state = state
    book.create_chartsheet("biểu đồ")
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in read_workbook(tmp_path / "a.xlsx")] == ["Sheet"]


def test_the_strict_kind_and_other_part_names_are_read(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = xlsx(tmp_path / "a.xlsx", body, shared="<si><t>chặt</t></si>", namespace=STRICT)
    assert contents(path) == {"A1": "chặt"}
    moved = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(moved, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("workbook.xml", "book2.xml"), source.read(name))
        target.writestr("_rels/.rels", relations(("rId1", "officeDocument", "xl/book2.xml")))
    assert contents(moved) == {"A1": "chặt"}


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>7</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
        '<row r="1"><c><v>nan</v></c></row>',
        '<row r="1"><c><v>1e999</v></c></row>',
        '<row r="1"><c><v>mười</v></c></row>',
    ],
)
def test_what_no_workbook_holds_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(xlsx(tmp_path / "a.xlsx", body, shared="<si><t>x</t></si>"))


def test_a_used_range_of_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    after = '<mergeCells><mergeCell ref="B2:XFD1048575"/></mergeCells>'
    before = '<dimension ref="A1:XFD1048576"/>'
    assert contents(xlsx(tmp_path / "a.xlsx", body, before=before, after=after)) == {"A1": 1, "XFD1048576": 2}


def test_too_many_cells_merges_or_tags_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_xlsx, "MAX_CELLS", 50)
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(xlsx(tmp_path / "a.xlsx", "<row>" + "<c><v>1</v></c>" * 51 + "</row>"))
    merges = "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 60)) + "</mergeCells>"
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(xlsx(tmp_path / "b.xlsx", "", after=merges))
    monkeypatch.setattr(package, "_MAX_WAITING", 100)
    for small in (1 << 20, 0):
        monkeypatch.setattr(package, "_SMALL", small)
        with pytest.raises(JudappError, match="FIL-003"):
            read_workbook(xlsx(tmp_path / "c.xlsx", "<x/>" * 200))


def workbooks() -> list[Path]:
    return [
        *sorted((seeds() / "demo" / "workbooks").glob("*.xlsx")),
        DATA / "table.xlsx",
        DATA / "table_lo.xlsx",
    ]


@pytest.mark.parametrize("path", workbooks(), ids=lambda path: path.name)
def test_openpyxl_and_calamine_read_the_same(path: Path) -> None:
    ours = {sheet.name: sheet for sheet in read_workbook(path)}
    book = load_workbook(path, data_only=True)
    theirs = {s.title: s for s in book.worksheets if s.sheet_state == "visible"}
    assert list(ours) == list(theirs)
    for name, sheet in ours.items():
        values = {
            (c.row, c.column): c.value for row in theirs[name].iter_rows() for c in row if c.value is not None
        }
        held = {p: cell.content for p, cell in sheet.cells.items() if cell.content not in (None, "")}
        assert set(held) == set(values)
        for position, value in values.items():
            assert held[position] == plain(value)
            assert sheet.at(*position).number_format == theirs[name].cell(*position).number_format
        assert {str(area) for area in sheet.merges} == {
            str(area) for area in theirs[name].merged_cells.ranges
        }
    for other in read_calamine(path):
        seen = ours[other.name].cells.items()
        held = {p: c.content for p, c in seen if c.content not in (None, "") and not c.error}
        assert held == {position: cell.content for position, cell in other.cells.items()}


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if (value.hour, value.minute) == (0, 0) else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.split("\n"))
    return value


@pytest.mark.parametrize("path", workbooks(), ids=lambda path: path.name)
def test_a_large_part_is_read_in_pieces_to_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_workbook(path)
    monkeypatch.setattr(package, "_SMALL", 0)
    monkeypatch.setattr(package, "_CHUNK", 100)
    assert read_workbook(path) == whole


TEXTS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="_\u00ad"), min_size=1
)
VALUES = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    TEXTS.filter(lambda text: not text.startswith(("=", "#"))),
    st.dates(date(1900, 3, 1), date(2999, 12, 31)),
)
FORMATS = st.sampled_from(["General", "0.00%", "#,##0", "0", '#,##0" đồng"', "#,##0.00;[Red]-#,##0.00"])


@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 60), st.integers(1, 40)),
        st.tuples(VALUES, FORMATS, st.booleans()),
        max_size=30,
    ),
    merges=st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 5), st.integers(1, 5)), unique_by=lambda m: m[0]
    ),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_openpyxl_writes_is_read_back(
    tmp_path: Path, cells: dict[tuple[int, int], tuple[object, str, bool]], merges: list[tuple[int, int, int]]
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for position, (value, code, bold) in cells.items():
        written = sheet.cell(*position)
        written.value = value  # type: ignore[assignment]
        written.font = Font(name="Times New Roman", bold=bold)
        if not isinstance(value, date):
            written.number_format = code
    areas = {
        Area(100 + 6 * at, 1, 99 + 6 * at + down, right)
        for at, down, right in merges
        if (down, right) != (1, 1)
    }
    for area in areas:
        sheet.merge_cells(str(area))
    book.save(tmp_path / "a.xlsx")
    read = only(tmp_path / "a.xlsx")
    assert set(read.merges) == areas
    assert set(read.cells) == set(cells)
    for position, (value, code, bold) in cells.items():
        cell = read.at(*position)
        if isinstance(value, date):
            assert cell.content == f"{value:%d/%m/%Y}"
            continue
        assert cell.number_format == code
        assert (cell.bold, cell.font, cell.formula, cell.error) == (bold, "Times New Roman", None, False)
        if isinstance(value, float):
            assert cell.content == pytest.approx(value, rel=1e-15)
        elif isinstance(value, str):
            assert cell.content == clean(value)
        else:
            assert cell.content == value
