"""Promise 5: undo is a new operation and restores only what is still as the undone one left it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain.figure import EMPTY, NIL, Figure, number, unreadable
from judapp.domain.rows import OwnRow
from judapp.domain.unit import Unit, UnitState
from judapp.errors import JudappError
from judapp.store import documents, forms, history, imports, measures, remarks, sheets, targets, units
from judapp.store.database import DataFile
from judapp.store.operations import Applied, CellKey, Writer
from judapp.store.undo import undo
from judapp.store.verify import verify
from tests.store.helpers import A, B, a_target, definition, do, fill_every_table, holds, put_figure, shows


def take_back(file: DataFile, op_id: int | None) -> Applied:
    assert op_id is not None
    return undo(file, op_id, who="Minh", machine="STP-PC04", at="2026-06-21T08:00:00Z")


def newest(file: DataFile) -> int:
    found = history.last_undoable(file)
    assert found is not None
    return found.id


def test_undo_and_redo(file: DataFile, sheet: int) -> None:
    first = put_figure(file, sheet, A, 5)
    second = put_figure(file, sheet, A, 7)
    undone = take_back(file, second.op_id)
    assert (undone.figures, undone.kept, undone.sheets) == (1, 0, frozenset({sheet}))
    assert sheets.figures(file, sheet) == {A: number(5)}
    redone = take_back(file, undone.op_id)
    assert sheets.figures(file, sheet) == {A: number(7)}
    kinds = [(op.kind, op.who, op.undoes) for op in history.operations(file, 2)]
    assert kinds == [("redo", "Minh", undone.op_id), ("undo", "Minh", second.op_id)]
    take_back(file, second.op_id)  # after the redo it stands again
    take_back(file, first.op_id)
    assert sheets.figures(file, sheet) == {}
    assert redone.figures == 1
    assert verify(file, deep=True) == []


def test_what_somebody_changed_since_is_kept_and_counted(file: DataFile, sheet: int) -> None:
    cells = [(*A, number(1)), (*B, number(2))]
    imported = do(file, lambda writer: writer.set_figures(sheet, cells), "import")
    put_figure(file, sheet, A, 9)
    undone = take_back(file, imported.op_id)
    assert (undone.figures, undone.kept) == (1, 1)
    assert sheets.figures(file, sheet) == {A: number(9)}


def test_an_operation_is_undone_once(file: DataFile, sheet: int) -> None:
    applied = put_figure(file, sheet, A, 5)
    take_back(file, applied.op_id)
    with pytest.raises(JudappError, match="UND-001") as caught:
        take_back(file, applied.op_id)
    assert caught.value.params["label"] == "Đặt số"
    assert file.meta("ops") == "3"


def test_there_must_be_such_an_operation(file: DataFile) -> None:
    with pytest.raises(JudappError, match="UND-002"):
        take_back(file, 1)


def test_rows_come_back_as_they_were(file: DataFile, sheet: int) -> None:
    do(file, lambda writer: remarks.put(writer, "r", sheet, "một", kind="explanation", cell=A))
    before = holds(file)
    changed = do(file, lambda writer: remarks.put(writer, "r", sheet, "hai", kind="explanation", cell=A))
    take_back(file, changed.op_id)
    assert holds(file) == before  # also who wrote the remark
    removed = do(file, lambda writer: remarks.remove(writer, "r"))
    take_back(file, removed.op_id)
    assert holds(file) == before


def test_a_row_changed_since_is_kept(file: DataFile, sheet: int) -> None:
    first = do(file, lambda writer: measures.put_setting(writer, "threshold", "20"))
    do(file, lambda writer: measures.put_setting(writer, "threshold", "25"))
    undone = take_back(file, first.op_id)
    assert (undone.kept, undone.tables) == (1, frozenset())
    assert measures.settings(file) == {"threshold": "25"}


def test_an_undo_that_keeps_everything_is_still_one(file: DataFile, sheet: int) -> None:
    """Otherwise Ctrl+Z would come back to the same operation for ever."""
    put_figure(file, sheet, A, 1)
    back = put_figure(file, sheet, A, 2)
    again = put_figure(file, sheet, A, 1)
    take_back(file, 2)
    undone = take_back(file, again.op_id)
    assert (undone.empty, undone.figures, undone.kept) == (False, 0, 1)
    assert newest(file) == back.op_id
    [last, *_] = history.operations(file, 1, sheet=sheet)
    assert last.undoes == again.op_id


def test_a_row_under_which_somebody_typed_stays(file: DataFile, sheet: int) -> None:
    """Promise 4: an undone import may not hide a figure that was typed into its rows since."""

    def build(writer: Writer) -> None:
        for key in ("#a", "#b"):
            sheets.put_row(writer, sheet, "", OwnRow(key, "", 1, None, key))
        writer.set_figures(sheet, [("", "#a", "1", number(1)), ("", "#b", "1", number(1))])

    imported = do(file, build, "import")
    put_figure(file, sheet, ("", "#a.nam", "1"), 3)
    undone = take_back(file, imported.op_id)
    assert undone.kept == 1
    assert [row.key for row in sheets.own_rows(file, sheet)[""]] == ["#a"]
    assert sheets.figures(file, sheet) == {("", "#a.nam", "1"): number(3)}


def test_a_unit_with_figures_keeps_its_name(file: DataFile, sheet: int) -> None:
    put_figure(file, sheet, A, 5)
    undone = take_back(file, 1)
    assert undone.kept == 1  # of the sheet's own unit; the others lose their states
    assert [unit.uid for unit in units.load(file)] == ["vinh"]


def test_what_was_created_with_an_identity_is_gone_until_redone(file: DataFile, sheet: int) -> None:
    made = do(
        file,
        lambda writer: (
            documents.put(writer, "qd", title="QĐ"),
            forms.add(writer, definition("ht", number="1")),
        ),
    )
    assert len(documents.load(file)) == 1
    assert len(forms.load(file)) == 2
    undone = take_back(file, made.op_id)
    assert documents.load(file) == {}
    assert len(forms.load(file)) == 1
    take_back(file, undone.op_id)
    assert len(documents.load(file)) == 1
    assert len(forms.load(file)) == 2


def test_where_something_else_stands_now_it_is_kept(file: DataFile, sheet: int) -> None:
    """A sheet moved to another form version cannot go back once a new one stands in its place."""
    other = forms.add
    ids: list[int] = []
    do(file, lambda writer: ids.append(other(writer, definition("cc.so", number="10c"))))

    def move(writer: Writer) -> None:
        row = writer.get("sheet", (sheet,))
        assert row is not None
        writer.put("sheet", {**row, "form_version": ids[0]})

    moved = do(file, move)
    old = sheets.get(file, sheet)
    first = forms.load(file)[0].id
    do(file, lambda writer: sheets.begin(writer, first, old.unit, old.period, old.span))
    undone = take_back(file, moved.op_id)
    assert undone.kept == 1
    assert sheets.get(file, sheet).form == ids[0]


def test_a_name_of_bytes_can_be_taken_back(file: DataFile) -> None:
    do(file, lambda writer: documents.keep(writer, b"1", "a"))

    def rename(writer: Writer) -> None:
        row = writer.get("blob_store", (1,))
        assert row is not None
        writer.put("blob_store", {**row, "name": "b"})

    take_back(file, do(file, rename).op_id)
    assert file.row("select name, bytes from blob_store") == ("a", b"1")


def test_the_source_of_what_comes_back_comes_back(file: DataFile, sheet: int) -> None:
    """Promise 6: after an undo a figure still tells file, sheet and cell."""

    def build(writer: Writer) -> None:
        source = imports.add_file(writer, documents.keep(writer, b"x"), "vinh.xlsx", "{}")
        page = imports.add_sheet(writer, source, "10b")
        writer.set_figures(sheet, [(*A, number(5))], page, {A: "C9"})

    do(file, build, "import")
    take_back(file, put_figure(file, sheet, A, 7).op_id)
    sources = [change.source for change in history.cell(file, sheet, A)]
    assert sources == [
        history.Source("vinh.xlsx", "10b", "C9"),
        None,
        history.Source("vinh.xlsx", "10b", "C9"),
    ]


def test_undo_and_redo_walk_through_a_day(file: DataFile, sheet: int) -> None:
    """Ctrl+Z goes back one by one, Ctrl+Y forward; something new ends what can be redone."""
    ops = [put_figure(file, sheet, A, value).op_id for value in (1, 2, 3)]
    other = put_figure(file, 1, A, 1).op_id

    def ahead() -> int | None:
        found = history.last_redoable(file)
        return None if found is None else found.id

    assert ahead() is None
    assert newest(file) == other
    on_sheet = history.last_undoable(file, sheet=sheet)
    assert on_sheet is not None
    assert on_sheet.id == ops[2]
    first = take_back(file, ops[2]).op_id
    second = take_back(file, ops[1]).op_id
    assert ahead() == second
    take_back(file, second)
    assert ahead() == first
    take_back(file, first)
    assert ahead() is None
    found = history.last_undoable(file, sheet=sheet)
    assert found is not None
    assert (found.id, found.label) == (ops[2], "Đặt số")
    take_back(file, ops[2])
    put_figure(file, sheet, B, 1)
    assert ahead() is None
    assert history.last_redoable(file, sheet=1) is None


def test_what_may_not_be_undone_is_passed_over(file: DataFile, sheet: int) -> None:
    assert history.last_undoable(file, skip={"new"}) is None
    assert newest(file) == 1


# --- any sequence of operations

CELLS: list[CellKey] = [A, B, ("II", "1", "2"), ("@", "", "place")]
FIGURES: list[Figure] = [EMPTY, NIL, number(1), number(2, 1), unreadable("x")]
Act = Callable[[DataFile], Applied]


def figures(sheet: int, wanted: list[tuple[CellKey, Figure]]) -> Act:
    return lambda file: do(file, lambda w: w.set_figures(sheet, [(*key, figure) for key, figure in wanted]))


def rows(name: str) -> Act:
    builds: dict[str, Callable[[Writer], object]] = {
        "remark": lambda w: remarks.put(w, "r1", 2, f"op {w.op}", kind="explanation"),
        "no remark": lambda w: remarks.remove(w, "r1"),
        "row": lambda w: sheets.put_row(w, 2, "", OwnRow("#n", "", w.op, None, "Dòng")),
        "no row": lambda w: w.delete("sheet_row", (2, "", "#n")),
        "setting": lambda w: measures.put_setting(w, "threshold", str(w.op % 3)),
        "state": lambda w: sheets.set_state(w, 2, ("draft", "submitted")[w.op % 2], w.op % 3),
        "document": lambda w: documents.put(w, f"d{w.op % 2}", title=f"{w.op % 3}"),
        "target": lambda w: targets.put(w, a_target()),
        "no target": lambda w: w.delete("target", ("t",)),
        "unit": lambda w: units.put_unit(
            w, Unit("new", "room", (UnitState(date(2026, 1, 1), None, str(w.op % 2), "Phòng"),))
        ),
    }
    return lambda file: do(file, builds[name])


ACTS = st.lists(
    st.one_of(
        st.builds(
            figures,
            st.sampled_from([1, 2]),
            st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(FIGURES)), max_size=4),
        ),
        st.sampled_from(
            [
                "remark",
                "no remark",
                "row",
                "no row",
                "setting",
                "state",
                "document",
                "target",
                "no target",
                "unit",
            ]
        ).map(rows),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with something in every table."""
    path = tmp_path_factory.mktemp("filled") / "x.sqlite"
    with DataFile.create(path) as file:
        fill_every_table(file)
    return path


