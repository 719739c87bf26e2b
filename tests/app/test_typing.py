"""What is typed on its way into the file: sums and their names, the estimated part, texts nobody can read."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from judapp.app.entering import enter, paste, set_cells
from judapp.app.grid_text import reading
from judapp.app.grid_view import CellView, SheetView
from judapp.app.layers import layered
from judapp.app.meant import by_hand, choices, meant, still_digits
from judapp.app.workspace import Workspace
from judapp.domain import figure
from judapp.domain.entry import Layer, typed
from judapp.domain.figure import Figure, State, number
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import history, sheets
from judapp.text import clean
from tests.practice_sheets import practice_file
from tests.sheet_views import live_sheet, sheet_view

FORM, AT = "10b/TP/CC", Period(2026, "H1")
FINAL_FORM, FINAL = "17c/BTP/HTQTCT/CT", Period(2024, "Y")
DECIMAL_FORM, DECIMAL = "TH-13", Period(2026, "H1")


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    return workspace.unit("TH", AT)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One file for tests that may find in it what others left."""
    with practice_file(tmp_path_factory.mktemp("typing") / "a.sqlite") as made:
        yield made


def view_of(workspace: Workspace, form: str = FORM, at: Period = AT) -> SheetView:
    return sheet_view(workspace, form, workspace.unit("TH", at).uid, at)


def opened(workspace: Workspace, form: str = FORM, at: Period = AT) -> list[CellKey]:
    cells = view_of(workspace, form, at).tables[0].cells
    return [key for key, cell in cells.items() if cell.kind == "open" and cell.enterable]


def stored(workspace: Workspace, key: CellKey, form: str = FORM, at: Period = AT) -> Figure:
    owner = workspace.unit("TH", at)
    sheet = workspace.stored(workspace.version_for(form, at).id, owner.uid, at)
    assert sheet is not None
    return sheets.figures(workspace.file, sheet.id).get(key, figure.EMPTY)


def last_label(workspace: Workspace) -> str:
    return history.operations(workspace.file, 1)[0].label


# sums


def test_the_expression_stands_in_the_name_of_the_act_and_so_in_the_cells_history(
    workspace: Workspace, unit: Unit
) -> None:
    first, second, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {first: " =12+30*2"})
    assert stored(workspace, first) == number(72)
    assert last_label(workspace) == "Nhập ô I.1 cột (1) = 12+30*2, biểu 10b/TP/CC"
    enter(workspace, FORM, unit, AT, {first: "=5+5", second: "=5+5"})
    assert last_label(workspace) == "Nhập 2 ô = 5+5, biểu 10b/TP/CC"
    enter(workspace, FORM, unit, AT, {first: "=1+1", second: "7"})
    assert last_label(workspace) == "Nhập 2 ô (I.1 cột (1) = 1+1), biểu 10b/TP/CC"
    set_cells(workspace, FORM, unit, AT, [f"[{first[1]}]c{first[2]}==3*4"])
    assert last_label(workspace) == "Nhập ô I.1 cột (1) = 3*4, biểu 10b/TP/CC"


def test_what_has_no_result_is_kept_and_names_nothing(workspace: Workspace, unit: Unit) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "=1/3"})
    assert stored(workspace, key) == figure.unreadable("=1/3")
    assert last_label(workspace) == "Nhập ô I.1 cột (1), biểu 10b/TP/CC"
    found = [f.code for f in view_of(workspace).findings if f.cell == key]
    assert found[0] == "CEL-012"


def test_many_long_expressions_are_cut_in_the_name_alone(workspace: Workspace, unit: Unit) -> None:
    keys = opened(workspace)[:12]
    enter(workspace, FORM, unit, AT, {key: f"={'1+' * 20}{at}" for at, key in enumerate(keys)})
    assert stored(workspace, keys[11]) == number(31)
    assert len(last_label(workspace)) < 220
    assert "…" in last_label(workspace)


# the estimated part


def test_a_bare_number_keeps_the_estimated_part(workspace: Workspace, unit: Unit) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "120+15"})
    enter(workspace, FORM, unit, AT, {key: "140"})
    assert stored(workspace, key) == number(140, 15)
    paste(workspace, FORM, unit, AT, {key: "150"})
    assert stored(workspace, key) == number(150, 15)
    enter(workspace, FORM, unit, AT, {key: ""})
    enter(workspace, FORM, unit, AT, {key: "140"})
    assert stored(workspace, key) == number(140)


