"""Workbooks of one look: what many units send is the same sheet with other figures and another name on it.

The XML of such worksheets differs in nothing but the numbers and texts of its cells. What lies between them
is the imprint; a worksheet with an imprint that is known need not be taken apart again: its cells are made
only if somebody looks at them one by one, and what depends on the common part alone is remembered with it
(``imprint_mapping``). Nothing here decides anything: with an imprint or without, all comes out the same.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec.structs import replace

from judapp.domain.cell_name import Position, column_number
from judapp.excel.grid import GENERAL, CellStyle, GridCell, GridSheet, cell_text
from judapp.excel.row_text import meant, rows_text

_EMPTY = re.compile(r'"(/>|></c>|><v>[0-9]{1,15}</v></c>)')
"""What may stand behind the tag of a cell without type: nothing, or a number (or which shared text)."""
_TEXT = re.compile(r">([^<]+)</")
_OPEN = re.compile(r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(\w+)")?')
_IN_CELL = re.compile(r'<t(?: xml:space="preserve")?\Z')
BARE, _DIGITS_FROM, _DIGITS_TO = 5, 4, -8
"""A rest of no more signs than ``></c>`` holds nothing; else digits between ``><v>`` and ``</v></c>``."""
_MOST_KNOWN, _MOST_MET = 64, 1024
_LONGEST = 300_000
"""Signs of a worksheet that is remembered; a commune's form has twenty thousand."""

NOTHING = GridCell(None)
Texts = Sequence[tuple[str, str]]
"""Shared texts, each with the legacy font of a run of it."""


class Cut(NamedTuple):
    """A worksheet part taken apart: what it has in common with others of its look, and the rest."""

    shell: bytes
    """All but the rows."""
    common: str
    rests: list[str]
    """What stands behind the tags of cells: nothing, or digits."""
    texts: list[str]
    """Texts within cells, formulas and their results, as they are spelt."""


def cut(content: bytes) -> Cut | None:
    """The part taken apart; None for an unusual spelling, or one too large to be remembered."""
    if len(content) > _LONGEST:
        return None
    found = rows_text(content)
    if found is None or "\0" in found[1]:
        return None
    pieces = _EMPTY.split(found[1])
    between = _TEXT.split("\0".join(pieces[::2]))
    return Cut(found[0], "\1".join(between[::2]), pieces[1::2], between[1::2])


class Slot(NamedTuple):
    """A place where worksheets of one look differ."""

    at: int
    """Which of the rests, or of the texts."""
    position: Position
    style: CellStyle


