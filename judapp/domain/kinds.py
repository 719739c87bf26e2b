"""What a column holds, told from the words of its head and its unit of measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from judapp.domain.catalogue import ColumnKind
from judapp.domain.learned import Sureness
from judapp.text import fold

_MONEY = re.compile(r"(?:(?:\d[\d., ]*|nghin|ngan|tram|trieu|ty|ti)\s*)*(?:dong|vnd|vn dong|d)\Z")
"""Units of money, folded; "hợp đồng" and "hội đồng" end alike and are none."""
_RATE = re.compile(r"\b(?:t[yi] (?:le|trong|suat)|phan tram)\b|%")
_RATE_FIRST = re.compile(r"(?:trong do:? |- ?)?(?:t[yi] (?:le|trong|suat)|phan tram)\b")
_AVERAGE = re.compile(r"\bbinh quan\b|(?<!loai )(?<!muc )(?<!hoc luc )\btrung binh\b")
_TEXT = re.compile(
    r"(?:\(?ghi chu|ten|ho ten|ho va ten|ho, ten|dia chi|ly do|dien giai|giai trinh|email|thu dien tu"
    r"|so dien thoai|dien thoai|nguyen nhan|can cu|danh sach|muc chinh xac|xep loai|danh gia"
    r"|thoi gian|thoi diem|ngay thang|so, ky hieu|noi dung"
    r"|noi (?:o|sinh|hanh nghe|cu tru|lam viec|cap|cong tac|dang ky)|chuc vu|chuc danh|quoc tich|ngay sinh"
    r"|nam sinh|ngay, thang|don vi cong tac)\b"
)
_SUM_OF_MONEY = re.compile(
    r"(?:tong |tong so )?(?:so tien|tien|kinh phi|chi phi|phi|le phi|thu lao|doanh thu)\b(?! cong)"
)


class Kind(NamedTuple):
    """A kind with why and how sure; ``code`` names a text of the catalogue."""

    kind: ColumnKind
    sure: Sureness
    code: str


def is_money(unit: str | None) -> bool:
    """Whether ``unit`` is one of money: "Đồng", "nghìn đồng", "1.000 đồng", "VNĐ"."""
    return bool(unit and _MONEY.match(fold(unit)))


def kind_of(path: Sequence[str], unit: str | None) -> Kind:
    """The kind of a leaf (or of an indicator row) from its labels, topmost first, and its unit of measure.

    The unit decides where it can: "đồng" is money, "%" a rate. A mean is told by its words ("bình quân",
    "trung bình") even under a unit, because means of units are never added up; "Trung bình" alone is a grade
    beside "Khá" and "Tốt". Words without a unit make a text column. Everything else is counted, which is
    only "likely" where neither unit nor words say so.
    """
    labels = [fold(label) for label in path]
    last = labels[-1] if labels else ""
    whole = " / ".join(labels)
    folded = fold(unit or "").strip("() ")
    if folded in ("%", "phan tram") or _is_rate(labels, folded):
        return Kind("rate", "sure" if folded else "likely", "LRW-kind-rate")
    if _AVERAGE.search(whole) and last != "trung binh":
        return Kind("average", "likely", "LRW-kind-average")
    if _MONEY.match(folded):
        return Kind("money", "sure", "LRW-kind-money")
    if not folded and _TEXT.match(last):
        return Kind("text", "sure" if "ghi chu" in last else "likely", "LRW-kind-text")
    if not folded and _SUM_OF_MONEY.match(last):
        return Kind("money", "likely", "LRW-kind-money-words")
    if folded:
        return Kind("count", "sure", "LRW-kind-count-unit")
    return Kind("count", "likely", "LRW-kind-count")


def _is_rate(labels: Sequence[str], unit: str) -> bool:
    if any(_RATE_FIRST.match(label) for label in labels):
        return True
    return not unit and bool(_RATE.search(labels[-1] if labels else ""))
