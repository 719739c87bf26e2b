"""Commands that carry one room's forms between two PCs: pack, unpack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.options import FILE, PATH, period_option
from judapp.messages import text

if TYPE_CHECKING:
    from judapp.app.exchange_view import ArrivalView
    from judapp.app.unpacking import Arrival


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "pack")
    @click.argument("file", type=FILE)
    @click.option("--room", required=True, help="Phòng: mã hoặc tên. / Room: code or name.")
    @period_option()
    @click.option("--out", type=PATH, required=True, help="Gói .judapp. / Package (.judapp).")
    def pack(lang: str, file: Path, room: str, period: str, out: Path) -> Answer:
        """Xuất gói của một phòng: các phiếu phòng đó làm, kèm danh mục để mở trên máy của phòng.

        Write one room's package: the sheets it prepares, with the registers they speak of.
        """
        from judapp.app.packing import pack as write
        from judapp.app.packing import room_named
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        at = Period.parse(period)
        with Workspace.open(file, read_only=True) as workspace:
            packed = write(workspace, room_named(workspace, room, at.last_day), at, out)
        data = {
            "package": str(packed.path),
            "room": packed.room,
            "forms": list(packed.forms),
            "sheets": packed.sheets,
            "cells": packed.cells,
            "background": packed.background,
        }
        words = {**data, "path": data["package"], "forms": len(packed.forms)}
        return Answer(data, [text("RPK-packed", lang, **words), ", ".join(packed.forms)])

    @command(root, "unpack")
    @click.argument("package", type=FILE)
    @click.option(
        "--to",
        "to",
        type=PATH,
        required=True,
        help="Tệp dữ liệu nhận gói; chưa có thì tạo mới. / Data file; made where there is none.",
    )
    @click.option(
        "--take",
        "also",
        multiple=True,
        help="Lấy số của phòng cho biểu này dù ở đây cũng đã sửa. / Take the room's figures of this form.",
    )
    @click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi. / Preview only.")
    def unpack(lang: str, package: Path, to: Path, also: tuple[str, ...], dry_run: bool) -> Answer:
        """Nhận gói của phòng: xem từng phiếu cũ → mới, ghi một lần, hoàn tác được.

        Take a room's package: each sheet old → new, written as one operation that can be undone.
        """
        from judapp.app.exchange_view import arrival_view
        from judapp.app.unpacking import look_into, new_file_of, take
        from judapp.app.workspace import Workspace

        if not to.exists():
            if dry_run:
                raise click.UsageError("--dry-run --to FILE")
            workspace, arrival = new_file_of(to, package)
            with workspace:
                return _answer(arrival_view(workspace, arrival, lang), arrival, lang, made=to)
        with Workspace.open(to, read_only=dry_run) as workspace:
            arrival = look_into(workspace, package)
            seen = arrival_view(workspace, arrival, lang)
            chosen = _chosen(arrival, also)
            if not dry_run:
                take(workspace, arrival, chosen)
        return _answer(seen, arrival, lang, chosen, dry_run=dry_run)


def _chosen(arrival: Arrival, numbers: Iterable[str]) -> tuple[int, ...]:
    from judapp.app.unpacking import CHOSEN
    from judapp.text import fold

    wanted = {fold(number) for number in numbers}
    return tuple(
        position
        for position, one in enumerate(arrival.incoming)
        if one.status in CHOSEN and not one.sheet.background and fold(one.sheet.number) in wanted
    )


def _answer(
    seen: ArrivalView,
    arrival: Arrival,
    lang: str,
    chosen: Iterable[int] = (),
    *,
    made: Path | None = None,
    dry_run: bool = False,
) -> Answer:
    from judapp.app.exchange_state import BOTH, OLDER

    also = set(chosen)
    taken = [line for line in seen.lines if line.taken or line.position in also]
    left = [line for line in seen.lines if line.status in (BOTH, OLDER) and line.position not in also]
    manifest, added = arrival.package.manifest, arrival.additions
    lines = [seen.head]
    if made is not None:
        lines.append(text("RPK-made", lang, file=str(made)))
    rows = [(e.form, e.unit, e.period, e.cells, e.rows, e.remarks, e.words) for e in seen.lines]
    lines += table(text("RPK-heads", lang).split("|"), rows, right=(3, 4, 5))
    lines += [line.reason for line in seen.lines if line.reason]
    lines += [
        f"  {line.form} · {line.unit} · {cell.cell}: {cell.before or '∅'} → {cell.after or '∅'}"
        for line in seen.lines
        if line.status == BOTH
        for cell in line.differences
    ]
    lines += [*seen.adds, *seen.told]
    cells = sum(line.cells for line in taken)
    if dry_run:
        lines.append(text("RPK-dry", lang))
    elif taken:
        lines.append(text("RPK-taken", lang, sheets=len(taken), cells=cells))
    elif added.anything:
        lines.append(text("RPK-registers-only", lang))
    else:
        lines.append(text("RPK-nothing", lang))
    if left:
        lines.append(text("RPK-left", lang, n=len(left)))
    data = {
        "room": manifest.room_name,
        "period": manifest.period,
        "made_at": manifest.made_at,
        "made_by": manifest.made_by,
        "sheets": [
            {
                "form": one.sheet.number,
                "unit": one.unit,
                "period": one.sheet.period,
                "layer": one.sheet.layer,
                "background": one.sheet.background,
                "status": one.status,
                "cells": len(one.cells),
                "rows": one.rows,
                "remarks": one.remarks,
                "code": one.code or None,
                "message": text(one.code, lang, **one.params) if one.code else None,
            }
            for one in (arrival.incoming[line.position] for line in seen.lines)
        ],
        "added": {name: len(getattr(added, name)) for name in ("units", "forms", "people", "obligations")},
        "taken": 0 if dry_run else len(taken),
        "cells": 0 if dry_run else cells,
        "dry_run": dry_run,
    }
    return Answer(data, lines, errors=bool(left) or any(line.reason for line in seen.lines))
