"""What a form itself says of a column or row: which of its explanations (Giải thích biểu) speak of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from judapp.domain.catalogue import Form
from judapp.domain.rows import SheetRow
from judapp.text import fold

_COLUMNS = re.compile(r"\bcot\b(?:\s+so)?((?:\s*(?:\(\w+\)|,|;|va|den|[-–—]))+)")
"""The numbers behind "cột": "cột (20), (21) và (22)", "cột (3) đến (6)"; folded."""
_PART = re.compile(r"\((\w+)\)|(den|[-–—])")
_ROWS = re.compile(r"\b(?:dong|muc)\s+((?:[ivxlc]+|\d+)(?:\.\w+)*)\b")


def explanations_of(form: Form, path: Iterable[str], code: str | None, row: SheetRow) -> Iterator[str]:
    """The explanations of ``form`` that name the column ``code`` or one of its heads ``path``, or ``row``.

    Also what the definition notes at the row and the column themselves. A line that names no column, no row
    and no label speaks of the whole form and is not repeated at every cell.
    """
    labels = {_bare(label) for label in (*path, row.label) if label}
    for line in form.explanations:
        folded = fold(line)
        columns, rows = columns_named(folded), [found.group(1) for found in _ROWS.finditer(folded)]
        subject = _bare(line.partition(":")[0]) if ":" in line else ""
        if columns:
            named = code is not None and fold(code) in columns
        elif rows:
            named = fold(row.key) in rows
        else:
            named = bool(subject) and subject in labels
        if named:
            yield line
    if row.plan.note:
        yield row.plan.note


def columns_named(folded: str) -> set[str]:
    """The printed numbers of the columns a folded sentence names: "cot (3) den (6)" are 3, 4, 5, 6."""
    found: set[str] = set()
    for group in _COLUMNS.finditer(folded):
        last, to = "", False
        for number, until in _PART.findall(group.group(1)):
            if until:
                to = True
                continue
            if to and last.isdigit() and number.isdigit():
                found.update(str(between) for between in range(int(last), int(number)))
            found.add(number)
            last, to = number, False
    return found


def _bare(label: str) -> str:
    """A label without its number, unit and case: "1. Cán bộ tư pháp (người)" is "can bo tu phap"."""
    words = re.sub(r"\([^()]*\)", " ", fold(label))
    return re.sub(r"^\W*(?:(?:[ivxlc]+|\d+)[.)]\s*)?", "", words).strip(" .-–")
