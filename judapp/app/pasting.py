"""Where copied cells land in a form: what is written, passed over, unreadable, or has to be asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from judapp.app.grid_view import CellView, TableView
from judapp.app.pasting_block import MOST_CELLS, Block, Piece
from judapp.app.pasting_offers import Offers, offers_of
from judapp.domain.entry import Layer, Numbers, is_nothing, two_readings, typed
from judapp.domain.figure import EMPTY, Figure, State
from judapp.domain.period import Period
from judapp.domain.shape import CellKey, Spot
from judapp.errors import JudappError

_TAKING = ("open", "words", "reported")
"""Kinds of cells a paste writes into; a total is left to the program even where it could be typed."""
_TWO_READINGS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})[.,](\d{3})(?![\d.,])")

Outcome = Literal["write", "unreadable", "refused", "skipped", "outside"]
Rows = Sequence[Sequence[Piece]]


class Area(Struct, frozen=True):
    """A rectangle of grid cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def high(self) -> int:
        """Its rows."""
        return self.bottom - self.top + 1

    @property
    def wide(self) -> int:
        """Its columns."""
        return self.right - self.left + 1

    @property
    def size(self) -> int:
        """Its cells."""
        return self.high * self.wide

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Options(Struct, frozen=True):
    """What a person chose for one paste; nothing of it happens by itself."""

    hidden: bool = False
    """Paste also the rows and columns that were hidden."""
    transposed: bool = False
    without_total: bool = False
    without_heads: bool = False
    """Leave out labels and column numbers that were copied along."""
    by_labels: bool = False
    """Put every row where its label stands in the form, and every column where its number does."""
    numbers: Numbers = "ask"
    layer: Layer = "printed"
    as_shown: bool = False
    """Take the rounded number where a column does not hold the exact one."""


class Placed(Struct, frozen=True):
    """One copied cell at its place in the grid, which may lie beyond the form (``outside``)."""

    row: int
    column: int
    outcome: Outcome
    text: str
    figure: Figure | None = None
    """What becomes of it; None where nothing is written."""
    why: str = ""
    """Code of the sentence that says what is wrong, "" where nothing is."""
    shown: str = ""
    """What the cell showed where it was copied, if that is not what is pasted."""
    ambiguous: bool = False


class Landing(Struct, frozen=True):
    """Where pasted cells land."""

    rows: int
    columns: int
    texts: dict[CellKey, str]
    """What is written, unreadable text included: it is kept as it stands, and marked."""
    skipped: int
    """Cells with words that meet a total, a cell of another level, or a place without a cell."""
    outside: int
    """Cells with words beyond the form's last row or column, or of a row the form does not have."""
    placed: tuple[Placed, ...] = ()
    offers: Offers = Offers()
    unreadable: int = 0
    refused: int = 0
    """Cells nothing is written of, because it cannot stand there at all."""
    ambiguous: int = 0
    """Cells with two honest readings, "1.234" in a column with decimals; none of them is written yet."""
    rounded: int = 0
    """Cells whose exact number has more decimals than the column, while the shown one would fit."""
    doubtful: int = 0
    """Cells that show another number than the one behind them, by more than rounding."""

    @property
    def fits(self) -> bool:
        """Whether everything that was copied finds its place, can be read, and leaves nothing to ask."""
        faults = self.skipped + self.outside + self.unreadable + self.refused
        return not (faults or self.ambiguous or self.rounded or self.doubtful or self.offers.any)

    @property
    def written(self) -> int:
        """Cells that are written and can be read."""
        return len(self.texts) - self.unreadable

    @property
    def named(self) -> int:
        """The number of cells the act is named with, before and after: those that can be read, if any can."""
        return self.written or len(self.texts)


class Pasting(Struct, frozen=True):
    """A paste that was asked for: what was copied, and the selection it is meant for."""

    block: Block
    onto: tuple[Area, ...]
    """At least one rectangle; several lie apart from each other."""
    layer: Layer = "printed"


def pasting(block: Block, onto: tuple[Area, ...], layer: Layer) -> Pasting:
    """The paste of ``block`` onto a selection.

    Raises PST-004 where a block is meant for rectangles apart from each other: into which of their cells
    nobody knows, and what lies between them was not meant. One cell alone is pasted into each of theirs.
    """
    if len(onto) > 1 and not block.single:
        raise JudappError("PST-004", rows=len(block.rows), columns=len(block.rows[0]))
    return Pasting(block, onto, layer)


def land(
    table: TableView,
    block: Block,
    onto: Sequence[Area],
    spots: Mapping[CellKey, Spot],
    period: Period,
    options: Options = Options(),  # noqa: B008  # frozen
) -> Landing:
    """Where ``block`` lands on the selection ``onto``: from its top left.

    One cell alone fills the selection, and a block repeats over a selection that is a multiple of it, as in
    Excel. Empty copied cells empty the figure they meet, those under a merged cell do nothing. ``table`` is
    the one of the printed figures in every layer.
    """
    reader = _Reader(table, spots, period, options)
    landings = [_put(reader, block, area) for area in onto]
    return reader.landing(*landings[0])


