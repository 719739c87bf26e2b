"""A sheet as the entry grid shows it, as plain data: the form's head, rows, cells, notes and findings.

Everything is frozen and comparable: what an act changed is what differs between two views.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from judapp.domain.entry import takes_estimates
from judapp.domain.period import Period

if TYPE_CHECKING:
    from judapp.app.grid_head import HeadBox
    from judapp.domain.catalogue import Severity
    from judapp.domain.shape import CellKey, Spot

NIL, PENDING, OUT_OF_REMIT = "–", "…", "⊘"
"""How states stand in a cell; a cell nobody answered stays blank, never 0."""

MISSING, DRAFT, ERRORS, CHECKED, SUBMITTED = "missing", "draft", "errors", "checked", "submitted"
"""States of a sheet; ``checked`` is reckoned, nobody sets it."""


class CellView(Struct, frozen=True):
    """One cell as it is shown.

    ``kind``: ``open``, ``words``, ``computed``, ``rollup``, ``reported`` (a total typed before its parts),
    ``foreign`` (filled by another level) or ``absent``. ``state``: ``""`` for a number, ``nil``, ``pending``,
    ``remit``, ``unreadable``, ``text``, ``empty``, ``partial`` (a sum whose parts are not all known) or
    ``undefined``. ``typed`` is the text to edit and to copy, numbers without grouping.
    """

    text: str = ""
    typed: str = ""
    kind: str = "open"
    state: str = "empty"
    left: bool = False
    """Words and what cannot be read stand left, figures right."""
    enterable: bool = True
    estimated: bool = False
    adjusted: bool = False
    severity: Severity | None = None
    """Of the gravest finding shown at this cell."""
    code: str = ""
    explained: bool = False
    unit: str = ""
    noted: bool = False
    """Whether somebody wrote a note at it."""
    changed: bool = False
    """Whether another figure stands in it than when the sheet was returned."""
    estimate: str = ""
    """The estimated part as shown, "" where none is stated; of a sum that of its parts, with "…" before it
    where some of them state none."""


ABSENT = CellView(kind="absent", enterable=False)
"""A place of the grid where the form has no cell."""


class LeafColumn(Struct, frozen=True):
    """A column of figures or words: ``code`` is the printed number, "" where none is printed."""

    name: str
    code: str
    label: str
    unit: str
    kind: str
    path: tuple[str, ...]
    choices: tuple[str, ...] = ()
    computed: bool = False
    """Whether the program reckons every cell of it."""


class RowLine(Struct, frozen=True):
    """A row: what stands in each column of the stub, and how."""

    key: str
    path: str
    """The printed number with those of the groups it stands in, "I.2"; with the label where the row has none
    of its own, "1 - Nam"; "" where none is printed."""
    label: str
    stub: tuple[str, ...]
    level: int
    kind: str
    computed: bool = False
    own: bool = False
    """Whether the reporter added it."""


class TableView(Struct, frozen=True):
    """One table: its head, its rows, its cells by key; a key without a cell does not exist in the form."""

    key: str
    title: str
    stub: tuple[str, ...]
    columns: tuple[LeafColumn, ...]
    levels: int
    numbered: bool
    stub_head: tuple[HeadBox, ...]
    head: tuple[HeadBox, ...]
    rows: tuple[RowLine, ...]
    cells: Mapping[CellKey, CellView]
    free: tuple[tuple[str, str], ...] = ()
    """Rows under which own rows may be added: key ("" for the table) and label."""
    label_column: int = 0
    """Index in ``stub`` of the column that holds the labels."""
    estimates_alone: bool = False
    """Whether its cells show their estimated parts alone."""

    def cell(self, row: int, column: int) -> CellView:
        """The cell of the grid at ``row`` and figure ``column``."""
        return self.cells.get((self.key, self.rows[row].key, self.columns[column].name), ABSENT)

    def key_at(self, row: int, column: int) -> CellKey:
        """The key of that place."""
        return self.key, self.rows[row].key, self.columns[column].name


class FindingView(Struct, frozen=True):
    """A finding of the sheet in words, with the cells it speaks of to jump to (their short names)."""

    code: str
    severity: Severity
    text: str
    where: str
    cell: CellKey | None
    jumps: tuple[tuple[str, CellKey], ...] = ()
    drawn: int = 0
    """Total rows that are wrong along with it, and are told by it alone."""


class SlotView(Struct, frozen=True):
    """A place in a note to fill."""

    key: CellKey
    label: str
    text: str


class NoteView(Struct, frozen=True):
    """A note below the tables: words and places to fill, in their order."""

    parts: tuple[str | SlotView, ...]
    kind: str = "note"
    """``note``, ``estimate`` for the line about estimated months, ``sign`` for place, day and signers."""


class SheetView(Struct, frozen=True):
    """A sheet of one unit on one form for one period, begun or not."""

    form: str
    family: str
    """What stays the same over circulars: by it the sheet is found again in another period."""
    title: str
    circular: str
    evidence: str
    sources: tuple[str, ...]
    open_points: tuple[str, ...]
    unit: str
    unit_name: str
    period: Period
    days: str
    state: str
    locked: str
    """Code of the sentence that says why nothing can be typed, "" where it can."""
    since: str
    """When a locked sheet was submitted."""
    tables: tuple[TableView, ...]
    notes: tuple[NoteView, ...]
    findings: tuple[FindingView, ...]
    explanations: Mapping[CellKey, str]
    """The reasons written for cells."""
    unanswered: tuple[CellKey, ...]
    spots: Mapping[CellKey, Spot]
    remarks: Mapping[CellKey, str] = field(default_factory=dict)
    """The notes written at cells, which no finding asked for."""
    estimated: int = 0
    """Cells with an estimated part."""
    proposals: Mapping[CellKey, str] = field(default_factory=dict)
    """What the program would put into places around the tables; it stands nowhere until somebody takes it."""

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def estimates(self) -> bool:
        """Whether the period takes estimated parts."""
        return takes_estimates(self.period)

    def table_of(self, key: str) -> int:
        """The place of the table ``key``; the first where there is none such."""
        return next((at for at, table in enumerate(self.tables) if table.key == key), 0)
