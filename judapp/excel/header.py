"""Where a table's columns are on a worksheet: by the printed codes, else by the labels of the header."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from judapp.domain.catalogue import Table
from judapp.excel.grid import GridSheet
from judapp.text import fold

_CODE = re.compile(r"[(\[]?\s*-?\s*([0-9]{1,3}[a-zA-Z]?|[A-Z])\s*[)\]]?\Z")
_UNIT = re.compile(r"\s*\([^()]*\)\s*\Z")
_DEPTH = 12
"""Rows a header without codes may take, from its first label to its last."""


class Header(Struct, frozen=True):
    """The columns of one table: by worksheet column, the leaf or the index of the stub."""

    row: int
    """The last row of the header: the body begins below."""
    columns: Mapping[int, str]
    stubs: Mapping[int, int]
    missing: int
    """Leaves that were not found."""


class TableColumns(Struct, frozen=True):
    """The columns of one table as a person paired them: worksheet columns from 1, leaves by name."""

    table: str
    row: int
    """The last row of the head: the body begins below."""
    columns: tuple[tuple[int, str], ...]
    stubs: tuple[tuple[int, int], ...] = ()
    """Worksheet column and index of the stub."""


def printed_code(content: str | float | int | None) -> str | None:
    """The column code a cell prints: "(1)", "[1]", 1, and -1, which Excel makes of a typed "(1)"."""
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    if content is None or isinstance(content, float):
        return None
    match = _CODE.match(str(content).strip())
    return match[1] if match else None


def find_header(sheet: GridSheet, table: Table, start: int) -> Header:
    """The header of ``table`` at or below row ``start``; what is missing is counted, nothing is guessed."""
    coded = {leaf.code: leaf.name for leaf in table.leaves if leaf.code}
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), cell in sheet.cells.items():
        if row >= start and cell.content is not None:
            by_row[row].append((column, str(cell.content)))
    if coded:
        found = _by_codes(sheet, table, coded, sorted(by_row), by_row)
    else:
        found = _by_labels(table, by_row, start)
    return found


def _by_codes(
    sheet: GridSheet,
    table: Table,
    coded: Mapping[str, str],
    rows: list[int],
    by_row: Mapping[int, list[tuple[int, str]]],
) -> Header:
    """The row with most codes of the form; leaves without a code are then looked for by label above it."""
    stubs = {stub.code: index for index, stub in enumerate(table.stub) if stub.code}
    best: tuple[int, dict[int, str], dict[int, int]] = (0, {}, {})
    for row in rows:
        columns: dict[int, str] = {}
        found_stubs: dict[int, int] = {}
        for column, _ in sorted(by_row[row]):
            code = printed_code(sheet.at(row, column).content) or ""
            if code in coded and coded[code] not in columns.values():
                columns[column] = coded[code]
            elif code in stubs:
                found_stubs[column] = stubs[code]
        if len(columns) > len(best[1]):
            best = (row, columns, found_stubs)
    row, columns, found_stubs = best
    if len(columns) == len(coded) < len(table.leaves):
        labelled = _by_labels(table, {r: c for r, c in by_row.items() if r < row}, row - _DEPTH)
        columns = {**labelled.columns, **columns}
    return Header(row, columns, found_stubs, len(table.leaves) - len(set(columns.values())))


def _by_labels(table: Table, by_row: Mapping[int, list[tuple[int, str]]], start: int) -> Header:
    """Leaves and stubs left to right, each at the next column that prints its label within a few rows."""
    wanted = [fold(_plain(stub.label)) for stub in table.stub] + [
        fold(_plain(leaf.label)) for leaf in table.leaves
    ]
    best = Header(0, {}, {}, len(table.leaves))
    rows = sorted(by_row)
    for first in rows:
        if first < start:
            continue
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in rows:
            if first <= row < first + _DEPTH:
                for column, text in by_row[row]:
                    places[fold(_plain(text))].append((column, row))
        found = _in_order(wanted, places)
        stubs = {column: index for index, (column, _) in found.items() if index < len(table.stub)}
        leaves = {
            column: table.leaves[index - len(table.stub)].name
            for index, (column, _) in found.items()
            if index >= len(table.stub)
        }
        missing = len(table.leaves) - len(leaves)
        if missing < best.missing:
            best = Header(max(row for _, row in found.values()), leaves, stubs, missing)
        if not missing:
            break
    return best


def _in_order(wanted: list[str], places: Mapping[str, list[tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    last = 0
    for index, label in enumerate(wanted):
        right = sorted(place for place in places.get(label, ()) if place[0] > last) if label else []
        if right:
            found[index] = right[0]
            last = right[0][0]
    return found


def _plain(label: str) -> str:
    """A header label without the unit of measure in parentheses behind it."""
    return _UNIT.sub("", label.replace("\n", " "))
