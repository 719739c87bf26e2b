"""The one catalogue of texts: every code has a Vietnamese and an English sentence with named places.

A place may carry a format: ``{n:0}`` digits after the comma, ``{d:+2}`` always with its sign. Numbers are
written as each language writes them, days as dd/mm/yyyy, bilingual values in the language asked for.
"""

from __future__ import annotations

import json
import string
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from judapp import paths
from judapp.errors import JudappError
from judapp.text import Bilingual

LANGUAGES = ("vi", "en")


class Text(NamedTuple):
    """One entry of the catalogue."""

    vi: str
    en: str


@cache
def catalogue() -> Mapping[str, Text]:
    """All texts by code, from ``resources/messages/*.json``; a code standing twice is a fault of ours."""
    texts: dict[str, Text] = {}
    for path in sorted((paths.resources() / "messages").glob("*.json")):
        for code, entry in json.loads(path.read_bytes()).items():
            if code in texts:
                raise ValueError(f"{code} stands twice")
            texts[code] = Text(**entry)
    return texts


class _Writer(string.Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        del args  # places have names, never numbers
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        return write(value, self.lang, format_spec)


def write(value: Any, lang: str, spec: str = "") -> str:
    """A value as a sentence writes it; ``spec`` is ``""``, a number of decimals, or ``"+"`` and decimals."""
    if isinstance(value, str):
        return value
    if isinstance(value, Bilingual):
        return value.in_language(lang)
    # The window paints its first texts before it loads what reckons.
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from judapp.domain.number import format_en, format_vi

    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        places = int(spec.lstrip("+")) if spec.lstrip("+") else None
        written = (format_en if lang == "en" else format_vi)(value, places)
        return f"+{written}" if spec.startswith("+") and value > 0 else written
    return "" if value is None else str(value)


def text(code: str, lang: str = "vi", /, **params: Any) -> str:
    """The sentence of ``code`` with ``params`` in its places; KeyError for an unknown code or place."""
    entry = catalogue()[code]
    return _Writer(lang).vformat(entry.en if lang == "en" else entry.vi, (), params)


def bilingual(code: str, /, **params: Any) -> Bilingual:
    """The sentence of ``code`` in both languages, for a place inside another one."""
    return Bilingual(text(code, "vi", **params), text(code, "en", **params))


def of_error(error: JudappError, lang: str = "vi") -> str:
    """The one-line reason of a fault of the input or the surroundings, with its code."""
    return f"{text(error.code, lang, **error.params)} ({error.code})"
