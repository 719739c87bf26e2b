"""Commands between base units and the forms above: rolling up, tracing down, what moved since sending."""

from __future__ import annotations

from pathlib import Path

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.options import FILE, PATH, period_option, sheet_options
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""
    _register_rollup(root)
    _register_trace(root)
    _register_moved(root)


def _register_rollup(root: click.Group) -> None:
    @command(root, "rollup")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--unit", help="Đơn vị cấp trên (mặc định chủ tệp). / Unit they report to.")
    @click.option("--form", "forms", multiple=True, help="Chỉ biểu này (lặp lại được). / Only this form.")
    @click.option(
        "--follow", multiple=True, help="Ô lấy lại số đơn vị (một biểu). / Cells that follow again."
    )
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    def rollup(
        lang: str,
        file: Path,
        period: str,
        unit: str | None,
        forms: tuple[str, ...],
        follow: tuple[str, ...],
        dry_run: bool,
    ) -> Answer:
        """Tổng hợp số đơn vị vào các biểu tỉnh: bao nhiêu đơn vị, ô nào đã gõ đè, điều chỉnh nào.

        Roll base units up: coverage, cells typed over, adjustments; --follow lets cells follow again.
        """
        from judapp.app.board import unit_board
        from judapp.app.checks_view import address
        from judapp.app.rolling_up import follow_cells, roll_up, rollups
        from judapp.app.workspace import Workspace, today
        from judapp.domain.period import Period

        if follow and len(forms) != 1:
            raise click.UsageError("--follow: --form")
        with Workspace.open(file, read_only=dry_run) as workspace:
            at = Period.parse(period)
            head = workspace.unit(unit, at) if unit else workspace.owner
            board = unit_board(workspace, at, head.uid, today(), check=False)
            wanted = {workspace.version_for(number, at).id for number in forms}
            found = [form for form in rollups(workspace, board) if not wanted or form.version in wanted]
            keys = follow_cells(workspace, board, forms[0], follow) if follow else []
            applied = None
            if not dry_run:
                applied = roll_up(
                    workspace, board, {form.version: keys for form in found if not form.locked or follow}
                )
        entries = [
            {
                "form": form.number,
                "locked": form.locked,
                "begun": form.begun,
                "covered": form.covered,
                "expected": form.expected,
                "following": form.following,
                "new": [{"address": address(c.key), "value": c.value} for c in form.new],
                "typed": [
                    {
                        "address": address(c.key),
                        "typed": c.typed,
                        "base": c.base or None,
                        "covered": c.covered,
                        "expected": c.expected,
                        "who": c.by,
                    }
                    for c in form.typed
                ],
                "adjusted": [
                    {"address": address(c.key), "delta": c.delta, "outcome": c.outcome, "reason": c.reason}
                    for c in form.adjusted
                ],
            }
            for form in found
        ]
        lines = []
        for form in found:
            code = "BOA-rollup-locked" if form.locked else "BOA-rollup-form"
            lines.append(
                text(
                    code,
                    lang,
                    form=form.number,
                    covered=form.covered,
                    expected=form.expected,
                    cells=form.following,
                )
            )
            lines += [
                text("BOA-rollup-typed", lang, cell=c.name, typed=c.typed, base=c.base or "…")
                for c in form.typed
                if c.differs
            ]
            lines += [
                text("BOA-rollup-adjusted", lang, cell=c.name, outcome=c.outcome, reason=c.reason)
                for c in form.adjusted
            ]
        if not found:
            lines.append(text("BOA-rollup-none", lang))
        if dry_run:
            lines.append(text("CLI-import-dry", lang))
        data = {
            "period": period,
            "forms": entries,
            "operation": applied.op_id if applied else None,
            "dry_run": dry_run,
        }
        return Answer(data, lines)


