"""For which period a worksheet is: what it says, borne out by its days; days alone where they say one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from judapp.app.import_candidates import Candidate, Wish
from judapp.app.import_evidence import Evidence
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.period import HALF_YEAR, LEVELS, Period, Span
from judapp.excel.recognise import Header

_HALF_AT_MOST, _YEAR_AT_LEAST = 8, 8
"""Months a half year has at most, and a year at least, however a circular counts its days."""


class PeriodFinder:
    """Finds periods for one preview; what days mean is remembered."""

    def __init__(self, workspace: Workspace, wish: Wish) -> None:
        self._workspace = workspace
        self._wish = wish.period
        self._of_days: dict[tuple[str, tuple[str, ...], Span], tuple[Period, ...]] = {}

    def find(self, candidate: Candidate, header: Header) -> Period | None:
        """The period of a recognised worksheet, its evidence and findings on the candidate; else asked."""
        form, wish, said = candidate.form, self._wish, header.period
        if candidate.decision.period is not None:
            candidate.evidence["period"] = Evidence("hand")
            return candidate.decision.period
        if header.other_time:
            candidate.say("MAP-037", text=header.period_text)
            return None
        days = self._meant(form, header.span)
        if said is not None:
            if _contradict(said, header.span, days):
                candidate.say("MAP-038", text=header.period_text, span=header.span.text)
                return None
            candidate.evidence["period"] = Evidence("cell", header.period_text, header.period_cell)
            found = said
        elif len(days) == 1 or (wish in days and wish is not None):
            found = wish if wish is not None and wish in days else days[0]
            candidate.evidence["period"] = Evidence("days", header.span.text.vi, header.span_cell)
            candidate.say("MAP-039", "info", span=header.span.text, period=found.name)
        elif days:
            names = ", ".join(period.name.vi for period in days)
            candidate.say("MAP-042", span=header.span.text, periods=names)
            return None
        elif wish is not None:
            candidate.evidence["period"] = Evidence("wish")
            return wish
        else:
            candidate.say("MAP-007")
            return None
        if wish is not None and wish != found:
            stated = header.period_text or found.name
            candidate.say("MAP-003", period=stated, wanted=wish.name)
        return found

    def span(self, candidate: Candidate, header: Header) -> Span:
        """The days of a worksheet: as printed, unless a person said another period than they can be of."""
        form, period = candidate.form, candidate.period
        if period is None or not _contradict(period, header.span, self._meant(form, header.span)):
            return header.span
        return self._workspace.span(form, period)

    def _meant(self, form: Form, span: Span) -> Sequence[Period]:
        """The rounds of ``form`` whose window, of the department or of base units, is exactly these days."""
        if span.end is None or span.start is None:
            return ()
        key = form.regime, form.rounds, span
        if key not in self._of_days:
            years = range(span.start.year - 1, span.end.year + 2)
            rounds = [Period(year, own) for year in years for own in form.rounds]
            windows = (
                (p, self._workspace.calendar.window(form.regime, p, at)) for p in rounds for at in LEVELS
            )
            found = [period for period, window in windows if window is not None and window.span == span]
            self._of_days[key] = tuple(dict.fromkeys(found))
        return self._of_days[key]


def _contradict(period: Period, span: Span, days: Sequence[Period]) -> bool:
    """Whether printed days cannot be those of the period that is printed."""
    if span.start is None or span.end is None:
        return False
    if days:
        return period not in days
    if span.end < span.start:
        return True
    if period.cumulative:
        return not date(period.year - 1, 10, 1) <= span.end <= date(period.year, 9, 30)
    months = span.months or 0
    if span.end.year != period.year:
        return True
    return months > _HALF_AT_MOST if period.round == HALF_YEAR else months < _YEAR_AT_LEAST
