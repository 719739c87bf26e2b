"""How an indicator stands, in one sentence: value, target, same period; three kinds of change never mixed.

Compared unrounded, printed half-up; a difference of rates is "điểm phần trăm", never "%"; the denominator
stands beside the rate and the base is named (ux study, section 6).
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from judapp.domain.indicator import Reading, SamePeriod, missing_to_target
from judapp.domain.measure import Indicator
from judapp.domain.number import Rational
from judapp.domain.period import Period
from judapp.domain.target import PRO_RATA, Target
from judapp.domain.value import Kind
from judapp.messages import text
from judapp.text import Bilingual


class Standing(Struct, frozen=True):
    """Everything a sentence about an indicator is made of."""

    indicator: Indicator
    period: Period
    reading: Reading
    target: Target | None
    issuer: str
    """Who set the target, "" where not known."""
    months: int
    """Months of the year the round covers, for a pro rata yardstick."""
    same_period: SamePeriod | None


def sentence(standing: Standing, lang: str = "vi") -> str:
    """The indicator in one or two sentences."""
    indicator, value = standing.indicator, standing.reading.value
    label = indicator.name.in_language(lang)
    if value.number is None:
        return _without_value(standing, label, lang)
    told = _value(standing, label, lang) + _covered(standing.reading, lang)
    return f"{told}{_against_target(standing, value.number, lang)}{_change(standing, value.number, lang)}."


def _covered(reading: Reading, lang: str) -> str:
    """On how many base units the figure stands, where some have not reported."""
    covered, expected = reading.coverage or (0, 0)
    return text("SEN-coverage", lang, covered=covered, expected=expected) if covered < expected else ""


def _value(standing: Standing, label: str, lang: str) -> str:
    indicator, reading = standing.indicator, standing.reading
    unit = indicator.unit_en if lang == "en" else indicator.unit
    bound = text(f"SEN-{reading.qualifier}", lang) if reading.qualifier else ""
    if reading.denominator is None:
        return text("SEN-count", lang, label=label, bound=bound, value=reading.value.number, unit=unit)
    return text(
        "SEN-rate",
        lang,
        label=label,
        bound=bound,
        rate=_rate(reading.value.number, indicator, lang),
        numerator=reading.numerator.value.number,
        denominator=reading.denominator.value.number,
        unit=unit,
    )


def _rate(number: Rational | None, indicator: Indicator, lang: str) -> str:
    return text("SEN-percent", lang, rate=text(f"SEN-places-{indicator.decimals}", lang, number=number))


def _against_target(standing: Standing, value: Rational, lang: str) -> str:
    target, indicator = standing.target, standing.indicator
    if target is None:
        return ""
    level = target.level_for(standing.months)
    gap = value - level
    met = target.met_by(value, standing.months)
    params = {
        "level": Fraction(target.level),
        "issuer": standing.issuer,
        "unit": (indicator.unit_en if lang == "en" else indicator.unit),
        "gap": abs(gap),
        "months": standing.months,
        "due": level,
        "value": value,
    }
    kind = "rate" if indicator.is_rate else "count"
    if target.yardstick == PRO_RATA and standing.months != 12:
        return text(f"SEN-prorata-{kind}-{'above' if gap >= 0 else 'below'}", lang, **params)
    if not gap:
        return text("SEN-equal" if met else "SEN-equal-strict", lang, **params)
    if indicator.is_rate and target.tied_when_rounded(value, indicator.decimals, standing.months):
        return text("SEN-tie-met" if met else "SEN-tie-not-met", lang, **params)
    side = "ceiling" if target.operator.startswith("<") else "floor"
    verdict = "met" if met else "missed"
    words = text(f"SEN-{side}-{verdict}-{kind}", lang, **params)
    lacking = (
        missing_to_target(standing.reading, level)
        if (side, verdict, kind) == ("floor", "missed", "rate")
        else None
    )
    if lacking and standing.reading.denominator is not None:
        words += text(
            "SEN-lacking",
            lang,
            n=lacking,
            denominator=standing.reading.denominator.value.number,
            unit=params["unit"],
        )
    return words


def _change(standing: Standing, value: Rational, lang: str) -> str:
    same, indicator = standing.same_period, standing.indicator
    if same is None or same.why == "missing":
        return ""
    year = standing.period.year - 1
    now, then = standing.reading.numerator.span, same.reading.numerator.span
    if same.change is None:
        if same.why == "missing_predecessor":
            names = {name: None for part in same.reading.parts for name in part.lacking}
            return text("SEN-missing-predecessor", lang, names=", ".join(names))
        if same.why == "windows":
            return text("SEN-windows", lang, months=now.months, base_months=then.months) + _reform(same, lang)
        if same.why == "break" and same.reform is not None:
            return text("SEN-not-comparable", lang, note=same.reform.note)
        return text("SEN-incomparable", lang)
    base = same.reading.value.number
    difference = same.change.absolute
    direction = "same" if not difference else "up" if difference > 0 else "down"
    kind = "points" if indicator.is_rate else "percent" if same.change.percent is not None else "from-zero"
    words = text(
        f"SEN-{kind}-{direction}" if direction != "same" else "SEN-unchanged",
        lang,
        difference=abs(difference),
        percent=None if same.change.percent is None else abs(same.change.percent),
        base=base,
        value=value,
        unit=indicator.unit_en if lang == "en" else indicator.unit,
        year=str(year),
    )
    basis = same.reading.numerator.basis
    return words + (text("SEN-basis", lang, basis=basis) if basis else "") + _reform(same, lang)


def _reform(same: SamePeriod, lang: str) -> str:
    """That the same period stands on a form of another circular, and how the two compare."""
    if same.reform is None:
        return ""
    return text("SEN-reform", lang, form=same.reform.base_form, note=same.reform.note)


def _without_value(standing: Standing, label: str, lang: str) -> str:
    reading = standing.reading
    missing = []
    if not reading.numerator.value.known:
        missing.append(Bilingual("tử số", "the numerator"))
    if reading.denominator is not None and not reading.denominator.value.known:
        missing.append(Bilingual("mẫu số", "the denominator"))
    if reading.value.kind is Kind.UNDEFINED:
        return text("SEN-undefined", lang, label=label)
    if reading.value.kind is Kind.OUT_OF_REMIT:
        return text("SEN-out-of-remit", lang, label=label)
    if reading.value.kind is Kind.INCOMPARABLE:
        return text("SEN-unlike-parts", lang, label=label)
    return text("SEN-missing", lang, label=label, missing=", ".join(m.in_language(lang) for m in missing))
