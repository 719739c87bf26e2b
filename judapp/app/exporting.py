"""Handing figures on: workbooks of a period, its progress, and a manifest that proves them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from judapp import __version__
from judapp.app.paper import file_name, write_form
from judapp.app.progress import Progress, progress
from judapp.app.workspace import Workspace, now
from judapp.domain.indicator import Reading
from judapp.domain.number import round_half_up
from judapp.domain.period import Period
from judapp.domain.resolve import Resolved
from judapp.domain.target import SIGNS
from judapp.errors import JudappError
from judapp.excel.plain import Content, PlainTable, number_of, write_workbook
from judapp.messages import text
from judapp.store.sheets import Sheet

MANIFEST = "manifest.json"


class ExportedFile(Struct, frozen=True):
    """One written workbook."""

    path: Path
    form: str
    """Number of its form, "" for tables of results."""
    period: str
    sha256: str
    cells: int = 0
    """Cells read back and compared."""


def export(
    workspace: Workspace,
    period: Period,
    folder: Path,
    numbers: Sequence[str] = (),
    lang: str = "vi",
    *,
    sheets: Collection[int] | None = None,
    step: Callable[[int, int, str], None] | None = None,
) -> list[ExportedFile]:
    """Write one workbook a sheet, the progress of every unit, and ``manifest.json``.

    ``numbers`` names forms, ``sheets`` ids; without them everything begun is written. ``step`` is told the
    number of each form before it is written and stops the rest by raising. What was written until then stays,
    each file whole and proved; nothing is half written, and the manifest comes only once all files are there.

    Raises FRM-…, EXP-003 (nothing to export), EXP-001 (read-back differs), EXP-002 (cannot be written).
    """
    begun = begun_sheets(workspace, period, numbers, sheets)
    if not begun:
        raise JudappError("EXP-003", period=period.code)
    files = []
    for done, (stored, resolved) in enumerate(begun):
        number = resolved.sheet.form.number
        if step is not None:
            step(done, len(begun), number)
        path = folder / form_file(workspace, stored, number)
        cells = write_form(workspace, stored, resolved, path)
        files.append(_exported(path, number, period, cells))
    if step is not None:
        step(len(begun), len(begun), MANIFEST)
    units = dict.fromkeys(stored.unit for stored, _ in begun)
    tables = [
        _progress_table(workspace, progress(workspace, workspace.units[uid], period), lang) for uid in units
    ]
    told = [table for table in tables if table.rows]
    if told:
        path = folder / f"Tien-do_{period.code}.xlsx"
        write_workbook(path, told)
        files.append(_exported(path, "", period))
    _write_manifest(workspace, folder / MANIFEST, files)
    return files


def begun_sheets(
    workspace: Workspace,
    period: Period,
    numbers: Sequence[str] = (),
    sheets: Collection[int] | None = None,
) -> list[tuple[Sheet, Resolved]]:
    """The sheets of a period that hold something, the owner's first; of these forms and ids where given."""
    wanted = {workspace.version_for(number, period).id for number in numbers}
    found = [
        stored
        for stored in workspace.sheets_of(period)
        if (not wanted or stored.form in wanted) and (sheets is None or stored.id in sheets)
    ]
    found.sort(key=lambda s: (s.unit != workspace.owner.uid, workspace.unit_code(s.unit, period.last_day)))
    return [(s, r) for s in found if (r := workspace.resolved(s.form, s.unit, period)) and r.begun]


def form_file(workspace: Workspace, stored: Sheet, number: str) -> str:
    """The name of the workbook a sheet is written to."""
    code = workspace.unit_code(stored.unit, stored.period.last_day)
    return f"Bieu_{file_name(number)}_{file_name(code)}_{stored.period.code}.xlsx"


def _marked(workspace: Workspace, name: str, lang: str) -> str:
    return f"{name} – {text('XLS-practice', lang)}" if workspace.practice else name


def _progress_table(workspace: Workspace, found: Progress, lang: str) -> PlainTable:
    heads = text("XLS-progress-heads", lang).split("|")
    rows: list[list[Content]] = []
    for line in found.indicators:
        standing, indicator = line.standing, line.standing.indicator
        unit = (indicator.unit_en if lang == "en" else indicator.unit) if not indicator.is_rate else "%"
        target = standing.target
        rows.append(
            [
                indicator.name.in_language(lang),
                unit,
                _number(standing.reading, indicator.decimals if indicator.is_rate else 0),
                _whole(standing.reading, numerator=True),
                _whole(standing.reading, numerator=False),
                f"{SIGNS[target.operator]} {text('SEN-places-2', lang, number=target.level)}"
                if target
                else None,
                None if line.difference is None else round_half_up(line.difference, indicator.decimals),
                {True: text("XLS-met", lang), False: text("XLS-not-met", lang), None: None}[line.met],
                line.sentence(lang),
            ]
        )
    below = [""]
    if found.claims:
        below += [text("XLS-claims", lang), *(claim.message(lang) for claim in found.claims)]
    above = [
        text("XLS-progress-title", lang).upper(),
        f"{_marked(workspace, found.unit_name, lang)}",
        found.period.name.in_language(lang),
        "",
    ]
    return PlainTable(found.unit_name, above, [heads], rows, below, [34, 10, 12, 14, 14, 12, 12, 12, 70])


def _number(reading: Reading, places: int) -> Content:
    number = reading.value.number
    if number is None:
        return None
    return round_half_up(number, places) if places else number_of(number, 0)


def _whole(reading: Reading, *, numerator: bool) -> Content:
    amount = reading.numerator if numerator else reading.denominator
    if amount is None or amount.value.number is None or reading.denominator is None:
        return None
    return number_of(amount.value.number, 6)


def _exported(path: Path, form: str, period: Period, cells: int = 0) -> ExportedFile:
    return ExportedFile(path, form, period.code, hashlib.sha256(path.read_bytes()).hexdigest(), cells)


def _write_manifest(workspace: Workspace, path: Path, files: Iterable[ExportedFile]) -> None:
    """What was handed out, with the head of the history, so that a cut history can be told later."""
    manifest = {
        "program": f"judapp {__version__}",
        "made": now(),
        "practice": workspace.practice,
        "head": workspace.file.meta("head"),
        "files": [
            {"path": f.path.name, "form": f.form, "period": f.period, "sha256": f.sha256} for f in files
        ],
    }
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        beside.replace(path)
    except OSError as error:
        raise JudappError("EXP-002", path=str(path), reason=error.strerror or str(error)) from error
