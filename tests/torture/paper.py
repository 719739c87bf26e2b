"""A small province with one form of every kind of row and column, and stacks of paper to type into it.

The form is a test's own: rows of the form in two groups, rows of offices, rows a reporter adds; counts,
money, a column with one decimal, words; totals, relations, a note with a place to fill.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit, UnitState
from judapp.store import forms, units
from judapp.store.database import DataFile
from judapp.store.operations import Writer

OWNER, CODE = "tinh", "40"
PERIOD = Period(2026, "H1")
NUMBER = "01/THU"
ROWS, COLUMNS = 8, 6
OFFICES = ("a", "b", "c")

_COUNTS = [{"label": f"Cột {at}", "code": str(at), "unit": "việc"} for at in range(1, COLUMNS + 1)]
_DEFINITION: dict[str, Any] = {
    "family": "thu.giay",
    "number": NUMBER,
    "circular": "Thử",
    "area": "Thử",
    "title": "BIỂU THỬ",
    "valid_from": "2020-01-01",
    "regime": "tk",
    "rounds": ["H1", "Y"],
    "evidence": {"level": "department", "sources": ["thử"]},
    "tables": [
        {
            "stub": [{"label": "Đơn vị"}],
            "columns": [
                *_COUNTS,
                {"label": "Tiền", "code": "7", "kind": "money", "unit": "đồng"},
                {"label": "Trung bình", "code": "8", "kind": "average", "scale": 1},
                {"label": "Ghi chú", "code": "9", "kind": "text"},
            ],
            "rows": [
                {"label": "TỔNG SỐ", "kind": "total", "key": "tong"},
                *(
                    {
                        "label": f"Nhóm {group}",
                        "kind": "group",
                        "code": group,
                        "children": [{"label": f"Dòng {at}", "code": str(at)} for at in range(1, ROWS + 1)],
                    }
                    for group in ("I", "II")
                ),
                {
                    "label": "Văn phòng",
                    "kind": "group",
                    "code": "III",
                    "children": [{"kind": "unit", "unit_kind": "notary"}],
                },
                {
                    "label": "Khác",
                    "kind": "group",
                    "code": "IV",
                    "children": [{"kind": "free", "label": "…"}],
                },
            ],
        }
    ],
    "computed": [
        {"rule": f"[tong]c{at} = [I]c{at} + [II]c{at} + [III]c{at} + [IV]c{at}", "status": "inferred"}
        for at in range(1, COLUMNS + 1)
    ]
    + [
        {"rule": f"[{group}]c{at} = sum([{group}.*]c{at})", "status": "inferred"}
        for group in ("I", "II", "III", "IV")
        for at in range(1, COLUMNS + 1)
    ],
    "relations": [
        {"rule": "c1 = c2 + c3", "status": "software"},
        {"rule": "0 <= c5 <= c4", "status": "software", "severity": "warning"},
    ],
    "notes": [
        {"text": "Tổng hợp từ {so} tổ chức.", "slots": [{"key": "so", "kind": "count", "label": "số"}]},
    ],
}  # fmt: skip

COUNTS: tuple[CellKey, ...] = tuple(
    ("", f"{group}.{row}", str(column))
    for group in ("I", "II")
    for row in range(1, ROWS + 1)
    for column in range(1, COLUMNS + 1)
)
"""The cells of the rows of the form that take a count, row by row; each group is a block for pastes."""


def new_file(path: Path) -> Workspace:
    """A new data file of the small province, open."""
    workspace = Workspace(DataFile.create(path), who="Lan", machine="STP-PC03")
    workspace.apply("new", "Tạo tệp dữ liệu", _found)
    return workspace


def _found(writer: Writer) -> None:
    since = date(2020, 1, 1)
    units.put_unit(writer, Unit(OWNER, "province", (UnitState(since, None, CODE, "Tỉnh Thử"),)), "thử")
    for uid in OFFICES:
        state = UnitState(since, None, f"9{uid}", f"Văn phòng {uid.upper()}", "", OWNER)
        units.put_unit(writer, Unit(uid, "notary", (state,)), "thử")
    writer.put("meta", {"key": "owner", "value": OWNER})
    writer.put("meta", {"key": "practice", "value": "1"})
    forms.add(writer, msgspec.json.encode(msgspec.convert(_DEFINITION, Form)))


class Step(msgspec.Struct, frozen=True):
    """One act of typing: a cell, or a block pasted from its first cell on; every text is another number."""

    kind: Literal["cell", "paste"]
    texts: dict[CellKey, str]

    @property
    def at(self) -> CellKey:
        """The cell it begins in."""
        return next(iter(self.texts))

    @property
    def block(self) -> str:
        """The texts as a spreadsheet puts them on the clipboard."""
        rows: dict[str, list[str]] = {}
        for (_, row, _), text in self.texts.items():
            rows.setdefault(row, []).append(text)
        return "".join("\t".join(row) + "\r\n" for row in rows.values())


def stack(seed: int, cells: int) -> list[Step]:
    """The same acts for the same seed, of ``cells`` cells in all; no number comes twice."""
    return list(_steps(random.Random(seed), cells))


def _steps(draw: random.Random, cells: int) -> Iterator[Step]:
    typed = 0
    while typed < cells:
        group, row, column = (
            draw.choice(("I", "II")),
            draw.randint(1, ROWS),
            draw.randint(1, COLUMNS),
        )
        kind: Literal["cell", "paste"] = "cell"
        height = width = 1
        if draw.random() < 0.15:
            kind = "paste"
            height = draw.randint(1, min(4, ROWS - row + 1))
            width = draw.randint(1 if height > 1 else min(2, COLUMNS), 4)
            width = min(width, COLUMNS - column + 1)
        texts = {
            ("", f"{group}.{row + down}", str(column + right)): str(100_000 + typed + down * width + right)
            for down in range(height)
            for right in range(width)
        }
        yield Step(kind, dict(list(texts.items())[: cells - typed]))
        typed += len(texts)
