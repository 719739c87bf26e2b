"""Where a unit stands: indicators against targets and the same period, and what is published about it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from msgspec import Struct

from judapp.app.measuring import amount
from judapp.app.workspace import Workspace
from judapp.domain.claim import Claim, Evidence, Judgement, judge_claim
from judapp.domain.expression.nodes import MeasureRef, references
from judapp.domain.expression.parser import parse
from judapp.domain.indicator import Amount, Reading, SamePeriod, against_same_period, read
from judapp.domain.measure import Indicator
from judapp.domain.number import Rational
from judapp.domain.period import FINAL_YEAR, HALF_YEAR, Period
from judapp.domain.target import Target, in_force
from judapp.domain.unit import Unit
from judapp.messages import text
from judapp.report.sentences import Standing, sentence
from judapp.store.documents import Document


class IndicatorLine(Struct, frozen=True):
    """One indicator of one unit in one period."""

    standing: Standing
    document: Document | None
    holder: str
    """Code of the unit the target was set for, "" without a target."""

    @property
    def value(self) -> Rational | None:
        """The exact value, percent for a rate."""
        return self.standing.reading.value.number

    @property
    def difference(self) -> Rational | None:
        """Value less the level it is held against, in points for a rate; None without value or target."""
        target = self.standing.target
        if self.value is None or target is None:
            return None
        return self.value - target.level_for(self.standing.months)

    @property
    def met(self) -> bool | None:
        """Whether the unrounded value meets the target; None where that cannot be told."""
        target = self.standing.target
        if self.value is None or target is None:
            return None
        return target.met_by(self.value, self.standing.months)

    def sentence(self, lang: str) -> str:
        """How it stands, in words."""
        return sentence(self.standing, lang)


class ClaimLine(Struct, frozen=True):
    """One thing to say about one published claim."""

    claim: Claim
    indicator: Indicator
    judgement: Judgement

    def message(self, lang: str) -> str:
        """It, in words."""
        return _claim_message(self, lang)


class Progress(Struct, frozen=True):
    """The progress of one unit in one period."""

    unit: Unit
    unit_code: str
    unit_name: str
    period: Period
    indicators: tuple[IndicatorLine, ...]
    claims: tuple[ClaimLine, ...]


def progress(workspace: Workspace, unit: Unit, period: Period) -> Progress:
    """Every indicator of ``unit`` with figures, target or claim in ``period``; what its claims are worth."""
    targets = workspace.targets()
    claims = workspace.claims()
    mine = [c for c in claims if c.unit == unit.uid and c.period == period.code]
    claimed = {claim.indicator for claim in mine}
    readings = _Readings(workspace)
    lines = []
    for indicator in workspace.indicators.values():
        reading = readings(indicator, unit, period)
        target = in_force(targets, indicator.id, unit.uid, period.year, period.last_day)
        if reading.known_of or target is not None or indicator.id in claimed:
            lines.append(_line(workspace, readings, indicator, unit, period, reading, target))
    judged = [
        ClaimLine(claim, workspace.indicators[claim.indicator], judgement)
        for claim in mine
        for judgement in judge_claim(
            claim, _evidence(workspace, readings, claim, claims, targets, unit, period)
        )
    ]
    return Progress(
        unit,
        workspace.unit_code(unit.uid, period.last_day),
        workspace.units.name(unit.uid, period.last_day),
        period,
        tuple(lines),
        tuple(judged),
    )


class _Readings:
    """Readings of indicators, each measure looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self.amount: Callable[[str, str, Period], Amount] = cache(
            lambda name, uid, period: amount(workspace, name, workspace.units[uid], period)
        )

    def __call__(self, indicator: Indicator, unit: Unit, period: Period) -> Reading:
        return read(indicator, lambda name: self.amount(name, unit.uid, period))


def _line(
    workspace: Workspace,
    readings: _Readings,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    reading: Reading,
    target: Target | None,
) -> IndicatorLine:
    document = workspace.document(target.document) if target and target.document is not None else None
    standing = Standing(
        indicator,
        period,
        reading,
        target,
        (document.issuer or "") if document else "",
        _months(period),
        _same_period(readings, indicator, unit, period, reading),
    )
    holder = workspace.unit_code(target.holder, period.last_day) if target else ""
    return IndicatorLine(standing, document, holder)


def _same_period(
    readings: _Readings, indicator: Indicator, unit: Unit, period: Period, reading: Reading
) -> SamePeriod | None:
    before = period.related("same")
    if before is None or not reading.value.known:
        return None
    return against_same_period(reading, readings(indicator, unit, before), is_rate=indicator.is_rate)


def _months(period: Period) -> int:
    """Months of the year the round is about, as a pro rata yardstick counts them (6/12 for half a year)."""
    if period.cumulative:
        return int(period.round[1:])
    return 6 if period.round == HALF_YEAR else 12


