"""Moving sheets is looked at before it is done: where each column and row goes, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from judapp.app.forms_moving import MoveLine, MoveOutlook, move_outlook
from judapp.app.founding import new_file
from judapp.app.own_rows import add_row
from judapp.app.versions import move_sheets, use_from
from judapp.app.workspace import Workspace
from judapp.domain.moving import Place
from judapp.store import sheets
from tests.app.test_versions import H1, NUMBER, enter, first, put
from tests.domain.builders import column


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_file(tmp_path / "a.sqlite", "15", date(2026, 1, 1)) as made:
        yield made


@pytest.fixture
def two(workspace: Workspace) -> tuple[int, int]:
    """A sheet of the half year on the older of two versions; the newer renumbers "Nữ" and has "Khác"."""
    [old] = put(workspace, first())
    enter(workspace, H1, "[tong]c1=3", "[tong]c2=4", "[tong]c3=5")
    add_row(workspace, NUMBER, workspace.owner, H1, "", "", "Phòng A")
    columns = (column("1", "Nam"), column("4", "Người nữ"), column("5", "Khác"),
               column("3", "Tiền", unit="đồng", kind="money"))  # fmt: skip
    table = replace(first().tables[0], columns=columns)
    [new] = put(workspace, replace(first(valid_from=date(2026, 3, 1)), tables=(table,), title="Bản sau"))
    use_from(workspace, new, date(2026, 3, 1))
    return old, new


def of(outlook: MoveOutlook, what: str, name: str) -> tuple[int, MoveLine]:
    return next(
        (at, line) for at, line in enumerate(outlook.lines) if line.what == what and line.place[1] == name
    )


def said(outlook: MoveOutlook) -> str:
    return " ".join(words.vi for words in outlook.sentences)


def test_every_column_and_row_says_where_it_goes_and_what_it_holds(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    outlook = move_outlook(workspace, *two)
    assert [(line.place[1], line.going.vi, line.cells) for line in outlook.lines] == [
        ("1", "(1) Nam", 1), ("2", "bỏ", 1), ("3", "bỏ", 1), ("tong", "Tổng số", 3), ("#", "Đơn vị", 0),
    ]  # fmt: skip
    assert "1 phiếu được chuyển, 1 ô có chỗ ở bản sau." in said(outlook)
    assert "2 ô không có chỗ" in said(outlook)
    assert "Bị bỏ: (2) Nữ: 1 ô; (3) Tiền: 1 ô." in said(outlook)


def test_only_what_can_take_the_figures_is_offered(workspace: Workspace, two: tuple[int, int]) -> None:
    outlook = move_outlook(workspace, *two)

    def offered(what: str, name: str) -> list[Place]:
        return [choice.place for choice in of(outlook, what, name)[1].choices]

    assert offered("columns", "2") == [("", "1"), ("", "4"), ("", "5")]
    assert offered("columns", "3") == [("", "3")]  # nghìn đồng converts into đồng
    assert offered("rows", "tong") == [("", "tong")]
    assert offered("rows", "#") == [("", "#")]


def test_a_person_says_where_a_column_goes_and_what_is_left_out(
    workspace: Workspace, two: tuple[int, int]
) -> None:
    outlook = move_outlook(workspace, *two)
    outlook = move_outlook(workspace, *two, outlook.sent(of(outlook, "columns", "2")[0], ("", "4")))
    outlook = move_outlook(workspace, *two, outlook.sent(of(outlook, "columns", "3")[0], ("", "3")))
    assert "3 ô có chỗ" in said(outlook)
    assert "Bị bỏ" not in said(outlook)
    outlook = move_outlook(workspace, *two, outlook.sent(of(outlook, "rows", "#")[0], None))
    assert "1 dòng tự thêm không có chỗ ở bản sau." in said(outlook)

    before = len(sheets.find(workspace.file, form=two[0]))
    move_sheets(workspace, *two, outlook.mapping)
    [moved] = sheets.find(workspace.file, form=two[1])
    figures = {key[2]: figure.value for key, figure in sheets.figures(workspace.file, moved.id).items()}
    assert figures == {"1": 3, "4": 4, "3": 5000}
    assert len(sheets.find(workspace.file, form=two[0])) == before - 1


def test_two_columns_into_one_stop_the_act_in_words(workspace: Workspace, two: tuple[int, int]) -> None:
    outlook = move_outlook(workspace, *two)
    outlook = move_outlook(workspace, *two, outlook.sent(of(outlook, "columns", "2")[0], ("", "1")))
    assert [fault.vi for fault in outlook.faults] == [
        "Các cột (1) Nam; (2) Nữ cùng chuyển vào cột (1) Nam; một cột chỉ nhận một."
    ]
    assert outlook.sentences == ()
    mended = move_outlook(workspace, *two, outlook.sent(of(outlook, "columns", "1")[0], None))
    assert mended.faults == ()
