"""A finding says how grave it is; the gravest stand first."""

from __future__ import annotations

from typing import get_args

from judapp.domain.catalogue import Severity
from judapp.domain.finding import SEVERITIES, Finding, Place


def test_findings_stand_from_error_to_note() -> None:
    found = [Finding("X", severity, Place()) for severity in get_args(Severity)]
    assert [f.severity for f in sorted(found, key=lambda f: f.rank)] == [
        "error",
        "explain",
        "warning",
        "info",
    ]


def test_every_severity_has_its_rank() -> None:
    assert set(SEVERITIES) == set(get_args(Severity))
