"""All findings of a period as the window shows them, and the acts that mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from judapp.app.checking import cell_of, findings_of, relations_behind
from judapp.app.desk import unit_name
from judapp.app.entering import EXPLANATION, enter, explain
from judapp.app.relation_view import (
    NOTHING,
    Part,
    Place,
    Setting,
    Total,
    column_name,
    drawn_along,
    known_from,
    missed,
    parts_of,
    parts_of_cells,
    reported_total,
    row_name,
    swapped_digits,
    worked_out,
)
from judapp.app.similar_units import SimilarOfRound
from judapp.app.workspace import Workspace
from judapp.domain.checking import Broken
from judapp.domain.comparison import change_of_count
from judapp.domain.finding import SEVERITIES, Finding
from judapp.domain.number import Rational
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.shape import CellKey
from judapp.errors import JudappError
from judapp.messages import LANGUAGES, bilingual, text
from judapp.store import remarks
from judapp.store.operations import Applied
from judapp.store.sheets import Sheet as StoredSheet
from judapp.text import Bilingual, fold

EXPLAINED = "explained"
"""Kind of a line that is no finding any more: its reason is written, and may be changed."""
KINDS = (*SEVERITIES, EXPLAINED)
STARTERS = ("CHP-starter-merger", "CHP-starter-remit")
"""Beginnings of reasons; one that nobody finished does not count."""

Step = Callable[[int, int, str], None]


class Change(Struct, frozen=True):
    """This period beside the same one a year ago, with the unit of measure."""

    now: Bilingual
    before: Bilingual
    difference: Bilingual
    percent: Bilingual
    moved: Rational | None
    """The percent as a number, None where the base is 0."""
    basis: Bilingual


class Line(Struct, frozen=True):
    """One finding, or one written reason (``kind`` :data:`EXPLAINED`)."""

    id: str
    """A finding keeps its id while others are mended."""
    kind: str
    """A severity of :data:`judapp.domain.finding.SEVERITIES`, or :data:`EXPLAINED`."""
    code: str
    place: Place
    unit_name: str
    where: Bilingual
    """The cell in words, "" for the whole sheet."""
    row: Bilingual
    """Its row, for a list that may have to cut it; "" where the form has one row."""
    column: Bilingual
    sentence: Bilingual = NOTHING
    short: Bilingual = NOTHING
    """The figures alone, for a list: "521 ≠ 512, lệch 9"."""
    rule: Bilingual = NOTHING
    worked: Bilingual = NOTHING
    """The relation in figures: "521 ≠ 350 + 162 = 512"."""
    missed: Bilingual = NOTHING
    status: Bilingual = NOTHING
    """From where the relation is known."""
    hint: Bilingual = NOTHING
    drawn: int = 0
    """Totals that are wrong only because of this."""
    expected: str | None = None
    actual: str | None = None
    parts: tuple[Part, ...] = ()
    total: Total | None = None
    change: Change | None = None
    reason: str = ""
    """What was written about the cell, perhaps when another figure stood there."""
    asks_reason: bool = False
    locked: bool = False
    """Whether the sheet is submitted, so that nothing can be typed."""


class ChecksBoard(Struct, frozen=True):
    """Everything to look at in a period."""

    period: Period
    lines: tuple[Line, ...]
    """Sheet by sheet, the sheets with the gravest first; the gravest first within a sheet."""
    counts: Mapping[str, int]
    """Lines of each of :data:`KINDS`."""
    sheets: int
    """Sheets with figures that were looked at."""
    unanswered: int
    """Cells nobody answered yet in the owner's own sheets."""


def board(
    workspace: Workspace, period: Period, units: Collection[str] | None = None, step: Step | None = None
) -> ChecksBoard:
    """Every finding of ``period``; where ``units`` (uids) are given, of their sheets only.

    ``step`` is told each form before its sheet is checked, and stops everything by raising.
    """
    similar = SimilarOfRound(workspace, period)
    chosen = [s for s in workspace.sheets_of(period) if units is None or s.unit in units]
    groups: list[list[Line]] = []
    begun = unanswered = 0
    for done, stored in enumerate(chosen):
        resolved = workspace.resolved(stored.form, stored.unit, period)
        assert resolved is not None  # it is stored
        if step is not None:
            step(done, len(chosen), resolved.sheet.form.number)
        begun += resolved.begun
        if stored.unit == workspace.owner.uid:
            unanswered += len(resolved.unanswered)
        group = sorted(_lines(workspace, stored, resolved, similar), key=lambda line: KINDS.index(line.kind))
        if group:
            groups.append(group)
    groups.sort(key=lambda g: (KINDS.index(g[0].kind), g[0].place.form, g[0].unit_name))
    counted = Counter(line.kind for group in groups for line in group)
    lines = tuple(line for group in groups for line in group)
    return ChecksBoard(period, lines, {kind: counted[kind] for kind in KINDS}, begun, unanswered)


def mend(workspace: Workspace, place: Place, typed: Mapping[CellKey, str]) -> Applied:
    """Type figures into the sheet of ``place``, as one act; raises what entering them raises (STA-002 …)."""
    return enter(workspace, place.form, workspace.units[place.unit], place.period, typed)


def keep_reason(workspace: Workspace, place: Place, reason: str) -> Applied:
    """Keep a reason (thuyết minh) for the cell of ``place``.

    Raises CHP-unfinished for a bare starter, and what :func:`judapp.app.entering.explain` raises.
    """
    assert place.cell is not None  # only cells are asked about
    if _bare(reason) in {_bare(text(code, lang)) for code in STARTERS for lang in LANGUAGES}:
        raise JudappError("CHP-unfinished")
    unit = workspace.units[place.unit]
    return explain(workspace, place.form, unit, place.period, address(place.cell), reason)


