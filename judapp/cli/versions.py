"""Commands about versions in a data file: used from a period, edited, sheets moved, shipped forms added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from judapp.cli.answer import Answer, command
from judapp.cli.options import FILE
from judapp.domain.number import format_vi, unscaled
from judapp.messages import text

if TYPE_CHECKING:
    from judapp.app.mapping_said import LeftOut
    from judapp.app.versions import SheetMove, UseChange
    from judapp.app.workspace import Workspace
    from judapp.domain.catalogue import Form
    from judapp.domain.figure import Figure
    from judapp.domain.moving import Place
    from judapp.domain.period import Period
    from judapp.domain.shape import CellKey
    from judapp.store.forms import StoredForm


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "move")
    @click.argument("file", type=FILE)
    @click.option("--form", "old", required=True, help="Bản đang giữ phiếu: số biểu, số@ngày-đầu. / From.")
    @click.option("--to", "new", required=True, help="Bản chuyển sang. / Version to move to.")
    @click.option("--period", "periods", multiple=True, help="Chỉ kỳ này. / Only this round (repeatable).")
    @click.option(
        "--map",
        "said",
        multiple=True,
        metavar="OLD=NEW",
        help="Cột, dòng nào thành cột, dòng nào: c3=c4, [V.2]=[V.3]; “c3=” bỏ. / Which becomes which.",
    )
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    def move(
        lang: str,
        file: Path,
        old: str,
        new: str,
        periods: tuple[str, ...],
        said: tuple[str, ...],
        dry_run: bool,
    ) -> Answer:
        """Chuyển phiếu từ bản này sang bản khác của cùng một biểu, một lần, hoàn tác được.

        Move sheets from one version of a form to another, as one operation that can be undone.
        """
        from judapp.app.mapping_said import said_mapping
        from judapp.app.versions import move_sheets, plan_move
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        chosen = [Period.parse(period) for period in periods] or None
        with Workspace.open(file, read_only=dry_run) as workspace:
            before, after = named(workspace, old), named(workspace, new)
            mapping = said_mapping(before.form, after.form, said)
            plan = plan_move(workspace, before.id, after.id, mapping, chosen)
            data = _moved(workspace, before.form, after.form, mapping, plan.moves, lang)
            data |= {"operation": None, "dry_run": dry_run}
            if not dry_run:
                data["operation"] = move_sheets(workspace, before.id, after.id, mapping, chosen).op_id
        lost = any(sheet["left"] or sheet["rows_left"] or sheet["refused"] for sheet in data["sheets"])
        return Answer(data, _move_lines(data, lang), errors=lost)


# --- used from a period on


def use(lang: str, file: Path, name: str, since: str, *, dry_run: bool) -> Answer:
    """Let a version serve from a round or day on (``judapp forms FILE --use NUMBER --from …``)."""
    from judapp.app.versions import plan_use, use_from
    from judapp.app.workspace import Workspace

    start = _since(since)
    with Workspace.open(file, read_only=dry_run) as workspace:
        version = named(workspace, name)
        change = plan_use(workspace, version.id, start)
        staying = list(_staying(workspace, change))
        operation = None if dry_run else use_from(workspace, version.id, start).op_id
    data = {
        "used": {**version_data(version.form), "valid_from": change.start, "valid_to": change.end},
        "ended": [
            {**version_data(other.form), "valid_to": last, "leaves": other in change.leaving}
            for other, last in change.others
        ],
        "staying": staying,
        "operation": operation,
        "dry_run": dry_run,
    }
    lines = [text("CLV-used", lang, form=_called(version.form), start=change.start)]
    for other, last in change.others:
        code = "CLV-leaves" if other in change.leaving else "CLV-ends"
        lines.append(text(code, lang, form=_called(other.form), day=last))
    if change.end is not None:
        lines.append(text("CLV-ends", lang, form=_called(version.form), day=change.end))
    if staying:
        lines.append(text("CLV-staying", lang, n=len(staying)))
        lines += [f"  {s['form']} · {s['unit']} {s['unit_name']} · {s['period']}" for s in staying]
    return Answer(data, lines + _dry(dry_run, lang))


def _since(said: str) -> Period | date:
    from judapp.domain.period import Period

    try:
        return date.fromisoformat(said)
    except ValueError:
        return Period.parse(said)


def _staying(workspace: Workspace, change: UseChange) -> Iterable[dict[str, Any]]:
    """Sheets of other versions whose periods the version serves then; ``move`` brings them over."""
    from judapp.app.in_use import sheets_on
    from judapp.app.versions import versions_of

    family = workspace.version(change.version).form.family
    for other in versions_of(workspace, family):
        if other.id == change.version:
            continue
        for sheet in sheets_on(workspace, other.id):
            day = workspace.reporting_day(other.form, sheet.period)
            if change.start <= day and (change.end is None or day <= change.end):
                yield {"form": other.form.number, **_sheet(workspace, sheet.unit, sheet.period)}


# --- a definition in the place of a version


def edit(file: Path, name: str, form: Form) -> tuple[int | None, bool]:
    """Put a definition in the place of a version; the operation, and whether nothing had to be changed."""
    from judapp.app.versions import edit_form
    from judapp.app.workspace import Workspace

    with Workspace.open(file) as workspace:
        applied = edit_form(workspace, named(workspace, name).id, form)
    return applied.op_id, applied.empty


def in_force(file: Path, number: str) -> list[dict[str, Any]]:
    """The versions of a form in a file with their days and how many sheets are on each, oldest first."""
    from judapp.app.in_use import sheets_on
    from judapp.app.workspace import Workspace
    from judapp.text import fold

    with Workspace.open(file, read_only=True) as workspace:
        families = {v.form.family for v in workspace.versions.values() if fold(v.form.number) == fold(number)}
        found = [v for v in workspace.versions.values() if v.form.family in families]
        return [
            {**version_data(v.form), "sheets": len(sheets_on(workspace, v.id))}
            for v in sorted(found, key=lambda v: (v.form.valid_from, v.id))
        ]


# --- moving sheets


def _moved(
    workspace: Workspace, old: Form, new: Form, mapping: Any, moves: Iterable[SheetMove], lang: str
) -> dict[str, Any]:
    from judapp.app.mapping_said import left_out, unfilled

    return {
        "old": version_data(old),
        "new": version_data(new),
        "mapping": {
            "columns": _pairs(mapping.columns, row=False),
            "rows": _pairs(mapping.rows, row=True),
        },
        "left_out": _parts(left_out(mapping, old)),
        "unfilled": _parts(unfilled(mapping, new)),
        "sheets": [
            {
                **_sheet(workspace, move.sheet.unit, move.sheet.period),
                "cells": len(move.content.figures),
                "left": _contents(workspace, move, old),
                "rows_left": [
                    {"table": table, "key": row.key, "label": row.label} for table, row in move.rows_left
                ],
                "refused": move.refused.in_language(lang) if move.refused else None,
            }
            for move in moves
        ],
    }


def _pairs(places: Mapping[Place, Place], *, row: bool) -> list[dict[str, str]]:
    from judapp.app.mapping_said import written

    return [{"old": written(old, row=row), "new": written(new, row=row)} for old, new in places.items()]


def _parts(left: LeftOut) -> dict[str, list[dict[str, Any]]]:
    from judapp.app.mapping_said import written

    return {
        name: [
            {
                "address": written((part.table, part.name), row=name == "rows"),
                "code": part.code,
                "path": list(part.path),
            }
            for part in parts
        ]
        for name, parts in (("columns", left.columns), ("rows", left.rows))
    }


def _contents(workspace: Workspace, move: SheetMove, old: Form) -> list[dict[str, str]]:
    """What stands in the cells that have no place, as a person types it."""
    from judapp.store import sheets

    figures = sheets.figures(workspace.file, move.sheet.id)
    return [
        {"address": _address(key), "value": _shown(figures.get(key), old, key)} for key in move.content.left
    ]


def _address(key: CellKey) -> str:
    table, row, column = key
    at = f"[{row}]" + (f"c{column}" if column else "")
    return f"{table}:{at}" if table else at


def _shown(figure: Figure | None, form: Form, key: CellKey) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return figure.text or figure.state.name.lower()
    table = form.table(key[0])
    leaf = table.leaf_by_name.get(key[2]) if table else None
    return format_vi(unscaled(figure.value, leaf.scale if leaf else 0))


def _move_lines(data: dict[str, Any], lang: str) -> list[str]:
    lines = [f"{_day_named(data['old'])} → {_day_named(data['new'])}"]
    for key, code in (("left_out", "CLV-left-out"), ("unfilled", "CLV-unfilled")):
        parts = [*data[key]["columns"], *data[key]["rows"]]
        if parts:
            lines += ["", text(code, lang)]
            lines += [f"  {part['address']} {' / '.join(part['path'])}" for part in parts]
    lines.append("")
    for sheet in data["sheets"]:
        where = f"{sheet['unit']} {sheet['unit_name']} · {sheet['period']}"
        lines.append(text("CLV-sheet", lang, sheet=where, cells=sheet["cells"], left=len(sheet["left"])))
        lines += [f"  − {cell['address']} = {cell['value']}" for cell in sheet["left"]]
        lines += [f"  − [{row['key']}] {row['label']}" for row in sheet["rows_left"]]
        if sheet["refused"]:
            lines.append(f"  ✕ {sheet['refused']}")
    if data["operation"] is not None:
        lines.append(text("CLV-moved", lang, n=len(data["sheets"]), operation=data["operation"]))
    return lines + _dry(data["dry_run"], lang)


# --- what the program ships


def add_shipped(lang: str, file: Path, *, dry_run: bool) -> Answer:
    """Add what the program ships and the file does not have (``judapp forms FILE --add-shipped``)."""
    from judapp.app import shipped
    from judapp.app.workspace import Workspace

    with Workspace.open(file, read_only=dry_run) as workspace:
        found = shipped.missing(workspace)
        operation = None if dry_run else shipped.add_shipped(workspace).op_id
    added, corrected = (
        [
            {**version_data(a.form), "title": a.form.title, "valid_from": a.since, "valid_to": a.until}
            for a in found.additions
            if (a.corrects is None) is new
        ]
        for new in (True, False)
    )
    reasons = {
        "own": text("CLV-own", lang),
        "used": text("CLV-in-use", lang),
        "days": text("CLV-days", lang),
    }
    kept = [
        {**version_data(left.form), "reason": left.reason, "message": reasons[left.reason]}
        for left in found.left
    ]
    data = {
        "added": added,
        "corrected": corrected,
        "kept": kept,
        "measures": [measure.id for measure in found.measures],
        "indicators": [indicator.id for indicator in found.indicators],
        "operation": operation,
        "dry_run": dry_run,
    }
    lines = [f"+ {_day_named(entry)} {entry['title']}" for entry in added]
    lines += [f"≠ {_day_named(entry)} {entry['title']}" for entry in corrected]
    lines += [f"  {_day_named(entry)}: {entry['message']}" for entry in kept]
    if found.additions:
        told = text("CLV-shipped", lang, new=found.new, corrected=found.corrected, kept=len(kept))
    else:
        told = text("CLV-shipped-none", lang)
    return Answer(data, [*lines, told, *_dry(dry_run, lang)])


# --- forms as files


def write_out(lang: str, file: Path | None, name: str, out: Path) -> Answer:
    """Write a form of the catalogue as one file (``judapp forms [FILE] --export NUMBER --out FORM.json``)."""
    from judapp.app.learning import write_form_file
    from judapp.cli.comparing import form_named

    form = form_named(file, name)
    write_form_file(form, out)
    lines = [text("CLV-written", lang, form=_called(form), path=str(out))]
    return Answer({**version_data(form), "out": str(out)}, lines)


# --- words


def named(workspace: Workspace, name: str) -> StoredForm:
    """The version of a number, the newest; or the one of it that begins on the day behind the ``@``."""
    from judapp.cli.comparing import form_of

    versions = list(workspace.versions.values())
    form = form_of([version.form for version in versions], name)
    return next(version for version in versions if version.form is form)


def version_data(form: Form) -> dict[str, Any]:
    """What tells a version from others."""
    return {
        "number": form.number,
        "circular": form.circular,
        "valid_from": form.valid_from,
        "valid_to": form.valid_to,
    }


def _sheet(workspace: Workspace, unit: str, period: Period) -> dict[str, str]:
    return {
        "unit": workspace.unit_code(unit, period.last_day),
        "unit_name": workspace.units.name(unit, period.last_day),
        "period": period.code,
    }


def _called(form: Form) -> str:
    return f"{form.number} ({form.circular})"


def _day_named(entry: Mapping[str, Any]) -> str:
    return f"{entry['number']}@{entry['valid_from'].isoformat()}"


def _dry(dry_run: bool, lang: str) -> list[str]:
    return [text("CLI-import-dry", lang)] if dry_run else []
