"""Cells are found by codes and row numbers, never by position; a strange row is refused, not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judapp.domain import figure
from judapp.domain.figure import Figure
from judapp.domain.layout import EXPLANATIONS_TITLE
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import Plan, plan_of
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.header import printed_code
from judapp.excel.mapped import Mapped
from judapp.excel.mapping import map_sheet

from .builders import BODY, HEAD, form, plan

WHOLE = {
    ("", "I.1", "1"): figure.number(100),
    ("", "I.2", "1"): figure.number(50),
    ("", "II.1", "1"): figure.number(7),
    ("", "II.2", "1"): figure.number(25),
    ("", "II.2", "2"): figure.words("ghi chú"),
}


def mapped(rows: list[list[object]], left: int = 0, above: int = 0, of: Plan | None = None) -> Mapped:
    cells = {
        (r + above, c + left): GridCell(content)  # type: ignore[arg-type]
        for r, row in enumerate(rows, start=1)
        for c, content in enumerate(row, start=1)
        if content is not None
    }
    return map_sheet(GridSheet("Phụ lục", cells), of or plan(), "a.xlsx")


def figures(result: Mapped) -> dict[tuple[str, str, str], Figure]:
    return {key: read.figure for key, read in result.figures.items()}


def codes(result: Mapped) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize(
    ("content", "code"),
    [("(1)", "1"), ("1", "1"), ("[1]", "1"), (1, "1"), (-1, "1"), (-1.0, "1"), ("A", "A"), ("(12a)", "12a"),
     ("Số liệu", None), (1.5, None), (None, None), ("", None)],
)  # fmt: skip
def test_a_column_code_is_read_in_every_habit(content: str | float | None, code: str | None) -> None:
    assert printed_code(content) == code


def test_a_sheet_as_drawn_is_read_whole_with_the_cell_each_figure_stands_in() -> None:
    result = mapped(HEAD + BODY)
    assert figures(result) == WHOLE
    assert result.findings == []
    assert result.figures["", "II.2", "1"].cell == "D11"


@given(left=st.integers(0, 4), above=st.integers(0, 6))
def test_a_sheet_that_was_moved_is_read_the_same(left: int, above: int) -> None:
    assert figures(mapped(HEAD + BODY, left, above)) == WHOLE


def test_codes_that_excel_made_negative_are_codes() -> None:
    head: list[list[object]] = [*HEAD[:-1], ["A", "B", "C", -1, -2]]
    assert figures(mapped(head + BODY)) == WHOLE


def test_inserted_and_empty_rows_do_not_move_figures() -> None:
    body: list[list[object]] = []
    for row in BODY:
        body += [[], row]
    assert figures(mapped([*HEAD, *body])) == WHOLE


def test_numbering_that_restarts_is_read_within_its_group() -> None:
    swapped = BODY[3:] + BODY[:3]
    assert figures(mapped(HEAD + swapped)) == WHOLE


def test_without_the_number_row_the_heads_must_be_the_forms_word_for_word() -> None:
    assert figures(mapped(HEAD[:-1] + BODY)) == WHOLE
    other: list[list[object]] = [*HEAD[:-2], ["TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu cũ", "Ghi chú"]]
    result = mapped(other + BODY)
    assert figures(result) == {}
    assert codes(result) == ["MAP-005"]


def test_a_row_the_form_does_not_have_is_refused_with_its_place() -> None:
    result = mapped([*HEAD, *BODY, [9, "Việc khác", "việc", 3]])
    assert figures(result) == WHOLE
    assert codes(result) == ["MAP-008"]
    assert result.findings[0].place.cell == "B12"
    assert result.read == len(WHOLE) + 1


def test_a_row_whose_label_disagrees_with_its_number_is_refused() -> None:
    body = [*BODY[:1], [1, "Kết hôn", "việc", 100], *BODY[2:]]
    result = mapped([*HEAD, *body])
    assert ("", "I.1", "1") not in result.figures
    assert codes(result) == ["MAP-011"]


def test_a_label_that_only_looks_similar_is_another_label() -> None:
    body = [*BODY[:5], [2, "Hòa giải không thành", "vụ", 2.5]]
    result = mapped([*HEAD, *body])
    assert ("", "II.2", "1") not in result.figures
    assert codes(result) == ["MAP-011"]


def test_a_row_standing_twice_is_read_once() -> None:
    result = mapped([*HEAD, *BODY, [2, "Hòa giải thành", "vụ", 9]])
    assert figures(result) == WHOLE
    assert codes(result) == ["MAP-010"]


def test_other_spelling_of_a_label_is_the_same_label() -> None:
    body = [*BODY[:5], [2, "HOÀ GIẢI  THÀNH", "vụ", 2.5, "ghi chú"]]
    assert figures(mapped([*HEAD, *body])) == WHOLE


def test_rows_without_numbers_are_found_by_their_labels() -> None:
    body: list[list[object]] = [[None, *row[1:]] for row in BODY]
    assert figures(mapped([*HEAD, *body])) == WHOLE


def test_text_in_a_number_cell_is_kept_and_said_with_its_place() -> None:
    body = [BODY[0], [1, "Khai sinh", "việc", "12O"], *BODY[2:]]
    result = mapped([*HEAD, *body])
    assert result.figures["", "I.1", "1"].figure == figure.unreadable("12O")
    assert [(f.code, f.place.cell) for f in result.findings] == [("CEL-001", "D7")]


def test_signs_of_states_are_read() -> None:
    body = [BODY[0], [1, "Khai sinh", "việc", "-"], [2, "Khai tử", "việc", "…"], *BODY[3:]]
    found = figures(mapped([*HEAD, *body]))
    assert found["", "I.1", "1"] == figure.NIL
    assert found["", "I.2", "1"] == figure.PENDING


def test_an_empty_cell_is_not_answered_and_never_0() -> None:
    body: list[list[object]] = [BODY[0], [1, "Khai sinh", "việc", None], *BODY[2:]]
    assert ("", "I.1", "1") not in mapped([*HEAD, *body]).figures


def test_an_error_value_and_a_formula_without_value_are_kept_as_text() -> None:
    cells = {
        (r, c): GridCell(content)  # type: ignore[arg-type]
        for r, row in enumerate(HEAD + BODY, start=1)
        for c, content in enumerate(row, start=1)
        if content is not None
    }
    cells[7, 4] = GridCell("#REF!", error=True)
    cells[8, 4] = GridCell(None, "=D7*2")
    result = map_sheet(GridSheet("x", cells), plan(), "a.xlsx")
    assert result.figures["", "I.1", "1"].figure == figure.unreadable("#REF!")
    assert result.figures["", "I.2", "1"].figure == figure.unreadable("=D7*2")
    assert codes(result) == ["CEL-008", "CEL-009"]


def test_workbooks_of_the_demo_map_without_a_finding(demo_folder: Path) -> None:
    from judapp.app.importing import UNCHANGED, preview
    from judapp.app.workspace import Workspace
    from judapp.paths import seeds

    with Workspace.open(demo_folder / "demo.sqlite", read_only=True) as workspace:
        found = preview(workspace, [seeds() / "demo" / "workbooks"])
    assert len(found) > 10
    assert all(c.read == c.unchanged + c.reckoned and not c.findings for c in found)
    assert {c.status for c in found} <= {"ready", UNCHANGED}


def test_a_blank_line_with_the_label_of_a_row_does_not_take_its_place() -> None:
    blank: list[object] = [1, "Khai sinh", "việc", None]
    for at in (1, 2):  # before the filled line, and behind it
        body = [*BODY]
        body.insert(at, blank)
        assert figures(mapped([*HEAD, *body])) == WHOLE
        assert codes(mapped([*HEAD, *body])) == []


def test_below_an_empty_row_without_label_stands_the_next_title_and_no_figure() -> None:
    tables = [
        {"key": key, "title": f"{key}. BẢNG", "rows": [{"key": "1"}],
         "columns": [{"label": "Nội dung", "code": "1", "kind": "text"}]}
        for key in ("I", "II")
    ]  # fmt: skip
    two = plan(tables=tables, explanations=["Cột (1): số người."])
    printed: list[list[object]] = [
        ["I. BẢNG"], ["Nội dung"], ["(1)"], [None],
        ["II. BẢNG"], ["Nội dung"], ["(1)"], [None], [EXPLANATIONS_TITLE], ["Cột (1): số người."],
    ]  # fmt: skip
    assert figures(mapped(printed, of=two)) == {}
    printed[3] = ["năm"]
    assert figures(mapped(printed, of=two)) == {("I", "1", "1"): figure.words("năm")}


def test_rows_of_ones_own_may_stand_under_a_unit() -> None:
    """An enforcement officer under the agency he works at: the sheet does not have him yet."""
    table = {
        "stub": [{"label": "Đơn vị", "code": "A"}],
        "columns": [{"label": "Số việc", "code": "1"}],
        "rows": [{"kind": "unit", "unit_kind": "commune", "children": [{"kind": "free", "label": "…"}]}],
    }
    made = form(tables=[table])
    offices = (RepeatedUnit("u1", "Phòng khu vực 1"), RepeatedUnit("u2", "Phòng khu vực 2"))
    of = plan_of(made, {"": expand(made.tables[0], lambda _: offices)})
    rows: list[list[object]] = [
        *HEAD[:3],
        ["Đơn vị", "Số việc"],
        ["A", "(1)"],
        ["Phòng khu vực 1", 12],
        ["Nguyễn Văn An", 7],
        ["Phòng khu vực 2", 3],
        ["Trần Thị Bình", 3],
    ]
    result = mapped(rows, of=of)
    assert codes(result) == []
    assert [(own.parent, own.label) for _, own in result.own_rows] == [
        ("#u1", "Nguyễn Văn An"),
        ("#u2", "Trần Thị Bình"),
    ]
