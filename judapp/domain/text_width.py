"""How wide and how high words stand in Times New Roman, so that nothing printed is cut.

The widths are those of the Times family in thousandths of the font size (Adobe's metrics, which Times New
Roman and Liberation Serif share). A Vietnamese letter is as wide as the letter under its marks.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil

LINE = 1.22
"""Height of a line to the font size: marks over capitals ("Ễ") and below ("ậ") have room."""
PADDING = 8.0
"""Points of a cell's width that no letter may use, both rims and the lines together."""

_CAUTION = 1.03
"""Excel, LibreOffice and printers round letters differently; a wrapped line is reckoned a little wider."""
_UNKNOWN = (600, 650)


def _widths(table: str) -> dict[str, tuple[int, int]]:
    """Letters by regular and bold width; a line holds both and the letters."""
    found: dict[str, tuple[int, int]] = {}
    for line in table.split("\n"):
        regular, bold, letters = line.split(" ", 2)
        found |= dict.fromkeys(letters, (int(regular), int(bold)))
    return found


_LETTERS = _widths(
    """\
180 278 '
200 220 |
250 250  ,.
278 278 /\\il
278 333 :;jt
333 333 !()-[]f‘’
333 389 I
333 444 r
389 389 s
389 500 J
408 555 "
444 444 cez
444 500 ?a“”
480 394 {}
500 500 #$*0123456789_govxy–
500 556 bdhknpquđ
530 590 ư
541 520 ~
549 549 ≤≥
556 556 S
556 611 FP
564 570 +<=>×
611 667 ELTZ
667 667 B
667 722 CR
722 722 ADNUVXYwĐ
722 778 GHKOQ
750 750 Ư
760 760 ⊘
778 833 &m
833 1000 %
889 944 M
921 930 @
944 1000 W
1000 1000 —…"""
)


@lru_cache(4096)
def _letter(letter: str) -> tuple[int, int]:
    known = _LETTERS.get(letter)
    if known is None:
        base = unicodedata.normalize("NFD", letter)[0]
        known = _LETTERS.get(base, (0, 0) if unicodedata.combining(letter) else _UNKNOWN)
    return known


@lru_cache(8192)  # the same labels stand in every form
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Points one line of ``text`` takes at ``size`` points."""
    return sum(_letter(letter)[bold] for letter in text) * size / 1000


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Points of the widest word: no column may be narrower."""
    return max((text_width(word, size, bold=bold) for word in text.split()), default=0.0)


def line_count(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Lines ``text`` takes when it is wrapped at ``width`` points; a word that is wider is broken."""
    return sum(_lines(line, width / _CAUTION, size, bold) for line in text.split("\n"))


@lru_cache(8192)
def _lines(text: str, width: float, size: float, bold: bool) -> int:
    space = text_width(" ", size, bold=bold)
    lines, used = 1, 0.0
    for word in text.split():
        needed = text_width(word, size, bold=bold)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (space if used else 0.0)
        if used > width > 0:
            broken = ceil(used / width) - 1
            lines, used = lines + broken, used - broken * width
    return lines


def text_height(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """Points of height ``text`` takes when it is wrapped at ``width`` points."""
    return line_count(text, width, size, bold=bold) * size * LINE
