"""Commands that change figures, each one operation (import, set, explain, adjust, undo, submit); history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.findings import finding_data, finding_line
from judapp.cli.marking import mark_files
from judapp.cli.options import DAY, FILE, PATH, as_date, period_option, sheet_options
from judapp.domain.figure import Figure, State
from judapp.domain.number import format_vi, unscaled
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "import")
    @click.argument("file", type=FILE)
    @click.argument("paths", type=PATH, nargs=-1, required=True)
    @period_option(required=False)
    @click.option("--unit", "unit", help="Mã đơn vị của mọi tệp. / Unit of all files.")
    @click.option("--map", "map_", type=PATH, help="Tệp JSON: biểu, đơn vị, kỳ, cột. / What is not said.")
    @click.option("--marked", type=PATH, help="Thư mục tệp đánh dấu lỗi. / Folder for marked copies.")
    @click.option("--until", type=DAY, help="Hạn gửi lại ghi trong tệp đánh dấu. / Day to send back by.")
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    def import_(
        lang: str,
        file: Path,
        paths: tuple[Path, ...],
        period: str | None,
        unit: str | None,
        map_: Path | None,
        marked: Path | None,
        until: datetime | None,
        dry_run: bool,
    ) -> Answer:
        """Nhập tệp Excel hoặc thư mục tệp: nhận biểu, xem cũ → mới, ghi một lần.

        Import workbooks or folders: recognise, preview old → new, write as one operation.
        """
        from judapp.app.after_sending import moved_sentence, would_move
        from judapp.app.import_map import apply_map, read_map
        from judapp.app.import_numbers import asks
        from judapp.app.importing import READY, Wish, apply_import, preview
        from judapp.app.reading_files import Readers
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        wish = Wish(Period.parse(period) if period else None, unit)
        said = read_map(map_) if map_ else ()
        with Workspace.open(file, read_only=dry_run) as workspace, Readers() as readers:
            found = preview(workspace, paths, wish, readers=readers)
            found = apply_map(workspace, found, said, wish, readers) if said else found
            ready = any(c.status == READY for c in found)
            moves = would_move(workspace, found)
            entries = [_candidate(workspace, c, lang) for c in found]
            # First, so that a folder that takes no files leaves no import behind that nobody is told of.
            told = mark_files(workspace, found, entries, marked, as_date(until), lang)
            applied = None if dry_run or not ready else apply_import(workspace, found)
            for entry, candidate in zip(entries, found, strict=True):
                entry["status"] = candidate.status
        errors = any(asks(c) or any(f.severity == "error" for f in c.findings) for c in found)
        heads = text("CLI-import-heads", lang).split("|")
        lines = table(
            heads,
            [
                (
                    Path(e["path"]).name,
                    e["form"],
                    e["unit_name"],
                    e["period"],
                    e["read"],
                    e["changes"],
                    e["unchanged"],
                    e["refused"],
                    text(f"IMP-{e['status']}", lang),
                )
                for e in entries
            ],
            right=(4, 5, 6, 7),
        )
        lines += [finding_line(f, lang) for c in found for f in c.findings]
        lines += told
        if moves:
            lines.append(moved_sentence(moves, ahead=dry_run).in_language(lang) + ".")
        if dry_run:
            lines.append(text("CLI-import-dry", lang))
        written = applied.figures if applied else 0
        data = {"files": entries, "applied": written, "moves": sum(len(sheet.cells) for sheet in moves)}
        return Answer(data | {"dry_run": dry_run}, lines, errors)

    @command(root, "set")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.argument("assignments", nargs=-1, required=True, metavar="ADDRESS=VALUE...")
    def set_(
        lang: str, file: Path, form: str, unit: str, period: str, assignments: tuple[str, ...]
    ) -> Answer:
        """Nhập ô: "[V.2]c1=90931"; "-" không phát sinh, ".." chưa có số liệu, "" để trống.

        Enter cells: "[V.2]c1=90931"; "-" nothing occurred, ".." not yet known, "" empty.
        """
        from judapp.app.checking import findings_of
        from judapp.app.entering import set_cells
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            owner = workspace.unit(unit, at)
            entered, applied = set_cells(workspace, form, owner, at, assignments)
            version = workspace.version_for(form, at)
            stored = workspace.stored(version.id, owner.uid, at)
            found = findings_of(workspace, stored) if stored else []
            resolved = workspace.resolved(version.id, owner.uid, at)
        cells = []
        for e in entered:
            spot = resolved.plan.spots.get(e.key) if resolved else None
            scale = spot.scale if spot else 0
            cells.append(
                {
                    "row": e.key[1],
                    "column": e.key[2],
                    "name": e.name,
                    "before": _shown(e.before, scale),
                    "after": _shown(e.after, scale),
                }
            )
        lines = [f"{c['name']}: {c['before'] or '∅'} → {c['after'] or '∅'}" for c in cells]
        lines += [finding_line(f, lang) for f in found]
        data = {
            "cells": cells,
            "changed": applied.figures,
            "operation": applied.op_id,
            "findings": [finding_data(f, lang) for f in found],
        }
        return Answer(data, lines, any(f.severity == "error" for f in found))

    @command(root, "explain")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.argument("address")
    @click.argument("reason")
    def explain(
        lang: str, file: Path, form: str, unit: str, period: str, address: str, reason: str
    ) -> Answer:
        """Ghi thuyết minh cho một ô.

        Write a reason for a cell.
        """
        from judapp.app.entering import explain as keep_reason
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            applied = keep_reason(workspace, form, workspace.unit(unit, at), at, address, reason)
        data = {"address": address, "reason": reason, "operation": applied.op_id}
        return Answer(data, [text("CLI-explained", lang, address=address)])

    @command(root, "adjust")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.argument("adjustment", metavar="ADDRESS=±DELTA")
    @click.argument("reason", default="")
    def adjust(
        lang: str, file: Path, form: str, unit: str, period: str, adjustment: str, reason: str
    ) -> Answer:
        """Điều chỉnh của Sở ở một ô, kèm lý do; ADDRESS= không có số: bỏ điều chỉnh.

        The department's adjustment of a cell, with its reason; ADDRESS= without a figure drops it.
        """
        from judapp.app.adjusting import adjust_at
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            applied = adjust_at(workspace, form, workspace.unit(unit, at), at, adjustment, reason)
        address, _, delta = adjustment.partition("=")
        data = {"address": address, "delta": delta, "reason": reason, "operation": applied.op_id}
        code = "BSD-cli-adjusted" if delta else "BSD-cli-dropped"
        return Answer(data, [text(code, lang, address=address, delta=delta)])

    @command(root, "undo")
    @click.argument("file", type=FILE)
    @click.option("--op", type=int, help="Số thao tác (mặc định thao tác gần nhất). / Operation.")
    @click.option("--redo", is_flag=True, help="Làm lại thao tác vừa hoàn tác. / Redo.")
    def undo(lang: str, file: Path, op: int | None, redo: bool) -> Answer:
        """Hoàn tác thao tác gần nhất (hoặc --op số thao tác; --redo để làm lại).

        Undo the newest operation (or --op N; --redo takes the last undo back).
        """
        from judapp.app.workspace import Workspace

        with Workspace.open(file) as workspace:
            label, applied = workspace.redo() if redo else workspace.undo(op)
        data = {
            "undone": label,
            "operation": applied.op_id,
            "cells": applied.figures,
            "kept": applied.kept,
        }
        code = "CLI-redone" if redo else "CLI-undone"
        return Answer(data, [text(code, lang, label=label, cells=applied.figures, kept=applied.kept)])

    @command(root, "history")
    @click.argument("file", type=FILE)
    @click.option("--form", "form", help="Số biểu. / Form number.")
    @click.option("--unit", "unit", help="Mã đơn vị. / Unit code.")
    @period_option(required=False)
    @click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
    @click.argument("address", required=False)
    def history(
        lang: str,
        file: Path,
        form: str | None,
        unit: str | None,
        period: str | None,
        limit: int,
        address: str | None,
    ) -> Answer:
        """Nhật ký của tệp; với --form --unit --period và địa chỉ ô: nhật ký của ô đó.

        The history of the file, or of one cell with --form --unit --period and an address.
        """
        from judapp.app.workspace import Workspace

        if address is not None and None in (form, unit, period):
            raise click.UsageError("--form, --unit, --period")
        with Workspace.open(file, read_only=True) as workspace:
            if address is not None:
                return _cell_history(workspace, lang, form or "", unit or "", period or "", address)
            from judapp.store.history import operations

            found = operations(workspace.file, limit)
        entries: list[dict[str, Any]] = [
            {
                "id": o.id,
                "at": o.at,
                "who": o.who,
                "machine": o.machine,
                "kind": o.kind,
                "label": o.label,
                "reason": o.reason,
                "undoes": o.undoes,
                "undone": o.undone,
                "hash": o.hash,
            }
            for o in found
        ]
        heads = text("CLI-history-heads", lang).split("|")
        rows = [
            (e["id"], _moment(e["at"]), e["who"], e["machine"], text(f"OPK-{e['kind']}", lang), e["label"],
             text("CLI-undone-mark", lang) if e["undone"] else "")
            for e in entries
        ]  # fmt: skip
        return Answer({"operations": entries}, table(heads, rows, right=(0,)))

    @command(root, "submit")
    @click.argument("file", type=FILE)
    @sheet_options
    def submit(lang: str, file: Path, form: str, unit: str, period: str) -> Answer:
        """Trình duyệt một phiếu: khóa số liệu, giữ một bản không đổi.

        Submit a sheet: its figures are locked and a frozen copy is kept.
        """
        from judapp.app.approving import submit as hand_in
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            applied = hand_in(workspace, form, workspace.unit(unit, at), at)
        data = {
            "form": form,
            "unit": unit,
            "period": period,
            "state": "submitted",
            "operation": applied.op_id,
        }
        return Answer(data, [text("CLI-submitted", lang, form=form, unit=unit, period=period)])

    @command(root, "return")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.option("--reason", required=True, help="Lý do. / Reason.")
    def return_(lang: str, file: Path, form: str, unit: str, period: str, reason: str) -> Answer:
        """Trả lại một phiếu đã trình để sửa, có lý do.

        Return a submitted sheet for changes, with a reason.
        """
        from judapp.app.approving import give_back
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            applied = give_back(workspace, form, workspace.unit(unit, at), at, reason)
        data = {"form": form, "unit": unit, "period": period, "state": "draft", "operation": applied.op_id}
        return Answer(data, [text("CLI-returned", lang, form=form, unit=unit, period=period)])


def _candidate(workspace: Any, candidate: Any, lang: str) -> dict[str, Any]:
    from judapp.app.import_map import wanted

    period = candidate.period
    unit = candidate.unit
    return {
        "path": str(candidate.path),
        "sheet": candidate.sheet,
        "form": candidate.version.form.number if candidate.version else None,
        "unit": workspace.unit_code(unit.uid, period.last_day) if unit else None,
        "unit_name": workspace.units.name(unit.uid, period.last_day) if unit else None,
        "period": period.code if period else None,
        "status": candidate.status,
        "cells": len(candidate.figures),
        "read": candidate.read,
        "changes": len(candidate.changes),
        "unchanged": candidate.unchanged,
        "refused": candidate.refused,
        "evidence": {
            what: {"source": found.source, "text": found.text, "cell": found.cell or None}
            for what, found in candidate.evidence.items()
        },
        "map": wanted(workspace, candidate, lang),
        "findings": [finding_data(f, lang) for f in candidate.findings],
    }


def _cell_history(workspace: Any, lang: str, form: str, unit: str, period: str, address: str) -> Answer:
    from judapp.app.entering import history_of_cell
    from judapp.domain.period import Period

    at = Period.parse(period)
    name, plan, key, changes = history_of_cell(workspace, form, workspace.unit(unit, at), at, address)
    scale = plan.spots[key].scale
    entries: list[dict[str, Any]] = [
        {
            "operation": c.operation.id,
            "at": c.operation.at,
            "who": c.operation.who,
            "kind": c.operation.kind,
            "label": c.operation.label,
            "reason": c.operation.reason,
            "before": _shown(c.before, scale),
            "after": _shown(c.after, scale),
            "source": {"file": c.source.file, "sheet": c.source.sheet, "cell": c.source.cell}
            if c.source
            else None,
        }
        for c in changes
    ]
    heads = text("CLI-cell-history-heads", lang).split("|")
    rows = [
        (
            _moment(e["at"]),
            e["who"],
            e["label"],
            e["before"] or "∅",
            e["after"] or "∅",
            f"{e['source']['file']} · {e['source']['sheet']} · {e['source']['cell']}" if e["source"] else "",
        )
        for e in entries
    ]
    return Answer({"cell": name, "changes": entries}, [name, "", *table(heads, rows, right=(3, 4))])


_SIGNS = {State.EMPTY: "", State.NIL: "-", State.PENDING: "…", State.OUT_OF_REMIT: "⊘"}


def _shown(figure: Figure, scale: int) -> str:
    """A figure as a person types it; "" for an empty cell."""
    if figure.text is not None:
        return figure.text
    if figure.value is None:
        return _SIGNS[figure.state]
    number = format_vi(unscaled(figure.value, scale))
    if figure.estimate is None:
        return number
    return f"{number} (≈ {format_vi(unscaled(figure.estimate, scale))})"


def _moment(at: str) -> str:
    from datetime import datetime

    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y %H:%M:%S}"
