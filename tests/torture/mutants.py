"""Workbooks spoilt at random: bytes, members of the package, attributes, repeats, references, sectors."""

from __future__ import annotations

import random
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tests.import_pages import zipped

Parts = dict[str, str | bytes]

_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_ELEMENT = re.compile(r"<([\w:]+)(?: [^<>]*)?(?:/>|>[^<>]*</\1>)")
PASSWORDS = "file:" + 2 * "/" + "/etc/passwd"
"""What an entity would like to read."""

_VALUES = (
    "", "0", "-1", "1", "65536", "1048577", "16385", "2147483648", "4294967295", "99999999999999999999",
    "1e308", "NaN", "-0", "A0", "XFD1048576", "ZZZZ99999999", "A1:XFD1048576", "A1:A1048576", "1048576:1",
    "rId999", "../../x", "\u202e12", "&#0;", "&amp;", "n", "s", "str", "b", "e", "d", "inlineStr", "shared",
    "array", "float", "percentage", "date", "PT99999999H", "0000-00-00", "x" * 70_000, "http://localhost/x",
    PASSWORDS,
)  # fmt: skip


class Random(random.Random):
    """What is drawn from, and how large a part may become."""

    largest = 0


class Mutant(Struct, frozen=True):
    """A spoilt workbook, and how it was spoilt."""

    name: str
    how: str
    content: bytes


def mutants(seed: int, count: int, folder: Path, largest: int) -> Iterator[Mutant]:
    """``count`` spoilt workbooks made of those in ``folder``; the same for the same seed.

    ``largest``: bytes of the largest part.
    """
    draw = Random(seed)
    draw.largest = largest
    packages = [_parts(path) for path in sorted(folder.glob("*.xlsx"))]
    opens = [_parts(path) for path in sorted(folder.glob("*.ods"))]
    old = [path.read_bytes() for path in sorted(folder.glob("*.xls"))]
    for number in range(count):
        kind = ("xlsx", "xlsx", "ods", "xls")[number % 4]
        if kind == "xls":
            spoil = draw.choice(_OF_XLS)
            content = spoil(draw.choice(old), draw)
        else:
            spoil_parts = draw.choice(_OF_PARTS)
            content = spoil_parts(dict(draw.choice(packages if kind == "xlsx" else opens)), draw)
            spoil = spoil_parts  # type: ignore[assignment]
        yield Mutant(f"{number:05}.{kind}", spoil.__name__.strip("_"), content)


def _parts(path: Path) -> Parts:
    import zipfile

    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


# packages


def _bytes(parts: Parts, draw: Random) -> bytes:
    return _flipped(zipped(parts), draw)


def _bytes_unpacked(parts: Parts, draw: Random) -> bytes:
    """Bits of the XML itself: the package is sound."""
    name = _one(parts, draw)
    return zipped({**parts, name: _flipped(_raw(parts[name]), draw)})


def _cut(parts: Parts, draw: Random) -> bytes:
    content = zipped(parts)
    return content[: draw.randrange(len(content))]


