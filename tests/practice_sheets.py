"""The practice province's sheets that every way out and back is shown on, and the file that holds them."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from judapp import paths
from judapp.app import practice
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


def practice_file(path: Path, *, figures: bool = True) -> Workspace:
    """The practice file at ``path``: a copy of the one this run made."""
    path.write_bytes(_made(paths.seeds(), figures))
    return Workspace.open(path)


@cache
def _made(seeds: Path, figures: bool) -> bytes:
    """What the file holds that is made from the ``seeds`` in force."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        practice.practice_file(path, figures=figures).close()
        return path.read_bytes()
