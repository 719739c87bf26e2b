"""Moving sheets to another version, looked at before it is done: what becomes of every column and row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from judapp.app.learn_choices import ROW_KINDS
from judapp.app.versions import MovePlan, plan_move
from judapp.app.workspace import Workspace
from judapp.domain.catalogue import Form
from judapp.domain.comparing_forms import columns_of, rows_of
from judapp.domain.counterparts import pattern_of
from judapp.domain.form_comparison import Part
from judapp.domain.moving import CellMapping, Place, mapping_faults
from judapp.domain.resolve import NOTES_TABLE
from judapp.domain.shape import CellKey
from judapp.messages import bilingual
from judapp.text import Bilingual

What = Literal["columns", "rows"]

_SHOWN = 6
"""Sheets that cannot be moved, and parts left out, told one by one; the others are counted."""


class Target(Struct, frozen=True):
    """A column or row of the newer version."""

    place: Place
    words: Bilingual


class MoveLine(Struct, frozen=True):
    """What becomes of a column or row of the older version."""

    what: What
    place: Place
    words: Bilingual
    above: str
    """Labels above it, outermost first."""
    target: Place | None
    """Where its figures go; None leaves them out."""
    proposed: Place | None
    choices: tuple[Target, ...]
    """Where they can go: the same unit of measure or one that converts, a repeated row to a repeated one."""
    cells: int
    """Cells of the sheets that hold something in it."""

    @property
    def going(self) -> Bilingual:
        """The column or row it goes to, in words; “bỏ” where it is left out."""
        found = next((choice.words for choice in self.choices if choice.place == self.target), None)
        return found or bilingual("FMP-move-out")


class MoveOutlook(Struct, frozen=True):
    """What moving sheets to a newer version would do."""

    old: int
    new: int
    sheets: int
    """Sheets that can be moved."""
    sentences: tuple[Bilingual, ...]
    refused: tuple[Bilingual, ...]
    """Why sheets cannot be moved; one of them stops the whole act."""
    lines: tuple[MoveLine, ...] = ()
    faults: tuple[Bilingual, ...] = ()
    """What is wrong with where parts go; nothing can be moved before."""

    @property
    def mapping(self) -> CellMapping:
        """Where everything goes, as the lines say it."""
        return CellMapping(*(self._going(what) for what in ("columns", "rows")))

    def _going(self, what: str) -> dict[Place, Place]:
        return {
            line.place: line.target for line in self.lines if line.what == what and line.target is not None
        }

    def sent(self, at: int, target: Place | None) -> CellMapping:
        """The mapping with another target for the line ``at``."""
        line = self.lines[at]
        mapping = self.mapping
        pairs = dict(mapping.columns if line.what == "columns" else mapping.rows)
        pairs.pop(line.place, None)
        if target is not None:
            pairs[line.place] = target
        return CellMapping(pairs, mapping.rows) if line.what == "columns" else CellMapping(
            mapping.columns, pairs
        )  # fmt: skip


def move_outlook(workspace: Workspace, old: int, new: int, mapping: CellMapping | None = None) -> MoveOutlook:
    """What :func:`judapp.app.versions.move_sheets` would do with a mapping, else with the proposed one.

    Raises FVR-006 (versions of two forms), FVR-007 (no such sheet).
    """
    plan = plan_move(workspace, old, new)
    proposed, wanted = plan.mapping, plan.mapping if mapping is None else mapping
    before, after = workspace.version(old).form, workspace.version(new).form
    filled = _filled(plan)
    lines = tuple(_lines(before, after, wanted, proposed, filled))
    faults = tuple(_twice(lines))
    if not faults and wanted != proposed:
        plan = plan_move(workspace, old, new, wanted)
    going = [move for move in plan.moves if move.refused is None]
    told: list[Bilingual] = []
    if not faults:
        placed = sum(len(move.content.figures) for move in going)
        told.append(bilingual("FMP-move-sheets", n=len(going), cells=placed))
        told += _left(plan, lines)
    refused = [move.refused for move in plan.moves if move.refused is not None]
    shown = refused[:_SHOWN]
    if len(refused) > _SHOWN:
        shown.append(bilingual("FMP-move-refused-more", n=len(refused) - _SHOWN))
    return MoveOutlook(old, new, len(going), tuple(told), tuple(shown), lines, faults)


def _filled(plan: MovePlan) -> Counter[tuple[What, Place]]:
    """How many cells of the sheets hold something, by column and by row of the older version."""
    counted: Counter[tuple[What, Place]] = Counter()
    for move in plan.moves:
        if move.refused is not None:
            continue
        for table, row, column in _cells(move.content.sources, move.content.left):
            counted["columns", (table, column)] += 1
            counted["rows", (table, pattern_of(row)[0])] += 1
    return counted


def _cells(sources: Mapping[CellKey, CellKey], left: Iterable[CellKey]) -> Iterator[CellKey]:
    return (key for key in (*sources.values(), *left) if key[0] != NOTES_TABLE)


def _lines(
    before: Form,
    after: Form,
    mapping: CellMapping,
    proposed: CellMapping,
    filled: Mapping[tuple[What, Place], int],
) -> Iterator[MoveLine]:
    what: What
    for what, ours, theirs, pairs, offered in (
        ("columns", columns_of(before), columns_of(after), mapping.columns, proposed.columns),
        ("rows", rows_of(before), rows_of(after), mapping.rows, proposed.rows),
    ):
        twice = [_repeated(theirs), _repeated(ours)]
        named = [
            (other, Target((other.table, other.name), _words(what, other, twice[0]))) for other in theirs
        ]
        for part in ours:
            place = part.table, part.name
            choices = tuple(target for other, target in named if _fits(what, part, other, before, after))
            yield MoveLine(
                what,
                place,
                _words(what, part, twice[1]),
                " › ".join(filter(None, part.path[:-1])),
                pairs.get(place),
                offered.get(place),
                choices,
                filled.get((what, place), 0),
            )


def _fits(what: What, part: Part, other: Part, before: Form, after: Form) -> bool:
    pair = {(part.table, part.name): (other.table, other.name)}
    alone = CellMapping(pair, {}) if what == "columns" else CellMapping({}, pair)
    if what == "columns" and (part.kind, part.unit) == (other.kind, other.unit):
        return True
    return not any(mapping_faults(alone, before, after))


def _repeated(parts: Sequence[Part]) -> frozenset[str]:
    """Labels that several parts bear, so that what stands above has to be said too."""
    return frozenset(label for label, n in Counter(part.label for part in parts).items() if n > 1)


def _words(what: What, part: Part, repeated: frozenset[str]) -> Bilingual:
    label = part.label
    if label in repeated and label and len(part.path) > 1 and part.path[-2]:
        label = f"{label} – {part.path[-2]}"
    if what == "columns":
        if not part.code:
            return Bilingual(label, label)
        return Bilingual(f"({part.code}) {label}", f"({part.code}) {label}")
    if not label:
        return bilingual(ROW_KINDS[part.kind])  # type: ignore[index]  # the kind of a row
    words = f"{part.code}. {label}" if part.code else label
    return Bilingual(words, words)


def _twice(lines: Sequence[MoveLine]) -> Iterator[Bilingual]:
    """Columns or rows of the newer version that several of the older would go to."""
    going: dict[tuple[What, Place], list[MoveLine]] = {}
    for line in lines:
        if line.target is not None:
            going.setdefault((line.what, line.target), []).append(line)
    for (what, _), several in going.items():
        if len(several) > 1:
            code = "FMP-move-twice-columns" if what == "columns" else "FMP-move-twice-rows"
            names = [line.words for line in several]
            yield bilingual(code, old=_joined(names), new=several[0].going)


def _left(plan: MovePlan, lines: Sequence[MoveLine]) -> Iterator[Bilingual]:
    """What is left out, each column and row with the cells that hold something in it."""
    if plan.left:
        yield bilingual("FMP-move-left", n=plan.left)
    out = [line for line in lines if line.target is None and line.cells]
    if out:
        named = [bilingual("FMP-move-part", words=line.words, n=line.cells) for line in out[:_SHOWN]]
        if len(out) > _SHOWN:
            named.append(bilingual("FMP-move-parts-more", n=len(out) - _SHOWN))
        yield bilingual("FMP-move-parts", parts=_joined(named))
    rows = sum(len(move.rows_left) for move in plan.moves if move.refused is None)
    if rows:
        yield bilingual("FMP-move-rows-left", n=rows)


def _joined(words: Sequence[Bilingual]) -> Bilingual:
    return Bilingual(*("; ".join(one.in_language(lang) for one in words) for lang in ("vi", "en")))
