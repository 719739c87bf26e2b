"""Columns are found by codes and heads that agree; what disagrees is asked, however the sheet was changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from judapp.domain.catalogue import Form
from judapp.domain.cell_name import Position
from judapp.domain.figure import Figure
from judapp.domain.shape import CellKey
from judapp.excel.columns import looks
from judapp.excel.grid import GridCell, GridSheet
from judapp.excel.header import Header, TableColumns, find_header
from judapp.excel.mapping import map_sheet

from .sheet_variations import (
    changed,
    filled,
    hidden_rows,
    plan,
    shifted,
    unmerged,
    with_column,
    with_rows,
    without,
)

SEEDS = sorted((Path(__file__).parents[2] / "seeds" / "forms").glob("*.json"))
CATALOGUE = {path.stem: msgspec.json.decode(path.read_bytes(), type=Form) for path in SEEDS}
FORMS = [pytest.param(form, id=stem) for stem, form in CATALOGUE.items()]
CODED = [pytest.param(form, id=stem) for stem, form in CATALOGUE.items() if form.tables[0].leaves[0].code]

MEDIATION = msgspec.convert(
    {
        "family": "hg", "number": "HG-01", "circular": "Thử", "area": "thu", "title": "HÒA GIẢI",
        "valid_from": "2020-01-01", "regime": "tk", "rounds": ["H1"],
        "evidence": {"level": "department", "sources": ["thử"]},
        "tables": [{
            "stub": [{"label": "Đơn vị", "code": "A"}],
            "columns": [
                {"label": "Tiếp nhận", "code": "1"},
                {"label": "Kết quả", "children": [
                    {"label": "Hòa giải thành", "code": "2"},
                    {"label": "Hòa giải không thành", "code": "3"}]},
                {"label": "Đang giải quyết", "code": "4"},
            ],
            "rows": [{"label": "Tổng số", "key": "tong", "kind": "total"}, {"label": "Tổ một", "key": "m"}],
        }],
    },
    Form,
)  # fmt: skip


def mediation(heads: Mapping[str, str] | None = None, codes: str = "A1234") -> GridSheet:
    """A sheet of that form; ``heads`` are typed over by column letter."""
    rows: list[list[object]] = [
        ["Đơn vị", "Tiếp nhận", "Hòa giải thành", "Hòa giải không thành", "Đang giải quyết"],
        [f"({code})" for code in codes] if codes else [],
        ["Tổng số", 10, 6, 3, 1],
        ["Tổ một", 10, 6, 3, 1],
    ]
    for letter, text in (heads or {}).items():
        rows[0][ord(letter) - 65] = text
    cells = {
        (r, c): GridCell(content)  # type: ignore[arg-type]
        for r, row in enumerate(rows, 1)
        for c, content in enumerate(row, 1)
    }
    return GridSheet("x", cells)


def header(sheet: GridSheet) -> Header:
    return find_header(sheet, MEDIATION.tables[0], 1)


def read(sheet: GridSheet, form: Form) -> tuple[dict[CellKey, Figure], list[str]]:
    mapped = map_sheet(sheet, plan(form), "a.xlsx")
    return {key: own.figure for key, own in mapped.figures.items()}, [f.code for f in mapped.findings]


def head_of(sheet: GridSheet, form: Form) -> tuple[int, list[int]]:
    """The last row of the first table's head, and its columns."""
    found = looks(sheet, form.tables)[0]
    return found.row, sorted(found.header.columns)


# what the heads say


def test_codes_and_heads_that_agree_are_certain() -> None:
    found = header(mediation())
    assert found.certain
    assert (found.row, found.agreed, dict(found.stubs)) == (2, 4, {1: 0})
    assert dict(found.columns) == {2: "1", 3: "2", 4: "3", 5: "4"}


