"""What is said of a form of a unit as a whole: that it owes none this round, that it sent one on paper.

Both are remarks about a whole sheet, kept with who and when, and taken back like any other act. A unit that
owes nothing is not waited for; one that sent paper still is, because its figures are not here yet.
"""

from __future__ import annotations

from judapp.app.entering import EntryPlace, apply_to, entry_place
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import Unit
from judapp.errors import JudappError
from judapp.store import received, remarks
from judapp.store.operations import Applied, Writer, new_uid
from judapp.store.received import NOT_OWED, ON_PAPER, Mark
from judapp.text import clean

__all__ = ["NOT_OWED", "ON_PAPER", "Mark", "marks_of", "say_not_owed", "say_on_paper", "take_back"]


def marks_of(workspace: Workspace, period: Period) -> dict[tuple[int, str], Mark]:
    """What was said in a round, by form version and uid of the unit."""
    return {(mark.form, mark.unit): mark for mark in received.marks(workspace.file, period)}


def say_not_owed(workspace: Workspace, number: str, unit: Unit, period: Period, reason: str) -> Applied:
    """“Không phải báo cáo kỳ này”: nobody waits for this sheet, and no total does.

    Raises ENT-002 (no reason), FRM-001/002, STA-002, BOA-001 (the unit sent figures: take them out first),
    BOA-004 (a form such a unit does not report).
    """
    said = clean(reason)
    if not said:
        raise JudappError("ENT-002")
    return _say(workspace, number, unit, period, NOT_OWED, said)


def say_on_paper(workspace: Workspace, number: str, unit: Unit, period: Period, note: str = "") -> Applied:
    """“Đã nhận bản giấy”: it came, its figures are still to be typed.

    Raises FRM-001/002, STA-002, BOA-001, BOA-004.
    """
    return _say(workspace, number, unit, period, ON_PAPER, clean(note))


def take_back(workspace: Workspace, number: str, unit: Unit, period: Period) -> Applied:
    """Take back what was said of a sheet; nothing is written where nothing was. Raises FRM-…, STA-002."""
    place = entry_place(workspace, number, unit, period)
    mark = marks_of(workspace, period).get((place.version.id, unit.uid))
    if mark is None:
        return Applied()
    label = f"Bỏ dấu “{_NAMES[mark.kind]}”, biểu {place.version.form.number}"
    return apply_to(workspace, place, "mark", label, lambda writer, _: remarks.remove(writer, mark.remark))


_NAMES = {NOT_OWED: "Không phải báo cáo kỳ này", ON_PAPER: "Đã nhận bản giấy"}
"""As the journal calls it."""


def _must_report(workspace: Workspace, place: EntryPlace, unit: Unit, period: Period) -> None:
    """Nothing is said of a form a unit of this kind never reports and does not owe either."""
    form, day = place.version.form, period.last_day
    kinds = {kind for level in form.levels for kind in level.unit_kinds}
    owed = any(
        (o.family, o.unit) == (form.family, unit.uid) and o.holds_on(day) for o in workspace.obligations
    )
    if kinds and unit.kind not in kinds and not owed:
        raise JudappError("BOA-004", form=form.number, unit=workspace.units.name(unit.uid, day))


def _say(workspace: Workspace, number: str, unit: Unit, period: Period, kind: str, words: str) -> Applied:
    place = entry_place(workspace, number, unit, period)
    _must_report(workspace, place, unit, period)
    resolved = workspace.resolved(place.version.id, unit.uid, period)
    if resolved is not None and resolved.begun:
        name = workspace.units.name(unit.uid, period.last_day)
        raise JudappError("BOA-001", form=place.version.form.number, unit=name)
    former = marks_of(workspace, period).get((place.version.id, unit.uid))

    def build(writer: Writer, own: int) -> None:
        remarks.put(writer, former.remark if former else new_uid(), own, words, kind=kind)

    label = (
        f"{_NAMES[kind]}: biểu {place.version.form.number}, {workspace.units.name(unit.uid, period.last_day)}"
    )
    return apply_to(workspace, place, "mark", label, build, reason=words or None)
