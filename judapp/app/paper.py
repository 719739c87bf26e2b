"""Forms on paper: a sheet's layout with header, notes and signers filled, and templates to fill in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from judapp.app.entering import EXPLANATION
from judapp.app.signing import PLACE_AND_DATE, SIGNERS
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form, Note
from judapp.domain.layout import Heading, Layout, layout
from judapp.domain.names import SheetNames
from judapp.domain.period import Period, Span
from judapp.domain.resolve import NOTES_TABLE, Resolved
from judapp.domain.rows import OwnRow, expand
from judapp.domain.shape import Plan, plan_of
from judapp.domain.unit import COMMUNE, PROVINCE, Unit
from judapp.errors import JudappError
from judapp.excel.fill import filled, template
from judapp.excel.gate import prove
from judapp.excel.identity import Identity
from judapp.excel.output import put_in_place
from judapp.messages import text
from judapp.store import remarks
from judapp.store.forms import StoredForm
from judapp.store.sheets import DRAFT
from judapp.store.sheets import Sheet as StoredSheet

_OFFICE = {PROVINCE: "Sở Tư pháp {}", COMMUNE: "UBND {}"}
"""How a territory is called where its office reports."""


def reporter(workspace: Workspace, unit: Unit, day: date) -> str:
    """The reporting office of ``unit`` as forms print it: "Sở Tư pháp Tỉnh Nghệ An"."""
    return _OFFICE.get(unit.kind, "{}").format(workspace.units.name(unit.uid, day))


def sheet_layout(workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> Layout:
    """The layout of a sheet with everything that is known about it printed."""
    form = resolved.sheet.form
    words = {
        row: figure.text or ""
        for (table, row, _), figure in resolved.sheet.figures.items()
        if table == NOTES_TABLE
    }
    day = stored.period.last_day
    heading = Heading(
        reporter=reporter(workspace, workspace.units[stored.unit], day),
        receiver="",
        period=stored.period.name.vi,
        days=_days(stored.span),
        marks=_marks(workspace, stored.state),
        place_and_date=words.get(PLACE_AND_DATE, ""),
        slots=words,
        signers=tuple(words.get(f"{SIGNERS}{number}", "") for number in range(1, len(form.signatures) + 1)),
    )
    return layout(_with_explanations(workspace, stored, resolved), resolved.rows, heading)


def _marks(workspace: Workspace, state: str = "") -> tuple[str, ...]:
    """What must be seen before a form is used: that it is a draft, that its figures are practice."""
    draft = (text("EXW-draft", "vi"),) if state == DRAFT else ()
    return (*draft, text("XLS-practice", "vi")) if workspace.practice else draft


def _days(span: Span) -> str:
    if span.start is None or span.end is None:
        return ""
    return (
        f"Từ ngày {span.start:%d} tháng {span.start:%m} năm {span.start:%Y}"
        f" đến ngày {span.end:%d} tháng {span.end:%m} năm {span.end:%Y}"
    )


def _with_explanations(workspace: Workspace, stored: StoredSheet, resolved: Resolved) -> Form:
    """The form with the written reasons below its frame, above the signatures (03/2019/TT-BTP Điều 4)."""
    form = resolved.sheet.form
    names = SheetNames(resolved.plan)
    reasons = [
        Note(text=text("XLS-explanation", "vi", cell=names.cell(r.cell).vi, reason=_plain(r.text)))
        for r in remarks.of_sheet(workspace.file, stored.id)
        if r.cell is not None and r.kind == EXPLANATION
    ]
    return msgspec.structs.replace(form, notes=(*form.notes, *reasons)) if reasons else form


def _plain(words: str) -> str:
    """Words that are no slots, whatever brackets a person wrote."""
    return words.replace("{", "(").replace("}", ")")


def write_form(workspace: Workspace, stored: StoredSheet, resolved: Resolved, path: Path) -> int:
    """Write a sheet as the form itself; it stands at ``path`` once two readers found in it what was meant.

    Returns how many cells were read back and compared. Raises EXP-001 (read-back differs), EXP-002 (cannot be
    written).
    """
    laid = sheet_layout(workspace, stored, resolved)
    content, expected = filled(laid, resolved)
    compared = 0

    def check(beside: Path) -> None:
        nonlocal compared
        compared = prove(beside, expected)

    put_in_place(path, content, check)
    return compared


def write_template(workspace: Workspace, version: StoredForm, unit: Unit, period: Period, path: Path) -> None:
    """Write the workbook ``unit`` fills in for ``period`` and sends back; raises EXP-002."""
    plan = _with_open_rows(workspace, version, unit, period)
    heading = Heading(
        reporter=reporter(workspace, unit, period.last_day),
        period=period.name.vi,
        days=_days(workspace.span(version.form, period)),
        marks=_marks(workspace),
    )
    laid = layout(version.form, plan.rows, heading)
    identity = Identity(version.sha256, unit.uid, period.code, _checksum(version, unit, period, laid, plan))
    put_in_place(path, template(laid, plan, identity), lambda _: None)


_OPEN_ROWS = 20
"""Empty rows a template offers where a unit adds rows of its own."""


def _with_open_rows(workspace: Workspace, version: StoredForm, unit: Unit, period: Period) -> Plan:
    """The cells of a form for a unit, with empty rows wherever its plan is free."""
    rows = {}
    for table in version.form.tables:
        parents = [("", table.rows)]
        parents += [
            (row.key, row.plan.children)
            for row in workspace.plan(version.form, unit.uid, period).rows[table.key]
            if row.kind not in ("unit", "free")
        ]
        own = [
            OwnRow(f"{parent}.#mau{number}".lstrip("."), parent, number, None, "")
            for parent, plans in parents
            if any(plan.kind == "free" for plan in plans)
            for number in range(1, _OPEN_ROWS + 1)
        ]
        rows[table.key] = expand(
            table, lambda plan: workspace.repeated_units(plan, version.form, unit.uid, period), own
        )
    return plan_of(version.form, rows)


def _checksum(version: StoredForm, unit: Unit, period: Period, laid: Layout, plan: Plan) -> str:
    """A digest of what a template was made from: form version, unit, period and where each cell stands."""
    cells = sorted((*key, *laid.cells[key]) for key in plan.spots)
    return hashlib.sha256(msgspec.json.encode([version.sha256, unit.uid, period.code, cells])).hexdigest()


def templates(workspace: Workspace, number: str, period: Period, unit: Unit | None, to: Path) -> list[Path]:
    """Templates of form ``number`` for one unit, or for every unit that owes it; the files written.

    ``to`` is the file for one unit, the folder for all. Raises FRM-…, EXP-002, TPL-001 (nobody owes it).
    """
    version = workspace.version_for(number, period)
    if unit is not None:
        write_template(workspace, version, unit, period, to)
        return [to]
    written = []
    for owing in _owing(workspace, version, period):
        code = workspace.unit_code(owing.uid, period.last_day)
        path = to / f"{file_name(version.form.number)}_{file_name(code)}_{period.code}.xlsx"
        write_template(workspace, version, owing, period, path)
        written.append(path)
    if not written:
        raise JudappError("TPL-001", form=version.form.number, period=period.code)
    return written


def _owing(workspace: Workspace, version: StoredForm, period: Period) -> Iterable[Unit]:
    day = period.last_day
    for obligation in workspace.obligations:
        if obligation.family == version.form.family and obligation.holds_on(day):
            yield workspace.units[obligation.unit]


def file_name(words: str) -> str:
    """Words as a part of a file name that every system takes."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in words)
