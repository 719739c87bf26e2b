"""What one version of a form has that another has not: columns, rows, rules, deadlines, words.

Two columns or rows are taken for one another only for a reason that is told (``why``): both versions say that
they give the same measure, or number and labels are equal, or the labels alone, or the number with labels
most of whose words are the same. Everything else was added or removed: a likeness of names decides nothing
("hòa giải thành", "hòa giải không thành").
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Change = Literal["same", "moved", "renumbered", "renamed", "changed", "added", "removed"]
"""The gravest thing that happened, in this order: ``moved`` stands elsewhere, ``renumbered`` has another
printed number, ``renamed`` other words, ``changed`` another unit of measure, kind or number of decimals."""

Why = Literal["", "measure", "equal", "labels", "number"]
"""Why two parts are one: the same measure is declared for both; equal number and labels; equal labels; equal
number and most words. "" where there is no pair."""


class Difference(Struct, frozen=True):
    """One field that differs, as printed; "" where a version has none.

    Of columns and rows ``field`` is one of place, code, label, above, unit, kind, scale. Of the whole form it
    is the name of the definition's field (title, circular, valid_from …), with ``levels.so.receiver`` and
    ``levels.so.deadlines.H1`` for what stands in the header blocks.
    """

    field: str
    old: str
    new: str


class Part(Struct, frozen=True):
    """A column or a row as one version has it."""

    table: str
    name: str
    """What addresses call it: a column's name, or a row's key, with ``#`` for repeated rows."""
    code: str | None
    """The printed number, None where none is printed."""
    path: tuple[str, ...]
    """Labels from the topmost down to its own."""
    place: int
    """How many columns (or rows) of its table come before it."""
    unit: str | None
    kind: str
    scale: int | None = None

    @property
    def label(self) -> str:
        """Its own words."""
        return self.path[-1] if self.path else ""


class PartChange(Struct, frozen=True):
    """A column or a row over the two versions; ``old`` is None for one that was added, ``new`` removed."""

    change: Change
    old: Part | None
    new: Part | None
    why: Why = ""
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    """What the definitions say about comparing the two (notes of the measures they give)."""


class RuleChange(Struct, frozen=True):
    """A relation, computed cell, rollup rule or measure that only one version has, or whose standing differs.

    ``what`` names the list of the definition; a rule in both has ``old`` and ``new`` and differs in
    ``differences`` (status, severity, or for ``provides`` the cells, note, comparable).
    """

    what: Literal["relations", "computed", "rollup", "provides"]
    change: Literal["added", "removed", "changed"]
    old: str | None
    new: str | None
    differences: tuple[Difference, ...] = ()


class LineChange(Struct, frozen=True):
    """A printed line that only one version has: of notes, explanations or signers."""

    what: Literal["notes", "explanations", "signatures"]
    change: Literal["added", "removed"]
    text: str


class FormComparison(Struct, frozen=True):
    """Everything that differs between two versions, and every column and row, also those that stayed.

    ``columns`` and ``rows`` come in the order of the newer version, each removed one behind the part it
    followed in the older.
    """

    head: tuple[Difference, ...]
    """Fields of the whole form, with reporter, receiver and deadlines."""
    columns: tuple[PartChange, ...]
    rows: tuple[PartChange, ...]
    rules: tuple[RuleChange, ...]
    lines: tuple[LineChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.head or self.rules or self.lines) and all(
            part.change == "same" for part in (*self.columns, *self.rows)
        )

    @property
    def deadlines(self) -> tuple[Difference, ...]:
        """The part of ``head`` that is about deadlines."""
        return tuple(found for found in self.head if ".deadlines." in found.field)
