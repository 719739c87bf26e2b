"""Whether a file is what its operations made of it (promise: provable who changed what).

Quick: SQLite's own check, references, schema, and the chain of operations up to the head that ``meta``
keeps. Deep: the recorded changes of every operation against its digest, and every content table against the
replay of all changes.

What this does not protect against: somebody who rewrites the whole journal with this program's own rules, or
puts back an older copy of the whole file. Both are found by comparing the head with one kept elsewhere, as
every backup and manifest does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from msgspec import Struct, field

from judapp.errors import JudappError
from judapp.store import forms, migrations
from judapp.store.database import DataFile
from judapp.store.digest import (
    GENESIS,
    canonical_key,
    canonical_row,
    change_lines,
    header_hash,
    read_key,
    read_row,
    sha256,
)
from judapp.store.faults import decoding
from judapp.store.tables import Shape

LIMIT = 200
"""So many problems are told; a file with more is not judged any better by them."""

_CELL_PARTS = 4
_SOURCE = 14
"""Fields of a changed figure that go into the digest: cell, before, after, source."""


class Problem(Struct, frozen=True):
    """One fault of a file; ``code`` names a text of the catalogue."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


def verify(file: DataFile, deep: bool = False) -> list[Problem]:
    """All problems of ``file`` (at most ``LIMIT``), none for a sound one; nothing is changed.

    Raises DBF-002 when another program locks the file.
    """
    problems: list[Problem] = []
    try:
        with file.transaction("begin"), decoding(file.path):
            problems.extend(islice(_problems(file, deep), LIMIT))
    except JudappError as fault:
        if fault.code not in ("DBF-004", "DBF-009"):
            raise
        problems.append(Problem("VER-101", {"detail": str(fault.params.get("detail", ""))}))
    return problems


def _problems(file: DataFile, deep: bool) -> Iterator[Problem]:
    for (found,) in file.rows("pragma integrity_check(10)"):
        if found != "ok":
            yield Problem("VER-101", {"detail": found})
    for table, _, parent, _ in file.rows("pragma foreign_key_check"):
        yield Problem("VER-102", {"table": table, "parent": parent})
    schema = file.meta("schema") or ""
    known = schema.isdecimal() and int(schema) <= migrations.SCHEMA
    if not known or migrations.objects(file.connection) != migrations.expected(int(schema)).objects:
        yield Problem("VER-103", {"schema": schema})
        return
    yield from _chain(file)
    if deep:
        yield from _digests_and_figures(file)
        for shape in file.shapes.values():
            yield from _content(file, shape)
        yield from _definitions(file)


# --- the chain of operations


def _chain(file: DataFile) -> Iterator[Problem]:
    """Every header against its hash, every link against the one before, the end against ``meta``."""
    expected_id, prev = 1, GENESIS
    headers = file.stream(
        "select id, uid, at, who, machine, kind, label, sheet, reason, undoes, prev, digest, hash"
        " from op order by id"
    )
    for *header, own_prev, digest, own_hash in headers:
        told = {"op": str(header[0]), "at": header[2], "who": header[3], "label": header[6]}
        if header[0] != expected_id or own_prev != prev:
            yield Problem("VER-106", told)
        if header_hash(own_prev, header, digest) != own_hash:
            yield Problem("VER-105", told)
        expected_id, prev = header[0] + 1, own_hash
    head, count = file.meta("head"), file.meta("ops")
    if (head, count) != (prev.hex(), str(expected_id - 1)):
        yield Problem("VER-104", {"recorded": str(count), "found": str(expected_id - 1)})


# --- changes against digests, figures against changes


def _digests_and_figures(file: DataFile) -> Iterator[Problem]:
    digests: dict[int, Any] = {}
    sheets: dict[int, set[int]] = {}
    yield from _figures(file, digests, sheets)
    by_op = file.stream("select op, seq, tbl, key, before, after from change order by op, seq")
    for op, changes in groupby(by_op, key=lambda row: row[0]):
        for _, *change in changes:
            digests.setdefault(op, hashlib.sha256()).update(change_lines([change]))
            sheets.setdefault(op, set()).update(_sheet_of(*change[1:]))
    recorded: dict[int, set[int]] = {}
    for op, sheet in file.stream("select op, sheet from op_sheet"):
        recorded.setdefault(op, set()).add(sheet)
    nothing = hashlib.sha256()
    for op, at, who, label, undoes, digest in file.stream(
        "select id, at, who, label, undoes, digest from op order by id"
    ):
        own = sheets.get(op, set()) | recorded.get(undoes, set())
        if digests.pop(op, nothing).digest() != digest or own != recorded.get(op, set()):
            yield Problem("VER-107", {"op": str(op), "at": at, "who": who, "label": label})
    for op in digests:  # changes of an operation that is not there
        yield Problem("VER-107", {"op": str(op), "at": "", "who": "", "label": ""})


