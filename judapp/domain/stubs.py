"""Which label column of a table holds the numbers, which the labels and which the units of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from judapp.domain.catalogue import Column
from judapp.text import fold

_NUMBER = re.compile(r"(?:s(?:o )?tt|so thu tu|tt|#|no\.?)\Z")
_UNIT = re.compile(r"(?:don vi tinh|dvt|d\.v\.t|dv tinh|don vi do)\Z")
_CODE = re.compile(r"(?:ma so|ma|ma chi tieu|ma dong)\Z")


def is_number_label(label: str) -> bool:
    """Whether a column of running numbers is called so: "TT", "STT", "Số TT"."""
    return bool(_NUMBER.match(fold(label).strip(" .")))


def is_unit_label(label: str) -> bool:
    """Whether a column holds units of measure: "Đơn vị tính", "ĐVT"."""
    return bool(_UNIT.match(fold(label).strip(" .:")))


def is_code_label(label: str) -> bool:
    """Whether a column holds numbers of rows: "Mã số"."""
    return bool(_CODE.match(fold(label).strip(" .:")))


class StubPlaces(Struct, frozen=True):
    """Indexes into ``Table.stub``; None where none holds it. Without ``number`` it stands in the label."""

    number: int | None
    label: int | None
    unit: int | None


def stub_places(stub: Sequence[Column]) -> StubPlaces:
    """By what the columns are called; where that does not tell, number, label and unit from the left."""
    return _places(tuple(stub))


@lru_cache(512)  # asked for every workbook that comes
def _places(stub: tuple[Column, ...]) -> StubPlaces:
    rest = list(range(len(stub)))
    if len(rest) < 2:
        return StubPlaces(None, 0 if rest else None, None)

    def called(*tests: Sequence[bool]) -> int | None:
        found = next((i for test in tests for i in rest if test[i]), None) if len(rest) > 1 else None
        if found is not None:
            rest.remove(found)
        return found

    labels = [column.label for column in stub]
    unit = called([is_unit_label(label) for label in labels])
    numbers = [is_number_label(label) for label in labels]
    codes = [is_code_label(label) for label in labels]
    number = called(numbers, codes)
    while called(numbers, codes) is not None:
        pass  # "STT" beside "Mã số": a row has one number
    if number is None and len(rest) > 1:
        number = rest.pop(0)
    label = rest.pop(0)
    if unit is None and rest:
        unit = rest.pop(0)
    return StubPlaces(number, label, unit)


def stub_texts(stub: Sequence[Column], number: str, label: str, unit: str) -> tuple[str, ...]:
    """What each label column of a row prints."""
    places = stub_places(stub)
    texts = [""] * len(stub)
    if places.unit is not None:
        texts[places.unit] = unit
    if places.number is not None:
        texts[places.number] = number
    if places.label is not None:
        numbered = places.number is None and number
        texts[places.label] = f"{number}. {label}".rstrip() if numbered else label
    return tuple(texts)
