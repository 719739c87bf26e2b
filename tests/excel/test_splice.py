"""Parts are changed at single places; every other byte of them stays."""

from __future__ import annotations

import pytest

from judapp.errors import JudappError
from judapp.excel.splice import Patch, as_utf8, attribute, elements, first

PART = (
    '<?xml version="1.0"?>\r\n<x:a xmlns:x="u"><!-- <b s="9"/> -->'
    "<x:b s = '1>2' t=\"ữ s='0'\"/><x:c>  <x:d\tk=\"1\"></x:d ></x:c></x:a>"
).encode("utf-8-sig")


def everything(path: tuple[str, ...]) -> bool:
    return True


def test_elements_are_found_where_they_stand() -> None:
    found = elements(PART, everything)
    assert [e.path[-1] for e in found] == ["a", "b", "c", "d"]
    by_name = {e.path[-1]: e for e in found}
    assert PART[by_name["b"].start : by_name["b"].end] == "<x:b s = '1>2' t=\"ữ s='0'\"/>".encode()
    assert PART[by_name["c"].inside : by_name["c"].close] == b'  <x:d\tk="1"></x:d >'
    assert PART[by_name["d"].start : by_name["d"].end] == b'<x:d\tk="1"></x:d >'
    assert (by_name["b"].empty, by_name["b"].prefix) == (True, "x:")
    assert first(found, "c", "d") == by_name["d"]


def test_an_attribute_is_changed_added_or_taken_and_nothing_else() -> None:
    part = PART
    for values, now in (
        ({"s": 'a"<'}, '<x:b s="a&quot;&lt;" t="ữ s=\'0\'"/>'),
        ({"s": None}, "<x:b t=\"ữ s='0'\"/>"),
        ({"new": "7"}, "<x:b new=\"7\" s = '1>2' t=\"ữ s='0'\"/>"),
    ):
        patch = Patch(part)
        patch.set(next(e for e in elements(part, everything) if e.path[-1] == "b"), values)
        assert patch.done() == part.replace("<x:b s = '1>2' t=\"ữ s='0'\"/>".encode(), now.encode())


def test_an_empty_tag_is_opened_for_what_is_put_into_it() -> None:
    patch = Patch(b"<a><b k='1'/><c>x</c></a>")
    found = {e.path[-1]: e for e in elements(patch.part, everything)}
    patch.append(found["b"], "<d/>")
    patch.append(found["c"], "<e/>")
    patch.insert(found["c"].start, "<f/>")
    patch.insert(found["c"].start, "<g/>")
    assert patch.done() == b"<a><b k='1'><d/></b><f/><g/><c>x<e/></c></a>"


def test_other_encodings_become_utf8_and_what_is_no_xml_is_refused() -> None:
    told = '<?xml version="1.0" encoding="UTF-16"?><a b="ữ"/>'
    assert as_utf8(told.encode("utf-16")).decode() == told.replace("UTF-16", "UTF-8")
    assert as_utf8(PART) is PART
    for part in (b"<a><b></a>", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'):
        with pytest.raises(JudappError, match="FIL-003"):
            elements(part, everything)


def test_signs_xml_cannot_hold_become_one_that_says_so() -> None:
    assert attribute('a\x00"\n') == "a\ufffd&quot;&#10;"
