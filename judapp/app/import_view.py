"""What an import would do, as a person reads it: plain rows, sentences, and each sheet old → new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct, field

from judapp.app.desk import period_name, units_for
from judapp.app.import_candidates import (
    APPLIED,
    DUPLICATE,
    READY,
    REJECTED,
    UNCHANGED,
    UNRECOGNISED,
    Candidate,
    stated_period,
)
from judapp.app.workspace import Workspace
from judapp.domain.figure import State
from judapp.domain.finding import Finding
from judapp.domain.period import Period
from judapp.excel.recognise import unit_names
from judapp.messages import text
from judapp.text import Bilingual, fold

UNCLEAR, OTHER_PERIOD, LOCKED, LEFT_OUT = "unclear", "other_period", "locked", "left_out"
"""Finer words for what is refused or a duplicate: what a person can do about it differs."""

_ASKS = {
    "MAP-006": UNCLEAR,
    "MAP-007": UNCLEAR,
    "MAP-009": UNCLEAR,
    "MAP-003": OTHER_PERIOD,
    "STA-002": LOCKED,
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
    LOCKED: "IMW-count-locked",
    REJECTED: "IMW-count-rejected",
    UNRECOGNISED: "IMW-count-unrecognised",
}
_MOST_SUGGESTED = 4
_LIKE = 0.6
"""How like a name must be to be suggested (0 – 1); it is never taken by itself."""


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

    @property
    def changes(self) -> int:
        """Cells it would write."""
        return self.new + self.changed

    @property
    def writes(self) -> bool:
        """Whether applying would write something of it."""
        return self.status == READY

    @property
    def needs_unit(self) -> bool:
        """Whether a person has to say of which unit it is."""
        return any(finding.code == "MAP-006" for finding in self.findings)

    @property
    def needs_period(self) -> bool:
        """Whether a person has to say for which period it is."""
        return any(finding.code in ("MAP-007", "MAP-009") for finding in self.findings)

    @property
    def attention(self) -> bool:
        """Whether somebody should look at it before applying."""
        if self.status in (READY, UNCHANGED, APPLIED):
            return any(finding.severity in ("error", "warning") for finding in self.findings)
        return self.status != LEFT_OUT


def file_rows(
    workspace: Workspace, candidates: Sequence[Candidate], lang: str = "vi", first: int = 0
) -> tuple[FileRow, ...]:
    """The candidates as rows; ``first`` is the position of the first one, where more stand before."""
    by_target: dict[object, list[int]] = {}
    for position, candidate in enumerate(candidates):
        if candidate.status in (READY, DUPLICATE):
            by_target.setdefault(candidate.target, []).append(position)
    rivals = {at: of for of in by_target.values() if len(of) > 1 for at in of}
    return tuple(
        _row(workspace, candidates, position, rivals.get(position, []), lang, first)
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
    new = sum(change.before.state is State.EMPTY for change in candidate.changes)
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
        changed=len(candidate.changes) - new,
        unchanged=candidate.unchanged,
        reckoned=candidate.reckoned,
        refused=candidate.refused,
        read=candidate.read,
        findings=tuple(_line(finding, lang) for finding in candidate.findings),
        rivals=_rivals(candidates, rivals, first),
        rivals_differ=_differing([candidates[at] for at in rivals]),
        stated=stated if _status(candidate) == OTHER_PERIOD else None,
    )


def _status(candidate: Candidate) -> str:
    if candidate.status == READY and not candidate.changes:
        return UNCHANGED
    if candidate.status == DUPLICATE and candidate.decision.counts is not None:
        return LEFT_OUT
    if candidate.status == REJECTED:
        return next((_ASKS[f.code] for f in candidate.findings if f.code in _ASKS), REJECTED)
    return candidate.status


def _line(finding: Finding, lang: str) -> FindingLine:
    code = _IN_THE_WINDOW.get(finding.code, finding.code)
    return FindingLine(
        finding.code, finding.severity, text(code, lang, **finding.params), finding.place.cell or ""
    )


def _rivals(candidates: Sequence[Candidate], positions: Sequence[int], first: int) -> tuple[Rival, ...]:
    newest = sorted(positions, key=lambda at: candidates[at].modified, reverse=True)
    return tuple(
        Rival(
            first + at,
            candidates[at].path.name,
            datetime.fromtimestamp(candidates[at].modified).astimezone(),
            len(candidates[at].changes),
        )
        for at in newest
    )


def _differing(rivals: Sequence[Candidate]) -> int:
    keys = {key for rival in rivals for key in rival.figures}
    return sum(
        len({read.figure if (read := rival.figures.get(key)) else None for rival in rivals}) > 1
        for key in keys
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
    written = [row for row in every if row.writes and row.position not in skip]
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


# choosing by hand


class UnitOffer(Struct, frozen=True):
    """A unit a worksheet may be of; ``likely`` ones have a name like the one printed."""

    uid: str
    name: str
    group: str
    key: str
    likely: bool = field(default=False)


def unit_offers(
    workspace: Workspace, candidate: Candidate, period: Period, lang: str = "vi"
) -> tuple[UnitOffer, ...]:
    """The units a worksheet may be of, those with a name like the printed one first; nothing is chosen."""
    period = candidate.period or period
    units = units_for(workspace, period)
    names = {unit.uid: fold(workspace.units.name(unit.uid, period.last_day)) for unit in units}
    printed = unit_names(candidate.header.unit) if candidate.header else []
    like: list[str] = []
    for name in printed:
        like += get_close_matches(fold(name), names.values(), n=_MOST_SUGGESTED, cutoff=_LIKE)
    ranked = list(dict.fromkeys(uid for name in like for uid, folded in names.items() if folded == name))
    likely = {uid: place for place, uid in enumerate(ranked[:_MOST_SUGGESTED])}
    offers = [
        UnitOffer(unit.uid, unit.name, unit.group.in_language(lang), unit.key, unit.uid in likely)
        for unit in units
    ]
    return tuple(sorted(offers, key=lambda offer: likely.get(offer.uid, len(likely))))
