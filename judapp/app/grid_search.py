"""Looking something up in the sheet shown: words and figures (Ctrl+F), a row and column by name (Ctrl+G)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from judapp.app.grid_view import LeafColumn, RowLine, SheetView, TableView
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.text import fold

_fold = lru_cache(20_000)(fold)  # the same labels and figures are asked for at every letter

_COLUMN = re.compile(r"(?P<row>.*?)(?:\((?P<code>[^()]*)\)|\bc[oộ]t\s+(?P<named>\S+))", re.IGNORECASE)
"""A place by name: a row, then a column's number in brackets, or "cột" and its number."""
_PART = 2
"""A label is not told by so few of its letters."""


def found(view: SheetView, words: str) -> tuple[CellKey, ...]:
    """The places of a sheet in which ``words`` stand, table by table, row by row, notes last.

    Looked through are the labels of rows and columns, figures as shown and as typed, words, explanations and
    notes at cells, and the places to fill below the form. Marks and case do not matter ("cong chung" finds
    "Công chứng"). A label of a row leads to its first cell, one of columns to the first cell under it.
    """
    wanted = _fold(words)
    if not wanted:
        return ()
    hits: list[CellKey] = []
    for table in view.tables:
        hits += dict.fromkeys(_in_table(view, table, wanted))
    for note in view.notes:
        hits += [
            part.key
            for part in note.parts
            if not isinstance(part, str) and (wanted in _fold(part.label) or wanted in _fold(part.text))
        ]
    return tuple(hits)


def _in_table(view: SheetView, table: TableView, wanted: str) -> Iterator[CellKey]:
    heads = _heads(table, wanted)
    for line in table.rows:
        here = [leaf.name for leaf in table.columns if (table.key, line.key, leaf.name) in table.cells]
        row_hit = any(wanted in _fold(text) for text in (line.path, *line.stub))
        if row_hit:
            yield table.key, line.key, here[0] if here else table.columns[0].name
        for name in here:
            key = table.key, line.key, name
            cell = table.cells[key]
            said = (cell.text, cell.typed, view.explanations.get(key, ""), view.remarks.get(key, ""))
            if name in heads or any(wanted in _fold(text) for text in said if text):
                heads.discard(name)
                yield key


def _heads(table: TableView, wanted: str) -> set[str]:
    """The columns a matching head leads to: its own, of a head over several the first."""
    hits, seen = set(), set()
    for leaf in table.columns:
        for depth, label in enumerate(leaf.path, start=1):
            above = leaf.path[:depth]
            if above not in seen:
                seen.add(above)
                if wanted in _fold(label):
                    hits.add(leaf.name)
        if leaf.code and wanted in (_fold(leaf.code), f"({_fold(leaf.code)})"):
            hits.add(leaf.name)
    return hits


def place_of(view: SheetView, words: str, here: CellKey) -> CellKey:
    """The cell that ``words`` name: "I.2 (7)", "I.2", "(7)", "phòng công chứng số 2 (7)".

    What is not said stays as at ``here``; the table ``here`` is looked through before the others. Raises
    FND-001 (no such row), FND-002 (no such column), FND-003 (nothing named).
    """
    match = _COLUMN.fullmatch(words.strip())
    row, column = (match["row"], match["code"] or match["named"] or "") if match else (words, "")
    row, column = row.strip(" .·,;"), column.strip()
    if not row and not column:
        raise JudappError("FND-003")
    tables = sorted(view.tables, key=lambda table: table.key != here[0])
    if row:
        lines = _lines(tables, row)
    else:
        lines = [
            (table, line) for table in tables for line in table.rows if (table.key, line.key) == here[:2]
        ]
    for table, line in lines:
        leaf = _leaf(table, column or here[2], by_name=not column)
        if leaf is not None:
            return table.key, line.key, leaf.name
    if row and not lines:
        raise JudappError("FND-001", words=row)
    raise JudappError("FND-002", words=column)


def _lines(tables: list[TableView], wanted: str) -> list[tuple[TableView, RowLine]]:
    """Rows of that name, the surest first: number with those above it, own number, label, part of it."""
    words = _fold(wanted)
    tests: tuple[Callable[[RowLine], bool], ...] = (
        lambda line: _fold(line.path) == words,
        lambda line: _fold(line.path).rpartition(".")[2] == words,
        lambda line: _fold(line.label) == words,
        lambda line: len(words) > _PART and words in _fold(line.label),
    )
    return [(table, line) for test in tests for table in tables for line in table.rows if test(line)]


def _leaf(table: TableView, wanted: str, *, by_name: bool) -> LeafColumn | None:
    """The column of that name, else of that printed number or label; another table's first one."""
    if by_name:
        return next((leaf for leaf in table.columns if leaf.name == wanted), table.columns[0])
    words = _fold(wanted)
    tests: tuple[Callable[[LeafColumn], bool], ...] = (
        lambda leaf: _fold(leaf.code) == words,
        lambda leaf: _fold(leaf.label) == words,
    )
    return next((leaf for test in tests for leaf in table.columns if test(leaf)), None)
