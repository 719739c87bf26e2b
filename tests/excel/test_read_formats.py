"""The same table is the same grid in every format that can hold it (tests/data/make_tables.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from judapp.excel.grid import Area, GridCell, GridSheet
from judapp.excel.reader import read_workbook

DATA = Path(__file__).parents[1] / "data"
FORMULAS = {(5, 1), (5, 2), (5, 3), (5, 5), (5, 6), (5, 7), (8, 6)}


def table(name: str) -> GridSheet:
    first, *others = read_workbook(DATA / name)
    if not name.endswith(".csv"):
        assert [first.name, *(sheet.name for sheet in others)] == ["Biểu 10b", "Trống"]
        assert not others[0].cells
    return first


def looks(cell: GridCell) -> tuple[object, ...]:
    code = cell.number_format.replace("\\", "")
    return (
        cell.content,
        cell.error,
        code,
        cell.percent,
        cell.is_date,
        cell.bold,
        cell.font,
        cell.hidden,
        cell.comment,
        cell.merged,
        cell.shown_text,
    )


@pytest.mark.parametrize("name", ["table.xls", "table.ods"])
def test_other_formats_are_the_same_grid(name: str) -> None:
    ours, theirs = table("table_lo.xlsx"), table(name)
    assert {position: looks(cell) for position, cell in ours.cells.items()} == {
        position: looks(cell) for position, cell in theirs.cells.items()
    }
    assert ours.merges == theirs.merges == (Area(1, 1, 2, 2),)
    assert ours.hidden_rows == theirs.hidden_rows
    assert ours.hidden_columns == theirs.hidden_columns


def test_formulas_read_the_same_in_ods_and_are_not_told_by_xls() -> None:
    ours = {position: cell.formula for position, cell in table("table_lo.xlsx").cells.items()}
    assert {position for position, formula in ours.items() if formula} == FORMULAS
    assert {position: cell.formula for position, cell in table("table.ods").cells.items()} == ours
    assert not any(cell.formula for cell in table("table.xls").cells.values())


def test_as_openpyxl_wrote_it_only_the_values_of_formulas_are_missing() -> None:
    written, saved = table("table.xlsx"), table("table_lo.xlsx")
    assert set(written.cells) == set(saved.cells)
    for position, cell in written.cells.items():
        if position in FORMULAS:
            assert cell.content is None
            assert (cell.formula or "").startswith("=")
        else:
            assert looks(cell) == looks(saved.cells[position])


def test_what_the_table_says() -> None:
    sheet = table("table_lo.xlsx")
    assert (sheet.at(4, 1).content, sheet.at(4, 1).font, sheet.at(4, 1).bold) == ("Tæng sè", ".VnTime", True)
    assert [sheet.at(4, column).shown_text for column in range(2, 6)] == [
        "94,75%",
        "1.234.567",
        "30/06/2024",
        "30/06/2024 08:15",
    ]
    assert [sheet.at(5, column).error for column in (1, 2, 7)] == [False, True, True]
    assert sheet.at(5, 6).content == ""
    assert sheet.at(6, 1).comment == "Ghi chú: ước tính"
    assert sheet.at(8, 3).content == 0.3
    assert {position for position, cell in sheet.cells.items() if cell.hidden} == {(7, 1), (4, 8)}


def test_a_csv_holds_what_it_shows_as_text() -> None:
    sheet, whole = table("table.csv"), table("table_lo.xlsx")
    assert sheet.name == "table"
    held = {p for p, cell in whole.cells.items() if cell.content != ""}
    assert set(sheet.cells) == held
    for position in held:
        content = whole.cells[position].content
        if isinstance(content, str):
            assert sheet.cells[position].content == content
    assert sheet.at(4, 2).content == "94.75%"
    assert sheet.at(8, 7).content == "0123"
