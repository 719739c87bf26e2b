"""What people filled into the notes of a form: "tổng hợp từ báo cáo của 21/24 tổ chức"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from judapp.domain.catalogue import Note
from judapp.domain.cell_name import address
from judapp.excel.grid import GridSheet
from judapp.text import clean, fold

_SLOT = re.compile(r"\{(\w+)\}")
_RIM = re.compile(r"\A[.…_\s]+|(?:[…_\s]|\.{2,})+\Z")
"""Printed dots around an answer; a single full stop behind words is theirs."""
_DOTS = re.compile(r"[.…\s/_]*\Z")


def read_slots(sheet: GridSheet, notes: Iterable[Note], start: int) -> Mapping[str, tuple[str, str]]:
    """The filled slots by key, each with its worksheet cell; dots left standing are not answers."""
    lines = [(position, clean(text)) for position, text in sheet.texts() if position[0] >= start]
    found: dict[str, tuple[str, str]] = {}
    for note in notes:
        pattern = _pattern(note.text)
        keys = _SLOT.findall(note.text)
        if not keys:
            continue
        for position, text in lines:
            match = pattern.search(fold(text))
            if match is None:
                continue
            for key, raw in zip(keys, match.groups(), strict=True):
                value = _RIM.sub("", raw)
                if value and not _DOTS.match(raw):
                    found[key] = (_original(text, value), address(position))
            break
    return found


def _pattern(text: str) -> re.Pattern[str]:
    """The note with a group for each slot, over folded text, forgiving about spaces."""
    parts = [re.escape(fold(part)).replace(r"\ ", r"\s*") for part in _SLOT.split(text)[::2]]
    return re.compile(r"\s*(.*?)\s*".join(parts) + (r"\Z" if parts[-1] == "" else ""))


def _original(text: str, folded: str) -> str:
    """The words as they were written, where folding kept their length; else as they were found."""
    at = fold(text).find(folded)
    same = len(fold(text)) == len(text)
    return text[at : at + len(folded)] if same and at >= 0 else folded
