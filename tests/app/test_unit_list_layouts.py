"""A random province in a random layout is read back equal, or refused with findings: never half."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from judapp.app.commune_names import spelled
from judapp.app.unit_list_reading import read_list
from judapp.app.unit_list_said import ListSaid
from judapp.domain.unit import COMMUNE

GATE = os.environ.get("JUDAPP_HYPOTHESIS") == "gate"
"""The gate tries the same examples every time: a few of them do."""

SYLLABLES = (
    "Nghi",
    "Lộc",
    "Hoà",
    "Bình",
    "Đông",
    "Tân",
    "Kỳ",
    "Quỳ",
    "Phú",
    "Xuân",
    "Yên",
    "Mường",
    "Ngọc",
    "Thượng",
)
KINDS = ("Xã", "Phường")
OLD_KINDS = ("xã", "phường", "thị trấn")

Old = tuple[str, bool]
"""Full name and whether all of it went over."""
Commune = tuple[str, str, tuple[Old, ...]]
"""Full name, code ("" for none), what it was made of."""
Column = tuple[str, Callable[[Commune, Old], object], bool]
"""Head, what stands in a row, and whether it speaks of the new commune."""


@st.composite
def provinces(draw: st.DrawFn) -> tuple[Commune, ...]:
    words = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map(" ".join)
    named = draw(st.lists(words, min_size=2, max_size=6, unique_by=spelled))
    old_words = draw(st.lists(words, min_size=len(named), max_size=14, unique_by=spelled))
    coded = draw(st.booleans())
    olds: list[list[Old]] = [[] for _ in named]
    for number, word in enumerate(old_words):
        kind = draw(st.sampled_from(OLD_KINDS))
        name = f"{kind[0].upper()}{kind[1:]} {word}"
        first = number % len(named)
        if draw(st.integers(0, 5)) == 0:  # divided between two
            olds[first].append((name, False))
            olds[(first + 1) % len(named)].append((name, False))
        else:
            olds[first].append((name, True))
    return tuple(
        (
            f"{draw(st.sampled_from(KINDS))} {word}",
            str(17000 + number) if coded else "",
            tuple(olds[number]),
        )
        for number, word in enumerate(named)
    )


class Layout:
    """How one office draws the list."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.titles = draw(st.integers(0, 4))
        self.style = draw(st.sampled_from(("cell", "merged", "repeated", "old first")))
        self.between = draw(st.sampled_from((", ", "; ", " và ", "\n", " + ", ",\u00a0")))
        self.decomposed = draw(st.booleans())
        self.capitals = draw(st.booleans())
        self.office = draw(st.sampled_from(("", "UBND ")))
        self.extra = draw(st.booleans())
        self.kinds_apart = draw(st.booleans()) and not self.office
        self.part_before = draw(st.booleans())
        self.numbers_row = draw(st.booleans())
        self.foot = draw(st.booleans())
        self.stt = draw(st.booleans())
        self.shift = draw(st.integers(0, 2))
        self.code_head = draw(st.sampled_from(("Mã", "Mã ĐVHC", "Mã xã", "Mã số")))
        self.name_head = draw(
            st.sampled_from(("Tên xã, phường", "Tên ĐVHC mới", "Xã, phường mới", "Đơn vị hành chính mới"))
        )
        self.old_head = draw(
            st.sampled_from(("Xã, phường cũ", "Đơn vị hành chính cũ", "Sáp nhập từ", "ĐVHC trước sắp xếp"))
        )

    def __repr__(self) -> str:
        return repr(vars(self))

    def word(self, text: str) -> str:
        return unicodedata.normalize("NFD", text) if self.decomposed else text

    def name(self, full: str) -> str:
        if self.kinds_apart:
            full = full.split(" ", 1)[1]
        elif self.office:
            full = full[0].lower() + full[1:]
        return self.word(self.office + (full.upper() if self.capitals else full))

    def old(self, name: str, whole: bool) -> str:
        if whole:
            return self.word(name)
        return self.word(
            f"một phần {name[0].lower()}{name[1:]}" if self.part_before else f"{name} (một phần)"
        )


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    return Layout(draw)


