"""What a screen reader says of a cell: where it is, what stands there, what is wrong with it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from judapp.app.grid_spoken import spoken
from judapp.app.grid_view import CellView, FindingView, LeafColumn, RowLine, TableView

FEE = LeafColumn("7", "7", "Phí công chứng", "Đồng", "money", ("Công chứng", "Số tiền thu", "Phí công chứng"))
ALL = LeafColumn("2", "2", "Tổng số", "Việc", "count", ("Công chứng", "Tổng số"))
OTHER = LeafColumn("3", "3", "Tổng số", "Việc", "count", ("UBND cấp xã", "Tổng số"))
ROW = RowLine("r2", "I.2", "Phòng công chứng số 2", ("2. Phòng công chứng số 2",), 1, "row")
TOTAL = RowLine("t", "", "Tổng số", ("Tổng số",), 0, "total")
TABLE = TableView("", "", ("A",), (FEE, ALL, OTHER), 3, True, (), (), (ROW, TOTAL), {})


def said(cell: CellView, row: int = 0, column: int = 0, lang: str = "vi", **more: object) -> str:
    return spoken(TABLE, row, column, cell, lang, **more)  # type: ignore[arg-type]


def test_a_cell_says_column_row_value_estimate_and_finding() -> None:
    cell = CellView("352.400.000", state="", estimated=True, estimate="22.400.000", severity="explain")
    finding = FindingView("CMP-001", "explain", "tăng 30,0 %", "", None)
    assert said(cell, finding=finding) == (
        "Cột 7, phí công chứng, đồng; dòng I.2, Phòng công chứng số 2; "
        "352.400.000, trong đó ước tính 22.400.000; cần thuyết minh: tăng 30,0 %"
    )
    english = said(cell, lang="en", finding=finding)
    assert "352.400.000, 22.400.000 of it estimated; to explain: tăng 30,0 %" in english


def test_as_many_heads_are_said_as_tell_the_column_from_others() -> None:
    assert said(CellView("5", state=""), column=1).startswith("Cột 2, công chứng, tổng số, việc; ")
    assert said(CellView("5", state=""), column=2).startswith("Cột 3, UBND cấp xã, tổng số, việc; ")
    bare = replace(TABLE, columns=(replace(FEE, code="", path=()),))
    assert spoken(bare, 1, 0, CellView("5", state=""), "vi") == "Cột, phí công chứng, đồng; dòng Tổng số; 5"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (CellView(), "chưa trả lời"),
        (CellView("–", state="nil"), "không phát sinh"),
        (CellView("…", state="pending"), "chưa có số liệu"),
        (CellView("⊘", state="remit"), "không thuộc thẩm quyền"),
        (CellView("… 12", kind="computed", state="partial"), "đến nay 12, còn thiếu số; tự tính"),
        (CellView("12O", state="unreadable"), "“12O” không đọc được"),
        (CellView("7", kind="reported", state=""), "7; số tổng do đơn vị báo"),
        (
            CellView("7", kind="rollup", state="", adjusted=True),
            "7; tổng hợp từ đơn vị; có điều chỉnh của Sở",
        ),
        (CellView("7", kind="foreign", state=""), "7; cấp khác nhập"),
        (CellView("", kind="absent", state=""), "biểu không có ô này"),
        (
            CellView("7", state="", explained=True, noted=True, changed=True),
            "7; đã thuyết minh; đã sửa từ khi bị trả lại; có ghi chú",
        ),
        (CellView("1,5", state="", estimated=True, estimate="0,5"), "1,5, trong đó ước tính 0,5"),
    ],
)
def test_a_state_is_said_in_words_and_never_as_its_sign(cell: CellView, words: str) -> None:
    assert said(cell, row=1).split("dòng Tổng số; ")[1] == words


def test_what_was_typed_a_moment_ago_is_said_as_it_was_typed() -> None:
    assert said(CellView(), waiting="120+15").endswith("; 120+15")
