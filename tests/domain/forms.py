"""Small forms and a context for tests of reckoning and checking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from judapp.domain import value as values
from judapp.domain.catalogue import Form, Row
from judapp.domain.expression.nodes import Cells
from judapp.domain.figure import Figure
from judapp.domain.period import Period, Span
from judapp.domain.resolve import Resolved, Sheet, resolve
from judapp.domain.rows import OwnRow, RepeatedUnit
from judapp.domain.shape import CellKey
from judapp.domain.value import Value

OFFICES = (RepeatedUnit("a", "VPCC An Bình"), RepeatedUnit("b", "VPCC Bến Thủy"))

NOTARY: dict[str, Any] = {
    "family": "cc.so",
    "number": "10b",
    "circular": "Thử",
    "area": "công chứng",
    "title": "CÔNG CHỨNG",
    "valid_from": "2020-01-01",
    "regime": "tk",
    "rounds": ["H1", "Y"],
    "evidence": {"level": "department", "sources": ["thử"]},
    "tables": [
        {
            "stub": [{"label": "Đơn vị"}],
            "columns": [
                {"label": "Số việc", "unit": "việc", "children": [
                    {"label": "Tổng số", "code": "2"},
                    {"label": "Chia ra", "children": [
                        {"label": "Bất động sản", "code": "3"},
                        {"label": "Trong đó: điện tử", "code": "4"},
                        {"label": "Khác", "code": "5"},
                    ]},
                ]},
                {"label": "Tuổi trung bình", "code": "6", "kind": "average", "scale": 1},
                {"label": "Ghi chú", "code": "7", "kind": "text", "choices": ["", "mới"]},
            ],
            "rows": [
                {"label": "TỔNG SỐ", "kind": "total", "key": "tong"},
                {"label": "Văn phòng", "kind": "group", "code": "I", "children": [
                    {"kind": "unit", "unit_kind": "notary"},
                ]},
            ],
        }
    ],
    "computed": [
        {"rule": "[tong] = sum([*])", "status": "inferred"},
        {"rule": "[I] = sum([I.*])", "status": "inferred"},
    ],
    "relations": [
        {"rule": "c2 = c3 + c5", "status": "software"},
        {"rule": "0 <= c4 <= c3", "status": "software"},
    ],
}  # fmt: skip


def form(**changes: Any) -> Form:
    return msgspec.convert({**NOTARY, **changes}, Form)


@dataclass
class Surroundings:
    """What lies outside a sheet, as the test says."""

    repeated: tuple[RepeatedUnit, ...] = OFFICES
    beyond: list[Value] = field(default_factory=list)
    measures: dict[str, Value] = field(default_factory=dict)
    asked: list[tuple[Cells, str | None]] = field(default_factory=list)

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        return self.repeated

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        self.asked.append((cells, row_unit))
        return self.beyond

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        return "nghìn đồng"

    def measure(self, name: str, when: str | None) -> Value:
        return self.measures.get(name, values.EMPTY)


def reckon(
    figures: Mapping[str, Figure],
    made: Form | None = None,
    surroundings: Surroundings | None = None,
    *,
    own_rows: Mapping[str, tuple[OwnRow, ...]] | None = None,
    adjustments: Mapping[str, int] | None = None,
) -> Resolved:
    """Resolve a sheet whose figures are written "row/col": ``{"I.#a/2": number(5)}``."""
    sheet = Sheet(
        made or form(),
        "u",
        Period(2026, "H1"),
        Span(None, None),
        {key(at): figure for at, figure in figures.items()},
        own_rows or {},
        {key(at): delta for at, delta in (adjustments or {}).items()},
    )
    return resolve(sheet, surroundings or Surroundings())


def key(at: str) -> CellKey:
    row, _, column = at.rpartition("/")
    return "", row, column
