"""Copied cells reach Excel and Calc as the numbers they are, and this program as they were typed."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from judapp.app.copying import Copied, copied, exact_number, own_block
from judapp.app.grid_head import HeadBox
from judapp.app.grid_view import CellView, TableView
from judapp.app.pasting import Area, land
from judapp.app.pasting_block import copied_block
from judapp.excel.reader import read_workbook
from tests.app.drawn_table import spots, table
from tests.domain.builders import H1

CELLS = (
    CellView("1.234.567,50", "1234567,5", state=""),
    CellView("−5", "-5", state=""),
    CellView("135", "120+15", state="", estimated=True),
    CellView("33,33", "33,333333333333333", kind="computed", state=""),
    CellView("–", "-", state="nil"),
    CellView("…", "..", state="pending"),
    CellView("⊘", "⊘", state="remit"),
    CellView("… 12", "", kind="computed", state="partial"),
    CellView('hai\ndòng "x"', 'hai\ndòng "x"', kind="words", state="text", left=True),
    CellView("=1+2", "=1+2", kind="words", state="text", left=True),
    CellView("@ghi <b> & \t", "@ghi <b> & \t", kind="words", state="text", left=True),
    CellView("12O", "12O", state="unreadable", left=True),
    CellView("'0123", "'0123", kind="words", state="text", left=True),
    CellView(),
)


def drawn(*cells: CellView, kinds: str = "") -> TableView:
    """One row that holds ``cells``."""
    view = table("".join("w" if cell.kind == "words" else "o" for cell in cells), kinds=kinds)
    return replace(view, cells={("", "0", str(at)): cell for at, cell in enumerate(cells)})


def whole(view: TableView, *, heads: bool = False) -> Copied:
    return copied(view, Area(0, 0, len(view.rows) - 1, len(view.columns) - 1), heads=heads)


def test_text_holds_numbers_without_grouping_states_as_typed_and_no_formula() -> None:
    assert whole(drawn(*CELLS)).text.split("\t") == [
        "1234567,50",
        "-5",
        "135",
        "33,33",
        "-",
        "..",
        "⊘",
        "",
        '"hai\ndòng ""x"""',
        "'=1+2",
        "\"'@ghi <b> & ",
        '"',
        "12O",
        "''0123",
        "",
    ]


def test_html_says_the_exact_number_to_excel_and_to_calc_and_keeps_words_words() -> None:
    html = whole(drawn(*CELLS)).html
    assert 'x:num="1234567.5" sdval="1234567.5"' in html.replace("1234567.50", "1234567.5")
    assert 'x:num="33.333333333333333"' in html
    assert 'x:num="135"' in html
    assert html.count('mso-number-format:"\\@"') == 9 - 1
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_a_page_read_again_gives_what_was_copied() -> None:
    view = drawn(*CELLS)
    made = whole(view)
    [row] = copied_block(made.text, made.html).rows
    assert [piece.text for piece in row] == [
        "1234567,5",
        "-5",
        "135",
        "33,3333333333333",  # as many digits as a spreadsheet keeps
        "-",
        "..",
        "⊘",
        "",
        'hai\ndòng "x"',
        "=1+2",
        "@ghi <b> &",
        "12O",
        "'0123",
        "",
    ]


def test_what_was_copied_here_is_pasted_here_as_it_was_typed() -> None:
    view = drawn(*CELLS)
    block = own_block(whole(view).own)
    assert block is not None
    assert [piece.text for piece in block.rows[0]] == [cell.typed for cell in CELLS]


_TYPED = st.one_of(
    st.integers(-(10**12), 10**12).map(str),
    st.decimals(0, 10**6, places=1).map(lambda number: str(number).replace(".", ",")),
    st.decimals(0, 999, places=3).map(lambda number: str(number).replace(".", ",")),
    st.tuples(st.integers(0, 999), st.integers(1, 99)).map(lambda parts: f"{parts[0]}+{parts[1]}"),
    st.sampled_from(["-", "..", "⊘", "12O", '"', "a\tb", "x\ny", "=1+2", "'5", "", "1.234.567"]),
    st.text(max_size=12),
)