def test_the_estimated_layer_is_entered_by_itself_with_a_name_of_its_own(
    workspace: Workspace, unit: Unit
) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "140"})
    enter(workspace, FORM, unit, AT, {key: "=10+5"}, layer="estimated")
    assert stored(workspace, key) == number(140, 15)
    assert last_label(workspace) == "Nhập phần ước tính ô I.1 cột (1) = 10+5, biểu 10b/TP/CC"
    enter(workspace, FORM, unit, AT, {key: ""}, layer="estimated")
    assert stored(workspace, key) == number(140)
    assert last_label(workspace) == "Xóa phần ước tính ô I.1 cột (1), biểu 10b/TP/CC"
    workspace.undo()
    assert stored(workspace, key) == number(140, 15)


def test_what_the_estimated_part_cannot_be_is_refused_and_nothing_is_entered(
    workspace: Workspace, unit: Unit
) -> None:
    first, second, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {first: "140", second: ""})
    for texts, code in (({first: "5", second: "5"}, "ENT-003"), ({first: "5O"}, "ENT-004")):
        with pytest.raises(JudappError, match=code):
            enter(workspace, FORM, unit, AT, texts, layer="estimated")
    assert stored(workspace, first) == number(140)


def test_an_estimated_part_above_the_figure_is_kept_and_marked(workspace: Workspace, unit: Unit) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "140"})
    enter(workspace, FORM, unit, AT, {key: "200"}, layer="estimated")
    assert next(f.code for f in view_of(workspace).findings if f.cell == key) == "CEL-005"


def test_an_address_names_the_estimated_part(workspace: Workspace, unit: Unit) -> None:
    row, column = opened(workspace)[0][1:]
    entered, _ = set_cells(workspace, FORM, unit, AT, [f"[{row}]c{column}=140", f"[{row}]c{column}:est=15"])
    assert [e.after for e in entered] == [number(140), number(140, 15)]
    assert entered[1].before == number(140)
    assert stored(workspace, ("", row, column)) == number(140, 15)
    with pytest.raises(JudappError, match="ENT-004"):
        set_cells(workspace, FORM, unit, AT, [f"[{row}]c{column}:est=x"])


def test_a_final_year_has_no_estimated_layer(workspace: Workspace) -> None:
    owner = workspace.unit("TH", FINAL)
    key = opened(workspace, FINAL_FORM, FINAL)[0]
    with pytest.raises(JudappError, match="ENT-005"):
        enter(workspace, FINAL_FORM, owner, FINAL, {key: "5"}, layer="estimated")


# the layer in the grid


def cell_in(workspace: Workspace, key: CellKey) -> CellView:
    table = layered(view_of(workspace).tables[0], "estimated")
    return table.cells[key]


def test_the_layer_shows_and_takes_the_estimated_part_alone(workspace: Workspace, unit: Unit) -> None:
    first, second, third, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {first: "1.200+1500", second: "7", third: ""})
    shown = cell_in(workspace, first)
    assert (shown.text, shown.typed, shown.state, shown.enterable) == ("1.500", "1500", "", True)
    bare = cell_in(workspace, second)
    assert (bare.text, bare.state, bare.enterable) == ("", "empty", True)
    assert not cell_in(workspace, third).enterable
    table = view_of(workspace).tables[0]
    assert layered(table, "printed") is table
    assert set(layered(table, "estimated").cells) == set(table.cells)
    assert len(layered(table, "estimated").cells) == len(table.cells)


