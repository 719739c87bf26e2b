"""The signers below a table: titles side by side, lines below them, place and date above one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from judapp.domain.catalogue import Signature
from judapp.domain.cell_name import Position
from judapp.domain.learned import Guess, Problem
from judapp.excel.grid import Area
from judapp.excel.words_lines import PrintedCell, PrintedLine, Reading, streams
from judapp.text import fold

_SIGNER = re.compile(
    r"(?:nguoi (?:lap|kiem tra|dai dien|bao cao|tong hop|ky|duyet|phu trach)|(?:pho )?giam doc|thu truong"
    r"|chu tich|pho chu tich|ke toan|(?:pho )?truong (?:phong|ban|van phong|doan)"
    r"|(?:chi )?cuc truong|(?:pho )?chanh|chu nhiem|dai dien|can bo|cong chuc|lanh dao|chap hanh vien"
    r"|bo truong|cong chung vien|luat su|thong ke|lap bieu|kiem tra)\b|(?:tm|kt|tl|tuq|q)\s?\."
)
_SIGN_NOTE = re.compile(r"\( ?(?:ky|chu ky|dong dau|ghi ro|ho ten|ho, ten)\b")
_DATE_LINE = re.compile(r"(?:(?!tu ngay).){0,40}ngay\W*\d*\W*thang\W*\d*\W*nam\W*\d*\W*")
_COPY = re.compile(r"noi nhan\b")
_MOST_SIGNER = 70
"""Letters a signer's title may have; a longer line is a note."""
_NEAR = 2
"""Rows between the lines that belong to one signer."""
_NOTE = re.compile(r"\([^()]*\)")
_NOTES = re.compile(r"(?:\([^()]*\)\s*){2,}")
"""Several lines of notes put side by side into one cell."""


def read_signers(cells: Sequence[PrintedCell], reading: Reading) -> list[Signature]:
    """The signers of the rows they stand in, left to right."""
    single = [part for cell in cells for part in _side_by_side(cell)]
    blocks = sorted(streams(single), key=lambda block: block[0].cell.area.left)
    found: list[tuple[Area, Signature]] = []
    at: list[tuple[Position, ...]] = []
    dates: list[PrintedLine] = []
    for block in blocks:
        reading.mark(block, "signer")
        if _COPY.match(fold(block[0].text)):
            continue
        titles, notes, dated = _signer_lines(block)
        if not titles:
            dates += dated
            if notes:
                reading.problems.append(Problem("$.signatures", "LRW-signer-no-title", (block[0].position,)))
            continue
        signer = Signature(
            title="\n".join(line.text for line in titles),
            note="\n".join(line.text for line in notes) or None,
            date_line=" ".join(line.text for line in dated) or None,
        )
        found.append((titles[0].cell.area, signer))
        at.append(tuple(line.position for line in titles))
    for line in dates:
        _put_date(line, found, reading)
    for index, (_, signer) in enumerate(found):
        reading.guesses.append(
            Guess(f"$.signatures[{index}].title", signer.title, "LRW-signer", "sure", at[index])
        )
    return [signer for _, signer in found]


def _put_date(line: PrintedLine, found: list[tuple[Area, Signature]], reading: Reading) -> None:
    """A place-and-date line in columns of its own stands above the signer nearest to it.

    One beside the titles belongs to a signer whose title is not printed.
    """
    middle = line.cell.area.left + line.cell.area.right
    above = [index for index, (area, _) in enumerate(found) if line.cell.area.top < area.top]
    if not above:
        reading.problems.append(Problem("$.signatures", "LRW-signer-no-title", (line.position,)))
        return
    nearest = min(
        above, key=lambda index: (abs(found[index][0].left + found[index][0].right - middle), -index)
    )
    area, signer = found[nearest]
    found[nearest] = area, replace(signer, date_line=line.text)


