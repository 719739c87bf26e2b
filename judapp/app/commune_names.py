"""How communes are written in lists: with their kind, several in a cell, a part of one, the old district.

Two spellings of one name are one ("hoà", "hòa"); two names that differ in a mark are two ("Tân Lập", "Tân
Lạp"): one may have been mistyped, which a person says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from judapp.text import clean, fold

_WORD = re.compile(r"[a-z0-9]+")

TYPES = {"xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu"}
"""Kinds of communes; thị trấn ended and đặc khu began on 01/7/2025 (Luật số 72/2025/QH15)."""
_SHORT = {"x.": "xa", "p.": "phuong", "tt.": "thi tran", "đk.": "dac khu"}
_BEFORE = (
    r"(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|uy ban nhan dan)\s+)?(?:(?:các|cac|hai|ba|bốn|năm)\s+)?"
)
_TYPE = re.compile(_BEFORE + r"(xã|phường|thị trấn|đặc khu)\s*:?\s+", re.IGNORECASE)
_PLAIN_TYPE = re.compile(_BEFORE + r"(xa|phuong|thi tran|dac khu)\s*:?\s+", re.IGNORECASE)
"""Without marks only where no kind is known: "Xa Dung" of kind "xã" is "Xã Xa Dung"."""
_DISTRICT = re.compile(
    r"(?:huyện\s|thị xã\s|thành phố\s|quận\s|h\.|tx[.\s]|tp[.\s]|q\.)\s*(?=\S)", re.IGNORECASE
)


def type_of(text: str) -> str:
    """The kind of commune a text names ("xã"), "" where it names none."""
    folded = fold(text).strip(" .:")
    return TYPES.get(folded.removeprefix("cac "), "")


def is_district(text: str) -> bool:
    """Whether a text names a district of the time before 01/7/2025: "Huyện Nghi Lộc", "TX. Cửa Lò"."""
    return bool(_DISTRICT.match(text.strip()))


def full_name(text: str, kind: str = "") -> str:
    """A commune's name with its kind before it: "Xã Nghi Lộc"; "" where neither says the kind.

    "UBND xã Nghi Lộc", "X. Nghi Lộc" and "Nghi Lộc" of kind "xã" are all the same.
    """
    name = clean(text).strip(" .;,-–")
    for short, meant in _SHORT.items():
        if name.casefold().startswith(short):
            name = f"{TYPES[meant]} {name[len(short) :].strip()}"
    found = _TYPE.match(name) or (None if kind else _PLAIN_TYPE.match(name))
    if found:
        kind, name = TYPES[fold(found[1])], name[found.end() :].strip()
    if not kind or not name:
        return ""
    if name.isupper():
        name = _INITIAL.sub(lambda found: found[0].upper(), name.casefold())
    return f"{kind[:1].upper()}{kind[1:]} {name}"


_INITIAL = re.compile(r"(?:^|(?<=[\s'’-]))\w")


_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}


@lru_cache(8192)  # every name is held against every other one
def spelled(text: str) -> str:
    """A key under which two spellings of one name are equal and two names never are.

    "Hoà Bình" and "Hòa Bình" are one name: the mark of the tone stands behind its syllable, wherever it was
    written. "Tân Lạp" and "Tân Lập" are two: :func:`judapp.text.fold` would make them one.
    """
    words = []
    for word in clean(text).casefold().replace("’", "'").split():
        letters = unicodedata.normalize("NFD", word)
        tones = "".join(_TONES.get(letter, "") for letter in letters)
        words.append("".join(letter for letter in letters if letter not in _TONES) + tones)
    return " ".join(words)


def own_code(name: str) -> str:
    """The code of a unit that has no official one: its name without marks, "xa-nghi-loc".

    Official codes of communes are five digits, so that the two never meet.
    """
    return "-".join(_WORD.findall(fold(name)))


class OldUnit(Struct, frozen=True):
    """An old commune as a list names it; ``whole`` is False where only a part of it went over."""

    name: str
    whole: bool = True
    district: str = ""
    code: str = ""


class OldUnits(Struct, frozen=True):
    """What a cell says of the old communes: those it names, itself unchanged, or words nobody understands."""

    units: tuple[OldUnit, ...] = ()
    itself: bool = False
    unclear: str = ""


_KEPT = re.compile(r"giu nguyen|khong sap xep|khong sap nhap|nguyen trang|khong thay doi")
_STAYING = re.compile(
    r"giữ nguyên(?: (?:hiện )?trạng)?|nguyên trạng|không (?:sắp xếp|sáp nhập|thay đổi)", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SPLIT = re.compile(r"\s*(?:[,;\n+&]|\s(?:và|va|với)\s)\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:[-–•*]|\d{1,2}[.)]|(?:gồm|bao gồm|sáp nhập|hợp nhất|nhập|từ"
    r"|toàn bộ(?: diện tích(?: tự nhiên)?)?(?: của)?)\b:?)\s*",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:(?:một\s+)?phần(?:\s+còn\s+lại)?|1 phần|phan con lai|mot phan)"
    r"(?:\s+(?:của|diện tích(?: của)?))?\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:thuộc|của)\s+((?:huyện|thị xã|thành phố|quận|tx\.?|tp\.?|h\.)\s*.+)\Z", re.IGNORECASE
)
_DIGITS = re.compile(r"\d{3,6}\Z")


def old_units(text: str, kind: str = "", district: str = "") -> OldUnits:
    """The old communes a cell names: "các xã A, B và thị trấn C", "một phần xã D (huyện E)".

    ``kind`` and ``district`` hold where the cell does not say them itself. The kind named before the first
    of several holds for those after it, as everybody reads it.
    """
    pieces = _SPLIT.split(bare) if (bare := clean(_BRACKETS.sub(" ", text))) else [text]
    kept = [bool(_KEPT.search(fold(piece))) for piece in pieces if clean(piece)]
    if any(kept):
        return _stayed(pieces, district) if all(kept) else OldUnits(unclear=clean(text))
    remarks: list[str] = []

    def keep(found: re.Match[str]) -> str:
        remarks.append(clean(found[1]))
        return f" \ue000{len(remarks) - 1}\ue001 "

    marked = _BRACKETS.sub(keep, unicodedata.normalize("NFC", text))
    units: list[OldUnit] = []
    for piece in _SPLIT.split(marked):
        said = [remarks[int(number)] for number in re.findall("\ue000(\\d+)\ue001", piece)]
        words = clean(re.sub("\ue000\\d+\ue001", " ", piece))
        words = _LEAD.sub("", _LEAD.sub("", words)).strip(" .")
        if not words and not said:
            continue
        whole, where, code = True, "", ""
        if behind := _BEHIND.search(words):
            where, words = clean(behind[1]), words[: behind.start()]
            units = [unit if unit.district else _in(unit, where) for unit in units]
        if part := _PART.match(words):
            whole, words = False, words[part.end() :]
        for remark in said:
            if "phan" in fold(remark).split() or "phần" in remark.split():
                whole = False
            elif is_district(remark):
                where = remark
            elif _DIGITS.match(remark):
                code = remark
            elif fold(remark) not in ("cu", "moi", "toan bo") and not _KEPT.search(fold(remark)):
                return OldUnits(unclear=f"{words} ({remark})")
        name = full_name(words, kind)
        if not name or _unreadable(name):
            return OldUnits(unclear=clean(re.sub("[\ue000-\ue001]\\d*", "", piece)) or clean(text))
        kind = type_of(_kind_before(name)) or kind
        units.append(OldUnit(name, whole, where or district, code))
    return OldUnits(tuple(units)) if units else OldUnits(unclear=clean(text))


def _stayed(pieces: Sequence[str], district: str) -> OldUnits:
    """What stayed as it was: the commune named with it, else the one of the row."""
    named = [clean(_STAYING.sub(" ", piece)).strip(" -–:.") for piece in pieces]
    units = [OldUnit(full_name(name), True, district) for name in named if _TYPE.match(name)]
    return OldUnits(tuple(units), itself=not units)


def _in(unit: OldUnit, district: str) -> OldUnit:
    return OldUnit(unit.name, unit.whole, district, unit.code)


def kind_words(name: str) -> str:
    """The kind a full name begins with: "thị trấn" of "Thị trấn Quán Hành"."""
    return type_of(_kind_before(name))


def _kind_before(name: str) -> str:
    two = " ".join(name.split()[:2])
    return two if type_of(two) else name.split(" ", 1)[0]


_NAME = re.compile(r"[\w .'’()–-]+")


def is_name(name: str) -> bool:
    """Whether words can be a commune's name: a few words without the signs of sentences and error values."""
    return len(name.split()) <= 8 and bool(_NAME.fullmatch(name))


