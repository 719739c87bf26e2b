"""What would become of a unit list: lines of the preview, questions, and what a person says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field

from judapp.app.unit_list_said import Spot

NEW, RENAMED, MENDED, MERGED, ENDED, SAME, UNCLEAR = (
    "new", "renamed", "mended", "merged", "ended", "same", "unclear",
)  # fmt: skip
"""What would become of an entry of the list."""
ORDER = (UNCLEAR, NEW, MERGED, RENAMED, MENDED, ENDED, SAME)
"""Outcomes, what has to be looked at first."""

MEND, RENAME, OTHER, SPLIT, KEEP, SKIP = "mend", "rename", "other", "split", "keep", "skip"
"""Answers: a mistake mended, a new name from the day, another unit, divided, left as it is, left out."""


class Made(Struct, frozen=True):
    """A unit that went into another, and whether only a part of it did."""

    name: str
    part: bool = False


class Line(Struct, frozen=True):
    """One entry of the list and what would become of it."""

    what: str
    group: str
    """Kind of unit, ``person`` or ``owed``."""
    name: str
    before: tuple[Made, ...] = ()
    """What it was made of, or what it was called."""
    day: date | None = None
    spot: Spot | None = None


class Question(Struct, frozen=True):
    """What only a person can say; ``choices`` are the answers there are."""

    key: str
    """The cell, "Xã phường!C7": answers are given to it."""
    spot: Spot
    code: str
    params: Mapping[str, Any]
    choices: tuple[str, ...]


class Options(Struct, frozen=True):
    """What a person says of a list: the day it holds from, and answers by cell ("" for every question)."""

    on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, key: str, choices: tuple[str, ...]) -> str:
        """What was answered, "" for nothing that fits."""
        for said in (self.answers.get(key, ""), self.answers.get("", "")):
            if said in choices:
                return said
        return ""
