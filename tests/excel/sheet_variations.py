"""A filled form as a worksheet, and what people do to it before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from judapp.domain.catalogue import Form
from judapp.domain.cell_name import Position
from judapp.domain.layout import Heading, layout
from judapp.domain.rows import RepeatedUnit, expand
from judapp.domain.shape import Plan, plan_of
from judapp.excel.grid import Area, GridCell, GridSheet, Spans

UNITS = (RepeatedUnit("u1", "Xã An Bình"), RepeatedUnit("u2", "Xã Yên Hòa"))


_PLANS: dict[str, Plan] = {}


def plan(form: Form) -> Plan:
    """The form with two units wherever rows repeat."""
    key = f"{form.number} {form.circular}"
    if key not in _PLANS:
        _PLANS[key] = plan_of(form, {table.key: expand(table, lambda _: UNITS) for table in form.tables})
    return _PLANS[key]


def filled(form: Form) -> GridSheet:
    """The form as it is printed, another figure in every cell that is typed."""
    of = plan(form)
    laid = layout(form, of.rows, Heading(reporter="Xã An Bình", period="năm 2024"))
    cells: dict[Position, GridCell] = {}
    merges: list[Area] = []
    for item in laid.items:
        box = item.box
        area = Area(box.row, box.column, box.last_row, box.last_column)
        merged = area if area[:2] != area[2:] else None
        if item.text:
            cells[box.row, box.column] = GridCell(item.text, merged=merged)
        if merged:
            merges.append(area)
    for number, (key, at) in enumerate(sorted(laid.cells.items()), start=11):
        spot = of.spots[key]
        if key not in of.computed and spot.kind != "text":
            cells[at] = GridCell(number)
    return GridSheet("Sheet1", cells, tuple(sorted(merges)))


def moved(sheet: GridSheet, to: Callable[[Position], Position]) -> GridSheet:
    """Every cell where ``to`` puts it, with its merged cells."""

    def area(old: Area) -> Area:
        first, last = to((old.top, old.left)), to((old.bottom, old.right))
        return Area(*first, *last)

    cells = {
        to(at): replace(cell, merged=area(cell.merged) if cell.merged else None)
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells, merges=tuple(sorted(map(area, sheet.merges))))


def shifted(sheet: GridSheet, rows: int, columns: int) -> GridSheet:
    """Rows above and columns before the whole sheet."""
    return moved(sheet, lambda at: (at[0] + rows, at[1] + columns))


def with_rows(sheet: GridSheet, below: int, rows: int = 1) -> GridSheet:
    """Empty rows below one."""
    return moved(sheet, lambda at: (at[0] + (rows if at[0] > below else 0), at[1]))


def with_column(sheet: GridSheet, before: int, body: Iterable[int] = ()) -> GridSheet:
    """A column of the sender's own, with figures in the rows ``body``."""
    wider = moved(sheet, lambda at: (at[0], at[1] + (1 if at[1] >= before else 0)))
    own = {(row, before): GridCell(900 + row) for row in body}
    return replace(wider, cells={**wider.cells, **own})


def without(sheet: GridSheet, positions: Iterable[Position]) -> GridSheet:
    """Cells emptied."""
    gone = set(positions)
    return replace(sheet, cells={at: cell for at, cell in sheet.cells.items() if at not in gone})


def changed(sheet: GridSheet, contents: Mapping[Position, str | float | int]) -> GridSheet:
    """Cells typed over."""
    typed = {at: replace(sheet.cells.get(at, GridCell(None)), content=text) for at, text in contents.items()}
    return replace(sheet, cells={**sheet.cells, **typed})


def unmerged(sheet: GridSheet) -> GridSheet:
    """As a CSV file holds it: texts where merged cells began."""
    cells = {at: replace(cell, merged=None) for at, cell in sheet.cells.items()}
    return replace(sheet, cells=cells, merges=())


def hidden_rows(sheet: GridSheet, first: int, last: int) -> GridSheet:
    """Rows nobody sees."""
    cells = {
        at: replace(cell, hidden=True) if first <= at[0] <= last else cell for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells, hidden_rows=Spans.of([(first, last)]))
