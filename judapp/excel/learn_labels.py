"""Texts of a head taken apart: label, unit of measure, printed number."""

from __future__ import annotations

import re

from msgspec import Struct

from judapp.domain.learned import Sureness
from judapp.excel.learn_codes import Code, read_code
from judapp.text import clean, fold

_UNITS = frozenset({
    "nguoi", "viec", "vu", "don", "to", "thon", "xa", "huyen", "tinh", "ban", "bai", "tin", "cai",
    "quyen", "trang", "phieu", "lop", "buoi", "gio", "ngay", "thang", "tuoi", "cap", "lan", "luot", "diem",
    "doi", "lo", "cuoc", "dong", "vnd", "usd", "%", "m2", "ha", "km", "kg", "gb", "mb", "ho", "vu viec",
    "luot nguoi", "luot ho", "nghin dong", "ngan dong", "trieu dong", "ty dong", "ti dong", "tram dong",
    "chuc dong", "ngan luot nguoi", "nghin luot nguoi", "nghin nguoi", "truong hop", "van ban", "ho so",
    "don vi", "to chuc", "to hoa giai", "chu ky", "hop dong", "giao dich", "cau lac bo", "co quan",
    "ban sao", "ban dich", "de nghi", "du thao", "doi tuong", "hoi nghi", "to dan pho", "hoa giai vien",
    "luat su", "cong chung vien", "dau gia vien", "giam dinh vien", "thua phat lai", "chap hanh vien",
    "tuyen truyen vien", "bao cao vien", "khoa hoc", "khoa", "chuong trinh", "de tai", "ket luan",
    "nhiem vu", "quyet dinh", "to roi", "xa phuong", "phuong", "dac khu", "thi tran", "quan", "phong",
    "dia ban", "doanh nghiep", "vu an", "viec va dong", "ban an", "van phong", "cong trinh", "can bo",
    "tre em", "cap vo chong", "diem cau", "nhom", "so quyen", "du lieu", "thanh pho", "phan tram",
    "quy", "nguoi/luot", "cuoc/lan", "viec/vu", "lop/buoi", "lan/cuoc", "phut", "hoc vien", "thanh vien",
    "dien tich", "bo", "luong", "ti le", "ty le",
})  # fmt: skip
_ALSO_LABELS = frozenset({
    "xa", "huyen", "tinh", "phuong", "quan", "phong", "to chuc", "van phong", "co quan", "don vi", "quy",
    "bo", "doanh nghiep", "can bo", "tre em", "luat su", "cong chung vien", "xa phuong", "dac khu",
    "thi tran", "thanh pho", "khoa", "nhom", "ho", "thanh vien", "hoc vien",
})  # fmt: skip
"""Units that are labels of columns as well: in a row they count only in brackets."""
_PREFIX = re.compile(r"(?:đơn vị tính|đơn vị|đvt|đv tính|đvtính)\s*[:.]?\s*", re.IGNORECASE)
_CAPTION = re.compile(r"(?:đơn vị tính|đvt|đv tính)\s*[:.]\s*(?P<unit>.+)\Z", re.IGNORECASE | re.DOTALL)
_TAIL = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*\Z", re.DOTALL)
_THOUSANDS = re.compile(r"\d[\d., ]*(?:dong|d|vnd)\Z")
_NO_UNIT = re.compile(
    r"\b(?:neu co|trong do|ghi ro|cot|theo|bao gom|gom|ke ca|tru|ca|chi|khong|doi voi|cua)\b"
)
_MOST_WORDS = 4


class Label(Struct, frozen=True):
    """A text of the head."""

    label: str
    unit: str | None = None
    sure: Sureness = "sure"
    """How sure the unit is."""
    code: Code | None = None
    """A column number printed below the label in the same cell."""


def is_unit(text: str) -> bool:
    """Whether a text names a unit of measure: "Người", "nghìn đồng", "Thôn, tổ", "1.000 đồng", "%"."""
    plain = _PREFIX.sub("", text.strip()).strip(" ().:;")
    folded = fold(plain)
    if not folded or len(folded) > 40:
        return False
    if folded in _UNITS or plain.casefold() == "năm" or _THOUSANDS.match(folded):
        return True
    parts = [part.strip() for part in re.split(r"[,/;]| va | hoac ", folded)]
    return len(parts) > 1 and all(part in _UNITS for part in parts)


def unit_alone(text: str) -> str | None:
    """The unit of measure a cell prints alone, in brackets or not; None where it prints something else."""
    inside = text.strip().strip("()").strip()
    if "(" in inside or not is_unit(inside):
        return None
    if not text.strip().startswith("(") and fold(inside) in _ALSO_LABELS:
        return None
    return clean(_PREFIX.sub("", inside))


def caption_unit(text: str) -> str | None:
    """The unit of "Đơn vị tính: Việc"; None for any other text."""
    found = _CAPTION.match(text.strip().strip("()").strip())
    unit = clean(found["unit"]).strip(" .;") if found else ""
    return unit if unit and re.search(r"\w|%", unit) and len(unit) < 60 else None


def split_label(text: str) -> Label:
    """Label, unit and number of a text of the head.

    A unit stands in brackets behind the label or on a line of its own below it; what is in brackets behind a
    label on the same line counts only where it is a known unit. A number may stand on the last line.

    >>> split_label("Số việc\\n(Việc)").unit
    'Việc'
    """
    lines = [line for line in text.split("\n") if line.strip()]
    code = None
    if len(lines) > 1 and (found := read_code(lines[-1])) is not None and found.bracketed:
        code, lines = found, lines[:-1]
    whole = "\n".join(lines)
    tail = _TAIL.search(whole)
    if tail is None:
        if len(lines) > 1 and (unit := caption_unit(lines[-1])):
            return Label(clean(" ".join(lines[:-1])), unit, "sure", code)
        return Label(clean(whole), None, "sure", code)
    inside = clean(tail["inside"])
    named = _PREFIX.match(inside)
    unit = clean(_PREFIX.sub("", inside)) if named else inside
    below = "\n" in whole[: tail.end()][tail.start() : whole.index("(", tail.start())] or tail.start() == 0
    either = "/" in unit and not below  # "(Bản sao/Chữ ký)" says what is counted, not in what
    known = (is_unit(unit) and not either) or bool(named and unit)
    if known or (below and _may_be_unit(unit)):
        return Label(clean(whole[: tail.start()]), unit, "sure" if known else "likely", code)
    return Label(clean(whole), None, "sure", code)


def _may_be_unit(text: str) -> bool:
    folded = fold(text)
    words = folded.split()
    return 0 < len(words) <= _MOST_WORDS and not _NO_UNIT.search(folded) and not re.search(r"\d|[.…]", folded)
