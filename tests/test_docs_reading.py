"""What docs/reading-files.md says of limits is what the program holds."""

from __future__ import annotations

from pathlib import Path

from judapp.app.reading_files import Limits
from judapp.excel import faults, grid, package, reader

PAGE = Path(__file__).parents[1] / "docs" / "reading-files.md"


def test_the_limits_told_are_those_that_hold() -> None:
    told = PAGE.read_text(encoding="utf-8")
    limits = Limits()
    for words in (
        f"| {reader.MAX_UNPACKED >> 20} MB |",
        f"| {package._MAX_PARTS:,} |",
        f"| {faults.MAX_SHEETS:,}, no two",
        f"| {grid.MAX_CELLS:,} |",
        f"row {grid.MAX_ROW:,}, column {grid.MAX_COLUMN:,} |",
        f"| {limits.seconds:.0f} seconds |",
        f"| {limits.memory >> 20} MB |",
    ):
        assert words in told, words
    assert all(suffix in told for suffix in reader.SUFFIXES)
