"""Measures and indicators: what figures mean, whichever form of whichever circular holds them."""

from __future__ import annotations

from typing import Literal

from judapp.domain.catalogue import Strict, WindowKind
from judapp.text import Bilingual

Qualifier = Literal["", "lower", "about"]
"""How exact a published figure is: "" exact, "lower" at least ("trên"), "about" rounded ("khoảng")."""

QUALIFIER_WORDS: dict[str, Qualifier] = {"": "", "trên": "lower", "khoảng": "about"}
"""The words of a qualifier column of the department's own form."""


class Measure(Strict, frozen=True, kw_only=True):
    """A quantity that forms provide (``provides`` of a form) and indicators are made of."""

    id: str
    label: str
    label_en: str
    unit: str
    unit_en: str
    window: WindowKind = "flow"
    part_of: str | None = None
    """A measure this one should be of the same scope as: a half year far from half of that one's year is
    pointed out (14.232 births, deaths and marriages against 132.274 of a year)."""
    out_of_remit_from: str | None = None
    """First day (ISO) the quantity is no longer in the department's remit."""
    out_of_remit_source: str | None = None


class Indicator(Strict, frozen=True, kw_only=True):
    """A figure people are held to or talk about: a rate in percent, or a count."""

    id: str
    label: str
    """Short, as it opens a sentence: "Đăng ký trực tuyến"."""
    label_en: str
    numerator: str
    """An expression over measures, ``m:dvc.truc_tuyen``."""
    unit: str
    """Unit of the counts: "hồ sơ"."""
    unit_en: str
    regime: str
    """Whose windows its rounds mean: an enforcement "6 tháng" is 01/10 – 31/3."""
    denominator: str | None = None
    """None for a count."""
    decimals: int = 2
    """Decimals the rate is printed with."""
    higher_is_better: bool | None = None
    """None where neither direction is a success."""
    source: str | None = None

    @property
    def is_rate(self) -> bool:
        """Whether the value is a percentage."""
        return self.denominator is not None

    @property
    def name(self) -> Bilingual:
        """The label in both languages."""
        return Bilingual(self.label, self.label_en)
