"""The only place that adds up: what every cell of a sheet is worth, and what is wrong with it.

Order (design 4.3): stored, else rolled up from base units; plus the department's adjustment; computed cells
in dependency order; then relations and findings. Nothing resolved is ever stored, save in snapshots of what
was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.domain import value as values
from judapp.domain.catalogue import Form, Row
from judapp.domain.expression.binding import Bound, instances
from judapp.domain.expression.evaluate import Environment, added, evaluate
from judapp.domain.expression.nodes import BinOp, Call, Cells, Node, Reference, children, references
from judapp.domain.expression.parser import parse
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.number import unscaled
from judapp.domain.period import Period, Span
from judapp.domain.rows import OwnRow, RepeatedUnit, expand, row_above
from judapp.domain.shape import CellKey, Plan, Rows, plan_of
from judapp.domain.value import Kind, Value, known, value_of

NOTES_TABLE = "@"
"""Slots of notes, signers, place and date are cells of this table, with history and undo like figures."""


class Sheet(Struct, frozen=True):
    """The stored content of one sheet: what one unit answered on one form for one period."""

    form: Form
    unit: str
    """Uid of the reporting unit."""
    period: Period
    span: Span
    figures: Mapping[CellKey, Figure] = field(default_factory=dict)
    own_rows: Mapping[str, tuple[OwnRow, ...]] = field(default_factory=dict)
    adjustments: Mapping[CellKey, int] = field(default_factory=dict)
    """Deltas of the department, scaled like the figures; each has its reason in the history."""


class Context(Protocol):
    """What lies outside a sheet."""

    def units(self, plan: Row) -> Iterable[RepeatedUnit]:
        """The units a plan of kind "unit" repeats for in this sheet."""

    def outside(self, cells: Cells, row_unit: str | None, row: str) -> list[Value]:
        """Values of cells of another form (of base units or the same unit) or of another period.

        ``row_unit`` is the unit of the row that asks, if it has one: then only that unit's sheet is meant, or
        those of the units below it where it reports none itself. ``row`` is the key of the row that asks:
        where ``cells`` names no row, the row of the same key is meant, else the only one the form has. A base
        unit that has not reported yet gives EMPTY, so that coverage can be told; one that owes nothing this
        round OUT_OF_REMIT. Windows and versions that may not be reckoned with one another give INCOMPARABLE.
        """

    def unit_of_measure(self, form: str, table: str, row: str, col: str) -> str | None:
        """The unit of measure of a cell of another form, for ``convert``."""

    def measure(self, name: str, when: str | None) -> Value:
        """The measure ``name`` for this sheet's unit and period, or the period ``when`` names."""


class Cell(Struct, frozen=True):
    """One resolved cell.

    ``origin``: ``empty``, ``stored``, ``rollup``, ``computed``, or ``reported`` for a computed cell whose
    total was typed before its parts. ``adjusted`` is the department's delta in it (scaled). A rolled-up value
    stands on ``covered`` of ``expected`` base units.
    """

    value: Value
    figure: Figure
    origin: str
    adjusted: int = 0
    covered: int = 0
    expected: int = 0


_NO_CELL = Cell(values.EMPTY, EMPTY, "empty")


