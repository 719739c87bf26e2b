"""Requirements (design 4.2, single place 2):

1. No two printed texts overlap; every cell of the form has one place, and nothing printed covers it.
2. The head is the tree of the definition: a node over its children, a leaf down to the last row of the head.
3. Codes are printed as texts "(1)", "A"; where none is printed none is invented.
4. Rows stand as they are printed: numbered in their group, sub-rows, placeholders where a blank has no rows.
5. Header blocks, notes with slots, estimate line, explanations, signers stand where the ministry prints them.
6. Words fit: no column is narrower than the longest word of its head, no row lower than its wrapped words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from judapp.domain.catalogue import Column, Form, Level, Note, Print, Row, Signature, Slot, Table
from judapp.domain.layout import DOTS, Box, Heading, Item, Layout, layout
from judapp.domain.layout_table import head_text
from judapp.domain.lint import lint, sample_plan
from judapp.domain.printed import BOLD_ROLES, FONT_SIZES, USUAL_HEIGHT
from judapp.domain.rows import OwnRow, RepeatedUnit, SheetRow, expand
from judapp.domain.shape import plan_of
from judapp.domain.text_width import longest_word, text_height
from tests.domain import builders
from tests.domain.builders import TOTAL, column, fixed, offices
from tests.domain.forms_of_every_shape import MOST_LEVELS, forms_with_rows

SEEDS = sorted((Path(__file__).parents[2] / "seeds/forms").glob("*.json"))
STUB = Column(label="Đơn vị", code="A")


def laid(*rows: Row, units: tuple[str, ...] = (), heading: Heading | None = None, **more: Any) -> Layout:
    """A form of one table with one stub (unless ``stub`` says otherwise) laid out for ``units``."""
    stub = more.pop("stub", (STUB,))
    columns = tuple(more.pop("columns", map(column, "123")))
    table = Table(columns=columns, rows=rows or (fixed("1"),), stub=stub)
    return laid_tables(table, units=units, heading=heading, **more)


def laid_tables(
    *tables: Table, units: tuple[str, ...] = (), heading: Heading | None = None, **more: Any
) -> Layout:
    form = builders.form(tables=tables, **{"unit_of_measure": None, **more})
    named = [RepeatedUnit(uid, f"VPCC {uid}") for uid in units]
    rows = {table.key: expand(table, lambda _: named) for table in tables}
    return layout(form, rows, heading or Heading())


def texts(of: Layout, *roles: str) -> list[str]:
    return [item.text for item in of.items if item.role in roles]


def item(of: Layout, text: str) -> Item:
    [found] = [item for item in of.items if item.text == text]
    return found


def squares(box: Box) -> Iterator[tuple[int, int]]:
    for row in range(box.row, box.last_row + 1):
        for at in range(box.column, box.last_column + 1):
            yield row, at


# --- 1: places


def assert_places(of: Layout) -> None:
    covered = Counter(square for item in of.items for square in squares(item.box))
    assert all(times == 1 for times in covered.values()), "texts overlap"
    assert all(1 <= row <= of.last_row and 1 <= at <= of.last_column for row, at in covered)
    assert set(of.cells) == set(plan_of(of.form, of.rows).spots)
    assert len(set(of.cells.values())) == len(of.cells), "two cells at one place"
    wide = {(item.box.row, item.box.column) for item in of.items if item.role == "cell"}
    for position in of.cells.values():
        assert position not in covered or position in wide, "something is printed over a cell"
    for band in of.bands:
        for row in range(band.first_head_row, band.last_row + 1):
            for at in range(1, of.last_column + 1):
                assert (row, at) in covered or (row, at) in of.cells.values(), "a hole in the table"


def assert_head(of: Layout) -> None:
    heads = {(item.box.row, item.box.column): item for item in of.items if item.role == "head"}
    for band in of.bands:
        table = of.form.table(band.table)
        assert table is not None
        below = band.number_row or band.first_row

        def leaves(
            nodes: tuple[Column, ...], row: int, at: int, above: str | None = None, below: int = below
        ) -> int:
            for node in nodes:
                found = heads.pop((row, at))
                assert found.text == head_text(node, of.form.unit_of_measure, above)
                if node.children:
                    assert found.box.rows == 1
                    after = leaves(node.children, row + 1, at, node.unit or above)
                    assert after == found.box.last_column + 1
                else:
                    assert found.box.last_row == below - 1
                at = found.box.last_column + 1
            return at

        at = 1
        for stub in table.stub:
            found = heads.pop((band.first_head_row, at))
            assert found.text == stub.label
            assert found.box.last_row == below - 1
            at = found.box.last_column + 1
        assert at == band.first_figure_column
        assert leaves(table.columns, band.first_head_row, at) == of.last_column + 1
    assert not heads


def assert_numbers(of: Layout) -> None:
    for band in of.bands:
        table = of.form.table(band.table)
        assert table is not None
        printed = [
            item.text for item in of.items if item.role == "number" and item.box.row == band.number_row
        ]
        stubs = [stub.code or "" for stub in table.stub]
        leaves = [f"({leaf.code})" if leaf.code else "" for leaf in table.leaves]
        assert printed == ([*stubs, *leaves] if any(stubs + leaves) else [])
        assert (band.number_row is None) == (not any(stubs + leaves))


def assert_words_fit(of: Layout) -> None:
    points = [(width * 7 + 5) * 3 / 4 for width in of.widths]
    for item in of.items:
        bold, size = item.bold or item.role in BOLD_ROLES, FONT_SIZES[item.role]
        width = sum(points[item.box.column - 1 : item.box.last_column])
        height = sum(of.heights.get(row, USUAL_HEIGHT) for row in range(item.box.row, item.box.last_row + 1))
        assert text_height(item.text, width - 4, size, bold=bold) <= height + 1, item
        if item.role in ("head", "number"):
            assert longest_word(item.text, size, bold=bold) < width, item
    assert all(USUAL_HEIGHT <= height <= 409 for height in of.heights.values())


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(forms_with_rows())
def test_random_forms_are_laid_out_without_overlap_hole_or_loss(made: tuple[Form, Any]) -> None:
    form, rows = made
    assert not lint(form), "the strategies make sound forms"
    of = layout(form, rows, Heading(marks=("SỐ LIỆU THỰC HÀNH",), signers=("Nguyễn Văn A", "", "Trần Thị B")))
    assert_places(of)
    assert_head(of)
    assert_numbers(of)
    assert_words_fit(of)
    assert of == layout(
        form, rows, Heading(marks=("SỐ LIỆU THỰC HÀNH",), signers=("Nguyễn Văn A", "", "Trần Thị B"))
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_form_of_the_catalogue_is_laid_out(path: Path) -> None:
    form = msgspec.json.decode(path.read_bytes(), type=Form)
    for rows in (sample_plan(form).rows, {table.key: expand(table, lambda _: ()) for table in form.tables}):
        of = layout(form, rows, Heading())
        assert_places(of)
        assert_head(of)
        assert_numbers(of)
        assert_words_fit(of)


# --- 2: the head


def test_a_head_of_six_levels_is_merged_over_children_and_down_to_the_last_row() -> None:
    tree = Column(label="L6", code="2")
    for level in range(5, 0, -1):
        tree = Column(label=f"L{level}", children=(tree, Column(label=f"bên {level}", key=f"_b{level}")))
    of = laid(columns=[column("1", "Đầu"), tree])
    top = of.bands[0].first_head_row
    assert of.bands[0].number_row == top + MOST_LEVELS
    assert item(of, "Đơn vị").box == Box(top, 1, 6, 1)
    assert item(of, "Đầu").box == Box(top, 2, 6, 1)
    for level in range(1, 6):
        assert item(of, f"L{level}").box == Box(top + level - 1, 3, 1, 7 - level)
        assert item(of, f"bên {level}").box == Box(top + level, 9 - level, 6 - level, 1)
    assert item(of, "L6").box == Box(top + 5, 3, 1, 1)


def test_a_unit_stands_in_brackets_below_the_label_that_declares_it() -> None:
    group = Column(
        label="Số tiền", unit="Đồng", children=(column("1", "Phí"), column("2", "Khác", unit="Việc"))
    )
    of = laid(columns=[group])
    assert texts(of, "head") == ["Đơn vị", "Số tiền\n(Đồng)", "Phí", "Khác\n(Việc)"]


def test_one_unit_for_the_whole_form_stands_at_the_corner_of_the_table_only() -> None:
    of = laid(
        columns=[column("1", "Phí", unit="Việc"), column("2", "Tiền", unit="Đồng")], unit_of_measure="Việc"
    )
    assert texts(of, "unit_of_measure") == ["Đơn vị tính: Việc"]
    assert texts(of, "head") == ["Đơn vị", "Phí", "Tiền\n(Đồng)"]
    corner = item(of, "Đơn vị tính: Việc").box
    assert (corner.last_row, corner.last_column) == (of.bands[0].first_head_row - 1, of.last_column)


# --- 3: numbers


def test_codes_are_texts_and_a_leaf_without_number_gets_none() -> None:
    of = laid(columns=[column("1"), Column(label="Ghi chú", key="_ghi_chu", kind="text"), column("2a")])
    assert texts(of, "number") == ["A", "(1)", "", "(2a)"]


def test_a_table_that_prints_no_number_has_no_row_of_numbers() -> None:
    of = laid(columns=[Column(label="Bản sao", key="_sao")], stub=(Column(label=""),))
    assert texts(of, "number") == []
    assert of.bands[0].number_row is None
    assert of.bands[0].first_row == of.bands[0].first_head_row + 1


# --- 4: rows


def body(of: Layout) -> list[tuple[str, int]]:
    return [(item.text, item.level) for item in of.items if item.role == "label"]


def test_groups_totals_and_units_are_numbered_in_their_group_before_the_label() -> None:
    of = laid(
        TOTAL,
        Row(label="Phòng công chứng", kind="group", code="I", children=(offices(),)),
        Row(label="Văn phòng", kind="group", code="II", children=(offices(),)),
        units=("a", "b"),
    )
    assert body(of) == [
        ("Tổng số", 0),
        ("I. Phòng công chứng", 0), ("1. VPCC a", 1), ("2. VPCC b", 1),
        ("II. Văn phòng", 0), ("1. VPCC a", 1), ("2. VPCC b", 1),
    ]  # fmt: skip
    bold = [item.text for item in of.items if item.role == "label" and item.bold]
    assert bold == ["Tổng số", "I. Phòng công chứng", "II. Văn phòng"]


def test_with_two_stubs_number_and_label_have_columns_of_their_own_and_a_third_holds_the_unit() -> None:
    stub = (Column(label="TT", code="A"), Column(label="Chỉ tiêu", code="B"), Column(label="Đơn vị tính"))
    of = laid(fixed("1", "Khai sinh", unit="việc"), fixed("2", "Khai tử"), stub=stub)
    assert texts(of, "row_number") == ["1", "2"]
    assert texts(of, "label") == ["Khai sinh", "Khai tử"]
    assert texts(of, "row_unit") == ["việc", ""]
    assert texts(of, "number") == ["A", "B", "", "(1)", "(2)", "(3)"]


def test_rows_of_units_have_their_sub_rows_as_the_definition_labels_them() -> None:
    nested = (Row(label="- Nam", key="nam"), Row(label="- Nữ", key="nu"))
    of = laid(offices(*nested), units=("a", "b"))
    assert body(of) == [
        ("1. VPCC a", 0),
        ("- Nam", 1),
        ("- Nữ", 1),
        ("2. VPCC b", 0),
        ("- Nam", 1),
        ("- Nữ", 1),
    ]
    assert of.cells["", "#b.nu", "2"] == (of.bands[0].first_row + 5, 3)


def test_a_blank_has_a_placeholder_for_each_plan_without_rows_and_no_cells_in_it() -> None:
    nested = (Row(label="- Nam", key="nam"), Row(label="Khác", code="a"))
    of = laid(
        Row(label="Nhóm", kind="group", code="I", children=(offices(),)),
        Row(label="Huyện …", kind="unit", unit_kind="notary", children=nested),
        Row(kind="free", label="Sở..."),
    )
    assert body(of) == [("I. Nhóm", 0), (DOTS, 1), ("Huyện …", 0), ("- Nam", 1), ("a. Khác", 1), ("Sở...", 0)]
    assert {key[1] for key in of.cells} == {"I"}
    assert len([item for item in of.items if item.role == "cell"]) == 5 * 3


def test_free_rows_bear_the_names_the_reporter_gave_them() -> None:
    table = Table(columns=(column("1"),), rows=(Row(kind="free"),), stub=(STUB,))
    form = builders.form(tables=[table])
    own = [OwnRow("#x", "", 1, None, "Sở Y tế"), OwnRow("#y", "", 2, None, "")]
    of = layout(form, {"": expand(table, lambda _: (), own)}, Heading())
    assert body(of) == [("1. Sở Y tế", 0), ("2.", 0)]
    assert set(of.cells) == {("", "#x", "1"), ("", "#y", "1")}


def test_rows_the_plan_does_not_know_are_printed_below() -> None:
    table = Table(columns=(column("1"),), rows=(fixed("1"),), stub=(STUB,))
    other = SheetRow("2", "fixed", "Dòng cũ", "2", 0, fixed("2"))
    of = layout(builders.form(tables=[table]), {"": (*expand(table, lambda _: ()), other)}, Heading())
    assert body(of) == [("1. Dòng 1", 0), ("2. Dòng cũ", 0)]


def test_cells_that_exist_in_some_rows_only_leave_framed_places_elsewhere() -> None:
    of = laid(fixed("1", only=("2",)), fixed("2", heading=True))
    assert set(of.cells) == {("", "1", "2")}
    places = [
        (item.box.row - of.bands[0].first_row, item.box.column) for item in of.items if item.role == "cell"
    ]
    assert places == [(0, 2), (0, 4), (1, 2), (1, 3), (1, 4)]


def test_a_form_without_stub_has_one_row_of_figures() -> None:
    of = laid(Row(key="1"), stub=())
    assert texts(of, "label", "row_number") == []
    assert of.cells == {
        ("", "1", name): (of.bands[0].first_row, at) for at, name in enumerate("123", start=1)
    }
    assert of.freeze == (of.bands[0].first_row, 1)


# --- two tables


def test_two_tables_stand_one_below_the_other_over_the_same_width() -> None:
    tables = [
        Table(
            key=key,
            title=f"{key}. BẢNG",
            stub=(Column(label=""),),
            columns=tuple(Column(label=f"Cột {at}", key=f"_{at}") for at in range(leaves)),
            rows=(TOTAL, offices()),
        )
        for key, leaves in (("I", 4), ("II", 3))
    ]
    of = laid_tables(*tables, units=("a",))
    first, second = of.bands
    assert (first.table, second.table) == ("I", "II")
    assert item(of, "I. BẢNG").box == Box(first.first_head_row - 1, 1, 1, 5)
    assert first.last_row < item(of, "II. BẢNG").box.row < second.first_head_row
    assert first.last_column == second.last_column == of.last_column == 5
    assert first.first_figure_column == second.first_figure_column == 2
    merged = [item.box for item in of.items if item.role == "cell"]
    assert len(merged) == 2
    assert all(box.columns == 2 for box in merged)
    assert of.cells["II", "#a", "_0"][0] == second.last_row
    assert of.repeated_rows is None, "the head of one table must not be printed above the other"
    assert of.freeze == (1, 2)
    assert_places(of)


def test_tables_with_other_stubs_share_the_columns_as_well() -> None:
    one = Table(key="I", stub=(STUB,), columns=tuple(map(column, "123456")), rows=(fixed("1"),))
    other = Table(
        key="II", columns=(column("1", "Công chứng viên hành nghề " * 6), column("2")), rows=(fixed("1"),)
    )
    of = laid_tables(one, other)
    assert of.last_column == 7
    assert of.bands[1].first_figure_column == 1
    assert of.freeze == (1, 1)
    assert_places(of)
    assert_words_fit(of)


# --- 5: around the table

SIGNERS = (
    Signature(title="Người lập biểu", note="(Ký, ghi rõ họ, tên)"),
    Signature(title="Người kiểm tra", note="(Ký)"),
    Signature(title="GIÁM ĐỐC", note="(Ký, đóng dấu)", date_line="…, ngày … tháng … năm …"),
)
LEVELS = (
    Level(
        level="so",
        reporter="Sở Tư pháp ....",
        receiver="Bộ Tư pháp",
        deadlines={"H1": "BC đợt 1: 17/4\nBC 6 tháng: 20/6", "Y": "BC năm: 20/01"},
    ),
    Level(level="co_so", reporter="", receiver=""),
)


def test_the_blocks_of_the_header_are_those_of_the_ministry() -> None:
    of = laid(
        columns=map(column, "1234567"),
        levels=LEVELS,
        period_line="(6 tháng, năm)",
        title="KẾT QUẢ",
        circular="Thông tư số 17/2025/TT-BTP",
    )
    assert texts(of, "block_left") == [
        "Biểu số: 01/THU", "Ban hành theo Thông tư số 17/2025/TT-BTP", "Ngày nhận báo cáo (BC):",
        "BC đợt 1: 17/4", "BC 6 tháng: 20/6", "BC năm: 20/01",
    ]  # fmt: skip
    assert texts(of, "title", "block_centre") == [
        "KẾT QUẢ",
        "(6 tháng, năm)",
        "Kỳ báo cáo: ……",
        "(Từ ngày … tháng … năm …… đến ngày … tháng … năm ……)",
    ]
    assert texts(of, "block_right") == ["Đơn vị báo cáo: Sở Tư pháp ....", "Đơn vị nhận báo cáo: Bộ Tư pháp"]
    columns = {role: {item.box.column for item in of.items if item.role == role} for role in
               ("block_left", "title", "block_right")}  # fmt: skip
    assert columns["block_left"] == {1}
    assert {1} < columns["block_left"] | columns["title"]
    assert columns["title"] < columns["title"] | columns["block_right"]
    rows = [
        item(of, text).box.row for text in ("Biểu số: 01/THU", "KẾT QUẢ", "Đơn vị báo cáo: Sở Tư pháp ....")
    ]
    assert rows == [1, 1, 1]


def test_the_header_is_filled_with_what_is_known() -> None:
    heading = Heading(
        reporter="Sở Tư pháp tỉnh X",
        receiver="Bộ Y",
        period="6 tháng đầu năm 2026",
        days="Từ ngày 01/01/2026 đến ngày 30/6/2026",
        marks=("BẢN NHÁP", "SỐ LIỆU THỰC HÀNH"),
    )
    of = laid(heading=heading, levels=LEVELS)
    assert texts(of, "block_right") == ["Đơn vị báo cáo: Sở Tư pháp tỉnh X", "Đơn vị nhận báo cáo: Bộ Y"]
    centre = texts(of, "block_centre")
    assert centre[:2] == ["BẢN NHÁP", "SỐ LIỆU THỰC HÀNH"]
    assert centre[2:] == ["Kỳ báo cáo: 6 tháng đầu năm 2026", "(Từ ngày 01/01/2026 đến ngày 30/6/2026)"]
    assert all(item(of, mark).bold for mark in heading.marks)
    assert texts(laid(heading=Heading(days="(không nêu)")), "block_centre")[-1] == "(không nêu)"


def test_another_level_has_its_own_deadlines_and_a_form_of_the_department_no_circular() -> None:
    of = laid(heading=Heading(level="co_so"), levels=LEVELS, circular="Sở Tư pháp (biểu riêng)")
    assert texts(of, "block_left") == ["Biểu số: 01/THU", "Sở Tư pháp (biểu riêng)"]
    assert texts(of, "block_right") == [f"Đơn vị báo cáo: {DOTS}", f"Đơn vị nhận báo cáo: {DOTS}"]


def test_where_one_column_takes_half_the_page_the_title_comes_below_the_other_blocks() -> None:
    stub = (Column(label="Chỉ tiêu"),)
    of = laid(
        fixed("1", "Một nhãn rất dài " * 8), stub=stub, columns=[column("1")], print=Print(landscape=False)
    )
    title = item(of, "Biểu thử").box
    assert (title.column, title.last_column) == (1, of.last_column)
    assert title.row > max(i.box.last_row for i in of.items if i.role in ("block_left", "block_right"))


def test_notes_hold_their_slots_and_what_was_filled_into_them() -> None:
    notes = (
        Note(text="* Ghi chú:"),
        Note(text="Từ {nhan}/{tong} tổ chức.", slots=(Slot(key="nhan"), Slot(key="tong"))),
    )
    of = laid(notes=notes, estimate="Số ước tính: 01 tháng", explanations=("Cột (1): …",))
    assert texts(of, "estimate", "note", "explanation") == [
        "Số ước tính: 01 tháng", "* Ghi chú:", f"Từ {DOTS}/{DOTS} tổ chức.", "Giải thích biểu:", "Cột (1): …",
    ]  # fmt: skip
    line = item(of, f"Từ {DOTS}/{DOTS} tổ chức.").box
    assert of.slots == {"nhan": (line.row, 1), "tong": (line.row, 1)}
    assert line.row > of.bands[-1].last_row
    filled = laid(notes=notes, heading=Heading(slots={"nhan": "21", "khac": "x"}))
    assert texts(filled, "note")[1] == f"Từ 21/{DOTS} tổ chức."


def test_signers_stand_side_by_side_with_place_and_date_above_the_last() -> None:
    of = laid(columns=map(column, "1234567"), signatures=SIGNERS)
    titles = [item(of, signer.title).box for signer in SIGNERS]
    assert len({box.row for box in titles}) == 1
    assert titles[0].column == 1
    assert titles[0].last_column < titles[1].column
    assert titles[2].last_column == of.last_column
    date_line = item(of, "…, ngày … tháng … năm …").box
    assert (date_line.row, date_line.column) == (titles[2].row - 1, titles[2].column)
    assert texts(of, "signer_note") == ["(Ký, ghi rõ họ, tên)", "(Ký)", "(Ký, đóng dấu)"]
    assert of.last_row > titles[0].row + 4, "there is room to sign"


def test_names_of_signers_and_the_day_are_printed_where_they_are_known() -> None:
    heading = Heading(place_and_date="Nghệ An, ngày 20 tháng 6 năm 2026", signers=("Lê A", "", "Võ B"))
    of = laid(signatures=SIGNERS, heading=heading)
    assert texts(of, "place_and_date") == ["Nghệ An, ngày 20 tháng 6 năm 2026"]
    assert item(of, "Võ B").box.column == item(of, "GIÁM ĐỐC").box.column
    assert item(of, "Lê A").box.row == item(of, "Võ B").box.row == of.last_row
    assert texts(laid(signatures=SIGNERS[:1]), "place_and_date") == []
    undated = laid(signatures=SIGNERS[:2], heading=Heading(place_and_date="Vinh, ngày 1/7"))
    assert item(undated, "Vinh, ngày 1/7").box.column == item(undated, "Người kiểm tra").box.column


# --- 6: widths, paper, freezing


def test_a_form_too_wide_for_a4_is_printed_on_a3() -> None:
    few = laid(columns=[column(str(at)) for at in range(1, 8)])
    many = laid(columns=[column(str(at), "Tổng số tiền", kind="money", unit="Đồng") for at in range(1, 20)])
    assert (few.paper, many.paper) == ("A4", "A3")
    assert laid(print=Print(paper="A3")).paper == "A3"


def test_columns_fill_the_page_and_are_never_narrower_than_words_and_usual_figures() -> None:
    of = laid(
        columns=[
            column("1", "Tỷ lệ", kind="rate"),
            column("2", "Nghiêngggggggggggg"),
            column("3", kind="money"),
        ]
    )
    points = [(width * 7 + 5) * 3 / 4 for width in of.widths]
    assert sum(points) == pytest.approx(841.9 - 57.6, abs=1)
    assert points[2] > longest_word("Nghiêngggggggggggg", 11, bold=True)
    wide = laid(
        columns=[Column(label="Nghiêngggggggggggggggggg", children=(column("1", "a"), column("2", "b")))]
    )
    assert_words_fit(wide)


def test_scrolling_leaves_head_and_stub_and_every_page_repeats_the_head() -> None:
    of = laid(columns=[Column(label="Nhóm", children=(column("1"), column("2")))])
    band = of.bands[0]
    assert of.freeze == (band.first_row, 2)
    assert of.repeated_rows == (band.first_head_row, band.number_row)


def test_signers_are_not_parted_from_their_names_by_the_end_of_a_page() -> None:
    broken = {}
    for rows in range(10, 28):
        of = laid(*(fixed(str(at)) for at in range(1, rows + 1)), signatures=SIGNERS)
        broken[rows] = of.page_break
        if of.page_break:
            assert of.page_break == item(of, "GIÁM ĐỐC").box.row - 1
    parted = [rows for rows, at in broken.items() if at]
    assert parted == list(range(parted[0], parted[0] + 9)), "as many as there are signing rows"
    assert not broken[10], "all on one page"
    assert not broken[27], "all signing rows on the second"
    assert laid(signatures=()).page_break is None


def test_a_narrow_form_still_has_columns_for_three_blocks_and_its_signers() -> None:
    of = laid(Row(key="1"), stub=(), columns=[column("1")], signatures=SIGNERS)
    assert of.last_column == 3
    assert of.cells == {("", "1", "1"): (of.bands[0].first_row, 1)}
    assert item(of, "(1)").box.columns == 3
    assert_places(of)


def test_a_unit_is_printed_again_where_a_group_above_has_another_one() -> None:
    """Form "việc" > group "người" > leaf "việc": without its unit the leaf would read as persons."""
    leaf = Column(label="Số vụ", unit="việc")
    assert head_text(leaf, "việc") == "Số vụ"
    assert head_text(leaf, "việc", "việc") == "Số vụ"
    assert head_text(leaf, "việc", "người") == "Số vụ\n(việc)"