class Imprint:
    """What worksheets of one look have in common, learned from the first of them."""

    def __init__(self, sheet: GridSheet, numbers: list[Slot], shared: list[Slot], inline: list[Slot],
                 results: list[Slot], part: Cut) -> None:  # fmt: skip
        """``sheet`` is the worksheet as it was read, ``part`` the same taken apart."""
        self.sheet = GridSheet(sheet.name, {}, sheet.merges, sheet.hidden_rows, sheet.hidden_columns)
        self.numbers = {slot.position: slot for slot in numbers}
        """Cells that hold a number or nothing: which of the rests each is."""
        self.results = {slot.position: slot for slot in results}
        """Formulas whose stored value is a whole number: which of the texts each is."""
        self.size = len(numbers) + len(shared) + len(sheet.cells)
        """No fewer than the cells any sheet of this look has."""
        self._shared, self._inline = shared, inline
        self._rests = len(part.rests)
        self.legacy_numbers = any(slot.style.legacy_font for slot in numbers)
        """Whether a number may stand in a legacy font."""
        self.words = {p: c.content for p, c in sheet.cells.items() if isinstance(c.content, str)}
        """The texts of the first worksheet."""
        self.in_order = sorted((p, text) for p, text in self.words.items() if text.strip())
        filled = [p for p, cell in sheet.cells.items() if p not in self.words and cell.content is not None]
        filled += [slot.position for slot in shared if slot.position not in self.words]
        self.head_end = min((row for row, _ in filled), default=0)
        """The first row in which the first worksheet has a number."""
        self.head = {p: cell for p, cell in sheet.cells.items() if p[0] < self.head_end}
        """The cells above it in the first worksheet."""
        self.head_order = sorted(self.head)
        known = {s.at for s in (*numbers, *shared)}
        self._fixed = parts_at([at for at in range(len(part.rests)) if at not in known])
        self._fixed_rests = self._fixed(part.rests)
        self.head_numbers = parts_at([slot.at for slot in numbers if slot.position[0] < self.head_end])
        self.first_head_numbers = self.head_numbers(part.rests)
        self._shared_rests = parts_at([slot.at for slot in shared])
        self._first_shared = self._shared_rests(part.rests)
        known = {s.at for s in (*inline, *results)}
        self._fixed_in = parts_at([at for at in range(len(part.texts)) if at not in known])
        self._fixed_texts = self._fixed_in(part.texts)
        self._inline_texts = parts_at([slot.at for slot in inline])
        self._first_inline = self._inline_texts(part.texts)
        self._whole = parts_at([slot.at for slot in results])
        self.tried = 0
        self.lessons: dict[int, Any] = {}
        """What was learned of worksheets of this look, by the identity of a plan (``imprint_mapping``)."""
        self.topics: frozenset[Position] | None = None
        """Texts of the first worksheet that say something of the sheet as a whole (``recognise``)."""
        self.plain_letters: bool | None = None
        """Whether the first worksheet was Unicode throughout; None while nobody looked (``letters``)."""

    def others(self, part: Cut, texts: Texts) -> dict[Position, str] | None:
        """The texts in which a worksheet differs from the first; None where it is not of this look.

        Its blank texts are those of the first one.
        """
        if len(part.rests) != self._rests:  # a text with tags' signs in it was cut as well
            return None
        if self._fixed(part.rests) != self._fixed_rests or self._fixed_in(part.texts) != self._fixed_texts:
            return None
        if not all(map(_is_whole, self._whole(part.texts))):
            return None
        try:
            found = dict(self._inline_others(part))
            found.update(self._shared_others(part, texts))
        except (ValueError, IndexError, OverflowError):
            return None  # whatever is wrong with it, reading it whole says
        blank = any(not text.strip() or not self.words[at].strip() for at, text in found.items())
        return None if blank else found

    def _inline_others(self, part: Cut) -> Iterator[tuple[Position, str]]:
        own = self._inline_texts(part.texts)
        if own == self._first_inline:
            return
        for slot, first, said in zip(self._inline, self._first_inline, own, strict=True):
            if said != first:
                text = _kept(meant(said), slot)
                if text != self.words[slot.position]:
                    yield slot.position, text

    def _shared_others(self, part: Cut, texts: Texts) -> Iterator[tuple[Position, str]]:
        for slot, first, rest in zip(
            self._shared, self._first_shared, self._shared_rests(part.rests), strict=True
        ):
            if len(rest) <= BARE or len(first) <= BARE:
                if len(rest) <= BARE and len(first) <= BARE:
                    continue
                raise ValueError(rest)
            said, font = texts[number_of_rest(rest)]
            if font:
                raise ValueError(font)
            text = _kept(said, slot)
            if text != self.words[slot.position]:
                yield slot.position, text


def number_of_rest(rest: str) -> int:
    """The number behind the tag of a cell that holds one."""
    return int(rest[_DIGITS_FROM:_DIGITS_TO])


def _kept(text: str, slot: Slot) -> str:
    if "_x" in text:  # an escaped sign, perhaps
        raise ValueError(text)
    return cell_text(text, slot.style)


def _is_whole(text: str) -> bool:
    return len(text) <= 15 and text.isascii() and text.isdigit()


