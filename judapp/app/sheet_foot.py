"""What the program can propose for the places around a sheet's tables; nothing of it is stored by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from judapp.app.signing import PLACE_AND_DATE, SIGNERS, place_of_signing, signing_line
from judapp.app.workspace import Workspace, today
from judapp.domain.coverage import coverage
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.rows import is_within
from judapp.domain.shape import CellKey
from judapp.store import sheets
from judapp.text import fold

_OF_ALL = re.compile(r"\{(\w+)\}\s*/\s*\{(\w+)\}")
"""Two places as "từ báo cáo của {nhan}/{tong} tổ chức": how many reported, of how many."""


def proposals(workspace: Workspace, resolved: Resolved) -> dict[CellKey, str]:
    """What may stand in the empty places of a sheet, by cell: coverage, place and day, who signed last."""
    found = {
        **dict(_coverage(resolved)),
        **dict(_signers(workspace, resolved)),
    }
    if any(signer.date_line for signer in resolved.sheet.form.signatures):
        place = place_of_signing(workspace, resolved.sheet.unit, resolved.sheet.period)
        day = today()
        found[PLACE_AND_DATE] = signing_line(f"{day.day}/{day.month}/{day.year}", place)
    return {(NOTES_TABLE, slot, ""): words for slot, words in found.items()}


def _coverage(resolved: Resolved) -> Iterator[tuple[str, str]]:
    pairs = [pair for note in resolved.sheet.form.notes for pair in _OF_ALL.findall(note.text)]
    if not pairs:
        return
    known = coverage(resolved, resolved.plan.rollup) or _rows_of_units(resolved)
    if known is None or not known[1]:
        return
    for reported, expected in pairs:
        yield reported, str(known[0])
        yield expected, str(known[1])


def _rows_of_units(resolved: Resolved) -> tuple[int, int] | None:
    """Rows of units with a figure, of all there are, where the form has a row for each unit."""
    answered = {key[:2] for key, figure in resolved.sheet.figures.items() if figure.answered}
    rows = [(table, row.key) for table, found in resolved.rows.items() for row in found if row.unit]
    if not rows:
        return None
    begun = sum(any(at == table and is_within(key, row) for at, key in answered) for table, row in rows)
    return begun, len(rows)


def _signers(workspace: Workspace, resolved: Resolved) -> Iterator[tuple[str, str]]:
    """Who signed in the same place of the newest sheet of this unit, by the title on the form."""
    by_title: dict[str, str] = {}
    for form, slot, words in sheets.around(workspace.file, resolved.sheet.unit):
        titles = {f"{SIGNERS}{n}": s.title for n, s in enumerate(workspace.version(form).form.signatures, 1)}
        if slot in titles:
            by_title.setdefault(fold(titles[slot]), words)
    for number, signer in enumerate(resolved.sheet.form.signatures, start=1):
        if fold(signer.title) in by_title:
            yield f"{SIGNERS}{number}", by_title[fold(signer.title)]
