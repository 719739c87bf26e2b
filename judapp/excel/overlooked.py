"""What must be told beside the figures of a table: doubtful heads, columns left out, hidden rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from judapp.domain.catalogue import Form, Table
from judapp.domain.cell_name import address, column_letters
from judapp.domain.finding import Finding, Place
from judapp.domain.stubs import is_code_label, is_number_label
from judapp.excel.grid import GridSheet
from judapp.excel.header import Header
from judapp.excel.heads import DEPTH, tree_of

_MOST_NAMED = 4


def doubt_of(header: Header, form: Form, table: Table, place: Place) -> Finding | None:
    """Why a table is not read: columns missing (MAP-005), heads not the form's (MAP-021, MAP-022)."""
    if header.missing:
        params: dict[str, object] = {
            "form": form.number,
            "matched": len(table.leaves) - header.missing,
            "columns": len(table.leaves),
        }
        return Finding("MAP-005", "error", place, params)
    doubt = header.doubt
    if doubt is None or header.by_hand:
        return None
    others = header.contradicted or header.twice or header.differing
    first = others[0] if others else None
    leaf = table.leaf_by_name[first.leaf] if first else None
    params = {
        "form": form.number,
        "column": column_letters(first.column) if first else "",
        "code": (leaf.code if leaf else None) or "",
        "head": first.head if first else "",
        "expected": " › ".join(tree_of(table).printed[leaf.name]).replace("\n", " ") if leaf else "",
        "matched": header.agreed,
        "columns": len(table.leaves),
    }
    return Finding(doubt, "error", place, params)


def overlooked(sheet: GridSheet, header: Header, form: Form, last: int, path: str) -> Iterator[Finding]:
    """Findings on the body of one table, which ends with row ``last``.

    Figures in columns that are not the form's are not read (MAP-023); columns headed in other words are read
    by their numbers (MAP-050); figures in hidden rows and columns are read, and somebody who looks at the
    sheet does not see them (MAP-024).
    """
    known = set(header.columns) | set(header.stubs)
    leftmost = min(header.columns, default=1)
    strange: dict[int, list[int]] = defaultdict(list)
    hidden: list[tuple[int, int]] = []
    may_hide = bool(sheet.hidden_rows) or bool(sheet.hidden_columns)
    for (row, column), cell in sheet.cells.items():
        if not header.row < row <= last or cell.content is None:
            continue
        if column not in known and not isinstance(cell.content, str):
            strange[column].append(row)
        elif (
            may_hide
            and column in header.columns
            and (row in sheet.hidden_rows or column in sheet.hidden_columns)
        ):
            hidden.append((row, column))
    for column, rows in sorted(strange.items()):
        head = _head(sheet, header, column)
        numbers = is_number_label(head) or is_code_label(head)
        if numbers or (column < leftmost and _counts(sheet, column, rows)):
            continue
        params: dict[str, object] = {
            "form": form.number,
            "column": column_letters(column),
            "head": head,
            "cells": len(rows),
        }
        place = Place(path=path, sheet=sheet.name, cell=address((min(rows), column)))
        yield Finding("MAP-023", "warning", place, params)
    if header.differing and not header.by_hand:
        first = header.differing[0]
        table = next(table for table in form.tables if first.leaf in table.leaf_by_name)
        params = {
            "form": form.number,
            "column": column_letters(first.column),
            "head": first.head,
            "expected": " › ".join(tree_of(table).printed[first.leaf]).replace("\n", " "),
            "columns": len(header.differing),
        }
        yield Finding("MAP-050", "warning", Place(path=path, sheet=sheet.name), params)
    if hidden:
        hidden.sort()
        named = ", ".join(address(at) for at in hidden[:_MOST_NAMED])
        params = {"cells": len(hidden), "named": named + (" …" if len(hidden) > _MOST_NAMED else "")}
        yield Finding(
            "MAP-024", "warning", Place(path=path, sheet=sheet.name, cell=address(hidden[0])), params
        )


def _head(sheet: GridSheet, header: Header, column: int) -> str:
    """The lowest text over a column of no form."""
    for row in range(header.row, max(0, header.row - DEPTH), -1):
        content = sheet.at(row, column).content
        if isinstance(content, str) and any(sign.isalpha() for sign in content):
            return content.replace("\n", " ")
    return ""


def _counts(sheet: GridSheet, column: int, rows: list[int]) -> bool:
    """Whether a column left of the figures only numbers its rows."""
    numbers = [sheet.at(row, column).content for row in sorted(rows)]
    return all(isinstance(n, int | float) and float(n).is_integer() and 0 < n < 1000 for n in numbers)
