"""Vietnamese text: folding for matching, and sentences that exist in both languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphen, zero-width signs, marks of writing direction: they come along from web pages and PDFs."""
_UNKEEPABLE = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
"""What neither UTF-8 nor a workbook's XML can hold, but for what counts as a blank."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Bilingual(NamedTuple):
    """One text in the two languages of the program; Vietnamese is the source."""

    vi: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``lang`` (``"vi"`` or ``"en"``)."""
        return self.en if lang == "en" else self.vi


def visible(text: str) -> str:
    """``text`` without signs that have no shape; they look equal and compare unequal."""
    return _INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """Canonical spelling of a text that is kept: composed letters (NFC), single spaces, no rim.

    Decomposed letters (NFD) arrive from macOS and old converters; they look equal and compare unequal. Every
    visible sign stays; one that no file can hold (NUL, half a surrogate pair) becomes "\ufffd".
    """
    kept = _UNKEEPABLE.sub("\ufffd", visible(text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def keepable(text: str) -> str:
    """``text`` as any file can hold it: "\ufffd" for every sign that UTF-8 or XML cannot, all else as it is.

    Names of files are what their bytes say: half surrogate pairs stand for those that are no UTF-8, as they
    come out of archives packed on other systems.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """A key for comparing labels: no marks, no case, đ as d, single spaces.

    "Hoà giải" and "HÒA  GIẢI" fold alike. Two labels that differ in a word never do: folding may decide,
    similarity may only suggest.
    """
    return _folded(text) if len(text) < 300 else _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", visible(text)).casefold().replace("đ", "d")
    return _SPACES.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


_folded = lru_cache(16_384)(_fold)  # the labels of forms are asked for in every workbook that comes