def address(key: CellKey) -> str:
    """The address of a cell as entering reads it: "I:[tong]c1"."""
    table, row, column = key
    return f"{table}:[{row}]c{column}" if table else f"[{row}]c{column}"


def _bare(words: str) -> str:
    return fold(words).rstrip(" .…")


def _lines(
    workspace: Workspace, stored: StoredSheet, resolved: Resolved, similar: SimilarOfRound
) -> Iterator[Line]:
    found = [*findings_of(workspace, stored), *similar.findings(stored)]
    reasons = {
        remark.cell: remark.text
        for remark in remarks.of_sheet(workspace.file, stored.id)
        if remark.kind == EXPLANATION and remark.cell in resolved.plan.spots
    }
    if not found and not reasons:
        return
    setting = Setting.of(workspace, stored, resolved)
    behind, untold = relations_behind(resolved, found)
    at_cell = Counter(cell_of(finding) for finding in found)
    twice: Counter[str] = Counter()
    asked = set()
    for finding, broken in zip(found, behind, strict=True):
        line = _of_finding(setting, finding, broken, untold)
        if line.asks_reason:
            asked.add(line.place.cell)
            line = replace(line, reason=reasons.get(line.place.cell, ""))
        if at_cell[line.place.cell] > 1:  # the figures alone would look alike
            line = replace(line, short=line.sentence)
        twice[line.id] += 1
        yield replace(line, id=f"{line.id}|{twice[line.id]}")
    for key, reason in reasons.items():
        if key is not None and key not in asked:
            yield _of_reason(setting, key, reason)


def _line(setting: Setting, kind: str, code: str, key: CellKey | None, rule: str = "") -> Line:
    stored = setting.stored
    one_row = key is None or len(setting.resolved.rows[key[0]]) == 1
    return Line(
        id="|".join((setting.form, stored.unit, code, *(key or ()), rule)),
        kind=kind,
        code=code,
        place=setting.place(key),
        unit_name=unit_name(setting.workspace, stored.unit, stored.period.last_day),
        where=setting.names.cell(key) if key else NOTHING,
        row=NOTHING if key is None or one_row else row_name(setting.names, key),
        column=column_name(setting.names, key) if key else NOTHING,
        locked=not setting.open,
    )


def _of_finding(setting: Setting, finding: Finding, broken: Broken | None, untold: list[Broken]) -> Line:
    key = cell_of(finding)
    sentence = bilingual(finding.code, **finding.params)
    line = replace(
        _line(setting, finding.severity, finding.code, key, finding.rule or ""),
        sentence=sentence,
        short=sentence,
        expected=finding.expected,
        actual=finding.actual,
        asks_reason=finding.severity == "explain" or finding.code == "CMP-001",
    )
    if broken is not None:
        parts = parts_of(setting, broken)
        return replace(
            line,
            short=finding.params["figures"],
            rule=finding.params["relation"],
            worked=worked_out(broken, setting.resolved),
            missed=missed(broken),
            status=known_from(broken),
            hint=swapped_digits(setting, broken, parts),
            drawn=drawn_along(setting.resolved, broken, untold),
            parts=parts,
            total=reported_total(setting, parts),
        )
    if key is None:
        return line
    line = replace(line, parts=parts_of_cells(setting, [key]))
    if finding.code != "CMP-001":
        return line
    short = bilingual("CHP-jump", direction=finding.params["direction"], percent=finding.params["percent"])
    return replace(line, short=short, change=_change(setting, key))


def _of_reason(setting: Setting, key: CellKey, reason: str) -> Line:
    change = _change(setting, key)
    moved = change.moved if change else None
    sentence = bilingual("CHP-explained")
    if moved is not None:
        code = "CHP-explained-up" if moved > 0 else "CHP-explained-down"
        sentence = bilingual(code, percent=abs(moved))
    return replace(
        _line(setting, EXPLAINED, "", key),
        sentence=sentence,
        short=Bilingual(reason, reason),
        parts=parts_of_cells(setting, [key]),
        change=change,
        reason=reason,
        asks_reason=True,
    )


def _change(setting: Setting, key: CellKey) -> Change | None:
    """The cell beside the same one a year ago; None where there is nothing to hold it against."""
    workspace, stored = setting.workspace, setting.stored
    before = stored.period.related("same")
    base = workspace.resolved(stored.form, stored.unit, before) if before else None
    value = setting.resolved[key].value.number
    then = base[key].value.number if base else None
    if before is None or base is None or value is None or then is None:
        return None
    spot = setting.resolved.plan.spots[key]
    unit = f" {spot.unit[:1].lower()}{spot.unit[1:]}" if spot.unit else ""
    moved = change_of_count(value, then)
    code = "CHP-basis" if setting.resolved.sheet.span.like(base.sheet.span) else "CHP-basis-days-unknown"
    return Change(
        now=bilingual("CHP-amount", number=value, unit=unit),
        before=bilingual("CHP-amount", number=then, unit=unit),
        difference=bilingual("CHP-difference", number=_exact(moved.absolute), unit=unit),
        percent=bilingual("CHP-percent", number=moved.percent) if moved.percent is not None else NOTHING,
        moved=moved.percent,
        basis=bilingual(code, period=before.name, form=base.sheet.form.number),
    )


def _exact(number: Rational) -> Bilingual:
    """A number with its sign, as it is."""
    return Bilingual(
        *(("+" if number > 0 else "") + text("CHP-number", lang, number=number) for lang in LANGUAGES)
    )