@pytest.mark.parametrize("code", ["(1)", "[1]", "1", "Cột 1", "(1)=(2)+(3)+(4)"])
def test_a_code_is_known_in_every_habit(code: str) -> None:
    assert header(changed(mediation(), {(2, 2): code})).certain


def test_two_heads_changed_against_their_codes_are_not_read() -> None:
    found = header(mediation({"C": "Hòa giải không thành", "D": "Hòa giải thành"}))
    assert not found.certain
    assert [(other.column, other.head) for other in found.contradicted] == [
        (3, "Hòa giải không thành"),
        (4, "Hòa giải thành"),
    ]
    assert read(mediation({"C": "Hòa giải không thành"}), MEDIATION) == ({}, ["MAP-021"])


def test_a_negation_the_form_does_not_know_is_another_column() -> None:
    assert read(mediation({"B": "Không tiếp nhận"}), MEDIATION) == ({}, ["MAP-021"])


def test_a_head_in_other_words_is_read_by_its_number_and_told() -> None:
    figures, codes = read(mediation({"E": "Còn tồn"}), MEDIATION)
    assert codes == ["MAP-021"]  # "còn": a word that matters
    figures, codes = read(mediation({"E": "Vụ đang làm"}), MEDIATION)
    assert len(figures) == 8
    assert codes == ["MAP-050"]


def test_mostly_other_heads_are_another_form() -> None:
    heads = {"B": "Cán bộ", "C": "Tuyên truyền viên", "E": "Báo cáo viên"}
    assert read(mediation(heads), MEDIATION) == ({}, ["MAP-022"])


def test_codes_beyond_the_forms_need_every_head() -> None:
    more = changed(mediation(), {(1, 6): "Ghi thêm", (2, 6): "(5)", (3, 6): 99})
    figures, codes = read(more, MEDIATION)
    assert len(figures) == 8
    assert codes == ["MAP-023"]
    assert read(changed(more, {(1, 5): "Vụ đang làm"}), MEDIATION) == ({}, ["MAP-022"])


def test_a_number_over_two_columns_is_asked() -> None:
    again = changed(mediation(), {(1, 6): "Hòa giải thành", (2, 6): "(2)", (3, 6): 5})
    assert read(again, MEDIATION) == ({}, ["MAP-051"])


def test_without_numbers_whole_heads_are_read_in_any_order() -> None:
    assert len(read(mediation(codes=""), MEDIATION)[0]) == 8
    swapped = mediation({"B": "Đang giải quyết", "E": "Tiếp nhận"}, codes="")
    assert dict(header(swapped).columns) == {5: "1", 3: "2", 4: "3", 2: "4"}
    assert read(mediation({"C": "HG thành"}, codes=""), MEDIATION) == ({}, ["MAP-005"])


def test_a_leaf_without_a_number_is_found_by_its_head() -> None:
    table = MEDIATION.tables[0]
    last = replace(table.columns[-1], code=None, key="_dang")
    partly = replace(MEDIATION, number="HG-02", tables=(replace(table, columns=(*table.columns[:-1], last)),))
    figures, told = read(without(mediation(), [(2, 5)]), partly)
    assert (len(figures), told) == (8, [])
    assert read(without(mediation({"E": "Vụ đang làm"}), [(2, 5)]), partly) == ({}, ["MAP-005"])


def test_half_a_number_row_is_not_mended_by_heads() -> None:
    assert read(mediation(codes="A12x4"), MEDIATION) == ({}, ["MAP-005"])


def test_a_row_of_figures_is_no_number_row() -> None:
    sheet = without(mediation({"C": "HG thành"}, codes=""), [(3, 1), (4, 1)])
    assert not header(changed(sheet, {(3, 2): 1, (3, 3): 2, (3, 4): 3, (4, 1): "Tổ 1"})).certain


def test_the_number_row_repeated_on_a_further_page_is_no_row() -> None:
    again = {(5, column): code for column, code in enumerate(["(A)", "(1)", "(2)", "(3)", "(4)"], 1)}
    figures, codes = read(changed(mediation(), again), MEDIATION)
    assert (len(figures), codes) == (8, [])


