"""Texts of a head taken apart: label, unit of measure, printed number."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_SHORT_CAPTION = re.compile(r"(?:đơn vị|đv)\s*:\s*(?P<unit>.+)\Z", re.IGNORECASE | re.DOTALL)
_TAIL = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*\Z", re.DOTALL)
_THOUSANDS = re.compile(r"\d[\d., ]*(?:dong|d|vnd)\Z")
_NO_UNIT = re.compile(
    r"\b(?:neu co|trong do|ghi ro|cot|theo|bao gom|gom|ke ca|tru|ca|chi|khong|doi voi|cua)\b"
)
_MOST_WORDS = 4
_TELLING_UNITS = 0.6
"""Part of the cells of a row that must name known units for the others to be taken as units."""


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


def units_in_row(texts: Sequence[str]) -> list[str] | None:
    """The units of a row that holds nothing else; None for any other row.

    Where most cells name a known unit, the others name one as well if they are as short and written alike:
    "Cuộc", "Người", "Tủ sách".
    """
    known = [unit_alone(text) for text in texts]
    bare = [text.strip().strip("()").strip() for text in texts]
    in_brackets = {text.strip().startswith("(") for text in texts}
    if all(known):
        return [unit or "" for unit in known]
    told = sum(unit is not None for unit in known)
    if told < _TELLING_UNITS * len(texts) or len(in_brackets) > 1 or not all(map(_may_be_unit, bare)):
        return None
    return [unit or clean(text) for unit, text in zip(known, bare, strict=True)]


def caption_unit(text: str) -> str | None:
    """The unit of "Đơn vị tính: Việc" or "Đơn vị: Việc"; None for any other text."""
    plain = text.strip().strip("()").strip()
    found = _CAPTION.match(plain)
    unit = clean(found["unit"]).strip(" .;") if found else ""
    if not found and (short := _SHORT_CAPTION.match(plain)) and fold(short["unit"]) not in _ALSO_LABELS:
        unit = clean(short["unit"]).strip(" .;") if is_unit(short["unit"]) else ""
    return unit if unit and re.search(r"\w|%", unit) and len(unit) < 60 else None


def captioned_unit(texts: Sequence[str]) -> str | None:
    """The unit of a row that holds nothing but "Đơn vị tính: Việc", in one cell or in two."""
    return caption_unit(" ".join(texts)) if 0 < len(texts) < 3 and ":" in texts[0] else None


def split_label(text: str) -> Label:
    """Label, unit and number of a text of the head.

    A unit stands in brackets behind the label or on a line of its own below it; what is in brackets behind a
    label on the same line counts only where it is a known unit. A number may stand on the last line.

    >>> split_label("Số việc\\n(Việc)").unit
    'Việc'
    """
    code, whole = _own_code("\n".join(line for line in text.split("\n") if line.strip()))
    lines = whole.split("\n")
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
    label = whole[: tail.start()]
    known = (is_unit(unit) and not either) or bool(named and unit)
    if known or ((below or _counts(label, unit)) and _may_be_unit(unit)):
        code, label = _own_code(label) if code is None else (code, label)
        return Label(clean(label), unit, "sure" if known else "likely", code)
    return Label(clean(whole), None, "sure", code)


def _own_code(text: str) -> tuple[Code | None, str]:
    """The number in brackets on the last of several lines, and the lines above it."""
    lines = text.split("\n")
    code = read_code(lines[-1]) if len(lines) > 1 else None
    if code is None or not code.bracketed:
        return None, text
    return code, "\n".join(lines[:-1])


def _counts(label: str, unit: str) -> bool:
    """Whether words in brackets say again what a label counts: "Số lượng tủ sách (Tủ sách)"."""
    return bool(re.search(rf"\b{re.escape(fold(unit))}\b", fold(label)))


def _may_be_unit(text: str) -> bool:
    folded = fold(text)
    words = folded.split()
    return 0 < len(words) <= _MOST_WORDS and not _NO_UNIT.search(folded) and not re.search(r"\d|[.…]", folded)
