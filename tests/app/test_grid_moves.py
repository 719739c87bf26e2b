"""Where keys lead in a table, worked out without any window."""

from __future__ import annotations

from judapp.app.grid_fill import fill_label, filled_from
from judapp.app.grid_moves import beside, block, edge, end, first_stop, next_stop, next_within
from judapp.app.grid_view import CellView, LeafColumn, RowLine, TableView
from judapp.app.pasting import Area

SIGNS = {
    "1": CellView(text="1", typed="1", state=""),
    " ": CellView(),
    "w": CellView(text="chữ", typed="chữ", kind="words", state="text", left=True),
    "=": CellView(text="9", kind="computed", state="", enterable=False),
    "⊘": CellView(text="⊘", typed="⊘", state="remit"),
    "r": CellView(text="9", typed="9", kind="reported", state=""),
}


def table(*rows: str) -> TableView:
    """A table drawn as lines of signs; "x" is a place without a cell."""
    columns = tuple(LeafColumn(str(n), str(n), str(n), "", "count", (str(n),)) for n in range(len(rows[0])))
    lines = tuple(RowLine(str(n), str(n), str(n), (), 0, "fixed") for n in range(len(rows)))
    cells = {
        ("", str(row), str(column)): SIGNS[sign]
        for row, line in enumerate(rows)
        for column, sign in enumerate(line)
        if sign != "x"
    }
    return TableView("", "", (), columns, 1, True, (), (), lines, cells)


def test_enter_stops_where_a_figure_is_typed_and_nowhere_else() -> None:
    drawn = table("==w", "1⊘ ", "x=r", " 1x")
    stops = []
    at = next_stop(drawn, -1, 0, "down")
    while at is not None:
        stops.append(at)
        at = next_stop(drawn, *at, "down")
    assert stops == [(1, 0), (3, 0), (3, 1), (0, 2), (1, 2), (2, 2)]
    assert next_stop(drawn, 1, 0, "right") == (1, 2)
    assert next_stop(drawn, 1, 2, "left") == (1, 0)
    assert next_stop(drawn, 1, 0, "up") is None
    assert first_stop(drawn) == (1, 0)
    assert first_stop(table("w=")) == (0, 0)
    assert first_stop(table("==")) == (0, 0)


def test_a_selection_is_gone_through_round_and_round_area_by_area() -> None:
    drawn = table("11=", "1=1", "111")
    whole = [Area(0, 0, 1, 1)]
    assert next_within(drawn, whole, (0, 0), "down") == (1, 0)
    assert next_within(drawn, whole, (1, 0), "down") == (0, 1)
    assert next_within(drawn, whole, (0, 1), "down") == (0, 0)
    assert next_within(drawn, whole, (0, 0), "up") == (0, 1)
    parts = [Area(0, 0, 0, 0), Area(1, 1, 2, 2)]
    assert next_within(drawn, parts, (0, 0), "right") == (1, 2)
    assert next_within(drawn, parts, (2, 2), "right") == (0, 0)
    assert next_within(drawn, [Area(0, 2, 0, 2)], (0, 2), "down") is None


def test_ctrl_and_arrow_follow_what_is_filled() -> None:
    drawn = table("1", "1", " ", " ", "1", " ", "1", " ")
    stops = [edge(drawn, at, "down")[0] for at in ((0, 0), (1, 0), (2, 0), (4, 0), (6, 0), (7, 0))]
    assert stops == [1, 4, 4, 6, 7, 7]
    assert edge(drawn, (7, 0), "up") == (6, 0)
    assert edge(drawn, (0, 0), "right") == (0, 0)


def test_a_step_ends_at_the_rim() -> None:
    drawn = table("111", "111")
    assert beside(drawn, (1, 2), "down") == (1, 2)
    assert beside(drawn, (0, 1), "left", 5) == (0, 0)
    assert end(drawn, (0, 1), "right") == (0, 2)
    assert end(drawn, (1, 1), "up") == (0, 1)


def test_the_block_is_what_empty_lines_surround() -> None:
    drawn = table("1 1 ", "11  ", "  1 ", "    ", "1111")
    assert block(drawn, (0, 0)) == Area(0, 0, 2, 2)  # a corner joins too, as in Excel
    assert block(drawn, (4, 1)) == Area(4, 0, 4, 3)
    assert block(table("  ", "  "), (0, 0)) == Area(0, 0, 0, 0)


def test_filling_goes_from_the_first_line_into_what_is_typed() -> None:
    drawn = table("1=", "x1", "=1", "11")
    assert filled_from(drawn, Area(0, 0, 3, 1), "down") == [
        ((0, 0), (3, 0)),
        ((0, 1), (1, 1)),
        ((0, 1), (2, 1)),
        ((0, 1), (3, 1)),
    ]
    assert filled_from(drawn, Area(3, 1, 3, 1), "down") == [((2, 1), (3, 1))]
    assert filled_from(drawn, Area(3, 1, 3, 1), "right") == [((3, 0), (3, 1))]
    assert filled_from(drawn, Area(1, 0, 1, 1), "right") == []  # from no cell comes nothing
    assert filled_from(drawn, Area(0, 0, 0, 1), "down") == []
    assert fill_label("10b", 3, "right") == "Điền sang phải 3 ô, biểu 10b"