def _put(reader: _Reader, block: Block, onto: Area) -> tuple[int, int, Offers]:
    """Put ``block`` into one rectangle: how many rows and columns it takes, and what may be chosen."""
    options = reader.options
    rows: Rows = block.seen(hidden=options.hidden)
    if options.transposed:
        rows = tuple(zip(*rows, strict=True))
    offers = offers_of(rows, reader.table, onto.top)
    heads = offers.heads if options.without_heads or options.by_labels else 0
    stub = offers.stub if options.without_heads or options.by_labels else 0
    lines, columns = list(range(heads, len(rows))), list(range(stub, len(rows[0])))
    if options.without_total and offers.total >= 0 and offers.total in lines:
        lines.remove(offers.total)
    by_labels = options.by_labels and (offers.lines or offers.columns)
    down: list[list[int | None]]
    if by_labels:
        down = [[offers.lines[at] if offers.lines else onto.top + n for n, at in enumerate(lines)]]
        across = [[offers.columns[at] if offers.columns else onto.left + n for n, at in enumerate(columns)]]
    else:
        high, wide = _repeated(len(lines), len(columns), onto)
        down = [[onto.top + turn * len(lines) + n for n in range(len(lines))] for turn in range(high)]
        across = [[onto.left + turn * len(columns) + n for n in range(len(columns))] for turn in range(wide)]
    for row_places in down:
        for column_places in across:
            for at, row in zip(lines, row_places, strict=True):
                for of, column in zip(columns, column_places, strict=True):
                    reader.put(rows[at][of], row, column)
    return len(lines) * len(down), len(columns) * len(across), offers


def _repeated(high: int, wide: int, onto: Area) -> tuple[int, int]:
    """How often a block stands below and beside itself on a selection."""
    down, across = onto.high, onto.wide
    if not (high and wide) or (down % high and down > 1) or (across % wide and across > 1):
        return 1, 1
    times = max(1, down // high), max(1, across // wide)
    return times if times[0] * times[1] * high * wide <= MOST_CELLS else (1, 1)


class _Reader:
    """Puts copied cells into places and reads what becomes of them."""

    def __init__(
        self, table: TableView, spots: Mapping[CellKey, Spot], period: Period, options: Options
    ) -> None:
        self.table = table
        self.spots = spots
        self.period = period
        self.options = options
        self.texts: dict[CellKey, str] = {}
        self.placed: list[Placed] = []
        self.rounded = self.doubtful = 0

    def put(self, piece: Piece, row: int | None, column: int | None) -> None:
        """Put one piece at its place; None is a row or column the form does not have."""
        if piece.covered:
            return
        words = not is_nothing(piece.text)
        if row is None or column is None or row >= len(self.table.rows) or column >= len(self.table.columns):
            if words:
                at = (
                    (len(self.table.rows) if row is None else row),
                    (len(self.table.columns) if column is None else column),
                )
                self.placed.append(Placed(*at, "outside", piece.shown or piece.text))
            return
        cell = self.table.cell(row, column)
        if not cell.enterable or cell.kind not in _TAKING:
            if words:
                self.placed.append(Placed(row, column, "skipped", piece.shown or piece.text))
            return
        key = self.table.key_at(row, column)
        spot = self.spots[key]
        if spot.kind == "text" and self.options.layer == "estimated":
            if words:
                self.placed.append(Placed(row, column, "skipped", piece.text))
        elif words or self._holds(cell):
            former = self._figure(cell.typed, spot) if self.options.layer == "estimated" else None
            self._read(piece, row, column, key, spot, former or EMPTY)

    def _holds(self, cell: CellView) -> bool:
        """Whether there is anything to empty, in the layer that is pasted into."""
        return bool(cell.estimate) if self.options.layer == "estimated" else cell.state != "empty"

    def _read(self, piece: Piece, row: int, column: int, key: CellKey, spot: Spot, former: Figure) -> None:
        if spot.kind == "text":
            self._write(Placed(row, column, "write", piece.shown, self._figure(piece.shown, spot)), key)
            return
        text, shown = piece.text, piece.shown if piece.exact and piece.shown != piece.exact else ""
        self.doubtful += piece.doubtful
        two = not piece.exact and two_readings(text, spot) is not None
        if two and self.options.numbers == "ask":
            self.placed.append(Placed(row, column, "write", text, None, "CEL-003", shown, ambiguous=True))
            return
        if two:
            text, shown = _meant(text, self.options.numbers), text
        try:
            figure = typed(text, spot, self.period, former=former, layer=self.options.layer)
        except JudappError as error:
            self.placed.append(Placed(row, column, "refused", text, None, error.code, shown))
            return
        if figure.state is State.UNREADABLE and piece.exact:
            rounded = self._figure(piece.rounded, spot) if piece.rounded else None
            if rounded is not None and rounded.value is not None:
                self.rounded += not self.options.as_shown
                if self.options.as_shown:
                    figure, text = rounded, piece.rounded
        bad = figure.state is State.UNREADABLE
        why = "CEL-001" if bad else "PST-doubtful" if piece.doubtful else ""
        self._write(Placed(row, column, "unreadable" if bad else "write", text, figure, why, shown), key)

    def _figure(self, text: str, spot: Spot) -> Figure | None:
        try:
            return typed(text, spot, self.period, numbers="decimal")
        except JudappError:
            return None

    def _write(self, placed: Placed, key: CellKey) -> None:
        self.placed.append(placed)
        self.texts[key] = placed.text

    def landing(self, rows: int, columns: int, offers: Offers) -> Landing:
        """What was put so far."""

        def count(outcome: Outcome) -> int:
            return sum(placed.outcome == outcome for placed in self.placed)

        return Landing(
            rows,
            columns,
            self.texts,
            count("skipped"),
            count("outside"),
            tuple(self.placed),
            offers,
            count("unreadable"),
            count("refused"),
            sum(placed.ambiguous for placed in self.placed),
            self.rounded,
            self.doubtful,
        )


def _meant(text: str, numbers: Numbers) -> str:
    """``text`` with every "1.234" written as it is meant: "1234", or "1,2340" that has no other reading."""
    if numbers == "ask":
        return text
    return _TWO_READINGS.sub(r"\1\2" if numbers == "grouped" else r"\1,\g<2>0", text)
