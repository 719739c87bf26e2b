"""Đôn đốc: what each unit still has to send or to mend, as a list, as a workbook, as words to copy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from judapp.app.board import MISSING, UnitBoard
from judapp.app.desk import day_text, period_name, unit_name
from judapp.app.original_file import free_path
from judapp.app.paper import file_name, write_template
from judapp.app.workspace import Workspace
from judapp.domain.period import Period
from judapp.domain.unit import COMMUNE
from judapp.excel.plain import Content, PlainTable, write_workbook
from judapp.messages import text

_LANG = "vi"
"""Units are written to in Vietnamese, whatever language the window speaks."""


class Reminder(Struct, frozen=True):
    """What one unit is asked for."""

    unit: str
    code: str
    name: str
    missing: tuple[str, ...]
    """Short numbers of the forms nothing came of."""
    wrong: tuple[tuple[str, int], ...]
    """Short numbers of forms to be sent again, with their errors."""
    due: date | None
    """The earliest deadline of what is missing."""
    overdue: int
    message: str
    """The words to the unit, in Vietnamese."""


def reminders(board: UnitBoard, units: Collection[str] | None = None) -> list[Reminder]:
    """Everybody who has something to send or to mend, those who are overdue longest first.

    ``units`` are those meant, all where it is None. A form on paper, or one being typed, is not asked for.
    """
    found = []
    for line in board.lines:
        if units is not None and line.unit not in units:
            continue
        pairs = list(zip(board.forms, line.cells, strict=True))
        missing = tuple(form.short for form, cell in pairs if cell.state == MISSING)
        wrong = tuple((form.short, cell.errors) for form, cell in pairs if cell.errors)
        dues = [cell.due for _, cell in pairs if cell.state == MISSING and cell.due]
        if missing or wrong:
            due = min(dues, default=None)
            message = _message(line.name, line.kind, board.period, missing, wrong, due, board.on)
            found.append(
                Reminder(line.unit, line.code, line.name, missing, wrong, due, line.overdue, message)
            )
    return sorted(found, key=lambda reminder: -reminder.overdue)


def _addressed(name: str, kind: str) -> str:
    """How a unit is written to: “UBND xã Tân Kỳ”; others by their own name."""
    return f"UBND {name[:1].lower()}{name[1:]}" if kind == COMMUNE else name


def _message(
    name: str,
    kind: str,
    period: Period,
    missing: Sequence[str],
    wrong: Sequence[tuple[str, int]],
    due: date | None,
    on: date,
) -> str:
    parts = []
    round_ = text("BOA-ask-round", _LANG, period=period_name(period).vi)
    if missing:
        until = ""
        if due is not None:
            days = (on - due).days
            code = "BOA-ask-overdue" if days > 0 else "BOA-ask-today" if days == 0 else "BOA-ask-until"
            until = text(code, _LANG, due=day_text(due), n=days)
        code = "BOA-ask-one" if len(missing) == 1 else "BOA-ask"
        forms = ", ".join(missing)
        parts.append(text(code, _LANG, n=len(missing), forms=forms, round=round_, until=until))
        round_ = ""
    if len(wrong) == 1:
        parts.append(text("BOA-ask-again-one", _LANG, form=wrong[0][0], n=wrong[0][1], round=round_))
    elif wrong:
        forms = ", ".join(text("BOA-ask-errors", _LANG, form=form, n=n) for form, n in wrong)
        parts.append(text("BOA-ask-again", _LANG, n=len(wrong), forms=forms, round=round_))
    return text("BOA-message", _LANG, unit=_addressed(name, kind), what="; ".join(parts))


def as_text(found: Sequence[Reminder]) -> str:
    """The messages one below the other, for a mail or a chat."""
    return "\n".join(reminder.message for reminder in found)


def write_reminders(workspace: Workspace, board: UnitBoard, found: Sequence[Reminder], path: Path) -> Path:
    """Write the list as a workbook at ``path``; raises EXP-002."""
    heads = text("BOA-list-heads", _LANG).split("|")
    rows: list[list[Content]] = []
    for number, reminder in enumerate(found, start=1):
        wrong = ", ".join(text("BOA-ask-errors", _LANG, form=form, n=n) for form, n in reminder.wrong)
        rows.append(
            [
                number,
                reminder.code,
                reminder.name,
                len(reminder.missing) or None,
                ", ".join(reminder.missing) or None,
                wrong or None,
                day_text(reminder.due) if reminder.due else None,
                reminder.overdue or None,
                reminder.message,
            ]
        )
    above = [
        text("BOA-list-title", _LANG).upper(),
        unit_name(workspace, board.head, board.period.last_day),
        text("BOA-list-when", _LANG, period=period_name(board.period).vi, day=day_text(board.on)),
    ]
    if workspace.practice:
        above.append(text("XLS-practice", _LANG))
    title = text("BOA-list-title", _LANG)
    table = PlainTable(title, [*above, ""], [heads], rows, [""], [6, 10, 28, 9, 26, 22, 12, 10, 60])
    write_workbook(path, [table])
    return path


def write_templates(
    workspace: Workspace,
    board: UnitBoard,
    wanted: Sequence[tuple[str, str]],
    folder: Path,
    step: Callable[[int, int, str], object] | None = None,
) -> list[Path]:
    """Write the workbook to fill in for each pair of unit (uid) and form number; the files written.

    Nothing in the folder is written over: what was sent back may lie there under the same name. ``step`` may
    raise to stop; what is written until then stays. Raises FRM-…, EXP-002.
    """
    written = []
    for done, (unit, number) in enumerate(wanted):
        version = workspace.version_for(number, board.period)
        code = workspace.unit_code(unit, board.period.last_day)
        name = f"{file_name(version.form.number)}_{file_name(code)}_{board.period.code}.xlsx"
        if step is not None:
            step(done, len(wanted), name)
        path = free_path(folder / name)
        write_template(workspace, version, workspace.units[unit], board.period, path)
        written.append(path)
    return written
