"""Days as the file stores them: ISO text, '' or null where none is stated."""

from __future__ import annotations

from datetime import date


def iso(day: date | None) -> str:
    """A day as it is stored; '' where none is stated."""
    return day.isoformat() if day else ""


def as_day(text: str | None) -> date | None:
    """The day a stored text means; ValueError for one that is no day."""
    return date.fromisoformat(text) if text else None


def known_day(text: str | None) -> date:
    """The day a stored text means where there must be one; ValueError otherwise."""
    return date.fromisoformat(text or "")
