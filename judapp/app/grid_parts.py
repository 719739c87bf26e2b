"""Parts of a sheet's view beside its tables: findings with places to jump to, notes with slots, the state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from judapp.app.checking import cell_of, message
from judapp.app.grid_view import CHECKED, DRAFT, ERRORS, MISSING, FindingView, NoteView, SlotView
from judapp.app.signing import PLACE_AND_DATE, SIGNERS
from judapp.app.workspace import OPEN_STATES
from judapp.domain.catalogue import Form, Severity
from judapp.domain.checking import Broken
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding
from judapp.domain.layout import note_text
from judapp.domain.names import SheetNames
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.shape import CellKey

_MOST_JUMPS = 4
"""Buttons beside a finding; a sum of a hundred rows is looked at in the grid."""


def finding_view(
    resolved: Resolved, names: SheetNames, finding: Finding, broken: Broken | None, drawn: int, lang: str
) -> FindingView:
    """A finding in words; ``broken`` is the relation behind it, if it is one's, ``drawn`` the rows along."""
    cell = cell_of(finding)
    return FindingView(
        finding.code,
        finding.severity,
        message(finding, lang),
        names.cell(cell).in_language(lang) if cell else "",
        cell,
        _jumps(resolved, names, cell, broken.cells if broken else ()),
        drawn,
    )


def _jumps(
    resolved: Resolved, names: SheetNames, at: CellKey | None, cells: Iterable[CellKey]
) -> tuple[tuple[str, CellKey], ...]:
    """The cells a relation names, each once: by column in the row of the finding, by row in its column."""
    found: dict[CellKey, str] = {}
    for key in cells:
        if key not in resolved.plan.spots or key in found:
            continue
        if len(found) == _MOST_JUMPS:
            break
        code, label = names.column_name("", key[0], key[2])
        number, words = names.row_name("", key[0], key[1])
        column = f"({code})" if code else label
        row = number or words
        if at is not None and key[1] == at[1]:
            found[key] = column
        else:
            found[key] = row if at is not None and key[2] == at[2] else f"{row} {column}"
    return tuple((name, key) for key, name in found.items())


def note_views(form: Form, figures: Mapping[CellKey, Figure]) -> Iterator[NoteView]:
    """The notes of a form with what was filled into their slots."""
    for note in form.notes:
        marks = {slot.key: f"\x00{slot.key}\x00" for slot in note.slots}
        slots = {slot.key: slot for slot in note.slots}
        parts: list[str | SlotView] = []
        for at, piece in enumerate(note_text(note, marks).split("\x00")):
            if at % 2 and piece in slots:
                key = (NOTES_TABLE, piece, "")
                figure = figures.get(key)
                parts.append(SlotView(key, slots[piece].label, (figure.text if figure else "") or ""))
            elif piece:
                parts.append(piece)
        yield NoteView(tuple(parts))
    if form.estimate:
        yield NoteView((form.estimate,), "estimate")
    if form.signatures:
        yield NoteView(tuple(_signing(form, figures)), "sign")


def _signing(form: Form, figures: Mapping[CellKey, Figure]) -> Iterator[SlotView]:
    """Place and day where the form has a line for them, then each signer by the title printed."""
    slots = [(PLACE_AND_DATE, "")] if any(signer.date_line for signer in form.signatures) else []
    slots += [(f"{SIGNERS}{at}", signer.title) for at, signer in enumerate(form.signatures, start=1)]
    for slot, label in slots:
        key = (NOTES_TABLE, slot, "")
        figure = figures.get(key)
        yield SlotView(key, label, (figure.text if figure else "") or "")


def state_of(stored: str, resolved: Resolved, counts: Counter[Severity], *, owing: bool) -> str:
    """The state of a sheet as it is shown; ``stored`` is that of the file, "" for a sheet not begun.

    ``owing``: a cell is not answered, or holds a figure nobody confirmed.
    """
    if stored and stored not in OPEN_STATES:
        return stored
    if not resolved.begun:
        return MISSING
    if counts["error"]:
        return ERRORS
    return DRAFT if owing or counts["explain"] else CHECKED