def _evidence(
    workspace: Workspace,
    readings: _Readings,
    claim: Claim,
    claims: list[Claim],
    targets: list[Target],
    unit: Unit,
    period: Period,
) -> Evidence:
    indicator = workspace.indicators[claim.indicator]
    reading = readings(indicator, unit, period)
    value, top = reading.value.number, reading.numerator.value.number
    if value is None and claim.numerator:
        # What stands beside a claim is evidence for that claim only; it never becomes a figure on record.
        top = Fraction(claim.numerator)
        if claim.denominator and Fraction(claim.denominator):
            value = top * 100 / Fraction(claim.denominator)
    before = period.related("same")
    base = readings(indicator, unit, before) if before else None
    target, own = _target_for(workspace, targets, indicator, unit, period)
    window = workspace.calendar.window(indicator.regime, period)
    whole, year = _whole_year(workspace, readings, indicator, unit, period)
    return Evidence(
        value=value,
        numerator=top,
        is_rate=indicator.is_rate,
        base=base.value.number if base else None,
        base_numerator=base.numerator.value.number if base else None,
        level=target.level_for(_months(period)) if target else None,
        level_is_own=own,
        labelled=window.span if window else None,
        neighbours=tuple(
            other
            for other in claims
            if (other.indicator, other.period, other.document)
            == (claim.indicator, claim.period, claim.document)
            and other.unit != claim.unit
        ),
        whole_year=whole,
        whole_year_of=year,
        denominator=reading.denominator.value.number if reading.denominator else None,
        months=_months(period),
        qualifier=reading.qualifier,
    )


def _target_for(
    workspace: Workspace, targets: list[Target], indicator: Indicator, unit: Unit, period: Period
) -> tuple[Target | None, bool]:
    """The unit's own target, else the one set for the unit above it (said, because it need not bind)."""
    day = period.last_day
    own = in_force(targets, indicator.id, unit.uid, period.year, day)
    if own is not None:
        return own, True
    state = workspace.units.state(unit.uid, day)
    above = state.parent if state else None
    return (in_force(targets, indicator.id, above, period.year, day) if above else None), False


def _whole_year(
    workspace: Workspace, readings: _Readings, indicator: Indicator, unit: Unit, period: Period
) -> tuple[Rational | None, int | None]:
    """The newest full-year figure of what the indicator's denominator is a part of."""
    for rule in filter(None, (indicator.denominator,)):
        for reference in references(parse(rule)):
            measure = workspace.measures.get(reference.name) if isinstance(reference, MeasureRef) else None
            if measure is None or measure.part_of is None:
                continue
            for year in (period.year, period.year - 1):
                found = readings.amount(measure.part_of, unit.uid, Period(year, FINAL_YEAR)).value.number
                if found is not None:
                    return found, year
    return None, None


def _claim_message(line: ClaimLine, lang: str) -> str:
    claim, indicator, judgement = line.claim, line.indicator, line.judgement
    rate = indicator.is_rate
    params: dict[str, Any] = {
        "printed": Decimal(claim.printed) if claim.printed else None,
        "mark": " %" if rate else "",
        **judgement.params,
    }
    verdict = judgement.verdict
    if verdict == "not_recomputable":
        missing = (
            ("mẫu số", "denominator") if claim.numerator else ("tử số, mẫu số", "numerator and denominator")
        )
        params["missing"] = missing[lang == "en"]
        implied = params["implied_denominator"]
        params["implied"] = "" if implied is None else text("CLM-implied_denominator", lang, implied=implied)
    elif verdict == "fewer_decimals":
        found = params["recomputed"]
        params["recomputed_text"] = (
            ""
            if found is None
            else text("CLM-fewer_decimals_value", lang, recomputed=found, mark=params["mark"])
        )
    elif verdict in ("lower_bound", "about"):
        params["pair"] = "/".join(
            text("SEN-number", lang, number=Fraction(part))
            for part in (claim.numerator, claim.denominator)
            if part
        )
        params["shown"] = text("SEN-places-2" if rate else "SEN-number", lang, number=params["recomputed"])
    elif verdict == "scope":
        params["year"] = str(params["year"])
    elif verdict == "other_target":
        params["of"] = "" if params["level_is_own"] else text("CLM-of_parent", lang)
    elif verdict == "window_mislabelled":
        params["period"] = Period.parse(claim.period).name
    elif verdict == "implied_base":
        unit = indicator.unit_en if lang == "en" else indicator.unit
        params["readings"] = " ".join(
            text(f"CLM-reading_{kind}", lang, unit=unit, **{kind: params[kind]})
            for kind in ("points", "percent")
            if kind in params
        )
    elif verdict == "change_differs":
        params["true"] = "; ".join(text("SEN-places-2", lang, number=n) for n in params["true"])
    return f"{indicator.name.in_language(lang)}: {text(f'CLM-{verdict}', lang, **params)}"
