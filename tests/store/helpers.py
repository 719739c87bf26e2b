"""A small province in a data file, and looking at everything the file holds."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from judapp.domain.catalogue import Column, Evidence, Form, Row, Table
from judapp.domain.claim import Claim
from judapp.domain.figure import NIL, PENDING, number, unreadable, words
from judapp.domain.measure import Indicator, Measure
from judapp.domain.period import Period, Span, Window, WindowRule
from judapp.domain.rows import OwnRow
from judapp.domain.target import Target
from judapp.domain.unit import Succession, Unit, UnitState
from judapp.store import (
    calendar,
    documents,
    forms,
    imports,
    measures,
    obligations,
    remarks,
    sheets,
    snapshots,
    targets,
    units,
)
from judapp.store.database import DataFile
from judapp.store.filesystem import companions
from judapp.store.operations import Applied, CellKey, Operation, Writer, apply
from judapp.store.tables import JOURNAL

AT = "2026-06-20T08:00:00Z"
MOMENT = datetime(2026, 6, 20, 15, 4, 5, tzinfo=UTC)
H1 = Period.parse("2026-H1")
SPAN = Span(date(2026, 1, 1), date(2026, 5, 31))
NGHE_AN, VINH, CUA_LO, CLUSTER = "nghe-an", "vinh", "cua-lo", "cluster"
A: CellKey = ("", "I.1", "1")
B: CellKey = ("", "I.2", "1")


def clock() -> datetime:
    """The time of every test."""
    return MOMENT


def operation(kind: str = "set", **more: Any) -> Operation:
    """An operation of Lan's."""
    facts = {"label": "Đặt số", "who": "Lan", "machine": "STP-PC03", "at": AT}
    return Operation(kind=kind, **{**facts, **more})


def do(file: DataFile, build: Callable[[Writer], object], kind: str = "set", **more: Any) -> Applied:
    """Apply one operation."""
    return apply(file, operation(kind, **more), build)


def put_figure(file: DataFile, sheet: int, key: CellKey, value: int) -> Applied:
    """Type one number."""
    return do(file, lambda writer: writer.set_figures(sheet, [(*key, number(value))]))


def definition(family: str = "cc.so", **more: Any) -> bytes:
    """A form with one table."""
    facts: dict[str, Any] = {
        "family": family,
        "number": "10b/TP/CC",
        "circular": "17/2025/TT-BTP",
        "area": "Công chứng",
        "title": "Kết quả công chứng",
        "valid_from": date(2025, 11, 1),
        "regime": "tk",
        "rounds": ("H1", "Y1", "Y"),
        "tables": (Table(columns=(Column(label="Tổng số", code="1"),), rows=(Row(label="A", code="1"),)),),
        "evidence": Evidence(level="partial", sources=("17/2025/TT-BTP",)),
    }
    return msgspec.json.encode(Form(**{**facts, **more}))


def found_province(file: DataFile) -> tuple[int, int]:
    """Units, a form and two sheets without figures; returns the ids of the sheets."""
    ids: list[int] = []

    def build(writer: Writer) -> None:
        since = date(2008, 8, 1)
        for uid, kind, code, name, parent in (
            (NGHE_AN, "province", "40", "Nghệ An", None),
            (VINH, "commune", "16681", "Phường Trường Vinh", NGHE_AN),
            (CUA_LO, "commune", "16732", "Phường Cửa Lò", NGHE_AN),
            (CLUSTER, "cluster", "C", "Cụm", None),
        ):
            units.put_unit(writer, Unit(uid, kind, (UnitState(since, None, code, name, "", parent),)), "seed")
        form = forms.add(writer, definition())
        ids.extend(sheets.begin(writer, form, unit, H1, SPAN) for unit in (NGHE_AN, VINH))

    do(file, build, "new")
    return ids[0], ids[1]


