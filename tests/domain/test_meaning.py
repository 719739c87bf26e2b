"""Which explanations of a form speak of a cell: by column number, row number, label; never by likeness."""

from __future__ import annotations

import pytest

from judapp.domain.catalogue import Row
from judapp.domain.meaning import columns_named, explanations_of
from judapp.domain.rows import SheetRow
from tests.domain.builders import form

LINES = (
    "Cột (20), (21) ở dòng Tổng số là trung bình gia quyền.",
    "Cột số (3) đến (5): tính cả việc chuyển kỳ sau.",
    "Dòng II.1: gồm cả hòa giải ở cơ sở.",
    "Cán bộ tư pháp: công chức tư pháp xã.",
    "Số liệu lũy kế từ 01/10 năm trước.",
)


def row(key: str, label: str = "", note: str | None = None) -> SheetRow:
    return SheetRow(key, "fixed", label, key, 0, Row(label=label, code=key, note=note))


def said(code: str | None, path: tuple[str, ...] = (), at: SheetRow | None = None) -> list[str]:
    shape = form(explanations=LINES)
    return list(explanations_of(shape, path, code, at or row("1")))


def test_a_line_speaks_of_the_columns_it_numbers() -> None:
    assert said("20") == [LINES[0]]
    assert said("21") == [LINES[0]]
    assert said("4") == [LINES[1]]
    assert said("2") == []
    assert said(None) == []


def test_a_line_speaks_of_the_row_it_numbers_and_of_the_label_it_begins_with() -> None:
    assert said("9", at=row("II.1")) == [LINES[2]]
    assert said("9", at=row("I.1")) == []
    assert said("9", path=("Tổng số", "1. Cán bộ tư pháp (người)")) == [LINES[3]]
    assert said("9", path=("Cán bộ tư pháp cấp xã",)) == []  # a likeness decides nothing
    assert said("9", at=row("5", "CÁN BỘ TƯ PHÁP")) == [LINES[3]]


def test_what_the_definition_notes_at_the_row_is_said_too() -> None:
    assert said("9", at=row("1", "Tỷ lệ", "Tính lại từ hai dòng")) == ["Tính lại từ hai dòng"]


@pytest.mark.parametrize(
    ("folded", "found"),
    [
        ("cot (3)", {"3"}),
        ("cot (3), (4) va (6)", {"3", "4", "6"}),
        ("cot (3) - (5)", {"3", "4", "5"}),
        ("cot (a) den (c)", {"a", "c"}),
        ("cot (1) va cot so (7)", {"1", "7"}),
        ("cot moc", set()),
    ],
)
def test_columns_are_read_from_lists_and_ranges(folded: str, found: set[str]) -> None:
    assert columns_named(folded) == found
