"""What an import would do, as a person reads it: plain rows, sentences, and each sheet old → new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from judapp.app.desk import period_name
from judapp.app.import_candidates import (
    APPLIED,
    DUPLICATE,
    NEEDS_MAPPING,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
    stated_period,
)
from judapp.app.import_evidence import ASKS_PERIOD, ASKS_UNIT
from judapp.app.import_numbers import QUESTIONS
from judapp.app.import_rivals import SAMES, called, differing, newest_first, saved_at
from judapp.app.marking_words import to_mend
from judapp.app.minutes_out import control_of
from judapp.app.workspace import Workspace
from judapp.domain.figure import State
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.messages import text
from judapp.text import Bilingual

UNCLEAR, OTHER_PERIOD, LOCKED, LEFT_OUT, SAME = "unclear", "other_period", "locked", "left_out", "same"
"""Finer words for what is refused or a duplicate: what a person can do about it differs."""

_ASKS = {
    **dict.fromkeys((*ASKS_UNIT, *ASKS_PERIOD), UNCLEAR),
    "MAP-003": OTHER_PERIOD,
    "STA-002": LOCKED,
    **dict.fromkeys(QUESTIONS, UNCLEAR),
}
_IN_THE_WINDOW = {
    "MAP-003": "IMW-other-period",
    "MAP-006": "IMW-unit-unknown",
    "MAP-007": "IMW-period-missing",
    "STA-002": "IMW-locked",
}
"""Sentences that speak of options of the command line, said as the window means them."""


_COUNTED = {
    READY: "IMW-count-ready",
    UNCHANGED: "IMW-count-unchanged",
    APPLIED: "IMW-count-applied",
    UNCLEAR: "IMW-count-unclear",
    OTHER_PERIOD: "IMW-count-other-period",
    DUPLICATE: "IMW-count-duplicate",
    LEFT_OUT: "IMW-count-left-out",
    SAME: "IMD-count-same",
    NEEDS_MAPPING: "IMD-count-needs-mapping",
    LOCKED: "IMW-count-locked",
    REJECTED: "IMW-count-rejected",
    UNRECOGNISED: "IMW-count-unrecognised",
}


class FindingLine(Struct, frozen=True):
    """A finding in words; ``cell`` is its worksheet cell, "" where it is about the whole worksheet."""

    code: str
    severity: str
    text: str
    cell: str = ""


class Rival(Struct, frozen=True):
    """One of several worksheets for one sheet, with when its file was saved and how much it would change."""

    position: int
    name: str
    modified: datetime
    changes: int
    counts: bool = False
    """Whether it is the one that is written."""


class FileRow(Struct, frozen=True):
    """One worksheet of one file in the list."""

    position: int
    """Its place among the candidates; acts name it by this."""
    path: Path
    name: str
    folder: str
    sheet: str
    form: str
    """Number of the form, as recognised or as printed; "" where none was found."""
    unit: str
    period: Bilingual
    target_period: Period | None
    status: str
    new: int
    changed: int
    unchanged: int
    reckoned: int
    refused: int
    read: int
    findings: tuple[FindingLine, ...]
    rivals: tuple[Rival, ...] = ()
    """All worksheets for the same sheet where there are several, the newest file first."""
    rivals_differ: int = 0
    """Cells in which those worksheets say different things."""
    stated: Period | None = None
    """The period the file says, where that is not the one imported for."""
    left: int = 0
    """Cells a person took out: shown, not written."""
    offers: int = 0
    """Forms it may be of, where that is not known."""
    choose: str = ""
    """What stands in the place of the unit where the name fits several: “Chọn: 2 gần giống”."""
    control: str = ""
    """Its control totals, “Đọc 96 ô = ghi 7 + không đổi 89”."""
    faulty: bool = False
    """Whether its sender can mend something of it: a marked copy can be made."""

    @property
    def changes(self) -> int:
        """Cells it would write."""
        return self.new + self.changed

    @property
    def writes(self) -> bool:
        """Whether applying would write something of it."""
        return self.status == READY

    @property
    def needs_form(self) -> bool:
        """Whether a person has to say which form it is, or which column is which."""
        return self.status in (UNRECOGNISED, NEEDS_MAPPING)

    @property
    def needs_unit(self) -> bool:
        """Whether a person has to say of which unit it is."""
        return any(finding.code in ASKS_UNIT for finding in self.findings)

    @property
    def needs_period(self) -> bool:
        """Whether a person has to say for which period it is."""
        return any(finding.code in ASKS_PERIOD for finding in self.findings)

    @property
    def attention(self) -> bool:
        """Whether somebody should look at it before applying."""
        if self.status in (READY, UNCHANGED, APPLIED):
            return any(finding.severity in ("error", "warning") for finding in self.findings)
        return self.status not in (LEFT_OUT, SAME)


def file_rows(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    lang: str = "vi",
    first: int = 0,
    former: tuple[Sequence[Candidate], Sequence[FileRow]] = ((), ()),
) -> tuple[FileRow, ...]:
    """The candidates as rows; ``first`` is the position of the first one, where more stand before.

    ``former`` are candidates and their rows: those that are the very same need not be told anew.
    """
    by_target: dict[object, list[int]] = {}
    for position, candidate in enumerate(candidates):
        if candidate.status in (READY, DUPLICATE) and _status(candidate) != SAME:
            by_target.setdefault(candidate.target, []).append(position)
    rivals = {at: of for of in by_target.values() if len(of) > 1 for at in of}
    same = {
        position: row
        for position, (before, row) in enumerate(zip(*former, strict=False))
        if position < len(candidates) and candidates[position] is before and position not in rivals
    }
    return tuple(
        same.get(position) or _row(workspace, candidates, position, rivals.get(position, []), lang, first)
        for position in range(len(candidates))
    )


def _row(
    workspace: Workspace,
    candidates: Sequence[Candidate],
    position: int,
    rivals: Sequence[int],
    lang: str,
    first: int,
) -> FileRow:
    candidate = candidates[position]
    period, header = candidate.period, candidate.header
    if candidate.unit is not None and period is not None:
        unit = workspace.units.name(candidate.unit.uid, period.last_day)
    else:
        unit = header.unit if header else ""
    writing = candidate.writing
    new = sum(change.before.state is State.EMPTY for change in writing)
    stated = stated_period(candidate)
    return FileRow(
        position=first + position,
        path=candidate.path,
        name=candidate.path.name,
        folder=str(candidate.path.parent),
        sheet=candidate.sheet,
        form=candidate.version.form.number if candidate.version else header.number if header else "",
        unit=unit,
        period=period_name(period) if period else Bilingual("", ""),
        target_period=period,
        status=_status(candidate),
        new=new,
        changed=len(writing) - new,
        unchanged=candidate.unchanged,
        reckoned=candidate.reckoned,
        refused=candidate.refused,
        read=candidate.read,
        findings=tuple(_line(finding, lang) for finding in candidate.findings),
        rivals=_rivals(candidates, rivals, first),
        rivals_differ=differing([candidates[at] for at in rivals]) if rivals else 0,
        stated=stated if _status(candidate) == OTHER_PERIOD else None,
        left=len(candidate.changes) - len(writing),
        offers=len(candidate.offers),
        choose=next(
            (
                text("IMD-choose", lang, n=finding.params["count"])
                for finding in candidate.findings
                if finding.code == "MAP-002" and candidate.unit is None
            ),
            "",
        ),
        control=control_of(candidate, lang) if candidate.read else "",
        faulty=bool(to_mend(candidate.findings)),
    )


def _status(candidate: Candidate) -> str:
    if candidate.status == READY and not candidate.changes:
        return UNCHANGED
    if candidate.status == DUPLICATE:
        if any(finding.code in SAMES for finding in candidate.findings):
            return SAME
        return DUPLICATE if candidate.decision.counts is None else LEFT_OUT
    if candidate.status == REJECTED:
        return next((_ASKS[f.code] for f in candidate.findings if f.code in _ASKS), REJECTED)
    return candidate.status


def _line(finding: Finding, lang: str) -> FindingLine:
    code = _IN_THE_WINDOW.get(finding.code, finding.code)
    return FindingLine(
        finding.code, finding.severity, text(code, lang, **finding.params), finding.place.cell or ""
    )


def _rivals(candidates: Sequence[Candidate], positions: Sequence[int], first: int) -> tuple[Rival, ...]:
    among = [candidates[at] for at in positions]
    return tuple(
        Rival(
            first + at,
            called(candidates[at], among),
            saved_at(candidates[at]),
            len(candidates[at].writing),
            counts=candidates[at].status == READY,
        )
        for at in newest_first(candidates, positions)
    )


# all of them


class Totals(Struct, frozen=True):
    """What all files together come to."""

    files: int
    by_status: Mapping[str, int]
    """Worksheets by status."""
    attention: int
    """Worksheets somebody should look at."""
    ready: int
    """Files something would be written of."""
    skipped: int
    """Files nothing would be written of."""
    new: int
    changed: int

    @property
    def cells(self) -> int:
        """Cells that would be written."""
        return self.new + self.changed


def totals(rows: Iterable[FileRow], skip: Collection[int] = ()) -> Totals:
    """The sums over ``rows`` without those whose position is in ``skip``."""
    every = list(rows)
    written = [row for row in every if row.writes and row.changes and row.position not in skip]
    files = {row.path for row in every}
    ready = {row.path for row in written}
    return Totals(
        files=len(files),
        by_status=Counter(row.status for row in every),
        attention=sum(row.attention for row in every),
        ready=len(ready),
        skipped=len(files - ready),
        new=sum(row.new for row in written),
        changed=sum(row.changed for row in written),
    )


def summary(found: Totals, lang: str = "vi") -> str:
    """“164 tệp · 151 sẵn sàng · 6 chưa rõ · 4 trùng · 3 không nhận”."""
    parts = [text("IMW-files", lang, n=found.files)]
    parts += [
        text(code, lang, n=n) for status, code in _COUNTED.items() if (n := found.by_status.get(status))
    ]
    return " · ".join(parts)


def outlook(found: Totals, lang: str = "vi") -> str:
    """“Sẽ ghi 151 tệp: 12.480 ô mới, 37 ô thay đổi; bỏ qua 13 tệp.”"""
    if not found.ready:
        return text("IMW-nothing-to-write", lang, files=found.files)
    code = "IMW-will-write-skipping" if found.skipped else "IMW-will-write"
    return text(code, lang, files=found.ready, new=found.new, changed=found.changed, skipped=found.skipped)
