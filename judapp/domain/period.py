"""Rounds, regimes and windows: a round is named by its code, its days come from (regime, round, level).

Statistics (``tk``), the written report (``bc``, 15/12 – 14/6: TT 12/2019, NĐ 09/2019) and civil judgment
enforcement (``tha``, year 01/10 – 30/9, cumulative) report the same round over different days and must never
be mixed. The days themselves are dated data (``seeds/windows.json``), editable by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from judapp.errors import JudappError
from judapp.text import Bilingual

STATISTICS = "tk"
WRITTEN_REPORT = "bc"
ENFORCEMENT = "tha"
REGIMES = (STATISTICS, WRITTEN_REPORT, ENFORCEMENT)

BASE = "co_so"
DEPARTMENT = "so"
LEVELS = (BASE, DEPARTMENT)

HALF_YEAR = "H1"
PRELIMINARY_YEAR = "Y1"
FINAL_YEAR = "Y"
ROUNDS = (HALF_YEAR, PRELIMINARY_YEAR, FINAL_YEAR, *(f"E{month:02d}" for month in range(1, 13)))

_CODE = re.compile(r"([12][0-9]{3})-(H1|Y1|Y|E(?:0[1-9]|1[0-2]))\Z")
_ANCHOR = re.compile(r"(-1|0|1):(\d{2})-(\d{2}|end)\Z")


class Period(Struct, frozen=True):
    """One round of one year, e.g. ``2026-H1``; an enforcement round names the months run, ``2026-E06``."""

    year: int
    round: str

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period with ``code``; raises PER-001 for anything else."""
        match = _CODE.match(code)
        if match is None:
            raise JudappError("PER-001", period=code)
        return cls(int(match[1]), match[2])

    @property
    def code(self) -> str:
        """The code that files, the command line and the window use."""
        return f"{self.year}-{self.round}"

    @property
    def cumulative(self) -> bool:
        """Whether figures of this round include those of the earlier ones of its year (enforcement)."""
        return self.round.startswith("E")

    @property
    def name(self) -> Bilingual:
        """The name people use; the circulars' own words are the form's."""
        if self.cumulative:
            months = int(self.round[1:])
            return Bilingual(
                f"lũy kế {months} tháng năm thi hành án {self.year}",
                f"{months} months of enforcement year {self.year}",
            )
        return {
            HALF_YEAR: Bilingual(f"6 tháng đầu năm {self.year}", f"first 6 months of {self.year}"),
            PRELIMINARY_YEAR: Bilingual(f"năm {self.year} (sơ bộ)", f"year {self.year} (preliminary)"),
            FINAL_YEAR: Bilingual(f"năm {self.year}", f"year {self.year}"),
        }[self.round]

    def related(self, when: str) -> Period | None:
        """The period that ``{prev}``, ``{same}``, ``{year-1}`` or ``{final}`` of an expression means.

        ``prev`` is the round before (for enforcement: the month before within the same year, so that
        cumulative rows can be compared; None in its first month), ``same`` the same round a year earlier,
        ``year-1`` the final round of the year before, ``final`` the final round of this year.
        """
        if when == "same":
            return Period(self.year - 1, self.round)
        last = "E12" if self.cumulative else FINAL_YEAR
        if when == "year-1":
            return Period(self.year - 1, last)
        if when == "final":
            return Period(self.year, last)
        if when != "prev":
            raise ValueError(when)
        if self.cumulative:
            month = int(self.round[1:])
            return Period(self.year, f"E{month - 1:02d}") if month > 1 else None
        return {
            HALF_YEAR: Period(self.year - 1, FINAL_YEAR),
            PRELIMINARY_YEAR: Period(self.year, HALF_YEAR),
            FINAL_YEAR: Period(self.year, PRELIMINARY_YEAR),
        }[self.round]

    @property
    def last_day(self) -> date:
        """The last day of the time the round is about; unit codes are read as of this day."""
        if self.cumulative:
            month = int(self.round[1:])
            year, month = (self.year - 1, month + 9) if month <= 3 else (self.year, month - 3)
            return _month_end(year, month)
        return date(self.year, 6, 30) if self.round == HALF_YEAR else date(self.year, 12, 31)


