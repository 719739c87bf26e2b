"""Who changed what, when, why, and from which file: readable for every cell."""

from __future__ import annotations

import pytest

from judapp.domain.figure import EMPTY, NIL, number
from judapp.errors import JudappError
from judapp.store import documents, history, imports
from judapp.store.database import DataFile
from judapp.store.operations import Writer
from judapp.store.undo import undo
from tests.store.helpers import AT, A, B, do, put_figure


def test_the_history_of_a_cell(file: DataFile, sheet: int) -> None:
    def build(writer: Writer) -> None:
        source = imports.add_file(writer, documents.keep(writer, b"x"), "vinh.xlsx", "{}")
        writer.set_figures(sheet, [(*A, number(5, 1))], imports.add_sheet(writer, source, "10b"), {A: "C9"})

    do(file, build, "import", label="Nhập 1 tệp", who="Minh")
    do(file, lambda writer: writer.set_figures(sheet, [(*A, NIL)]), reason="đơn vị báo lại")
    put_figure(file, sheet, B, 1)
    newest, oldest = history.cell(file, sheet, A)
    assert (oldest.before, oldest.after) == (EMPTY, number(5, 1))
    assert oldest.source == history.Source("vinh.xlsx", "10b", "C9")
    assert (oldest.operation.who, oldest.operation.label) == ("Minh", "Nhập 1 tệp")
    assert (newest.before, newest.after, newest.source) == (number(5, 1), NIL, None)
    assert (newest.operation.reason, newest.operation.at, newest.operation.machine) == (
        "đơn vị báo lại",
        AT,
        "STP-PC03",
    )
    assert history.cell(file, sheet, ("", "none", "1")) == []


def test_what_stood_in_the_cells_changed_since_an_operation(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 1)
    put_figure(file, sheet, B, 2)
    marked = history.operations(file, 1)[0].id
    assert history.figures_after(file, sheet, marked) == {}
    for value in (3, 4):
        put_figure(file, sheet, A, value)
    assert history.figures_after(file, sheet, marked) == {A: number(1)}
    assert history.figures_after(file, sheet, marked - 1) == {A: number(1), B: EMPTY}


def test_operations_newest_first(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 1)
    put_figure(file, 1, A, 1)
    undone = undo(file, 3, who="Lan", machine="PC", at=AT)
    assert [(op.id, op.kind, op.undone) for op in history.operations(file, 3)] == [
        (4, "undo", False),
        (3, "set", True),
        (2, "set", False),
    ]
    assert [op.id for op in history.operations(file, 10, sheet=sheet)] == [2, 1]
    assert [op.id for op in history.operations(file, 2, sheet=1)] == [4, 3]
    found = history.operation(file, 4)
    assert found is not None
    assert (found.hash, found.uid, found.undoes) == (undone.hash, undone.uid, 3)
    assert history.operation(file, 5) is None
    assert history.sheets_of(file, 1) == [1, 2]
    assert history.sheets_of(file, 4) == [1]


def test_a_state_this_program_does_not_know_is_damage(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 1)
    file.run("update figure_change set s1 = 77")
    with pytest.raises(JudappError, match="DBF-004"):
        history.cell(file, sheet, A)