def parts_at(places: list[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What gives the parts at ``places`` as a tuple, however many they are."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda parts: tuple([parts[at] for at in places])


class Printed:
    """One worksheet as what is its own besides its imprint."""

    def __init__(self, imprint: Imprint, part: Cut, others: dict[Position, str]) -> None:
        """``others`` are the texts in which it differs from the first worksheet of its look."""
        self.imprint, self.others = imprint, others
        self.rests, self.texts = part.rests, part.texts
        same = imprint.head_numbers(part.rests) == imprint.first_head_numbers
        self.head_end = imprint.head_end if same else 0
        """The row above which it has what its look has, but for the texts that are its own."""

    def cell_at(self, position: Position, sheet: GridSheet) -> GridCell:
        """The cell at a place of ``sheet``, its cells left unmade where that is in the head of its look."""
        if position[0] >= self.head_end:
            return sheet.at(*position)
        cell = self.imprint.head.get(position, NOTHING)
        text = self.others.get(position)
        return cell if text is None else replace(cell, content=text)

    def word_at(self, position: Position) -> str:
        """The text of a cell, "" where there is none."""
        return self.others.get(position) or self.imprint.words.get(position, "")


def printed_of(sheet: GridSheet) -> Printed | None:
    """What is its own of a worksheet with a known imprint; None for any other."""
    found: Printed | None = sheet.__dict__.get("printed")
    return found


def put(sheet: GridSheet, printed: Printed) -> GridSheet:
    """Note at ``sheet`` what it is besides its imprint."""
    sheet.__dict__["printed"] = printed
    return sheet


class _Cells(dict[Position, GridCell]):
    """Cells that were made late."""


class LateCells(_Cells):
    """The cells of a worksheet, made when somebody looks at one."""

    def __init__(self, make: Callable[[], Mapping[Position, GridCell]]) -> None:
        """``make`` reads the worksheet whole; a worksheet of a known look is sound, so it does not fail."""
        super().__init__()
        self._make = make

    def _come(self) -> None:
        self.__class__ = _Cells  # type: ignore[assignment]  # from now on a dict as any other
        self.update(self._make())
        del self._make

    def __getitem__(self, position: Position) -> GridCell:
        self._come()
        return self[position]

    def get(self, position: Position, default: Any = None, /) -> Any:
        self._come()
        return self.get(position, default)

    def __contains__(self, position: object) -> bool:
        self._come()
        return position in self

    def __iter__(self) -> Iterator[Position]:
        self._come()
        return iter(self)

    def __len__(self) -> int:
        self._come()
        return len(self)

    def __bool__(self) -> bool:
        return True  # it has labels at least: an empty worksheet has no imprint

    def __eq__(self, other: object) -> bool:
        self._come()
        if isinstance(other, LateCells):
            other._come()
        return self == other

    __hash__ = None  # type: ignore[assignment]  # a dict has none

    def keys(self) -> KeysView[Position]:  # type: ignore[override]  # a dict's own
        self._come()
        return self.keys()

    def values(self) -> ValuesView[GridCell]:  # type: ignore[override]  # a dict's own
        self._come()
        return self.values()

    def items(self) -> ItemsView[Position, GridCell]:  # type: ignore[override]  # a dict's own
        self._come()
        return self.items()


class Imprints:
    """The looks met so far: one that comes again is learned."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[object, Imprint | None]] = OrderedDict()
        self._met: OrderedDict[int, None] = OrderedDict()

    def known(self, key: Hashable, styles: object) -> Imprint | None:
        """The imprint under ``key`` of a workbook with these very styles."""
        found = self._known.get(key)
        if found is None or found[0] is not styles:
            return None
        self._known.move_to_end(key)
        return found[1]

    def comes_again(self, key: Hashable, styles: object) -> bool:
        """Whether a worksheet with ``key`` was met before and nothing is known of it."""
        found = self._known.get(key)
        if found is not None and found[0] is styles:
            return False
        sign = hash(key)
        if sign in self._met:
            return True
        self._met[sign] = None
        if len(self._met) > _MOST_MET:
            self._met.popitem(last=False)
        return False

    def keep(self, key: Hashable, styles: object, imprint: Imprint | None) -> None:
        """Remember an imprint, or that there is none to be had."""
        self._known[key] = styles, imprint
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)


def learned(sheet: GridSheet, part: Cut, styles: Mapping[str, CellStyle]) -> Imprint | None:
    """The imprint of a worksheet that was read whole; None where it holds what cannot be told apart."""
    numbers: list[Slot] = []
    shared: list[Slot] = []
    inline: list[Slot] = []
    results: list[Slot] = []
    rest = text = 0
    last: re.Match[str] | None = None
    before, opened = "", list[re.Match[str]]()
    # The common part again, now piece by piece: \0 stands for a rest, \1 for a text.
    for piece in re.split("([\0\1])", part.common):
        if piece not in ("\0", "\1"):
            before = piece
            opened = list(_OPEN.finditer(piece))
            continue
        if piece == "\0":
            end = f'{before}"'
            at = end.rfind("<c ")
            found = _OPEN.fullmatch(end, at) if at >= 0 else None
            if found is not None:
                last = found
                slot = _slot(rest, found, styles)
                cell = sheet.cells.get(slot.position)
                if (
                    (found[4] or "n") == "n"
                    and not slot.style.date
                    and (cell is None or cell.formula is None)
                ):
                    numbers.append(slot)
                elif found[4] == "s" and (cell is None or isinstance(cell.content, str)):
                    shared.append(slot)
            rest += 1
            continue
        if opened:
            last = opened[-1]
        if last is not None:
            slot = _slot(text, last, styles)
            cell = sheet.cells.get(slot.position)
            kind = last[4] or "n"
            is_result = before == "f><v"
            if cell is not None and is_result and kind == "n" and type(cell.content) is int and cell.formula:
                if not slot.style.date and _is_whole(part.texts[text]):
                    results.append(slot)
            elif (
                cell is not None
                and _IN_CELL.search(before)
                and kind == "inlineStr"
                and isinstance(cell.content, str)
            ):
                inline.append(slot)
        text += 1
    if rest != len(part.rests) or text != len(part.texts) or not sheet.cells:
        return None
    if any(cell.comment for cell in sheet.cells.values()):
        return None
    return Imprint(sheet, numbers, shared, inline, results, part)


def _slot(at: int, found: re.Match[str], styles: Mapping[str, CellStyle]) -> Slot:
    position = int(found[2]), column_number(found[1])
    return Slot(at, position, styles.get(found[3] or "0", GENERAL))
