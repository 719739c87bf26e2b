"""Vietnamese as old offices wrote it: the signs of TCVN3 (ABC) and VNI, and of Windows' code page 1258."""

from __future__ import annotations

import unicodedata

_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)
_VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_ROUND = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
_VNI_SHORT = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
_VNI_SINGLE = {"đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_TONES = "\u0300\u0301\u0309\u0303\u0323"


def tcvn3(text: str) -> tuple[str, str]:
    """The signs of ``text`` and the font they are for: capitals with tones are in the fonts ``…H`` alone."""
    small = "".join(_TCVN3.get(c, c) for c in text)
    if all(ord(c) < 0x100 for c in small):
        return small, ".VnTime"
    return "".join(_TCVN3.get(c.lower(), c.lower()) for c in text), ".VnTimeH"


def vni(text: str) -> tuple[str, str]:
    """The signs of ``text`` in VNI: a letter and its mark behind it."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text))), "VNI-Times"


def _vni(sign: str) -> str:
    if sign != sign.lower():
        return _vni(sign.lower()).upper()
    if sign in _VNI_SINGLE:
        return _VNI_SINGLE[sign]
    apart = unicodedata.normalize("NFD", sign)
    letter, tone = apart[0], next((c for c in apart if c in _TONES), "")
    if "\u0302" in apart:
        return letter + _VNI_ROUND[tone]
    if "\u0306" in apart:
        return letter + _VNI_SHORT[tone]
    if "\u031b" in apart:
        return {"o": "ô", "u": "ö"}[letter] + _VNI_TONES.get(tone, "")
    return letter + _VNI_TONES[tone] if tone else sign


def cp1258(text: str) -> str:
    """``text`` spelt so that Windows' code page can hold it: tones behind their letters."""
    return "".join(map(_apart, unicodedata.normalize("NFC", text)))


def _apart(sign: str) -> str:
    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", sign)
        tone = next(c for c in apart if c in _TONES)
        return unicodedata.normalize("NFC", apart.replace(tone, "")) + tone
    return sign