def test_a_total_shows_what_is_stated_of_its_parts(workspace: Workspace, unit: Unit) -> None:
    cells = view_of(workspace).tables[0].cells
    column = next(key[2] for key in cells if cells[key].kind == "computed" and key[1] == "I")
    parts = [key for key in cells if key[1].startswith("I.") and key[2] == column]
    enter(workspace, FORM, unit, AT, dict.fromkeys(parts, "120+15"))
    total = cell_in(workspace, ("", "I", column))
    assert (total.text, total.enterable) == (str(15 * len(parts)), False)
    enter(workspace, FORM, unit, AT, {parts[0]: ""}, layer="estimated")
    if len(parts) > 1:
        partial = cell_in(workspace, ("", "I", column))
        assert (partial.text, partial.typed, partial.state) == (f"… {15 * (len(parts) - 1)}", "", "partial")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_live_sheet_shows_the_estimated_parts_the_file_will(lasting: Workspace, seed: int) -> None:
    """Of totals too, also where the total itself stays as it was."""
    owner, chance = lasting.unit("TH", AT), random.Random(seed)
    live, keys = live_sheet(lasting, FORM, owner.uid, AT), opened(lasting)[:30]
    for _ in range(25):
        texts = {
            key: chance.choice(["120+15", "135", "-", "", "=100+35", "10"]) for key in chance.sample(keys, 2)
        }
        layer: Layer = chance.choice(["printed", "estimated"])
        patch = live.enter(texts, layer=layer)
        if patch is None:  # a cell without a figure has no estimated part
            with pytest.raises(JudappError, match="ENT-00"):
                enter(lasting, FORM, owner, AT, texts, layer=layer)
            continue
        enter(lasting, FORM, owner, AT, texts, layer=layer)
        shown, expected = live.view.tables[0].cells, view_of(lasting).tables[0].cells
        assert {key: cell.estimate for key, cell in shown.items()} == {
            key: cell.estimate for key, cell in expected.items()
        }
        assert shown == expected


# how it will be read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("=12+30*2", "⇒ 72 Người"),
        ("=12+", "⇒ chưa thành phép tính; để vậy thì giữ nguyên chữ và báo lỗi"),
        ("=1/3", "⇒ kết quả lẻ, ô này không nhận; giữ nguyên chữ và báo lỗi"),
        ("=1/0", "⇒ chia cho 0; giữ nguyên chữ và báo lỗi"),
        ("1,5", "⇒ nhiều số lẻ hơn ô này nhận; giữ nguyên chữ và báo lỗi"),
        ("1" * 16, "⇒ hơn 15 chữ số; giữ nguyên chữ và báo lỗi"),
        ("ăêô", "ăêô ⇒ 134 Người"),
        ("đê", "⇒ không phải là số; giữ nguyên chữ và báo lỗi"),
        ("120 người", "⇒ 120 Người"),
        ("-5", "⇒ −5 Người: cột này không có số âm"),
        ("5+-2", "⇒ 3 Người, trong đó ước tính −2: phần ước tính phải từ 0 đến số báo cáo"),
        ("", ""),
    ],
)
def test_how_a_text_will_be_read_is_said_before_enter(lasting: Workspace, text: str, read: str) -> None:
    view = view_of(lasting)
    assert reading(view, opened(lasting)[0], text) == read
    if read:
        assert reading(view, opened(lasting)[0], text, "en")


def test_a_bare_number_over_an_estimated_part_says_what_it_keeps(workspace: Workspace, unit: Unit) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "120+15"})
    view = view_of(workspace)
    assert reading(view, key, "140") == "⇒ 140 Người, trong đó ước tính 15"
    assert reading(view, key, "20", layer="estimated") == "⇒ ước tính 20 trong 135 Người"
    assert reading(view, key, "..", layer="estimated") == "⇒ không có phần ước tính"
    assert "giữ như cũ" in reading(view, key, "2O", layer="estimated")


def test_two_readings_are_asked_where_the_column_has_decimals(lasting: Workspace) -> None:
    view = view_of(lasting, DECIMAL_FORM, DECIMAL)
    key = next(key for key, spot in view.spots.items() if spot.scale and spot.kind != "text")
    unit = view.spots[key].unit or ""
    assert reading(view, key, "1.500") == "⇒ 1.500 hay 1,500? Sẽ hỏi khi nhận ô"
    assert reading(view, key, "1.500", numbers="grouped").startswith("⇒ 1.500,0")
    assert reading(view, key, "1.500", numbers="decimal") == f"⇒ 1,50 {unit}".rstrip()


def test_two_readings_are_told_in_words_as_far_as_the_cell_can_hold_them(lasting: Workspace) -> None:
    view = view_of(lasting, DECIMAL_FORM, DECIMAL)
    key = next(key for key, spot in view.spots.items() if spot.scale and spot.kind != "text")
    count = next(key for key, spot in view.spots.items() if spot.kind == "count")
    assert choices(view, key, "1.500") == (("grouped", "1 nghìn 500"), ("decimal", "1 phẩy 500"))
    assert choices(view, key, "12.000") == (("grouped", "12 nghìn"), ("decimal", "12 phẩy 000"))
    assert choices(view, key, "-1.020", "en") == (("grouped", "−1 thousand 020"), ("decimal", "−1 point 020"))
    assert choices(view, key, "1.234") == (("grouped", "1 nghìn 234"),)
    assert (
        choices(view, key, "1,5")
        == choices(view, count, "1.500")
        == choices(view, ("", "x", "1"), "1.5")
        == ()
    )


