"""Where form, unit and period of a worksheet were read, so that a person sees why it was taken as that."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from judapp.messages import text

Source = Literal["cell", "file", "sheet", "columns", "days", "memory", "template", "hand", "wish"]
"""A cell, the file's name, the sheet's name, the columns, printed days, what a person chose for such a file
before, hidden names of our own template, what a person said of this worksheet, what was said of all files."""


ASKS_UNIT = ("MAP-002", "MAP-006", "MAP-035", "MAP-046")
ASKS_PERIOD = ("MAP-007", "MAP-009", "MAP-037", "MAP-038", "MAP-042")
"""Findings after which a person says of which unit, for which period a worksheet is."""


class Evidence(Struct, frozen=True):
    """Where one thing was read, and the words that stood there."""

    source: Source
    text: str = ""
    cell: str = ""
    """The worksheet cell of the words, for :data:`Source` ``cell`` and ``days``."""


def evidence_text(evidence: Evidence, lang: str = "vi") -> str:
    """“ở ô A3”, “theo tên tệp”, “như lần trước”."""
    codes: dict[Source, str] = {
        "cell": "RCG-at-cell",
        "file": "RCG-in-file-name",
        "sheet": "RCG-in-sheet-name",
        "columns": "RCG-by-columns",
        "days": "RCG-by-days",
        "memory": "RCG-as-before",
        "template": "RCG-by-template",
        "hand": "RCG-by-hand",
        "wish": "RCG-for-all-files",
    }
    return text(codes[evidence.source], lang, cell=evidence.cell)
