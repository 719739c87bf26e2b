"""Windows and deadlines: rules of the circulars, and single windows moved by letter."""

from __future__ import annotations

from judapp.domain.period import Calendar, Period, Span, Window, WindowRule
from judapp.store.database import DataFile
from judapp.store.days import as_day, iso
from judapp.store.faults import decoding
from judapp.store.operations import Writer


def load(file: DataFile) -> Calendar:
    """The calendar of the file."""
    rules = file.rows(
        "select regime, round, level, first_year, last_year, start_on, end_on, source, evidence, actual_to,"
        " due from window_rule order by regime, round, level, first_year"
    )
    letters = file.rows(
        "select regime, period, level, from_date, to_date, actual_to, due, source, evidence"
        " from window_letter"
    )
    with decoding(file.path):
        return Calendar(
            [WindowRule(*rule) for rule in rules],
            [
                Window(
                    regime,
                    Period.parse(period),
                    level,
                    Span(as_day(start), as_day(end)),
                    as_day(actual),
                    as_day(due),
                    source,
                    evidence,
                )
                for regime, period, level, start, end, actual, due, source, evidence in letters
            ],
        )


def put_rule(writer: Writer, rule: WindowRule) -> None:
    """Add a rule of a circular, or correct it."""
    writer.put(
        "window_rule",
        {
            "regime": rule.regime,
            "round": rule.round,
            "level": rule.level,
            "first_year": rule.first,
            "last_year": rule.last,
            "start_on": rule.start,
            "end_on": rule.end,
            "actual_to": rule.actual_to,
            "due": rule.due,
            "source": rule.source,
            "evidence": rule.evidence,
        },
    )


def put_letter(writer: Writer, window: Window, document: int | None = None) -> None:
    """Move one window or its deadline; ``document`` is the letter."""
    writer.put(
        "window_letter",
        {
            "regime": window.regime,
            "period": window.period.code,
            "level": window.level,
            "from_date": iso(window.span.start),
            "to_date": iso(window.span.end),
            "actual_to": iso(window.actual_to) or None,
            "due": iso(window.due) or None,
            "document": document,
            "source": window.source,
            "evidence": window.evidence,
        },
    )
