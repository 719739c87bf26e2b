"""Changing a few places of an XML part and leaving every other byte of it as it stands.

A part that is parsed and written again comes back with other prefixes, declarations and blanks: what its
author's program put there for itself would be lost. Here the parser only tells where things stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape  # that of xml.sax takes all of urllib along
from typing import NamedTuple
from xml.parsers import expat

from judapp.excel.faults import unread
from judapp.text import keepable

_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DECLARED = re.compile(r"(<\?xml[^>]*?\bencoding\s*=\s*[\"'])([^\"']+)")
_IN_ATTRIBUTE = {ord('"'): "&quot;", 10: "&#10;", 9: "&#9;", 13: "&#13;"}


class Element(NamedTuple):
    """Where an element stands in its part, in bytes from its beginning."""

    path: tuple[str, ...]
    """Names from the root down to itself, without prefixes."""
    name: str
    """Its name as written."""
    attributes: Mapping[str, str]
    """As written, with prefixes."""
    start: int
    inside: int
    """Where its content begins: behind the start tag."""
    close: int
    """Where its end tag begins; the end of an empty tag ("<c/>")."""
    end: int
    """Behind the whole element."""
    empty: bool
    """Whether it is written as one empty tag."""

    @property
    def prefix(self) -> str:
        """The prefix it is written with, colon included; "" for none."""
        return self.name[: self.name.find(":") + 1]


def as_utf8(part: bytes) -> bytes:
    """The part in UTF-8, as nearly all are; the same characters where it was in another encoding.

    Raises what decoding raises (ValueError, LookupError).
    """
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = part.decode("utf-16")
    else:
        found = _DECLARED.search(part[:200].decode("latin-1"))
        if found is None or found[2].casefold() in ("utf-8", "utf8", "us-ascii"):
            return part
        text = part.decode(found[2])
    return _DECLARED.sub(r"\g<1>UTF-8", text, count=1).encode()


def elements(part: bytes, wanted: Callable[[tuple[str, ...]], bool]) -> list[Element]:
    """The elements whose path is ``wanted``, in the order they begin; ``part`` is in UTF-8.

    Raises FIL-003 for a part that is not well formed or declares a document type.
    """
    found: list[Element | None] = []
    path: list[str] = []
    waiting: list[tuple[int, str, Mapping[str, str], int, re.Match[bytes]] | None] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name[name.find(":") + 1 :])
        if not wanted(tuple(path)):
            waiting.append(None)
            return
        at = parser.CurrentByteIndex
        tag = _TAG.match(part, at)
        if tag is None:
            raise unread()
        waiting.append((len(found), name, attributes, at, tag))
        found.append(None)

    def end(_: str) -> None:
        opened = waiting.pop()
        if opened is not None:
            place, name, attributes, at, tag = opened
            if tag[1]:
                close = behind = tag.end()
            else:
                close = parser.CurrentByteIndex
                behind = part.index(b">", close) + 1
            own = tuple(path)
            found[place] = Element(own, name, attributes, at, tag.end(), close, behind, bool(tag[1]))
        path.pop()

    def refuse(*_: object) -> None:
        raise unread()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise unread() from error
    return [element for element in found if element is not None]


class Patch:
    """What is to be changed in a part; places are those of the part as it was."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self._edits: list[tuple[int, int, int, str]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in place of what stands between two places."""
        self._edits.append((start, end, len(self._edits), text))

    def insert(self, at: int, text: str) -> None:
        """Put ``text`` before what stands at a place; several at one place stand in the order given."""
        self.replace(at, at, text)

    def append(self, element: Element, text: str) -> None:
        """Put ``text`` behind the last child of an element; what was an empty tag is opened for it."""
        if not element.empty:
            self.insert(element.close, text)
            return
        slash = self.part.rindex(b"/", element.start, element.end)
        self.replace(slash, element.end, f">{text}</{element.name}>")

    def set(self, element: Element, values: Mapping[str, str | None]) -> None:
        """Give attributes of a start tag other values; None takes one away. Names as written."""
        behind_name = element.start + 1 + len(element.name.encode())
        there = {m[1].decode(): m.span() for m in _ATTRIBUTE.finditer(self.part, behind_name, element.inside)}
        for name, value in values.items():
            written = "" if value is None else f' {name}="{attribute(value)}"'
            self.replace(*there.get(name, (behind_name, behind_name)), written)

    def done(self) -> bytes:
        """The part with everything changed."""
        kept: list[bytes] = []
        at = 0
        for start, end, _, text in sorted(self._edits):
            kept += (self.part[at:start], text.encode())
            at = end
        return b"".join((*kept, self.part[at:]))


def attribute(value: str) -> str:
    """A text as the value of an attribute."""
    return escape(keepable(value), quote=False).translate(_IN_ATTRIBUTE)


def words(value: str) -> str:
    """A text as content."""
    return escape(keepable(value), quote=False)


def escaped(text: str) -> str:
    """A text that looks like an escaped sign ("_x000D_") as workbooks write it."""
    return text.replace("_x", "_x005F_x") if "_x" in text else text


def first(found: Sequence[Element], *path: str) -> Element | None:
    """The first of the elements with this path below the root."""
    return next((element for element in found if element.path[1:] == path), None)