class Span(Struct, frozen=True):
    """The days a figure is about, both included; unknown ends are None ("không nêu")."""

    start: date | None
    end: date | None

    @property
    def stated(self) -> bool:
        """Whether both ends are known."""
        return self.start is not None and self.end is not None

    @property
    def months(self) -> int | None:
        """Length in months, rounded to the nearest; None when not stated."""
        if self.start is None or self.end is None:
            return None
        whole = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return whole + round((self.end.day - self.start.day + 1) / 30)

    def a_year_earlier(self) -> Span:
        """The same days one year before; 29/02 becomes 28/02."""
        return Span(_year_before(self.start), _year_before(self.end))

    def like(self, base: Span) -> bool | None:
        """Whether ``base`` is this window one year earlier; None when either is not stated.

        The last day of a February counts as the same day in every year.
        """
        if not (self.stated and base.stated):
            return None
        wanted = self.a_year_earlier()
        return wanted.start == base.start and (
            wanted.end == base.end
            or (self.end is not None and base.end is not None and _february_ends(self.end, base.end))
        )

    @property
    def text(self) -> Bilingual:
        """ "01/01/2024 – 30/06/2024", or that it is not stated."""
        if self.start is None or self.end is None:
            return Bilingual("không nêu từ ngày – đến ngày", "days not stated")
        days = f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"
        return Bilingual(days, days)


def _year_before(day: date | None) -> date | None:
    if day is None:
        return None
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )


def _february_ends(day: date, earlier: date) -> bool:
    return all(d.month == 2 and d == _month_end(d.year, 2) for d in (day, earlier)) and (
        day.year - earlier.year == 1
    )


class Window(Struct, frozen=True):
    """Days and deadline of one round in one regime at one level.

    ``actual_to`` is the last day covered by actual figures where the regime lets the rest be estimated
    (03/2019 Điều 6); None where everything is actual. ``due`` is None where no source states it.
    """

    regime: str
    period: Period
    level: str
    span: Span
    actual_to: date | None
    due: date | None
    source: str
    evidence: str


class WindowRule(Struct, frozen=True):
    """How windows follow from the year while a circular is in force.

    ``start``, ``end``, ``actual_to`` and ``due`` are written ``"Y:MM-DD"``: Y is -1, 0 or 1, the year
    relative to the round's; DD may be ``end``. ``first`` and ``last`` are the first and last year of this
    round under the circular.
    """

    regime: str
    round: str
    level: str
    first: int
    last: int | None
    start: str
    end: str
    source: str
    evidence: str
    actual_to: str | None = None
    due: str | None = None

    def applies(self, regime: str, period: Period, level: str) -> bool:
        """Whether this rule gives the window asked for."""
        return (self.regime, self.round, self.level) == (regime, period.round, level) and (
            self.first <= period.year and (self.last is None or period.year <= self.last)
        )

    def window(self, year: int) -> Window:
        """The window of ``year``."""
        return Window(
            self.regime,
            Period(year, self.round),
            self.level,
            Span(anchored(self.start, year), anchored(self.end, year)),
            anchored(self.actual_to, year) if self.actual_to else None,
            anchored(self.due, year) if self.due else None,
            self.source,
            self.evidence,
        )


def anchored(anchor: str, year: int) -> date:
    """The day ``"Y:MM-DD"`` means in ``year``; raises ValueError for a malformed anchor."""
    match = _ANCHOR.match(anchor)
    if match is None:
        raise ValueError(f"no day of a year: {anchor!r}")
    year, month = year + int(match[1]), int(match[2])
    return _month_end(year, month) if match[3] == "end" else date(year, month, int(match[3]))


def _month_end(year: int, month: int) -> date:
    next_month = date(year, month, 28) + timedelta(days=4)
    return next_month - timedelta(days=next_month.day)


class Calendar:
    """All windows of a data file: those moved by letter first, then the rules of the circulars."""

    def __init__(self, rules: Iterable[WindowRule], letters: Iterable[Window] = ()) -> None:
        """``letters`` replace single windows, e.g. a deadline moved by an official letter."""
        self._rules = tuple(rules)
        self._letters = {(w.regime, w.period, w.level): w for w in letters}

    def window(self, regime: str, period: Period, level: str = DEPARTMENT) -> Window | None:
        """The window of a round; None where no rule of that year is known."""
        moved = self._letters.get((regime, period, level))
        if moved is not None:
            return moved
        rule = next((r for r in self._rules if r.applies(regime, period, level)), None)
        return rule.window(period.year) if rule else None

    @property
    def regimes(self) -> frozenset[str]:
        """The regimes any rule is known of."""
        return frozenset(rule.regime for rule in self._rules)

    def windows_of(self, year: int) -> list[Window]:
        """Every window of ``year``, in the order regime, level, round."""
        keys = {(r.regime, r.level, r.round) for r in self._rules}
        keys |= {(regime, level, p.round) for regime, p, level in self._letters}
        ordered = sorted(keys, key=lambda k: (REGIMES.index(k[0]), -LEVELS.index(k[1]), ROUNDS.index(k[2])))
        found = (self.window(regime, Period(year, kind), level) for regime, level, kind in ordered)
        return [w for w in found if w is not None]
