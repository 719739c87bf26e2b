"""What the styles of an .ods say of its cells: number formats in Excel's spelling, weight, fonts."""

from __future__ import annotations

from lxml.etree import _Element as Element
from msgspec import Struct, field

from judapp.excel.grid import GENERAL, CellStyle, cell_style
from judapp.excel.package import local

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_DATA_STYLES = ("number", "percentage", "currency", "date", "time", "boolean", "text")
TAGS = (
    f"{STYLE}style",
    f"{STYLE}default-style",
    f"{STYLE}font-face",
    *(f"{NUMBER}{kind}-style" for kind in _DATA_STYLES),
)
"""The elements :meth:`Styles.learn` takes in."""
_PLAIN = ("", "%", "-", "/", ".", ",", ":", " ", "(", ")")
"""Texts that stand in a format without quotes."""
_MAX_ANCESTORS = 20
_MAX_DIGITS = 30


class _Look(Struct, frozen=True):
    parent: str
    data: str | None
    font: str | None
    bold: bool | None


class Styles(Struct):
    """Everything styles said so far; they stand before the cells that use them."""

    codes: dict[str, str] = field(default_factory=dict)
    booleans: set[str] = field(default_factory=set)
    fonts: dict[str, str] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)
    text_fonts: dict[str, str] = field(default_factory=dict)
    _looks: dict[str, _Look] = field(default_factory=dict)
    _made: dict[str, tuple[CellStyle, bool]] = field(default_factory=dict)

    def learn(self, element: Element) -> None:
        """Take in a style, in the order they stand."""
        name = element.get(f"{STYLE}name", "")
        kind = local(element)
        if kind == "font-face":
            self.fonts[name] = element.get(f"{_SVG}font-family", name).strip("'\"")
        elif kind in ("style", "default-style"):
            self._style(element, name)
        else:
            self._data_style(element, name, kind.removesuffix("-style"))

    def of_cell(self, name: str) -> tuple[CellStyle, bool]:
        """The style of that name with all it inherits, and whether it shows truth values."""
        if name not in self._made:
            self._made[name] = self._resolved(name)
        return self._made[name]

    def _style(self, element: Element, name: str) -> None:
        family = element.get(f"{STYLE}family")
        if family == "table":
            table = element.find(f"{STYLE}table-properties")
            if table is not None and table.get(f"{TABLE}display") == "false":
                self.hidden_tables.add(name)
            return
        text = element.find(f"{STYLE}text-properties")
        font: str | None = None
        bold: bool | None = None
        if text is not None:
            said = text.get(f"{STYLE}font-name")
            font = self.fonts.get(said, said) if said else text.get(f"{_FO}font-family")
            weight = text.get(f"{_FO}font-weight")
            bold = None if weight is None else weight in ("bold", "600", "700", "800", "900")
        if family == "text" and font:
            self.text_fonts[name] = font
        elif family == "table-cell":
            parent = element.get(f"{STYLE}parent-style-name", "")
            self._looks[name] = _Look(parent, element.get(f"{STYLE}data-style-name"), font, bold)

    def _resolved(self, name: str) -> tuple[CellStyle, bool]:
        data: str | None = None
        font: str | None = None
        bold: bool | None = None
        for _ in range(_MAX_ANCESTORS):
            look = self._looks.get(name)
            if look is None:
                break
            data = look.data if data is None else data
            font = look.font if font is None else font
            bold = look.bold if bold is None else bold
            if not name:
                break
            name = look.parent  # the last one is "", the family's own default
        return (
            cell_style(self.codes.get(data or "", GENERAL.number_format), bool(bold), font or ""),
            data in self.booleans,
        )

    def _data_style(self, element: Element, name: str, kind: str) -> None:
        if kind == "boolean":
            self.booleans.add(name)
        code = "".join(map(_written, element))[:255]
        for other in element.iterfind(f"{STYLE}map"):
            # The parts for other signs are styles of their own; what holds from 0 up counts.
            if ">" in other.get(f"{STYLE}condition", ""):
                code = self.codes.get(other.get(f"{STYLE}apply-style-name", ""), code)
                break
        self.codes[name] = code or GENERAL.number_format


def _written(part: Element) -> str:
    """One part of a data style as Excel writes it."""
    kind = local(part)
    long = part.get(f"{NUMBER}style") == "long"
    if kind in ("number", "scientific-number", "fraction"):
        return _digits(part, kind)
    if kind in ("text", "currency-symbol", "fill-character"):
        text = part.text or ""
        return text if text in _PLAIN else '"' + text.replace('"', "") + '"'
    if kind == "month":
        return "m" * (1 + long + 2 * (part.get(f"{NUMBER}textual") == "true"))
    if kind == "day-of-week":
        return "dddd" if long else "ddd"
    if kind == "text-content":
        return "@"
    words = {"day": "d", "year": "yy", "hours": "h", "minutes": "m", "seconds": "s", "am-pm": "AM/PM"}
    word = words.get(kind, "")
    return word * 2 if long and kind != "am-pm" else word


def _digits(part: Element, kind: str) -> str:
    if kind == "fraction":
        return "# ?/?"
    decimals = part.get(f"{NUMBER}decimal-places")
    if decimals is None and part.get(f"{NUMBER}grouping") != "true" and kind == "number":
        return "General" if part.get(f"{NUMBER}min-integer-digits", "1") in ("0", "1") else _whole(part)
    places = min(int(decimals or 0), _MAX_DIGITS)
    code = _whole(part) + ("." + "0" * places if places else "")
    return f"{code}E+00" if kind == "scientific-number" else code


def _whole(part: Element) -> str:
    digits = "0" * max(1, min(int(part.get(f"{NUMBER}min-integer-digits", "1")), _MAX_DIGITS))
    if part.get(f"{NUMBER}grouping") != "true":
        return digits
    return f"#,{digits.rjust(3, '#')}"