def test_what_was_meant_is_entered_and_what_is_not_known_is_asked(lasting: Workspace) -> None:
    view = view_of(lasting, DECIMAL_FORM, DECIMAL)
    key = next(key for key, spot in view.spots.items() if spot.scale and spot.kind != "text")
    count = next(key for key, spot in view.spots.items() if spot.kind == "count")
    note = ("@", "nhan", "")
    texts = {key: "1.500", count: "ăêô", note: "1.500"}
    found = meant(view, texts, "printed", "ask")
    assert found.texts == {key: "1.500", count: "134", note: "1.500"}
    assert found.letters == {count: "ăêô"}
    assert found.asked == {key: "1.500"}
    assert meant(view, texts, "printed", "grouped").asked == {}
    assert meant(view, {key: "1.500"}, "estimated", "ask").texts == {}


def test_letters_that_were_kept_stay_letters_when_they_are_left_again(
    workspace: Workspace, unit: Unit
) -> None:
    key, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {key: "ăêô"})
    assert stored(workspace, key) == figure.unreadable("ăêô")
    assert meant(view_of(workspace), {key: "ăêô"}, "printed", "ask").texts == {key: "ăêô"}
    assert meant(view_of(workspace), {key: "ăê"}, "printed", "ask").texts == {key: "13"}


def test_letters_are_given_back_only_to_cells_that_still_hold_what_they_were_read_as(
    workspace: Workspace, unit: Unit
) -> None:
    first, second, third, *_ = opened(workspace)
    enter(workspace, FORM, unit, AT, {first: "134", second: "119+15", third: "7"})
    letters = dict.fromkeys((first, second, third), "ăêô")
    assert still_digits(view_of(workspace), letters) == {first: "ăêô", second: "ăêô"}


def test_what_a_final_round_refuses_is_not_asked_about(lasting: Workspace) -> None:
    at = Period(2025, "Y")
    view = view_of(lasting, DECIMAL_FORM, at)
    key = next(key for key, spot in view.spots.items() if spot.scale and spot.kind != "text")
    assert choices(view, key, "1.500+5") == ()


def test_a_final_year_says_how_to_add(lasting: Workspace) -> None:
    view = view_of(lasting, FINAL_FORM, FINAL)
    assert "Gõ =120+15 để cộng" in reading(view, opened(lasting, FINAL_FORM, FINAL)[0], "120+15")


def test_letters_of_the_number_row_are_digits_in_figure_cells_alone(lasting: Workspace) -> None:
    view = view_of(lasting)
    count = view.spots[opened(lasting)[0]]
    note = next(spot for spot in view.spots.values() if spot.kind == "text")
    assert by_hand("ăêô", count) == "134"
    assert by_hand("ăêô", note) == "ăêô"
    assert by_hand("12O", count) == "12O"


# nothing is lost


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(), max_size=40), min_size=1, max_size=4))
@example(["NaN", "inf", "1e5", "10000000000000000"])
@example(["1\x002", "12\u202e34", "\u200f12", "\u200b\u200b"])
@example(["\ud800", "٣٤", "12\udfff", "-5"])
@example(["9" * 10**6])
def test_whatever_is_typed_is_stored_as_it_was_read_and_changes_no_neighbour(
    lasting: Workspace, texts: list[str]
) -> None:
    """Text that is no figure is kept, with every sign a file can hold; nothing else moves."""
    owner, keys = lasting.unit("TH", AT), opened(lasting)
    entered = dict(zip(keys[2:6], texts, strict=False))
    before = {key: stored(lasting, key) for key in (*keys[:2], *keys[6:10])}
    enter(lasting, FORM, owner, AT, entered)
    spots = view_of(lasting).spots
    for key, text in entered.items():
        found = stored(lasting, key)
        meant = typed(text, spots[key], AT, former=found)
        assert (found.state, found.value, found.text) == (meant.state, meant.value, meant.text)
        if found.state is State.UNREADABLE:
            assert found.text is not None
            assert found.text.replace("\ufffd", "") in (clean(text).replace("\ufffd", ""), found.text)
    assert {key: stored(lasting, key) for key in before} == before
