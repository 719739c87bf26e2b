"""Carrying the content of a sheet from one version of a form to another: what goes where, and what cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.catalogue import Column, Form
from judapp.domain.comparing_forms import columns_of, compare_forms, rows_of
from judapp.domain.counterparts import pattern_of
from judapp.domain.expression.convert import factor
from judapp.domain.figure import Figure, State
from judapp.domain.form_comparison import PartChange
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.text import fold

Place = tuple[str, str]
"""Table, and the name of a column or the key of a row with ``#`` for what repeats."""


class CellMapping(Struct, frozen=True):
    """Which column and row of the newer version each of the older one becomes; what is left out is left."""

    columns: Mapping[Place, Place]
    rows: Mapping[Place, Place]

    def place(self, table: str, row: str) -> Place | None:
        """Where a row of a sheet comes to stand, with its own repeated parts; None where it has no place."""
        plan, repeated = pattern_of(row)
        there = self.rows.get((table, plan))
        if there is None:
            return None
        ahead = iter(repeated)
        segments = [next(ahead, "#") if part == "#" else part for part in there[1].split(".")]
        return there[0], ".".join(segments)

    def cell(self, key: CellKey) -> CellKey | None:
        """Where the content of a cell comes to stand; None where it has no place."""
        table, row, column = key
        place, there = self.place(table, row), self.columns.get((table, column))
        return (place[0], place[1], there[1]) if place and there and place[0] == there[0] else None


def proposed_mapping(old: Form, new: Form) -> CellMapping:
    """The columns and rows that are the same by number and labels, or by labels alone where each is the only.

    Nothing is proposed over another unit of measure, kind or number of decimals: a person may say so.
    """
    found = compare_forms(old, new)
    return CellMapping(_same(found.columns), _same(found.rows))


def _same(parts: Iterable[PartChange]) -> dict[Place, Place]:
    return {
        (part.old.table, part.old.name): (part.new.table, part.new.name)
        for part in parts
        if part.old and part.new and part.why in ("equal", "labels") and part.change != "changed"
    }


Fault = Literal["FVR-011", "FVR-012", "FVR-013", "FVR-014"]


def mapping_faults(mapping: CellMapping, old: Form, new: Form) -> Iterator[tuple[Fault, dict[str, str]]]:
    """What is wrong with a mapping, each with its parameters.

    FVR-011 a column or row neither version has, FVR-012 two that would become one, FVR-013 words and figures
    or units that do not convert, FVR-014 a repeated row that would become a fixed one or the other way.
    """
    for what, pairs, parts in (
        ("columns", mapping.columns, (columns_of(old), columns_of(new))),
        ("rows", mapping.rows, (rows_of(old), rows_of(new))),
    ):
        ours, theirs = ({(part.table, part.name): part for part in found} for found in parts)
        taken: set[Place] = set()
        for source, target in pairs.items():
            names = {"what": what, "old": _name(source), "new": _name(target)}
            one, other = ours.get(source), theirs.get(target)
            if one is None or other is None:
                yield "FVR-011", names
                continue
            if target in taken:
                yield "FVR-012", names
            taken.add(target)
            if what == "rows" and source[1].count("#") != target[1].count("#"):
                yield "FVR-014", names
            if what == "columns" and not _converts(one.kind, one.unit, other.kind, other.unit):
                yield "FVR-013", names


def _name(place: Place) -> str:
    return f"{place[0]}:{place[1]}" if place[0] else place[1]


def _converts(kind: str, unit: str | None, other_kind: str, other_unit: str | None) -> bool:
    if "text" in (kind, other_kind):
        return kind == other_kind
    if fold(unit or "") == fold(other_unit or ""):
        return True
    try:
        factor(unit or "?", other_unit or "?")
    except JudappError:
        return False
    return True


class Moved(Struct, frozen=True):
    """The content of a sheet on the newer version, and what has no place there."""

    figures: Mapping[CellKey, Figure]
    sources: Mapping[CellKey, CellKey]
    """The cell of the older version that each cell of the newer one comes from."""
    left: tuple[CellKey, ...]
    """Cells that hold something and have no place, or whose figure the new column cannot hold exactly."""


def moved(figures: Mapping[CellKey, Figure], mapping: CellMapping, old: Form, new: Form) -> Moved:
    """``figures`` where ``mapping`` puts them, nghìn đồng and đồng converted exactly, words as they are.

    Slots of notes stay under their own name where the newer version has one; signers, place and date do.
    """
    found: dict[CellKey, Figure] = {}
    sources: dict[CellKey, CellKey] = {}
    left: list[CellKey] = []
    slots = [{slot.key for note in form.notes for slot in note.slots} for form in (old, new)]
    for key, figure in figures.items():
        if key[0] == NOTES_TABLE:
            target = None if key[1] in slots[0] - slots[1] else key
            made: Figure | None = figure
        else:
            target = mapping.cell(key)
            made = target and _fitted(figure, _leaf(old, key), _leaf(new, target), old, new)
        if target is None or made is None:
            left.append(key)
        else:
            found[target], sources[target] = made, key
    return Moved(found, sources, tuple(left))


def _leaf(form: Form, key: CellKey) -> Column | None:
    table = form.table(key[0])
    return table.leaf_by_name.get(key[2]) if table else None


def _fitted(
    figure: Figure, source: Column | None, target: Column | None, old: Form, new: Form
) -> Figure | None:
    """A figure as another column holds it; None where it cannot hold it exactly."""
    if source is None or target is None:
        return None
    if figure.state is not State.NUMBER or figure.value is None:
        return figure
    units = (source.unit or old.unit_of_measure or "", target.unit or new.unit_of_measure or "")
    times = factor(*units) * 10**target.scale / 10**source.scale
    parts = [None if part is None else part * times for part in (figure.value, figure.estimate)]
    if any(part is not None and part.denominator != 1 for part in parts):
        return None
    value, estimate = (None if part is None else part.numerator for part in parts)
    return replace(figure, value=value, estimate=estimate)
