"""A text file of separated values: which letters, which separator; every cell is text as it stands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from judapp.errors import JudappError
from judapp.excel.faults import too_many_cells, unread
from judapp.excel.grid import MAX_CELLS, MAX_COLUMN, MAX_ROW, GridCell, GridSheet, SheetDraft, cell_text
from judapp.excel.letters import legacy_charset

_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_SEPARATORS = ";\t,"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENCODINGS = ("utf-8", "cp1258", "cp1252", "latin-1")
_LOOKED_AT = 50
"""Lines that decide about the separator."""
_LOOKED_AT_LETTERS = 20_000
"""Signs of a text that decide whether its letters are those of a legacy font."""


def read_csv(content: bytes, path: Path) -> list[GridSheet]:
    """The only sheet, named after the file.

    Raises FIL-002 for a text whose name promises no table and which is none, or what is no text at all;
    FIL-005 for web pages and XML that Excel opens under a workbook's name.
    """
    text = decoded(content)
    start = text.lstrip()[:1000].casefold()
    if start.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<style")):
        raise JudappError("FIL-005", suffix="HTML")
    if start.startswith("<?xml"):
        raise JudappError("FIL-005", suffix="XML")
    separator = separator_of(text)
    if path.suffix.lower() not in _TEXT_SUFFIXES and not _is_table(text, separator):
        raise JudappError("FIL-002", kind="văn bản")
    draft = SheetDraft(path.stem)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for at, row in enumerate(rows, start=1):
        if at > MAX_ROW or len(row) > MAX_COLUMN:
            raise unread("RDG-beyond", rows=MAX_ROW, columns=MAX_COLUMN)
        if len(draft.cells) + len(row) > MAX_CELLS:
            raise too_many_cells(MAX_CELLS)
        for column, cell in enumerate(row, start=1):
            if cell:
                draft.cells[at, column] = GridCell(cell_text(cell))
    return [draft.done()]


def decoded(content: bytes) -> str:
    """The text, in the encoding its first bytes name or else the first one that fits.

    Any bytes are something in the one-byte encodings, so zeros decide: they stand in UTF-16 and in no text.
    """
    for bom, encoding in _BOMS.items():
        if content.startswith(bom):
            return _checked(content.decode(encoding))
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        if max(even, odd) * 5 < len(content) // 2:  # a fifth of the letters of any Vietnamese table are ASCII
            raise JudappError("FIL-002", kind="dữ liệu nhị phân")
        return _checked(content.decode("utf-16-le" if odd > even else "utf-16-be"))
    for encoding in _ENCODINGS:
        try:
            text = _checked(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return text if encoding == "utf-8" else _of_legacy_font(content) or text
    raise AssertionError("latin-1 reads any bytes")


def _of_legacy_font(content: bytes) -> str | None:
    """The text where its bytes are letters of a legacy font, as a workbook holds them; None for others."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if legacy_charset(text[:_LOOKED_AT_LETTERS].splitlines()) else None


def _checked(text: str) -> str:
    """Control signs stand in no table."""
    if any(sign < " " and sign not in "\t\n\r\f\v\x1a" for sign in set(text)):
        raise JudappError("FIL-002", kind="dữ liệu nhị phân")
    return text


def separator_of(text: str) -> str:
    """The sign that stands equally often in most of the first lines; quoted text does not count."""
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        counts = _counts(text, separator)
        usual = max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0)
        score = counts.count(usual) * usual if usual else 0
        if score > best_score:
            best, best_score = separator, score
    return best


def _counts(text: str, separator: str) -> list[int]:
    sample = text[:200_000]
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        return [len(row) - 1 for _, row in zip(range(_LOOKED_AT), rows, strict=False) if row]
    except csv.Error:
        return []


def _is_table(text: str, separator: str) -> bool:
    """Whether a text under another name is a table all the same: several lines cut alike, not by commas."""
    counts = _counts(text, separator)
    return separator != "," and len(counts) > 1 and counts.count(counts[0]) == len(counts) and counts[0] > 0
