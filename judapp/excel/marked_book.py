"""The workbook part with one sheet more, before all others: what counts sheets counts one further."""

from __future__ import annotations

from typing import NamedTuple

from judapp.excel.faults import unread
from judapp.excel.marked_package import STRICT, TRANSITIONAL, Parts
from judapp.excel.splice import Element, Patch, attribute, elements, first, words

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_MAX_NAME = 31
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class BookSheet(NamedTuple):
    """A worksheet of a workbook: its name, its part, and its place among all sheets from 0."""

    name: str
    part: str
    place: int


class Book:
    """The workbook part and where it points."""

    def __init__(self, parts: Parts) -> None:
        """Raises FIL-003 where there is none."""
        self._parts = parts
        self.part = "xl/workbook.xml"
        if self.part not in parts:
            kind = "/officeDocument"
            found = [r.target for r in parts.relations("") if r.kind.endswith(kind)]
            self.part = found[0]
        written = parts.read(self.part)
        self._root, *self._below = elements(written, lambda path: len(path) <= 3)
        relations = {r.own: r for r in parts.relations(self.part)}
        self.relation_kinds = (
            STRICT if any(r.kind.startswith(STRICT) for r in relations.values()) else TRANSITIONAL
        )
        self._sheets = [e for e in self._below if e.path[1:] == ("sheets", "sheet")]
        self.worksheets: list[BookSheet] = []
        for at, sheet in enumerate(self._sheets):
            relation = relations.get(_relation(sheet))
            if relation is not None and relation.kind.endswith("/worksheet"):
                self.worksheets.append(BookSheet(sheet.attributes.get("name", ""), relation.target, at))
        self.styles = next((r.target for r in relations.values() if r.kind.endswith("/styles")), "")

    @property
    def active(self) -> int:
        """The place of the sheet the workbook opens with."""
        view = first(self._below, "bookViews", "workbookView")
        said = view.attributes.get("activeTab", "") if view is not None else ""
        return int(said) if said.isdecimal() else 0

    def unused_name(self, wanted: str) -> str:
        """A name for a sheet that none has yet, within what Excel takes."""
        taken = {sheet.attributes.get("name", "").casefold() for sheet in self._sheets}
        name, number = wanted[:_MAX_NAME], 2
        while name.casefold() in taken:
            tail = f" ({number})"
            name, number = wanted[: _MAX_NAME - len(tail)] + tail, number + 1
        return name

    def put_first(self, name: str, part: str, *, open_it: bool, repeated: tuple[int, int]) -> None:
        """Enter the worksheet ``part`` as the first one; ``repeated`` rows stand on every printed page.

        ``open_it`` makes it the one the workbook opens with; else the sheet that was stays that.
        """
        own = self._parts.relate(self.part, f"{self.relation_kinds}/worksheet", part)
        self._parts.declare(part, _WORKSHEET)
        patch = Patch(self._parts.read(self.part))
        used = [int(n) for e in self._sheets if (n := e.attributes.get("sheetId", "")).isdecimal()]
        prefix = self._root.prefix
        space = f'xmlns:r="{self.relation_kinds}"'
        patch.insert(
            self._holder("sheets").inside,
            f'<{prefix}sheet {space} name="{attribute(name)}"'
            f' sheetId="{max(used, default=0) + 1}" r:id="{own}"/>',
        )
        for view in (e for e in self._below if e.path[1:] == ("bookViews", "workbookView")):
            active = view.attributes.get("activeTab", "0")
            shifted = 0 if open_it else int(active or 0) + 1
            patch.set(view, {"activeTab": str(shifted), "firstSheet": None})
        if not open_it and first(self._below, "bookViews", "workbookView") is None:
            made = f'<{prefix}workbookView activeTab="{self.active + 1}"/>'
            patch.insert(self._holder("sheets").start, f"<{prefix}bookViews>{made}</{prefix}bookViews>")
        for defined in (e for e in self._below if e.path[1:] == ("definedNames", "definedName")):
            place = defined.attributes.get("localSheetId", "")
            if place.isdecimal():
                patch.set(defined, {"localSheetId": str(int(place) + 1)})
        self._repeat(patch, name, repeated)
        self._parts.write(self.part, patch.done())

    def _repeat(self, patch: Patch, name: str, rows: tuple[int, int]) -> None:
        prefix, quoted = self._root.prefix, name.replace("'", "''")
        said = words(f"'{quoted}'!${rows[0]}:${rows[1]}")
        tag = f"{prefix}definedName"
        defined = f'<{tag} name="_xlnm.Print_Titles" localSheetId="0">{said}</{tag}>'
        holder = first(self._below, "definedNames")
        if holder is None:
            before = [e for e in self._below if len(e.path) == 2 and e.path[1] in _BEFORE_NAMES]
            whole = f"<{prefix}definedNames>{defined}</{prefix}definedNames>"
            patch.insert(max(e.end for e in before), whole)
        elif holder.empty:
            patch.append(holder, defined)
        else:
            patch.insert(holder.inside, defined)

    def _holder(self, name: str) -> Element:
        found = first(self._below, name)
        if found is None:
            raise unread()
        return found


def _relation(element: Element) -> str:
    return next((value for name, value in element.attributes.items() if name.endswith(":id")), "")