def _unreadable(name: str) -> bool:
    """A commune's name is a few words; a sentence is none."""
    return not is_name(name) or is_district(name)


# --- days

_DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SINCE = re.compile(
    r"(?:(?:kể )?từ|hiệu lực|áp dụng)\s+(?:từ\s+)?(?:ngày\s+)?(\d{1,2}\D+\d{1,2}\D+\d{4})", re.IGNORECASE
)


def day_in(text: str) -> date | None:
    """The day a cell holds: 01/7/2025, 2025-07-01, "ngày 01 tháng 7 năm 2025"; None for anything else."""
    words = clean(text)
    found = _ISO.search(words)
    parts = (found[1], found[2], found[3]) if found else None
    if parts is None and (turned := _DAY.search(words)):
        parts = turned[3], turned[2], turned[1]
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def day_of_title(lines: Sequence[str]) -> date | None:
    """The day a title says its list holds from: "(áp dụng từ ngày 01/7/2025)"; dates of decisions are not."""
    days = {day for line in lines for found in _SINCE.finditer(line) if (day := day_in(found[1]))}
    return days.pop() if len(days) == 1 else None


def district_key(text: str) -> str:
    """A district without the word for its kind, so that "H. Nghi Lộc" and "Huyện Nghi Lộc" are equal."""
    return fold(_DISTRICT.sub("", clean(text), count=1)).replace("(cu)", "").strip()
