"""What was read from a blank form: a definition, where each part of it was read and how sure it is.

A guess says why; what cannot be read is a problem a person decides. Nothing is invented: a number, a label or
a unit that is not printed does not stand in the definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from judapp.domain.catalogue import Form
from judapp.domain.cell_name import Position

SheetRole = Literal[
    "block",
    "head",
    "number",
    "stub",
    "unit_of_measure",
    "row",
    "total",
    "group",
    "repeated",
    "note",
    "signer",
    "unused",
]
"""What a worksheet cell is in the blank: header blocks and title; header tree; row of column numbers; label
columns; "Đơn vị tính: …"; lines of the body by their kind ("repeated" for units and free rows); notes with
estimate line and explanations; signers with place and date."""

Sureness = Literal["sure", "likely", "choose"]
"""chắc chắn · có thể · phải chọn."""


class Guess(Struct, frozen=True):
    """One part of the definition as it was read or proposed."""

    path: str
    """Where it stands in the definition, written as lint writes it: ``$.tables[0].columns[2].unit``."""
    value: str
    """What was read, as text."""
    code: str
    """Text of the catalogue saying why."""
    sure: Sureness
    cells: tuple[Position, ...] = ()
    """Where it was read."""
    params: Mapping[str, Any] = field(default_factory=dict)


class Problem(Struct, frozen=True):
    """Something only a person can decide; the definition holds the most careful answer until then."""

    path: str
    code: str
    cells: tuple[Position, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    """Values that may stand at ``path``; empty where any text may."""


class Learned(Struct, frozen=True):
    """A blank as it was understood."""

    form: Form
    sheet: str
    """Name of the worksheet the form stands on."""
    roles: Mapping[Position, SheetRole]
    """The role of every cell that holds something or belongs to a table; cells of no use are "unused"."""
    guesses: tuple[Guess, ...]
    problems: tuple[Problem, ...]
