"""Words of unit lists: what a column is, what a sheet lists, of what kind an office is, who is meant.

Departments draw these lists themselves, so everything is told by folded words and nothing by place. A word
that fits nothing means nothing: it is said to the person, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from judapp.domain.unit import AGENCY, COMMUNE, NOTARY
from judapp.text import clean, fold

COMMUNES, OFFICES, AGENCIES, ROOMS, PERSONS, OWED = (
    "communes",
    "offices",
    "agencies",
    "rooms",
    "persons",
    "owed",
)
"""What a worksheet can list."""

NUMBER, CODE, NAME, TYPE, FROM, TO = "number", "code", "name", "type", "from", "to"
OLD_CODE, OLD_NAME, OLD_TYPE = "old_code", "old_name", "old_type"
DISTRICT, PROVINCE = "district", "province"
FORMS, ROOM_NAME, PERSON, NOTE, UNUSED = "forms", "room", "person", "note", "unused"
"""What a column can hold."""

_OLD = re.compile(
    r"\bcu\b|\btruoc\b|nhap tu|hop nhat tu|hinh thanh tu|sap xep tu|thanh lap tu|tien than|duoc sap nhap"
    r"|thuc hien sap xep|\bgom cac\b|chuyen tu"
)
_NEW = re.compile(r"\bmoi\b|nhap vao|\bsau (?:khi|sap|sat)|\bsau\b|hien nay|hinh thanh\b(?! tu)")
_FROM = re.compile(
    r"\btu ngay\b|hieu luc tu|ngay (?:co )?hieu luc|ngay thanh lap|ngay bat dau|ngay hoat dong|ap dung tu"
    r"|ngay sap nhap|\btu thoi diem|\bbat dau tu|^tu$"
)
_TO = re.compile(
    r"\bden ngay\b|\bden het\b|ngay ket thuc|het hieu luc|ngay giai the|cham dut|ngay thoi|^den$"
)
_DATED = re.compile(r"(?:ngay|tu|den|hieu luc|thoi (?:diem|gian)|ap dung|bat dau|ket thuc|het|cham dut)\b")
"""How heads of days begin; "Xã mới từ ngày 01/7/2025" is a name."""
_FORMS = re.compile(r"\bbieu\b(?! quyet)|\bbieu mau\b|\bmau bieu\b")
_PERSON = re.compile(r"\bnguoi\b|\bcan bo\b|\bchuyen vien\b|\bho (?:va |, ?)?ten\b|\bcong chuc\b|\bho ten\b")
_ROOM = re.compile(r"\bphong\b(?! cong chung| tu phap)|\bdon vi phu trach\b|\bbo phan\b")
_UNUSED = re.compile(
    r"\bdien tich\b|\bdan so\b|\bdia chi\b|\bdien thoai\b|\bemail\b|\bthu dien tu\b|\btru so\b|\bso luong\b"
    r"|\bquy mo\b|\bnghi quyet\b|\bquyet dinh\b|\bma so thue\b|\bnguoi dai dien\b|\bnam sinh\b|\bwebsite\b"
    r"|\btruong (?:phong|van phong)\b|\bchuc (?:vu|danh)\b|\btrung tam hanh chinh\b|\bfax\b|\bchu tich\b"
    r"|\bma (?:huyen|tinh|quan)\b"
)
_NAMED = re.compile(
    r"\bten\b|\bdon vi\b|\bxa\b|\bphuong\b|\bdac khu\b|\bthi tran\b|\bto chuc\b|\bco quan\b|\bso\b|\bnganh\b"
    r"|\bdvhc\b|\bcap xa\b|\bphong cong chung\b|\bvan phong\b|\btrung tam\b"
)


def role_of(labels: Sequence[str]) -> str:
    """What a column holds, from the labels of its head, topmost first; "" where the words say nothing."""
    last = fold(labels[-1]).strip(" .:*") if labels else ""
    whole = " / ".join(fold(label) for label in labels)
    if last in ("stt", "tt", "so tt", "so thu tu", "thu tu", "#", "no"):
        return NUMBER
    if "ghi chu" in last:
        return NOTE
    if _DATED.match(last) or not _NAMED.search(last):
        if _TO.search(last):
            return TO
        if _FROM.search(last):
            return FROM
    old = bool(_OLD.search(whole)) and not (_NEW.search(last) and not _OLD.search(last))
    if _UNUSED.search(last):
        return UNUSED
    if last in ("ma", "ma so") or re.match(
        r"ma (?:so |don vi|dvhc|xa|cap xa|phuong|to chuc|co quan|phong|moi|cu)", last
    ):
        return OLD_CODE if old else CODE
    if re.match(r"loai\b|cap$|cap dvhc|cap hanh chinh|loai hinh|hinh thuc to chuc", last):
        return OLD_TYPE if old else TYPE
    if re.search(r"\btinh\b", last) and not re.search(r"\bxa\b|\bso\b|co quan|cap tinh", last):
        return PROVINCE
    plain = last.replace("thi xa", "").replace("co quan", "")
    if re.search(r"\bhuyen\b|\bquan\b", plain) and not re.search(r"\bxa\b|\bthi tran\b", plain):
        return DISTRICT
    if _PERSON.search(last):
        return PERSON
    if _FORMS.search(last):
        return FORMS
    if _ROOM.search(last):
        return ROOM_NAME
    if _NAMED.search(last) or (_OLD.search(last) and not _NEW.search(last)):
        return OLD_NAME if old else NAME
    if last and _NAMED.search(whole):
        return OLD_NAME if old else NAME
    return ""


_SHEETS = (
    (OWED, re.compile(r"bieu (?:mau )?phai nop|phai nop|nghia vu|phan cong bieu|phan cong thuc hien bieu")),
    (PERSONS, re.compile(r"\bnguoi\b|\bcan bo\b|\bnhan su\b|\bcong chuc\b")),
    (
        ROOMS,
        re.compile(r"^(?:cac |danh sach )?(?:phong|phong ban|phong chuyen mon)\b(?! cong chung| tu phap)"),
    ),
    (
        OFFICES,
        re.compile(
            r"cong chung|hanh nghe|luat su|dau gia|thua phat lai|tro giup phap ly|giam dinh|tu van phap luat"
            r"|quan tai vien|trong tai"
        ),
    ),
    (COMMUNES, re.compile(r"\bxa\b|\bphuong\b|\bdvhc\b|don vi hanh chinh|cap xa|sap nhap|sap xep")),
    (AGENCIES, re.compile(r"\bso\b|\bban nganh\b|co quan|don vi su nghiep|\bnganh\b")),
)


def sheet_kind(name: str, above: Sequence[str], roles: frozenset[str], heads: str) -> str:
    """What a worksheet lists ("" where that is not clear): its head first, then its name, then its title."""
    if FORMS in roles:
        return OWED
    if OLD_NAME in roles and not _SHEETS[3][1].search(fold(f"{name} {heads}")):
        return COMMUNES
    if PERSON in roles and NAME not in roles and ROOM_NAME not in roles:
        return PERSONS
    for text in (name, *reversed(above), heads):
        folded = fold(text)
        found = [
            kind
            for kind, words in _SHEETS
            if words.search(folded) and (kind != PERSONS or PERSON in roles)  # "Người lập: …" names no list
        ]
        if found:
            return found[0]
    if PERSON in roles and NAME not in roles:
        return PERSONS
    return ROOMS if ROOM_NAME in roles and NAME not in roles else ""


def needed(roles: frozenset[str]) -> bool:
    """Whether a row with these roles can be the head of a list."""
    named = roles & {NAME, OLD_NAME, PERSON, ROOM_NAME, FORMS}
    return bool(named) and len(roles) >= 2


# --- kinds of the units of a list

_OFFICE_KINDS = (
    (re.compile(r"phong cong chung"), NOTARY, "phòng"),
    (re.compile(r"(?:van phong|vp) cong chung|vpcc"), NOTARY, "văn phòng"),
)
_AGENCY_KINDS = (
    (re.compile(r"luat su|cong ty luat|van phong luat"), "tổ chức hành nghề luật sư"),
    (re.compile(r"dau gia"), "tổ chức đấu giá tài sản"),
    (re.compile(r"thua phat lai"), "văn phòng thừa phát lại"),
    (re.compile(r"tro giup phap ly"), "tổ chức trợ giúp pháp lý"),
    (re.compile(r"giam dinh"), "tổ chức giám định tư pháp"),
    (re.compile(r"tu van phap luat"), "trung tâm tư vấn pháp luật"),
    (re.compile(r"quan tai vien|quan ly, thanh ly"), "quản tài viên"),
    (re.compile(r"trong tai"), "trung tâm trọng tài"),
)
DEPARTMENTS = "sở, ban, ngành"


def office_kind(name: str, said: str) -> tuple[str, str]:
    """Kind and subkind of an office by its name and what the list says of it; ("", "") where unclear."""
    for text in (fold(name), fold(said)):
        for words, kind, subkind in _OFFICE_KINDS:
            if words.search(text):
                return kind, subkind
        for words, subkind in _AGENCY_KINDS:
            if words.search(text):
                return AGENCY, subkind
    plain = fold(said).strip()
    if plain in ("phong", "van phong"):
        return NOTARY, "phòng" if plain == "phong" else "văn phòng"
    return "", ""


# --- who owes

_EVERY = re.compile(
    r"(?:ubnd\s+|ủy ban nhân dân\s+)?(?:mỗi|mọi|tất cả|toàn bộ|các|từng|moi|tat ca|toan bo|cac|tung)\s"
    r"|.*\b(?:cấp xã|cap xa)\b|(?:ubnd\s+)?xã,?(?: và)? phường\W*\Z",
    re.IGNORECASE,
)
"""Said at the beginning: "Xã Thanh Tùng" and "Xã Các Sơn" are one commune each."""
_OF_KIND = (
    (COMMUNE, re.compile(r"\bxa\b|\bphuong\b|cap xa")),
    (NOTARY, re.compile(r"cong chung")),
    (AGENCY, re.compile(r"\bso\b|\bnganh\b|co quan")),
)


def every(text: str) -> str:
    """The kind of unit of which a text means all: "Mỗi xã, phường", "Các sở, ngành"; "" for a name."""
    if not _EVERY.match(clean(text)):
        return ""
    return next((kind for kind, words in _OF_KIND if words.search(fold(text))), "")


def is_own(text: str) -> bool:
    """Whether a text means the department itself: "Sở Tư pháp", "Sở Tư pháp tỉnh Nghệ An"."""
    return bool(re.match(r"so tu phap\b|stp\b", fold(text)))
