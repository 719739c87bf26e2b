"""Form definitions: what a form of a circular is, as data. No form number stands in code (promise 2).

One JSON file a form version, decoded strictly: an unknown key is a fault. A definition is immutable once a
sheet uses it; forms change with every circular by adding versions with other validity days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from judapp.domain.period import Period

ColumnKind = Literal["count", "money", "decimal", "average", "rate", "text"]
RowKind = Literal["fixed", "total", "group", "unit", "free"]
EvidenceLevel = Literal["verbatim", "partial", "incomplete", "learned", "department"]
RelationStatus = Literal["printed", "inferred", "software", "department"]
Severity = Literal["error", "warning", "explain", "info"]
WindowKind = Literal["flow", "stock", "cumulative", "term"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Every part of a definition: immutable, unknown keys refused, defaults not written."""


class Column(Strict, frozen=True, kw_only=True):
    """A node of the header tree; a leaf holds figures, or labels where it is a stub."""

    label: str
    code: str | None = None
    """The printed number without brackets ("1", "A"); None where nothing is printed."""
    key: str | None = None
    """Name of a leaf without printed number, starting with "_"; never printed."""
    unit: str | None = None
    kind: ColumnKind | None = None
    scale: int = 0
    """Decimals a figure may have: 0 whole, 1 for TGPL's half cases."""
    filled_by: tuple[str, ...] = ()
    """Levels that fill the column, empty for all."""
    choices: tuple[str, ...] = ()
    """Texts a text column may hold, empty for any."""
    note: str | None = None
    children: tuple[Column, ...] = ()

    @property
    def name(self) -> str:
        """What expressions, rows of the data file and addresses call this leaf."""
        return self.key or self.code or ""


class Row(Strict, frozen=True, kw_only=True):
    """A node of the row plan; ``expand`` makes the rows of a sheet of it."""

    label: str = ""
    kind: RowKind = "fixed"
    code: str | None = None
    """The printed number ("I", "1", "a"); None where nothing is printed."""
    key: str | None = None
    """Own part of the row key where none is printed or the printed one would not be unique."""
    level: int = 0
    """Indentation, for showing only; the key comes from nesting."""
    unit: str | None = None
    value_kind: ColumnKind | None = None
    scale: int | None = None
    """``unit``, ``value_kind`` and ``scale`` replace those of the columns where a row is an indicator."""
    window: WindowKind = "flow"
    """A flow of the round, a stock at a day, cumulative in its year, or counted from the term's start."""
    only: tuple[str, ...] = ()
    """Columns that exist in this row, empty for all."""
    heading: bool = False
    """A line of words without any figure."""
    unit_kind: str | None = None
    unit_subkind: str | None = None
    """For kind ``unit``: one row for each unit of that kind under the reporting unit."""
    reports: str | None = None
    """For kind ``free``: a family; units that report it have a row, others are added by hand (21b ← 21a)."""
    note: str | None = None
    children: tuple[Row, ...] = ()


