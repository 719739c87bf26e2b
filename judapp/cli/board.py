"""Commands about what base units send: the board with its reminders, marks on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.options import DAY, FILE, PATH, as_date, period_option, sheet_options
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""
    _register_board(root)
    _register_mark(root)


def _register_board(root: click.Group) -> None:
    @command(root, "board")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--unit", help="Đơn vị cấp trên (mặc định chủ tệp). / Unit they report to.")
    @click.option("--on", type=DAY, help="Tính hạn tại ngày này. / Day deadlines are held against.")
    @click.option("--form", "form", help="Chỉ biểu này. / Only this form.")
    @click.option(
        "--remind", type=PATH, help="Ghi danh sách đôn đốc ra Excel. / Reminder list as a workbook."
    )
    @click.option("--text", "words", is_flag=True, help="Lời nhắn từng đơn vị. / The reminders as text.")
    @click.option(
        "--templates", type=PATH, help="Tạo biểu còn thiếu vào thư mục. / Templates of what is missing."
    )
    def board(
        lang: str,
        file: Path,
        period: str,
        unit: str | None,
        on: Any,
        form: str | None,
        remind: Path | None,
        words: bool,
        templates: Path | None,
    ) -> Answer:
        """Bảng đơn vị: ai đã nộp, thiếu, sai, trùng, muộn; danh sách đôn đốc.

        Units and the forms they owe: received, missing, wrong, duplicate, late; reminders.
        """
        from judapp.app.after_sending import moved, moved_sentence
        from judapp.app.board import FILTERS, MISSING, cells_of, unit_board
        from judapp.app.board_words import headline, sign_of
        from judapp.app.reminders import reminders, write_reminders, write_templates
        from judapp.app.workspace import Workspace, today
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            at = Period.parse(period)
            head = workspace.unit(unit, at) if unit else workspace.owner
            found = unit_board(workspace, at, head.uid, as_date(on) or today())
            if form is not None:
                found = found.only(workspace.version_for(form, at).form.family)
            asked = reminders(found)
            files = []
            if remind is not None:
                files.append(write_reminders(workspace, found, asked, remind))
            if templates is not None:
                wanted = [(line.unit, f.number) for line, f, cell in cells_of(found) if cell.state == MISSING]
                files += write_templates(workspace, found, wanted, templates)
            apart = moved(workspace, at, found.head)
            practice = workspace.practice
        sentence = headline(found).in_language(lang)
        data = {
            "period": period,
            "practice": practice,
            "sentence": sentence,
            "counts": {which: found.count(which) for which in FILTERS},
            "forms": [
                {
                    "form": f.number,
                    "due": f.due.isoformat() if f.due else None,
                    "registered": f.registered,
                    "owed": f.owed,
                    "received": f.came,
                    "unfinished": f.unfinished,
                }
                for f in found.forms
            ],
            "units": [_line(line, found) for line in found.lines],
            "reminders": [
                {
                    "unit": r.code,
                    "unit_name": r.name,
                    "missing": list(r.missing),
                    "wrong": [{"form": number, "errors": n} for number, n in r.wrong],
                    "due": r.due.isoformat() if r.due else None,
                    "overdue_days": r.overdue,
                    "message": r.message,
                }
                for r in asked
            ],
            "moved": sum(len(sheet.cells) for sheet in apart),
            "files": [str(path) for path in files],
        }
        if words:
            return Answer(data, [r.message for r in asked])
        lines = [sentence]
        if apart:
            lines.append(moved_sentence(apart).in_language(lang) + ".")
        if found.forms:
            heads = [*text("BOA-cli-heads", lang).split("|"), *(f.short for f in found.forms)]
            rows = [
                (line.code, line.name, line.late or "", *map(sign_of, line.cells)) for line in found.lines
            ]
            rows.append(("", text("BOA-sent", lang), "", *(str(f.came) for f in found.forms)))
            lines += ["", *table(heads, rows, right=(2,))]
        lines += [text("CLI-exported", lang, path=str(path)) for path in files]
        return Answer(data, lines)


def _register_mark(root: click.Group) -> None:
    @command(root, "mark")
    @click.argument("file", type=FILE)
    @sheet_options
    @click.option("--not-owed", help="Không phải báo cáo kỳ này, kèm lý do. / Nothing is owed, with reason.")
    @click.option("--on-paper", is_flag=True, help="Đã nhận bản giấy. / It came on paper.")
    @click.option("--clear", is_flag=True, help="Bỏ dấu. / Take the mark back.")
    def mark(
        lang: str,
        file: Path,
        form: str,
        unit: str,
        period: str,
        not_owed: str | None,
        on_paper: bool,
        clear: bool,
    ) -> Answer:
        """Ghi “không phải báo cáo kỳ này” hoặc “đã nhận bản giấy” cho biểu của một đơn vị.

        Say of a unit's form that nothing is owed this round, or that it came on paper.
        """
        from judapp.app.board_marks import NOT_OWED, ON_PAPER, say_not_owed, say_on_paper, take_back
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        if (not_owed is not None) + on_paper + clear != 1:
            raise click.UsageError("--not-owed | --on-paper | --clear")
        with Workspace.open(file) as workspace:
            at = Period.parse(period)
            owner = workspace.unit(unit, at)
            if not_owed is not None:
                applied, state = say_not_owed(workspace, form, owner, at, not_owed), NOT_OWED
            elif on_paper:
                applied, state = say_on_paper(workspace, form, owner, at), ON_PAPER
            else:
                applied, state = take_back(workspace, form, owner, at), ""
        data = {
            "form": form,
            "unit": unit,
            "period": period,
            "mark": state or None,
            "reason": not_owed,
            "operation": applied.op_id,
        }
        words = {NOT_OWED: "BOA-state-not_owed", ON_PAPER: "BOA-state-paper", "": "BOA-mark-cleared"}[state]
        return Answer(data, [f"{form} · {unit} · {period}: {text(words, lang)}"])


def _line(line: Any, board: Any) -> dict[str, Any]:
    return {
        "unit": line.code,
        "unit_name": line.name,
        "former_area": line.area or None,
        "late_days": line.late,
        "forms": [
            {
                "form": form.number,
                "state": cell.state,
                "errors": cell.errors,
                "unanswered": cell.unanswered,
                "late_days": cell.late,
                "received": cell.first.isoformat() if cell.first else None,
                "file": cell.arrival.name or None if cell.arrival else None,
                "who": cell.arrival.who if cell.arrival else None,
                "waiting": list(cell.waiting),
                "reason": cell.mark.text or None if cell.mark else None,
            }
            for form, cell in zip(board.forms, line.cells, strict=True)
            if cell.state
        ],
    }
