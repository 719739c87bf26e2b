"""What a person chose once for a sender's files: the unit of a printed name, the columns of a look.

Written with the import that used it (and undone with it), used again with a finding that says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from judapp.app.import_candidates import Candidate
from judapp.app.workspace import Workspace
from judapp.excel.columns import TableLook
from judapp.excel.header import TableColumns
from judapp.store import imports
from judapp.store.operations import Writer
from judapp.text import clean

ANYONE = ""
_CONTESTED = "null"
"""What stands for anyone where two senders mean different columns by one look."""


class _Unit(Struct, frozen=True):
    unit: str


class _Columns(Struct, frozen=True):
    """Columns counted from the leftmost of the table, rows from the last of its head: a table may move."""

    columns: tuple[tuple[int, str], ...]
    stubs: tuple[tuple[int, int], ...]
    absent: tuple[str, ...]
    below: int


def _name_signature(printed: str) -> str:
    return f"unit:{clean(printed).casefold()}"


def _look_signature(form: str, look: TableLook) -> str:
    return f"columns:{form}:{look.signature}"


def unit_chosen(workspace: Workspace, printed: str) -> str | None:
    """The uid chosen for exactly this printed name before."""
    kept = imports.mapping(workspace.file, ANYONE, _name_signature(printed))
    return msgspec.json.decode(kept, type=_Unit).unit if kept else None


def columns_chosen(
    workspace: Workspace, sender: str, form: str, looks: Sequence[TableLook]
) -> tuple[TableColumns, ...]:
    """The pairings of those tables that were paired before: for this sender, else for anyone.

    ``form`` is the digest of the version: a new version is paired anew.
    """
    found = []
    for look in looks:
        signature = _look_signature(form, look)
        kept = imports.mapping(workspace.file, sender, signature)
        kept = kept or imports.mapping(workspace.file, ANYONE, signature)
        if not look.row or kept in (None, _CONTESTED):
            continue
        chosen = msgspec.json.decode(kept or "", type=_Columns)
        first = look.first
        found.append(
            TableColumns(
                look.table,
                look.row + chosen.below,
                tuple((column + first, name) for column, name in chosen.columns),
                tuple((column + first, index) for column, index in chosen.stubs),
                chosen.absent,
            )
        )
    return tuple(found)


def memory_of(
    candidate: Candidate, printed: str, form: str, looks: Sequence[TableLook]
) -> tuple[tuple[str, str, str], ...]:
    """What to keep of a decision that is to hold on: sender, signature, mapping."""
    decision, unit = candidate.decision, candidate.unit
    if not decision.remember or unit is None:
        return ()
    found: list[tuple[str, str, str]] = []
    if decision.unit is not None and printed:
        found.append((ANYONE, _name_signature(printed), _words(_Unit(decision.unit))))
    for own in decision.columns:
        look = next((look for look in looks if look.table == own.table and look.columns), None)
        if look is None:
            continue
        first = look.first
        kept = _Columns(
            tuple((column - first, name) for column, name in own.columns),
            tuple((column - first, index) for column, index in own.stubs),
            own.absent,
            own.row - look.row,
        )
        found += [(sender, _look_signature(form, look), _words(kept)) for sender in (unit.uid, ANYONE)]
    return tuple(found)


def _words(kept: Struct) -> str:
    return msgspec.json.encode(kept).decode()


def keep_choices(writer: Writer, candidates: Sequence[Candidate]) -> None:
    """Write what the decisions of an import are to be remembered by; part of its operation."""
    for candidate in candidates:
        for sender, signature, mapped in candidate.memory:
            kept = imports.mapping(writer.file, sender, signature)
            contested = sender == ANYONE and signature.startswith("columns:") and kept not in (None, mapped)
            imports.remember_mapping(writer, sender, signature, _CONTESTED if contested else mapped)
