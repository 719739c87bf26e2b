"""What the words and numbers of a row say: its number, whether it is a total, for whom it is repeated."""

from __future__ import annotations

import re
from typing import NamedTuple

from judapp.domain.learned import Sureness
from judapp.domain.unit import COMMUNE, NATION, NOTARY, PROVINCE
from judapp.text import clean

_ROMAN = re.compile(r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})\Z")
_NUMBER_TEXT = re.compile(
    r"\(?(?P<code>[IVXL]+|\d{1,3}(?:\.\d{1,3})*|\d{1,3}[a-zđ]|[a-zđ]|[A-HĐ])\s*[.)/:]*[-–]?\Z"
)
_NUMBERED = re.compile(
    r"\(?(?P<code>[IVXL]+|\d{1,3}(?:\.\d{1,3})+|\d{1,3}|[a-zđ]|[A-HĐ])"
    r"(?:\s*[.)/:](?!\d|\w\.)\s*|\s+[-–]\s+|[-–]\s*(?=[^\W\d_…]|…|\.\.)|(?<=\.\d)\s+|(?<=\.\d\d)\s+)(?P<label>(?=\S).*)",
    re.DOTALL,
)
_DASH = re.compile(r"[-–—+*•]\Z")
DASHED = re.compile(r"(?P<dash>[-–—+*•])\s*(?=\S)")
_DOTS = re.compile(r"(?:…|\.{2,}|_{3,}|(?<=\s)\.)(?:[.…_\s]*)")
_LETTER = re.compile(r"(?P<name>.*\S)\s+(?:[A-D]|[xyz])\Z")
_ASKS = re.compile(r"\((?:ghi|điền|liệt kê|tên|nêu)\b.*\)")
"""What asks for names: "(Ghi tên xã)", "(Tên đơn vị)"."""
_OFFICE = re.compile(r"(?:sở|ban|ngành|đoàn thể|cơ quan|đơn vị|tổ chức|văn phòng|công ty|trung tâm)\b")
_EXAMPLE = re.compile(r"(?P<name>[^\W\d_].*?)\s+(?:số\s+)?(?P<number>\d{1,2})\Z")
_TOTAL = re.compile(
    r"(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|thành phố|quốc|ngành|huyện|xã)|tổng số chung)"
    r"(?P<more>(?: \(.*\)| (?:trên|tại|toàn|chung|các|của|cả)\b.*| [ivx]+(?: ?\+ ?[ivx]+)*)?)[\s:.]*\Z"
)


class Numbered(NamedTuple):
    """A printed number with its way of writing: "I", "1", "1.1" (by its dots), "a", "A"."""

    code: str
    style: str


class Repeats(NamedTuple):
    """For whom a row is repeated, and how sure that is; ``kind`` is None for rows of the reporter's own."""

    kind: str | None
    subkind: str | None
    sure: Sureness


def style_of(code: str) -> str:
    """How a number is written."""
    if _ROMAN.match(code):
        return "I"
    if code[0].isdigit():
        return ".".join("1" * (code.count(".") + 1)) if code[-1].isdigit() else "1a"
    return "A" if code.isupper() else "a"


def row_number(text: str) -> Numbered | None:
    """The number a cell of a number column prints; None where it prints something else."""
    found = _NUMBER_TEXT.match(text.strip())
    if found is None or (found["code"].isupper() and not _valid(found["code"])):
        return None
    return Numbered(found["code"], style_of(found["code"]))


def numbered_label(text: str) -> tuple[Numbered | None, str]:
    """A label's own number and the label without it: "I. KHAI SINH", "1/ Hộ tịch", "1.1 Tư vấn", "a) …"."""
    found = _NUMBERED.match(text)
    if found is None or (found["code"].isupper() and not _valid(found["code"])):
        return None, text
    if found["code"].isalpha() and found["label"][0].islower() and text[found.start("label") - 1] == ".":
        return None, text  # "C.ty" is a word
    if (
        text[found.end("code")] in "-–"
        and not re.match(r"[…._]", found["label"])
        and (not found["label"][0].isupper() or found["code"].islower())
    ):
        return None, text  # "5-dưới 10 tuổi", "e-mail" are words
    return Numbered(found["code"], style_of(found["code"])), found["label"].strip()


def _valid(code: str) -> bool:
    return bool(_ROMAN.match(code)) or (len(code) == 1 and code in "ABCDEFGHĐ")


def is_dash(text: str) -> bool:
    """Whether a number column prints only a dash."""
    return bool(_DASH.match(text.strip()))


def is_total(label: str) -> bool:
    """Whether a label is that of a total: "Tổng số", "TỔNG CỘNG (I + II)", "Toàn tỉnh"."""
    return bool(_TOTAL.match(_spelt(label)))


