"""Figures that only stand in for the ones to come: taken over from another round, until somebody says so.

A cell filled like that carries a remark that names the round and the figure it got. It stands until the
cell is typed into, changed otherwise, or confirmed; till then the sheet is neither checked nor may it be
submitted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from judapp.domain.checking import place_of
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.store import remarks
from judapp.store.database import DataFile
from judapp.store.operations import Writer, new_uid

STAND_IN = "draft"
"""Kind of the remark on a cell filled from another round; its text is the code of that round."""
UNCONFIRMED = "DRA-001"
"""Code of the finding at such a cell."""


def marks_of(file: DataFile, sheet: int) -> dict[CellKey, remarks.Remark]:
    """The marks of the cells of a sheet, also of those changed since."""
    kept = remarks.of_sheet(file, sheet)
    return {mark.cell: mark for mark in kept if mark.kind == STAND_IN and mark.cell is not None}


def findings_of_drafts(
    resolved: Resolved, marks: Mapping[CellKey, remarks.Remark], unit_code: str
) -> Iterator[Finding]:
    """One finding for each cell that still holds the figure it was filled with, in printed order."""
    if marks:
        yield from filter(None, (draft_at(resolved, key, marks, unit_code) for key in resolved.plan.spots))


def draft_at(
    resolved: Resolved, key: CellKey, marks: Mapping[CellKey, remarks.Remark], unit_code: str
) -> Finding | None:
    """That the cell ``key`` still holds the figure it was filled with."""
    mark = marks.get(key)
    if mark is None or mark.seen != seen_as(resolved.sheet.figures.get(key)):
        return None
    period = Period.parse(mark.text).name
    return Finding(UNCONFIRMED, "warning", place_of(resolved, unit_code, key), {"period": period})


def unconfirmed(found: Iterable[Finding]) -> int:
    """How many cells of a sheet with these findings are not confirmed yet."""
    return sum(finding.code == UNCONFIRMED for finding in found)


def mark(writer: Writer, sheet: int, figures: Mapping[CellKey, Figure], period: Period) -> None:
    """Mark cells as filled with ``figures`` of ``period``."""
    for key, figure in figures.items():
        seen = seen_as(figure)
        remarks.put(writer, new_uid(), sheet, period.code, kind=STAND_IN, cell=key, seen=seen)


def settle(writer: Writer, sheet: int, keys: Collection[CellKey]) -> None:
    """Take the marks of ``keys`` away: somebody answered them."""
    for key, kept in marks_of(writer.file, sheet).items():
        if key in keys:
            remarks.remove(writer, kept.uid)


def seen_as(figure: Figure | None) -> str:
    """A figure as its mark keeps it, without the part that is estimated."""
    if figure is None:
        return ""
    return " ".join(filter(None, (figure.state.name, "" if figure.value is None else str(figure.value))))
