"""A workbook's package while it is marked: parts by name, relations, and the ZIP with the rest as it was."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable, Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from judapp.errors import JudappError
from judapp.excel.faults import unread
from judapp.excel.reader import MAX_UNPACKED
from judapp.excel.splice import Element, Patch, as_utf8, attribute, elements

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_ENCRYPTED = 0x1
_MAX_PARTS = 10_000
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Relation(NamedTuple):
    """One part pointing to another; ``target`` is the part's name, or what lies outside as written."""

    own: str
    kind: str
    target: str


class Parts:
    """The parts of a workbook; what is not touched is handed on as it came."""

    def __init__(self, content: bytes) -> None:
        """Raises FIL-001 (password), FIL-003 (too large)."""
        self._zip = ZipFile(io.BytesIO(content))
        self._entries = self._zip.infolist()
        if len(self._entries) > _MAX_PARTS or sum(e.file_size for e in self._entries) > MAX_UNPACKED:
            raise unread()
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries):
            raise JudappError("FIL-001")
        self._by_key = {_key(entry.filename): entry for entry in self._entries}
        self._written: dict[str, bytes] = {}
        self._fresh: list[str] = []
        self._gone: set[str] = set()

    def __contains__(self, name: str) -> bool:
        key = _key(name)
        return key not in self._gone and (key in self._written or key in self._by_key)

    @property
    def names(self) -> list[str]:
        """All parts, as they are called."""
        known = [e.filename for e in self._entries if _key(e.filename) not in self._gone]
        return [*known, *self._fresh]

    def read(self, name: str) -> bytes:
        """A part in UTF-8 where it is XML; KeyError where there is none."""
        key = _key(name)
        if key in self._written:
            return self._written[key]
        return as_utf8(self._zip.read(self._by_key[key]))

    def write(self, name: str, content: bytes) -> None:
        """Give a part other content, or put in a new one."""
        key = _key(name)
        if key not in self._by_key and key not in self._written:
            self._fresh.append(name)
        self._written[key] = content

    def remove(self, name: str) -> None:
        """Leave a part and its relations out."""
        self._gone |= {_key(name), _key(relations_of(name))}

    def unused(self, pattern: str) -> str:
        """A name like "xl/comments{}.xml" that no part has."""
        number = 1
        while pattern.format(number) in self or _key(pattern.format(number)) in self._gone:
            number += 1
        return pattern.format(number)

    # relations

    def relations(self, part: str) -> list[Relation]:
        """Where a part points, "" for the package as a whole."""
        name = relations_of(part)
        return [self._relation(part, e) for e in self._relation_tags(name)] if name in self else []

    def _relation_tags(self, name: str) -> Iterator[Element]:
        found = elements(self.read(name), lambda path: len(path) == 2)
        return (element for element in found if element.path[1] == "Relationship")

    def _relation(self, part: str, element: Element) -> Relation:
        own, target = element.attributes, element.attributes.get("Target", "")
        if own.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        return Relation(own.get("Id", ""), own.get("Type", ""), target)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point to another one; the new relation's id."""
        name = relations_of(part)
        written = (
            self.read(name) if name in self else f'{_HEAD}<Relationships xmlns="{_RELATIONS}"/>'.encode()
        )
        root, *below = elements(written, lambda path: len(path) <= 2)
        taken = {element.attributes.get("Id", "").casefold() for element in below}
        number = len(below) + 1
        while f"rid{number}" in taken:
            number += 1
        where = posixpath.relpath(target, posixpath.dirname(part) or ".")
        patch = Patch(written)
        patch.append(
            root,
            f'<{root.prefix}Relationship Id="rId{number}" Type="{attribute(kind)}"'
            f' Target="{attribute(where)}"/>',
        )
        self.write(name, patch.done())
        return f"rId{number}"

    def unrelate(self, part: str, gone: Callable[[Relation], bool]) -> list[Relation]:
        """Let a part no longer point to some; those it pointed to."""
        name = relations_of(part)
        if name not in self:
            return []
        patch = Patch(self.read(name))
        dropped = []
        for element in self._relation_tags(name):
            relation = self._relation(part, element)
            if gone(relation):
                patch.replace(element.start, element.end, "")
                dropped.append(relation)
        if dropped:
            self.write(name, patch.done())
        return dropped

    # content types

    def declare(self, name: str, kind: str) -> None:
        """Say what a new part is."""
        self._declare(f'Override PartName="/{attribute(name)}" ContentType="{kind}"', f"/{name}", "")

    def declare_suffix(self, suffix: str, kind: str) -> None:
        """Say what all parts with a suffix are, unless somebody says it."""
        self._declare(f'Default Extension="{suffix}" ContentType="{kind}"', "", suffix)

    def _declare(self, tag: str, part: str, suffix: str) -> None:
        written = self.read(CONTENT_TYPES)
        root, *below = elements(written, lambda path: len(path) <= 2)
        for element in below:
            own = element.attributes
            if suffix and own.get("Extension", "").casefold() == suffix:
                return
            if part and own.get("PartName", "").casefold() == part.casefold():
                return
        patch = Patch(written)
        if suffix:  # defaults stand first in what Excel writes
            patch.insert(root.inside, f"<{root.prefix}{tag}/>")
        else:
            patch.append(root, f"<{root.prefix}{tag}/>")
        self.write(CONTENT_TYPES, patch.done())

    def declare_plain(self, name: str) -> None:
        """Say that the workbook part is one of an .xlsx: Excel opens none that says otherwise of itself."""
        patch = Patch(self.read(CONTENT_TYPES))
        for element in elements(patch.part, lambda path: len(path) == 2):
            own = element.attributes
            if (
                own.get("PartName", "").casefold() == f"/{name}".casefold()
                and own.get("ContentType") != _PLAIN
            ):
                patch.set(element, {"ContentType": _PLAIN})
                self.write(CONTENT_TYPES, patch.done())

    def undeclare(self, gone: Callable[[str], bool]) -> None:
        """No longer say what some parts are."""
        patch = Patch(self.read(CONTENT_TYPES))
        found = elements(patch.part, lambda path: len(path) == 2)
        dropped = [e for e in found if gone(e.attributes.get("PartName", "").lstrip("/"))]
        for element in dropped:
            patch.replace(element.start, element.end, "")
        if dropped:
            self.write(CONTENT_TYPES, patch.done())

    # writing

    def packed(self) -> bytes:
        """The workbook: parts in their order, new ones behind, with time and compression as they had."""
        stream = io.BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as made:
            for entry in self._entries:
                key = _key(entry.filename)
                if key in self._gone or self._by_key[key] is not entry:
                    continue
                content = self._written.get(key)
                made.writestr(_like(entry), self._zip.read(entry) if content is None else content)
            stamp = max((e.date_time for e in self._entries), default=(1980, 1, 1, 0, 0, 0))
            for name in self._fresh:
                kept = ZipInfo(name, stamp)
                kept.compress_type = ZIP_DEFLATED
                made.writestr(kept, self._written[_key(name)])
        return stream.getvalue()


def _like(entry: ZipInfo) -> ZipInfo:
    kept = ZipInfo(entry.filename, entry.date_time)
    kept.compress_type = ZIP_STORED if entry.compress_type == ZIP_STORED else ZIP_DEFLATED
    kept.external_attr, kept.create_system, kept.comment = (
        entry.external_attr,
        entry.create_system,
        entry.comment,
    )
    return kept


def relations_of(part: str) -> str:
    """The part that holds another one's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
