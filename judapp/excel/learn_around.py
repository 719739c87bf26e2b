"""Words that stand above a table (its header blocks) and below it (notes, signers), never in it."""

from __future__ import annotations

import re

from judapp.text import fold

_FORE = re.compile(
    r"[-+*]? ?(?:bieu so|mau so|bieu mau so|ban hanh|don vi bao cao|don vi nhan|don vi gui|ngay nhan|"
    r"thoi han nhan|"
    r"ky bao cao *:|cong hoa xa hoi|doc lap *[-–]|bc (?:so bo |tron )?(?:6|nam)|bao cao (?:6|sau) thang *:|"
    r"(?:bc|bao cao) [^:]*\bnam\b[^:]*: *(?:truoc )?ngay|bao cao nam *:|\(?tu ngay|kinh gui)"
)
_FOOT = re.compile(
    r"(?:[*+(\d. ]*ghi chu\b *(?::|\Z|-)|"
    r"nguoi (?:lap|kiem tra|tong hop|ghi)(?: bieu| bao cao| danh sach| bang)?\Z|"
    r""
    r"ke toan(?: truong)?\Z|thu truong(?: don vi| co quan)?\Z|(?:pho )?giam doc(?: so\b.*| trung tam\b.*)?\Z|"
    r"truong phong\b.{0,20}\Z|(?:tm|kt|tl|tuq)\. ?\w|\(?ky,|\(?ky ten|\(?ky va|giai thich|noi nhan|"
    r"[-*+ ]*so lieu uoc|[-*+ ]*so lieu trong (?:bao cao|bieu)|(?:pho )?chu tich(?: uy ban.*| ubnd.*)?\Z)"
)
_NOTE = re.compile(r"[*+(\d. -]*ghi chu\b")
_DATE_LINE = re.compile(r"ngay\W.*thang\W.*nam")


def is_fore(text: str) -> bool:
    """Whether a text is one of the header blocks: "Biểu số: …", "Đơn vị báo cáo: …", "BC 6 tháng: …"."""
    return bool(_FORE.match(fold(text)))


def is_foot(text: str) -> bool:
    """Whether a text stands below a table: a note, a line for the date, a signer."""
    folded = fold(text.split("\n")[0])
    return bool(_FOOT.match(folded) or _DATE_LINE.search(fold(text)))


def is_note(text: str) -> bool:
    """Whether a text is a note, or speaks of estimated figures."""
    folded = fold(text)
    return bool(_NOTE.match(folded)) or "uoc tinh" in folded