@given(st.lists(_TYPED, min_size=1, max_size=6))
def test_copying_and_pasting_into_the_same_grid_changes_nothing(texts: list[str]) -> None:
    """Estimates, unreadable text, quotes and tabs included: each cell reads the same afterwards."""
    from judapp.domain.entry import two_readings, typed

    kept = []
    kinds = "d" * len(texts)
    view = drawn(*[CellView() for _ in texts], kinds=kinds)
    columns = spots(view)
    for at, text in enumerate(texts):
        spot = columns["", "0", str(at)]
        decimal = two_readings(text, spot) is not None  # stands in a cell only after it was asked about
        kept.append(typed(text, spot, H1, numbers="decimal" if decimal else "ask"))
    cells = [CellView(text, text, state="text" if text else "empty") for text in texts]
    block = own_block(whole(drawn(*cells, kinds=kinds)).own)
    assert block is not None
    landing = land(view, block, [Area(0, 0, 0, 0)], columns, H1)
    found = {placed.column: placed.figure for placed in landing.placed}
    for at, figure in enumerate(kept):
        if figure.answered:
            again = found[at]
            assert again is not None
            assert (again.value, again.estimate, again.state) == (figure.value, figure.estimate, figure.state)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"{}",
        b'{"cells":[]}',
        b'{"cells":[[]]}',
        b'{"cells":[["1"],["2","3"]]}',
        b'{"cells":[[1]]}',
        b'{"cells":[["1"]],"more":1}',
        b'{"cells":[[' + b'"",' * 20_000 + b'""]]}',
    ],
)
def test_a_foreign_hand_in_our_own_form_is_not_believed(data: bytes) -> None:
    assert own_block(data) is None


def test_the_head_is_copied_along_cut_to_the_columns() -> None:
    view = replace(
        table("oo5", labels=("Phòng một",)),
        levels=2,
        stub_head=(HeadBox(0, 0, 2, 1, "Tên"),),
        head=(
            HeadBox(0, 0, 1, 3, "Tổng số"),
            HeadBox(1, 0, 1, 1, "(1)", True),
            HeadBox(1, 1, 1, 1, "(2)", True),
            HeadBox(1, 2, 1, 1, "(3)", True),
        ),
    )
    made = copied(view, Area(0, 1, 0, 2), heads=True)
    assert made.text == "Tên\tTổng số\t\n\t(2)\t(3)\nPhòng một\t\t5"
    assert 'colspan="2"' in made.html
    assert 'rowspan="2"' in made.html
    assert made.own == b""
    block = copied_block(made.text, made.html)
    assert [[piece.text for piece in row] for row in block.rows] == [
        ["Tên", "Tổng số", ""],
        ["", "(2)", "(3)"],
        ["Phòng một", "", "5"],
    ]


def test_the_exact_number_of_a_cell() -> None:
    assert [exact_number(cell) for cell in CELLS[:5]] == [
        Decimal("1234567.5"),
        Decimal(-5),
        Decimal(135),
        Decimal("33.333333333333333"),
        None,
    ]


@pytest.mark.oracle
def test_libreoffice_takes_the_numbers_and_the_words_as_they_are(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    page = tmp_path / "copied.html"
    page.write_text(whole(drawn(*CELLS)).html, encoding="utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--infilter=calc_HTML_WebQuery", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
         str(tmp_path), str(page)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    [sheet] = read_workbook(tmp_path / "copied.xlsx")
    row = [sheet.at(1, column) for column in range(1, len(CELLS) + 1)]
    assert [cell.content for cell in row[:4]] == [1234567.5, -5, 135, pytest.approx(100 / 3, rel=1e-14)]
    assert [cell.content for cell in row[4:7]] == ["-", "..", "⊘"]
    assert all(cell.formula is None for cell in row)
    assert row[9].content == "=1+2"
    assert row[11].content == "12O"
    assert row[12].content == "'0123"