class Table(Strict, frozen=True, kw_only=True, dict=True):
    """One table of a form; most forms have one, with the key ""."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: str = ""
    title: str | None = None
    stub: tuple[Column, ...] = ()
    """Label columns left of the figures, in order; the last one but units holds the row labels."""

    @cached_property
    def leaves(self) -> tuple[Column, ...]:
        """Figure and text columns, left to right, with unit, kind and levels inherited from above."""
        return tuple(_leaves(self.columns, None, None, ()))

    @cached_property
    def repeats(self) -> bool:
        """Whether it has rows for units, or such as somebody adds."""
        ahead = list(self.rows)
        while ahead:
            row = ahead.pop()
            if row.kind in ("unit", "free"):
                return True
            ahead += row.children
        return False

    @cached_property
    def leaf_by_name(self) -> dict[str, Column]:
        """The leaves by :attr:`Column.name`."""
        return {leaf.name: leaf for leaf in self.leaves}


def _leaves(
    nodes: tuple[Column, ...], unit: str | None, kind: ColumnKind | None, filled_by: tuple[str, ...]
) -> Iterator[Column]:
    for node in nodes:
        own = (node.unit or unit, node.kind or kind, node.filled_by or filled_by)
        if node.children:
            yield from _leaves(node.children, *own)
        else:
            yield msgspec.structs.replace(node, unit=own[0], kind=own[1] or "count", filled_by=own[2])


class Relation(Strict, frozen=True, kw_only=True):
    """What must hold between cells, as a sentence of the expression language."""

    rule: str
    status: RelationStatus
    severity: Severity = "error"
    source: str | None = None
    wording: str | None = None
    """A wording of its own; generated in Vietnamese from the rule where none is given."""


class Computed(Strict, frozen=True, kw_only=True):
    """A cell the program computes: ``[tong] = sum([*])``. Also a relation once it was reported by hand."""

    rule: str
    status: RelationStatus
    source: str | None = None


class Rollup(Strict, frozen=True, kw_only=True):
    """How a cell follows from the sheets of base units (design 4.3)."""

    rule: str
    status: RelationStatus = "department"
    source: str | None = None


class Provides(Strict, frozen=True, kw_only=True):
    """Which cells give a measure, so that indicators never speak of forms (design 4.5)."""

    measure: str
    cells: str
    """An expression over this form, e.g. ``[I.1]c1`` or ``c2 - c4``."""
    qualifier: str | None = None
    """A text cell that says how exact the figure is ("trên", "khoảng"), ``[I.1]c2``."""
    note: str | None = None
    comparable: bool = True
    """False: "không so sánh được" with other versions."""


class Slot(Strict, frozen=True, kw_only=True):
    """A place in a note that a person or the program fills."""

    key: str
    kind: Literal["count", "text", "date"] = "count"
    label: str = ""


class Note(Strict, frozen=True, kw_only=True):
    """A line below the table; ``{key}`` marks its slots."""

    text: str
    slots: tuple[Slot, ...] = ()


class Signature(Strict, frozen=True, kw_only=True):
    """One signer, with the line under the title; ``date_line`` stands above it."""

    title: str
    note: str | None = None
    date_line: str | None = None


class Level(Strict, frozen=True, kw_only=True):
    """Who reports to whom; one form may serve two levels with two deadlines."""

    level: str
    reporter: str
    receiver: str
    deadlines: dict[str, str] = {}
    """Printed deadline line by round ("H1", "Y1", "Y")."""
    unit_kinds: tuple[str, ...] = ()
    """Kinds of units that report at this level."""


class Print(Strict, frozen=True, kw_only=True):
    """Paper of the printed form."""

    paper: Literal["A4", "A3"] = "A4"
    landscape: bool = True


class Evidence(Strict, frozen=True, kw_only=True):
    """How well a form is known, and from where (promise 9)."""

    level: EvidenceLevel
    sources: tuple[str, ...]
    open: tuple[str, ...] = ()
    """Points no source settles; shown with the form."""


class Form(Strict, frozen=True, kw_only=True):
    """One version of one form."""

    family: str
    """What stays the same over circulars, e.g. "cc.so"; rollups and cross-form relations use it."""
    number: str
    circular: str
    area: str
    title: str
    valid_from: date
    regime: str
    rounds: tuple[str, ...]
    tables: tuple[Table, ...]
    evidence: Evidence
    valid_to: date | None = None
    scope: str | None = None
    """What the form is about, for catalogues: "tỉnh", "đơn vị"."""
    unit_of_measure: str | None = None
    period_line: str | None = None
    levels: tuple[Level, ...] = ()
    relations: tuple[Relation, ...] = ()
    computed: tuple[Computed, ...] = ()
    rollup: tuple[Rollup, ...] = ()
    provides: tuple[Provides, ...] = ()
    notes: tuple[Note, ...] = ()
    estimate: str | None = None
    """The estimate line printed below the table, where the circular has one."""
    explanations: tuple[str, ...] = ()
    """"Giải thích biểu": how columns are meant, in the circular's words."""
    signatures: tuple[Signature, ...] = ()
    print: Print = Print()

    def table(self, key: str) -> Table | None:
        """The table with ``key``."""
        return next((t for t in self.tables if t.key == key), None)

    def serves(self, period: Period, day: date) -> bool:
        """Whether this version is the one for ``period`` when it is reported on ``day``."""
        return (
            period.round in self.rounds
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    @property
    def may_be_submitted(self) -> bool:
        """An incomplete form can be looked at and completed, not submitted (promise 9)."""
        return self.evidence.level != "incomplete"


class Fault(msgspec.Struct, frozen=True):
    """One fault of a definition: where in the file, and what; ``code`` names a text of the catalogue."""

    path: str
    code: str
    params: dict[str, str] = {}