class Resolved:
    """A sheet reckoned through: every cell that exists, with its worth and where that comes from."""

    def __init__(self, sheet: Sheet, context: Context, plan: Plan) -> None:
        """Use :func:`resolve`."""
        self._begin(sheet, context, plan)
        self._take_plain_cells()
        for key in [key for key in plan.spots if key not in self._cells]:
            self[key]

    def _begin(self, sheet: Sheet, context: Context, plan: Plan) -> None:
        self.sheet = sheet
        self.plan = plan
        self.context = context
        self._cells: dict[CellKey, Cell] = {}
        self._open: list[CellKey] = []
        self._outlook = _Outlook(self, context)  # keeps the very cells
        self._row_units = _row_units(plan.rows)
        self._base: dict[CellKey, Cell] = {}
        """What base units report, by cell."""
        self._awaiting: set[CellKey] = set()
        self.circular: set[CellKey] = set()
        """Computed cells whose definition goes round in a circle; a clean catalogue has none."""

    def _take_plain_cells(self) -> None:
        """Take the cells that are what somebody answered, or nothing: most, and quicker than one by one."""
        figures, adjusted = self.sheet.figures, self.sheet.adjustments
        computed, rollup, cells = self.plan.computed, self.plan.rollup, self._cells
        for key, spot in self.plan.spots.items():
            if key in adjusted:
                continue
            figure = figures.get(key)
            if figure is not None and figure.state is not State.EMPTY:
                whole = figure.state is State.NUMBER and not spot.scale
                value = Value(Kind.NUMBER, figure.value) if whole else value_of(figure, spot.scale)
                cells[key] = Cell(value, figure, "reported" if key in computed else "stored")
            elif key not in computed and key not in rollup:
                cells[key] = _NO_CELL

    @property
    def rows(self) -> Rows:
        """The rows of each table."""
        return self.plan.rows

    @property
    def cells(self) -> Mapping[CellKey, Cell]:
        """Every cell that exists."""
        return self._cells

    @property
    def reported(self) -> Mapping[CellKey, Cell]:
        """What base units report, as far as it was asked for."""
        return self._base

    @property
    def awaiting(self) -> frozenset[CellKey]:
        """Totals of nothing but rows whose units have not reported."""
        return frozenset(self._awaiting)

    def __getitem__(self, key: CellKey) -> Cell:
        """The cell at ``key``; an empty one where none exists."""
        found = self._cells.get(key)
        if found is not None or key not in self.plan.spots:
            return found or _NO_CELL
        if key in self._open:
            self.circular.update(self._open[self._open.index(key) :])
            return _NO_CELL
        self._open.append(key)
        made = self._cells[key] = self._reckon(key)
        self._open.pop()
        return made

    @property
    def outlook(self) -> Environment:
        """The environment relations of this sheet are judged in."""
        return self._outlook

    def outlook_of(self, bound: Bound) -> Environment:
        """The environment of one instance of a relation, which completes what it says of other forms."""
        target = next((ref for ref in references(bound.node) if _own(ref)), None)
        if not isinstance(target, Cells):
            return self._outlook
        row = bound.row or next(iter(target.rows), "")
        unit = self.unit_of(target.table, row)
        return _Outlook(self, self.context, unit or None, (target.table, row, target.cols[0]))

    def unit_of(self, table: str, row: str) -> str | None:
        """The unit a row stands for, itself or as a line below that unit's row.

        None for a row of the whole form, "" for a row somebody added who names no unit.
        """
        return self._row_units.get((table, row))

    @property
    def begun(self) -> bool:
        """Whether anything was answered here."""
        return any(figure.answered for figure in self.sheet.figures.values())

    @property
    def unanswered(self) -> tuple[CellKey, ...]:
        """Cells somebody still has to answer, in printed order; words are never owed."""
        return tuple(
            key
            for key, spot in self.plan.spots.items()
            if self._cells[key].origin == "empty" and spot.kind != "text"
        )

    def worth(self, rule: str) -> Value:
        """What an expression with one meaning over this sheet is worth, e.g. ``[V.2]c1 + [V.3]c1``.

        EMPTY where it names cells this sheet does not have.
        """
        bound = instances(parse(rule), self.plan.shape)
        return evaluate(bound[0].node, self._outlook) if len(bound) == 1 else values.EMPTY

    def words(self, rule: str) -> str:
        """The text a reference to this sheet names, "" where there is none."""
        bound = instances(parse(rule), self.plan.shape)
        node = bound[0].node if len(bound) == 1 else None
        if not isinstance(node, Cells) or node.form or node.when is not None:
            return ""
        return self[node.table, node.rows[0], node.cols[0]].figure.text or ""

    def _reckon(self, key: CellKey) -> Cell:
        spot = self.plan.spots[key]
        figure = self.sheet.figures.get(key, EMPTY)
        adjusted = self.sheet.adjustments.get(key, 0)
        if figure.answered:
            origin = "reported" if key in self.plan.computed else "stored"
            made = Cell(value_of(figure, spot.scale), figure, origin)
        else:
            made = self._rolled_up(key)
            if made.origin == "empty" and key in self.plan.computed:
                made = Cell(self._computed(key), EMPTY, "computed", expected=made.expected)
        if not adjusted:
            return made
        # A cell nobody gives begins at 0; one whose parts are missing is not known by its adjustment.
        base = 0 if made.origin == "empty" else made.value.number
        value = made.value if base is None else known(base + unscaled(adjusted, spot.scale))
        return Cell(value, made.figure, made.origin, adjusted, made.covered, made.expected)

    def _computed(self, key: CellKey) -> Value:
        """A computed cell. A total of rows leaves out rows whose units have not reported, as a rollup does.

        Only such a total: within one row a part that is missing leaves the whole open.
        """
        node = self.plan.computed[key]
        terms, cells = self.plan.sums.get(key, ()), self._cells
        value = added([(cells.get(term) or self[term]).value for term in terms]) if terms else None
        value = evaluate(node, self._outlook) if value is None else value
        if value.kind is not Kind.EMPTY or not self.plan.rollup:
            return value
        parts = _rows_added(node, key)
        empty = [part for part in parts if self[part].value.kind is Kind.EMPTY]
        if not parts or not all(self._awaits(part) for part in empty):
            return value
        if value.so_far is None:
            self._awaiting.add(key)
            return value
        return known(value.so_far)

    def _awaits(self, key: CellKey) -> bool:
        """Whether a cell is empty for no other reason than that its base units have not reported."""
        cell = self[key]
        return key in self._awaiting or (cell.origin == "empty" and cell.expected > 0)

    def from_base(self, key: CellKey, context: Context | None = None) -> Cell:
        """What base units report for a cell, also where a figure of the sheet itself goes before it.

        ``context`` may tell of fewer units than the sheet's own, so that one can be asked for its share.
        """
        return self._rolled_up(key, context)

    def _rolled_up(self, key: CellKey, context: Context | None = None) -> Cell:
        """A cell from the sheets of base units: those that have not reported are told, not waited for.

        Nothing where no rule speaks of it, or its row was added by hand: nobody reports for such a row.
        """
        rule = self.plan.rollup.get(key)
        if rule is None:
            return _NO_CELL
        if context is not None:
            return self._from_units(key, rule, context)
        found = self._base.get(key)
        if found is None:
            found = self._base[key] = self._from_units(key, rule, self.context)
        return found

    def _from_units(self, key: CellKey, rule: Node, context: Context) -> Cell:
        unit = self.unit_of(*key[:2])
        if unit == "":
            return _NO_CELL
        outlook = _Outlook(self, context, unit, key)
        value = evaluate(rule, outlook)
        covered, expected = outlook.coverage
        if value.kind is Kind.EMPTY and covered and value.so_far is not None:
            value = known(value.so_far)
        origin = "empty" if value.kind is Kind.EMPTY and not covered else "rollup"
        return Cell(value, EMPTY, origin, covered=covered, expected=expected)


