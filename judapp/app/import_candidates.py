"""What is known of one worksheet of an import: what it is, what was decided, what it would write."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from judapp.app.import_evidence import Evidence
from judapp.app.import_forms import FormOffer
from judapp.domain.catalogue import Form, Severity
from judapp.domain.figure import Figure
from judapp.domain.finding import Finding, Place
from judapp.domain.period import Period, Span
from judapp.domain.rows import OwnRow
from judapp.domain.shape import CellKey
from judapp.domain.unit import Unit
from judapp.excel.header import TableColumns
from judapp.excel.letters import Letters
from judapp.excel.mapped import ReadFigure
from judapp.excel.recognise import Header, period_of
from judapp.store.forms import StoredForm

READY, APPLIED, UNCHANGED, REJECTED = "ready", "applied", "unchanged", "rejected"
UNRECOGNISED, NEEDS_MAPPING, DUPLICATE = "unrecognised", "needs_mapping", "duplicate"


class Change(Struct, frozen=True, gc=False):
    """One cell an import would change."""

    key: CellKey
    before: Figure
    after: Figure
    cell: str


Points = Literal["thousands", "decimals"]


class Decision(Struct, frozen=True):
    """What a person said about one worksheet, where the file says nothing, or two files say it twice."""

    form: str | None = None
    """Number of the form it is."""
    unit: str | None = None
    """Uid of the unit it is of."""
    period: Period | None = None
    counts: bool | None = None
    """Of several worksheets for one sheet: whether this one is meant; None while nobody chose."""
    columns: tuple[TableColumns, ...] = ()
    """Which column of the worksheet is which of the form, where a person paired them."""
    points: Points | None = None
    """What a point in a text like “1.234” is, said once for the file (CEL-003)."""
    factors: tuple[tuple[str, str, int], ...] = ()
    """Columns (table, column) whose figures are multiplied: the file counts in thousands (CMP-002)."""
    without: frozenset[str] = frozenset()
    """Cells of the worksheet that a person took out, by their addresses: they are shown and not written."""
    remember: bool = False
    """Whether what was said holds for the next files of this sender as well."""


UNDECIDED = Decision()
Decisions = Mapping[tuple[Path, str], Decision]
"""Decisions by file and worksheet."""


class FileTotal(Struct, frozen=True):
    """A total as the file gives it, typed or by its own formula, beside what its figures add up to."""

    number: Decimal
    added: Decimal | None
    """None where parts of it are missing."""
    cell: str
    agrees: bool
    """Whether both are the same number, however they are shown."""


class Candidate(Struct):
    """One worksheet of one file: what it was recognised as, and what it would write.

    Control totals: ``read`` cells = ``changes`` + ``unchanged`` + ``reckoned`` + ``refused``.
    """

    path: Path
    sheet: str = ""
    status: str = UNRECOGNISED
    version: StoredForm | None = None
    unit: Unit | None = None
    period: Period | None = None
    span: Span = field(default_factory=lambda: Span(None, None))
    figures: dict[CellKey, ReadFigure] = field(default_factory=dict)
    own_rows: list[tuple[str, OwnRow]] = field(default_factory=list)
    """Rows of the reporter's own that the sheet has not yet, by table."""
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    reckoned: int = 0
    """Totals the file reckons by its own formulas: ours are reckoned anew, so they are not written."""
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    header: Header | None = None
    """What the worksheet prints of itself."""
    decision: Decision = UNDECIDED
    evidence: dict[str, Evidence] = field(default_factory=dict)
    """Where its "form", "unit" and "period" were read."""
    offers: tuple[FormOffer, ...] = ()
    """The forms it may be of, best first, where it is not known which."""
    totals: dict[CellKey, FileTotal] = field(default_factory=dict)
    """The file's own totals by cell: what control totals hold against the sum of its figures."""
    columns: tuple[TableColumns, ...] = ()
    """The pairing of columns that was used: the decision's, or one remembered for the sender."""
    memory: tuple[tuple[str, str, str], ...] = ()
    """What is kept of the decision when it is written: sender, signature, mapping."""
    letters: tuple[Letters, ...] = ()
    """Texts in legacy letters (TCVN3, VNI) that were made Unicode: as they stood, as they are read."""
    sha256: str = ""
    modified: float = 0.0
    """When the file was last saved, seconds since 1970."""

    @property
    def read(self) -> int:
        """Cells below the number row that hold something."""
        return len(self.figures) + self.reckoned + self.refused

    @property
    def writing(self) -> list[Change]:
        """The changes but those a person took out."""
        without = self.decision.without
        return [change for change in self.changes if change.cell not in without] if without else self.changes

    @property
    def recognised(self) -> bool:
        """Whether form, unit and period are known, so that it has a target."""
        return None not in (self.version, self.unit, self.period)

    @property
    def target(self) -> tuple[int, str, Period]:
        """The sheet a recognised worksheet is for: form version, unit, period."""
        if self.version is None or self.unit is None or self.period is None:
            raise ValueError(f"{self.path}: not recognised")
        return self.version.id, self.unit.uid, self.period

    @property
    def form(self) -> Form:
        """The form it was recognised as."""
        if self.version is None:
            raise ValueError(f"{self.path}: not recognised")
        return self.version.form

    def say(self, code: str, severity: Severity = "error", /, **params: Any) -> None:
        """Add a finding about the worksheet as a whole."""
        place = Place(path=str(self.path), sheet=self.sheet or None)
        self.findings.append(Finding(code, severity, place, params))


class Wish(Struct, frozen=True):
    """What the person importing says about all files: a period and a unit to import for."""

    period: Period | None = None
    unit: str | None = None


def stated_period(candidate: Candidate) -> Period | None:
    """The period a worksheet says it is for, whatever it is imported for."""
    return period_of(candidate.header.period_text) if candidate.header else None
