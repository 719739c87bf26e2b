"""Findings: where, what, by how much; the words come from the message catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from judapp.domain.catalogue import Severity

SEVERITIES: tuple[Severity, ...] = ("error", "explain", "warning", "info")


class Place(Struct, frozen=True):
    """Where a finding is: a cell of a sheet, or a cell of a workbook; what does not apply is None."""

    form: str | None = None
    unit: str | None = None
    period: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    path: str | None = None
    sheet: str | None = None
    cell: str | None = None


class Finding(Struct, frozen=True):
    """Something a person should look at. It never blocks typing; errors block submitting (promise 7)."""

    code: str
    severity: Severity
    place: Place
    params: Mapping[str, Any] = field(default_factory=dict)
    expected: str | None = None
    actual: str | None = None
    rule: str | None = None
    """The relation it breaks, as written in the definition."""

    @property
    def rank(self) -> int:
        """Order of gravity, 0 the gravest."""
        return SEVERITIES.index(self.severity)
