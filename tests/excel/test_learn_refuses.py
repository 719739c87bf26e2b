"""What is no blank of one form is refused with a sentence: filled, two forms, no table (issue 5)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy as copy_of
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from judapp import paths
from judapp.app.learning import learn_blank
from judapp.app.seeds import forms
from judapp.domain import figure
from judapp.domain.catalogue import Form, Table
from judapp.domain.layout import Heading, layout
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet
from judapp.domain.rows import OwnRow, RepeatedUnit, expand
from judapp.domain.shape import plan_of
from judapp.errors import JudappError
from judapp.excel.fill import filled
from tests.data.blanks.make_blanks import BLANKS
from tests.domain.forms import Surroundings

CATALOGUE = {seed.path.stem: seed.form for seed in forms()}
PUBLISHED = sorted((paths.seeds() / "demo" / "workbooks").glob("*.xlsx"))
UNITS = (RepeatedUnit("a", "Xã An Bình"), RepeatedUnit("b", "Phòng công chứng số 1"))


def filled_form(form: Form, every: int = 1) -> bytes:
    """The form with a figure in every cell, or in each ``every``-th."""
    rows = {table.key: expand(table, lambda _: UNITS, list(_lines_to_add(table))) for table in form.tables}
    plan = plan_of(form, rows)
    places = [key for key, spot in plan.spots.items() if key not in plan.computed and spot.kind != "text"]
    answers = {key: figure.number(1_000 + index) for index, key in enumerate(places[::every])}
    sheet = Sheet(form, "u", Period(2026, "H1"), Span(None, None), answers)
    laid = layout(form, rows, Heading(reporter="Sở Tư pháp tỉnh Thử", period="6 tháng đầu năm 2026"))
    return filled(laid, Resolved(sheet, Surroundings(), plan))[0]


def _lines_to_add(table: Table) -> Iterator[OwnRow]:
    """A line of the reporter's own wherever the plan is free."""
    parents = [("", table.rows), *((row.key, row.plan.children) for row in expand(table, lambda _: UNITS))]
    for parent, plans in parents:
        if any(plan.kind == "free" for plan in plans):
            yield OwnRow(f"{parent}.#x".lstrip("."), parent, 0, None, "Sở Xây dựng")


def refused(path: Path) -> str:
    with pytest.raises(JudappError) as raised:
        learn_blank(path)
    return raised.value.code


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_filled_form_of_the_catalogue_is_no_blank(name: str, every: int, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(filled_form(CATALOGUE[name], every))
    assert refused(path) == "LRN-002"


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_figures_on_a_form_are_no_blank(path: Path) -> None:
    assert refused(path) == "LRN-002"


@pytest.mark.parametrize(
    "names", [("11c-2013", "12b-2019"), ("thads-01", "auctions"), ("no-lines", "30-2016")]
)
def test_two_forms_below_each_other_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    below = 0
    for name in names:
        one = load_workbook(drawn(name)).worksheets[0]
        for number, row in enumerate(one.iter_rows(), start=1 + below):
            for column, cell in enumerate(row, start=1):
                copy = sheet.cell(number, column)
                copy.border = copy_of(cell.border)  # type: ignore[assignment]  # a proxy stands for the style
                if not isinstance(cell, MergedCell):
                    copy.value = cell.value
        for area in one.merged_cells.ranges:
            sheet.merge_cells(start_row=area.min_row + below, end_row=area.max_row + below,
                              start_column=area.min_col, end_column=area.max_col)  # fmt: skip
        below += one.max_row + 3
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "LRN-003"


def drawn(name: str) -> Path:
    folder = Path(__file__).parents[1] / "data" / "blanks"
    return folder / next(file for file in BLANKS if Path(file).stem == name)


def test_a_blank_with_sums_that_show_nought_is_still_one() -> None:
    assert learn_blank(drawn("last-year-left")).form.number == "16b/TP/CT"


@pytest.mark.parametrize(
    "words", [["Danh sách cán bộ"], ["Kính gửi: Sở Tư pháp", "Nội dung công văn …", "Trân trọng."]]
)
def test_a_sheet_without_any_table_is_refused(words: list[str], tmp_path: Path) -> None:
    book = Workbook()
    for row, text in enumerate(words, start=1):
        book.worksheets[0].cell(row, 1, text)
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "LRN-001"
