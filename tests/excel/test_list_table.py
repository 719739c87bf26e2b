"""A list is found by its head; merged cells hold for every row, what cannot be read is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from judapp.excel.list_table import ListTable, find_list, is_empty
from judapp.excel.reader import read_workbook
from judapp.text import fold

ROLES = {"ten": "name", "ma": "code", "ten moi": "name", "ten cu": "old"}


def role_of(labels: Sequence[str]) -> str:
    role = ROLES.get(fold(labels[-1]), "")
    return f"{role} before" if role and fold(labels[0]) == "cu" else role


def found(path: Path, rows: Sequence[Sequence[object]], *merges: str) -> ListTable | None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    book.save(path)
    [grid] = read_workbook(path)
    assert not is_empty(grid)
    return find_list(grid, role_of, lambda roles: "name" in roles)


def test_the_head_is_the_row_with_most_roles_and_titles_stand_above(tmp_path: Path) -> None:
    rows = [("DANH SÁCH",), ("Tên", "năm 2025"), (), ("Mã", "Tên"), ("1", "A")]
    table = found(tmp_path / "a.xlsx", rows, "A1:B1")
    assert table is not None
    assert [cell.text for cell in table.above] == ["DANH SÁCH", "Tên", "năm 2025"]
    assert [(column.role, column.cell) for column in table.columns] == [("code", "A4"), ("name", "B4")]
    assert [[cell.text for cell in row.cells.values()] for row in table.rows] == [["1", "A"]]
    assert table.column("old") is None
    assert table.count("name") == 1


def test_a_head_of_two_rows_is_read_as_paths(tmp_path: Path) -> None:
    rows = [("STT", "Cũ", None, "Mới"), (None, "Mã", "Tên", "Tên"), (1, "2", "A", "B")]
    table = found(tmp_path / "a.xlsx", rows, "A1:A2", "B1:C1")
    assert table is not None
    assert [column.label for column in table.columns] == ["STT", "Cũ / Mã", "Cũ / Tên", "Mới / Tên"]
    assert len(table.rows) == 1


def test_a_row_of_numbers_is_left_out_under_the_head_alone(tmp_path: Path) -> None:
    rows = [("Tên", "Mã", "Diện tích"), ("A", "1", "2"), ("B", "1", "2"), ("C", "3", "5")]
    table = found(tmp_path / "a.xlsx", rows)
    assert table is not None
    assert [row.number for row in table.rows] == [3, 4]


def test_a_merged_cell_holds_for_every_row_it_covers_and_stands_in_the_first(tmp_path: Path) -> None:
    rows = [("Mã", "Tên"), ("(1)", "(2)"), ("1", "A"), ("2", None)]
    table = found(tmp_path / "a.xlsx", rows, "B3:B4")
    assert table is not None
    name = table.column("name")
    assert [(row.get(name).text, row.get(name).cell) for row in table.rows] == [("A", "B3"), ("A", "B3")]


def test_no_list_and_cells_that_cannot_be_read(tmp_path: Path) -> None:
    assert found(tmp_path / "a.xlsx", [("a", "b"), ("c", "d")]) is None
    table = found(tmp_path / "b.xlsx", [("Mã", "Tên", "x"), ("1", "=A2", "=A2"), ("2", "#REF!", "")])
    assert table is not None
    assert [(cell.text, cell.cell) for cell in table.unreadable] == [("=A2", "B2"), ("#REF!", "B3")]
