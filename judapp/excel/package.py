"""The ZIP package a modern workbook is: its parts within limits, its XML without entities or network."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element as Element

from judapp.errors import JudappError
from judapp.excel.faults import damaged, unread
from judapp.excel.zip_parts import Part, listed, unpacked

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

    def __init__(self, source: Path | IO[bytes], limit: int) -> None:
        self._source = source
        self._opened: ZipFile | None = None
        self._content = source.getvalue() if isinstance(source, BytesIO) else b""
        plain = _listed(self._content) if len(self._content) <= _SMALL else listed(self._content)
        entries: Sequence[Part | ZipInfo] = list(plain.values()) if plain else self._zip.infolist()
        # What a part says of its size holds: zipfile gives no byte more.
        size = sum(entry.file_size for entry in entries)
        if len(entries) > _MAX_PARTS or size > limit:
            self._close()
            if size > limit:
                raise unread("RDG-unpacked", megabytes=size >> 20, limit=limit >> 20)
            raise unread("RDG-parts", count=len(entries), limit=_MAX_PARTS)
        self._parts: dict[str, Part | ZipInfo] = {_key(_name_of(entry)): entry for entry in entries}

    @property
    def _zip(self) -> ZipFile:
        """The archive as a whole, for what is not its plain form."""
        if self._opened is None:
            self._opened = ZipFile(self._source)
        return self._opened

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    @property
    def names(self) -> frozenset[str]:
        """All parts, in small letters."""
        return frozenset(self._parts)

    def open(self, name: str) -> IO[bytes]:
        """The part's bytes. Raises FIL-001 for a part under password, KeyError where it is missing."""
        found = self._parts[_key(name)]
        entry = self._zip.getinfo(found.name) if isinstance(found, Part) else found
        if entry.flag_bits & _ENCRYPTED:
            raise JudappError("FIL-001")
        return self._zip.open(entry)

    def read(self, name: str) -> bytes:
        """All bytes of a part. Raises FIL-003 with its name where they are damaged."""
        found = self._parts[_key(name)]
        content = unpacked(self._content, found) if isinstance(found, Part) else None
        if content is not None:
            return content
        try:
            with self.open(name) as part:
                return part.read()
        except (BadZipFile, EOFError, zlib.error) as error:
            raise damaged(name) from error

    def count(self, name: str, *signs: bytes) -> int:
        """How often ``signs`` stand in a part, found without taking it in as a whole."""
        found, rest = 0, b""
        longest = max(map(len, signs)) - 1
        with self.open(name) as part:
            while chunk := part.read(_CHUNK):
                chunk = rest + chunk
                found += sum(chunk.count(sign) for sign in signs)
                rest = chunk[len(chunk) - longest :]
        return found

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
                    raise damaged(name)
        _without_dtd(parser.close())

    def root(self, name: str) -> Element:
        """A small part as a whole."""
        return parsed(self.read(name), name)

    def size(self, name: str) -> int:
        """Bytes of a part."""
        return self._parts[_key(name)].file_size

    def small(self, name: str) -> bytes | None:
        """The bytes of a part that is small enough to be looked at at once, else None."""
        return self.read(name) if self.size(name) <= _SMALL else None


def parsed(content: bytes, name: str) -> Element:
    """The XML of the part ``name``, without entities or network. Raises FIL-003, also for a document type."""
    if content.count(b"<") > _MAX_WAITING:
        raise damaged(name)
    try:
        root = etree.fromstring(content, etree.XMLParser(**SAFE_PARSING))
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
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


_listed = lru_cache(1)(listed)  # a workbook is opened for its cells, and again for its hidden names


def _name_of(entry: Part | ZipInfo) -> str:
    return entry.name if isinstance(entry, Part) else entry.filename


def _without_dtd(element: Element) -> None:
    """No workbook declares a document type; one that does means harm (billion laughs)."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise unread("RDG-declared")


def _forget_before(element: Element) -> None:
    """Drop what stands before ``element``, wherever that hangs."""
    above: Element | None = element
    while above is not None:
        parent = above.getparent()
        if parent is not None:
            del parent[: parent.index(above)]
        above = parent
