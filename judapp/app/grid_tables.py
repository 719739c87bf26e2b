"""The tables of a sheet as the entry grid shows them: every cell's text, kind, state and findings."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

from judapp.app.entering import EXPLANATION, row_path
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
from judapp.app.own_rows import free_places
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Severity, Table
from judapp.domain.estimates import estimated_part
from judapp.domain.figure import EMPTY, Figure, State
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
    workspace: Workspace, resolved: Resolved, findings: Iterable[FindingView], *, locked: bool
) -> tuple[TableView, ...]:
    """:func:`tables_of` for whoever reports the sheet."""
    level = workspace.level_of(resolved.sheet.form, workspace.units[resolved.sheet.unit])
    return tables_of(resolved, findings, level.level if level else "", locked=locked)


def tables_of(
    resolved: Resolved, findings: Iterable[FindingView], level: str, *, locked: bool
) -> tuple[TableView, ...]:
    """The tables of a reckoned sheet, without anything written beside its figures.

    ``findings`` are told the gravest first, ``level`` is who fills in; nothing can be typed if ``locked``.
    """
    maker = CellMaker(resolved, (), level, locked=locked)
    figures = resolved.sheet.figures.values()
    maker.mark(findings, estimating=any(figure.estimate is not None for figure in figures))
    return maker.tables()


def explanations(workspace: Workspace, stored: StoredSheet) -> dict[CellKey, str]:
    """The reasons written for the cells of a sheet."""
    kept = remarks.of_sheet(workspace.file, stored.id)
    return {r.cell: r.text for r in kept if r.kind == EXPLANATION and r.cell is not None}


class CellMaker:
    """Makes the views of the cells and tables of one sheet, as it is when they are asked for."""

    def __init__(
        self,
        resolved: Resolved,
        explained: Container[CellKey],
        level: str,
        *,
        locked: bool,
        noted: Container[CellKey] = (),
        former: Mapping[CellKey, Figure] | None = None,
    ) -> None:
        """As :func:`tables_of`; findings are told by :meth:`mark`.

        ``explained`` are cells a reason was written for, ``noted`` such with a note, ``former`` the figures
        as they were when the sheet was returned, None where it never was.
        """
        self.resolved = resolved
        self.form = resolved.sheet.form
        self.names = SheetNames(resolved.plan)
        self.level = level
        self.open = not locked
        self.found: dict[CellKey, FindingView] = {}
        """The gravest finding of each cell that has any."""
        self.explained = explained
        self.noted = noted
        self.former = former
        self._estimating = False

    def mark(self, findings: Iterable[FindingView], *, estimating: bool) -> None:
        """Have cells bear the marks of ``findings``, the gravest first.

        ``estimating``: whether the sheet states any estimated part.
        """
        self.found = {}
        for finding in findings:
            if finding.cell is not None:
                self.found.setdefault(finding.cell, finding)
        self._estimating = estimating

    def is_foreign(self, key: CellKey) -> bool:
        """Whether another level fills the cell."""
        filled_by = self.resolved.plan.spots[key].column.filled_by
        return bool(filled_by) and self.level not in filled_by

    def tables(self) -> tuple[TableView, ...]:
        """Every table with its cells."""
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
                cells[key] = self.cell(key)
                if spot.kind != "text":
                    by_row[key[1]].append(key in computed)
                    by_column[key[2]].append(key in computed)
        places = [("", ""), *((row.key, row.label) for row in rows)]
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
            free=tuple((row, label) for row, label in places if row in free),
        )

    def cell(self, key: CellKey) -> CellView:
        """One cell."""
        spot, cell = self.resolved.plan.spots[key], self.resolved[key]
        figure = cell.figure
        if (
            cell.origin == "stored"
            and figure.value is not None
            and figure.estimate is None
            and not cell.adjusted
            and self.former is None
            and not spot.column.filled_by
            and not (key in self.found or key in self.explained or key in self.noted)
        ):  # a plain figure, as most are
            return _plain_figure(figure.value, spot.scale, places_of(spot), spot.unit or "", self.open)
        kind = "foreign" if self.is_foreign(key) else _kind(spot, cell)
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
            key in self.noted,
            self.former is not None and self.former.get(key, EMPTY) != cell.figure,
            self._estimate(key, cell) if self._estimating else "",
        )

    def _estimate(self, key: CellKey, cell: Cell) -> str:
        """The estimated part of a cell as it is shown; a sum of which nothing is estimated has none."""
        stated = cell.figure.estimate is not None
        if not stated and cell.origin != "computed":
            return ""
        part, places = estimated_part(self.resolved, key), places_of(self.resolved.plan.spots[key])
        if part.number is not None:
            return number_text(part.number, places) if stated or part.number else ""
        return f"{PENDING} {number_text(part.so_far, places)}" if part.so_far else ""

    def _row(self, table: Table, row: SheetRow, *, computed: bool) -> RowLine:
        stub = stub_texts(table.stub, row.number or "", row.label, row.plan.unit or "")
        path = row_path(self.names, table.key, row)
        return RowLine(row.key, path, row.label, stub, row.level, row.kind, computed, row.kind == "free")


def _kind(spot: Spot, cell: Cell) -> str:
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
    noted: bool,
    changed: bool,
    estimate: str,
) -> CellView:
    left = state in ("text", "unreadable")
    return CellView(
        shown,
        typed,
        kind,
        state,
        left,
        enterable,
        estimated,
        adjusted,
        severity,
        code,
        explained,
        unit,
        noted,
        changed,
        estimate,
    )


@lru_cache(20_000)
def _plain_figure(value: int, scale: int, places: int, unit: str, enterable: bool) -> CellView:
    """A figure somebody typed, of which nothing more is to be said."""
    number = unscaled(value, scale)
    return CellView(
        number_text(number, places), _plain(number, scale), "open", "", enterable=enterable, unit=unit
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


def ungrouped(shown: str) -> str:
    """A figure the grid shows, as one types it: no dots that group, a hyphen for the minus sign."""
    return shown.replace(".", "").replace("−", "-")


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
