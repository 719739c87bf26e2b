"""What the guided page works on: a blank, or a form of the catalogue, and all a person said of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from judapp.app import learn_edit
from judapp.app.learn_picture import Picture, picture_of
from judapp.domain.catalogue import Form
from judapp.domain.learned import Learned, SheetRole
from judapp.domain.lint import lint

if TYPE_CHECKING:
    from judapp.excel.blank import BlankSheet


class Known(Struct, frozen=True):
    """The version of the catalogue that is edited."""

    version: int
    form: Form
    """As the catalogue has it."""
    sheets: int
    """Sheets that use it."""
    drawn: bool
    """Whether the worksheet shown is drawn from the definition, not the ministry's own blank."""


class Step(Struct, frozen=True):
    """One thing a person did: ``before`` is what stood at ``path`` then, so that it is not done elsewhere."""

    act: Literal["set", "add", "insert", "drop"]
    path: str
    before: str
    value: str = ""


class Study(Struct, frozen=True):
    """A blank and all a person said about it so far; every act makes another one."""

    path: Path
    data: bytes
    """The workbook as it is kept with the form."""
    sheets: tuple[BlankSheet, ...]
    learned: Learned
    first: Learned
    """As it was read, before anybody changed anything."""
    picture: Picture
    """The worksheet as it was read."""
    rows: Mapping[int, SheetRole] = field(default_factory=dict)
    """What a person said of rows of the worksheet."""
    edits: tuple[Step, ...] = ()
    """Every step, so that they outlast reading the blank anew."""
    refused: frozenset[str] = frozenset()
    """Relations a person does not want."""
    known: Known | None = None
    """The version that is edited; None for a blank."""


def read(path: Path) -> Study:
    """Read a blank; raises what reading and learning it raise (FIL-…, LRN-…)."""
    from judapp.excel.blank import read_blank

    learned = learned_from(path, "", {}, ())
    sheets = tuple(read_blank(path))
    return Study(path, path.read_bytes(), sheets, learned, learned, picture_for(sheets, learned))


def picture_for(sheets: Sequence[BlankSheet], learned: Learned) -> Picture:
    """The worksheet that was read, as it is drawn."""
    sheet = next((sheet for sheet in sheets if sheet.grid.name == learned.sheet), sheets[0])
    return picture_of(sheet, learned)


def learned_from(path: Path, sheet: str, rows: Mapping[int, SheetRole], refused: Iterable[str]) -> Learned:
    """What a blank says, with the relations it suggests; faults are not among the problems, because they are
    told anew after every change.
    """
    from judapp.excel.learn import Hints

    learned = learn_edit.relearn(path, Hints(sheet=sheet, rows=rows))
    faults = {(fault.path, fault.code) for fault in lint(learned.form)}
    problems = tuple(p for p in learned.problems if (p.path, p.code) not in faults)
    return learn_edit.proposed_anew(replace(learned, problems=problems), refused)