def _side_by_side(cell: PrintedCell) -> list[PrintedCell]:
    """The signers a clerk put into one cell with blanks between them, as cells side by side."""
    rows = [_NOTE.findall(line) if _NOTES.fullmatch(line) else _titles_in(line) for line in cell.lines]
    count = max(map(len, rows), default=1)
    if count < 2 or not all(len(row) in (1, count) for row in rows):
        return [cell]
    area = cell.area
    width = max(1, (area.right - area.left + 1) // count)
    parts = []
    for index in range(count):
        # A line there is one of belongs to the last, as the place and date above who signs for all.
        lines = [row[index] for row in rows if len(row) == count]
        lines = [row[0] for row in rows if len(row) == 1 and index == count - 1] + lines
        left = area.left + index * width
        right = area.right if index == count - 1 else left + width - 1
        own = Area(area.top, left, area.bottom, max(left, right))
        parts.append(PrintedCell(cell.position, own, tuple(lines), cell.bold, cell.centred))
    return parts


def _titles_in(line: str) -> list[str]:
    """The titles of signers in one line; "PHÓ GIÁM ĐỐC", "KT. CHỦ TỊCH" are one each."""
    words = line.split()
    starts = [0]
    for index in range(2, len(words)):
        long_enough = index - starts[-1] >= 2
        title = words[index][:1].isupper() and _SIGNER.match(fold(" ".join(words[index:])))
        for_whom = words[starts[-1]].endswith(".")  # "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" is one signer
        if long_enough and title and words[index - 1][-1].isalpha() and not for_whom:
            starts.append(index)
    if not _SIGNER.match(fold(line)) or len(words) - starts[-1] < 2:
        return [line]
    return [" ".join(words[first:last]) for first, last in zip(starts, [*starts[1:], None], strict=True)]


def first_signing_row(rows: Sequence[Sequence[PrintedCell]]) -> int:
    """Index of the first row of the signers; all rows where nobody signs."""
    for index, row in enumerate(rows):
        lines = [fold(line) for cell in row for line in cell.lines]
        if any(_SIGN_NOTE.match(line) for line in lines) or _are_titles(row):
            first = index
            if not _are_titles(row) and index and _may_be_titles(rows[index - 1]):
                first = index - 1
            while first and _is_dated(rows[first - 1]):
                first -= 1
            return first
        if _is_dated(row) and index + 1 < len(rows) and _may_be_titles(rows[index + 1]):
            return index
    return len(rows)


def _are_titles(row: Sequence[PrintedCell]) -> bool:
    first = [text for cell in row if not _COPY.match(fold(text := cell.lines[0]))]
    first = [text for text in first if not _DATE_LINE.fullmatch(fold(text))]
    return any(_SIGNER.match(fold(text)) for text in first) and all(map(_is_short, first))


def _may_be_titles(row: Sequence[PrintedCell]) -> bool:
    return all(_is_short(cell.lines[0]) for cell in row)


def _is_short(text: str) -> bool:
    return len(text) <= _MOST_SIGNER and not text.endswith((".", ";", ":"))


def _is_dated(row: Sequence[PrintedCell]) -> bool:
    texts = [line for cell in row for line in cell.lines]
    return len(texts) == 1 and bool(_DATE_LINE.fullmatch(fold(texts[0])))


def _signer_lines(
    block: Sequence[PrintedLine],
) -> tuple[list[PrintedLine], list[PrintedLine], list[PrintedLine]]:
    """Title, note and place-and-date lines of one signer; a name further below is none of them."""
    titles: list[PrintedLine] = []
    notes: list[PrintedLine] = []
    dated: list[PrintedLine] = []
    row = block[0].position[0]
    for line in block:
        if line.position[0] - row > _NEAR and (titles or notes):
            break
        row = line.cell.area.bottom
        if not titles and _DATE_LINE.fullmatch(fold(line.text)):
            dated.append(line)
        elif line.text.startswith("("):
            notes.append(line)
        elif not notes:
            titles.append(line)
    return titles, notes, dated