def _row_units(rows: Rows) -> dict[tuple[str, str], str]:
    """The unit of every row that stands for one, by table and row; "" below a row somebody added."""
    found: dict[tuple[str, str], str] = {}
    for table, lines in rows.items():
        for row in lines:
            if row.kind in ("unit", "free"):
                found[table, row.key] = row.unit or ""
            elif (above := found.get((table, row_above(row.key)))) is not None:
                found[table, row.key] = above
    return found


def _rows_added(node: Node, key: CellKey) -> list[CellKey]:
    """The cells of other rows, in the column of ``key``, that ``node`` adds up; none where it does more."""
    if isinstance(node, Cells):
        same = _own(node) and not node.est and node.cols == (key[2],)
        return [(node.table, row, key[2]) for row in node.rows if row != key[1]] if same else []
    adds = (isinstance(node, Call) and node.name == "sum") or (isinstance(node, BinOp) and node.op == "+")
    parts = [_rows_added(child, key) for child in children(node)] if adds else []
    return [part for found in parts for part in found] if parts and all(parts) else []


def _own(reference: Reference) -> bool:
    """Whether a reference is to cells of the sheet itself, in its own round."""
    return isinstance(reference, Cells) and not reference.form and reference.when is None


class _Outlook:
    """The environment of expressions over a sheet: its own cells within, the context beyond."""

    def __init__(
        self,
        resolved: Resolved,
        context: Context,
        row_unit: str | None = None,
        at: CellKey = ("", "", ""),
    ) -> None:
        """``at`` is the cell that asks: it says what a reference to another form leaves open."""
        self._resolved = resolved
        self._known = resolved.cells
        self._context = context
        self._row_unit = row_unit
        self._at = at
        self._coverage: dict[str, tuple[int, int]] = {}
        """By form: cells of base units that are there, of those that should be."""

    @property
    def coverage(self) -> tuple[int, int]:
        """Cells of base units that are there, and how many should be."""
        found = self._coverage.values()
        return sum([covered for covered, _ in found]), sum([expected for _, expected in found])

    def cell(self, form: str, table: str, row: str, col: str, when: str | None, est: bool) -> Value:
        if form or when is not None:
            beyond = self.cells(Cells(form, table, (row,), (col,), when, est, many=False))
            if len(beyond) > 1:  # of several units none is the one meant
                return values.INCOMPARABLE
            return beyond[0] if beyond else values.EMPTY
        key = (table, row, col)
        if not est:
            found = self._known.get(key)  # reckoned already, as most are
            return self._resolved[key].value if found is None else found.value
        spot = self._resolved.plan.spots.get(key)
        return value_of(self._resolved[key].figure, spot.scale, "estimate") if spot else values.EMPTY

    def cells(self, cells: Cells) -> list[Value]:
        _, row, col = self._at
        if not cells.cols and col:
            cells = replace(cells, cols=(col,))
        found = self._context.outside(cells, self._row_unit, row)
        if cells.form and any(value.kind is not Kind.OUT_OF_REMIT for value in found):
            # A rule may name a form twice (values and their weights) and still stands on each sheet once.
            covered, expected = self._coverage.get(cells.form, (0, 0))
            there = sum(value.kind is not Kind.EMPTY for value in found)
            self._coverage[cells.form] = max(covered, there), max(expected, len(found))
        return found

    def measure(self, name: str, when: str | None) -> Value:
        return self._context.measure(name, when)

    def unit(self, form: str, table: str, col: str, row: str) -> str | None:
        if form:
            return self._context.unit_of_measure(form, table, row, col or self._at[2])
        spot = self._resolved.plan.spots.get((table, row, col))
        return spot.unit if spot else None


def resolve(sheet: Sheet, context: Context) -> Resolved:
    """Reckon ``sheet`` through.

    ``circular`` of the result names computed cells that define one another in a circle (a fault of the
    definition, which lint finds); they stay empty.
    """
    held = _held(sheet)
    rows = {
        table.key: expand(table, context.units, sheet.own_rows.get(table.key, ()), held.get(table.key, ()))
        for table in sheet.form.tables
    }
    return Resolved(sheet, context, plan_of(sheet.form, rows))


def _held(sheet: Sheet) -> dict[str, set[str]]:
    """By table the rows that hold a figure or an adjustment, themselves or in a row below."""
    found: dict[str, set[str]] = {}
    for table, row in {key[:2] for cells in (sheet.figures, sheet.adjustments) for key in cells}:
        rows = found.setdefault(table, set())
        while row and row not in rows:
            rows.add(row)
            row = row_above(row)
    return found
