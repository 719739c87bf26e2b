"""An .ods says much by repeating: repeats are read, and bounded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from judapp.errors import JudappError
from judapp.excel import package
from judapp.excel.grid import Area, GridSheet
from judapp.excel.read_ods import _formula
from judapp.excel.reader import read_workbook

from .packages import ods

DATA = Path(__file__).parents[1] / "data"


def table(rows: str, columns: str = "", style: str = "") -> str:
    return f'<table:table table:name="Biểu" table:style-name="{style}">{columns}{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def held(said: str, text: str, more: str = "") -> str:
    """A cell: what it says of its value ("float 7"), what it shows."""
    kind, _, value = said.partition(" ")
    name = {"float": "value", "percentage": "value"}.get(kind, f"{kind}-value")
    attribute = f'office:{name}="{value}"' if value else ""
    return (
        f'<table:table-cell {more} office:value-type="{kind}" {attribute}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def seven(more: str = "") -> str:
    return held("float 7", "7", more)


def columns(times: int) -> str:
    return f'table:number-columns-repeated="{times}"'


def rows(times: int) -> str:
    return f'table:number-rows-repeated="{times}"'


def style(name: str, family: str, more: str = "", inside: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def only(path: Path) -> GridSheet:
    [sheet] = read_workbook(path)
    return sheet


EMPTY = "<table:table-cell {}/>"


def test_repeated_cells_and_rows_are_laid_out_where_they_hold_something(tmp_path: Path) -> None:
    body = (
        row(seven(columns(3)), EMPTY.format(columns(16_381)), more=rows(2))
        + row(EMPTY.format(columns(16_384)), more=rows(1_048_573))
        + row(seven())
    )
    sheet = only(ods(tmp_path / "a.ods", table(body)))
    assert set(sheet.cells) == {(r, c) for r in (1, 2) for c in (1, 2, 3)} | {(1_048_576, 1)}


@pytest.mark.parametrize(
    "body",
    [
        row(seven(columns(16_385))),
        row(seven(), more=rows(2_000_000)),
        row(seven(columns(16_000)), more=rows(1_000)),
        row(more=rows(10**30)) + row(seven()),
    ],
)
def test_repeats_beyond_any_sheet_are_refused_at_once(tmp_path: Path, body: str) -> None:
    start = time.monotonic()
    with pytest.raises(JudappError, match="FIL-003"):
        read_workbook(ods(tmp_path / "a.ods", table(body)))
    assert time.monotonic() - start < 2


def test_hidden_sheets_rows_and_columns(tmp_path: Path) -> None:
    styles = style("ta", "table", inside='<style:table-properties table:display="false"/>')
    before = f'<table:table-column/><table:table-column table:visibility="collapse" {columns(16_383)}/>'
    body = row(seven(), more='table:visibility="filter"') + row(seven(), seven())
    path = ods(tmp_path / "a.ods", table(body, before) + table(body, style="ta"), styles=styles)
    sheet = only(path)
    assert {position for position, cell in sheet.cells.items() if not cell.hidden} == {(2, 1)}
    assert 16_384 in sheet.hidden_columns


def test_merges_hide_what_they_cover(tmp_path: Path) -> None:
    covered = seven().replace("table:table-cell", "table:covered-table-cell")
    first = seven('table:number-columns-spanned="2" table:number-rows-spanned="1"')
    sheet = only(ods(tmp_path / "a.ods", table(row(first, covered, seven()))))
    assert sheet.merges == (Area(1, 1, 1, 2),)
    assert [cell.hidden for _, cell in sorted(sheet.cells.items())] == [False, True, False]


def test_values_of_every_type(tmp_path: Path) -> None:
    runs = 'một<text:s text:c="1000000000"/><text:span>hai <text:span>ba</text:span></text:span> bốn'
    body = row(
        held("percentage 0.9475", "94,75%"),
        held("boolean true", "ĐÚNG"),
        held("date 2024-06-30", "30/6"),
        held("time PT08H15M00S", "8:15"),
        held("string", f"{runs}</text:p><text:p>năm<text:line-break/>sáu"),
        EMPTY.format('table:formula="of:=[.A9]"'),
        held("float 0", "#REF!", 'table:formula="of:=[.#REF!]"'),
        held("string", "#N/A", 'calcext:value-type="error"'),
        held("float 1", "TRUE"),
    )
    sheet = only(ods(tmp_path / "a.ods", table(body)))
    assert [sheet.at(1, column).content for column in range(1, 10)] == [
        0.9475,
        "TRUE",
        "30/06/2024",
        "08:15",
        "một hai ba bốn\nnăm\nsáu",
        None,
        "#REF!",
        "#N/A",
        "TRUE",
    ]
    assert sheet.at(1, 1).percent
    assert [sheet.at(1, column).error for column in (6, 7, 8)] == [False, True, True]


def test_looks_are_inherited_and_fonts_of_runs_seen(tmp_path: Path) -> None:
    day = (
        '<number:date-style style:name="N1">'
        '<number:day number:style="long"/><number:text>/</number:text>'
        "<number:month/><number:text> năm </number:text>"
        '<number:year number:style="long"/></number:date-style>'
    )
    signed = (
        '<number:number-style style:name="N2P0"><number:number '
        'number:decimal-places="1" number:grouping="true"/></number:number-style>'
        '<number:number-style style:name="N2"><number:text>-</number:text><number:number/>'
        '<style:map style:condition="value()&gt;=0" style:apply-style-name="N2P0"/>'
        "</number:number-style>"
    )
    arial = '<style:text-properties style:font-name="Arial"/>'
    vni = '<style:text-properties fo:font-family="VNI-Times"/>'
    bold = '<style:text-properties fo:font-weight="bold"/>'
    styles = (
        style("Default", "table-cell", inside=arial)
        + day
        + signed
        + style("ce1", "table-cell", 'style:parent-style-name="Default" style:data-style-name="N1"')
        + style("ce2", "table-cell", 'style:parent-style-name="ce1" style:data-style-name="N2"', bold)
        + style("T1", "text", inside=vni)
    )
    before = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    text = held("string", '<text:span text:style-name="T1">Soá</text:span>')
    body = row(text, seven(), seven('table:style-name="ce2"'))
    sheet = only(ods(tmp_path / "a.ods", table(body, before), styles=styles))
    first, second, third = (sheet.at(1, column) for column in (1, 2, 3))
    assert (first.font, first.content) == ("VNI-Times", "Soá")
    assert (second.font, second.number_format) == ("Arial", 'dd/m" năm "yyyy')
    assert (third.bold, third.number_format, third.shown_text) == (True, "#,##0.0", "7,0")


def test_styles_that_inherit_from_each_other_end(tmp_path: Path) -> None:
    styles = "".join(style(a, "table-cell", f'style:parent-style-name="{b}"') for a, b in ("ab", "ba"))
    body = row(seven('table:style-name="a"'))
    assert only(ods(tmp_path / "a.ods", table(body), styles=styles)).at(1, 1).content == 7


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "FIL-001"),
        ({"encrypted-package": "x"}, "FIL-001"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "FIL-002"),
        ({"content.xml": "<!DOCTYPE a []><a/>"}, "FIL-003"),
        ({"content.xml": "<a"}, "FIL-003"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_faults_are_named(tmp_path: Path, parts: dict[str, str], code: str) -> None:
    with pytest.raises(JudappError, match=code):
        read_workbook(ods(tmp_path / "a.ods", table(""), parts=parts))


@pytest.mark.parametrize(
    ("open_formula", "excel"),
    [
        ("of:=SUM([.C4:.C9];1)", "=SUM(C4:C9,1)"),
        ('of:=IF([.A1]=";";"[.B1]";[$Ẩn.$A$1])', '=IF(A1=";","[.B1]",Ẩn!$A$1)'),
        ("of:=['Biểu 1'.A1]+[.#REF!]", "='Biểu 1'!A1+#REF!"),
        ("oooc:=[.A1]", "=A1"),
        ("=1+2", "=1+2"),
    ],
)
def test_formulas_are_told_as_excel_writes_them(open_formula: str, excel: str) -> None:
    assert _formula(open_formula) == excel


def test_a_large_content_is_read_in_pieces_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_workbook(DATA / "table.ods")
    monkeypatch.setattr(package, "_SMALL", 0)
    monkeypatch.setattr(package, "_CHUNK", 100)
    assert read_workbook(DATA / "table.ods") == whole