def is_plain_total(label: str) -> bool:
    """Whether a label is that of a total and nothing besides."""
    found = _TOTAL.match(_spelt(label))
    return found is not None and not found["more"]


def is_placeholder(label: str) -> bool:
    """Whether a label leaves a name open: "Huyện …", "Sở...", "……", "Xã A", "<tên xã>"."""
    text = label.strip()
    if not text:
        return False
    if re.search(r"…|\.{2,}|_{3,}", text) or re.fullmatch(r"[.…_\s]+", text):
        return not text.endswith(":")
    if re.fullmatch(r"[<\[{].*[>\]}]", text):
        return True
    if _ASKS.fullmatch(_spelt(text)):
        return True
    named = unit_of(text).kind is not None or bool(_OFFICE.match(_spelt(text)))
    return bool(_LETTER.match(text)) and len(text.split()) <= 6 and named


def example(label: str) -> tuple[str, int] | None:
    """Name and number of "Xã 1", "Phòng công chứng số 2"; None for any other label."""
    found = _EXAMPLE.match(_spelt(label))
    return (found["name"], int(found["number"])) if found else None


def stem(label: str) -> str:
    """What a placeholder prints besides its dots, in lower case: equal for rows of one repeated row."""
    text = _DOTS.sub(" ", label)
    text = re.sub(r"[<>\[\]{}]", " ", text)
    if (numbered := example(text)) is not None:
        text = numbered[0]
    if found := _LETTER.match(text.strip()):
        text = found["name"]
    return re.sub(r"\s+số\Z", "", _spelt(text).strip(" .,:;-–"))


_KINDS: tuple[tuple[re.Pattern[str], str | None, str | None, Sureness], ...] = (
    (re.compile(r"\bvăn phòng công chứng\b|\bvpcc\b"), NOTARY, "văn phòng", "sure"),
    (re.compile(r"\bphòng công chứng\b|\bpcc\b"), NOTARY, "phòng", "sure"),
    (re.compile(r"\btổ chức (?:hành nghề )?công chứng\b"), NOTARY, None, "sure"),
    (re.compile(r"\bphòng tư pháp\b"), "agency", "phòng tư pháp", "sure"),
    (re.compile(r"\bthi hành án\b|\bthads\b|\bchi cục\b"), "thads", None, "likely"),
    (re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b(?! hội)"), COMMUNE, None, "sure"),
    (re.compile(r"\b(?:huyện|quận|thị xã)\b|\b(?:thành phố|tp) thuộc tỉnh\b"), "agency", "cấp huyện", "sure"),
    (re.compile(r"\bsở tư pháp\b"), PROVINCE, None, "likely"),
    (
        re.compile(
            r"\btổ chức\b|\bthôn\b|\btổ dân phố\b|\btrung tâm\b|\bvăn phòng\b|\bcông ty\b|\btên đơn vị\b"
        ),
        "agency",
        None,
        "choose",
    ),
    (re.compile(r"\bsở\b|\bban,? ngành\b|\bđoàn thể\b"), None, None, "likely"),
    (re.compile(r"\bhọ (?:và )?tên\b"), None, None, "sure"),
    (re.compile(r"\btỉnh\b|\bthành phố\b"), PROVINCE, None, "likely"),
    (re.compile(r"\btoàn quốc\b"), NATION, None, "likely"),
    (re.compile(r"\bubnd\b|\bủy ban nhân dân\b"), COMMUNE, None, "likely"),
)


_UNIT_WORDS = re.compile(
    r"\b(?:văn phòng công chứng|phòng công chứng|tổ chức (?:hành nghề )?công chứng|phòng tư pháp|"
    r"(?:cơ quan )?thi hành án dân sự|thads|chi cục|ubnd|ủy ban nhân dân|xã|phường|thị trấn|đặc khu|huyện|"
    r"quận|thị xã|thành phố|tỉnh|sở|ban|ngành|các|cấp|tại|khối|và|thuộc|trực)\b"
)


def names_only_units(label: str) -> bool:
    """Whether a group's label says for whom its rows are and nothing else: "Phòng công chứng", "Cấp xã"."""
    left = _UNIT_WORDS.sub("", _spelt(label))
    return unit_of(label).sure != "choose" and not re.search(r"\w", left)


def _spelt(text: str) -> str:
    """A text in lower case with its marks: folded, "sở" would be "số" and "công" would be "cộng"."""
    return clean(text).casefold().replace("uỷ", "ủy")


def unit_of(words: str) -> Repeats:
    """For whom a row is repeated, by words of its own or of the group it stands in.

    ``sure`` is "choose" where the words do not tell.
    """
    spelt = _spelt(words)
    for pattern, kind, subkind, sure in _KINDS:
        if pattern.search(spelt):
            return Repeats(kind, subkind, sure)
    return Repeats(None, None, "choose")
