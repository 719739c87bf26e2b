"""One cell of the board in full: what came and when, what is wrong, where it goes, what it was before."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from judapp.app.after_sending import MovedSheet, moved, moved_sentence, told
from judapp.app.base_findings import families_below
from judapp.app.board import (
    COULD,
    DRAFT,
    EXCUSED,
    MISSING,
    NOT_ASKED,
    PAPER,
    WITH_ERRORS,
    Cell,
    Chosen,
    UnitBoard,
    cell_at,
    unit_board,
)
from judapp.app.board_words import headline
from judapp.app.checking import cell_of, findings_of
from judapp.app.desk import day_text
from judapp.app.grid import reckoned
from judapp.app.home_forms import short
from judapp.app.rolling_up import forms_above
from judapp.app.workspace import Workspace
from judapp.domain.figure import State
from judapp.domain.names import SheetNames
from judapp.domain.period import Period
from judapp.domain.resolve import Cell as ResolvedCell
from judapp.domain.resolve import Resolved
from judapp.domain.shape import Spot
from judapp.messages import bilingual, text
from judapp.text import Bilingual

_SAID = 3
"""So many findings are told one by one."""
_FIGURES = 6
"""So many figures of the first total are shown."""


class Fact(Struct, frozen=True):
    """A sentence with its mark, and what a tooltip adds."""

    mark: str
    words: str
    tip: str = ""


class Detail(Struct, frozen=True):
    """What the panel beside the board shows of one cell."""

    title: str
    facts: tuple[Fact, ...]
    cell: Chosen


class BoardView(Struct, frozen=True):
    """The board with the sentences around it."""

    board: UnitBoard
    sentence: Bilingual
    above: tuple[str, ...]
    """Numbers of the forms above that are added up from these."""
    moved: tuple[MovedSheet, ...]
    moved_words: Bilingual


def board_view(workspace: Workspace, period: Period, unit: str, on: date, *, after: bool) -> BoardView:
    """The board as far as it is known by now; ``after`` looks also at what moved since sending."""
    board = unit_board(workspace, period, unit, on, check=False)
    apart = tuple(moved(workspace, period, board.head)) if after else ()
    above = tuple(version.form.number for version in forms_above(workspace, board))
    return BoardView(board, headline(board), above, apart, moved_sentence(apart))


def detail(workspace: Workspace, board: UnitBoard, unit: str, family: str, lang: str) -> Detail | None:
    """The cell of a unit and a form family; None where the board has none."""
    line = next((line for line in board.lines if line.unit == unit), None)
    at = next((n for n, form in enumerate(board.forms) if form.family == family), None)
    if line is None or at is None:
        return None
    form, cell = board.forms[at], line.cells[at]
    facts = [*_came(cell, lang), *_wrong(workspace, board, cell, lang)]
    if cell.answered:
        facts += _figures(workspace, board.period, cell.sheet, form.version, unit, lang)
    if cell.state:
        facts += _goes_into(workspace, board, unit, family, lang)
    facts += _before(workspace, unit, board.period, lang)
    title = f"{line.name.upper()} · {form.short}"
    own = cell_at(board, unit, family)
    return None if own is None else Detail(title, tuple(facts), own)


def _came(cell: Cell, lang: str) -> list[Fact]:
    if cell.state == MISSING:
        words = text("BOP-missing", lang)
        facts = [Fact("late" if cell.late else "empty", words)]
        if cell.late:
            facts.append(Fact("late", text("BOP-overdue", lang, n=cell.late)))
        elif cell.due is not None:
            facts.append(Fact("info", text("BOP-due", lang, due=day_text(cell.due))))
    elif cell.state == NOT_ASKED:
        facts = [Fact("remit", text("BOP-not-asked", lang))]
    elif cell.state == COULD:
        facts = [Fact("empty", text("BOP-could", lang))]
    elif cell.state in (EXCUSED, PAPER) and cell.mark is not None:
        when = _moment(cell.mark.at)
        code = "BOP-excused" if cell.state == EXCUSED else "BOP-paper"
        facts = [Fact("remit" if cell.state == EXCUSED else "info", text(code, lang))]
        if cell.mark.text:
            facts.append(Fact("", text("BOP-reason", lang, reason=cell.mark.text)))
        facts.append(Fact("", text("BOP-by", lang, who=cell.mark.who, when=when)))
    elif cell.arrival is not None:
        came = cell.arrival
        code = "BOP-from-file" if came.file is not None else "BOP-typed"
        mark = "error" if cell.errors else "draft" if cell.unanswered else "ok"
        facts = [Fact(mark, text(code, lang, when=_moment(came.at), file=came.name, who=came.who))]
        if came.file is not None:
            facts.append(Fact("", text("BOP-imported-by", lang, who=came.who, sheet=came.worksheet)))
        if cell.edited is not None:
            edited = {"who": cell.edited.who, "when": _moment(cell.edited.at)}
            facts.append(Fact("", text("BOP-edited", lang, **edited)))
        if cell.state == DRAFT:
            facts.append(Fact("draft", text("BOP-draft", lang, n=cell.unanswered)))
        elif cell.unanswered:
            facts.append(Fact("draft", text("BOP-partly", lang, n=cell.unanswered)))
    else:  # everything that brought figures was taken back, and something put some there again
        facts = [Fact("ok", text("BOP-answered", lang, n=cell.answered))]
    if cell.came and cell.late:
        facts.append(Fact("late", text("BOP-late", lang, n=cell.late)))
    if cell.waiting:
        names = ", ".join(cell.waiting)
        facts.append(Fact("warning", text("BOP-waiting", lang, n=len(cell.waiting), files=names)))
    return facts


def _wrong(workspace: Workspace, board: UnitBoard, cell: Cell, lang: str) -> list[Fact]:
    if not cell.errors:
        return []
    stored = next((s for s in workspace.sheets_of(board.period) if s.id == cell.sheet), None)
    if stored is None:
        return []
    found = [f for f in findings_of(workspace, stored) if f.severity == "error"]
    resolved = workspace.resolved(stored.form, stored.unit, stored.period)
    names = SheetNames(resolved.plan) if resolved else None
    facts = []
    for finding in found[:_SAID]:
        key = cell_of(finding)
        where = f"{names.cell(key).in_language(lang)}: " if names and key else ""
        facts.append(Fact("error", where + text(finding.code, lang, **finding.params)))
    if len(found) > _SAID:
        facts.append(Fact("", text("BOP-more-errors", lang, n=len(found) - _SAID)))
    return facts


def _figures(
    workspace: Workspace, period: Period, sheet: int | None, version: int, unit: str, lang: str
) -> list[Fact]:
    """“Dòng Tổng số: 412 · 120 · 30”: the first total, of a form of one row that row."""
    stored = next((s for s in workspace.sheets_of(period) if s.id == sheet), None)
    resolved = workspace.resolved(stored.form if stored else version, unit, period)
    if resolved is None:
        return []
    for table, rows in resolved.rows.items():
        chosen = next((row for row in rows if row.kind == "total"), rows[0] if len(rows) == 1 else None)
        if chosen is None:
            continue
        values = [
            _brief(resolved[key], spot)
            for key, spot in resolved.plan.spots.items()
            if key[:2] == (table, chosen.key) and spot.kind != "text"
        ]
        if values and any(cell.figure.state is not State.EMPTY for cell in resolved.cells.values()):
            figures = " · ".join(values[:_FIGURES]) + (" …" if len(values) > _FIGURES else "")
            code = "BOP-row" if chosen.label else "BOP-one-row"
            return [Fact("", text(code, lang, row=chosen.label, figures=figures))]
    return []


def _brief(cell: ResolvedCell, spot: Spot) -> str:
    """A figure as the form prints it: a number, or the sign of its state."""
    shown = told(cell, spot)
    return shown.partition(" ")[0] or "…"


def _goes_into(workspace: Workspace, board: UnitBoard, unit: str, family: str, lang: str) -> list[Fact]:
    """“Vào biểu tỉnh 17c, dòng 14”."""
    facts = []
    for version in forms_above(workspace, board):
        if family not in families_below(version.form):
            continue
        resolved = reckoned(workspace, version, board.head, board.period)
        row = _row_of(resolved, unit)
        code = "BOP-into-row" if row else "BOP-into"
        facts.append(Fact("", text(code, lang, form=short(version.form.number), row=row)))
    return facts


def _row_of(resolved: Resolved, unit: str) -> str:
    """How the row of a unit is called by its number, or by its place where none is printed."""
    for rows in resolved.rows.values():
        for place, row in enumerate(rows, start=1):
            if row.unit == unit:
                return row.number or str(place)
    return ""


def _before(workspace: Workspace, unit: str, period: Period, lang: str) -> list[Fact]:
    """“Trước 01/7/2025: 3 xã cũ”."""
    origins = [origin for origin in workspace.units.origins(unit) if origin.uid != unit]
    state = workspace.units.state(unit, period.last_day)
    if not origins or state is None:
        return []
    names = [workspace.units.latest(origin.uid).name for origin in origins]
    words = text("BOP-before", lang, day=day_text(state.valid_from), n=len(names))
    return [Fact("", words, "\n".join(names))]


def _moment(at: str) -> str:
    """“12/6 08:40” of the department's own clock."""
    when = datetime.fromisoformat(at).astimezone()
    return f"{day_text(when.date(), year=False)} {when:%H:%M}"


def cell_words(cell: Cell) -> Bilingual:
    """A cell in a few words, for a tooltip and for screen readers."""
    if not cell.state:
        return Bilingual("", "")
    if cell.state == WITH_ERRORS and cell.unanswered:
        return bilingual("BOA-state-errors-partly", n=cell.errors, open=cell.unanswered)
    return bilingual(f"BOA-state-{cell.state}", n=cell.errors or cell.unanswered)