def test_units_below_the_heads_belong_to_the_head() -> None:
    units: dict[Position, str | float | int] = {(2, column): "(Vụ)" for column in range(2, 6)}
    found = header(changed(mediation(codes=""), units))
    assert (found.certain, found.row) == (True, 2)


def test_the_column_of_labels_is_known_by_its_words() -> None:
    unnamed = without(mediation(), [(1, 1), (2, 1)])
    inserted = with_column(unnamed, before=2, body=[3, 4])
    assert len(read(inserted, MEDIATION)[0]) == 8
    assert header(inserted).stubs == {1: 0}


def test_a_pairing_by_hand_is_taken_as_said() -> None:
    said = TableColumns("", 2, ((3, "1"), (2, "2")), ((1, 0),), absent=("3", "4"))
    mapped = map_sheet(mediation({"B": "Xin ly hôn"}), plan(MEDIATION), "a.xlsx", [said])
    assert {key[2]: own.figure.value for key, own in mapped.figures.items()} == {"1": 6, "2": 10}
    assert [f.code for f in mapped.findings] == ["MAP-023", "MAP-023"]


def test_a_table_said_to_be_absent_is_not_read() -> None:
    said = TableColumns("", 0, (), (), absent=("1", "2", "3", "4"))
    mapped = map_sheet(mediation(), plan(MEDIATION), "a.xlsx", [said])
    assert (mapped.figures, mapped.findings) == ({}, [])


# every form of the catalogue, changed as senders change it


@pytest.mark.parametrize("form", FORMS)
def test_moved_stretched_and_hidden_sheets_are_read_the_same(form: Form) -> None:
    sheet = filled(form)
    figures, codes = read(sheet, form)
    assert codes == []
    row, _ = head_of(sheet, form)
    assert read(shifted(sheet, 5, 3), form) == (figures, [])
    for below in range(row, row + 3):
        assert read(with_rows(sheet, below), form) == (figures, [])
    found, told = read(hidden_rows(sheet, row + 1, row + 2), form)
    assert found == figures
    assert set(told) <= {"MAP-024"}
    assert bool(told) == any(
        sheet.at(at, c).content for at in (row + 1, row + 2) for c in head_of(sheet, form)[1]
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_changed_head_gives_equal_figures_or_is_asked(form: Form) -> None:
    sheet = filled(form)
    figures, _ = read(sheet, form)
    row, columns = head_of(sheet, form)
    body = range(row + 1, row + 4)
    variations = [
        unmerged(sheet),
        without(sheet, [at for at in sheet.cells if at[0] == row]),
        without(sheet, [at for at in sheet.cells if at[0] <= row and at[1] == columns[-1]]),
        *(with_column(sheet, before, body) for before in {columns[0], columns[-1]}),
    ]
    for changed_sheet in variations:
        found, told = read(changed_sheet, form)
        assert found.items() <= figures.items()
        assert found == figures or told


@pytest.mark.parametrize("form", CODED)
def test_heads_changed_against_the_numbers_are_never_read(form: Form) -> None:
    sheet = filled(form)
    row, columns = head_of(sheet, form)
    for one, other in pairwise(columns):
        ends = [
            max((at for at in sheet.cells if at[1] == c and at[0] < row), default=None) for c in (one, other)
        ]
        if ends[0] is None or ends[1] is None:
            continue
        texts = [str(sheet.cells[at].content) for at in ends if at is not None]
        if texts[0] != texts[1]:
            found, told = read(changed(sheet, {ends[0]: texts[1], ends[1]: texts[0]}), form)
            table = form.tables[0].key
            assert not any(key[0] == table for key in found)
            assert set(told) & {"MAP-005", "MAP-021", "MAP-022"}
            return
