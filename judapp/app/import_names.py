"""Names of units as people write them: one index a day, exact after folding; likeness only ever suggests.

"UBND xã Nghi Lộc", "Nghi loc" and "xa NGHI LỘC" are one name: the office before it and the kind are taken
off, a kind that is written must be the unit's. "Nghi Lộ" and "Nghĩa Lộc" are other names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from judapp.app.commune_names import TYPES, spelled
from judapp.domain.unit import AGENCY, COMMUNE, NOTARY, PROVINCE, Unit, Units
from judapp.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_SHORT = (
    (re.compile(r"\b(?:uy ban nhan dan|uy ban nd|ubnd|ub nd)\b"), " "),
    (re.compile(r"\bvpcc\b|\bvp ?cong chung\b|\bvan phong cc\b"), "van phong cong chung"),
    (re.compile(r"\bpcc\b|\bphong cc\b|\bp cong chung\b"), "phong cong chung"),
    (re.compile(r"\bstp\b"), "so tu phap"),
    (re.compile(r"^\W*tt (?=[a-z])|\bttr (?=[a-z])"), "thi tran "),
    (re.compile(r"^\W*p (?=[a-z])"), "phuong "),
    (re.compile(r"^\W*x (?=[a-z])"), "xa "),
    (re.compile(r"\btp (?=[a-z])"), "thanh pho "),
    (re.compile(r"\btx (?=[a-z])"), "thi xa "),
)
_KIND = re.compile(
    r"(xa|phuong|thi tran|dac khu|tinh|thanh pho|van phong cong chung|huyen|quan|thi xa) (?=.)"
)
_KINDS_OF = {
    COMMUNE: tuple(TYPES),
    PROVINCE: ("tinh", "thanh pho"),
    NOTARY: ("van phong cong chung",),
    AGENCY: ("huyen", "quan", "thi xa", "thanh pho"),
}
_OF_PROVINCE = re.compile(r"(?:so tu phap|(?:cuc )?thi hanh an dan su) (?=.)")
_WITHIN = re.compile(r"(?<=\w) (?:tinh|thanh pho|huyen|quan|thi xa) (.+)\Z")
_PROVINCE = re.compile(r".*(?<=\w) ((?:tinh|thanh pho) .+)\Z")
_END_OF_NAME = re.compile(r"\s*[,;(]\s*|\s+[-–—]\s+|\s+(?:thuộc|trực thuộc)\s+", re.IGNORECASE)
_LIKE = 0.72
"""How like a name must be to be suggested (0 – 1); it is never taken by itself."""
_MOST_LIKE = 4
_NUMBER = re.compile(r"\d{1,3}[a-z]?\Z|\d{1,2}(?:t|th|thang)(?:20)?\d\d\Z|v\d+\Z|\d{4,8}\Z|[ivx]{1,4}\Z")
_PHRASES = re.compile(
    r"\b(?:bao cao|so lieu|thong ke|so bo|tu phap|chinh thuc|dau nam|ca nam|tron nam|cong chung|chung thuc"
    r"|ho tich|tong hop|phu luc|bieu mau|mau bieu|hoan chinh|hoan thien|chinh sua|ky bao cao|nam \d{4}"
    r"|\d+ ?(?:thang|th|t)|quy [ivx\d]+|lan \d|trang tinh|khai sinh|khai tu|tro giup phap ly|hoa giai)\b"
)
_NOISE = re.compile(
    r"(?:bieu|mau|bc|bcao|sua|moi|cu|lan|gui|nop|copy|final|sheet|so|ban|t|thang|nam|quy|ky|xa|phuong|tt|ubnd|btp"
    r"|tp|stp|file|excel|xlsx?|ok|da|va|cua|the|tinh|huyen|kem|theo|pl|th|don|vi)\Z"
)


@lru_cache(8192)
def name_key(text: str) -> str:
    """A name for comparing: folded words without signs, offices taken off, abbreviations written out."""
    key = " ".join(_WORD.findall(fold(text)))
    for pattern, meant in _SHORT:
        key = pattern.sub(meant, key)
    return " ".join(key.split())


_NOBODY = re.compile(
    r"(?:(?:xa|phuong|thi tran|dac khu|huyen|quan|tinh|thanh pho|thi xa|cap xa|van phong cong chung"
    r"|phong cong chung|phong tu phap|so tu phap|so|don vi) ?)*\Z|\d+\Z"
)


def names_somebody(text: str) -> bool:
    """Whether a name is more than a kind or a number: "UBND xã" and "1" name nobody, "Phường 1" does."""
    return not _NOBODY.match(name_key(text))


def bare_key(key: str) -> str:
    """``key`` without the kind before it: "nghi loc" of "xa nghi loc"; "" where little would be left."""
    return _KIND.sub("", key, count=1) if _KIND.match(key) else key


class Match(Struct, frozen=True):
    """The units a name fits: one is sure, several are asked, none may still be like some."""

    units: tuple[Unit, ...] = ()
    former: tuple[Unit, ...] = ()
    """Units that bore the name before the day asked about."""
    renamed: bool = False
    """Whether the unit is called otherwise on the day asked about."""

    @property
    def sure(self) -> Unit | None:
        """The only unit the name fits."""
        return self.units[0] if len(self.units) == 1 else None


class UnitNames:
    """All names of one register on one day."""

    def __init__(self, units: Units, day: date) -> None:
        self._units, self._day = units, day
        self._exact: dict[str, list[Unit]] = defaultdict(list)
        self._bare: dict[str, list[Unit]] = defaultdict(list)
        self._joined: dict[str, list[Unit]] = defaultdict(list)
        self._former: dict[str, list[Unit]] = defaultdict(list)
        self._before: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            state = units.state(unit.uid, day)
            if state is not None:
                for key in _keys_of(state.name, unit.kind):
                    _add(self._exact, key, unit)
                bare = name_key(state.name)
                for kind in _KINDS_OF.get(unit.kind, ()):
                    bare = bare.removeprefix(f"{kind} ")
                _add(self._bare, bare, unit)
                for key in (name_key(state.name), bare):
                    _add(self._joined, key.replace(" ", ""), unit)
                for past in unit.states:
                    if past.valid_to is not None and past.valid_to < day and past.name != state.name:
                        for key in _keys_of(past.name, unit.kind):
                            _add(self._before, key, unit)
            else:
                for past in unit.states:
                    if past.valid_to is not None and past.valid_to < day:
                        for key in {*_keys_of(past.name, unit.kind), bare_key(name_key(past.name))}:
                            _add(self._former, key, unit)

    def match(self, text: str, kinds: Collection[str] = ()) -> Match:
        """The units a printed name fits; of several those of ``kinds``, of the place named beside it."""
        variants = name_variants(text)
        for key in variants:
            known = self._exact.get(key, []), [] if _KIND.match(key) else self._bare.get(key, [])
            of_kind = ([unit for unit in found if unit.kind in kinds] for found in known)
            found = next((found for found in (*of_kind, *known) if found), [])
            if found:
                return Match(tuple(self._narrowed(found, text)))
        former = _each_once(unit for key in variants for unit in self._former.get(key, ()))
        before = _each_once(unit for key in variants for unit in self._before.get(key, ()))
        same = [unit for unit in before if not self._elsewhere(unit, text)]
        if len(same) == 1 and not former and (not kinds or same[0].kind in kinds):
            return Match(tuple(same), renamed=True)
        return Match((), (*former, *before))

    def _narrowed(self, found: Sequence[Unit], text: str) -> list[Unit]:
        """Of the units that bear a name: in the place named, with its marks."""
        rest = [unit for unit in found if not self._elsewhere(unit, text)]
        if len(rest) > 1:
            named = name_key(text)
            rest = [unit for unit in rest if self._place(unit) in f" {named} "] or rest
        if len(rest) > 1:
            words = spelled(text)
            rest = [unit for unit in rest if spelled(self._name(unit)) in words] or rest
        return rest

    def _elsewhere(self, unit: Unit, text: str) -> bool:
        """Whether another province than the unit's is named behind its name."""
        province = _PROVINCE.match(name_key(text))
        if unit.kind == PROVINCE or province is None:
            return False
        named = self._exact.get(province[1], ())
        provinces = [own for own in named if own.kind == PROVINCE]
        above = self._above(unit)
        return bool(provinces and above) and not any(own.uid in above for own in provinces)

    def _above(self, unit: Unit) -> list[str]:
        found: list[str] = []
        state = self._units.state(unit.uid, self._day)
        while state is not None and state.parent is not None and state.parent not in found:
            found.append(state.parent)
            state = self._units.state(state.parent, self._day)
        return found

    def _place(self, unit: Unit) -> str:
        """The bare name of what the unit lies in, between spaces; NUL where it lies nowhere."""
        state = self._units.state(unit.uid, self._day)
        if state is None or state.parent is None:
            return "\0"
        return f" {bare_key(name_key(self._units.name(state.parent, self._day)))} "

    def _name(self, unit: Unit) -> str:
        """A unit's name without its kind."""
        name = self._units.name(unit.uid, self._day)
        kind = _KIND.match(name_key(name))
        return " ".join(name.split()[len(kind[1].split()) :]) if kind else name

    def other_marks(self, unit: Unit, text: str) -> bool:
        """Whether a text that is written with marks spells the unit's name with others."""
        return fold(text) != text.casefold() and spelled(self._name(unit)) not in spelled(text)

    def in_file_name(self, stem: str, kinds: Collection[str] = ()) -> Match:
        """The unit a file's or sheet's name names: only where every other word of it says something else.

        "Nghi Loc 17a 6t2026 (sua)" names Nghi Lộc; "Nghi Loc Dong" does not.
        """
        text = name_key(_parted(stem))
        words = text.split()
        for size in range(min(len(words), 9), 0, -1):
            for at in range(len(words) - size + 1):
                key = " ".join(words[at : at + size])
                found = self._exact.get(key) or self._bare.get(key) or self._of_joined(words, at, size)
                if not found or key.isdigit():
                    continue
                before, after = words[:at], words[at + size :]
                units = [unit for unit in found if not kinds or unit.kind in kinds]
                kind = " ".join(before[-2:])
                units = [unit for unit in units if self._bears(unit, key, kind)]
                short = size == 1 and len(key) < 5 and not _KIND.match(f"{kind} x")
                if _only_noise(before) and _only_noise(after) and not short:
                    return Match(tuple(units))
                return Match()
        return Match()

    def _of_joined(self, words: Sequence[str], at: int, size: int) -> list[Unit]:
        """Units whose name is written without spaces, "nghiloc"."""
        return self._joined.get(words[at], []) if size == 1 and len(words[at]) > 5 else []

    def _bears(self, unit: Unit, key: str, before: str) -> bool:
        """Whether a kind written before a bare name is the unit's."""
        kind = next((k for of in _KINDS_OF.values() for k in of if before.endswith(k)), None)
        if kind is None or key not in self._bare:
            return True
        return name_key(self._units.name(unit.uid, self._day)).startswith(kind)

    def like(self, text: str, kinds: Collection[str] = ()) -> list[Unit]:
        """Units with a name like the one printed, most like first; to be offered, never taken."""
        keys = [bare_key(key) for key in name_variants(text)]
        names = [key for key, of in self._bare.items() if not kinds or any(u.kind in kinds for u in of)]
        like = [name for key in dict.fromkeys(keys) for name in get_close_matches(key, names, 4, _LIKE)]
        return _each_once(unit for name in like for unit in self._bare[name])[:_MOST_LIKE]