def _part_cut(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    raw = _raw(parts[name])
    return zipped({**parts, name: raw[: draw.randrange(len(raw) + 1)]})


def _members_swapped(parts: Parts, draw: Random) -> bytes:
    one, other = _one(parts, draw), _one(parts, draw)
    return zipped({**parts, one: parts[other], other: parts[one]})


def _member_lost(parts: Parts, draw: Random) -> bytes:
    del parts[_one(parts, draw)]
    return zipped(parts)


def _member_renamed(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    new = draw.choice(
        ("../" + name, "/" + name, name.upper(), name.replace("/", "\\"), "xl/x" * 300, "content.xml")
    )
    return zipped({new if other == name else other: part for other, part in parts.items()})


def _attributes(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    text = str(parts[name])
    for _ in range(draw.randint(1, 4)):
        found = list(_ATTRIBUTE.finditer(text))
        if found:
            hit = draw.choice(found)
            text = text[: hit.start(2)] + draw.choice(_VALUES) + text[hit.end(2) :]
    return zipped({**parts, name: text})


def _values(parts: Parts, draw: Random) -> bytes:
    """What stands between tags: shared strings out of range, endless numbers, markup."""
    name = _sheet(parts)
    text = str(parts[name])
    found = list(re.finditer(r"<(v|f|text:p)>([^<]*)<", text))
    for hit in sorted(draw.sample(found, min(len(found), 3)), key=lambda m: -m.start()):
        text = text[: hit.start(2)] + draw.choice(_VALUES).replace("<", "") + text[hit.end(2) :]
    return zipped({**parts, name: text})


def _repeated(parts: Parts, draw: Random) -> bytes:
    """One element very often."""
    name = _one(parts, draw)
    text = str(parts[name])
    found = list(_ELEMENT.finditer(text))
    if found:
        hit = draw.choice(found)
        times = draw.choice((2, 300, 20_000, 200_000))
        text = text[: hit.end()] + hit[0] * min(times, draw.largest // len(hit[0])) + text[hit.end() :]
    return zipped({**parts, name: text})


def _nested(parts: Parts, draw: Random) -> bytes:
    """Elements in elements, deeper than any parser wants."""
    name = _one(parts, draw)
    text = str(parts[name])
    found = list(_ELEMENT.finditer(text))
    if found:
        hit = draw.choice(found)
        deep = draw.choice((50, 300, 100_000))
        text = text[: hit.start()] + f"<{hit[1]}>" * deep + hit[0] + f"</{hit[1]}>" * deep + text[hit.end() :]
    return zipped({**parts, name: text})


def _lost(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    text = str(parts[name])
    for _ in range(draw.randint(1, 5)):
        found = list(_ELEMENT.finditer(text))
        if found:
            hit = draw.choice(found)
            text = text[: hit.start()] + text[hit.end() :]
    return zipped({**parts, name: text})


def _moved(parts: Parts, draw: Random) -> bytes:
    """Elements change places: cells out of order, rows twice."""
    name = _sheet(parts)
    text = str(parts[name])
    found = list(_ELEMENT.finditer(text))
    if len(found) > 1:
        one, other = sorted(draw.sample(range(len(found)), 2))
        first, second = found[one], found[other]
        if first.end() <= second.start():
            text = (
                text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0]
                + text[second.end() :]
            )  # fmt: skip
    return zipped({**parts, name: text})


def _entities(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    inside = draw.choice(
        (
            f'<!ENTITY x SYSTEM "{PASSWORDS}">',
            '<!ENTITY x SYSTEM "http://localhost:9/x">',
            '<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;&y;&y;&y;&y;">',
            f'<!ENTITY % p SYSTEM "{PASSWORDS}"> %p;',
        )
    )
    text = str(parts[name])
    text = re.sub(r">([^<>]{2,})<", ">&x;<", text, count=1)
    return zipped({**parts, name: f"<!DOCTYPE a [{inside}]>{text}"})


def _formulas(parts: Parts, draw: Random) -> bytes:
    """Shared formulas that refer to each other, to everything, to themselves."""
    name = _sheet(parts)
    text = str(parts[name])
    formula = draw.choice(
        (
            '<f t="shared" si="0" ref="A1:XFD1048576">A1+B2</f>',
            '<f t="shared" si="4294967295"/>',
            '<f t="shared" si="0"/>',
            '<f t="array" ref="A1:XFD1048576">A1:XFD1048576</f>',
            f"<f>{'(' * 5_000}1{')' * 5_000}</f>",
            f"<f>{'A1+' * 30_000}1</f>",
            '<f t="dataTable" ref="A1:B2" r1="A1"/>',
        )
    )
    text = re.sub(r"<f>[^<]*</f>|(?=<v>)", formula, text, count=draw.choice((1, 40)))
    return zipped({**parts, name: text})


def _repeats(parts: Parts, draw: Random) -> bytes:
    """Counts of repeated rows and columns, spans (.ods); hidden columns and merges (.xlsx), of any size."""
    name = _sheet(parts)
    text, count = str(parts[name]), draw.choice(("2", "1048576", "16384", "99999999999", "-5", "x", "0"))
    what = draw.choice(("number-rows-repeated", "number-columns-repeated", "number-columns-spanned"))
    if name == "content.xml":
        tag = "<table:table-row" if "rows-r" in what else "<table:table-cell"
        at = draw.choice([m.end() for m in re.finditer(tag, text)])
        text = f'{text[:at]} table:{what}="{count}"{text[at:]}'
    else:
        text = text.replace(
            "<sheetData>", f'<cols><col min="1" max="{count}" hidden="1"/></cols><sheetData>', 1
        )
        text = text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/>' * 2, 1)
    return zipped({**parts, name: text})


def _encoding(parts: Parts, draw: Random) -> bytes:
    name = _one(parts, draw)
    coded = draw.choice(("utf-16", "utf-32", "utf-7", "cp037", "utf-8-sig"))
    text = f'<?xml version="1.0" encoding="{draw.choice((coded, "utf-8", "x-none"))}"?>{parts[name]!s}'
    return zipped({**parts, name: text.encode(coded, "replace")})


_OF_PARTS: tuple[Callable[[Parts, Random], bytes], ...] = (
    _bytes, _bytes_unpacked, _cut, _part_cut, _members_swapped, _member_lost, _member_renamed, _attributes,
    _attributes, _values, _values, _repeated, _nested, _lost, _moved, _entities, _formulas, _repeats,
    _repeats, _encoding,
)  # fmt: skip


# Excel 97


def _flipped(content: bytes, draw: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(draw.choice((1, 2, 8, 64)) if spoilt else 0):
        spoilt[draw.randrange(len(spoilt))] = draw.choice((0, 0xFF, draw.randrange(256)))
    return bytes(spoilt)


def _shortened(content: bytes, draw: Random) -> bytes:
    return content[: draw.randrange(len(content))]


def _sectors(content: bytes, draw: Random) -> bytes:
    """Chains of sectors that go round in circles or lead outside."""
    spoilt = bytearray(content)
    table = struct.unpack("<I", content[76:80])[0]
    at = 512 + 512 * table + 4 * draw.randrange(64)
    if at + 4 <= len(spoilt):
        spoilt[at : at + 4] = struct.pack("<I", draw.choice((0, 1, 2, table, 0xFFFFFFFE, 0x7FFFFFFF)))
    return bytes(spoilt)


def _head(content: bytes, draw: Random) -> bytes:
    """Sizes and starts in the head of the compound file."""
    spoilt = bytearray(content)
    at = draw.choice((30, 32, 44, 48, 56, 60, 64, 68, 72, 76))
    spoilt[at : at + 2] = struct.pack("<H", draw.choice((0, 1, 7, 15, 30, 0xFFFF)))
    return bytes(spoilt)


def _records(content: bytes, draw: Random) -> bytes:
    """Kind or length of a record of the workbook's stream."""
    spoilt, found = bytearray(content), []
    at = content.find(b"\x09\x08\x10\x00\x00\x06")
    while 0 <= at < len(content) - 4:
        kind, length = struct.unpack("<HH", content[at : at + 4])
        if kind == 0 and length == 0:
            break
        found.append(at)
        at += 4 + length
    if not found:
        return _flipped(content, draw)
    for _ in range(draw.randint(1, 3)):
        hit = draw.choice(found)
        if draw.random() < 0.5:
            spoilt[hit + 2 : hit + 4] = struct.pack("<H", draw.choice((0, 1, 3, 8224, 0xFFFF)))
        elif draw.random() < 0.5:
            kinds = (0x00FD, 0x0203, 0x0006, 0x00BD, 0x00E5, 0x00FC, 0x003C, 0x0809, 0x000A)
            spoilt[hit : hit + 2] = struct.pack("<H", draw.choice(kinds))
        else:
            inside = hit + 4 + draw.randrange(24)
            spoilt[inside : inside + 2] = struct.pack("<H", draw.choice((0, 0xFFFF, 0x4000, 255, 256)))
    return bytes(spoilt[: len(content)])


_OF_XLS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped, _shortened, _sectors, _head, _records, _records, _records,
)  # fmt: skip


def _one(parts: Mapping[str, str | bytes], draw: Random) -> str:
    names = [name for name in parts if parts[name]]
    sheet = _sheet(parts)
    return sheet if draw.random() < 0.4 and sheet in names else draw.choice(names)


def _sheet(parts: Mapping[str, str | bytes]) -> str:
    return "content.xml" if "content.xml" in parts else "xl/worksheets/sheet1.xml"


def _raw(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part
