"""One table of a form on a worksheet: the tree of its head, the row of numbers, its body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from judapp.domain.catalogue import Column, Form, Row, Table
from judapp.domain.cell_name import Position
from judapp.domain.printed import Band, Page, Role, Span
from judapp.domain.rows import SheetRow
from judapp.domain.shape import CellKey
from judapp.domain.stubs import stub_places, stub_texts

DOTS = "……"
"""What a blank prints where a person writes."""

BOLD_KINDS = ("group", "total")
"""Kinds of rows that are printed bold."""


class Line(Struct, frozen=True):
    """A line of the body: a row of the sheet, or a placeholder for rows that a blank does not have yet."""

    number: str
    label: str
    level: int
    plan: Row
    row: SheetRow | None


def depth(table: Table) -> int:
    """Rows the tree of the head takes."""
    return max(map(_depth, table.columns), default=1)


def _depth(node: Column) -> int:
    return 1 + max(map(_depth, node.children), default=0)


def head_text(node: Column, of_form: str | None, above: str | None = None) -> str:
    """Label and, where the node declares one of its own, the unit of measure in brackets below it.

    The form's own unit stands above the table and is not repeated, but where a group ``above`` the node
    declares another one.
    """
    if node.unit is None or (node.unit == of_form and above in (None, of_form)):
        return node.label
    return f"{node.label}\n({node.unit})".lstrip("\n")


def lines(table: Table, rows: Sequence[SheetRow]) -> list[Line]:
    """The lines of the body: every row, and a placeholder where a repeated plan has none."""
    walk = _Walk(rows)
    found = list(walk.of(table.rows, 0, placeholder=False))
    return found + [_line(row) for row in rows[walk.at :]]


def _line(row: SheetRow) -> Line:
    return Line(row.number or "", row.label, row.level, row.plan, row)


class _Walk:
    """Goes through the plan beside the rows it was expanded to, and sees what has none."""

    def __init__(self, rows: Sequence[SheetRow]) -> None:
        self.rows = rows
        self.at = 0

    def of(self, plans: Sequence[Row], level: int, *, placeholder: bool) -> Iterator[Line]:
        for plan in plans:
            yield from self._plan(plan, level + plan.level, placeholder=placeholder)

    def _plan(self, plan: Row, level: int, *, placeholder: bool) -> Iterator[Line]:
        repeated = plan.kind in ("unit", "free")
        first = True
        while not placeholder and self._next_is(plan) and (first or repeated):
            yield _line(self.rows[self.at])
            self.at += 1
            yield from self.of(plan.children, level + 1, placeholder=False)
            first = False
        if first and (repeated or placeholder):
            yield Line("" if repeated else plan.code or "", plan.label or DOTS, level, plan, None)
            yield from self.of(plan.children, level + 1, placeholder=True)

    def _next_is(self, plan: Row) -> bool:
        return self.at < len(self.rows) and self.rows[self.at].plan == plan


class TablePart(Struct, frozen=True):
    """One table as it was printed."""

    band: Band
    cells: dict[CellKey, Position]


def put_table(
    page: Page, form: Form, table: Table, rows: Sequence[SheetRow], spans: Sequence[Span], top: int
) -> TablePart:
    """Print ``table`` from row ``top`` on; ``spans`` are the columns of its stubs, then of its leaves."""
    stubs = len(table.stub)
    number_row, first_row = _put_head(page, form, table, spans, top)
    cells: dict[CellKey, Position] = {}
    body = lines(table, rows)
    columns = [(leaf.name, span) for leaf, span in zip(table.leaves, spans[stubs:], strict=True)]
    for row, line in enumerate(body, start=first_row):
        _put_stub(page, table.stub, line, spans[:stubs], row)
        for name, span in columns:
            if exists := line.row is not None and line.row.has(name):
                cells[table.key, line.row.key, name] = (row, span[0])
            if not exists or span[0] != span[1]:
                page.put("cell", "", row, span, bold=line.plan.kind in BOLD_KINDS)
    last_row = first_row + len(body) - 1
    first_figure = spans[stubs][0]
    band = Band(table.key, top, number_row, first_row, last_row, spans[0][0], first_figure, spans[-1][1])
    return TablePart(band, cells)


def _put_head(
    page: Page, form: Form, table: Table, spans: Sequence[Span], top: int
) -> tuple[int | None, int]:
    """The tree and the row of numbers; that row, and the first row below."""
    levels = depth(table)
    stubs = len(table.stub)
    needs: list[tuple[int, int, float]] = []

    def put(node: Column, row: int, span: Span, rows: int, above: str | None = None) -> None:
        text = head_text(node, form.unit_of_measure, above)
        page.put("head", text, row, span, rows=rows, bold=True)
        needs.append((row, rows, page.needed("head", text, span)))

    def put_nodes(nodes: Sequence[Column], row: int, at: int, above: str | None) -> int:
        for node in nodes:
            if node.children:
                after = put_nodes(node.children, row + 1, at, node.unit or above)
                put(node, row, (spans[at][0], spans[after - 1][1]), 1, above)
                at = after
            else:
                put(node, row, spans[at], top + levels - row, above)
                at += 1
        return at

    for stub, span in zip(table.stub, spans, strict=False):
        put(stub, top, span, levels)
    put_nodes(table.columns, top, stubs, None)
    _raise_rows(page, needs)
    first_row = top + levels
    columns = (*table.stub, *table.leaves)
    if not any(column.code for column in columns):
        return None, first_row
    for index, (column, span) in enumerate(zip(columns, spans, strict=True)):
        code = column.code or ""
        page.put("number", f"({code})" if code and index >= stubs else code, first_row, span)
    return first_row, first_row + 1


def _raise_rows(page: Page, needs: Sequence[tuple[int, int, float]]) -> None:
    """Give every text its height: boxes of one row first, then higher ones what they still miss."""
    for row, rows, height in sorted(needs, key=lambda need: need[1]):
        missing = height - sum(page.height(row + step) for step in range(rows))
        if missing > 0:
            for step in range(rows):
                page.raise_row(row + step, page.height(row + step) + missing / rows)


def _put_stub(page: Page, stub: Sequence[Column], line: Line, spans: Sequence[Span], row: int) -> None:
    """Number, label and unit of a line, each in its column; without one the number stands in the label."""
    bold = line.plan.kind in BOLD_KINDS
    places = stub_places(stub)
    texts = stub_texts(stub, line.number, line.label, line.plan.unit or "")
    for index, (text, span) in enumerate(zip(texts, spans, strict=True)):
        if index == places.label:
            page.put("label", text, row, span, bold=bold, level=line.level)
            page.raise_row(row, page.needed("label", text, span, bold=bold, level=line.level))
        else:
            role: Role = "row_number" if index == places.number else "row_unit"
            page.put(role, text, row, span, bold=bold)
            page.raise_row(row, page.needed(role, text, span, bold=bold))
