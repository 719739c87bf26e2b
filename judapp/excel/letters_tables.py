"""The legacy Vietnamese letters: TCVN3 (ABC) in .Vn fonts and VNI in VNI- fonts, as workbooks hold them.

Windows showed both through fonts, so a workbook keeps the signs that code page 1252 has in their places: "µ"
for "à" in ``.VnTime`` (TCVN 5712:1993, set 3), "aø" for "à" in ``VNI-Times``.
"""

from __future__ import annotations

from typing import Literal

Charset = Literal["TCVN3 (ABC)", "VNI"]
TCVN3: Charset = "TCVN3 (ABC)"
VNI: Charset = "VNI"

LETTERS = "aáàảãạ ăắằẳẵặ âấầẩẫậ eéèẻẽẹ êếềểễệ iíìỉĩị oóòỏõọ ôốồổỗộ ơớờởỡợ uúùủũụ ưứừửữự yýỳỷỹỵ đ".replace(
    " ", ""
)
"""Every vowel with its six tones, and đ: the small letters that are not those of English."""

_TCVN3_SMALL = (
    "a¸µ¶·¹ ¨¾»¼½Æ ©ÊÇÈÉË eÐÌÎÏÑ ªÕÒÓÔÖ iÝ×ØÜÞ oãßáâä «èåæçé ¬íêëìî uóïñòô \u00adøõö÷ù yýúûüþ ®".replace(
        " ", ""
    )
)
_TCVN3_CAPITALS = dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))
"""The only capitals of the set: a toned one is a small letter in a font whose name ends with H."""

TCVN3_TO_UNICODE = {
    **{code: letter for code, letter in zip(_TCVN3_SMALL, LETTERS, strict=True) if code != letter},
    **_TCVN3_CAPITALS,
    "\u03bc": "à",  # what some converters make of the micro sign
}

_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_VNI_TONES = dict(zip("ùøûõï", (1, 2, 3, 4, 5), strict=True))
_VNI_MARKED = {
    "a": (("â", "âáàåãä"), ("ă", "êéèúüë")),
    "e": (("ê", "âáàåãä"),),
    "o": (("ô", "âáàåãä"),),
}
_VNI_ALONE = dict(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True))


def _toned(vowel: str) -> str:
    """The letter in its six tones, the plain one first."""
    at = LETTERS.index(vowel)
    return LETTERS[at : at + 6]


def _vni() -> dict[str, str]:
    found = dict(_VNI_ALONE)
    for base, vowel in _VNI_BASES.items():
        found |= {base + sign: _toned(vowel)[tone] for sign, tone in _VNI_TONES.items()}
    for base, sorts in _VNI_MARKED.items():
        for vowel, signs in sorts:
            found |= {base + sign: letter for sign, letter in zip(signs, _toned(vowel), strict=True)}
    del found["yï"]  # ỵ has a sign of its own
    capitals = {code.upper(): letter.upper() for code, letter in found.items()}
    # Some keyboards put a small tone behind a capital letter; the font draws it all the same.
    mixed = {code[0].upper() + code[1]: letter.upper() for code, letter in found.items() if len(code) == 2}
    return {**found, **mixed, **capitals}


VNI_TO_UNICODE = _vni()
