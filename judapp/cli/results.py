"""Commands that tell where things stand: status, check, progress, export, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from judapp.cli.answer import Answer, command, table
from judapp.cli.findings import finding_data, finding_line
from judapp.cli.options import DAY, FILE, PATH, as_date, period_option
from judapp.domain.number import plain
from judapp.messages import text


def register(root: click.Group) -> None:
    """Add these commands to ``root``."""

    @command(root, "status")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--on", type=DAY, help="Tính hạn tại ngày này. / Day deadlines are held against.")
    def status(lang: str, file: Path, period: str, on: Any) -> Answer:
        """Biểu × đơn vị của một kỳ: thiếu, đang nhập, có lỗi, đã trình, quá hạn.

        Forms × units of a round: missing, draft, with errors, submitted, overdue.
        """
        from judapp.app.overview import status as standing
        from judapp.app.workspace import Workspace, today
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            found = standing(workspace, Period.parse(period), as_date(on) or today())
        entries = [
            {
                "form": s.form,
                "unit": s.unit,
                "unit_name": s.unit_name,
                "state": s.state,
                "errors": s.errors,
                "unexplained": s.unexplained,
                "unanswered": s.unanswered,
                "due": s.due.isoformat() if s.due else None,
                "overdue_days": s.overdue_days,
                "person": s.person,
            }
            for s in found
        ]
        heads = text("CLI-status-heads", lang).split("|")
        rows = [
            (
                s.form,
                s.unit,
                s.unit_name,
                text(f"STT-{s.state}", lang),
                s.errors,
                s.unexplained,
                s.unanswered,
                f"{s.due:%d/%m/%Y}" if s.due else "?",
                s.overdue_days or "",
            )
            for s in found
        ]
        return Answer({"period": period, "sheets": entries}, table(heads, rows, right=(4, 5, 6, 8)))

    @command(root, "check")
    @click.argument("file", type=FILE)
    @period_option()
    def check(lang: str, file: Path, period: str) -> Answer:
        """Mọi chỗ cần xem của một kỳ: sai quan hệ, ô không đọc được, thay đổi từ 20 %.

        Every finding of a round.
        """
        from judapp.app.checking import findings
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            found = findings(workspace, Period.parse(period))
        lines = [finding_line(f, lang) for f in found] or [text("CLI-check-clean", lang, period=period)]
        data = {"period": period, "findings": [finding_data(f, lang) for f in found]}
        return Answer(data, lines, any(f.severity == "error" for f in found))

    @command(root, "progress")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--unit", "unit", help="Mã đơn vị (mặc định đơn vị chủ tệp). / Unit code.")
    def progress(lang: str, file: Path, period: str, unit: str | None) -> Answer:
        """Chỉ tiêu so với mức giao và cùng kỳ; số công bố được tính lại.

        Indicators against targets and the same period; published claims recomputed.
        """
        from judapp.app.progress import progress as reckon
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            at = Period.parse(period)
            found = reckon(workspace, workspace.unit(unit, at) if unit else workspace.owner, at)
            practice = workspace.practice
        return Answer({**progress_data(found, lang), "practice": practice}, progress_lines(found, lang))

    @command(root, "export")
    @click.argument("file", type=FILE)
    @period_option()
    @click.option("--out", "out", type=PATH, required=True, help="Thư mục. / Folder.")
    @click.option(
        "--form", "form_numbers", multiple=True, help="Chỉ biểu này (lặp lại được). / Only this form."
    )
    def export(lang: str, file: Path, period: str, out: Path, form_numbers: tuple[str, ...]) -> Answer:
        """Xuất biểu và bảng tiến độ ra Excel, kèm manifest.json.

        Export forms and the progress table as workbooks, with manifest.json.
        """
        from judapp.app.exporting import export as hand_on
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            files = hand_on(workspace, Period.parse(period), out, form_numbers, lang)
        entries = [
            {"path": str(f.path), "form": f.form or None, "period": f.period, "sha256": f.sha256}
            for f in files
        ]
        return Answer({"files": entries}, [text("CLI-exported", lang, path=e["path"]) for e in entries])

    @command(root, "template")
    @click.argument("file", type=FILE)
    @click.option("--form", "form", required=True, help="Số biểu. / Form number.")
    @period_option()
    @click.option("--unit", "unit", help="Mã đơn vị (mặc định mọi đơn vị phải nộp). / Unit code.")
    @click.option("--out", "out", type=PATH, required=True, help="Tệp, hoặc thư mục. / File, or folder.")
    def template(lang: str, file: Path, form: str, period: str, unit: str | None, out: Path) -> Answer:
        """Tạo tệp Excel cho đơn vị điền rồi gửi lại: một đơn vị, hoặc mọi đơn vị phải nộp.

        Workbooks for base units to fill in and send back: one unit, or all that owe the form.
        """
        from judapp.app.paper import templates
        from judapp.app.workspace import Workspace
        from judapp.domain.period import Period

        with Workspace.open(file, read_only=True) as workspace:
            at = Period.parse(period)
            one = workspace.unit(unit, at) if unit else None
            files = templates(workspace, form, at, one, out)
        data = {"form": form, "period": period, "files": [str(path) for path in files]}
        return Answer(data, [text("CLI-exported", lang, path=str(path)) for path in files])

    @command(root, "demo")
    @click.argument("folder", type=PATH)
    @click.option("--no-window", is_flag=True, help="Không mở cửa sổ. / Do not open the window.")
    def demo(lang: str, folder: Path, no_window: bool) -> Answer:
        """Chạy trọn việc chính trên số liệu đã công bố: tạo tệp, nhập, kiểm tra, tiến độ, xuất.

        The main job on published figures: make a file, import, check, progress, export.
        """
        from judapp.app.demo import run
        from judapp.ui.display import has_display

        opens = has_display() and not no_window
        outcome = run(folder)
        data = {
            "file": str(outcome.file),
            "imported": [
                {"path": str(c.path), "status": c.status, "cells": len(c.figures)} for c in outcome.imported
            ],
            "findings": [finding_data(f, lang) for f in outcome.findings],
            "progress": [progress_data(p, lang) for p in outcome.progress],
            "files": [str(f.path) for f in outcome.exported],
            "window": opens,
        }
        lines = [
            text("CLI-demo-file", lang, file=str(outcome.file)),
            text(
                "CLI-demo-imported",
                lang,
                n=len(outcome.imported),
                cells=sum(len(c.figures) for c in outcome.imported),
            ),
            *(finding_line(f, lang) for c in outcome.imported for f in c.findings),
            text("CLI-demo-findings", lang, n=len(outcome.findings)),
            *(finding_line(f, lang) for f in outcome.findings),
        ]
        for p in outcome.progress:
            lines += ["", *progress_lines(p, lang)]
        lines += ["", *(text("CLI-exported", lang, path=str(f.path)) for f in outcome.exported)]
        return Answer(data, lines, window=outcome.file if opens else None)


def progress_data(found: Any, lang: str) -> dict[str, Any]:
    """Progress as the contract has it; decimals as strings, exact, half-up to 6 places."""
    return {
        "unit": found.unit_code,
        "unit_name": found.unit_name,
        "period": found.period.code,
        "indicators": [_indicator(line, lang) for line in found.indicators],
        "claims": [_claim(line, lang) for line in found.claims],
    }


def _indicator(line: Any, lang: str) -> dict[str, Any]:
    standing = line.standing
    indicator, reading, target = standing.indicator, standing.reading, standing.target
    return {
        "id": indicator.id,
        "label": indicator.name.in_language(lang),
        "unit": "%" if indicator.is_rate else (indicator.unit_en if lang == "en" else indicator.unit),
        "value": _plain(reading.value.number),
        "state": reading.value.kind.value,
        "qualifier": reading.qualifier or None,
        "numerator": _plain(reading.numerator.value.number),
        "denominator": _plain(reading.denominator.value.number) if reading.denominator else None,
        "target": {
            "level": str(target.level),
            "operator": target.operator,
            "document": _document(line.document),
            "yardstick": target.yardstick,
            "holder": line.holder,
            "evidence": target.evidence,
            "source": target.source,
        }
        if target
        else None,
        "difference": _plain(line.difference),
        "met": line.met,
        "same_period": _same_period(standing.same_period, lang),
        "sentence": line.sentence(lang),
        "sources": [
            {"form": s.form, "unit": s.unit, "period": s.period, "address": s.address}
            for part in reading.parts
            for s in part.sources
        ],
        "basis": reading.numerator.basis.in_language(lang) if reading.numerator.basis else None,
        "coverage": dict(zip(("covered", "expected"), reading.coverage, strict=True))
        if reading.coverage
        else None,
    }


def _same_period(same: Any, lang: str) -> dict[str, Any] | None:
    if same is None or same.why == "missing":
        return None
    reading, change = same.reading, same.change
    return {
        "value": _plain(reading.value.number),
        "numerator": _plain(reading.numerator.value.number),
        "denominator": _plain(reading.denominator.value.number) if reading.denominator else None,
        "absolute": _plain(change.absolute) if change else None,
        "percent": _plain(change.percent) if change else None,
        "points": _plain(change.points) if change else None,
        "basis": reading.numerator.basis.in_language(lang) if reading.numerator.basis else None,
        "why": same.why,
        "windows_stated": same.windows_stated,
        "break": {
            "form": same.reform.form,
            "base_form": same.reform.base_form,
            "note": same.reform.note,
        }
        if same.reform
        else None,
    }


def _claim(line: Any, lang: str) -> dict[str, Any]:
    claim = line.claim
    return {
        "indicator": claim.indicator,
        "printed": claim.printed,
        "change": claim.change or None,
        "verdict": line.judgement.verdict,
        "grave": line.judgement.grave,
        "message": line.message(lang),
        "document": claim.document,
    }


def _document(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    return {
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "issuer": document.issuer,
        "title": document.title,
    }


def _plain(number: Any) -> str | None:
    return None if number is None else plain(number)


def progress_lines(found: Any, lang: str) -> list[str]:
    """Progress as sentences, with a mark for the verdict, claims below."""
    marks = {True: "✓", False: "▼", None: "•"}
    lines = [f"{found.unit_name} · {found.period.name.in_language(lang)}"]
    lines += [f"  {marks[line.met]} {line.sentence(lang)}" for line in found.indicators]
    if found.claims:
        lines.append(text("XLS-claims", lang))
        lines += [f"  {'△' if line.judgement.grave else '·'} {line.message(lang)}" for line in found.claims]
    if len(lines) == 1:
        lines.append(text("CLI-no-progress", lang))
    return lines