@contextmanager
def copy_of(filled: Path) -> Iterator[DataFile]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        shutil.copyfile(filled, path)
        with DataFile.open(path) as file:
            file.run("pragma synchronous = off")  # what is shown here does not depend on the disk
            yield file


@given(acts=ACTS)
def test_undoing_everything_from_the_last_is_as_before(filled: Path, acts: list[Act]) -> None:
    """Apply then undo = before, in every content table; redo = after; and the journal stays sound."""
    with copy_of(filled) as file:
        states, done = [shows(file)], []
        for act in acts:
            applied = act(file)
            if not applied.empty:
                done.append(applied.op_id)
                states.append(shows(file))
        last = states[-1]
        undos = []
        for op_id in reversed(done):
            assert shows(file) == states.pop()
            assert newest(file) == op_id
            undone = take_back(file, op_id)
            assert undone.kept == 0
            undos.append(undone.op_id)
            assert shows(file) == states[-1]
        assert verify(file, deep=True) == []
        for op_id in reversed(undos):
            found = history.last_redoable(file)
            assert found is not None
            assert found.id == op_id
            assert take_back(file, op_id).kept == 0
        assert shows(file) == last
        assert verify(file, deep=True) == []


@given(acts=ACTS, picks=st.lists(st.integers(0, 15), max_size=8))
def test_undoing_anything_in_any_order_never_breaks_a_file(
    filled: Path, acts: list[Act], picks: list[int]
) -> None:
    """Also out of order, an undo restores or keeps; rows, history and chain always agree."""
    with copy_of(filled) as file:
        for act in acts:
            act(file)
        for pick in picks:
            ops = [op.id for op in history.operations(file, 100) if op.kind != "new" and not op.undone]
            if ops:
                take_back(file, ops[pick % len(ops)])
        assert verify(file, deep=True) == []
