"""Text of the legacy Vietnamese fonts (TCVN3, VNI) made Unicode, where it is certain; figures stay figures.

A cell's font says which letters it means, and so does spelling: "héi" is no Vietnamese syllable, its reading
"hội" is one. A cell that is Vietnamese as it stands is never touched, whatever its font; where the font was
lost (.csv, pasted values) a whole workbook must say it before one cell is read otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from judapp.domain.cell_name import Position, address
from judapp.excel.grid import CellStyle, GridCell, GridSheet
from judapp.excel.imprint import printed_of
from judapp.excel.letters_tables import LETTERS, TCVN3, TCVN3_TO_UNICODE, VNI, VNI_TO_UNICODE, Charset
from judapp.excel.syllables import is_syllable
from judapp.text import visible

_VIETNAMESE = LETTERS + LETTERS.upper()
_UNICODE_ONLY = re.compile(f"[{''.join(letter for letter in _VIETNAMESE if letter > chr(0xFF))}]")
"""Vietnamese letters that no legacy font has: a text with one of them is Unicode already."""
_ODD = re.compile(
    "[" + "".join(chr(at) for at in range(0xA1, 0x100) if chr(at) not in _VIETNAMESE) + "\u03bc\uff01-\uff5e]"
)
"""Signs that Vietnamese text in Unicode hardly has: without one of them there is nothing to convert."""
_WORDS = re.compile(r"[^\s\x00-@\[-`{-\x7f\u2010-\u2027\u2030-\u205e\u20ab]+")
"""Runs of letters of any kind; legacy letters are signs like "¸" and "×"."""
_FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)}
_TABLES = {TCVN3: TCVN3_TO_UNICODE, VNI: VNI_TO_UNICODE}
_CODES = {
    charset: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for charset, table in _TABLES.items()
}
_POINTS = ("·", "×")
"""Signs that stand alone between words: as letters of TCVN3 no Vietnamese word is made of one of them."""
_LOOKED_AT = 20_000
"""Texts of a workbook that decide; no form has so many."""
_CERTAIN = 5
"""Different words only one of the legacy tables can read, before a text without its font is believed."""
_FOR_ONE = 20
"""Cells certainly in a legacy font, for one in it that is Unicode, before those that may be either follow."""
_DISTURBING = 10
"""Into how many such words one is forgiven that only Unicode can read."""


class Letters(Struct, frozen=True):
    """A text of the worksheet as it stood and as it is read now."""

    charset: str
    cell: str
    before: str
    after: str


class Doubt(Struct, frozen=True):
    """A cell in a legacy font whose letters may be those of the font or of Unicode: left as it stands."""

    charset: str
    cell: str
    text: str


class InUnicode(Struct, frozen=True):
    """A worksheet in Unicode, what was converted on the way and what was left because it is not certain."""

    sheet: GridSheet
    letters: tuple[Letters, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def in_unicode(sheets: Sequence[GridSheet]) -> list[InUnicode]:
    """The worksheets of one workbook with legacy letters made Unicode and full-width signs made plain.

    One workbook is judged as a whole. A text is converted if its font is a legacy one, or the workbook leaves
    no doubt that it came from one, and the text can be read so and not as Unicode.
    """
    if not any(_asks(sheet) for sheet in sheets):
        return [InUnicode(sheet) for sheet in sheets]
    texts = ((str(cell.content), _of_font(cell.style)) for sheet in sheets for cell in _texts(sheet))
    judge = _Judge(islice(texts, _LOOKED_AT))
    return [_converted(sheet, judge) for sheet in sheets]


def legacy_charset(texts: Iterable[str]) -> Charset | None:
    """The legacy letters ``texts`` (of one file, fonts unknown) certainly are in; None for all others."""
    return _Judge((text, None) for text in islice(texts, _LOOKED_AT)).lost


def _words_to_unicode(text: str, charset: Charset) -> str:
    return _WORDS.sub(lambda word: word[0] if word[0] in _POINTS else to_unicode(word[0], charset), text)


def to_unicode(text: str, charset: Charset) -> str:
    """``text`` with the codes of ``charset`` replaced by the letters they showed."""
    table = _TABLES[charset]
    return _CODES[charset].sub(lambda code: table[code[0]], text)


def _asks(sheet: GridSheet) -> bool:
    """Whether there is anything to look at: quick, for nearly every worksheet has nothing."""
    printed = printed_of(sheet)
    if printed is None:
        return _asks_whole(sheet)
    look = printed.imprint
    if look.plain_letters is None:
        look.plain_letters = not look.legacy_numbers and not _asks_whole(sheet)
    odd = any(not text.isascii() and _ODD.search(text) for text in printed.others.values())
    return _asks_whole(sheet) if odd or not look.plain_letters else False


def _asks_whole(sheet: GridSheet) -> bool:
    styles = {id(cell.style): cell.style for cell in sheet.cells.values()}
    if any(style.legacy_font for style in styles.values()):
        return True
    return any(not content.isascii() and _ODD.search(content) for _, content in sheet.texts())


def _texts(sheet: GridSheet) -> Iterable[GridCell]:
    return (c for c in sheet.cells.values() if isinstance(c.content, str) and not c.content.isascii())


def _is_unicode(word: str) -> bool:
    """Whether a word is Vietnamese as it stands; a soft hyphen is ư, or it stands in no word of a table."""
    return "\u00ad" not in word and is_syllable(word)


def _of_font(style: CellStyle) -> Charset | None:
    if not style.legacy_font:
        return None
    return TCVN3 if style.font[:3].casefold() == ".vn" else VNI


def _capital_font(style: CellStyle) -> bool:
    """Whether the font shows small letters as capitals: .VnTimeH, .VnArialH."""
    return style.font.split(",")[0].strip().endswith("H")


class _Weight(Struct, frozen=True):
    """How many words of a text only the legacy table can read, and how many only Unicode can."""

    legacy: int
    unicode: int
    capitals: int
    """How many words are capitals throughout in Unicode, and would not be in the legacy letters."""
    readable: bool
    """Whether every odd sign is one of the table."""


def _weigh(text: str, charset: Charset) -> _Weight:
    return _weighed(text, charset) if len(text) < 300 else _weighed.__wrapped__(text, charset)


@lru_cache(8192)  # the same labels stand in every unit's workbook
def _weighed(text: str, charset: Charset) -> _Weight:
    legacy = unicode = capitals = 0
    readable = True
    for word in _WORDS.findall(text):
        if word.isascii() or word in _POINTS:
            continue
        read = to_unicode(word, charset)
        here, there = _is_unicode(word), is_syllable(read)
        legacy += there and not here
        unicode += here and not there
        capitals += here and there and word.isupper() and not read.isupper()
        readable &= here or there or not any(map(str.isalpha, _ODD.findall(read)))
    return _Weight(legacy, unicode, capitals, readable)


class _Judge:
    """What the texts of a whole workbook say: of each legacy font, and of what has no such font."""

    def __init__(self, texts: Iterable[tuple[str, Charset | None]]) -> None:
        self.of_font: dict[Charset, Counter[str]] = {TCVN3: Counter(), VNI: Counter()}
        words: dict[str, set[str]] = {TCVN3: set(), VNI: set(), "": set()}
        self.any_unicode = False
        for text, charset in texts:
            if _UNICODE_ONLY.search(text):
                self.any_unicode |= charset is None
                if charset is not None:
                    self.of_font[charset]["unicode"] += 1
            elif charset is not None:
                weight = _weigh(text, charset)
                self.of_font[charset]["legacy"] += weight.legacy > 0
                self.of_font[charset]["unicode"] += weight.unicode > 0
            else:
                self._count(text, words)
        self.lost = self._lost(words)

    def _count(self, text: str, words: dict[str, set[str]]) -> None:
        for word in _WORDS.findall(text):
            if word.isascii() or len(word) < 2:
                continue
            here = _is_unicode(word)
            read = [charset for charset in (TCVN3, VNI) if is_syllable(to_unicode(word, charset))]
            if here and not read:
                words[""].add(word)
            elif not here and len(read) == 1:
                words[read[0]].add(word)

    def _lost(self, words: dict[str, set[str]]) -> Charset | None:
        first, second = sorted((TCVN3, VNI), key=lambda charset: len(words[charset]), reverse=True)
        against = max(len(words[second]), len(words[""]))
        certain = len(words[first]) >= _CERTAIN and len(words[first]) >= _DISTURBING * against
        return first if certain else None

    def reading(self, text: str, font: Charset | None) -> tuple[Charset | None, bool]:
        """In which letters a cell is to be read (None: as it stands), and whether that is in doubt."""
        charset = font or self.lost
        if charset is None or _UNICODE_ONLY.search(text):
            return None, False
        weight = _weigh(text, charset)
        if weight.legacy and not weight.unicode and weight.readable:
            return charset, False
        if (weight.unicode or weight.capitals) and not weight.legacy:
            return None, False
        if all(word.isascii() or word in _POINTS for word in _WORDS.findall(text)):
            return None, False
        if weight.legacy or not weight.readable:
            return None, True
        # Either reading is a word: what the rest of the workbook is decides.
        of_font = self.of_font[font] if font else Counter(legacy=1, unicode=int(self.any_unicode))
        if of_font["unicode"] * _FOR_ONE <= of_font["legacy"]:
            return charset, False
        return None, of_font["legacy"] > 0


def _converted(sheet: GridSheet, judge: _Judge) -> InUnicode:
    cells: dict[Position, GridCell] = {}
    letters: list[Letters] = []
    doubts: list[Doubt] = []
    for position, cell in sheet.cells.items():
        before = cell.content
        if not isinstance(before, str) or before.isascii():
            continue
        font = _of_font(cell.style)
        charset, doubt = judge.reading(before, font)
        after = before
        if charset is not None:
            after = _words_to_unicode(before, charset)
            if font == TCVN3 and _capital_font(cell.style):
                after = after.upper()
            if after != before:
                letters.append(Letters(charset, address(position), visible(before), after))
        elif doubt:
            doubts.append(Doubt(font or judge.lost or TCVN3, address(position), visible(before)))
        after = visible(after).translate(_FULL_WIDTH)
        if after != before:
            cells[position] = replace(cell, content=after)
    if not cells and not doubts:
        return InUnicode(sheet)
    read = replace(sheet, cells={**sheet.cells, **cells})
    return InUnicode(read, tuple(letters), tuple(doubts))
