"""The history as people read it: who did what when, and what may be taken back alone."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from judapp.app.workspace import FOUNDING, Workspace
from judapp.store import history

LATEST = 500


class Entry(Struct, frozen=True):
    """One act of the history."""

    id: int
    at: datetime
    """UTC."""
    who: str
    label: str
    reason: str | None
    undone: bool
    undoable: bool


def entries(workspace: Workspace, limit: int = LATEST) -> tuple[Entry, ...]:
    """The newest acts, newest first."""
    return tuple(
        Entry(
            record.id,
            datetime.fromisoformat(record.at),
            record.who,
            record.label,
            record.reason,
            record.undone,
            not (workspace.file.read_only or record.undone or record.undoes or record.kind in FOUNDING),
        )
        for record in history.operations(workspace.file, limit)
    )