def _sheet_of(table: str, key: str, before: str | None, after: str | None) -> set[int]:
    """The sheet a changed row belongs to, as the writer found it."""
    try:
        row = read_row(after or before or "{}")
        sheet = read_key(key)[0] if table == "sheet" else row.get("sheet")
    except (ValueError, IndexError):  # no row at all; its digest tells as much
        return set()
    return {sheet} if isinstance(sheet, int) else set()


def _figures(file: DataFile, digests: dict[int, Any], sheets: dict[int, set[int]]) -> Iterator[Problem]:
    """Replay every figure in one walk over its history; feed the digests on the way.

    The walk is in the order of the digest's lines, so those of one operation come in their order.
    """
    rows = file.stream(
        "select c.sheet, c.tbl, c.row, c.col, c.s0, c.v0, c.e0, c.t0, c.s1, c.v1, c.e1, c.t1, c.src,"
        " c.src_cell, c.op, f.state, f.value, f.est, f.text, f.op from figure_change c left join figure f"
        " on f.sheet = c.sheet and f.tbl = c.tbl and f.row = c.row and f.col = c.col"
        " order by c.sheet, c.tbl, c.row, c.col, c.op"
    )
    nothing = (None,) * 4
    lines: list[tuple[Any, ...]] = []
    last_op: int | None = None

    def feed() -> None:
        if last_op is not None:
            digests.setdefault(last_op, hashlib.sha256()).update(change_lines(lines))
            sheets.setdefault(last_op, set()).update(line[0] for line in lines)
            lines.clear()

    for cell, changes in groupby(rows, key=lambda row: row[:_CELL_PARTS]):
        before: tuple[Any, ...] = nothing
        row: tuple[Any, ...] = ()
        for row in changes:
            if row[4:8] != before:
                yield _of_cell("VER-112", cell)
            before = row[8:12]
            if row[_SOURCE] != last_op:
                feed()
                last_op = row[_SOURCE]
            lines.append(row[:_SOURCE])
        op_of_figure = None if before == nothing else row[_SOURCE]
        if row[15:19] != before or row[19] != op_of_figure:
            yield _of_cell("VER-108", cell)
    feed()
    strangers = file.stream(
        "select f.sheet, f.tbl, f.row, f.col from figure f where not exists (select 1 from figure_change c"
        " where c.sheet = f.sheet and c.tbl = f.tbl and c.row = f.row and c.col = f.col)"
    )
    for cell in strangers:
        yield _of_cell("VER-108", cell)


def _of_cell(code: str, cell: tuple[Any, ...]) -> Problem:
    sheet, table, row, column = map(str, cell)
    return Problem(code, {"table": f"figure {sheet}", "key": f"{table}:[{row}]c{column}".lstrip(":")})


# --- every other table


def _content(file: DataFile, shape: Shape) -> Iterator[Problem]:
    """The rows of a table against the last change of each."""
    expected: dict[str, str] = {}
    changes = file.stream(
        "select key, before, after from change where tbl = ? order by key, op, seq", (shape.name,)
    )
    for key, history in groupby(changes, key=lambda row: row[0]):
        last = None
        for _, before, after in history:
            if before != last:
                yield Problem("VER-112", {"table": shape.name, "key": key})
            last = after
        if last is not None:
            expected[key] = last
    for values in file.stream(shape.all_sql):
        row = dict(zip(shape.columns, values, strict=True))
        key = canonical_key(shape.key_of(row))
        if shape.name == "blob_store" and sha256(row["bytes"]).hex() != row["sha256"]:
            yield Problem("VER-113", {"id": str(row["id"]), "name": row["name"] or ""})
            expected.pop(key, None)
        elif key not in expected:
            yield Problem("VER-110", {"table": shape.name, "key": key})
        elif expected.pop(key) != canonical_row(row):
            yield Problem("VER-109", {"table": shape.name, "key": key})
    for key in expected:
        yield Problem("VER-111", {"table": shape.name, "key": key})


def _definitions(file: DataFile) -> Iterator[Problem]:
    there = "select v.id, v.number from form_version v join blob_store b on b.id = v.definition order by v.id"
    for form, number in file.rows(there):
        try:
            forms.get(file, form)
        except JudappError as fault:
            yield Problem("VER-114", {"form": number, "detail": str(fault.params.get("detail", ""))})
