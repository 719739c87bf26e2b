"""The blank of a form as the ministry prints it, opened again by another program (promise 8)."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from judapp.domain.catalogue import Column, Form, Note, Row, Signature, Table
from judapp.domain.layout import Heading, Layout, layout
from judapp.domain.lint import sample_plan
from judapp.domain.printed import FONT_SIZES
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import plan_of
from judapp.excel.fill import blank
from judapp.excel.sheet_part import reference
from tests.domain import builders
from tests.domain.builders import TOTAL, column, offices

SEEDS = sorted((Path(__file__).parents[2] / "seeds/forms").glob("*.json"))

TABLE = Table(
    stub=(Column(label="=Đơn vị", code="A"),),
    columns=(
        column("1", "Số việc"),
        Column(
            label="Số tiền",
            unit="Đồng",
            children=(column("2", "Phí", kind="money"), column("3", "Tỷ lệ", kind="rate")),
        ),
        column("4", "Nửa việc", scale=1),
        column("5", "Ghi chú", kind="text"),
    ),
    rows=(TOTAL, offices()),
)
FORM = builders.form(
    tables=[TABLE],
    number="10b/TP/CC",
    unit_of_measure=None,
    notes=(Note(text="+ Ghi chú"),),
    signatures=(Signature(title="Người lập biểu"), Signature(title="GIÁM ĐỐC")),
)
UNITS = [RepeatedUnit("a", "=HYPERLINK(1)"), RepeatedUnit("b", "@b"), RepeatedUnit("c", "-c")]


def laid(form: Form = FORM) -> Layout:
    return layout(form, {t.key: expand(t, lambda _: UNITS) for t in form.tables}, Heading(reporter="=1+1"))


def opened(of: Layout) -> Worksheet:
    book = load_workbook(io.BytesIO(blank(of, plan_of(of.form, of.rows))))
    [sheet] = book.worksheets
    return sheet


def test_every_text_and_every_merged_block_stands_where_the_layout_says() -> None:
    of = laid()
    sheet = opened(of)
    for item in of.items:
        assert (sheet.cell(item.box.row, item.box.column).value or "") == item.text
    blocks = {reference(item.box) for item in of.items if item.box.rows > 1 or item.box.columns > 1}
    assert {str(block) for block in sheet.merged_cells.ranges} == blocks


def test_words_never_become_formulas_and_codes_stay_texts() -> None:
    of = laid()
    sheet = opened(of)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    values = [cell.value for cell in cells]
    assert {"=Đơn vị", "1. =HYPERLINK(1)", "(1)", "A", "Đơn vị báo cáo: =1+1", "+ Ghi chú"} <= set(values)


def test_figure_cells_are_empty_and_formatted_by_kind_and_scale() -> None:
    of = laid()
    sheet = opened(of)
    formats = {
        name: sheet.cell(*of.cells["", "#a", name]).number_format for name in ("1", "2", "3", "4", "5")
    }
    assert formats == {"1": "#,##0", "2": "#,##0", "3": "#,##0.00", "4": "#,##0.0", "5": "@"}
    assert all(sheet.cell(*position).value is None for position in of.cells.values())
    figure, words = sheet.cell(*of.cells["", "#a", "1"]), sheet.cell(*of.cells["", "#a", "5"])
    assert (figure.alignment.horizontal, words.alignment.horizontal) == ("right", "left")
    assert words.alignment.wrap_text


def test_the_look_is_times_new_roman_with_thin_lines_around_every_cell_of_the_table() -> None:
    of = laid()
    sheet = opened(of)
    band = of.bands[0]
    for row in range(band.first_head_row, band.last_row + 1):
        for at in range(1, of.last_column + 1):
            border = sheet.cell(row, at).border
            if (row, at) in of.cells.values():
                assert {border.left.style, border.right.style, border.top.style, border.bottom.style} == {
                    "thin"
                }
    for item in of.items:
        cell = sheet.cell(item.box.row, item.box.column)
        assert (cell.font.name, cell.font.size) == ("Times New Roman", FONT_SIZES[item.role])
        framed = item.role in ("head", "number", "label", "row_number", "row_unit", "cell")
        assert (cell.border.left.style == "thin") == framed
    total = sheet.cell(band.first_row, 1)
    assert total.font.bold
    assert not sheet.cell(band.first_row + 1, 1).font.bold
    assert sheet.cell(*of.cells["", "tong", "1"]).font.bold


def test_the_sheet_prints_one_page_wide_with_its_head_on_every_page() -> None:
    of = laid()
    sheet = opened(of)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert of.repeated_rows is not None
    assert sheet.print_title_rows == f"${of.repeated_rows[0]}:${of.repeated_rows[1]}"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center is not None
    assert sheet.oddFooter.center.text == "&P"
    assert sheet.freeze_panes == sheet.cell(*of.freeze).coordinate
    assert sheet.title == "10b-TP-CC"


def test_widths_and_heights_are_those_of_the_layout() -> None:
    of = laid()
    sheet = opened(of)
    found = [sheet.column_dimensions[chr(ord("A") + at)].width for at in range(of.last_column)]
    assert found == pytest.approx(of.widths, abs=0.01)
    assert {row: sheet.row_dimensions[row].height for row in of.heights} == pytest.approx(
        of.heights, abs=0.01
    )


def test_a_placeholder_and_a_missing_cell_are_framed_all_the_same() -> None:
    form = builders.form(tables=[Table(stub=TABLE.stub, columns=TABLE.columns, rows=(Row(kind="free"),))])
    of = layout(form, {"": ()}, Heading())
    sheet = opened(of)
    line = of.bands[0].last_row
    assert sheet.cell(line, 1).value == "……"
    assert all(sheet.cell(line, at).border.bottom.style == "thin" for at in range(1, of.last_column + 1))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_form_of_the_catalogue_is_drawn(path: Path) -> None:
    form = msgspec.json.decode(path.read_bytes(), type=Form)
    of = layout(form, sample_plan(form).rows, Heading())
    sheet = opened(of)
    assert sheet.page_setup.paperSize == {"A4": 9, "A3": 8}[of.paper]
    printed = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {item.text for item in of.items if item.text} <= printed
