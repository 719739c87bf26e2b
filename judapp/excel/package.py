"""The ZIP package a modern workbook is: its parts within limits, its XML without entities or network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast
from zipfile import ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element as Element

from judapp.errors import JudappError

_CHUNK = 1 << 16
_MAX_PARTS = 10_000
_MAX_WAITING = 1_000_000
"""Tags of one element that is looked at: beyond that a part is made to fill the memory."""
_MAX_TAGS = 12_000_000
"""Tags of a part: a million cells with formulas have eight."""
_BATCH = 256
_SMALL = 1 << 20
"""Bytes of a part that is parsed at once, which is twice as fast."""
_ENCRYPTED = 0x1
SAFE_PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


class Package:
    """The parts of a workbook by name; names are compared as Windows does. Use it in a ``with``."""

    def __init__(self, path: Path, limit: int) -> None:
        self._zip = ZipFile(path)
        entries = self._zip.infolist()
        # What a part says of its size holds: zipfile gives no byte more.
        if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > limit:
            self._zip.close()
            raise JudappError("FIL-003")
        self._parts: dict[str, ZipInfo] = {_key(entry.filename): entry for entry in entries}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    @property
    def names(self) -> frozenset[str]:
        """All parts, in small letters."""
        return frozenset(self._parts)

    def open(self, name: str) -> IO[bytes]:
        """The part's bytes. Raises FIL-001 for a part under password, KeyError where it is missing."""
        entry = self._parts[_key(name)]
        if entry.flag_bits & _ENCRYPTED:
            raise JudappError("FIL-001")
        return self._zip.open(entry)

    def read(self, name: str) -> bytes:
        """All bytes of a part."""
        with self.open(name) as part:
            return part.read()

    def elements(self, name: str, *tags: str, opening: str = "") -> Iterator[Element]:
        """Every element of a part with one of ``tags`` (``{*}row``), in the order they end.

        One of ``opening`` comes when it begins: its attributes are there, its children are not. An element is
        emptied once the next one is asked for, so a part of any length takes little memory.
        """
        if self._parts[_key(name)].file_size <= _SMALL:
            yield from self.root(name).iter(*tags, *filter(None, [opening]))
            return
        tags = (*tags, *filter(None, [opening]))
        parser = (
            etree.XMLPullParser(("start", "end"), tag=tags, **SAFE_PARSING)
            if opening
            else (etree.XMLPullParser(("end",), tag=tags, **SAFE_PARSING))
        )
        opens = local_name(opening)
        seen = waiting = total = 0
        with self.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.feed(chunk)
                count = chunk.count(b"<")
                waiting, total = waiting + count, total + count
                for event, found in parser.read_events():
                    element = cast("Element", found)
                    if not seen:
                        _without_dtd(element)
                    if not opens or (event == "start") == (local(element) == opens):
                        yield element
                    waiting = 0
                    if event == "end":
                        element.clear()
                        seen += 1
                        if not seen % _BATCH:
                            _forget_before(element)
                if waiting > _MAX_WAITING or total > _MAX_TAGS:
                    raise JudappError("FIL-003")
        _without_dtd(parser.close())

    def root(self, name: str) -> Element:
        """A small part as a whole."""
        content = self.read(name)
        if content.count(b"<") > _MAX_WAITING:
            raise JudappError("FIL-003")
        root = etree.fromstring(content, etree.XMLParser(**SAFE_PARSING))
        _without_dtd(root)
        return root


def local(element: Element) -> str:
    """The element's name without namespace: workbooks come in the transitional and the strict one."""
    return local_name(element.tag)


def local_name(tag: str) -> str:
    """A name without its namespace."""
    return tag[tag.find("}") + 1 :]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _without_dtd(element: Element) -> None:
    """No workbook declares a document type; one that does means harm (billion laughs)."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise JudappError("FIL-003")


def _forget_before(element: Element) -> None:
    """Drop what stands before ``element``, wherever that hangs."""
    above: Element | None = element
    while above is not None:
        parent = above.getparent()
        if parent is not None:
            del parent[: parent.index(above)]
        above = parent
