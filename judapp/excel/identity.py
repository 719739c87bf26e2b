"""What a template says of itself in hidden names, so that it is known again whatever became of its title."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from lxml.etree import LxmlError
from msgspec import Struct

from judapp.errors import JudappError
from judapp.excel.package import Package
from judapp.excel.reader import MAX_UNPACKED

_PREFIX = "judapp_"
_NAMES = ("form", "unit", "period", "checksum")
_WORKBOOK = "xl/workbook.xml"


class Identity(Struct, frozen=True):
    """Form version (sha-256 of its definition), uid of the unit, period code, and a digest of the layout."""

    form: str
    unit: str
    period: str
    checksum: str

    def names(self) -> dict[str, str]:
        """The hidden names that hold it."""
        return {f"{_PREFIX}{name}": getattr(self, name) for name in _NAMES}


def read_identity(path: Path, content: bytes | None = None) -> Identity | None:
    """The identity in the hidden names of a workbook; None where it is no template of ours.

    ``content`` is what stands in the file, where it was read before.
    """
    try:
        with Package(path if content is None else BytesIO(content), MAX_UNPACKED) as package:
            if _WORKBOOK not in package or _PREFIX.encode() not in package.read(_WORKBOOK):
                return None
            defined = {
                str(element.get("name")): (element.text or "").strip('"').replace('""', '"')
                for element in package.elements(_WORKBOOK, "{*}definedName")
            }
    except (BadZipFile, LxmlError, JudappError, OSError):
        return None  # what is wrong with the file, the reader says
    found = [defined.get(f"{_PREFIX}{name}") for name in _NAMES]
    return None if None in found else Identity(*(words or "" for words in found))
