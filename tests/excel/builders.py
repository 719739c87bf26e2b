"""Small forms and workbooks for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from openpyxl import Workbook

from judapp.domain.catalogue import Form
from judapp.domain.rows import expand
from judapp.domain.shape import Plan, plan_of

FORM: dict[str, Any] = {
    "family": "thu",
    "number": "TT-01",
    "circular": "Biểu thử",
    "area": "thu",
    "title": "BIỂU THỬ",
    "valid_from": "2020-01-01",
    "regime": "bc",
    "rounds": ["H1", "Y"],
    "evidence": {"level": "department", "sources": ["thử"]},
    "tables": [
        {
            "stub": [
                {"label": "TT", "code": "A"},
                {"label": "Chỉ tiêu", "code": "B"},
                {"label": "Đơn vị tính", "code": "C"},
            ],
            "columns": [
                {"label": "Số liệu", "code": "1", "kind": "decimal"},
                {"label": "Ghi chú", "code": "2", "kind": "text"},
            ],
            "rows": [
                {
                    "label": "Hộ tịch",
                    "code": "I",
                    "kind": "group",
                    "heading": True,
                    "children": [
                        {"label": "Khai sinh", "code": "1", "unit": "việc"},
                        {"label": "Khai tử", "code": "2", "unit": "việc"},
                    ],
                },
                {
                    "label": "Công chứng",
                    "code": "II",
                    "kind": "group",
                    "heading": True,
                    "children": [
                        {"label": "Số việc", "code": "1", "unit": "việc"},
                        {"label": "Hòa giải thành", "code": "2", "unit": "vụ", "scale": 1},
                    ],
                },
            ],
        }
    ],
}

HEAD: list[list[object]] = [
    ["Biểu số: TT-01"],
    ["Đơn vị báo cáo: Sở Tư pháp tỉnh Nghệ An"],
    ["Kỳ báo cáo: 6 tháng đầu năm 2024"],
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú"],
    ["A", "B", "C", "(1)", "(2)"],
]
BODY: list[list[object]] = [
    ["I", "Hộ tịch"],
    [1, "Khai sinh", "việc", 100],
    [2, "Khai tử", "việc", 50],
    ["II", "Công chứng"],
    [1, "Số việc", "việc", 7],
    [2, "Hòa giải thành", "vụ", 2.5, "ghi chú"],
]


def form(**changes: Any) -> Form:
    return msgspec.convert({**FORM, **changes}, Form)


def plan(**changes: Any) -> Plan:
    made = form(**changes)
    return plan_of(made, {table.key: expand(table, lambda _: ()) for table in made.tables})


def workbook(path: Path, rows: list[list[object]], title: str = "Phụ lục") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
