"""Units of money: 10a reports nghìn đồng where 10b reports đồng."""

from __future__ import annotations

from fractions import Fraction

from judapp.errors import JudappError
from judapp.text import fold

_DONG = {"dong": 1, "nghin dong": 10**3, "1.000 dong": 10**3, "trieu dong": 10**6, "ty dong": 10**9}
"""What one of each unit is in đồng, by folded name."""


def factor(source: str, target: str) -> Fraction:
    """How many ``target`` one ``source`` is: 1000 from "Nghìn đồng" to "đồng".

    Spelling is folded; a unit converts into itself whatever it is. Raises DEF-131 for any other pair that is
    not đồng, nghìn (1.000), triệu or tỷ đồng: a unit is never guessed.
    """
    have, want = fold(source), fold(target)
    if have == want:
        return Fraction(1)
    if have not in _DONG or want not in _DONG:
        raise JudappError("DEF-131", source=source, target=target)
    return Fraction(_DONG[have], _DONG[want])


def is_money(*units: str) -> bool:
    """Whether every one of ``units`` is one of money."""
    return all(fold(unit) in _DONG for unit in units)