def fill_every_table(file: DataFile) -> tuple[int, int]:
    """After :func:`found_province`, something in every other content table, by several operations."""
    first, second = found_province(file)
    facts: dict[str, int] = {}

    def registers(writer: Writer) -> None:
        writer.put("meta", {"key": "uid", "value": "f1"})
        units.put_succession(writer, Succession(CUA_LO, VINH, date(2025, 7, 1)), "NQ 202/2025/QH15")
        units.put_member(writer, CLUSTER, 2026, NGHE_AN)
        facts["document"] = documents.put(writer, "qd-1", number="01/QĐ-UBND", day=date(2026, 1, 5))
        rule = WindowRule("tk", "H1", "so", 2019, None, "0:01-01", "0:06-30", "TT 03/2019", "verbatim")
        calendar.put_rule(writer, rule)
        letter = Window("tk", H1, "so", SPAN, None, date(2026, 6, 25), "CV 1", "published")
        calendar.put_letter(writer, letter, facts["document"])
        measure = Measure(
            id="cc.gd", label="Giao dịch", label_en="Transactions", unit="việc", unit_en="cases"
        )
        measures.put_measure(writer, measure)
        indicator = Indicator(
            id="cc", label="CC", label_en="CC", numerator="m:cc.gd", unit="việc", unit_en="cases", regime="tk"
        )
        measures.put_indicator(writer, indicator, 1)
        measures.put_setting(writer, "threshold", "20")
        obligations.put(writer, obligations.Obligation("cc.so", VINH, date(2026, 1, 1)))
        targets.put(writer, a_target(facts["document"]))
        targets.put_claim(writer, a_claim())
        writer.put("person", {"uid": "lan", "name": "Lan", "role": "clerk", "active": 1})
        writer.put("task", {"uid": "t1", "ord": 1, "title": "Rà soát văn bản", "state": "open"})

    def work(writer: Writer) -> None:
        blob = documents.keep(writer, b"workbook", "vinh.xlsx")
        source = imports.add_file(writer, blob, "vinh.xlsx", "{}", VINH)
        page = imports.add_sheet(writer, source, "10b")
        imports.remember_mapping(writer, VINH, "sig", "{}")
        figures = [
            (*A, number(5, 2)),
            (*B, NIL),
            ("@", "", "place", words("Vinh")),
            ("", "I.3", "1", PENDING),
        ]
        writer.set_figures(second, figures, page, {A: "C9"})
        sheets.put_row(writer, second, "", OwnRow("#a", "", 1, VINH, "Văn phòng A"))
        remarks.put(
            writer, "r1", second, "Thiếu kinh phí", kind="explanation", cell=A, rule="CMP-001", seen="5"
        )
        payload = documents.keep(writer, b"payload")
        snapshots.put(writer, snapshots.Snapshot(second, 0, "submitted", AT, None, payload, blob))

    do(file, registers, "new")
    do(file, work, "import")
    put_figure(file, second, A, 7)
    do(file, lambda writer: writer.set_figures(first, [(*A, unreadable("12O"))]))
    return first, second


def a_target(document: int | None = None) -> Target:
    """A strict floor of 83.25 %."""
    return Target(
        "t", "cc", NGHE_AN, 2026, ">", Decimal("83.25"), "full", date(2026, 1, 1), document, "typed", ""
    )


def a_claim() -> Claim:
    """A truncated rate."""
    return Claim(uid="c", indicator="cc", unit=NGHE_AN, period="2026-H1", printed="96.93", document="qd-1")


def holds(file: DataFile) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that stands in the file: content tables and figures, without who set them."""
    found = {name: sorted(file.rows(shape.all_sql), key=repr) for name, shape in file.shapes.items()}
    found["figure"] = file.rows(
        "select sheet, tbl, row, col, state, value, est, text from figure order by 1,2,3,4"
    )
    return found


def shows(file: DataFile) -> dict[str, list[tuple[Any, ...]]]:
    """What people can see: :func:`holds` without bare identities, which an undo leaves behind."""
    found = holds(file)
    for name in ("unit", "blob_store", "import_file", "import_sheet"):
        del found[name]
    begun = {row[0] for row in found["figure"]}
    found["sheet"] = [row for row in found["sheet"] if row[0] in begun]
    for name in ("document", "form_version"):
        gone = file.shapes[name].columns.index("gone")
        found[name] = [row for row in found[name] if not row[gone]]
    return found


@contextmanager
def behind_its_back(path: Path) -> Iterator[sqlite3.Connection]:
    """A data file in the hands of another program, which knows no rules."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = off")
    try:
        yield connection
    finally:
        connection.close()


def copy_as_it_is(path: Path, to: Path) -> None:
    """Copy an open file with its log, as a crash would leave them."""
    for source, target in ((path, to), (companions(path)[0], companions(to)[0])):
        shutil.copyfile(source, target)


def journal(file: DataFile) -> dict[str, list[tuple[Any, ...]]]:
    """The journal, row by row."""
    return {name: sorted(file.rows(f"select * from {name}"), key=repr) for name in JOURNAL}
