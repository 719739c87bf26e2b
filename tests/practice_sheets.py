"""The practice province's sheets that every way out and back is shown on, and the file that holds them."""

from __future__ import annotations

from judapp.app.practice import practice_file

__all__ = ["SHEETS", "practice_file"]

SHEETS = [
    ("11c", "2012-Y"),
    ("13a/BTP/HTQTCT/HT", "2018-Y"),
    ("12b/BTP/BTTP/CC", "2025-H1"),
    ("17c/BTP/HTQTCT/CT", "2024-Y"),
    ("10b/TP/CC", "2026-H1"),
    ("21b/TP/HTPLDN", "2026-H1"),
    ("TH-13", "2026-H1"),
]
