"""Which row of a form a line of a worksheet is: by its label, near the row found last, never by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from judapp.domain.catalogue import Table
from judapp.domain.rows import OwnRow, SheetRow, free_key
from judapp.text import clean, fold

_NUMBERED = re.compile(r"\s*([IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s+(.*)", re.IGNORECASE | re.DOTALL)
_COUNTED = re.compile(r"\d+(?:\.\d+)*[.)]\s*(\D.*)", re.DOTALL)


class RowFinder:
    """The rows of one table of a sheet, and which of them were found so far."""

    def __init__(self, rows: Sequence[SheetRow], table: Table) -> None:
        """``rows`` are those of the sheet; ``table`` says where rows may be added."""
        self.rows = rows
        self.astray = False
        """Whether the row above is not of the form, so that a "- Nam" may be of something else."""
        self._plans = table.rows
        self._labelled: dict[str, list[SheetRow]] = {}
        for row in rows:
            self._labelled.setdefault(plain_label(row.label), []).append(row)
        self._kinds = {row.key: row.kind for row in rows}
        self._free = self._free_parents(table)
        self._seen: set[str] = set()
        self._last = ""
        self._added = 0

    def _free_parents(self, table: Table) -> set[str]:
        """Keys of the rows under which rows of the reporter's own may stand; "" at the top."""
        found = {"" for row in table.rows if row.kind == "free"}
        for row in self.rows:
            if row.kind != "free" and any(child.kind == "free" for child in row.plan.children):
                found.add(row.key)
        return found

    def knows(self, text: str) -> bool:
        """Whether a text is the label of a row, with its number before it or without."""
        if plain_label(text) in self._labelled:
            return True
        inner = _NUMBERED.match(text)
        return bool(inner and plain_label(inner[2]) in self._labelled)

    def found(self, row: SheetRow) -> None:
        """Remember that the line just read is ``row``: the next ones are looked for near it."""
        self._seen.add(row.key)
        self._last = row.key
        self.astray = row.kind == "free" and row.key not in self._kinds

    def stands_alone(self, found: SheetRow) -> bool:
        """Whether the label of a row names it, whatever stands above: none other has it, no unit owns it."""
        steps = found.key.split(".")
        above = (".".join(steps[:at]) for at in range(1, len(steps)))
        owned = any(self._kinds.get(key) in ("unit", "free") for key in above)
        fresh = found.kind == "free" and found.key not in self._kinds
        return fresh or (not owned and len(self._labelled.get(plain_label(found.label), ())) == 1)

    def find(self, number: str, label: str) -> tuple[SheetRow | None, bool]:
        """The plan's row and whether its label is the one printed.

        The label decides, the printed number among rows of the same label; near the row found last first, for
        numbering and labels ("- Nam") come again in every group.
        """
        inner = _NUMBERED.match(label) if not number else None
        if inner is not None:
            number, label = inner[1], inner[2]
        wanted = fold(label).strip(" -–+:")
        same = self._labelled.get(wanted, []) if wanted else []
        numbered = [row for row in same if number and row.number == number.strip(" .)")]
        nearest = self._nearest(numbered or same)
        if nearest is not None:
            return nearest, True
        if inner is not None:  # "I. Thừa phát lại" may be a label as it stands
            whole = self._labelled.get(fold(f"{inner[0]}").strip(), [])
            if whole:
                return self._nearest(whole), True
        by_number = [r for r in self.rows if number and r.number == number.strip(" .)") and r.kind != "unit"]
        return self._nearest([row for row in by_number if row.key not in self._seen or not label]), not label

    def _nearest(self, rows: list[SheetRow]) -> SheetRow | None:
        """The row closest to the one found last: below, beside, beside its groups; unseen ones first."""
        if not rows:
            return None
        parts = self._last.split(".") if self._last else []

        def distance(row: SheetRow) -> tuple[bool, int]:
            own = row.key.split(".")
            common = 0
            while common < min(len(own) - 1, len(parts)) and own[common] == parts[common]:
                common += 1
            return row.key in self._seen, -common

        return min(rows, key=distance)

    def own_row(self, label: str, *, numbered: bool) -> tuple[OwnRow, SheetRow] | None:
        """A row of the reporter's own, where the plan lets rows be added; None where it does not.

        ``numbered`` tells that numbers stand before the labels: they are printed anew, and are no part of it.
        """
        if not any(sign.isalpha() for sign in label):
            return None
        parents = [
            key for key in self._free if key == "" or self._last == key or self._last.startswith(f"{key}.")
        ]
        if not parents:
            return None
        parent = max(parents, key=len)
        plans = self._plans if not parent else next(r for r in self.rows if r.key == parent).plan.children
        plan = next(child for child in plans if child.kind == "free")
        self._added += 1
        known = sum(row.kind == "free" for row in self.rows)
        name = clean(label)
        if numbered and (counted := _COUNTED.match(name)):
            name = counted[1]
        own = OwnRow(free_key(parent), parent, known + self._added, None, name)
        return own, SheetRow(own.key, "free", own.label, None, 0, plan, None, frozenset(plan.only) or None)


@lru_cache(8192)  # the same labels stand in the workbook of every unit
def plain_label(label: str) -> str:
    """A label as it is compared: folded, without the signs around it."""
    return fold(label).strip(" -–+:")
