"""Looks appended to a workbook's styles: marked cells keep all but their fill, the list has its own."""

from __future__ import annotations

import re
from typing import Literal

from judapp.excel.marked_sheet import Tint
from judapp.excel.sheet_part import MAIN
from judapp.excel.splice import Element, Patch, elements, first

ListLook = Literal["title", "line", "head", "cell", "centre", "link", "error", "warning"]

_TINTS = {"error": "FFFCE4E1", "warning": "FFFFF0CC", "head": "FFEDF1F5"}
"""The tints of errors and warnings and the ground of heads on screen (ux 2), which print readably, too."""
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_FILL = '{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="{1}"/><{0}bgColor indexed="64"/>'
_FRAME = "thin"
_INK = "FF17202B"
_LINK = "FF0B5CAD"
_FIRST = {
    "fonts": ['<{0}font><{0}sz val="11"/><{0}name val="Times New Roman"/></{0}font>'],
    "fills": [
        f'<{{0}}fill><{{0}}patternFill patternType="{kind}"/></{{0}}fill>' for kind in ("none", "gray125")
    ],
    "borders": ["<{0}border><{0}left/><{0}right/><{0}top/><{0}bottom/><{0}diagonal/></{0}border>"],
    "cellStyleXfs": ['<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
    "cellXfs": ['<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'],
}
"""What a group begins with where a workbook has none: cells without a look use the first."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMPTY = f'{_HEAD}<styleSheet xmlns="{MAIN}"></styleSheet>'.encode()


class Looks:
    """The styles part of a workbook and what is appended to it."""

    def __init__(self, part: bytes) -> None:
        """``part`` is in UTF-8. Raises FIL-003 where it is no XML."""
        root, *self._below = elements(part, lambda path: len(path) <= 3)
        if root.empty:
            patch = Patch(part)
            patch.append(root, "")
            part = patch.done()
            [root] = elements(part, lambda path: len(path) == 1)
        self._part, self._root = part, root
        self._prefix = root.prefix
        self._added: dict[str, list[str]] = {name: [] for name in _ORDER}
        self._made: dict[tuple[int, Tint], int] = {}
        self._tints: dict[str, int] = {}
        self._known = {name: self._of(name) for name in _ORDER}
        for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs"):
            if not self._known[name]:
                self._added[name] += [first_one.format(self._prefix) for first_one in _FIRST[name]]

    def _of(self, group: str) -> list[Element]:
        kinds = {"cellXfs": "xf", "cellStyleXfs": "xf", "numFmts": "numFmt"}
        kind = kinds.get(group, group[:-1])
        return [element for element in self._below if element.path[1:] == (group, kind)]

    def dress(self, base: int, tint: Tint) -> int:
        """The look ``base`` with the tint as its fill, all else as it is."""
        if (base, tint) not in self._made:
            self._made[base, tint] = self._add("cellXfs", self._filled(base, self._tint(tint)))
        return self._made[base, tint]

    def list_looks(self) -> dict[ListLook, int]:
        """The looks of the list."""
        fonts = {
            "plain": self._font(11),
            "bold": self._font(11, "<{0}b/>"),
            "title": self._font(14, "<{0}b/>"),
            "link": self._font(11, "<{0}u/>", _LINK),
        }
        sides = "".join(f'<{{0}}{side} style="{_FRAME}"/>' for side in ("left", "right", "top", "bottom"))
        frame = self._add("borders", f"<{{0}}border>{sides}<{{0}}diagonal/></{{0}}border>")
        fills = {name: self._tint(name) for name in ("head", "error", "warning")}

        def look(font: str, fill: int = 0, border: int = frame, align: str = "left", wrap: int = 1) -> int:
            return self._add(
                "cellXfs",
                f'<{{0}}xf numFmtId="0" fontId="{fonts[font]}" fillId="{fill}" borderId="{border}" xfId="0"'
                ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f'<{{0}}alignment horizontal="{align}" vertical="center" wrapText="{wrap}"/></{{0}}xf>',
            )

        return {
            "title": look("title", border=0, wrap=0),
            "line": look("plain", border=0),
            "head": look("bold", fills["head"], align="center"),
            "cell": look("plain"),
            "centre": look("plain", align="center"),
            "link": look("link", align="center"),
            "error": look("plain", fills["error"], align="center"),
            "warning": look("plain", fills["warning"], align="center"),
        }

    def done(self) -> bytes:
        """The part with everything appended."""
        patch = Patch(self._part)
        for name in _ORDER:
            added = "".join(self._added[name])
            if not added:
                continue
            group = first(self._below, name)
            if group is None:
                tag = f"{self._prefix}{name}"
                self._put_between(patch, name, f'<{tag} count="{len(self._added[name])}">{added}</{tag}>')
                continue
            patch.append(group, added)
            if "count" in group.attributes:
                patch.set(group, {"count": str(len(self._known[name]) + len(self._added[name]))})
        return patch.done()

    def _put_between(self, patch: Patch, name: str, written: str) -> None:
        """Put a group where it belongs among those that are there (ECMA-376 part 1, 18.8.39)."""
        before = _ORDER[: _ORDER.index(name)]
        at = max((e.end for e in self._below if len(e.path) == 2 and e.path[1] in before), default=None)
        patch.insert(self._root.inside if at is None else at, written)

    def _add(self, group: str, written: str) -> int:
        self._added[group].append(written.format(self._prefix) if "{0}" in written else written)
        return len(self._known[group]) + len(self._added[group]) - 1

    def _font(self, size: int, more: str = "", ink: str = _INK) -> int:
        return self._add(
            "fonts",
            f'<{{0}}font>{more}<{{0}}sz val="{size}"/><{{0}}color rgb="{ink}"/>'
            '<{0}name val="Times New Roman"/><{0}family val="1"/></{0}font>',
        )

    def _tint(self, name: str) -> int:
        if name not in self._tints:
            filled = "<" + _FILL.format("{0}", _TINTS[name]) + "</{0}patternFill></{0}fill>"
            self._tints[name] = self._add("fills", filled)
        return self._tints[name]

    def _filled(self, base: int, fill: int) -> str:
        known = self._known["cellXfs"]
        if not 0 <= base < len(known):
            base = 0
        if not known:
            own = _FIRST["cellXfs"][0].format(self._prefix)
        else:
            own = self._part[known[base].start : known[base].end].decode()
        for name, value in (("fillId", str(fill)), ("applyFill", "1")):
            own = _with(own, name, value)
        return own


def _with(element: str, name: str, value: str) -> str:
    """The text of an element with another value of an attribute of its own."""
    tag = element[: element.index(">") + 1]
    changed, found = re.subn(rf"(\s{name}\s*=\s*)(\"[^\"]*\"|'[^']*')", rf'\g<1>"{value}"', tag, count=1)
    if not found:
        changed = re.sub(r"\A(<[^\s/>]+)", rf'\g<1> {name}="{value}"', tag)
    return changed + element[len(tag) :]