def _register_trace(root: click.Group) -> None:
    @command(root, "trace")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.argument("address")
    @click.option("--save", type=PATH, help="Ghi các tệp gốc vào thư mục. / Save the original files.")
    def trace(
        lang: str, file: Path, form: str, unit: str, period: str, address: str, save: Path | None
    ) -> Answer:
        """Một số của tỉnh gồm phần của đơn vị nào, từ tệp nào, ô nào; đơn vị nào chưa nộp.

        What a figure stands on: units, their shares, file and cell; who has not reported.
        """
        from judapp.app.entering import cell_key, entry_place
        from judapp.app.original_file import write_original
        from judapp.app.tracing import trace as follow
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            at = Period.parse(period)
            owner = workspace.unit(unit, at)
            key = cell_key(address, entry_place(workspace, form, owner, at).plan)
            found = follow(workspace, form, owner.uid, at, key, lang)
            codes = [workspace.unit_code(line.unit, at.last_day) for line in found.lines]
            ids = dict.fromkeys(line.imported for line in found.lines if line.imported is not None)
            files = [write_original(workspace, own, save) for own in ids] if save is not None else []
        data = {
            "form": found.form,
            "unit": unit,
            "period": period,
            "address": address,
            "value": found.value,
            "origin": found.origin,
            "coverage": found.coverage,
            "base": found.base or None,
            "adjustment": found.delta or None,
            "reason": found.reason or None,
            "lines": [
                {
                    "unit": code,
                    "unit_name": line.name,
                    "value": line.value,
                    "form": line.form,
                    "address": line.address or None,
                    "file": line.file or None,
                    "sheet": line.worksheet or None,
                    "cell": line.cell or None,
                    "who": line.who or None,
                    "when": line.when or None,
                }
                for code, line in zip(codes, found.lines, strict=True)
            ],
            "without": list(found.without),
            "waiting": list(found.waiting),
            "files": [str(path) for path in files],
        }
        lines = [f"{found.form} · {found.name.in_language(lang)}: {found.value or '∅'}"]
        lines += [found.coverage] if found.coverage else []
        if found.delta:
            lines.append(
                text("BOA-trace-adjusted", lang, base=found.base, delta=found.delta, reason=found.reason)
            )
        rows = [
            (
                line.name,
                line.value,
                line.form,
                line.address,
                " › ".join(filter(None, (line.file, line.worksheet, line.cell)))
                or (text("BOA-typed", lang) if line.who else ""),
                " ".join(filter(None, (line.who, line.when))),
            )
            for line in found.lines
        ]
        if rows:
            lines += ["", *table(text("BOA-trace-heads", lang).split("|"), rows, right=(1,))]
        lines += [text("BOA-left-open", lang, unit=name) for name in found.without]
        lines += [text("BOA-not-sent", lang, unit=name) for name in found.waiting]
        lines += [text("CLI-exported", lang, path=str(path)) for path in files]
        return Answer(data, lines)


def _register_moved(root: click.Group) -> None:
    @command(root, "moved")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--unit", help="Mã đơn vị (mặc định mọi phiếu đã gửi). / Unit code.")
    def moved(lang: str, file: Path, period: str, unit: str | None) -> Answer:
        """Ô nào của phiếu đã gửi nay khác bản giữ lại, và do số liệu của đơn vị nào.

        Cells of handed-in sheets that differ from the frozen copy by now, and whose figures moved them.
        """
        from judapp.app.after_sending import cause_words
        from judapp.app.after_sending import moved as differing
        from judapp.app.checks_view import address
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            at = Period.parse(period)
            found = differing(workspace, at, workspace.unit(unit, at).uid if unit else None)
            codes = [workspace.unit_code(sheet.unit, at.last_day) for sheet in found]
            senders = {
                cause.unit: workspace.unit_code(cause.unit, at.last_day)
                for sheet in found
                for cell in sheet.cells
                for cause in cell.causes
            }
        data = {
            "period": period,
            "sheets": [
                {
                    "form": sheet.form,
                    "unit": code,
                    "unit_name": sheet.unit_name,
                    "revision": sheet.revision,
                    "at": sheet.at,
                    "cells": [
                        {
                            "address": address(cell.key),
                            "sent": cell.sent or None,
                            "present": cell.present or None,
                            "causes": [
                                {
                                    "unit": senders[cause.unit],
                                    "unit_name": cause.name,
                                    "form": cause.form,
                                    "file": cause.file or None,
                                }
                                for cause in cell.causes
                            ],
                        }
                        for cell in sheet.cells
                    ],
                }
                for code, sheet in zip(codes, found, strict=True)
            ],
        }
        lines = []
        for sheet in found:
            lines.append(
                text("BOA-moved-sheet", lang, form=sheet.form, unit=sheet.unit_name, revision=sheet.revision)
            )
            for cell in sheet.cells:
                why = "; ".join(cause_words(cause, lang) for cause in cell.causes)
                change = f"{cell.sent or '∅'} → {cell.present or '∅'}"
                lines.append(f"  {cell.name.in_language(lang)}: {change}" + (f"  ({why})" if why else ""))
        return Answer(data, lines or [text("BOA-moved-none", lang)])
