"""Whether a word can be a Vietnamese syllable: how legacy letters are told from Unicode, without a word list.

Vietnamese spelling is a small closed system: some thirty beginnings, some 150 rhymes, six tones, of which a
rhyme that ends in c, ch, p or t takes but two. "héi" cannot be one, "hội" can.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CLOSED_TONES = "\u0301\u0323"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo
ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac
oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong oop
op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uôc
uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu uyn uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm
ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych ynh yt
"""
_BEFORE_ANY = "b ch d đ gi h kh l m n nh p ph qu r s t th tr v x"
_BEFORE_BACK = "c g ng"
_BEFORE_FRONT = "k gh ngh"
_FRONT = re.compile("[eêiy]")
_SYLLABLE = re.compile(
    "|".join(
        f"(?:{'|'.join(onsets.split())}){'?' if onsets is _BEFORE_ANY else ''}"
        f"(?:{'|'.join(sorted(rhymes, key=len, reverse=True))})"
        for onsets, rhymes in (
            (_BEFORE_ANY, _RHYMES.split()),
            (_BEFORE_BACK, [rhyme for rhyme in _RHYMES.split() if not _FRONT.match(rhyme)]),
            (_BEFORE_FRONT, [rhyme for rhyme in _RHYMES.split() if _FRONT.match(rhyme)]),
        )
    )
    + "|gin|gi|giêng|giêc"
)
_CLOSED = re.compile(r".*(?:c|ch|p|t|k)\Z")
_CONSONANTS = re.compile("[bcdđghklmnpqrstvx]+\\Z")


_LONGEST = 14
"""Signs of the longest syllable ("nghiêng"), its marks counted apart."""


def is_syllable(word: str) -> bool:
    """Whether ``word`` is spelled as a Vietnamese syllable, or is an abbreviation like "ĐKKH"."""
    return len(word) <= _LONGEST and _spelled(word)


@lru_cache(16384)  # the same words stand in every unit's workbook
def _spelled(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in decomposed if sign in _TONES]
    if len(tones) > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in _TONES))
    if not _SYLLABLE.fullmatch(base):
        return not tones and word.isupper() and _CONSONANTS.match(base) is not None
    return not tones or tones[0] in _CLOSED_TONES or not _CLOSED.match(base)
