"""Notes at cells: what somebody wants to remember of a figure, asked for by no finding (Excel's notes)."""

from __future__ import annotations

from judapp.app.entering import apply_to, entry_place, short_name
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import remarks
from judapp.store.operations import Applied, Writer, new_uid
from judapp.store.remarks import Remark
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import clean

NOTE = "note"
"""Kind of a remark that answers no finding: it goes into no report and blocks nothing."""


def notes_of(workspace: Workspace, stored: StoredSheet) -> dict[CellKey, str]:
    """The notes written at the cells of a sheet."""
    kept = remarks.of_sheet(workspace.file, stored.id)
    return {r.cell: r.text for r in kept if r.kind == NOTE and r.cell is not None}


def note_of(workspace: Workspace, sheet: int, key: CellKey) -> Remark | None:
    """The note at one cell, with the operation that wrote it."""
    kept = [r for r in remarks.of_sheet(workspace.file, sheet) if r.kind == NOTE and r.cell == key]
    return kept[-1] if kept else None


def note_cell(
    workspace: Workspace, number: str, unit: Unit, period: Period, key: CellKey, words: str
) -> Applied:
    """Write the note of a cell, or write it anew; without words it is taken away.

    One operation, which begins the sheet where nothing was entered yet. Raises FRM-001/002, ADR-002 (no such
    cell), STA-002.
    """
    place = entry_place(workspace, number, unit, period)
    if key not in place.plan.spots:
        raise JudappError("ADR-002", form=place.version.form.number, address=f"[{key[1]}]c{key[2]}")
    former = note_of(workspace, place.sheet, key) if place.sheet is not None else None
    said = clean(words)
    if not said and former is None:
        return Applied()
    verb = "Ghi chú" if said else "Bỏ ghi chú"

    def build(writer: Writer, own: int) -> None:
        if said:
            remarks.put(writer, former.uid if former else new_uid(), own, said, kind=NOTE, cell=key)
        elif former is not None:
            remarks.remove(writer, former.uid)

    name = f"{verb} ô {short_name(place.plan, key)}, biểu {place.version.form.number}"
    return apply_to(workspace, place, "note", name, build)
