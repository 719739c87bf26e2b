"""Findings for machines and for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from judapp.domain.finding import Finding
from judapp.messages import text

_MARKS = {"error": "✕", "explain": "◆", "warning": "△", "info": "ⓘ"}


def finding_data(finding: Finding, lang: str) -> dict[str, Any]:
    """A finding as the contract has it: code, severity, message, the place, expected and actual."""
    place = finding.place
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        "message": text(finding.code, lang, **finding.params),
    }
    for name in ("form", "unit", "period", "table", "row", "column", "path", "sheet", "cell"):
        value = getattr(place, name)
        if value is not None:
            data[name] = value
    for name in ("expected", "actual", "rule"):
        if getattr(finding, name) is not None:
            data[name] = getattr(finding, name)
    for name in ("difference", "status"):
        if finding.params.get(name):
            data[name] = finding.params[name]
    return data


def finding_line(finding: Finding, lang: str) -> str:
    """A finding in one line: mark, place, sentence, code."""
    place = finding.place
    if place.path is not None:
        where = " · ".join(filter(None, (Path(place.path).name, place.sheet, place.cell)))
    else:
        cell = f"[{place.row}]c{place.column}" if place.row else ""
        where = " · ".join(filter(None, (place.form, place.unit, place.period, cell)))
    return (
        f"{_MARKS[finding.severity]} {where}: {text(finding.code, lang, **finding.params)} ({finding.code})"
    )
