"""Units in groups: by the district they once belonged to, or by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from judapp.ui.texts import t

if TYPE_CHECKING:
    from judapp.app.board import Line, UnitBoard

NONE, AREA, KIND = "none", "area", "kind"
GROUP_NAMES = {NONE: "BOP-group-none", AREA: "BOP-group-area", KIND: "BOP-group-kind"}
_KINDS = {"commune": "BOP-kind-commune", "notary": "BOP-kind-notary", "agency": "BOP-kind-agency"}


def offered(board: UnitBoard) -> list[str]:
    """The ways the units of a board can be grouped."""
    found = [NONE]
    if any(line.area for line in board.lines):
        found.append(AREA)
    if len({line.kind for line in board.lines}) > 1:
        found.append(KIND)
    return found


def grouped(board: UnitBoard, wanted: str) -> str:
    """The way that is wanted where it is offered, else the best there is."""
    ways = offered(board)
    return wanted if wanted in ways else ways[-1]


def in_groups(lines: Sequence[Line], group: str) -> list[Line | str]:
    """The lines with the head of each group before its own; in their order where they are not grouped."""
    if group == NONE:
        return list(lines)
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        kind = t(_KINDS.get(line.kind, "BOP-kind-other"))
        name = kind if group == KIND else line.area or t("BOP-area-unknown")
        by_name.setdefault(name, []).append(line)
    rows: list[Line | str] = []
    for name, own in by_name.items():
        complete = sum(line.complete for line in own)
        rows += [t("BOP-group-head", name=name, done=complete, total=len(own)), *own]
    return rows
