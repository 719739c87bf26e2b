"""Tables in HTML are laid out as a browser does, and nothing in them reaches beyond what was copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.errors import JudappError
from judapp.excel.clipboard_html import MOST_LETTERS, CopiedTable, table_of, text_of
from judapp.excel.clipboard_xml import numbers_of


def table(html: str) -> CopiedTable:
    found = table_of(html)
    assert found is not None
    return found


def texts(html: str) -> list[list[str]]:
    """Texts by row; "^" under a merged cell."""
    return [["^" if cell.covered else cell.text for cell in row] for row in table(html).rows]


@pytest.mark.parametrize(
    ("html", "cells"),
    [
        ("<table><tr><td>1<td>2<tr><td>3</table>", [["1", "2"], ["3", ""]]),
        ("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>", [["a", "^", "b"], ["1", "2", "3"]]),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>",
            [["a", "b"], ["^", "c"], ["d", "e"]],
        ),
        (
            "<table><tr><td>a<td rowspan=3 colspan=2>b<tr><td>c<tr><td>d</table>",
            [["a", "b", "^"], ["c", "^", "^"], ["d", "^", "^"]],
        ),
        ("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>", [["a", "b", "c"], ["d", "", "^"]]),
        ("<table><thead><tr><th>a</thead><tbody><tr><td>b</table>", [["a"], ["b"]]),
        ("<table><tr><td>a</table>x<table><tr><td>b</table>", [["a"], ["b"]]),
        ("<table><tr><td>a<table><tr><td>in<td>side</table>b</table>", [["a\nin side\nb"]]),
        ("<table><tr><td>a <!-- no --> b<script>x</script><style>y</style></table>", [["a b"]]),
        ("<table><tr><td>1&nbsp;234&lt;&amp;</table>", [["1 234<&"]]),
        ("<table><tr><td colspan=-1 rowspan=x>a</table>", [["a"]]),
        ("Version:0.9\r\nStartHTML:97\r\n<table><tr><td>a</table>", [["a"]]),
    ],
)
def test_cells_lie_where_a_browser_lays_them(html: str, cells: list[list[str]]) -> None:
    assert texts(html) == cells


def test_what_is_not_displayed_is_told_as_hidden() -> None:
    found = table(
        "<table><col><col span=2 style='display:none'><tr><td>1<td>2<td>3<td style='Display: None'>4"
        "<tr hidden><td>5<td>6<td>7<td style='display:none'>8</table>"
    )
    assert (found.hidden_rows, found.hidden_columns) == (frozenset({1}), frozenset({1, 2, 3}))


@pytest.mark.parametrize(
    "html", ["", " ", "\x00", "<p>chữ", "<table></table>", "<img src=http://x.invalid/a>"]
)
def test_a_page_without_cells_is_no_table(html: str) -> None:
    assert table_of(html) is None


def test_a_page_is_read_as_its_words() -> None:
    assert text_of("<html><head><title>t</title></head><body><p>một<p>hai<br>ba<b>bốn</b></body>") == (
        "một\nhai\nbabốn"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + " " * MOST_LETTERS,
        "<table><tr>" + "<td colspan=1000>x" * 21,
        "<table>" + "<tr><td>1" * 20_001,
        "<table><tr>" + "<td>x" * 1000 + "<tr><td>y" * 30,
    ],
)
def test_more_than_a_form_takes_is_refused(html: str) -> None:
    with pytest.raises(JudappError, match="ENY-005"):
        table_of(html)


def test_entities_of_a_document_are_not_made_larger() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><table><tr><td>&b;</table>'
    assert texts(bomb) == [["&b;"]]


@given(st.text(alphabet="<>/tablerdhxc=\"' 1&;!-\x00\ud83d", max_size=80))
def test_no_markup_breaks_the_reading(html: str) -> None:
    table_of(f"<table><tr><td>{html}")
    text_of(html)


_NAMES = b"urn:schemas-microsoft-com:office:spreadsheet"
_SS = b'<Workbook xmlns="%b" xmlns:ss="%b"><Worksheet><Table>' % (_NAMES, _NAMES)
_SS += b"%b</Table></Worksheet></Workbook>"
_CELL = b'<Cell%s><Data ss:Type="Number">%d</Data></Cell>'


def test_places_of_an_excel_table_follow_its_indices_spans_and_merges() -> None:
    rows = (
        b"<Row>" + _CELL % (b' ss:MergeAcross="2"', 1) + _CELL % (b"", 2) + b"</Row>"
        b'<Row ss:Span="1"><Cell ss:Index="3"/></Row>'
        b'<Row ss:Index="6">'
        + _CELL
        % (b' ss:Index="2"', 3)
        + b'<Cell><Data ss:Type="String">x</Data></Cell></Row>'
        b"<Row>" + _CELL % (b' ss:Index="x"', 4) + b"</Row>"
    )
    assert numbers_of(_SS % rows + b"\0") == {(0, 0): "1", (0, 3): "2", (5, 1): "3", (6, 0): "4"}


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a>",
        b"<a/>",
        b"\x00",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://x.invalid/secret">]><a>&b;</a>',
        b"<a>" + b" " * 16_000_000,
        _SS % (b"<Row>" + _CELL % (b"", 1) * 20_001 + b"</Row>"),
    ],
)
def test_what_is_no_excel_table_says_nothing(xml: bytes) -> None:
    assert numbers_of(xml) == {}
