"""What reading a worksheet for a form comes to: figures by cell of the form, totals, questions, findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from judapp.domain.entry import Numbers
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding
from judapp.domain.number import Ambiguous
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.excel.grid import Content
from judapp.excel.header import Header


class ReadFigure(Struct, frozen=True, gc=False):
    """A figure and the worksheet cell it comes from."""

    figure: Figure
    cell: str


class ReadTotal(Struct, frozen=True):
    """What a file's own formula gives for a computed cell, and where it stands."""

    content: str | float | int
    cell: str


class Asked(Struct, frozen=True):
    """A text with two honest readings, and the cell it stands in."""

    cell: str
    text: str
    readings: Ambiguous


class Said(Struct, frozen=True):
    """What a person said of the numbers of one worksheet."""

    numbers: Numbers = "ask"
    """What "1.234" means in this file."""
    factors: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By table and leaf what its figures are multiplied by; a negative number divides by its size."""


UNSAID = Said()


class Line(NamedTuple):
    """A row of a worksheet and the row of the form it is, with its label as it is printed."""

    table: str
    row: int
    key: str
    label: str


class Mapped(Struct):
    """The figures of one worksheet by cell of the form, rows of its own, and what could not be read."""

    figures: dict[CellKey, ReadFigure] = field(default_factory=dict)
    own_rows: list[tuple[str, OwnRow]] = field(default_factory=list)
    """Free rows the file has and the sheet has not yet, by table."""
    findings: list[Finding] = field(default_factory=list)
    totals: dict[CellKey, ReadTotal] = field(default_factory=dict)
    """Computed cells the file reckons by a formula of its own: held against ours, not written."""
    asked: list[Asked] = field(default_factory=list)
    """Cells with two readings, while nobody said which is meant in this file; they hold no figure."""
    typed: list[str] = field(default_factory=list)
    """Numbers that are written as text, and have one reading only."""
    headers: dict[str, Header] = field(default_factory=dict)
    """Where the columns of each table are."""
    own_formulas: dict[CellKey, tuple[Content, str]] = field(default_factory=dict)
    """What formulas in rows of its own give, and where: which of them are totals the plan cannot say."""
    lines: list[Line] = field(default_factory=list)
    """The rows that were found, as far as they have labels; one that was found twice stands here twice."""
    refused: int = 0
    """Cells holding something that was not taken: their rows are not of this form."""

    @property
    def read(self) -> int:
        """Every cell below the header, under a column of the form, that holds something."""
        return len(self.figures) + len(self.totals) + self.refused
