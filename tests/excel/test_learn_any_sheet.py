"""Whatever a worksheet holds, learning gives a form or a sentence, never a fault of ours."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judapp.domain.learned import SheetRole
from judapp.domain.lint import lint
from judapp.errors import JudappError
from judapp.excel.blank import BlankSheet, Looks
from judapp.excel.grid import Area, GridCell, GridSheet, SheetDraft
from judapp.excel.learn import Hints, learn

_TEXTS = st.sampled_from(
    (
        "Biểu số: 12a/TP",
        "Biểu số: 12b/TP",
        "Đơn vị",
        "STT",
        "A",
        "B",
        "(1)",
        "(2)",
        "(3) = (1) + (2)",
        "[4]",
        "1",
        "2",
        "-1",
        "Tổng số",
        "Chia ra",
        "Nam\n(người)",
        "(Việc)",
        "Việc",
        "Đơn vị tính: Việc",
        "I. Hộ tịch",
        "1.1",
        "a)",
        "- Nam",
        "…",
        "Huyện …",
        "Sở...",
        "Ghi chú: {x}",
        "Người lập biểu",
        "x",
        "0",
        "Số liệu ước tính",
        "\n(",
        ")",
        "I",
        "…, ngày … tháng … năm …",
    )
)
_CONTENTS = st.one_of(_TEXTS, _TEXTS, _TEXTS, st.just(""))
_PLACES = st.tuples(st.integers(1, 14), st.integers(1, 8))
_ROLES: tuple[SheetRole, ...] = (
    "head",
    "number",
    "row",
    "total",
    "group",
    "repeated",
    "note",
    "unused",
    "block",
)


@st.composite
def sheets(draw: st.DrawFn) -> BlankSheet:
    """A worksheet of anything: words of forms at random places, merges, frames, hidden rows and columns."""
    draft = SheetDraft("a")
    for place in draw(st.lists(_PLACES, max_size=60)):
        draft.cells[place] = GridCell(draw(_CONTENTS))
    if draw(st.booleans()):  # most of these are tables
        draft.cells.update(
            {(5, column): GridCell(f"({column - 1})" if column > 1 else "A") for column in range(1, 7)}
        )
    taken: set[tuple[int, int]] = set()
    for (top, left), (high, wide) in draw(
        st.lists(st.tuples(_PLACES, st.tuples(st.integers(0, 3), st.integers(0, 3))), max_size=6)
    ):
        area = Area(top, left, top + high, left + wide)
        cells = {(r, c) for r in range(top, top + high + 1) for c in range(left, left + wide + 1)}
        if not cells & taken:
            taken |= cells
            draft.merges.append(area)
    draft.hidden_rows = [(row, row) for row in draw(st.sets(st.integers(1, 14), max_size=2))]
    draft.hidden_columns = [(column, column) for column in draw(st.sets(st.integers(1, 8), max_size=2))]
    grid: GridSheet = draft.done()
    frame = Area(draw(st.integers(1, 4)), draw(st.integers(1, 2)), 14, draw(st.integers(3, 8)))
    borders = draw(st.sampled_from(("", "ltrb", "ltrb", "lr", "lt")))
    looks = {
        (row, column): Looks(borders, draw(st.integers(0, 2)) if column == frame.left else 0)
        for row in range(frame.top, frame.bottom + 1)
        for column in range(frame.left, frame.right + 1)
    }
    return BlankSheet(grid, looks, {}, {})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheet=sheets(), hints=st.dictionaries(st.integers(1, 14), st.sampled_from(_ROLES), max_size=3))
def test_any_sheet_gives_a_form_or_a_sentence(sheet: BlankSheet, hints: dict[int, SheetRole]) -> None:
    try:
        learned = learn([sheet], Hints(rows=hints))
    except JudappError:
        return
    paths = {problem.path for problem in learned.problems}
    tables = [
        fault for fault in lint(learned.form) if fault.path.startswith("$.tables") and fault.path not in paths
    ]
    assert tables == []
    printed = {cell.shown_text for cell in sheet.grid.cells.values()}
    for table in learned.form.tables:
        for leaf in table.leaves:
            assert not leaf.code or any(leaf.code in text for text in printed)
