"""Blanks drawn from definitions, without anything that only we would put into a workbook."""

from __future__ import annotations

import io
import re
import zipfile

from judapp.domain.catalogue import Form
from judapp.domain.layout import Heading, layout
from judapp.domain.rows import expand
from judapp.domain.shape import plan_of
from judapp.excel.fill import blank

_NAMES = re.compile(rb"<definedNames>.*?</definedNames>", re.DOTALL)
_SHEET_NAME = re.compile(rb'(<sheet [^>]*?name=")[^"]*(")')
_OF_PROPERTIES = re.compile(
    rb"<(?:Override|Relationship)[^>]*?docProps/[^>]*?/>(?:</(?:Override|Relationship)>)?"
)


def drawn_blank(form: Form) -> bytes:
    """The form as it prints before any unit is known: placeholders where rows repeat."""
    rows = {table.key: expand(table, lambda _: ()) for table in form.tables}
    return blank(layout(form, rows, Heading()), plan_of(form, rows))


def stripped(content: bytes, sheet: str = "Sheet1") -> bytes:
    """The workbook without names, properties and checksum, its worksheet called ``sheet``."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.startswith("docProps/"):
                continue
            part = old.read(name)
            if name == "xl/workbook.xml":
                part = _SHEET_NAME.sub(rb"\g<1>" + sheet.encode() + rb"\g<2>", _NAMES.sub(b"", part))
            elif name in ("[Content_Types].xml", "_rels/.rels"):
                part = _OF_PROPERTIES.sub(b"", part)
            new.writestr(name, part)
    return made.getvalue()