def _keys_of(name: str, kind: str) -> Iterator[str]:
    """The full names a unit may be printed under, its kind with it."""
    key = name_key(name)
    yield key
    if kind != PROVINCE and (within := _WITHIN.search(key)):
        yield key[: within.start()]


def name_variants(text: str) -> list[str]:
    """The names a printed text may mean, the fullest first."""
    found: list[str] = []
    for part in (text, _END_OF_NAME.split(text.strip())[0]):
        key = name_key(part)
        found.append(key)
        if _OF_PROVINCE.match(key):
            found.append(_OF_PROVINCE.sub("", key, count=1))
        elif within := _WITHIN.search(key):
            found.append(key[: within.start()])
    return list(dict.fromkeys(filter(None, found)))


def _parted(stem: str) -> str:
    """A file's name in words: "NghiLoc_17a" is "Nghi Loc 17a"."""
    letters = [
        f" {now}" if before.islower() and now.isupper() else now
        for before, now in zip(f" {stem}", stem, strict=False)
    ]
    return re.sub(r"[_.\-+()\[\]]", " ", "".join(letters))


def _only_noise(words: Sequence[str]) -> bool:
    rest = _PHRASES.sub(" ", " ".join(words)).split()
    return all(_NOISE.match(word) or _NUMBER.match(word) for word in rest)


def _add(index: dict[str, list[Unit]], key: str, unit: Unit) -> None:
    if key and not key.isdigit() and unit not in index[key]:
        index[key].append(unit)


def _each_once(units: Iterable[Unit]) -> list[Unit]:
    return list({unit.uid: unit for unit in units}.values())
