"""Why a workbook is not read (FIL-003), in words: what is wrong with it, where, and by how much."""

from __future__ import annotations

from collections.abc import Collection

from judapp.errors import JudappError
from judapp.messages import bilingual

MAX_SHEETS = 1000
"""Visible worksheets of a workbook: six forms of every commune of a province are fewer."""


def unread(why: str = "RDG-damaged", /, **params: object) -> JudappError:
    """FIL-003 with its reason: ``why`` names a text of resources/messages/reading.json."""
    return JudappError("FIL-003", reason=bilingual(why, **params))


def too_many_cells(limit: int) -> JudappError:
    """FIL-003 for more than ``limit`` cells with content."""
    return unread("RDG-cells", limit=limit)


def refuse_repeated(places: Collection[object]) -> None:
    """FIL-003 for too many worksheets by their ``places``, or several at one: they would take minutes."""
    if len(places) > MAX_SHEETS:
        raise unread("RDG-sheets", count=len(places), limit=MAX_SHEETS)
    if len(set(places)) < len(places):
        raise unread("RDG-same-sheet")


def damaged(part: str) -> JudappError:
    """FIL-003 for a workbook whose ``part`` is damaged."""
    return unread("RDG-inside", part=part.lstrip("/"))
