"""The blocks above the table: number, circular, deadlines, title, period, reporter and receiver."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from judapp.domain.report_words import (
    blank_out,
    is_dated,
    rounds_of_deadline,
    rounds_of_period_line,
)
from judapp.excel.learn_labels import caption_unit
from judapp.excel.words_lines import PrintedLine, Reading, after_label, is_capital
from judapp.text import clean, fold

Topic = Literal[
    "letterhead", "number", "circular", "deadlines", "deadline", "title", "period", "days", "reporter",
    "receiver", "unit", "contact",
]  # fmt: skip

_NATIONAL = re.compile(r"(?:cong hoa xa hoi chu nghia viet nam|doc lap ?[-–] ?tu do ?[-–] ?hanh phuc)\W*")
_OFFICE = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|so tu phap|bo tu phap|phong tu phap"
    r"|cuc |chi cuc |tong cuc )"
)
_REGISTER = re.compile(r"so: ?[\d./… ]*/ ?(?:bc|bao cao|stp|ub|qd|tb)")
_NUMBER = re.compile(r"[-*(]?(?:bieu|mau|bieu mau|mau bieu|phu luc bieu)(?: so)?|ky hieu bieu")
_CODE = re.compile(r"\d{1,3}[a-zđ]?(?:\.\d+)?/(?:BTP|TP|TK)[\w/Đ.-]*\Z")
_CIRCULAR = re.compile(r"\(?(?:duoc )?(?:ban hanh(?: kem)? theo|ban hanh kem|kem theo|ban hanh tai|ban hanh)")
_LAW = re.compile(r"\(?(?:thong tu|quyet dinh|nghi dinh|cong van|thong tu lien tich)(?: lien tich)? so\b")
_LAW_GOES_ON = re.compile(r"(?:so |ngay |cua |thong tu|quyet dinh|\d|bo tu phap|bo truong|ve viec|\()")
_DEADLINES = re.compile(
    r"[-*+]? ?(?:(?:ngay|thoi han|thoi diem|han) (?:nhan|gui|nop)(?: bao cao)?|thoi han bao cao)"
    r"(?: ?\(? ?bc ?\)?)?"
)
_DEADLINE = re.compile(
    r"[-*+]? ?(?:bc|bao cao)\b.*\b(?:thang|nam|quy)\b|[-*+]? ?(?:6 thang|so bo|tron nam|nam)\b.*:"
)
_REPORTER = re.compile(
    r"[-+*]? ?(?:ten )?(?:(?:don vi|co quan)(?: gui| lap| thuc hien)? bao cao|don vi gui|co quan gui)"
)
_RECEIVER = re.compile(
    r"[-+*]? ?(?:(?:don vi|co quan|noi)(?: tiep)? nhan bao cao|(?:don vi|co quan)(?: tiep)? nhan)"
)
_CONTACT = re.compile(r"[-+*]? ?(?:so dien thoai|dien thoai|email|e-mail|dia chi|fax|website)")
_PERIOD = re.compile(r"\(?(?:ky bao cao|ky bc)")
_DAYS = re.compile(r"\W*tu ngay\b")
UNIT = re.compile(r"\(?(?:don vi tinh|dvt|don vi do)")
_LAST = re.compile(r".*\)\s*\Z")
_DATE_LINE = re.compile(r"(?!\(|.*\b(?:tu|den|ky)\b).{0,40}\bngay\W*\d*\W*thang\W*\d*\W*nam\W*\d*\W*")
"""Place and date of a letter, in the letterhead."""
Value = tuple[Topic, str]


def topic_of(line: str) -> Value | None:
    """What a line above the table begins, with the value on it; None for a line that only goes on."""
    folded = fold(line)
    if _NATIONAL.fullmatch(folded) or _REGISTER.match(folded) or _DATE_LINE.fullmatch(folded):
        return "letterhead", line
    if folded.startswith("giai thich"):
        return None
    labelled: tuple[tuple[Topic, re.Pattern[str]], ...] = (
        ("receiver", _RECEIVER),
        ("reporter", _REPORTER),
        ("unit", UNIT),
        ("deadlines", _DEADLINES),
        ("circular", _CIRCULAR),
        ("contact", _CONTACT),
        ("period", _PERIOD),
    )
    for topic, pattern in labelled:
        value = after_label(line, pattern)
        if value is not None:
            return topic, value
    if (unit := caption_unit(line)) is not None:
        return "unit", unit
    number = after_label(line, _NUMBER)
    if number is not None and (not number or re.search(r"\d", number.split()[0]) or ":" in line):
        return "number", number
    if _CODE.match(line):
        return "number", line
    if _LAW.match(folded):
        return "circular", line
    if _DAYS.match(folded):
        return "days", line
    if _DEADLINE.match(folded) and is_dated(line):
        return "deadline", line
    return None


class Head:
    """The header blocks read line by line; what each said is in the attributes, its cells in ``lines``."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.number = self.circular = self.title = ""
        self.period_line: str | None = None
        self.unit: str | None = None
        self.reporters: list[str] = []
        self.receivers: list[str] = []
        self.deadlines: list[tuple[str, list[str]]] = []
        """Lines of deadlines below each sub-heading ("Sở Tư pháp nhận"), "" where there is none."""
        self.lines: dict[Topic, list[PrintedLine]] = {}
        self.left_over: list[PrintedLine] = []

    def read(self, blocks: Sequence[Sequence[PrintedLine]]) -> None:
        """Read every block; only the one with most words in capitals may hold the title."""
        titles = [
            sum(len(line.text) for line in block if is_capital(line.text) and not _names_office(line.text))
            for block in blocks
        ]
        for index, block in enumerate(blocks):
            self._read_block(block, may_have_title=bool(titles[index]) and titles[index] == max(titles))
        if not self.title:
            self._title_by_looks()
        self.reading.mark((line for lines in self.lines.values() for line in lines), "block")
        if "unit" in self.lines:
            for line in self.lines["unit"]:
                self.reading.roles[line.position] = "unit_of_measure"

    def _read_block(self, block: Sequence[PrintedLine], *, may_have_title: bool) -> None:
        state: Topic | None = None
        for line in block:
            text = line.text
            while text:  # one line may hold two things: "Mẫu số 01 (Ban hành kèm theo …)"
                state, text = self._read_line(text, line, state, may_have_title=may_have_title)

    def _read_line(
        self, text: str, line: PrintedLine, state: Topic | None, *, may_have_title: bool
    ) -> tuple[Topic | None, str]:
        found = topic_of(text)
        if found is None and is_capital(text):
            if _is_letterhead(text) and not (may_have_title and self.title):
                found = "letterhead", text
            elif may_have_title and (state == "title" or not self.title):
                found = "title", text
        if found is None:
            return self._go_on(text, line, state), ""
        topic, value = found
        rest = ""
        if topic == "number":
            value, rest = _split_number(value)
        self.lines.setdefault(topic, []).append(line)
        take: Callable[[str], None] = getattr(self, f"_take_{topic}")
        take(value)
        return topic, rest

    def _go_on(self, text: str, line: PrintedLine, state: Topic | None) -> Topic | None:
        """A line that begins nothing: it goes on with what stood above it, or is left over."""
        goes_on = True
        if state == "number" and not self.number:
            self.number, _ = _split_number(text)
        elif state == "number" and not self.circular:
            self.circular = text  # a department's own form names who made it there
            self.lines.setdefault("circular", []).append(line)
            return "circular"
        elif state == "circular" and (not re.search(r"\d", self.circular) or _LAW_GOES_ON.match(fold(text))):
            self.circular = _without_rim(f"{self.circular} {text}")
        elif state in ("deadlines", "deadline"):
            self._go_on_deadline(text)
            state = "deadline"
        elif state in ("reporter", "receiver"):
            values = self.reporters if state == "reporter" else self.receivers
            values.append(text)
        elif state in ("title", "period", "days") and self._may_be_period(text, state):
            self.period_line = text if self.period_line is None else f"{self.period_line} {text}"
        elif state == "days":
            pass  # "đến ngày … tháng … năm …" on a line of its own
        elif state == "title" and not re.search(r"[.:;]\Z", text) and text[:1].islower():
            self.title = f"{self.title} {text}"
        else:
            goes_on = False
        if goes_on and state is not None:
            self.lines.setdefault(state, []).append(line)
            return state
        self.left_over.append(line)
        return None

    def _may_be_period(self, text: str, state: Topic) -> bool:
        if state == "days" or (self.period_line is not None and _LAST.match(self.period_line)):
            return False
        return bool(rounds_of_period_line(text)) or text.startswith("(")

    def _take_letterhead(self, value: str) -> None:
        pass

    _take_contact = _take_days = _take_letterhead

    def _take_number(self, value: str) -> None:
        self.number = self.number or blank_out(value)

    def _take_circular(self, value: str) -> None:
        value = _without_rim(value)
        if not self.circular:
            self.circular = value if re.search(r"[^\W\d_]", value) else ""

    def _take_title(self, value: str) -> None:
        self.title = clean(f"{self.title} {value}")

    def _take_period(self, value: str) -> None:
        value = blank_out(value).rstrip(")") if "(" not in value else value
        if self.period_line is None and blank_out(value) and rounds_of_period_line(value):
            self.period_line = value

    def _take_unit(self, value: str) -> None:
        value = value.rstrip(")").strip() if "(" not in value else value
        if self.unit is None and blank_out(value):
            self.unit = value

    def _take_reporter(self, value: str) -> None:
        self.reporters += [value] if blank_out(value) else []

    def _take_receiver(self, value: str) -> None:
        self.receivers += [value] if blank_out(value) else []

    def _take_deadlines(self, value: str) -> None:
        if blank_out(value):
            self._take_deadline(value)

    def _take_deadline(self, value: str) -> None:
        if not is_dated(value) and not rounds_of_deadline(value)[0]:
            self.deadlines.append((value.rstrip(":"), []))
            return
        if not self.deadlines:
            self.deadlines.append(("", []))
        self.deadlines[-1][1].extend(_split_deadlines(value))

    def _go_on_deadline(self, text: str) -> None:
        """A line below the heading: a deadline, the rest of one, or who receives ("Sở Tư pháp nhận")."""
        current = self.deadlines[-1][1] if self.deadlines else []
        unfinished = bool(current) and (not is_dated(current[-1]) or is_dated(text))
        if unfinished and not rounds_of_deadline(text)[0]:
            current[-1] = f"{current[-1]} {text}"
        else:
            self._take_deadline(text)

    def _title_by_looks(self) -> None:
        """No capitals: the bold or centred lines nothing else explains are the title, by their looks."""
        lines = [line for line in self.left_over if line.cell.bold and len(line.text.split()) > 2]
        lines = lines or [line for line in self.left_over if line.cell.centred and len(line.text.split()) > 3]
        if not lines:
            return
        columns = lines[0].cell.area.left
        lines = [line for line in lines if line.cell.area.left == columns]
        period = next((i for i, line in enumerate(lines) if i and line.text.startswith("(")), len(lines))
        for line in lines[period:]:
            self._go_on(line.text, line, "title")
        self.left_over = [line for line in self.left_over if line not in lines[period:]]
        lines = lines[:period]
        self.title = " ".join(line.text for line in lines)
        self.lines["title"] = lines
        for line in lines:
            self.left_over.remove(line)


def _names_office(text: str) -> bool:
    return _is_letterhead(text) or bool(_NATIONAL.fullmatch(fold(text)))


def _is_letterhead(text: str) -> bool:
    return bool(_OFFICE.match(fold(text))) and len(text.split()) <= 8


def _split_number(value: str) -> tuple[str, str]:
    """The number at the start of ``value`` and the rest of the line."""
    value = re.sub(r"\s*/\s*", "/", value)
    number, _, rest = value.partition(" ")
    return number.rstrip(".,;:)"), rest.lstrip(" -–.:")


def _without_rim(text: str) -> str:
    """``text`` without the parentheses around the whole of it."""
    text = text.strip()
    if text.startswith("("):
        text = text[1:].strip()
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].strip()
    return text


def _split_deadlines(text: str) -> list[str]:
    """Deadlines printed on one line, each by itself, word for word."""
    parts = re.split(r";\s+(?=\S)|(?<=\S)\s+(?=(?:BC|Báo cáo) (?:sơ bộ|tròn|năm|\d|sáu))", text)
    return [part.strip() for part in parts if part.strip()]
