"""The practice province's sheets that every way out and back is shown on, and the file that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from judapp.app.founding import new_file
from judapp.app.practice import load_practice
from judapp.app.workspace import Workspace

SHEETS = [
    ("11c", "2012-Y"),
    ("13a/BTP/HTQTCT/HT", "2018-Y"),
    ("12b/BTP/BTTP/CC", "2025-H1"),
    ("17c/BTP/HTQTCT/CT", "2024-Y"),
    ("10b/TP/CC", "2026-H1"),
    ("21b/TP/HTPLDN", "2026-H1"),
    ("TH-13", "2026-H1"),
]


@contextmanager
def practice_file(path: Path, *, figures: bool = True) -> Iterator[Workspace]:
    """A practice file that knows the units; with figures in every form unless told otherwise."""
    with new_file(path, "40", date(2024, 6, 30), practice=True) as workspace:
        load_practice(workspace, figures=figures)
        yield workspace
