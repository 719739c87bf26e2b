"""Cells of a table that hold something else than a plain number: merged, asked, multiplied, in rings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy

import pytest
from msgspec.structs import replace

from judapp.domain import figure
from judapp.domain.cell_name import Position
from judapp.domain.shape import CellKey, Plan
from judapp.excel.grid import Area, GridCell, GridSheet, SheetDraft
from judapp.excel.mapped import Mapped, Said
from judapp.excel.mapping import map_sheet
from judapp.excel.printed_units import factor_between, other_units, power_of

from .builders import BODY, FORM, HEAD, plan

TWO_COLUMNS: list[list[object]] = [[1, "Khai sinh", "việc", 3, "4"], [2, "Khai tử", "việc", 3, "4"]]
FIRST: CellKey = ("", "I.1", "1")


def page(changed: Mapping[Position, GridCell], merges: tuple[Area, ...] = ()) -> GridSheet:
    draft = SheetDraft("Phụ lục")
    for row, line in enumerate(HEAD + BODY, start=1):
        for column, content in enumerate(line, start=1):
            if content is not None:
                draft.cells[row, column] = GridCell(content)  # type: ignore[arg-type]
    draft.cells.update(changed)
    draft.merges += merges
    return draft.done()


def mapped(
    changed: Mapping[Position, GridCell], *merges: Area, said: Said | None = None, of: Plan | None = None
) -> Mapped:
    return map_sheet(page(changed, merges), of or plan(), "a.xlsx", (), said or Said())


def codes(result: Mapped) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.place.cell) for finding in result.findings]


def counted(**more: object) -> Plan:
    """The form with a second column of counts, and a total of the first group if it says so."""
    made = deepcopy(FORM)
    made["tables"][0]["columns"][1] = {"label": "Ghi chú", "code": "2", "kind": "count", "unit": "việc"}
    made["tables"][0]["rows"][0] |= {"kind": "fixed", "heading": False}
    return plan(tables=made["tables"], **more)


def test_a_figure_over_two_columns_of_the_form_belongs_to_none() -> None:
    result = mapped({(7, 4): GridCell(100)}, Area(7, 4, 7, 5), of=counted())
    assert codes(result) == [("CEL-018", "D7"), ("CEL-001", "E11")]
    assert FIRST not in result.figures
    assert result.refused == 1
    assert result.findings[0].params == {"text": "100", "block": "D7:E7"}


def test_a_figure_over_two_rows_of_the_form_belongs_to_none() -> None:
    result = mapped({}, Area(7, 4, 8, 4))
    assert codes(result) == [("CEL-018", "D7"), ("CEL-019", "D8")]
    assert result.refused == 2


def test_a_figure_over_one_cell_of_the_form_and_the_margin_is_read() -> None:
    result = mapped({(7, 4): GridCell(100)}, Area(7, 3, 7, 3), Area(11, 5, 11, 9))
    assert codes(result) == []
    assert result.figures[FIRST].figure == figure.number(100)


def test_a_figure_in_a_hidden_row_is_read_for_a_person_may_have_hidden_it() -> None:
    sheet = page({})
    hidden = {at: replace(cell, hidden=at[0] == 7) for at, cell in sheet.cells.items()}
    draft = SheetDraft("x")
    draft.cells, draft.hidden_rows = hidden, [(7, 7)]
    result = map_sheet(draft.done(), plan(), "a.xlsx")
    assert result.figures[FIRST].figure == figure.number(100)


def test_everything_merged_gives_nothing() -> None:
    result = mapped({}, Area(1, 1, 1_048_576, 16_384))
    assert result.figures == {}
    assert {code for code, _ in codes(result)} == {"CEL-019"}


def test_texts_with_two_readings_are_gathered_for_one_question() -> None:
    changed = {(7, 4): GridCell("1.234"), (8, 4): GridCell("12.345.678"), (10, 4): GridCell("7,500")}
    result = mapped(changed)
    assert [(one.cell, one.text) for one in result.asked] == [("D7", "1.234"), ("D10", "7,500")]
    assert result.typed == ["12.345.678"]
    assert codes(result) == []
    assert result.figures[FIRST].figure == figure.unreadable("1.234")
    answered = mapped(changed, said=Said("grouped"))
    assert answered.asked == []
    assert answered.figures[FIRST].figure == figure.number(1234)


def test_a_column_is_multiplied_where_a_person_said_so() -> None:
    result = mapped({}, said=Said(factors={("", "1"): 1000}))
    assert result.figures[FIRST].figure == figure.number(100_000)
    assert result.figures["", "II.2", "1"].figure == figure.number(25_000)


@pytest.mark.parametrize("sign", ["x", "X", "-", "–"])
def test_a_sign_in_a_cell_the_row_does_not_have_says_nothing(sign: str) -> None:
    made = deepcopy(FORM)
    made["tables"][0]["rows"][0]["children"][0]["only"] = ["1"]
    of = plan(tables=made["tables"])
    assert codes(mapped({(7, 5): GridCell(sign)}, of=of)) == []
    assert codes(mapped({(7, 5): GridCell("5")}, of=of)) == [("MAP-008", "B7")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GridCell(None, "=SUM(D6:D8)"), "CEL-016"),
        (GridCell(0, "=SUM(D6:D8)"), "CEL-016"),
        (GridCell(None, "=SUM(D7:D8)"), None),
        (GridCell(150, "=SUM(D7:D8)"), None),
        (GridCell("#REF!", "=SUM(D7:D8)", error=True), "CEL-008"),
        (GridCell("TRUE", "=D7>D8"), "CEL-015"),
    ],
)
def test_a_total_by_a_ring_of_formulas_is_named(cell: GridCell, code: str | None) -> None:
    """Totals are reckoned by us; only what shows that the file is broken is said."""
    of = counted(computed=[{"rule": "[I] = sum([I.*])", "status": "inferred"}])
    result = mapped({(6, 4): cell, (11, 5): GridCell(1)}, of=of)
    assert codes(result) == ([(code, "D6")] if code else [])
    assert (("", "I", "1") in result.totals) == (cell.content == 150)


# the unit of money that is printed


@pytest.mark.parametrize(
    ("text", "power"),
    [("đồng", 0), ("Nghìn đồng", 3), ("1.000 đồng", 3), ("1000đ", 3), ("ngàn đồng", 3), ("Triệu đồng", 6),
     ("tr.đ", 6), ("tỷ đồng", 9), ("VNĐ", 0), ("(nghìn đồng)", 3), ("việc", None), ("hội đồng", None),
     ("đồng chí", None), ("", None)],
)  # fmt: skip
def test_units_of_money_are_known_in_every_spelling(text: str, power: int | None) -> None:
    assert power_of(text) == power


def test_what_turns_one_unit_into_another() -> None:
    assert [factor_between(3, 0), factor_between(0, 3), factor_between(6, 3), factor_between(3, 3)] == [
        1000, -1000, 1000, 1]  # fmt: skip


def money(unit: str = "Đồng", **form: object) -> Plan:
    made = deepcopy(FORM)
    made["tables"][0]["columns"][0] = {"label": "Số tiền", "code": "1", "kind": "money", "unit": unit}
    for group in made["tables"][0]["rows"]:
        for row in group["children"]:
            del row["unit"]
    return plan(tables=made["tables"], **form)


@pytest.mark.parametrize(
    ("changed", "of", "found"),
    [
        ({}, money, []),
        ({(4, 4): GridCell("Số tiền (nghìn đồng)")}, money, [("nghìn đồng", "D4", 1000)]),
        ({(4, 4): GridCell("Số tiền\n(Triệu đồng)")}, money, [("Triệu đồng", "D4", 1_000_000)]),
        ({(4, 4): GridCell("Số tiền (đồng)")}, money, []),
        ({(3, 5): GridCell("Đơn vị tính: nghìn đồng")}, money, [("nghìn đồng", "E3", 1000)]),
        ({(3, 5): GridCell("ĐVT: 1.000 đồng"), (4, 4): GridCell("Số tiền (đồng)")}, money,
         [("1.000 đồng", "E3", 1000)]),
        ({(3, 5): GridCell("Đơn vị tính: Việc")}, money, []),
        ({(3, 5): GridCell("Đơn vị tính: đồng")}, lambda: money("Nghìn đồng"), [("đồng", "E3", -1000)]),
        ({(3, 5): GridCell("Đơn vị tính: 1.000 đồng")},
         lambda: money("Đồng", unit_of_measure="1.000 đồng"), []),
        ({(3, 5): GridCell("Đơn vị tính: nghìn đồng")}, plan, []),
    ],
)  # fmt: skip
def test_another_unit_than_the_forms_is_found_over_a_column_and_above_the_table(
    changed: Mapping[Position, GridCell], of: Callable[[], Plan], found: list[tuple[str, str, int]]
) -> None:
    made = of()
    sheet = page(changed)
    result = map_sheet(sheet, made, "a.xlsx")
    table = made.form.tables[0]
    others = list(other_units(sheet, made, table, result.headers[""]))
    assert [(one.printed, one.cell, one.factor) for one in others] == found


@pytest.mark.parametrize(("printed", "label"), [("1. Đơn vị bịa", "Đơn vị bịa"), ("V. An", "V. An")])
def test_a_row_of_ones_own_is_kept_without_the_number_printed_before_it(printed: str, label: str) -> None:
    of = plan(
        tables=[
            {
                "stub": [{"label": "Đơn vị", "code": "A"}],
                "columns": [{"label": "Số liệu", "code": "1", "kind": "count"}],
                "rows": [{"key": "tong", "label": "Tổng số", "kind": "total"}, {"kind": "free"}],
            }
        ]
    )
    rows: list[list[str | int]] = [["Đơn vị", "Số liệu"], ["A", "(1)"], ["Tổng số", 5], [printed, 5]]
    cells = {(r, c): GridCell(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1)}
    result = map_sheet(GridSheet("1", cells), of, "a.xlsx")
    assert [row.label for _, row in result.own_rows] == [label]


# rows whose owner only the row above can tell


def districts() -> Plan:
    """Two districts with the same rows below each, as units come again in a form."""
    children = [{"key": "nam", "label": "- Nam"}, {"key": "nu", "label": "- Nữ"}]
    return plan(
        tables=[
            {
                "stub": [{"label": "Đơn vị", "code": "A"}],
                "columns": [{"label": "Số người", "code": "1", "kind": "count"}],
                "rows": [
                    {"key": "a", "label": "Huyện A", "children": children},
                    {"key": "b", "label": "Huyện B", "children": children},
                    {"key": "tong", "label": "Toàn tỉnh"},
                ],
            }
        ]
    )


def listed(rows: list[list[str | int]], of: Plan) -> Mapped:
    cells = {(r, c): GridCell(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
    return map_sheet(GridSheet("1", cells), of, "a.xlsx")


@pytest.mark.parametrize("heading", [["Huyện Không Có", 3], ["Huyện Không Có"]])
def test_rows_below_a_heading_the_form_does_not_have_are_not_those_of_another(
    heading: list[str | int],
) -> None:
    head: list[list[str | int]] = [
        ["Đơn vị", "Số người"],
        ["A", "(1)"],
        ["Huyện A", 3],
        ["- Nam", 1],
        ["- Nữ", 2],
    ]
    tail: list[list[str | int]] = [["- Nam", 8], ["- Nữ", 9], ["Toàn tỉnh", 20]]
    result = listed([*head, heading, *tail], districts())
    assert {key[1]: read.figure.value for key, read in result.figures.items()} == {
        "a": 3, "a.nam": 1, "a.nu": 2, "tong": 20}  # fmt: skip
    refused = ["A6", "A7", "A8"] if len(heading) > 1 else ["A7", "A8"]
    assert codes(result) == [("MAP-008", cell) for cell in refused]
    known = listed([*head, ["Huyện B", 17], *tail], districts())
    assert len(known.figures) == 7
    assert codes(known) == []


@pytest.mark.parametrize(
    ("codes_row", "below", "figures"),
    [
        ([1, 2, 3], [10, 20, 30], [10, 20, 30]),
        ([-1, -2, -3], [10, 20, 30], [10, 20, 30]),
        (["1", "2", "3"], [10, 20, 30], [10, 20, 30]),
        ([-1.0, -2.0, -3.0], [10, 20, 30], [10, 20, 30]),
        ([1, 2, 3], ["", "", ""], [1, 2, 3]),  # nothing below: these are the figures
        ([1, 2, 4], ["", "", ""], [1, 2, 4]),
    ],
)
def test_numbers_of_columns_below_a_head_without_codes_are_no_figures(
    codes_row: list[str | int], below: list[str | int], figures: list[int]
) -> None:
    of = plan(
        tables=[
            {
                "columns": [{"label": f"Cột {name}", "key": f"_{name}", "kind": "count"} for name in "abc"],
                "rows": [{"key": "1"}],
            }
        ]
    )
    result = listed([["Cột a", "Cột b", "Cột c"], codes_row, below], of)
    assert [read.figure.value for read in result.figures.values()] == figures
    assert codes(result) == []


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ([], []),
        ([["", "", "", 99]], [("CEL-021", "warning", "D13", 1)]),
        ([["", "", "", "ngày 5"]], []),
        ([*HEAD, *TWO_COLUMNS], [("CEL-021", "error", "D18", 4)]),
    ],
)
def test_figures_below_all_that_was_read_are_told(
    below: list[list[object]], found: list[tuple[str, str, str, int]]
) -> None:
    """A second block of the form on the same worksheet is not read, and not lost without a word."""
    of = plan(signatures=[{"title": "GIÁM ĐỐC"}])
    rows: list[list[object]] = [*HEAD, *BODY, ["", "", "", "GIÁM ĐỐC"], *below]
    result = listed([["" if cell is None else cell for cell in row] for row in rows], of)  # type: ignore[misc]
    told = [(f.code, f.severity, f.place.cell, f.params["cells"]) for f in result.findings]
    assert told == found
    assert result.refused == sum(one[3] for one in told)
    assert len(result.figures) == 5
