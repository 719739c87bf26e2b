"""Looking up words, figures and places in a sheet: marks do not matter, every place is said once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from judapp.app.grid_search import found, place_of
from judapp.app.grid_view import NoteView, SheetView, SlotView
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from tests.practice_sheets import practice_file
from tests.sheet_views import sheet_view

AT = Period(2025, "H1")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with practice_file(tmp_path_factory.mktemp("search") / "a.sqlite") as made:
        yield made


@pytest.fixture(scope="module")
def view(workspace: Workspace) -> SheetView:
    return sheet_view(workspace, "12b/BTP/BTTP/CC", workspace.unit("TH", AT).uid, AT)


def key_of(view: SheetView, row: str, column: str) -> CellKey:
    line = next(line for line in view.tables[0].rows if row in (line.path, line.key))
    return view.tables[0].key, line.key, column


def code_of(view: SheetView, words: str) -> str:
    with pytest.raises(JudappError) as caught:
        place_of(view, words, key_of(view, "I.1", "2"))
    return caught.value.code


def test_labels_of_rows_are_found_without_marks_and_lead_to_the_first_cell(view: SheetView) -> None:
    rows = [line for line in view.tables[0].rows if "công chứng" in line.label.lower()]
    assert rows
    hits = found(view, "cong CHUNG")
    assert [key for key in hits if key[2] == "1" and key[1] != "tong"] == [
        (view.tables[0].key, line.key, "1") for line in rows
    ]


def test_a_head_leads_to_the_first_cell_under_it_once(view: SheetView) -> None:
    leaf = view.tables[0].columns[2]
    hits = found(view, leaf.path[-1])
    assert (view.tables[0].key, view.tables[0].rows[0].key, leaf.name) in hits
    assert len(set(hits)) == len(hits)
    assert (view.tables[0].key, view.tables[0].rows[0].key, "3") in found(view, "(3)")


def test_figures_are_found_as_shown_and_as_typed(view: SheetView) -> None:
    key = key_of(view, "I.1", "2")
    shown = view.tables[0].cells[key].text
    assert "." in shown
    assert key in found(view, shown)
    assert key in found(view, shown.replace(".", ""))


def test_explanations_notes_and_places_to_fill_are_found(view: SheetView) -> None:
    here, there = key_of(view, "I.1", "2"), key_of(view, "I.2", "3")
    slot = SlotView(("@", "x", ""), "Số tổ chức", "bốn mươi")
    told = replace(
        view,
        explanations={here: "Tách phòng số 9"},
        remarks={there: "Hỏi lại phòng số 9"},
        notes=(NoteView(("Ghi chú: ", slot)),),
    )
    assert found(told, "phong so 9") == (here, there)
    assert found(told, "bon muoi") == (slot.key,)
    assert found(told, "so to chuc")[-1] == slot.key


def test_nothing_is_found_for_nothing(view: SheetView) -> None:
    assert found(view, "  ") == ()
    assert found(view, "không có chữ này") == ()


@pytest.mark.parametrize(
    ("words", "row", "column"),
    [
        ("I.2 (3)", "I.2", "3"),
        ("i.2(3)", "I.2", "3"),
        ("I.2 · (3)", "I.2", "3"),
        ("I.2 cột 3", "I.2", "3"),
        ("I.2", "I.2", "2"),
        ("(4)", "I.1", "4"),
        ("cột 4", "I.1", "4"),
        ("II", "II", "2"),
    ],
)
def test_a_place_is_named_by_row_and_column_what_is_not_said_stays(
    view: SheetView, words: str, row: str, column: str
) -> None:
    assert place_of(view, words, key_of(view, "I.1", "2")) == key_of(view, row, column)


def test_a_row_is_named_by_its_label_or_a_part_of_it(view: SheetView) -> None:
    line = next(line for line in view.tables[0].rows if line.path == "I.3")
    here = key_of(view, "I.1", "2")
    assert place_of(view, f"{line.label} (1)", here) == key_of(view, "I.3", "1")
    assert place_of(view, line.label[-8:].lower(), here)[2] == "2"


def test_a_place_that_is_not_there_is_said(view: SheetView) -> None:
    assert code_of(view, "XX.9 (3)") == "FND-001"
    assert code_of(view, "I.2 (99)") == "FND-002"
    assert code_of(view, " . ") == "FND-003"


def test_a_place_in_another_table_of_the_form_is_found(view: SheetView) -> None:
    first = view.tables[0]
    line = replace(first.rows[0], key="ubnd", path="C", label="Ủy ban nhân dân cấp xã")
    second = replace(first, key="b", rows=(line,))
    here = key_of(view, "I.1", "2")
    assert place_of(replace(view, tables=(first, second)), "uy ban (3)", here) == ("b", "ubnd", "3")
    assert place_of(replace(view, tables=(first, second)), "C", here) == ("b", "ubnd", "2")
