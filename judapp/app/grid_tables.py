"""The tables of a sheet as the entry grid shows them: every cell's text, kind, state and findings."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache

from judapp.app.entering import EXPLANATION, free_places, row_path
from judapp.app.grid_head import heads_of, paths_of
from judapp.app.grid_view import (
    NIL,
    OUT_OF_REMIT,
    PENDING,
    CellView,
    FindingView,
    LeafColumn,
    RowLine,
    TableView,
)
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Severity, Table
from judapp.domain.figure import State
from judapp.domain.names import SheetNames
from judapp.domain.number import Rational, format_vi, plain, unscaled
from judapp.domain.resolve import Cell, Resolved
from judapp.domain.rows import SheetRow
from judapp.domain.shape import CellKey, Spot
from judapp.domain.stubs import stub_places, stub_texts
from judapp.domain.value import Kind
from judapp.store import remarks
from judapp.store.sheets import Sheet as StoredSheet


def table_views(
    workspace: Workspace,
    stored: StoredSheet | None,
    resolved: Resolved,
    findings: Iterable[FindingView],
    *,
    locked: bool,
) -> tuple[TableView, ...]:
    """The tables of a reckoned sheet; ``findings`` the gravest first, nothing can be typed if ``locked``.

    ``stored`` tells the reasons written for cells; None for a sheet that is not in the file like that.
    """
    explained = explanations(workspace, stored) if stored is not None else {}
    level = workspace.level_of(resolved.sheet.form, workspace.units[resolved.sheet.unit])
    return tables_of(resolved, findings, explained, level.level if level else "", locked=locked)


def tables_of(
    resolved: Resolved,
    findings: Iterable[FindingView],
    explained: Container[CellKey],
    level: str,
    *,
    locked: bool,
) -> tuple[TableView, ...]:
    """:func:`table_views` of a sheet that need not be in any file; ``level`` is who fills it in."""
    return _Tables(resolved, findings, explained, level, locked).views()


def explanations(workspace: Workspace, stored: StoredSheet) -> dict[CellKey, str]:
    """The reasons written for the cells of a sheet."""
    kept = remarks.of_sheet(workspace.file, stored.id)
    return {r.cell: r.text for r in kept if r.kind == EXPLANATION and r.cell is not None}


class _Tables:
    """Makes the views of the tables of one sheet."""

    def __init__(
        self,
        resolved: Resolved,
        findings: Iterable[FindingView],
        explained: Container[CellKey],
        level: str,
        locked: bool,
    ) -> None:
        self.resolved = resolved
        self.form = resolved.sheet.form
        self.names = SheetNames(resolved.plan)
        self.level = level
        self.open = not locked
        self.found: dict[CellKey, FindingView] = {}
        for finding in findings:  # the gravest come first
            if finding.cell is not None:
                self.found.setdefault(finding.cell, finding)
        self.explained = explained

    def views(self) -> tuple[TableView, ...]:
        free = free_places(self.resolved.plan)
        return tuple(
            self._table(table, {key for name, key in free if name == table.key}) for table in self.form.tables
        )

    def _table(self, table: Table, free: set[str]) -> TableView:
        head = heads_of(self.form)[table.key]
        rows = self.resolved.rows[table.key]
        spots, computed = self.resolved.plan.spots, self.resolved.plan.computed
        cells: dict[CellKey, CellView] = {}
        by_row: dict[str, list[bool]] = {row.key: [] for row in rows}
        by_column: dict[str, list[bool]] = {leaf.name: [] for leaf in table.leaves}
        for key, spot in spots.items():
            if key[0] == table.key:
                cells[key] = self._cell(key, spot)
                if spot.kind != "text":
                    by_row[key[1]].append(key in computed)
                    by_column[key[2]].append(key in computed)
        return TableView(
            key=table.key,
            title=table.title or "",
            stub=tuple(column.label for column in table.stub),
            label_column=stub_places(table.stub).label or 0,
            columns=tuple(
                LeafColumn(
                    leaf.name,
                    leaf.code or "",
                    leaf.label,
                    leaf.unit or self.form.unit_of_measure or "",
                    leaf.kind or "count",
                    path,
                    tuple(filter(None, leaf.choices)),
                    bool(by_column[leaf.name]) and all(by_column[leaf.name]),
                )
                for leaf, path in zip(table.leaves, paths_of(table), strict=True)
            ),
            levels=head.levels,
            numbered=head.numbered,
            stub_head=head.stub,
            head=head.figures,
            rows=tuple(
                self._row(table, row, computed=bool(by_row[row.key]) and all(by_row[row.key])) for row in rows
            ),
            cells=cells,
            free=tuple([("", "")] * ("" in free) + [(row.key, row.label) for row in rows if row.key in free]),
        )

    def _cell(self, key: CellKey, spot: Spot) -> CellView:
        cell = self.resolved[key]
        kind = self._kind(spot, cell)
        finding = self.found.get(key)
        asked = finding is not None and finding.severity == "explain"
        open_sum = kind == "computed" and cell.value.kind in (Kind.EMPTY, Kind.PENDING)
        return _made(
            *_shown(cell, spot),
            kind,
            self.open and (kind in ("open", "words", "reported") or open_sum),
            bool(cell.figure.estimate),
            bool(cell.adjusted),
            finding.severity if finding else None,
            finding.code if finding else "",
            key in self.explained and not asked,
            spot.unit or "",
        )

    def _row(self, table: Table, row: SheetRow, *, computed: bool) -> RowLine:
        stub = stub_texts(table.stub, row.number or "", row.label, row.plan.unit or "")
        path = row_path(self.names, table.key, row)
        return RowLine(row.key, path, row.label, stub, row.level, row.kind, computed, row.kind == "free")

    def _kind(self, spot: Spot, cell: Cell) -> str:
        if spot.column.filled_by and self.level not in spot.column.filled_by:
            return "foreign"
        if spot.kind == "text":
            return "words"
        return cell.origin if cell.origin in ("computed", "rollup", "reported") else "open"


def places_of(spot: Spot) -> int:
    """Decimals the figures of a cell are shown with; the same as in the workbook."""
    return max(spot.scale, 2 if spot.kind in ("rate", "average") else 0)


@lru_cache(20_000)  # most cells are the same before and after an act, and one object is quick to compare
def _made(
    state: str,
    shown: str,
    typed: str,
    kind: str,
    enterable: bool,
    estimated: bool,
    adjusted: bool,
    severity: Severity | None,
    code: str,
    explained: bool,
    unit: str,
) -> CellView:
    left = state in ("text", "unreadable")
    return CellView(
        shown, typed, kind, state, left, enterable, estimated, adjusted, severity, code, explained, unit
    )


def _shown(cell: Cell, spot: Spot) -> tuple[str, str, str]:
    """State, text shown, text typed."""
    figure, value = cell.figure, cell.value
    if figure.text is not None:
        return "text" if figure.state is State.TEXT else "unreadable", figure.text, figure.text
    if figure.state is State.NIL and not cell.adjusted:
        return "nil", NIL, "-"
    if value.number is not None:
        return "", number_text(value.number, places_of(spot)), _typed(cell, spot)
    if value.kind is Kind.OUT_OF_REMIT:
        return "remit", OUT_OF_REMIT, OUT_OF_REMIT
    if value.so_far is not None:
        return "partial", f"{PENDING} {number_text(value.so_far, places_of(spot))}", ""
    if value.kind is Kind.PENDING:
        return "pending", PENDING, ".." if figure.answered else ""
    return "undefined" if value.kind is Kind.UNDEFINED else "empty", "", ""


@lru_cache(20_000)
def number_text(number: Rational, places: int) -> str:
    """A figure of the grid: dots group, a comma before ``places`` decimals."""
    return format_vi(number, places)


def _typed(cell: Cell, spot: Spot) -> str:
    """What one would type to get this figure: no grouping, the estimated part behind a plus."""
    figure = cell.figure
    if figure.value is None:
        assert cell.value.number is not None  # the caller asked
        return _plain(cell.value.number, 15)
    if figure.estimate:
        actual = unscaled(figure.value - figure.estimate, spot.scale)
        return f"{_plain(actual, spot.scale)}+{_plain(unscaled(figure.estimate, spot.scale), spot.scale)}"
    return _plain(unscaled(figure.value, spot.scale), spot.scale)


@lru_cache(20_000)
def _plain(number: Rational, places: int) -> str:
    return plain(number, places).replace(".", ",")
