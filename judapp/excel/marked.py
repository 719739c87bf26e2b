"""A sender's workbook with its faults marked: colour and comment in the cells, a list on a first sheet.

What is changed: the marked worksheets, their comments and the drawing and relations of these, the styles, the
workbook part and the content types. Every other part is handed on byte for byte. Other formats, and workbooks
whose macros cannot be taken out, become an .xlsx of the same contents.

Macros are left out: a department does not send on, under its name, a program somebody sent it, and mail
servers stop such files. A signature over the package would be void, so it is left out and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from judapp.domain.cell_name import Position, address
from judapp.errors import JudappError
from judapp.excel.faults import unread
from judapp.excel.grid import Content, GridCell, GridSheet
from judapp.excel.macros import without_macros
from judapp.excel.marked_book import Book, BookSheet
from judapp.excel.marked_comments import Comments, boxes
from judapp.excel.marked_list import STRICT_MAIN, Mark, Told, gravest, in_comment, is_list, list_part
from judapp.excel.marked_package import STRICT, Parts
from judapp.excel.marked_sheet import SheetLook, chosen, dressed, look_at, place
from judapp.excel.marked_styles import EMPTY, Looks
from judapp.excel.output import put_in_place
from judapp.excel.reader import ZIP, guarded, read_workbook
from judapp.excel.sheet_part import MAIN
from judapp.excel.turned import turned

__all__ = ["Mark", "MarkedBytes", "Told", "marked_workbook", "write_marked"]

_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SIGNATURES = "_xmlsignatures/"
_REVISIONS = ("/revisionHeaders", "/usernames")


class MarkedBytes(NamedTuple):
    """A marked workbook, and what the worksheets of the one it was made of are called in it."""

    content: bytes
    names: Mapping[str, str]
    turned: bool
    """Whether it was made anew: then values are kept, formulas are not."""


def write_marked(
    path: Path, target: Path, marks: Sequence[Mark], told: Told, titles: Sequence[str] = ()
) -> None:
    """Write the workbook at ``path`` with ``marks`` as ``target``, once it reads as the original does.

    A workbook that is read and yet too damaged to be marked as it is becomes an .xlsx of the same values, and
    that is said. As :func:`marked_workbook`; raises EXP-001 for a cell that reads otherwise even then,
    EXP-002 where ``target`` cannot be written.
    """
    grids = read_workbook(path)

    def write(*, whole: bool) -> None:
        made = marked_workbook(path, marks, told, titles, grids, whole=whole)
        put_in_place(target, made.content, lambda beside: _prove(beside, made, grids, titles))

    try:
        write(whole=True)
    except JudappError as error:
        if error.code not in ("FIL-003", "EXP-001"):
            raise
        write(whole=False)


def marked_workbook(
    path: Path,
    marks: Sequence[Mark],
    told: Told,
    titles: Sequence[str] = (),
    grids: Sequence[GridSheet] | None = None,
    *,
    whole: bool = True,
) -> MarkedBytes:
    """The workbook at ``path`` as .xlsx, with ``marks`` and the list of them.

    ``titles`` are the titles lists of ours may have: one that stands in the workbook is written anew instead
    of a second one. Marks name worksheets as the reader does; ``grids`` is what it read. With ``whole=False``
    only what was read is kept of an .xlsx, too. Raises FIL-001 … FIL-006 as the reader does.
    """
    grids = read_workbook(path) if grids is None else grids
    former = next((grid.name for grid in grids if is_list(grid, titles)), None)
    content = guarded(path, lambda _, file: file.read_bytes())
    notices: list[str] = []
    names = {grid.name: grid.name for grid in grids}
    is_xml = guarded(path, lambda *_: _is_xml(content))
    plain = guarded(path, lambda *_: without_macros(content)) if is_xml and whole else None
    values_alone = plain is None
    if plain is None:
        plain, names = guarded(path, lambda *_: turned(path, content, grids, looked_at=whole))
        notices.append(told.turned if whole else told.damaged)
        marks = [structs.replace(mark, sheet=names.get(mark.sheet, mark.sheet)) for mark in marks]
        former = None if former is None else names[former]
    elif plain is not content:
        notices.append(told.macros)
    made = guarded(path, lambda *_: _Marking(plain, told, former, notices).done(marks))
    return MarkedBytes(made, names, values_alone)


def _prove(path: Path, made: MarkedBytes, grids: Sequence[GridSheet], titles: Sequence[str]) -> None:
    """Everything but the list reads as it did. Raises EXP-001 with the first difference."""
    found = {grid.name: grid for grid in read_workbook(path)}
    for grid in grids:
        if is_list(grid, titles):
            continue
        copy = found.get(made.names[grid.name], _MISSING)
        for at in {**grid.cells, **copy.cells}:
            before, after = grid.at(*at), copy.at(*at)
            same = _held(before) == _held(after)
            if not same or (before.formula != after.formula and not made.turned):
                raise JudappError(
                    "EXP-001", path=path.name, sheet=grid.name, cell=address(at),
                    meant=str(before.content), found=str(after.content),
                )  # fmt: skip


_MISSING = GridSheet("", {})


def _held(cell: GridCell) -> Content:
    return None if cell.content == "" else cell.content


def _is_xml(content: bytes) -> bool:
    """Whether a workbook is an .xlsx or .xlsm, not an .xlsb or .ods."""
    if not content.startswith(ZIP):
        return False
    parts = Parts(content)
    return "xl/workbook.bin" not in parts and "content.xml" not in parts and "[Content_Types].xml" in parts


class _Marking:
    def __init__(self, content: bytes, told: Told, former: str | None, notices: list[str]) -> None:
        self.told, self.former, self.notices = told, former, notices
        self.parts = Parts(content)
        self._unsign()
        self.book = Book(self.parts)
        self.parts.declare_plain(self.book.part)
        self._unshare()
        if not self.book.styles:
            self._make_styles()
        self.looks = Looks(self.parts.read(self.book.styles))

    def done(self, marks: Sequence[Mark]) -> bytes:
        by_sheet: dict[str, list[Mark]] = {}
        for mark in marks:
            if mark.sheet and place(mark.cell) is not None:
                by_sheet.setdefault(mark.sheet, []).append(mark)
        known = {sheet.name: sheet for sheet in self.book.worksheets}
        if by_sheet.keys() - known.keys():
            raise unread()
        former = None if self.former is None else known.get(self.former)
        marked = {known[name].part: of_sheet for name, of_sheet in by_sheet.items()}
        open_it = former is None and self._can_open(marked)
        for part, of_sheet in marked.items():
            self._mark_sheet(part, of_sheet, unchoose=open_it)
        self._list(marks, former, open_it=open_it)
        self.parts.write(self.book.styles, self.looks.done())
        return self.parts.packed()

    @property
    def _space(self) -> str:
        return STRICT_MAIN if self.book.relation_kinds == STRICT else MAIN

    def _unsign(self) -> None:
        """A signature says of every part that it is as it was signed."""
        signed = [name for name in self.parts.names if name.lower().startswith(_SIGNATURES)]
        if signed:
            self.parts.unrelate("", lambda relation: relation.target.lower().startswith(_SIGNATURES))
            self._drop(signed)
            self.notices.append(self.told.signature)

    def _unshare(self) -> None:
        """The log of a shared workbook lists its sheets; with one more it would not fit."""
        kept = self.parts.unrelate(self.book.part, lambda relation: relation.kind.endswith(_REVISIONS))
        if kept:
            folders = tuple({relation.target.rpartition("/")[0].lower() + "/" for relation in kept})
            self._drop([name for name in self.parts.names if name.lower().startswith(folders)])
            self.notices.append(self.told.shared)

    def _drop(self, names: Sequence[str]) -> None:
        for name in names:
            self.parts.remove(name)
        gone = {name.lower() for name in names}
        self.parts.undeclare(lambda name: name.lower() in gone)

    def _make_styles(self) -> None:
        self.book.styles = self.parts.unused("xl/styles{}.xml")
        self.parts.write(self.book.styles, EMPTY)
        self.parts.relate(self.book.part, f"{self.book.relation_kinds}/styles", self.book.styles)
        self.parts.declare(self.book.styles, _STYLES)

    def _can_open(self, marked: Mapping[str, object]) -> bool:
        """Whether the list may be what the workbook opens with.

        Two chosen tabs are typed into at once: that a sheet is chosen must be taken away from it, which may
        be done in a marked one only.
        """
        others = (sheet for sheet in self.book.worksheets if sheet.part not in marked)
        return not any(chosen(self.parts.read(sheet.part)) for sheet in others)

    def _mark_sheet(self, part: str, marks: Sequence[Mark], *, unchoose: bool) -> None:
        look = look_at(self.parts.read(part))
        by_cell = _by_cell(marks, look)
        tints = {at: gravest(own) for at, own in by_cell.items()}
        relations = {relation.own: relation for relation in self.parts.relations(part)}
        comments = next((r.target for r in relations.values() if r.kind.endswith("/comments")), "")
        known = Comments(self.parts.read(comments) if comments in self.parts else None)
        texts = {at: in_comment(own, self.told) for at, own in by_cell.items() if known.takes(at)}
        drawing = None
        if texts:
            fresh = {at: text for at, text in texts.items() if not known.has(at)}
            if fresh:
                drawing = self._draw(part, look.drawing, fresh)
            written = known.with_ours(texts, self.told.author, self._space)
            if comments not in self.parts:
                comments = self._attach(part, "xl/comments{}.xml", "comments")
                self.parts.declare(comments, _COMMENTS)
            self.parts.write(comments, written)
        space = (self.book.relation_kinds, drawing) if drawing is not None else None
        self.parts.write(part, dressed(look, tints, self.looks.dress, unchoose=unchoose, drawing=space))

    def _draw(self, part: str, relation: str | None, texts: Mapping[Position, str]) -> str | None:
        """Draw the boxes of new comments; the relation of the drawing where the sheet had none."""
        there = {r.own: r.target for r in self.parts.relations(part)}
        known = there.get(relation or "", "")
        if known in self.parts:
            self.parts.write(known, boxes(self.parts.read(known), texts))
            return None
        made = self.parts.unused("xl/drawings/vmlDrawing{}.vml")
        self.parts.write(made, boxes(None, texts))
        self.parts.declare_suffix("vml", _VML)
        return self.parts.relate(part, f"{self.book.relation_kinds}/vmlDrawing", made)

    def _attach(self, part: str, pattern: str, kind: str) -> str:
        made = self.parts.unused(pattern)
        self.parts.write(made, b"")
        self.parts.relate(part, f"{self.book.relation_kinds}/{kind}", made)
        return made

    def _list(self, marks: Sequence[Mark], former: BookSheet | None, *, open_it: bool) -> None:
        looks = self.looks.list_looks()
        made, rows = list_part(self.told, self.notices, marks, looks, self._space)
        if former is not None:
            self.parts.write(former.part, made)
            return
        part = self.parts.unused("xl/worksheets/sheet{}.xml")
        self.parts.write(part, made)
        name = self.book.unused_name(self.told.name)
        self.book.put_first(name, part, open_it=open_it, repeated=rows)


def _by_cell(marks: Sequence[Mark], look: SheetLook) -> dict[Position, list[Mark]]:
    placed = [(position, mark) for mark in marks if (position := place(mark.cell)) is not None]
    seen = look.seen_at({position for position, _ in placed})
    found: dict[Position, list[Mark]] = {}
    for position, mark in placed:
        found.setdefault(seen[position], []).append(mark)
    return found