def write(path: Path, province: tuple[Commune, ...], layout: Layout) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Danh sách xã phường"
    for number in range(layout.titles):
        sheet.append(
            [None] * layout.shift
            + [layout.word(("UBND TỈNH", "DANH SÁCH XÃ, PHƯỜNG", "", "(kèm theo)")[number])]
        )
    columns: list[Column] = []
    if layout.stt:
        columns.append(("STT", lambda commune, _: province.index(commune) + 1, True))
    columns.append((layout.code_head, lambda commune, _: commune[1], True))
    if layout.kinds_apart:
        columns.append(("Loại", lambda commune, _: commune[0].split(" ", 1)[0], True))
    columns.append((layout.name_head, lambda commune, _: layout.name(commune[0]), True))
    if layout.extra:
        columns.append(("Diện tích (km2)", lambda commune, _: 12.5, True))
    old = (layout.old_head, lambda _, own: layout.old(*own), False)
    columns = [old, *columns] if layout.style == "old first" else [*columns, old]
    sheet.append([None] * layout.shift + [layout.word(head) for head, _, _ in columns])
    if layout.numbers_row:
        sheet.append([None] * layout.shift + [f"({number})" for number in range(1, len(columns) + 1)])
    for commune in province:
        _entry(sheet, commune, layout, columns)
    if layout.foot:
        sheet.append([])
        sheet.append([None] * layout.shift + ["Tổng cộng", None, f"{len(province)} đơn vị"])
        sheet.append([None] * layout.shift + ["NGƯỜI LẬP", None, "GIÁM ĐỐC"])
    book.save(path)


def _entry(sheet: Worksheet, commune: Commune, layout: Layout, columns: list[Column]) -> None:
    if layout.style == "cell":
        joined = layout.between.join(layout.old(*own) for own in commune[2])
        sheet.append(
            [None] * layout.shift + [make(commune, ("", True)) if new else joined for _, make, new in columns]
        )
        return
    first = sheet.max_row + 1
    for number, own in enumerate(commune[2]):
        shown = number == 0 or layout.style in ("repeated", "old first")
        sheet.append(
            [None] * layout.shift
            + [make(commune, own) if shown or not new else None for _, make, new in columns]
        )
    if layout.style == "merged" and len(commune[2]) > 1:
        for index, (_, _, new) in enumerate(columns, start=1 + layout.shift):
            if new:
                sheet.merge_cells(
                    start_row=first, end_row=first + len(commune[2]) - 1, start_column=index, end_column=index
                )


def meant(province: tuple[Commune, ...]) -> dict[str, tuple[str, frozenset[Old]]]:
    return {
        spelled(name): (code, frozenset((spelled(old), whole) for old, whole in olds))
        for name, code, olds in province
    }


def read(said: ListSaid) -> dict[str, tuple[str, frozenset[Old]]]:
    return {
        spelled(unit.name): (unit.code, frozenset((spelled(old.name), old.whole) for old in unit.olds))
        for unit in said.units
        if unit.kind == COMMUNE
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@given(province=provinces(), layout=layouts())
@settings(max_examples=20 if GATE else 60, suppress_health_check=[HealthCheck.too_slow])
def test_a_random_province_in_a_random_layout_is_read_back_equal_or_refused(
    folder: Path, province: tuple[Commune, ...], layout: Layout
) -> None:
    path = folder / "a.xlsx"
    write(path, province, layout)
    said = read_list(path)
    if not any(finding.severity == "error" for finding in said.findings):
        assert read(said) == meant(province)


@given(province=provinces(), layout=layouts())
@settings(max_examples=8 if GATE else 20, suppress_health_check=[HealthCheck.too_slow])
def test_usual_layouts_are_not_refused(folder: Path, province: tuple[Commune, ...], layout: Layout) -> None:
    path = folder / "b.xlsx"
    write(path, province, layout)
    errors = [f for f in read_list(path).findings if f.severity == "error"]
    assert not errors, [(f.code, f.place.cell, f.params) for f in errors]
