"""The command that lists imports and keeps their minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.options import FILE, NEW_FILE
from judapp.errors import JudappError
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add this command to ``root``."""

    @command(root, "minutes")
    @click.argument("file", type=FILE)
    @click.option(
        "--import", "number", type=click.IntRange(1), help="Lần nhập (mặc định lần mới nhất). / Which."
    )
    @click.option("--out", type=NEW_FILE, help="Ghi biên bản ra .xlsx hoặc .pdf. / Keep it as a file.")
    def minutes_(lang: str, file: Path, number: int | None, out: Path | None) -> Answer:
        """Các lần nhập tệp; với --import hoặc --out: biên bản của một lần nhập.

        The imports; with --import or --out the minutes of one.
        """
        from judapp.app.minutes import last_imports, minutes
        from judapp.app.minutes_out import keep_minutes, minutes_facts
        from judapp.app.workspace import Workspace

        with Workspace.open(file, read_only=True) as workspace:
            found = last_imports(workspace, 1_000_000)
            entries = [_import(one) for one in found]
            if number is None and out is None:
                return Answer({"imports": entries}, _listed(entries, lang))
            if not found:
                raise JudappError("MIN-003")
            chosen = next((one for one in found if number in (None, one.number)), None)
            if chosen is None:
                raise JudappError("MIN-002", number=str(number), count=len(found))
            whole = minutes(workspace, chosen.op)
            lines = minutes_facts(whole, lang)
            if out is not None:
                keep_minutes(workspace, chosen.op, out, lang)
                lines.append(text("MIN-kept", lang, number=str(chosen.number), path=str(out)))
        data = _import(chosen) | {
            "out": str(out) if out else None,
            "written": [_line(line, lang) for line in whole.written],
            "left_aside": [_line(line, lang) for line in whole.left_out],
        }
        if out is None:
            for name, of in (("MIN-written", whole.written), ("MIN-left-out", whole.left_out)):
                lines += ["", text(name, lang, n=len(of))]
                lines += [
                    f"  {line.called} › {line.sheet}  {line.form}  {line.unit}  {line.written}" for line in of
                ]
        return Answer({"minutes": data}, lines)


def _import(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "operation": one.op,
        "at": one.at.isoformat(timespec="seconds"),
        "who": one.who,
        "machine": one.machine,
        "files": one.files,
        "cells": one.cells,
        "new": one.new,
        "left_out": one.left_out,
        "undone": one.undone,
    }


def _listed(entries: list[dict[str, Any]], lang: str) -> list[str]:
    mark = text("MIN-undone", lang)
    keys = ("number", "at", "who", "files", "cells", "new", "left_out")
    rows = [
        (*(_moment(e[key]) if key == "at" else e[key] for key in keys), mark if e["undone"] else "")
        for e in entries
    ]
    return table(text("MIN-list-heads", lang).split("|"), rows, right=(0, 3, 4, 5, 6))


def _line(line: Any, lang: str) -> dict[str, Any]:
    return {
        "file": line.file,
        "folder": line.folder,
        "sheet": line.sheet,
        "sha256": line.sha256,
        "form": line.form,
        "unit": line.unit,
        "period": line.period.in_language(lang),
        "read": line.read,
        "written": line.written,
        "unchanged": line.unchanged,
        "reckoned": line.reckoned,
        "refused": line.refused,
        "reason": line.reason,
        "notes": [note.in_language(lang) for note in line.notes],
    }


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
