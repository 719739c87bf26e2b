"""Handing a sheet in: what blocks it, and the frozen copy that is kept."""

from __future__ import annotations

import msgspec

from judapp.app.checking import findings_of
from judapp.app.drafts import unconfirmed
from judapp.app.entering import begun
from judapp.app.workspace import Workspace, now
from judapp.domain.number import plain
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import sheets, snapshots
from judapp.store.documents import keep
from judapp.store.operations import Applied, Writer
from judapp.store.snapshots import Snapshot
from judapp.text import clean

DRAFT, SUBMITTED = "draft", "submitted"


def submit(workspace: Workspace, number: str, unit: Unit, period: Period) -> Applied:
    """Submit a sheet: from now on its figures cannot change; a frozen copy of every resolved cell is kept.

    Raises STA-003 (incomplete form), STA-001 (errors, missing reasons, unanswered cells, each counted),
    DRA-002 (figures of another round nobody confirmed), STA-002 (submitted already), STA-004 (not begun).
    """
    version, _, sheet = begun(workspace, number, unit, period)
    if not version.form.may_be_submitted:
        raise JudappError("STA-003", form=version.form.number)
    stored = sheets.get(workspace.file, sheet)
    resolved = workspace.resolved(version.id, unit.uid, period)
    assert resolved is not None  # begun() found it
    found = findings_of(workspace, stored)
    errors = sum(f.severity == "error" for f in found)
    reasons = sum(f.severity == "explain" for f in found)
    empty = len(resolved.unanswered)
    if errors or reasons or empty:
        raise JudappError("STA-001", errors=errors, reasons=reasons, empty=empty)
    if drafts := unconfirmed(found):
        raise JudappError("DRA-002", n=drafts)
    revision = stored.revision + 1

    def build(writer: Writer) -> None:
        payload = keep(writer, payload_of(workspace, resolved), None)
        sheets.set_state(writer, sheet, SUBMITTED, revision)
        snapshots.put(writer, Snapshot(sheet, revision, SUBMITTED, now(), None, payload, None))

    label = f"Trình duyệt biểu {version.form.number}"
    return workspace.apply("submit", label, build, touches=[sheet], sheet=sheet)


def give_back(workspace: Workspace, number: str, unit: Unit, period: Period, reason: str) -> Applied:
    """Return a submitted sheet for changes; the frozen copy stays. Raises ENT-002 (no reason), STA-004."""
    if not clean(reason):
        raise JudappError("ENT-002")
    version, _, sheet = begun(workspace, number, unit, period)

    def build(writer: Writer) -> None:
        sheets.set_state(writer, sheet, DRAFT)

    label = f"Trả lại biểu {version.form.number}"
    return workspace.apply("return", label, build, reason=clean(reason), sheet=sheet)


def payload_of(workspace: Workspace, resolved: Resolved) -> bytes:
    """Every cell as it was reckoned, with its origin, and the head of the history it was reckoned from."""
    sheet = resolved.sheet
    return msgspec.json.encode(
        {
            "form": sheet.form.number,
            "circular": sheet.form.circular,
            "unit": sheet.unit,
            "period": sheet.period.code,
            "from": sheet.span.start,
            "to": sheet.span.end,
            "head": workspace.file.meta("head"),
            "cells": [
                {
                    "cell": list(key),
                    "state": cell.figure.state.name,
                    "origin": cell.origin,
                    "value": None if cell.value.number is None else plain(cell.value.number, 15),
                    "estimate": cell.figure.estimate,
                    "text": cell.figure.text,
                }
                for key, cell in resolved.cells.items()
            ],
        }
    )
