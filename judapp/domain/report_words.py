"""What the words around a printed table say: rounds of deadlines, who reports, the day of a circular."""

from __future__ import annotations

import re
from datetime import date

from judapp.domain.period import (
    BASE,
    DEPARTMENT,
    ENFORCEMENT,
    FINAL_YEAR,
    HALF_YEAR,
    PRELIMINARY_YEAR,
    STATISTICS,
)
from judapp.domain.unit import COMMUNE, NOTARY, PROVINCE
from judapp.text import fold

DOT_RUN = re.compile(r"…+(?=\.(?:\s+[A-ZĐÂÊÔƠƯ]|\Z))|(?:…|\.{2,}|_{2,})(?:\s?[.…_]+)*")
"""Dots, "…" or lines a person is meant to write over; the full stop behind them is none."""
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_DAY_IN_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SIX_MONTHS = re.compile(r"\b(?:0?6|sau) thang\b")
_DATED = re.compile(r"\bngay (?:\d|\.|…)|\d{1,2} ?/ ?\d{1,2}|\bthang \d|truoc ngay")
_HALF_AND_YEAR = re.compile(r"\b(?:0?6|sau) thang(?: dau nam)?\s*(?:,|/|\||va|-|;)\s*(?:bao cao |bc )?nam\b")


def circular_day(text: str) -> date | None:
    """The day a circular was signed as its name prints it; None where none is printed or no such day exists.

    ``"Thông tư số 17/2025/TT-BTP ngày 24/10/2025"`` gives 24/10/2025; words ("ngày 20 tháng 3 năm 2019") too.
    """
    for found in (*_DAY.finditer(text), *_DAY_IN_WORDS.finditer(fold(text))):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
    return None


def blank_out(text: str) -> str:
    """``text``, or "" where nothing but dots is printed."""
    return text.strip() if re.search(r"[^\W_]", text) else ""


def is_dated(text: str) -> bool:
    """Whether a day stands in a deadline ("ngày 25 tháng 6 hàng năm", "trước 20/6")."""
    return bool(_DATED.search(fold(text)))


def rounds_of_deadline(text: str) -> tuple[tuple[str, ...], bool]:
    """The rounds a printed deadline is for, and whether its words leave no doubt.

    "BC 6 tháng" is H1, "năm chính thức", "tròn năm" Y, "sơ bộ năm", "năm lần 1", "năm đợt 1" Y1. "BC năm"
    alone is Y1, or Y where the day lies in the year after; that is a guess. () where the words name no round.
    """
    label, _, rest = fold(text).partition(":")
    if not rest:
        label, _, rest = f" {label}".partition(" ngay ")
    if _HALF_AND_YEAR.search(label):
        return (HALF_YEAR, PRELIMINARY_YEAR), False
    if _SIX_MONTHS.search(label):
        return (HALF_YEAR,), True
    if re.search(r"\btron nam\b|\bchinh thuc\b", label):
        return (FINAL_YEAR,), True
    if re.search(r"\bso bo\b|\blan (?:1|i|mot|thu nhat)\b|\bdot (?:1|i)\b|\buoc\b", label):
        return ((PRELIMINARY_YEAR,), True) if re.search(r"\bnam\b", label) else ((), False)
    if re.search(r"\bnam\b", label):
        return ((FINAL_YEAR,) if "nam sau" in rest else (PRELIMINARY_YEAR,)), False
    return (), False


def rounds_of_period_line(text: str) -> tuple[str, ...]:
    """The rounds a line like "(6 tháng, năm)" names; a year has its preliminary and its final round."""
    folded = fold(text)
    half = bool(_SIX_MONTHS.search(folded))
    year = bool(re.search(r"\bnam\b(?! bao cao)", _SIX_MONTHS.sub("", folded).replace("dau nam", "")))
    return ((HALF_YEAR,) if half else ()) + ((PRELIMINARY_YEAR, FINAL_YEAR) if year else ())


def regime_of(number: str, title: str) -> str:
    """The regime a form reports in: enforcement where number or title say so, else statistics."""
    enforced = "thi hanh an dan su" in fold(title) or fold(number).endswith(("/tk-tha", "/tha"))
    return ENFORCEMENT if enforced else STATISTICS


_DEPARTMENT_REPORTS = re.compile(r"(?:cac )?so tu phap\b|(?:cuc )?thi hanh an dan su (?:cap )?tinh")
_TO_MINISTRY = re.compile(
    r"\bbo tu phap\b|\btong cuc\b|\bcuc quan ly\b|(?:ubnd|uy ban nhan dan) (?:cap )?tinh"
)
_TO_DEPARTMENT = re.compile(
    r"\bso tu phap\b|\bphong tu phap\b"
    r"|(?:ubnd|uy ban nhan dan) (?:cap )?(?:huyen|quan|xa|phuong|thi xa|thi tran|thanh pho)"
    r"|\bcuc thi hanh an dan su\b|\bthi hanh an dan su tinh\b"
)


def level_of(reporter: str, receiver: str) -> str | None:
    """The level that reports, by the words of reporter and receiver; None where neither tells."""
    reports, receives = fold(reporter), fold(receiver)
    if _DEPARTMENT_REPORTS.match(reports):
        return DEPARTMENT
    if receives.startswith(("bo tu phap", "tong cuc")):
        return DEPARTMENT
    if _TO_DEPARTMENT.search(receives):
        return BASE
    if _TO_MINISTRY.search(receives):
        return DEPARTMENT
    return BASE if unit_kinds_of(BASE, reporter) else None


_REPORTERS = (
    (COMMUNE, re.compile(r"(?<!thi )\bxa\b(?! hoi)|\b(?:phuong|thi tran|dac khu)\b")),
    (NOTARY, re.compile(r"\bcong chung\b")),
    ("thads", re.compile(r"\bthi hanh an\b|\bchap hanh vien\b")),
    (
        "agency",
        re.compile(r"\bso, ?ban\b|\bban, ?nganh\b|\bco quan\b|\bhuyen\b|\bquan\b|\bphong\b|\btrung tam\b"
                   r"|\bto chuc\b|\bvan phong\b|\bcong ty\b|\bdon vi\b"),
    ),
)  # fmt: skip


def unit_kinds_of(level: str, reporter: str) -> tuple[str, ...]:
    """The kinds of units that report at ``level``, by the reporter's words; () where they do not tell."""
    folded = fold(reporter)
    if level == DEPARTMENT:
        return () if folded.startswith("bo ") else (PROVINCE,)
    return next(((kind,) for kind, words in _REPORTERS if words.search(folded)), ())
