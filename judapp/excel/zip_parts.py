"""The parts of a ZIP archive in memory, as every office program writes them: the archive's plain form only.

``zipfile`` reads any archive, at the price of a third of what reading a small workbook costs. What has the
least unusual about it – several disks, ZIP64, a password, a comment, a name beyond ASCII, parts that overlap,
a checksum that does not fit – gives None here, and is for ``zipfile`` to read or to refuse.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

_END, _ENTRY, _LOCAL = struct.Struct("<4s4H2LH"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s5H3L2H")
_END_SIGN, _ENTRY_SIGN, _LOCAL_SIGN = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_HARMLESS = 0x2 | 0x4 | 0x8 | 0x800
"""Flags that change nothing for who reads: how hard was packed, sizes told again behind, names in UTF-8."""
_STORED, _DEFLATED = 0, 8
_NEWEST = 20
"""The version of the format that packing parts needs."""


class Part(NamedTuple):
    """An entry of the archive's list."""

    name: str
    file_size: int
    packed_size: int
    method: int
    checksum: int
    at: int
    """Where its own header begins."""


def listed(content: bytes) -> dict[str, Part] | None:
    """The parts by name; None for an archive that has anything unusual."""
    end = len(content) - _END.size
    if end < 0:
        return None
    sign, disk, first_disk, here, count, size, start, comment = _END.unpack_from(content, end)
    if sign != _END_SIGN or disk or first_disk or comment or here != count or start + size != end:
        return None
    found: dict[str, Part] = {}
    at, spans = start, list[tuple[int, int]]()
    for _ in range(count):
        if at + _ENTRY.size > end:
            return None
        (sign, _, version, flags, method, _, _, checksum, packed, whole, name_size, extra, remark, disk, _, _,
         local) = _ENTRY.unpack_from(content, at)  # fmt: skip
        raw = content[at + _ENTRY.size : at + _ENTRY.size + name_size]
        usual = sign == _ENTRY_SIGN and not flags & ~_HARMLESS and version & 0xFF <= _NEWEST and not disk
        if not usual or method not in (_STORED, _DEFLATED) or not raw.isascii() or b"\0" in raw:
            return None
        name = raw.decode("ascii")
        if name in found:
            return None
        found[name] = Part(name, whole, packed, method, checksum, local)
        spans.append((local, local + _LOCAL.size + name_size + packed))
        at += _ENTRY.size + name_size + extra + remark
    spans.sort()
    behind = [*[first for first, _ in spans[1:]], start]
    if at != end or any(last > following for (_, last), following in zip(spans, behind, strict=True)):
        return None
    return found


def unpacked(content: bytes, part: Part) -> bytes | None:
    """The bytes of a part; None where anything about it is unusual."""
    if part.at + _LOCAL.size > len(content):
        return None
    sign, _, flags, method, _, _, _, _, _, name_size, extra = _LOCAL.unpack_from(content, part.at)
    start = part.at + _LOCAL.size
    name = content[start : start + name_size]
    if sign != _LOCAL_SIGN or flags & ~_HARMLESS or method != part.method or name != part.name.encode():
        return None
    start += name_size + extra
    packed = content[start : start + part.packed_size]
    if part.method == _DEFLATED:
        unpacking = zlib.decompressobj(-15)
        try:
            packed = unpacking.decompress(packed, part.file_size + 1)
        except zlib.error:
            return None
        if not unpacking.eof:
            return None
    whole = len(packed) == part.file_size and zlib.crc32(packed) == part.checksum
    return packed if whole else None
