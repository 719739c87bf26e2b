"""The register as a workbook to fill in or correct: the sheets a unit list can have, with what is known.

What is written reads back as it is: importing it unchanged changes nothing. Codes the program made from names
are left empty, so that an official one can take their place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from judapp.app.commune_names import own_code
from judapp.app.unit_list_register import DAY, Book, Draft
from judapp.app.unit_list_words import DEPARTMENTS
from judapp.app.workspace import Workspace
from judapp.domain.unit import AGENCY, COMMUNE, NOTARY, ROOM, UnitState
from judapp.excel.plain import Content, PlainTable, write_workbook
from judapp.store import people

_MADE = re.compile(r"-\d+\Z")


def write_template(workspace: Workspace, path: Path, on: date) -> None:
    """Write the register as it is on ``on`` as a workbook at ``path``; raises EXP-002 where it cannot be."""
    book = Book(workspace, on)
    name = workspace.units.name(workspace.owner.uid, on)
    write_workbook(
        path,
        [
            _communes(book, on, name),
            _mergers(book, on, name),
            _offices(book, on, name),
            _agencies(book, on, name),
            _rooms(book, on, name),
            _persons(workspace, name),
            _owed(workspace, book, on, name),
        ],
    )


def _table(
    title: str, lines: list[str], heads: list[str], rows: list[list[Content]], widths: list[int]
) -> PlainTable:
    return PlainTable(
        title, lines, [["STT", *heads]], [[n, *row] for n, row in enumerate(rows, 1)], [], [6, *widths]
    )


def _holding(book: Book, kind: str, on: date) -> list[tuple[Draft, UnitState]]:
    return sorted(book.holding(kind, on), key=lambda pair: (pair[1].code, pair[1].name))


def _code(state: UnitState) -> str:
    """The code, empty for one made from the name."""
    made = own_code(state.name)
    return "" if state.code == made or _MADE.sub("", state.code) == made else state.code


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _communes(book: Book, on: date, name: str) -> PlainTable:
    rows: list[list[Content]] = [
        [_code(state), state.name, _day(state.valid_from), _day(state.valid_to)]
        for _, state in _holding(book, COMMUNE, on)
    ]
    above = [
        f"DANH SÁCH XÃ, PHƯỜNG, ĐẶC KHU – {name.upper()}",
        "Ghi đủ loại trong tên: Xã …, Phường …, Đặc khu …",
    ]
    return _table(
        "Xã phường", above, ["Mã ĐVHC", "Tên xã, phường", "Từ ngày", "Đến ngày"], rows, [12, 40, 14, 14]
    )


def _mergers(book: Book, on: date, name: str) -> PlainTable:
    into: dict[str, list[str]] = defaultdict(list)
    for step in book.steps:
        into[step.old].append(step.new)
    rows: list[list[Content]] = []
    for draft, state in _holding(book, COMMUNE, on):
        before = state.valid_from - DAY
        olds = [book.drafts[s.old] for s in book.steps if s.new == draft.uid and s.on == state.valid_from]
        if not olds and draft.on(before) is not None:
            olds = [draft]
        for old in olds:
            was = old.on(before)
            if was is not None:
                part = " (một phần)" if len(into[old.uid]) > 1 else ""
                rows.append([_code(was), f"{was.name}{part}", "", state.name])
    above = [
        f"XÃ CŨ → XÃ MỚI – {name.upper()}",
        "Mỗi dòng một xã cũ; xã chia ra nhiều nơi: ghi nhiều dòng, thêm “(một phần)” sau tên.",
    ]
    heads = ["Mã cũ", "Xã, phường, thị trấn cũ", "Huyện cũ", "Xã, phường mới"]
    return _table("Xã cũ → xã mới", above, heads, rows, [12, 40, 24, 40])


def _unit_rows(units: list[tuple[Draft, UnitState]]) -> list[list[Content]]:
    return [
        [_code(state), state.name, state.subkind, _day(state.valid_from), _day(state.valid_to)]
        for _, state in units
    ]


_UNIT_HEADS = ["Loại", "Từ ngày", "Đến ngày"]
_UNIT_WIDTHS = [14, 56, 28, 14, 14]


def _offices(book: Book, on: date, name: str) -> PlainTable:
    agencies = [pair for pair in _holding(book, AGENCY, on) if not _department(pair[1])]
    rows = _unit_rows([*_holding(book, NOTARY, on), *agencies])
    above = [
        f"TỔ CHỨC HÀNH NGHỀ – {name.upper()}",
        "Loại: phòng, văn phòng (công chứng), tổ chức hành nghề luật sư, tổ chức đấu giá tài sản …",
    ]
    return _table("Tổ chức hành nghề", above, ["Mã", "Tên tổ chức", *_UNIT_HEADS], rows, _UNIT_WIDTHS)


def _department(state: UnitState) -> bool:
    return state.subkind in (DEPARTMENTS, "")


def _agencies(book: Book, on: date, name: str) -> PlainTable:
    rows = _unit_rows([pair for pair in _holding(book, AGENCY, on) if _department(pair[1])])
    above = [f"SỞ, BAN, NGÀNH – {name.upper()}"]
    return _table("Sở ngành", above, ["Mã", "Tên cơ quan", *_UNIT_HEADS], rows, _UNIT_WIDTHS)


def _rooms(book: Book, on: date, name: str) -> PlainTable:
    rows: list[list[Content]] = [
        [state.name, _day(state.valid_from)] for _, state in _holding(book, ROOM, on)
    ]
    return _table(
        "Phòng", [f"CÁC PHÒNG CỦA SỞ TƯ PHÁP – {name.upper()}"], ["Phòng", "Từ ngày"], rows, [56, 14]
    )


def _persons(workspace: Workspace, name: str) -> PlainTable:
    rows: list[list[Content]] = [
        [person.name, workspace.units.latest(person.room).name if person.room else ""]
        for person in people.load(workspace.file)
        if person.active
    ]
    return _table("Người", [f"NGƯỜI LÀM SỐ LIỆU – {name.upper()}"], ["Họ và tên", "Phòng"], rows, [36, 56])


def _owed(workspace: Workspace, book: Book, on: date, name: str) -> PlainTable:
    """Lines of the same unit, days, room and person are one, with their forms in one cell."""
    known = {person.uid: person.name for person in people.load(workspace.file)}
    numbers: dict[str, str] = {}
    for version in sorted(workspace.versions.values(), key=lambda v: v.form.valid_from):
        numbers[version.form.family] = version.form.number
    lines: dict[tuple[str, str, str, str, str], list[str]] = defaultdict(list)
    for owed in workspace.obligations:
        draft = book.drafts.get(owed.unit)
        unit = draft.on(on) if draft else None
        if owed.family not in numbers or not owed.holds_on(on) or (unit is None and owed.unit != book.owner):
            continue
        who = "Sở Tư pháp" if unit is None else _code(unit) or unit.name
        room = workspace.units.latest(owed.room).name if owed.room else ""
        until = _day(owed.valid_to) if unit is None or owed.valid_to != unit.valid_to else ""
        key = who, _day(owed.valid_from), until, room, known.get(owed.person or "", "")
        lines[key].append(numbers[owed.family])
    rows: list[list[Content]] = [
        [who, ", ".join(sorted(forms)), since, until, room, person]
        for (who, since, until, room, person), forms in sorted(lines.items())
    ]
    above = [
        f"BIỂU PHẢI NỘP – {name.upper()}",
        "Đơn vị: tên, mã, hoặc “Mỗi xã, phường”, “Mỗi tổ chức hành nghề công chứng”, “Các sở, ngành”.",
    ]
    heads = ["Đơn vị", "Biểu", "Từ ngày", "Đến ngày", "Phòng", "Người"]
    return _table("Biểu phải nộp", above, heads, rows, [40, 40, 14, 14, 40, 30])
